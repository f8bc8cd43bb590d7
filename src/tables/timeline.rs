//! The table of when articles were published, and which earlier one their shared passages point to.

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::corpus::date::PublishedAt;
use crate::id::{ArticleId, Key};
use crate::provenance::origin::Edge;

use super::cell::Code;
use super::row::row;

row! {
    /// An article, when it was published, and the earlier article of the set to which most of its shared passages point. Every
    /// single step stands in origins.csv.
    pub struct TimelineRow<'f> {
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// The story that it belongs to.
        story_id: Key,
        /// Date as given, as precise as it is known; empty if none was given.
        published_at: Option<PublishedAt>,
        /// How exactly the date is known: second, day, month, year or unknown.
        published_precision: Code,
        /// The earlier article; empty where neither date nor stated credit tells of one.
        from_article: Option<Key>,
        /// Passages of this article that point to it; the article with most of them is told, of several the first in articles.csv.
        passages: Option<usize>,
        /// What speaks for it most: date, credit or containment, as in origins.csv.
        evidence: Option<Code>,
        /// From 0 to 1, by the cases in docs/method.md: no probability.
        confidence: Option<f64>,
    }
}

/// Steps from one article to another, over all passages.
struct Steps<'f> {
    passages: usize,
    surest: &'f Edge,
}

/// Rows in corpus order: outlet, date, id.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = TimelineRow<'f>> {
    let corpus = findings.corpus;
    let mut steps: BTreeMap<(ArticleId, ArticleId), Steps<'f>> = BTreeMap::new();
    for edge in findings.origins.iter().flat_map(|origin| &origin.edges) {
        let Some(from) = edge.from else { continue };
        let found = steps.entry((edge.to, from)).or_insert(Steps { passages: 0, surest: edge });
        found.passages += 1;
        if edge.confidence.value() > found.surest.confidence.value() {
            found.surest = edge;
        }
    }
    let mut most: BTreeMap<ArticleId, (ArticleId, Steps<'f>)> = BTreeMap::new();
    for ((to, from), found) in steps {
        if most.get(&to).is_none_or(|(_, known)| known.passages < found.passages) {
            most.insert(to, (from, found));
        }
    }
    corpus.ids().map(move |id| {
        let (article, step) = (corpus.article(id), most.get(&id));
        TimelineRow {
            article_id: article.key,
            outlet: &corpus.outlet_of(id).name,
            story_id: findings.stories.get(findings.stories.of(id)).key,
            published_at: article.published_at,
            published_precision: Code(article.published_at.map_or("unknown", |date| date.precision().as_str())),
            from_article: step.map(|(from, _)| corpus.article(*from).key),
            passages: step.map(|(_, steps)| steps.passages),
            evidence: step.map(|(_, steps)| Code(steps.surest.evidence.as_str())),
            confidence: step.map(|(_, steps)| steps.surest.confidence.value()),
        }
    })
}
