//! Numbered articles to documents, a batch at a time.

use arrow_array::RecordBatch;

use crate::corpus::document::Document;
use crate::corpus::recurring::RecurringLines;
use crate::corpus::vocabulary::Vocabulary;
use crate::error::Result;
use crate::fault::caught;
use crate::text::language::Language;
use crate::text::span::Span;

use super::columns::Columns;
use super::facts::Facts;
use super::schema::{Column, Kind, Table, column};
use super::stage::refused;

/// Columns of an article with its number.
pub(super) const ARTICLE: Column = column("article", Kind::Int32, "Its place, as the stage order numbers it.");
/// Columns of the text.
pub(super) const TEXT: [Column; 4] = [
    column("language", Kind::Text, "Its language."),
    column("body_from", Kind::Int32, "Byte at which the article starts in the text."),
    column("body_to", Kind::Int32, "Byte at which it ends."),
    column("text", Kind::Text, "The text as it was read."),
];

/// Articles with their numbers.
pub(super) const NUMBERED: Table = Table {
    name: "articles",
    about: "An article with its number: records joined with numbers.",
    columns: &[ARTICLE, TEXT[0], TEXT[1], TEXT[2], TEXT[3]],
};

/// An article as a step looks at it.
pub(super) struct Article<'b> {
    /// As the stage order numbers it.
    pub(super) number: usize,
    pub(super) document: Document,
    pub(super) text: &'b str,
    pub(super) is_english: bool,
}

/// Articles that share a vocabulary. With more of them it outgrows the caches of a processor, with fewer the same words are entered
/// too often: `sketch` of 58,089 stories takes 6.7 s with 10,000, 4.6 with 1,000, 5.4 with 300.
const SLICE: usize = 1_000;

/// Batches of articles, cut into smaller ones.
pub(super) fn slices(batches: &mut dyn Iterator<Item = Result<RecordBatch>>) -> impl Iterator<Item = Result<RecordBatch>> {
    batches.flat_map(|found| {
        let (found, error) = found.map_or_else(|error| (None, Some(error)), |found| (Some(found), None));
        let cut = |found: RecordBatch| {
            let places = (0..found.num_rows()).step_by(SLICE);
            places.map(move |at| Ok(found.slice(at, SLICE.min(found.num_rows() - at))))
        };
        found.map(cut).into_iter().flatten().chain(error.map(Err))
    })
}

/// Reads the articles of a batch into one vocabulary. An article at which Retold fails holds no word, as it does on one machine.
pub(super) fn articles<'b>(
    stage: &'static str,
    found: &'b RecordBatch,
    facts: &Facts,
    recurring: &[RecurringLines],
    vocabulary: &mut Vocabulary,
) -> Result<Vec<Article<'b>>> {
    let columns = Columns { stage, batch: found };
    let (number, language, text) = (columns.counts("article")?, columns.text("language")?, columns.text("text")?);
    let body = (columns.counts("body_from")?, columns.counts("body_to")?);
    let english = Language::english();
    let mut all = Vec::with_capacity(found.num_rows());
    for i in 0..found.num_rows() {
        let (number, text) = (number.at(i)?, text.text(i));
        let (from, to) = (body.0.at(i)?, body.1.at(i)?);
        if text.get(from..to).is_none() {
            let message = format!("the body of article {number} does not lie in its text");
            return Err(refused(stage, message, "give records as the stage admit gave them out"));
        }
        let read = || {
            let body = Span::new(from, to);
            let kept = facts.kept(text, body, recurring.get(facts.outlet(number)));
            Document::new(text, &kept, english, vocabulary)
        };
        let document = caught(read).unwrap_or_default();
        let is_english = language.text(i).is_empty() || language.text(i) == english.code;
        all.push(Article { number, document, text, is_english });
    }
    Ok(all)
}
