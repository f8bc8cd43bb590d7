//! Retold never judges: words that it does not say, in any template, script, message, chart, column, page or document of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use assert_cmd::Command;
use regex::Regex;

/// Words that Retold itself never says (docs/method.md, wording), and claims that plain words make only beside others: "better" of an
/// encoding is none, "better than" of two things is.
const NEVER: &[&str] = &[
    r"bias(?:ed|es)?",
    r"propagand\w+",
    r"objective(?:ly|s)?|objectivity",
    r"truth(?:s|ful|fully)?",
    r"fakes?|faked",
    r"plagiari\w+",
    r"cop(?:y|ies|ied) from",
    r"scor(?:e|es|ed|ing)",
    r"ranks (?:first|second|last|above|below|high\w*|low\w*)|ranked|rankings?|rank (?:of|among) (?:the )?outlets?",
    r"grad(?:e|es|ed|ing)",
    r"red flags?",
    r"worse",
    r"better than|(?:is|are|was|were|much|far|even|the) better|better (?:outlet|paper|article|report|source|text|wording|journalism)s?",
    r"(?:the|its|an|this|that|which is|true) originals?|original (?:text|article|source|version|report|story|wording|outlet|author|passage)s?|originally (?:wrote|written|published|reported|printed)",
    r"(?:left|right|centre|center)[- ]?(?:wing\w*|leaning)|far[- ](?:left|right)|(?:leftist|rightist)s?",
    r"(?:left|right)[- ](?:press|media|outlets?|newspapers?|politicians?|part(?:y|ies)|voters?|bloc)|political (?:left|right)",
    r"(?:most|least|more|less) (?:neutral|honest|trustworthy|reliable|credible|loaded|slanted) (?:outlet|paper|newspaper|source)s?",
    r"misinformation|disinformation|trustworthy|untrustworthy",
];

fn found(text: &str) -> Vec<String> {
    static ANY: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!(r"\b(?:{})\b", NEVER.join("|"))).expect("the words are a pattern"));
    let folded = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    ANY.find_iter(&folded).map(|word| word.as_str().to_owned()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn clean(what: &str, text: &str) {
    assert_eq!(found(text), Vec::<String>::new(), "{what}");
}

/// What stands between quotation marks in code, tests aside.
fn literals(source: &str) -> String {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).collect::<Vec<_>>().join(" . ")
}

/// What a page or a picture says: no tags, and neither style nor script.
fn said(markup: &str) -> String {
    static APART: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<style.*?</style>|<script.*?</script>|<[^>]*>").expect("it is a pattern"));
    APART.replace_all(markup, " ").replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'")
}

/// Prose of a document: no blocks of code, no `code`.
fn prose(markdown: &str) -> String {
    let outside = markdown.split("\n```").step_by(2).collect::<Vec<_>>().join("\n");
    outside.split('`').step_by(2).collect::<Vec<_>>().join(" ")
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

fn retold(args: &[&str]) -> String {
    let run = Command::cargo_bin("retold").expect("built").args(args).arg("--isolated").output().expect("it runs");
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr))
}

#[test]
fn messages_and_labels_do_not_judge() {
    let mut seen = 0;
    let tests = |path: &str| path.ends_with("tests.rs");
    for (path, source) in sources("src", "rs").into_iter().filter(|(path, _)| !tests(path)) {
        clean(&path, &literals(&source));
        seen += 1;
    }
    assert!(seen > 40);
}

#[test]
fn templates_scripts_and_dictionary_do_not_judge() {
    let templates = sources("src", "html");
    assert!(templates.len() > 10);
    for (path, template) in templates.into_iter().chain(sources("src", "js")).chain(sources("src", "css")) {
        clean(&path, &template);
    }
    clean("dictionary", &retold::tables::dictionary());
}

/// Of each command and of those below it.
#[test]
fn help_does_not_judge() {
    let mut open = vec![Vec::new()];
    let mut seen = 0;
    while let Some(command) = open.pop() {
        let typed: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = retold(&typed);
        clean(&format!("{typed:?}"), &help);
        let listed = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
        let names = listed
            .lines()
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next());
        open.extend(names.filter(|name| *name != "help").map(|name| [&command[..], &[name.to_owned()]].concat()));
        seen += 1;
    }
    // The program itself, its commands, and those of `lexicon`.
    assert!(seen > 15, "{seen}");
}

#[test]
fn documents_do_not_judge() {
    let documents = sources("docs", "md").into_iter().chain(
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "lexicons/README.md"]
            .map(|path| (path.to_owned(), fs::read_to_string(path).expect("it is there"))),
    );
    for (path, document) in documents {
        clean(&path, &prose(&document));
    }
}

/// All that a run writes of itself: what the demonstration shows holds no such word in its articles, so none may stand anywhere.
#[test]
fn what_a_run_writes_does_not_judge() {
    for (path, article) in sources("demo", "txt") {
        clean(&path, &article);
    }
    let place = tempfile::tempdir().expect("a folder");
    let folder = |name: &str| place.path().join(name).display().to_string();
    clean("demo on the terminal", &retold(&["demo", "-o", &folder("demo")]));
    clean("worksheet on the terminal", &retold(&["worksheet", "demo", "-o", &folder("worksheet")]));
    let sheets = [folder("worksheet/answers.csv"), folder("worksheet/key.csv")];
    clean("check on the terminal", &retold(&["worksheet", "--check", &sheets[0], &sheets[1]]));
    let mut seen = BTreeSet::new();
    for extension in ["html", "svg", "txt", "csv"] {
        for (path, written) in sources(&place.path().display().to_string(), extension) {
            let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
            clean(&name, &if extension == "html" || extension == "svg" { said(&written) } else { written });
            seen.insert(name);
        }
    }
    for file in ["report.html", "rates.svg", "substitutions.svg", "README.txt", "worksheet.html", "key.html", "key.csv"] {
        assert!(seen.contains(file), "{file} was not written: {seen:?}");
    }
}

/// Terms and examples are news language; what the list says of them is Retold's own.
#[test]
fn reasons_of_the_lexicon_do_not_judge() {
    for entry in retold::lexicon::load::Lexicon::english_framing().entries() {
        clean(&entry.id, &format!("{}. {}", entry.why, entry.contested));
    }
}

#[test]
fn the_check_finds_what_it_looks_for() {
    for (text, expected) in [
        ("A biased report, copied from B.", &["biased", "copied from"][..]),
        ("Scores of people; unbiased.", &["scores"]),
        ("B is better than A, and the better paper.", &["is better", "the better"]),
        ("Encode it better; better guesses.", &[]),
        ("The original article stands in A.", &["the original"]),
        ("An aboriginal people, in originality.", &[]),
        ("A right-wing outlet; far left; the left press.", &["far left", "left press", "right-wing"]),
        ("Which outlet is right, the words on the left, no words left.", &[]),
        ("The most loaded outlet ranks first.", &["most loaded outlet", "ranks first"]),
        ("a rank or office alone; gradually upgraded", &[]),
        ("The\n truth, in GRADES.", &["grades", "truth"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
    assert!(literals("let x = \"a score\"; // \"no\"\n// \"comment score\"").starts_with("a score"));
    assert_eq!(said("<p class=\"score\">a <b>b</b></p><style>.grade{}</style>").split_whitespace().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(prose("Never say `bias`.\n```\nscore\n```\nDone.").split_whitespace().collect::<Vec<_>>(), ["Never", "say", ".", "Done."]);
}
