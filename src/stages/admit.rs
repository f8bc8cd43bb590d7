//! Rows as they are kept anywhere → articles as Retold reads them.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, BooleanBuilder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::DataType;
use serde_json::{Map, Value};

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::record::{OutletBasis, Record, Skipped};
use crate::corpus::recurring::printed_lines;
use crate::error::Result;
use crate::read::admission::{Admission, Given as GivenFile};
use crate::read::files::ReadReport;
use crate::read::format::by_name;
use crate::text::span::Span;

use super::columns::{BYTES, Columns, ROWS, batch, fit};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "admit";

const ANY: Table = Table {
    name: "rows",
    about: "An article as a data frame has it: any columns of text, named as keys of JSON lines are (id, outlet, date, title, url, text); or one column `line`, each a line of JSON. A column `path` says which file a row is of, for articles that name no outlet.",
    columns: &[],
};

/// Articles as they were read.
pub(super) const RECORDS: Table = Table {
    name: "records",
    about: "An article as it was read, or what cannot be one.",
    columns: &[
        column("row", Kind::Int64, "Its number: of the part in the upper half, in the part in the lower."),
        column("outlet", Kind::Text, "Who published it, before spellings are folded."),
        column("folds", Kind::Boolean, "Whether the name is one that spellings of can be folded: not that of a file."),
        column("published", Kind::Text, "When, as text that sorts as dates do; null where unknown."),
        column("day_from", Kind::Int64, "First day it may have been published on, after 1970-01-01; null where unknown."),
        column("day_to", Kind::Int64, "Last such day."),
        column("source_id", Kind::Text, "The id as given."),
        column("language", Kind::Text, "Its language, ISO 639-1."),
        column("start", Kind::Binary, "The first 16 bytes of the text, zeros after a shorter one."),
        column("sha256", Kind::Binary, "SHA-256 of the text."),
        column("lines", Kind::Binary, "Its lines as far as furniture is learnt from them."),
        column("reason", Kind::Text, "Why it is no article; null for one. Where it is not, `row` and what follows are all that is there."),
        column("mend", Kind::Text, "How to mend that."),
        column("body_from", Kind::Int32, "Byte at which the article starts in the text."),
        column("body_to", Kind::Int32, "Byte at which it ends."),
        column("text", Kind::Text, "The text as it was read; of what is no article its start."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "rows as they are kept anywhere → articles, each with its outlet, date and text",
    input: &ANY,
    output: &RECORDS,
    run,
};

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::default();
    let mut next = i64::from(given.part) << 32;
    for found in batches {
        let (records, skipped) = records(&found?, given)?;
        for (row, record) in (next..).zip(&records) {
            rows.article(row, record, given)?;
            if rows.count >= ROWS || rows.bytes >= BYTES {
                out.batch(std::mem::take(&mut rows).finish()?)?;
            }
        }
        next += i64::from(fit(records.len()));
        (next..).zip(&skipped).for_each(|(row, skipped)| rows.skipped(row, skipped));
        next += i64::from(fit(skipped.len()));
    }
    out.batch(rows.finish()?)
}

/// The records of a batch, read as lines of JSON are, and what became none.
fn records(found: &RecordBatch, given: &Given<'_>) -> Result<(Vec<Record>, Vec<Skipped>)> {
    let lines = lines(found)?;
    let jsonl = by_name("rows.jsonl").ok_or_else(|| refused(NAME, "there is no reader of JSON lines", crate::corpus::without::REPORT))?;
    let (mut all, mut skipped) = (Vec::new(), Vec::new());
    for (path, lines) in lines {
        let (mut report, mut builder) = (ReadReport::default(), CorpusBuilder::default());
        let folder = path.rsplit('/').nth(1).unwrap_or_default();
        let inside = path.rsplit('/').next().unwrap_or_default();
        let file = GivenFile { named: &path, inside, folder, row: None };
        let mut admission = Admission::new(file, given.options, &mut report, &mut builder);
        admission.set_format(jsonl);
        let cannot = |e: io::Error| refused(NAME, format!("the rows cannot be read: {e}"), "check the table");
        admission.read(jsonl, &mut lines.as_bytes()).map_err(cannot)?;
        drop(admission);
        skipped.extend_from_slice(builder.skipped());
        all.extend(builder.into_records());
    }
    Ok((all, skipped))
}

/// The rows of a batch as lines of JSON, by the file that they are of.
fn lines(found: &RecordBatch) -> Result<BTreeMap<String, String>> {
    let columns = Columns { stage: NAME, batch: found };
    let schema = found.schema();
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    if let Some(unfit) = schema.fields().iter().find(|f| !matches!(f.data_type(), DataType::Utf8 | DataType::LargeUtf8)) {
        let message = format!("the column \"{}\" is {}, and text is wanted", unfit.name(), unfit.data_type());
        return Err(refused(NAME, message, "cast every column to text: dates as ISO 8601"));
    }
    let path = names.contains(&"path").then(|| columns.text("path")).transpose()?;
    let line = names.contains(&"line").then(|| columns.text("line")).transpose()?;
    let cells = names.iter().filter(|&&name| name != "path").map(|&name| Ok((name, columns.text(name)?))).collect::<Result<Vec<_>>>()?;
    let mut by_path: BTreeMap<String, String> = BTreeMap::new();
    for row in 0..found.num_rows() {
        let lines = by_path.entry(path.as_ref().map_or("corpus.parquet", |path| path.text(row)).to_owned()).or_default();
        match &line {
            Some(line) => lines.push_str(line.text(row)),
            None => {
                let value = |(name, cell): &(&str, super::columns::Cells<'_>)| ((*name).to_owned(), Value::from(cell.text(row)));
                let object: Map<String, Value> = cells.iter().filter(|(_, cell)| !cell.is_null(row)).map(value).collect();
                lines.push_str(&Value::Object(object).to_string());
            }
        }
        lines.push('\n');
    }
    Ok(by_path)
}

#[derive(Default)]
struct Rows {
    count: usize,
    bytes: usize,
    row: Int64Builder,
    outlet: StringBuilder,
    folds: BooleanBuilder,
    published: StringBuilder,
    days: [Int64Builder; 2],
    source_id: StringBuilder,
    language: StringBuilder,
    start: BinaryBuilder,
    sha256: BinaryBuilder,
    lines: BinaryBuilder,
    reason: StringBuilder,
    mend: StringBuilder,
    body: [Int32Builder; 2],
    text: StringBuilder,
}

impl Rows {
    fn skipped(&mut self, row: i64, skipped: &Skipped) {
        self.count += 1;
        self.bytes += skipped.text.len();
        self.row.append_value(row);
        for text in [&mut self.outlet, &mut self.published, &mut self.source_id, &mut self.language] {
            text.append_null();
        }
        self.folds.append_null();
        self.days.iter_mut().for_each(Int64Builder::append_null);
        for bytes in [&mut self.start, &mut self.sha256, &mut self.lines] {
            bytes.append_null();
        }
        self.reason.append_value(&skipped.reason);
        self.mend.append_value(&skipped.mend);
        self.body.iter_mut().for_each(Int32Builder::append_null);
        self.text.append_value(&skipped.text);
    }

    fn article(&mut self, row: i64, record: &Record, given: &Given<'_>) -> Result<()> {
        self.count += 1;
        self.bytes += record.text.len();
        self.row.append_value(row);
        self.outlet.append_value(&record.outlet);
        self.folds.append_value(!given.keep_names && record.outlet_basis != OutletBasis::File);
        self.published.append_option(record.published_at.map(|date| date.key()));
        let days = record.published_at.map(|date| date.days());
        self.days[0].append_option(days.map(|days| days.0));
        self.days[1].append_option(days.map(|days| days.1));
        self.source_id.append_value(&record.source_id);
        self.language.append_value(&record.language);
        let start: [u8; 16] = std::array::from_fn(|i| record.text.as_bytes().get(i).copied().unwrap_or(0));
        self.start.append_value(start);
        self.sha256.append_value(record.sha256.0);
        let end = record.body.end.min(record.text.len());
        let body = Span::new(record.body.start.min(end), end);
        let mut lines = Vec::new();
        printed_lines(&record.text, body, |line| lines.push(line));
        let lines = postcard::to_stdvec(&lines).map_err(|e| refused(NAME, e.to_string(), "give more memory"))?;
        self.lines.append_value(lines);
        self.reason.append_null();
        self.mend.append_null();
        for (builder, at) in self.body.iter_mut().zip([body.start(), body.end()]) {
            builder.append_value(fit(at));
        }
        self.text.append_value(&record.text);
        Ok(())
    }

    fn finish(mut self) -> Result<RecordBatch> {
        let [from, to] = &mut self.days;
        let [body_from, body_to] = &mut self.body;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.outlet.finish()),
            Arc::new(self.folds.finish()),
            Arc::new(self.published.finish()),
            Arc::new(from.finish()),
            Arc::new(to.finish()),
            Arc::new(self.source_id.finish()),
            Arc::new(self.language.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.sha256.finish()),
            Arc::new(self.lines.finish()),
            Arc::new(self.reason.finish()),
            Arc::new(self.mend.finish()),
            Arc::new(body_from.finish()),
            Arc::new(body_to.finish()),
            Arc::new(self.text.finish()),
        ];
        batch(NAME, &RECORDS, columns)
    }
}
