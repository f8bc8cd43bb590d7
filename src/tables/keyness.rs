//! The table of words that outlets use unevenly.

use crate::analysis::findings::Findings;
use crate::measure::contrast::{ContrastSettings, Keyword};
use crate::measure::keyness::Contrast;
use crate::measure::rates::per_1000;

use super::cell::Code;
use super::row::row;

row! {
    /// A word in two outlets. Only their own words count: the narrator's and reported speech, nothing inside quotation marks.
    /// Small words, numbers, words of both outlets' names and words of fewer than three articles of either outlet are left out; copies of one text in an outlet count once.
    /// Pairs of outlets in order of name; in each, words with enough data come first, the farthest from 0 by z first, the others
    /// by the alphabet.
    pub struct KeynessRow<'f> {
        /// The outlet.
        outlet_a: &'f str,
        /// The other; empty for all other outlets together.
        outlet_b: Option<&'f str>,
        /// Which articles: same_stories (those of stories that both report, compared story by story) or all_articles (a difference
        /// may be one of topics).
        basis: Code,
        /// The word, folded.
        feature: &'f str,
        /// How often it stands in a.
        n_a: u64,
        /// How often in b.
        n_b: u64,
        /// How often it would stand in a if both used it alike, story by story where basis is same_stories; empty without
        /// enough data.
        expected_a: Option<f64>,
        /// Own words of a in those articles, small ones counted.
        words_a: u64,
        /// The same of b.
        words_b: u64,
        /// 1,000 × n_a / words_a.
        per_1000_a: Option<f64>,
        /// 1,000 × n_b / words_b.
        per_1000_b: Option<f64>,
        /// Binary logarithm of per_1000_a / per_1000_b, 0 counted as half a hit (Hardie 2014): 1 is twice as often in a, -1 in b.
        /// Over all articles compared, taken together: inside the same stories p, q and more_in go by expected_a, and may point the other way.
        log_ratio: Option<f64>,
        /// Log-odds ratio with the pooled counts as prior, in standard deviations (Monroe, Colaresi & Quinn 2008). For order, not
        /// for judgement: words of one article hang together.
        z: Option<f64>,
        /// Log-likelihood ratio over four cells (Dunning 1993). The same holds.
        g2: Option<f64>,
        /// Articles of a that have the word.
        articles_a: u64,
        /// The same of b.
        articles_b: u64,
        /// Share of deals of the articles into two groups as large (story by story where basis is same_stories) that part the
        /// word at least as far; at least 1 / (1 + replicates). Empty without enough data.
        p: Option<f64>,
        /// False discovery rate among the words of the pair (Benjamini & Hochberg 1995).
        q: Option<f64>,
        /// Deals that p rests on: all there are, or up to 19,999 drawn at random, fewer where a word is soon settled.
        replicates: Option<u64>,
        /// The outlet that has more of it than deals explain (q below 0.05); others where that is not one outlet; neither
        /// otherwise; empty without enough data.
        more_in: &'f str,
        /// TRUE where each side would be expected to have the word five times (expected_a, and the rest of it in b), and the one
        /// that has more of it than that has it in three articles: below, do not compare.
        enough_data: bool,
    }
}

/// Rows in order of outlets, then as the words come.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = KeynessRow<'f>> {
    let discovery = findings.settings.keyness.as_ref().map_or(ContrastSettings::default().discovery, |s| s.words.discovery);
    let contrasts = findings.keyness.iter().flat_map(|keyness| &keyness.contrasts);
    contrasts.flat_map(move |contrast| contrast.keywords.iter().map(move |word| row_of(findings, contrast, word, discovery)))
}

fn row_of<'f>(findings: &'f Findings<'_>, contrast: &Contrast, keyword: &Keyword, discovery: f64) -> KeynessRow<'f> {
    let name = |outlet| findings.corpus.outlet(outlet).name.as_str();
    let (first, second) = (name(contrast.opponents.first), contrast.opponents.second.map(name));
    let counts = keyword.counts;
    let more_in = match (keyword.tested, keyword.leans_to_first(discovery)) {
        (None, _) => "",
        (_, Some(true)) => first,
        (_, Some(false)) => second.unwrap_or("others"),
        (_, None) => "neither",
    };
    KeynessRow {
        outlet_a: first,
        outlet_b: second,
        basis: Code(contrast.opponents.basis.as_str()),
        feature: findings.corpus.vocabulary().word(keyword.word),
        n_a: counts.a,
        n_b: counts.b,
        expected_a: keyword.tested.map(|t| t.expected),
        words_a: counts.words_a,
        words_b: counts.words_b,
        per_1000_a: per_1000(counts.a, counts.words_a),
        per_1000_b: per_1000(counts.b, counts.words_b),
        log_ratio: counts.log_ratio(),
        z: keyword.z,
        g2: counts.g2(),
        articles_a: keyword.articles[0],
        articles_b: keyword.articles[1],
        p: keyword.tested.map(|t| t.p),
        q: keyword.tested.map(|t| t.q),
        replicates: keyword.tested.map(|t| t.deals),
        more_in,
        enough_data: keyword.tested.is_some(),
    }
}
