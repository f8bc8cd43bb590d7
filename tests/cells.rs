//! No CSV that any command writes holds a cell that a spreadsheet would take for a formula, whatever articles, sheets and lists say.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const A: &str = "The ministry said on Monday that the northern regime had fired twelve rockets across the border into the quiet valley.";
const B: &str =
    "The ministry said on Monday that the northern government had fired twelve rockets across the border into the quiet valley.";

/// Articles whose every field starts with a sign, one sign an outlet.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("made");
    for (i, sign) in ["=", "+", "-", "@", "＝", "＠"].into_iter().enumerate() {
        let text = format!("{sign}cmd|' /C calc'!A0\n\n\"{sign}1+1,\" said {sign}SUM(A1).\n\n{}", if i % 2 == 0 { A } else { B });
        let article = serde_json::json!({
            "id": format!("{sign}{i}"), "outlet": format!("{sign}Paper {i}"), "title": format!("{sign}1+1"), "byline": format!("{sign}By"),
            "note": format!("{sign}n"), "url": format!("{sign}u"), "date": "2021-12-28", "text": text,
        });
        fs::write(folder.path().join(format!("in/{sign}{i}.json")), article.to_string()).expect("written");
    }
    fs::write(folder.path().join("in/=broken.json"), "=1+1").expect("written");
    let list = "id,term,match,category,strength,neutral,why\nL-regime,regime,word,house,3,=g,-why\n";
    fs::write(folder.path().join("house.csv"), list).expect("written");
    folder
}

/// Cells of a CSV that start like a formula and are no numbers.
fn formulas(name: &str, csv: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for row in csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv).records() {
        for cell in row.expect("CSV").iter() {
            let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
            if is_formula && cell.parse::<f64>().is_err() {
                found.push(format!("{name}: {cell}"));
            }
        }
    }
    found
}

fn retold(folder: &Path, args: &[&str]) -> Vec<u8> {
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output = command.current_dir(folder).args(args).output().expect("it runs");
    assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}\n{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn csv_files(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable").into_path());
    all.filter(|path| path.extension().is_some_and(|extension| extension == "csv")).collect()
}

#[test]
fn of_tables_and_graph_none_is_a_formula() {
    let folder = folder();
    let flags = ["compare", "in", "-o", "out", "--pairs", "--text", "full", "--lexicon", "en/framing", "--lexicon", "house.csv"];
    retold(folder.path(), &flags);
    let files = csv_files(&folder.path().join("out"));
    assert!(files.len() > 25);
    let formulas_of = |path: &PathBuf| formulas(&path.to_string_lossy(), &fs::read(path).expect("readable"));
    assert_eq!(files.iter().flat_map(formulas_of).collect::<Vec<_>>(), Vec::<String>::new());
    // What is guarded is there: the test would pass on empty tables too.
    let guarded = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).expect("readable").contains("'=Paper 0");
    assert!(["tables/articles.csv", "tables/passage_members.csv", "graph/nodes.csv", "graph/edges.csv"].into_iter().all(guarded));
    retold(folder.path(), &[&flags[..], &["--raw-csv"]].concat());
    assert!(fs::read_to_string(folder.path().join("out/tables/articles.csv")).expect("readable").contains(",=Paper 0,"));
}

#[test]
fn of_what_commands_print_none_is_a_formula() {
    let folder = folder();
    for (args, there) in [
        (&["kwic", "regime", "in", "--format", "csv"][..], "'=Paper 0"),
        (&["lexicon", "suggest", "in", "--format", "csv"], ""),
        (&["lexicon", "export", "--lexicon", "house.csv", "--to", "csv"], "'-why"),
        (&["init", "in", "--sheet"], "'=Paper 0"),
    ] {
        let csv = retold(folder.path(), args);
        assert_eq!(formulas(&args.join(" "), &csv), Vec::<String>::new());
        assert!(String::from_utf8_lossy(&csv).contains(there), "{args:?}");
    }
    retold(folder.path(), &["worksheet", "in", "-o", "class", "--name-outlets"]);
    for name in ["answers.csv", "key.csv"] {
        let csv = fs::read(folder.path().join("class").join(name)).expect("written");
        assert_eq!(formulas(name, &csv), Vec::<String>::new());
    }
}
