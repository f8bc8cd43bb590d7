//! How it was found, and what the page cannot say.

use askama::Template;

use crate::lexicon::entry::Entry;
use crate::tables::removed;
use crate::text::count;

use super::allowance::Allowance;
use super::context::Context;

/// The section.
#[derive(Template)]
#[template(path = "html/method.html")]
struct Method<'f> {
    removed: usize,
    skipped: usize,
    within: usize,
    too_common: usize,
    lexicon: &'f str,
    entries: usize,
    /// Whether every entry has reason, source and both examples.
    proven: bool,
    settings: Vec<(&'static str, String)>,
}

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
        entries: findings.lexicon.len(),
        proven: findings.lexicon.entries().all(Entry::is_proven),
        settings: vec![
            ("words in a run that points to a shared passage", reuse.seed_words.to_string()),
            ("texts above which a run is too common to point anywhere", reuse.max_texts.to_string()),
            ("equal words of a passage, at least", reuse.min_matched.to_string()),
            ("of these, words that carry meaning, at least", reuse.min_content.to_string()),
            ("equal words as a share of aligned words, at least", format!("{:.0} %", reuse.min_identity * 100.0)),
            ("significance of a passage, in nats, at least", format!("{:.1}", reuse.min_significance)),
            ("strength of entries shown and counted, at least", rates.min_strength.to_string()),
            ("articles of an outlet to compare its rates, at least", rates.enough_articles.to_string()),
            ("hits expected to compare a rate, at least", format!("{:.0}", rates.enough_expected)),
        ],
    }
    .render()
}
