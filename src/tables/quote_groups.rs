//! The table of quotations that several articles have.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::analysis::findings::Findings;
use crate::id::Key;
use crate::provenance::drift::Drift;
use crate::provenance::quote_group::QuoteGroup;

use super::cell::{Code, Quoted};
use super::quotes::{speaker, utterance_key};
use super::row::row;

row! {
    /// One quotation in several articles: its printings are the rows of table quotes with this group. Printings joined because
    /// each holds to the base; the pairs of outlets behind many of them are in table quote_variants.
    pub struct QuoteGroupRow<'f> {
        /// Stable while its first printing is.
        quote_group: Key,
        /// Its fullest printing (table quotes): the base for comparison, and no claim of who printed it first.
        base_quote_id: Key,
        /// The outlet that printed the base.
        base_outlet: &'f str,
        /// Printings, the base included; an article may have several parts of one quotation.
        members: usize,
        /// Articles.
        articles: usize,
        /// Outlets; 1 for a quotation that only editions of one outlet have.
        outlets: usize,
        /// Who is named as speaker, as printed, each name once, parted by ` | `; empty if nobody is.
        speakers: Quoted<String>,
        /// one (all printings name one speaker, perhaps in part or in another spelling), several_names (two of them name two),
        /// unnamed_in_some (some name one and some name nobody or only a role) or unnamed (none names one).
        speakers_agree: Code,
        /// Printings beside the base with the same words.
        same: usize,
        /// Printings that are one run of its words.
        trimmed: usize,
        /// Printings made of separate runs of its words.
        spliced: usize,
        /// Printings with words that it has not.
        reworded: usize,
        /// Printings without quotation marks.
        to_indirect: usize,
        /// The base as printed, without its marks.
        text: Quoted<Cow<'f, str>>,
    }
}

/// Rows in order of the first printing.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = QuoteGroupRow<'f>> {
    findings.quote_groups.iter().map(move |group| row_of(findings, group))
}

fn row_of<'f>(findings: &'f Findings<'_>, group: &QuoteGroup) -> QuoteGroupRow<'f> {
    let corpus = findings.corpus;
    let articles: BTreeSet<_> = group.printings.iter().map(|p| p.node.0).collect();
    let outlets: BTreeSet<_> = articles.iter().map(|&id| corpus.article(id).outlet).collect();
    let mut named: Vec<Cow<'_, str>> = Vec::new();
    for printed in group.printings.iter().map(|p| speaker(findings, p.node)).filter(|name| !name.is_empty()) {
        if !named.contains(&printed) {
            named.push(printed);
        }
    }
    let drifts = |drift: Drift| group.printings.iter().filter(|p| p.node != group.base && p.drift == drift).count();
    let base = &findings.articles[group.base.0.index()].utterances[group.base.1];
    QuoteGroupRow {
        quote_group: group.key,
        base_quote_id: utterance_key(findings, group.base),
        base_outlet: &corpus.outlet_of(group.base.0).name,
        members: group.printings.len(),
        articles: articles.len(),
        outlets: outlets.len(),
        speakers: Quoted(named.join(" | ")),
        speakers_agree: Code(group.speakers.as_str()),
        same: drifts(Drift::Same),
        trimmed: drifts(Drift::Trimmed),
        spliced: drifts(Drift::Spliced),
        reworded: drifts(Drift::Reworded),
        to_indirect: drifts(Drift::ToIndirect),
        text: Quoted(corpus.part(group.base.0, base.content)),
    }
}
