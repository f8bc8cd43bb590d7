//! Which n-grams may stand in more than one place: a filter that keeps the many that stand in one out of the postings.

use std::sync::atomic::{AtomicU64, Ordering};

/// Two bits for each of many buckets: whether an n-gram of the bucket was seen, and whether a second place was.
///
/// An n-gram that stands at two places is always kept; one at a single place is kept when it falls into another's bucket
/// (a Bloom filter with one hash; Bloom, B. H. 1970), which costs a posting and no error. Order of insertion, and so the
/// number of threads, does not show.
#[derive(Debug)]
pub struct Repeats {
    seen: Vec<AtomicU64>,
    twice: Vec<AtomicU64>,
    shift: u32,
}

impl Repeats {
    /// For about this many n-grams: four to eight buckets for each.
    #[must_use]
    pub fn new(grams: usize) -> Self {
        let bits = (grams.max(1 << 10) * 4).next_power_of_two().trailing_zeros().min(36);
        let words = || (0..1usize << (bits - 6)).map(|_| AtomicU64::new(0)).collect();
        Self { seen: words(), twice: words(), shift: 64 - bits }
    }

    /// Notes one more place of an n-gram.
    pub fn note(&self, hash: u64) {
        let (word, bit) = self.place(hash);
        if self.seen[word].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
            self.twice[word].fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// Whether the n-gram may stand at two places.
    #[must_use]
    pub fn may_repeat(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.twice[word].load(Ordering::Relaxed) & bit != 0
    }

    /// Buckets of which a place was seen, and of which a second was, each rising: what another of the same size can take in.
    #[must_use]
    pub fn buckets(&self) -> [Vec<u64>; 2] {
        [&self.seen, &self.twice].map(|plane| {
            let words = plane.iter().enumerate().map(|(at, word)| (at as u64 * 64, word.load(Ordering::Relaxed)));
            words
                .filter(|(_, word)| *word != 0)
                .flat_map(|(from, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| from + bit))
                .collect()
        })
    }

    /// Takes in what another of the same size saw: what both saw, stands twice.
    pub fn merge(&self, [seen, twice]: [impl IntoIterator<Item = u64>; 2]) {
        let place = |bucket: u64| (usize::try_from(bucket >> 6).unwrap_or(usize::MAX), 1 << (bucket & 63));
        for (word, bit) in twice.into_iter().map(place).filter(|(word, _)| *word < self.twice.len()) {
            self.twice[word].fetch_or(bit, Ordering::Relaxed);
        }
        for (word, bit) in seen.into_iter().map(place).filter(|(word, _)| *word < self.seen.len()) {
            if self.seen[word].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
                self.twice[word].fetch_or(bit, Ordering::Relaxed);
            }
        }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let bucket = hash >> self.shift;
        (usize::try_from(bucket >> 6).unwrap_or(0), 1 << (bucket & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::Repeats;

    #[test]
    fn parts_come_together() {
        let hash = |i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let whole = Repeats::new(1_000);
        let parts = [Repeats::new(1_000), Repeats::new(1_000), Repeats::new(1_000)];
        for i in (0..700).chain(300..350).chain(500..520) {
            whole.note(hash(i));
            parts[(i % 7 % 3) as usize].note(hash(i));
        }
        // A place in two parts.
        (100..110).for_each(|i| parts[2].note(hash(i)));
        (100..110).for_each(|i| whole.note(hash(i)));
        let merged = Repeats::new(1_000);
        parts.iter().for_each(|part| merged.merge(part.buckets()));
        assert_eq!(merged.buckets(), whole.buckets());
    }

    #[test]
    fn what_repeats_is_kept_and_most_else_is_not() {
        let repeats = Repeats::new(10_000);
        let hash = |i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (0..10_000).for_each(|i| repeats.note(hash(i)));
        (0..100).for_each(|i| repeats.note(hash(i)));
        assert!((0..100).all(|i| repeats.may_repeat(hash(i))));
        assert!((100..10_000).filter(|&i| repeats.may_repeat(hash(i))).count() < 2_000);
    }
}
