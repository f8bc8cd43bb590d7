//! What each stage costs, in bytes of article text per second, all on the same corpus: `cargo bench --bench stages`.

mod material;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use retold::analysis::settings::Settings;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::furniture::take_off;
use retold::lexicon::load::Lexicon;
use retold::lexicon::scan::Scanner;
use retold::read::text::record;
use retold::reuse::fingerprint::fingerprints;
use retold::reuse::postings::{Posting, seeds};
use retold::text::language::Language;
use retold::text::span::Span;
use retold::voice::quote::{mask, quotations};

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
                builder.admit(record(&format!("{i}.txt"), outlet, text.as_bytes()));
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
            black_box(scanner.scan(corpus.document(id), corpus.whole_text(id)));
        }
    });
}

#[divan::bench]
fn voice(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for id in corpus.ids() {
            let text = corpus.whole_text(id);
            black_box(mask(&quotations(corpus.document(id), text, Language::english()), text));
        }
    });
}

#[divan::bench]
fn fingerprint_and_join(bencher: Bencher) {
    let (corpus, bytes) = material::corpus(ARTICLES);
    let settings = Settings::for_corpus(&corpus).reuse;
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut postings: Vec<Posting> = corpus
            .ids()
            .flat_map(|article| {
                let found = fingerprints(corpus.document(article), corpus.vocabulary(), &settings);
                found.map(move |f| Posting { hash: f.hash, article, token: f.token })
            })
            .collect();
        black_box(seeds(&mut postings, |article| corpus.article(article).outlet, &settings))
    });
}
