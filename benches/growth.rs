//! How cost grows with the corpus, on families of articles that are hard for a program of this kind: user CPU time and bytes
//! written by all of `compare` (reading, analysis, tables, report) over N, 2N and 4N, and the exponent by least squares over the
//! logarithm of N. For a quiet machine: `cargo bench --bench growth [FAMILY…] [-- --scale 0.25]`.

use std::fmt::Write as _;
use std::io::Write as _;

use cpu_time::ProcessTime;
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use retold::analysis::analyze;
use retold::analysis::settings::Settings;
use retold::charts::CHARTS;
use retold::corpus::builder::CorpusBuilder;
use retold::lexicon::load::Lexicon;
use retold::read::files::{ReadOptions, read_all};
use retold::report::{ReportOptions, render};
use retold::tables::TABLES;
use retold::tables::row::TableOptions;

/// An article: its outlet and its text.
type Article = (String, String);

/// A family: its name, N, and its articles of a size.
type Family = (&'static str, usize, fn(usize) -> Vec<Article>);

/// All above the size up to which paraphrases and keyness are part of a run, so that N, 2N and 4N are the same run.
const FAMILIES: &[Family] = &[
    ("unlike", 10_000, unlike),
    ("identical", 20_000, identical),
    ("near-identical", 7_500, near_identical),
    ("one-sentence", 20_000, one_sentence),
    ("all-stop-words", 10_000, stop_words),
    ("many-outlets", 10_000, many_outlets),
    ("huge-paragraph", 500_000, huge_paragraph),
    ("two-huge-alike", 100_000, two_huge),
];

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    // As of the other benches: to see that it runs, not what it costs.
    let usual = if given.iter().any(|arg| arg == "--test") { 0.002 } else { 1.0 };
    let scale: f64 = given.iter().position(|arg| arg == "--scale").and_then(|at| given.get(at + 1)?.parse().ok()).unwrap_or(usual);
    let named = |name: &str| given.iter().any(|arg| arg == name);
    let any = FAMILIES.iter().any(|family| named(family.0));
    show(&format!("{:<16} {:>9} {:>9} {:>9} {:>9}  exponents: CPU, bytes", "family", "N", "CPU N", "CPU 2N", "CPU 4N"));
    for &(name, least, articles) in FAMILIES.iter().filter(|family| !any || named(family.0)) {
        let least = ((least as f64 * scale) as usize).max(8);
        let measured: Vec<(usize, f64, usize)> = [1, 2, 4]
            .map(|times| {
                let n = times * least;
                let (cpu, bytes) = compared(articles(n));
                (n, cpu, bytes)
            })
            .to_vec();
        let slope = |value: fn(&(usize, f64, usize)) -> f64| exponent(&measured.iter().map(|m| (m.0 as f64, value(m))).collect::<Vec<_>>());
        show(&format!(
            "{name:<16} {least:>9} {:>8.2}s {:>8.2}s {:>8.2}s  {:.2}, {:.2}",
            measured[0].1,
            measured[1].1,
            measured[2].1,
            slope(|m| m.1),
            slope(|m| m.2 as f64)
        ));
    }
}

fn show(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("a terminal");
}

/// Slope of `ln y` over `ln x` by least squares.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0.ln() / n, y + p.1.ln() / n));
    let (above, below) = points.iter().fold((0.0, 0.0), |(a, b), p| (a + (p.0.ln() - x) * (p.1.ln() - y), b + (p.0.ln() - x).powi(2)));
    above / below
}

/// CPU seconds and bytes written of a comparison.
fn compared(articles: Vec<Article>) -> (f64, usize) {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a file");
    for (i, (outlet, text)) in articles.into_iter().enumerate() {
        serde_json::to_writer(&mut file, &serde_json::json!({ "id": i, "outlet": outlet, "language": "en", "text": text }))
            .expect("written");
        file.write_all(b"\n").expect("written");
    }
    file.flush().expect("written");
    let start = ProcessTime::now();
    let mut builder = CorpusBuilder::default();
    read_all(&[file.path().to_path_buf()], &ReadOptions::default(), &mut builder).expect("read");
    let corpus = builder.seal();
    let settings = Settings::for_corpus(&corpus);
    let findings = analyze(&corpus, Lexicon::english_framing(), &settings, |_| {});
    let mut bytes = Vec::new();
    for table in TABLES {
        (table.write)(&findings, TableOptions::default(), &mut bytes).expect("written");
    }
    let charts: Vec<_> = CHARTS.iter().map(|chart| (chart, (chart.draw)(&findings).expect("drawn"))).collect();
    render(&findings, &charts, &ReportOptions { title: "Growth", tool: "Retold" }, &mut bytes).expect("written");
    (start.elapsed().as_secs_f64(), bytes.len())
}

/// Words as frequent as in running text: a few are common, most are rare.
struct Words(Pcg64Mcg);

impl Words {
    fn new(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.share() * bound as f64) as usize
    }

    fn word(&mut self) -> String {
        const SMALL: [&str; 12] = ["the", "of", "and", "to", "in", "a", "that", "was", "for", "on", "with", "by"];
        if self.below(3) == 0 {
            return SMALL[self.below(SMALL.len())].to_owned();
        }
        // The rarity of a word falls as its rank, which a power of an even draw gives.
        let mut rank = (200_000.0_f64.powf(self.share())) as usize;
        let mut word = String::from("w");
        while rank > 0 {
            word.push(char::from(b'a' + (rank % 23) as u8));
            rank /= 23;
        }
        word
    }

    fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::from("It");
        (1..words).for_each(|_| sentence.extend([" ", &self.word()]));
        sentence.push('.');
        sentence
    }

    fn text(&mut self, sentences: usize) -> String {
        (0..sentences).fold(String::new(), |mut text, i| {
            let _infallible = write!(text, "{}{}", self.sentence(18), if i % 4 == 3 { "\n\n" } else { " " });
            text
        })
    }

    /// A text with every tenth word another.
    fn edited(&mut self, text: &str) -> String {
        text.split(' ').map(|word| if self.below(10) == 0 { self.word() } else { word.to_owned() }).collect::<Vec<_>>().join(" ")
    }
}

fn outlet(i: usize) -> String {
    format!("Outlet {:02}", i % 40)
}

fn unlike(n: usize) -> Vec<Article> {
    let mut words = Words::new(1);
    (0..n).map(|i| (outlet(i), words.text(20))).collect()
}

fn identical(n: usize) -> Vec<Article> {
    let text = Words::new(2).text(20);
    (0..n).map(|i| (outlet(i), text.clone())).collect()
}

fn near_identical(n: usize) -> Vec<Article> {
    let mut words = Words::new(3);
    let text = words.text(20);
    (0..n).map(|i| (outlet(i), words.edited(&text))).collect()
}

fn one_sentence(n: usize) -> Vec<Article> {
    let mut words = Words::new(4);
    (0..n).map(|i| (outlet(i), words.sentence(18))).collect()
}

fn stop_words(n: usize) -> Vec<Article> {
    let mut words = Words::new(5);
    let small = ["the", "of", "and", "to", "in", "a", "that", "was", "for", "on", "with", "by", "it", "as", "at", "is"];
    let sentence = |words: &mut Words| (0..18).map(|_| small[words.below(small.len())]).collect::<Vec<_>>().join(" ") + ". ";
    (0..n).map(|i| (outlet(i), (0..20).map(|_| sentence(&mut words)).collect())).collect()
}

fn many_outlets(n: usize) -> Vec<Article> {
    let mut words = Words::new(6);
    (0..n).map(|i| (format!("Paper {i}"), words.text(8))).collect()
}

/// One paragraph of as many words, beside three small articles.
fn huge_paragraph(n: usize) -> Vec<Article> {
    let mut words = Words::new(7);
    let huge = (0..n / 18).map(|_| words.sentence(18)).collect::<Vec<_>>().join(" ");
    let small = (0..3).map(|i| (outlet(i), words.text(8))).collect::<Vec<_>>();
    small.into_iter().chain([("Huge".to_owned(), huge)]).collect()
}

/// Two such paragraphs, every tenth word of the second another.
fn two_huge(n: usize) -> Vec<Article> {
    let mut words = Words::new(8);
    let huge = (0..n / 18).map(|_| words.sentence(18)).collect::<Vec<_>>().join(" ");
    let alike = words.edited(&huge);
    vec![("One".to_owned(), huge), ("Other".to_owned(), alike)]
}
