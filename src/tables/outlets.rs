//! The table of outlets.

use std::collections::BTreeSet;

use crate::analysis::findings::{ArticleFindings, Findings};
use crate::id::{ArticleId, OutletId};
use crate::voice::mask::Voice;

use super::row::row;

row! {
    /// One outlet. Counts of what was read, in order of names: nothing here compares.
    pub struct OutletRow<'f> {
        /// Its name.
        outlet: &'f str,
        /// Its articles.
        articles: usize,
        /// Stories that it reports.
        stories: usize,
        /// Words of its articles, furniture and datelines not counted.
        words: u64,
        /// Its own words.
        words_narrator: u64,
        /// Words of reported speech without quotation marks.
        words_indirect: u64,
        /// Words inside quotation marks.
        words_direct: u64,
        /// Listed wording (strength from 2) in its own words.
        hits_narrator: usize,
        /// Passages that it shares with another outlet.
        passages_shared: usize,
        /// Those of them whose earliest witness is its own, as far as dates or credits tell (passages.csv).
        passages_earliest: usize,
        /// Stretches of others' words: rows of quotes.csv.
        quotes: usize,
        /// Sources that its articles state.
        credits_given: usize,
    }
}

/// Rows in order of names.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = OutletRow<'f>> {
    let corpus = findings.corpus;
    let mut shared = vec![0usize; corpus.outlets().len()];
    for at in findings.across() {
        let outlets: BTreeSet<OutletId> = findings.clusters[at].all().map(|w| w.outlet).collect();
        outlets.into_iter().for_each(|outlet| shared[outlet.index()] += 1);
    }
    let mut earliest = vec![0usize; corpus.outlets().len()];
    let across: BTreeSet<usize> = findings.across().collect();
    let first = findings.origins.iter().enumerate().filter(|(at, _)| across.contains(at)).filter_map(|(_, origin)| origin.earliest);
    first.for_each(|id| earliest[corpus.article(id).outlet.index()] += 1);
    let min_strength = findings.settings.rates.min_strength;
    corpus.outlets().iter().zip(shared.into_iter().zip(earliest)).map(move |(outlet, (passages_shared, passages_earliest))| {
        let found = |id: &ArticleId| &findings.articles[id.index()];
        let words = |voice: Voice| outlet.articles.iter().map(|id| found(id).words[voice as usize]).sum::<u64>();
        let sum = |of: &dyn Fn(&ArticleFindings) -> usize| outlet.articles.iter().map(|id| of(found(id))).sum::<usize>();
        let own = |a: &ArticleFindings| a.usages.iter().filter(|u| u.voice == Voice::Narrator && u.hit.strength >= min_strength).count();
        OutletRow {
            outlet: &outlet.name,
            articles: outlet.articles.len(),
            stories: outlet.articles.iter().map(|&id| findings.stories.of(id)).collect::<BTreeSet<_>>().len(),
            words: Voice::ALL.into_iter().map(words).sum(),
            words_narrator: words(Voice::Narrator),
            words_indirect: words(Voice::Indirect),
            words_direct: words(Voice::Direct),
            hits_narrator: sum(&own),
            passages_shared,
            passages_earliest,
            quotes: sum(&|a| a.utterances.len()),
            credits_given: sum(&|a| a.credits.len()),
        }
    })
}
