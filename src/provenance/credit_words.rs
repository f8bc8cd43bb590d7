//! The words by which news states its sources (`lexicons/en/credits.toml`).

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

type List = HashSet<String>;

/// Word lists; what each is for stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreditWords {
    pub(super) media: List,
    pub(super) media_after: List,
    pub(super) before_media: List,
    pub(super) on_air: List,
    pub(super) modifiers: List,
    pub(super) determiners: List,
    peoples: List,
    pub(super) telling: List,
    pub(super) citing: List,
    pub(super) done_by: List,
    pub(super) asked_by: List,
    pub(super) said_to: List,
    pub(super) spoke_with: List,
    pub(super) spoke_on: List,
    pub(super) stands_in: List,
    pub(super) reports: List,
    pub(super) adverbs: List,
    pub(super) works: List,
    pub(super) roles: List,
    pub(super) business: List,
    pub(super) itself: List,
    pub(super) photo: List,
    pub(super) photo_link: List,
    pub(super) works_of_text: List,
    pub(super) links: List,
    pub(super) many: List,
    pub(super) paper: List,
    pub(super) ambiguous: List,
}

static ENGLISH: LazyLock<CreditWords> =
    LazyLock::new(|| toml::from_str(include_str!("../../lexicons/en/credits.toml")).expect("the shipped file is tested"));

#[rustfmt::skip]
const CALENDAR: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
];

impl CreditWords {
    /// Those of English news. The forms of lines, brackets and marks are much the same in other languages.
    pub(super) fn english() -> &'static Self {
        &ENGLISH
    }

    /// Whether a capitalised word is an adjective of a people: by its ending, else by the list.
    pub(super) fn is_people(&self, word: &str) -> bool {
        let ending = ["ian", "ean", "can", "man", "ish", "ese", "qi", "li", "ti", "ni", "di"].iter().any(|end| word.ends_with(end));
        (word.len() > 4 && ending) || self.peoples.contains(word)
    }

    /// Whether a word names a day or a month.
    pub(super) fn is_calendar(&self, word: &str) -> bool {
        CALENDAR.contains(&word)
    }
}
