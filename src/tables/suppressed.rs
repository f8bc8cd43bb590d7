//! The table of what was too common to be a finding.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::id::Key;

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// A run of words that articles share and that was left out of the passages, because it is too common to say that one has
    /// it from the other.
    pub struct SuppressedRow<'f> {
        /// Why: many_texts (in more texts than the limit in run.json), refrain (repeated over and over in one article), common_words (two articles share it, and its words are common) or bare_name (two articles share it, and it is a name with its titles).
        reason: Code,
        /// Its first place, as printed.
        text: Quoted<Cow<'f, str>>,
        /// In how many texts its most common part stands, copies of one text taken together.
        texts: u64,
        /// At how many places that part stands; for common_words and bare_name, how many pairs of places were left out.
        places: u64,
        /// Article of the first place.
        article_id: Key,
        /// First code point in its text as read, from 0.
        start: usize,
        /// Code point after the last.
        end: usize,
    }
}

/// Rows in order of place.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = SuppressedRow<'f>> {
    findings.suppressed.iter().map(move |s| {
        let place = findings.place(s.locus);
        SuppressedRow {
            reason: Code(s.reason.as_str()),
            text: Quoted(findings.corpus.text(s.locus)),
            texts: s.texts.into(),
            places: s.places.into(),
            article_id: findings.corpus.article(s.locus.article).key,
            start: place.start,
            end: place.end,
        }
    })
}
