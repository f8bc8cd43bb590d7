//! Retold never judges: words that it does not say, in any template, message, column or document of its own.

use std::fs;

/// Words and forms that never stand in what Retold itself says (docs/method.md, wording).
const NEVER: &[&str] = &[
    "bias",
    "biased",
    "biases",
    "propaganda",
    "objective",
    "objectively",
    "truth",
    "truthful",
    "fake",
    "plagiarised",
    "plagiarized",
    "plagiarism",
    "copied from",
    "better than",
    "worse",
    "score",
    "scores",
    "scored",
    "ranked",
    "ranking",
    "grade",
    "graded",
    "red flag",
    "left-wing",
    "right-wing",
];

fn found(text: &str) -> Vec<&'static str> {
    let folded: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    let folded = format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "));
    NEVER.iter().filter(|word| folded.contains(&format!(" {word} "))).copied().collect()
}

/// What stands between quotation marks in code, tests aside.
fn literals(source: &str) -> String {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).collect::<Vec<_>>().join(" . ")
}

fn sources(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("readable");
        let path = entry.path();
        if path.extension().is_some_and(|e| e == extension) {
            out.push((path.display().to_string(), fs::read_to_string(path).expect("UTF-8")));
        }
    }
    out
}

#[test]
fn messages_and_labels_do_not_judge() {
    let mut seen = 0;
    for (path, source) in sources("src", "rs") {
        let said = found(&literals(&source));
        assert!(said.is_empty(), "{path} says {said:?}");
        seen += 1;
    }
    assert!(seen > 40);
}

#[test]
fn templates_help_and_dictionary_do_not_judge() {
    for (path, template) in sources("src/report", "html") {
        assert_eq!(found(&template), Vec::<&str>::new(), "{path}");
    }
    let help = sources("src/cli/args", "rs").into_iter().map(|(_, source)| source).collect::<String>();
    assert_eq!(found(&help), Vec::<&str>::new(), "help");
    assert_eq!(found(&retold::tables::dictionary()), Vec::<&str>::new(), "dictionary");
}

/// Terms and examples are news language; what the list says of them is Retold's own.
#[test]
fn reasons_of_the_lexicon_do_not_judge() {
    for entry in retold::lexicon::load::Lexicon::english_framing().entries() {
        assert_eq!(found(&format!("{} {}", entry.why, entry.contested)), Vec::<&str>::new(), "{}", entry.id);
    }
}

#[test]
fn the_check_finds_what_it_looks_for() {
    assert_eq!(found("A biased report, copied from B."), ["biased", "copied from"]);
    assert_eq!(found("Scores of people; unbiased."), ["scores"]);
    assert!(literals("let x = \"a score\"; // \"no\"\n// \"comment score\"").starts_with("a score"));
}
