//! Articles of the whole corpus in their order, and what recurs in those of an outlet.

use std::sync::Arc;

use arrow_array::builder::BinaryBuilder;
use arrow_array::{Array, ArrayRef, Int32Array, Int64Array, RecordBatch};

use crate::corpus::furniture::Furniture;
use crate::corpus::recurring::{PrintedLine, RecurringLines};
use crate::error::Result;

use super::admit::RECORDS;
use super::columns::{Columns, batch};
use super::facts::{Facts, Order, digest};
use super::schema::{Column, Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "order";

const KEYS: &[Column] = {
    // All but the body and the text.
    let (keys, _) = RECORDS.columns.split_at(11);
    keys
};

const INPUT: Table = Table { name: "record_keys", about: "What tells the place of an article: records without their text.", columns: KEYS };

const NUMBERS: Table = Table {
    name: "numbers",
    about: "The place of an article in corpus order; one row more holds the facts.",
    columns: &[
        column("row", Kind::Int64, "As in records; null in the row with the facts."),
        column("article", Kind::Int32, "Its place, from 0; articles that hold no word count here."),
        column("facts", Kind::Binary, "Null but in one row."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "all articles → their numbers in corpus order, and facts: names of outlets, furniture, dates (one task)",
    input: &INPUT,
    output: &NUMBERS,
    run,
};

struct Key {
    outlet: String,
    folds: bool,
    published: Option<String>,
    source_id: String,
    start: [u8; 16],
    sha256: Vec<u8>,
    row: i64,
    days: Option<(i64, i64)>,
    words: u64,
    lines: Vec<u8>,
}

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let mut keys = read(batches)?;
    let names = given.options.outlet_names();
    let folded = names.fold(keys.iter().filter(|key| key.folds).map(|key| key.outlet.as_str()));
    for key in keys.iter_mut().filter(|key| key.folds) {
        if let Some(one) = folded.get(&key.outlet) {
            key.outlet.clone_from(one);
        }
    }
    // As `CorpusBuilder` sorts; rows that are the same in all of this are the same article twice.
    keys.sort_by(|a, b| {
        let known = (&a.outlet, &a.published, &a.source_id, a.start).cmp(&(&b.outlet, &b.published, &b.source_id, b.start));
        known.then_with(|| a.sha256.cmp(&b.sha256)).then_with(|| a.row.cmp(&b.row))
    });
    let (mut outlets, mut recurring) = (Vec::new(), Vec::new());
    let mut first = 0;
    for of in keys.chunk_by(|a, b| a.outlet == b.outlet) {
        outlets.push((of[0].outlet.clone(), count(first)));
        first += of.len();
        let lines = of.iter().map(|key| postcard::from_bytes(&key.lines)).collect::<std::result::Result<Vec<Vec<PrintedLine>>, _>>();
        let lines =
            lines.map_err(|e| refused(NAME, format!("the column \"lines\" is damaged: {e}"), "give it as the stage admit gave it out"))?;
        recurring.push(RecurringLines::learn(of.len(), |i, each| lines[i].iter().copied().for_each(each)).rules());
    }
    let order = Order {
        articles: count(keys.len()),
        outlets,
        recurring,
        keeps_furniture: given.furniture == Furniture::Keep,
        days: keys.iter().map(|key| key.days).collect(),
        digests: keys.iter().map(|key| digest(&key.outlet, key.published.as_deref(), &key.sha256)).collect(),
        words: keys.iter().map(|key| key.words).sum(),
        window: given.window,
    };
    let facts = Facts { order, texts: None, words: None }.write(NAME)?;
    let rows = Int64Array::from_iter(keys.iter().map(|key| Some(key.row)).chain([None]));
    let articles = Int32Array::from_iter((0..count(keys.len())).map(|at| i32::try_from(at).ok()).chain([None]));
    let mut cells = BinaryBuilder::new();
    keys.iter().for_each(|_| cells.append_null());
    cells.append_value(facts);
    let columns: Vec<ArrayRef> = vec![Arc::new(rows), Arc::new(articles), Arc::new(cells.finish())];
    out.batch(batch(NAME, &NUMBERS, columns)?)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn read(batches: &mut dyn Iterator<Item = Result<RecordBatch>>) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let (row, outlet, folds) = (columns.int64("row")?, columns.text("outlet")?, columns.boolean("folds")?);
        let (published, source_id) = (columns.text("published")?, columns.text("source_id")?);
        let (from, to) = (columns.int64("day_from")?, columns.int64("day_to")?);
        let (start, sha256, lines) = (columns.bytes("start")?, columns.bytes("sha256")?, columns.bytes("lines")?);
        for i in 0..found.num_rows() {
            let mut first = [0; 16];
            first.iter_mut().zip(start.bytes(i)).for_each(|(to, &from)| *to = from);
            let lines = lines.bytes(i).to_vec();
            keys.push(Key {
                outlet: outlet.text(i).to_owned(),
                folds: folds.value(i),
                published: (!published.is_null(i)).then(|| published.text(i).to_owned()),
                source_id: source_id.text(i).to_owned(),
                start: first,
                sha256: sha256.bytes(i).to_vec(),
                row: row.value(i),
                days: from.is_valid(i).then(|| (from.value(i), to.value(i))),
                words: words(&lines),
                lines,
            });
        }
    }
    Ok(keys)
}

/// Words of the lines, about: what sizes the filter of n-grams.
fn words(lines: &[u8]) -> u64 {
    let lines: Vec<PrintedLine> = postcard::from_bytes(lines).unwrap_or_default();
    lines.iter().map(|line| u64::from(line.bytes) / 6).sum()
}
