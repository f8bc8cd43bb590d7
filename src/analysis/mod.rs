//! The pipeline, from a sealed corpus to findings: the only room with threads.
//!
//! Rayon maps articles and pairs of articles, keeps their order, and nothing else: the same findings come out at any
//! number of threads.

pub mod findings;
mod labels;
mod long;
mod measures;
pub mod needs;
mod paraphrases;
mod passages;
pub mod quarantine;
mod quotations;
pub mod settings;
pub mod stages;
mod stories;
pub mod wording;

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::error::{ErrorKind, Result};
use crate::framing::substitution::substitutions;
use crate::id::ArticleId;
use crate::lexicon::load::Lexicon;
use crate::lexicon::scan::Scanner;
use crate::measure::rates::{ArticleCounts, rates};
use crate::provenance::credit::CreditFinder;
use crate::provenance::origin::Origins;
use crate::reuse::alignment::Alignment;
use crate::reuse::cluster::{Cluster, clusters, copies_by_text, part, tell_apart};
use crate::reuse::collate::collate;
use crate::reuse::collation::Collation;
use crate::reuse::copies::Copies;
use crate::reuse::settings::ReuseSettings;
use crate::reuse::stem::WordClasses;
use crate::reuse::story::Stories;
use crate::text::span::CodePoints;
use crate::voice::lexis::{Lexis, VoiceWords};
use crate::watch::{Stage, Watch};

use findings::{ArticleFindings, Findings};
use labels::called;
use long::long_passages;
use measures::{Measured, measures};
use paraphrases::other_words;
use passages::{Shared, copies, nearness, shared};
use quarantine::{Quarantine, each_article};
use quotations::one_quotation;
use settings::Settings;
use stages::{Kept, NothingKept, Stages, resumed};
use stories::one_event;
use wording::{Wording, wording};

/// [`try_read_articles`] for callers to whom a fault of Retold's own is a panic.
///
/// # Panics
/// When reading an article does.
#[must_use]
pub fn read_articles(corpus: &Corpus, lexicon: &Lexicon) -> Vec<ArticleFindings> {
    try_read_articles(corpus, lexicon).unwrap_or_else(|failed| panic!("{failed}"))
}

/// Listed wording and voices of each article, without setting articles beside one another.
///
/// # Errors
/// [`ErrorKind::Failed`] when Retold itself fails at some articles: [`Corpus::without`] leaves them out.
pub fn try_read_articles(corpus: &Corpus, lexicon: &Lexicon) -> Result<Vec<ArticleFindings>> {
    articles_watched(corpus, lexicon, &|_: Stage| {})
}

fn articles_watched(corpus: &Corpus, lexicon: &Lexicon, watch: &dyn Watch) -> Result<Vec<ArticleFindings>> {
    let (scanner, lexis) =
        rayon::join(|| Scanner::new(lexicon, corpus.vocabulary()), || Lexis::new(VoiceWords::english(), corpus.vocabulary()));
    let credits = CreditFinder::new(corpus);
    watch.stage(Stage::Articles, corpus.articles().len() as u64);
    let read = each_article(corpus, |id| {
        let found = read_article(id, corpus, (lexicon, &scanner), &lexis, &credits);
        watch.advance(1);
        found
    });
    read.map_err(|articles| ErrorKind::Failed { articles }.into())
}

/// [`try_analyze`] for callers to whom a fault of Retold's own is a panic. The crate documentation has an example.
///
/// # Panics
/// When reading an article does.
#[must_use]
pub fn analyze<'c>(corpus: &'c Corpus, lexicon: &'c Lexicon, settings: &Settings, watch: impl Watch) -> Findings<'c> {
    try_analyze(corpus, lexicon, settings, watch).unwrap_or_else(|failed| panic!("{failed}"))
}

/// Compares the outlets of a corpus. `watch` hears of each stage as it starts, and of its steps. Two articles whose comparison fails
/// are named in [`Findings::failed`].
///
/// # Errors
/// [`ErrorKind::Failed`] when Retold itself fails at some articles: [`Corpus::without`] leaves them out.
pub fn try_analyze<'c>(corpus: &'c Corpus, lexicon: &'c Lexicon, settings: &Settings, watch: impl Watch) -> Result<Findings<'c>> {
    analyze_keeping(corpus, lexicon, settings, &NothingKept, watch)
}

/// The same, taking costly stages from where an earlier run kept them, and keeping those that it finds anew.
///
/// # Errors
/// As of [`try_analyze`].
pub fn analyze_keeping<'c>(
    corpus: &'c Corpus,
    lexicon: &'c Lexicon,
    settings: &Settings,
    stages: &dyn Stages,
    watch: impl Watch,
) -> Result<Findings<'c>> {
    let watch: &dyn Watch = &watch;
    let articles = articles_watched(corpus, lexicon, watch)?;
    let failed = Quarantine::default();
    let classes = WordClasses::new(corpus.vocabulary());
    let Shared { copies, searched_once, alignments, suppressed } = match &settings.long {
        None => shared(corpus, &articles, &classes, &settings.reuse, (stages, watch), &failed),
        Some(long) => {
            watch.stage(Stage::Search, 0);
            let copies = copies(corpus, &settings.reuse, |_| ());
            // Long texts of few copies are searched copy by copy, so that none is a witness twice.
            let searched_once = copies.larger_than(settings.reuse.paired_texts);
            let near = nearness(corpus, &searched_once, settings.reuse.window_days);
            let search = || {
                let (copies, may_pair) = ((&copies, &searched_once), |a, b| near.may_pair(a, b));
                (long_passages(corpus, &classes, copies, may_pair, (long, &settings.reuse), watch, &failed), Vec::new())
            };
            let (alignments, suppressed) = resumed(Kept::Passages, stages, &failed, search);
            Shared { copies, searched_once: Some(searched_once), alignments, suppressed }
        }
    };
    let witnesses = searched_once.as_ref().unwrap_or(&copies);
    let (clusters, collations) = resumed(Kept::Collations, stages, &failed, || {
        let clusters = clusters(&alignments, witnesses, corpus, &settings.reuse);
        collated(clusters, &alignments, witnesses, corpus, &classes, &settings.reuse, watch)
    });
    let near = nearness(corpus, &copies, settings.reuse.window_days);
    let (paraphrases, quote_matches) = settings.paraphrase.as_ref().map_or_else(Default::default, |chosen| {
        other_words(corpus, &articles, (&alignments, &copies), |a, b| near.may_pair(a, b), chosen, watch, &failed)
    });
    let grouped = resumed(Kept::Stories, stages, &failed, || one_event(corpus, &classes, &copies, &settings.stories, watch));
    let stories = Stories::new(grouped, corpus);
    let credits = articles.iter().map(|article| article.credits.as_slice()).collect();
    let origins = Origins::new(corpus, &copies, credits);
    let origins = clusters.par_iter().map(|cluster| origins.of(cluster)).collect();
    let quote_groups = one_quotation(corpus, &articles, (&alignments, witnesses), (&paraphrases, &quote_matches), &classes, settings);
    watch.stage(Stage::Counting, 0);
    let voice = |locus: Locus| articles[locus.article.index()].voice_of(&corpus.document(locus.article), locus.tokens);
    let substitutions =
        substitutions(&clusters, &collations, corpus, |l| &articles[l.article.index()].usages, voice, settings.rates.min_strength);
    let called = called(corpus, &clusters, &collations, settings);
    let counts: Vec<ArticleCounts<'_>> = articles.iter().map(|a| ArticleCounts { words: a.words, usages: &a.usages }).collect();
    let rates = rates(corpus, lexicon, &counts, &settings.rates);
    let Measured { preferences, overlaps, sensitivity, keyness } =
        measures(corpus, &articles, (&clusters, &collations), (&alignments, &copies, witnesses), &stories, &rates, settings);
    Ok(Findings {
        corpus,
        lexicon,
        settings: settings.clone(),
        articles,
        stories,
        copies,
        alignments,
        paraphrases,
        quote_matches,
        quote_groups,
        clusters,
        origins,
        collations,
        substitutions,
        preferences,
        overlaps,
        entities: called.entities,
        mentions: called.mentions,
        labels: called.labels,
        rates,
        sensitivity,
        keyness,
        suppressed,
        failed: failed.failed(),
    })
}

/// Clusters laid side by side; one that does not hold together is parted and its parts are laid again.
fn collated(
    clusters: Vec<Cluster>,
    alignments: &[Alignment],
    copies: &Copies,
    corpus: &Corpus,
    classes: &WordClasses,
    settings: &ReuseSettings,
    watch: &dyn Watch,
) -> (Vec<Cluster>, Vec<Collation>) {
    watch.stage(Stage::Collation, clusters.len() as u64);
    let copies = copies_by_text(copies, corpus);
    let lay = |cluster: &Cluster| collate(cluster, alignments, corpus, classes, settings);
    let mut laid: Vec<(Cluster, Collation)> = clusters
        .into_par_iter()
        .flat_map_iter(|cluster| {
            let (whole, shared) = lay(&cluster);
            watch.advance(1);
            match part(&cluster, &shared, alignments, &copies, corpus, settings) {
                Some(parts) => parts.into_iter().map(|part| (lay(&part).0, part)).map(|(laid, part)| (part, laid)).collect(),
                None => vec![(cluster, whole)],
            }
        })
        .collect();
    laid.sort_by(|a, b| a.0.witnesses.cmp(&b.0.witnesses));
    let (mut clusters, collations): (Vec<_>, Vec<_>) = laid.into_iter().unzip();
    tell_apart(&mut clusters);
    (clusters, collations)
}

fn read_article(
    id: ArticleId,
    corpus: &Corpus,
    (lexicon, scanner): (&Lexicon, &Scanner),
    lexis: &Lexis,
    finder: &CreditFinder,
) -> ArticleFindings {
    let (document, text) = (corpus.document(id), corpus.whole_text(id));
    let (document, text) = (&*document, &*text);
    // The lists are English.
    let lists = corpus.article(id).is_english().then_some((lexicon, scanner));
    let Wording { quotations, voices, usages, words } = wording(document, text, lists, lexis);
    let credits = finder.credits(corpus, id, &voices.mask);
    ArticleFindings { points: CodePoints::new(text), quotations, utterances: voices.utterances, mask: voices.mask, usages, credits, words }
}
