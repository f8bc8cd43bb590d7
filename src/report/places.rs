//! Where a listed wording stands, as counts: by voice, then by outlet in order of its name.

use std::collections::BTreeMap;

use crate::corpus::collection::Corpus;
use crate::id::OutletId;
use crate::text::count::plural;
use crate::voice::mask::Voice;

use super::context::voice_word;

/// Outlets told of a voice.
const OUTLETS: usize = 8;

/// Counts of one wording. Voices are never added up.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    counts: [BTreeMap<OutletId, u64>; 3],
}

impl Places {
    pub(super) fn add(&mut self, voice: Voice, outlet: OutletId) {
        *self.counts[voice as usize].entry(outlet).or_default() += 1;
    }

    /// `own words of A (1), E (2) · quoted by D (1)`, outlets by name and not by count.
    pub(super) fn sentence(&self, corpus: &Corpus) -> String {
        let mut voices = Vec::new();
        for voice in Voice::ALL {
            let counts = &self.counts[voice as usize];
            let told = counts.iter().take(OUTLETS).map(|(&outlet, n)| format!("{} ({n})", corpus.outlet(outlet).name));
            let mut told: Vec<String> = told.collect();
            if counts.len() > told.len() {
                told.push(plural(counts.len() - told.len(), "more outlet"));
            }
            if !told.is_empty() {
                let by = if voice == Voice::Narrator { "of" } else { "by" };
                voices.push(format!("{} {by} {}", voice_word(voice.as_str()), told.join(", ")));
            }
        }
        voices.join(" · ")
    }
}
