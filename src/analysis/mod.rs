//! The pipeline, from a sealed corpus to findings: the only room with threads.
//!
//! Rayon maps articles and pairs of articles, keeps their order, and nothing else: the same findings come out at any
//! number of threads.

pub mod findings;
pub mod settings;

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::framing::substitution::substitutions;
use crate::framing::usage::{usages, words_by_voice};
use crate::id::ArticleId;
use crate::lexicon::load::Lexicon;
use crate::lexicon::scan::Scanner;
use crate::measure::rates::{ArticleCounts, rates};
use crate::reuse::accept::{Evidence, accept};
use crate::reuse::align::{Alignment, Pair, local};
use crate::reuse::candidate::candidates;
use crate::reuse::cluster::clusters;
use crate::reuse::collate::collate;
use crate::reuse::fingerprint::fingerprints;
use crate::reuse::postings::{Posting, Seed, Suppressed, seeds};
use crate::reuse::stem::WordClasses;
use crate::text::language::Language;
use crate::text::span::CodePoints;
use crate::voice::quote::{mask, quotations};

use findings::{ArticleFindings, Findings};
use settings::Settings;

/// A stage of the pipeline, as told to whoever watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Listed wording and voices of each article.
    Articles,
    /// Passages that articles share.
    Passages,
    /// Differences and rates.
    Measures,
}

/// Compares the outlets of a corpus. `watch` hears of each stage as it starts. The crate documentation has an example.
#[must_use]
pub fn analyze<'c>(corpus: &'c Corpus, lexicon: &'c Lexicon, settings: &Settings, watch: impl Fn(Stage)) -> Findings<'c> {
    watch(Stage::Articles);
    let scanner = Scanner::new(lexicon, corpus.vocabulary());
    let articles: Vec<ArticleFindings<'_>> =
        corpus.ids().collect::<Vec<_>>().into_par_iter().map(|id| read_article(id, corpus, &scanner)).collect();
    watch(Stage::Passages);
    let classes = WordClasses::new(corpus.vocabulary());
    let (alignments, suppressed) = shared_passages(corpus, &articles, &classes, settings);
    let clusters = clusters(&alignments, corpus, &settings.reuse);
    let collations = clusters.par_iter().map(|c| collate(c, &alignments, corpus, &classes, &settings.reuse)).collect::<Vec<_>>();
    watch(Stage::Measures);
    let voice = |locus: Locus| articles[locus.article.index()].voice_of(corpus.document(locus.article), locus.tokens);
    let substitutions =
        substitutions(&clusters, &collations, corpus, |l| &articles[l.article.index()].usages, voice, settings.rates.min_strength);
    let counts: Vec<ArticleCounts<'_>> = articles.iter().map(|a| ArticleCounts { words: a.words, usages: &a.usages }).collect();
    let rates = rates(corpus, lexicon, &counts, &settings.rates);
    Findings { corpus, lexicon, settings: settings.clone(), articles, alignments, clusters, collations, substitutions, rates, suppressed }
}

fn read_article<'c>(id: ArticleId, corpus: &'c Corpus, scanner: &Scanner) -> ArticleFindings<'c> {
    let (document, text) = (corpus.document(id), corpus.whole_text(id));
    let quotations = quotations(document, text, Language::english());
    let mask = mask(&quotations, text);
    let usages = usages(&scanner.scan(document, text), document, &mask);
    let words = words_by_voice(document, &mask);
    ArticleFindings { points: CodePoints::new(text), quotations, mask, usages, words }
}

fn shared_passages(
    corpus: &Corpus,
    articles: &[ArticleFindings<'_>],
    classes: &WordClasses,
    settings: &Settings,
) -> (Vec<Alignment>, Suppressed) {
    let reuse = &settings.reuse;
    let mut postings: Vec<Posting> = corpus
        .ids()
        .collect::<Vec<_>>()
        .into_par_iter()
        .flat_map_iter(|article| {
            let found = fingerprints(corpus.document(article), corpus.vocabulary(), reuse);
            found.map(move |f| Posting { hash: f.hash, article, token: f.token })
        })
        .collect();
    let (seeds, suppressed) = seeds(&mut postings, |article| corpus.article(article).outlet, reuse);
    drop(postings);
    let pairs: Vec<&[Seed]> = seeds.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)).collect();
    let is_quotation = |locus: Locus| articles[locus.article.index()].is_quotation(corpus.document(locus.article), locus.tokens);
    let aligned = pairs.into_par_iter().map(|seeds| {
        let (left, right) = (corpus.document(seeds[0].left), corpus.document(seeds[0].right));
        let pair = Pair { left: left.words(), right: right.words(), classes };
        let evidence = Evidence {
            left,
            right,
            vocabulary: corpus.vocabulary(),
            classes,
            articles: corpus.articles().len(),
            language: Language::english(),
        };
        let mut found: Vec<Alignment> = Vec::new();
        for candidate in candidates(seeds, left, right, reuse) {
            let paths = local(&candidate, pair, reuse);
            found.extend(paths.iter().filter_map(|path| accept(path, &candidate, evidence, is_quotation, reuse)));
        }
        without_doubles(found)
    });
    (aligned.collect::<Vec<_>>().into_iter().flatten().collect(), suppressed)
}

/// Chains that lie close together can find the same passage twice: the more significant one stays.
fn without_doubles(mut found: Vec<Alignment>) -> Vec<Alignment> {
    found.sort_by(|a, b| b.significance.total_cmp(&a.significance).then_with(|| (a.left, a.right).cmp(&(b.left, b.right))));
    let mut kept: Vec<Alignment> = Vec::new();
    for alignment in found {
        let covered = |k: &Alignment| {
            let half = |a: Locus, b: Locus| 2 * a.tokens.overlap(b.tokens) > a.tokens.len();
            half(alignment.left, k.left) && half(alignment.right, k.right)
        };
        if !kept.iter().any(covered) {
            kept.push(alignment);
        }
    }
    kept.sort_by_key(|a| (a.left, a.right));
    kept
}
