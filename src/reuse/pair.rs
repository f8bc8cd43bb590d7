//! What two articles share: seeds chained, laid word to word, judged, and joined where they follow each other.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::Xxh3;

use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::text::span::{Span, Token};

use super::accept::{Evidence, Rejection, accept, joined};
use super::align::{Pair, local, path_spans};
use super::alignment::Laid;
use super::candidate::candidates;
use super::postings::{Seed, Suppressed, SuppressedAs};
use super::settings::ReuseSettings;

/// A stretch that two articles share and that is no passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejected {
    /// Its place in the first.
    pub locus: Locus,
    /// The other.
    pub other: ArticleId,
    /// Why it is none.
    pub reason: SuppressedAs,
    /// A hash of its words, 128 bits of XXH3: the same words have the same in every run.
    pub words: u128,
}

/// The passages of two articles, in order on the left, and what is none. `seeds` are all of this pair; `is_quotation` tells whether
/// a place is most of a quotation.
#[must_use]
pub fn shared_by(
    seeds: &[Seed],
    evidence: Evidence<'_>,
    is_quotation: impl Fn(Locus) -> bool,
    settings: &ReuseSettings,
) -> (Vec<Laid>, Vec<Rejected>) {
    let pair = Pair { left: evidence.left.words(), right: evidence.right.words(), classes: evidence.classes };
    let (mut found, mut rejected) = (Vec::new(), Vec::new());
    for candidate in candidates(seeds, (evidence.left, evidence.right), evidence.classes, settings) {
        for path in local(&candidate, pair, settings) {
            let reason = match accept(&path, &candidate, evidence, &is_quotation, settings) {
                Ok(alignment) => {
                    found.push(alignment);
                    continue;
                }
                Err(Rejection::Short) => continue,
                Err(Rejection::BareName) => SuppressedAs::BareName,
                Err(Rejection::Common) => SuppressedAs::CommonWords,
            };
            if let Some((tokens, _)) = path_spans(&path.columns) {
                let locus = Locus { article: candidate.left.article, tokens };
                rejected.push(Rejected { locus, other: candidate.right.article, reason, words: words(evidence, tokens) });
            }
        }
    }
    (joined(without_doubles(found), evidence, settings), rejected)
}

fn words(evidence: Evidence<'_>, tokens: Span<Token>) -> u128 {
    let mut hash = Xxh3::new();
    evidence.left.slice(tokens).iter().for_each(|word| hash.update(&evidence.vocabulary.hash(word.id).to_le_bytes()));
    hash.digest128()
}

/// What was left out pair by pair, a row for the same words; `text` gives the article that stands for one where texts are counted.
#[must_use]
pub fn by_words(rejected: impl IntoIterator<Item = Rejected>, text: impl Fn(ArticleId) -> ArticleId) -> Vec<Suppressed> {
    let mut by_words: BTreeMap<(u128, SuppressedAs), (Suppressed, BTreeSet<ArticleId>)> = BTreeMap::new();
    for Rejected { locus, other, reason, words } in rejected {
        let fresh = || (Suppressed { locus, reason, texts: 0, places: 0 }, BTreeSet::new());
        let (row, texts) = by_words.entry((words, reason)).or_insert_with(fresh);
        texts.extend([text(locus.article), text(other)]);
        row.texts = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        row.places = row.places.saturating_add(1);
        row.locus = row.locus.min(locus);
    }
    by_words.into_values().map(|(row, _)| row).collect()
}

/// Chains that lie close together can find the same passage twice: the more significant one stays.
fn without_doubles(mut found: Vec<Laid>) -> Vec<Laid> {
    found.sort_by(|a, b| b.significance.total_cmp(&a.significance).then_with(|| (a.left, a.right).cmp(&(b.left, b.right))));
    // By where they start on the left: a long article has many, and each need only be set beside its neighbours.
    let mut kept: BTreeMap<usize, Vec<Laid>> = BTreeMap::new();
    let mut longest = 0;
    for alignment in found {
        let tokens = alignment.left.tokens;
        let covered = |k: &Laid| {
            let half = |a: Locus, b: Locus| 2 * a.tokens.overlap(b.tokens) > a.tokens.len();
            half(alignment.left, k.left) && half(alignment.right, k.right)
        };
        let near = kept.range(tokens.start().saturating_sub(longest)..tokens.end()).flat_map(|(_, at)| at);
        if !near.into_iter().any(covered) {
            longest = longest.max(tokens.len());
            kept.entry(tokens.start()).or_default().push(alignment);
        }
    }
    let mut kept: Vec<Laid> = kept.into_values().flatten().collect();
    kept.sort_by_key(|a| (a.left, a.right));
    kept
}
