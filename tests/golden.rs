//! Whole output folders of small invented corpora, kept in the repository: `tests/golden/NAME/{corpus,expected}`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The text files of a folder by name; run.json holds the command and is left out.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("readable");
        let name = entry.path().strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && name != "run.json" {
            all.insert(name, fs::read_to_string(entry.path()).expect("UTF-8"));
        }
    }
    all
}

/// With RETOLD_UPDATE set, the expected folders are rewritten instead of checked.
#[test]
fn output_folders_are_as_kept() {
    let mut checked = 0;
    for entry in fs::read_dir("tests/golden").expect("tests/golden is there") {
        let case = entry.expect("readable").path();
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let run = Command::cargo_bin("retold")
            .expect("built")
            .arg("compare")
            .arg(case.join("corpus"))
            .arg("-o")
            .arg(&out)
            .arg("--pairs")
            .output();
        assert_eq!(run.expect("it runs").status.code(), Some(0), "{}", case.display());
        let made = files(&out);
        let expected = case.join("expected");
        if std::env::var_os("RETOLD_UPDATE").is_some() {
            if expected.exists() {
                fs::remove_dir_all(&expected).expect("the old ones can go");
            }
            for (name, content) in &made {
                let path = expected.join(name);
                fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
                fs::write(path, content).expect("written");
            }
        }
        let kept = files(&expected);
        assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>(), "{}", case.display());
        for (name, content) in &made {
            assert!(content == &kept[name], "{}/{name} differs; look why, then run with RETOLD_UPDATE=1", case.display());
        }
        checked += 1;
    }
    assert!(checked > 0);
}
