//! The articles.

use askama::Template;

use crate::tables::articles::{ArticleRow, rows};

use super::allowance::Allowance;
use super::context::Context;

/// Articles listed; the rest stands in the table.
const ARTICLES: usize = 300;

/// The section.
#[derive(Template)]
#[template(path = "html/articles.html")]
struct Articles<'f> {
    articles: Vec<ArticleRow<'f>>,
    all_articles: usize,
}

/// The section of articles, in corpus order.
pub(super) fn section(context: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    Articles { articles: rows(findings).take(ARTICLES).collect(), all_articles: findings.corpus.articles().len() }.render()
}
