//! A run of words in which credits are looked for: a paragraph of a document, or a text that belongs to none (a by-line, a block
//! that was taken off, a dateline). Both read alike.

use crate::corpus::document::Word;
use crate::corpus::vocabulary::Vocabulary;
use crate::text::fold::fold;
use crate::text::span::{Byte, Span};
use crate::text::token::{Shape, tokenize};

/// Some words and the text around them.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    text: &'a str,
    within: Span<Byte>,
    words: Words<'a>,
}

#[derive(Debug)]
enum Words<'a> {
    OfDocument(&'a [Word], &'a Vocabulary),
    Own(Vec<(Span<Byte>, String, Shape)>),
}

impl<'a> Stretch<'a> {
    /// The words of a paragraph.
    pub(super) fn of_document(text: &'a str, within: Span<Byte>, words: &'a [Word], vocabulary: &'a Vocabulary) -> Self {
        Self { text, within, words: Words::OfDocument(words, vocabulary) }
    }

    /// The words of a part of a text that no document holds.
    pub(super) fn read(text: &'a str, within: Span<Byte>) -> Self {
        let mut words = Vec::new();
        let mut end = within.start();
        tokenize(text, within, |span| {
            let mut folded = String::new();
            fold(span.of(text), &mut folded);
            if !folded.is_empty() {
                words.push((span, folded, Shape::of(span.of(text)).after_gap(Span::new(end, span.start()).of(text))));
                end = span.end();
            }
        });
        Self { text, within, words: Words::Own(words) }
    }

    pub(super) fn len(&self) -> usize {
        match &self.words {
            Words::OfDocument(words, _) => words.len(),
            Words::Own(words) => words.len(),
        }
    }

    /// A word, folded; empty beyond the last, so that patterns may look ahead.
    pub(super) fn word(&self, at: usize) -> &str {
        match &self.words {
            Words::OfDocument(words, vocabulary) => words.get(at).map_or("", |w| vocabulary.word(w.id)),
            Words::Own(words) => words.get(at).map_or("", |w| &w.1),
        }
    }

    /// Where a word stands; the end of the stretch beyond the last.
    pub(super) fn span(&self, at: usize) -> Span<Byte> {
        let found = match &self.words {
            Words::OfDocument(words, _) => words.get(at).map(Word::span),
            Words::Own(words) => words.get(at).map(|w| w.0),
        };
        found.unwrap_or_else(|| Span::new(self.within.end(), self.within.end()))
    }

    fn shape(&self, at: usize) -> Shape {
        let found = match &self.words {
            Words::OfDocument(words, _) => words.get(at).map(|w| w.shape),
            Words::Own(words) => words.get(at).map(|w| w.2),
        };
        found.unwrap_or_default()
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.shape(at).has(Shape::CAPITAL)
    }

    pub(super) fn is_all_capital(&self, at: usize) -> bool {
        let shape = self.shape(at);
        // "CNN's": its small letter belongs to no name.
        let bare = || self.span(at).of(self.text).trim_end_matches(['s', '\'', '’', 'ʼ']);
        shape.has(Shape::ALL_CAPITAL) || (shape.has(Shape::POSSESSIVE) && Shape::of(bare()).has(Shape::ALL_CAPITAL))
    }

    pub(super) fn is_possessive(&self, at: usize) -> bool {
        self.shape(at).has(Shape::POSSESSIVE)
    }

    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || self.shape(at).has(Shape::SENTENCE_START)
    }

    /// What stands before a word, back to the word before it or the start; behind the last word for the position after it.
    pub(super) fn gap(&self, at: usize) -> &str {
        let start = if at == 0 { self.within.start() } else { self.span(at - 1).end() };
        let end = if at < self.len() { self.span(at).start() } else { self.within.end() };
        self.text.get(start..end.max(start)).unwrap_or("")
    }

    /// Whether nothing but blanks, hyphens, apostrophes and quotation marks stands before a word.
    pub(super) fn is_soft(&self, at: usize) -> bool {
        at > 0
            && at < self.len()
            && self.gap(at).chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '‐' | '‑' | '\'' | '’' | '‘' | '“' | '”' | '"' | '\t'))
    }

    /// Whether two words stand as in one name: a blank, a hyphen, an ampersand, or the full stop of an initial or a short title.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        if at == 0 || at >= self.len() {
            return false;
        }
        let gap = self.gap(at);
        let dotted = gap.starts_with('.')
            && (self.span(at - 1).len() <= 2 || matches!(self.word(at - 1), "gen" | "col" | "jno" | "wm" | "geo" | "chas"));
        let rest = if dotted { gap.get(1..).unwrap_or("") } else { gap };
        rest.len() <= 3 && rest.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '‐' | '‑' | '&' | '\'' | '’'))
    }

    /// The place of some words, brackets right around them included.
    pub(super) fn hull(&self, from: usize, to: usize) -> Span<Byte> {
        let words = self.span(from).hull(self.span(to.max(from + 1) - 1));
        let before = self.text.get(self.within.start()..words.start()).unwrap_or("");
        let after = self.text.get(words.end()..self.within.end()).unwrap_or("");
        let pair = |open: char, close: char| {
            let inside = words.of(self.text);
            let behind = after.strip_prefix('.').unwrap_or(after);
            let closed = inside.matches(open).count() == inside.matches(close).count();
            let (whole, late) = (before.ends_with(open) && behind.starts_with(close), !closed && after.starts_with(close));
            let start = words.start() - if whole && closed { open.len_utf8() } else { 0 };
            let end = if whole && closed { self.within.end() - behind.len() + 1 } else { words.end() + usize::from(late) };
            (whole || late).then(|| Span::new(start, end))
        };
        pair('(', ')').or_else(|| pair('[', ']')).unwrap_or(words)
    }

    /// The words from one to before another, as printed, with runs of blanks made one.
    pub(super) fn name(&self, from: usize, to: usize) -> String {
        let shown = self.span(from).hull(self.span(to.max(from + 1) - 1)).of(self.text);
        let mut name = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.is_possessive(to.saturating_sub(1)) {
            let bare = ["'s", "’s", "ʼs", "'", "’"].iter().find_map(|end| name.strip_suffix(end)).map(str::to_owned);
            name = bare.unwrap_or(name);
        }
        name
    }
}
