//! The same sentence in different words.

use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::framing::substitution::DifferenceKind;
use crate::measure::preference::ENOUGH_CHANCES;
use crate::text::count::{self, plural};

use super::allowance::Allowance;
use super::context::{Context, Figure};
use super::rung::{Rung, rungs};

/// The section.
#[derive(Template)]
#[template(path = "html/slots.html")]
struct Slots<'c> {
    quotes: bool,
    /// Pairs of forms by the title of their category.
    categories: Vec<(String, Vec<String>)>,
    shown: usize,
    all: usize,
    /// Places that differ in listed wording.
    places: usize,
    ladder: Option<Figure<'c>>,
    preference: Option<Figure<'c>>,
    chances: String,
    /// Differences of other kinds, counted.
    others: Vec<(&'static str, String)>,
}

/// The section of slots: the pairs of forms, the ladder that draws them, and which form each outlet chose.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let found: Vec<Rung<'_>> = if context.quotes { rungs(findings) } else { Vec::new() };
    let all = found.len();
    let titles: Vec<String> = found.iter().map(|rung| rung.category.clone()).collect();
    let shown = allowance.fill(found)?;
    let mut categories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let shown_pairs = shown.len();
    for (title, rung) in titles.into_iter().zip(shown) {
        categories.entry(title).or_default().push(rung);
    }
    let counted = |kind: DifferenceKind| findings.substitutions.iter().filter(|s| s.kind == kind).count();
    let others = [
        ("other words", DifferenceKind::Wording),
        ("names", DifferenceKind::Name),
        ("numbers", DifferenceKind::Number),
        ("small words", DifferenceKind::Function),
        ("spelling and signs", DifferenceKind::Punctuation),
    ];
    Slots {
        quotes: context.quotes,
        categories: categories.into_iter().collect(),
        shown: shown_pairs,
        all,
        places: counted(DifferenceKind::Framing),
        ladder: context.figure("substitutions"),
        preference: context.figure("preference"),
        chances: chances(findings),
        others: others
            .map(|(what, kind)| (what, counted(kind)))
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(what, n)| (what, count::grouped(n as u64)))
            .collect(),
    }
    .render()
}

/// What the choices between listed and other wording rest on; empty where there is no choice.
fn chances(findings: &Findings<'_>) -> String {
    let rows = &findings.preferences;
    if rows.is_empty() {
        return String::new();
    }
    let enough = rows.iter().filter(|p| p.chances >= ENOUGH_CHANCES).count();
    format!(
        "Event and sentence are held constant here, so that only the choice of words differs. {enough} of {} {} on at least {}; for the others there is too little data to compare.",
        plural(rows.len(), "choice"),
        if enough == 1 { "rests" } else { "rest" },
        plural(ENOUGH_CHANCES as usize, "chance")
    )
}
