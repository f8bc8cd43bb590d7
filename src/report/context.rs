//! What every section may ask.

use crate::analysis::findings::Findings;
use crate::charts::Chart;

/// The findings, the drawn charts, and what the page was told.
pub(super) struct Context<'c, 'f> {
    pub(super) findings: &'c Findings<'f>,
    pub(super) charts: &'c [(&'static Chart, String)],
    /// Whether article text is shown.
    pub(super) quotes: bool,
    /// Name and version of the program.
    pub(super) tool: &'c str,
}

/// A chart as a section shows it.
#[derive(askama::Template)]
#[template(path = "html/chart.html")]
pub(super) struct Figure<'c> {
    pub(super) name: &'static str,
    pub(super) question: &'static str,
    pub(super) svg: &'c str,
}

impl<'c> Context<'c, '_> {
    /// A drawn chart by its name; nothing where it was not drawn.
    pub(super) fn figure(&self, name: &str) -> Option<Figure<'c>> {
        let found = self.charts.iter().find(|(chart, _)| chart.name == name);
        found.map(|(chart, svg)| Figure { name: chart.name, question: chart.question, svg })
    }
}

/// A voice in words for people.
pub(super) fn voice_word(voice: &str) -> &'static str {
    match voice {
        "direct" => "quoted",
        "indirect" => "reported",
        _ => "own words",
    }
}

/// Names in a line: of many the first, and how many more.
pub(super) fn names(names: &[&str], most: usize) -> String {
    let said = names.iter().take(most).copied().collect::<Vec<_>>().join(", ");
    if names.len() > most { format!("{said} and {} more", names.len() - most) } else { said }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn many_names_are_the_first_and_a_number() {
        assert_eq!([1, 2, 3].map(|most| names(&["A", "B"], most)), ["A and 1 more", "A, B", "A, B"]);
    }
}
