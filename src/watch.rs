//! Who is told how far a run is. Results never depend on it.

/// Where a run spends its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files are read.
    Reading,
    /// Articles are put in order and cut into words.
    Sealing,
    /// Listed wording, voices and credits of each article.
    Articles,
    /// Runs of words that stand in two articles.
    Search,
    /// Articles that share such runs, laid word to word.
    Alignment,
    /// Passages with all their witnesses, laid side by side.
    Collation,
    /// Sentences that tell the same in other words.
    Retellings,
    /// Articles that report one event.
    Stories,
    /// Differences, rates, words that outlets use unevenly.
    Counting,
    /// Tables, charts, report.
    Writing,
}

impl Stage {
    /// All stages, in the order in which a run goes through them.
    pub const ALL: [Self; 10] = [
        Self::Reading,
        Self::Sealing,
        Self::Articles,
        Self::Search,
        Self::Alignment,
        Self::Collation,
        Self::Retellings,
        Self::Stories,
        Self::Counting,
        Self::Writing,
    ];

    /// For programs: one lower-case word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Sealing => "sealing",
            Self::Articles => "articles",
            Self::Search => "search",
            Self::Alignment => "alignment",
            Self::Collation => "collation",
            Self::Retellings => "retellings",
            Self::Stories => "stories",
            Self::Counting => "counting",
            Self::Writing => "writing",
        }
    }

    /// What its steps count.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Reading => "bytes",
            Self::Sealing | Self::Articles | Self::Search | Self::Stories => "articles",
            Self::Alignment => "seeds",
            Self::Collation => "passages",
            Self::Retellings => "pairs",
            Self::Counting => "steps",
            Self::Writing => "files",
        }
    }
}

/// Somebody who watches a run. Called from many threads, and often: whoever shows something sees to it that this is rare.
pub trait Watch: Sync {
    /// A stage starts, of so many steps; 0 where nobody can tell.
    fn stage(&self, stage: Stage, total: u64);

    /// So many more steps of the stage are done.
    fn advance(&self, steps: u64) {
        let _ = steps;
    }
}

/// A closure hears of stages only.
impl<F: Fn(Stage) + Sync> Watch for F {
    fn stage(&self, stage: Stage, _total: u64) {
        self(stage);
    }
}

impl Watch for &dyn Watch {
    fn stage(&self, stage: Stage, total: u64) {
        (**self).stage(stage, total);
    }

    fn advance(&self, steps: u64) {
        (**self).advance(steps);
    }
}

#[cfg(test)]
mod tests {
    use super::Stage;

    #[test]
    fn stages_stand_in_order_under_names_of_their_own() {
        assert!(Stage::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        let names: std::collections::BTreeSet<&str> = Stage::ALL.iter().map(|stage| stage.name()).collect();
        assert_eq!(names.len(), Stage::ALL.len());
    }
}
