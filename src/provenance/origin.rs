//! Which witness of a passage is the earliest, and on what grounds.

use crate::id::ArticleId;

pub use super::order::{Order, OrderBasis, order};

/// Where a shared passage may come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The witness that is earlier than all others.
    pub earliest: Option<ArticleId>,
    /// On what grounds.
    pub basis: OrderBasis,
    /// 0 to 1.
    pub confidence: f64,
    /// The agency or outlet that its witnesses credit for it.
    pub source: Option<String>,
}
