//! What a printing of a quotation has otherwise than its base, in a notation that fits a cell.

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::provenance::drift::{Difference, DifferenceKind};
use crate::provenance::quote_group::{Printing, QuoteGroup};
use crate::text::span::{Span, Token};

/// Most words of a difference that are written out.
const SHOWN: usize = 8;
/// Words at either end of a longer one.
const ENDS: usize = 3;

/// All differences of a printing, in order of the base, the outlet's own brackets last: `[-We will] [house→school] [*destroyed]`. Never a sign in
/// front, which a spreadsheet would take for a formula.
pub(super) fn drift_words(findings: &Findings<'_>, group: &QuoteGroup, printing: &Printing) -> String {
    let shown = printing.differences.iter().map(|difference| one(findings, (group.base.0, printing.node.0), difference));
    shown.collect::<Vec<_>>().join(" ")
}

fn one(findings: &Findings<'_>, (base, member): (ArticleId, ArticleId), difference: &Difference) -> String {
    let before = || words(findings, Locus { article: base, tokens: difference.base });
    let after = || words(findings, Locus { article: member, tokens: difference.member });
    match difference.kind {
        DifferenceKind::LeftOut => format!("[-{}]", before()),
        DifferenceKind::Added => format!("[+{}]", after()),
        DifferenceKind::Replaced => format!("[{}→{}]", before(), after()),
        DifferenceKind::Spelling => format!("[{}~{}]", before(), after()),
        DifferenceKind::Bracketed => format!("[*{}]", after()),
    }
}

/// The words of a place as printed, without what stands between them; of many the first and the last.
fn words(findings: &Findings<'_>, place: Locus) -> String {
    let corpus = findings.corpus;
    let (document, text) = (corpus.document(place.article), corpus.whole_text(place.article));
    let joined = |tokens: Span<Token>| document.slice(tokens).iter().map(|w| w.span().of(&text)).collect::<Vec<_>>().join(" ");
    let (start, end) = (place.tokens.start(), place.tokens.end());
    if place.tokens.len() <= SHOWN {
        return joined(place.tokens);
    }
    format!("{} … {}", joined(Span::new(start, start + ENDS)), joined(Span::new(end - ENDS, end)))
}
