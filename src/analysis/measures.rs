//! Measures beyond the rates: choices in slots, shared words, reported speech counted in, uneven words.

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::measure::keyness::{Keyness, KeynessSettings, keyness, opponents, too_few};
use crate::measure::overlap::{Overlap, Voiced, overlaps};
use crate::measure::own_words::{OwnWords, WordPlaces};
use crate::measure::preference::{Preference, preferences};
use crate::measure::rates::Rate;
use crate::measure::sensitivity::{Sensitivity, sensitivity};
use crate::reuse::alignment::Alignments;
use crate::reuse::cluster::Cluster;
use crate::reuse::collation::Collation;
use crate::reuse::copies::Copies;
use crate::reuse::story::Stories;

use super::findings::ArticleFindings;
use super::settings::Settings;

/// What was measured.
pub(super) struct Measured<'c> {
    pub(super) preferences: Vec<Preference>,
    pub(super) overlaps: Vec<Overlap>,
    pub(super) sensitivity: Vec<Sensitivity<'c>>,
    pub(super) keyness: Option<Keyness>,
}

/// `searched_once` are the copies that were left out of the search, whose words no alignment tells.
pub(super) fn measures<'c>(
    corpus: &Corpus,
    articles: &[ArticleFindings],
    (clusters, collations): (&[Cluster], &[Collation]),
    (alignments, copies, searched_once): (&Alignments, &Copies, &Copies),
    stories: &Stories,
    rates: &[Rate<'c>],
    settings: &Settings,
) -> Measured<'c> {
    let found = |id: ArticleId| &articles[id.index()];
    let voice = |locus: Locus| found(locus.article).voice_of(&corpus.document(locus.article), locus.tokens);
    let passages = clusters.iter().zip(collations.iter().map(Collation::slots));
    let voiced = |id: ArticleId| Voiced { mask: &found(id).mask, words: found(id).words };
    let (preferences, overlaps) = rayon::join(
        || preferences(passages, (corpus, copies), |l| &found(l.article).usages, voice, settings.rates.min_strength),
        || overlaps(corpus, alignments, searched_once, voiced),
    );
    Measured {
        preferences,
        overlaps,
        sensitivity: sensitivity(rates, &settings.rates),
        keyness: settings.keyness.as_ref().map(|chosen| words(corpus, articles, stories, copies, chosen)),
    }
}

fn words(corpus: &Corpus, articles: &[ArticleFindings], stories: &Stories, copies: &Copies, settings: &KeynessSettings) -> Keyness {
    let of = |(id, found): (ArticleId, &ArticleFindings)| OwnWords::of(&corpus.document(id), &found.mask, corpus.vocabulary());
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let words: Vec<OwnWords> = ids.into_par_iter().zip(articles).map(of).collect();
    let places = WordPlaces::new(&words);
    drop(words);
    let pairs = opponents(corpus, stories, copies, settings);
    let contrasts = pairs.into_par_iter().map(|pair| keyness(pair, &places, corpus, &settings.words)).collect();
    Keyness { contrasts, too_few: too_few(corpus, copies, settings) }
}
