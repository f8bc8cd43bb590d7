//! Tables as Parquet, where this build has what writes them.

#[cfg(not(feature = "parquet"))]
use retold::error::ErrorKind;
use retold::error::Result;

use super::folder::OutputFolder;
use super::outputs::Outputs;

/// Whether this build can write them; told before any work is done.
#[cfg(not(feature = "parquet"))]
pub(crate) fn available() -> Result<()> {
    Err(ErrorKind::NotBuilt { flag: "--format parquet", feature: "parquet" }.into())
}

/// Whether this build can write them.
#[cfg(feature = "parquet")]
#[allow(clippy::unnecessary_wraps)] // The other build refuses.
pub(crate) fn available() -> Result<()> {
    Ok(())
}

/// Writes all tables that were asked for.
#[cfg(feature = "parquet")]
pub(crate) fn write(outputs: &Outputs<'_, '_>, folder: &mut OutputFolder<'_>) -> Result<()> {
    for table in outputs.asked_for() {
        let write = |file: &mut dyn std::io::Write| retold::interchange::parquet::write(outputs.findings, table, outputs.options, file);
        folder.write(&format!("tables/{}.parquet", table.name), write)?;
    }
    Ok(())
}

/// Never reached: [`available`] refuses first.
#[cfg(not(feature = "parquet"))]
pub(crate) fn write(_: &Outputs<'_, '_>, _: &mut OutputFolder<'_>) -> Result<()> {
    available()
}
