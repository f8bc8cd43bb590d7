//! Who a mention stands for: full names for last names, persons for pronouns, within one article and only where it is plain.
//!
//! Steps and their order after Muzny et al. 2017 (deterministic sieves, the surest first); a name is never invented: it is a
//! stretch of the article's own text.

use std::collections::BTreeMap;

use crate::id::TokenId;
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;

use super::reading::{Gap, Reading};
use super::traits::Traits;

/// On what grounds a speaker is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// As printed beside the cue.
    Adjacent,
    /// The full name that the article gives for the last name beside the cue.
    LastName,
    /// A role beside the cue (`the senator`), resolved to the person who spoke before.
    Role,
    /// A pronoun beside the cue, resolved to an earlier speaker if that is plain.
    Pronoun,
    /// The speaker of the quotation before, which goes on.
    Previous,
}

impl Basis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adjacent => "adjacent",
            Self::LastName => "last_name",
            Self::Role => "role",
            Self::Pronoun => "pronoun",
            Self::Previous => "previous",
        }
    }
}

/// A speaker: where a source is mentioned, and what names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The source beside the cue.
    pub mention: Span<Token>,
    /// What names it, anywhere in the article; `None` where that is not plain.
    pub name: Option<Span<Token>>,
    /// On what grounds.
    pub basis: Basis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Man,
    Woman,
}

/// The persons that an article names in full, and who spoke last.
#[derive(Debug)]
pub struct Cast<'r, 'd> {
    reading: &'r Reading<'d>,
    /// Full names by their last word, in order of place.
    full: BTreeMap<TokenId, Vec<Span<Token>>>,
    /// What the article lets one know of the bearers of a last name.
    genders: BTreeMap<TokenId, Gender>,
    last_person: Option<Span<Token>>,
    last_group: Option<Span<Token>>,
}

/// Words of the longest full name.
const LONGEST_NAME: usize = 5;

impl<'r, 'd> Cast<'r, 'd> {
    /// Reads the names of an article: runs of two to five capitalised words.
    #[must_use]
    pub fn new(reading: &'r Reading<'d>) -> Self {
        let mut cast = Self { reading, full: BTreeMap::new(), genders: BTreeMap::new(), last_person: None, last_group: None };
        let words = reading.document.words();
        let mut at = 0;
        for paragraph in reading.document.paragraphs() {
            // Headlines capitalise what is no name.
            if paragraph.heading {
                continue;
            }
            at = at.max(paragraph.tokens.start());
            while at < paragraph.tokens.end() {
                if !cast.in_name(at) {
                    at += 1;
                    continue;
                }
                let start = at;
                at += 1;
                while at < words.len()
                    && (cast.in_name(at) || cast.is_particle(at))
                    && !reading.gap(at).any(Gap::CLAUSE.with(Gap::BRACKET))
                    && !reading.at_mark(at)
                    && !words[at].shape.has(Shape::SENTENCE_START)
                    && !reading.possessive(at - 1)
                {
                    at += 1;
                }
                cast.add(start, at);
            }
        }
        cast
    }

    fn in_name(&self, at: usize) -> bool {
        let traits = self.reading.inner_traits(at);
        self.reading.capital(at)
            && !traits.any(
                Traits::DETERMINER
                    .with(Traits::TIME)
                    .with(Traits::PRONOUN)
                    .with(Traits::SUBORDINATOR)
                    .with(Traits::CONJUNCTION)
                    .with(Traits::PREPOSITION)
                    .with(Traits::AUXILIARY)
                    .with(Traits::ADVERB),
            )
    }

    /// Whether a small word joins two parts of a name: `Hadi al-Ameri`, `Ursula von der Leyen`.
    fn is_particle(&self, at: usize) -> bool {
        const MOST: usize = 2;
        let reading = self.reading;
        let small = |i: usize| {
            let word = reading.document.words().get(i);
            word.is_some_and(|w| Language::english().name_particles.contains(w.span().of(reading.text)))
        };
        let next = |at: usize| (at..at + MOST).find(|&i| !small(i));
        let before = |at: usize| (at.saturating_sub(MOST)..at).rev().find(|&i| !small(i));
        small(at)
            && next(at).is_some_and(|i| i < reading.document.words().len() && self.in_name(i))
            && before(at).is_some_and(|i| self.in_name(i) && !reading.possessive(i))
    }

    /// Whether a name is a first and a last name.
    fn is_full(&self, name: Span<Token>) -> bool {
        (name.start()..name.end()).filter(|&at| self.in_name(at)).count() == 2
    }

    fn is_title(&self, at: usize) -> bool {
        self.reading.inner_traits(at).any(Traits::TITLE)
    }

    fn add(&mut self, start: usize, end: usize) {
        let (reading, last) = (self.reading, self.reading.word(end - 1).id);
        let mut first = start;
        let mut gender = None;
        while first < end && self.is_title(first) {
            gender = gender.or_else(|| self.gender_of(first));
            first += 1;
        }
        if first == end {
            return;
        }
        if gender.is_none() && end - first > 1 {
            gender = self.gender_of(first);
        }
        if let Some(gender) = gender {
            self.genders.entry(last).or_insert(gender);
        }
        if (2..=LONGEST_NAME).contains(&(end - first)) && !reading.word(end - 1).shape.has(Shape::ALL_CAPITAL) {
            self.full.entry(last).or_default().push(Span::new(first, end));
        }
    }

    fn gender_of(&self, at: usize) -> Option<Gender> {
        let traits = self.reading.inner_traits(at);
        match (traits.has(Traits::MASCULINE), traits.has(Traits::FEMININE)) {
            (true, false) => Some(Gender::Man),
            (false, true) => Some(Gender::Woman),
            _ => None,
        }
    }

    /// Resolves the source of a cue, and remembers who spoke.
    pub fn resolve(&mut self, mention: Span<Token>) -> Speaker {
        let reading = self.reading;
        let head = reading.inner_traits(mention.start());
        if mention.len() == 1 && head.any(Traits::PERSONAL) {
            let gender = self.gender_of(mention.start());
            let name = match gender {
                Some(_) => self.last_person.filter(|person| {
                    let known = self.genders.get(&reading.word(person.end() - 1).id).copied().or_else(|| self.gender_of(person.start()));
                    known == gender || known.is_none() && self.is_full(*person)
                }),
                None if head.has(Traits::THEY) => self.last_group,
                None => None,
            };
            return Speaker { mention, name, basis: Basis::Pronoun };
        }
        // `…, who said`: the words before.
        if mention.len() == 1 && head.any(Traits::RELATIVE) {
            let name = super::mention::before(reading, mention.start().saturating_sub(24), mention.start()).filter(|m| !m.is_empty());
            return Speaker { mention, name, basis: Basis::Adjacent };
        }
        // `the senator said`: whoever spoke last, if a person did.
        let is_role =
            (2..=3).contains(&mention.len()) && head.any(Traits::DETERMINER) && reading.inner_traits(mention.end() - 1).has(Traits::ROLE);
        if is_role
            && !reading.capital(mention.end() - 1)
            && head.has(Traits::THE)
            && let Some(person) = self.last_person
        {
            return Speaker { mention, name: Some(person), basis: Basis::Role };
        }
        let name = self.name_in(mention);
        let Some(name) = name else {
            // A person whom nobody names stands between a pronoun and the one who spoke before.
            if (mention.start()..mention.end()).any(|i| reading.inner_traits(i).has(Traits::ROLE)) {
                self.last_person = None;
            }
            let plural = !reading.capital(mention.end() - 1) && reading.word(mention.end() - 1).span().of(reading.text).ends_with('s');
            if plural {
                self.last_group = Some(mention);
            }
            return Speaker { mention, name: Some(mention), basis: Basis::Adjacent };
        };
        let full = if name.len() == 1 { self.full_name(name) } else { None };
        self.last_person = Some(full.unwrap_or(name));
        match full {
            Some(full) => Speaker { mention, name: Some(full), basis: Basis::LastName },
            None => Speaker { mention, name: Some(mention), basis: Basis::Adjacent },
        }
    }

    /// The personal name in a mention: its last run of capitalised words, without titles; a lone word must be a last name of
    /// the article or follow a title.
    fn name_in(&self, mention: Span<Token>) -> Option<Span<Token>> {
        let reading = self.reading;
        let end = (mention.start()..mention.end()).rev().find(|&i| self.in_name(i))? + 1;
        if end < mention.end() {
            return None;
        }
        let mut start = end - 1;
        while start > mention.start()
            && (self.in_name(start - 1) || self.is_particle(start - 1))
            && !reading.gap(start).any(Gap::CLAUSE)
            && !reading.possessive(start - 1)
        {
            start -= 1;
        }
        let titled = self.is_title(start);
        while start + 1 < end && self.is_title(start) {
            start += 1;
        }
        let known = self.full.contains_key(&reading.word(end - 1).id);
        let preceded = start > mention.start() && reading.inner_traits(start - 1).any(Traits::DETERMINER.with(Traits::PREPOSITION));
        (!preceded && (known || titled)).then(|| Span::new(start, end))
    }

    /// The one full name that the article gives for a last name; `None` where it gives several.
    fn full_name(&self, name: Span<Token>) -> Option<Span<Token>> {
        let reading = self.reading;
        let candidates = self.full.get(&reading.word(name.end() - 1).id)?;
        let first_name = |span: &Span<Token>| reading.word(span.start()).id;
        let wanted = name.start().checked_sub(1).and_then(|title| self.gender_of(title));
        let fits = |span: &&Span<Token>| wanted.is_none() || self.gender_of(span.start()).is_none_or(|g| Some(g) == wanted);
        let fitting: Vec<&Span<Token>> = candidates.iter().filter(fits).collect();
        let one = fitting.first()?;
        let same = fitting.iter().all(|other| first_name(other) == first_name(one));
        same.then_some(**one)
    }
}
