//! How often each outlet has listed wording, in whose words: the numbers of the chart.

use askama::Template;

use crate::analysis::findings::Findings;
use crate::tables::rates::{RateRow, rows};
use crate::text::count::{self, grouped};

use super::allowance::Allowance;
use super::context::voice_word;
use super::facets::Facets;

#[derive(Template)]
#[template(path = "html/rates_table.html")]
struct RatesTable {
    rows: Vec<String>,
    all: usize,
    articles: u64,
    expected: f64,
}

/// One outlet in one voice.
#[derive(Template)]
#[template(path = "html/rate.html")]
struct Rate<'f> {
    facets: Facets,
    outlet: &'f str,
    voice: &'static str,
    n: u64,
    words: String,
    /// As it sorts: the number of the table.
    sorts: String,
    per_1000: String,
    interval: String,
    interval_use: &'static str,
    articles: u64,
    articles_with: u64,
    enough: bool,
}

/// Hundredths of what the section has left that the table may take.
const SHARE: usize = 25;

/// The table, outlets by name.
pub(super) fn rates_table(findings: &Findings<'_>, allowance: &mut Allowance) -> askama::Result<String> {
    let all = || rows(findings).filter(|row| row.level.0 == "all");
    let settings = &findings.settings.rates;
    RatesTable {
        rows: allowance.fill_share(SHARE, all().map(|row| rate(findings, &row)))?,
        all: all().count(),
        articles: settings.enough_articles,
        expected: settings.enough_expected,
    }
    .render()
}

fn rate<'f>(findings: &Findings<'_>, row: &RateRow<'f>) -> Rate<'f> {
    let mut facets = Facets::default();
    facets.voice_code(row.voice.0);
    findings.corpus.outlet_named(row.outlet).into_iter().for_each(|outlet| facets.outlet(outlet));
    Rate {
        facets,
        outlet: row.outlet,
        voice: voice_word(row.voice.0),
        n: row.n,
        words: grouped(row.words),
        // Too little data takes no part in an order by amount.
        sorts: row.per_1000.filter(|_| row.enough_data).map_or_else(String::new, |rate| format!("{rate:.4}")),
        per_1000: row.per_1000.map_or_else(|| "–".to_owned(), short),
        interval: row.ci_low.zip(row.ci_high).map_or_else(|| "–".to_owned(), |(low, high)| format!("{} to {}", short(low), short(high))),
        interval_use: row.ci_use.0,
        articles: row.articles,
        articles_with: row.articles_with,
        enough: row.enough_data,
    }
}

/// A rate as short as it stays readable.
pub(super) fn short(rate: f64) -> String {
    if rate == 0.0 { "0".to_owned() } else { format!("{rate:.1}") }
}
