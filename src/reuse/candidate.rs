//! From seeds to pairs of stretches worth aligning.

use crate::corpus::document::Document;
use crate::corpus::locus::Locus;
use crate::text::span::{Span, Token};

use super::postings::Seed;
use super::settings::ReuseSettings;
use super::stem::WordClasses;

/// Two stretches, each inside one paragraph, with the seeds that chain between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// In the earlier article.
    pub left: Locus,
    /// In the other.
    pub right: Locus,
    /// First tokens of its seeds, in order on the left.
    pub seeds: Vec<(u32, u32)>,
    /// How many texts hold its rarest n-gram.
    pub rarest: u32,
}

/// Chains the seeds of one pair of articles: a seed joins the chain whose last seed is nearest among those at most
/// `chain_gap` words before it on both sides and shifted by at most `chain_drift` (after Li, H. 2018, minimap2).
/// The stretches are the chains with a margin, cut at the paragraph. In order on the left.
#[must_use]
pub fn candidates(
    seeds: &[Seed],
    (left, right): (&Document, &Document),
    classes: &WordClasses,
    settings: &ReuseSettings,
) -> Vec<Candidate> {
    let Some(&first) = seeds.first() else { return Vec::new() };
    // Chaining takes seeds as they come on one side: always the same one, so that both orders of two articles are alike.
    let turned = classes.goes_after(left.words().iter().map(|w| w.id), right.words().iter().map(|w| w.id));
    let mut keyed: Vec<Keyed> = seeds
        .iter()
        .map(|s| {
            let (l, r) = (s.left_token, s.right_token);
            let paragraphs = (left.paragraph_of(l as usize), right.paragraph_of(r as usize));
            if turned { ((paragraphs.1, paragraphs.0), (r, l), s.texts) } else { (paragraphs, (l, r), s.texts) }
        })
        .collect();
    keyed.sort_unstable();
    let mut out = Vec::new();
    for group in keyed.chunk_by(|a, b| a.0 == b.0) {
        let (at_l, at_r) = if turned { (group[0].0.1, group[0].0.0) } else { group[0].0 };
        let (in_left, in_right) = (left.paragraphs()[at_l].tokens, right.paragraphs()[at_r].tokens);
        for (mut seeds, rarest) in chains(group, settings) {
            if turned {
                seeds.iter_mut().for_each(|seed| *seed = (seed.1, seed.0));
            }
            let hull = |at: fn(&(u32, u32)) -> u32, paragraph: Span<Token>| {
                let start = seeds.iter().map(at).min().unwrap_or(0) as usize;
                let end = seeds.iter().map(at).max().unwrap_or(0) as usize + settings.seed_words;
                Span::new(start.saturating_sub(settings.margin).max(paragraph.start()), (end + settings.margin).min(paragraph.end()))
            };
            out.push(Candidate {
                left: Locus { article: first.left, tokens: hull(|s| s.0, in_left) },
                right: Locus { article: first.right, tokens: hull(|s| s.1, in_right) },
                rarest,
                seeds,
            });
        }
    }
    out
}

/// Paragraphs of both sides, first tokens on both sides, texts that hold the n-gram.
type Keyed = ((usize, usize), (u32, u32), u32);

/// Chains as seeds and the fewest articles that hold one of their n-grams.
fn chains(group: &[Keyed], settings: &ReuseSettings) -> Vec<(Vec<(u32, u32)>, u32)> {
    let mut chains: Vec<(Vec<(u32, u32)>, u32)> = Vec::new();
    let reach = u32::try_from(settings.chain_gap + settings.seed_words).unwrap_or(u32::MAX);
    // Chains that end too far back can take no further seed; the open ones are few.
    let mut open: Vec<usize> = Vec::new();
    for &(_, (l, r), texts) in group {
        open.retain(|&c| chains[c].0.last().is_some_and(|&(last, _)| last + reach >= l));
        let nearest = open
            .iter()
            .filter_map(|&c| {
                let &(last_l, last_r) = chains[c].0.last()?;
                let drift = (i64::from(r) - i64::from(last_r)) - (i64::from(l) - i64::from(last_l));
                let fits = last_r < r && last_l < l && r - last_r <= reach && drift.unsigned_abs() <= settings.chain_drift as u64;
                fits.then_some((drift.unsigned_abs(), c))
            })
            .min();
        match nearest {
            Some((_, c)) => {
                chains[c].0.push((l, r));
                chains[c].1 = chains[c].1.min(texts);
            }
            None => {
                open.push(chains.len());
                chains.push((vec![(l, r)], texts));
            }
        }
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::{Keyed, ReuseSettings, chains};

    fn group(places: &[(u32, u32)]) -> Vec<Keyed> {
        places.iter().map(|&place| ((0, 0), place, 2)).collect()
    }

    #[test]
    fn near_seeds_chain_and_far_ones_do_not() {
        let settings = ReuseSettings::for_articles(2);
        let found = chains(&group(&[(0, 10), (1, 11), (14, 26), (60, 70), (61, 20)]), &settings);
        let shown: Vec<&[(u32, u32)]> = found.iter().map(|c| &c.0[..]).collect();
        assert_eq!(shown, [&[(0, 10), (1, 11), (14, 26)][..], &[(60, 70)], &[(61, 20)]]);
    }
}
