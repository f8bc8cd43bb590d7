//! Worksheets and the demonstration as people run them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

const OUTLETS: [&str; 3] = ["Ostrey Herald", "The Quayside Post", "The Velm Courier"];

fn retold(args: &[&str]) -> Output {
    Command::cargo_bin("retold").expect("the program is built").args(args).arg("--isolated").output().expect("it runs")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    let header = reader.headers().expect("a header").clone();
    reader.records().map(|row| header.iter().map(str::to_owned).zip(row.expect("a row").iter().map(str::to_owned)).collect()).collect()
}

fn worksheet(extra: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("class");
    let run = retold(&[&["worksheet", "demo", "-o", &out.display().to_string()], extra].concat());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    (place, out)
}

#[test]
fn what_is_handed_out_names_nobody_and_marks_nothing() {
    let (_place, out) = worksheet(&[]);
    let pages = read(&out.join("worksheet.html"));
    assert_eq!(pages.matches("<h2>Passage ").count(), 6);
    for file in ["worksheet.html", "answers.csv"] {
        let written = read(&out.join(file));
        assert!(OUTLETS.iter().all(|name| !written.contains(name)), "{file}");
        assert!(!written.contains("<mark") && !written.contains("L-") && !written.contains("class=\"slot"), "{file}");
    }
    let key = read(&out.join("key.html"));
    // A box a place in each text, whatever marks lie in it; the legend has two.
    assert_eq!(key.matches("class=\"slot").count(), rows(&out.join("key.csv")).len() + 2);
    assert!(OUTLETS.iter().all(|name| key.contains(name)), "the key says which text is whose");
    for row in rows(&out.join("answers.csv")) {
        assert!(["words", "loaded", "voice", "attribute", "remark"].iter().all(|column| row[*column].is_empty()), "{row:?}");
        assert!(row["sentence"].contains('▢'));
    }
}

#[test]
fn each_page_has_two_outlets_and_a_place_in_listed_wording_and_no_passage_comes_twice() {
    let (_place, out) = worksheet(&[]);
    let mut passages: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in rows(&out.join("key.csv")) {
        passages.entry(row["passage_id"].clone()).or_default().push(row);
    }
    assert_eq!(passages.len(), 6);
    for places in passages.values() {
        assert!(places.iter().any(|row| row["loaded"] == "yes"), "{places:?}");
        assert!(places.iter().all(|row| row["loaded"] == "yes" || row["attribute"] == "no"));
        // Every place stands in both texts.
        assert_eq!(places.iter().filter(|row| row["text"] == "1").count() * 2, places.len());
    }
}

#[test]
fn the_same_pages_whatever_the_threads_and_the_order_of_files() {
    let (_a, first) = worksheet(&["-j", "1"]);
    let files: Vec<String> = {
        let mut names: Vec<_> =
            fs::read_dir("demo").expect("it is there").map(|e| e.expect("readable").path().display().to_string()).collect();
        names.sort_by(|a, b| b.cmp(a));
        names
    };
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("class");
    let target = out.display().to_string();
    let mut typed = vec!["worksheet", "-o", &target, "-j", "4"];
    typed.extend(files.iter().map(String::as_str));
    assert!(retold(&typed).status.success());
    for file in ["worksheet.html", "key.html", "answers.csv", "key.csv"] {
        assert_eq!(read(&first.join(file)), read(&out.join(file)), "{file}");
    }
}

#[test]
fn masked_outlets_have_no_name_in_the_key_and_names_are_shown_where_asked_for() {
    let (_place, out) = worksheet(&["--mask-outlets"]);
    for file in ["worksheet.html", "key.html", "answers.csv", "key.csv", "run.json"] {
        let written = read(&out.join(file));
        assert!(OUTLETS.iter().all(|name| !written.contains(name)), "{file}");
    }
    let (_place, out) = worksheet(&["--name-outlets"]);
    assert!(read(&out.join("worksheet.html")).contains("<h3>Ostrey Herald</h3>"));
}

#[test]
fn sheets_for_excel_have_its_mark() {
    let (_place, out) = worksheet(&["--excel", "--passages", "2"]);
    let sheet = fs::read(out.join("answers.csv")).expect("it is there");
    assert!(sheet.starts_with("\u{FEFF}task_id,".as_bytes()) && sheet.ends_with(b"\r\n"));
    assert_eq!(read(&out.join("worksheet.html")).matches("<h2>Passage ").count(), 2);
}

#[test]
fn the_key_agrees_with_itself_and_a_blank_sheet_says_nothing() {
    let (_place, out) = worksheet(&[]);
    let [blank, key] = ["answers.csv", "key.csv"].map(|file| out.join(file).display().to_string());
    let told = |run: Output| String::from_utf8(run.stdout).expect("UTF-8");
    let same = told(retold(&["worksheet", "--check", &key]));
    assert!(same.contains("\nAs in the key: p1-1-t1, ") && !same.contains("also"), "{same}");
    let open = told(retold(&["worksheet", "--check", &blank]));
    assert!(open.contains("No place has an answer") && !open.contains("As in the key"), "{open}");
    let both = told(retold(&["worksheet", "--check", &key, &key]));
    assert!(both.contains("alpha 1.00"), "{both}");
    let other = tempfile::tempdir().expect("a folder");
    let stranger = other.path().join("a.csv");
    fs::write(&stranger, "task_id,passage_id\np1-1-t1,pzzzzzzzzzz\n").expect("written");
    let refused = retold(&["worksheet", "--check", &stranger.display().to_string(), "--key", &key]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("error[E027]"));
}

#[test]
fn what_cannot_be_done_is_said_and_leaves_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let news = place.path().join("news");
    for (outlet, text) in [("a", "The ferry left at nine in the morning."), ("b", "Bread will cost more from the first of May.")] {
        fs::create_dir_all(news.join(outlet)).expect("made");
        fs::write(news.join(outlet).join("one.txt"), text).expect("written");
    }
    let (news, out) = (news.display().to_string(), place.path().join("class"));
    let target = out.display().to_string();
    for (typed, code) in
        [(vec!["worksheet", &news, "-o", &target], "E015"), (vec!["worksheet", "demo", "-o", &target, "--text", "none"], "E001")]
    {
        let run = retold(&typed);
        assert_eq!(run.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&run.stderr).contains(code), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(!out.exists());
    }
    fs::create_dir(&out).expect("made");
    fs::write(out.join("mine.txt"), "mine").expect("written");
    let run = retold(&["worksheet", "demo", "-o", &target]);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("E040"));
    assert!(retold(&["worksheet", "demo", "-o", &target, "--force"]).status.success());
    assert!(out.join("mine.txt").exists() && out.join("worksheet.html").exists());
}

/// The demonstration is compared as anybody's articles are, and shows what Retold shows.
#[test]
fn the_demonstration_shows_everything_and_is_even() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = |name: &str| place.path().join(name).display().to_string();
    assert!(retold(&["demo", "-o", &folder("out"), "-q"]).status.success());
    assert!(retold(&["demo", "--articles", &folder("demo")]).status.success());
    assert!(retold(&["compare", &folder("demo"), "-o", &folder("again"), "--title", "A strike at an invented harbour"]).status.success());
    let table = |out: &str, name: &str| place.path().join(out).join("tables").join(name);
    for entry in fs::read_dir(place.path().join("out/tables")).expect("tables") {
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        assert_eq!(read(&table("out", &name)), read(&table("again", &name)), "{name}");
        assert!(name == "skipped.csv" || !rows(&table("out", &name)).is_empty(), "{name} is empty");
    }
    let count =
        |name: &str, holds: &dyn Fn(&BTreeMap<String, String>) -> bool| rows(&table("out", name)).iter().filter(|row| holds(row)).count();
    for drift in ["trimmed", "reworded", "to_indirect"] {
        assert!(count("quotes.csv", &|row| row["drift"] == drift) > 0, "{drift}");
    }
    assert_eq!(count("articles.csv", &|row| row["published_at"].is_empty()), 1);
    assert!(count("preference.csv", &|row| row["enough_data"] == "TRUE") > 0);
    assert!(count("keyness.csv", &|row| row["enough_data"] == "TRUE") > 0);
    assert!(count("credits.csv", &|row| row["credit_kind"] == "agency") > 0);
    for voice in ["narrator", "indirect", "direct"] {
        assert!(count("hits.csv", &|row| row["voice"] == voice) > 0, "{voice}");
    }
    // As much listed wording in each outlet's own words as in the others', a fifth up or down.
    let rates: Vec<f64> = rows(&table("out", "rates.csv"))
        .iter()
        .filter(|row| row["level"] == "all" && row["voice"] == "narrator")
        .map(|row| row["per_1000"].parse().expect("a number"))
        .collect();
    let mean = rates.iter().sum::<f64>() / rates.len() as f64;
    assert!(rates.len() == 3 && rates.iter().all(|rate| (rate / mean - 1.0).abs() < 0.2), "{rates:?}");
}
