//! Whom each outlet credits, with the sentences that say so.

use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, OutletId};
use crate::tables::credits::{CreditRow, rows};
use crate::text::count;
use crate::text::span::Span;

use super::allowance::Allowance;
use super::context::Context;
use super::facets::Facets;

#[derive(Template)]
#[template(path = "html/credits.html")]
struct Credits {
    outlets: Vec<String>,
    all: usize,
}

/// An outlet and whom it credits.
#[derive(Template)]
#[template(path = "html/credit.html")]
struct OfOutlet<'f> {
    facets: Facets,
    outlet: &'f str,
    named: String,
    without: usize,
    articles: usize,
    lines: Vec<Line>,
    more: usize,
}

/// A credit in its sentence.
struct Line {
    credited: String,
    /// Before the words that credit, those words, and after them.
    parts: [String; 3],
    article: String,
    paragraph: Option<usize>,
}

/// What an outlet credits.
#[derive(Default)]
struct Tally<'f> {
    named: BTreeMap<(&'static str, &'f str), usize>,
    lines: Vec<Line>,
    all: usize,
    with: usize,
}

/// Sentences shown of an outlet, names in its line, and characters on each side of the words that credit.
const LINES: usize = 8;
const NAMED: usize = 6;
const SIDE: usize = 90;

/// Outlets by name.
pub(super) fn credits(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let (findings, corpus) = (context.findings, context.findings.corpus);
    let mut tallies: BTreeMap<OutletId, Tally<'_>> = BTreeMap::new();
    let mut last = None;
    let places = corpus.ids().flat_map(|id| (0..findings.articles[id.index()].credits.len()).map(move |at| (id, at)));
    for ((id, at), row) in places.zip(rows(findings)) {
        // By-lines and pictures name people, and no source of the text.
        if !matches!(row.credit_kind.0, "agency" | "outlet") {
            continue;
        }
        let tally = tallies.entry(corpus.article(id).outlet).or_default();
        *tally.named.entry((row.credit_kind.0, row.credited)).or_default() += 1;
        tally.with += usize::from(last.replace(id) != Some(id));
        tally.all += 1;
        if tally.lines.len() < LINES && context.quotes && !row.text.0.is_empty() {
            tally.lines.push(line(findings, (id, at), &row));
        }
    }
    let outlets = corpus.outlets().iter().enumerate().map(|(at, outlet)| {
        let tally = tallies.remove(&OutletId::new(at)).unwrap_or_default();
        let mut facets = Facets::default();
        facets.outlet(OutletId::new(at));
        let more = tally.named.len().saturating_sub(NAMED);
        let mut named: Vec<String> = tally.named.into_iter().take(NAMED).map(|((kind, name), n)| format!("{name} ({kind}) {n}")).collect();
        if more > 0 {
            named.push(format!("{more} more"));
        }
        OfOutlet {
            facets,
            outlet: &outlet.name,
            named: named.join(", "),
            without: outlet.articles.len() - tally.with,
            articles: outlet.articles.len(),
            more: tally.all - tally.lines.len(),
            lines: tally.lines,
        }
    });
    Credits { outlets: allowance.fill(outlets)?, all: corpus.outlets().len() }.render()
}

fn line(findings: &Findings<'_>, (id, at): (ArticleId, usize), row: &CreditRow<'_>) -> Line {
    let (document, text) = (findings.corpus.document(id), findings.corpus.whole_text(id));
    let span = findings.articles[id.index()].credits[at].span;
    // Furniture has no sentence, and a field no place in the text.
    let around = span.filter(|_| !row.in_removed).and_then(|span| {
        let tokens = document.tokens(span);
        let sentences = document.sentences();
        let sentence = sentences.get(document.sentence_of(tokens.start()))?;
        let bytes = document.bytes(Span::new(sentence.start(), sentence.end().max(tokens.end())))?;
        let before = Span::new(bytes.start().min(span.start()), span.start());
        Some([before, Span::new(span.end(), bytes.end().max(span.end()))])
    });
    let of = |span: Span<_>| span.of(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    let [before, after] = around.map_or_else(Default::default, |sides| sides.map(of));
    let tail: String = before.chars().rev().take(SIDE).collect::<Vec<_>>().into_iter().rev().collect();
    let head: String = after.chars().take(SIDE).collect();
    let dots = |cut: bool| if cut { "…" } else { "" };
    Line {
        credited: row.credited.to_owned(),
        parts: [
            format!("{}{tail} ", dots(tail.len() < before.len())),
            row.text.0.split_whitespace().collect::<Vec<_>>().join(" "),
            format!("{}{head}{}", if after.starts_with(char::is_alphanumeric) { " " } else { "" }, dots(head.len() < after.len())),
        ],
        article: row.article_id.to_string(),
        paragraph: row.paragraph,
    }
}
