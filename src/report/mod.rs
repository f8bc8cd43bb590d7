//! What is read: one self-contained HTML file, whole without script, with nothing loaded from elsewhere.
//!
//! Each section prepares what it shows; the template escapes all of it.

mod glance;
mod marked;
mod paraphrases;
mod passages;
mod words;

use std::io;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::charts::Chart;
use crate::lexicon::entry::Entry;
use crate::tables::articles::{ArticleRow, rows as article_rows};
use crate::tables::removed::rows as removed_rows;
use crate::tables::{TABLES, When};
use crate::text::count;

use glance::Sentence;
use passages::Passage;
use words::Word;

/// What the report is told besides the findings.
#[derive(Clone, Copy, Debug)]
pub struct ReportOptions<'o> {
    /// Its title.
    pub title: &'o str,
    /// Name and version of the program.
    pub tool: &'o str,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'p, 'f> {
    title: &'p str,
    tool: &'p str,
    /// Whether article text is shown.
    quotes: bool,
    style: &'static str,
    glance: Vec<Sentence>,
    passages: Vec<Passage<'f>>,
    all_passages: usize,
    within: usize,
    paraphrases: Vec<paraphrases::Shown<'f>>,
    all_paraphrases: usize,
    looked_for_paraphrases: bool,
    words: Vec<Word<'f>>,
    all_words: usize,
    charts: Vec<(&'static str, &'static str, &'p str)>,
    articles: Vec<ArticleRow<'f>>,
    all_articles: usize,
    removed: usize,
    skipped: usize,
    lexicon: &'f str,
    entries: usize,
    /// Whether every entry has reason, source and both examples.
    proven: bool,
    too_common: u64,
    tables: Vec<(&'static str, &'static str)>,
    settings: Vec<(&'static str, String)>,
}

/// HTML without what it forbids or what would turn the direction of all that follows.
fn clean(html: &str) -> String {
    let forbidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    html.chars().filter(|&c| !turns(c) && c != '\r').map(|c| if forbidden(c) { '\u{FFFD}' } else { c }).collect()
}

/// Articles listed; the rest stands in the table.
const ARTICLES: usize = 300;

/// Writes the report. `charts` are the drawn charts.
///
/// # Errors
/// What the writer says.
pub fn render(
    findings: &Findings<'_>,
    charts: &[(&Chart, String)],
    options: &ReportOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (words, all_words) = words::words(findings);
    let reuse = &findings.settings.reuse;
    let page = Page {
        title: options.title,
        tool: options.tool,
        quotes: findings.settings.text.is_shown(),
        style: include_str!("style.css"),
        glance: glance::sentences(findings),
        passages: passages::passages(findings),
        all_passages: findings.across().count(),
        within: findings.clusters.len() - findings.across().count(),
        paraphrases: paraphrases::paraphrases(findings),
        all_paraphrases: findings.paraphrases.len(),
        looked_for_paraphrases: findings.settings.paraphrase.is_some(),
        words,
        all_words,
        charts: charts.iter().map(|(chart, svg)| (chart.name, chart.question, svg.as_str())).collect(),
        articles: article_rows(findings).take(ARTICLES).collect(),
        all_articles: findings.corpus.articles().len(),
        removed: removed_rows(findings).count(),
        skipped: findings.corpus.skipped().len(),
        lexicon: &findings.lexicon.name,
        entries: findings.lexicon.len(),
        proven: findings.lexicon.entries().all(Entry::is_proven),
        too_common: findings.suppressed.len() as u64,
        tables: TABLES.iter().filter(|t| t.when == When::Always).map(|t| (t.name, t.about)).collect(),
        settings: vec![
            ("words in a run that points to a shared passage", reuse.seed_words.to_string()),
            ("texts above which a run is too common to point anywhere", reuse.max_texts.to_string()),
            ("equal words of a passage, at least", reuse.min_matched.to_string()),
            ("of these, words that carry meaning, at least", reuse.min_content.to_string()),
            ("equal words as a share of aligned words, at least", format!("{:.0} %", reuse.min_identity * 100.0)),
            ("significance of a passage, in nats, at least", format!("{:.1}", reuse.min_significance)),
            ("strength of entries shown and counted, at least", findings.settings.rates.min_strength.to_string()),
            ("articles of an outlet to compare its rates, at least", findings.settings.rates.enough_articles.to_string()),
            ("hits expected to compare a rate, at least", format!("{:.0}", findings.settings.rates.enough_expected)),
        ],
    };
    // A template that renders into a string fails only when a value cannot be shown; none of these can fail.
    let html = page.render().map_err(io::Error::other)?;
    out.write_all(clean(&html).as_bytes())
}
