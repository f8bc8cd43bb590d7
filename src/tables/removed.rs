//! The table of furniture.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::corpus::furniture::Furniture;
use crate::id::Key;

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// One block that was taken off as furniture of the page before anything was counted.
    pub struct RemovedRow<'f> {
        /// The article.
        article_id: Key,
        /// File, relative to what was given on the command line.
        path: &'f str,
        /// Line of the text as read, from 1: of the file, where the file is the text.
        line: usize,
        /// First code point in the text as read, from 0.
        start: usize,
        /// Code point after the last.
        end: usize,
        /// The rule: listed_line, listed_form, image_credit, glued_names, recurring_line (the outlet prints it in three unrelated articles or more, and in one of twenty) or recurring_end (in three or more at the end).
        reason: Code,
        /// Whether it was taken off; FALSE with --keep-furniture, where it counts as text.
        taken_off: bool,
        /// As printed.
        text: Quoted<Cow<'f, str>>,
    }
}

/// Rows in order of article and place.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = RemovedRow<'f>> {
    let corpus = findings.corpus;
    corpus.ids().flat_map(move |id| {
        let (article, points) = (corpus.article(id), &findings.articles[id.index()].points);
        let whole = move || corpus.whole_text(id);
        article.removed.iter().map(move |removed| RemovedRow {
            article_id: article.key,
            path: &article.path,
            line: points.position(&whole(), removed.span.start()).0,
            start: points.at(&whole(), removed.span.start()),
            end: points.at(&whole(), removed.span.end()),
            reason: Code(removed.rule.as_str()),
            taken_off: corpus.furniture() == Furniture::TakeOff,
            // Copyright lines and addresses tell who published.
            text: Quoted(if corpus.masked().is_some() { Cow::Borrowed("") } else { corpus.part(id, removed.span) }),
        })
    })
}
