//! In which order stories are shown, and which are left out first where a page is too small for all.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::analysis::findings::Findings;
use crate::id::StoryId;

/// Stories by number of outlets, then of articles, the most first; then by their first article.
pub(super) fn stories_by_outlets(findings: &Findings<'_>) -> Vec<StoryId> {
    let mut order: Vec<StoryId> = (0..findings.stories.all().len()).map(StoryId::new).collect();
    order.sort_by_cached_key(|&id| {
        let articles = &findings.stories.get(id).articles;
        let outlets: BTreeSet<_> = articles.iter().map(|&id| findings.corpus.article(id).outlet).collect();
        (Reverse(outlets.len()), Reverse(articles.len()), id)
    });
    order
}
