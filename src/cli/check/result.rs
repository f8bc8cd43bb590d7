//! What a check came to, as the formats are given it.

use retold::corpus::collection::Corpus;
use retold::lexicon::entry::Level;
use retold::lexicon::load::Lexicon;

use super::finding::Finding;

/// Everything a format may tell.
#[derive(Debug)]
pub(crate) struct Checked<'c> {
    /// What was read, and what was skipped.
    pub(crate) corpus: &'c Corpus,
    /// What was looked for.
    pub(crate) lexicon: &'c Lexicon,
    /// What was found, in order.
    pub(crate) findings: Vec<Finding<'c>>,
    /// How many findings the baseline knows.
    pub(crate) known: usize,
}

impl Checked<'_> {
    /// How many findings there are of a level.
    pub(crate) fn of_level(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.entry.level == level).count()
    }
}

/// The name of the program, as formats give it.
pub(crate) const TOOL: &str = "retold";
/// Its version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Where it comes from.
pub(crate) const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
/// Version of the JSON that `--format json` and `jsonl` write, and of baselines.
pub(crate) const SCHEMA_VERSION: u32 = 1;
