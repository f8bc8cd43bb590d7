//! Counts of words of all parts → in how many texts each word stands.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;

use crate::error::Result;
use crate::id::ArticleId;

use super::columns::{Columns, narrow, unpack};
use super::copies::{FACTS, facts_row};
use super::facts::Words;
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "frequencies";

const COUNTS: Table =
    Table { name: "word_counts", about: "The words of a part.", columns: &[column("counts", Kind::Binary, "As in documents.")] };

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
        let counts = Columns { stage: NAME, batch: &found }.bytes("counts")?;
        for i in 0..found.num_rows() {
            for (word, texts) in unpack::<(u64, u32)>(NAME, "counts", counts.bytes(i))? {
                let sum = all.entry(word).or_default();
                *sum = sum.saturating_add(texts);
            }
        }
    }
    // Half of all words stand in one text: those are left out, and known by that.
    let counts = all.into_iter().filter(|(_, texts)| *texts != 1).collect();
    facts.words = Some(Words { texts: narrow(alone), counts });
    out.batch(facts_row(NAME, articles, false, &facts)?)
}
