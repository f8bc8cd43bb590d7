//! A light stem, so that `withdraw` and `withdrawal` can stand in one column; it never makes words equal.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;

/// For each word of a vocabulary: its stem's number and whether it carries meaning.
#[derive(Debug)]
pub struct WordClasses {
    stems: Vec<u32>,
    content: Vec<bool>,
    hashes: Vec<u64>,
}

impl WordClasses {
    /// Reads a vocabulary once.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut numbers: HashMap<&str, u32, FixedState> = HashMap::with_capacity_and_hasher(vocabulary.len(), FixedState::with_seed(0));
        let room = || vocabulary.len();
        let mut classes =
            Self { stems: Vec::with_capacity(room()), content: Vec::with_capacity(room()), hashes: Vec::with_capacity(room()) };
        for id in (0..vocabulary.len()).map(TokenId::new) {
            let fresh = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            classes.stems.push(*numbers.entry(stem(vocabulary.word(id))).or_insert(fresh));
            classes.content.push(!vocabulary.is_stop(id));
            classes.hashes.push(vocabulary.hash(id));
        }
        classes
    }

    /// The number of a word's stem.
    #[must_use]
    pub fn stem(&self, word: TokenId) -> u32 {
        self.stems[word.index()]
    }

    /// Whether a run of words goes after another. By their hashes, so that it is the same in every vocabulary that holds them: which
    /// word was met first must not decide a tie.
    #[must_use]
    pub fn goes_after(&self, words: impl Iterator<Item = TokenId>, others: impl Iterator<Item = TokenId>) -> bool {
        let hash = |id: TokenId| self.hashes[id.index()];
        words.map(hash).gt(others.map(hash))
    }

    /// Whether a word carries meaning.
    #[must_use]
    pub fn is_content(&self, word: TokenId) -> bool {
        self.content[word.index()]
    }
}

/// The word without one inflectional or common derivational ending, at least four letters long.
fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 14] = ["ations", "ation", "ments", "ment", "ings", "ing", "als", "ers", "ed", "es", "er", "al", "ly", "s"];
    ENDINGS.iter().find_map(|end| word.strip_suffix(end).filter(|stem| stem.len() >= 4)).unwrap_or(word).trim_end_matches('e')
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn rows() {
        for (word, expected) in [
            ("withdrawal", "withdraw"),
            ("withdraw", "withdraw"),
            ("remained", "remain"),
            ("remains", "remain"),
            ("agree", "agr"),
            ("agreement", "agr"),
            ("declaration", "declar"),
            ("declare", "declar"),
            ("police", "polic"),
            ("policy", "policy"),
            ("this", "this"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }
}
