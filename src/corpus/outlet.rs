//! Who published.

use crate::id::ArticleId;

/// One publisher of articles.
#[derive(Clone, Debug)]
pub struct Outlet {
    /// Its name, as given.
    pub name: String,
    /// Its articles, in corpus order.
    pub articles: Vec<ArticleId>,
}
