//! What is drawn: one question a chart, each from the rows of a table that is written too.

pub mod canvas;
pub mod categories;
pub mod keyness;
pub mod label;
#[cfg(feature = "png")]
pub mod png;
pub mod positions;
pub mod preference;
pub mod quotes;
pub mod rates;
mod ribbon;
pub mod scale;
pub mod sharing;
pub mod shown;
pub mod substitutions;
pub mod theme;
pub mod timeline;

use crate::analysis::findings::Findings;
use crate::error::Result;

/// A chart: its file stem, which is that of its table, the question it answers, and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// File stem in `charts/`; the table of the same stem holds its rows.
    pub name: &'static str,
    /// What it answers.
    pub question: &'static str,
    /// Draws it as SVG.
    pub draw: fn(&Findings<'_>) -> Result<String>,
}

/// All charts.
pub const CHARTS: &[Chart] = &[
    Chart {
        name: "substitutions",
        question: "What does one outlet write where another writes something else?",
        draw: substitutions::chart,
    },
    Chart { name: "preference", question: "Which form does each outlet choose, given the same sentence?", draw: preference::chart },
    Chart { name: "rates", question: "How often does each outlet use listed wording, in whose voice?", draw: rates::chart },
    Chart { name: "categories", question: "Which category of listed wording where?", draw: categories::chart },
    Chart { name: "positions", question: "Where in the article does listed wording stand?", draw: positions::chart },
    Chart { name: "keyness", question: "Which words lean to one outlet or another?", draw: keyness::chart },
    Chart { name: "quotes", question: "What happened to the quotation?", draw: quotes::chart },
    Chart { name: "sharing", question: "Who shares text with whom?", draw: sharing::chart },
    Chart { name: "timeline", question: "When was it published, and what points to what came before?", draw: timeline::chart },
];
