//! Which of several matches at one place counts.

use std::cmp::Reverse;

use crate::id::EntryId;
use crate::text::span::{Span, Token};

use super::scan::Hit;

/// A match before overlaps are resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) hit: Hit,
    /// The entry's own strength, wherever it stands.
    pub(super) listed: u8,
    /// Which of several lexicons laid over one another lists it.
    pub(super) layer: usize,
    /// Written so in the lexicon, not made by inflection.
    pub(super) explicit: bool,
}

impl Candidate {
    const fn tokens(&self) -> Span<Token> {
        self.hit.tokens
    }

    /// What decides between entries that match the same words: the later lexicon, then the stronger, then one that is written so
    /// over an inflected one, then the smaller id.
    const fn claim(&self) -> (Reverse<usize>, Reverse<u8>, bool, EntryId) {
        (Reverse(self.layer), Reverse(self.listed), !self.explicit, self.hit.entry)
    }
}

/// The matches that count, in order of place, none over another. Inside a longer match none counts; of matches that cross, the
/// stronger does, then the longer. `words` is the number of words in the document.
pub(super) fn resolve(mut found: Vec<Candidate>, words: usize) -> Vec<Candidate> {
    if found.len() < 2 {
        return found;
    }
    found.sort_by_key(|c| (c.tokens().start(), Reverse(c.tokens().end()), c.claim()));
    found.dedup_by_key(|c| c.tokens());
    let mut reach = 0;
    let (mut outer, mut inner) = (Vec::new(), Vec::new());
    for candidate in found {
        let nested = candidate.tokens().end() <= reach;
        reach = reach.max(candidate.tokens().end());
        if nested { inner.push(candidate) } else { outer.push(candidate) }
    }
    outer.sort_by_key(|c| (Reverse(c.listed), Reverse(c.tokens().len()), c.claim(), c.tokens().start()));
    // What stands inside a match that lost is free again.
    inner.sort_by_key(|c| (Reverse(c.tokens().len()), c.claim(), c.tokens().start()));
    let mut taken = vec![false; words];
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in outer.into_iter().chain(inner) {
        let place = &mut taken[candidate.tokens().range()];
        if !place.iter().any(|&t| t) {
            place.fill(true);
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|c| c.tokens().start());
    kept
}

#[cfg(test)]
mod tests {
    use super::{Candidate, EntryId, Hit, Span, resolve};

    fn candidate(entry: usize, start: usize, end: usize, listed: u8) -> Candidate {
        let hit = Hit { entry: EntryId::new(entry), tokens: Span::new(start, end), strength: listed, name: None, negated: false };
        Candidate { hit, listed, layer: 0, explicit: true }
    }

    fn kept(candidates: Vec<Candidate>) -> Vec<usize> {
        resolve(candidates, 20).iter().map(|c| c.hit.entry.index()).collect()
    }

    #[test]
    fn longest_of_nested_strongest_of_crossing() {
        // Nested: the longer, even where it is weaker or records that nothing is loaded.
        assert_eq!(kept(vec![candidate(0, 2, 3, 3), candidate(1, 1, 4, 0)]), [1]);
        // Crossing: the stronger, even where it is shorter.
        assert_eq!(kept(vec![candidate(0, 0, 3, 1), candidate(1, 2, 4, 3)]), [1]);
        assert_eq!(kept(vec![candidate(0, 0, 3, 2), candidate(1, 2, 4, 2)]), [0]);
        // Inside one that lost, the shorter stands again.
        assert_eq!(kept(vec![candidate(0, 0, 2, 3), candidate(1, 1, 5, 1), candidate(2, 3, 4, 2)]), [0, 2]);
    }

    #[test]
    fn of_the_same_words_the_later_lexicon_counts() {
        let house = Candidate { layer: 1, ..candidate(1, 2, 4, 1) };
        assert_eq!(kept(vec![candidate(0, 2, 4, 3), house]), [1]);
        let inflected = Candidate { explicit: false, ..candidate(0, 2, 4, 2) };
        assert_eq!(kept(vec![inflected, candidate(1, 2, 4, 2)]), [1]);
    }
}
