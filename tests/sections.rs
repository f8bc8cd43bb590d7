//! The page beside the tables: what a section shows is what a table holds, and no more than may be shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// A run over one input: its page and its folder.
struct Run {
    folder: tempfile::TempDir,
    page: String,
}

impl Run {
    fn of(input: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::cargo_bin("retold").expect("built");
        command.args(["compare", input, "--isolated", "--quiet", "-o"]).arg(folder.path().join("out")).args(more);
        let run = command.output().expect("it runs");
        assert_eq!(run.status.code(), Some(0), "{input}: {}", String::from_utf8_lossy(&run.stderr));
        let page = fs::read_to_string(folder.path().join("out/report.html")).expect("a page");
        Self { folder, page }
    }

    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let path = self.folder.path().join(format!("out/tables/{name}.csv"));
        csv::Reader::from_path(path).expect("a table").deserialize().map(|row| row.expect("a row")).collect()
    }

    /// The inside of a section.
    fn section(&self, id: &str) -> &str {
        let start = self.page.find(&format!("<section id=\"{id}\" ")).unwrap_or_else(|| panic!("no section {id}"));
        let (_, rest) = self.page.split_at(start);
        let next = SECTIONS.iter().skip_while(|&&s| s != id).nth(1).and_then(|next| rest.find(&format!("<section id=\"{next}\" ")));
        rest.split_at(next.unwrap_or(rest.len())).0
    }

    /// The element with an id, from its start to the start of the next with an id.
    fn element(&self, id: &str) -> &str {
        let mut parts = self.page.split(" id=\"").filter_map(|part| part.split_once('"'));
        parts.find(|(found, _)| *found == id).unwrap_or_else(|| panic!("nothing has the id {id}")).1
    }
}

const SECTIONS: &[&str] =
    &["glance", "stories", "passages", "slots", "paraphrases", "words", "quotes", "origins", "articles", "lexicon", "method", "files"];

fn ids(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect()
}

fn column<'t>(table: &'t [BTreeMap<String, String>], name: &str) -> BTreeSet<&'t str> {
    table.iter().map(|row| row[name].as_str()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;").replace('\'', "&#39;")
}

#[test]
fn sections_show_the_rows_of_their_tables() {
    let run = Run::of("seeds", &[]);
    let [hits, rates, stories, groups, used, articles, credits] =
        ["hits", "rates", "stories", "quote_groups", "lexicon", "articles", "credits"].map(|name| run.table(name));
    let counted: Vec<_> = hits.iter().filter(|hit| hit["strength"].as_str() >= "2").cloned().collect();
    // Listed wording: an entry for each that counts, a line for each place, and the rates of the table.
    let words = run.section("words");
    let shown: BTreeSet<&str> = ids(words).into_iter().filter(|id| id.starts_with("L-")).collect();
    assert_eq!(shown, column(&counted, "lexicon_id"));
    let lines: BTreeSet<&str> = ids(words).into_iter().filter(|id| id.len() == 11 && id.starts_with('h')).collect();
    assert_eq!(lines, column(&counted, "hit_id"));
    for rate in rates.iter().filter(|rate| rate["level"] == "all") {
        let cell = format!("<td class=\"n\">{} / {}</td>", rate["n"], rate["words"]);
        assert!(words.contains(&cell), "{cell}");
    }
    for hit in &counted {
        let line = run.element(&hit["hit_id"]);
        assert!(line.contains(&format!(">{}</mark>", escaped(&hit["keyword"]))), "{}", hit["hit_id"]);
        assert!(line.contains(&format!("¶&nbsp;{}<", hit["paragraph"])), "{}", hit["hit_id"]);
        let own = line.contains("<mark class=\"own\">");
        assert_eq!(own, hit["voice"] == "narrator", "{}", hit["hit_id"]);
    }
    // Stories, quotations and articles.
    for story in &stories {
        let chapter = run.element(&story["story_id"]);
        assert!(
            chapter.contains(&format!("{} articles · ", story["articles"])) && chapter.contains(&escaped(&story["label"])),
            "{story:?}"
        );
        assert!(chapter.contains(&format!("{} shared passages", story["passages"])), "{story:?}");
    }
    let across: Vec<_> = groups.iter().filter(|group| group["outlets"] != "1").cloned().collect();
    assert!(!across.is_empty());
    for group in &across {
        let shown = run.element(&group["quote_group"]);
        assert!(shown.contains(&format!("{} printings", group["members"])), "{group:?}");
        run.element(&group["base_quote_id"]);
    }
    assert!(column(&articles, "article_id").into_iter().all(|id| ids(run.section("articles")).contains(&id)));
    // The list as it was used, and who is credited.
    let listed: BTreeSet<String> =
        ids(run.section("lexicon")).into_iter().filter_map(|id| Some(id.strip_prefix("used-")?.to_owned())).collect();
    assert_eq!(listed.iter().map(String::as_str).collect::<BTreeSet<_>>(), column(&used, "lexicon_id"));
    for credit in credits.iter().filter(|c| c["credit_kind"] == "agency" || c["credit_kind"] == "outlet") {
        assert!(run.section("origins").contains(&escaped(&credit["credited"])), "{credit:?}");
    }
    // Each id once.
    let all = ids(&run.page);
    assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len());
}

#[test]
fn speakers_and_changes_are_those_of_the_tables() {
    let run = Run::of("seeds", &[]);
    let quotes: Vec<_> = run.table("quotes").into_iter().filter(|quote| quote["form"] != "scare").collect();
    let named = quotes.iter().filter(|quote| !quote["speaker"].is_empty()).count();
    let section = run.section("quotes");
    assert!(section.contains(&format!("{named} name a speaker and {} name none", quotes.len() - named)));
    let khazali: Vec<_> = quotes.iter().filter(|quote| quote["speaker"] == "Qais Khazali").collect();
    let reported = khazali.iter().filter(|quote| quote["form"] == "indirect").count();
    let row = section.split("<tr").find(|row| row.contains(">Qais Khazali<")).expect("he speaks");
    assert!(
        row.contains(&format!("<td class=\"n\">{}</td>", khazali.len() - reported))
            && row.contains(&format!("<td class=\"n\">{reported}</td>"))
    );
    // What a printing leaves out is struck, in its place.
    let trimmed = quotes.iter().find(|quote| {
        quote["drift_words"].starts_with("[-You should implement what was agreed] ")
            || quote["drift_words"] == "[-You should implement what was agreed]"
    });
    let printed = run.element(&trimmed.expect("a cut quotation")["quote_id"]);
    assert!(printed.contains("left out: </span>You should implement what was agreed"), "{printed}");
}

#[test]
fn without_text_no_section_shows_any() {
    let [shown, none] = [&[][..], &["--text", "none"]].map(|more| Run::of("seeds", more));
    let long = |text: &str| text.split_whitespace().count() >= 3;
    let mut secrets: BTreeSet<String> = BTreeSet::new();
    for (table, columns) in [
        ("quotes", &["text", "speaker"][..]),
        ("hits", &["pre", "post"]),
        ("labels", &["label"]),
        ("stories", &["label"]),
        ("credits", &["text"]),
    ] {
        for row in shown.table(table) {
            secrets.extend(columns.iter().map(|column| row[*column].trim().to_owned()).filter(|text| long(text)));
        }
    }
    // Titles that were given beside the text stay, and so does what the list names.
    let given = [shown.table("articles"), shown.table("lexicon")].concat();
    let given: Vec<&str> = given.iter().flat_map(|row| [row.get("title"), row.get("term")]).flatten().map(String::as_str).collect();
    secrets.retain(|text| !given.iter().any(|given| given.contains(text.as_str())));
    assert!(secrets.len() > 100, "{}", secrets.len());
    let seen = |run: &Run, text: &String| run.page.contains(&escaped(text));
    // Most stand on the page that may show them; not one on the page that may not.
    assert!(secrets.iter().filter(|text| seen(&shown, text)).count() > secrets.len() / 2);
    let leaks: Vec<&String> = secrets.iter().filter(|text| seen(&none, text)).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
    assert!(!none.page.contains("class=\"kwic\"") && !none.page.contains("class=\"reading"));
    assert!(ids(none.section("articles")).len() > 5, "articles keep their anchors");
}

#[test]
fn whole_texts_are_shown_where_asked_and_sentences_otherwise() {
    let [full, excerpt] = [&["--text", "full"][..], &[]].map(|more| Run::of("seeds", more));
    let gaps = |run: &Run| run.section("articles").matches("[…]").count();
    assert_eq!(gaps(&full), 0);
    assert!(gaps(&excerpt) > 0);
    for article in full.table("articles") {
        let paragraphs = ids(full.section("articles")).iter().filter(|id| id.starts_with(&format!("{}-", article["article_id"]))).count();
        assert_eq!(paragraphs.to_string(), article["paragraphs"]);
    }
}

fn lines(articles: &[(&str, &str, &str)]) -> String {
    let line = |(at, (outlet, url, text)): (usize, &(&str, &str, &str))| {
        serde_json::json!({"id": at.to_string(), "outlet": outlet, "url": url, "text": text, "language": "en"}).to_string() + "\n"
    };
    articles.iter().enumerate().map(line).collect()
}

fn given(folder: &Path, articles: &[(&str, &str, &str)]) -> String {
    let path = folder.join("given.jsonl");
    fs::write(&path, lines(articles)).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn words_lead_to_their_source_and_to_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "The town was quiet.\n\nA cowardly attack followed on Monday & nobody said why it was called a cowardly attack at all.";
    let input = given(
        folder.path(),
        &[
            ("One", "https://one.example/a?b=1&c=2", text),
            ("Two", "javascript:alert(1)", text),
            ("Three", "https://three.example/\"onclick=\"x", text),
        ],
    );
    let run = Run::of(&input, &[]);
    let hits = run.table("hits");
    let links: BTreeSet<&str> = column(&hits, "source_link").into_iter().filter(|link| !link.is_empty()).collect();
    assert!(links.contains("https://one.example/a?b=1&c=2#:~:text=A-,cowardly,-attack%20followed%20on"), "{links:?}");
    assert!(links.iter().all(|link| link.starts_with("https://one.example/")), "{links:?}");
    for link in links {
        let href = format!("href=\"{}\" rel=\"noreferrer noopener\"", link.replace('&', "&#38;"));
        assert!(run.section("words").contains(&href), "{href}");
    }
    assert!(!run.page.contains("href=\"javascript") && !run.page.contains("\"onclick"));
    let none = Run::of(&input, &["--text", "none"]);
    assert!(column(&none.table("hits"), "source_link").into_iter().eq([""]), "a fragment quotes the article");
    assert!(!none.page.contains(":~:text="));
}

#[test]
fn one_endless_article_does_not_make_an_endless_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let endless = "The cowardly regime said nothing new about the weather today. ".repeat(8_000);
    let paragraphs = "The regime said nothing.\n\n".repeat(4_000);
    let input = given(folder.path(), &[("One", "", &endless), ("Two", "", &paragraphs), ("Three", "", "Nothing."), ("Four", "", "x")]);
    let run = Run::of(&input, &["--text", "full", "--paraphrase", "off"]);
    assert!(endless.len() + paragraphs.len() > 550_000);
    let size = run.section("articles").len();
    assert!(size < 400_000, "{size}");
    assert!(run.section("articles").contains("too long for this page"));
}
