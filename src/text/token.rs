//! Words and where they stand.

use unicode_segmentation::UnicodeSegmentation;

use super::span::{Byte, Span};

/// Calls `found` for every word of `text[within]`, in order, with its byte span in `text`.
///
/// Words follow UAX #29, called once per run of non-blank characters: the same words as over whole paragraphs, at
/// twice the speed, because most runs are ASCII. Hyphens part words (`anti-terror` is two), apostrophes do not.
pub fn tokenize(text: &str, within: Span<Byte>, mut found: impl FnMut(Span<Byte>)) {
    let part = within.of(text);
    let base = part.as_ptr() as usize;
    for chunk in part.split_whitespace() {
        let chunk_at = within.start() + (chunk.as_ptr() as usize - base);
        if let Some((at, length)) = plain_word(chunk) {
            found(Span::new(chunk_at + at, chunk_at + at + length));
            continue;
        }
        for (at, word) in chunk.unicode_word_indices() {
            let (mut start, end) = (chunk_at + at, chunk_at + at + word.len());
            while end - start > LONGEST_WORD {
                let cut = (start + 1..=start + LONGEST_WORD).rfind(|&at| text.is_char_boundary(at)).unwrap_or(end);
                found(Span::new(start, cut));
                start = cut;
            }
            found(Span::new(start, end));
        }
    }
}

/// The one word of a chunk that is ASCII letters and digits with nothing but ASCII punctuation around: most chunks are, and for
/// those the rules of UAX #29 come to this.
fn plain_word(chunk: &str) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    let edge = |byte: &u8| byte.is_ascii_punctuation() && *byte != b'_';
    let start = bytes.iter().take_while(|b| edge(b)).count();
    let length = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let plain = length > 0 && length <= LONGEST_WORD && bytes[start + length..].iter().all(edge);
    plain.then_some((start, length))
}

/// Longest word, in bytes: a run of letters that goes on is parted, so that lengths stay small numbers.
const LONGEST_WORD: usize = 1 << 15;

/// What a word's form and surroundings say about it, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    /// Starts with a capital letter.
    pub const CAPITAL: Shape = Shape(1);
    /// Two or more letters, all capital.
    pub const ALL_CAPITAL: Shape = Shape(2);
    /// Holds a digit.
    pub const DIGIT: Shape = Shape(4);
    /// Parted from the word before by more than blanks and hyphens.
    pub const AFTER_PUNCTUATION: Shape = Shape(8);
    /// First word of a sentence.
    pub const SENTENCE_START: Shape = Shape(16);
    /// Ends in a possessive `'s` or `s'`.
    pub const POSSESSIVE: Shape = Shape(32);
    /// First word after an opening quotation mark.
    pub const AFTER_QUOTE: Shape = Shape(64);
    /// A quotation mark of any kind stands between it and the word before.
    pub const ACROSS_MARK: Shape = Shape(128);

    /// The shape of a word as printed.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let mut bits = 0;
        let mut letters = 0;
        let mut lower = false;
        for (i, c) in word.chars().enumerate() {
            if i == 0 && c.is_uppercase() {
                bits |= Self::CAPITAL.0;
            }
            if c.is_alphabetic() {
                letters += 1;
                lower |= !c.is_uppercase();
            }
            if c.is_numeric() {
                bits |= Self::DIGIT.0;
            }
        }
        if letters > 1 && !lower {
            bits |= Self::ALL_CAPITAL.0;
        }
        if ["'s", "’s", "ʼs"].iter().any(|end| word.ends_with(end)) {
            bits |= Self::POSSESSIVE.0;
        }
        Self(bits)
    }

    /// All bits in one byte.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The shape of [`Shape::bits`].
    #[must_use]
    pub const fn of_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// With the bits of `other` as well.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The shape that the text between two words gives to the second of them.
    #[must_use]
    pub fn after_gap(self, gap: &str) -> Self {
        let soft = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2012}' | '\u{00AD}');
        let mut shape = self;
        if !gap.chars().all(soft) {
            shape = shape.with(Self::AFTER_PUNCTUATION);
        }
        if gap.chars().rev().take_while(|c| !c.is_whitespace()).any(|c| matches!(c, '"' | '“' | '‘' | '\'' | '«' | '„')) {
            shape = shape.with(Self::AFTER_QUOTE);
        }
        if gap.contains(['"', '“', '”', '«', '»', '„', '‘', '’']) {
            shape = shape.with(Self::ACROSS_MARK);
        }
        shape
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{Shape, plain_word, tokenize};
    use crate::text::span::Span;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, Span::new(0, text.len()), |span| out.push(span.of(text)));
        out
    }

    #[test]
    fn words_of_news() {
        assert_eq!(words("US-led, al-Sha’abi’s “anti-terror” 9/11"), ["US", "led", "al", "Sha’abi’s", "anti", "terror", "9", "11"]);
        assert_eq!(words("the U.S. didn't — \u{a0}it won’t"), ["the", "U.S", "didn't", "it", "won’t"]);
    }

    proptest! {
        #[test]
        fn plain_words_are_those_of_the_standard(chunk in "[a-zA-Z0-9_.,:;'\"!?$%()@/-]{1,9}") {
            if let Some((at, length)) = plain_word(&chunk) {
                let standard: Vec<(usize, usize)> = chunk.unicode_word_indices().map(|(at, word)| (at, word.len())).collect();
                prop_assert_eq!(standard, [(at, length)], "{}", chunk);
            }
        }
    }

    #[test]
    fn shapes() {
        assert!(Shape::of("PMU").has(Shape::ALL_CAPITAL));
        assert!(!Shape::of("A").has(Shape::ALL_CAPITAL));
        assert!(Shape::of("Iraq’s").has(Shape::POSSESSIVE));
        assert!(!Shape::of("anti").after_gap(" ").has(Shape::AFTER_PUNCTUATION));
        assert!(!Shape::of("terror").after_gap("-").has(Shape::AFTER_PUNCTUATION));
        assert!(Shape::of("terror").after_gap(", “").has(Shape::AFTER_PUNCTUATION));
        assert!(Shape::of("terror").after_gap(", “").has(Shape::AFTER_QUOTE));
    }
}
