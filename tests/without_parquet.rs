//! A build without the feature `parquet` says what it cannot do, and how to get what can.
#![cfg(not(feature = "parquet"))]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const HEAD: &[u8] = b"PAR1\x15\x04\x15\x00PAR1";

fn compare(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("retold"));
    command.current_dir(folder).args(["compare", "in", "-o", "out", "--only", "tables", "--isolated"]).args(more);
    command.output().expect("it runs")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("made");
    for (name, word) in [("a.txt", "regime"), ("b.txt", "government")] {
        let text = format!("The ministry said on Monday that the northern {word} had fired twelve rockets across the border.");
        fs::write(folder.path().join("in").join(name), text).expect("written");
    }
    folder
}

#[test]
fn parquet_is_skipped_by_name_and_by_start() {
    let folder = folder();
    for (name, bytes) in [("corpus.parquet", HEAD), ("corpus", HEAD), ("text.parquet", b"A text.".as_slice())] {
        fs::write(folder.path().join("in").join(name), bytes).expect("written");
    }
    // What a job leaves beside its parts is no input.
    for name in ["_SUCCESS", "_metadata", ".part-0.parquet.crc"] {
        fs::write(folder.path().join("in").join(name), HEAD).expect("written");
    }
    let run = compare(folder.path(), &[]);
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    let skipped = fs::read_to_string(folder.path().join("out/tables/skipped.csv")).expect("a table");
    assert_eq!(skipped.lines().count(), 4, "{skipped}");
    for name in ["in/corpus.parquet", "in/corpus,", "in/text.parquet"] {
        assert!(skipped.contains(name), "{name}: {skipped}");
    }
    assert!(skipped.contains("is Parquet, which this build of Retold cannot read"), "{skipped}");
    assert!(skipped.contains("cargo install retold --features parquet") && skipped.contains(".jsonl"), "{skipped}");
}

#[test]
fn tables_as_parquet_are_refused_before_anything_is_read() {
    let folder = folder();
    let run = compare(folder.path(), &["--format", "parquet"]);
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(
        told.contains("E051") && told.contains("--format parquet") && told.contains("cargo install retold --features parquet"),
        "{told}"
    );
    assert!(!folder.path().join("out").exists());
}
