//! `retold compare` as people run it, on the seed articles and on odd input.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

type Row = BTreeMap<String, String>;

fn retold() -> Command {
    Command::cargo_bin("retold").expect("the program is built")
}

fn table(out: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(out.join("tables").join(format!("{name}.csv"))).expect("the table is there");
    let header = reader.headers().expect("a header").clone();
    reader.records().map(|row| header.iter().map(str::to_owned).zip(row.expect("a row").iter().map(str::to_owned)).collect()).collect()
}

fn compare(paths: &[&str], extra: &[&str]) -> (TempDir, PathBuf, std::process::Output) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let output = retold().arg("compare").args(paths).arg("-o").arg(&out).args(extra).output().expect("it runs");
    (folder, out, output)
}

/// Every file of an output folder but run.json, by name.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out) {
        let entry = entry.expect("readable");
        let name = entry.path().strip_prefix(out).expect("inside").to_string_lossy().into_owned();
        if entry.file_type().is_file() && name != "run.json" {
            all.insert(name, fs::read(entry.path()).expect("readable"));
        }
    }
    all
}

fn seeds() -> Vec<String> {
    let mut seeds: Vec<String> =
        fs::read_dir("seeds").expect("seeds").map(|e| e.expect("readable").path().to_string_lossy().into_owned()).collect();
    seeds.retain(|path| path.ends_with(".txt"));
    seeds.sort();
    seeds
}

fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("inside a folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }
}

const STORY_A: &str = "The ministry said on Monday that the northern regime had fired twelve rockets across the border into the valley.\n";
const STORY_B: &str =
    "The ministry said on Monday that the northern government had fired twelve rockets across the border into the valley.\n";

#[test]
fn the_main_job_on_the_seeds() {
    let (_folder, out, output) = compare(&["seeds"], &["--pairs"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for name in ["report.html", "run.json", "charts/rates.svg", "charts/substitutions.svg", "tables/alignments.csv", "tables/skipped.csv"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    let substitutions = table(&out, "substitutions");
    for (a, b) in [
        ("resistance", "anti-terror"),
        ("the Takfiri outfit", "Daesh"),
        ("false", "later debunked"),
        ("the Daesh terrorist group", "Daesh"),
    ] {
        let found = substitutions.iter().any(|s| {
            let pair = (s["text_a"].as_str(), s["text_b"].as_str());
            pair == (a, b) || pair == (b, a)
        });
        assert!(found, "{a} / {b}");
    }
}

#[test]
fn voices_and_furniture_on_the_seeds() {
    let (_folder, out, _) = compare(&["seeds"], &[]);
    let articles: BTreeMap<String, String> =
        table(&out, "articles").into_iter().map(|a| (a["article_id"].clone(), a["source_id"].clone())).collect();
    let hits = table(&out, "hits");
    let voices = |article: &str, id: &str| -> Vec<&str> {
        hits.iter()
            .filter(|h| articles[&h["article_id"]].starts_with(article) && h["lexicon_id"] == id)
            .map(|h| h["voice"].as_str())
            .collect()
    };
    assert_eq!(voices("002", "L-illegally"), ["narrator"]);
    assert_eq!(voices("003", "L-illegal"), ["direct", "direct"]);
    // A doubt marker inside the US military's statement is the narrator's, and table hits says so.
    let doubted: Vec<_> = hits.iter().filter(|h| h["distancing"] == "TRUE").collect();
    assert!(doubted.iter().any(|h| h["matched"] == "under the pretext of" && h["speaker"].is_empty()));
    assert!(doubted.iter().all(|h| h["voice"] == "narrator"));
    assert!(hits.iter().any(|h| h["voice"] == "indirect" && h["speaker"].contains("Ameri")));
    let removed = table(&out, "removed");
    assert!(removed.iter().any(|r| r["text"] == "Back to top button"));
    for row in hits.iter().chain(&table(&out, "passage_members")) {
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        for gone in removed.iter().filter(|r| r["article_id"] == row["article_id"]) {
            let (from, to): (usize, usize) = (gone["start"].parse().unwrap(), gone["end"].parse().unwrap());
            assert!(end <= from || to <= start, "{row:?} lies in furniture {gone:?}");
        }
    }
}

#[test]
fn offsets_are_code_points_of_the_text_as_read() {
    let (_folder, out, _) = compare(&["seeds"], &["--raw-csv"]);
    let articles: BTreeMap<String, Vec<char>> = table(&out, "articles")
        .into_iter()
        .map(|a| (a["article_id"].clone(), fs::read_to_string(&a["path"]).expect("seed").chars().collect()))
        .collect();
    let slice = |row: &Row, start: &str, end: &str, article: &str| -> String {
        let (start, end): (usize, usize) = (row[start].parse().unwrap(), row[end].parse().unwrap());
        articles[&row[article]][start..end].iter().collect()
    };
    let mut checked = 0;
    for row in table(&out, "hits") {
        assert_eq!(slice(&row, "start", "end", "article_id"), row["matched"]);
        checked += 1;
    }
    for row in table(&out, "substitutions") {
        assert_eq!(slice(&row, "start_a", "end_a", "article_a"), row["text_a"]);
        assert_eq!(slice(&row, "start_b", "end_b", "article_b"), row["text_b"]);
        checked += 1;
    }
    for row in table(&out, "quotes") {
        assert!(slice(&row, "start", "end", "article_id").contains(&row["text"]));
    }
    for row in table(&out, "passage_members") {
        let text = slice(&row, "start", "end", "article_id");
        assert_eq!(text, row["text"]);
        assert!(!text.contains('\n'), "a passage crosses a paragraph: {text}");
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn same_bytes_for_any_threads_and_order() {
    let seeds = seeds();
    let sheet = ["--articles", "seeds/articles.csv"];
    let forward: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let backward: Vec<&str> = seeds.iter().rev().map(String::as_str).collect();
    let (_a, one, first) = compare(&forward, &[&sheet[..], &["-j", "1", "--pairs"]].concat());
    let (_b, two, _) = compare(&backward, &[&sheet[..], &["-j", "2", "--pairs"]].concat());
    assert_eq!(first.status.code(), Some(0));
    let (one, two) = (files(&one), files(&two));
    assert!(one.len() >= 14);
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, content) in &one {
        assert!(content == &two[name], "{name} differs");
    }
}

#[test]
fn same_bytes_for_any_threads_and_order_of_formats() {
    // Files of one article are read side by side, files of many one after another: none of it may show.
    let forward = ["tests/formats/html", "tests/formats/csv", "tests/formats/zip", "tests/formats/warc", "tests/formats/nexis-docx"];
    let backward: Vec<&str> = forward.into_iter().rev().collect();
    let (_a, one, first) = compare(&forward, &["-j", "1"]);
    let (_b, two, _) = compare(&backward, &["-j", "2"]);
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    assert_eq!(table(&one, "articles").len(), 30);
    let (one, two) = (files(&one), files(&two));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, content) in &one {
        assert!(content == &two[name], "{name} differs");
    }
}

#[test]
fn results_name_no_path_and_no_host() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    write(&corpus, &[("a.txt", STORY_A.as_bytes()), ("b.txt", STORY_B.as_bytes())]);
    let out = folder.path().join("out");
    retold().arg("compare").arg(&corpus).arg("-o").arg(&out).assert().success();
    let here = folder.path().to_string_lossy().into_owned();
    for (name, content) in files(&out) {
        let text = String::from_utf8(content).expect("UTF-8");
        assert!(!text.contains(&here), "{name} holds {here}");
    }
    let html = fs::read_to_string(out.join("report.html")).unwrap();
    for attribute in ["src=\"", "href=\"http", "url(", "@import"] {
        assert!(!html.contains(attribute), "the report holds {attribute}");
    }
}

#[test]
fn results_know_no_zone_no_locale_no_width_and_no_home() {
    let surroundings =
        [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("COLUMNS", "20"), ("HOME", "/nowhere")];
    let run = |surroundings: &[(&str, &str)]| {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let here = retold().arg("compare").arg("seeds").arg("-o").arg(&out).envs(surroundings.iter().copied()).output().expect("it runs");
        assert_eq!(here.status.code(), Some(0));
        files(&out)
    };
    let (here, elsewhere) = (run(&[]), run(&surroundings));
    assert_eq!(here.keys().collect::<Vec<_>>(), elsewhere.keys().collect::<Vec<_>>());
    for (name, content) in &here {
        assert!(content == &elsewhere[name], "{name} differs");
    }
}

#[test]
fn adding_an_article_keeps_the_keys_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (small, large) = (folder.path().join("small"), folder.path().join("large"));
    write(&small, &[("a.txt", STORY_A.as_bytes()), ("b.txt", STORY_B.as_bytes())]);
    write(
        &large,
        &[
            ("a.txt", STORY_A.as_bytes()),
            ("b.txt", STORY_B.as_bytes()),
            ("c.txt", b"Rain fell on the coast all week, and the harvest of olives was late."),
        ],
    );
    let keys = |corpus: &Path, name: &str| -> (Vec<String>, Vec<String>) {
        let out = folder.path().join(name);
        retold().arg("compare").arg(corpus).arg("-o").arg(&out).assert().success();
        let of = |table_name: &str, column: &str| table(&out, table_name).into_iter().map(|r| r[column].clone()).collect();
        (of("articles", "article_id"), of("passages", "passage_id"))
    };
    let (few, passages) = keys(&small, "one");
    let (more, still) = keys(&large, "two");
    assert_eq!(passages.len(), 1);
    assert_eq!(passages, still);
    assert!(few.iter().all(|key| more.contains(key)) && more.len() == 3);
}

#[test]
fn hostile_text_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    let nasty = "=HYPERLINK(\"http://evil.example\") <script>alert(1)</script>\n\n<img src=x onerror=alert(1)> The ministry said on Monday that the northern \u{1b}[31mregime\u{202e} had fired twelve rockets across the border & \"fled\".\n";
    let sheet = "path,outlet,title\na.txt,\"=1+1</title><script>alert(2)</script>\",\"=cmd|' /C calc'!A0\"\nb.txt,B,\"</style><script>x</script>\"\n";
    write(&corpus, &[("a.txt", nasty.as_bytes()), ("b.txt", STORY_B.as_bytes()), ("articles.csv", sheet.as_bytes())]);
    let out = folder.path().join("out");
    let output = retold().arg("compare").arg(&corpus).arg("-o").arg(&out).arg("--title").arg("<script>t</script>").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let html = fs::read_to_string(out.join("report.html")).unwrap();
    for tag in ["<img", "onerror=alert(1)>\n"] {
        assert!(!html.contains(tag), "{tag}");
    }
    assert_eq!(html.matches("<script").count(), 1, "the page has one script, its own");
    let articles = fs::read_to_string(out.join("tables/articles.csv")).unwrap();
    assert!(articles.contains("\"'=1+1</title>") || articles.contains(",'=1+1</title>"), "{articles}");
    for svg in ["rates", "substitutions"] {
        let svg = fs::read_to_string(out.join(format!("charts/{svg}.svg"))).unwrap();
        assert!(!svg.contains("<script") && !svg.contains('\u{1b}') && !svg.contains('\u{202e}'));
    }
    let shown = [output.stdout, output.stderr].concat();
    assert!(!shown.contains(&0x1b), "an escape reached the terminal");
}

#[test]
fn what_cannot_be_read_is_a_row_and_exit_code_3() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    write(
        &corpus,
        &[
            ("a.txt", STORY_A.as_bytes()),
            ("b.txt", STORY_B.as_bytes()),
            ("empty.txt", b" \n"),
            ("nul.txt", b"a\0b\0"),
            ("photo.png", b"\x89PNG"),
            ("menu.txt", b"Share\nRead more\n"),
        ],
    );
    let out = folder.path().join("out");
    let output = retold().arg("compare").arg(&corpus).arg("-o").arg(&out).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let skipped: Vec<String> = table(&out, "skipped").into_iter().map(|r| r["path"].clone()).collect();
    assert_eq!(skipped, ["corpus/empty.txt", "corpus/menu.txt", "corpus/nul.txt", "corpus/photo.png"]);
    assert_eq!(table(&out, "articles").len(), 2);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("skipped: corpus/nul.txt:1: holds NUL characters"), "{told}");
}

#[test]
fn errors_say_what_where_and_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    let one = folder.path().join("one");
    write(&one, &[("a.txt", STORY_A.as_bytes()), ("b.txt", STORY_B.as_bytes())]);
    let run = |args: &[&str]| -> (Option<i32>, String) {
        let output = retold().current_dir(folder.path()).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, told) = run(&["compare", "one", "--outlet-from", "folder", "-o", "out"]);
    assert_eq!(code, Some(2));
    assert!(
        told.contains("error[E014]: nothing to compare: all 2 articles belong to outlet \"one\"") && told.contains("help: put each outlet"),
        "{told}"
    );
    let (code, told) = run(&["compare", "absent", "-o", "out"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("error[E010]: cannot read absent"), "{told}");
    let (code, told) = run(&["compare", "one", "-o", "one/out"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("error[E041]"), "{told}");
    write(folder.path(), &[("foreign/letter.doc", b"mine")]);
    let (code, told) = run(&["compare", "one", "-o", "foreign"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("error[E040]: foreign exists and was not written by Retold"), "{told}");
    let (code, _) = run(&["compare"]);
    assert_eq!(code, Some(2));
    let left: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|n| n.starts_with('.'))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "something was left half written");
}

#[test]
fn our_own_folder_is_replaced_and_foreign_files_in_it_stay() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("in/a.txt", STORY_A.as_bytes()), ("in/b.txt", STORY_B.as_bytes())]);
    let run = |args: &[&str]| retold().current_dir(folder.path()).args(args).output().unwrap().status.code();
    assert_eq!(run(&["compare", "in", "-o", "out", "--pairs"]), Some(0));
    fs::write(folder.path().join("out/notes.md"), "mine").unwrap();
    assert_eq!(run(&["compare", "in", "-o", "out"]), Some(0));
    let out = folder.path().join("out");
    assert_eq!(fs::read_to_string(out.join("notes.md")).unwrap(), "mine");
    assert!(!out.join("tables/alignments.csv").exists(), "a table of the run before is still there");
    write(folder.path(), &[("theirs/letter.doc", b"mine")]);
    assert_eq!(run(&["compare", "in", "-o", "theirs", "--force"]), Some(0));
    assert!(folder.path().join("theirs/letter.doc").exists() && folder.path().join("theirs/report.html").exists());
    // A folder that holds our own output is read without it.
    fs::rename(&out, folder.path().join("in/out")).unwrap();
    assert_eq!(run(&["compare", "in", "-o", "again"]), Some(0));
}

#[test]
fn heads_folders_and_files_name_outlets() {
    let folder = tempfile::tempdir().unwrap();
    let head = format!("---\noutlet: The Head\ndate: 2021-12-01\ntitle: Said so\n---\n{STORY_A}");
    write(folder.path(), &[("in/x/a.txt", STORY_B.as_bytes()), ("in/b.txt", head.as_bytes()), ("in/c.txt", STORY_B.as_bytes())]);
    let out = folder.path().join("out");
    let output = retold().arg("compare").arg(folder.path().join("in")).arg("-o").arg(&out).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let named: Vec<(String, String)> =
        table(&out, "articles").into_iter().map(|a| (a["outlet"].clone(), a["outlet_basis"].clone())).collect();
    let expected = [("The Head", "head"), ("c", "file"), ("x", "folder")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(named, expected);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("1 outlet that nothing names"), "{told}");
    let hit = table(&out, "hits").into_iter().find(|h| h["lexicon_id"] == "L-regime").expect("a hit");
    assert_eq!((hit["line"].as_str(), hit["column"].as_str()), ("6", "47"));
}

const HEAD: &str = "Officials said late on Monday that seven gunmen had crossed the frozen river near the old customs house before dawn";

/// Every table with a key of its own: no key stands twice; every key named elsewhere is there.
fn keys_hold(out: &Path) {
    for (name, column) in [
        ("articles", "article_id"),
        ("passages", "passage_id"),
        ("substitutions", "substitution_id"),
        ("hits", "hit_id"),
        ("quotes", "quote_id"),
        ("alignments", "alignment_id"),
    ] {
        let keys: Vec<String> = table(out, name).into_iter().map(|row| row[column].clone()).collect();
        let distinct: std::collections::BTreeSet<&String> = keys.iter().collect();
        assert_eq!(keys.len(), distinct.len(), "{name}.{column} holds a key twice");
    }
    let articles: Vec<String> = table(out, "articles").into_iter().map(|row| row["article_id"].clone()).collect();
    for (name, column) in [
        ("hits", "article_id"),
        ("quotes", "article_id"),
        ("passage_members", "article_id"),
        ("substitutions", "article_a"),
        ("substitutions", "article_b"),
    ] {
        assert!(table(out, name).iter().all(|row| articles.contains(&row[column])), "{name}.{column} names no article");
    }
}

#[test]
fn a_witness_that_does_not_reach_a_slot_has_no_reading_there() {
    let folder = tempfile::tempdir().unwrap();
    let tail = |word: &str| {
        format!(
            "{HEAD}, and a spokesman for the provincial governor said that the {word} group had fled into the northern hills with two hostages.\n"
        )
    };
    let short = format!("{HEAD}.\n");
    write(
        folder.path(),
        &[
            ("in/A/a.txt", short.as_bytes()),
            ("in/B/b1.txt", tail("terrorist").as_bytes()),
            ("in/B/b2.txt", tail("militia").as_bytes()),
            ("in/C/c.txt", tail("resistance").as_bytes()),
        ],
    );
    let out = folder.path().join("out");
    retold().arg("compare").arg(folder.path().join("in")).arg("-o").arg(&out).arg("--pairs").assert().success();
    let rows = table(&out, "substitutions");
    let mut found: Vec<(&str, &str)> =
        rows.iter().filter(|r| r["text_b"] == "resistance").map(|r| (r["outlet_a"].as_str(), r["text_a"].as_str())).collect();
    found.sort_unstable();
    assert_eq!(found, [("B", "militia"), ("B", "terrorist")]);
    assert!(rows.iter().all(|r| r["outlet_a"] != r["outlet_b"]), "an outlet stands against itself");
    keys_hold(&out);
}

#[test]
fn many_witnesses_still_show_their_difference() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..20 {
        let word = if i % 2 == 0 { "terrorist" } else { "resistance" };
        let text = format!("{HEAD}, and the {word} group then fled into the northern hills with two hostages.\n");
        write(folder.path(), &[(&format!("in/outlet{i:02}/a.txt"), text.as_bytes())]);
    }
    let out = folder.path().join("out");
    retold().arg("compare").arg(folder.path().join("in")).arg("-o").arg(&out).arg("--pairs").assert().success();
    let rows = table(&out, "substitutions");
    let pairs: Vec<(&str, &str)> = rows.iter().map(|r| (r["text_a"].as_str(), r["text_b"].as_str())).collect();
    assert_eq!(pairs, [("terrorist", "resistance")]);
    keys_hold(&out);
}

#[test]
fn keys_hold_on_mixed_text() {
    let (_folder, out, _) = compare(&["seeds"], &["--pairs"]);
    keys_hold(&out);
    // Parts of the seeds in another order, by nine outlets: many passages, inside one another and shifted.
    let folder = tempfile::tempdir().unwrap();
    let seeds: Vec<String> = seeds().iter().map(|path| fs::read_to_string(path).expect("a seed")).collect();
    for i in 0..27usize {
        let mut parts: Vec<&str> = seeds[i % 5].split(". ").chain(seeds[(i + 1) % 5].split(". ").take(6)).collect();
        let by = i % parts.len();
        parts.rotate_left(by);
        parts.retain(|part| (part.len() + i) % 7 != 0);
        write(folder.path(), &[(&format!("in/outlet{}/{i}.txt", i % 9), parts.join(". ").as_bytes())]);
    }
    let out = folder.path().join("out");
    retold().arg("compare").arg(folder.path().join("in")).arg("-o").arg(&out).arg("--pairs").assert().success();
    assert!(table(&out, "substitutions").len() > 40);
    assert!(table(&out, "substitutions").iter().all(|r| r["outlet_a"] != r["outlet_b"]));
    keys_hold(&out);
}

#[test]
fn a_sentence_repeated_often_costs_little() {
    let folder = tempfile::tempdir().unwrap();
    let text = "The ministry said on Monday that the regime had fired twelve rockets across the border. ".repeat(3000);
    write(folder.path(), &[("in/a.txt", text.as_bytes()), ("in/b.txt", format!("{text} And so it went on.").as_bytes())]);
    let out = folder.path().join("out");
    retold()
        .arg("compare")
        .arg(folder.path().join("in"))
        .arg("-o")
        .arg(&out)
        .timeout(std::time::Duration::from_secs(60))
        .assert()
        .success();
    let report = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(report.contains("left out as too common"), "what was left out is not said");
}

#[test]
fn a_file_and_its_folder_are_one() {
    let one = seeds().remove(0);
    let (_folder, out, _) = compare(&["seeds", &one, "seeds"], &[]);
    let articles = table(&out, "articles");
    assert_eq!(articles.len(), 5);
    assert!(articles.iter().all(|a| a["outlet_basis"] == "sheet"));
}

#[test]
fn what_is_not_ours_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("in/a.txt", STORY_A.as_bytes()), ("in/b.txt", STORY_B.as_bytes()), ("mine/report.html", b"my own")]);
    let run = |here: &Path, args: &[&str]| {
        let output = retold().current_dir(here).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, told) = run(folder.path(), &["compare", "in", "-o", "mine", "--force"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("report.html, a file of its own, which this run would replace"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("mine/report.html")).unwrap(), "my own");
    let here = folder.path().join("here");
    fs::create_dir(&here).unwrap();
    let (code, told) = run(&here, &["compare", "../in", "-o", "."]);
    assert_eq!(code, Some(2));
    assert!(told.contains("error[E043]"), "{told}");
    assert_eq!(run(folder.path(), &["compare", "in", "-o", "out"]).0, Some(0));
    fs::create_dir(folder.path().join("out/keep")).unwrap();
    assert_eq!(run(folder.path(), &["compare", "in", "-o", "out"]).0, Some(0));
    assert!(folder.path().join("out/keep").is_dir());
}
