//! The guards of an entry, ready for matching.

use crate::corpus::document::{Document, Word};
use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;
use crate::text::fold::fold;
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::{Shape, tokenize};

use super::entry::{Case, Guards, PartOfSpeech};

/// Words before which no verb stands: articles, possessives, prepositions.
const BEFORE_NOUN: [&str; 30] = [
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "no", "any", "some", "each",
    "every", "of", "in", "on", "for", "with", "by", "from", "at", "about", "against", "under",
];
/// Words after which a noun has stood.
const AFTER_NOUN: [&str; 7] = ["was", "were", "is", "are", "has", "had", "of"];
/// Words after which an adjective stands alone.
const BEFORE_ADJECTIVE: [&str; 13] = ["is", "are", "was", "were", "be", "been", "being", "so", "very", "more", "most", "too", "as"];

/// Guards with their words as ids; words that no article holds are left out, for they cannot be met.
#[derive(Debug, Default)]
pub(super) struct CompiledGuards {
    not_next: Vec<Vec<TokenId>>,
    next: Option<Vec<Vec<TokenId>>>,
    not_prev: Vec<Vec<TokenId>>,
    prev: Option<Vec<Vec<TokenId>>>,
    not_near: Vec<Vec<TokenId>>,
    near: Option<Vec<Vec<TokenId>>>,
    cap: Option<Case>,
    pos: Option<PartOfSpeech>,
}

/// The word lists of the part-of-speech guess, as ids.
#[derive(Debug)]
pub(super) struct Neighbours {
    before_noun: Vec<TokenId>,
    after_noun: Vec<TokenId>,
    before_adjective: Vec<TokenId>,
    /// Per word of the vocabulary: whether it negates.
    negations: Vec<bool>,
    /// Words after which a negation is none: `not only`.
    after_negation: Vec<TokenId>,
}

impl Neighbours {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let ids = |words: &[&str]| words.iter().filter_map(|word| vocabulary.find(word)).collect();
        let negates = |word: &str| Language::english().negations.contains(word) || word.ends_with("n't");
        Self {
            before_noun: ids(&BEFORE_NOUN),
            after_noun: ids(&AFTER_NOUN),
            before_adjective: ids(&BEFORE_ADJECTIVE),
            negations: (0..vocabulary.len()).map(|i| negates(vocabulary.word(TokenId::new(i)))).collect(),
            after_negation: ids(&["only", "just", "merely", "least"]),
        }
    }

    /// Whether a negation stands at most three words before some tokens, in their clause.
    pub(super) fn negate(&self, document: &Document, tokens: Span<Token>) -> bool {
        const REACH: usize = 3;
        let words = document.words();
        let mut at = tokens.start();
        while at > tokens.start().saturating_sub(REACH) && !words[at].shape.has(Shape::AFTER_PUNCTUATION) {
            at -= 1;
            if self.negations.get(words[at].id.index()).copied().unwrap_or(false) {
                return !words.get(at + 1).is_some_and(|next| self.after_negation.contains(&next.id));
            }
        }
        false
    }
}

/// The folded words of a term or guard, by the same rules as a text.
pub(super) fn words_of(term: &str) -> Vec<String> {
    let mut words = Vec::new();
    tokenize(term, Span::new(0, term.len()), |span| {
        let mut word = String::new();
        fold(span.of(term), &mut word);
        words.push(word);
    });
    words
}

impl CompiledGuards {
    pub(super) fn new(guards: &Guards, vocabulary: &Vocabulary) -> Self {
        let compile = |items: &[String]| -> Vec<Vec<TokenId>> {
            items
                .iter()
                .filter_map(|item| words_of(item).iter().map(|word| vocabulary.find(word)).collect::<Option<Vec<_>>>())
                .filter(|ids| !ids.is_empty())
                .collect()
        };
        let wanted = |items: &[String]| (!items.is_empty()).then(|| compile(items));
        Self {
            not_next: compile(&guards.not_next),
            next: wanted(&guards.next),
            not_prev: compile(&guards.not_prev),
            prev: wanted(&guards.prev),
            not_near: compile(&guards.not_near),
            near: wanted(&guards.near),
            cap: guards.cap,
            pos: guards.pos,
        }
    }

    /// Whether a match at `tokens` counts.
    pub(super) fn allow(&self, document: &Document, tokens: Span<Token>, neighbours: &Neighbours, title_case: bool) -> bool {
        let sentence = document.sentences()[document.sentence_of(tokens.start())];
        let before = document.slice(Span::new(sentence.start(), tokens.start()));
        let after = document.slice(Span::new(tokens.end(), sentence.end().max(tokens.end())));
        let ids = |words: &[Word], item: &[TokenId]| words.iter().map(|w| w.id).eq(item.iter().copied());
        let follows = |item: &Vec<TokenId>| after.len() >= item.len() && ids(&after[..item.len()], item);
        let precedes = |item: &Vec<TokenId>| before.len() >= item.len() && ids(&before[before.len() - item.len()..], item);
        let whole = document.slice(sentence);
        let present = |item: &Vec<TokenId>| whole.windows(item.len()).any(|window| ids(window, item));
        !self.not_next.iter().any(follows)
            && !self.not_prev.iter().any(precedes)
            && self.next.as_ref().is_none_or(|items| items.iter().any(follows))
            && self.prev.as_ref().is_none_or(|items| items.iter().any(precedes))
            && !self.not_near.iter().any(present)
            && self.near.as_ref().is_none_or(|items| items.iter().any(present))
            && self.cap.is_none_or(|case| fits_case(case, document.slice(tokens)[0].shape, title_case))
            && self.pos.is_none_or(|pos| fits_part_of_speech(pos, before, after, neighbours))
    }
}

fn fits_case(case: Case, shape: Shape, title_case: bool) -> bool {
    match case {
        Case::Upper => shape.has(Shape::CAPITAL),
        // Where every word has a capital, a capital tells nothing.
        Case::Lower => title_case || !shape.has(Shape::CAPITAL) || shape.has(Shape::SENTENCE_START) || shape.has(Shape::AFTER_QUOTE),
    }
}

/// NOTE: a guess from the neighbours, not a tagger: it keeps `the claim was` from being a verb and no more.
fn fits_part_of_speech(pos: PartOfSpeech, before: &[Word], after: &[Word], neighbours: &Neighbours) -> bool {
    let previous = before.last();
    let next = after.first();
    let noun_before = previous.is_some_and(|w| neighbours.before_noun.contains(&w.id) || w.shape.has(Shape::POSSESSIVE));
    let noun_after = next.is_some_and(|w| !w.shape.has(Shape::AFTER_PUNCTUATION) && neighbours.after_noun.contains(&w.id));
    match pos {
        PartOfSpeech::Verb => !noun_before && !noun_after,
        PartOfSpeech::Noun => noun_before || noun_after,
        PartOfSpeech::Adjective => {
            previous.is_some_and(|w| neighbours.before_adjective.contains(&w.id))
                || next.is_some_and(|w| {
                    !w.shape.has(Shape::AFTER_PUNCTUATION)
                        && !neighbours.after_noun.contains(&w.id)
                        && !neighbours.before_noun.contains(&w.id)
                })
        }
    }
}
