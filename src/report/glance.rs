//! Sentences at a glance: numbers, each with a link to what it counts.

use askama::Template;

use crate::analysis::findings::Findings;
use crate::corpus::date::PublishedAt;
use crate::framing::substitution::Side;
use crate::provenance::credit::CreditKind;
use crate::text::count::{grouped, plural};
use crate::voice::mask::Voice;

use super::allowance::Allowance;
use super::context::Context;

/// A sentence and the anchor of its evidence.
struct Sentence {
    text: String,
    anchor: String,
}

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
    let corpus = findings.corpus;
    let words = |voice: Voice| findings.articles.iter().map(|a| a.words[voice as usize]).sum::<u64>();
    let total: u64 = Voice::ALL.into_iter().map(words).sum();
    let mut out = Vec::new();
    let mut say = |text: String, anchor: &str| out.push(Sentence { text, anchor: anchor.to_owned() });
    say(
        format!(
            "{} of {}, {} words, {} of them inside quotation marks and {} of reported speech without. {}",
            plural(corpus.articles().len(), "article"),
            plural(corpus.outlets().len(), "outlet"),
            grouped(total),
            grouped(words(Voice::Direct)),
            grouped(words(Voice::Indirect)),
            dates(findings)
        ),
        "articles",
    );
    let shared = findings.across().count();
    if shared == 0 {
        let common = findings.suppressed.len() as u64;
        let left_out = if common > 0 { format!(" {} word runs were left out as too common.", grouped(common)) } else { String::new() };
        say(format!("No shared passage was found.{left_out}"), "passages");
    } else {
        let differ = findings.across().filter(|&i| !findings.collations[i].slots.is_empty()).count();
        let verb = if differ == 1 { "differs" } else { "differ" };
        say(
            format!(
                "{} in at least two outlets; {differ} of them {verb} somewhere in {} wording.",
                if shared == 1 { "1 passage stands".into() } else { format!("{shared} passages stand") },
                if differ == 1 { "its" } else { "their" }
            ),
            "passages",
        );
        say(provenance(findings), "passages");
    }
    let side = |side: &Side| {
        let text = corpus.text(side.locus);
        let words = if text.is_empty() { "has nothing".to_owned() } else { format!("has “{text}”") };
        format!("{} {words}", corpus.outlet_of(side.locus.article).name)
    };
    // Every second sentence names the other outlet first.
    let told = if findings.settings.text.is_shown() { 2 } else { 0 };
    for (i, s) in findings.telling_substitutions().into_iter().take(told).enumerate() {
        let (first, second) = if i % 2 == 0 { (&s.left, &s.right) } else { (&s.right, &s.left) };
        let key = findings.clusters[s.cluster.index()].key.to_string();
        say(format!("In the same sentence {}, where {}.", side(first), side(second)), &key);
    }
    let hits = |voice: Voice| {
        findings
            .articles
            .iter()
            .flat_map(|a| &a.usages)
            .filter(|u| u.voice == voice && u.hit.strength >= findings.settings.rates.min_strength)
            .count()
    };
    say(
        format!(
            "Listed wording stands at {} in the outlets’ own {} words, at {} in {} words of reported speech and at {} in the {} words inside quotation marks.",
            plural(hits(Voice::Narrator), "place"),
            grouped(words(Voice::Narrator)),
            plural(hits(Voice::Indirect), "place"),
            grouped(words(Voice::Indirect)),
            plural(hits(Voice::Direct), "place"),
            grouped(words(Voice::Direct))
        ),
        "words",
    );
    let rates: Vec<_> = findings.rates.iter().filter(|r| r.counted == crate::measure::rates::Counted::All).collect();
    let enough = rates.iter().filter(|r| r.enough_data).count();
    if enough == 0 {
        let s = &findings.settings.rates;
        say(
            format!(
                "Too little data to compare rates between outlets: that takes {} articles of each and {} hits expected.",
                s.enough_articles, s.enough_expected
            ),
            "rates",
        );
    } else {
        say(format!("{enough} of {} rates of outlet and voice rest on enough data to be compared.", rates.len()), "rates");
    }
    out
}

/// What is known of where shared passages come from.
fn provenance(findings: &Findings<'_>) -> String {
    let origins: Vec<_> = findings.across().filter_map(|i| findings.origins.get(i)).collect();
    let earliest = origins.iter().filter(|o| o.earliest.is_some()).count();
    let agency = origins.iter().filter(|o| o.source.as_ref().is_some_and(|s| s.kind == CreditKind::Agency)).count();
    let uncredited = origins.iter().filter(|o| o.credits.is_empty()).count();
    let one_text = if agency > 0 { " (agency copy is one text, however many outlets print it)" } else { "" };
    format!(
        "Of the shared passages {} by date or stated credit, {} an agency{one_text}; {}.",
        match earliest {
            0 => "none has an earliest witness".to_owned(),
            1 => "1 has an earliest witness".to_owned(),
            n => format!("{} have an earliest witness", grouped(n as u64)),
        },
        match agency {
            0 => "none is credited to".to_owned(),
            1 => "1 is credited to".to_owned(),
            n => format!("{} are credited to", grouped(n as u64)),
        },
        match uncredited {
            0 => "the texts of each have a credit line".to_owned(),
            1 => "for 1 no credit line was found in its texts".to_owned(),
            n => format!("for {} no credit line was found in their texts", grouped(n as u64)),
        }
    )
}

fn dates(findings: &Findings<'_>) -> String {
    let articles = findings.corpus.articles();
    let mut days: Vec<PublishedAt> = articles.iter().filter_map(|a| a.published_at).collect();
    days.sort();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if days.len() == articles.len() => format!("Dates: {first} to {last}."),
        (Some(first), Some(last)) => format!("Dates: {first} to {last} for {}, unknown for {}.", days.len(), articles.len() - days.len()),
        _ => "No date is known, so nothing is said of who published first.".to_owned(),
    }
}
