//! The same fact in other words: sentence against sentence of two articles of one story, beyond copied passages.
//!
//! A sentence is a sparse vector of terms ([`super::anchor`]); a term weighs what it tells in the corpus times what it tells in
//! these two articles, so that the names on which a whole story turns bring nothing. Two sentences are a pair when their
//! smoothed cosine is high, no other sentence of either article answers much better, and what they share is more than names.
//! Everything is a pure function of two articles, and `(a, b)` is the mirror of `(b, a)`.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::document::Document;
use crate::id::{ArticleId, OutletId};
use crate::text::span::{Span, Token};

use super::anchor::{Anchors, Occurrence, TermId, TermKind};

/// Every constant of the search for retold passages.
#[derive(Clone, Debug, PartialEq)]
pub struct ParaphraseSettings {
    /// A term in more articles than this does not bring two articles together.
    pub story_articles: usize,
    /// Least cosine of two articles over their rarer terms, to be read as one story.
    pub story_similarity: f64,
    /// A term in more sentences of an article than this adds to a pair of sentences and opens none.
    pub opening_sentences: usize,
    /// Fewest distinct terms of a sentence.
    pub min_terms: usize,
    /// Added to the squared length of every sentence, in nats²: short sentences must share more to be alike. A rare term has
    /// about 16.
    pub prior_length: f64,
    /// How much more a number, month or year weighs than a word: retellings swap words, not figures.
    pub number_weight: f64,
    /// Least smoothed cosine of two sentences.
    pub min_similarity: f64,
    /// Least weight of the shared terms, in nats.
    pub min_evidence: f64,
    /// Fewest shared terms, one of them no name.
    pub min_shared: usize,
    /// A sentence keeps, besides its best answer, those at least this share as similar.
    pub rival: f64,
    /// Copied passages that cover this share of either sentence make the pair no retelling; one that is copied in part stays.
    pub copied: f64,
    /// Least cosine of two quotations in other words.
    pub quote_similarity: f64,
}

impl ParaphraseSettings {
    /// Stricter the more articles there are: chance repeats grow with their number.
    #[must_use]
    pub fn for_articles(articles: usize) -> Self {
        let large = articles > 50;
        Self {
            story_articles: 40,
            story_similarity: 0.08,
            opening_sentences: 32,
            min_terms: 3,
            prior_length: 15.0,
            number_weight: 1.25,
            min_similarity: 0.18,
            min_evidence: if large { 6.0 } else { 5.0 },
            min_shared: if large { 3 } else { 2 },
            rival: 0.5,
            copied: 0.8,
            quote_similarity: 0.3,
        }
    }
}

/// Two sentences that tell the same.
#[derive(Clone, Debug, PartialEq)]
pub struct SentencePair {
    /// A sentence of the left article.
    pub left: Span<Token>,
    /// A sentence of the right article.
    pub right: Span<Token>,
    /// Smoothed cosine of their weighted terms, 0 to 1.
    pub similarity: f64,
    /// Weight of the shared terms, in nats.
    pub evidence: f64,
    /// 0 to 1: grows with the similarity. Orders pairs; roughly, not exactly, the share of right ones.
    pub confidence: f64,
    /// What they share, heaviest first.
    pub shared: Vec<TermId>,
}

/// An article as the search reads it: the sentences of its running text with their terms.
#[derive(Debug)]
pub struct Told {
    sentences: Vec<Sentence>,
}

#[derive(Debug)]
struct Sentence {
    tokens: Span<Token>,
    terms: Vec<Occurrence>,
}

impl Told {
    /// Reads an article once. A headline is left out: it resembles every sentence of its story.
    #[must_use]
    pub fn new(document: &Document, anchors: &Anchors, settings: &ParaphraseSettings) -> Self {
        let sentences = document.sentences().iter().filter(|tokens| !document.in_headline(tokens.start()));
        let read = sentences.map(|&tokens| Sentence { tokens, terms: anchors.terms(document, tokens) });
        // What an article says again and again it tells once.
        let mut told: BTreeSet<Vec<TermId>> = BTreeSet::new();
        let fresh = |s: &Sentence| s.terms.len() >= settings.min_terms && told.insert(s.terms.iter().map(|o| o.term).collect());
        Self { sentences: read.filter(fresh).collect() }
    }

    /// Its distinct terms, in order of their numbers.
    fn terms(&self) -> Vec<TermId> {
        let mut all: Vec<TermId> = self.sentences.iter().flat_map(|s| s.terms.iter().map(|o| o.term)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Pairs of articles of different outlets that may tell one story: cosine over idf of the terms that at most
/// `story_articles` articles hold, joined through postings. In corpus order. Cost: for each term the square of the articles
/// that hold it, at most `story_articles²`.
#[must_use]
pub fn stories(
    told: &[Told],
    anchors: &Anchors,
    outlet: impl Fn(ArticleId) -> OutletId,
    settings: &ParaphraseSettings,
) -> Vec<(ArticleId, ArticleId)> {
    let mut postings: Vec<(TermId, usize)> = Vec::new();
    for (article, told) in told.iter().enumerate() {
        postings.extend(told.terms().into_iter().filter(|&t| anchors.articles(t) <= settings.story_articles).map(|t| (t, article)));
    }
    postings.sort_unstable();
    let mut length = vec![0.0; told.len()];
    let mut shared: Vec<(usize, usize, f64)> = Vec::new();
    for holders in postings.chunk_by(|a, b| a.0 == b.0) {
        let weight = anchors.rarity(holders[0].0).powi(2);
        for (i, &(_, a)) in holders.iter().enumerate() {
            length[a] += weight;
            shared.extend(holders[i + 1..].iter().map(|&(_, b)| (a, b, weight)));
        }
    }
    // Stable, so that sums are taken in order of the terms.
    shared.sort_by_key(|&(a, b, _)| (a, b));
    let pairs = shared.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).filter_map(|terms| {
        let (a, b) = (terms[0].0, terms[0].1);
        let cosine = terms.iter().map(|t| t.2).sum::<f64>() / (length[a] * length[b]).sqrt();
        let (left, right) = (ArticleId::new(a), ArticleId::new(b));
        (cosine >= settings.story_similarity && outlet(left) != outlet(right)).then_some((left, right))
    });
    pairs.collect()
}

/// Two sentences, by their positions among those read, and how alike they are.
struct Likeness {
    left: usize,
    right: usize,
    similarity: f64,
    evidence: f64,
    shared: Vec<TermId>,
}

/// The retold passages of two articles, in order on the left. `copied` are the passages of this pair that tier 1 found: they
/// win where they cover enough.
#[must_use]
pub fn paraphrases(
    left: &Told,
    right: &Told,
    anchors: &Anchors,
    copied: &[(Span<Token>, Span<Token>)],
    settings: &ParaphraseSettings,
) -> Vec<SentencePair> {
    let mut found = likenesses(left, right, anchors, settings);
    found.retain(|f| f.similarity >= settings.min_similarity);
    let (mut best_left, mut best_right) = (vec![0.0_f64; left.sentences.len()], vec![0.0_f64; right.sentences.len()]);
    for f in &found {
        best_left[f.left] = best_left[f.left].max(f.similarity);
        best_right[f.right] = best_right[f.right].max(f.similarity);
    }
    found.retain(|f| f.similarity >= settings.rival * best_left[f.left].max(best_right[f.right]));
    let mut out: Vec<SentencePair> = found
        .into_iter()
        .map(|f| SentencePair {
            left: left.sentences[f.left].tokens,
            right: right.sentences[f.right].tokens,
            similarity: f.similarity,
            evidence: f.evidence,
            confidence: confidence(f.similarity),
            shared: f.shared,
        })
        .filter(|r| !is_copied(r, copied, settings))
        .collect();
    out.sort_by_key(|r| (r.left, r.right));
    out
}

/// Whether the copied passages that touch both sentences cover enough of either.
fn is_copied(pair: &SentencePair, copied: &[(Span<Token>, Span<Token>)], settings: &ParaphraseSettings) -> bool {
    let overlaps = copied.iter().map(|(a, b)| (a.overlap(pair.left), b.overlap(pair.right))).filter(|o| o.0 > 0 && o.1 > 0);
    let (left, right) = overlaps.fold((0, 0), |sum, o| (sum.0 + o.0, sum.1 + o.1));
    let enough = |covered: usize, whole: Span<Token>| covered as f64 >= settings.copied * whole.len() as f64;
    enough(left, pair.left) || enough(right, pair.right)
}

/// A logistic curve: even at [`EVEN`], steep enough that twice that similarity is all but sure.
fn confidence(similarity: f64) -> f64 {
    1.0 / (1.0 + ((EVEN - similarity) / SLOPE).exp())
}

const EVEN: f64 = 0.18;
const SLOPE: f64 = 0.06;

/// All pairs of sentences that share enough, by an inverted index of the right article.
///
/// `weight(t) = ln((N + 100) / (df + 1)) × ln(1 + S / s) / ln(1 + S / 2)`: smoothed idf of the corpus (Spärck Jones 1972) times
/// idf among the `S` sentences of both articles, `s` of which hold `t`, scaled to 1 for a term that stands once on either
/// side. `similarity = Σ w·v / √((Σ w² + λ)(Σ v² + λ))`: cosine (Salton 1975), smoothed.
fn likenesses(left: &Told, right: &Told, anchors: &Anchors, settings: &ParaphraseSettings) -> Vec<Likeness> {
    let mut holding: BTreeMap<TermId, u32> = BTreeMap::new();
    for occurrence in left.sentences.iter().chain(&right.sentences).flat_map(|s| &s.terms) {
        *holding.entry(occurrence.term).or_default() += 1;
    }
    let all = (left.sentences.len() + right.sentences.len()) as f64;
    let weights: BTreeMap<TermId, f64> = holding
        .into_iter()
        .map(|(term, holding)| {
            let here = (1.0 + all / f64::from(holding.max(2))).ln() / (1.0 + all / 2.0).ln();
            let kind = if anchors.kind(term) == TermKind::Number { settings.number_weight } else { 1.0 };
            (term, anchors.rarity(term) * here * kind)
        })
        .collect();
    let weigh = |told: &Told| -> Vec<Vec<(TermId, f64)>> {
        let weight = |o: &Occurrence| (o.term, weights.get(&o.term).map_or(0.0, |w| w * o.share));
        told.sentences.iter().map(|s| s.terms.iter().map(weight).collect()).collect()
    };
    let length = |terms: &Vec<(TermId, f64)>| (terms.iter().map(|(_, w)| w * w).sum::<f64>() + settings.prior_length).sqrt();
    let (rows, columns) = (weigh(left), weigh(right));
    let lengths: Vec<f64> = columns.iter().map(length).collect();
    let mut index: BTreeMap<TermId, Vec<(usize, f64)>> = BTreeMap::new();
    for (j, terms) in columns.iter().enumerate() {
        terms.iter().for_each(|&(term, weight)| index.entry(term).or_default().push((j, weight)));
    }
    let mut out = Vec::new();
    for (i, terms) in rows.iter().enumerate() {
        let mut met: BTreeMap<usize, Vec<(TermId, f64, f64)>> = BTreeMap::new();
        let holders = |term: TermId| index.get(&term).map_or(&[][..], Vec::as_slice);
        for &(term, w) in terms.iter().filter(|(term, _)| holders(*term).len() <= settings.opening_sentences) {
            for &(j, v) in holders(term) {
                met.entry(j).or_default().push((term, w, v));
            }
        }
        // A term that runs through an article adds to a pair and opens none: a long article would be set against all of another.
        for &(term, w) in terms.iter().filter(|(term, _)| holders(*term).len() > settings.opening_sentences) {
            for (&j, shared) in &mut met {
                if let Ok(at) = columns[j].binary_search_by_key(&term, |c| c.0) {
                    shared.push((term, w, columns[j][at].1));
                }
            }
        }
        for (j, mut shared) in met {
            // In order of the terms, whichever way they came, so that sums are the same from either side.
            shared.sort_by_key(|s| s.0);
            let evidence = shared.iter().map(|s| s.1.min(s.2)).sum();
            let telling = shared.iter().any(|s| anchors.kind(s.0) != TermKind::Name);
            if shared.len() < settings.min_shared || evidence < settings.min_evidence || !telling {
                continue;
            }
            let similarity = shared.iter().map(|s| s.1 * s.2).sum::<f64>() / (length(terms) * lengths[j]);
            shared.sort_by(|a, b| (b.1 * b.2).total_cmp(&(a.1 * a.2)).then(a.0.cmp(&b.0)));
            let shared = shared.into_iter().map(|s| s.0).collect();
            out.push(Likeness { left: i, right: j, similarity, evidence, shared });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Anchors, ParaphraseSettings, Span, Told, paraphrases, stories};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::id::OutletId;
    use crate::text::language::Language;

    const A: &str = "The minister resigned on 4 May after the bridge in Genoa fell. Nothing else of note took place in town.\n\n\
        Engineers had warned the ministry of cracks three years before.";
    const B: &str = "It rained all day and shops stayed shut. Engineers warned of cracks 3 years ago, a letter shows.\n\n\
        When the Genoa bridge fell, the minister resigned; that was May 4.";

    fn read(texts: &[&str]) -> (Vec<Document>, Anchors, Vec<Told>, ParaphraseSettings) {
        let mut vocabulary = Vocabulary::default();
        let documents: Vec<Document> =
            texts.iter().map(|t| Document::new(t, &[Span::new(0, t.len())], Language::english(), &mut vocabulary)).collect();
        let anchors = Anchors::new(documents.iter(), &vocabulary, Language::english());
        let settings = ParaphraseSettings::for_articles(texts.len());
        let told = documents.iter().map(|d| Told::new(d, &anchors, &settings)).collect();
        (documents, anchors, told, settings)
    }

    #[test]
    fn crossed_sentences_meet_and_the_mirror_is_the_same() {
        let (documents, anchors, told, settings) = read(&[A, B]);
        let found = paraphrases(&told[0], &told[1], &anchors, &[], &settings);
        let sentences: Vec<(usize, usize)> =
            found.iter().map(|r| (documents[0].sentence_of(r.left.start()), documents[1].sentence_of(r.right.start()))).collect();
        assert_eq!(sentences, [(0, 2), (2, 1)]);
        let mut mirrored = paraphrases(&told[1], &told[0], &anchors, &[], &settings);
        mirrored.iter_mut().for_each(|r| std::mem::swap(&mut r.left, &mut r.right));
        mirrored.sort_by_key(|r| (r.left, r.right));
        assert_eq!(found, mirrored);
        // What was copied is no retelling.
        let copied = [(found[0].left, found[0].right)];
        assert_eq!(paraphrases(&told[0], &told[1], &anchors, &copied, &settings), found[1..]);
    }

    #[test]
    fn names_alone_are_no_fact() {
        let (_, anchors, told, settings) = read(&["On stage stood Anna Berg and Carl Dorn.", "A prize went to Anna Berg and Carl Dorn."]);
        assert!(paraphrases(&told[0], &told[1], &anchors, &[], &settings).is_empty());
    }

    #[test]
    fn stories_pair_outlets() {
        let (_, anchors, told, settings) = read(&[A, B, "A recipe for soup with beans."]);
        let pairs = |outlet: fn(usize) -> usize| stories(&told, &anchors, |a| OutletId::new(outlet(a.index())), &settings);
        assert_eq!(pairs(|a| a).iter().map(|p| (p.0.index(), p.1.index())).collect::<Vec<_>>(), [(0, 1)]);
        assert!(pairs(|_| 0).is_empty());
    }
}
