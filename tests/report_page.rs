//! The page as a file: how large it gets, and what its links survive.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The report of a run over articles.
fn report(input: &Path, flags: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let mut command = Command::cargo_bin("retold").expect("built");
    let run = command.args(["compare", "--isolated", "--quiet", "--only", "report"]).arg(input).arg("-o").arg(&out).args(flags);
    let run = run.output().expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    fs::read_to_string(out.join("report.html")).expect("a report")
}

/// Words that no two sentences share by chance.
fn filler(seed: usize, words: usize) -> String {
    const SYLLABLES: [&str; 16] = ["ba", "ke", "lo", "mi", "nu", "pa", "re", "si", "to", "vu", "za", "che", "dro", "fli", "gre", "sta"];
    let mut state = (seed as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (0..3).map(|i| SYLLABLES[(state >> (40 + 4 * i)) as usize % 16]).collect::<String>()
    };
    (0..words).map(|_| word()).collect::<Vec<_>>().join(" ")
}

/// A set in which everything is much: stories of `outlets` outlets each, long sentences in common that differ in listed wording, a
/// quotation that drifts, and an article's own words.
fn made_up(stories: usize, outlets: usize) -> String {
    const LISTED: [&str; 5] = ["regime", "government", "so-called government", "terrorists", "brutal regime"];
    let mut lines = String::new();
    for story in 0..stories {
        let seed = |part: usize| story * 1000 + part;
        for outlet in 0..outlets {
            let shared: Vec<String> = (0..4)
                .map(|part| {
                    let listed = LISTED[(outlet + part) % LISTED.len()];
                    format!("The {listed} of {} said that {}.", filler(seed(part), 12), filler(seed(part + 10), 60))
                })
                .collect();
            let quoted = filler(seed(20), 14 + outlet % 5);
            let own = filler(seed(100 + outlet), 80);
            let text = format!(
                "{}\n\n“{quoted},” said John Calder of the brutal regime.\n\nIts own {} wrote that {own} was shameful.",
                shared.join("\n\n"),
                LISTED[outlet % 5]
            );
            let name = format!("The Daily Paper of the Town of {}", filler(outlet + 7, 3));
            let date = format!("2026-{:02}-{:02}", 1 + story % 12, 1 + outlet % 28);
            let record = serde_json::json!({"id": format!("{story}-{outlet}"), "outlet": name, "title": filler(seed(30 + outlet), 8), "date": date,
                "url": format!("https://example.org/{story}/{outlet}"), "text": text});
            lines += &format!("{record}\n");
        }
    }
    lines
}

#[test]
fn fifty_articles_make_a_page_of_a_megabyte_at_most() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("fifty.jsonl");
    let scanned = fs::read_to_string("tests/data/events1916.jsonl").expect("articles");
    let fifty = scanned.lines().take(50).collect::<Vec<_>>().join("\n");
    for (name, articles) in [("made up", made_up(5, 10)), ("many witnesses", made_up(1, 50)), ("scanned", fifty)] {
        fs::write(&path, articles).expect("written");
        for text in ["excerpt", "full"] {
            let page = report(&path, &["--text", text]);
            assert!(page.len() <= 1_000_000, "{name}, --text {text}: {} bytes", page.len());
        }
    }
}

#[test]
fn no_set_makes_a_page_of_more_than_five_megabytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("many.jsonl");
    for (stories, outlets) in [(40, 12), (2, 300)] {
        fs::write(&path, made_up(stories, outlets)).expect("written");
        let page = report(&path, &["--text", "full"]);
        assert!(page.len() <= 5_000_000, "{stories} stories of {outlets} outlets: {} bytes", page.len());
        // What is left out is said.
        assert!(page.contains("shown"), "{stories} stories of {outlets} outlets");
    }
}

/// Ids of articles, passages, hits and quotations. That of a story is its first article's, and may change with it. Those of stories (`s…`) hold while the first article of the story does, and the
/// article that is added here comes before it.
fn ids(page: &str) -> BTreeSet<String> {
    let values = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let is_key = |id: &&str| {
        let kind = id.chars().next().is_some_and(|c| "aphqg".contains(c));
        kind && id.len() == 11 && id.chars().skip(1).all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    values.filter(is_key).map(str::to_owned).collect()
}

#[test]
fn links_survive_added_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir("seeds").expect("seeds") {
        let path = entry.expect("readable").path();
        fs::copy(&path, folder.path().join(path.file_name().expect("a file"))).expect("copied");
    }
    let before = ids(&report(folder.path(), &["--text", "full"]));
    let kinds: BTreeSet<char> = before.iter().filter_map(|id| id.chars().next()).collect();
    assert!(['a', 'h', 'p'].iter().all(|kind| kinds.contains(kind)) && before.len() > 50, "{kinds:?} {}", before.len());
    // It shares sentences of its own with one of the five, and stands before them all in order of outlets.
    let borrowed = fs::read_to_string("seeds/003_0f3c713809c3be0a.txt").expect("a seed");
    let sentence = borrowed.split_inclusive(". ").find(|s| s.split_whitespace().count() > 25).expect("a long sentence");
    fs::write(
        folder.path().join("5.txt"),
        format!("---\noutlet: A New Outlet\ndate: 2021-01-02\n---\nThe regime fell silent. {sentence}\n"),
    )
    .expect("written");
    let after = ids(&report(folder.path(), &["--text", "full"]));
    let lost: Vec<_> = before.difference(&after).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(after.len() > before.len());
}
