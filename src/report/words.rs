//! Listed wording, entry by entry, with its sentences.

use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::tables::hits::{HitRow, rows};
use crate::voice::mask::Voice;

use super::allowance::Allowance;
use super::context::{Context, Figure, voice_word};
use super::facets::Facets;

/// One entry as shown.
#[derive(Template)]
#[template(path = "html/word.html")]
struct Word<'f> {
    id: &'f str,
    facets: Facets,
    term: &'f str,
    category: &'f str,
    strength: u8,
    neutral: String,
    why: &'f str,
    contested: &'f str,
    sources: String,
    counts: Vec<Count<'f>>,
    total: usize,
    lines: Vec<Line<'f>>,
}

/// How often one outlet has it, by voice.
struct Count<'f> {
    outlet: &'f str,
    narrator: usize,
    reported: usize,
    quoted: usize,
}

/// One place in its sentence.
struct Line<'f> {
    hit: String,
    outlet: &'f str,
    voice: &'static str,
    pre: String,
    keyword: &'f str,
    post: String,
    place: String,
}

/// Sentences shown of an entry.
const LINES: usize = 12;
/// Characters of a sentence shown on each side.
const SIDE: usize = 110;

/// The section.
#[derive(Template)]
#[template(path = "html/words.html")]
struct Words<'c> {
    chart: Option<Figure<'c>>,
    words: Vec<String>,
    all_words: usize,
}

/// The section of entries, in order of category and term.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let mut found: BTreeMap<(&str, &str), Vec<HitRow<'_>>> = BTreeMap::new();
    for hit in rows(findings).filter(|hit| hit.strength >= findings.settings.rates.min_strength) {
        found.entry((hit.category, hit.lexicon_id)).or_default().push(hit);
    }
    let all_words = found.len();
    let words = allowance.fill(found.into_iter().filter_map(|((_, id), hits)| word(findings, id, hits)))?;
    Words { chart: context.figure("rates"), words, all_words }.render()
}

fn word<'f>(findings: &'f Findings<'_>, id: &str, hits: Vec<HitRow<'f>>) -> Option<Word<'f>> {
    let entry = findings.lexicon.find(id)?;
    let mut counts: BTreeMap<&'f str, Count<'f>> = BTreeMap::new();
    let mut facets = Facets::default();
    facets.category(&entry.category);
    for hit in &hits {
        if let Some(voice) = Voice::ALL.into_iter().find(|v| v.as_str() == hit.voice.0) {
            facets.voice(voice);
        }
        if let Some(outlet) = findings.corpus.outlet_named(hit.outlet) {
            facets.outlet(outlet);
        }
        let count = counts.entry(hit.outlet).or_insert(Count { outlet: hit.outlet, narrator: 0, reported: 0, quoted: 0 });
        match hit.voice.0 {
            "direct" => count.quoted += 1,
            "indirect" => count.reported += 1,
            _ => count.narrator += 1,
        }
    }
    Some(Word {
        id: &entry.id,
        facets,
        term: entry.shown(),
        category: findings.lexicon.category(&entry.category).map_or(entry.category.as_str(), |c| c.title.as_str()),
        strength: entry.strength,
        neutral: entry.neutral_line(),
        why: &entry.why,
        contested: &entry.contested,
        sources: entry.sources.join(", "),
        counts: counts.into_values().collect(),
        total: hits.len(),
        lines: hits.into_iter().take(if findings.settings.text.is_shown() { LINES } else { 0 }).map(line).collect(),
    })
}

fn line(hit: HitRow<'_>) -> Line<'_> {
    let place = format!("paragraph {}, line {}", hit.paragraph, hit.line);
    Line {
        hit: hit.hit_id.to_string(),
        outlet: hit.outlet,
        voice: voice_word(hit.voice.0),
        pre: tail(hit.pre.0),
        keyword: hit.keyword.0,
        post: head(hit.post.0),
        place,
    }
}

fn head(text: &str) -> String {
    if text.chars().count() <= SIDE { text.to_owned() } else { format!("{}…", text.chars().take(SIDE).collect::<String>()) }
}

fn tail(text: &str) -> String {
    let count = text.chars().count();
    if count <= SIDE { text.to_owned() } else { format!("…{}", text.chars().skip(count - SIDE).collect::<String>()) }
}
