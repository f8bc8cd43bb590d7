//! Listed wording, entry by entry, with its sentences.

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::tables::hits::{HitRow, rows};

use super::passages::voice_word;

/// One entry as shown.
pub(super) struct Word<'f> {
    pub(super) id: &'f str,
    pub(super) term: &'f str,
    pub(super) category: &'f str,
    pub(super) strength: u8,
    pub(super) neutral: String,
    pub(super) why: &'f str,
    pub(super) contested: &'f str,
    pub(super) sources: String,
    pub(super) counts: Vec<Count<'f>>,
    pub(super) total: usize,
    pub(super) lines: Vec<Line<'f>>,
}

/// How often one outlet has it, by voice.
pub(super) struct Count<'f> {
    pub(super) outlet: &'f str,
    pub(super) narrator: usize,
    pub(super) reported: usize,
    pub(super) quoted: usize,
}

/// One place in its sentence.
pub(super) struct Line<'f> {
    pub(super) hit: String,
    pub(super) outlet: &'f str,
    pub(super) voice: &'static str,
    pub(super) pre: String,
    pub(super) keyword: &'f str,
    pub(super) post: String,
    pub(super) place: String,
}

/// Entries shown; the rest stands in the tables.
pub(super) const SHOWN: usize = 150;
/// Sentences shown of an entry.
const LINES: usize = 12;
/// Characters of a sentence shown on each side.
const SIDE: usize = 110;

/// Entries in order of category and term, with the number of all.
pub(super) fn words<'f>(findings: &'f Findings<'_>) -> (Vec<Word<'f>>, usize) {
    let mut found: BTreeMap<(&'f str, &'f str), Vec<HitRow<'f>>> = BTreeMap::new();
    for hit in rows(findings).filter(|hit| hit.strength >= findings.settings.rates.min_strength) {
        found.entry((hit.category, hit.lexicon_id)).or_default().push(hit);
    }
    let all = found.len();
    let shown = found.into_iter().take(SHOWN).filter_map(|((_, id), hits)| word(findings, id, hits));
    (shown.collect(), all)
}

fn word<'f>(findings: &'f Findings<'_>, id: &str, hits: Vec<HitRow<'f>>) -> Option<Word<'f>> {
    let entry = findings.lexicon.find(id)?;
    let mut counts: BTreeMap<&'f str, Count<'f>> = BTreeMap::new();
    for hit in &hits {
        let count = counts.entry(hit.outlet).or_insert(Count { outlet: hit.outlet, narrator: 0, reported: 0, quoted: 0 });
        match hit.voice.0 {
            "direct" => count.quoted += 1,
            "indirect" => count.reported += 1,
            _ => count.narrator += 1,
        }
    }
    Some(Word {
        id: &entry.id,
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
