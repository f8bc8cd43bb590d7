//! A keyword in its sentence, with whose words it is and where it stands.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::tables::hits::HitRow;

use super::context::voice_word;
use super::facets::Facets;

/// One place in its sentence.
pub(super) struct Line<'f> {
    pub(super) hit: String,
    pub(super) facets: Facets,
    pub(super) outlet: &'f str,
    pub(super) is_own: bool,
    /// Whose words, and what else is to be known before one counts it.
    pub(super) remarks: String,
    pub(super) language: &'f str,
    pub(super) pre: String,
    pub(super) keyword: Cow<'f, str>,
    pub(super) post: String,
    pub(super) article: String,
    pub(super) paragraph: usize,
    pub(super) passage: Option<String>,
    pub(super) source: String,
}

/// Characters of a sentence shown on each side.
const SIDE: usize = 120;

impl<'f> Line<'f> {
    pub(super) fn of(findings: &'f Findings<'_>, hit: HitRow<'f>) -> Self {
        let mut facets = Facets::default();
        facets.category(hit.category);
        facets.voice_code(hit.voice.0);
        findings.corpus.outlet_named(hit.outlet).into_iter().for_each(|outlet| facets.outlet(outlet));
        Self {
            remarks: remarks(&hit),
            hit: hit.hit_id.to_string(),
            facets,
            outlet: hit.outlet,
            is_own: hit.voice.0 == "narrator",
            // Only English articles are searched for listed wording.
            language: "en",
            pre: tail(&hit.pre.0),
            keyword: hit.keyword.0,
            post: head(&hit.post.0),
            article: hit.article_id.to_string(),
            paragraph: hit.paragraph,
            passage: hit.passage_id.map(|key| key.to_string()),
            source: hit.source_link.0,
        }
    }
}

fn remarks(hit: &HitRow<'_>) -> String {
    let mut said = voice_word(hit.voice.0).to_owned();
    if !hit.speaker.0.is_empty() {
        said.push_str(&format!(": {}", hit.speaker.0));
    }
    for (holds, words) in [
        (hit.in_headline, "headline"),
        (hit.scare_quoted, "in quotation marks that quote nobody"),
        (hit.distancing, "doubts what is reported"),
        (hit.negated, "negated"),
    ] {
        if holds {
            said.push_str(&format!(" · {words}"));
        }
    }
    said
}

fn head(text: &str) -> String {
    match text.char_indices().nth(SIDE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}

fn tail(text: &str) -> String {
    match text.char_indices().rev().nth(SIDE) {
        Some((before, c)) => format!("…{}", text.get(before + c.len_utf8()..).unwrap_or("")),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{SIDE, head, tail};

    #[test]
    fn long_sentences_are_cut_in_letters_and_short_ones_not() {
        let long = "ä".repeat(SIDE);
        assert_eq!((head(&long), tail(&long)), (long.clone(), long.clone()));
        let longer = format!("a{long}z");
        assert_eq!(head(&longer), format!("a{}…", "ä".repeat(SIDE - 1)));
        assert_eq!(tail(&longer), format!("…{}z", "ä".repeat(SIDE - 1)));
    }
}
