//! The stories as chapters: which articles report the same event, and what was found when they are laid side by side.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::analysis::findings::Findings;
use crate::framing::substitution::Side;
use crate::id::StoryId;
use crate::tables::stories::{StoryRow, rows};
use crate::text::count;

use super::allowance::Allowance;
use super::context::{Context, names};
use super::facets::Facets;
use super::story_labels::{Called, StoryLabels};
use super::story_order::stories_by_outlets;

/// A chapter.
#[derive(Template)]
#[template(path = "html/story.html")]
struct Chapter<'f> {
    quotes: bool,
    row: StoryRow,
    facets: Facets,
    outlets: String,
    dates: String,
    articles: Vec<Told<'f>>,
    more_articles: usize,
    /// Key, outlets, and how one of them begins.
    passages: Vec<(String, String, String)>,
    /// Those that two outlets have.
    all_passages: usize,
    slots: Vec<Slot<'f>>,
    quotations: Vec<(String, String)>,
    all_quotations: usize,
    called: Vec<Called<'f>>,
}

/// An article of a chapter.
struct Told<'f> {
    id: String,
    outlet: &'f str,
    title: &'f str,
    date: String,
}

/// Two wordings of one place.
struct Slot<'f> {
    passage: String,
    sides: [(&'f str, Cow<'f, str>); 2],
}

/// The section.
#[derive(Template)]
#[template(path = "html/stories.html")]
struct Stories {
    chapters: Vec<String>,
    /// Stories of two outlets or more.
    shared: usize,
    alone: usize,
}

/// Articles, passages, slots, quotations and outlets named in a chapter; characters of a quotation and of the start of a passage.
const ARTICLES: usize = 12;
const PASSAGES: usize = 4;
const SLOTS: usize = 4;
const QUOTATIONS: usize = 3;
const OUTLETS: usize = 6;
const LETTERS: usize = 90;
const START: usize = 60;
/// Most stories for which those of one outlet are shown as well.
const FEW: usize = 20;

/// What belongs to each story, read once.
struct Belongs<'f> {
    passages: BTreeMap<StoryId, Vec<usize>>,
    slots: BTreeMap<StoryId, Vec<Slot<'f>>>,
    quotations: BTreeMap<StoryId, Vec<usize>>,
    labels: StoryLabels<'f>,
}

/// The chapters, those of most outlets first.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let mut by_id: Vec<Option<StoryRow>> = rows(findings).map(Some).collect();
    let shared = by_id.iter().flatten().filter(|row| row.outlets > 1).count();
    let alone = by_id.len() - shared;
    let order = stories_by_outlets(findings).into_iter();
    let order = order.filter(|story| by_id.len() <= FEW || by_id[story.index()].as_ref().is_some_and(|row| row.outlets > 1));
    let order: Vec<StoryId> = order.collect();
    let belongs = belongs(findings, context.quotes);
    let chapters = order.into_iter().filter_map(|story| Some(chapter(findings, story, by_id[story.index()].take()?, &belongs)));
    Stories { chapters: allowance.fill(chapters)?, shared, alone }.render()
}

fn belongs<'f>(findings: &'f Findings<'_>, quotes: bool) -> Belongs<'f> {
    let mut found = Belongs {
        passages: BTreeMap::new(),
        slots: BTreeMap::new(),
        quotations: BTreeMap::new(),
        labels: if quotes { StoryLabels::new(findings) } else { StoryLabels::default() },
    };
    for at in findings.across() {
        findings.story_of_passage(at).into_iter().for_each(|story| found.passages.entry(story).or_default().push(at));
    }
    let side = |side: &Side| (findings.corpus.outlet_of(side.locus.article).name.as_str(), findings.corpus.text(side.locus));
    for slot in findings.telling_substitutions().into_iter().filter(|_| quotes) {
        let Some(story) = findings.story_of_passage(slot.cluster.index()) else { continue };
        let slots = found.slots.entry(story).or_default();
        if slots.len() < SLOTS {
            slots.push(Slot {
                passage: findings.clusters[slot.cluster.index()].key.to_string(),
                sides: [side(&slot.left), side(&slot.right)],
            });
        }
    }
    for (at, group) in findings.quote_groups.iter().enumerate() {
        let outlets: BTreeSet<_> = group.printings.iter().map(|p| findings.corpus.article(p.node.0).outlet).collect();
        if outlets.len() > 1 {
            found.quotations.entry(findings.stories.of(group.base.0)).or_default().push(at);
        }
    }
    found
}

fn chapter<'f>(findings: &'f Findings<'_>, id: StoryId, row: StoryRow, belongs: &Belongs<'f>) -> Chapter<'f> {
    let corpus = findings.corpus;
    let articles = &findings.stories.get(id).articles;
    let outlets: BTreeSet<_> = articles.iter().map(|&id| corpus.article(id).outlet).collect();
    let mut facets = Facets::default();
    outlets.iter().for_each(|&outlet| facets.outlet(outlet));
    let named: Vec<&str> = outlets.iter().map(|&o| corpus.outlet(o).name.as_str()).collect();
    let passages = belongs.passages.get(&id).map_or(&[][..], Vec::as_slice);
    let quotations = belongs.quotations.get(&id).map_or(&[][..], Vec::as_slice);
    let is_shown = findings.settings.text.is_shown();
    let sharers = |at: usize| {
        let outlets: BTreeSet<_> = findings.clusters[at].all().map(|w| w.outlet).collect();
        names(&outlets.iter().map(|&o| corpus.outlet(o).name.as_str()).collect::<Vec<_>>(), 3)
    };
    let begins = |at: usize| match findings.clusters[at].all().next() {
        Some(witness) if is_shown => shortened(&corpus.text(witness.locus), START),
        _ => String::new(),
    };
    let said = |at: usize| {
        let (article, utterance) = findings.quote_groups[at].base;
        let text = corpus.part(article, findings.articles[article.index()].utterances[utterance].content);
        if is_shown { shortened(&text, LETTERS) } else { findings.quote_groups[at].key.to_string() }
    };
    Chapter {
        quotes: is_shown,
        facets,
        outlets: names(&named, OUTLETS),
        dates: match (row.first_date, row.last_date) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            (Some(first), _) => first.to_string(),
            _ => "dates unknown".to_owned(),
        },
        articles: articles
            .iter()
            .take(ARTICLES)
            .map(|&id| Told {
                id: corpus.article(id).key.to_string(),
                outlet: &corpus.outlet_of(id).name,
                title: findings.title(id),
                date: corpus.article(id).published_at.map_or_else(String::new, |date| date.said()),
            })
            .collect(),
        more_articles: articles.len().saturating_sub(ARTICLES),
        passages: passages.iter().take(PASSAGES).map(|&at| (findings.clusters[at].key.to_string(), sharers(at), begins(at))).collect(),
        all_passages: passages.len(),
        slots: belongs.slots.get(&id).into_iter().flatten().map(|s| Slot { passage: s.passage.clone(), sides: s.sides.clone() }).collect(),
        quotations: quotations.iter().take(QUOTATIONS).map(|&at| (findings.quote_groups[at].key.to_string(), said(at))).collect(),
        all_quotations: quotations.len(),
        called: belongs.labels.of(findings, id),
        row,
    }
}

/// A text in quotation marks: its first words, as many as fit, and no mark at its end that belonged to the sentence around it.
fn shortened(text: &str, letters: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ended = |text: &str| text.trim_end_matches([',', ';', ':', ' ']).to_owned();
    let Some((end, _)) = text.char_indices().nth(letters) else { return format!("“{}”", ended(&text)) };
    let (kept, rest) = text.split_at(end);
    // A word is not cut in two, unless it is all there is.
    let whole = if rest.starts_with(' ') { kept } else { kept.rsplit_once(' ').map_or(kept, |(whole, _)| whole) };
    format!("“{}…”", ended(whole))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn what_is_shortened_ends_with_a_word() {
        assert_eq!(shortened("A  red line,", 20), "“A red line”");
        assert_eq!(shortened("the wrong decision", 10), "“the wrong…”");
        assert_eq!(shortened("the wrong decision", 9), "“the wrong…”");
        assert_eq!(shortened("the wrong, decision", 13), "“the wrong…”");
        assert_eq!(shortened("新聞新聞", 2), "“新聞…”");
    }
}
