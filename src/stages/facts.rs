//! What a step must know of the whole corpus: written by the steps that reduce, read by those that map.

use serde::{Deserialize, Serialize};

use crate::analysis::settings::large_window;
use crate::corpus::furniture::{Furniture, FurnitureRule, take_off};
use crate::corpus::recurring::RecurringLines;
use crate::error::Result;
use crate::id::ArticleId;
use crate::reuse::copies::Copies;
use crate::reuse::nearness::Nearness;
use crate::reuse::repeats::Repeats;
use crate::reuse::settings::ReuseSettings;
use crate::text::span::{Byte, Span};

use super::stage::{FORM, refused};

/// What is known, more with each reduction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Facts {
    /// Since `order`.
    pub order: Order,
    /// Since `copies`.
    pub texts: Option<Texts>,
    /// Since `frequencies`.
    pub words: Option<Words>,
}

/// Articles in corpus order, numbered before those that hold no word are left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Articles.
    pub articles: u32,
    /// Outlets; an update adds those that are new.
    pub outlets: Vec<Outlet>,
    /// Articles of one outlet in a row: the first of them, and the place of the outlet. Each update adds its own.
    pub groups: Vec<(u32, u32)>,
    /// Whether furniture stays in the text.
    pub keeps_furniture: bool,
    /// First and last day of each article, where they are known.
    pub days: Vec<Option<(i64, i64)>>,
    /// For each article, a hash of outlet, date and text.
    pub digests: Vec<u64>,
    /// Words of all articles, about.
    pub words: u64,
    /// The window that was asked for.
    pub window: Option<u32>,
    /// Whether n-grams that stand in one place are kept, since an update may bring them another.
    pub keeps_postings: bool,
    /// For an update, what it goes on from.
    pub earlier: Option<Earlier>,
}

/// An outlet, as the run found it that saw it first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outlet {
    /// Its name, spellings folded.
    pub name: String,
    /// Whether other spellings are folded to it: not where a file gave the name.
    pub folds: bool,
    /// What recurs in its articles.
    pub recurring: Vec<(u64, FurnitureRule)>,
}

/// What an update takes over, so that what was found stays as it is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// Articles of all runs before: the first place of the update.
    pub articles: u32,
    /// The number of articles that the first run chose its settings by.
    pub chosen_by: u32,
    /// Most days between two articles.
    pub window_days: Option<u32>,
}

/// Articles as they stand in the corpus, and which of them print one text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Texts {
    /// For each article of [`Order`] its number in the corpus; `u32::MAX` for none.
    pub numbers: Vec<u32>,
    /// Which article prints the text of which.
    pub copies: Copies,
    /// Most days between two articles.
    pub window_days: Option<u32>,
    /// Buckets of n-grams that may stand twice, each as its distance from the one before.
    pub twice: Vec<u64>,
    /// Sum of the hashes of all articles: which corpus this is.
    pub digest: u64,
    /// The number of articles that settings are chosen by.
    pub chosen_by: u32,
}

/// How many texts hold each word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// Texts, copies of one taken together.
    pub texts: u32,
    /// Hashes of words, rising, and in how many texts they stand; a word that is not there stands in one.
    pub counts: Vec<(u64, u32)>,
}

const MAGIC: &[u8] = b"retold facts ";

impl Facts {
    /// As bytes, with the version of Retold.
    ///
    /// # Errors
    /// When there is no room for them.
    pub fn write(&self, stage: &'static str) -> Result<Vec<u8>> {
        let head = [MAGIC, env!("CARGO_PKG_VERSION").as_bytes(), format!(" {FORM}\n").as_bytes()].concat();
        postcard::to_extend(self, head).map_err(|e| refused(stage, format!("the facts cannot be written: {e}"), "give more memory"))
    }

    /// From bytes.
    ///
    /// # Errors
    /// When they are none, or of another version.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let no_facts = |what: String| refused("facts", what, "give the file as an earlier stage gave it out");
        let end = bytes.iter().position(|&b| b == b'\n').filter(|_| bytes.starts_with(MAGIC));
        let (head, rest) = bytes.split_at(end.ok_or_else(|| no_facts("the file holds no facts".into()))?);
        let version = String::from_utf8_lossy(head.get(MAGIC.len()..).unwrap_or_default()).into_owned();
        let own = format!("{} {FORM}", env!("CARGO_PKG_VERSION"));
        if version != own {
            let message = format!("the facts are of version {version}, and this is {own}");
            return Err(refused("facts", message, "install one version of Retold on the driver and on all executors"));
        }
        postcard::from_bytes(rest.get(1..).unwrap_or_default()).map_err(|e| no_facts(format!("the facts are damaged: {e}")))
    }

    /// Articles of the corpus, as far as is known: until the stage copies has run, those that hold no word count as well.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.texts.as_ref().map_or(self.order.articles as usize, Texts::articles)
    }

    /// The number of articles that settings are chosen by, as far as is known.
    #[must_use]
    pub fn chosen_by(&self) -> usize {
        self.order.earlier.map_or_else(|| self.articles(), |earlier| earlier.chosen_by as usize)
    }

    /// The outlet of an article of [`Order`].
    #[must_use]
    pub fn outlet(&self, article: usize) -> usize {
        let group = self.order.groups.partition_point(|(first, _)| *first as usize <= article).saturating_sub(1);
        self.order.groups.get(group).map_or(0, |(_, outlet)| *outlet as usize)
    }

    /// What recurs in each outlet.
    #[must_use]
    pub fn recurring(&self) -> Vec<RecurringLines> {
        self.order.outlets.iter().map(|outlet| RecurringLines::of_rules(&outlet.recurring)).collect()
    }

    /// The stretches of a text that are the article.
    #[must_use]
    pub fn kept(&self, text: &str, body: Span<Byte>, recurring: Option<&RecurringLines>) -> Vec<Span<Byte>> {
        if self.furniture() == Furniture::Keep {
            return vec![body];
        }
        take_off(text, body, |line, at| recurring?.rule(line, at, body)).0
    }

    /// What becomes of furniture.
    #[must_use]
    pub fn furniture(&self) -> Furniture {
        if self.order.keeps_furniture { Furniture::Keep } else { Furniture::TakeOff }
    }

    /// What was found of texts.
    ///
    /// # Errors
    /// Before `copies` has run.
    pub fn texts(&self, stage: &'static str) -> Result<&Texts> {
        self.texts
            .as_ref()
            .ok_or_else(|| refused(stage, "the facts are too early", "give those that the stage copies gave out, or a later one"))
    }

    /// An empty filter of n-grams, of a size that is the same in every part; none where all are kept.
    #[must_use]
    pub fn filter(&self) -> Option<Repeats> {
        let words = usize::try_from(self.order.words).unwrap_or(usize::MAX).min(LARGEST_FILTER);
        (!self.order.keeps_postings).then(|| Repeats::new(words))
    }
}

/// Words from which the filter grows no more: a quarter of a gigabyte for each of its two planes.
const LARGEST_FILTER: usize = 1 << 29;

impl Texts {
    /// Settings of the search.
    #[must_use]
    pub fn settings(&self) -> ReuseSettings {
        ReuseSettings { window_days: self.window_days, ..ReuseSettings::for_articles(self.chosen_by as usize) }
    }

    /// Articles of the corpus.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.numbers.iter().filter(|&&number| number != u32::MAX).count()
    }

    /// The number in the corpus of an article of [`Order`].
    #[must_use]
    pub fn number(&self, article: usize) -> Option<ArticleId> {
        self.numbers.get(article).filter(|&&number| number != u32::MAX).map(|&number| ArticleId::new(number as usize))
    }

    /// The number in the corpus from which articles are those of this run: 0 but in an update.
    #[must_use]
    pub fn first(&self, order: &Order) -> usize {
        let before = order.earlier.map_or(0, |earlier| earlier.articles as usize);
        self.numbers.iter().take(before).filter(|&&number| number != u32::MAX).count()
    }

    /// First and last days of the articles of the corpus.
    #[must_use]
    pub fn days(&self, order: &Order) -> Vec<Option<(i64, i64)>> {
        let of = |(at, days): (usize, &Option<(i64, i64)>)| self.number(at).map(|_| *days);
        order.days.iter().enumerate().filter_map(of).collect()
    }

    /// Which articles are near enough in time.
    #[must_use]
    pub fn nearness(&self, order: &Order) -> Nearness {
        Nearness::new(self.days(order), &self.copies, self.window_days)
    }

    /// Fills a filter with what may stand twice.
    pub fn fill(&self, filter: &Repeats) {
        filter.merge([rising(Vec::new()), rising(self.twice.clone())]);
    }
}

/// The window that fits a corpus, unless another was asked for.
#[must_use]
pub fn window(asked: Option<u32>, articles: usize, dated: usize) -> Option<u32> {
    asked.map_or_else(|| large_window(articles, dated), |days| (days > 0).then_some(days))
}

/// Rising numbers as their distances, which take less room.
#[must_use]
pub fn distances(rising: &[u64]) -> Vec<u64> {
    let mut before = 0;
    rising.iter().map(|&at| at - std::mem::replace(&mut before, at)).collect()
}

/// Back from [`distances`].
pub fn rising(distances: Vec<u64>) -> impl Iterator<Item = u64> {
    distances.into_iter().scan(0u64, |at, distance| {
        *at = at.saturating_add(distance);
        Some(*at)
    })
}

/// What one outlet, date and text add to the digest of a corpus.
#[must_use]
pub fn digest(outlet: &str, published: Option<&str>, sha256: &[u8]) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for part in [outlet.as_bytes(), published.unwrap_or_default().as_bytes(), sha256] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.digest()
}
