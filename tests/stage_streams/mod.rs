//! Streams of Arrow for tests of the steps: what goes into one, and what comes out.

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use retold::error::Result;
use retold::stages::STAGES;
use retold::stages::facts::Facts;
use retold::stages::stage::{Given, Stage};

/// A step by its name.
pub(crate) fn stage(name: &str) -> &'static Stage {
    STAGES.iter().find(|stage| stage.name == name).expect("there is such a stage")
}

/// Batches as a stream.
pub(crate) fn stream(batches: &[RecordBatch]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = StreamWriter::try_new(&mut out, &batches[0].schema()).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.finish().unwrap();
    drop(writer);
    out
}

/// Runs a step.
pub(crate) fn pipe(name: &str, given: &Given<'_>, input: &[RecordBatch]) -> Result<Vec<RecordBatch>> {
    let mut out = Vec::new();
    stage(name).pipe(given, stream(input).as_slice(), &mut out)?;
    Ok(StreamReader::try_new(out.as_slice(), None).unwrap().map(|batch| batch.unwrap()).collect())
}

/// A column that must be there.
pub(crate) fn column<'b>(batch: &'b RecordBatch, name: &str) -> &'b ArrayRef {
    batch.column_by_name(name).unwrap_or_else(|| panic!("no {name}"))
}

/// The facts that a step gave out.
pub(crate) fn last_facts(batches: &[RecordBatch]) -> Facts {
    let cell = batches.iter().flat_map(|b| column(b, "facts").as_binary::<i32>().iter().flatten()).last();
    Facts::read(cell.expect("there are facts")).unwrap()
}
