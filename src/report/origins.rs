//! Where shared text came from, as far as dates and credits tell: who shares with whom, who has it first, whom the articles credit.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::provenance::order::OrderBasis;
use crate::text::count::{self, grouped};

use super::allowance::Allowance;
use super::context::{Context, Figure, names};
use super::credits::credits;
use super::facets::Facets;

/// The section.
#[derive(Template)]
#[template(path = "html/origins.html")]
struct Origins<'c> {
    charts: Vec<Figure<'c>>,
    passages: usize,
    /// How many have an earliest witness by time stamps, days and stated credits.
    by_basis: [String; 3],
    known: usize,
    known_said: String,
    /// Passages that stand on grounds, and passages without any credit line.
    uncredited: String,
    dated: usize,
    articles: usize,
    steps: Vec<String>,
    credits: String,
}

/// A passage with its earliest witness.
#[derive(Template)]
#[template(path = "html/earliest.html")]
struct Earliest<'f> {
    facets: Facets,
    passage: String,
    outlet: &'f str,
    article: String,
    others: String,
    basis: &'static str,
    confidence: String,
    after: String,
    source: String,
}

/// Hundredths of what the section has left that the list may take; outlets named in a row of it.
const SHARE: usize = 50;
const NAMED: usize = 3;

/// The section. Earliest witnesses in order of the table of passages, the surest first.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let across: Vec<usize> = findings.across().collect();
    let mut known: Vec<usize> = across.iter().copied().filter(|&at| findings.origins[at].earliest.is_some()).collect();
    let basis = |wanted: OrderBasis| known.iter().filter(|&&at| findings.origins[at].basis == wanted).count();
    let by_basis = [OrderBasis::Timestamp, OrderBasis::Day, OrderBasis::StatedCredit].map(|by| grouped(basis(by) as u64));
    let sure = |at: usize| findings.origins[at].confidence.map_or(0, |c| (c.value() * 1e4).round() as u64);
    known.sort_by_key(|&at| (Reverse(sure(at)), at));
    let count = known.len();
    Origins {
        charts: ["sharing", "timeline"].into_iter().filter_map(|name| context.figure(name)).collect(),
        passages: across.len(),
        by_basis,
        known: count,
        known_said: grouped(count as u64),
        uncredited: grouped(across.iter().filter(|&&at| findings.origins[at].credits.is_empty()).count() as u64),
        dated: findings.corpus.articles().iter().filter(|a| a.published_at.is_some()).count(),
        articles: findings.corpus.articles().len(),
        steps: allowance.fill_share(SHARE, known.into_iter().filter_map(|at| earliest(findings, at)))?,
        credits: credits(context, allowance)?,
    }
    .render()
}

fn earliest<'f>(findings: &'f Findings<'_>, at: usize) -> Option<Earliest<'f>> {
    let (corpus, origin, cluster) = (findings.corpus, &findings.origins[at], &findings.clusters[at]);
    let first = origin.earliest?;
    let own = corpus.article(first).outlet;
    let outlets: BTreeSet<_> = cluster.all().map(|w| w.outlet).collect();
    let mut facets = Facets::default();
    outlets.iter().for_each(|&outlet| facets.outlet(outlet));
    let others: Vec<&str> = outlets.iter().filter(|&&o| o != own).map(|&o| corpus.outlet(o).name.as_str()).collect();
    let hours = origin.edges.iter().filter(|e| e.from == Some(first)).filter_map(|e| e.hours.map(|(hours, _)| hours));
    Some(Earliest {
        facets,
        passage: cluster.key.to_string(),
        outlet: &corpus.outlet(own).name,
        article: corpus.article(first).key.to_string(),
        others: names(&others, NAMED),
        basis: match origin.basis {
            OrderBasis::Timestamp => "time stamps",
            OrderBasis::Day => "dates",
            OrderBasis::StatedCredit => "stated credit",
            OrderBasis::Unknown => "unknown",
        },
        confidence: origin.confidence.map_or_else(String::new, |c| format!("{:.2}", c.value())),
        after: hours.reduce(f64::min).map_or_else(String::new, apart),
        source: match &origin.source {
            Some(source) => format!("credited to {}", corpus.shown_name(&source.name)),
            None if origin.credits.is_empty() => "no credit line found".to_owned(),
            None => "several sources credited".to_owned(),
        },
    })
}

/// Hours in words: days where they are whole ones.
fn apart(hours: f64) -> String {
    let days = (hours / 24.0).round() as usize;
    if hours >= 48.0 || (hours >= 24.0 && hours % 24.0 == 0.0) { count::plural(days, "day") } else { format!("{hours:.1} hours") }
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn times_apart_in_words() {
        assert_eq!([0.5, 24.0, 30.0, 49.0].map(apart), ["0.5 hours", "1 day", "30.0 hours", "2 days"]);
    }
}
