//! Who speaks: whom the articles name, in which outlets, quoted or reported.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::analysis::findings::ArticleFindings;
use crate::corpus::collection::Corpus;
use crate::corpus::document::Document;
use crate::id::OutletId;
use crate::text::count::{self, grouped};
use crate::voice::mask::Voice;
use crate::voice::utterance::{Form, Utterance};

use super::allowance::Allowance;
use super::context::{Context, names};
use super::facets::Facets;

#[derive(Template)]
#[template(path = "html/speakers.html")]
struct Speakers {
    quotes: bool,
    shown: Vec<String>,
    all: usize,
    /// Stretches of others' words that name a speaker, and those that name none.
    named: u64,
    unnamed: u64,
}

/// One speaker.
#[derive(Template)]
#[template(path = "html/speaker.html")]
struct Speaker<'f> {
    facets: Facets,
    name: &'f str,
    outlets: String,
    quoted: u64,
    quoted_words: String,
    reported: u64,
    reported_words: String,
}

/// What is counted of a speaker: stretches and words, quoted and reported.
#[derive(Default)]
struct Tally {
    outlets: BTreeSet<OutletId>,
    stretches: [u64; 2],
    words: [u64; 2],
}

/// Hundredths of what the section has left, and outlets named beside a speaker.
const SHARE: usize = 30;
const NAMED: usize = 4;

/// Speakers by name; where not all fit, those that most outlets let speak.
pub(super) fn speakers(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let (findings, corpus) = (context.findings, context.findings.corpus);
    let mut tallies: BTreeMap<String, (Cow<'_, str>, Tally)> = BTreeMap::new();
    let (mut named, mut unnamed) = (0, 0);
    for (id, found) in corpus.ids().zip(&findings.articles) {
        for utterance in found.utterances.iter().filter(|u| u.form != Form::Scare) {
            let Some(name) = utterance.speaker.and_then(|s| s.name).map(|name| corpus.part(id, name)) else {
                unnamed += 1;
                continue;
            };
            named += 1;
            // At the head of a sentence a name may have a capital more.
            let (_, tally) = tallies.entry(name.to_lowercase()).or_insert((name, Tally::default()));
            let reported = utterance.form == Form::Indirect;
            tally.outlets.insert(corpus.article(id).outlet);
            tally.stretches[usize::from(reported)] += 1;
            tally.words[usize::from(reported)] += words(utterance, &corpus.document(id), found);
        }
    }
    let all = tallies.len();
    let mut order: Vec<(Cow<'_, str>, Tally)> = tallies.into_values().collect();
    order.sort_by_key(|(name, tally)| (Reverse(tally.outlets.len()), Reverse(tally.stretches.iter().sum::<u64>()), name.clone()));
    let by_outlets: Vec<&str> = order.iter().map(|(name, _)| &**name).collect();
    let most = if context.quotes { usize::MAX } else { 0 };
    let shown = allowance.fill_share(SHARE, order.iter().take(most).map(|(name, tally)| speaker(corpus, name, tally)))?;
    let mut shown: Vec<(&str, String)> = by_outlets.into_iter().zip(shown).collect();
    shown.sort_by_cached_key(|(name, _)| (name.to_lowercase(), *name));
    Speakers { quotes: context.quotes, shown: shown.into_iter().map(|(_, html)| html).collect(), all, named, unnamed }.render()
}

fn speaker<'f>(corpus: &Corpus, name: &'f str, tally: &Tally) -> Speaker<'f> {
    let mut facets = Facets::default();
    tally.outlets.iter().for_each(|&outlet| facets.outlet(outlet));
    for (n, voice) in tally.stretches.into_iter().zip([Voice::Direct, Voice::Indirect]) {
        (n > 0).then(|| facets.voice(voice));
    }
    let outlets: Vec<&str> = tally.outlets.iter().map(|&o| corpus.outlet(o).name.as_str()).collect();
    let [quoted_words, reported_words] = tally.words.map(grouped);
    Speaker {
        facets,
        name,
        outlets: names(&outlets, NAMED),
        quoted: tally.stretches[0],
        quoted_words,
        reported: tally.stretches[1],
        reported_words,
    }
}

/// Its words in its own voice: of reported speech without what is quoted in it.
fn words(utterance: &Utterance, document: &Document, found: &ArticleFindings) -> u64 {
    let voice = if utterance.form == Form::Indirect { Voice::Indirect } else { Voice::Direct };
    document.slice(document.tokens(utterance.content)).iter().filter(|w| found.mask.at(w.span()) == voice).count() as u64
}
