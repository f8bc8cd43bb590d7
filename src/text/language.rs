//! What the text floor needs to know of a language, as pure data.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// Word lists of one language, read from `lexicons/LANG/language.toml`; all words folded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: String,
    /// English name of the language.
    pub name: String,
    /// Titles and ranks whose full stop never ends a sentence.
    pub titles: HashSet<String>,
    /// Abbreviations whose full stop ends a sentence only before one of `starters`.
    pub abbreviations: HashSet<String>,
    /// Abbreviations whose full stop does not end a sentence before a number.
    pub numbered: HashSet<String>,
    /// Words that often start a sentence.
    pub starters: HashSet<String>,
    /// Verbs that report speech.
    pub speech_verbs: HashSet<String>,
    /// Words that carry little meaning alone.
    pub stop_words: HashSet<String>,
    /// Ranks and offices that stand before a name.
    pub name_titles: HashSet<String>,
    /// Small words inside names.
    pub name_particles: HashSet<String>,
    /// Words that negate what follows; those in `n't` do so as well.
    pub negations: HashSet<String>,
    /// Short forms with a leading apostrophe.
    pub elisions: HashSet<String>,
    /// Number words and months, to the form in which they are compared.
    pub numbers: HashMap<String, String>,
    /// Nations, their people and adjectives, of one word or two, to one name each.
    pub nations: BTreeMap<String, String>,
}

static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| toml::from_str(include_str!("../../lexicons/en/language.toml")).expect("the shipped language file is tested"));

impl Language {
    /// English as shipped.
    #[must_use]
    pub fn english() -> &'static Self {
        &ENGLISH
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_shipped_file_reads() {
        let english = Language::english();
        assert!(english.titles.contains("gen"));
        assert!(english.stop_words.contains("the"));
    }
}
