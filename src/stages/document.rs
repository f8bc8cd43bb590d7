//! Articles → words, n-grams that may stand twice, listed wording and quotations.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int32Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields};
use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::analysis::wording::wording;
use crate::corpus::document::Document;
use crate::corpus::vocabulary::Vocabulary;
use crate::error::Result;
use crate::id::{ArticleId, TokenId};
use crate::lexicon::scan::Scanner;
use crate::reuse::fingerprint::fingerprints;
use crate::reuse::postings::Posting;
use crate::text::span::{CodePoints, Span, Token};
use crate::voice::lexis::{Lexis, VoiceWords};
use crate::voice::mask::Voice;

use super::columns::{batch, fit, pack};
use super::reader::{NUMBERED, articles, slices};
use super::schema::{Column, Kind, Table, column};
use super::stage::{Given, Out, Stage};

const NAME: &str = "document";

const HITS: &[Column] = &[
    column("entry", Kind::Text, "Id of the entry of the lexicon."),
    column("voice", Kind::Text, "In whose voice: narrator, indirect or direct."),
    column("start", Kind::Int32, "Where it starts, in code points of the text."),
    column("end", Kind::Int32, "Where it ends."),
];
const QUOTATIONS: &[Column] = &[
    column("start", Kind::Int32, "Where what is quoted starts, in code points of the text."),
    column("end", Kind::Int32, "Where it ends."),
];
const SPANS: &[Column] = &[column("from", Kind::Int32, "Its first word."), column("to", Kind::Int32, "The word after its last.")];

/// Articles as they were read into words.
pub(super) const DOCUMENTS: Table = Table {
    name: "documents",
    about: "An article of the corpus, read; a row without a number holds the counts of a part.",
    columns: &[
        column("article", Kind::Int32, "Its place in the corpus, from 0; null in rows of parts."),
        column("place", Kind::Int32, "Its place as the stage order numbers it."),
        column("outlet", Kind::Text, "Who published it, spellings folded."),
        column("words", Kind::Int32, "Its words, furniture and dateline not counted."),
        column("paragraphs", Kind::Rows(SPANS), "Its paragraphs, in words; null with --search-only."),
        column("sentences", Kind::Rows(SPANS), "Its sentences, in words; null with --search-only."),
        column(
            "postings",
            Kind::Binary,
            "Its n-grams that may stand in another place as well (all with --keep-postings); none for an exact copy. 16 bytes each, numbers with the low byte first: hash of the words (8), article (4), first word there (4).",
        ),
        column("hits", Kind::Rows(HITS), "Listed wording; null with --search-only."),
        column("quotations", Kind::Rows(QUOTATIONS), "Quotations; null with --search-only."),
        column("narrator_words", Kind::Int32, "Words in the voice of the outlet; null with --search-only."),
        column("indirect_words", Kind::Int32, "Words of reported speech without quotation marks."),
        column("direct_words", Kind::Int32, "Words in quotation marks."),
        column(
            "counts",
            Kind::Binary,
            "Null but in rows of parts: how many texts hold each word. 12 bytes each, the low byte first: hash of the folded word (8), texts of the part that hold it (4), copies of one left out; 0 for a word that copies alone have.",
        ),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "articles → words, n-grams that may stand twice, listed wording with its voice, quotations",
    input: &NUMBERED,
    output: &DOCUMENTS,
    run,
};

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let facts = given.facts(NAME)?;
    let (texts, recurring) = (facts.texts(NAME)?, facts.recurring());
    let settings = texts.settings();
    let repeats = facts.filter();
    if let Some(repeats) = &repeats {
        texts.fill(repeats);
    }
    let mut counts: HashMap<u64, u32, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    let mut grams = Vec::new();
    for found in slices(batches) {
        let (found, mut vocabulary) = (found?, Vocabulary::default());
        let read = articles(NAME, &found, facts, &recurring, &mut vocabulary)?;
        let lists =
            (!given.search_only).then(|| (Scanner::new(given.lexicon, &vocabulary), Lexis::new(VoiceWords::english(), &vocabulary)));
        let mut rows = Rows::default();
        for article in &read {
            let Some(id) = texts.number(article.number) else { continue };
            let document = &article.document;
            // A near copy is no text of its own, but words that it alone has are asked for: they stand in none.
            count(document, &vocabulary, u32::from(texts.copies.text(id) == id), &mut counts);
            rows.place.append_value(fit(article.number));
            rows.whose(id, &facts.order.outlets[facts.outlet(article.number)].name, document, lists.is_some());
            grams.clear();
            if texts.copies.exact_of(id).is_none() {
                fingerprints(document, &vocabulary, &settings, |f| {
                    if repeats.as_ref().is_none_or(|repeats| repeats.may_repeat(f.hash)) {
                        pack(&Posting { hash: f.hash, article: id, token: f.token }, &mut grams);
                    }
                });
            }
            rows.postings.append_value(&grams);
            if let Some((scanner, lexis)) = &lists {
                let wording = wording(document, article.text, article.is_english.then_some((given.lexicon, scanner)), lexis);
                let points = CodePoints::new(article.text);
                for usage in &wording.usages {
                    let Some(bytes) = document.bytes(usage.hit.tokens) else { continue };
                    rows.hits.row(|row| {
                        row.text(0, &given.lexicon.entry(usage.hit.entry).id);
                        row.text(1, usage.voice.as_str());
                        row.int32(2, points.at(article.text, bytes.start()));
                        row.int32(3, points.at(article.text, bytes.end()));
                    });
                }
                for quotation in &wording.quotations {
                    rows.quotations.row(|row| {
                        row.int32(0, points.at(article.text, quotation.content.start()));
                        row.int32(1, points.at(article.text, quotation.content.end()));
                    });
                }
                for (builder, voice) in rows.voices.iter_mut().zip(Voice::ALL) {
                    builder.append_value(fit(usize::try_from(wording.words[voice as usize]).unwrap_or(usize::MAX)));
                }
            } else {
                rows.voices.iter_mut().for_each(Int32Builder::append_null);
            }
            rows.hits.end(lists.is_some());
            rows.quotations.end(lists.is_some());
            rows.counts.append_null();
        }
        out.batch(rows.finish()?)?;
    }
    let counts: BTreeMap<u64, u32> = counts.into_iter().collect();
    let mut rows = Rows::default();
    rows.article.append_null();
    rows.place.append_null();
    rows.outlet.append_null();
    rows.words.append_null();
    for list in [&mut rows.paragraphs, &mut rows.sentences, &mut rows.hits, &mut rows.quotations] {
        list.end(false);
    }
    rows.postings.append_null();
    rows.voices.iter_mut().for_each(Int32Builder::append_null);
    grams.clear();
    counts.iter().for_each(|(&word, &texts)| pack(&(word, texts), &mut grams));
    rows.counts.append_value(&grams);
    out.batch(rows.finish()?)
}

/// Counts so many more texts for each of its words.
fn count(document: &Document, vocabulary: &Vocabulary, texts: u32, counts: &mut HashMap<u64, u32, FixedState>) {
    let mut distinct: Vec<TokenId> = document.words().iter().map(|word| word.id).collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.into_iter().for_each(|word| *counts.entry(vocabulary.hash(word)).or_default() += texts);
}

/// A column of lists of rows while it is filled.
struct List(ListBuilder<StructBuilder>);

/// A row of such a list.
struct Row<'l>(&'l mut StructBuilder);

impl Row<'_> {
    fn int32(&mut self, at: usize, value: usize) {
        self.0.field_builder::<Int32Builder>(at).expect("the column is one of 32 bits").append_value(fit(value));
    }

    fn text(&mut self, at: usize, value: &str) {
        self.0.field_builder::<StringBuilder>(at).expect("the column is one of text").append_value(value);
    }
}

impl List {
    fn new(columns: &[Column]) -> Self {
        let fields: Fields = columns.iter().map(|c| Field::new(c.name, c.kind.arrow(), true)).collect();
        let row = StructBuilder::from_fields(fields.clone(), 0);
        Self(ListBuilder::new(row).with_field(Field::new("item", DataType::Struct(fields), true)))
    }

    fn row(&mut self, fill: impl FnOnce(&mut Row<'_>)) {
        let row = self.0.values();
        fill(&mut Row(row));
        row.append(true);
    }

    /// Ends the list of one article; one that does not hold is null.
    fn end(&mut self, holds: bool) {
        self.0.append(holds);
    }

    fn spans(&mut self, holds: bool, spans: impl Iterator<Item = Span<Token>>) {
        for span in spans.filter(|_| holds) {
            self.row(|row| {
                row.int32(0, span.start());
                row.int32(1, span.end());
            });
        }
        self.end(holds);
    }
}

struct Rows {
    article: Int32Builder,
    place: Int32Builder,
    outlet: StringBuilder,
    words: Int32Builder,
    paragraphs: List,
    sentences: List,
    postings: BinaryBuilder,
    hits: List,
    quotations: List,
    voices: [Int32Builder; 3],
    counts: BinaryBuilder,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            article: Int32Builder::new(),
            place: Int32Builder::new(),
            outlet: StringBuilder::new(),
            words: Int32Builder::new(),
            paragraphs: List::new(SPANS),
            sentences: List::new(SPANS),
            postings: BinaryBuilder::new(),
            hits: List::new(HITS),
            quotations: List::new(QUOTATIONS),
            voices: Default::default(),
            counts: BinaryBuilder::new(),
        }
    }
}

impl Rows {
    fn whose(&mut self, id: ArticleId, outlet: &str, document: &Document, spans: bool) {
        self.article.append_value(fit(id.index()));
        self.outlet.append_value(outlet);
        self.words.append_value(fit(document.words().len()));
        self.paragraphs.spans(spans, document.paragraphs().iter().map(|p| p.tokens));
        self.sentences.spans(spans, document.sentences().iter().copied());
    }

    fn finish(mut self) -> Result<RecordBatch> {
        let [narrator, indirect, direct] = &mut self.voices;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.article.finish()),
            Arc::new(self.place.finish()),
            Arc::new(self.outlet.finish()),
            Arc::new(self.words.finish()),
            Arc::new(self.paragraphs.0.finish()),
            Arc::new(self.sentences.0.finish()),
            Arc::new(self.postings.finish()),
            Arc::new(self.hits.0.finish()),
            Arc::new(self.quotations.0.finish()),
            Arc::new(narrator.finish()),
            Arc::new(indirect.finish()),
            Arc::new(direct.finish()),
            Arc::new(self.counts.finish()),
        ];
        batch(NAME, &DOCUMENTS, columns)
    }
}
