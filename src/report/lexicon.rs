//! The lexicon as it was used: how evenly it lists, and every entry found with its sources, dissent and place.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::analysis::findings::Findings;
use crate::error::Position;
use crate::id::{EntryId, OutletId};
use crate::lexicon::builtin::cited;
use crate::tables::lexicon::{LexiconRow, rows};
use crate::tables::source_link::is_web;
use crate::text::count::{self, grouped, plural};

use super::allowance::Allowance;
use super::context::Context;
use super::facets::Facets;
use super::symmetry::symmetry;

/// The section.
#[derive(Template)]
#[template(path = "html/lexicon.html")]
struct Lexicon<'f> {
    name: &'f str,
    entries: String,
    symmetry: String,
    shown: Vec<String>,
    all: usize,
}

/// An entry that was found.
#[derive(Template)]
#[template(path = "html/used.html")]
struct Used<'f> {
    row: LexiconRow<'f>,
    neutral: String,
    facets: Facets,
    title: &'f str,
    status: &'f str,
    places: String,
    articles: String,
    sources: Vec<Cited<'f>>,
    place: String,
    /// Whether a place of it counts, so that it stands in the section of listed wording.
    counted: bool,
}

/// What an entry cites.
struct Cited<'f> {
    title: &'f str,
    about: String,
    /// Where it can be read; empty where it cannot.
    url: &'f str,
}

/// The section, entries in order of id.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let symmetry = symmetry(findings, allowance)?;
    let outlets = outlets(findings);
    let all: Vec<LexiconRow<'_>> = rows(findings).collect();
    let count = all.len();
    let shown = allowance.fill(all.into_iter().filter_map(|row| used(findings, row, &outlets)))?;
    Lexicon { name: &findings.lexicon.name, entries: grouped(findings.lexicon.len() as u64), symmetry, shown, all: count }.render()
}

/// The outlets that have an entry, whether one of its places counts, and its places by voice, which are never added up.
type Outlets = BTreeMap<EntryId, (BTreeSet<OutletId>, bool, [usize; 3])>;

fn outlets(findings: &Findings<'_>) -> Outlets {
    let mut found = Outlets::new();
    for (article, here) in findings.corpus.articles().iter().zip(&findings.articles) {
        for usage in &here.usages {
            let (outlets, counts, voices) = found.entry(usage.hit.entry).or_default();
            outlets.insert(article.outlet);
            voices[usage.voice as usize] += 1;
            *counts |= usage.hit.strength >= findings.settings.rates.min_strength;
        }
    }
    found
}

fn used<'f>(findings: &'f Findings<'_>, row: LexiconRow<'f>, outlets: &Outlets) -> Option<Used<'f>> {
    let id = findings.lexicon.find_id(row.lexicon_id)?;
    let entry = findings.lexicon.entry(id);
    let mut facets = Facets::default();
    facets.category(&entry.category);
    let known = outlets.get(&id);
    known.into_iter().flat_map(|(outlets, ..)| outlets).for_each(|&outlet| facets.outlet(outlet));
    Some(Used {
        neutral: entry.neutral_said(),
        facets,
        title: findings.lexicon.category(&entry.category).map_or(entry.category.as_str(), |c| c.title.as_str()),
        status: &entry.status,
        places: known.map_or_else(String::new, |(.., voices)| by_voice(voices)),
        articles: plural(row.articles_with as usize, "article"),
        sources: entry.sources.iter().map(|given| source(given)).collect(),
        place: place(findings.lexicon.position(id)),
        counted: known.is_some_and(|(_, counts, _)| *counts),
        row,
    })
}

/// `2 own, 1 quoted`, without the voices that have none.
fn by_voice(voices: &[usize; 3]) -> String {
    let said = ["own", "reported", "quoted"].into_iter().zip(voices).filter(|(_, n)| **n > 0);
    said.map(|(voice, &n)| format!("{} {voice}", grouped(n as u64))).collect::<Vec<_>>().join(", ")
}

fn source(given: &str) -> Cited<'_> {
    let Some((source, remark)) = cited(given) else { return Cited { title: given, about: String::new(), url: "" } };
    let about = [source.date.as_str(), remark, source.note.as_str()].into_iter().filter(|part| !part.is_empty());
    Cited { title: &source.title, about: about.collect::<Vec<_>>().join("; "), url: if is_web(&source.url) { &source.url } else { "" } }
}

/// File and line of an entry; of a path that leads through somebody's machine the file alone.
fn place(position: &Position) -> String {
    let inside = position.path.is_relative() && position.path.components().all(|c| matches!(c, std::path::Component::Normal(_)));
    let file = if inside { Some(position.path.to_string_lossy()) } else { position.path.file_name().map(|name| name.to_string_lossy()) };
    let file = file.map(|file| file.replace('\\', "/")).unwrap_or_default();
    if position.line > 0 && !file.is_empty() { format!("{file}:{}", position.line) } else { file }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{place, source};
    use crate::error::Position;

    #[test]
    fn voices_stand_apart() {
        assert_eq!(super::by_voice(&[1200, 0, 3]), "1,200 own, 3 quoted");
    }

    #[test]
    fn places_name_no_machine() {
        let at = |path: &str| place(&Position::line(Path::new(path), 12));
        assert_eq!(at("lexicons/en/framing/threat.toml"), "lexicons/en/framing/threat.toml:12");
        assert_eq!(at("/home/somebody/house.csv"), "house.csv:12");
        assert_eq!(at("../../somebody/house.csv"), "house.csv:12");
    }

    #[test]
    fn sources_are_told_in_full_and_unknown_ones_as_given() {
        assert_eq!(source("our own guide").title, "our own guide");
        let known = source("ap-2013: of persons");
        assert_eq!(known.title, "AP Stylebook: changes of April 2013 (immigration)");
        assert!(known.about.starts_with("2013-04; of persons; "), "{}", known.about);
    }
}
