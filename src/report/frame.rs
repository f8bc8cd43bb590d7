//! The page around the sections: style, script, switches, and a policy that lets only these run.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::analysis::findings::Findings;
use crate::text::count;

use super::clean::clean;
use super::facets::attribute;
use super::section::Section;

/// Style of the page; sections may bring their own.
const STYLES: &[&str] = &[include_str!("style.css"), "\n", include_str!("style_sections.css")];
/// What filters, sorts and walks; without it everything can be read.
const SCRIPT: &str = include_str!("script.js");

/// Bytes from which a browser lays out only what is near: a smaller page opens at once as it is.
const LONG: usize = 1_500_000;

/// The page.
#[derive(Template)]
#[template(path = "html/page.html")]
pub(super) struct Page<'p> {
    title: &'p str,
    tool: &'p str,
    /// Whether article text is shown.
    quotes: bool,
    style: String,
    style_hash: String,
    script: String,
    script_hash: String,
    articles: usize,
    outlets: Vec<&'p str>,
    dated: usize,
    /// Attribute value and title of each category that was found.
    categories: Vec<(String, &'p str)>,
    sections: Vec<(&'static Section, String)>,
    cards: Vec<&'p str>,
}

impl<'p> Page<'p> {
    /// The page of some findings.
    pub(super) fn new(
        findings: &'p Findings<'_>,
        (title, tool): (&'p str, &'p str),
        sections: Vec<(&'static Section, String)>,
        cards: Vec<&'p str>,
    ) -> Self {
        let (style, script) = (clean(&STYLES.concat()), clean(SCRIPT));
        let articles = findings.corpus.articles();
        let least = findings.settings.rates.min_strength;
        let mut categories: Vec<(String, &str)> = Vec::new();
        for category in findings.lexicon.categories() {
            let has = |u: &crate::framing::usage::Usage| findings.lexicon.entry(u.hit.entry).category == category.id;
            if findings.articles.iter().flat_map(|a| &a.usages).any(|u| u.hit.strength >= least && has(u)) {
                categories.push((attribute(&category.id), &category.title));
            }
        }
        Self {
            title,
            tool,
            quotes: findings.settings.text.is_shown(),
            style_hash: hash(&style),
            script_hash: hash(&script),
            style,
            script,
            articles: articles.len(),
            outlets: findings.corpus.outlets().iter().map(|o| o.name.as_str()).collect(),
            dated: articles.iter().filter(|a| a.published_at.is_some()).count(),
            categories,
            sections,
            cards,
        }
    }

    fn is_long(&self) -> bool {
        self.sections.iter().map(|(_, html)| html.len()).sum::<usize>() > LONG
    }

    /// What is known of dates.
    fn dates(&self) -> String {
        match (self.dated, self.articles - self.dated) {
            (0, _) => "dates unknown".to_owned(),
            (_, 0) => "dates known for all".to_owned(),
            (known, unknown) => format!("dates known for {}, unknown for {}", count::grouped(known as u64), count::grouped(unknown as u64)),
        }
    }
}

/// What a content security policy calls a hash of inline text.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STYLES, hash};

    #[test]
    fn hashes_are_those_of_the_standard() {
        // The example of the W3C's Content Security Policy Level 2, section 7.17.2.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn style_and_script_stay_inside_their_elements() {
        let style = STYLES.concat();
        assert!(!style.contains("</") && !style.contains("url(") && !style.contains("@import"));
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        // Links to what is not shown are rewritten on the whole page, and must find nothing in here.
        assert!(!SCRIPT.contains(" href=\"#") && !SCRIPT.contains(" id=\""));
        for loads in ["fetch", "XMLHttpRequest", "import(", "innerHTML", "eval"] {
            assert!(!SCRIPT.contains(loads), "{loads}");
        }
    }

    #[test]
    fn templates_have_no_attribute_that_the_policy_forbids() {
        for entry in std::fs::read_dir("src/report/html").unwrap() {
            let html = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for forbidden in [" style=", " onclick=", " onload=", "<script src", "<link", "javascript:"] {
                assert!(!html.contains(forbidden), "{forbidden} in {html}");
            }
        }
    }
}
