//! The table of whole texts. Written with `--text full`.

use crate::analysis::findings::Findings;
use crate::id::Key;

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
        text: Quoted<&'f str>,
    }
}

/// Code points of a part. No cell of a spreadsheet holds more than 32,767.
const PART: usize = 30_000;

/// Rows in corpus order.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = TextRow<'f>> {
    let corpus = findings.corpus;
    corpus.ids().flat_map(move |id| {
        let article_id = corpus.article(id).key;
        parts(corpus.whole_text(id), PART).enumerate().map(move |(i, (text, characters))| TextRow {
            article_id,
            part: i + 1,
            start: i * PART,
            characters,
            text: Quoted(text),
        })
    })
}

/// A text in parts of so many code points, the last one of what is left, each with its length.
fn parts(text: &str, length: usize) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest.take()?;
        let end = here.char_indices().nth(length).map_or(here.len(), |(at, _)| at);
        let (part, after) = here.split_at(end);
        rest = Some(after).filter(|after| !after.is_empty());
        Some((part, part.chars().count()))
    })
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_make_the_whole() {
        let parted = |text| parts(text, 3).collect::<Vec<_>>();
        assert_eq!(parted("äöüß"), [("äöü", 3), ("ß", 1)]);
        assert_eq!(parted("abc"), [("abc", 3)]);
        assert_eq!(parted(""), [("", 0)]);
    }
}
