//! The table of what was read and is no article.

use crate::analysis::findings::Findings;

use super::cell::Quoted;
use super::row::row;

row! {
    /// One file or row of a sheet that was read and did not become an article.
    pub struct SkippedRow<'f> {
        /// File, relative to what was given on the command line.
        path: &'f str,
        /// Line, from 1; empty for the whole file.
        line: Option<usize>,
        /// Column of that line in code points, from 1; empty for the whole line.
        column: Option<usize>,
        /// What is wrong.
        reason: &'f str,
        /// How to mend it.
        mend: &'f str,
        /// The start of what was found there.
        text: Quoted<&'f str>,
    }
}

/// Rows in order of file and line.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = SkippedRow<'f>> {
    findings.corpus.skipped().iter().map(|skipped| SkippedRow {
        path: &skipped.path,
        line: Some(skipped.line).filter(|&line| line > 0),
        column: Some(skipped.column).filter(|&column| column > 0),
        reason: &skipped.reason,
        mend: &skipped.mend,
        text: Quoted(&skipped.text),
    })
}
