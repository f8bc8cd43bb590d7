//! A place in the corpus.

use serde::{Deserialize, Serialize};

use crate::id::ArticleId;
use crate::text::span::{Span, Token};

/// A run of tokens in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locus {
    /// The article.
    pub article: ArticleId,
    /// Its tokens.
    pub tokens: Span<Token>,
}
