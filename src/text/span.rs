//! Half-open ranges that know what they count.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Unit: bytes of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}

/// Unit: tokens of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token {}

/// A half-open range `start..end` in units of `U`; `start <= end` always holds.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(bound = "", try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span<U> {
    start: u32,
    end: u32,
    unit: PhantomData<U>,
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<U> Copy for Span<U> {}

impl<U> From<Span<U>> for (u32, u32) {
    fn from(span: Span<U>) -> Self {
        (span.start, span.end)
    }
}

impl<U> TryFrom<(u32, u32)> for Span<U> {
    type Error = &'static str;

    fn try_from((start, end): (u32, u32)) -> Result<Self, Self::Error> {
        if start <= end { Ok(Self { start, end, unit: PhantomData }) } else { Err("a span runs backwards") }
    }
}

impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl<U> Span<U> {
    /// The span `start..end`.
    ///
    /// # Panics
    /// When `start > end`, or above `u32::MAX` (readers refuse texts of 4 GiB).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span {start}..{end} runs backwards");
        let fit = |n: usize| u32::try_from(n).expect("a text is shorter than 4 GiB");
        Self { start: fit(start), end: fit(end), unit: PhantomData }
    }

    /// First position inside.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// First position after.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// How many units it holds.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a standard range, for indexing.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `inner` lies wholly inside.
    #[must_use]
    pub const fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// How many units both share.
    #[must_use]
    pub fn overlap(self, other: Self) -> usize {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        end.saturating_sub(start) as usize
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end), unit: PhantomData }
    }
}

impl Span<Byte> {
    /// The text at this place; the empty string where the span does not lie on character borders of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        debug_assert!(text.get(self.range()).is_some(), "span {self:?} does not fit its text");
        text.get(self.range()).unwrap_or("")
    }
}

/// Turns byte offsets of one text into Unicode code points and lines, for rows that people slice their own data with.
#[derive(Debug)]
pub struct CodePoints {
    /// Code points before each multiple of [`CodePoints::STEP`] bytes (rounded down to a character border); none for ASCII.
    marks: Vec<u32>,
    lines: Vec<u32>,
}

impl CodePoints {
    const STEP: usize = 256;

    /// Reads the text once; `O(bytes)` time, `O(bytes / 256 + lines)` memory.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut lines = vec![0];
        if text.is_ascii() {
            lines.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)));
            lines.shrink_to_fit();
            return Self { marks: Vec::new(), lines };
        }
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        for (count, (at, c)) in (0u32..).zip(text.char_indices()) {
            while marks.len() * Self::STEP <= at {
                marks.push(count);
            }
            if c == '\n' {
                lines.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { marks, lines }
    }

    /// Code points before byte `at` of the text.
    #[must_use]
    pub fn at(&self, text: &str, at: usize) -> usize {
        let mark = (at / Self::STEP).min(self.marks.len().saturating_sub(1));
        // A text without marks has one code point a byte.
        let Some(&before) = self.marks.get(mark) else { return at.min(text.len()) };
        // A mark stands before the first character that starts at or after its byte.
        let from = (mark * Self::STEP..).find(|&b| text.is_char_boundary(b)).unwrap_or(0);
        let tail = text.as_bytes().get(from..at).unwrap_or(&[]);
        before as usize + tail.iter().filter(|&&b| b & 0xC0 != 0x80).count()
    }

    /// The byte at which the line of byte `at` starts.
    #[must_use]
    pub fn line_start(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|&start| start as usize <= at);
        self.lines[line - 1] as usize
    }

    /// 1-based line and column (in code points) of byte `at` of the text.
    #[must_use]
    pub fn position(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start as usize <= at);
        let start = self.lines[line - 1] as usize;
        (line, self.at(text, at) - self.at(text, start) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Byte, CodePoints, Span};

    #[test]
    fn overlap_and_hull() {
        let (a, b) = (Span::<Byte>::new(2, 6), Span::<Byte>::new(4, 9));
        assert_eq!(a.overlap(b), 2);
        assert_eq!(a.hull(b), Span::new(2, 9));
        assert_eq!(a.overlap(Span::new(6, 9)), 0);
    }

    #[test]
    fn code_points_are_counted_not_bytes() {
        let text = "“é”\nab";
        let points = CodePoints::new(text);
        assert_eq!(points.at(text, text.find('a').unwrap()), 4);
        assert_eq!(points.position(text, text.find('b').unwrap()), (2, 2));
        assert_eq!(points.position(text, 0), (1, 1));
    }

    #[test]
    fn code_points_agree_with_counting_on_long_mixed_text() {
        let text: String = (0..2000)
            .map(|i| {
                if i % 3 == 0 {
                    'é'
                } else if i % 7 == 0 {
                    '“'
                } else {
                    'x'
                }
            })
            .collect();
        let points = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(&text, at), n);
        }
        assert_eq!(points.at(&text, text.len()), 2000);
    }
}
