//! What is drawn: one question a chart, each from the rows of a table that is written too.

pub mod rates;
pub mod substitutions;
pub mod theme;

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
    Chart { name: "rates", question: "How often does each outlet use listed wording, in whose voice?", draw: rates::chart },
];
