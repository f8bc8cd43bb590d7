//! Which articles hold the same n-gram: sorted postings, joined into seeds of article pairs.
//!
//! Cost `O(T log T)` for `T` postings, plus the seeds; an n-gram in more texts than the cap gives none and is kept for the
//! table of what was left out.

use serde::{Deserialize, Serialize};

use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::text::span::Span;

use super::runs::Packed;
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

/// One n-gram shared by two articles, `left < right`.
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
    /// How many texts hold the n-gram.
    pub texts: u32,
}

impl Packed for Posting {
    const BYTES: usize = 16;

    fn pack(&self, out: &mut [u8]) {
        out[..8].copy_from_slice(&self.hash.to_le_bytes());
        put(out, 8, index(self.article));
        put(out, 12, self.token);
    }

    fn unpack(from: &[u8]) -> Self {
        let hash = u64::from(get(from, 0)) | u64::from(get(from, 4)) << 32;
        Self { hash, article: ArticleId::new(get(from, 8) as usize), token: get(from, 12) }
    }
}

impl Packed for Seed {
    const BYTES: usize = 20;

    fn pack(&self, out: &mut [u8]) {
        [index(self.left), index(self.right), self.left_token, self.right_token, self.texts]
            .into_iter()
            .enumerate()
            .for_each(|(i, value)| put(out, 4 * i, value));
    }

    fn unpack(from: &[u8]) -> Self {
        let article = |at| ArticleId::new(get(from, at) as usize);
        Self { left: article(0), right: article(4), left_token: get(from, 8), right_token: get(from, 12), texts: get(from, 16) }
    }
}

fn index(article: ArticleId) -> u32 {
    u32::try_from(article.index()).unwrap_or(u32::MAX)
}

fn put(out: &mut [u8], at: usize, value: u32) {
    out[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

fn get(from: &[u8], at: usize) -> u32 {
    from[at..at + 4].try_into().map_or(0, u32::from_le_bytes)
}

/// An n-gram that was left out, at its first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TooCommon {
    /// Its first article in corpus order.
    pub article: ArticleId,
    /// Its first token there.
    pub token: u32,
    /// How many texts hold it.
    pub texts: u32,
    /// At how many places.
    pub places: u32,
}

/// What joining asks of the corpus.
pub trait Pairing {
    /// The article that stands for this one where texts are counted.
    fn text(&self, article: ArticleId) -> ArticleId;
    /// Whether two articles may share a passage: near enough in time.
    fn may_pair(&self, left: ArticleId, right: ArticleId) -> bool;
}

/// Joins the postings of one n-gram, sorted, into seeds; what it leaves out is given back.
///
/// Up to [`ReuseSettings::paired_texts`] articles are paired each with each. Above, each is paired with the first
/// [`ReuseSettings::hubs`] of them only: all still hang together, at a cost that grows with their number and not with its square.
pub fn join(gram: &[Posting], pairing: &impl Pairing, settings: &ReuseSettings, found: &mut impl FnMut(Seed)) -> Option<TooCommon> {
    let first = gram.first()?;
    let mut texts: Vec<ArticleId> = gram.chunk_by(|a, b| a.article == b.article).map(|p| pairing.text(p[0].article)).collect();
    let articles = texts.len();
    if articles < 2 && gram.len() <= settings.max_places {
        return None;
    }
    texts.sort_unstable();
    texts.dedup();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let too_common = TooCommon { article: first.article, token: first.token, texts: count(texts.len()), places: count(gram.len()) };
    if texts.len() > settings.max_texts {
        return Some(too_common);
    }
    // An article that repeats an n-gram over and over (a refrain, a table) does not point with it.
    let kept: Vec<&[Posting]> = gram.chunk_by(|a, b| a.article == b.article).filter(|places| places.len() <= settings.max_places).collect();
    let partners = if kept.len() <= settings.paired_texts { kept.len() } else { settings.hubs };
    for (i, lefts) in kept.iter().enumerate().take(partners) {
        for rights in kept.iter().skip(i + 1).filter(|rights| pairing.may_pair(lefts[0].article, rights[0].article)) {
            for left in *lefts {
                for right in *rights {
                    found(Seed {
                        left: left.article,
                        right: right.article,
                        left_token: left.token,
                        right_token: right.token,
                        texts: too_common.texts,
                    });
                }
            }
        }
    }
    (kept.len() < articles).then_some(too_common)
}

/// Why a run of words was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SuppressedAs {
    /// It stands in too many texts to point to one.
    ManyTexts,
    /// An article repeats it over and over.
    Refrain,
    /// Two articles share it, and its words are too common to tell more than chance.
    CommonWords,
    /// Two articles share it, and it is a name with its titles.
    BareName,
}

impl SuppressedAs {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ManyTexts => "many_texts",
            Self::Refrain => "refrain",
            Self::CommonWords => "common_words",
            Self::BareName => "bare_name",
        }
    }
}

/// A run of words that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Suppressed {
    /// Its first place in corpus order.
    pub locus: Locus,
    /// Why.
    pub reason: SuppressedAs,
    /// In how many texts its most common part stands.
    pub texts: u32,
    /// At how many places that part stands; for what two articles share, how many pairs of places were left out.
    pub places: u32,
}

/// Left-out n-grams whose first places run on become one row. In order of place.
#[must_use]
pub fn suppressed(mut grams: Vec<TooCommon>, settings: &ReuseSettings) -> Vec<Suppressed> {
    grams.sort_unstable();
    let runs_on = |a: &TooCommon, b: &TooCommon| a.article == b.article && (b.token - a.token) as usize <= settings.seed_words;
    let phrase = |run: &[TooCommon]| {
        let end = run[run.len() - 1].token as usize + settings.seed_words;
        let common = run.iter().max_by_key(|gram| (gram.texts, gram.places)).copied().unwrap_or(run[0]);
        let locus = Locus { article: run[0].article, tokens: Span::new(run[0].token as usize, end) };
        let reason = if common.texts as usize > settings.max_texts { SuppressedAs::ManyTexts } else { SuppressedAs::Refrain };
        Suppressed { locus, reason, texts: common.texts, places: common.places }
    };
    grams.chunk_by(runs_on).map(phrase).collect()
}

#[cfg(test)]
mod tests {
    use super::{ArticleId, Packed, Pairing, Posting, ReuseSettings, Seed, TooCommon, join, suppressed};

    struct All;

    impl Pairing for All {
        fn text(&self, article: ArticleId) -> ArticleId {
            article
        }
        fn may_pair(&self, _: ArticleId, right: ArticleId) -> bool {
            right.index() != 999
        }
    }

    fn posting(hash: u64, article: usize, token: u32) -> Posting {
        Posting { hash, article: ArticleId::new(article), token }
    }

    type Places = (usize, usize, u32, u32);

    fn joined(gram: &[Posting]) -> (Vec<Places>, Option<TooCommon>) {
        let mut seeds = Vec::new();
        let mut keep = |s: Seed| seeds.push((s.left.index(), s.right.index(), s.left_token, s.right_token));
        let common = join(gram, &All, &ReuseSettings::for_articles(3), &mut keep);
        (seeds, common)
    }

    #[test]
    fn each_with_each_while_they_are_few() {
        let (seeds, common) = joined(&[posting(7, 0, 1), posting(7, 1, 9), posting(7, 2, 5), posting(7, 999, 5)]);
        assert_eq!(seeds, [(0, 1, 1, 9), (0, 2, 1, 5), (1, 2, 9, 5)]);
        assert_eq!(common, None);
    }

    #[test]
    fn each_with_the_first_when_they_are_many() {
        let gram: Vec<Posting> = (0..90).map(|a| posting(7, a, 0)).collect();
        let (seeds, common) = joined(&gram);
        let hubs = ReuseSettings::for_articles(3).hubs;
        assert!(seeds.iter().all(|s| s.0 < hubs));
        assert!((1..90).all(|a| seeds.iter().any(|s| s.1 == a)));
        assert_eq!(common, None);
    }

    #[test]
    fn common_grams_are_kept_not_paired() {
        let gram: Vec<Posting> = (0..101).map(|a| posting(7, a, 3)).collect();
        let (seeds, common) = joined(&gram);
        assert!(seeds.is_empty());
        assert_eq!(common.map(|c| (c.texts, c.places, c.token)), Some((101, 101, 3)));
    }

    #[test]
    fn a_refrain_does_not_point() {
        let gram: Vec<Posting> = (0..9).map(|t| posting(7, 0, t)).chain([posting(7, 1, 0), posting(7, 2, 3)]).collect();
        let (seeds, common) = joined(&gram);
        assert_eq!(seeds, [(1, 2, 0, 3)]);
        assert_eq!(common.map(|c| (c.texts, c.places)), Some((3, 11)));
    }

    #[test]
    fn grams_that_run_on_are_one_phrase() {
        let gram = |article, token, texts| TooCommon { article: ArticleId::new(article), token, texts, places: texts };
        let phrases =
            suppressed(vec![gram(0, 4, 120), gram(0, 3, 150), gram(0, 30, 101), gram(1, 31, 101)], &ReuseSettings::for_articles(3));
        let shown: Vec<_> = phrases.iter().map(|p| (p.locus.tokens.start(), p.locus.tokens.end(), p.texts)).collect();
        assert_eq!(shown, [(3, 9, 150), (30, 35, 101), (31, 36, 101)]);
    }

    #[test]
    fn packed_records_come_back() {
        let mut bytes = [0; 20];
        let seed = Seed { left: ArticleId::new(1), right: ArticleId::new(70_000), left_token: 3, right_token: u32::MAX, texts: 5 };
        seed.pack(&mut bytes);
        assert_eq!(Seed::unpack(&bytes), seed);
        posting(u64::MAX - 1, 9, 8).pack(&mut bytes[..16]);
        assert_eq!(Posting::unpack(&bytes[..16]), posting(u64::MAX - 1, 9, 8));
    }
}
