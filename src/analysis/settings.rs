//! Everything that can be set, in one place.

use crate::corpus::collection::Corpus;
use crate::framing::entity::EntitySettings;
use crate::framing::entity_sheet::Given;
use crate::measure::keyness::KeynessSettings;
use crate::measure::rates::RateSettings;
use crate::reuse::long_settings::LongSettings;
use crate::reuse::paraphrase::ParaphraseSettings;
use crate::reuse::settings::ReuseSettings;
use crate::reuse::story_settings::StorySettings;

/// How much of the articles the outputs show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextShown {
    /// What tables quote, and whole texts in a table of their own.
    Full,
    /// What tables quote: passages, sentences, words found.
    #[default]
    Excerpt,
    /// Nothing: places and counts only. Titles and by-lines as given stay.
    None,
}

impl TextShown {
    /// As written in `run.json`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Excerpt => "excerpt",
            Self::None => "none",
        }
    }

    /// Whether anything is quoted.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        !matches!(self, Self::None)
    }
}

/// Settings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Search for shared passages.
    pub reuse: ReuseSettings,
    /// Search by shared stems for passages of long texts, which run over paragraphs, instead of the search for passages of news.
    pub long: Option<LongSettings>,
    /// Search for retold passages and variants of quotations; `None` for no such search.
    pub paraphrase: Option<ParaphraseSettings>,
    /// Which articles report the same event.
    pub stories: StorySettings,
    /// Which names are followed where `named` is empty.
    pub entities: EntitySettings,
    /// Names that a user gives to be followed instead.
    pub named: Vec<Given>,
    /// Rates and when they are good enough.
    pub rates: RateSettings,
    /// How much of the articles is shown.
    pub text: TextShown,
    /// Words that outlets use unevenly; `None` to leave them.
    pub keyness: Option<KeynessSettings>,
}

/// Most articles whose words are compared without being asked.
pub const KEYNESS_ARTICLES: usize = 5_000;

/// Most articles whose retold passages are looked for without being asked.
pub const PARAPHRASED_ARTICLES: usize = 5_000;

/// Most days between two articles that are set side by side, for so many articles of which so many are dated: in a large corpus most
/// pairs of articles are far apart and share only what everyone writes.
#[must_use]
pub fn large_window(articles: usize, dated: usize) -> Option<u32> {
    (articles > 5_000 && 10 * dated >= 9 * articles).then_some(30)
}

impl Settings {
    /// What fits a corpus of this size.
    #[must_use]
    pub fn for_corpus(corpus: &Corpus) -> Self {
        let articles = corpus.articles().len();
        let mut reuse = ReuseSettings::for_articles(articles);
        reuse.window_days = large_window(articles, corpus.articles().iter().filter(|a| a.published_at.is_some()).count());
        // Reading sentence against sentence is for what people read side by side; in a large corpus it is asked for.
        let paraphrase = (articles <= PARAPHRASED_ARTICLES).then(|| ParaphraseSettings::for_articles(articles));
        // Every word of every outlet is a long table, and each is tested by dealing all articles anew.
        let keyness = (articles <= KEYNESS_ARTICLES).then(KeynessSettings::default);
        let stories = StorySettings::for_articles(articles);
        Self {
            reuse,
            long: None,
            paraphrase,
            stories,
            entities: EntitySettings::default(),
            named: Vec::new(),
            rates: RateSettings::default(),
            text: TextShown::default(),
            keyness,
        }
    }
}
