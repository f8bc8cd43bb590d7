//! Folded words and their ids: the same word is the same number in every article.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use xxhash_rust::xxh3::xxh3_64;

use crate::id::TokenId;
use crate::text::language::Language;

/// Folded word ↔ [`TokenId`], with a hash that is the same in every run and on every machine.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: String,
    ends: Vec<u32>,
    hashes: Vec<u64>,
    stop: Vec<bool>,
    articles: Vec<u32>,
    table: HashTable<u32>,
}

impl Vocabulary {
    /// The id of a folded word, new if it was not seen before.
    pub fn intern(&mut self, word: &str, language: &Language) -> TokenId {
        if let Some(id) = self.find(word) {
            return id;
        }
        let id = TokenId::new(self.ends.len());
        self.words.push_str(word);
        self.ends.push(u32::try_from(self.words.len()).expect("a vocabulary holds under 4 GiB of words"));
        self.hashes.push(xxh3_64(word.as_bytes()));
        // A letter alone tells nothing, least of all in text read by a machine.
        let letter = word.chars().nth(1).is_none() && !word.starts_with(|c: char| c.is_numeric());
        self.stop.push(letter || language.stop_words.contains(word));
        self.articles.push(0);
        let Self { table, words, ends, .. } = self;
        let index = u32::try_from(id.index()).expect("ids are 32 bits wide");
        table.insert_unique(hash(word), index, |&other| hash(slot(words, ends, other as usize)));
        id
    }

    /// The id of a folded word, if any article holds it.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<TokenId> {
        let found = self.table.find(hash(word), |&id| slot(&self.words, &self.ends, id as usize) == word)?;
        Some(TokenId::new(*found as usize))
    }

    /// The folded word.
    #[must_use]
    pub fn word(&self, id: TokenId) -> &str {
        slot(&self.words, &self.ends, id.index())
    }

    /// XXH3 of the folded word: the same everywhere, for fingerprints that outlive a run.
    #[must_use]
    pub fn hash(&self, id: TokenId) -> u64 {
        self.hashes[id.index()]
    }

    /// Whether the word carries little meaning alone.
    #[must_use]
    pub fn is_stop(&self, id: TokenId) -> bool {
        self.stop[id.index()]
    }

    /// How many articles hold the word.
    #[must_use]
    pub fn articles(&self, id: TokenId) -> usize {
        self.articles[id.index()] as usize
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Counts one more article for each of its words; `words` sorted and without doubles.
    pub(super) fn count_article(&mut self, words: &[TokenId]) {
        for word in words {
            self.articles[word.index()] += 1;
        }
    }
}

fn hash(word: &str) -> u64 {
    FixedState::with_seed(0).hash_one(word)
}

fn slot<'w>(words: &'w str, ends: &[u32], index: usize) -> &'w str {
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    words.get(start..ends[index] as usize).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{Language, Vocabulary};

    #[test]
    fn words_and_ids_go_both_ways() {
        let mut vocabulary = Vocabulary::default();
        let ids: Vec<_> = ["iraq", "the", "iraq", "zürich"].map(|w| vocabulary.intern(w, Language::english())).into();
        assert_eq!(ids[0], ids[2]);
        assert_eq!(vocabulary.len(), 3);
        assert_eq!(vocabulary.word(ids[3]), "zürich");
        assert_eq!(vocabulary.find("the"), Some(ids[1]));
        assert_eq!(vocabulary.find("absent"), None);
        assert!(vocabulary.is_stop(ids[1]) && !vocabulary.is_stop(ids[0]));
    }
}
