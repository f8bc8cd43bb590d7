//! What Retold is built from: the rules of deny.toml, held here as well so that they need no other program; the list of
//! dependencies; the files of the package; and the origin of all data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

/// All locked packages, those of tests as well.
static PACKAGES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let run = Command::new(env!("CARGO")).args(["metadata", "--format-version", "1", "--locked", "--all-features"]).output();
    let run = run.expect("cargo runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let metadata: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
});

fn toml(path: &str) -> toml::Table {
    toml::from_str(&fs::read_to_string(path).expect("it is there")).expect("TOML")
}

fn text<'v>(package: &'v Value, key: &str) -> &'v str {
    package[key].as_str().unwrap_or_default()
}

/// Whether an SPDX expression is fulfilled by the licences that are allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    // An old way of writing OR.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "_WITH_");
    let words: Vec<String> = spaced.split_whitespace().map(|word| word.replace("_WITH_", " WITH ")).collect();
    let mut at = 0;
    let met = either(&words, &mut at, allowed);
    met && at == words.len()
}

fn either(words: &[String], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = both(words, at, allowed);
    while words.get(*at).is_some_and(|word| word == "OR") {
        *at += 1;
        met |= both(words, at, allowed);
    }
    met
}

fn both(words: &[String], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at).is_some_and(|word| word == "AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[String], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let word = words.get(*at).map_or("", String::as_str);
    *at += 1;
    if word != "(" {
        return allowed.contains(word);
    }
    let met = either(words, at, allowed);
    let closed = words.get(*at).is_some_and(|word| word == ")");
    *at += 1;
    met && closed
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = BTreeSet::from(["MIT", "Apache-2.0 WITH LLVM-exception", "BSD-3-Clause"]);
    for (expression, expected) in [
        ("MIT", true),
        ("Unlicense/MIT", true),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR MIT) AND BSD-3-Clause", true),
        ("(GPL-3.0 OR MIT) AND AGPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("Apache-2.0", false),
        ("", false),
        ("(MIT", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn licences_and_sources_are_those_of_deny_toml() {
    let deny = toml("deny.toml");
    let allowed: BTreeSet<&str> = deny["licenses"]["allow"].as_array().expect("a list").iter().filter_map(|l| l.as_str()).collect();
    assert!(PACKAGES.len() > 100);
    for package in PACKAGES.iter().filter(|package| text(package, "name") != "retold") {
        let (name, licence, source) = (text(package, "name"), text(package, "license"), text(package, "source"));
        assert!(is_allowed(licence, &allowed), "{name}: {licence}");
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
    }
}

/// A package may need no newer compiler than Retold says that it needs itself.
#[test]
fn no_package_needs_a_newer_compiler() {
    let version = |text: &str| -> Vec<u32> { text.split('.').filter_map(|part| part.parse().ok()).collect() };
    let own = toml("Cargo.toml")["package"]["rust-version"].as_str().map(version).expect("rust-version");
    for package in PACKAGES.iter() {
        let mut needed = version(text(package, "rust_version"));
        needed.truncate(own.len());
        assert!(needed <= own, "{} needs {}", text(package, "name"), text(package, "rust_version"));
    }
}

/// Whatever version there is is none that anybody has looked at.
#[test]
fn no_dependency_takes_any_version() {
    let manifest = fs::read_to_string("Cargo.toml").expect("it is there");
    let wild: Vec<&str> =
        manifest.lines().filter(|line| line.contains("\"*\"") || line.contains("git = ") || line.contains("path = \"..")).collect();
    assert_eq!(wild, Vec::<&str>::new());
}

/// Names of the dependencies in Cargo.toml, of the program and of its tests.
fn dependencies() -> BTreeSet<String> {
    let manifest = toml("Cargo.toml");
    let mut tables: Vec<&toml::Table> = ["dependencies", "dev-dependencies", "build-dependencies"]
        .into_iter()
        .filter_map(|table| manifest.get(table)?.as_table())
        .collect();
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    tables.extend(targets.into_iter().flat_map(|all| all.values()).filter_map(|target| target.get("dependencies")?.as_table()));
    tables.into_iter().flat_map(|table| table.keys().cloned()).collect()
}

/// Code spans in the first cells of the tables of a document, with the rest of the row.
fn rows(document: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(document).expect("it is there");
    let cells = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    cells.map(|(name, rest)| (name.to_owned(), rest.to_owned())).collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let told: BTreeMap<String, String> = rows("docs/dependencies.md").into_iter().collect();
    let names: BTreeSet<String> = told.keys().cloned().collect();
    assert_eq!(names, dependencies(), "docs/dependencies.md has a row for each dependency in Cargo.toml, and no other");
    for (name, rest) in &told {
        assert!(rest.split('|').take(3).all(|cell| !cell.trim().is_empty()), "{name}: {rest}");
        let licence = PACKAGES.iter().find(|package| text(package, "name") == name).map(|package| text(package, "license"));
        assert!(licence.is_some_and(|licence| rest.contains(licence)), "{name} is under {licence:?}");
    }
}

/// Files that are data: neither code nor documents nor settings of tools.
fn data() -> Vec<String> {
    let apart = |path: &str| {
        let settings = [
            ".ci",
            ".git",
            ".github",
            "benches",
            "dist",
            "docs",
            "fuzz/target",
            "fuzz/artifacts",
            "fuzz/corpus",
            "proptest-regressions",
            "scripts",
            "src",
            "target",
            "out",
            "retold-out",
        ];
        settings.contains(&path) || path.ends_with("node_modules")
    };
    let code = ["rs", "md", "sh", "py", "mjs", "lock"];
    let walk = walkdir::WalkDir::new(".").sort_by_file_name().into_iter().filter_entry(|entry| {
        let path = entry.path().strip_prefix(".").unwrap_or(entry.path()).to_string_lossy();
        path.is_empty() || !apart(&path)
    });
    let mut found = Vec::new();
    for entry in walk {
        let entry = entry.expect("readable");
        let path = entry.path().strip_prefix(".").expect("below").to_string_lossy().replace('\\', "/");
        let is_code = entry.path().extension().is_some_and(|e| code.iter().any(|code| e == *code));
        let is_setting = !path.contains('/')
            || ["package.json", "package-lock.json", "requirements.txt", "pyproject.toml", "Cargo.toml", ".gitignore"]
                .iter()
                .any(|n| path.ends_with(n));
        if entry.file_type().is_file() && !is_code && !is_setting {
            found.push(path);
        }
    }
    found
}

/// docs/data.md has a row for each file or its folder, with where it comes from and under which licence; a row that speaks of
/// nothing is out of date.
#[test]
fn all_data_has_a_source_and_a_licence() {
    let rows = rows("docs/data.md");
    let mut idle: BTreeSet<&str> = rows.iter().map(|(path, _)| path.as_str()).collect();
    let files = data();
    assert!(files.len() > 100, "{}", files.len());
    for file in &files {
        let fits = |path: &str| file == path || (path.ends_with('/') && file.starts_with(path));
        let nearest = rows.iter().filter(|(path, _)| fits(path)).max_by_key(|(path, _)| path.len());
        let (path, told) = nearest.unwrap_or_else(|| panic!("{file} has no row in docs/data.md: say where it comes from and its licence"));
        assert!(told.split('|').take(2).all(|cell| !cell.trim().is_empty()), "{path}: {told}");
        idle.remove(path.as_str());
    }
    assert_eq!(idle, BTreeSet::new(), "rows of docs/data.md that speak of no file");
}

/// What the program includes when it is built goes into the package, and the package stays small enough for crates.io.
#[test]
fn the_package_holds_what_is_built_in() {
    let run =
        Command::new(env!("CARGO")).args(["package", "--list", "--allow-dirty", "--locked", "--offline"]).output().expect("cargo runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let listed = String::from_utf8(run.stdout).expect("UTF-8").replace('\\', "/");
    let listed: BTreeSet<&str> = listed.lines().collect();
    let built_in = data().into_iter().filter(|path| ["demo/", "fonts/", "lexicons/"].iter().any(|folder| path.starts_with(folder)));
    let besides = ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "Cargo.lock", "build.rs", "askama.toml", "docs/library.md"];
    for path in built_in.chain(besides.map(str::to_owned)) {
        assert!(listed.contains(path.as_str()), "{path} is not in the package");
    }
    assert!(!listed.iter().any(|path| path.contains("node_modules") || path.starts_with("target/")));
    let bytes: u64 = listed.iter().filter_map(|path| Some(fs::metadata(Path::new(path)).ok()?.len())).sum();
    assert!(bytes < 30 << 20, "{bytes} bytes before packing, and crates.io takes 10 MiB packed");
}
