//! What the tables know of a passage, in words: how alike its witnesses are, and where it may come from.

use crate::analysis::findings::Findings;
use crate::tables::passages::PassageRow;
use crate::text::count::plural;

/// How alike its witnesses are, and where they differ.
pub(super) fn likeness(row: &PassageRow) -> String {
    let kind = match row.kind.0 {
        "verbatim" => "word for word",
        "near_verbatim" => "nearly word for word",
        "quote_only" => "a quotation",
        _ => "edited",
    };
    let mut said = vec![kind.to_owned(), plural(row.outlets, "outlet")];
    if row.articles != row.outlets {
        said.push(plural(row.articles, "article"));
    }
    if row.similarity_min < 1.0 {
        said.push(format!("aligned pairs share at least {:.0} % of their words", (row.similarity_min * 100.0).floor()));
    }
    said.push(match (row.differing_slots, row.framing_slots) {
        (0, _) => "no difference".to_owned(),
        (n, 0) => format!("differs in {}", plural(n, "place")),
        (n, framing) => format!("differs in {}, {framing} with listed wording", plural(n, "place")),
    });
    said.join(" · ")
}

/// The earliest witness with its basis, and the source that the articles state.
pub(super) fn origin(findings: &Findings<'_>, passage: usize, row: &PassageRow) -> String {
    let basis = match row.earliest_basis.0 {
        "timestamp" => "time stamps",
        "day" => "dates of publication",
        _ => "a stated credit",
    };
    let order = findings.origins[passage].earliest.map_or_else(
        || "order unknown".to_owned(),
        |id| {
            let sure = row.earliest_confidence.unwrap_or(0.0);
            format!("earliest in this set: {} (basis: {basis}, confidence {sure:.1})", findings.corpus.outlet_of(id).name)
        },
    );
    let source = match (row.likely_source.as_str(), row.source_credited_by, row.credited.as_str()) {
        ("", _, "") => "no credit line found in these texts".to_owned(),
        ("", _, credited) => format!("credited in these articles: {credited}"),
        (source, by, _) => format!("credited to {source} in {} of {} articles", by.unwrap_or(0), row.articles),
    };
    format!("{order} · {source}")
}
