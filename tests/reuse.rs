//! Shared text as people meet it: copies, editions, windows, many witnesses, other tools' forms.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use proptest::prelude::*;
use tempfile::TempDir;

type Row = BTreeMap<String, String>;

struct Article<'a> {
    id: &'a str,
    outlet: &'a str,
    date: &'a str,
    text: String,
}

fn article<'a>(id: &'a str, outlet: &'a str, text: &str) -> Article<'a> {
    Article { id, outlet, date: "", text: text.to_owned() }
}

fn lines(articles: &[Article<'_>]) -> String {
    let mut out = String::new();
    for a in articles {
        let line = serde_json::json!({ "id": a.id, "series": a.outlet, "date": a.date, "text": a.text });
        writeln!(out, "{line}").expect("a string");
    }
    out
}

fn run(articles: &[Article<'_>], extra: &[&str]) -> (TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("news.jsonl");
    fs::write(&input, lines(articles)).expect("written");
    let out = folder.path().join("out");
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output = command.arg("compare").arg(&input).arg("-o").arg(&out).args(extra).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    (folder, out, String::from_utf8_lossy(&output.stdout).into_owned())
}

fn table(out: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(out.join("tables").join(format!("{name}.csv"))).expect("the table is there");
    let header = reader.headers().expect("a header").clone();
    reader.records().map(|row| header.iter().map(str::to_owned).zip(row.expect("a row").iter().map(str::to_owned)).collect()).collect()
}

/// A sentence of its own for each number.
fn own(i: usize) -> String {
    const WORDS: [&str; 16] = [
        "harbour", "winter", "engineer", "market", "bridge", "copper", "orchard", "railway", "museum", "glacier", "teacher", "poetry",
        "lantern", "festival", "granite", "doctor",
    ];
    let word = |k: usize| WORDS[(i * 7 + k * 5 + i / 16 * k) % 16];
    format!("{} number {i} met the {} and the {} beside a {} of {}.", word(1), word(2), word(3), word(4), word(0))
}

const SHARED: &str =
    "The ministry said on Monday that the northern council had closed twelve schools across the border valley after heavy snow.";

#[test]
fn copies_are_one_text_with_many_witnesses() {
    let text = format!("{SHARED}\n{} {}\n", own(1), own(2));
    let outlets: Vec<String> = (0..150).map(|i| format!("outlet{i:03}")).collect();
    let mut articles: Vec<Article<'_>> = outlets.iter().map(|o| article(o, o, &text)).collect();
    articles.push(article("other", "other", &format!("{}\n{}\n{}\n", own(3), SHARED.replace("council", "regime"), own(4))));
    let (_folder, out, said) = run(&articles, &["--pairs"]);
    assert!(said.contains("149 articles print the same text"), "{said}");
    let rows = table(&out, "articles");
    let first = rows.iter().find(|r| r["source_id"] == "outlet000").expect("the first")["article_id"].clone();
    assert!(rows.iter().filter(|r| !r["source_id"].ends_with("000") && r["source_id"] != "other").all(|r| r["copy_of"] == first));
    // One pair for 151 articles, not eleven thousand.
    assert_eq!(table(&out, "alignments").len(), 1);
    let passages = table(&out, "passages");
    assert!(passages.iter().any(|p| p["articles"] == "151" && p["outlets"] == "151"), "{passages:?}");
    assert!(passages.iter().any(|p| p["articles"] == "150" && p["kind"] == "verbatim"), "{passages:?}");
    let members = table(&out, "passage_members");
    assert_eq!(members.len(), 151 + 150);
}

#[test]
fn a_story_in_more_outlets_than_the_cap_is_no_stock_phrase() {
    let outlets: Vec<String> = (0..130).map(|i| format!("outlet{i:03}")).collect();
    let body: String = (10..40).map(own).collect::<Vec<_>>().join(" ");
    let articles: Vec<Article<'_>> =
        outlets.iter().enumerate().map(|(i, o)| article(o, o, &format!("{SHARED} {body} {}\n", own(1000 + i)))).collect();
    let (_folder, out, _) = run(&articles, &["--pairs"]);
    assert!(table(&out, "articles").iter().filter(|r| !r["near_copy_of"].is_empty()).count() > 120);
    let passages = table(&out, "passages");
    assert!(passages.iter().any(|p| p["outlets"] == "130"), "{passages:?}");
    // Each is set beside the first few, not beside all.
    assert!(table(&out, "alignments").len() < 130 * 129 / 8, "{}", table(&out, "alignments").len());
}

#[test]
fn what_is_too_common_is_listed() {
    let outlets: Vec<String> = (0..130).map(|i| format!("outlet{i:03}")).collect();
    let articles: Vec<Article<'_>> = outlets
        .iter()
        .enumerate()
        .map(|(i, o)| article(o, o, &format!("{} {}\n{SHARED}\n{}\n", own(3 * i), own(3 * i + 1), own(3 * i + 2))))
        .collect();
    let (_folder, out, said) = run(&articles, &[]);
    let left_out = table(&out, "suppressed");
    let row = left_out.iter().find(|r| r["text"].contains("northern council")).expect("the paragraph");
    assert_eq!(row["reason"], "many_texts");
    assert!(row["texts"].parse::<u32>().expect("a number") > 100, "{row:?}");
    assert!(said.contains("tables/suppressed.csv"), "{said}");
}

#[test]
fn one_outlet_that_prints_a_passage_again_is_no_second_outlet() {
    let articles = [
        article("a1", "A", &format!("{}\n{SHARED}\n", own(1))),
        article("a2", "A", &format!("{}\n{SHARED}\n", own(2))),
        article("b1", "B", &format!("{}\n", own(3))),
    ];
    let (_folder, out, said) = run(&articles, &[]);
    let passages = table(&out, "passages");
    assert_eq!((passages.len(), passages[0]["outlets"].as_str(), passages[0]["articles"].as_str()), (1, "1", "2"));
    assert!(table(&out, "substitutions").is_empty());
    assert!(said.contains("0 passages in two outlets or more") && said.contains("1 inside one outlet only"), "{said}");
    assert!(!fs::read_to_string(out.join("report.html")).expect("the report").contains("northern council"));
}

#[test]
fn a_window_parts_what_is_far_apart() {
    let dated = |id, outlet, date, i| Article { id, outlet, date, text: format!("{}\n{SHARED}\n", own(i)) };
    let articles = [
        dated("a", "A", "2021-03-01", 1),
        dated("b", "B", "2021-03-04", 2),
        dated("c", "C", "2021-05-01", 3),
        dated("d", "D", "2021-05", 4),
        dated("e", "E", "", 5),
    ];
    let pairs = |extra: &[&str]| {
        let (_folder, out, _) = run(&articles, &[&["--pairs"], extra].concat());
        let ids: BTreeMap<String, String> =
            table(&out, "articles").into_iter().map(|a| (a["article_id"].clone(), a["source_id"].clone())).collect();
        table(&out, "alignments").iter().map(|r| format!("{}{}", ids[&r["article_a"]], ids[&r["article_b"]])).collect::<BTreeSet<_>>()
    };
    assert_eq!(pairs(&[]).len(), 10);
    // A month is as near as its nearest day, an unknown date as near as can be.
    let near: BTreeSet<String> = ["ab", "ae", "be", "cd", "ce", "de"].map(str::to_owned).into();
    assert_eq!(pairs(&["--window", "7"]), near);
    assert_eq!(pairs(&["--window", "0"]).len(), 10);
}

#[test]
fn a_reprint_brings_its_text_near() {
    let dated = |id, outlet, date, text: String| Article { id, outlet, date, text };
    let whole = format!("{}\n{SHARED}\n", own(1));
    // B prints ten years later what A printed, and C has a paragraph of it in the same month.
    let articles = [
        dated("a", "A", "2010-03-01", whole.clone()),
        dated("b", "B", "2020-03-04", whole),
        dated("c", "C", "2020-03-20", format!("Nobody sang.\n{SHARED}\n")),
    ];
    let (_folder, out, _) = run(&articles, &["--window", "30"]);
    assert!(table(&out, "passages").iter().any(|p| p["outlets"] == "3"));
}

#[test]
fn every_part_can_be_written_alone() {
    let articles = [article("a", "A", &format!("{SHARED}\n{}\n", own(1))), article("b", "B", &format!("{SHARED}\n{}\n", own(2)))];
    for (only, there) in
        [("tables", "tables/passages.csv"), ("charts", "charts/rates.svg"), ("report", "report.html"), ("charts,report", "report.html")]
    {
        let (_folder, out, _) = run(&articles, &["--only", only]);
        assert!(out.join(there).is_file(), "{only}");
        assert_eq!(out.join("tables").exists(), only == "tables");
    }
}

#[test]
fn two_files_of_one_name_are_two_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    for (part, second) in [("a", "It rained."), ("b", "It rained.")] {
        fs::create_dir(folder.path().join(part)).expect("a folder");
        fs::write(folder.path().join(part).join("monday.txt"), format!("{SHARED}\n{second}\n")).expect("written");
    }
    let paths = ["a/monday.txt", "b/monday.txt"].map(|path| folder.path().join(path));
    let output = Command::cargo_bin("retold").expect("built").arg("align").args(&paths).output().expect("it runs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(said.contains("verbatim") && said.contains("a/monday.txt") && said.contains("b/monday.txt"), "{said}");
}

#[test]
fn a_very_long_paragraph_and_an_excerpt_of_it() {
    let long: String = (0..20_000).map(|i| format!("word{} thing{} of ", i * 7 % 9973, i)).collect();
    let excerpt: String = long.split_whitespace().skip(9000).take(600).collect::<Vec<_>>().join(" ");
    let articles =
        [article("a", "A", &format!("{long}end")), article("b", "B", &format!("{long}end of it all")), article("c", "C", &excerpt)];
    let (_folder, out, _) = run(&articles, &["--only", "tables"]);
    assert!(!table(&out, "passages").is_empty());
}

#[test]
fn passim_finds_its_fields() {
    let articles = [article("x 1", "A", &format!("“Ü”\n{SHARED}\n")), article("y", "B", &format!("{}\n{SHARED}\n", own(2)))];
    let (_folder, out, _) = run(&articles, &["--format", "passim", "--only", "tables"]);
    assert!(!out.join("report.html").exists() && !out.join("charts").exists());
    let text = fs::read_to_string(out.join("passim.jsonl")).expect("the file");
    let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), 2);
    for (row, article) in rows.iter().zip(&articles) {
        assert_eq!((row["id"].as_str(), row["series"].as_str()), (Some(article.id), Some(article.outlet)));
        assert_eq!((row["cluster"].as_u64(), row["size"].as_u64()), (Some(0), Some(2)));
        let at = |name: &str| usize::try_from(row[name].as_u64().expect("a number")).expect("small");
        let slice: String = article.text.chars().skip(at("begin")).take(at("end") - at("begin")).collect();
        assert_eq!(Some(slice.as_str()), row["text"].as_str());
    }
}

#[test]
fn little_memory_gives_the_same_bytes() {
    let outlets = ["A", "B", "C", "D"];
    let articles: Vec<Article<'_>> = (0..400)
        .map(|i| article("x", outlets[i % 4], &format!("{} {}\n{} {SHARED}\n{}\n", own(i / 3), own(i / 5 + 900), own(i), own(i / 2))))
        .collect();
    let files = |extra: &[&str]| {
        let (_folder, out, _) = run(&articles, &[&["--only", "tables", "--pairs"], extra].concat());
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(out.join("tables")).expect("tables") {
            let path = entry.expect("readable").path();
            all.insert(path.file_name().expect("a name").to_owned(), fs::read(&path).expect("readable"));
        }
        all
    };
    assert!(files(&["--memory", "1M"]) == files(&[]));
}

#[test]
fn long_texts_share_one_passage_over_paragraphs() {
    let mut sentences: Vec<String> = (0..12)
        .map(|i| {
            format!("The keeper{i} carried a lamp{i} across the field{i} toward mill{i} and river{i} before winter{i} closed road{i}.")
        })
        .collect();
    let copied = sentences.join("\n");
    // Every fourth word is another, and lines end elsewhere.
    for (i, sentence) in sentences.iter_mut().enumerate() {
        let words =
            sentence.split(' ').enumerate().map(|(k, w)| if (k + i) % 4 == 0 { format!("otherwise{}", k + 20 * i) } else { w.to_owned() });
        *sentence = words.collect::<Vec<_>>().join(" ");
    }
    let retold = sentences.chunks(5).map(|part| part.join(" ")).collect::<Vec<_>>().join("\n\n");
    let around = |i: usize| {
        (0..8).map(|k| format!("Line{i}x{k} tells of thing{} and matter{} only here.", i + k, i * k + 1)).collect::<Vec<_>>().join("\n")
    };
    let articles = [
        article("a", "A", &format!("{}\n{copied}\n{}\n", around(1000), around(2000))),
        article("b", "B", &format!("{}\n{retold}\n{}\n", around(3000), around(4000))),
        article("c", "C", &format!("{}\n{}\n", around(5000), around(6000))),
    ];
    let (_folder, out, _) = run(&articles, &["--preset", "long", "--pairs"]);
    let found = table(&out, "alignments");
    assert_eq!(found.len(), 1, "{found:?}");
    let row = &found[0];
    let text: Vec<char> = articles[0].text.chars().collect();
    let (start, end): (usize, usize) = (row["start_a"].parse().expect("a number"), row["end_a"].parse().expect("a number"));
    let (gold, shared) = (copied.chars().count(), text[start..end].iter().collect::<String>());
    assert!(shared.contains('\n') && shared.chars().count() * 10 > gold * 9 && shared.chars().count() * 9 < gold * 10, "{shared}");
    assert_eq!(row["kind"], "retold");
    assert!(table(&out, "paraphrases").is_empty());
}

#[test]
fn the_same_in_other_words_is_counted_apart() {
    let articles = [
        article("a", "A", "It rained all day.\nThe minister resigned on 4 May after the bridge in Genoa fell. Shops stayed shut.\n"),
        article("b", "B", "Nobody sang.\nWhen the Genoa bridge fell, the minister resigned; that was May 4.\n"),
    ];
    let (_folder, out, said) = run(&articles, &["--pairs"]);
    let found = table(&out, "paraphrases");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0]["text_a"].starts_with("The minister resigned") && found[0]["shared"].contains("Genoa"), "{found:?}");
    assert!(table(&out, "passages").is_empty());
    assert!(said.contains("0 passages in two outlets or more") && said.contains("1 sentence pair"), "{said}");
    let rows = table(&out, "alignments");
    assert_eq!((rows.len(), rows[0]["kind"].as_str(), rows[0]["passage_id"].as_str()), (1, "paraphrase", ""));
    let (_folder, out, said) = run(&articles, &["--paraphrase", "off"]);
    assert!(table(&out, "paraphrases").is_empty() && said.contains("not looked for"), "{said}");
}

#[test]
fn two_articles_side_by_side() {
    let run = |extra: &[&str]| {
        let seeds = ["seeds/003_0f3c713809c3be0a.txt", "seeds/004_5acec8f60410f9de.txt"];
        let output = Command::cargo_bin("retold").expect("built").arg("align").args(seeds).args(extra).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let columns = run(&["--width", "100"]);
    assert!(columns.contains("[false] pretext") && columns.contains("[later debunked] pretext"), "{columns}");
    assert!(columns.lines().all(|line| line.chars().count() <= 100));
    assert!(run(&["--inline"]).contains("[false|later debunked]"));
    let output = Command::cargo_bin("retold").expect("built").args(["align", "README.md", "README.md"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[E012]"));
}

/// Paragraphs made of a few sentences, so that articles share much and differ in places.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let paragraph =
        prop::collection::vec(0..12usize, 1..4).prop_map(|sentences| sentences.into_iter().map(own).collect::<Vec<_>>().join(" "));
    prop::collection::vec(prop::collection::vec(paragraph, 1..5).prop_map(|p| p.join("\n\n")), 2..7)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_threads_give_the_same_bytes_and_no_passage_crosses_a_paragraph(texts in texts()) {
        let names: Vec<String> = (0..texts.len()).map(|i| format!("o{}", i % 3)).collect();
        let ids: Vec<String> = (0..texts.len()).map(|i| format!("a{i}")).collect();
        let made = || (0..texts.len()).map(|i| article(&ids[i], &names[i], &texts[i])).collect::<Vec<_>>();
        // The line of a record in its file is told, so the order must not show anywhere else.
        let tables = |articles: &[Article<'_>], threads: &str| {
            let folder = tempfile::tempdir().expect("a folder");
            for a in articles {
                let head = format!("---\noutlet: {}\n---\n{}", a.outlet, a.text);
                fs::write(folder.path().join(format!("{}.txt", a.id)), head).expect("written");
            }
            let out = folder.path().join("out");
            let mut paths: Vec<PathBuf> = articles.iter().map(|a| folder.path().join(format!("{}.txt", a.id))).collect();
            paths.dedup();
            let mut command = Command::cargo_bin("retold").expect("built");
            command.arg("compare").args(&paths).arg("-o").arg(&out).args(["--only", "tables", "--pairs", "-q", "-j", threads]);
            let output = command.output().expect("it runs");
            let mut all: BTreeMap<String, String> = BTreeMap::new();
            if output.status.code() == Some(0) {
                for entry in fs::read_dir(out.join("tables")).expect("tables") {
                    let path = entry.expect("readable").path();
                    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                    all.insert(name, fs::read_to_string(&path).expect("readable"));
                }
            }
            all
        };
        let forth = tables(&made(), "1");
        let mut turned = made();
        turned.reverse();
        let back = tables(&turned, "2");
        prop_assert_eq!(&forth, &back);
        if let Some(members) = forth.get("passage_members.csv") {
            for row in csv::Reader::from_reader(members.as_bytes()).deserialize::<Row>() {
                let row = row.expect("a row");
                prop_assert!(!row["text"].contains('\n'), "{:?}", row);
            }
        }
    }
}
