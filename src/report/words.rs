//! Listed wording: how often, in whose words, and every entry with its sentences.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::id::{EntryId, OutletId};
use crate::tables::hits::{HitRow, rows};
use crate::text::count;
use crate::voice::mask::Voice;

use super::allowance::Allowance;
use super::context::{Context, Figure};
use super::facets::Facets;
use super::kwic::Line;
use super::leaning::leaning;
use super::rates_table::rates_table;

/// One entry as shown.
#[derive(Template)]
#[template(path = "html/word.html")]
struct Word<'f> {
    id: &'f str,
    facets: Facets,
    term: &'f str,
    strength: u8,
    neutral: String,
    why: &'f str,
    contested: &'f str,
    counts: String,
    total: usize,
    lines: Vec<Line<'f>>,
}

/// The entries of one category.
struct Group<'f> {
    title: &'f str,
    about: &'f str,
    words: Vec<String>,
}

/// The section.
#[derive(Template)]
#[template(path = "html/words.html")]
struct Words<'c, 'f> {
    charts: Vec<Figure<'c>>,
    strength: u8,
    rates: String,
    groups: Vec<Group<'f>>,
    shown: usize,
    all_words: usize,
    leaning: String,
}

/// How often each outlet has an entry, by voice.
pub(super) type Counts = BTreeMap<OutletId, [usize; 3]>;

/// Most and fewest sentences shown of an entry, and about how many bytes one takes.
const LINES: (usize, usize) = (12, 3);
const LINE_BYTES: usize = 900;
/// Outlets named in the line of an entry; of more it says how many there are.
const NAMED: usize = 4;

/// The section of entries by category and wording; where not all fit, the strong ones and those that most outlets have.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let charts = ["rates", "categories", "positions"].into_iter().filter_map(|name| context.figure(name)).collect();
    let rates = rates_table(findings, allowance)?;
    let leaning = leaning(context, allowance)?;
    let counts = counts(findings);
    let mut order: Vec<EntryId> = counts.keys().copied().collect();
    order.sort_by_key(|&id| (Reverse(findings.lexicon.entry(id).strength), Reverse(counts[&id].len()), id));
    let lines = (allowance.left() / order.len().max(1) / LINE_BYTES).clamp(LINES.1, LINES.0);
    let mut sentences = sentences(findings, &counts, if context.quotes { lines } else { 0 });
    let words = allowance.fill(order.iter().map(|&id| word(findings, id, &counts[&id], sentences.remove(&id).unwrap_or_default())))?;
    let shown = words.len();
    Words {
        charts,
        strength: findings.settings.rates.min_strength,
        rates,
        groups: grouped(findings, order.into_iter().zip(words).collect()),
        shown,
        all_words: counts.len(),
        leaning,
    }
    .render()
}

/// Entries by category and wording, each by name.
fn grouped<'f>(findings: &'f Findings<'_>, mut words: Vec<(EntryId, String)>) -> Vec<Group<'f>> {
    let entry = |id: EntryId| findings.lexicon.entry(id);
    words.sort_by_cached_key(|&(id, _)| (&entry(id).category, entry(id).shown().to_lowercase(), id));
    let mut groups: Vec<Group<'f>> = Vec::new();
    let mut last = None;
    for (id, html) in words {
        let category = entry(id).category.as_str();
        if last != Some(category) {
            let known = findings.lexicon.category(category);
            let (title, about) = known.map_or((category, ""), |c| (c.title.as_str(), c.about.as_str()));
            groups.push(Group { title, about, words: Vec::new() });
        }
        last = Some(category);
        groups.last_mut().into_iter().for_each(|group| group.words.push(html.clone()));
    }
    groups
}

/// How often each outlet has each entry that counts, by voice.
pub(super) fn counts(findings: &Findings<'_>) -> BTreeMap<EntryId, Counts> {
    let mut counts: BTreeMap<EntryId, Counts> = BTreeMap::new();
    for (article, found) in findings.corpus.articles().iter().zip(&findings.articles) {
        for usage in found.usages.iter().filter(|u| u.hit.strength >= findings.settings.rates.min_strength) {
            counts.entry(usage.hit.entry).or_default().entry(article.outlet).or_default()[usage.voice as usize] += 1;
        }
    }
    counts
}

/// Up to so many places of each entry, dealt to its outlets in turn: one that has it often leaves room for those that have it once.
fn sentences<'f>(findings: &'f Findings<'_>, counts: &BTreeMap<EntryId, Counts>, lines: usize) -> BTreeMap<EntryId, Vec<HitRow<'f>>> {
    let mut left: BTreeMap<(EntryId, OutletId), usize> = BTreeMap::new();
    for (&id, outlets) in counts {
        let (mut room, mut dealt) = (lines, 0);
        while room > 0 {
            let takers: Vec<OutletId> =
                outlets.iter().filter(|(_, n)| n.iter().sum::<usize>() > dealt).map(|(&o, _)| o).take(room).collect();
            if takers.is_empty() {
                break;
            }
            room -= takers.len();
            takers.into_iter().for_each(|outlet| *left.entry((id, outlet)).or_default() += 1);
            dealt += 1;
        }
    }
    let mut found: BTreeMap<EntryId, Vec<HitRow<'f>>> = BTreeMap::new();
    for hit in rows(findings).filter(|hit| hit.strength >= findings.settings.rates.min_strength && lines > 0) {
        let place = findings.lexicon.find_id(hit.lexicon_id).zip(findings.corpus.outlet_named(hit.outlet));
        if let Some((entry, outlet)) = place
            && let Some(left) = left.get_mut(&(entry, outlet)).filter(|left| **left > 0)
        {
            *left -= 1;
            found.entry(entry).or_default().push(hit);
        }
    }
    found
}

fn word<'f>(findings: &'f Findings<'_>, id: EntryId, counts: &Counts, hits: Vec<HitRow<'f>>) -> Word<'f> {
    let entry = findings.lexicon.entry(id);
    let mut facets = Facets::default();
    facets.category(&entry.category);
    let mut totals = [0; 3];
    for (&outlet, n) in counts {
        facets.outlet(outlet);
        for voice in Voice::ALL.into_iter().filter(|&v| n[v as usize] > 0) {
            facets.voice(voice);
            totals[voice as usize] += n[voice as usize];
        }
    }
    let named = counts.iter().map(|(&outlet, n)| format!("{} {}", findings.corpus.outlet(outlet).name, by_voice(*n)));
    Word {
        id: &entry.id,
        facets,
        term: entry.shown(),
        strength: entry.strength,
        neutral: entry.neutral_said(),
        why: entry.why.trim_end_matches('.'),
        contested: &entry.contested,
        counts: if counts.len() <= NAMED {
            named.collect::<Vec<_>>().join(", ")
        } else {
            format!("{} outlets: {}", counts.len(), by_voice(totals))
        },
        total: totals.iter().sum(),
        lines: hits.into_iter().map(|hit| Line::of(findings, hit)).collect(),
    }
}

/// `2 own + 1 quoted`: voices beside one another, never one number.
pub(super) fn by_voice(n: [usize; 3]) -> String {
    let said = n.into_iter().zip(["own", "reported", "quoted"]).filter(|(n, _)| *n > 0);
    said.map(|(n, voice)| format!("{n} {voice}")).collect::<Vec<_>>().join(" + ")
}
