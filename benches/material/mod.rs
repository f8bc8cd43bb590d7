//! Text to measure with: articles made of the sentences of the seeds in a fixed random order, by forty outlets.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::record::Record;

/// `n` articles of about 20 sentences each. One sentence in forty is a seed's; the others are made of its words in any order,
/// so that most of the text is unlike.
pub(crate) fn articles(n: usize) -> Vec<(String, String)> {
    let mut seeds: Vec<_> = std::fs::read_dir("seeds").expect("seeds").map(|e| e.expect("readable").path()).collect();
    seeds.sort();
    let text: String =
        seeds.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).map(|p| std::fs::read_to_string(p).expect("UTF-8")).collect();
    let sentences: Vec<&str> = text.split_inclusive(". ").collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut random = Pcg64Mcg::seed_from_u64(7);
    let mut pick = |bound: usize| usize::try_from(random.next_u64() % bound as u64).expect("small");
    (0..n)
        .map(|i| {
            let mut body = String::new();
            for _ in 0..20 {
                if pick(40) == 0 {
                    body.push_str(sentences[pick(sentences.len())].trim());
                } else {
                    (0..22).for_each(|_| body.extend([words[pick(words.len())], " "]));
                    body.push('.');
                }
                body.push_str(if pick(3) == 0 { "\n\n" } else { " " });
            }
            (format!("Outlet {:02}", i % 40), body)
        })
        .collect()
}

/// The same as a sealed corpus, and its bytes.
pub(crate) fn corpus(n: usize) -> (Corpus, usize) {
    let mut builder = CorpusBuilder::default();
    let mut bytes = 0;
    for (i, (outlet, body)) in articles(n).into_iter().enumerate() {
        bytes += body.len();
        builder.admit(Record::of_text(&format!("{i}.txt"), &outlet, body));
    }
    (builder.seal(), bytes)
}
