//! Which local alignments are shared passages, and where those end.

use crate::corpus::document::{Document, Word};
use crate::corpus::locus::Locus;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;

use super::align::{Column, Edit, End, Pair, Path, edits, extension, path_spans};
use super::alignment::{Form, Laid};
use super::candidate::Candidate;
use super::copies::TextFrequencies;
use super::settings::ReuseSettings;
use super::stem::WordClasses;

/// What judging a path takes besides the path.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'c> {
    /// The left article's document.
    pub left: &'c Document,
    /// The right article's document.
    pub right: &'c Document,
    /// Folded words.
    pub vocabulary: &'c Vocabulary,
    /// In how many texts words stand.
    pub frequencies: &'c TextFrequencies,
    /// Stems and content words.
    pub classes: &'c WordClasses,
    /// Titles that go with names.
    pub language: &'c Language,
}

/// Why a path is no passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rejection {
    /// Too few equal words, or too unlike.
    Short,
    /// A name with its titles, and nothing else.
    BareName,
    /// Words that are too common to tell a shared passage from chance and stock phrases.
    Common,
}

/// The passage of a path, or why it is none. `is_quotation` tells whether a place is most of a quotation.
///
/// # Errors
/// The reason why it is no passage.
pub fn accept(
    path: &Path,
    candidate: &Candidate,
    evidence: Evidence<'_>,
    is_quotation: impl Fn(Locus) -> bool,
    settings: &ReuseSettings,
) -> Result<Laid, Rejection> {
    let (l, r) = path_spans(&path.columns).ok_or(Rejection::Short)?;
    let (left_words, right_words) = (evidence.left.words(), evidence.right.words());
    let equal = equal_words(path.columns.iter().filter_map(|&(i, j)| Some((i? as usize, j? as usize))), evidence);
    let distinct = distinct_content(&equal);
    let identity = equal.len() as f64 / path.columns.len() as f64;
    let loci = [Locus { article: candidate.left.article, tokens: l }, Locus { article: candidate.right.article, tokens: r }];
    let long = equal.len() >= settings.min_matched && distinct.len() >= settings.min_content && identity >= settings.min_identity;
    let short = equal.len() >= settings.quote_matched && distinct.len() >= settings.quote_content && identity >= settings.quote_identity;
    let is_passage = long || (short && loci.into_iter().any(is_quotation));
    if !is_passage {
        return Err(Rejection::Short);
    }
    if equal.iter().all(|word| word.in_name) {
        return Err(Rejection::BareName);
    }
    let significance = significance(&equal, candidate.rarest as usize, evidence);
    if significance < settings.min_significance {
        return Err(Rejection::Common);
    }
    let pair = Pair { left: left_words, right: right_words, classes: evidence.classes };
    let columns = extended(path, (l, r), evidence, pair, settings);
    let (l, r) = path_spans(&columns).ok_or(Rejection::Short)?;
    let (left, right) = draw_out(l, r, evidence, settings);
    let edits = edits(&columns, left, right, pair);
    Ok(Laid {
        left: Locus { tokens: left, ..loci[0] },
        right: Locus { tokens: right, ..loci[1] },
        edits,
        significance,
        rarest: candidate.rarest,
        form: Form::Copied,
    })
}

/// Joins passages of one pair of articles, in order on the left, that follow each other with few words between them inside one
/// paragraph: those words are a difference within one passage.
#[must_use]
pub fn joined(found: Vec<Laid>, evidence: Evidence<'_>, settings: &ReuseSettings) -> Vec<Laid> {
    let gap = |document: &Document, a: Span<Token>, b: Span<Token>| {
        let between = b.start().checked_sub(a.end()).filter(|&words| words <= settings.join_gap)?;
        (document.paragraph_of(a.start()) == document.paragraph_of(b.start())).then_some(between)
    };
    let mut out: Vec<Laid> = Vec::with_capacity(found.len());
    let mut grown = vec![false; found.len()];
    for next in found {
        let meets = |last: &&mut Laid| {
            gap(evidence.left, last.left.tokens, next.left.tokens).is_some()
                && gap(evidence.right, last.right.tokens, next.right.tokens).is_some()
        };
        let Some(last) = out.last_mut().filter(meets) else {
            out.push(next);
            continue;
        };
        let between = Edit {
            left: Span::new(last.left.tokens.end(), next.left.tokens.start()),
            right: Span::new(last.right.tokens.end(), next.right.tokens.start()),
            equal: false,
        };
        let (words, equal_end) = (!(between.left.is_empty() && between.right.is_empty()), last.edits.last().map(|e| e.equal));
        let mut edits = next.edits.into_iter();
        match (words.then_some(between).or_else(|| edits.next()), last.edits.last_mut()) {
            (Some(first), Some(end)) if equal_end == Some(first.equal) => {
                *end = Edit { left: end.left.hull(first.left), right: end.right.hull(first.right), equal: end.equal };
            }
            (first, _) => last.edits.extend(first),
        }
        last.edits.extend(edits);
        last.left.tokens = last.left.tokens.hull(next.left.tokens);
        last.right.tokens = last.right.tokens.hull(next.right.tokens);
        last.rarest = last.rarest.min(next.rarest);
        grown[out.len() - 1] = true;
    }
    // Once for each, however many were joined.
    for (joined, _) in out.iter_mut().zip(&grown).filter(|(_, grown)| **grown) {
        let equal = joined.edits.iter().filter(|e| e.equal).flat_map(|e| e.left.range().zip(e.right.range()));
        joined.significance = significance(&equal_words(equal, evidence), joined.rarest as usize, evidence);
    }
    out
}

/// `Σ idf(w)` over the distinct equal words that carry meaning plus `idf` of the rarest n-gram, in nats, with
/// `idf(x) = ln((N + 100) / (df(x) + 1))` over texts: as if a hundred more were at hand, one of them with the word, so that
/// five articles on one event do not make every word of it common. Halved where all these words are names or titles.
fn significance(equal: &[EqualWord], rarest: usize, evidence: Evidence<'_>) -> f64 {
    let idf = |texts: usize| ((evidence.frequencies.texts as f64 + PRIOR_TEXTS) / (texts as f64 + 1.0)).ln();
    // In order of their counts, not of their numbers: a sum of fractions depends on its order, and numbers on what else was read.
    let mut texts: Vec<usize> = distinct_content(equal).into_iter().map(|id| evidence.frequencies.of(id)).collect();
    texts.sort_unstable();
    let sum = texts.into_iter().map(idf).sum::<f64>() + idf(rarest);
    let named = equal.iter().filter(|word| word.content).all(|word| word.named);
    if named { sum / 2.0 } else { sum }
}

/// A word that stands on both sides.
#[derive(Clone, Copy, Debug)]
struct EqualWord {
    id: TokenId,
    /// Whether it carries meaning.
    content: bool,
    /// Whether it is part of a name, or a title, on one side at least.
    named: bool,
    /// The same, or a small word inside names.
    in_name: bool,
}

/// The equal words among pairs of tokens.
fn equal_words(pairs: impl Iterator<Item = (usize, usize)>, evidence: Evidence<'_>) -> Vec<EqualWord> {
    let (left, right) = (evidence.left.words(), evidence.right.words());
    pairs
        .filter(|&(i, j)| left[i].id == right[j].id)
        .map(|(i, j)| {
            let word = evidence.vocabulary.word(left[i].id);
            let named = is_name(left, i) || is_name(right, j) || evidence.language.name_titles.contains(word);
            let content = evidence.classes.is_content(left[i].id);
            EqualWord { id: left[i].id, content, named, in_name: named || evidence.language.name_particles.contains(word) }
        })
        .collect()
}

fn distinct_content(equal: &[EqualWord]) -> Vec<TokenId> {
    let mut ids: Vec<TokenId> = equal.iter().filter(|word| word.content).map(|word| word.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Texts that the document frequencies are smoothed with.
const PRIOR_TEXTS: f64 = 100.0;

/// Whether a word is printed as a name; the first of a sentence is when the next one is, with nothing but a blank between.
fn is_name(words: &[Word], at: usize) -> bool {
    let capital = |word: &Word| word.shape.has(Shape::CAPITAL);
    let next = || {
        words
            .get(at + 1)
            .is_some_and(|next| capital(next) && !next.shape.has(Shape::AFTER_PUNCTUATION) && !next.shape.has(Shape::SENTENCE_START))
    };
    capital(&words[at]) && (!words[at].shape.has(Shape::SENTENCE_START) || next())
}

/// The path with what its sentences have in common beyond its ends: a stretch of other words there costs more than a local
/// alignment may lose, but in one sentence it is the difference that people want to see.
fn extended(
    path: &Path,
    (l, r): (Span<Token>, Span<Token>),
    evidence: Evidence<'_>,
    pair: Pair<'_>,
    settings: &ReuseSettings,
) -> Vec<Column> {
    let head = |document: &Document, span: Span<Token>| {
        let start = document.sentences()[document.sentence_of(span.start())].start();
        Span::new(start.max(span.start().saturating_sub(settings.margin)), span.start())
    };
    let tail = |document: &Document, span: Span<Token>| {
        let end = document.sentences()[document.sentence_of(span.end() - 1)].end();
        Span::new(span.end(), end.min(span.end() + settings.margin))
    };
    let mut columns = extension(head(evidence.left, l), head(evidence.right, r), pair, settings, End::Head);
    // From the farthest equal words to the path, whatever lies between.
    columns.extend(&path.columns);
    columns.extend(extension(tail(evidence.left, l), tail(evidence.right, r), pair, settings, End::Tail));
    columns
}

/// Both spans out to the start and the end of their sentences, where few enough words are left on both sides and no
/// quotation mark stands between.
fn draw_out(l: Span<Token>, r: Span<Token>, evidence: Evidence<'_>, settings: &ReuseSettings) -> (Span<Token>, Span<Token>) {
    let head = |document: &Document, span: Span<Token>| {
        let start = document.sentences()[document.sentence_of(span.start())].start();
        let clear = document.words()[start..=span.start()].iter().skip(1).all(|w| !w.shape.has(Shape::ACROSS_MARK));
        (clear && span.start() - start <= settings.edge_words).then_some(start)
    };
    let tail = |document: &Document, span: Span<Token>| {
        let end = document.sentences()[document.sentence_of(span.end() - 1)].end();
        let clear = document.words()[span.end()..end].iter().all(|w| !w.shape.has(Shape::ACROSS_MARK));
        (clear && end - span.end() <= settings.edge_words).then_some(end)
    };
    let (mut left, mut right) = (l, r);
    if let (Some(a), Some(b)) = (head(evidence.left, l), head(evidence.right, r)) {
        (left, right) = (Span::new(a, left.end()), Span::new(b, right.end()));
    }
    if let (Some(a), Some(b)) = (tail(evidence.left, l), tail(evidence.right, r)) {
        (left, right) = (Span::new(left.start(), a), Span::new(right.start(), b));
    }
    (left, right)
}
