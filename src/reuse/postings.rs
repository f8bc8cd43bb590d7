//! Which articles hold the same n-gram: sorted postings, joined into seeds of article pairs.
//!
//! Cost `O(T log T)` for `T` postings, plus the seeds; an n-gram in more articles than the cap gives none and is counted.

use crate::id::{ArticleId, OutletId};

use super::settings::ReuseSettings;

/// One n-gram at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Its hash.
    pub hash: u64,
    /// The article.
    pub article: ArticleId,
    /// Its first token.
    pub token: u32,
}

/// One n-gram shared by two articles of different outlets, `left < right`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed {
    /// The earlier article in corpus order.
    pub left: ArticleId,
    /// The other.
    pub right: ArticleId,
    /// First token in the left article.
    pub left_token: u32,
    /// First token in the right article.
    pub right_token: u32,
    /// How many articles hold the n-gram.
    pub articles: u32,
}

/// What the cap left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suppressed {
    /// Distinct n-grams in more articles, or at more places of one article, than the caps.
    pub grams: u64,
    /// Their places.
    pub places: u64,
}

/// Seeds of all pairs of articles of different outlets, sorted; sorts the postings in place.
#[must_use]
pub fn seeds(postings: &mut [Posting], outlet: impl Fn(ArticleId) -> OutletId, settings: &ReuseSettings) -> (Vec<Seed>, Suppressed) {
    postings.sort_unstable();
    let mut found = Vec::new();
    let mut suppressed = Suppressed::default();
    for gram in postings.chunk_by(|a, b| a.hash == b.hash) {
        let articles = gram.chunk_by(|a, b| a.article == b.article).count();
        if articles > settings.max_articles {
            suppressed.grams += 1;
            suppressed.places += gram.len() as u64;
            continue;
        }
        let mut kept: Vec<Posting> = Vec::with_capacity(gram.len());
        for places in gram.chunk_by(|a, b| a.article == b.article) {
            if places.len() > settings.max_places {
                suppressed.places += places.len() as u64;
            } else {
                kept.extend(places);
            }
        }
        suppressed.grams += u64::from(kept.len() < gram.len());
        for (i, left) in kept.iter().enumerate() {
            for right in kept[i + 1..].iter().filter(|right| outlet(right.article) != outlet(left.article)) {
                let articles = u32::try_from(articles).unwrap_or(u32::MAX);
                found.push(Seed { left: left.article, right: right.article, left_token: left.token, right_token: right.token, articles });
            }
        }
    }
    found.sort_unstable();
    (found, suppressed)
}

#[cfg(test)]
mod tests {
    use super::{ArticleId, OutletId, Posting, ReuseSettings, seeds};

    fn posting(hash: u64, article: usize, token: u32) -> Posting {
        Posting { hash, article: ArticleId::new(article), token }
    }

    #[test]
    fn pairs_of_different_outlets_only() {
        let mut postings = vec![posting(7, 2, 5), posting(7, 0, 1), posting(7, 1, 9), posting(8, 0, 3)];
        let (found, suppressed) = seeds(&mut postings, |a| OutletId::new(a.index() / 2), &ReuseSettings::for_articles(3));
        let shown: Vec<_> = found.iter().map(|s| (s.left.index(), s.right.index(), s.left_token, s.right_token, s.articles)).collect();
        assert_eq!(shown, [(0, 2, 1, 5, 3), (1, 2, 9, 5, 3)]);
        assert_eq!(suppressed.grams, 0);
    }

    #[test]
    fn common_grams_are_counted_not_paired() {
        let mut postings: Vec<Posting> = (0..101).map(|a| posting(7, a, 0)).collect();
        let (found, suppressed) = seeds(&mut postings, |a| OutletId::new(a.index()), &ReuseSettings::for_articles(101));
        assert!(found.is_empty());
        assert_eq!((suppressed.grams, suppressed.places), (1, 101));
    }

    #[test]
    fn a_refrain_does_not_point() {
        let mut postings: Vec<Posting> = (0..9).map(|t| posting(7, 0, t)).chain([posting(7, 1, 0), posting(7, 2, 3)]).collect();
        let (found, suppressed) = seeds(&mut postings, |a| OutletId::new(a.index()), &ReuseSettings::for_articles(3));
        assert_eq!(found.len(), 1);
        assert_eq!((suppressed.grams, suppressed.places), (1, 9));
    }
}
