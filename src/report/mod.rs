//! What is read: one self-contained HTML file, whole without script, with nothing loaded from elsewhere.
//!
//! A section is a file with its templates in `html/`; it shows rows of tables, as many as its share of the page allows, and says how
//! many there are. The templates escape all that is not written here.

mod allowance;
mod annotated;
mod articles;
mod boxed;
mod cards;
mod chapters;
mod clean;
mod context;
mod credits;
mod facets;
mod files;
mod frame;
mod glance;
mod kwic;
mod leaning;
mod lexicon;
mod links;
mod marked;
mod method;
mod names;
mod notes;
mod origins;
mod paraphrases;
mod passage;
mod passages;
mod places;
mod printings;
mod quotes;
mod rates_table;
mod reading;
mod rung;
mod section;
mod slots;
mod speakers;
mod stories;
mod story_labels;
mod story_order;
mod symmetry;
mod told;
mod variants;
mod witnesses;
mod words;
pub mod worksheet;

use std::io;

use askama::Template as _;

use crate::analysis::findings::Findings;
use crate::charts::Chart;

use allowance::Allowance;
use cards::Cards;
use clean::clean;
use context::Context;
use frame::Page;
use section::{Make, Section};

/// What the report is told besides the findings.
#[derive(Clone, Copy, Debug)]
pub struct ReportOptions<'o> {
    /// Its title.
    pub title: &'o str,
    /// Name and version of the program.
    pub tool: &'o str,
}

const fn section(id: &'static str, title: &'static str, share: usize, make: Make) -> Section {
    Section { id, title, share, make }
}

/// The sections in order of the page. Shares add up to a hundred; the articles come last among those that fill what is left.
const SECTIONS: &[Section] = &[
    section("glance", "At a glance", 1, glance::section),
    section("stories", "Stories", 9, stories::section),
    section("passages", "Same passage, side by side", 30, passages::section),
    section("slots", "Same sentence, different words", 4, slots::section),
    section("paraphrases", "The same in other words", 5, paraphrases::section),
    section("words", "Listed wording", 14, words::section),
    section("quotes", "Quotations", 9, quotes::section),
    section("origins", "Where text came from", 7, origins::section),
    section("articles", "Articles", 15, articles::section),
    section("lexicon", "Lexicon used", 4, lexicon::section),
    section("method", "Method and limits", 1, method::section),
    section("files", "Files and how to cite", 1, files::section),
];

/// Writes the report. `charts` are the drawn charts.
///
/// # Errors
/// What the writer says.
pub fn render(
    findings: &Findings<'_>,
    charts: &[(&'static Chart, String)],
    options: &ReportOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let quotes = findings.settings.text.is_shown();
    // The policy of the page lets no style stand in an attribute; the page's own style does what theirs did.
    let charts: Vec<(&'static Chart, String)> = charts.iter().map(|(chart, svg)| (*chart, links::without_styles(svg))).collect();
    let context = Context { findings, charts: &charts, quotes, tool: options.tool };
    let cards = Cards::new(findings).map_err(io::Error::other)?;
    let page = allowance::of_page(findings.corpus.articles().len());
    let drawn = charts.iter().map(|(_, svg)| svg.len()).sum::<usize>() + cards.bytes();
    let mut left_over = 0;
    let mut sections = Vec::new();
    for section in SECTIONS {
        let mut allowance = Allowance::new(page.saturating_sub(drawn) / 100 * section.share + left_over);
        // A template that renders into a string fails only when a value cannot be shown; none of these can fail.
        sections.push((section, (section.make)(&context, &mut allowance).map_err(io::Error::other)?));
        left_over = allowance.left();
    }
    let opened = cards.opened_by(sections.iter().map(|(_, html)| html.as_str()));
    let page = Page::new(findings, (options.title, options.tool), sections, opened);
    let html = page.render().map_err(io::Error::other)?;
    out.write_all(clean(&links::without_dead_links(&html)).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::SECTIONS;

    #[test]
    fn shares_are_those_of_one_page() {
        assert_eq!(SECTIONS.iter().map(|s| s.share).sum::<usize>(), 100);
    }
}
