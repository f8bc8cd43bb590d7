//! What each stage costs, in bytes of article text per second, all on the same corpus: `cargo bench --bench stages`.

mod material;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use retold::analysis::analyze;
use retold::analysis::settings::Settings;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::furniture::take_off;
use retold::corpus::record::Record;
use retold::corpus::recurring::{RecurringLines, printed_lines};
use retold::id::ArticleId;
use retold::lexicon::load::Lexicon;
use retold::lexicon::scan::Scanner;
use retold::reuse::align::{Pair, local};
use retold::reuse::anchor::Anchors;
use retold::reuse::candidate::candidates;
use retold::reuse::cluster::clusters;
use retold::reuse::collate::collate;
use retold::reuse::copies::{Copies, TextSketch, is_same, sketch};
use retold::reuse::fingerprint::fingerprints;
use retold::reuse::long_settings::LongSettings;
use retold::reuse::postings::{Pairing, Posting, Seed, join};
use retold::reuse::profile::{Background, Profile};
use retold::reuse::rare_stems::anchored;
use retold::reuse::retelling::compare;
use retold::reuse::runs::Runs;
use retold::reuse::settings::ReuseSettings;
use retold::reuse::stem::WordClasses;
use retold::text::language::Language;
use retold::text::span::Span;
use retold::voice::lexis::{Lexis, VoiceWords};
use retold::voice::quote::quotations;
use retold::voice::utterance::voices;

const ARTICLES: usize = 400;

fn main() {
    divan::main();
}

#[divan::bench]
fn furniture(bencher: Bencher) {
    let articles = material::articles(ARTICLES);
    let bytes: usize = articles.iter().map(|a| a.1.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for (_, text) in &articles {
            black_box(take_off(text, Span::new(0, text.len()), |_, _| None));
        }
    });
}

#[divan::bench]
fn seal(bencher: Bencher) {
    let articles = material::articles(ARTICLES);
    let bytes: usize = articles.iter().map(|a| a.1.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| {
            let mut builder = CorpusBuilder::default();
            for (i, (outlet, text)) in articles.iter().enumerate() {
                builder.admit(Record::of_text(&format!("{i}.txt"), outlet, text.as_str()));
            }
            builder
        })
        .bench_values(CorpusBuilder::seal);
}

#[divan::bench]
fn scanner(bencher: Bencher) {
    let (corpus, _) = material::corpus(ARTICLES);
    bencher.bench(|| black_box(Scanner::new(Lexicon::english_framing(), corpus.vocabulary())));
}

#[divan::bench]
fn scan(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let scanner = Scanner::new(Lexicon::english_framing(), corpus.vocabulary());
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for id in corpus.ids() {
            black_box(scanner.scan(&corpus.document(id), &corpus.whole_text(id)));
        }
    });
}

#[divan::bench]
fn voice(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let lexis = Lexis::new(VoiceWords::english(), corpus.vocabulary());
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for id in corpus.ids() {
            let (document, text) = (corpus.document(id), corpus.whole_text(id));
            black_box(voices(&document, &text, &quotations(&document, &text, Language::english()), &lexis));
        }
    });
}

#[divan::bench]
fn recurring_lines(bencher: Bencher) {
    let articles = material::articles(ARTICLES);
    let bytes: usize = articles.iter().map(|a| a.1.len()).sum();
    let texts: Vec<_> = articles.iter().map(|(_, text)| (text.as_str(), Span::new(0, text.len()))).collect();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| black_box(RecurringLines::learn(texts.len(), |i, each| printed_lines(texts[i].0, texts[i].1, each))));
}

#[divan::bench]
fn fingerprint(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let settings = Settings::for_corpus(&corpus).reuse;
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut all = 0;
        for id in corpus.ids() {
            fingerprints(&corpus.document(id), corpus.vocabulary(), &settings, |f| all ^= f.hash);
        }
        black_box(all)
    });
}

#[divan::bench]
fn copies(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let settings = Settings::for_corpus(&corpus).reuse;
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let sketches: Vec<TextSketch> = corpus.documents().map(|d| sketch(&d, corpus.vocabulary(), &settings, |_| ())).collect();
        black_box(Copies::new(&sketches, |a, b| is_same(&corpus.document(a), &corpus.document(b))))
    });
}

struct All;

impl Pairing for All {
    fn text(&self, article: ArticleId) -> ArticleId {
        article
    }
    fn may_pair(&self, _: ArticleId, _: ArticleId) -> bool {
        true
    }
}

fn postings(corpus: &Corpus, settings: &ReuseSettings) -> Runs<Posting> {
    let mut postings = Runs::new(1 << 30);
    for article in corpus.ids() {
        fingerprints(&corpus.document(article), corpus.vocabulary(), settings, |f| {
            postings.push(Posting { hash: f.hash, article, token: f.token });
        });
    }
    postings
}

fn seeds(postings: Runs<Posting>, settings: &ReuseSettings) -> Vec<Seed> {
    let mut postings = postings.sorted().expect("memory");
    let (mut gram, mut next, mut seeds) = (Vec::new(), None, Vec::new());
    loop {
        postings.group(&mut gram, &mut next, |a, b| a.hash == b.hash).expect("memory");
        if gram.is_empty() {
            seeds.sort_unstable();
            return seeds;
        }
        join(&gram, &All, settings, &mut |seed| seeds.push(seed));
    }
}

/// Sorting and joining of all n-grams: more than a run sorts, which leaves out those that stand once.
#[divan::bench]
fn sort_and_join(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let settings = Settings::for_corpus(&corpus).reuse;
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| postings(&corpus, &settings))
        .bench_values(|postings| black_box(seeds(postings, &settings)));
}

#[divan::bench]
fn chain_and_align(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let settings = Settings::for_corpus(&corpus).reuse;
    let classes = WordClasses::new(corpus.vocabulary());
    let seeds = seeds(postings(&corpus, &settings), &settings);
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for pair in seeds.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)) {
            let (left, right) = (corpus.document(pair[0].left), corpus.document(pair[0].right));
            for candidate in candidates(pair, (&left, &right), &classes, &settings) {
                black_box(local(&candidate, Pair { left: left.words(), right: right.words(), classes: &classes }, &settings));
            }
        }
    });
}

#[divan::bench]
fn cluster_and_collate(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let settings = Settings::for_corpus(&corpus);
    let classes = WordClasses::new(corpus.vocabulary());
    let found = analyze(&corpus, Lexicon::english_framing(), &settings, |_| {});
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for cluster in clusters(&found.alignments, &found.copies, &corpus, &settings.reuse) {
            black_box(collate(&cluster, &found.alignments, &corpus, &classes, &settings.reuse));
        }
    });
}

#[divan::bench]
fn anchors(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    bencher.counter(BytesCount::new(bytes)).bench(|| black_box(Anchors::new(corpus.documents(), corpus.vocabulary(), Language::english())));
}

#[divan::bench]
fn long_texts(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let classes = WordClasses::new(corpus.vocabulary());
    let settings = LongSettings::default();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let profiles: Vec<Profile> = corpus.documents().map(|d| Profile::new(&d, &classes, &settings)).collect();
        let background = Background::new(&profiles, profiles.iter());
        for pair in anchored(&profiles, |id| corpus.article(id).outlet, &background, &settings) {
            black_box(compare(&profiles[pair.left.index()], &profiles[pair.right.index()], &background, &settings));
        }
    });
}
