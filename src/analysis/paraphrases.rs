//! What articles of one story tell in other words: sentence set beside sentence, quotation beside quotation.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, TokenId};
use crate::reuse::alignment::Alignment;
use crate::reuse::anchor::{Anchors, TermId};
use crate::reuse::copies::Copies;
use crate::reuse::paraphrase::{ParaphraseSettings, Told, paraphrases, stories};
use crate::reuse::quote_variant::{Quoted, quote_pairs};
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::watch::{Stage, Watch};

use super::findings::{ArticleFindings, Paraphrase, QuoteMatch};
use super::quarantine::Quarantine;

/// Copied passages of a pair of articles.
type Copied = Vec<(Span<Token>, Span<Token>)>;

/// Quotations of an article that hold words: their positions among all, and as the search reads them.
type Quotations = (Vec<usize>, Vec<Quoted>);

/// What articles of one story tell in other words, in corpus order. `may_pair` tells whether two articles are near enough in
/// time; copies of a text are looked at once.
pub(super) fn other_words(
    corpus: &Corpus,
    articles: &[ArticleFindings],
    (alignments, copies): (&[Alignment], &Copies),
    may_pair: impl Fn(ArticleId, ArticleId) -> bool,
    settings: &ParaphraseSettings,
    watch: &dyn Watch,
    failed: &Quarantine,
) -> (Vec<Paraphrase>, Vec<QuoteMatch>) {
    let anchors = Anchors::new(corpus.documents(), corpus.vocabulary(), Language::english());
    let told: Vec<Told> =
        corpus.ids().collect::<Vec<_>>().into_par_iter().map(|id| Told::new(&corpus.document(id), &anchors, settings)).collect();
    let quoted: Vec<Quotations> = corpus
        .ids()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|id| {
            let document = corpus.document(id);
            let quotations = articles[id.index()].quotations.iter().enumerate();
            let read = quotations.map(|(i, q)| (i, document.tokens(q.content)));
            read.filter(|(_, tokens)| !tokens.is_empty()).map(|(i, tokens)| (i, Quoted::new(&document, tokens, &anchors))).unzip()
        })
        .collect();
    let outlet = |id: ArticleId| corpus.article(id).outlet;
    let mut pairs: BTreeMap<(ArticleId, ArticleId), Copied> = BTreeMap::new();
    for a in alignments.iter().filter(|a| outlet(a.left.article) != outlet(a.right.article)) {
        pairs.entry((a.left.article, a.right.article)).or_default().push((a.left.tokens, a.right.tokens));
    }
    for (left, right) in stories(&told, &anchors, outlet, settings) {
        let is_copy = copies.exact_of(left).is_some() || copies.exact_of(right).is_some();
        if !is_copy && may_pair(left, right) {
            pairs.entry((left, right)).or_default();
        }
    }
    watch.stage(Stage::Retellings, pairs.len() as u64);
    let words = |shared: &[TermId], place: Locus| words_of(shared, place, corpus, &anchors);
    let of_pair = |left: ArticleId, right: ArticleId, copied: &Copied| -> (Vec<Paraphrase>, Vec<QuoteMatch>) {
        let documents = (corpus.document(left), corpus.document(right));
        let same = |l: Span<Token>, r: Span<Token>| {
            let (l, r) = (documents.0.slice(l), documents.1.slice(r));
            l.iter().map(|w| w.id).eq(r.iter().map(|w| w.id))
        };
        let found = paraphrases(&told[left.index()], &told[right.index()], &anchors, copied, settings);
        // Equal words are not other words, even where they are too common to be a passage.
        let passages = found.into_iter().filter(|found| !same(found.left, found.right)).map(|found| {
            let (l, r) = (Locus { article: left, tokens: found.left }, Locus { article: right, tokens: found.right });
            let shared = words(&found.shared, l);
            Paraphrase { left: l, right: r, similarity: found.similarity, evidence: found.evidence, confidence: found.confidence, shared }
        });
        let (ql, qr) = (&quoted[left.index()], &quoted[right.index()]);
        let quotes = quote_pairs((&documents.0, &ql.1), (&documents.1, &qr.1), &anchors, settings);
        let quotes = quotes.into_iter().map(|pair| QuoteMatch {
            left: (left, ql.0[pair.left]),
            right: (right, qr.0[pair.right]),
            variant: pair.variant,
            similarity: pair.similarity,
        });
        watch.advance(1);
        (passages.collect(), quotes.collect())
    };
    let pairs: Vec<((ArticleId, ArticleId), Copied)> = pairs.into_iter().collect();
    let found = pairs.par_iter().map(|(pair, copied)| failed.pair(*pair, || of_pair(pair.0, pair.1, copied)));
    let found: Vec<(Vec<Paraphrase>, Vec<QuoteMatch>)> = found.collect();
    let (passages, quotes): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    (passages.into_iter().flatten().collect(), told_once(corpus, &quoted, quotes.into_iter().flatten().collect()))
}

/// Matches of quotations, each pair of versions once: what a hundred articles quote word for word is not five thousand rows.
fn told_once(corpus: &Corpus, quoted: &[Quotations], matches: Vec<QuoteMatch>) -> Vec<QuoteMatch> {
    let mut versions: BTreeMap<Vec<TokenId>, usize> = BTreeMap::new();
    let mut version: BTreeMap<(ArticleId, usize), usize> = BTreeMap::new();
    for (article, quotations) in corpus.ids().zip(quoted) {
        for (i, quotation) in quotations.0.iter().zip(&quotations.1) {
            let words = corpus.document(article).slice(quotation.tokens).iter().map(|w| w.id).collect();
            let next = versions.len();
            version.insert((article, *i), *versions.entry(words).or_insert(next));
        }
    }
    let mut seen = BTreeSet::new();
    let fresh = |found: &QuoteMatch| {
        let (left, right) = (version.get(&found.left), version.get(&found.right));
        // The same version: once for each article that has it too.
        let own = (left == right).then_some(found.right);
        seen.insert((left.min(right), left.max(right), own))
    };
    matches.into_iter().filter(fresh).collect()
}

/// The tokens of a place that stand for shared terms, heaviest terms first, each term once.
fn words_of(shared: &[TermId], place: Locus, corpus: &Corpus, anchors: &Anchors) -> Vec<usize> {
    let document = corpus.document(place.article);
    let mut out = Vec::with_capacity(shared.len());
    for &term in shared {
        let holds = |&at: &usize| anchors.terms(&document, Span::new(at, at + 1)).iter().any(|o| o.term == term);
        out.extend(place.tokens.range().find(holds));
    }
    out
}
