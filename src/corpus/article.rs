//! One published text.

use std::sync::Arc;

use crate::digest::Digest;
use crate::id::{Key, OutletId};

use super::date::PublishedAt;
use super::furniture::Removed;
use super::record::{DateBasis, Extent, LanguageBasis, OutletBasis};

/// One published text and what is known of it.
#[derive(Debug)]
pub struct Article {
    /// Stable while outlet and text are.
    pub key: Key,
    /// The file, as named relative to what the user gave.
    pub path: Arc<str>,
    /// 1-based line of the file where the record starts; its number where the file has no lines.
    pub line: usize,
    /// Whether the lines of the text are those of the file: the file is the text.
    pub is_file: bool,
    /// The id as given; the key where none was.
    pub source_id: String,
    /// Who published it.
    pub outlet: OutletId,
    /// That name as given, where spellings were folded into one; else empty.
    pub outlet_given: String,
    /// Where that name came from.
    pub outlet_basis: OutletBasis,
    /// Headline: as given, otherwise the first heading of the text; empty if there is neither.
    pub title: String,
    /// Whether the headline is the first heading of the text: words of the article, and not what is said about it.
    pub title_in_text: bool,
    /// By-line as given.
    pub byline: String,
    /// When, as far as known.
    pub published_at: Option<PublishedAt>,
    /// Where the date came from.
    pub date_basis: DateBasis,
    /// When it was fetched, as given.
    pub retrieved_at: String,
    /// Address as given.
    pub url: String,
    /// Language, as ISO 639-1 where it has such a code.
    pub language: String,
    /// Where that came from.
    pub language_basis: LanguageBasis,
    /// Remark as given.
    pub note: String,
    /// The mark by which the source says that this repeats another article; empty for most.
    pub duplicate_mark: String,
    /// How much of the article the text is.
    pub extent: Extent,
    /// SHA-256 of the text as read.
    pub sha256: Digest,
    /// What was taken off as furniture, in order.
    pub removed: Vec<Removed>,
}

impl Article {
    /// Whether the English lists are searched for in it.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.language == "en"
    }
}
