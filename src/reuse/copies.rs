//! Articles that print the same text: one text with many witnesses, searched once.
//!
//! **Exact** copies (the same folded words in the same paragraphs) are left out of the search; what their text shares, they
//! share. **Near** copies are searched, but count as one text where it is asked how common an n-gram is.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use foldhash::fast::FixedState;

use crate::corpus::collection::Corpus;
use crate::corpus::document::Document;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::{ArticleId, TokenId};

use super::fingerprint::fingerprints;
use super::settings::ReuseSettings;

/// What stands for a text in the search for copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSketch {
    /// Hash of all its words and paragraph ends.
    pub whole: u64,
    /// Its smallest n-gram hashes, rising (bottom-k sketch; Broder, A. 1997. On the resemblance and containment of documents).
    pub least: Vec<u64>,
}

/// N-grams of a sketch.
const SKETCH: usize = 16;

/// Least share of common hashes in two sketches of one near copy: an estimate of the resemblance of both texts.
const NEAR: f64 = 0.5;

/// Texts that are tried for one n-gram of a sketch: a text that begins with boilerplate has many neighbours.
const TRIED: usize = 8;

/// Reads one document; `each` hears of every n-gram. `O(words)`.
pub fn sketch(document: &Document, vocabulary: &Vocabulary, settings: &ReuseSettings, mut each: impl FnMut(u64)) -> TextSketch {
    let mut whole = Xxh3::new();
    for paragraph in document.paragraphs() {
        for word in document.slice(paragraph.tokens) {
            whole.update(&vocabulary.hash(word.id).to_le_bytes());
        }
        whole.update(b"\n");
    }
    // A heap would save little: after the first hashes few are small enough.
    let mut least: Vec<u64> = Vec::with_capacity(SKETCH + 1);
    fingerprints(document, vocabulary, settings, |found| {
        each(found.hash);
        if least.len() < SKETCH || least.last().is_some_and(|&last| found.hash < last) {
            let at = least.partition_point(|&hash| hash < found.hash);
            if least.get(at) != Some(&found.hash) {
                least.insert(at, found.hash);
                least.truncate(SKETCH);
            }
        }
    });
    TextSketch { whole: whole.digest(), least }
}

/// Which article is a copy of which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// For each article, the first one in corpus order with the same text; itself for most.
    exact: Vec<ArticleId>,
    /// For each article, the first one in corpus order that it nearly equals; itself for most.
    near: Vec<ArticleId>,
}

impl Copies {
    /// Groups texts by their sketches, in corpus order, so that the order of input does not show. `same` compares two texts
    /// whole: equal hashes are a reason to look, not a proof. `O(articles)`.
    #[must_use]
    pub fn new(sketches: &[TextSketch], same: impl Fn(ArticleId, ArticleId) -> bool) -> Self {
        let mut copies = Self { exact: Vec::with_capacity(sketches.len()), near: Vec::with_capacity(sketches.len()) };
        let mut texts: HashMap<u64, ArticleId, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
        let mut neighbours: HashMap<u64, Vec<ArticleId>, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
        for (i, sketch) in sketches.iter().enumerate() {
            let id = ArticleId::new(i);
            let first = *texts.entry(sketch.whole).or_insert(id);
            if first != id && same(first, id) {
                copies.exact.push(first);
                copies.near.push(copies.near[first.index()]);
                continue;
            }
            copies.exact.push(id);
            let tried = sketch.least.iter().take(SKETCH / 4).filter_map(|hash| neighbours.get(hash)).flatten();
            let nearest = tried.copied().filter(|other| resemblance(sketch, &sketches[other.index()]) >= NEAR).min();
            copies.near.push(nearest.unwrap_or(id));
            // A near copy founds nothing: texts that differ ever more do not chain into one.
            if nearest.is_none() {
                for &hash in sketch.least.iter().take(SKETCH / 4) {
                    let near = neighbours.entry(hash).or_default();
                    if near.len() < TRIED {
                        near.push(id);
                    }
                }
            }
        }
        copies
    }

    /// No article is a copy.
    #[must_use]
    pub fn none(articles: usize) -> Self {
        let own: Vec<ArticleId> = (0..articles).map(ArticleId::new).collect();
        Self { exact: own.clone(), near: own }
    }

    /// Only the texts that more than so many articles print; every other article stands for itself.
    #[must_use]
    pub fn larger_than(&self, articles: usize) -> Self {
        let mut times = vec![0usize; self.exact.len()];
        self.exact.iter().for_each(|first| times[first.index()] += 1);
        let own = |i: usize| ArticleId::new(i);
        let exact = self.exact.iter().enumerate().map(|(i, &first)| if times[first.index()] > articles { first } else { own(i) });
        Self { exact: exact.collect(), near: (0..self.exact.len()).map(own).collect() }
    }

    /// The first article with the same text, where that is another one.
    #[must_use]
    pub fn exact_of(&self, id: ArticleId) -> Option<ArticleId> {
        Some(self.exact[id.index()]).filter(|&first| first != id)
    }

    /// The article that stands for this one where texts are counted.
    #[must_use]
    pub fn text(&self, id: ArticleId) -> ArticleId {
        self.near[id.index()]
    }

    /// The first article that this one nearly equals, where that is another one and the text is not the same.
    #[must_use]
    pub fn near_of(&self, id: ArticleId) -> Option<ArticleId> {
        Some(self.near[id.index()]).filter(|&first| first != id && self.exact_of(id).is_none())
    }

    /// How many articles are exact copies of an earlier one.
    #[must_use]
    pub fn exact_copies(&self) -> usize {
        self.exact.iter().enumerate().filter(|(i, first)| first.index() != *i).count()
    }
}

/// How many texts there are and how many hold each word, copies of one text taken together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFrequencies {
    /// Texts of the corpus.
    pub texts: usize,
    words: Vec<u32>,
}

impl TextFrequencies {
    /// Takes the copies out of the counts of articles. `O(vocabulary)`, and the words of what was copied.
    #[must_use]
    pub fn new(copies: &Copies, corpus: &Corpus) -> Self {
        let vocabulary = corpus.vocabulary();
        let mut words: Vec<u32> =
            (0..vocabulary.len()).map(|w| vocabulary.articles(TokenId::new(w))).map(|n| u32::try_from(n).unwrap_or(u32::MAX)).collect();
        // Exact copies have the words of the first, so it is read once for all of them.
        let mut times: BTreeMap<ArticleId, u32> = BTreeMap::new();
        for id in corpus.ids().filter(|&id| copies.text(id) != id) {
            *times.entry(copies.exact_of(id).unwrap_or(id)).or_default() += 1;
        }
        let copied: usize = times.values().map(|&n| n as usize).sum();
        for (id, times) in times {
            let mut distinct: Vec<TokenId> = corpus.document(id).words().iter().map(|w| w.id).collect();
            distinct.sort_unstable();
            distinct.dedup();
            distinct.into_iter().for_each(|word| words[word.index()] = words[word.index()].saturating_sub(times));
        }
        Self { texts: corpus.articles().len() - copied, words }
    }

    /// From counts of each word of a vocabulary, for whoever counted them elsewhere.
    #[must_use]
    pub const fn counted(texts: usize, words: Vec<u32>) -> Self {
        Self { texts, words }
    }

    /// How many texts hold a word.
    #[must_use]
    pub fn of(&self, word: TokenId) -> usize {
        self.words[word.index()] as usize
    }
}

/// Whether two documents hold the same folded words in the same paragraphs.
#[must_use]
pub fn is_same(a: &Document, b: &Document) -> bool {
    a.words().iter().map(|w| w.id).eq(b.words().iter().map(|w| w.id))
        && a.paragraphs().iter().map(|p| p.tokens).eq(b.paragraphs().iter().map(|p| p.tokens))
}

/// Share of the smallest hashes of two sketches taken together that stand in both: an estimate of the Jaccard resemblance
/// of both sets of n-grams (Broder 1997). Zero for texts without n-grams.
fn resemblance(a: &TextSketch, b: &TextSketch) -> f64 {
    let mut union: Vec<u64> = a.least.iter().chain(&b.least).copied().collect();
    union.sort_unstable();
    union.dedup();
    union.truncate(SKETCH);
    let both = union.iter().filter(|hash| a.least.binary_search(hash).is_ok() && b.least.binary_search(hash).is_ok()).count();
    both as f64 / union.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::{ArticleId, Copies, SKETCH, TextSketch, resemblance};

    fn text(whole: u64, least: &[u64]) -> TextSketch {
        TextSketch { whole, least: least.to_vec() }
    }

    #[test]
    fn copies_point_to_the_first() {
        let all: Vec<u64> = (1..=SKETCH as u64).collect();
        let mut edited = all.clone();
        edited[SKETCH - 1] = 99;
        let sketches = [text(1, &all), text(2, &[500]), text(1, &all), text(3, &edited), text(1, &[])];
        // The last has the hash of the first by chance and other words.
        let copies = Copies::new(&sketches, |_, b| b.index() != 4);
        let id = ArticleId::new;
        assert_eq!(copies.exact_of(id(2)), Some(id(0)));
        assert_eq!((copies.exact_of(id(0)), copies.exact_of(id(4))), (None, None));
        assert_eq!((copies.near_of(id(3)), copies.text(id(3))), (Some(id(0)), id(0)));
        assert_eq!((copies.near_of(id(1)), copies.text(id(2))), (None, id(0)));
        assert_eq!(copies.exact_copies(), 1);
        assert_eq!((copies.larger_than(1).exact_copies(), copies.larger_than(2).exact_copies()), (1, 0));
    }

    /// Broder 1997: the sketch of a union is the smallest of both, and the share of common ones estimates |A∩B| / |A∪B|.
    #[test]
    fn resemblance_of_sketches() {
        assert_eq!(resemblance(&text(0, &[1, 2, 3]), &text(0, &[2, 3, 4])), 0.5);
        assert_eq!(resemblance(&text(0, &[]), &text(0, &[])), 0.0);
    }
}
