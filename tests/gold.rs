//! What the annotated seeds say of this version: one annotator's passages and spans, kept as a snapshot, so that a change
//! shows its price. Gold is for measuring: nothing in the program may exist for one of its rows only.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use retold::analysis::findings::Findings;
use retold::analysis::{analyze, settings::Settings};
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::locus::Locus;
use retold::lexicon::load::Lexicon;
use retold::read::files::{ReadOptions, read_all};

struct Span {
    article: String,
    start: usize,
    end: usize,
}

impl Span {
    fn overlap(&self, other: &Span) -> usize {
        if self.article != other.article {
            return 0;
        }
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    fn len(&self) -> usize {
        self.end - self.start
    }
}

fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path).expect("gold is there");
    let header = reader.headers().expect("a header").clone();
    reader.records().map(|row| header.iter().map(str::to_owned).zip(row.expect("a row").iter().map(str::to_owned)).collect()).collect()
}

/// Code points of a passage in a seed.
fn find(article: &str, text: &str) -> Span {
    let whole = std::fs::read_to_string(format!("seeds/{article}.txt")).expect("a seed");
    let at = whole.find(text).unwrap_or_else(|| panic!("{article} does not hold {text:?}"));
    let start = whole.char_indices().take_while(|&(i, _)| i < at).count();
    Span { article: article.to_owned(), start, end: start + text.chars().count() }
}

fn passages(findings: &Findings<'_>, out: &mut String) {
    let copied: Vec<[Locus; 2]> = findings.alignments.iter().map(|a| [a.left, a.right]).collect();
    let retold: Vec<[Locus; 2]> = findings.paraphrases.iter().map(|r| [r.left, r.right]).collect();
    against_gold(findings, "passages", &copied, out);
    against_gold(findings, "passages and retold sentences", &[&copied[..], &retold].concat(), out);
}

fn against_gold(findings: &Findings<'_>, what: &str, pairs: &[[Locus; 2]], out: &mut String) {
    let name = |locus: Locus| {
        let place = findings.place(locus);
        Span { article: findings.corpus.article(locus.article).source_id.clone(), start: place.start, end: place.end }
    };
    let mut found: Vec<[Span; 2]> = pairs.iter().map(|pair| pair.map(name)).collect();
    found.iter_mut().for_each(|pair| pair.sort_by(|a, b| a.article.cmp(&b.article)));
    let gold: Vec<([Span; 2], String)> = rows("tests/gold/seed_alignments.tsv")
        .into_iter()
        .map(|row| ([find(&row["doc_a"], &row["text_a"]), find(&row["doc_b"], &row["text_b"])], row["kind"].clone()))
        .collect();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (pair, kind) in &gold {
        let covers = |p: &[Span; 2]| (0..2).all(|i| 2 * p[i].overlap(&pair[i]) >= pair[i].len());
        let count = kinds.entry(kind).or_default();
        *count = (count.0 + usize::from(found.iter().any(covers)), count.1 + 1);
    }
    let shares = |p: &&[Span; 2]| gold.iter().any(|(pair, _)| (0..2).all(|i| 2 * p[i].overlap(&pair[i]) >= p[i].len().min(pair[i].len())));
    let right = found.iter().filter(shares).count();
    for (kind, (hit, all)) in kinds {
        writeln!(out, "{what}, {kind}: {hit} of {all} found").expect("a string");
    }
    writeln!(out, "{what}: {right} of {} right", found.len()).expect("a string");
}

fn spans(findings: &Findings<'_>, out: &mut String) {
    let hits: Vec<(Span, &str, u8)> = findings
        .corpus
        .ids()
        .flat_map(|id| {
            findings.articles[id.index()].usages.iter().map(move |usage| {
                let place = findings.place(Locus { article: id, tokens: usage.hit.tokens });
                let span = Span { article: findings.corpus.article(id).source_id.clone(), start: place.start, end: place.end };
                (span, usage.voice.as_str(), usage.hit.strength)
            })
        })
        .collect();
    let mut strengths: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut voices: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut gold: Vec<Span> = Vec::new();
    for row in rows("tests/gold/seed_framing.tsv") {
        let number = |column: &str| row[column].parse().expect("a number");
        let span = Span { article: row["doc"].clone(), start: number("char_start"), end: number("char_end") };
        let over: Vec<&(Span, &str, u8)> = hits.iter().filter(|h| h.0.overlap(&span) > 0).collect();
        let count = strengths.entry(row["strength"].clone()).or_default();
        *count = (count.0 + usize::from(!over.is_empty()), count.1 + 1);
        if !over.is_empty() {
            let wanted = if row["voice"] == "direct_quote" { "direct" } else { &row["voice"] };
            let count = voices.entry(wanted.to_owned()).or_default();
            *count = (count.0 + usize::from(over.iter().any(|h| h.1 == wanted)), count.1 + 1);
        }
        gold.push(span);
    }
    for (strength, (hit, all)) in strengths {
        writeln!(out, "spans of strength {strength}: {hit} of {all} found").expect("a string");
    }
    for (voice, (right, all)) in voices {
        writeln!(out, "voice {voice}: {right} of {all} found spans right").expect("a string");
    }
    for least in 1..=2 {
        let shown: Vec<&(Span, &str, u8)> = hits.iter().filter(|h| h.2 >= least).collect();
        let right = shown.iter().filter(|h| gold.iter().any(|g| g.overlap(&h.0) > 0)).count();
        writeln!(out, "hits from strength {least}: {right} of {} meet a span", shown.len()).expect("a string");
    }
}

/// With RETOLD_UPDATE set, the snapshot is rewritten instead of checked.
#[test]
fn figures_on_the_seeds_are_those_of_the_snapshot() {
    let mut builder = CorpusBuilder::default();
    read_all(&[PathBuf::from("seeds")], &ReadOptions::default(), &mut builder).expect("the seeds can be read");
    let corpus = builder.seal();
    let findings = analyze(&corpus, Lexicon::english_framing(), &Settings::for_corpus(&corpus), |_| {});
    let mut figures = String::new();
    passages(&findings, &mut figures);
    spans(&findings, &mut figures);
    let path = "tests/gold/figures.txt";
    if std::env::var_os("RETOLD_UPDATE").is_some() {
        std::fs::write(path, &figures).expect("the snapshot can be written");
    }
    let kept = std::fs::read_to_string(path).expect("the snapshot is there");
    assert_eq!(figures, kept, "the figures changed; look why, then run with RETOLD_UPDATE=1");
    // These must hold whatever the snapshot says.
    for line in ["passages, verbatim: 4 of 4 found", "passages, near-verbatim: 8 of 8 found", "spans of strength 3: 35 of 35 found"] {
        assert!(figures.contains(line), "{line}:\n{figures}");
    }
    let right = figures.lines().find(|line| line.starts_with("passages: ")).expect("a line");
    let numbers = |line: &str| -> Vec<f64> { line.split_whitespace().filter_map(|word| word.parse().ok()).collect() };
    assert!(numbers(right)[0] / numbers(right)[1] >= 0.94, "{right}");
    let all: Vec<Vec<f64>> = figures.lines().filter(|line| line.starts_with("passages and retold")).map(numbers).collect();
    let (kinds, right) = all.split_at(all.len() - 1);
    let (found, gold) = kinds.iter().fold((0.0, 0.0), |sum, n| (sum.0 + n[0], sum.1 + n[1]));
    assert!(found / gold >= 0.6 && right[0][0] / right[0][1] >= 0.8, "{figures}");
}
