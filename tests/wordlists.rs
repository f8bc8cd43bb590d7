//! Lists of wording as people handle them: `retold lexicon`, `retold kwic` and `--lexicon`.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program in a folder that holds two outlets' articles and some files.
struct Desk(TempDir);

const STORY_A: &str = "The ministry said on Monday that the northern regime had fired twelve rockets across the border into the valley.\n";
const STORY_B: &str =
    "The ministry said on Monday that the northern leadership had fired twelve rockets across the border into the valley.\n";

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        for (name, content) in [("news/a/1.txt", STORY_A), ("news/b/1.txt", STORY_B)].iter().chain(files) {
            let path = desk.path(name);
            fs::create_dir_all(path.parent().expect("inside a folder")).expect("a folder");
            fs::write(path, content).expect("written");
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Ran {
        let output = Command::cargo_bin("retold").expect("the program is built").current_dir(&self.0).args(args).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ran { code: output.status.code().expect("it ended"), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(path).expect("the table is there").records().map(|row| row.expect("a row")).collect()
}

#[test]
fn a_house_list_starts_checks_and_runs() {
    let desk = Desk::new(&[("news/c/1.txt", "The mayor spoke of three boats lost in a cowardly strike.\n")]);
    let started = desk.run(&["lexicon", "init"]);
    assert_eq!(started.code, 0, "{}", started.err);
    let checked = desk.run(&["lexicon", "check", "house.csv"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    assert_eq!(desk.run(&["lexicon", "init"]).code, 2, "an existing file is not written over");
    let tested = desk.run(&["lexicon", "test", "news", "--lexicon", "house.csv"]);
    assert!(tested.out.starts_with("L-house-cowardly  1 place in 1 article"), "{}", tested.out);
    assert!(tested.out.contains("in a [cowardly] strike"), "{}", tested.out);
    assert!(tested.err.contains("1 of 2 entries found in 3 articles"), "{}", tested.err);
}

#[test]
fn a_later_lexicon_goes_over_an_earlier_one() {
    // By id, and where another entry of the house matches the same words.
    let house = "id,term,match,strength,neutral,category\nL-regime,regime,stem,0,government,label_negative\nL-our-leadership,leadership,word,3,leaders,desk\n";
    let desk = Desk::new(&[("house.csv", house)]);
    let ran = desk.run(&["compare", "news", "-o", "both", "--lexicon", "en/framing", "--lexicon", "house.csv", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ids: Vec<String> = rows(&desk.path("both/tables/hits.csv")).iter().map(|row| row[3].to_owned()).collect();
    assert_eq!(ids, ["L-our-leadership"]);
    let ran = desk.run(&["compare", "news", "-o", "turned", "--lexicon", "house.csv", "--lexicon", "en/framing", "--only", "tables"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ids: Vec<String> = rows(&desk.path("turned/tables/hits.csv")).iter().map(|row| row[3].to_owned()).collect();
    assert_eq!(ids, ["L-regime", "L-our-leadership"]);
    assert!(ran.out.contains("house.csv + en/framing"), "{}", ran.out);
}

#[test]
fn a_lexicon_that_cannot_be_used_is_told_before_any_article_is_read() {
    let desk = Desk::new(&[("bad.csv", "term,strength\nx,9\n"), ("bad.toml", "[[entry]]\nid = 3\n"), ("list.docx", "x")]);
    for (file, expected) in [
        ("bad.csv", "error[E030]: bad.csv:2: L-x: strength is 9, must be 0 to 3"),
        ("bad.toml", "error[E030]: bad.toml:2: "),
        ("list.docx", "list.docx: is no lexicon"),
        ("none.csv", "cannot read none.csv"),
    ] {
        let ran = desk.run(&["compare", "nowhere", "--lexicon", file]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(expected), "{file}: {}", ran.err);
        assert!(ran.err.contains("\n  help: "), "{}", ran.err);
    }
}

#[test]
fn faults_of_a_house_list_have_place_code_and_advice() {
    let house = "term,neutral,why,hit,miss,sources\n\
        firm hand,iron fist,w,A firm hand.,A hand.,house\n\
        iron fist,force,w,An iron fist.,An open hand.,house\n\
        slogan,word,w,No such thing.,A slogan.,nobody\n\
        french,people of France,w,A french horn.,A horn.,house\n";
    let ran = Desk::new(&[("house.csv", house)]).run(&["lexicon", "check", "house.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    for expected in [
        "warning[W033]: house.csv:2: L-firm-hand neutral \"iron fist\" is itself listed (L-iron-fist at house.csv:3)",
        "warning[W031]: house.csv:4: L-slogan source \"nobody\"",
        "warning[W037]: house.csv:4: L-slogan is not found in its hit",
        "warning[W038]: house.csv:4: L-slogan is found in its miss",
        "warning[W039]: house.csv:5: L-french is found in the name \"French\"",
    ] {
        assert!(ran.out.contains(expected), "{expected} in\n{}", ran.out);
    }
    assert!(ran.err.contains("4 entries checked, "), "{}", ran.err);
}

#[test]
fn the_shipped_list_has_no_fault_and_shows_both_sides() {
    let ran = Desk::new(&[]).run(&["lexicon", "check", "--balance"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.err.contains(" 0 faults"), "{}", ran.err);
}

#[test]
fn exported_and_imported_it_is_the_same() {
    let desk = Desk::new(&[]);
    for (form, file) in [("csv", "all.csv"), ("toml", "all.toml")] {
        assert_eq!(desk.run(&["lexicon", "export", "--to", form, "-o", file]).code, 0);
        let same = desk.run(&["lexicon", "diff", "en/framing", file]);
        assert_eq!((same.code, same.out.as_str()), (0, ""), "{file}");
    }
    assert_eq!(desk.run(&["lexicon", "import", "all.csv", "--to", "toml", "-o", "again.toml"]).code, 0);
    let text = |name: &str| fs::read_to_string(desk.path(name)).expect("written");
    assert!(text("again.toml") == text("all.toml"), "CSV and TOML of one lexicon differ");
    let dictionary = desk.run(&["lexicon", "export", "--to", "quanteda-yaml", "-o", "all.yml"]);
    assert_eq!(dictionary.code, 0, "{}", dictionary.err);
    let back = desk.run(&["lexicon", "import", "all.yml"]);
    assert!(back.out.contains("occupation forces"), "{}", back.err);
    let vale = desk.run(&["lexicon", "export", "--to", "vale", "-o", "styles"]);
    assert_eq!(vale.code, 0, "{}", vale.err);
    let rule = fs::read_to_string(desk.path("styles/label_negative.yml")).expect("a rule");
    assert!(rule.contains("extends: substitution") && rule.contains("level: suggestion"), "{rule}");
    assert_eq!(desk.run(&["lexicon", "export", "--to", "vale", "-o", "styles"]).code, 2, "an existing folder is left alone");
    assert_eq!(desk.run(&["lexicon", "export", "--to", "vale"]).code, 2);
}

#[test]
fn differences_are_named_and_tried() {
    let house =
        "id,term,match,category,strength,neutral\nL-regime,regime,word,label_negative,3,government\nL-new,leadership,word,desk,2,leaders\n";
    let desk = Desk::new(&[
        (
            "old.csv",
            "id,term,match,category,strength,neutral\nL-regime,regime,word,label_negative,2,government\nL-gone,rockets,word,desk,2,missiles\n",
        ),
        ("new.csv", house),
    ]);
    let ran = desk.run(&["lexicon", "diff", "old.csv", "new.csv", "news"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let expected = "- L-gone  rockets\n+ L-new  leadership\n~ L-regime  strength: 2 → 3\n\
        - news/a/1.txt:1:71  L-gone  \"rockets\" (narrator)\n\
        - news/b/1.txt:1:75  L-gone  \"rockets\" (narrator)\n\
        + news/b/1.txt:1:47  L-new  \"leadership\" (narrator)\n\
        places found: 3 before, 2 after\n";
    // The voice is not this test's matter.
    assert_eq!(ran.out.replace("(indirect)", "(narrator)"), expected);
}

#[test]
fn unlisted_wording_is_offered_with_its_sentences() {
    let desk = Desk::new(&[]);
    let ran = desk.run(&["lexicon", "suggest", "news"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("\"leadership\"  where others write: regime\n    1 passage in 1 outlet, 1 against listed wording\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("the northern leadership had fired") && ran.out.contains("the northern regime had fired"), "{}", ran.out);
    let table = desk.run(&["lexicon", "suggest", "news", "--format", "csv", "-o", "s.csv"]);
    assert_eq!(table.code, 0, "{}", table.err);
    assert_eq!(&rows(&desk.path("s.csv"))[0][0], "leadership");
}

#[test]
fn entries_are_listed_and_shown() {
    let desk = Desk::new(&[]);
    let listed = desk.run(&["lexicon", "list", "--category", "threat", "--min-strength", "3"]);
    assert!(listed.out.contains("L-crushing-response") && !listed.out.contains("L-regime"), "{}", listed.out);
    let shown = desk.run(&["lexicon", "show", "L-regime"]);
    assert!(shown.out.contains("strength") && shown.out.contains("government"), "{}", shown.out);
    for (args, nearest) in [(["lexicon", "show", "L-regimee"], "L-regime"), (["lexicon", "list", "--category=threats"], "threat")] {
        let ran = desk.run(&args);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(&format!("the nearest is {nearest}")), "{}", ran.err);
    }
}

#[test]
fn words_in_their_sentences() {
    let desk = Desk::new(&[("news/c/1.txt", "He spoke of \u{1b}[2m rockets, \u{202e}=rocket.\n\n“Rockets fell,” she said.\n")]);
    let found = desk.run(&["kwic", "rocket*", "news", "--width", "20"]);
    assert_eq!(found.code, 0, "{}", found.err);
    assert_eq!(found.out.lines().count(), 5, "{}", found.out);
    assert!(found.out.contains("[Rockets] fell") && !found.out.contains(['\u{1b}', '\u{202e}']), "{}", found.out);
    let quoted = desk.run(&["kwic", "rocket*", "news", "--voice", "direct", "--format", "jsonl"]);
    let place: serde_json::Value = serde_json::from_str(&quoted.out).expect("one JSON line");
    assert_eq!((place["type"].as_str(), place["keyword"].as_str(), place["line"].as_u64()), (Some("place"), Some("Rockets"), Some(3)));
    assert_eq!(desk.run(&["kwic", "@label_negative", "news", "--format", "csv", "-o", "k.csv"]).code, 0);
    let csv = rows(&desk.path("k.csv"));
    assert!(csv.iter().any(|row| &row[8] == "L-regime" && &row[10] == "regime"), "{csv:?}");
    let sorted = desk.run(&["kwic", "rocket*", "news", "--sort", "right", "--format", "csv"]);
    assert_eq!(sorted.out.lines().count(), 6);
    for (term, expected) in [("@label_negativ", "the nearest is label_negative"), ("L-regim", "the nearest is L-regime"), ("--", "")] {
        let ran = desk.run(&["kwic", term, "news"]);
        assert_eq!(ran.code, 2, "{term}");
        assert!(ran.err.contains(expected), "{}", ran.err);
    }
    let nothing = desk.run(&["kwic", "submarine", "news"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
    assert!(nothing.err.contains("no place of \"submarine\" in 3 articles"), "{}", nothing.err);
}

#[test]
fn an_input_is_never_written_over() {
    let desk = Desk::new(&[("house.csv", "term,why\nrockets,w\n")]);
    for args in [
        &["kwic", "rockets", "news/a/1.txt", "-o", "news/a/1.txt"][..],
        &["lexicon", "suggest", "news", "--format", "csv", "-o", "news/a/1.txt"],
        &["lexicon", "export", "--lexicon", "house.csv", "-o", "house.csv"],
        &["lexicon", "import", "house.csv", "-o", "house.csv"],
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains("error[E046]"), "{args:?}: {}", ran.err);
    }
    assert_eq!(fs::read_to_string(desk.path("news/a/1.txt")).expect("it is there"), STORY_A);
    assert!(fs::read_to_string(desk.path("house.csv")).expect("it is there").starts_with("term,why"));
}

#[test]
fn the_shipped_list_is_checked_by_its_name_too() {
    let ran = Desk::new(&[]).run(&["lexicon", "check", "en/framing"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(!ran.err.starts_with("0 entries"), "{}", ran.err);
}

#[test]
fn standard_input_is_an_article() {
    let desk = Desk::new(&[]);
    let output = Command::cargo_bin("retold")
        .expect("the program is built")
        .current_dir(&desk.0)
        .args(["kwic", "regime", "-"])
        .write_stdin(STORY_A)
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains("[regime]"), "{output:?}");
}
