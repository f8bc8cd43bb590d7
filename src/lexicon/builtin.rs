//! The lexicon that Retold ships.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::load::{Lexicon, from_json};

/// The cited guides and studies: `id,title,url,date,note`.
pub const SOURCES: &str = include_str!("../../lexicons/sources.csv");

/// News in plain wording, written for this project: an entry of strength 2 that is found here is too broad.
pub const NEUTRAL_TEXT: &str = include_str!("../../lexicons/en/neutral.txt");

/// A dispute in which wording takes sides.
#[derive(Clone, Debug, Deserialize)]
pub struct Topic {
    /// For people.
    pub title: String,
    /// Its sides by id, with what each is for.
    #[serde(flatten)]
    pub sides: BTreeMap<String, String>,
}

/// The disputes that entries may name in `leans`, by id.
#[must_use]
pub fn topics() -> &'static BTreeMap<String, Topic> {
    static TOPICS: LazyLock<BTreeMap<String, Topic>> =
        LazyLock::new(|| toml::from_str(include_str!("../../lexicons/en/topics.toml")).expect("the shipped topics are tested"));
    &TOPICS
}

/// A cited guide or study.
#[derive(Clone, Debug, Deserialize)]
pub struct Source {
    /// As entries cite it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Where it stands, if it can be read there.
    #[serde(default)]
    pub url: String,
    /// When it was published.
    #[serde(default)]
    pub date: String,
    /// A remark.
    #[serde(default)]
    pub note: String,
}

/// The cited guides and studies by id.
#[must_use]
pub fn sources() -> &'static BTreeMap<String, Source> {
    static LISTED: LazyLock<BTreeMap<String, Source>> = LazyLock::new(|| {
        let rows = csv::Reader::from_reader(SOURCES.as_bytes()).into_deserialize::<Source>().collect::<Result<Vec<_>, _>>();
        rows.expect("the shipped sources are tested").into_iter().map(|source| (source.id.clone(), source)).collect()
    });
    &LISTED
}

/// Names of countries, peoples and faiths, which no entry may be.
#[must_use]
pub fn names() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| name_lists().values().flatten().cloned().collect());
    &NAMES
}

/// The same by list: `countries`, `peoples`, `faiths`.
#[must_use]
pub fn name_lists() -> &'static BTreeMap<String, Vec<String>> {
    static LISTS: LazyLock<BTreeMap<String, Vec<String>>> =
        LazyLock::new(|| toml::from_str(include_str!("../../lexicons/en/names.toml")).expect("the shipped names are tested"));
    &LISTS
}

/// The shipped lexicon as `build.rs` has made it from `lexicons/en/framing/*.toml`.
const FRAMING_JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/framing.json"));

static FRAMING: LazyLock<Lexicon> = LazyLock::new(|| from_json("en/framing 0.2", FRAMING_JSON).expect("the shipped lexicon is tested"));

impl Lexicon {
    /// The shipped English lexicon.
    #[must_use]
    pub fn english_framing() -> &'static Self {
        &FRAMING
    }
}

/// What an entry cites: a guide or study by its id, with the remark after a colon where there is one. `None` where nobody listed it.
#[must_use]
pub fn cited(given: &str) -> Option<(&'static Source, &str)> {
    let known = |name: &str| sources().get(name.trim());
    let with_remark = || given.split_once(':').and_then(|(name, remark)| Some((known(name)?, remark.trim())));
    known(given).map(|source| (source, "")).or_else(with_remark)
}
