//! The own words of two groups of articles set against each other.

use crate::id::{ArticleId, TokenId};
use crate::stat::contingency::TwoTexts;
use crate::stat::deals::Layout;
use crate::stat::log_odds::log_odds;
use crate::stat::multiple::false_discovery_rates;
use crate::stat::permutation::{Counts, PermutationSettings, permutation_tests};

use super::own_words::WordPlaces;

/// When a word is good enough to compare.
#[derive(Clone, Debug, PartialEq)]
pub struct ContrastSettings {
    /// Fewest articles of the group that has more of a word: a word of one or two articles is theirs, not an outlet's.
    pub word_articles: u64,
    /// Fewest times that a word would be expected in each group if both used it alike, stratum by stratum.
    pub expected: f64,
    /// Greatest false discovery rate at which a word is said to lean.
    pub discovery: f64,
    /// The permutation of articles.
    pub permutation: PermutationSettings,
}

impl Default for ContrastSettings {
    fn default() -> Self {
        Self { word_articles: 3, expected: 5.0, discovery: 0.05, permutation: PermutationSettings::default() }
    }
}

/// One article of one of the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The article.
    pub article: ArticleId,
    /// Whether it is of the first group.
    pub first: bool,
    /// Articles of one stratum are compared with each other only; numbered from 0 without gaps.
    pub stratum: usize,
}

/// A word in two groups of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The word.
    pub word: TokenId,
    /// How often it stands in each group.
    pub counts: TwoTexts,
    /// Articles of each group that hold it.
    pub articles: [u64; 2],
    /// What the prior leaves of its difference, in standard deviations; `None` where it is not defined.
    pub z: Option<f64>,
    /// How often the first group would have it if both used it alike, stratum by stratum, and what the deals of articles
    /// say; `None` for too little data.
    pub tested: Option<Tested>,
}

/// What a permutation of articles says of a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tested {
    /// How often the first group would have the word.
    pub expected: f64,
    /// Share of deals that are at least as far out.
    pub p: f64,
    /// False discovery rate among the words of the pair.
    pub q: f64,
    /// Deals that were looked at.
    pub deals: u64,
}

impl Keyword {
    /// Whether the first group has more (`true`) or less of the word than deals explain; `None` where they do, or where it
    /// was not tested.
    #[must_use]
    pub fn leans_to_first(&self, discovery: f64) -> Option<bool> {
        self.tested.filter(|tested| tested.q < discovery).map(|tested| self.counts.a as f64 > tested.expected)
    }
}

/// Words of the members, in order of their ids, as far as either group has them in [`ContrastSettings::word_articles`]. A word is
/// tested where both groups would be expected to have it often enough at the rate of each stratum, and the one that has more of it
/// than that has it in so many articles. The prior of the log-odds is the pooled counts of both groups. `leave` names words to leave
/// out.
///
/// Cost: the places of all words, and the permutation.
#[must_use]
pub fn contrast(places: &WordPlaces, members: &[Member], leave: &[TokenId], settings: &ContrastSettings) -> Vec<Keyword> {
    const NONE: u32 = u32::MAX;
    let mut unit_of = vec![NONE; places.articles()];
    for (unit, member) in members.iter().enumerate() {
        unit_of[member.article.index()] = u32::try_from(unit).unwrap_or(NONE);
    }
    let first: Vec<bool> = members.iter().map(|m| m.first).collect();
    let size: Vec<u64> = members.iter().map(|m| places.total(m.article)).collect();
    let stratum: Vec<usize> = members.iter().map(|m| m.stratum).collect();
    let words = |of_first: bool| -> u64 { first.iter().zip(&size).filter(|(f, _)| **f == of_first).map(|(_, s)| s).sum() };
    let [words_a, words_b] = [words(true), words(false)];
    let all_words = (words_a + words_b) as f64;
    let shares = shares_of_first(members, &size);
    let mut keywords = Vec::new();
    let mut tested: Vec<(usize, Counts)> = Vec::new();
    for word in places.words() {
        // In order first, second.
        let (mut n, mut articles, mut expected_first) = ([0u64; 2], [0u64; 2], 0.0);
        for &(_, article, times) in word {
            if let Some(member) = members.get(unit_of[article.index()] as usize) {
                n[usize::from(!member.first)] += u64::from(times);
                articles[usize::from(!member.first)] += 1;
                expected_first += f64::from(times) * shares[member.stratum];
            }
        }
        if articles[0].max(articles[1]) < settings.word_articles || leave.contains(&word[0].0) {
            continue;
        }
        let counts = TwoTexts { a: n[0], b: n[1], words_a, words_b };
        let all = (n[0] + n[1]) as f64;
        let expected = [expected_first, all - expected_first];
        let more = usize::from(n[0] as f64 <= expected[0]);
        if expected[0].min(expected[1]) >= settings.expected && articles[more] >= settings.word_articles {
            let units = word.iter().filter(|place| unit_of[place.1.index()] != NONE);
            tested.push((keywords.len(), units.map(|place| (unit_of[place.1.index()] as usize, u64::from(place.2))).collect()));
        }
        keywords.push(Keyword { word: word[0].0, counts, articles, z: log_odds(counts, all, all_words).map(|l| l.z), tested: None });
    }
    let (at, counts): (Vec<usize>, Vec<Counts>) = tested.into_iter().unzip();
    let layout = Layout { first: &first, stratum: &stratum, size: &size };
    let found = permutation_tests(&layout, &counts, &settings.permutation);
    let q = false_discovery_rates(&found.iter().map(|f| f.p).collect::<Vec<f64>>());
    for ((at, found), q) in at.into_iter().zip(found).zip(q) {
        let expected = keywords[at].counts.a as f64 - found.excess;
        keywords[at].tested = Some(Tested { expected, p: found.p, q, deals: found.deals });
    }
    keywords
}

/// For each stratum the share of its words that are of the first group.
fn shares_of_first(members: &[Member], size: &[u64]) -> Vec<f64> {
    let mut words = vec![[0u64; 2]; members.iter().map(|m| m.stratum + 1).max().unwrap_or(0)];
    for (member, size) in members.iter().zip(size) {
        words[member.stratum][usize::from(!member.first)] += size;
    }
    words.into_iter().map(|[first, second]| first as f64 / (first + second).max(1) as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::{ContrastSettings, Keyword, Member, Tested, contrast};
    use crate::id::{ArticleId, TokenId};
    use crate::measure::own_words::{OwnWords, WordPlaces};
    use crate::stat::contingency::TwoTexts;
    use crate::stat::log_odds::log_odds;

    fn words(total: u64, telling: &[(usize, u32)]) -> OwnWords {
        OwnWords { total, telling: telling.iter().map(|&(id, n)| (TokenId::new(id), n)).collect() }
    }

    fn keywords(texts: &[(OwnWords, bool, usize)]) -> Vec<Keyword> {
        let words: Vec<OwnWords> = texts.iter().map(|text| text.0.clone()).collect();
        let member = |(i, text): (usize, &(OwnWords, bool, usize))| Member { article: ArticleId::new(i), first: text.1, stratum: text.2 };
        let members: Vec<Member> = texts.iter().enumerate().map(member).collect();
        contrast(&WordPlaces::new(&words), &members, &[TokenId::new(9)], &ContrastSettings::default())
    }

    /// Ten articles of each outlet: one word that all of the first have and none of the second, one that both have alike, one
    /// that stands in two articles only, one that is too rare to be tested, and one that is to be left out.
    #[test]
    fn words_that_lean_words_that_do_not_and_words_that_are_too_few() {
        let texts: Vec<_> = (0..20)
            .map(|i| {
                let mut own = vec![];
                own.extend((i < 10).then_some((1, 2)));
                own.push((2, 1));
                own.extend((i < 2).then_some((3, 30)));
                own.extend((i < 4).then_some((4, 1)));
                own.push((9, 5));
                (words(100, &own), i < 10, 0)
            })
            .collect();
        let found = keywords(&texts);
        assert_eq!(found.iter().map(|k| k.word.index()).collect::<Vec<_>>(), [1, 2, 4]);
        let [leans, alike, rare] = &found[..] else { panic!() };
        assert_eq!((leans.counts.a, leans.counts.b, leans.articles), (20, 0, [10, 0]));
        assert_eq!((leans.leans_to_first(0.05), leans.tested.unwrap().expected), (Some(true), 10.0));
        assert_eq!((alike.leans_to_first(0.05), alike.tested.unwrap().p), (None, 1.0));
        assert_eq!((rare.tested, rare.leans_to_first(0.05)), (None, None));
    }

    /// Every story of the first outlet is twice about the port, and so is the second's: inside the stories both are alike,
    /// though the outlets cover unlike numbers of each.
    #[test]
    fn inside_stories_the_topic_is_no_difference() {
        let story = |stratum: usize, port: u32, first: usize, second: usize| {
            let one = move |of_first: bool| (words(100, &[(1, port), (2, 1)]), of_first, stratum);
            (0..first).map(move |_| one(true)).chain((0..second).map(move |_| one(false)))
        };
        let texts: Vec<_> = story(0, 8, 8, 2).chain(story(1, 1, 2, 8)).collect();
        let port = |texts: &[_]| keywords(texts).into_iter().find(|k| k.word.index() == 1).unwrap();
        let held = port(&texts);
        assert!((held.tested.unwrap().expected - held.counts.a as f64).abs() < 1e-9 && held.leans_to_first(0.05).is_none(), "{held:?}");
        let mixed: Vec<_> = texts.into_iter().map(|(words, first, _)| (words, first, 0)).collect();
        assert!(port(&mixed).tested.unwrap().p < 0.05);
    }

    /// The word stands in a story of which the first outlet has one article among eleven, and in one of ten articles of each that
    /// lacks it: over all its words the first outlet might be expected to have it twelve times, in that story hardly three.
    #[test]
    fn too_few_are_too_few_inside_the_stories() {
        let one = |word: usize, n: u32, of_first: bool, stratum: usize| (words(100, &[(word, n)]), of_first, stratum);
        let texts: Vec<_> =
            (0..11).map(|i| one(1, if i == 0 { 1 } else { 3 }, i == 0, 0)).chain((0..20).map(|i| one(2, 3, i < 10, 1))).collect();
        let found = keywords(&texts);
        let [rare, common] = &found[..] else { panic!() };
        assert_eq!((rare.word.index(), rare.counts.a, rare.counts.b, rare.tested), (1, 1, 30, None));
        assert_eq!(common.tested.map(|tested| (tested.expected, tested.p)), Some((30.0, 1.0)));
    }

    /// The first outlet has the word more often than its share of all words, and less often than its share of the story:
    /// what is asked of whoever has more of it is asked of the second outlet.
    #[test]
    fn who_has_more_is_told_inside_the_stories() {
        let one = |n: u32, of_first: bool, stratum: usize| (words(100, &[(1, n), (2, 1)][usize::from(n == 0)..]), of_first, stratum);
        let of = |seconds: u32| {
            let held = (0..9).map(move |i| one(if i < 8 { 2 } else { 6 }, true, 0));
            let others = (0..3).map(move |i| one(if i < seconds { 12 } else { 0 }, false, 0));
            let elsewhere = (0..40).map(|i| one(0, i < 2, 1));
            let texts: Vec<_> = held.chain(others).chain(elsewhere).collect();
            let word = keywords(&texts).into_iter().find(|k| k.word.index() == 1);
            word.map(|k| (k.articles, k.tested.is_some()))
        };
        assert_eq!(of(3), Some(([9, 3], true)));
        assert_eq!(of(2), Some(([9, 2], false)));
    }

    /// Five expected on either side are enough, and three articles are; four and two are not. The prior is the pooled counts.
    #[test]
    fn as_much_as_is_asked_for_is_enough() {
        let texts = |each: u32, having: usize| -> Vec<_> {
            let own = move |i: usize| if i < having { vec![(1, each), (2, 1)] } else { vec![(2, 1)] };
            (0..10).map(|i| (words(100, &own(i)), i < 5, 0)).collect()
        };
        let word = |texts: &[_]| keywords(texts).into_iter().find(|k| k.word.index() == 1);
        let enough = word(&texts(2, 5)).unwrap();
        assert_eq!((enough.counts.a, enough.tested.map(|tested| tested.expected)), (10, Some(5.0)));
        assert_eq!(enough.z, log_odds(enough.counts, 10.0, 1_000.0).map(|l| l.z));
        assert!(word(&texts(4, 3)).unwrap().tested.is_some());
        assert!(word(&texts(1, 5)).unwrap().tested.is_none());
        assert!(word(&texts(9, 2)).is_none());
    }

    /// Of many words one in twenty has p below .05 by chance: it is q that tells.
    #[test]
    fn a_word_leans_by_q() {
        let counts = TwoTexts { a: 20, b: 5, words_a: 100, words_b: 100 };
        let tested = |p, q| Keyword {
            word: TokenId::new(0),
            counts,
            articles: [5, 5],
            z: None,
            tested: Some(Tested { expected: 12.5, p, q, deals: 999 }),
        };
        assert_eq!(tested(0.01, 0.2).leans_to_first(0.05), None);
        assert_eq!(tested(0.01, 0.05).leans_to_first(0.05), None);
        assert_eq!(tested(0.01, 0.04).leans_to_first(0.05), Some(true));
    }
}
