//! The lexicon that Retold ships.

use std::sync::LazyLock;

use super::load::Lexicon;

macro_rules! shipped {
    ($($category:literal),+ $(,)?) => {
        /// The shipped files, as `(path, content)`.
        pub const FILES: &[(&str, &str)] = &[$((
            concat!("lexicons/en/framing/", $category, ".toml"),
            include_str!(concat!("../../lexicons/en/framing/", $category, ".toml")),
        )),+];
    };
}

shipped![
    "dehumanising",
    "doubt_marker",
    "emotive_evaluation",
    "euphemism",
    "factive_presupposition",
    "generalisation",
    "identity_appeal",
    "intensifier",
    "intent_motive",
    "label_negative",
    "label_positive",
    "legal_judgement",
    "metaphor_idiom",
    "naming_contested",
    "policy_label",
    "reporting_verb",
    "threat",
    "violence_coercion",
];

/// The cited guides and studies: `id,title,url,date,note`.
pub const SOURCES: &str = include_str!("../../lexicons/sources.csv");

static FRAMING: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::from_toml("en/framing 0.1", FILES.iter().copied()).expect("the shipped lexicon is tested"));

impl Lexicon {
    /// The shipped English lexicon.
    #[must_use]
    pub fn english_framing() -> &'static Self {
        &FRAMING
    }
}
