//! The articles: what each is, and its text with what was found in it.

use std::collections::BTreeSet;

use askama::Template;

use crate::id::ArticleId;
use crate::tables::articles::{ArticleRow, rows};
use crate::text::count::{self, grouped};

use super::allowance::Allowance;
use super::context::Context;
use super::facets::Facets;
use super::reading::{PassagePlaces, reading};
use super::story_order::stories_by_outlets;

/// The section.
#[derive(Template)]
#[template(path = "html/articles.html")]
struct Articles {
    quotes: bool,
    listed: Vec<String>,
    readings: Vec<String>,
    all: usize,
    full: bool,
}

/// An article in the list.
#[derive(Template)]
#[template(path = "html/article.html")]
struct Listed<'f> {
    row: ArticleRow<'f>,
    facets: Facets,
    /// Whether its text is shown below, where its anchor is then.
    is_read: bool,
    words: [String; 3],
}

/// Hundredths of what is left that readings may take; the list has the rest.
const READINGS: usize = 70;

/// The section, in corpus order; where not all fit, those of the stories that most outlets report.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let order: Vec<ArticleId> =
        stories_by_outlets(findings).into_iter().flat_map(|story| findings.stories.get(story).articles.iter().copied()).collect();
    let passages = PassagePlaces::new(findings);
    let readable = if context.quotes { &order[..] } else { &[] };
    let mut readings: Vec<(ArticleId, String)> = readable
        .iter()
        .copied()
        .zip(allowance.fill_share(READINGS, readable.iter().map(|&id| reading(findings, id, &passages)))?)
        .collect();
    readings.sort_by_key(|(id, _)| *id);
    let read: BTreeSet<ArticleId> = readings.iter().map(|(id, _)| *id).collect();
    let mut by_id: Vec<Option<ArticleRow<'_>>> = rows(findings).map(Some).collect();
    let listed = allowance.fill(order.iter().filter_map(|&id| {
        let mut facets = Facets::default();
        facets.outlet(findings.corpus.article(id).outlet);
        let row = by_id[id.index()].take()?;
        let words = [row.words_narrator, row.words_indirect, row.words_direct].map(grouped);
        Some(Listed { row, facets, is_read: read.contains(&id), words })
    }))?;
    let mut listed: Vec<(ArticleId, String)> = order.into_iter().zip(listed).collect();
    listed.sort_by_key(|(id, _)| *id);
    Articles {
        quotes: context.quotes,
        listed: listed.into_iter().map(|(_, html)| html).collect(),
        readings: readings.into_iter().map(|(_, html)| html).collect(),
        all: findings.corpus.articles().len(),
        full: findings.settings.text == crate::analysis::settings::TextShown::Full,
    }
    .render()
}

/// What names an outlet, in words.
fn named_by(basis: &str) -> &'static str {
    match basis {
        "declared" => "named on the command line",
        "sheet" => "named in the sheet",
        "head" => "named at the head of the file",
        "field" | "feed" => "named in the record",
        "json_ld" | "open_graph" => "named in the page",
        "host" => "by the address",
        "folder" => "by the folder",
        "dateline" => "by the dateline",
        _ => "its file stands for it",
    }
}
