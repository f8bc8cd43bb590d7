//! How many threads a run takes.

use std::num::NonZeroUsize;

/// More threads than any machine of today makes use of: each costs memory before it helps.
const MOST: usize = 256;

/// Takes no more threads than asked for; all of the machine's where nothing was asked.
pub(crate) fn limit(asked: Option<NonZeroUsize>) {
    if let Some(threads) = asked {
        // Fails only when a pool exists already, which then serves as well.
        let _already_there = rayon::ThreadPoolBuilder::new().num_threads(threads.get().min(MOST)).build_global();
    }
}
