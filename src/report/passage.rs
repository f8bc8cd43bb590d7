//! One shared passage: its texts side by side where there are two, and one text with all readings where there are more.

use askama::Template;

use crate::analysis::findings::Findings;
use crate::tables::passages::PassageRow;
use crate::text::count;

use super::facets::Facets;
use super::names::Names;
use super::notes::{Note, Notes};
use super::told;
use super::variants::{Place, places};
use super::witnesses::{LOOKED_AT, Printing, printings, tellers};

/// Texts shown in full; the readings of the others stand in the list.
const TEXTS: usize = 12;
/// Outlets in a heading.
const OUTLETS: usize = 6;

/// One passage as shown.
#[derive(Template)]
#[template(path = "html/passage.html")]
pub(super) struct Passage<'f> {
    id: String,
    facets: Facets,
    /// Level of its heading.
    level: u8,
    outlets: Vec<&'f str>,
    more_outlets: usize,
    likeness: String,
    origin: String,
    printings: Vec<Printing<'f>>,
    /// Which of them is shown first.
    base: usize,
    /// Texts that are not shown in full.
    more_texts: usize,
    /// Witnesses that were not laid side by side.
    more_witnesses: usize,
    places: Vec<Place<'f>>,
    more_places: usize,
    notes: Vec<Note<'f>>,
}

impl<'f> Passage<'f> {
    /// The passage at a position, whose row is `row`, under a heading of that level.
    pub(super) fn new(findings: &'f Findings<'_>, at: usize, row: &PassageRow, level: u8) -> Self {
        let (corpus, cluster, collation) = (findings.corpus, &findings.clusters[at], &findings.collations[at]);
        let (mut notes, mut facets) = (Notes::default(), Facets::default());
        let outlets: std::collections::BTreeSet<_> = cluster.all().map(|w| w.outlet).collect();
        outlets.iter().for_each(|&outlet| facets.outlet(outlet));
        let names = Names::of(findings, cluster);
        let mut printings = printings(findings, (cluster, &names), collation, &mut notes, &mut facets);
        let quotes = findings.settings.text.is_shown();
        let many = quotes && printings.len() > 2;
        let places = if many { places(findings, (cluster, &names), collation, &mut notes) } else { Vec::new() };
        let more_texts = printings.len().saturating_sub(TEXTS);
        let beyond = cluster.witnesses.len().saturating_sub(LOOKED_AT);
        printings.truncate(TEXTS);
        Self {
            id: cluster.key.to_string(),
            facets,
            level,
            outlets: outlets.iter().take(OUTLETS).map(|&id| corpus.outlet(id).name.as_str()).collect(),
            more_outlets: outlets.len().saturating_sub(OUTLETS),
            likeness: told::likeness(row),
            origin: told::origin(findings, at, row),
            base: printings.iter().position(|p| p.is_base).unwrap_or(0),
            printings,
            more_texts,
            more_witnesses: (0..beyond).map(|w| tellers(cluster, LOOKED_AT + w).count()).sum(),
            more_places: if many { collation.places() - places.len() } else { 0 },
            places,
            notes: if quotes { notes.rows(findings) } else { Vec::new() },
        }
    }

    /// Whether its texts are shown one at a time.
    fn is_many(&self) -> bool {
        self.printings.len() > 2
    }
}
