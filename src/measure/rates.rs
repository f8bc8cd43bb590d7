//! How often, in whose voice: hits per 1,000 words by outlet, with the uncertainty of the articles at hand.

use std::collections::BTreeMap;

use crate::corpus::collection::Corpus;
use crate::framing::usage::Usage;
use crate::id::{ArticleId, EntryId, OutletId};
use crate::lexicon::load::Lexicon;
use crate::stat::bootstrap::{Ratio, ratio_intervals};
use crate::stat::interval::{Interval, IntervalUse};
use crate::stat::poisson::poisson_exact;
use crate::voice::mask::Voice;

/// What a rate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted<'l> {
    /// All listed wording.
    All,
    /// One category.
    Category(&'l str),
    /// One entry.
    Entry(EntryId),
}

/// How an interval was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalMethod {
    /// Resampling of articles.
    BootstrapArticle,
    /// Exact Poisson: describes these articles, says nothing of others.
    PoissonExact,
}

impl IntervalMethod {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BootstrapArticle => "bootstrap_article",
            Self::PoissonExact => "poisson_exact",
        }
    }
}

/// One outlet's rate of something in one voice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate<'l> {
    /// The outlet.
    pub outlet: OutletId,
    /// What is counted.
    pub counted: Counted<'l>,
    /// In which voice.
    pub voice: Voice,
    /// Hits.
    pub n: u64,
    /// Words of that voice.
    pub words: u64,
    /// 95 % interval of hits per 1,000 words; `None` without words.
    pub interval: Option<Interval>,
    /// How that was made.
    pub method: IntervalMethod,
    /// Articles of the outlet that were searched: those in English.
    pub articles: u64,
    /// Articles with a hit.
    pub articles_with: u64,
    /// Whether articles and expected hits suffice to compare.
    pub enough_data: bool,
}

/// So many in 1,000 words; `None` without words.
#[must_use]
pub fn per_1000(n: u64, words: u64) -> Option<f64> {
    (words > 0).then(|| n as f64 * 1000.0 / words as f64)
}

impl Rate<'_> {
    /// Hits per 1,000 words; `None` without words.
    #[must_use]
    pub fn per_1000(&self) -> Option<f64> {
        per_1000(self.n, self.words)
    }

    /// What its interval may be used for.
    #[must_use]
    pub fn interval_use(&self) -> IntervalUse {
        match self.method {
            IntervalMethod::BootstrapArticle if self.enough_data => IntervalUse::Inference,
            _ => IntervalUse::Description,
        }
    }
}

/// When a rate is good enough to compare, and how its interval is made.
#[derive(Clone, Debug, PartialEq)]
pub struct RateSettings {
    /// Weakest entries that count.
    pub min_strength: u8,
    /// Fewest articles of an outlet for resampling.
    pub bootstrap_articles: u64,
    /// Fewest articles of an outlet to compare it.
    pub enough_articles: u64,
    /// Fewest hits that the pooled rate of all outlets would give it.
    pub enough_expected: f64,
    /// Seed of the resampling.
    pub seed: u64,
}

impl Default for RateSettings {
    fn default() -> Self {
        Self { min_strength: 2, bootstrap_articles: 10, enough_articles: 5, enough_expected: 5.0, seed: 1 }
    }
}

/// What one article adds.
#[derive(Clone, Copy, Debug)]
pub struct ArticleCounts<'f> {
    /// Its words by voice, in the order of [`Voice::ALL`].
    pub words: [u64; 3],
    /// Its usages.
    pub usages: &'f [Usage],
}

type Cell<'l> = (Counted<'l>, Voice);

/// Hits of one outlet: per cell, the articles that have some (as positions in the outlet's list) and how many.
type OutletCounts<'l> = BTreeMap<Cell<'l>, Vec<(usize, u64)>>;

/// Rates of every outlet: everything and each category that occurs anywhere in every voice (zeros included), each entry
/// where the outlet has it. Voices in which no outlet has a word are left out. In order of outlet, counted thing, voice.
#[must_use]
pub fn rates<'l>(corpus: &Corpus, lexicon: &'l Lexicon, articles: &[ArticleCounts<'_>], settings: &RateSettings) -> Vec<Rate<'l>> {
    // The lists are English: articles in other languages are neither searched nor part of a denominator.
    let searched: Vec<Vec<ArticleId>> = corpus
        .outlets()
        .iter()
        .map(|outlet| outlet.articles.iter().copied().filter(|&id| corpus.article(id).is_english()).collect())
        .collect();
    let counts: Vec<OutletCounts<'l>> = searched
        .iter()
        .map(|articles_of| {
            let mut counts = OutletCounts::new();
            for (i, id) in articles_of.iter().enumerate() {
                count(&mut counts, i, articles[id.index()].usages, lexicon, settings);
            }
            counts
        })
        .collect();
    let mut words = [0; 3];
    for id in searched.iter().flatten() {
        (0..3).for_each(|v| words[v] += articles[id.index()].words[v]);
    }
    let voices: Vec<Voice> = Voice::ALL.into_iter().filter(|&v| words[v as usize] > 0).collect();
    let mut pooled: BTreeMap<Cell<'l>, u64> = BTreeMap::new();
    for (cell, found) in counts.iter().flatten() {
        *pooled.entry(*cell).or_default() += found.iter().map(|f| f.1).sum::<u64>();
    }
    let mut everywhere: Vec<Counted<'l>> = pooled.keys().map(|c| c.0).filter(|c| !matches!(c, Counted::Entry(_))).collect();
    everywhere.dedup();
    let mut out = Vec::new();
    for (o, (articles_of, counts)) in searched.iter().zip(&counts).enumerate() {
        let mut counted = everywhere.clone();
        counted.extend(counts.keys().map(|c| c.0).filter(|c| matches!(c, Counted::Entry(_))));
        counted.dedup();
        let by_voice: Vec<Vec<u64>> =
            Voice::ALL.iter().map(|&v| articles_of.iter().map(|id| articles[id.index()].words[v as usize]).collect()).collect();
        let cells: Vec<Cell<'l>> = counted.iter().flat_map(|&c| voices.iter().map(move |&v| (c, v))).collect();
        let found = |cell: &Cell<'l>| counts.get(cell).map_or(&[][..], |f| &f[..]);
        let resampled = resample(&cells, &by_voice, found, articles_of.len(), settings);
        for (i, cell) in cells.iter().enumerate() {
            let n: u64 = found(cell).iter().map(|f| f.1).sum();
            let of_voice: u64 = by_voice[cell.1 as usize].iter().sum();
            let per_1000 = |interval: Interval, words: f64| interval.scaled(1000.0 / words);
            let (interval, method) = match &resampled {
                Some(intervals) => (intervals[i].map(|x| per_1000(x, 1.0)), IntervalMethod::BootstrapArticle),
                None => ((of_voice > 0).then(|| per_1000(poisson_exact(n), of_voice as f64)), IntervalMethod::PoissonExact),
            };
            let all_hits = pooled.get(cell).copied().unwrap_or(0) as f64;
            let expected = all_hits * of_voice as f64 / words[cell.1 as usize].max(1) as f64;
            let own = articles_of.len() as u64;
            out.push(Rate {
                outlet: OutletId::new(o),
                counted: cell.0,
                voice: cell.1,
                n,
                words: of_voice,
                interval,
                method,
                articles: own,
                articles_with: found(cell).len() as u64,
                enough_data: own >= settings.enough_articles && expected >= settings.enough_expected,
            });
        }
    }
    out
}

fn count<'l>(counts: &mut OutletCounts<'l>, article: usize, usages: &[Usage], lexicon: &'l Lexicon, settings: &RateSettings) {
    for usage in usages.iter().filter(|u| u.hit.strength >= settings.min_strength) {
        let category = lexicon.entry(usage.hit.entry).category.as_str();
        for counted in [Counted::All, Counted::Category(category), Counted::Entry(usage.hit.entry)] {
            let found = counts.entry((counted, usage.voice)).or_default();
            match found.last_mut().filter(|last| last.0 == article) {
                Some(last) => last.1 += 1,
                None => found.push((article, 1)),
            }
        }
    }
}

fn resample<'c, 'l: 'c>(
    cells: &[Cell<'l>],
    by_voice: &[Vec<u64>],
    found: impl Fn(&Cell<'l>) -> &'c [(usize, u64)],
    articles: usize,
    settings: &RateSettings,
) -> Option<Vec<Option<Interval>>> {
    if (articles as u64) < settings.bootstrap_articles {
        return None;
    }
    let ratios: Vec<Ratio<'_>> = cells.iter().map(|cell| Ratio { numerators: found(cell), denominators: cell.1 as usize }).collect();
    Some(ratio_intervals(articles, &ratios, by_voice, settings.seed))
}

#[cfg(test)]
mod tests {
    use super::{ArticleCounts, Counted, RateSettings, rates};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::record::Record;
    use crate::framing::usage::Usage;
    use crate::id::EntryId;
    use crate::lexicon::load::Lexicon;
    use crate::lexicon::scan::Hit;
    use crate::stat::interval::IntervalUse;
    use crate::stat::poisson::poisson_exact;
    use crate::text::span::Span;
    use crate::voice::mask::Voice;

    /// The lists are English: what an outlet prints in another language can hold no hit, so its words are no chance of one.
    #[test]
    fn articles_in_another_language_are_no_part_of_a_rate() {
        let mut builder = CorpusBuilder::default();
        for (path, language) in [("1.txt", "en"), ("2.txt", "de")] {
            builder.admit(Record { language: language.into(), ..Record::of_text(path, "Outlet", format!("Text of {path}.")) });
        }
        let corpus = builder.seal();
        let hit = Hit { entry: EntryId::new(0), tokens: Span::new(0, 1), strength: 2, name: None, negated: false };
        let usage = Usage { hit, voice: Voice::Narrator, distancing: false, utterance: None, scare_quoted: false, in_headline: false };
        let found = [usage];
        let counts: Vec<ArticleCounts<'_>> = corpus
            .articles()
            .iter()
            .map(|a| ArticleCounts {
                words: [if a.is_english() { 100 } else { 900 }, 0, 0],
                usages: if a.is_english() { &found[..] } else { &[] },
            })
            .collect();
        let rates = rates(&corpus, Lexicon::english_framing(), &counts, &RateSettings::default());
        let all = rates.iter().find(|r| r.counted == Counted::All).unwrap();
        assert_eq!((all.n, all.words, all.articles, all.per_1000()), (1, 100, 1, Some(10.0)));
    }

    /// Ten articles of one hit in a hundred words each: resampled, and more than five hits expected. With fewer articles, or too
    /// few hits, an interval describes.
    #[test]
    fn what_an_interval_may_be_used_for() {
        let found = |articles: usize, words: u64, every: usize| {
            let mut builder = CorpusBuilder::default();
            for i in 0..articles {
                builder.admit(Record { language: "en".into(), ..Record::of_text(&format!("{i:02}"), "Outlet", format!("Text {i}.")) });
            }
            let corpus = builder.seal();
            let hit = Hit { entry: EntryId::new(0), tokens: Span::new(0, 1), strength: 2, name: None, negated: false };
            let usage =
                [Usage { hit, voice: Voice::Narrator, distancing: false, utterance: None, scare_quoted: false, in_headline: false }];
            let counts: Vec<ArticleCounts<'_>> =
                (0..articles).map(|i| ArticleCounts { words: [words, 0, 0], usages: &usage[..usize::from(i % every == 0)] }).collect();
            rates(&corpus, Lexicon::english_framing(), &counts, &RateSettings::default())[0].interval_use()
        };
        assert_eq!(found(10, 100, 1), IntervalUse::Inference);
        assert_eq!(found(9, 100, 1), IntervalUse::Description);
        assert_eq!(found(10, 100, 5), IntervalUse::Description);
    }

    /// Five articles and five expected hits are enough, four are not, weak entries count as none, and an interval is one of hits
    /// per 1,000 words.
    #[test]
    fn as_much_as_is_asked_for_is_enough() {
        let all = |articles: usize, hits: usize, strength: u8| {
            let mut builder = CorpusBuilder::default();
            for i in 0..articles {
                builder.admit(Record { language: "en".into(), ..Record::of_text(&format!("{i:02}"), "Outlet", format!("Text {i}.")) });
            }
            let corpus = builder.seal();
            let hit = Hit { entry: EntryId::new(0), tokens: Span::new(0, 1), strength, name: None, negated: false };
            let usage = Usage { hit, voice: Voice::Narrator, distancing: false, utterance: None, scare_quoted: false, in_headline: false };
            // The first article has them all, and one of an entry that is strong enough anyway.
            let mut found = vec![usage; hits];
            found.push(Usage { hit: Hit { strength: 2, ..hit }, ..usage });
            let usages = |i: usize| if i == 0 { &found[..] } else { &[] };
            let counts: Vec<ArticleCounts<'_>> = (0..articles).map(|i| ArticleCounts { words: [100, 0, 0], usages: usages(i) }).collect();
            rates(&corpus, Lexicon::english_framing(), &counts, &RateSettings::default()).swap_remove(0)
        };
        let five = all(5, 4, 2);
        assert_eq!((five.n, five.articles, five.articles_with, five.enough_data), (5, 5, 1, true));
        assert_eq!(five.interval, Some(poisson_exact(5).scaled(1000.0 / 500.0)));
        assert!(!all(4, 9, 2).enough_data && !all(5, 3, 2).enough_data);
        assert_eq!((all(5, 9, 1).n, all(5, 9, 1).enough_data), (1, false));
    }

    /// Ten articles of each outlet with 100 words of the narrator and 50 reported ones, all ten hits in reported words of the first:
    /// either is expected to have five of them, and the interval is one of hits in reported words.
    #[test]
    fn each_voice_has_its_words() {
        let mut builder = CorpusBuilder::default();
        for (outlet, i) in [("A", 0), ("B", 1)].into_iter().flat_map(|(outlet, o)| (0..10).map(move |i| (outlet, 10 * o + i))) {
            builder.admit(Record { language: "en".into(), ..Record::of_text(&format!("{i:02}"), outlet, format!("Text {i}.")) });
        }
        let corpus = builder.seal();
        let hit = Hit { entry: EntryId::new(0), tokens: Span::new(0, 1), strength: 2, name: None, negated: false };
        let usage = [Usage { hit, voice: Voice::Indirect, distancing: false, utterance: None, scare_quoted: false, in_headline: false }];
        let first = corpus.outlets()[0].articles.clone();
        let usages = |id| if first.contains(&id) { &usage[..] } else { &[] };
        let counts: Vec<ArticleCounts<'_>> = corpus.ids().map(|id| ArticleCounts { words: [100, 50, 0], usages: usages(id) }).collect();
        let found = rates(&corpus, Lexicon::english_framing(), &counts, &RateSettings::default());
        let all: Vec<_> = found.iter().filter(|r| r.counted == Counted::All && r.voice == Voice::Indirect).collect();
        assert_eq!(all.iter().map(|r| (r.n, r.words, r.enough_data)).collect::<Vec<_>>(), [(10, 500, true), (0, 500, true)]);
        let expected = poisson_exact(10).scaled(1.0 / 500.0).scaled(1000.0);
        let interval = all[0].interval.unwrap();
        assert!((interval.low - expected.low).abs() < 1e-9 && (interval.high - expected.high).abs() < 1e-9, "{interval:?}");
    }
}
