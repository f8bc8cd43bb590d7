//! The search for shared passages: stages of `reuse` in a row, threads over articles and pairs, sorting within a memory budget.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, TokenId};
use crate::reuse::accept::{Evidence, Rejection, accept, joined};
use crate::reuse::align::{Pair, local, path_spans};
use crate::reuse::alignment::{Alignments, Laid};
use crate::reuse::candidate::candidates;
use crate::reuse::copies::{Copies, TextFrequencies, TextSketch, is_same, sketch};
use crate::reuse::fingerprint::fingerprints;
use crate::reuse::postings::{Pairing, Posting, Seed, Suppressed, SuppressedAs, TooCommon, join, suppressed};
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
        near: Nearness::new(corpus, &copies, settings.window_days),
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
    suppressed.extend(search.by_words(rejected));
    suppressed.sort_unstable();
    let (alignments, suppressed) = kept((alignments, suppressed), Kept::Passages, stages, failed);
    Shared { copies, searched_once: None, alignments, suppressed }
}

/// Articles that print the same text; `each` hears of every n-gram on the way.
pub(super) fn copies(corpus: &Corpus, settings: &ReuseSettings, each: impl Fn(u64) + Sync) -> Copies {
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let read = |&id: &ArticleId| sketch(&corpus.document(id), corpus.vocabulary(), settings, &each);
    let sketches: Vec<TextSketch> = ids.par_iter().map(read).collect();
    let same = |a, b| is_same(&corpus.document(a), &corpus.document(b));
    if settings.collapse_copies { Copies::new(&sketches, same) } else { Copies::none(ids.len()) }
}

/// Which articles are near enough in time to be set side by side.
pub(super) struct Nearness {
    window_days: Option<u32>,
    /// First and last day of each article that has a date, and of the copies that it stands for; empty where one is unknown.
    days: Vec<Vec<(i64, i64)>>,
}

impl Nearness {
    pub(super) fn new(corpus: &Corpus, copies: &Copies, window_days: Option<u32>) -> Self {
        let own = |id: ArticleId| corpus.article(id).published_at.map(|date| date.days());
        let mut days: Vec<Vec<(i64, i64)>> = corpus.ids().map(|id| own(id).into_iter().collect()).collect();
        for id in corpus.ids() {
            // Whoever reprints a text brings it near to what is printed then.
            if let Some(first) = copies.exact_of(id) {
                match own(id) {
                    Some(at) if !days[first.index()].is_empty() => days[first.index()].push(at),
                    _ => days[first.index()].clear(),
                }
            }
        }
        days.iter_mut().for_each(|days| {
            days.sort_unstable();
            days.dedup();
        });
        Self { window_days, days }
    }

    pub(super) fn may_pair(&self, left: ArticleId, right: ArticleId) -> bool {
        let (a, b) = (&self.days[left.index()], &self.days[right.index()]);
        let Some(window) = self.window_days.map(i64::from).filter(|_| !a.is_empty() && !b.is_empty()) else { return true };
        let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        few.iter().any(|day| {
            // Periods are a year long at most, so only those that start near enough can touch.
            let from = many.partition_point(|other| other.0 < day.0 - window - LONGEST_PERIOD);
            many[from..].iter().take_while(|other| other.0 <= day.1 + window).any(|other| day.0 - other.1 <= window)
        })
    }
}

/// Days of the longest period that a date may name.
const LONGEST_PERIOD: i64 = 366;

/// A stretch that two articles share and that is no passage: its place in the first, the other, and why.
type Rejected = (Locus, ArticleId, SuppressedAs);

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
        let corpus = self.corpus;
        let (left, right) = (corpus.document(seeds[0].left), corpus.document(seeds[0].right));
        let (left, right) = (&*left, &*right);
        let side = |article: ArticleId| if article == seeds[0].left { left } else { right };
        let is_quotation = |locus: Locus| self.articles[locus.article.index()].is_quotation(side(locus.article), locus.tokens);
        let pair = Pair { left: left.words(), right: right.words(), classes: self.classes };
        let evidence = Evidence {
            left,
            right,
            vocabulary: corpus.vocabulary(),
            frequencies: self.frequencies,
            classes: self.classes,
            language: Language::english(),
        };
        let (mut found, mut rejected) = (Vec::new(), Vec::new());
        for candidate in candidates(seeds, left, right, self.settings) {
            for path in local(&candidate, pair, self.settings) {
                let reason = match accept(&path, &candidate, evidence, is_quotation, self.settings) {
                    Ok(alignment) => {
                        found.push(alignment);
                        continue;
                    }
                    Err(Rejection::Short) => continue,
                    Err(Rejection::BareName) => SuppressedAs::BareName,
                    Err(Rejection::Common) => SuppressedAs::CommonWords,
                };
                if let Some((tokens, _)) = path_spans(&path.columns) {
                    rejected.push((Locus { article: seeds[0].left, tokens }, seeds[0].right, reason));
                }
            }
        }
        (joined(without_doubles(found), evidence, self.settings), rejected)
    }

    /// What was left out pair by pair, a row for the same words.
    fn by_words(&self, rejected: Vec<Rejected>) -> Vec<Suppressed> {
        let mut by_words: BTreeMap<(Vec<TokenId>, SuppressedAs), (Suppressed, BTreeSet<ArticleId>)> = BTreeMap::new();
        for (locus, other, reason) in rejected {
            let words = self.corpus.document(locus.article).slice(locus.tokens).iter().map(|w| w.id).collect();
            let fresh = || (Suppressed { locus, reason, texts: 0, places: 0 }, BTreeSet::new());
            let (row, texts) = by_words.entry((words, reason)).or_insert_with(fresh);
            texts.extend([self.copies.text(locus.article), self.copies.text(other)]);
            row.texts = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            row.places = row.places.saturating_add(1);
            row.locus = row.locus.min(locus);
        }
        by_words.into_values().map(|(row, _)| row).collect()
    }
}

/// Chains that lie close together can find the same passage twice: the more significant one stays.
fn without_doubles(mut found: Vec<Laid>) -> Vec<Laid> {
    found.sort_by(|a, b| b.significance.total_cmp(&a.significance).then_with(|| (a.left, a.right).cmp(&(b.left, b.right))));
    // By where they start on the left: a long article has many, and each need only be set beside its neighbours.
    let mut kept: BTreeMap<usize, Vec<Laid>> = BTreeMap::new();
    let mut longest = 0;
    for alignment in found {
        let tokens = alignment.left.tokens;
        let covered = |k: &Laid| {
            let half = |a: Locus, b: Locus| 2 * a.tokens.overlap(b.tokens) > a.tokens.len();
            half(alignment.left, k.left) && half(alignment.right, k.right)
        };
        let near = kept.range(tokens.start().saturating_sub(longest)..tokens.end()).flat_map(|(_, at)| at);
        if !near.into_iter().any(covered) {
            longest = longest.max(tokens.len());
            kept.entry(tokens.start()).or_default().push(alignment);
        }
    }
    let mut kept: Vec<Laid> = kept.into_values().flatten().collect();
    kept.sort_by_key(|a| (a.left, a.right));
    kept
}

#[cfg(test)]
mod tests {
    use super::{Copies, Nearness, Quarantine, Runs, Search, Seed, Stage, TextFrequencies, WordClasses};
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
            near: Nearness::new(&corpus, &copies, None),
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
