//! The table of rates with and without reported speech.

use crate::analysis::findings::Findings;
use crate::measure::rates::Counted;

use super::cell::Code;
use super::row::row;

row! {
    /// How often an outlet uses listed wording (strength from 2) in its own words, counted two ways: whether a rate hangs on where
    /// reported speech was recognised. Nothing inside quotation marks counts.
    pub struct SensitivityRow<'f> {
        /// The outlet.
        outlet: &'f str,
        /// What is counted: all or category.
        level: Code,
        /// The category, where level is category.
        category: Option<&'f str>,
        /// Whose words: narrator, or narrator_and_indirect, with reported speech without quotation marks counted as the narrator's.
        counted_as: Code,
        /// Hits.
        n: u64,
        /// Words: the denominator.
        words: u64,
        /// 1,000 × n / words; empty without words.
        per_1000: Option<f64>,
        /// per_1000 less that of the narrator alone.
        change: Option<f64>,
        /// TRUE from 5 articles and 5 hits expected at the pooled rate of all outlets, counted the same way: below, do not compare.
        enough_data: bool,
    }
}

/// Rows in order of outlet, level, category and counted_as.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = SensitivityRow<'f>> {
    findings.sensitivity.iter().map(move |found| {
        let (level, category) = match found.counted {
            Counted::Category(id) => ("category", Some(id)),
            Counted::All | Counted::Entry(_) => ("all", None),
        };
        SensitivityRow {
            outlet: &findings.corpus.outlet(found.outlet).name,
            level: Code(level),
            category,
            counted_as: Code(found.counted_as.as_str()),
            n: found.n,
            words: found.words,
            per_1000: found.per_1000(),
            change: found.change,
            enough_data: found.enough_data,
        }
    })
}
