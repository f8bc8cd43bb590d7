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
        let articles = corpus.articles().len();
        let mut reuse = ReuseSettings::for_articles(articles);
        let dated = corpus.articles().iter().filter(|a| a.published_at.is_some()).count();
        // In a large corpus most pairs of articles are far apart and share only what everyone writes.
        reuse.window_days = (articles > 5_000 && 10 * dated >= 9 * articles).then_some(30);
        Self { reuse, rates: RateSettings::default() }
    }
}
