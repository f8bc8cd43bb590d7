//! The files beside the page, and how to cite it.

use askama::Template;

use crate::tables::{TABLES, When};

use super::allowance::Allowance;
use super::context::Context;

/// The section.
#[derive(Template)]
#[template(path = "html/files.html")]
struct Files<'c> {
    tables: Vec<(&'static str, &'static str)>,
    charts: Vec<(&'static str, &'static str)>,
    quotes: bool,
    lexicon: &'c str,
    tool: &'c str,
}

/// The section of files.
pub(super) fn section(context: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    let tables = TABLES.iter().filter(|t| t.when == When::Always).map(|t| (t.name, t.about)).collect();
    let charts = context.charts.iter().map(|(chart, _)| (chart.name, chart.question)).collect();
    Files { tables, charts, quotes: context.quotes, lexicon: &context.findings.lexicon.name, tool: context.tool }.render()
}
