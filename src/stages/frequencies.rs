//! Counts of words of all parts → in how many texts each word stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::BinaryBuilder;
use arrow_array::{ArrayRef, RecordBatch};

use crate::error::Result;
use crate::id::ArticleId;

use super::columns::{Columns, batch};
use super::copies::FACTS;
use super::facts::{Facts, Words};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "frequencies";

const COUNTS: Table = Table {
    name: "word_counts",
    about: "A word in the texts of a part: `counts` of documents, a row each.",
    columns: &[
        column("word", Kind::Int64, "Hash of the folded word."),
        column("texts", Kind::Int32, "Texts that hold it, copies of one left out."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "counts of words of all parts → facts: in how many texts each word stands (one task)",
    input: &COUNTS,
    output: &FACTS,
    run,
};

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let mut facts = given.facts(NAME)?.clone();
    if facts.order.earlier.is_some() {
        return Err(refused(NAME, "an update keeps the counts of the first run", "leave this stage out: the facts of copies are the last"));
    }
    let texts = facts.texts(NAME)?;
    let articles = texts.articles();
    let alone = (0..articles).map(ArticleId::new).filter(|&id| texts.copies.text(id) == id).count();
    let mut all: BTreeMap<u64, u32> = BTreeMap::new();
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let (word, texts) = (columns.int64("word")?, columns.int32("texts")?);
        for i in 0..found.num_rows() {
            let sum = all.entry(word.value(i).cast_unsigned()).or_default();
            *sum = sum.saturating_add(u32::try_from(texts.value(i)).unwrap_or(0));
        }
    }
    // Half of all words stand in one text: those are left out, and known by that.
    let counts = all.into_iter().filter(|(_, texts)| *texts != 1).collect();
    facts.words = Some(Words { texts: u32::try_from(alone).unwrap_or(u32::MAX), counts });
    let mut cells = BinaryBuilder::new();
    cells.append_value(Facts::write(&facts, NAME)?);
    let columns: Vec<ArrayRef> = vec![
        Arc::new(arrow_array::Int32Array::from(vec![i32::try_from(articles).unwrap_or(i32::MAX)])),
        Arc::new(arrow_array::BooleanArray::from(vec![false])),
        Arc::new(cells.finish()),
    ];
    out.batch(batch(NAME, &FACTS, columns)?)
}
