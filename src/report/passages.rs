//! Shared passages, witnesses side by side, under the stories that they belong to.

use askama::Template;

use crate::tables::passages::{PassageRow, rows};
use crate::text::count;

use super::allowance::Allowance;
use super::chapters::{Chapter, chapters};
use super::context::Context;
use super::passage::Passage;

/// The section.
#[derive(Template)]
#[template(path = "html/passages.html")]
struct Passages {
    chapters: Vec<Chapter>,
    /// Whether a story has a heading of its own.
    is_parted: bool,
    shown: usize,
    all_passages: usize,
    too_common: usize,
    quotes: bool,
}

/// The section of passages, those that differ in listed wording first, then the least likely by chance.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let table: Vec<PassageRow> = rows(findings).collect();
    // What one outlet prints again is no comparison.
    let mut order: Vec<usize> = (0..table.len()).filter(|&i| table[i].outlets > 1).collect();
    order.sort_by(|&a, &b| {
        let framing = |i: usize| table[i].framing_slots == 0;
        framing(a).cmp(&framing(b)).then(table[b].significance.total_cmp(&table[a].significance)).then(a.cmp(&b))
    });
    let stories = findings.stories.all().len();
    let level = if stories > 1 { 4 } else { 3 };
    let shown = allowance.fill(order.iter().map(|&i| Passage::new(findings, i, &table[i], level)))?;
    Passages {
        is_parted: stories > 1,
        shown: shown.len(),
        chapters: chapters(findings, order.iter().map(|&i| findings.story_of_passage(i)).zip(shown)),
        all_passages: order.len(),
        too_common: findings.suppressed.len(),
        quotes: context.quotes,
    }
    .render()
}
