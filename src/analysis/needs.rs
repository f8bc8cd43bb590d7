//! What a run needs at least, so that one that cannot end is told before it starts.
//!
//! Measured on news of 1916 (docs/limits.md): what stays in memory whatever goes to temporary files, and what those files hold.

use crate::corpus::budget::MemoryBudget;
use crate::corpus::collection::Corpus;
use crate::error::{ErrorKind, Result, size};
use crate::text::count::plural;

/// Bytes that stay in memory of an article in any case, and with the passages and stories that news shares.
const ARTICLE: u64 = 1_500;
const USUAL_ARTICLE: u64 = 3_000;
/// The same of every word: its part in the vocabulary, in the filter of n-grams, in alignments.
const WORD: u64 = 4;
const USUAL_WORD: u64 = 9;
/// Bytes of the temporary file for a word, with its share of sentences and paragraphs; its text comes on top.
const WORD_ON_DISK: u64 = 12;
/// Bytes of text for a word.
const TEXT: u64 = 7;
/// One in so many bytes of a file of records is text at least.
const TEXT_OF_FILE: u64 = 4;

const MEND: &str = "give more with --memory, or fewer articles; --window DAYS sets fewer of them side by side";
const MORE: &str = "give more with --memory if the machine has it; the result is the same";
const MEND_DISK: &str = "make room there, name another folder with the variable TMPDIR, or give more --memory, so that no file is needed";

/// What a run needs at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// What runs, for the message.
    what: String,
    memory: u64,
    /// What news such as was measured takes.
    usual: u64,
    /// Bytes of texts and documents, in memory or in the temporary file.
    store: u64,
    /// Whether they are there already.
    stored: bool,
}

impl Needs {
    /// Of a corpus that was read.
    #[must_use]
    pub fn of_corpus(corpus: &Corpus) -> Self {
        let (articles, words) = (corpus.articles().len() as u64, corpus.words() as u64);
        let what = format!("a run over {} with {}", plural(corpus.articles().len(), "article"), plural(corpus.words(), "word"));
        let (memory, usual) = (articles * ARTICLE + words * WORD, articles * USUAL_ARTICLE + words * USUAL_WORD);
        Self { what, memory, usual, store: words * (TEXT + WORD_ON_DISK), stored: true }
    }

    /// Of files of records that are not yet read, by their bytes: less than they may turn out to need.
    #[must_use]
    pub fn of_bytes(bytes: u64) -> Self {
        let words = bytes / TEXT_OF_FILE / TEXT;
        let what = format!("a run over {} GB of articles", bytes >> 30);
        Self { what, memory: words * WORD, usual: words * USUAL_WORD, store: words * (TEXT + WORD_ON_DISK), stored: false }
    }

    /// What is to be said of a run that fits, if it may take more than it was given.
    #[must_use]
    pub fn warning(&self, budget: MemoryBudget) -> Option<String> {
        let given = budget.total() as u64;
        (self.usual > given).then(|| {
            let (usual, given) = (size(self.usual), size(given));
            format!("warning[W060]: {} may take some {usual} of memory, and it was given {given}\n  help: {MORE}", self.what)
        })
    }

    /// Holds them against what there is; `free` is the space for temporary files, where it is known.
    ///
    /// # Errors
    /// When there is less.
    pub fn fit(&self, budget: MemoryBudget, free: Option<u64>) -> Result<()> {
        let too_large = |what: &str, needed, given, mend| ErrorKind::TooLarge { what: what.to_owned(), needed, given, mend };
        let given = budget.total() as u64;
        if self.memory > given {
            return Err(too_large(&format!("{} stays in memory in part, and", self.what), self.memory, given, MEND).into());
        }
        let spills = !self.stored && self.store > budget.held() as u64;
        match free {
            Some(free) if spills && self.store > free => {
                Err(too_large(&format!("the temporary file for {}", self.what), self.store, free, MEND_DISK).into())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MemoryBudget, Needs};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::record::Record;

    #[test]
    fn what_does_not_fit_is_told_with_both_figures() {
        let mut builder = CorpusBuilder::default();
        (0..100).for_each(|i| builder.admit(Record::of_text(&format!("{i}.txt"), "A", format!("Rain fell {i}."))));
        let needs = Needs::of_corpus(&builder.seal());
        let needed = 100 * super::ARTICLE + 300 * super::WORD;
        let budget = |bytes: u64| MemoryBudget::of(usize::try_from(bytes).unwrap());
        // What is stored already needs no more room.
        assert!(needs.fit(budget(needed), Some(0)).is_ok());
        let told = needs.fit(budget(needed - 1), None).unwrap_err();
        assert_eq!(told.code(), "E060");
        assert!(told.to_string().starts_with("a run over 100 articles with 300 words"), "{told}");
        // What fits in any case may not fit usually.
        let usual = 100 * super::USUAL_ARTICLE + 300 * super::USUAL_WORD;
        assert_eq!(needs.warning(budget(usual)), None);
        let told = needs.warning(budget(usual - 1)).unwrap();
        assert!(told.starts_with("warning[W060]: a run over 100 articles with 300 words may take some 0.3 MB"), "{told}");
    }

    #[test]
    fn files_are_held_against_memory_and_disk_before_they_are_read() {
        let needs = Needs::of_bytes(28 << 30);
        assert!(needs.fit(MemoryBudget::of(1 << 30), None).is_err());
        let budget = MemoryBudget::of(4 << 30);
        assert!(needs.fit(budget, None).is_ok() && needs.fit(budget, Some(19 << 30)).is_ok());
        let told = needs.fit(budget, Some(1 << 30)).unwrap_err();
        assert!(told.to_string().starts_with("the temporary file for a run over 28 GB"), "{told}");
        // In memory, no file is needed.
        assert!(needs.fit(MemoryBudget::of(100 << 30), Some(0)).is_ok());
    }
}
