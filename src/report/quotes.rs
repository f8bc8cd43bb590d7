//! Who is quoted or reported, and what became of each quotation that several outlets have.

use std::cmp::Reverse;

use askama::Template;

use crate::provenance::drift::Drift;

use crate::text::count;

use super::allowance::Allowance;
use super::context::{Context, Figure};
use super::printings::quotation;
use super::speakers::speakers;

/// The section.
#[derive(Template)]
#[template(path = "html/quotes.html")]
struct Quotes<'c> {
    chart: Option<Figure<'c>>,
    quotes: bool,
    speakers: String,
    groups: Vec<String>,
    all_groups: usize,
    within: usize,
}

/// The section. Quotations that outlets print differently come first, then those of most printings.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let speakers = speakers(context, allowance)?;
    let outlets = |at: usize| {
        let first = findings.quote_groups[at].printings.first().map(|p| findings.corpus.article(p.node.0).outlet);
        findings.quote_groups[at].printings.iter().any(|p| Some(findings.corpus.article(p.node.0).outlet) != first)
    };
    let mut order: Vec<usize> = (0..findings.quote_groups.len()).filter(|&at| outlets(at)).collect();
    order.sort_by_key(|&at| {
        let group = &findings.quote_groups[at];
        let reworded = group.printings.iter().any(|p| matches!(p.drift, Drift::Reworded | Drift::Spliced));
        let differs = group.printings.iter().any(|p| p.drift != Drift::Same);
        (!reworded, !differs, Reverse(group.printings.len()), at)
    });
    let all_groups = order.len();
    Quotes {
        chart: context.figure("quotes"),
        quotes: context.quotes,
        speakers,
        groups: allowance.fill(order.into_iter().map(|at| quotation(findings, &findings.quote_groups[at])))?,
        all_groups,
        within: findings.quote_groups.len() - all_groups,
    }
    .render()
}
