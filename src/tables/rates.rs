//! The table of rates.

use crate::analysis::findings::Findings;
use crate::measure::rates::Counted;

use super::cell::Code;
use super::row::row;

row! {
    /// How often an outlet uses listed wording (strength from 2) in one voice.
    pub struct RateRow<'f> {
        /// The outlet.
        outlet: &'f str,
        /// What is counted: all, category or entry. Entries are listed where the outlet has them.
        level: Code,
        /// The entry, where level is entry.
        lexicon_id: Option<&'f str>,
        /// The category, where level is category or entry.
        category: Option<&'f str>,
        /// In whose words: narrator, indirect or direct. Never add them up.
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
        /// bootstrap_article (2,000 resamples of articles, from 10 articles; expanded percentiles, Hesterberg 2015, and never
        /// narrower than poisson_exact) or poisson_exact (Garwood 1936).
        ci_method: Code,
        /// description (of these articles; says nothing of others) or inference (bootstrap_article with enough_data TRUE).
        ci_use: Code,
        /// English articles of the outlet: the lists are English.
        articles: u64,
        /// Those of them with a hit.
        articles_with: u64,
        /// TRUE from 5 articles and 5 hits expected at the pooled rate of all outlets: below, do not compare.
        enough_data: bool,
    }
}

/// Rows in order of outlet, level and voice.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = RateRow<'f>> {
    findings.rates.iter().map(move |rate| {
        let (level, entry, category) = match rate.counted {
            Counted::All => ("all", None, None),
            Counted::Category(id) => ("category", None, Some(id)),
            Counted::Entry(id) => {
                let entry = findings.lexicon.entry(id);
                ("entry", Some(entry.id.as_str()), Some(entry.category.as_str()))
            }
        };
        RateRow {
            outlet: &findings.corpus.outlet(rate.outlet).name,
            level: Code(level),
            lexicon_id: entry,
            category,
            voice: Code(rate.voice.as_str()),
            n: rate.n,
            words: rate.words,
            per_1000: rate.per_1000(),
            ci_low: rate.interval.map(|i| i.low),
            ci_high: rate.interval.map(|i| i.high),
            ci_method: Code(rate.method.as_str()),
            ci_use: Code(rate.interval_use().as_str()),
            articles: rate.articles,
            articles_with: rate.articles_with,
            enough_data: rate.enough_data,
        }
    })
}
