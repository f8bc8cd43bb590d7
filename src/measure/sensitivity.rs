//! What becomes of the rates when reported speech counts as the outlet's own words.

use std::collections::BTreeMap;

use crate::id::OutletId;
use crate::voice::mask::Voice;

use super::rates::{Counted, Rate, RateSettings, per_1000};

/// Whose words are counted as the outlet's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountedAs {
    /// The narrator's alone.
    Narrator,
    /// The narrator's and those of reported speech without quotation marks.
    NarratorAndIndirect,
}

impl CountedAs {
    /// Both ways, in the order of the table.
    pub const ALL: [CountedAs; 2] = [CountedAs::Narrator, CountedAs::NarratorAndIndirect];

    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Narrator => "narrator",
            Self::NarratorAndIndirect => "narrator_and_indirect",
        }
    }

    const fn holds(self, voice: Voice) -> bool {
        matches!((self, voice), (_, Voice::Narrator) | (Self::NarratorAndIndirect, Voice::Indirect))
    }
}

/// An outlet's rate of something, counted one of both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sensitivity<'l> {
    /// The outlet.
    pub outlet: OutletId,
    /// What is counted: everything or a category.
    pub counted: Counted<'l>,
    /// Whose words.
    pub counted_as: CountedAs,
    /// Hits.
    pub n: u64,
    /// Words.
    pub words: u64,
    /// Hits per 1,000 words, less those among the narrator's alone; `None` without words.
    pub change: Option<f64>,
    /// Whether articles and expected hits suffice to compare, as for rates.
    pub enough_data: bool,
}

impl Sensitivity<'_> {
    /// Hits per 1,000 words; `None` without words.
    #[must_use]
    pub fn per_1000(&self) -> Option<f64> {
        per_1000(self.n, self.words)
    }
}

/// Both ways of counting for every outlet, everything and each category, in order of the rates that they are made of.
#[must_use]
pub fn sensitivity<'l>(rates: &[Rate<'l>], settings: &RateSettings) -> Vec<Sensitivity<'l>> {
    let of = |rate: &&Rate<'l>| !matches!(rate.counted, Counted::Entry(_)) && rate.voice != Voice::Direct;
    let mut pooled: BTreeMap<(Counted<'l>, CountedAs), [u64; 2]> = BTreeMap::new();
    for rate in rates.iter().filter(of) {
        for way in CountedAs::ALL.into_iter().filter(|way| way.holds(rate.voice)) {
            let [n, words] = pooled.entry((rate.counted, way)).or_default();
            (*n, *words) = (*n + rate.n, *words + rate.words);
        }
    }
    let mut out = Vec::new();
    let kept: Vec<&Rate<'l>> = rates.iter().filter(of).collect();
    for voices in kept.chunk_by(|a, b| (a.outlet, a.counted) == (b.outlet, b.counted)) {
        let sum = |way: CountedAs, of: fn(&Rate<'_>) -> u64| voices.iter().filter(|r| way.holds(r.voice)).map(|r| of(r)).sum::<u64>();
        let (outlet, counted, articles) = (voices[0].outlet, voices[0].counted, voices[0].articles);
        let narrator = per_1000(sum(CountedAs::Narrator, |r| r.n), sum(CountedAs::Narrator, |r| r.words));
        for way in CountedAs::ALL {
            let (n, words) = (sum(way, |r| r.n), sum(way, |r| r.words));
            let [all, all_words] = pooled.get(&(counted, way)).copied().unwrap_or_default();
            let expected = all as f64 * words as f64 / all_words.max(1) as f64;
            out.push(Sensitivity {
                outlet,
                counted,
                counted_as: way,
                n,
                words,
                change: per_1000(n, words).zip(narrator).map(|(with, without)| with - without),
                enough_data: articles >= settings.enough_articles && expected >= settings.enough_expected,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{CountedAs, sensitivity};
    use crate::id::{EntryId, OutletId};
    use crate::measure::rates::{Counted, IntervalMethod, Rate, RateSettings};
    use crate::voice::mask::Voice;

    /// 6 in 1,000 of the narrator's words, 6 in 500 reported ones: 12 in 1,500, so 2 more in 1,000. Quoted words stay out.
    #[test]
    fn reported_speech_joins_the_narrator() {
        let rate = |voice, n, words| Rate {
            outlet: OutletId::new(0),
            counted: Counted::All,
            voice,
            n,
            words,
            interval: None,
            method: IntervalMethod::PoissonExact,
            articles: 5,
            articles_with: 1,
            enough_data: true,
        };
        let rates = [rate(Voice::Narrator, 6, 1_000), rate(Voice::Indirect, 6, 500), rate(Voice::Direct, 90, 400)];
        let found = sensitivity(&rates, &RateSettings::default());
        assert_eq!(
            found.iter().map(|s| (s.counted_as, s.n, s.words)).collect::<Vec<_>>(),
            [(CountedAs::Narrator, 6, 1_000), (CountedAs::NarratorAndIndirect, 12, 1_500)]
        );
        assert_eq!(found.iter().map(|s| s.change).collect::<Vec<_>>(), [Some(0.0), Some(2.0)]);
        // One outlet is its own pool: 6 and 12 hits expected.
        assert!(found[0].enough_data && found[1].enough_data);
        let none = sensitivity(&[rate(Voice::Narrator, 0, 0)], &RateSettings::default());
        assert_eq!((none[0].per_1000(), none[0].change, none[0].enough_data), (None, None, false));
    }

    /// One hit of one outlet and nine of another in as many words: at the pooled rate either is expected to have five. Single
    /// entries are no part of the table.
    #[test]
    fn enough_is_asked_of_the_pooled_rate() {
        let rate = |outlet, counted, n, articles| Rate {
            outlet: OutletId::new(outlet),
            counted,
            voice: Voice::Narrator,
            n,
            words: 1_000,
            interval: None,
            method: IntervalMethod::PoissonExact,
            articles,
            articles_with: 1,
            enough_data: true,
        };
        let entry = Counted::Entry(EntryId::new(0));
        let enough = |articles| {
            let rates = [rate(0, Counted::All, 1, articles), rate(0, entry, 1, 5), rate(1, Counted::All, 9, 5)];
            sensitivity(&rates, &RateSettings::default()).iter().map(|s| (s.n, s.enough_data)).collect::<Vec<_>>()
        };
        assert_eq!(enough(5), [(1, true), (1, true), (9, true), (9, true)]);
        assert_eq!(enough(4), [(1, false), (1, false), (9, true), (9, true)]);
    }
}
