//! One pair of forms in the same slot: what one outlet writes where another writes something else.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::framing::substitution::{DifferenceKind, Side, Substitution};
use crate::tables::substitutions::{SubstitutionRow, rows};

use super::context::voice_word;
use super::facets::Facets;

/// Passages linked from a pair of forms.
const PASSAGES: usize = 4;

/// A pair of forms as shown.
#[derive(Template)]
#[template(path = "html/rung.html")]
pub(super) struct Rung<'f> {
    id: String,
    facets: Facets,
    sides: [Form<'f>; 2],
    times: usize,
    /// Width of its line: more where it stands more often.
    width: usize,
    before: Cow<'f, str>,
    after: Cow<'f, str>,
    passages: Vec<String>,
    pub(super) category: String,
}

/// What one outlet has.
struct Form<'f> {
    outlet: &'f str,
    voice: &'static str,
    language: &'f str,
    text: Cow<'f, str>,
    /// The listed wording that touches it, if any.
    entry: &'f str,
    term: &'f str,
}

/// A pair of forms of two outlets and all places that have it.
struct Pair<'f> {
    first: (SubstitutionRow<'f>, &'f Substitution),
    passages: Vec<String>,
    times: usize,
}

/// The differences in listed wording, equal pairs of two outlets once: those with different listed wording on both sides first, those
/// with the same (other words around it, or a slip of a reading machine) last; then the most frequent, then the shortest.
pub(super) fn rungs<'f>(findings: &'f Findings<'_>) -> Vec<Rung<'f>> {
    let mut pairs: Vec<Pair<'f>> = Vec::new();
    let mut known: BTreeMap<[String; 4], usize> = BTreeMap::new();
    for (row, found) in rows(findings).zip(&findings.substitutions).filter(|(_, s)| s.kind == DifferenceKind::Framing) {
        let key = [row.outlet_a, &row.text_a.0, row.outlet_b, &row.text_b.0].map(str::to_lowercase);
        let at = *known.entry(key).or_insert(pairs.len());
        let passage = row.passage_id.to_string();
        if at == pairs.len() {
            pairs.push(Pair { first: (row, found), passages: Vec::new(), times: 0 });
        }
        let pair = &mut pairs[at];
        pair.times += 1;
        if pair.passages.len() < PASSAGES && pair.passages.last() != Some(&passage) {
            pair.passages.push(passage);
        }
    }
    pairs.sort_by_key(|pair| {
        let row = &pair.first.0;
        let length = row.text_a.0.len() + row.text_b.0.len();
        let entries = match (row.lexicon_id_a, row.lexicon_id_b) {
            (Some(a), Some(b)) if a != b => 0,
            (Some(_), Some(_)) => 2,
            _ => 1,
        };
        (entries, Reverse(pair.times), row.change.0 != "replace", length)
    });
    pairs.into_iter().map(|pair| rung(findings, pair)).collect()
}

fn rung<'f>(findings: &'f Findings<'_>, pair: Pair<'f>) -> Rung<'f> {
    let (row, found) = pair.first;
    let mut facets = Facets::default();
    for side in [found.left, found.right] {
        facets.outlet(findings.corpus.article(side.locus.article).outlet);
        facets.voice(side.voice);
    }
    row.category.iter().for_each(|category| facets.category(category));
    let form = |side: Side| {
        let entry = side.entry.map(|id| findings.lexicon.entry(id));
        Form {
            outlet: &findings.corpus.outlet_of(side.locus.article).name,
            voice: voice_word(side.voice.as_str()),
            language: &findings.corpus.article(side.locus.article).language,
            text: findings.corpus.text(side.locus),
            entry: entry.map_or("", |e| &e.id),
            term: entry.map_or("", |e| e.shown()),
        }
    };
    let title = |id: &str| findings.lexicon.category(id).map_or_else(|| id.to_owned(), |c| c.title.clone());
    Rung {
        id: row.substitution_id.to_string(),
        facets,
        sides: [form(found.left), form(found.right)],
        times: pair.times,
        width: pair.times.ilog2() as usize + 1,
        before: row.before.0,
        after: row.after.0,
        passages: pair.passages,
        category: row.category.map_or_else(String::new, title),
    }
}
