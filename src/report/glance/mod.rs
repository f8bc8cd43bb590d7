//! Sentences at a glance: numbers, each with links to what it counts. Voices are never added up, and outlets take turns in being
//! named first.

mod examples;
mod sentence;
mod turns;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::corpus::date::PublishedAt;
use crate::measure::rates::Counted;
use crate::provenance::credit::CreditKind;
use crate::provenance::origin::Origin;
use crate::text::count::{grouped, plural};
use crate::voice::mask::Voice;

use super::allowance::Allowance;
use super::context::Context;

use sentence::Sentence;
use turns::Turns;

/// The section.
#[derive(Template)]
#[template(path = "html/glance.html")]
struct Glance {
    glance: Vec<Sentence>,
}

/// The section of sentences.
pub(super) fn section(context: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    Glance { glance: sentences(context.findings) }.render()
}

/// Up to seven sentences.
fn sentences(findings: &Findings<'_>) -> Vec<Sentence> {
    let mut turns = Turns::default();
    let shared = findings.across().next().is_some();
    [
        Some(set(findings)),
        Some(shared_text(findings)),
        examples::same_place(findings, &mut turns),
        Some(listed(findings)),
        examples::quotations(findings, &mut turns),
        shared.then(|| provenance(findings)),
        Some(untold(findings)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Words of all articles in a voice.
fn words(findings: &Findings<'_>, voice: Voice) -> usize {
    let words: u64 = findings.articles.iter().map(|a| a.words[voice as usize]).sum();
    usize::try_from(words).unwrap_or(usize::MAX)
}

/// `1 passage stands`, `3 passages stand`.
fn stand(n: usize, noun: &str, one: &str, many: &str) -> String {
    format!("{} {}", plural(n, noun), if n == 1 { one } else { many })
}

/// What the set is.
fn set(findings: &Findings<'_>) -> Sentence {
    let corpus = findings.corpus;
    let text = format!(
        "{} of {}: {} of the outlets’ own, {} of reported speech, {} inside quotation marks. {}",
        plural(corpus.articles().len(), "article"),
        plural(corpus.outlets().len(), "outlet"),
        plural(words(findings, Voice::Narrator), "word"),
        grouped(words(findings, Voice::Indirect) as u64),
        grouped(words(findings, Voice::Direct) as u64),
        dates(findings)
    );
    Sentence::new(text, "articles", "articles")
}

fn dates(findings: &Findings<'_>) -> String {
    let articles = findings.corpus.articles();
    let mut known: Vec<PublishedAt> = articles.iter().filter_map(|a| a.published_at).collect();
    known.sort();
    // The day says enough here; the table has the time.
    let day = |date: &PublishedAt| date.to_string().split('T').next().unwrap_or_default().to_owned();
    let unknown = articles.len() - known.len();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return if articles.len() == 1 { "Its date is not known." } else { "No date is known." }.to_owned();
    };
    let span = if day(first) == day(last) { day(first) } else { format!("{} to {}", day(first), day(last)) };
    if unknown == 0 {
        format!("Published {span}.")
    } else {
        format!("Published {span}; the date of {} is not known.", plural(unknown, "article"))
    }
}

/// What outlets share.
fn shared_text(findings: &Findings<'_>) -> Sentence {
    let shared = findings.across().count();
    if shared == 0 {
        let common = findings.suppressed.len();
        let left_out =
            if common > 0 { format!(" {} left out as too common.", stand(common, "word run", "was", "were")) } else { String::new() };
        return Sentence::new(format!("No passage was found that two outlets share.{left_out}"), "passages", "passages");
    }
    let differ = findings.across().filter(|&i| findings.collations[i].places() > 0).count();
    let how = match (shared, differ) {
        (1, 0) => "Its wording is the same throughout.".to_owned(),
        (1, _) => "Its wording differs somewhere.".to_owned(),
        (_, 0) => "None of them differs in its wording.".to_owned(),
        (_, 1) => "1 of them differs somewhere in its wording.".to_owned(),
        _ => format!("{} of them differ somewhere in their wording.", grouped(differ as u64)),
    };
    let text = format!("{} in at least two outlets. {how}", stand(shared, "passage", "stands", "stand"));
    Sentence::new(text, "passages", "passages")
}

/// Listed wording, voice by voice.
fn listed(findings: &Findings<'_>) -> Sentence {
    let least = findings.settings.rates.min_strength;
    let hits = |voice: Voice| {
        let all = findings.articles.iter().flat_map(|a| &a.usages);
        plural(all.filter(|u| u.voice == voice && u.hit.strength >= least).count(), "place")
    };
    let text = format!(
        "Listed wording stands at {} of the outlets’ own words ({}), at {} of reported speech ({}) and at {} inside quotation marks ({}).",
        hits(Voice::Narrator),
        plural(words(findings, Voice::Narrator), "word"),
        hits(Voice::Indirect),
        plural(words(findings, Voice::Indirect), "word"),
        hits(Voice::Direct),
        plural(words(findings, Voice::Direct), "word"),
    );
    let mut sentence = Sentence::new(text, "listed wording", "words");
    sentence.link("rates by outlet and voice", "chart-rates");
    sentence
}

/// What is known of where shared passages come from.
fn provenance(findings: &Findings<'_>) -> Sentence {
    let origins: Vec<(usize, &Origin)> = findings.across().filter_map(|i| Some((i, findings.origins.get(i)?))).collect();
    let count = |holds: &dyn Fn(&Origin) -> bool| origins.iter().filter(|(_, origin)| holds(origin)).count();
    let earliest = count(&|o| o.earliest.is_some());
    let agency = count(&|o| o.source.as_ref().is_some_and(|s| s.kind == CreditKind::Agency));
    let uncredited = count(&|o| o.credits.is_empty());
    let several = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(n as u64)) };
    let text = format!(
        "Of the shared passages {} in this set by date or stated credit, {} an agency{}; {}.",
        if earliest == 0 {
            "none has an earliest witness".to_owned()
        } else {
            several(earliest, "has an earliest witness", "have an earliest witness")
        },
        if agency == 0 { "none is credited to".to_owned() } else { several(agency, "is credited to", "are credited to") },
        if agency > 0 { " (agency copy is one text, however many outlets print it)" } else { "" },
        match uncredited {
            0 => "a credit line was found for each".to_owned(),
            1 => "for 1 no credit line was found in its texts".to_owned(),
            n => format!("for {} no credit line was found in their texts", grouped(n as u64)),
        }
    );
    let mut sentence = Sentence::new(text, "where text came from", "origins");
    if let Some((dated, _)) = origins.iter().find(|(_, origin)| origin.earliest.is_some()) {
        sentence.link("such a passage", &findings.clusters[*dated].key.to_string());
    }
    sentence
}

/// What this set cannot tell.
fn untold(findings: &Findings<'_>) -> Sentence {
    let mut text = "What this set cannot tell: who is right, and why a word was chosen.".to_owned();
    if findings.across().any(|i| findings.origins.get(i).is_some_and(|origin| origin.earliest.is_none())) {
        text.push_str(" Nor who wrote first, where no date and no credit shows it.");
    }
    let rates: Vec<_> = findings.rates.iter().filter(|r| r.counted == Counted::All).collect();
    let enough = rates.iter().filter(|r| r.enough_data).count();
    let least = &findings.settings.rates;
    if findings.corpus.outlets().len() < 2 {
        text.push_str(" With one outlet there is nothing to compare.");
    } else if enough == 0 {
        text.push_str(&format!(
            " Too little data to compare rates between outlets: that takes {} of each and {} hits expected.",
            plural(usize::try_from(least.enough_articles).unwrap_or(usize::MAX), "article"),
            least.enough_expected
        ));
    } else {
        text.push_str(&format!(
            " Of {} of listed wording (of an outlet in one voice) {} on enough data to be compared.",
            plural(rates.len(), "rate"),
            stand_alone(enough)
        ));
    }
    let mut sentence = Sentence::new(text, "method and limits", "method");
    sentence.link("rates by outlet and voice", "chart-rates");
    sentence
}

fn stand_alone(n: usize) -> String {
    format!("{} {}", grouped(n as u64), if n == 1 { "rests" } else { "rest" })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::{Findings, Sentence, sentences};
    use crate::analysis::analyze;
    use crate::analysis::settings::{Settings, TextShown};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::record::Record;
    use crate::id::OutletId;
    use crate::lexicon::load::Lexicon;
    use crate::read::files::{ReadOptions, read_all};

    fn at_a_glance(builder: CorpusBuilder, text: TextShown, check: impl Fn(&Findings<'_>, &[Sentence])) {
        let corpus = builder.seal();
        let mut settings = Settings::for_corpus(&corpus);
        settings.text = text;
        let lexicon = Lexicon::english_framing();
        let findings = analyze(&corpus, lexicon, &settings, |_| {});
        check(&findings, &sentences(&findings));
    }

    fn read(folder: &str) -> CorpusBuilder {
        let mut builder = CorpusBuilder::default();
        read_all(&[PathBuf::from(folder)], &ReadOptions::default(), &mut builder).unwrap();
        builder
    }

    fn made(articles: &[(&str, &str)]) -> CorpusBuilder {
        let mut builder = CorpusBuilder::default();
        for (i, (outlet, text)) in articles.iter().enumerate() {
            let (outlet, text) = ((*outlet).to_owned(), (*text).to_owned());
            builder.admit(Record {
                source_id: format!("a{i}"),
                outlet,
                body: 0..text.len(),
                text,
                language: "en".into(),
                ..Record::default()
            });
        }
        builder
    }

    /// Nobody who is named is first more than one time more than another.
    #[test]
    fn outlets_take_turns_in_being_named_first() {
        let check = |_: &Findings<'_>, sentences: &[Sentence]| {
            let pairs: Vec<[OutletId; 2]> = sentences.iter().flat_map(|s| s.names.clone()).collect();
            assert!(pairs.len() > 1, "{sentences:?}");
            let mut first: BTreeMap<OutletId, usize> = BTreeMap::new();
            for [a, b] in pairs {
                *first.entry(a).or_default() += 1;
                first.entry(b).or_default();
            }
            let (least, most) = (first.values().min().unwrap(), first.values().max().unwrap());
            assert!(most - least <= 1, "{first:?} {sentences:?}");
        };
        for folder in ["demo", "seeds"] {
            at_a_glance(read(folder), TextShown::Excerpt, check);
            let mut masked = read(folder);
            masked.mask_outlets();
            at_a_glance(masked, TextShown::Excerpt, check);
        }
    }

    #[test]
    fn the_names_stand_in_the_sentence_in_the_order_noted() {
        at_a_glance(read("demo"), TextShown::Excerpt, |findings, sentences| {
            for sentence in sentences.iter().filter(|s| !s.names.is_empty()) {
                let mut rest = sentence.text.as_str();
                for outlet in sentence.names.iter().flatten() {
                    let name = findings.corpus.outlet(*outlet).name.as_str();
                    rest = rest.split_once(name).unwrap_or_else(|| panic!("{name} in {rest}")).1;
                }
            }
        });
    }

    #[test]
    fn one_article_and_no_hits_are_told_in_the_singular() {
        at_a_glance(made(&[("A", "The ferry left.")]), TextShown::Excerpt, |_, sentences| {
            let told: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
            assert_eq!(
                told,
                [
                    "1 article of 1 outlet: 3 words of the outlets’ own, 0 of reported speech, 0 inside quotation marks. Its date is not known.",
                    "No passage was found that two outlets share.",
                    "Listed wording stands at 0 places of the outlets’ own words (3 words), at 0 places of reported speech (0 words) and at 0 places inside quotation marks (0 words).",
                    "What this set cannot tell: who is right, and why a word was chosen. With one outlet there is nothing to compare.",
                ]
            );
        });
    }

    #[test]
    fn without_text_no_word_of_an_article_is_said() {
        let say = |word: &str| {
            format!(
                "On Monday evening the council of the harbour town issued {word} order that bars all gatherings within fifty metres of the gate."
            )
        };
        let (a, b) = (say("a draconian"), say("an"));
        let builder = || made(&[("Amber", a.as_str()), ("Birch", b.as_str())]);
        at_a_glance(builder(), TextShown::Excerpt, |_, sentences| {
            assert!(sentences.iter().any(|s| s.text.contains("draconian")), "{sentences:?}");
        });
        at_a_glance(builder(), TextShown::None, |_, sentences| {
            assert!(sentences.iter().any(|s| s.text.starts_with("1 place of the shared passages has listed wording")), "{sentences:?}");
            assert!(sentences.iter().all(|s| !s.text.contains("draconian") && !s.text.contains('“')), "{sentences:?}");
        });
    }

    /// `massacre` beside `massacres` is other wording, but both have what is listed.
    #[test]
    fn one_entry_in_two_forms_is_no_listed_wording_that_another_has_not() {
        let say = |words: &str| {
            format!("On Monday evening the council of the harbour town spoke of the {words} in the hills beyond the old gate of the fort.")
        };
        for (words, differs) in [("massacres", false), ("killings", true)] {
            let (a, b) = (say("massacre"), say(words));
            at_a_glance(made(&[("Amber", a.as_str()), ("Birch", b.as_str())]), TextShown::Excerpt, |findings, sentences| {
                assert_eq!(findings.substitutions.len(), 1);
                assert_eq!(sentences.iter().any(|s| s.text.starts_with("1 place of the shared passages has")), differs, "{sentences:?}");
            });
        }
    }
}
