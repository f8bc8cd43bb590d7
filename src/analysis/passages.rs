//! The search for shared passages: stages of `reuse` in a row, threads over articles and pairs, sorting within a memory budget.

use std::io;

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::reuse::accept::Evidence;
use crate::reuse::alignment::{Alignments, Laid};
use crate::reuse::copies::{Copies, TextFrequencies, TextSketch, is_same, sketch};
use crate::reuse::fingerprint::fingerprints;
use crate::reuse::nearness::Nearness;
use crate::reuse::pair::{Rejected, by_words, shared_by};
use crate::reuse::postings::{Pairing, Posting, Seed, Suppressed, TooCommon, join, suppressed};
use crate::reuse::repeats::Repeats;
use crate::reuse::runs::Runs;
use crate::reuse::settings::ReuseSettings;
use crate::reuse::stem::WordClasses;
use crate::text::language::Language;
use crate::watch::{Stage, Watch};

use super::findings::ArticleFindings;
use super::quarantine::Quarantine;
use super::stages::{Kept, Stages, kept, loaded};

/// What articles share.
pub(super) struct Shared {
    pub(super) copies: Copies,
    /// Those that were searched once, where that is not all of them.
    pub(super) searched_once: Option<Copies>,
    /// In order of both places.
    pub(super) alignments: Alignments,
    /// In order of place.
    pub(super) suppressed: Vec<Suppressed>,
}

pub(super) fn shared(
    corpus: &Corpus,
    articles: &[ArticleFindings],
    classes: &WordClasses,
    settings: &ReuseSettings,
    (stages, watch): (&dyn Stages, &dyn Watch),
    failed: &Quarantine,
) -> Shared {
    watch.stage(Stage::Search, corpus.articles().len() as u64);
    if let Some((alignments, suppressed)) = loaded(Kept::Passages, stages) {
        return Shared { copies: copies(corpus, settings, |_| ()), searched_once: None, alignments, suppressed };
    }
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let repeats = Repeats::new(corpus.words());
    let copies = copies(corpus, settings, |hash| repeats.note(hash));
    let frequencies = TextFrequencies::new(&copies, corpus);
    let texts: Vec<ArticleId> = ids.into_iter().filter(|&id| copies.exact_of(id).is_none()).collect();
    let search = Search {
        corpus,
        articles,
        classes,
        settings,
        near: nearness(corpus, &copies, settings.window_days),
        copies: &copies,
        frequencies: &frequencies,
        watch,
        failed,
    };
    let attempt = |memory| {
        let (seeds, too_common) = search.seeds(&texts, &repeats, memory)?;
        Ok::<_, io::Error>((search.align(seeds)?, too_common))
    };
    // Temporary files that cannot be read again cost memory, not the answer.
    let found = attempt(settings.memory).or_else(|_| attempt(usize::MAX));
    let ((alignments, rejected), too_common) = found.expect("without a limit nothing is sorted in files");
    let mut suppressed = suppressed(too_common, settings);
    suppressed.extend(by_words(rejected, |id| copies.text(id)));
    suppressed.sort_unstable();
    let (alignments, suppressed) = kept((alignments, suppressed), Kept::Passages, stages, failed);
    Shared { copies, searched_once: None, alignments, suppressed }
}

/// Which articles of a corpus are near enough in time to be set side by side.
pub(super) fn nearness(corpus: &Corpus, copies: &Copies, window_days: Option<u32>) -> Nearness {
    let days = corpus.ids().map(|id| corpus.article(id).published_at.map(|date| date.days())).collect();
    Nearness::new(days, copies, window_days)
}

/// Articles that print the same text; `each` hears of every n-gram on the way.
pub(super) fn copies(corpus: &Corpus, settings: &ReuseSettings, each: impl Fn(u64) + Sync) -> Copies {
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let read = |&id: &ArticleId| sketch(&corpus.document(id), corpus.vocabulary(), settings, &each);
    let sketches: Vec<TextSketch> = ids.par_iter().map(read).collect();
    let same = |a, b| is_same(&corpus.document(a), &corpus.document(b));
    if settings.collapse_copies { Copies::new(&sketches, same) } else { Copies::none(ids.len()) }
}

struct Search<'s> {
    corpus: &'s Corpus,
    articles: &'s [ArticleFindings],
    classes: &'s WordClasses,
    settings: &'s ReuseSettings,
    near: Nearness,
    copies: &'s Copies,
    frequencies: &'s TextFrequencies,
    watch: &'s dyn Watch,
    failed: &'s Quarantine,
}

impl Pairing for Search<'_> {
    fn text(&self, article: ArticleId) -> ArticleId {
        self.copies.text(article)
    }

    fn may_pair(&self, left: ArticleId, right: ArticleId) -> bool {
        self.near.may_pair(left, right)
    }
}

/// Articles whose n-grams are held at once before they go to the sorter.
const BATCH_ARTICLES: usize = 4_096;
/// Seeds whose pairs are aligned at once.
const BATCH_SEEDS: usize = 1 << 18;

impl Search<'_> {
    /// Seeds of all pairs, sorted, and what was too common.
    fn seeds(&self, texts: &[ArticleId], repeats: &Repeats, memory: usize) -> io::Result<(Runs<Seed>, Vec<TooCommon>)> {
        let mut postings = Runs::new(memory / 2);
        for batch in texts.chunks(BATCH_ARTICLES) {
            let found: Vec<Vec<Posting>> = batch
                .par_iter()
                .map(|&article| {
                    let mut kept = Vec::new();
                    fingerprints(&self.corpus.document(article), self.corpus.vocabulary(), self.settings, |f| {
                        if repeats.may_repeat(f.hash) {
                            kept.push(Posting { hash: f.hash, article, token: f.token });
                        }
                    });
                    kept
                })
                .collect();
            found.into_iter().flatten().for_each(|posting| postings.push(posting));
            self.watch.advance(batch.len() as u64);
        }
        let mut postings = postings.sorted()?;
        let (mut seeds, mut too_common) = (Runs::new(memory / 2), Vec::new());
        let (mut gram, mut next) = (Vec::new(), None);
        loop {
            postings.group(&mut gram, &mut next, |a, b| a.hash == b.hash)?;
            if gram.is_empty() {
                return Ok((seeds, too_common));
            }
            too_common.extend(join(&gram, self, self.settings, &mut |seed| seeds.push(seed)));
        }
    }

    fn align(&self, seeds: Runs<Seed>) -> io::Result<(Alignments, Vec<Rejected>)> {
        self.watch.stage(Stage::Alignment, seeds.records() as u64);
        let mut seeds = seeds.sorted()?;
        let (mut pair, mut next) = (Vec::new(), None);
        let (mut batch, mut held) = (Vec::new(), 0);
        let (mut out, mut rejected) = (Alignments::default(), Vec::new());
        loop {
            seeds.group(&mut pair, &mut next, |a, b| (a.left, a.right) == (b.left, b.right))?;
            held += pair.len();
            let done = pair.is_empty();
            if !done {
                batch.push(std::mem::take(&mut pair));
            }
            if done || held >= BATCH_SEEDS {
                let align = |pair: &Vec<Seed>| {
                    let found = self.failed.pair((pair[0].left, pair[0].right), || self.align_pair(pair));
                    self.watch.advance(pair.len() as u64);
                    found
                };
                let found: Vec<_> = batch.par_iter().map(align).collect();
                for (alignments, left_out) in found {
                    out.extend(alignments);
                    rejected.extend(left_out);
                }
                (batch, held) = (Vec::new(), 0);
            }
            if done {
                return Ok((out, rejected));
            }
        }
    }

    fn align_pair(&self, seeds: &[Seed]) -> (Vec<Laid>, Vec<Rejected>) {
        let (left, right) = (self.corpus.document(seeds[0].left), self.corpus.document(seeds[0].right));
        let (left, right) = (&*left, &*right);
        let evidence = Evidence {
            left,
            right,
            vocabulary: self.corpus.vocabulary(),
            frequencies: self.frequencies,
            classes: self.classes,
            language: Language::english(),
        };
        let side = |article: ArticleId| if article == seeds[0].left { left } else { right };
        let is_quotation = |locus: Locus| self.articles[locus.article.index()].is_quotation(side(locus.article), locus.tokens);
        shared_by(seeds, evidence, is_quotation, self.settings)
    }
}

#[cfg(test)]
mod tests {
    use super::{Copies, Quarantine, Runs, Search, Seed, Stage, TextFrequencies, WordClasses, nearness};
    use crate::analysis::read_articles;
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::record::Record;
    use crate::id::ArticleId;
    use crate::lexicon::load::Lexicon;
    use crate::reuse::settings::ReuseSettings;

    #[test]
    fn a_pair_whose_comparison_fails_is_named_and_the_next_is_compared() {
        let shared = "the river rose by seven metres during the night and carried off two wooden bridges near the old mill";
        let mut builder = CorpusBuilder::default();
        for (outlet, before) in [("A", "Early"), ("B", "Later"), ("C", "Elsewhere")] {
            builder.admit(Record::of_text(&format!("{outlet}.txt"), outlet, format!("{before} on Monday {shared}.")));
        }
        let corpus = builder.seal();
        let (articles, classes) = (read_articles(&corpus, Lexicon::english_framing()), WordClasses::new(corpus.vocabulary()));
        let (settings, copies, failed) = (ReuseSettings::for_articles(3), Copies::none(3), Quarantine::default());
        let search = Search {
            corpus: &corpus,
            articles: &articles,
            classes: &classes,
            settings: &settings,
            near: nearness(&corpus, &copies, None),
            copies: &copies,
            frequencies: &TextFrequencies::new(&copies, &corpus),
            watch: &|_: Stage| {},
            failed: &failed,
        };
        let seed = |left: usize, right: usize, at: u32| Seed {
            left: ArticleId::new(left),
            right: ArticleId::new(right),
            left_token: at,
            right_token: at,
            texts: 3,
        };
        let mut seeds = Runs::new(1 << 20);
        // No article has a word there, so that this pair cannot be aligned.
        [seed(0, 1, 1_000_000), seed(0, 2, 5), seed(1, 2, 5)].into_iter().for_each(|seed| seeds.push(seed));
        let (alignments, _) = search.align(seeds).expect("nothing is sorted in files");
        let pairs: Vec<_> = alignments.iter().map(|a| (a.left.article.index(), a.right.article.index())).collect();
        assert_eq!(pairs, [(0, 2), (1, 2)]);
        let failed: Vec<_> = failed.failed().iter().map(|f| (f.left.index(), f.right.index())).collect();
        assert_eq!(failed, [(0, 1)]);
    }
}
