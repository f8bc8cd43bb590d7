//! Runs whose texts do not fit the memory given: the same bytes, or a refusal before they start.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

/// The least that makes all texts go to the temporary file.
const LITTLE: [&str; 2] = ["--memory", "1M"];

fn compare(input: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::cargo_bin("retold").expect("built");
    command.arg("compare").arg(input).arg("-o").arg(out).args(["--isolated", "--quiet"]).args(more);
    command
}

fn output(command: &mut Command) -> Output {
    command.output().expect("it runs")
}

/// The files of a folder by name; run.json and run.private.json hold the command and are left out.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    let named = all.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let name = entry.path().strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
        (name, fs::read(entry.path()).expect("readable"))
    });
    named.filter(|(name, _)| !name.starts_with("run.")).collect()
}

fn assert_alike(input: &Path, more: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let (held, spilled) = (folder.path().join("held"), folder.path().join("spilled"));
    let codes = [(&held, &[][..]), (&spilled, &LITTLE[..])].map(|(out, memory)| {
        let run = output(&mut compare(input, out, &[more, memory].concat()));
        assert!(matches!(run.status.code(), Some(0 | 3)), "{}: {}", input.display(), String::from_utf8_lossy(&run.stderr));
        run.status.code()
    });
    assert_eq!(codes[0], codes[1]);
    let (held, spilled) = (files(&held), files(&spilled));
    assert_eq!(held.keys().collect::<Vec<_>>(), spilled.keys().collect::<Vec<_>>());
    for (name, content) in &held {
        assert!(content == &spilled[name], "{}/{name} differs", input.display());
    }
    assert!(held.len() > 20);
}

#[test]
fn every_file_is_the_same_from_memory_and_from_the_temporary_file() {
    let forms = ["--pairs", "--text", "full", "--format", "json,jsonl,passim", "--paraphrase", "on", "--keyness", "on"];
    for entry in fs::read_dir("tests/golden").expect("tests/golden is there") {
        assert_alike(&entry.expect("readable").path().join("corpus"), &forms);
    }
    assert_alike(Path::new("seeds"), &["--pairs", "--mask-outlets", "-j", "2"]);
    assert_alike(Path::new("seeds"), &["--preset", "long", "--keep-furniture", "--only", "tables,report"]);
}

#[test]
fn a_temporary_file_that_cannot_be_made_ends_the_run_with_a_word_and_without_outputs() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let input = Path::new("tests/golden/three_papers/corpus");
    let nowhere = folder.path().join("nowhere");
    let run = output(compare(input, &out, &LITTLE).env("TMPDIR", &nowhere).env("TEMP", &nowhere).env("TMP", &nowhere));
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error[E061]: cannot write the temporary file") && told.contains("help: "), "{told}");
    assert!(!told.contains("panic") && !told.contains("E099"), "{told}");
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 0, "something is left");
    // Nothing of the kind is needed where the texts fit.
    assert_eq!(output(compare(input, &out, &[]).env("TMPDIR", &nowhere)).status.code(), Some(0));
}

#[test]
fn a_run_that_cannot_fit_says_so_and_does_not_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join("many.jsonl"), folder.path().join("out"));
    let line = |i: usize| format!("{{\"id\":\"{i}\",\"outlet\":\"Paper {}\",\"text\":\"Rain number {i} fell.\"}}\n", i % 7);
    fs::write(&input, (0..3_000).map(line).collect::<String>()).expect("written");
    let run = output(&mut compare(&input, &out, &LITTLE));
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error[E060]: ") && told.contains("3,000 articles") && told.contains("--memory"), "{told}");
    assert!(!out.exists());
    let run = output(&mut compare(&input, &out, &["--memory", "64M", "--only", "tables"]));
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn files_that_are_far_too_large_are_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join("large.jsonl"), folder.path().join("out"));
    // A file of zeros that takes no room.
    fs::File::create(&input).expect("made").set_len(3 << 30).expect("sized");
    let run = output(&mut compare(&input, &out, &["--memory", "64M"]));
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error[E060]: ") && told.contains("3 GB"), "{told}");
}
