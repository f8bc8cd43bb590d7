//! Words of outlets set against each other, as people run it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// Eight articles of each of two papers: both write of the harbour, one calls those who work there dockers. A third has one.
fn papers() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |paper: &str, i: usize, who: &str| {
        let path = folder.path().join(paper);
        fs::create_dir_all(&path).expect("a folder");
        let places = ["north", "south", "east", "west", "upper", "lower", "inner", "outer"];
        let text =
            format!("On day {i} the {who} went to the {} quay of the harbour, and the {who} stayed there until night fell.\n", places[i]);
        fs::write(path.join(format!("{i}.txt")), text).expect("written");
    };
    (0..8).for_each(|i| write("Alpha", i, "dockers"));
    (0..8).for_each(|i| write("Beta", i, "crews"));
    write("Gamma", 0, "crews");
    folder
}

fn compare(folder: &Path, extra: &[&str]) -> (TempDir, PathBuf, std::process::Output) {
    let target = tempfile::tempdir().expect("a folder");
    let out = target.path().join("out");
    let mut run = Command::cargo_bin("retold").expect("built");
    let output = run.arg("compare").arg(folder).args(["--outlet-from", "folder", "--only", "tables", "-o"]).arg(&out).args(extra).output();
    (target, out, output.expect("it runs"))
}

/// Word, who has more of it, and whether there is enough data, of one pair of outlets.
fn words(out: &Path) -> Vec<(String, String, String, String)> {
    let mut reader = csv::Reader::from_path(out.join("tables/keyness.csv")).expect("the table is there");
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|h| h == name).expect("the column is there");
    let (a, b, word, more) = (at("outlet_a"), at("outlet_b"), at("feature"), at("more_in"));
    reader.records().map(|r| r.expect("a row")).map(|r| (r[a].into(), r[b].into(), r[word].into(), r[more].into())).collect()
}

fn row(word: &str, more: &str) -> (String, String, String, String) {
    ("Alpha".into(), "Beta".into(), word.into(), more.into())
}

#[test]
fn words_that_lean_are_named_with_their_outlet() {
    let papers = papers();
    let (_folder, out, output) = compare(papers.path(), &[]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = words(&out);
    for expected in [row("dockers", "Alpha"), row("crews", "Beta"), row("harbour", "neither")] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert!(told.contains("Too little data to compare words for 1 of 3 outlets"), "{told}");
}

#[test]
fn a_reference_is_an_outlet_of_the_corpus() {
    let papers = papers();
    let (_folder, out, _) = compare(papers.path(), &["--reference", "beta"]);
    assert!(words(&out).contains(&row("dockers", "Alpha")));
    let (_folder, _, output) = compare(papers.path(), &["--reference", "Delta"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("E001") && told.contains("Alpha, Beta, Gamma"), "{told}");
    let (_folder, out, output) = compare(papers.path(), &["--keyness", "off"]);
    assert!(words(&out).is_empty() && String::from_utf8_lossy(&output.stdout).contains("not compared (--keyness off)"));
}
