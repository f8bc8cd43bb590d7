//! The table of quotations that stand in two outlets.

use std::borrow::Cow;

use crate::analysis::findings::{Findings, QuoteMatch};
use crate::id::{ArticleId, Key};

use super::cell::{Code, Quoted};
use super::quotes::quote_key;
use super::row::row;

row! {
    /// One quotation in two outlets, whole, cut or in other words. A quotation that many articles have word for word stands beside
    /// the first of them once, and two different versions beside each other once.
    pub struct QuoteVariantRow<'f> {
        /// A quotation of the outlet that comes first by name (table quotes).
        quote_id_a: Key,
        /// That outlet.
        outlet_a: &'f str,
        /// As printed, without its marks.
        text_a: Quoted<Cow<'f, str>>,
        /// A quotation of the other outlet.
        quote_id_b: Key,
        /// That outlet.
        outlet_b: &'f str,
        /// As printed, without its marks.
        text_b: Quoted<Cow<'f, str>>,
        /// same (the same words but for one in five), trimmed (one is a run of the other), spliced (one is made of separate runs of the other) or reworded (other words, possibly another translation).
        variant: Code,
        /// Share of the shorter one's words that stand in the other in the same order; for reworded the smoothed cosine of their words, names and numbers. 0 to 1.
        similarity: f64,
    }
}

/// Rows in order of both articles and places.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = QuoteVariantRow<'f>> {
    findings.quote_matches.iter().map(move |found| row_of(findings, found))
}

fn row_of<'f>(findings: &'f Findings<'_>, found: &QuoteMatch) -> QuoteVariantRow<'f> {
    let corpus = findings.corpus;
    let outlet = |id: ArticleId| corpus.outlet_of(id).name.as_str();
    let text = |(id, i): (ArticleId, usize)| corpus.part(id, findings.articles[id.index()].quotations[i].content);
    QuoteVariantRow {
        quote_id_a: quote_key(findings, found.left),
        outlet_a: outlet(found.left.0),
        text_a: Quoted(text(found.left)),
        quote_id_b: quote_key(findings, found.right),
        outlet_b: outlet(found.right.0),
        text_b: Quoted(text(found.right)),
        variant: Code(found.variant.as_str()),
        similarity: found.similarity,
    }
}
