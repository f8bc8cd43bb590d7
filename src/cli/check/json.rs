//! The formats for programs of one's own: `json`, one object, and `jsonl`, one object a line.

use retold::corpus::record::Skipped;
use retold::lexicon::entry::{Level, Neutral};
use serde::Serialize;

use super::finding::Finding;
use super::result::{Checked, SCHEMA_VERSION, TOOL, VERSION};

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Listed<'c> {
    name: &'c str,
    entries: usize,
}

/// A finding as JSON tells it. Offsets are code points of the article's text as read, lines and columns those of the file, from
/// 1; a file of many articles has the line of the article and no column.
#[derive(Serialize)]
struct Row<'c> {
    path: &'c str,
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    article: &'c str,
    outlet: &'c str,
    start: usize,
    end: usize,
    lexicon_id: &'c str,
    term: &'c str,
    category: &'c str,
    level: &'static str,
    strength: u8,
    voice: &'static str,
    speaker: &'c str,
    scare_quoted: bool,
    distancing: bool,
    in_headline: bool,
    negated: bool,
    near_name: bool,
    pre: &'c str,
    matched: &'c str,
    post: &'c str,
    why: &'c str,
    neutral: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'c str>,
    message: String,
    fingerprint: String,
}

impl<'c> Row<'c> {
    fn new(finding: &'c Finding<'_>) -> Self {
        let (entry, usage) = (finding.entry, &finding.usage);
        Self {
            path: finding.path,
            line: finding.line,
            column: finding.region.map(|region| region.column),
            end_line: finding.region.map(|region| region.end_line),
            end_column: finding.region.map(|region| region.end_column),
            article: &finding.article.source_id,
            outlet: finding.outlet,
            start: finding.start,
            end: finding.end,
            lexicon_id: &entry.id,
            term: entry.shown(),
            category: &entry.category,
            level: entry.level.as_str(),
            strength: usage.hit.strength,
            voice: usage.voice.as_str(),
            speaker: &finding.speaker,
            scare_quoted: usage.scare_quoted,
            distancing: usage.distancing,
            in_headline: usage.in_headline,
            negated: usage.hit.negated,
            near_name: usage.hit.name.is_some(),
            pre: &finding.pre,
            matched: &finding.matched,
            post: &finding.post,
            why: &entry.why,
            neutral: entry.neutral.iter().map(Neutral::to_string).collect(),
            help_uri: finding.help.as_deref(),
            message: finding.message(),
            fingerprint: finding.fingerprint.to_string(),
        }
    }
}

#[derive(Serialize)]
struct SkippedRow<'c> {
    path: &'c str,
    line: usize,
    reason: &'c str,
}

impl<'c> SkippedRow<'c> {
    fn new(skipped: &'c Skipped) -> Self {
        Self { path: &skipped.path, line: skipped.line, reason: &skipped.reason }
    }
}

#[derive(Serialize)]
struct Counts {
    articles: usize,
    findings: usize,
    note: usize,
    warning: usize,
    error: usize,
    /// Findings that the baseline knows; none of them is among the findings.
    known: usize,
    skipped: usize,
}

impl Counts {
    fn new(checked: &Checked<'_>) -> Self {
        Self {
            articles: checked.corpus.articles().len(),
            findings: checked.findings.len(),
            note: checked.of_level(Level::Note),
            warning: checked.of_level(Level::Warning),
            error: checked.of_level(Level::Error),
            known: checked.known,
            skipped: checked.corpus.skipped().len(),
        }
    }
}

#[derive(Serialize)]
struct Whole<'c> {
    schema_version: u32,
    tool: Tool,
    lexicon: Listed<'c>,
    findings: Vec<Row<'c>>,
    skipped: Vec<SkippedRow<'c>>,
    counts: Counts,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'c> {
    Finding(Box<Row<'c>>),
    Skipped(SkippedRow<'c>),
    Summary { schema_version: u32, tool: Tool, lexicon: Listed<'c>, counts: Counts },
}

fn tool() -> Tool {
    Tool { name: TOOL, version: VERSION }
}

fn listed<'c>(checked: &'c Checked<'_>) -> Listed<'c> {
    Listed { name: &checked.lexicon.name, entries: checked.lexicon.len() }
}

/// One object.
pub(crate) fn json(checked: &Checked<'_>) -> serde_json::Result<String> {
    let whole = Whole {
        schema_version: SCHEMA_VERSION,
        tool: tool(),
        lexicon: listed(checked),
        findings: checked.findings.iter().map(Row::new).collect(),
        skipped: checked.corpus.skipped().iter().map(SkippedRow::new).collect(),
        counts: Counts::new(checked),
    };
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}

/// One object a line.
pub(crate) fn jsonl(checked: &Checked<'_>) -> serde_json::Result<String> {
    let findings = checked.findings.iter().map(|finding| Line::Finding(Box::new(Row::new(finding))));
    let skipped = checked.corpus.skipped().iter().map(|skipped| Line::Skipped(SkippedRow::new(skipped)));
    let summary = Line::Summary { schema_version: SCHEMA_VERSION, tool: tool(), lexicon: listed(checked), counts: Counts::new(checked) };
    let mut out = String::new();
    for line in findings.chain(skipped).chain([summary]) {
        out.push_str(&serde_json::to_string(&line)?);
        out.push('\n');
    }
    Ok(out)
}
