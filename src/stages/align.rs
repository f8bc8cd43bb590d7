//! Seeds of pairs with their texts → passages.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Float64Builder, Int32Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};

use crate::corpus::document::Document;
use crate::corpus::locus::Locus;
use crate::corpus::vocabulary::Vocabulary;
use crate::error::Result;
use crate::fault::caught;
use crate::id::{ArticleId, TokenId};
use crate::reuse::accept::Evidence;
use crate::reuse::alignment::Laid;
use crate::reuse::copies::TextFrequencies;
use crate::reuse::pair::{Rejected, shared_by};
use crate::reuse::postings::Seed;
use crate::reuse::runs::Runs;
use crate::reuse::stem::WordClasses;
use crate::text::language::Language;
use crate::voice::quote::{Quotation, is_quotation, quotations};

use super::columns::{Columns, ROWS, batch, fit, unpack};
use super::facts::{Facts, Texts};
use super::reader::{TEXT, articles};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, lost, refused};

const NAME: &str = "align";

const SHIPPED: Table = Table {
    name: "shipped",
    about: "Seeds, and the articles that they are of, each once for a stream, in any order. A row is one or the other.",
    columns: &[
        column("article", Kind::Int32, "An article, as the stage order numbers it; null in a row that is a seed."),
        TEXT[0],
        TEXT[1],
        TEXT[2],
        TEXT[3],
        column("left", Kind::Int32, "As in seeds; null in a row that is an article, as are those that follow."),
        column("right", Kind::Int32, "As in seeds; those without are not for this stage."),
        column("seeds", Kind::Binary, "As in seeds."),
    ],
};

/// Passages of pairs.
pub(super) const ALIGNED: Table = Table {
    name: "aligned",
    about: "A passage that two articles share, or a stretch that is none.",
    columns: &[
        column("left", Kind::Int32, "The first article in corpus order."),
        column("right", Kind::Int32, "The other."),
        column("left_from", Kind::Int32, "Its first word on the left."),
        column("left_to", Kind::Int32, "The word after its last there."),
        column("right_from", Kind::Int32, "Its first word on the right; null for a stretch that is none."),
        column("right_to", Kind::Int32, "The word after its last there."),
        column("significance", Kind::Float64, "How unlikely chance is, in nats."),
        column("rarest", Kind::Int32, "How many texts hold its rarest n-gram."),
        column("edits", Kind::Binary, "Equal and differing stretches by turns, in words, each number in LEB128."),
        column("reason", Kind::Text, "Why a stretch is none; null for a passage."),
        column("words", Kind::Binary, "For a stretch that is none, a hash of its words, 16 bytes."),
    ],
};

pub(super) const STAGE: Stage =
    Stage { name: NAME, about: "seeds and their articles → passages laid word to word", input: &SHIPPED, output: &ALIGNED, run };

/// Memory for sorting in one task; what goes beyond is sorted in temporary files.
const MEMORY: usize = 128 << 20;

/// The articles of a stream.
struct Held {
    vocabulary: Vocabulary,
    documents: BTreeMap<ArticleId, (Document, String)>,
}

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let facts = given.facts(NAME)?;
    let texts = facts.texts(NAME)?;
    let settings = texts.settings();
    let (held, seeds) = read(facts, texts, batches)?;
    let frequencies = frequencies(facts, &held.vocabulary)?;
    let classes = WordClasses::new(&held.vocabulary);
    let mut seeds = seeds.sorted().map_err(|e| lost(NAME, &e))?;
    let known: RefCell<BTreeMap<ArticleId, Vec<Quotation>>> = RefCell::default();
    let (mut pair, mut next) = (Vec::new(), None);
    let mut rows = Rows::default();
    loop {
        seeds.group(&mut pair, &mut next, |a: &Seed, b: &Seed| (a.left, a.right) == (b.left, b.right)).map_err(|e| lost(NAME, &e))?;
        let Some(&Seed { left, right, .. }) = pair.first() else { return out.batch(rows.finish()?) };
        // A part that was read twice says the same again.
        pair.dedup();
        let missing = |id: ArticleId| {
            let message = format!("there are seeds of article {}, and not the article", id.index());
            refused(NAME, message, "give each stream the articles of all its seeds")
        };
        let of = |id: ArticleId| held.documents.get(&id).ok_or_else(|| missing(id));
        let ((left_document, left_text), (right_document, right_text)) = (of(left)?, of(right)?);
        let evidence = Evidence {
            left: left_document,
            right: right_document,
            vocabulary: &held.vocabulary,
            frequencies: &frequencies,
            classes: &classes,
            language: Language::english(),
        };
        // Few articles have a stretch so short that it is asked for.
        let quoted = |locus: Locus| {
            let (document, text) = if locus.article == left { (left_document, left_text) } else { (right_document, right_text) };
            let mut known = known.borrow_mut();
            let found = known.entry(locus.article).or_insert_with(|| quotations(document, text, Language::english()));
            is_quotation(found, document, locus.tokens)
        };
        let (found, rejected) = caught(|| shared_by(&pair, evidence, quoted, &settings)).map_err(|fault| {
            let message = format!("articles {} and {} cannot be set side by side: {fault}", left.index(), right.index());
            refused(NAME, message, crate::corpus::without::REPORT)
        })?;
        found.iter().for_each(|laid| rows.passage(laid));
        rejected.iter().for_each(|rejected| rows.rejected(rejected));
        if rows.count >= ROWS {
            out.batch(std::mem::take(&mut rows).finish()?)?;
        }
    }
}

fn read(facts: &Facts, texts: &Texts, batches: &mut dyn Iterator<Item = Result<RecordBatch>>) -> Result<(Held, Runs<Seed>)> {
    let recurring = facts.recurring();
    let mut held = Held { vocabulary: Vocabulary::default(), documents: BTreeMap::new() };
    let mut seeds = Runs::new(MEMORY);
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let article = columns.counts("article")?;
        let keep: Vec<bool> = (0..found.num_rows()).map(|i| !article.is_null(i)).collect();
        for run in runs(&keep) {
            let (is_article, part) = (keep[run.start], found.slice(run.start, run.len()));
            if is_article {
                for article in articles(NAME, &part, facts, &recurring, &mut held.vocabulary)? {
                    if let Some(id) = texts.number(article.number) {
                        held.documents.insert(id, (article.document, article.text.to_owned()));
                    }
                }
                continue;
            }
            let columns = Columns { stage: NAME, batch: &part };
            let (left, right, shared) = (columns.counts("left")?, columns.counts("right")?, columns.bytes("seeds")?);
            for i in 0..part.num_rows() {
                let (left, right) = (ArticleId::new(left.at(i)?), ArticleId::new(right.at(i)?));
                for [left_token, right_token, texts] in unpack::<[u32; 3]>(NAME, "seeds", shared.bytes(i))? {
                    seeds.push(Seed { left, right, left_token, right_token, texts });
                }
            }
        }
    }
    Ok((held, seeds))
}

/// Stretches of rows of one kind.
fn runs(kinds: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let run = |run: &[bool]| {
        let from = start;
        start += run.len();
        from..start
    };
    kinds.chunk_by(|a, b| a == b).map(run).collect()
}

/// In how many texts the words of a vocabulary stand.
fn frequencies(facts: &Facts, vocabulary: &Vocabulary) -> Result<TextFrequencies> {
    let words =
        facts.words.as_ref().ok_or_else(|| refused(NAME, "the facts are too early", "give those that the stage frequencies gave out"))?;
    let of = |id: TokenId| {
        let hash = vocabulary.hash(id);
        words.counts.binary_search_by_key(&hash, |(word, _)| *word).ok().and_then(|at| words.counts.get(at)).map_or(1, |(_, texts)| *texts)
    };
    Ok(TextFrequencies::counted(words.texts as usize, (0..vocabulary.len()).map(TokenId::new).map(of).collect()))
}

#[derive(Default)]
struct Rows {
    count: usize,
    sides: [Int32Builder; 6],
    significance: Float64Builder,
    rarest: Int32Builder,
    edits: BinaryBuilder,
    reason: StringBuilder,
    words: BinaryBuilder,
}

impl Rows {
    fn side(&mut self, values: [Option<usize>; 6]) {
        self.count += 1;
        for (column, value) in self.sides.iter_mut().zip(values) {
            column.append_option(value.map(fit));
        }
    }

    fn passage(&mut self, laid: &Laid) {
        let (l, r) = (laid.left.tokens, laid.right.tokens);
        let places = [l.start(), l.end(), r.start(), r.end()].map(Some);
        self.side([Some(laid.left.article.index()), Some(laid.right.article.index()), places[0], places[1], places[2], places[3]]);
        self.significance.append_value(laid.significance);
        self.rarest.append_value(fit(laid.rarest as usize));
        self.edits.append_value(laid.lengths());
        self.reason.append_null();
        self.words.append_null();
    }

    fn rejected(&mut self, rejected: &Rejected) {
        let Rejected { locus, other, reason, words } = rejected;
        let (from, to) = (Some(locus.tokens.start()), Some(locus.tokens.end()));
        self.side([Some(locus.article.index()), Some(other.index()), from, to, None, None]);
        self.significance.append_null();
        self.rarest.append_null();
        self.edits.append_null();
        self.reason.append_value(reason.as_str());
        self.words.append_value(words.to_le_bytes());
    }

    fn finish(mut self) -> Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = self.sides.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
        columns.push(Arc::new(self.significance.finish()));
        columns.push(Arc::new(self.rarest.finish()));
        columns.push(Arc::new(self.edits.finish()));
        columns.push(Arc::new(self.reason.finish()));
        columns.push(Arc::new(self.words.finish()));
        batch(NAME, &ALIGNED, columns)
    }
}
