//! Whose turn it is to be named first: who stands first in a sentence seems to be its subject, so outlets take turns.

use std::collections::BTreeMap;

use crate::id::OutletId;

/// How often each outlet was named first.
#[derive(Debug, Default)]
pub(super) struct Turns {
    first: BTreeMap<OutletId, usize>,
}

impl Turns {
    /// How often an outlet was named first.
    pub(super) fn of(&self, outlet: OutletId) -> usize {
        self.first.get(&outlet).copied().unwrap_or(0)
    }

    /// Of some examples, each with its two outlets, the first of those that name somebody first whose turn it is.
    pub(super) fn next<E>(&self, examples: impl Iterator<Item = E>, outlets: impl Fn(&E) -> [OutletId; 2]) -> Option<E> {
        examples.min_by_key(|example| outlets(example).map(|outlet| self.of(outlet)).into_iter().min())
    }

    /// Whether the second of two outlets is to be named first; the one that is, is noted.
    pub(super) fn swaps(&mut self, [a, b]: [OutletId; 2]) -> bool {
        let swap = self.of(b) < self.of(a);
        *self.first.entry(if swap { b } else { a }).or_default() += 1;
        swap
    }
}

#[cfg(test)]
mod tests {
    use super::{OutletId, Turns};

    #[test]
    fn outlets_take_turns() {
        let [a, b, c] = [0, 1, 2].map(OutletId::new);
        let mut turns = Turns::default();
        assert_eq!([turns.swaps([a, b]), turns.swaps([a, b]), turns.swaps([a, b])], [false, true, false]);
        // C was never first.
        assert_eq!(turns.next([[a, b], [a, c], [b, c]].into_iter(), |pair| *pair), Some([a, c]));
        assert!(turns.swaps([a, c]));
    }
}
