//! Word n-grams of a document as hashes: `O(tokens × n)`.

use crate::corpus::document::Document;
use crate::corpus::vocabulary::Vocabulary;

use super::settings::ReuseSettings;

/// The hash of one n-gram and the token it starts at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Same for the same words in every run and on every machine.
    pub hash: u64,
    /// First token.
    pub token: u32,
}

/// The n-grams of a document that hold enough words with meaning; none crosses a paragraph.
pub fn fingerprints<'d>(
    document: &'d Document,
    vocabulary: &'d Vocabulary,
    settings: &'d ReuseSettings,
) -> impl Iterator<Item = Fingerprint> + 'd {
    document.paragraphs().iter().flat_map(move |paragraph| {
        let words = document.slice(paragraph.tokens);
        words.windows(settings.seed_words).enumerate().filter_map(move |(i, gram)| {
            let content = gram.iter().filter(|w| !vocabulary.is_stop(w.id)).count();
            (content >= settings.seed_content_words).then(|| Fingerprint {
                hash: gram.iter().fold(0, |hash, w| mix(hash, vocabulary.hash(w.id))),
                token: u32::try_from(paragraph.tokens.start() + i).unwrap_or(u32::MAX),
            })
        })
    })
}

/// Order-sensitive combination of word hashes: multiply-xorshift with the constants of SplitMix64 (Steele et al. 2014).
const fn mix(hash: u64, word: u64) -> u64 {
    let mut z = hash.rotate_left(5).wrapping_add(word).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{ReuseSettings, fingerprints};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;

    #[test]
    fn grams_stay_in_their_paragraph_and_hold_content() {
        let text = "Our sovereignty is a red line.\n\nIt is what it was then and there.";
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let settings = ReuseSettings::for_articles(2);
        let tokens: Vec<u32> = fingerprints(&document, &vocabulary, &settings).map(|f| f.token).collect();
        assert_eq!(tokens, [0, 1]);
    }

    #[test]
    fn order_of_words_matters() {
        assert_ne!(super::mix(super::mix(0, 1), 2), super::mix(super::mix(0, 2), 1));
    }
}
