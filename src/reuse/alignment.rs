//! Pairs of aligned passages, many and small: what is equal and what differs lies as lengths in one run of bytes.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::corpus::locus::Locus;
use crate::text::span::Span;

use super::align::Edit;
use super::lengths::{add, take};

/// Two witnesses laid word to word.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    /// In the earlier article in corpus order.
    pub left: Locus,
    /// In the other.
    pub right: Locus,
    /// How unlikely chance is: idf of the equal words that carry meaning plus rarity of the rarest n-gram, in nats.
    pub significance: f64,
    /// Where its lengths start in the list that holds it.
    lengths: usize,
    /// Equal words.
    pub matched: u32,
    /// How many texts hold its rarest n-gram.
    pub rarest: u32,
    /// How it was found.
    pub form: Form,
}

/// How a passage was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Form {
    /// By runs of equal words.
    Copied,
    /// By shared stems, at about the same length.
    Retold,
    /// By shared stems: the shorter side condenses the longer one.
    Condensed,
}

/// How two witnesses are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlignmentKind {
    /// All words are equal.
    Verbatim,
    /// At least four fifths of the words are equal.
    NearVerbatim,
    /// Fewer are.
    Edited,
    /// Fewer are, and the passage was found by its stems.
    Retold,
    /// One condenses the other.
    Condensed,
}

impl AlignmentKind {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::NearVerbatim => "near_verbatim",
            Self::Edited => "edited",
            Self::Retold => "retold",
            Self::Condensed => "condensed",
        }
    }
}

impl Alignment {
    /// Equal words as a share of the words of both: `2 × matched / (left + right)` (Dice 1945), 0 to 1.
    #[must_use]
    pub fn similarity(&self) -> f64 {
        2.0 * f64::from(self.matched) / (self.left.tokens.len() + self.right.tokens.len()) as f64
    }

    /// How they are alike.
    #[must_use]
    pub fn kind(&self) -> AlignmentKind {
        let matched = self.matched as usize;
        if matched == self.left.tokens.len() && matched == self.right.tokens.len() {
            AlignmentKind::Verbatim
        } else if self.similarity() >= 0.8 {
            AlignmentKind::NearVerbatim
        } else {
            match self.form {
                Form::Copied => AlignmentKind::Edited,
                Form::Retold => AlignmentKind::Retold,
                Form::Condensed => AlignmentKind::Condensed,
            }
        }
    }
}

/// An alignment while it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// In the earlier article in corpus order.
    pub left: Locus,
    /// In the other.
    pub right: Locus,
    /// Equal and differing stretches in turn; together they are both loci.
    pub edits: Vec<Edit>,
    /// See [`Alignment::significance`].
    pub significance: f64,
    /// How many texts hold its rarest n-gram.
    pub rarest: u32,
    /// How it was found.
    pub form: Form,
}

impl Laid {
    /// Equal words.
    #[must_use]
    pub fn matched(&self) -> usize {
        self.edits.iter().filter(|e| e.equal).map(|e| e.left.len()).sum()
    }

    fn add_lengths(&self, lengths: &mut Vec<u8>) {
        let mut turn = true;
        for edit in &self.edits {
            // Two stretches of a kind in a row have one of no words between them.
            if edit.equal != turn {
                lengths.extend_from_slice(if turn { &[0] } else { &[0, 0] });
            }
            add(lengths, edit.left.len());
            if !edit.equal {
                add(lengths, edit.right.len());
            }
            turn = !edit.equal;
        }
    }

    /// Its stretches as lengths in words: by turns how many are equal, and how many differ on the left and on the right, in LEB128.
    #[must_use]
    pub fn lengths(&self) -> Vec<u8> {
        let mut lengths = Vec::new();
        self.add_lengths(&mut lengths);
        lengths
    }

    /// Back from [`Laid::lengths`]; `None` where they do not tile both places.
    #[must_use]
    pub fn of_lengths((left, right): (Locus, Locus), lengths: &[u8], significance: f64, rarest: u32, form: Form) -> Option<Self> {
        let ((l, r), at) = ((left.tokens, right.tokens), |edit: &Edit| (edit.left.end(), edit.right.end()));
        let edits: Vec<Edit> = Edits { from: lengths, at: (l.start(), r.start()), end: (l.end(), r.end()), equal: true }.collect();
        let tiled = edits.last().map_or((l.start(), r.start()), at) == (l.end(), r.end());
        tiled.then_some(Self { left, right, edits, significance, rarest, form })
    }
}

/// Alignments in the order in which they were added, a list of them with their edits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alignments {
    list: Vec<Alignment>,
    /// For each alignment by turns: how many words are equal, how many differ on the left and on the right.
    lengths: Vec<u8>,
}

impl Deref for Alignments {
    type Target = [Alignment];

    fn deref(&self) -> &[Alignment] {
        &self.list
    }
}

impl Extend<Laid> for Alignments {
    fn extend<T: IntoIterator<Item = Laid>>(&mut self, all: T) {
        all.into_iter().for_each(|laid| self.push(&laid));
    }
}

impl FromIterator<Laid> for Alignments {
    fn from_iter<T: IntoIterator<Item = Laid>>(all: T) -> Self {
        let mut list = Self::default();
        list.extend(all);
        list
    }
}

impl Alignments {
    fn push(&mut self, laid: &Laid) {
        let &Laid { left, right, significance, rarest, form, .. } = laid;
        let matched = u32::try_from(laid.matched()).unwrap_or(u32::MAX);
        self.list.push(Alignment { left, right, significance, lengths: self.lengths.len(), matched, rarest, form });
        laid.add_lengths(&mut self.lengths);
    }

    /// Equal and differing stretches of an alignment of this list, in turn; together they are both its loci.
    #[must_use]
    pub fn edits(&self, alignment: &Alignment) -> Edits<'_> {
        let (l, r) = (alignment.left.tokens, alignment.right.tokens);
        let from = self.lengths.get(alignment.lengths..).unwrap_or(&[]);
        Edits { from, at: (l.start(), r.start()), end: (l.end(), r.end()), equal: true }
    }
}

/// Stretches of an alignment, read from their lengths.
#[derive(Clone, Debug)]
pub struct Edits<'a> {
    from: &'a [u8],
    at: (usize, usize),
    end: (usize, usize),
    equal: bool,
}

impl Iterator for Edits<'_> {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        loop {
            if self.at == self.end {
                return None;
            }
            let left: usize = take(&mut self.from)?;
            let right = if self.equal { left } else { take(&mut self.from)? };
            let (at, equal) = (self.at, self.equal);
            self.at = (at.0 + left, at.1 + right);
            self.equal = !equal;
            if self.at != at {
                return Some(Edit { left: Span::new(at.0, self.at.0), right: Span::new(at.1, self.at.1), equal });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Alignments, Edit, Form, Laid, Span};
    use crate::corpus::locus::Locus;
    use crate::id::ArticleId;

    fn laid(edits: &[(usize, usize, bool)]) -> Laid {
        let (mut l, mut r) = (200, 3);
        let edits: Vec<Edit> = edits
            .iter()
            .map(|&(left, right, equal)| {
                (l, r) = (l + left, r + right);
                Edit { left: Span::new(l - left, l), right: Span::new(r - right, r), equal }
            })
            .collect();
        let place = |article, from, to| Locus { article: ArticleId::new(article), tokens: Span::new(from, to) };
        Laid { left: place(0, 200, l), right: place(1, 3, r), edits, significance: 9.0, rarest: 2, form: Form::Copied }
    }

    #[test]
    fn edits_come_back() {
        let all = [
            laid(&[(1_000, 1_000, true)]),
            laid(&[(0, 70_000, false), (2, 2, true), (3, 0, false), (130, 130, true), (1, 1, false)]),
            laid(&[]),
            laid(&[(1, 2, false), (3, 0, false), (5, 5, true), (6, 6, true), (0, 1, false)]),
            laid(&[(4, 4, true), (2, 1, false), (9, 9, true)]),
        ];
        let list: Alignments = all.iter().cloned().collect();
        for (alignment, laid) in list.iter().zip(&all) {
            assert_eq!(list.edits(alignment).collect::<Vec<_>>(), laid.edits);
            assert_eq!((alignment.left, alignment.right, alignment.matched as usize), (laid.left, laid.right, laid.matched()));
        }
        assert_eq!(
            list.iter().map(|a| a.kind().as_str()).collect::<Vec<_>>(),
            ["verbatim", "edited", "verbatim", "edited", "near_verbatim"]
        );
    }

    #[test]
    fn an_alignment_is_small() {
        // A large corpus has some ten alignments an article.
        assert_eq!(size_of::<super::Alignment>(), 56);
    }
}
