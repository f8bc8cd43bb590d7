//! Word n-grams of a document as hashes.

use std::collections::VecDeque;

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

/// Calls `each` for the selected n-grams of a document that hold enough words with meaning, in order of place; none crosses
/// a paragraph. `O(tokens)`: hashes roll (Karp, R. & Rabin, M. 1987).
///
/// With a `window` of more than one n-gram, of so many in a row the one with the smallest hash is selected, the last of
/// equals (winnowing; Schleimer, S., Wilkerson, D. & Aiken, A. 2003): two texts with `seed_words + window - 1` equal words in
/// a row still share one.
pub fn fingerprints(document: &Document, vocabulary: &Vocabulary, settings: &ReuseSettings, mut each: impl FnMut(Fingerprint)) {
    let n = settings.seed_words;
    let leaving = (1..n).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut window: VecDeque<Fingerprint> = VecDeque::with_capacity(settings.window);
    for paragraph in document.paragraphs() {
        let words = document.slice(paragraph.tokens);
        let (mut rolled, mut content) = (0u64, 0);
        let mut last = None;
        window.clear();
        for (i, word) in words.iter().enumerate() {
            if let Some(out) = i.checked_sub(n).map(|at| words[at].id) {
                rolled = rolled.wrapping_sub(vocabulary.hash(out).wrapping_mul(leaving));
                content -= usize::from(!vocabulary.is_stop(out));
            }
            rolled = rolled.wrapping_mul(BASE).wrapping_add(vocabulary.hash(word.id));
            content += usize::from(!vocabulary.is_stop(word.id));
            if i + 1 < n {
                continue;
            }
            let token = paragraph.tokens.start() + i + 1 - n;
            // An n-gram of little meaning takes part in no selection.
            let hash = if content >= settings.seed_content_words { finish(rolled) } else { u64::MAX };
            let here = Fingerprint { hash, token: u32::try_from(token).unwrap_or(u32::MAX) };
            if settings.window <= 1 {
                if hash != u64::MAX {
                    each(here);
                }
                continue;
            }
            while window.back().is_some_and(|back| back.hash >= hash) {
                window.pop_back();
            }
            window.push_back(here);
            while window.front().is_some_and(|front| front.token as usize + settings.window <= token) {
                window.pop_front();
            }
            // A paragraph shorter than the window selects at its end.
            let full = i + 1 >= n + settings.window - 1 || i + 1 == words.len();
            if let Some(&least) = window.front().filter(|least| full && least.hash != u64::MAX && last != Some(**least)) {
                last = Some(least);
                each(least);
            }
        }
    }
}

/// Odd, with well-mixed bits: 2^64 divided by the golden ratio.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The last step of SplitMix64 (Steele, G. et al. 2014): a rolled hash alone leaves its low bits too regular.
const fn finish(rolled: u64) -> u64 {
    let mut z = rolled;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, ReuseSettings, fingerprints};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;

    fn found(text: &str, settings: &ReuseSettings) -> Vec<Fingerprint> {
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let mut out = Vec::new();
        fingerprints(&document, &vocabulary, settings, |f| out.push(f));
        out
    }

    #[test]
    fn grams_stay_in_their_paragraph_and_hold_content() {
        let text = "Our sovereignty is a red line.\n\nIt is what it was then and there.";
        let tokens: Vec<u32> = found(text, &ReuseSettings::for_articles(2)).iter().map(|f| f.token).collect();
        assert_eq!(tokens, [0, 1]);
    }

    #[test]
    fn a_rolled_hash_is_that_of_its_words_in_their_order() {
        let settings = ReuseSettings::for_articles(2);
        let whole = found("Soldiers left their northern bases on a quiet Monday evening.", &settings);
        for (text, at) in [("left their northern bases on", 1), ("bases on a quiet Monday", 4)] {
            assert_eq!(found(text, &settings)[0].hash, whole.iter().find(|f| f.token == at).unwrap().hash, "{text}");
        }
        assert_ne!(found("left northern their bases on", &settings)[0].hash, whole[1].hash);
    }

    #[test]
    fn winnowing_keeps_one_of_each_window() {
        let text = (0..300).map(|i| format!("word{}", i % 97)).collect::<Vec<_>>().join(" ");
        let every = found(&text, &ReuseSettings { window: 1, ..ReuseSettings::for_articles(2) });
        let settings = ReuseSettings { window: 4, ..ReuseSettings::for_articles(2) };
        let some = found(&text, &settings);
        assert!(some.len() < every.len() * 3 / 5, "{} of {}", some.len(), every.len());
        assert!(some.windows(2).all(|pair| pair[1].token - pair[0].token <= 4));
        // The window slides: the smallest hash of any four in a row is among them.
        for four in every.windows(4) {
            let least = four.iter().min_by_key(|f| (f.hash, std::cmp::Reverse(f.token))).unwrap();
            assert!(some.contains(least));
        }
    }
}
