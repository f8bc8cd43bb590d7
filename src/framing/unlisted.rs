//! Wording that the lexicon does not know: what stands in a slot where outlets differ and no entry says anything of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::collection::Corpus;
use crate::corpus::document::Word;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, OutletId, TokenId};
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;

use super::substitution::{DifferenceKind, Side, Substitution};

/// Longest wording that is a choice of words: what is longer is another telling, not another word.
pub const LONGEST: usize = 5;

/// Similarity of letters, 0 to 1, above which two readings are spellings of one wording.
const SAME_LETTERS: f64 = 0.5;

/// A wording that no entry lists and for which another outlet writes something else in the same slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// Its words, folded, without small words at either end.
    pub words: Vec<TokenId>,
    /// Where it stands, in order.
    pub places: Vec<Locus>,
    /// Outlets that have it.
    pub outlets: usize,
    /// Articles that have it.
    pub articles: usize,
    /// Shared passages in which it stands.
    pub passages: usize,
    /// Those of them in which another outlet has other words there, as few and no names: a choice of words.
    pub choices: usize,
    /// Substitutions whose other side is listed wording.
    pub against_listed: usize,
    /// The first place of each other reading, the commonest first; no tokens where the other outlet writes nothing.
    pub counterparts: Vec<(Locus, usize)>,
}

/// Unlisted wording of all substitutions, in this order: what is a choice of words in most passages, what stands most against
/// listed wording, in most passages, in most outlets; then what is rarest, since common words seldom carry a view; then by the
/// alphabet.
#[must_use]
pub fn unlisted(substitutions: &[Substitution], corpus: &Corpus) -> Vec<Unlisted> {
    let mut found: BTreeMap<Vec<TokenId>, Found> = BTreeMap::new();
    for substitution in substitutions.iter().filter(|s| matches!(s.kind, DifferenceKind::Framing | DifferenceKind::Wording)) {
        for (side, other) in [(&substitution.left, &substitution.right), (&substitution.right, &substitution.left)] {
            let Some(words) = offered(side, corpus).filter(|_| !is_spelling(side.locus, other.locus, corpus)) else { continue };
            let here = found.entry(words).or_default();
            here.places.insert(side.locus);
            here.outlets.insert(corpus.article(side.locus.article).outlet);
            here.articles.insert(side.locus.article);
            here.passages.insert(substitution.cluster.index());
            here.against_listed += usize::from(other.entry.is_some());
            if other.entry.is_some() || offered(other, corpus).is_some() {
                here.choices.insert(substitution.cluster.index());
            }
            let reading: Vec<TokenId> = corpus.document(other.locus.article).slice(other.locus.tokens).iter().map(|w| w.id).collect();
            here.counterparts.entry(reading).or_insert((other.locus, 0)).1 += 1;
        }
    }
    let mut out: Vec<Unlisted> = found.into_iter().map(|(words, found)| found.ranked(words)).collect();
    let text = |words: &[TokenId]| words.iter().map(|&id| corpus.vocabulary().word(id)).collect::<Vec<_>>().join(" ");
    out.sort_by_cached_key(|u| {
        let most = |n: usize| std::cmp::Reverse(n);
        let common = u.words.iter().filter(|&&w| !corpus.vocabulary().is_stop(w)).map(|&w| corpus.vocabulary().articles(w)).max();
        (most(u.choices), most(u.against_listed), most(u.passages), most(u.outlets), common, text(&u.words))
    });
    out
}

#[derive(Default)]
struct Found {
    places: BTreeSet<Locus>,
    outlets: BTreeSet<OutletId>,
    articles: BTreeSet<ArticleId>,
    passages: BTreeSet<usize>,
    choices: BTreeSet<usize>,
    against_listed: usize,
    counterparts: BTreeMap<Vec<TokenId>, (Locus, usize)>,
}

impl Found {
    fn ranked(self, words: Vec<TokenId>) -> Unlisted {
        let mut counterparts: Vec<(Locus, usize)> = self.counterparts.into_values().collect();
        counterparts.sort_by_key(|&(locus, times)| (std::cmp::Reverse(times), locus));
        Unlisted {
            words,
            outlets: self.outlets.len(),
            articles: self.articles.len(),
            passages: self.passages.len(),
            choices: self.choices.len(),
            against_listed: self.against_listed,
            places: self.places.into_iter().collect(),
            counterparts,
        }
    }
}

/// The words of a reading that could be an entry: unlisted, few, no names, numbers or plain verbs of speech.
fn offered(side: &Side, corpus: &Corpus) -> Option<Vec<TokenId>> {
    if side.entry.is_some() {
        return None;
    }
    let document = corpus.document(side.locus.article);
    let words = document.slice(content(side.locus, corpus));
    let named = |shape: Shape| shape.has(Shape::DIGIT) || (shape.has(Shape::CAPITAL) && !shape.has(Shape::SENTENCE_START));
    let speech = &Language::english().speech_verbs;
    let tells = |w: &Word| {
        let vocabulary = corpus.vocabulary();
        !w.shape.has(Shape::CAPITAL) && !vocabulary.is_stop(w.id) && !speech.contains(vocabulary.word(w.id))
    };
    let fits = words.len() <= LONGEST && !words.iter().any(|w| named(w.shape)) && words.iter().any(tells);
    fits.then(|| words.iter().map(|w| w.id).collect())
}

/// Whether two readings are nearly the same letters: a slip, an ending or another spelling, no other choice of words.
#[must_use]
pub fn is_spelling(left: Locus, right: Locus, corpus: &Corpus) -> bool {
    let letters = |locus: Locus| -> String {
        let document = corpus.document(locus.article);
        let words = document.slice(content(locus, corpus));
        words.iter().flat_map(|w| corpus.vocabulary().word(w.id).chars()).collect()
    };
    strsim::normalized_damerau_levenshtein(&letters(left), &letters(right)) > SAME_LETTERS
}

/// A reading without small words at its ends: `the outfit` and `outfit` are one wording.
fn content(locus: Locus, corpus: &Corpus) -> Span<Token> {
    let document = corpus.document(locus.article);
    let words = document.slice(locus.tokens);
    let stop = |i: &usize| corpus.vocabulary().is_stop(words[*i].id);
    let start = (0..words.len()).take_while(stop).count();
    let end = words.len() - (start..words.len()).rev().take_while(stop).count();
    Span::new(locus.tokens.start() + start, locus.tokens.start() + end)
}
