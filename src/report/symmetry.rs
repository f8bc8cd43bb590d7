//! How many entries the list has, of each category and for each side of a dispute, beside how often outlets have them: a list that
//! names the wording of one side only shows itself.

use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::id::{EntryId, OutletId};
use crate::lexicon::balance::balance;

use super::allowance::Allowance;
use super::words::{by_voice, counts};

#[derive(Template)]
#[template(path = "html/symmetry.html")]
struct Symmetry<'f> {
    strength: u8,
    /// Outlets that have a column; none where they are too many.
    outlets: Vec<&'f str>,
    too_many: usize,
    categories: Vec<String>,
    sides: Vec<String>,
}

/// A category or a side of a dispute.
#[derive(Template)]
#[template(path = "html/side.html")]
struct Side {
    name: String,
    about: String,
    listed: usize,
    found: usize,
    /// By outlet, or of all where outlets have no columns.
    hits: Vec<String>,
}

/// Most outlets with a column of their own.
const COLUMNS: usize = 8;

pub(super) fn symmetry(findings: &Findings<'_>, allowance: &mut Allowance) -> askama::Result<String> {
    let corpus = findings.corpus;
    let strength = findings.settings.rates.min_strength;
    let counts = counts(findings);
    let few = corpus.outlets().len() <= COLUMNS;
    let side = |name: String, about: &str, entries: Vec<EntryId>| {
        let mut by: BTreeMap<OutletId, [usize; 3]> = BTreeMap::new();
        for (&outlet, n) in entries.iter().filter_map(|id| counts.get(id)).flatten() {
            let sum = by.entry(outlet).or_default();
            sum.iter_mut().zip(n).for_each(|(sum, n)| *sum += n);
        }
        let said = |n: [usize; 3]| if n == [0; 3] { "–".to_owned() } else { by_voice(n) };
        let all = by.values().fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        let hits = if few {
            (0..corpus.outlets().len()).map(|o| said(by.get(&OutletId::new(o)).copied().unwrap_or_default())).collect()
        } else {
            vec![format!("{} in {} outlets", said(all), by.len())]
        };
        Side {
            name,
            about: about.to_owned(),
            listed: entries.len(),
            found: entries.iter().filter(|id| counts.contains_key(id)).count(),
            hits,
        }
    };
    let mut listed: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (at, entry) in findings.lexicon.entries().enumerate().filter(|(_, entry)| entry.strength >= strength) {
        listed.entry(&entry.category).or_default().push(EntryId::new(at));
    }
    let title = |id: &str| findings.lexicon.category(id).map_or_else(|| id.to_owned(), |c| c.title.clone());
    let categories = allowance.fill_share(40, listed.into_iter().map(|(id, entries)| side(title(id), "", entries)))?;
    let strong = |id: &EntryId| findings.lexicon.entry(*id).strength >= strength;
    let disputes = balance(findings.lexicon)
        .into_iter()
        .filter(|topic| topic.sides.iter().any(|s| s.entries.iter().any(|id| counts.contains_key(id))));
    let sides = disputes.flat_map(|topic| {
        let title = topic.title;
        let of = topic.sides.into_iter().map(move |s| (format!("{title}: {}", s.side), s.about, s.entries));
        of.collect::<Vec<_>>()
    });
    let sides =
        allowance.fill_share(40, sides.map(|(name, about, entries)| side(name, &about, entries.into_iter().filter(strong).collect())))?;
    Symmetry {
        strength,
        outlets: if few { corpus.outlets().iter().map(|o| o.name.as_str()).collect() } else { Vec::new() },
        too_many: if few { 0 } else { corpus.outlets().len() },
        categories,
        sides,
    }
    .render()
}
