//! Inputs that a fuzz target once failed on, or that stand for a kind of input: each goes through its target as fuzzing would send it
//! (fuzz/README.md). Runs on any toolchain.

mod fuzz_targets;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fuzz_targets::{TARGETS, run};

const KEPT: &str = "tests/data/fuzz";

/// The names in a folder, without endings.
fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{folder}: {e}"));
    entries.map(|entry| entry.expect("readable").path().file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

/// Each target has its program in `fuzz/`, and each program and each folder of inputs its target.
#[test]
fn targets_and_programs_go_together() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert!(names(KEPT).is_subset(&targets), "{:?}", names(KEPT));
    // A package that was published is without them.
    if Path::new("fuzz").is_dir() {
        assert_eq!(names("fuzz/fuzz_targets"), targets);
        let manifest = fs::read_to_string("fuzz/Cargo.toml").expect("readable");
        for name in targets {
            assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml has no {name}");
        }
    }
}

#[test]
fn every_input_that_was_found_does_no_harm() {
    let mut inputs = 0;
    for target in names(KEPT) {
        let folder = Path::new(KEPT).join(&target);
        let mut files: Vec<_> = fs::read_dir(&folder).expect("readable").map(|entry| entry.expect("readable").path()).collect();
        files.sort();
        for file in files {
            // Whoever sees it fail sees on what.
            println!("{}", file.display());
            let input = fs::read(&file).expect("readable");
            run(&target, &input);
            // What is tried goes by the length as well.
            run(&target, &[&input[..], b"\n"].concat());
            inputs += 1;
        }
    }
    assert!(inputs > 0);
}
