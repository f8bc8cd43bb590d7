//! Articles → what the search for copies sees of them.

use std::sync::Arc;

use arrow_array::builder::BinaryBuilder;
use arrow_array::{ArrayRef, Int32Array, Int64Array, RecordBatch};
use xxhash_rust::xxh3::Xxh3;

use crate::corpus::vocabulary::Vocabulary;
use crate::error::Result;
use crate::reuse::copies::sketch;
use crate::reuse::settings::ReuseSettings;

use super::columns::{batch, fit};
use super::facts::distances;
use super::reader::{ARTICLE, NUMBERED, articles, slices};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "sketch";

/// Sketches of articles, and filters of parts.
pub(super) const SKETCHES: Table = Table {
    name: "sketches",
    about: "An article as the search for copies sees it; a row without a number holds the n-grams of a part.",
    columns: &[
        ARTICLE,
        column("words", Kind::Int32, "Its words, furniture and dateline not counted."),
        column("whole", Kind::Int64, "Hash of all its words and ends of paragraphs."),
        column("proof", Kind::Binary, "Another hash of the same, of 16 bytes: two texts with both the same are taken for one."),
        column("least", Kind::Binary, "Its smallest n-gram hashes, rising, 8 bytes each, the low byte first."),
        column("seen", Kind::Binary, "Null but in rows of parts: buckets of n-grams seen once, and twice."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "articles → a sketch of each, by which copies are found, and which n-grams a part has",
    input: &NUMBERED,
    output: &SKETCHES,
    run,
};

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let facts = given.facts(NAME)?;
    let recurring = facts.recurring();
    let settings = ReuseSettings::for_articles(facts.chosen_by());
    let seen = facts.filter();
    for found in slices(batches) {
        let (found, mut vocabulary) = (found?, Vocabulary::default());
        let (mut numbers, mut words, mut whole) = (Vec::new(), Vec::new(), Vec::new());
        let (mut proof, mut least, mut empty) = (BinaryBuilder::new(), BinaryBuilder::new(), BinaryBuilder::new());
        for article in articles(NAME, &found, facts, &recurring, &mut vocabulary)? {
            let held = sketch(&article.document, &vocabulary, &settings, |hash| {
                if let Some(seen) = &seen {
                    seen.note(hash);
                }
            });
            let mut other = Xxh3::with_seed(1);
            for paragraph in article.document.paragraphs() {
                article.document.slice(paragraph.tokens).iter().for_each(|w| other.update(&vocabulary.hash(w.id).to_le_bytes()));
                other.update(b"\n");
            }
            numbers.push(fit(article.number));
            words.push(fit(article.document.words().len()));
            whole.push(held.whole.cast_signed());
            proof.append_value(other.digest128().to_le_bytes());
            least.append_value(held.least.iter().flat_map(|hash| hash.to_le_bytes()).collect::<Vec<u8>>());
            empty.append_null();
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(Int32Array::from(numbers)),
            Arc::new(Int32Array::from(words)),
            Arc::new(Int64Array::from(whole)),
            Arc::new(proof.finish()),
            Arc::new(least.finish()),
            Arc::new(empty.finish()),
        ];
        out.batch(batch(NAME, &SKETCHES, columns)?)?;
    }
    let Some(seen) = seen else { return Ok(()) };
    let buckets = seen.buckets().map(|plane| distances(&plane));
    let buckets = postcard::to_stdvec(&buckets).map_err(|e| refused(NAME, e.to_string(), "give more memory"))?;
    let none = || {
        let mut cells = BinaryBuilder::new();
        cells.append_null();
        cells.finish()
    };
    let mut seen = BinaryBuilder::new();
    seen.append_value(buckets);
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int32Array::from(vec![None])),
        Arc::new(Int32Array::from(vec![None])),
        Arc::new(Int64Array::from(vec![None])),
        Arc::new(none()),
        Arc::new(none()),
        Arc::new(seen.finish()),
    ];
    out.batch(batch(NAME, &SKETCHES, columns)?)
}
