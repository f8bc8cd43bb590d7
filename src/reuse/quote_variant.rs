//! The same quotation in two articles: whole, trimmed, spliced, in other words or differently translated.
//!
//! Quotations come in as spans of tokens; whose they are and where their marks stand is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::document::Document;
use crate::text::span::{Span, Token};

use super::anchor::{Anchors, Occurrence, TermId, TermKind};
use super::paraphrase::ParaphraseSettings;

/// How one quotation stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuoteVariant {
    /// The same words, but for one in five.
    Same,
    /// One is a run of the other.
    Trimmed,
    /// One is made of separate runs of the other.
    Spliced,
    /// Other words for the same: reworded or differently translated.
    Reworded,
}

impl QuoteVariant {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Trimmed => "trimmed",
            Self::Spliced => "spliced",
            Self::Reworded => "reworded",
        }
    }
}

/// Two quotations, by their positions among those given, and how they stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuotePair {
    /// Among the left article's.
    pub left: usize,
    /// Among the right article's.
    pub right: usize,
    /// How.
    pub variant: QuoteVariant,
    /// For the first three kinds the share of the shorter one's words that stand in the other in the same order, otherwise the
    /// smoothed cosine of terms; 0 to 1.
    pub similarity: f64,
}

/// A quotation as the search reads it.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// Its words.
    pub tokens: Span<Token>,
    terms: Vec<Occurrence>,
}

impl Quoted {
    /// Reads a quotation once.
    #[must_use]
    pub fn new(document: &Document, tokens: Span<Token>, anchors: &Anchors) -> Self {
        Self { tokens, terms: anchors.terms(document, tokens) }
    }
}

/// Share of words that two quotations have in common, in order, to be the same.
const SAME: f64 = 0.8;
/// Share of the shorter one's words that a cut keeps.
const KEPT: f64 = 0.8;
/// Fewest words of a cut that need not also be alike in terms: shorter ones are phrases that anyone may quote.
const CUT_WORDS: usize = 4;
/// A run of the other quotation may hold this share of foreign words more.
const LOOSE: f64 = 1.25;

/// How two quotations stand to each other; `None` if they are not the same. They must share `min_evidence` of weight, and for
/// [`QuoteVariant::Reworded`] a term that is no name. Cost: the product of their lengths in words.
#[must_use]
pub fn variant(
    left: (&Document, &Quoted),
    right: (&Document, &Quoted),
    anchors: &Anchors,
    settings: &ParaphraseSettings,
) -> Option<(QuoteVariant, f64)> {
    let (cosine, evidence, telling) = likeness(&left.1.terms, &right.1.terms, anchors, settings);
    if evidence < settings.min_evidence {
        return None;
    }
    // The shorter one in the rows; of equal length either will do, because a common subsequence has no sides.
    let (short, long) = if left.1.tokens.len() <= right.1.tokens.len() { (left, right) } else { (right, left) };
    let (words, other) = (short.0.slice(short.1.tokens), long.0.slice(long.1.tokens));
    let (common, tightest) = common(words.len(), other.len(), |i, j| words[i].id == other[j].id);
    let kept = common as f64 / words.len().max(1) as f64;
    if common as f64 >= SAME * other.len() as f64 {
        return Some((QuoteVariant::Same, kept));
    }
    if kept >= KEPT && (words.len() >= CUT_WORDS || cosine >= settings.quote_similarity) {
        let is_run = tightest as f64 <= LOOSE * common as f64;
        return Some((if is_run { QuoteVariant::Trimmed } else { QuoteVariant::Spliced }, kept));
    }
    // A word or two is no other version of a whole sentence.
    let comparable = words.len() >= CUT_WORDS && 5 * words.len() >= 2 * other.len();
    (comparable && telling && cosine >= settings.quote_similarity).then_some((QuoteVariant::Reworded, cosine))
}

/// All pairs of quotations of two articles that are the same, each with its best answers only, in order on the left. Cost: each
/// pair once.
#[must_use]
pub fn quote_pairs(
    left: (&Document, &[Quoted]),
    right: (&Document, &[Quoted]),
    anchors: &Anchors,
    settings: &ParaphraseSettings,
) -> Vec<QuotePair> {
    let mut index: BTreeMap<TermId, Vec<usize>> = BTreeMap::new();
    for (j, quoted) in right.1.iter().enumerate() {
        quoted.terms.iter().for_each(|o| index.entry(o.term).or_default().push(j));
    }
    let mut found = Vec::new();
    for (i, l) in left.1.iter().enumerate() {
        // Two quotations are set beside each other when they share a term that few quotations hold.
        let holders = l.terms.iter().filter_map(|o| index.get(&o.term)).filter(|held| held.len() <= settings.opening_sentences);
        let near: BTreeSet<usize> = holders.flatten().copied().collect();
        for (j, r) in near.into_iter().map(|j| (j, &right.1[j])) {
            if let Some((variant, similarity)) = variant((left.0, l), (right.0, r), anchors, settings) {
                found.push(QuotePair { left: i, right: j, variant, similarity });
            }
        }
    }
    // Copied words before other words, then the more alike.
    let rank = |p: &QuotePair| if p.variant == QuoteVariant::Reworded { p.similarity } else { 1.0 + p.similarity };
    let mut best = (vec![0.0_f64; left.1.len()], vec![0.0_f64; right.1.len()]);
    for pair in &found {
        best.0[pair.left] = best.0[pair.left].max(rank(pair));
        best.1[pair.right] = best.1[pair.right].max(rank(pair));
    }
    // Several cuts of one long quotation are all kept; a rewording answers only where nothing answers better.
    found.retain(|p| p.variant != QuoteVariant::Reworded || rank(p) >= best.0[p.left].max(best.1[p.right]));
    found
}

/// Smoothed cosine over idf of the corpus, weight of the shared terms, and whether one of them is no name.
fn likeness(a: &[Occurrence], b: &[Occurrence], anchors: &Anchors, settings: &ParaphraseSettings) -> (f64, f64, bool) {
    let weight = |o: &Occurrence| anchors.rarity(o.term) * o.share;
    let length = |terms: &[Occurrence]| terms.iter().map(|o| weight(o).powi(2)).sum::<f64>() + settings.prior_length;
    let (mut dot, mut evidence, mut telling) = (0.0, 0.0, false);
    for x in a {
        if let Ok(at) = b.binary_search_by_key(&x.term, |o| o.term) {
            dot += weight(x) * weight(&b[at]);
            evidence += weight(x).min(weight(&b[at]));
            telling |= anchors.kind(x.term) != TermKind::Name;
        }
    }
    (dot / (length(a) * length(b)).sqrt(), evidence, telling)
}

/// The most rows that stand among the columns in the same order (longest common subsequence), and the fewest columns from the
/// first to the last of such.
fn common(rows: usize, columns: usize, equal: impl Fn(usize, usize) -> bool) -> (usize, usize) {
    // Per column: length of the best subsequence so far and the latest column where one of that length can start.
    let mut before = vec![(0usize, 0usize); columns + 1];
    let mut best = (0, 0);
    for i in 0..rows {
        let mut row = vec![(0usize, 0usize); columns + 1];
        for j in 0..columns {
            row[j + 1] = row[j].max(before[j + 1]);
            if equal(i, j) {
                let (length, start) = before[j];
                let start = if length == 0 { j } else { start };
                row[j + 1] = row[j + 1].max((length + 1, start));
                let width = j + 1 - start;
                if length + 1 > best.0 || (length + 1 == best.0 && width < best.1) {
                    best = (length + 1, width);
                }
            }
        }
        before = row;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Anchors, ParaphraseSettings, QuoteVariant, Quoted, Span, common, variant};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;

    fn judge(a: &str, b: &str) -> Option<QuoteVariant> {
        let mut vocabulary = Vocabulary::default();
        let documents = [a, b].map(|t| Document::new(t, &[Span::new(0, t.len())], Language::english(), &mut vocabulary));
        let anchors = Anchors::new(documents.iter(), &vocabulary, Language::english());
        let settings = ParaphraseSettings::for_articles(2);
        let whole = [0, 1].map(|i: usize| Quoted::new(&documents[i], Span::new(0, documents[i].words().len()), &anchors));
        let (left, right) = ((&documents[0], &whole[0]), (&documents[1], &whole[1]));
        let found = variant(left, right, &anchors, &settings);
        assert_eq!(found, variant(right, left, &anchors, &settings));
        found.map(|f| f.0)
    }

    #[test]
    fn kinds() {
        let whole = "We will rebuild every single house in the valley, and we will do it before the snow comes back";
        assert_eq!(judge(whole, whole), Some(QuoteVariant::Same));
        assert_eq!(judge(whole, "rebuild every single house in the valley"), Some(QuoteVariant::Trimmed));
        assert_eq!(judge(whole, "rebuild every house before the snow comes back"), Some(QuoteVariant::Spliced));
        assert_eq!(judge(whole, "Each house of this valley shall be rebuilt before snow falls"), Some(QuoteVariant::Reworded));
        assert_eq!(judge(whole, "Taxes must fall"), None);
        assert_eq!(judge(whole, "the valley"), None);
    }

    #[test]
    fn subsequences() {
        let run = |a: &str, b: &str| common(a.len(), b.len(), |i, j| a.as_bytes()[i] == b.as_bytes()[j]);
        assert_eq!(run("abc", "xabcx"), (3, 3));
        assert_eq!(run("abc", "axbxc"), (3, 5));
        assert_eq!(run("ab", "axab"), (2, 2));
        assert_eq!(run("", "a"), (0, 0));
    }
}
