//! The table of whole texts. Written with `--text full`.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::id::Key;
use crate::text::span::{Byte, Span};

use super::cell::Quoted;
use super::row::row;

row! {
    /// One part of an article's text as it was read, furniture included. Texts longer than a cell stand in several rows.
    pub struct TextRow<'f> {
        /// The article.
        article_id: Key,
        /// Part, from 1: joined in this order, the parts are the text that all offsets refer to.
        part: usize,
        /// First code point of the part in that text, from 0.
        start: usize,
        /// Code points of the part. Where the cell holds one more, the first is a guard against formulas: take the last so many.
        characters: usize,
        /// The part as read.
        text: Quoted<Cow<'f, str>>,
    }
}

/// Code points of a part. No cell of a spreadsheet holds more than 32,767.
const PART: usize = 30_000;

/// Rows in corpus order.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = TextRow<'f>> {
    let corpus = findings.corpus;
    corpus.ids().flat_map(move |id| {
        let article_id = corpus.article(id).key;
        parts(&corpus.whole_text(id), PART).into_iter().enumerate().map(move |(i, (bytes, characters))| TextRow {
            article_id,
            part: i + 1,
            start: i * PART,
            characters,
            text: Quoted(corpus.part(id, bytes)),
        })
    })
}

/// A text in parts of so many code points, the last one of what is left, each with its length.
fn parts(text: &str, length: usize) -> Vec<(Span<Byte>, usize)> {
    let mut next = Some(0);
    let parted = std::iter::from_fn(|| {
        let start = next.take()?;
        let here = text.get(start..).unwrap_or("");
        let end = start + here.char_indices().nth(length).map_or(here.len(), |(at, _)| at);
        next = Some(end).filter(|&end| end < text.len());
        let part = Span::new(start, end);
        Some((part, part.of(text).chars().count()))
    });
    parted.collect()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_make_the_whole() {
        let parted = |text| parts(text, 3).into_iter().map(|(part, letters)| (part.of(text), letters)).collect::<Vec<_>>();
        assert_eq!(parted("äöüß"), [("äöü", 3), ("ß", 1)]);
        assert_eq!(parted("abc"), [("abc", 3)]);
        assert_eq!(parted(""), [("", 0)]);
    }
}
