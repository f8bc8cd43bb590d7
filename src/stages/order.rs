//! Keys of all articles → the order of the corpus.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::BinaryBuilder;
use arrow_array::{Array, ArrayRef, Int32Array, Int64Array, RecordBatch};

use crate::corpus::furniture::Furniture;
use crate::corpus::outlet_names::{OutletNames, key};
use crate::corpus::recurring::{PrintedLine, RecurringLines};
use crate::error::Result;

use super::admit::RECORDS;
use super::columns::{Columns, batch, narrow};
use super::facts::{Earlier, Facts, Order, Outlet, digest};
use super::schema::{Column, Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "order";

const KEYS: &[Column] = {
    // All up to why a row is no article: neither the body nor the text.
    let (keys, _) = RECORDS.columns.split_at(12);
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
    about: "all articles → their numbers in corpus order, and facts: names of outlets, furniture, dates (one task); with facts, those of an update after all before",
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
    let before = given.facts.as_ref().map(|facts| goes_on(given, facts)).transpose()?;
    let names = given.options.outlet_names();
    let folded = names.fold(keys.iter().filter(|key| key.folds).map(|key| key.outlet.as_str()));
    for key in keys.iter_mut().filter(|key| key.folds) {
        if let Some(one) = folded.get(&key.outlet) {
            key.outlet.clone_from(one);
        }
    }
    let mut order = before.unwrap_or_else(|| Order {
        articles: 0,
        outlets: Vec::new(),
        groups: Vec::new(),
        keeps_furniture: given.furniture == Furniture::Keep,
        days: Vec::new(),
        digests: Vec::new(),
        words: 0,
        window: given.window,
        keeps_postings: given.keep_postings,
        earlier: None,
    });
    as_before(&mut keys, &order, names);
    // As `CorpusBuilder` sorts; rows that are the same in all of this are the same article twice.
    keys.sort_by(|a, b| {
        let known = (&a.outlet, &a.published, &a.source_id, a.start).cmp(&(&b.outlet, &b.published, &b.source_id, b.start));
        known.then_with(|| a.sha256.cmp(&b.sha256)).then_with(|| a.row.cmp(&b.row))
    });
    let mut places: HashMap<String, u32> =
        order.outlets.iter().enumerate().map(|(place, outlet)| (outlet.name.clone(), narrow(place))).collect();
    let start = order.articles;
    let mut first = start;
    for of in keys.chunk_by(|a, b| a.outlet == b.outlet) {
        let place = match places.get(&of[0].outlet) {
            // What recurred there then is taken off now: so texts that were read stay as they are.
            Some(&place) => place,
            None => {
                let place = narrow(order.outlets.len());
                order.outlets.push(learn(of)?);
                places.insert(of[0].outlet.clone(), place);
                place
            }
        };
        order.groups.push((first, place));
        first = first.saturating_add(narrow(of.len()));
    }
    order.articles = first;
    order.days.extend(keys.iter().map(|key| key.days));
    order.digests.extend(keys.iter().map(|key| digest(&key.outlet, key.published.as_deref(), &key.sha256)));
    order.words += keys.iter().map(|key| key.words).sum::<u64>();
    // How common words are stays as it was, too.
    let words = given.facts.as_ref().and_then(|facts| facts.words.clone());
    let facts = Facts { order, texts: None, words }.write(NAME)?;
    let rows = Int64Array::from_iter(keys.iter().map(|key| Some(key.row)).chain([None]));
    let articles = Int32Array::from_iter((start..first).map(|at| i32::try_from(at).ok()).chain([None]));
    let mut cells = BinaryBuilder::new();
    keys.iter().for_each(|_| cells.append_null());
    cells.append_value(facts);
    let columns: Vec<ArrayRef> = vec![Arc::new(rows), Arc::new(articles), Arc::new(cells.finish())];
    out.batch(batch(NAME, &NUMBERS, columns)?)
}

/// The order of the runs before an update, for more articles to be added.
fn goes_on(given: &Given<'_>, facts: &Facts) -> Result<Order> {
    let mut order = facts.order.clone();
    let (Some(texts), Some(_), true) = (&facts.texts, &facts.words, order.keeps_postings) else {
        let message = "an update needs the last facts of a run that kept all its n-grams";
        return Err(refused(NAME, message, "run order with --keep-postings the first time, and give the facts of its stage frequencies"));
    };
    let furniture = facts.furniture();
    if given.furniture != furniture || given.window.is_some_and(|days| Some(days) != order.window) {
        let message = "an update has the window and the furniture of the first run";
        return Err(refused(NAME, message, "leave --window away, and give --keep-furniture if the first run had it"));
    }
    order.earlier = Some(Earlier { articles: order.articles, chosen_by: texts.chosen_by, window_days: texts.window_days });
    Ok(order)
}

/// Gives outlets that were there before the names that they had.
fn as_before(keys: &mut [Key], order: &Order, names: &OutletNames) {
    let one = |name: &str| names.get(name).map_or_else(|| key(name), key);
    // The first of two with one name stays: it was there when the other came.
    let known: HashMap<String, &str> =
        order.outlets.iter().rev().filter(|outlet| outlet.folds).map(|outlet| (one(&outlet.name), outlet.name.as_str())).collect();
    for key in keys.iter_mut().filter(|key| key.folds) {
        if let Some(name) = known.get(&one(&key.outlet)) {
            key.outlet = (*name).to_owned();
        }
    }
}

/// An outlet that is new, by its articles.
fn learn(of: &[Key]) -> Result<Outlet> {
    let lines = of.iter().map(|key| printed(&key.lines)).collect::<Result<Vec<_>>>()?;
    let recurring = RecurringLines::learn(of.len(), |i, each| lines[i].iter().copied().for_each(each)).rules();
    Ok(Outlet { name: of[0].outlet.clone(), folds: of.iter().any(|key| key.folds), recurring })
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
        let reason = columns.text("reason")?;
        for i in (0..found.num_rows()).filter(|&i| reason.is_null(i)) {
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
                // About: what sizes the filter of n-grams.
                words: printed(&lines)?.iter().map(|line| u64::from(line.bytes) / 6).sum(),
                lines,
            });
        }
    }
    Ok(keys)
}

fn printed(lines: &[u8]) -> Result<Vec<PrintedLine>> {
    let damaged = |e| refused(NAME, format!("the column \"lines\" is damaged: {e}"), "give it as the stage admit gave it out");
    postcard::from_bytes(lines).map_err(damaged)
}
