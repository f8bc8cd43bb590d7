//! Faults inside Retold, kept to the articles and pairs that meet them.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::fault::{Fault, caught};
use crate::id::ArticleId;

/// Two articles whose comparison failed: what they share is not told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FailedPair {
    /// The first in corpus order.
    pub left: ArticleId,
    /// The other.
    pub right: ArticleId,
    /// What happened.
    pub fault: Fault,
}

/// Reads every article of a corpus.
///
/// # Errors
/// The articles that `read` failed at, in corpus order.
pub(super) fn each_article<T: Send>(corpus: &Corpus, read: impl Fn(ArticleId) -> T + Sync) -> Result<Vec<T>, Vec<(ArticleId, Fault)>> {
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let read: Vec<Result<T, Fault>> = ids.par_iter().map(|&id| caught(|| read(id))).collect();
    if read.iter().all(Result::is_ok) {
        // In place, so that no article is held twice.
        return Ok(read.into_iter().filter_map(Result::ok).collect());
    }
    Err(ids.into_iter().zip(read).filter_map(|(id, read)| Some((id, read.err()?))).collect())
}

/// Pairs that failed so far, whichever thread met them.
#[derive(Debug, Default)]
pub(super) struct Quarantine(Mutex<Vec<FailedPair>>);

impl Quarantine {
    /// What work on two articles comes to; nothing where it fails, and the pair is kept.
    pub(super) fn pair<T: Default>(&self, (left, right): (ArticleId, ArticleId), work: impl FnOnce() -> T) -> T {
        caught(work).unwrap_or_else(|fault| {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(FailedPair { left, right, fault });
            T::default()
        })
    }

    /// Whether none failed so far.
    pub(super) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// All of them, in corpus order, whatever order they came in.
    pub(super) fn failed(self) -> Vec<FailedPair> {
        let mut all = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::{Quarantine, each_article};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::corpus::record::Record;
    use crate::id::ArticleId;

    fn corpus(articles: usize) -> Corpus {
        let mut builder = CorpusBuilder::default();
        (0..articles).for_each(|i| builder.admit(Record::of_text(&format!("{i}.txt"), "A", format!("Article number {i}."))));
        builder.seal()
    }

    #[test]
    fn every_article_that_fails_is_named_and_no_other() {
        let corpus = corpus(64);
        let fails = |id: ArticleId| id.index() % 7 == 3;
        let failed = each_article(&corpus, |id| assert!(!fails(id), "for the test")).expect_err("some fail");
        let expected: Vec<ArticleId> = corpus.ids().filter(|&id| fails(id)).collect();
        assert_eq!(failed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), expected);
        let left = corpus.without(&failed);
        assert_eq!(each_article(&left, |id| id), Ok(left.ids().collect()));
    }

    #[test]
    fn pairs_that_fail_come_in_one_order_and_the_others_are_compared() {
        let quarantine = Quarantine::default();
        let pair = |n: usize| (ArticleId::new(n / 10), ArticleId::new(10 + n % 10));
        let work = |n: usize| quarantine.pair(pair(n), || if n % 9 == 4 { panic!("for the test") } else { vec![n] });
        let done: Vec<usize> = (0..100).into_par_iter().rev().flat_map_iter(work).collect();
        assert_eq!(done, (0..100).rev().filter(|n| n % 9 != 4).collect::<Vec<_>>());
        // A search that is begun anew meets the same.
        work(4);
        let failed: Vec<_> = quarantine.failed().into_iter().map(|f| (f.left, f.right)).collect();
        assert_eq!(failed, (0..100).filter(|n| n % 9 == 4).map(pair).collect::<Vec<_>>());
    }
}
