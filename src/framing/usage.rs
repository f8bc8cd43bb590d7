//! Listed wording together with the voice it stands in.

use crate::corpus::document::Document;
use crate::lexicon::scan::Hit;
use crate::voice::mask::{Voice, VoiceMask};

/// A hit with its voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What was found where.
    pub hit: Hit,
    /// Whose words it stands in.
    pub voice: Voice,
    /// Whether it stands in the headline.
    pub in_headline: bool,
}

/// Joins the hits of one document with its voices.
#[must_use]
pub fn usages(hits: &[Hit], document: &Document, mask: &VoiceMask) -> Vec<Usage> {
    let usage = |&hit: &Hit| Usage {
        hit,
        voice: mask.at(document.words()[hit.tokens.start()].span()),
        in_headline: document.in_headline(hit.tokens.start()),
    };
    hits.iter().map(usage).collect()
}

/// Words of a document in each voice, in the order of [`Voice::ALL`].
#[must_use]
pub fn words_by_voice(document: &Document, mask: &VoiceMask) -> [u64; 3] {
    let mut counts = [0; 3];
    for word in document.words() {
        counts[mask.at(word.span()) as usize] += 1;
    }
    counts
}
