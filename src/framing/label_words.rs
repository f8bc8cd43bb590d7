//! Words by which labels and names are told, by token: a look into a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;
use crate::lexicon::builtin::name_lists;
use crate::text::language::Language;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordData {
    address: Vec<String>,
    ranks: Vec<String>,
    offices: Vec<String>,
    persons: Vec<String>,
    groups: Vec<String>,
    after_name: Vec<String>,
    places: Vec<String>,
    modifiers: Vec<String>,
    verbs: Vec<String>,
    place_words: Vec<String>,
    not_names: Vec<String>,
    things: Vec<String>,
    portfolios: Vec<String>,
}

static ENGLISH: LazyLock<WordData> =
    LazyLock::new(|| toml::from_str(include_str!("../../lexicons/en/labels.toml")).expect("the shipped file is tested"));

/// What a word can be to a label, as bits; a word can be several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u16);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)+) => {
        impl Kinds {
            $($(#[$doc])* pub const $name: Kinds = Kinds(1 << $bit);)+
        }
    };
}

kinds! {
    /// A form of address.
    ADDRESS = 0;
    /// A rank before a name.
    RANK = 1;
    /// An office before a name.
    OFFICE = 2;
    /// Says what a person is.
    PERSON = 3;
    /// Says what a group is.
    GROUP = 4;
    /// May follow the name that it describes.
    AFTER_NAME = 5;
    /// Says what a place is.
    PLACE = 6;
    /// Stands before such a noun without an article.
    MODIFIER = 7;
    /// Looks like nothing but a verb.
    VERB = 8;
    /// Opens a name of a place.
    PLACE_WORD = 9;
    /// With a capital and no name worth labels.
    NOT_NAME = 10;
    /// A people or a faith.
    PEOPLE = 11;
    /// A country.
    COUNTRY = 12;
    /// A small word inside names.
    PARTICLE = 13;
    /// Ends the name of a thing.
    THING = 14;
    /// What a minister is a minister of.
    PORTFOLIO = 15;
}

impl Kinds {
    /// Whether some bit of `other` is set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// With the bits of `other` as well.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// A noun that a label can end in.
    pub const HEAD: Kinds = Self::PERSON.with(Self::GROUP).with(Self::PLACE).with(Self::OFFICE);
    /// Stands before a name and is no part of it.
    pub const TITLE: Kinds = Self::ADDRESS.with(Self::RANK).with(Self::OFFICE);
}

/// The words of a language by the token ids of one vocabulary.
#[derive(Debug)]
pub struct LabelWords {
    kinds: Vec<Kinds>,
}

impl LabelWords {
    /// English as shipped: looks every word up once.
    #[must_use]
    pub fn english(vocabulary: &Vocabulary) -> Self {
        let mut kinds = vec![Kinds::default(); vocabulary.len()];
        let mut add = |word: &str, kind: Kinds| {
            if let Some(id) = vocabulary.find(word) {
                kinds[id.index()] = kinds[id.index()].with(kind);
            }
        };
        let data = &*ENGLISH;
        let lists: [(&[String], Kinds); 13] = [
            (&data.address, Kinds::ADDRESS),
            (&data.ranks, Kinds::RANK),
            (&data.offices, Kinds::OFFICE),
            (&data.persons, Kinds::PERSON),
            (&data.groups, Kinds::GROUP),
            (&data.after_name, Kinds::AFTER_NAME),
            (&data.places, Kinds::PLACE),
            (&data.modifiers, Kinds::MODIFIER),
            (&data.verbs, Kinds::VERB),
            (&data.place_words, Kinds::PLACE_WORD),
            (&data.not_names, Kinds::NOT_NAME),
            (&data.things, Kinds::THING),
            (&data.portfolios, Kinds::PORTFOLIO),
        ];
        for (words, kind) in lists {
            words.iter().for_each(|word| add(word, kind));
        }
        Language::english().name_particles.iter().for_each(|word| add(word, Kinds::PARTICLE));
        let named: BTreeMap<&str, Kinds> =
            [("countries", Kinds::COUNTRY), ("peoples", Kinds::PEOPLE), ("faiths", Kinds::PEOPLE)].into_iter().collect();
        for (list, names) in name_lists() {
            let kind = named.get(list.as_str()).copied().unwrap_or_default();
            names.iter().for_each(|name| add(&name.to_lowercase(), kind));
        }
        Self { kinds }
    }

    /// What a word can be.
    #[must_use]
    pub fn kinds(&self, id: TokenId) -> Kinds {
        self.kinds[id.index()]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ENGLISH, Kinds, LabelWords};
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;

    #[test]
    fn lists_hold_single_folded_words_once() {
        let data = &*ENGLISH;
        for list in [&data.address, &data.ranks, &data.offices, &data.persons, &data.groups, &data.places, &data.modifiers, &data.verbs] {
            let distinct: BTreeSet<&String> = list.iter().collect();
            assert_eq!(distinct.len(), list.len());
            assert!(list.iter().all(|word| !word.contains([' ', '-']) && *word == word.to_lowercase()), "{list:?}");
        }
        // What may follow a name is a group.
        assert!(data.after_name.iter().all(|word| data.groups.contains(word)));
    }

    #[test]
    fn words_by_token() {
        let mut vocabulary = Vocabulary::default();
        let ids: Vec<_> = ["commander", "iraqi", "iraq", "harmonica"].map(|w| vocabulary.intern(w, Language::english())).into();
        let words = LabelWords::english(&vocabulary);
        assert!(words.kinds(ids[0]).any(Kinds::HEAD) && words.kinds(ids[1]).any(Kinds::PEOPLE) && words.kinds(ids[2]).any(Kinds::COUNTRY));
        assert_eq!(words.kinds(ids[3]), Kinds::default());
    }
}
