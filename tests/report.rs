//! The page as readers get it: what stands side by side, what is one text, and that its parts fit together.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const HEAD: &str = "The ministry said on Monday that twelve rockets had been fired across the northern border during the night";

/// The page of articles given as outlet and text.
fn page(articles: &[(&str, String)], more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (outlet, text) in articles {
        let path = folder.path().join("in").join(outlet);
        fs::create_dir_all(&path).expect("a folder");
        fs::write(path.join("a.txt"), text).expect("a file");
    }
    made(&folder.path().join("in"), &folder.path().join("out"), more)
}

fn made(input: &Path, out: &Path, more: &[&str]) -> String {
    let mut command = Command::cargo_bin("retold").expect("built");
    let run = command.arg("compare").arg(input).arg("-o").arg(out).args(more).args(["--isolated", "--quiet"]).output().expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    fs::read_to_string(out.join("report.html")).expect("a page")
}

fn seeds() -> String {
    let folder = tempfile::tempdir().expect("a folder");
    made(Path::new("seeds"), &folder.path().join("out"), &[])
}

fn told(word: &str) -> String {
    format!("{HEAD}, and the {word} group then fled into the northern hills with two hostages.\n")
}

/// What stands between two strings, each time.
fn between<'h>(html: &'h str, start: &str, end: &str) -> Vec<&'h str> {
    html.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// Words of a piece of the page as they are seen.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut hidden = false;
    for part in html.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        hidden = tag.contains("class=\"sr") || (hidden && tag != "/span");
        if !hidden && !tag.starts_with("button") {
            out.push_str(text);
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn of_many_texts_one_is_shown_and_all_can_be_read() {
    let articles = [("D", "militia"), ("A", "terrorist"), ("C", "terrorist"), ("B", "resistance")];
    let html = page(&articles.map(|(outlet, word)| (outlet, told(word))), &[]);
    // Three texts: A and C print the same.
    assert_eq!(html.matches("<input type=\"radio\"").count(), 3);
    assert_eq!(between(&html, "<input type=\"radio\"", ">").iter().filter(|input| input.ends_with(" checked")).count(), 1);
    let labels: Vec<String> =
        between(&html, "<label><input type=\"radio\"", "</label>").into_iter().map(|l| words(&format!("<{l}"))).collect();
    assert_eq!(labels, ["A, C", "B", "D"]);
    let texts: Vec<String> = between(&html, "<p class=\"text\"", "</p>").into_iter().map(|t| words(&format!("<{t}"))).collect();
    assert_eq!(texts.len(), 3);
    assert!(["terrorist", "resistance", "militia"].iter().zip(&texts).all(|(word, text)| text.contains(word)), "{texts:?}");
    let readings = between(&html, "<table class=\"readings\">", "</table>");
    let cells: Vec<String> = between(readings[0], "<td", "</td>").into_iter().map(|cell| words(&format!("<{cell}"))).collect();
    let grouped: Vec<&str> = cells.iter().map(String::as_str).collect();
    assert_eq!(grouped, ["terrorist", "A, C", "resistance", "B", "militia", "D"]);
}

#[test]
fn two_texts_stand_in_two_columns_and_what_is_the_same_stands_once() {
    let html = page(&[("A", told("terrorist")), ("B", told("resistance"))], &[]);
    assert_eq!((html.matches("<input type=\"radio\"").count(), html.matches("<p class=\"text\"").count()), (0, 2));
    let html = page(&[("A", told("armed")), ("B", told("armed"))], &[]);
    assert_eq!(html.matches("<p class=\"text\"").count(), 1, "one text, two outlets");
    assert_eq!(between(&html, "<p class=\"who\"><b>", "</b>"), ["A", "B"]);
}

#[test]
fn without_text_there_is_no_text() {
    let html = page(&[("A", told("terrorist")), ("B", told("resistance"))], &["--text", "none"]);
    assert!(!html.contains("northern hills") && !html.contains("twelve rockets"));
    assert_eq!(html.matches("<p class=\"text\"").count(), 0);
    assert_eq!(between(&html, "<p class=\"who\"><b>", "</b>"), ["A", "B"], "who has it is told");
}

#[test]
fn only_the_style_and_the_script_of_the_page_may_run() {
    let html = seeds();
    for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
        let inside = between(&html, &format!("<{element}>"), &format!("</{element}>"));
        assert_eq!((inside.len(), html.matches(&format!("<{element}")).count()), (1, 1), "{element}");
        let hash = STANDARD.encode(Sha256::digest(inside[0]));
        assert!(html.contains(&format!("{directive} 'sha256-{hash}'")), "{element} is not the one that the policy names");
    }
    assert!(!html.contains("unsafe-inline") && !html.contains(" style=\""));
}

#[test]
fn buttons_and_links_have_what_they_point_at() {
    let html = seeds();
    let ids = between(&html, " id=\"", "\"");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    for pointer in [" href=\"#", " popovertarget=\"", " aria-labelledby=\""] {
        let targets = between(&html, pointer, "\"");
        for target in targets.iter().flat_map(|t| t.split(' ')) {
            assert!(known.contains(target), "{pointer}{target}");
        }
    }
    assert!(html.matches("class=\"note\"").count() > 10);
}

#[test]
fn stories_are_chapters_where_there_are_several() {
    let other = |word: &str| {
        format!(
            "Three {word} fishermen were rescued from the harbour of Valparaiso on Tuesday after their wooden boat had capsized in heavy seas near the lighthouse.\n"
        )
    };
    let one = page(&[("A", told("terrorist")), ("B", told("resistance"))], &[]);
    assert_eq!(one.matches("<div class=\"chapter\">\n").count(), 0);
    let html = page(&[("A", told("terrorist")), ("B", told("resistance")), ("C", other("elderly")), ("D", other("young"))], &[]);
    let chapters = between(&html, "<div class=\"chapter\">\n", "</h3>");
    assert_eq!(chapters.len(), 2, "{chapters:?}");
    assert!(html.contains("<h4>A ↔ B</h4>") && html.contains("<h4>C ↔ D</h4>"));
}

/// One outlet with two articles that read otherwise: a reader must see which article has which reading.
#[test]
fn two_articles_of_one_outlet_are_told_apart_by_their_dates() {
    let folder = tempfile::tempdir().expect("a folder");
    for (outlet, name, date, word) in
        [("A", "a", "2020-03-01", "militia"), ("A", "b", "2020-03-02", "terrorist"), ("B", "a", "2020-03-01", "resistance")]
    {
        let path = folder.path().join("in").join(outlet);
        fs::create_dir_all(&path).expect("a folder");
        fs::write(path.join(format!("{name}.txt")), format!("---\ndate: {date}\n---\n\n{}", told(word))).expect("a file");
    }
    let html = made(&folder.path().join("in"), &folder.path().join("out"), &[]);
    let labels: Vec<String> =
        between(&html, "<label><input type=\"radio\"", "</label>").into_iter().map(|l| words(&format!("<{l}"))).collect();
    assert_eq!(labels, ["A (2020-03-01)", "A (2020-03-02)", "B"]);
    let readings = between(&html, "<table class=\"readings\">", "</table>").concat();
    for name in ["A (2020-03-01)", "A (2020-03-02)", "<td>B</td>"] {
        assert_eq!(readings.matches(name).count(), 1, "{name}");
    }
}

#[test]
fn the_end_of_a_very_long_passage_is_left_out_and_said() {
    let words: Vec<String> = (0..430).map(|n| format!("harbour{n} gate")).collect();
    let html = page(&[("A", format!("{HEAD} {}.\n", words.join(" "))), ("B", format!("{HEAD} {}.\n", words.join(" ")))], &[]);
    let text = between(&html, "<p class=\"text\"", "</p>").concat();
    assert!(text.contains("harbour100") && !text.contains("harbour429"), "{text}");
    // The sentence has 18 + 860 words, of which 400 are shown.
    assert!(text.contains("… 478 words more"), "{}", text.split("facts").last().unwrap_or_default());
}
