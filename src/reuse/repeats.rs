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

    fn place(&self, hash: u64) -> (usize, u64) {
        let bucket = hash >> self.shift;
        (usize::try_from(bucket >> 6).unwrap_or(0), 1 << (bucket & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::Repeats;

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
