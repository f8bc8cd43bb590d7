//! Charts in pixels, where this build has what draws them.

use retold::charts::Chart;
#[cfg(not(feature = "png"))]
use retold::error::ErrorKind;
use retold::error::Result;
use retold::read::notice::Notice;

use super::folder::OutputFolder;

/// Whether this build can draw them; told before any work is done.
#[cfg(not(feature = "png"))]
pub(crate) fn available() -> Result<()> {
    Err(ErrorKind::NotBuilt { flag: "--png", feature: "png" }.into())
}

/// Whether this build can draw them.
#[cfg(feature = "png")]
#[allow(clippy::unnecessary_wraps)] // The other build refuses.
pub(crate) fn available() -> Result<()> {
    Ok(())
}

/// Writes a chart as PNG, and tells which of its characters are boxes there.
#[cfg(feature = "png")]
pub(crate) fn write(chart: &Chart, svg: &str, folder: &mut OutputFolder<'_>) -> Result<Option<Notice>> {
    /// Characters named in a warning.
    const NAMED: usize = 12;
    let picture = retold::charts::png::picture(chart.name, svg)?;
    folder.write(&format!("charts/{}.png", chart.name), |file| file.write_all(&picture.png))?;
    let named: String = picture.unknown.iter().take(NAMED).collect();
    let more = if picture.unknown.len() > NAMED { " and more" } else { "" };
    let message = format!("charts/{}.png: no font here has {named}{more}; boxes stand there", chart.name);
    let mend = "take the SVG of the same name, which a browser draws with the fonts of its system".to_owned();
    Ok((!picture.unknown.is_empty()).then_some(Notice { code: "W043", message, mend }))
}

/// Never reached: [`available`] refuses first.
#[cfg(not(feature = "png"))]
pub(crate) fn write(_: &Chart, _: &str, _: &mut OutputFolder<'_>) -> Result<Option<Notice>> {
    available().map(|()| None)
}
