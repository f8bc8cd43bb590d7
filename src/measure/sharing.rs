//! How many words of one outlet another has too.
//!
//! A word of an article counts for an outlet where the one article of that outlet that shares most with it has it. What two
//! articles of an outlet have of it together may be more: what is told is never too much. `O(pairs of articles that share
//! words)`, since a text in more than [`WIDEST`] outlets is left out.

use std::collections::BTreeMap;

use crate::corpus::collection::Corpus;
use crate::id::{ArticleId, OutletId};
use crate::reuse::copies::Copies;

use super::overlap::Overlap;

/// Most outlets of a text that are set beside each other, as in the graph: what stands in more says little of any pair, and pairs
/// grow with the square.
pub const WIDEST: usize = 50;

/// What one outlet has of another's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// Words of the first that the second has.
    pub words: u64,
    /// Articles of the first in which they stand.
    pub articles: u64,
}

/// By the outlet whose words are counted and the one that has them; pairs that share nothing are left out. `words` tells how long
/// an article is.
#[must_use]
pub fn sharing(
    corpus: &Corpus,
    copies: &Copies,
    overlaps: &[Overlap],
    words: impl Fn(ArticleId) -> u64,
) -> BTreeMap<(OutletId, OutletId), Sharing> {
    let printings = Printings::new(corpus, copies);
    // Pairs of texts, either way round: overlaps of copies are overlaps of their text.
    let text = |id: ArticleId| copies.exact_of(id).unwrap_or(id);
    let mut pairs: Vec<(ArticleId, ArticleId, u64)> = Vec::with_capacity(2 * overlaps.len());
    for overlap in overlaps {
        let (left, right) = (text(overlap.left), text(overlap.right));
        if left != right {
            pairs.extend([(left, right, overlap.shared), (right, left, overlap.shared)]);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut found: BTreeMap<(OutletId, OutletId), Sharing> = BTreeMap::new();
    let mut add = |from: (OutletId, u64), to: OutletId, words: u64| {
        let sum = found.entry((from.0, to)).or_default();
        sum.words += from.1 * words;
        sum.articles += from.1;
    };
    for of_text in pairs.chunk_by(|a, b| a.0 == b.0) {
        let own = printings.of(of_text[0].0);
        // Of each outlet the article that shares most; a text printed by both is no matter of pairs.
        let mut most: BTreeMap<OutletId, u64> = BTreeMap::new();
        for &(_, other, shared) in of_text {
            for &(outlet, _) in printings.of(other) {
                let shown = most.entry(outlet).or_default();
                *shown = (*shown).max(shared);
            }
        }
        for &from in own {
            let others = most.iter().filter(|(to, _)| **to != from.0 && !own.iter().any(|own| own.0 == **to));
            others.for_each(|(&to, &shared)| add(from, to, shared));
        }
    }
    for id in corpus.ids().filter(|&id| text(id) == id) {
        let own = printings.of(id);
        for &from in own {
            own.iter().filter(|to| to.0 != from.0).for_each(|to| add(from, to.0, words(id)));
        }
    }
    found
}

/// The outlets that print each text, and in how many articles.
struct Printings(BTreeMap<ArticleId, Vec<(OutletId, u64)>>);

impl Printings {
    fn new(corpus: &Corpus, copies: &Copies) -> Self {
        let mut all: BTreeMap<ArticleId, BTreeMap<OutletId, u64>> = BTreeMap::new();
        for id in corpus.ids() {
            *all.entry(copies.exact_of(id).unwrap_or(id)).or_default().entry(corpus.article(id).outlet).or_default() += 1;
        }
        Self(all.into_iter().map(|(text, outlets)| (text, outlets.into_iter().collect())).collect())
    }

    /// None for a text that stands in too many.
    fn of(&self, text: ArticleId) -> &[(OutletId, u64)] {
        self.0.get(&text).map_or(&[][..], Vec::as_slice).get(..).filter(|all| all.len() <= WIDEST).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::{Sharing, WIDEST, sharing};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::record::Record;
    use crate::id::{ArticleId, OutletId};
    use crate::measure::overlap::Overlap;
    use crate::reuse::copies::{Copies, TextSketch};

    /// Articles of these outlets; equal texts are copies. Ten words each.
    fn found(articles: &[(&str, &str)], overlaps: &[(usize, usize, u64)]) -> Vec<((usize, usize), Sharing)> {
        let mut builder = CorpusBuilder::default();
        for (i, (outlet, text)) in articles.iter().enumerate() {
            builder.admit(Record::of_text(&format!("{i:03}.txt"), outlet, *text));
        }
        let texts: Vec<&str> = articles.iter().map(|a| a.1).collect();
        let sketch = |text: &&str| TextSketch { whole: texts.iter().position(|t| t == text).unwrap() as u64, least: vec![] };
        let copies = Copies::new(&texts.iter().map(sketch).collect::<Vec<_>>(), |_, _| true);
        let id = |i| ArticleId::new(i);
        let overlaps: Vec<Overlap> =
            overlaps.iter().map(|&(l, r, shared)| Overlap { left: id(l), right: id(r), shared, narrator: 0, direct: 0 }).collect();
        let all = sharing(&builder.seal(), &copies, &overlaps, |_| 10);
        let index = |o: OutletId| o.index();
        all.into_iter().map(|((a, b), sharing)| ((index(a), index(b)), sharing)).collect()
    }

    const fn of(words: u64, articles: u64) -> Sharing {
        Sharing { words, articles }
    }

    /// One article of A shares 4 words with one of B and 6 with another: 6 of A's, but 4 and 6 of B's.
    #[test]
    fn the_article_that_shares_most_counts() {
        let articles = [("A", "one"), ("B", "two"), ("B", "three"), ("C", "four")];
        assert_eq!(found(&articles, &[(0, 1, 4), (0, 2, 6)]), [((0, 1), of(6, 1)), ((1, 0), of(10, 2))]);
    }

    /// A and B print one text, which shares 3 words with one of C.
    #[test]
    fn copies_share_their_whole_text_and_what_it_shares() {
        let articles = [("A", "one"), ("B", "one"), ("C", "two")];
        let expected =
            [((0, 1), of(10, 1)), ((0, 2), of(3, 1)), ((1, 0), of(10, 1)), ((1, 2), of(3, 1)), ((2, 0), of(3, 1)), ((2, 1), of(3, 1))];
        // The pair of the copies as overlaps have it, and one of the two pairs with the other text, as where many copies are.
        assert_eq!(found(&articles, &[(0, 1, 10), (0, 2, 3)]), expected);
    }

    /// B prints the text of A and a second one that shares 3 words with it: A has no words but those of its one text.
    #[test]
    fn a_text_that_both_print_is_not_counted_again_by_what_it_shares() {
        let articles = [("A", "one"), ("B", "one"), ("B", "two")];
        assert_eq!(found(&articles, &[(0, 2, 3)]), [((0, 1), of(10, 1)), ((1, 0), of(13, 2))]);
    }

    #[test]
    fn a_text_printed_twice_by_one_outlet_counts_twice() {
        let articles = [("A", "one"), ("A", "one"), ("B", "two")];
        assert_eq!(found(&articles, &[(0, 2, 4)]), [((0, 1), of(8, 2)), ((1, 0), of(4, 1))]);
    }

    #[test]
    fn what_too_many_print_says_nothing_of_two() {
        let names: Vec<String> = (0..=WIDEST).map(|i| format!("{i:02}")).collect();
        let mut articles: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "one")).collect();
        assert!(found(&articles, &[]).is_empty());
        articles.pop();
        assert_eq!(found(&articles, &[]).len(), WIDEST * (WIDEST - 1));
    }
}
