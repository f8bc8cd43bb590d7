//! Note cards: what the list says of a wording, shown beside any mark of it. Each stands once on the page.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::analysis::findings::Findings;
use crate::id::EntryId;
use crate::lexicon::builtin::cited;

use super::places::Places;

/// A card.
#[derive(Template)]
#[template(path = "html/card.html")]
struct Card<'f> {
    id: &'f str,
    term: &'f str,
    category: &'f str,
    strength: u8,
    why: &'f str,
    neutral: String,
    sources: Vec<String>,
    contested: &'f str,
    here: String,
}

/// What a button names to open a card.
const OPENS: &str = " popovertarget=\"card-";

/// Cards of all entries that were found, by the words after which a button names them.
pub(super) struct Cards {
    cards: Vec<String>,
}

impl Cards {
    /// Renders all of them.
    ///
    /// # Errors
    /// What the template says.
    pub(super) fn new(findings: &Findings<'_>) -> askama::Result<Self> {
        let mut found: BTreeMap<EntryId, Places> = BTreeMap::new();
        for (article, findings_of) in findings.corpus.articles().iter().zip(&findings.articles) {
            for usage in findings_of.usages.iter().filter(|u| u.hit.strength >= findings.settings.rates.min_strength) {
                found.entry(usage.hit.entry).or_default().add(usage.voice, article.outlet);
            }
        }
        let cards = found.iter().map(|(&id, places)| card(findings, id, places).render()).collect::<askama::Result<_>>()?;
        Ok(Self { cards })
    }

    /// Bytes of all of them: no page can need more.
    pub(super) fn bytes(&self) -> usize {
        self.cards.iter().map(String::len).sum()
    }

    /// Those that a button on the page opens.
    pub(super) fn opened_by<'h>(&self, sections: impl Iterator<Item = &'h str>) -> Vec<&str> {
        let opened: BTreeSet<&str> =
            sections.flat_map(|html| html.split(OPENS).skip(1).filter_map(|rest| rest.split('"').next())).collect();
        let name = |card: &str| card.split(OPENS).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        self.cards.iter().map(String::as_str).filter(|card| name(card).is_some_and(|name| opened.contains(name.as_str()))).collect()
    }
}

fn card<'f>(findings: &'f Findings<'_>, id: EntryId, places: &Places) -> Card<'f> {
    let entry = findings.lexicon.entry(id);
    let source = |given: &String| cited(given).map_or_else(|| given.clone(), |(source, _)| source.title.clone());
    Card {
        id: &entry.id,
        term: entry.shown(),
        category: findings.lexicon.category(&entry.category).map_or("", |c| c.title.as_str()),
        strength: entry.strength,
        why: &entry.why,
        neutral: entry.neutral_said(),
        sources: entry.sources.iter().map(source).collect(),
        contested: &entry.contested,
        here: places.sentence(findings.corpus),
    }
}
