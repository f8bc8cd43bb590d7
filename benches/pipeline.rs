//! How the whole analysis grows: N, 2N and 4N articles, one and two threads: `cargo bench --bench pipeline`.

mod material;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use retold::analysis::analyze;
use retold::analysis::settings::Settings;
use retold::lexicon::load::Lexicon;

fn main() {
    divan::main();
}

#[divan::bench(args = [(500, 1), (1000, 1), (2000, 1), (500, 2), (1000, 2), (2000, 2)], sample_count = 10)]
fn analysis(bencher: Bencher, (articles, threads): (usize, usize)) {
    let (corpus, bytes) = material::corpus(articles);
    let settings = Settings::for_corpus(&corpus);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| pool.install(|| black_box(analyze(&corpus, Lexicon::english_framing(), &settings, |_| {}))));
}
