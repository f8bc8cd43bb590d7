//! One article as names and labels are read in it: its words, what they can be, and what stands between them.

use crate::corpus::document::{Document, Word};
use crate::corpus::lent::{LentDocument, LentText};
use crate::text::span::{Byte, Span};
use crate::text::token::Shape;
use crate::voice::lexis::Lexis;
use crate::voice::traits::Traits;

use super::label_words::{Kinds, LabelWords};

/// Words of one article.
#[derive(Clone, Copy, Debug)]
pub struct Prose<'a> {
    /// Its words and sentences.
    pub document: &'a Document,
    /// Its text.
    pub text: &'a str,
    /// What words can be to voices: the closed classes.
    pub lexis: &'a Lexis,
    /// What words can be to labels.
    pub words: &'a LabelWords,
}

/// What stands for no noun or adjective.
const CLOSED: Traits = Traits::PREPOSITION
    .with(Traits::SUBORDINATOR)
    .with(Traits::CONJUNCTION)
    .with(Traits::AUXILIARY)
    .with(Traits::MODAL)
    .with(Traits::RELATIVE)
    .with(Traits::PRONOUN)
    .with(Traits::DETERMINER)
    .with(Traits::QUESTION)
    .with(Traits::ADVERB)
    .with(Traits::TIME)
    .with(Traits::TO)
    .with(Traits::OF);

impl<'a> Prose<'a> {
    /// Of an article of the corpus.
    #[must_use]
    pub fn of((document, text): &'a (LentDocument<'_>, LentText<'_>), lexis: &'a Lexis, words: &'a LabelWords) -> Self {
        Self { document, text, lexis, words }
    }
}

impl Prose<'_> {
    /// The word at a place.
    #[must_use]
    pub fn word(&self, at: usize) -> &Word {
        &self.document.words()[at]
    }

    /// How many words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.document.words().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.words().is_empty()
    }

    /// What stands between a word and the one before it; the first has nothing before it.
    #[must_use]
    pub fn gap(&self, at: usize) -> &str {
        match (at.checked_sub(1), self.document.words().get(at)) {
            (Some(before), Some(word)) => Span::<Byte>::new(self.word(before).span().end(), word.span().start()).of(self.text),
            _ => "",
        }
    }

    /// What follows the last word before `end`, up to the next word or the end of the text, some characters at most.
    #[must_use]
    pub fn after(&self, end: usize) -> &str {
        if end < self.len() {
            return self.gap(end);
        }
        let rest = self.document.words().last().and_then(|last| self.text.get(last.span().end()..)).unwrap_or("");
        rest.split_once(char::is_alphanumeric).map_or(rest, |(mark, _)| mark)
    }

    /// Whether a word follows the one before it with nothing but a blank between, in one sentence; an initial's full stop and a
    /// title's are none.
    #[must_use]
    pub fn joined(&self, at: usize) -> bool {
        if at == 0 || at >= self.len() || self.word(at).shape.has(Shape::SENTENCE_START) {
            return false;
        }
        let gap = self.gap(at);
        let blank = |gap: &str| !gap.is_empty() && gap.chars().all(char::is_whitespace);
        let short = |at: usize| self.word(at).span().len() == 1 || self.kinds(at).any(Kinds::TITLE);
        blank(gap) || gap.strip_prefix('.').is_some_and(|rest| blank(rest) && short(at - 1) && self.capital(at - 1))
    }

    /// Whether a hyphen joins a word to the one before it.
    #[must_use]
    pub fn hyphened(&self, at: usize) -> bool {
        at > 0 && matches!(self.gap(at), "-" | "\u{2010}" | "\u{2011}")
    }

    /// Whether a word is part of a hyphened one.
    #[must_use]
    pub fn compound(&self, at: usize) -> bool {
        self.hyphened(at) || self.hyphened(at + 1)
    }

    /// What the word at a place can be to voices.
    #[must_use]
    pub fn traits(&self, at: usize) -> Traits {
        self.document.words().get(at).map_or(Traits::default(), |word| self.lexis.traits(word.id))
    }

    /// What the word at a place can be to labels.
    #[must_use]
    pub fn kinds(&self, at: usize) -> Kinds {
        self.document.words().get(at).map_or(Kinds::default(), |word| self.words.kinds(word.id))
    }

    /// Whether the word at a place is written with a capital.
    #[must_use]
    pub fn capital(&self, at: usize) -> bool {
        self.document.words().get(at).is_some_and(|word| word.shape.has(Shape::CAPITAL))
    }

    /// Whether the word owns what follows: `Iraq's`, `forces'`.
    #[must_use]
    pub fn possessive(&self, at: usize) -> bool {
        let Some(word) = self.document.words().get(at) else { return false };
        let text = word.span().of(self.text);
        word.shape.has(Shape::POSSESSIVE) || text.ends_with('s') && at + 1 < self.len() && matches!(self.gap(at + 1), "' " | "’ ")
    }

    /// Whether a word can be no part of a noun phrase but its opening.
    #[must_use]
    pub fn closed(&self, at: usize) -> bool {
        !self.compound(at) && !self.kinds(at).any(Kinds::MODIFIER) && self.traits(at).any(CLOSED)
    }

    /// Whether a word is a verb, as far as its form tells.
    #[must_use]
    pub fn verb(&self, at: usize) -> bool {
        let (traits, kinds) = (self.traits(at), self.kinds(at));
        let finite =
            traits.any(Traits::PAST.with(Traits::THIRD).with(Traits::BASE)) && traits.any(Traits::VERB.with(Traits::PARTICLE_VERB));
        let noun = traits.any(Traits::NOUN_TOO.with(Traits::CONTENT_NOUN)) || kinds.any(Kinds::HEAD.with(Kinds::MODIFIER));
        !self.compound(at) && (kinds.any(Kinds::VERB) || finite && !noun)
    }

    /// Whether a word can be part of a name.
    #[must_use]
    pub fn in_name(&self, at: usize) -> bool {
        let Some(word) = self.document.words().get(at) else { return false };
        // An initial is no article: Mark A. Milley.
        let initial = word.span().len() == 1 && at + 1 < self.len() && self.gap(at + 1).starts_with('.');
        let initialism = word.shape.has(Shape::ALL_CAPITAL) || initial;
        word.shape.has(Shape::CAPITAL) && !word.shape.has(Shape::DIGIT) && (initialism || !self.traits(at).any(CLOSED))
    }

    /// The first word of the sentence that holds a word.
    #[must_use]
    pub fn sentence_start(&self, at: usize) -> usize {
        let sentences = self.document.sentences();
        sentences.get(self.document.sentence_of(at)).map_or(0, |sentence| sentence.start())
    }

    /// The word after the sentence that holds a word.
    #[must_use]
    pub fn sentence_end(&self, at: usize) -> usize {
        let sentences = self.document.sentences();
        sentences.get(self.document.sentence_of(at)).map_or(self.len(), |sentence| sentence.end())
    }
}
