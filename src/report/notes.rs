//! The numbered notes of a passage: what the list says of each wording that is marked in it.

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::id::EntryId;

use super::places::Places;

/// What the list says of a wording, under the passage that has it.
pub(super) struct Note<'f> {
    pub(super) number: usize,
    pub(super) id: &'f str,
    pub(super) term: &'f str,
    pub(super) category: &'f str,
    pub(super) strength: u8,
    pub(super) neutral: String,
    pub(super) why: &'f str,
    pub(super) contested: &'f str,
    /// Where it stands in the passage.
    pub(super) here: String,
}

/// Entries in order of their first mark, each with the places where it stands.
#[derive(Debug, Default)]
pub(super) struct Notes {
    numbers: BTreeMap<EntryId, (usize, Places)>,
}

impl Notes {
    /// The number of an entry, from 1, and its places to be added to.
    pub(super) fn of(&mut self, entry: EntryId) -> (usize, &mut Places) {
        let next = self.numbers.len() + 1;
        let (number, places) = self.numbers.entry(entry).or_insert_with(|| (next, Places::default()));
        (*number, places)
    }

    /// The notes in order of their numbers.
    pub(super) fn rows<'f>(&self, findings: &'f Findings<'_>) -> Vec<Note<'f>> {
        let mut rows: Vec<Note<'f>> = self.numbers.iter().map(|(&id, (number, places))| note(findings, id, *number, places)).collect();
        rows.sort_by_key(|note| note.number);
        rows
    }
}

fn note<'f>(findings: &'f Findings<'_>, id: EntryId, number: usize, places: &Places) -> Note<'f> {
    let entry = findings.lexicon.entry(id);
    Note {
        number,
        id: &entry.id,
        term: entry.shown(),
        category: findings.lexicon.category(&entry.category).map_or("", |c| c.title.as_str()),
        strength: entry.strength,
        neutral: entry.neutral_said(),
        why: &entry.why,
        contested: &entry.contested,
        here: places.sentence(findings.corpus),
    }
}
