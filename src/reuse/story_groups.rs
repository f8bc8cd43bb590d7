//! Articles grouped by the event that they report, in two rounds.
//!
//! First articles that tell the same in the same terms, by the mean cosine of all their pairs (average linkage; Sokal &
//! Michener 1958). Then groups of neighbouring days whose terms, summed up, are alike: an event that fills front pages is told
//! in many parts, and what they have in common (place, persons) shows in the sum while what is each article's own averages out
//! (centroids, as in Miranda et al. 2018). The second round starts from groups, so that two single articles never meet in it.

use crate::id::ArticleId;

use super::story_links::links;
use super::story_merge::{Group, merged};
use super::story_settings::StorySettings;
use super::story_terms::Weighed;

/// A text as grouping sees it: the articles that print it, what it is about and when it was published.
#[derive(Clone, Debug)]
pub struct Told {
    /// The articles that print it.
    pub articles: Vec<ArticleId>,
    /// Its terms, in their order; length 1 at most.
    pub terms: Weighed,
    /// First and last day on which it may have been published, as days since 1970; `None` if unknown.
    pub days: Option<(i64, i64)>,
}

/// Groups texts by event; texts alone in theirs are groups too. Order of the texts shows in nothing but ties.
#[must_use]
pub fn groups(texts: Vec<Told>, settings: &StorySettings) -> Vec<Vec<ArticleId>> {
    let single = |(at, text): (usize, Told)| {
        let days = text.days.filter(|(first, last)| last - first <= LONGEST_PERIOD);
        let middle = days.map_or((0.0, 0.0), |(first, last)| (f64::midpoint(first as f64, last as f64), 1.0));
        (Group { members: vec![at], sum: text.terms, square: 1.0, days: text.days, middle }, text.articles)
    };
    let (mut found, printed): (Vec<Group>, Vec<Vec<ArticleId>>) = texts.into_iter().enumerate().map(single).unzip();
    let mean = |a: &Group, b: &Group, product: f64| product / (a.size() * b.size()) * near(a, b, settings);
    let joined = links(&found, |_| true, mean, settings.min_likeness, settings);
    found = merged(found, &joined, mean, settings.min_likeness, settings);
    let common = |a: &Group, b: &Group, product: f64| {
        let several = a.members.len() > 1 || b.members.len() > 1;
        if several { product / (a.square * b.square).sqrt() * days_apart(a, b, settings) } else { 0.0 }
    };
    let joined = links(&found, |g| g.members.len() > 1, common, NEARLY * settings.min_common, settings);
    found = merged(found, &joined, common, settings.min_common, settings);
    found.into_iter().map(|g| g.members.into_iter().flat_map(|m| printed[m].iter().copied()).collect()).collect()
}

/// Groups are linked in the second round from this share of the least likeness: as groups grow, so does what they have in common
/// with others.
const NEARLY: f64 = 0.5;

/// A date known to the month and a text reprinted within one tell when; a longer period tells nothing.
const LONGEST_PERIOD: i64 = 31;

/// Days between the mean days of two groups, so that a story cannot go on from day to day without end; `None` where either is
/// unknown.
fn days_between(a: &Group, b: &Group) -> Option<f64> {
    let mean = |g: &Group| (g.middle.1 > 0.0).then(|| g.middle.0 / g.middle.1);
    Some((mean(a)? - mean(b)?).abs())
}

/// What distance in time leaves of a likeness in the first round: all of it where a date is unknown.
fn near(a: &Group, b: &Group, settings: &StorySettings) -> f64 {
    let Some(days) = days_between(a, b) else { return 1.0 };
    settings.undecayed + (1.0 - settings.undecayed) * 0.5_f64.powf(days / settings.half_life_days)
}

/// The same in the second round.
fn days_apart(a: &Group, b: &Group, settings: &StorySettings) -> f64 {
    days_between(a, b).map_or(settings.undated, |days| 0.5_f64.powf(days / settings.common_half_life_days))
}

#[cfg(test)]
mod tests {
    use super::{StorySettings, Told, groups};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::date::PublishedAt;
    use crate::corpus::record::Record;
    use crate::reuse::stem::WordClasses;
    use crate::reuse::story_terms::StoryTerms;

    /// Groups articles (name, day of May 2021 or 0 for none, title, text), shown by their names.
    fn told(articles: &[(&str, i8, &str, &str)]) -> Vec<String> {
        let mut builder = CorpusBuilder::default();
        for &(name, day, title, text) in articles {
            let mut record = Record::of_text(name, &format!("paper {name}"), text);
            record.source_id = name.to_owned();
            record.title = title.to_owned();
            let (month, day) = if day > 40 { (7, day - 40) } else { (5, day) };
            record.published_at = PublishedAt::day(2021, month, day);
            record.language = "en".to_owned();
            builder.admit(record);
        }
        let corpus = builder.seal();
        let settings = StorySettings::for_articles(articles.len());
        let terms = StoryTerms::new(&corpus, &WordClasses::new(corpus.vocabulary()), |_| true);
        let texts: Vec<Told> = corpus
            .ids()
            .map(|id| Told {
                articles: vec![id],
                terms: terms.outline(&corpus, id, &settings),
                days: corpus.article(id).published_at.map(PublishedAt::days),
            })
            .collect();
        let name = |id: crate::id::ArticleId| corpus.article(id).source_id.clone();
        let mut out: Vec<String> =
            groups(texts, &settings).into_iter().map(|g| g.into_iter().map(name).collect::<Vec<_>>().concat()).collect();
        out.sort();
        out
    }

    const FIRE: [&str; 2] = [
        "A fire destroyed the paper mill in Torvik on Tuesday. Firefighters from Halden needed nine hours. Owner Lena Krogh said two workers were hurt.",
        "Nine hours it took firefighters to put out the blaze at the Torvik paper mill. Two workers are in hospital, owner Lena Krogh said.",
    ];
    const BUDGET: [&str; 2] = [
        "The parliament in Halden passed the budget for schools after a night of debate. Finance minister Ole Strand won by three votes.",
        "With a majority of three votes, Ole Strand, the finance minister, brought his schools budget through the parliament in Halden at night.",
    ];

    #[test]
    fn two_events_of_a_week_that_share_a_town_stay_two() {
        let articles = [
            ("a", 4, "Mill burns", FIRE[0]),
            ("b", 5, "Fire at mill", FIRE[1]),
            ("c", 6, "Budget", BUDGET[0]),
            ("d", 6, "Schools", BUDGET[1]),
        ];
        assert_eq!(told(&articles), ["ab", "cd"]);
        // Without a date as well, in whatever order.
        let undated: Vec<_> = articles.iter().rev().map(|&(name, _, title, text)| (name, 0, title, text)).collect();
        assert_eq!(told(&undated), ["ab", "cd"]);
    }

    #[test]
    fn the_same_kind_of_event_weeks_later_is_another() {
        let later = [
            "Flames gutted a sawmill near Brekka early on Friday, and the timber yard beside it burnt down. Nobody was inside, Per Moe of the county rescue service told reporters; sparks from a saw are suspected.",
            "Sparks from a saw may have set the Brekka sawmill and its timber yard alight on Friday. Per Moe of the county rescue service told reporters that nobody had been inside when the flames spread.",
        ];
        let articles = [("a", 4, "", FIRE[0]), ("b", 5, "", FIRE[1]), ("c", 44, "", later[0]), ("d", 45, "", later[1])];
        assert_eq!(told(&articles), ["ab", "cd"]);
    }

    #[test]
    fn a_round_up_joins_not_the_events_that_it_names() {
        let both = "In brief. A fire destroyed the paper mill in Torvik on Tuesday. The parliament in Halden passed the budget for schools. Chess \
             champion Ida Lunde beat four rivals at the Vanger open and takes home the silver rook. Ferries between Sundvik and Ytre Holm rest until \
             Sunday because of strong wind, their captain Jon Aas announced.";
        let articles = [("a", 4, "", FIRE[0]), ("b", 4, "", FIRE[1]), ("c", 4, "", BUDGET[0]), ("d", 4, "", BUDGET[1]), ("x", 4, "", both)];
        let found = told(&articles);
        assert!(!found.iter().any(|g| (g.contains('a') || g.contains('b')) && (g.contains('c') || g.contains('d'))), "{found:?}");
    }

    #[test]
    fn what_says_next_to_nothing_stands_alone() {
        let articles = [("a", 4, "", "Rain again"), ("b", 4, "", "Rain again."), ("c", 4, "", "No"), ("d", 4, "", FIRE[0])];
        assert_eq!(told(&articles), ["a", "b", "c", "d"]);
        assert_eq!(told(&[("a", 4, "", "One")]), ["a"]);
        assert!(told(&[]).is_empty());
    }
}
