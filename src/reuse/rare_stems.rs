//! Which documents may hold retold passages of each other: rare stems that they share close together.
//!
//! Retelling keeps names, numbers and technical words, and some of them keep standing together. Each stretch of a document
//! therefore points with its rare stems and with pairs of its rarest stems (their order does not count). Cost: `O(P log P)`
//! for `P` postings (under one a word) and at most `max_articles / 2` hits a posting, so linear in the size of the collection.

use crate::id::{ArticleId, OutletId};

use super::long_settings::LongSettings;
use super::profile::{Background, Profile};

/// Two documents of different outlets worth comparing, `left < right`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchored {
    /// The earlier in corpus order.
    pub left: ArticleId,
    /// The other.
    pub right: ArticleId,
    /// Information of what they share in one place, in nats.
    pub weight: f64,
}

/// A stem (twice) or a pair of stems, the lower first, at the first stretch of a document that points with it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    feature: (u32, u32),
    document: u32,
    place: u32,
}

/// A feature that two documents share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    left: u32,
    right: u32,
    left_place: u32,
    right_place: u32,
    documents: u32,
}

/// A collection under this size says little of how rare a word is: counts are weighed as if it were that large.
const REFERENCE_COLLECTION: usize = 1000;
/// Hits looked at from one hit on; more do not make a pair more worth comparing.
const MOST_HITS: usize = 64;

/// The pairs of documents (numbered as in the corpus) that share enough rare stems in one place, in corpus order.
#[must_use]
pub fn anchored(
    profiles: &[Profile],
    outlet: impl Fn(ArticleId) -> OutletId,
    background: &Background,
    settings: &LongSettings,
) -> Vec<Anchored> {
    let mut postings: Vec<Posting> = Vec::new();
    for (document, profile) in (0u32..).zip(profiles) {
        let first = postings.len();
        point(document, profile, background, settings, &mut postings);
        postings[first..].sort_unstable();
    }
    postings.dedup_by_key(|posting| (posting.feature, posting.document));
    postings.sort_unstable();
    let mut hits: Vec<Hit> = Vec::new();
    for shared in postings.chunk_by(|a, b| a.feature == b.feature).filter(|shared| shared.len() <= settings.max_articles) {
        let documents = u32::try_from(shared.len()).unwrap_or(u32::MAX);
        let outlets: Vec<OutletId> = shared.iter().map(|posting| outlet(ArticleId::new(posting.document as usize))).collect();
        for (i, left) in shared.iter().enumerate() {
            for (right, _) in shared.iter().zip(&outlets).skip(i + 1).filter(|(_, other)| **other != outlets[i]) {
                let (left_place, right_place) = (left.place, right.place);
                hits.push(Hit { left: left.document, right: right.document, left_place, right_place, documents });
            }
        }
    }
    hits.sort_unstable();
    let collection = background.collection.max(REFERENCE_COLLECTION) as f64;
    let of_pair = |hits: &[Hit]| {
        let weight = densest(hits, collection, settings);
        (weight >= settings.min_anchor).then(|| Anchored {
            left: ArticleId::new(hits[0].left as usize),
            right: ArticleId::new(hits[0].right as usize),
            weight,
        })
    };
    hits.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)).filter_map(of_pair).collect()
}

/// The features of one document, stretch by stretch.
fn point(document: u32, profile: &Profile, background: &Background, settings: &LongSettings, postings: &mut Vec<Posting>) {
    let mut rare: Vec<(u32, u32)> = Vec::new();
    for (stretch, words) in profile.words.chunks(settings.stretch.max(1)).enumerate() {
        let place = u32::try_from(stretch * settings.stretch).unwrap_or(u32::MAX);
        rare.clear();
        // A stem of one document only is shared with none.
        rare.extend(words.iter().filter_map(|&word| {
            let stem = *profile.terms.get(word as usize)?;
            Some((*background.documents.get(stem as usize)?, stem)).filter(|&(documents, _)| documents > 1)
        }));
        rare.sort_unstable();
        rare.dedup();
        let single = rare.iter().take_while(|(documents, _)| *documents as usize <= settings.max_articles);
        postings.extend(single.map(|&(_, stem)| Posting { feature: (stem, stem), document, place }));
        rare.truncate(settings.rarest);
        for (i, &(_, a)) in rare.iter().enumerate() {
            postings.extend(rare[i + 1..].iter().map(|&(_, b)| Posting { feature: (a.min(b), a.max(b)), document, place }));
        }
    }
}

/// The largest sum of `ln(collection / documents)` over the hits of one pair that lie together on both sides.
fn densest(hits: &[Hit], collection: f64, settings: &LongSettings) -> f64 {
    let reach = u32::try_from(settings.anchor_window).unwrap_or(u32::MAX);
    let from = |i: usize, first: &Hit| {
        let near = hits[i..].iter().take_while(|hit| hit.left_place - first.left_place <= reach).take(MOST_HITS);
        near.filter(|hit| hit.right_place.abs_diff(first.right_place) <= reach)
            .map(|hit| (collection / f64::from(hit.documents)).ln())
            .sum()
    };
    hits.iter().enumerate().map(|(i, first)| from(i, first)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::{ArticleId, Background, LongSettings, OutletId, Profile, anchored};

    /// A document of stems in this order.
    fn profile(stems: &[u32]) -> Profile {
        let mut terms = stems.to_vec();
        terms.sort_unstable();
        terms.dedup();
        let words: Vec<u32> = stems.iter().map(|s| terms.iter().position(|t| t == s).unwrap() as u32).collect();
        let counts = (0..terms.len()).map(|t| words.iter().filter(|&&w| w as usize == t).count() as u32).collect();
        Profile { terms, counts, words, units: Vec::new() }
    }

    #[test]
    fn rare_stems_together_make_a_pair_of_different_outlets() {
        let documents = [profile(&[1, 2, 3, 4]), profile(&[3, 9, 1]), profile(&[7, 8]), profile(&[4, 2])];
        let background = Background::new(&documents, documents.iter());
        let found = anchored(&documents, |a| OutletId::new(a.index() / 3), &background, &LongSettings::default());
        let shown: Vec<_> = found.iter().map(|p| (p.left.index(), p.right.index())).collect();
        // 0 and 1 are of one outlet; 0 and 3 share two stems and their pair.
        assert_eq!(shown, [(0, 3)]);
        assert!((found[0].weight - 3.0 * 500f64.ln()).abs() < 1e-9);
        assert!(anchored(&documents, |_| OutletId::new(0), &background, &LongSettings::default()).is_empty());
        assert_eq!(found[0].left, ArticleId::new(0));
    }
}
