//! What is told of inputs: of one shape, no flood, and nothing in it that a terminal obeys or that looks like another message.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const TEXT: &str = "The ministry said on Monday that the regime had fired twelve rockets across the border into the valley.";

fn ran(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output = command.current_dir(folder).args(args).output().expect("it runs");
    (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout)))
}

#[test]
fn a_hundred_thousand_bad_rows_are_twenty_lines_and_all_in_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = "2,only\n".repeat(100_000);
    fs::write(folder.path().join("news.csv"), format!("id,outlet,text\n1,A,{TEXT}\n{bad}3,B,{TEXT}\n")).expect("written");
    let (code, told) = ran(folder.path(), &["compare", "news.csv", "-o", "out", "--only", "tables"]);
    assert_eq!(code, Some(3), "{told}");
    assert_eq!(told.matches("warning[W075]: skipped: news.csv:").count(), 20, "{told}");
    assert!(told.contains("warning[W075]: … and 99,980 more of W075: all in tables/skipped.csv"), "{told}");
    assert!(told.contains("Read 100,002 records in 1 file = 2 analysed + 100,000 skipped."), "{told}");
    let rows = csv::Reader::from_path(folder.path().join("out/tables/skipped.csv")).expect("it is there").into_records().count();
    assert_eq!(rows, 100_000);
    let (_, told) = ran(folder.path(), &["check", "news.csv", "--format", "concise"]);
    assert_eq!(told.matches("skipped: news.csv:").count(), 20, "{told}");
}

#[test]
fn an_article_whose_quotation_marks_stay_open_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = "He said “we will not go.\n\nNobody came to the valley.\n\nShe said “nor will we go there.\n";
    fs::write(folder.path().join("a.txt"), open).expect("written");
    let (_, told) = ran(folder.path(), &["check", "a.txt"]);
    assert_eq!(told.matches("W008").count(), 1, "{told}");
    assert!(
        told.contains("warning[W008]: a.txt:1:9: a quotation mark is never closed") && told.contains("(and 1 more of this article)"),
        "{told}"
    );
}

/// Nothing that a terminal obeys, and no line that starts like a message of the program's own.
fn is_tame(told: &str) -> bool {
    let obeyed = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    !told.contains(obeyed) && !told.lines().any(|line| line.starts_with("error[E099]"))
}

/// Escapes, a line that looks like a message, and a turn of direction.
const WILD: &str = "x\u{1b}]52;c;eA==\u{7}\nerror[E099]: \u{1b}[2J\u{202e}y\u{9b}";

#[cfg(unix)]
#[test]
fn names_of_files_and_of_outlets_are_shown_and_not_obeyed() {
    let folder = tempfile::tempdir().expect("a folder");
    let wild = folder.path().join(WILD);
    fs::create_dir_all(&wild).expect("made");
    fs::write(wild.join(format!("{WILD}.txt")), format!("{WILD}\n\n{TEXT}\n\nHe said “it was {WILD}")).expect("written");
    fs::write(wild.join(format!("{WILD}2.txt")), "…").expect("written");
    let json =
        serde_json::json!({ "outlet": WILD, "title": WILD, "id": WILD, "url": WILD, "date": WILD, "text": format!("{TEXT} {WILD}") });
    fs::write(wild.join("b.json"), json.to_string()).expect("written");
    let mut wild_ones = Vec::new();
    let [of_file, second] = [format!("{WILD}/{WILD}.txt"), format!("{WILD}/b.json")];
    for args in [
        &["compare", WILD, "-o", "out", "--only", "tables"][..],
        &["check", WILD],
        &["check", WILD, "--format", "concise"],
        &["check", WILD, "--format", "github"],
        &["kwic", "rockets", WILD],
        &["kwic", WILD, WILD],
        &["align", &of_file, &second],
        &["align", &of_file, &second, "--inline"],
        &["lexicon", "test", WILD],
        &["lexicon", "suggest", WILD],
        &["lexicon", "diff", "en/framing", "en/framing", WILD],
        &["lexicon", "init", &format!("{WILD}.csv")],
        &["worksheet", WILD, "-o", "class"],
        &["init", WILD],
    ] {
        let (_, told) = ran(folder.path(), args);
        if !is_tame(&told) || told.is_empty() {
            wild_ones.push(format!("{args:?}: {told:?}"));
        }
    }
    assert_eq!(wild_ones, Vec::<String>::new());
}

#[test]
fn what_is_typed_is_shown_and_not_obeyed() {
    let folder = tempfile::tempdir().expect("a folder");
    let flag = format!("--{WILD}");
    let limit = format!("record={WILD}");
    let mut wild_ones = Vec::new();
    for args in [
        &[WILD][..],
        &["compare", &flag],
        &["compare", "x", &flag],
        &["compare", "x", "--limit", &limit],
        &["compare", "x", "--only", WILD],
        &["compare", WILD],
        &["compare", ".", "-o", "out", "--lexicon", WILD],
        &["explain", WILD],
        &["kwic", &format!("@{WILD}"), "."],
        &["lexicon", "show", WILD],
        &["lexicon", "list", "--category", WILD],
        &["lexicon", "check", WILD],
        &["check", ".", "--baseline", WILD],
        &["check", ".", "--config", WILD],
    ] {
        let (code, told) = ran(folder.path(), args);
        if code != Some(2) || !is_tame(&told) || !told.starts_with("error") {
            wild_ones.push(format!("{args:?}: {code:?} {told:?}"));
        }
    }
    assert_eq!(wild_ones, Vec::<String>::new());
    fs::write(folder.path().join("retold.toml"), "\"x\\u001b[2J\\nerror[E099]: y\" = 1\n").expect("written");
    let (code, told) = ran(folder.path(), &["check", "."]);
    assert!(code == Some(2) && is_tame(&told), "{told:?}");
}
