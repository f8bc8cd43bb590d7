//! The table of categories of listed wording by outlet.

use crate::analysis::findings::Findings;

use super::cell::Code;
use super::rates;
use super::row::row;

row! {
    /// How often an outlet uses listed wording of one category (strength from 2) in one voice. Its hits are the rows of hits.csv
    /// with the same outlet, category and voice.
    pub struct CategoryRow<'f> {
        /// The outlet.
        outlet: &'f str,
        /// The category: every one that was found anywhere, so that a 0 is a row too.
        category: &'f str,
        /// Its name for people.
        category_title: &'f str,
        /// In whose words. Never add them up.
        voice: Code,
        /// Hits.
        n: u64,
        /// Words of that voice in all English articles of the outlet: the denominator.
        words: u64,
        /// 1,000 × n / words; empty without words.
        per_1000: Option<f64>,
        /// Lower end of the 95 % interval of per_1000.
        ci_low: Option<f64>,
        /// Upper end.
        ci_high: Option<f64>,
        /// bootstrap_article or poisson_exact, as in rates.csv.
        ci_method: Code,
        /// description (of these articles; says nothing of others) or inference (bootstrap_article with enough_data TRUE).
        ci_use: Code,
        /// English articles of the outlet.
        articles: u64,
        /// Those of them with a hit.
        articles_with: u64,
        /// TRUE from 5 articles and 5 hits expected at the pooled rate of all outlets: below, do not compare.
        enough_data: bool,
    }
}

/// Rows in order of outlet, category and voice.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = CategoryRow<'f>> {
    let of_category = rates::rows(findings).filter(|rate| rate.level.0 == "category");
    of_category.filter_map(|rate| Some((rate.category?, rate))).map(|(category, rate)| CategoryRow {
        outlet: rate.outlet,
        category,
        category_title: findings.lexicon.category(category).map_or(category, |c| c.title.as_str()),
        voice: rate.voice,
        n: rate.n,
        words: rate.words,
        per_1000: rate.per_1000,
        ci_low: rate.ci_low,
        ci_high: rate.ci_high,
        ci_method: rate.ci_method,
        ci_use: rate.ci_use,
        articles: rate.articles,
        articles_with: rate.articles_with,
        enough_data: rate.enough_data,
    })
}
