//! What each command comes to: 0 done, 1 something found that was looked for as a fault, 2 could not be done, 3 done but some
//! inputs were skipped. Signals are another file's.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const A: &str =
    "On Monday the northern regime fired twelve cowardly rockets across the border into the quiet valley, and two bridges fell.";
const B: &str = "On Monday the northern government fired twelve rockets across the border into the quiet valley, and two bridges fell.";

/// Articles in `in`; the same and a file without a word in `some`; nothing that is read in `none`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        ("in/a/1.txt", A),
        ("in/b/1.txt", B),
        ("some/a/1.txt", A),
        ("some/b/1.txt", B),
        ("some/b/empty.txt", "…"),
        ("none/x.pdf", "%PDF-1.7"),
        ("faulty.csv", "id,term,match,category,strength\nL-x,regime,nothing,c,3\n"),
        ("bare.csv", "id,term,match,category,strength\nL-bare,quiet valley,phrase,emotive_evaluation,2\n"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("made");
        fs::write(path, content).expect("written");
    }
    folder
}

fn ran(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output = command.current_dir(folder).args(args).output().expect("it runs");
    (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout)))
}

/// Runs commands one after the other in one folder and holds each to its code.
fn holds(table: &[(i32, &str)]) {
    let folder = folder();
    for (code, line) in table {
        let args: Vec<&str> = line.split_whitespace().collect();
        let (found, told) = ran(folder.path(), &args);
        assert_eq!(found, Some(*code), "retold {line}\n{told}");
        // Whatever ended a run is told with its code.
        if *code == 2 {
            assert!(told.contains("error[E") || told.contains("error: "), "retold {line}\n{told}");
        }
        assert!(!told.contains("error[E099]"), "retold {line}\n{told}");
    }
}

#[test]
fn of_compare() {
    holds(&[
        (0, "compare in -o out"),
        (0, "compare in -o out --strict --only tables"),
        (3, "compare some -o other --only tables"),
        (2, "compare none -o third"),
        (2, "compare missing -o third"),
        (2, "compare in/a -o third"),
        (2, "compare in -o some"),
        (2, "compare in -o in/out"),
        (2, "compare in -o third --no-such-flag"),
        (2, "compare in -o third --limit record=none"),
        (2, "compare in -o third --lexicon faulty.csv"),
        (2, "compare"),
    ]);
}

#[test]
fn of_check() {
    holds(&[
        (0, "check in"),
        (1, "check in --fail-on note"),
        (0, "check in --fail-on note --exit-zero"),
        (3, "check some"),
        (1, "check some --fail-on note"),
        (3, "check some --fail-on note --exit-zero"),
        (0, "check in --strict"),
        (2, "check some --strict"),
        (2, "check none"),
        (2, "check in --baseline missing.json"),
    ]);
}

#[test]
fn of_what_prints_articles() {
    holds(&[
        (0, "kwic rockets in"),
        (0, "kwic nowhere in"),
        (3, "kwic rockets some"),
        (2, "kwic rockets some --strict"),
        (2, "kwic rockets none"),
        (2, "kwic @nowhere in"),
        (0, "align in/a/1.txt in/b/1.txt"),
        (3, "align some/a some/b"),
        (2, "align some/a some/b --strict"),
        (2, "align in/a/1.txt none/x.pdf"),
        (2, "align in/a/1.txt"),
    ]);
}

#[test]
fn of_lists() {
    holds(&[
        (0, "lexicon list --category emotive_evaluation"),
        (2, "lexicon list --category nowhere"),
        (0, "lexicon show L-cowardly"),
        (2, "lexicon show L-nowhere"),
        (1, "lexicon check bare.csv"),
        (2, "lexicon check faulty.csv"),
        (0, "lexicon test in"),
        (3, "lexicon test some"),
        (2, "lexicon test some --strict"),
        (2, "lexicon test none"),
        (0, "lexicon suggest in"),
        (3, "lexicon suggest some"),
        (2, "lexicon suggest some --strict"),
        (0, "lexicon export --to toml -o list.toml"),
        (2, "lexicon export --to vale"),
        (0, "lexicon import list.toml --to csv -o list.csv"),
        (2, "lexicon import faulty.csv --to toml"),
        (0, "lexicon diff en/framing bare.csv in"),
        (3, "lexicon diff en/framing bare.csv some"),
        (2, "lexicon diff en/framing bare.csv some --strict"),
        (2, "lexicon diff en/framing faulty.csv"),
        (0, "lexicon init house.csv"),
        (2, "lexicon init house.csv"),
    ]);
}

#[test]
fn of_what_starts_and_explains() {
    holds(&[
        (0, "init in --sheet"),
        (3, "init some --sheet"),
        (2, "init some --sheet --strict"),
        (0, "init in"),
        (2, "init in"),
        (0, "demo --articles demo"),
        (2, "demo --articles demo"),
        (2, "demo -o some"),
        (0, "explain E014"),
        (0, "explain L-cowardly"),
        (2, "explain E999"),
        (0, "schema"),
        (0, "--help"),
        (0, "--version"),
        (0, "kwic --help"),
        (2, "nowhere"),
    ]);
}

#[test]
fn of_worksheet() {
    holds(&[
        (0, "worksheet in -o class"),
        (3, "worksheet some -o class"),
        (2, "worksheet some -o other --strict"),
        (2, "worksheet none -o other"),
        (0, "worksheet --check class/answers.csv --key class/key.csv"),
        (2, "worksheet --check missing.csv --key class/key.csv"),
    ]);
}

#[test]
fn strictness_lists_what_was_skipped_and_leaves_nothing() {
    let folder = folder();
    let before = || fs::read_dir(folder.path()).expect("it is there").count();
    let there = before();
    for line in ["compare some -o out --strict", "worksheet some -o out --strict", "kwic rockets some --strict -o out.txt"] {
        let (code, told) = ran(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
        assert_eq!((code, before()), (Some(2), there), "retold {line}\n{told}");
        assert!(
            told.contains("skipped: some/b/empty.txt:1: holds no word") && told.contains("error[E076]: 1 of what was read is no article"),
            "{told}"
        );
        assert!(!told.contains("rockets across"), "{told}");
    }
}

#[test]
fn a_row_of_a_sheet_that_cannot_be_used_is_not_all() {
    let folder = folder();
    fs::write(folder.path().join("in/articles.csv"), "path,outlet\na/1.txt,A\na/1.txt,C\n").expect("written");
    let (code, told) = ran(folder.path(), &["compare", "in", "-o", "out", "--only", "tables"]);
    assert_eq!(code, Some(3), "{told}");
    assert!(told.contains("= 2 analysed + 0 skipped, and 1 row of sheets."), "{told}");
    assert_eq!(ran(folder.path(), &["compare", "in", "-o", "strict", "--strict"]).0, Some(2));
}

/// What these figures rest on: an overflow stops instead of counting on, and a panic can be caught.
#[test]
fn a_release_checks_its_sums_and_unwinds() {
    let cargo: toml::Table = toml::from_str(&fs::read_to_string("Cargo.toml").expect("Cargo.toml is there")).expect("TOML");
    let profiles = cargo["profile"].as_table().expect("profiles");
    assert_eq!(profiles["release"]["overflow-checks"].as_bool(), Some(true));
    assert!(profiles.values().all(|profile| profile.get("panic").is_none()), "panics are caught per article: none may abort");
}
