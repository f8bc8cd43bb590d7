//! Statistics held against what they promise, on 130 stories of one newspaper of 1916 (`tests/data/README.md`): where there is no
//! difference, few are found; where the rate is known, intervals hold it.

use retold::analysis::read_articles;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::record::Record;
use retold::id::ArticleId;
use retold::lexicon::load::Lexicon;
use retold::measure::contrast::{ContrastSettings, Member, contrast};
use retold::measure::own_words::{OwnWords, WordPlaces};
use retold::stat::bootstrap::{Ratio, ratio_intervals};
use retold::stat::draws::Draws;

/// The stories, and the own words of each.
fn stories() -> (Corpus, Vec<OwnWords>) {
    let mut builder = CorpusBuilder::default();
    for line in include_str!("data/barre1916.jsonl").lines() {
        let story: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let field = |name: &str| story[name].as_str().expect("a string").to_owned();
        builder.admit(Record { language: "en".into(), ..Record::of_text(&field("id"), &field("outlet"), field("text")) });
    }
    let corpus = builder.seal();
    let lexicon = Lexicon::english_framing();
    let own = read_articles(&corpus, lexicon)
        .iter()
        .enumerate()
        .map(|(i, found)| OwnWords::of(&corpus.document(ArticleId::new(i)), &found.mask, corpus.vocabulary()))
        .collect();
    (corpus, own)
}

/// 200 deals of one newspaper's stories into two groups: no word leans, so one in twenty has p below 0.05, and hardly one a
/// discovery. Then some deals of a fifth against the rest, and some inside weeks.
#[test]
fn one_outlet_dealt_in_two_does_not_differ() {
    let (_, own) = stories();
    let places = WordPlaces::new(&own);
    let mut settings = ContrastSettings::default();
    // For time: what has p near 0.05 is settled long before, and 1 / 5,000 is a discovery among 230 words.
    settings.permutation.most = 4_999;
    for (share, strata, deals) in [(2, 1, 200), (5, 1, 40), (2, 12, 40)] {
        let (mut words, mut low_p, mut low_q) = (0u32, 0u32, 0u32);
        for deal in 0..deals {
            let mut order: Vec<usize> = (0..own.len()).collect();
            let mut draws = Draws::new(1916, deal);
            draws.choose(own.len() / share, &mut order, &mut Vec::new());
            let mut members: Vec<(usize, bool)> = order.iter().enumerate().map(|(i, &at)| (at, i < own.len() / share)).collect();
            members.sort_unstable();
            let stratum = |at: usize| at * strata / own.len();
            let member = |(at, first): (usize, bool)| Member { article: ArticleId::new(at), first, stratum: stratum(at) };
            let members: Vec<Member> = members.into_iter().map(member).collect();
            for tested in contrast(&places, &members, &[], &settings).iter().filter_map(|k| k.tested) {
                words += 1;
                low_p += u32::from(tested.p < 0.05);
                low_q += u32::from(tested.q < 0.05);
            }
        }
        let [p, q] = [low_p, low_q].map(|n| f64::from(n) / f64::from(words));
        println!("1/{share} of the stories, {strata} strata: {words} words tested, p < .05 {p:.4}, q < .05 {q:.4}");
        assert!(words > 1_500 && (0.03..=0.07).contains(&p) && q < 0.01, "{words} words: p {p:.4}, q {q:.4}");
    }
}

/// Samples of a newspaper's stories, and the interval of the rate of each word that would be expected five times in them: 92 to
/// 98 of 100 intervals hold the rate in all stories.
#[test]
fn intervals_hold_the_rate() {
    let (corpus, own) = stories();
    let all: u64 = own.iter().map(|o| o.total).sum();
    let mut rates: Vec<(usize, f64)> = Vec::new();
    let mut counts = vec![vec![0u64; own.len()]; corpus.vocabulary().len()];
    for (at, words) in own.iter().enumerate() {
        words.telling.iter().for_each(|&(word, n)| counts[word.index()][at] = u64::from(n));
    }
    for (word, counts) in counts.iter().enumerate() {
        rates.push((word, counts.iter().sum::<u64>() as f64 / all as f64));
    }
    for units in [10, 20, 40] {
        let (mut cells, mut held) = (0u32, 0u32);
        for sample in 0..100 {
            let mut draws = Draws::new(42, sample);
            let drawn: Vec<usize> = (0..units).map(|_| draws.below(own.len())).collect();
            let words: Vec<u64> = drawn.iter().map(|&at| own[at].total).collect();
            let size: u64 = words.iter().sum();
            let enough: Vec<&(usize, f64)> = rates.iter().filter(|(_, rate)| rate * size as f64 >= 5.0).collect();
            // A spread of words where many are good enough: each costs time.
            let chosen: Vec<&(usize, f64)> = enough.iter().copied().step_by(enough.len() / 30 + 1).collect();
            let found = |word: usize| drawn.iter().map(|&at| counts[word][at]).enumerate().filter(|c| c.1 > 0).collect::<Vec<_>>();
            let numerators: Vec<Vec<(usize, u64)>> = chosen.iter().map(|c| found(c.0)).collect();
            let ratios: Vec<Ratio<'_>> = numerators.iter().map(|n| Ratio { numerators: n, denominators: 0 }).collect();
            for (interval, (_, rate)) in ratio_intervals(units, &ratios, &[words], sample).into_iter().zip(chosen) {
                let interval = interval.expect("every sample has words");
                cells += 1;
                held += u32::from((interval.low..=interval.high).contains(rate));
            }
        }
        let share = f64::from(held) / f64::from(cells);
        println!("{units} stories: {cells} intervals, {share:.4} hold the rate");
        assert!(cells > 500 && (0.92..=0.98).contains(&share), "{units} stories: {share:.4} of {cells}");
    }
}
