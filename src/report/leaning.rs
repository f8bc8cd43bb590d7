//! Which words lean to one outlet or another, by the outlets' own words only.

use askama::Template;

use crate::tables::keyness::rows;
use crate::text::count::{self, grouped, plural};

use super::allowance::Allowance;
use super::context::{Context, Figure};

#[derive(Template)]
#[template(path = "html/leaning.html")]
struct Leaning<'c> {
    chart: Option<Figure<'c>>,
    /// Why there is nothing to show; empty where there is.
    not_run: String,
    too_few: usize,
    pairs: usize,
    compared: usize,
    same_stories: bool,
    words: Vec<String>,
    all: usize,
}

/// One word in two outlets.
#[derive(Template)]
#[template(path = "html/leaning_word.html")]
struct LeaningWord<'f> {
    outlet_a: &'f str,
    outlet_b: &'f str,
    word: &'f str,
    n_a: u64,
    words_a: String,
    n_b: u64,
    words_b: String,
    more_in: &'f str,
    q: String,
}

/// Hundredths of what the section has left.
const SHARE: usize = 15;

pub(super) fn leaning(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let fewest = findings.settings.keyness.as_ref().map_or(0, |s| s.outlets.articles);
    let too_few = findings.keyness.as_ref().map_or(0, |k| k.too_few);
    let pairs = findings.keyness.as_ref().map_or(0, |k| k.contrasts.len());
    let not_run = match &findings.keyness {
        None => format!("Not compared in this run of {}; --keyness on asks for it.", plural(findings.corpus.articles().len(), "article")),
        Some(_) if pairs == 0 => {
            let of = plural(findings.corpus.outlets().len(), "outlet");
            format!("Not compared: that takes two outlets with {fewest} articles each, and {too_few} of {of} have fewer.")
        }
        Some(_) => String::new(),
    };
    let tested = || rows(findings).filter(|row| row.enough_data);
    let leans = || tested().filter(|row| !matches!(row.more_in, "" | "neither"));
    let words = allowance.fill_share(
        SHARE,
        leans().map(|row| LeaningWord {
            outlet_a: row.outlet_a,
            outlet_b: row.outlet_b.unwrap_or("all others"),
            word: row.feature,
            n_a: row.n_a,
            words_a: grouped(row.words_a),
            n_b: row.n_b,
            words_b: grouped(row.words_b),
            more_in: row.more_in,
            q: row.q.map_or_else(String::new, |q| if q < 0.001 { "< 0.001".to_owned() } else { format!("{q:.3}") }),
        }),
    )?;
    Leaning {
        chart: context.figure("keyness"),
        not_run,
        too_few,
        pairs,
        compared: tested().count(),
        same_stories: tested().next().is_none_or(|row| row.basis.0 == "same_stories"),
        words,
        all: leans().count(),
    }
    .render()
}
