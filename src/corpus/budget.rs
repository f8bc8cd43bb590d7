//! How the memory of a run is shared out: the one place that says who may hold how much.

/// The memory that a run may take, beside the program itself and what it keeps of each article (docs/limits.md).
///
/// A third holds texts and documents until they no longer fit; from then on they stand in a temporary file, and an eighth of the
/// budget holds what was read of it last. A quarter is for sorting. What is left is for what a run finds, which no budget
/// makes smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryBudget {
    total: usize,
}

impl MemoryBudget {
    /// Everything stays in memory.
    pub const UNBOUNDED: Self = Self { total: usize::MAX };

    /// A budget of so many bytes.
    #[must_use]
    pub const fn of(total: usize) -> Self {
        Self { total }
    }

    /// All of it.
    #[must_use]
    pub const fn total(self) -> usize {
        self.total
    }

    /// Most bytes of texts and documents that stay in memory.
    #[must_use]
    pub const fn held(self) -> usize {
        // Below what any use but a trial of the temporary file has, all texts go there.
        if self.total < LEAST { 0 } else { self.total / 3 }
    }

    /// Bytes of the temporary file that are kept as they were read last.
    #[must_use]
    pub const fn cached(self) -> usize {
        self.total / 8
    }

    /// Bytes for sorting, beside a few thousand records.
    #[must_use]
    pub const fn sorted(self) -> usize {
        if self.total < LEAST { 0 } else { self.total / 4 }
    }
}

/// Least budget in which any text stays in memory, and more than a little is sorted at once.
const LEAST: usize = 16 << 20;

#[cfg(test)]
mod tests {
    use super::MemoryBudget;

    #[test]
    fn shares_fit_the_whole() {
        for total in [0, 1 << 20, 2 << 30, usize::MAX] {
            let budget = MemoryBudget::of(total);
            assert!(budget.held() / 2 + budget.cached() / 2 + budget.sorted() / 2 <= total / 2, "{total}");
        }
        assert_eq!(MemoryBudget::of(1 << 20).held(), 0);
        assert!(MemoryBudget::UNBOUNDED.held() > 1 << 40);
    }
}
