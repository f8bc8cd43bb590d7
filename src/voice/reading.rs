//! A document as attribution reads it: words with their traits, the marks between them, and which stand in quotation marks.

use crate::corpus::document::{Document, Word};
use crate::text::span::{Byte, Span, Token};
use crate::text::token::Shape;

use super::lexis::Lexis;
use super::quote::Quotation;
use super::traits::Traits;

/// Marks between a word and the word before it, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap(u8);

impl Gap {
    /// A comma.
    pub const COMMA: Gap = Gap(1);
    /// A colon.
    pub const COLON: Gap = Gap(2);
    /// A semicolon.
    pub const SEMICOLON: Gap = Gap(4);
    /// A dash between blanks, or a long one.
    pub const DASH: Gap = Gap(8);
    /// An opening bracket.
    pub const OPEN: Gap = Gap(16);
    /// A closing bracket.
    pub const CLOSE: Gap = Gap(32);
    /// A mark that ends sentences.
    pub const STOP: Gap = Gap(64);
    /// Any of them.
    pub const ANY: Gap = Gap(127);
    /// Marks that part clauses; a full stop inside a sentence is an abbreviation's.
    pub const CLAUSE: Gap = Gap(1 | 2 | 4 | 8);
    /// A comma or a dash: what may stand around a parenthesis.
    pub const ASIDE: Gap = Gap(1 | 8);
    /// Brackets.
    pub const BRACKET: Gap = Gap(16 | 32);

    fn of(between: &str) -> Self {
        let mut bits = 0;
        for (at, c) in between.char_indices() {
            bits |= match c {
                ',' => Self::COMMA.0,
                ':' => Self::COLON.0,
                ';' => Self::SEMICOLON.0,
                '—' | '–' | '―' => Self::DASH.0,
                // A hyphen is a dash between blanks or beside another.
                '-' if between.len() > 1 && (between.get(at + 1..).is_some_and(|rest| rest.starts_with([' ', '-']))) => Self::DASH.0,
                '(' | '[' => Self::OPEN.0,
                ')' | ']' => Self::CLOSE.0,
                '.' | '!' | '?' | '…' => Self::STOP.0,
                _ => 0,
            };
        }
        Self(bits)
    }

    /// Whether some bit of `other` is set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// With the bits of `other` as well.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// No quotation.
const NARRATED: u32 = u32::MAX;

/// The words of a document with what stands between them.
#[derive(Debug)]
pub struct Reading<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its text.
    pub text: &'d str,
    /// What words can be.
    pub lexis: &'d Lexis,
    gaps: Vec<Gap>,
    quoted: Vec<u32>,
}

impl<'d> Reading<'d> {
    /// Reads the text between words once; `quotations` in order.
    #[must_use]
    pub fn new(document: &'d Document, text: &'d str, lexis: &'d Lexis, quotations: &[Quotation]) -> Self {
        let words = document.words();
        let mut gaps = Vec::with_capacity(words.len());
        let mut quoted = vec![NARRATED; words.len()];
        let mut end = 0;
        for word in words {
            gaps.push(if end == 0 { Gap::default() } else { Gap::of(Span::<Byte>::new(end, word.span().start()).of(text)) });
            end = word.span().end();
        }
        for (number, quotation) in quotations.iter().enumerate() {
            let tokens = document.tokens(quotation.content);
            quoted[tokens.range()].fill(u32::try_from(number).unwrap_or(NARRATED));
        }
        Self { document, text, lexis, gaps, quoted }
    }

    /// The word at a place.
    #[must_use]
    pub fn word(&self, at: usize) -> &Word {
        &self.document.words()[at]
    }

    /// What the word at a place can be; nothing for a word in quotation marks or past the end.
    #[must_use]
    pub fn traits(&self, at: usize) -> Traits {
        if self.quotation(at).is_some() { Traits::default() } else { self.inner_traits(at) }
    }

    /// What the word at a place can be, in quotation marks or not.
    #[must_use]
    pub fn inner_traits(&self, at: usize) -> Traits {
        self.document.words().get(at).map_or(Traits::default(), |word| self.lexis.traits(word.id))
    }

    /// The marks before the word at a place.
    #[must_use]
    pub fn gap(&self, at: usize) -> Gap {
        self.gaps.get(at).copied().unwrap_or_default()
    }

    /// The quotation that the word at a place stands in.
    #[must_use]
    pub fn quotation(&self, at: usize) -> Option<usize> {
        self.quoted.get(at).filter(|&&q| q != NARRATED).map(|&q| q as usize)
    }

    /// Whether a quotation opens or closes before the word at a place.
    #[must_use]
    pub fn at_mark(&self, at: usize) -> bool {
        at > 0 && self.quotation(at) != self.quotation(at - 1)
    }

    /// Whether the word is written with a capital.
    #[must_use]
    pub fn capital(&self, at: usize) -> bool {
        self.document.words().get(at).is_some_and(|word| word.shape.has(Shape::CAPITAL))
    }

    /// Whether the word ends in a possessive.
    #[must_use]
    pub fn possessive(&self, at: usize) -> bool {
        self.document.words().get(at).is_some_and(|word| {
            word.shape.has(Shape::POSSESSIVE) || word.span().of(self.text).ends_with(['\'', '’']) || {
                let end = word.span().end();
                let after = self.text.get(end..).unwrap_or("");
                word.span().of(self.text).ends_with('s') && after.starts_with(['\'', '’']) && self.quotation(at).is_none()
            }
        })
    }

    /// The bytes of some words, for a source or cue; `None` for no words.
    #[must_use]
    pub fn bytes(&self, tokens: Span<Token>) -> Option<Span<Byte>> {
        self.document.bytes(tokens)
    }
}
