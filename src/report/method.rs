//! How it was found, and what the page cannot say.

use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::corpus::furniture::Furniture;
use crate::lexicon::entry::Entry;
use crate::tables::{removed, sensitivity};
use crate::text::count;

use super::allowance::Allowance;
use super::context::Context;
use super::rates_table::short;
use super::words::by_voice;

/// The section.
#[derive(Template)]
#[template(path = "html/method.html")]
struct Method<'f> {
    removed: usize,
    skipped: usize,
    within: usize,
    too_common: usize,
    lexicon: &'f str,
    entries: String,
    /// Whether every entry has reason, source and both examples.
    proven: bool,
    settings: Vec<(&'static str, String)>,
    /// Blocks taken off, by rule.
    rules: Vec<(&'static str, usize)>,
    furniture_kept: bool,
    /// Why runs of words were left out, with how many.
    common: Vec<(&'static str, usize)>,
    sensitivity: Vec<Counted<'f>>,
    all_outlets: usize,
    /// Places with listed wording by voice.
    places: String,
    described: usize,
    inferred: usize,
    others: usize,
    stories: usize,
    undated: usize,
    articles: usize,
    masked: bool,
}

/// An outlet's rate in its own words, with and without reported speech.
struct Counted<'f> {
    outlet: &'f str,
    alone: String,
    with: String,
    change: String,
    enough: bool,
}

/// Outlets whose rates are told both ways here.
const OUTLETS: usize = 40;

/// The section of method and limits.
pub(super) fn section(context: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let (reuse, rates) = (&findings.settings.reuse, &findings.settings.rates);
    Method {
        removed: removed::rows(findings).count(),
        skipped: findings.corpus.skipped().len(),
        within: findings.clusters.len() - findings.across().count(),
        too_common: findings.suppressed.len(),
        lexicon: &findings.lexicon.name,
        entries: count::grouped(findings.lexicon.len() as u64),
        proven: findings.lexicon.entries().all(Entry::is_proven),
        rules: tally(removed::rows(findings).map(|row| removal(row.reason.0))),
        furniture_kept: findings.corpus.furniture() != Furniture::TakeOff,
        common: tally(findings.suppressed.iter().map(|run| commonness(run.reason.as_str()))),
        sensitivity: sensitivity(findings),
        all_outlets: findings.corpus.outlets().len(),
        places: by_voice(places(findings)),
        described: findings.rates.iter().filter(|rate| rate.interval_use().as_str() == "description").count(),
        inferred: findings.rates.iter().filter(|rate| rate.interval_use().as_str() == "inference").count(),
        others: findings.corpus.articles().iter().filter(|article| !article.is_english()).count(),
        stories: findings.stories.all().len(),
        undated: findings.corpus.articles().iter().filter(|article| article.published_at.is_none()).count(),
        articles: findings.corpus.articles().len(),
        masked: findings.corpus.masked().is_some(),
        settings: vec![
            ("words in a run that points to a shared passage", reuse.seed_words.to_string()),
            ("texts above which a run is too common to point anywhere", reuse.max_texts.to_string()),
            ("equal words of a passage, at least", reuse.min_matched.to_string()),
            ("of these, words that carry meaning, at least", reuse.min_content.to_string()),
            ("equal words as a share of aligned words, at least", format!("{:.0} %", reuse.min_identity * 100.0)),
            ("significance of a passage, in nats, at least", format!("{:.1}", reuse.min_significance)),
            (
                "days between two articles that are compared, at most",
                reuse.window_days.map_or_else(|| "any".to_owned(), |days| days.to_string()),
            ),
            ("strength of entries shown and counted, at least", rates.min_strength.to_string()),
            ("articles of an outlet to compare its rates, at least", rates.enough_articles.to_string()),
            ("hits expected to compare a rate, at least", format!("{:.0}", rates.enough_expected)),
        ],
    }
    .render()
}

/// How many of each, by name.
fn tally(names: impl Iterator<Item = &'static str>) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    counts.into_iter().collect()
}

/// Why a block was taken off, in words.
fn removal(reason: &str) -> &'static str {
    match reason {
        "listed_line" => "a line that a list of such lines has",
        "listed_form" => "a line of a listed form, such as “Share on …”",
        "image_credit" => "a picture and its maker",
        "glued_names" => "names of buttons run together",
        "recurring_line" => "a line that the outlet prints in unrelated articles",
        _ => "an end that the outlet prints under unrelated articles",
    }
}

/// Why a run of words is no finding, in words.
fn commonness(reason: &str) -> &'static str {
    match reason {
        "many_texts" => "in too many texts",
        "refrain" => "repeated over and over in one article",
        "common_words" => "common words",
        _ => "a name with its titles",
    }
}

fn sensitivity<'f>(findings: &'f Findings<'_>) -> Vec<Counted<'f>> {
    let rows: Vec<_> = sensitivity::rows(findings).filter(|row| row.level.0 == "all").collect();
    let told = |rate: Option<f64>| rate.map_or_else(|| "–".to_owned(), short);
    let both = rows.chunks(2).filter_map(|pair| match pair {
        [alone, with] => Some(Counted {
            outlet: alone.outlet,
            alone: format!("{} ({})", told(alone.per_1000), alone.n),
            with: format!("{} ({})", told(with.per_1000), with.n),
            change: with.change.map_or_else(|| "–".to_owned(), |change| format!("{change:+.1}")),
            enough: alone.enough_data && with.enough_data,
        }),
        _ => None,
    });
    both.take(OUTLETS).collect()
}

/// Places with listed wording, by voice.
fn places(findings: &Findings<'_>) -> [usize; 3] {
    let mut found = [0; 3];
    let usages = findings.articles.iter().flat_map(|article| &article.usages);
    usages.filter(|u| u.hit.strength >= findings.settings.rates.min_strength).for_each(|u| found[u.voice as usize] += 1);
    found
}
