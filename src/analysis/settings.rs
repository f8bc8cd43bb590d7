//! Everything that can be set, in one place.

use crate::corpus::collection::Corpus;
use crate::measure::rates::RateSettings;
use crate::reuse::settings::ReuseSettings;

/// Settings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Search for shared passages.
    pub reuse: ReuseSettings,
    /// Rates and when they are good enough.
    pub rates: RateSettings,
}

impl Settings {
    /// What fits a corpus of this size.
    #[must_use]
    pub fn for_corpus(corpus: &Corpus) -> Self {
        Self { reuse: ReuseSettings::for_articles(corpus.articles().len()), rates: RateSettings::default() }
    }
}
