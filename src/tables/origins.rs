//! The table of where passages may come from.

use crate::analysis::findings::Findings;
use crate::id::Key;

use super::cell::Code;
use super::credits::credit_key;
use super::row::row;

row! {
    /// One step of the way a passage may have gone: from the earliest article or the stated source to an article that has it. Wording alone is no evidence; where neither date nor credit tells, there is no row.
    pub struct OriginRow<'f> {
        /// The passage.
        passage_id: Key,
        /// The earlier article; empty where the source is none of the articles that have the passage.
        from_article: Option<Key>,
        /// The stated source; empty where the step is from an article.
        from_source: &'f str,
        /// The later article.
        to_article: Key,
        /// What speaks for it: date, credit (the article names the source), containment (most of the article is a part of the longer earlier one; beside a date or credit only) or common_source (other articles that have the passage name the source).
        evidence: Code,
        /// Hours from the earlier to the later article; empty if not both are known to the day.
        hours_apart: Option<f64>,
        /// hour (both are times) or day (whole days, 24 hours each); empty without hours_apart.
        hours_precision: Option<Code>,
        /// From 0 to 1, by the cases in docs/method.md: it orders rows and is no probability.
        confidence: f64,
        /// The credit that says so; empty for other evidence.
        credit_id: Option<Key>,
    }
}

/// Rows in order of passage, steps from the earliest article first.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = OriginRow<'f>> {
    let corpus = findings.corpus;
    findings.clusters.iter().zip(&findings.origins).flat_map(move |(cluster, origin)| {
        origin.edges.iter().map(move |edge| OriginRow {
            passage_id: cluster.key,
            from_article: edge.from.map(|id| corpus.article(id).key),
            from_source: origin.source.as_ref().filter(|_| edge.from.is_none()).map_or("", |source| corpus.shown_name(&source.name)),
            to_article: corpus.article(edge.to).key,
            evidence: Code(edge.evidence.as_str()),
            hours_apart: edge.hours.map(|(hours, _)| hours),
            hours_precision: edge.hours.map(|(_, exact)| Code(if exact { "hour" } else { "day" })),
            confidence: edge.confidence.value(),
            credit_id: edge.credit.map(|member| credit_key(findings, member.article, member.credit)),
        })
    })
}
