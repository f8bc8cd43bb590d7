//! What an article calls an entity: the noun phrases that stand before its name, after it, or for it.

use crate::text::span::{Span, Token};
use crate::voice::traits::Traits;

use super::label_words::Kinds;
use super::mention::Mention;
use super::name::tells_names;
use super::noun_phrase::{ending_before, starting_at};
use super::prose::Prose;

/// By what a phrase is taken for a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A rank or an office alone, before the name: General Roe.
    Title,
    /// Before the name: the rebel leader Roe; the border town of Ada.
    BeforeName,
    /// Behind the name: the Roe militia group.
    AfterName,
    /// Beside the name, in commas, dashes or brackets.
    Apposition,
    /// Known as, dubbed, nicknamed.
    KnownAs,
    /// In its place where another outlet has the name.
    SameSlot,
}

impl Basis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::BeforeName => "before_name",
            Self::AfterName => "after_name",
            Self::Apposition => "apposition",
            Self::KnownAs => "known_as",
            Self::SameSlot => "same_slot",
        }
    }
}

/// A label at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Labelled {
    /// Position in the list of entities.
    pub entity: usize,
    /// The label, without its article.
    pub tokens: Span<Token>,
    /// By what it is taken for one.
    pub basis: Basis,
}

/// The labels beside the mentions of an article, in order of place. Headlines are left out: their capitals tell no names.
/// Linear in the number of mentions.
#[must_use]
pub fn labels(prose: &Prose<'_>, mentions: &[Mention]) -> Vec<Labelled> {
    let mut found = Vec::new();
    for mention in mentions {
        let paragraph = prose.document.paragraph_of(mention.tokens.start());
        if prose.document.paragraphs().get(paragraph).is_none_or(|p| !tells_names(prose, p)) {
            continue;
        }
        let mut add = |tokens: Option<Span<Token>>, basis| {
            found.extend(tokens.filter(|t| !t.is_empty()).map(|tokens| Labelled { entity: mention.entity, tokens, basis }));
        };
        let before = Before::new(prose, mention.tokens.start());
        match before.phrase {
            Some(phrase) if phrase.range().all(|at| prose.kinds(at).any(Kinds::OFFICE.with(Kinds::RANK))) => {
                add(Some(phrase), Basis::Title)
            }
            Some(phrase) => add(Some(phrase), Basis::BeforeName),
            None => add(before.title, Basis::Title),
        }
        add(place_of(prose, mention.tokens.start()), Basis::BeforeName);
        add(after_name(prose, mention.tokens), Basis::AfterName);
        add(apposition_after(prose, mention.tokens, before.start), Basis::Apposition);
        add(apposition_before(prose, before.start, mention.tokens.end()), Basis::Apposition);
        add(known_as(prose, mention.tokens), Basis::KnownAs);
    }
    found.sort_unstable();
    found.dedup();
    found.sort_by_key(|l| (l.tokens.start(), l.tokens.end(), l.entity, l.basis));
    found
}

/// What stands directly before a name.
struct Before {
    /// Where name, titles and phrase start.
    start: usize,
    /// A rank with its nation: Iranian Lieutenant General.
    title: Option<Span<Token>>,
    /// A phrase that describes.
    phrase: Option<Span<Token>>,
}

impl Before {
    fn new(prose: &Prose<'_>, name: usize) -> Self {
        let from = prose.sentence_start(name);
        let titled = |at: usize| prose.capital(at) && prose.kinds(at).any(Kinds::ADDRESS.with(Kinds::RANK));
        let mut start = name;
        while start > from && prose.joined(start) && titled(start - 1) && !prose.possessive(start - 1) {
            start -= 1;
        }
        let joins = start > from && prose.joined(start);
        let phrase = if joins { ending_before(prose, start) } else { None };
        let ranks = (start..name).find(|&at| prose.kinds(at).any(Kinds::RANK));
        let mut first = ranks.unwrap_or(name);
        while ranks == Some(start) && first > from && prose.joined(first) && prose.kinds(first - 1).any(Kinds::PEOPLE) {
            first -= 1;
        }
        let title = ranks.map(|_| Span::new(first, name));
        let start = phrase.map_or(first.min(start), |p| p.start());
        Self { start, title, phrase }
    }
}

/// `the border town of X`.
fn place_of(prose: &Prose<'_>, name: usize) -> Option<Span<Token>> {
    let of = name.checked_sub(1).filter(|&at| prose.traits(at).has(Traits::OF) && prose.joined(name) && prose.joined(at))?;
    let place = prose.kinds(of.checked_sub(1)?).any(Kinds::PLACE);
    if place { ending_before(prose, of) } else { None }
}

/// `the X terrorist group`.
fn after_name(prose: &Prose<'_>, name: Span<Token>) -> Option<Span<Token>> {
    const MOST: usize = 4;
    let opened = name.start().checked_sub(1).is_some_and(|at| prose.joined(name.start()) && prose.traits(at).any(Traits::DETERMINER));
    let limit = prose.sentence_end(name.start()).min(name.end() + MOST);
    let mut end = name.end();
    if !opened || prose.possessive(name.end() - 1) {
        return None;
    }
    while end < limit && (prose.joined(end) || prose.hyphened(end)) && !prose.closed(end) && !prose.verb(end) {
        end += 1;
    }
    // `the X terrorist group leader` speaks of somebody else.
    let head = end - 1;
    let is_group = head >= name.end() && prose.kinds(head).any(Kinds::AFTER_NAME) && !prose.capital(head) && !prose.possessive(head);
    is_group.then(|| Span::new(name.end(), end))
}

/// `X, the leader of the movement,`: an age or a bracket in between is stepped over.
fn apposition_after(prose: &Prose<'_>, name: Span<Token>, phrase: usize) -> Option<Span<Token>> {
    let limit = prose.sentence_end(name.start());
    let mut at = name.end();
    if prose.possessive(at - 1) || introduces(prose, phrase) {
        return None;
    }
    if at < limit && prose.gap(at).contains('(') {
        at = (at + 1..limit.min(at + 6)).find(|&i| prose.gap(i).contains(')'))?;
    }
    let aside = |at: usize| {
        at < limit && matches!(prose.gap(at).trim_start_matches([')', '"', '”']).trim(), "," | "—" | "–" | "-") && !prose.hyphened(at)
    };
    if aside(at) && prose.word(at).span().of(prose.text).chars().all(char::is_numeric) {
        at += 1;
    }
    if aside(at) { starting_at(prose, at) } else { None }
}

/// Whether a sentence opens with a phrase of place or time that the name ends: `In Iraq, the commander said`.
fn introduces(prose: &Prose<'_>, name: usize) -> bool {
    const OPENING: usize = 8;
    let from = prose.sentence_start(name);
    let opens = prose.traits(from).any(Traits::PREPOSITION.with(Traits::SUBORDINATOR).with(Traits::ADVERB));
    name > from && name - from <= OPENING && opens && (from + 1..name).all(|at| !prose.gap(at).contains(','))
}

/// `the leader of the movement, X,`: article and commas on both sides, and nothing that leads into another phrase.
fn apposition_before(prose: &Prose<'_>, name: usize, end: usize) -> Option<Span<Token>> {
    const LONGEST: usize = 14;
    let from = prose.sentence_start(name);
    let closed = end >= prose.sentence_end(name) || prose.after(end).trim_start().starts_with([',', '.', ';', ')', '—', '–']);
    if name == from || !closed || prose.gap(name).trim() != "," {
        return None;
    }
    let first = (from.max(name.saturating_sub(LONGEST))..name)
        .rev()
        .take_while(|&at| at + 1 == name || !prose.gap(at + 1).contains([',', ';', ':', '—', '–', '(', ')']));
    let opens = |at: &usize| {
        let determined = prose.traits(*at).any(Traits::DETERMINER) && !prose.compound(*at) || prose.possessive(*at);
        let led = *at > from && prose.traits(*at - 1).any(Traits::PREPOSITION.with(Traits::CONJUNCTION)) && prose.joined(*at);
        determined && !led
    };
    first.filter(opens).filter_map(|at| starting_at(prose, at)).find(|phrase| phrase.end() == name)
}

/// `X, known as the butcher of Ada`; `the group known as X`.
fn known_as(prose: &Prose<'_>, name: Span<Token>) -> Option<Span<Token>> {
    const ADVERBS: usize = 3;
    let limit = prose.sentence_end(name.start());
    let is = |at: usize, words: &[&str]| at < prose.len() && words.contains(&prose.word(at).span().of(prose.text));
    let called = |at: usize| is(at, &["known"]) && prose.traits(at + 1).has(Traits::AS) || is(at, &["dubbed", "nicknamed"]);
    let verb = (name.end()..limit.min(name.end() + ADVERBS)).find(|&at| called(at));
    if let Some(verb) = verb.filter(|&verb| (name.end()..verb).all(|at| prose.traits(at).any(Traits::ADVERB))) {
        let first = if is(verb, &["known"]) { verb + 2 } else { verb + 1 };
        return if first < limit { starting_at(prose, first) } else { None };
    }
    let before = name.start().checked_sub(1).filter(|&at| prose.joined(name.start()) && prose.traits(at).has(Traits::AS))?;
    let known = before.checked_sub(1).filter(|&at| is(at, &["known"]))?;
    ending_before(prose, known).filter(|phrase| phrase.start() > 0 && prose.traits(phrase.start() - 1).any(Traits::DETERMINER))
}
