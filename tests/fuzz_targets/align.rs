//! Two or three short texts through the whole search: alignments tile their places, both ways round, and readings lie inside
//! their witnesses.

use std::sync::LazyLock;

use retold::analysis::analyze;
use retold::analysis::findings::Findings;
use retold::analysis::settings::Settings;
use retold::corpus::collection::Corpus;
use retold::lexicon::load::Lexicon;
use retold::read::limits::Limits;
use retold::reuse::align::{Edit, Pair, global};
use retold::reuse::stem::WordClasses;
use retold::text::span::Span;

use super::reading::read;

static NO_LIST: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::from_toml("none", []).expect("an empty list"));

/// Bytes as texts. Chance does not write a sentence twice, so one byte in eight copies a run of words of the first text.
fn texts(bytes: &[u8]) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut first: Vec<u8> = Vec::new();
    let mut bytes = bytes.iter().copied();
    while let Some(byte) = bytes.next() {
        let many = texts.len();
        let Some(text) = texts.last_mut() else { break };
        match byte {
            0..=179 => {
                text.push_str(&word(byte));
                if many == 1 {
                    first.push(byte);
                }
            }
            180..=189 => text.push_str(". "),
            190..=194 => text.push_str(".\n\n"),
            195..=199 => text.push_str("” "),
            200..=204 => text.push('“'),
            205..=211 if many < 3 => texts.push(String::new()),
            205..=211 => text.push_str(", "),
            _ => {
                let (from, count) = (usize::from(bytes.next().unwrap_or(0)), 4 + usize::from(byte & 15));
                let copied = first.iter().cycle().skip(from).take(if first.is_empty() { 0 } else { count });
                copied.for_each(|&byte| text.push_str(&word(byte)));
            }
        }
    }
    texts
}

fn word(byte: u8) -> String {
    const COMMON: [&str; 20] = [
        "the", "of", "and", "to", "in", "a", "said", "that", "was", "on", "for", "with", "by", "is", "not", "he", "it", "from", "at", "as",
    ];
    match COMMON.get(usize::from(byte)) {
        Some(common) => format!("{common} "),
        // Some are of one stem, some are capitalised, some are not ASCII.
        None => {
            format!("{}{}{} ", ["ba", "Ke", "lí", "mu"][usize::from(byte % 4)], byte / 8, ["", "s", "ed", "ing"][usize::from(byte / 2 % 4)])
        }
    }
}

fn corpus(texts: &[String], outlets: [&str; 3]) -> Corpus {
    let lines: Vec<String> =
        texts.iter().zip(outlets).map(|(text, outlet)| format!("{}\n", serde_json::json!({ "outlet": outlet, "text": text }))).collect();
    read("t.jsonl", lines.concat().as_bytes(), Limits::default(), false).0
}

/// Texts made of the bytes.
pub(super) fn check(bytes: &[u8]) {
    let texts = texts(bytes);
    let corpus = corpus(&texts, ["A", "B", "C"]);
    let mut settings = Settings::for_corpus(&corpus);
    (settings.paraphrase, settings.keyness) = (None, None);
    let findings = analyze(&corpus, &NO_LIST, &settings, |_| ());
    of_findings(&findings);
}

/// What holds for passages.
pub(super) fn of_findings(findings: &Findings<'_>) {
    let corpus = findings.corpus;
    let classes = WordClasses::new(corpus.vocabulary());
    for alignment in findings.alignments.iter() {
        let documents = [alignment.left, alignment.right].map(|side| corpus.document(side.article));
        let pair = Pair { left: documents[0].words(), right: documents[1].words(), classes: &classes };
        let (left, right) = (alignment.left.tokens, alignment.right.tokens);
        assert!(left.end() <= pair.left.len() && right.end() <= pair.right.len(), "{alignment:?} runs out of its article");
        assert!((0.0..=1.0).contains(&alignment.similarity()) && alignment.significance.is_finite(), "{alignment:?}");
        let matched = tile(findings.alignments.edits(alignment), (left, right), pair);
        assert_eq!(matched, alignment.matched as usize, "equal words of {alignment:?}");
        let mirror = Pair { left: pair.right, right: pair.left, ..pair };
        let there = global(left, right, pair, &findings.settings.reuse);
        let back = global(right, left, mirror, &findings.settings.reuse);
        tile(there.iter().copied(), (left, right), pair);
        let turned: Vec<Edit> = back.iter().map(|edit| Edit { left: edit.right, right: edit.left, ..*edit }).collect();
        assert_eq!(there, turned, "align(a, b) is align(b, a)");
    }
    assert_eq!(findings.clusters.len(), findings.collations.len());
    for (cluster, collation) in findings.clusters.iter().zip(&findings.collations) {
        // A text that is printed again as it is has one witness and its copies.
        assert!(cluster.all().nth(1).is_some() && cluster.witnesses.is_sorted(), "{cluster:?}");
        let mut after = vec![0; cluster.witnesses.len()];
        for slot in collation.slots() {
            assert!(slot.readings.iter().map(|r| r.witness).is_sorted_by(|a, b| a < b), "{slot:?}");
            for reading in &slot.readings {
                let witness = cluster.witnesses[reading.witness];
                assert!(witness.locus.tokens.contains(reading.tokens), "{reading:?} lies outside {witness:?}");
                assert!(reading.tokens.start() >= after[reading.witness], "readings of {witness:?} overlap");
                after[reading.witness] = reading.tokens.end();
            }
        }
        for witness in cluster.all() {
            let words = corpus.document(witness.locus.article).words().len();
            assert!(!witness.locus.tokens.is_empty() && witness.locus.tokens.end() <= words, "{witness:?}");
        }
    }
}

/// Edits follow one another over both places, equal ones hold the same words; gives how many.
fn tile(
    edits: impl Iterator<Item = Edit>,
    (left, right): (Span<retold::text::span::Token>, Span<retold::text::span::Token>),
    pair: Pair<'_>,
) -> usize {
    let (mut l, mut r, mut matched) = (left.start(), right.start(), 0);
    for edit in edits {
        assert!(edit.left.start() == l && edit.right.start() == r, "{edit:?} does not follow {l}, {r}");
        assert!(!edit.left.is_empty() || !edit.right.is_empty(), "{edit:?} is nothing");
        (l, r) = (edit.left.end(), edit.right.end());
        if edit.equal {
            assert_eq!(edit.left.len(), edit.right.len(), "{edit:?}");
            let same = |i: usize| pair.left[edit.left.start() + i].id == pair.right[edit.right.start() + i].id;
            assert!((0..edit.left.len()).all(same), "{edit:?} is not equal");
            matched += edit.left.len();
        }
    }
    assert_eq!((l, r), (left.end(), right.end()), "edits end early");
    matched
}
