//! Typed small integers for what a run numbers, and stable keys for what outlives it.

use std::fmt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(u32);

        impl $name {
            /// The id at a position of the list it numbers.
            ///
            /// # Panics
            /// Above `u32::MAX`, which no list of a run may reach.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a run numbers fewer than 2^32 things of a kind"))
            }

            /// The position in the list it numbers.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// An article of a sealed corpus, in corpus order.
    ArticleId,
    /// An outlet of a sealed corpus, in order of its name.
    OutletId,
    /// An entry of a loaded lexicon, in order of its id.
    EntryId,
    /// A story: articles that report the same event.
    StoryId,
    /// A cluster of witnesses of one shared passage.
    ClusterId,
    /// A folded word of the vocabulary.
    TokenId,
}

/// A key that starts with a letter and stays the same while its content does, so that tables of two runs can be
/// joined and a link to it survives added articles. The hash is XXH3 (fixed specification), 50 bits of it shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    prefix: char,
    hash: u64,
}

impl Key {
    /// Key of a kind (`prefix`, a lower-case letter) over the parts of its content.
    #[must_use]
    pub fn of(prefix: char, parts: &[&[u8]]) -> Self {
        let mut hasher = Xxh3::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self { prefix, hash: hasher.digest() }
    }

    /// The hash as bytes, to build keys of parts from the key of the whole.
    #[must_use]
    pub const fn bytes(self) -> [u8; 8] {
        self.hash.to_le_bytes()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Crockford's base 32: no letter that is read as a digit.
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        write!(f, "{}", self.prefix)?;
        for place in 0..10 {
            let digit = (self.hash >> (59 - 5 * place)) & 31;
            write!(f, "{}", ALPHABET[digit as usize] as char)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_key_is_a_letter_and_ten_characters() {
        let key = Key::of('a', &[b"outlet", b"text"]).to_string();
        assert_eq!(key.len(), 11);
        assert!(key.starts_with('a'));
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(Key::of('a', &[b"ab", b"c"]), Key::of('a', &[b"a", b"bc"]));
    }

    #[test]
    fn keys_are_frozen() {
        // Changing this value renames every row of every published table: do so only with a new major version.
        assert_eq!(Key::of('a', &[b"retold"]).to_string(), "a9tvwhkc13b");
    }
}
