//! One published text.

use std::ops::Range;
use std::sync::Arc;

use crate::id::{Key, OutletId};

use super::date::PublishedAt;
use super::furniture::Removed;
use super::record::{Digest, OutletBasis};

/// One published text and what is known of it.
#[derive(Debug)]
pub struct Article {
    /// Stable while outlet and text are.
    pub key: Key,
    /// The file, as named relative to what the user gave.
    pub path: Arc<str>,
    /// 1-based line of the file where the record starts.
    pub line: usize,
    /// The id as given; the key where none was.
    pub source_id: String,
    /// Who published it.
    pub outlet: OutletId,
    /// Where that name came from.
    pub outlet_basis: OutletBasis,
    /// Headline: as given, otherwise the first heading of the text; empty if there is neither.
    pub title: String,
    /// By-line as given.
    pub byline: String,
    /// When, as far as known.
    pub published_at: Option<PublishedAt>,
    /// Address as given.
    pub url: String,
    /// Language as given, `en` where none was.
    pub language: String,
    /// Remark as given.
    pub note: String,
    /// Where its text stands among the texts of the corpus.
    pub(super) text: Range<usize>,
    /// SHA-256 of the bytes as read.
    pub sha256: Digest,
    /// What was taken off as furniture, in order.
    pub removed: Vec<Removed>,
}
