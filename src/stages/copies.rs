//! Sketches of the whole corpus → what its texts have in common.

use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, BooleanArray, Int32Array, RecordBatch};

use crate::error::Result;
use crate::id::ArticleId;
use crate::reuse::copies::{Copies, TextSketch};
use crate::reuse::settings::ReuseSettings;

use super::columns::{Columns, batch, fit};
use super::facts::{Facts, Texts, distances, rising, window};
use super::schema::{Kind, Table, column};
use super::sketch::SKETCHES;
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "copies";

/// Facts, and how many articles there are.
pub(super) const FACTS: Table = Table {
    name: "facts",
    about: "One row: what the stages that follow must know of the whole corpus.",
    columns: &[
        column("articles", Kind::Int32, "Articles of the corpus: those that hold a word."),
        column(
            "again",
            Kind::Boolean,
            "Whether the sketches were made for another number of articles, so that the stage sketch has to run again with these facts.",
        ),
        column("facts", Kind::Binary, "For --facts."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "all sketches, of all runs → facts: copies, and n-grams that may stand twice (one task)",
    input: &SKETCHES,
    output: &FACTS,
    run,
};

struct Held {
    words: bool,
    sketch: TextSketch,
    proof: [u8; 16],
}

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let mut facts = given.facts(NAME)?.clone();
    let (filter, mut held) = (facts.filter(), Vec::new());
    held.resize_with(facts.order.articles as usize, || None);
    let damaged = |what: &str| refused(NAME, format!("the column \"{what}\" is damaged"), "give it as the stage sketch gave it out");
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let (number, words, whole) = (columns.counts("article")?, columns.counts("words")?, columns.int64("whole")?);
        let (proof, least, seen) = (columns.bytes("proof")?, columns.bytes("least")?, columns.bytes("seen")?);
        for i in 0..found.num_rows() {
            if number.is_null(i) {
                let buckets: [Vec<u64>; 2] = postcard::from_bytes(seen.bytes(i)).map_err(|_| damaged("seen"))?;
                let Some(filter) = &filter else { continue };
                filter.merge(buckets.map(rising));
                continue;
            }
            let place = held.get_mut(number.at(i)?).ok_or_else(|| damaged("article"))?;
            let (hashes, []) = least.bytes(i).as_chunks::<8>() else { return Err(damaged("least")) };
            let least = hashes.iter().map(|hash| u64::from_le_bytes(*hash)).collect();
            let proof = proof.bytes(i).try_into().map_err(|_| damaged("proof"))?;
            let sketch = TextSketch { whole: whole.value(i).cast_unsigned(), least };
            // A part that was read twice says the same again.
            *place = Some(Held { words: words.at(i)? > 0, sketch, proof });
        }
    }
    if let Some(missing) = held.iter().position(Option::is_none) {
        let message = format!("article {missing} of {} has no sketch", held.len());
        return Err(refused(NAME, message, "give the sketches of all articles in one stream"));
    }
    let (mut numbers, mut next) = (Vec::with_capacity(held.len()), 0u32);
    let mut texts: Vec<Held> = Vec::with_capacity(held.len());
    for one in held.into_iter().flatten() {
        numbers.push(if one.words { next } else { u32::MAX });
        if one.words {
            next += 1;
            texts.push(one);
        }
    }
    let (sketches, proofs): (Vec<TextSketch>, Vec<[u8; 16]>) = texts.into_iter().map(|one| (one.sketch, one.proof)).unzip();
    let copies = Copies::new(&sketches, |a: ArticleId, b: ArticleId| proofs[a.index()] == proofs[b.index()]);
    let kept = |at: &usize| numbers[*at] != u32::MAX;
    let dated = (0..numbers.len()).filter(kept).filter(|&at| facts.order.days[at].is_some()).count();
    let digest = (0..numbers.len()).filter(kept).fold(0u64, |sum, at| sum.wrapping_add(facts.order.digests[at]));
    let [_, twice] = filter.map(|filter| filter.buckets()).unwrap_or_default();
    let sketched = ReuseSettings::for_articles(facts.chosen_by());
    let chosen_by = facts.order.earlier.map_or(next, |earlier| earlier.chosen_by);
    let wanted = ReuseSettings::for_articles(chosen_by as usize);
    let again = (sketched.seed_words, sketched.window) != (wanted.seed_words, wanted.window);
    let window_days = facts.order.earlier.map_or_else(|| window(facts.order.window, next as usize, dated), |earlier| earlier.window_days);
    facts.texts = Some(Texts { numbers, copies, window_days, twice: distances(&twice), digest, chosen_by });
    out.batch(facts_row(NAME, next as usize, again, &facts)?)
}

/// The one row of [`FACTS`].
pub(super) fn facts_row(stage: &'static str, articles: usize, again: bool, facts: &Facts) -> Result<RecordBatch> {
    let cell = facts.write(stage)?;
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int32Array::from(vec![fit(articles)])),
        Arc::new(BooleanArray::from(vec![again])),
        Arc::new(BinaryArray::from_vec(vec![&cell])),
    ];
    batch(stage, &FACTS, columns)
}
