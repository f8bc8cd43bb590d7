//! The house stands on its floors: no file names a sibling room or a higher floor (docs/architecture.md).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Rooms and their floors, from the ground up.
const FLOORS: &[(&str, u8)] = &[
    ("digest", 0),
    ("fault", 0),
    ("id", 0),
    ("codes", 1),
    ("error", 1),
    ("stat", 1),
    ("watch", 1),
    ("text", 2),
    ("corpus", 3),
    ("read", 4),
    ("lexicon", 4),
    ("voice", 4),
    ("reuse", 4),
    ("framing", 5),
    ("provenance", 5),
    ("measure", 6),
    ("analysis", 7),
    ("resume", 8),
    ("stages", 8),
    ("tables", 8),
    ("charts", 9),
    ("interchange", 9),
    ("report", 10),
    ("cli", 11),
];

/// Imports against the floors, one line each. `path` is relative to `src`, `files` are all of them.
fn faults(path: &str, source: &str, floors: &BTreeMap<&str, u8>, files: &BTreeSet<&str>) -> Vec<String> {
    let room = path.split(['/', '.']).next().unwrap_or_default();
    let is_root = matches!(path, "lib.rs" | "main.rs");
    let in_child = path.contains('/') && !path.ends_with("/mod.rs");
    let mut found = Vec::new();
    for (i, line) in source.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        let mut fault = |what: String| found.push(format!("src/{path}:{}: {what}", i + 1));
        // `$crate::` in a macro names the same rooms.
        for after in line.split("crate::").skip(1) {
            let named: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let (Some(&own), Some(&other)) = (floors.get(room), floors.get(named.as_str())) else {
                if !is_root && !named.is_empty() && !floors.contains_key(named.as_str()) {
                    fault(format!("imports {named}, which is no room"));
                }
                continue;
            };
            if named != room && other >= own {
                fault(format!("{room} (floor {own}) imports {named} (floor {other})"));
            }
        }
        if line.contains("retold::") && room != "cli" && !is_root {
            fault("names the library by its public name, which is for the binary".into());
        }
        // A child may name its siblings (`super::file::Item`), never what mod.rs itself holds (`super::Item`).
        if let Some(named) = code.strip_prefix("use super::").filter(|named| in_child && !named.contains("::")) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let sibling = format!("{folder}/{}", named.trim_end_matches(';'));
            if !files.contains(format!("{sibling}.rs").as_str()) && !files.contains(format!("{sibling}/mod.rs").as_str()) {
                fault("a child imports from its mod.rs".into());
            }
        }
    }
    found
}

fn floors() -> BTreeMap<&'static str, u8> {
    FLOORS.iter().copied().collect()
}

fn sources(folder: &Path, inside: &str, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("src is there").map(|e| e.expect("readable").path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{inside}{}", path.file_name().expect("named").to_string_lossy());
        if path.is_dir() {
            sources(&path, &format!("{name}/"), out);
        } else if name.ends_with(".rs") {
            let whole = fs::read_to_string(&path).expect("UTF-8");
            // Tests stand below the code of their file and may name the file itself through `super`.
            out.push((name, whole.split("#[cfg(test)]").next().unwrap_or_default().to_owned()));
        }
    }
}

#[test]
fn no_import_goes_sideways_or_up() {
    let mut all = Vec::new();
    sources(Path::new("src"), "", &mut all);
    assert!(all.len() > 40, "the sources were not found");
    let files: BTreeSet<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
    let found: Vec<String> = all.iter().flat_map(|(path, source)| faults(path, source, &floors(), &files)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_room_has_a_floor() {
    let mut all = Vec::new();
    sources(Path::new("src"), "", &mut all);
    for (path, _) in all.iter().filter(|(path, _)| !matches!(path.as_str(), "lib.rs" | "main.rs")) {
        let room = path.split(['/', '.']).next().unwrap_or_default();
        assert!(floors().contains_key(room), "src/{path}: room {room} has no floor in tests/layers.rs");
    }
}

#[test]
fn a_planted_import_is_named() {
    let planted = [
        ("text/span.rs", "use crate::corpus::locus::Locus;", "text (floor 2) imports corpus (floor 3)"),
        ("voice/quote.rs", "use crate::lexicon::load::Lexicon;", "voice (floor 4) imports lexicon (floor 4)"),
        ("stat/poisson.rs", "    let x = crate::tables::TABLES;", "stat (floor 1) imports tables (floor 8)"),
        ("tables/hits.rs", "use super::Table;", "a child imports from its mod.rs"),
        ("measure/rates.rs", "use crate::util::mean;", "imports util, which is no room"),
    ];
    for (path, line, expected) in planted {
        let found = faults(path, &format!("//! A file.\n{line}\n"), &floors(), &BTreeSet::from(["tables/row.rs"]));
        assert_eq!(found, [format!("src/{path}:2: {expected}")]);
    }
}
