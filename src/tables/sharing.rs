//! The table of words that one outlet has of another's.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::id::OutletId;
use crate::measure::sharing::{Sharing, sharing};
use crate::stat::linkage::leaf_order;

use super::row::row;

row! {
    /// How many words of one outlet another one has too, in both directions: what is most of a small outlet may be little of a
    /// large one. Pairs that share nothing have no row. It says nothing of who had the words first (origins.csv).
    pub struct SharingRow<'f> {
        /// The outlet whose words are counted.
        outlet_a: &'f str,
        /// The outlet that has them too.
        outlet_b: &'f str,
        /// Words of all articles of a.
        words_a: u64,
        /// Words of a that b has: of each article of a, those aligned with equal words of the one article of b that shares most
        /// (pairs.csv). A text in more than 50 outlets is left out.
        shared_words: u64,
        /// shared_words / words_a.
        share: Option<f64>,
        /// Articles of a.
        articles_a: u64,
        /// Those of them in which shared words stand.
        articles_sharing: u64,
        /// Place of a where outlets that share much stand together: average linkage of the larger share of each pair, ties in order
        /// of names, from 1. Above 300 outlets that share something it is the order of names.
        position_a: usize,
        /// The same of b.
        position_b: usize,
    }
}

/// Most outlets that are put in order by what they share: that takes the square of their number.
const ORDERED: usize = 300;

/// Rows in order of outlets.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = SharingRow<'f>> {
    let (corpus, words_of) = (findings.corpus, |id: crate::id::ArticleId| findings.articles[id.index()].words.iter().sum::<u64>());
    let found = sharing(corpus, &findings.copies, &findings.overlaps, words_of);
    let words: Vec<u64> = corpus.outlets().iter().map(|o| o.articles.iter().map(|&id| words_of(id)).sum()).collect();
    let positions = positions(&found, &words);
    found.into_iter().map(move |((a, b), shared)| SharingRow {
        outlet_a: &corpus.outlet(a).name,
        outlet_b: &corpus.outlet(b).name,
        words_a: words[a.index()],
        shared_words: shared.words,
        share: share(shared, words[a.index()]),
        articles_a: corpus.outlet(a).articles.len() as u64,
        articles_sharing: shared.articles,
        position_a: positions.get(&a).copied().unwrap_or(0),
        position_b: positions.get(&b).copied().unwrap_or(0),
    })
}

fn share(shared: Sharing, words: u64) -> Option<f64> {
    (words > 0).then(|| shared.words as f64 / words as f64)
}

/// From 1, of outlets that share something.
fn positions(found: &BTreeMap<(OutletId, OutletId), Sharing>, words: &[u64]) -> BTreeMap<OutletId, usize> {
    let outlets: Vec<OutletId> = found.keys().map(|pair| pair.0).collect::<BTreeSet<_>>().into_iter().collect();
    let order: Vec<usize> = if outlets.len() > ORDERED {
        (0..outlets.len()).collect()
    } else {
        let at: BTreeMap<OutletId, usize> = outlets.iter().copied().zip(0..).collect();
        let of = |(a, b): (OutletId, OutletId)| found.get(&(a, b)).and_then(|&s| share(s, words[a.index()])).unwrap_or(0.0);
        let likeness = found.keys().filter(|(a, b)| a < b).map(|&(a, b)| (at[&a], at[&b], of((a, b)).max(of((b, a)))));
        leaf_order(outlets.len(), &likeness.collect::<Vec<_>>())
    };
    order.into_iter().zip(1..).map(|(outlet, position)| (outlets[outlet], position)).collect()
}
