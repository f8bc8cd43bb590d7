//! What exports do that are JSON, and what is done with it.

use crate::corpus::record::{Extent, OutletBasis};
use crate::read::columns::Columns;
use crate::read::draft::{Collected, Draft};
use crate::read::encoding::Encoding;
use crate::read::format::Source;
use crate::read::json::document::read;
use crate::read::limits::Limits;

fn with(content: &[u8], limits: &Limits, columns: &str) -> Collected {
    let columns = Columns::parse(columns).unwrap();
    let mut found = Collected::default();
    let source = Source { name: "t.json", limits, columns: &columns, encoding: Encoding::default(), charset: "" };
    read(&mut &*content, &source, &mut found).unwrap();
    found
}

fn file(content: impl AsRef<[u8]>) -> Collected {
    with(content.as_ref(), &Limits::default(), "")
}

fn one(content: &str) -> Draft {
    let mut found = file(content);
    assert_eq!((found.articles.len(), &found.refused), (1, &Vec::new()), "{content}");
    found.articles.remove(0)
}

fn texts(found: &Collected) -> Vec<(usize, &str)> {
    found.articles.iter().map(|d| (d.line, &*d.text)).collect()
}

fn reasons(found: &Collected) -> Vec<(usize, usize, &str)> {
    found.refused.iter().map(|r| (r.line, r.column, &*r.reason)).collect()
}

#[test]
fn where_records_stand() {
    for content in [
        r#"[{"text":"One"},{"text":"Two"}]"#,
        r#"{"status":"ok","articles":[{"text":"One"},{"text":"Two"}],"more":[1,2]}"#,
        r#"{"articles":{"page":1,"results":[{"text":"One"},{"text":"Two"}],"count":2}}"#,
        r#"{"took":3,"hits":{"total":{"value":2},"hits":[{"_id":"1","_source":{"text":"One"}},{"_id":"2","_source":{"text":"Two"}}]}}"#,
        r#"{"response":{"meta":{},"docs":[{"text":"One"},{"text":"Two"}]}}"#,
        r#"{"noticias":[{"title":"a","text":"One"},{"title":"b","text":"Two"}]}"#,
        r#"[{"articles":[{"text":"One"}]},{"articles":[{"text":"Two"}]}]"#,
        r#"[[{"text":"One"}],[{"text":"Two"}]]"#,
        r#"{"a1":{"text":"One"},"a2":{"text":"Two"}}"#,
        r#"{"u1":{"info":{"title":"T","body":"One"}},"u2":{"info":{"title":"T","body":"Two"}}}"#,
        r#"{"text":{"0":"One","1":"Two"},"title":{"0":"a","1":"b"}}"#,
        "{\"text\":\"One\"}\n{\"text\":\"Two\"}\n",
        "\u{FEFF}{\"text\":\"One\"}{\"text\":\"Two\"}",
        "\u{1E}{\"text\":\"One\"}\n\u{1E}{\"text\":\"Two\"}\n",
        r#"[{"text":"One","author":NaN}, {"text":"Two"},]"#,
    ] {
        let found = file(content);
        assert_eq!(found.articles.iter().map(|d| &*d.text).collect::<Vec<_>>(), ["One", "Two"], "{content} {:?}", found.refused);
        assert_eq!(found.refused, [], "{content}");
    }
    assert_eq!(texts(&file("[\n {\n  \"text\": \"One\"\n },\n {\"text\": \"Two\"}\n]\n")), [(2, "One"), (5, "Two")]);
    let found = file(r#"{"status":"ok","articles":[]}"#);
    assert_eq!((found.articles.len(), found.refused.len()), (0, 0));
}

#[test]
fn lists_that_are_part_of_an_article() {
    let draft = one(
        r#"{"title":"T","text":"X","items":[{"title":"other"}],"comments":[{"text":"c","date":"d"}],"authors":[{"name":"P"},{"name":"Q"}]}"#,
    );
    assert_eq!((&*draft.text, &*draft.byline), ("X", "P, Q"));
    let draft = one(r#"{"comments":[{"text":"c","date":"d"}],"images":[{"title":"i","url":"u","content":"c"}],"title":"T","text":"X"}"#);
    assert_eq!(draft.text, "X");
}

#[test]
fn news_services() {
    let draft = one(
        r#"{"status":"ok","totalResults":1,"articles":[{"source":{"id":null,"name":"Some Paper"},"author":"P","title":"A - b - Some Paper",
        "description":"D","url":"https://x.y/1","publishedAt":"2021-12-28T10:00:00Z","content":"Start … [+695 chars]"}]}"#,
    );
    assert_eq!(
        (&*draft.outlet, &*draft.title, &*draft.text, draft.extent),
        ("Some Paper", "A - b", "Start … [+695 chars]", Extent::Excerpt)
    );
    assert_eq!((&*draft.published_at, &*draft.byline, &*draft.url), ("2021-12-28T10:00:00Z", "P", "https://x.y/1"));
    let draft = one(r#"{"articles":[{"source":{"name":"S"},"title":"T","description":"D","content":null}]}"#);
    assert_eq!((&*draft.text, draft.extent), ("D", Extent::Excerpt));
    let found =
        file(r#"{"articles":[{"source":{"name":"[Removed]"},"title":"[Removed]","description":"[Removed]","content":"[Removed]"}]}"#);
    assert!(found.articles.is_empty() && found.refused[0].reason.starts_with("was removed"));
    let draft = one(
        r#"{"articles":{"results":[{"uri":"7","lang":"eng","isDuplicate":true,"date":"2021-12-28","time":"10:00:00","dateTime":"2021-12-28T11:00:00Z",
        "dateTimePub":"2021-12-28T10:00:00Z","url":"u","title":"T","body":"One\n\nTwo","source":{"uri":"x.com","title":"X"},"authors":[{"uri":"p@x","name":"P"}]}]}}"#,
    );
    assert_eq!(
        (&*draft.outlet, &*draft.language, &*draft.published_at, &*draft.duplicate_mark),
        ("X", "eng", "2021-12-28T10:00:00Z", "isDuplicate=true")
    );
    assert_eq!((&*draft.source_id, &*draft.byline, &*draft.text), ("7", "P", "One\n\nTwo"));
    let draft = one(
        r#"{"posts":[{"uuid":"u1","url":"u","thread":{"site_full":"www.x.com","site":"x.com","title":"TT","section_title":"S"},"author":"P",
        "published":"2021-12-28T10:00:00.000+02:00","title":"","text":"X","language":"english","crawled":"2021-12-29","syndication":{"syndicated":true,"syndicate_id":"s1"}}]}"#,
    );
    assert_eq!(
        (&*draft.outlet, &*draft.title, &*draft.retrieved_at, &*draft.duplicate_mark),
        ("x.com", "TT", "2021-12-29", "syndicate_id=s1")
    );
    let draft = one(
        r#"{"articles":[{"url":"u","url_mobile":"","title":"T","seendate":"20211228T101500Z","domain":"x.com","language":"English","sourcecountry":"US"}]}"#,
    );
    assert_eq!((draft.extent, &*draft.outlet, &*draft.published_at, &*draft.text), (Extent::Title, "x.com", "20211228T101500Z", ""));
    let draft = one(
        r#"{"date_download":"D","date_publish":"2020-01-01 00:00:00","authors":["P","Q"],"maintext":"X","title":"T","source_domain":"x.com",
        "language":"en","url":"u","description":"d","filename":"f.json"}"#,
    );
    assert_eq!((&*draft.retrieved_at, &*draft.published_at, &*draft.byline, &*draft.outlet), ("D", "2020-01-01 00:00:00", "P, Q", "x.com"));
}

#[test]
fn papers_and_agencies() {
    let draft = one(
        r#"{"response":{"status":"ok","results":[{"id":"world/x","webPublicationDate":"2021-12-28T10:00:00Z","webTitle":"T","webUrl":"u",
        "fields":{"headline":"T","byline":"P","body":"<p>One</p><p>Two</p>","bodyText":"One Two","trailText":"S","publication":"The Guardian"}}]}}"#,
    );
    assert_eq!((&*draft.title, &*draft.text, &*draft.outlet, &*draft.byline, &*draft.url), ("T", "One\n\nTwo", "The Guardian", "P", "u"));
    let draft = one(
        r#"{"response":{"docs":[{"_id":"nyt://1","web_url":"u","abstract":"A","snippet":"S","lead_paragraph":"L","source":"The New York Times",
        "headline":{"main":"T","kicker":null,"name":""},"byline":{"original":"By P","person":[]},"pub_date":"2021-12-28T10:00:00+0000","multimedia":[]}]}}"#,
    );
    assert_eq!((&*draft.title, &*draft.byline, &*draft.text, draft.extent), ("T", "By P", "A", Extent::Excerpt));
    assert_eq!((&*draft.published_at, &*draft.url), ("2021-12-28T10:00:00+0000", "u"));
    let draft =
        one(r#"{"uri":"http://x.y/1","type":"text","versioncreated":"V","headline":"T","byline":"P","infosource":[{"name":"Agency"}],
        "body_text":"One Two","body_xhtml":"<p>One</p><p>Two</p>","ednote":"N","language":"en"}"#);
    assert_eq!((&*draft.outlet, &*draft.text, &*draft.published_at, &*draft.url), ("Agency", "One\n\nTwo", "V", "http://x.y/1"));
    let draft = one(
        r#"{"uri":"urn:1","type":"text","versionCreated":"V","contentCreated":"C","headlines":[{"role":"short","value":"S"},{"role":"main","value":"T"}],
        "infoSources":[{"name":"Agency"}],"bodies":[{"role":"caption","value":"c"},{"role":"main","contentType":"text/html","value":"<p>One</p><p>Two</p>"}],
        "by":"P","usageStatus":"canceled"}"#,
    );
    assert_eq!((&*draft.title, &*draft.text, &*draft.outlet, &*draft.byline), ("T", "One\n\nTwo", "Agency", "P"));
    assert_eq!((&*draft.note, &*draft.published_at), ("usageStatus: canceled", "V"));
    let draft = one(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"My Feed","home_page_url":"h","items":[{"id":"1","url":"u","title":"T",
        "content_html":"<p>One</p><p>Two</p>","date_published":"2021","authors":[{"name":"P"}]}]}"#,
    );
    assert_eq!((&*draft.outlet, draft.outlet_basis, &*draft.text, &*draft.byline), ("My Feed", OutletBasis::Feed, "One\n\nTwo", "P"));
    let draft =
        one(r#"{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"T","articleBody":"X","datePublished":"2021",
        "publisher":{"@type":"Organization","name":"Z"},"author":[{"@type":"Person","name":"P"}]}]}"#);
    assert_eq!((&*draft.outlet, &*draft.title, &*draft.text, &*draft.byline, &*draft.published_at), ("Z", "T", "X", "P", "2021"));
    let draft =
        one(r#"[{"id":5,"date_gmt":"2021","link":"u","title":{"rendered":"A &#8211; B"},"content":{"rendered":"<p>One</p><p>Two</p>"}}]"#);
    assert_eq!((&*draft.source_id, &*draft.url, &*draft.text), ("5", "u", "One\n\nTwo"));
}

#[test]
fn declared_fields() {
    let content = br#"[{"meta":{"paper":{"name":"Z"}},"parts":["One","Two"],"text":"no"},{"text":"x"}]"#;
    let found = with(content, &Limits::default(), "text=parts,outlet=meta.paper.name");
    assert_eq!((&*found.articles[0].text, &*found.articles[0].outlet), ("One\n\nTwo", "Z"));
    assert_eq!(found.refused[0].reason, "has no field \"parts\" (it has text)");
}

#[test]
fn a_broken_record_costs_no_other() {
    let found = file("[\n{\"text\":\"One\"},\n{\"text\":\"Two\" \"x\":1},\n{\"text\":\"Three\"}\n]");
    assert_eq!((texts(&found), found.refused.len(), found.refused[0].line), (vec![(2, "One"), (4, "Three")], 1, 3));
    assert!(found.refused[0].column > 10, "{:?}", found.refused);
    // A string that is not closed, in lists of both layouts.
    let found = file(
        "[\n {\n  \"text\": \"One\"\n },\n {\n  \"text\": \"Two\n },\n {\n  \"text\": \"Three\",\n  \"source\": {\"title\": \"x\"}\n }\n]",
    );
    assert_eq!(
        (texts(&found), reasons(&found)),
        (vec![(2, "One"), (8, "Three")], vec![(6, 15, "is no JSON (a string is not closed on its line)")])
    );
    let found = file(r#"{"articles":[{"text":"One"},{"text":"Two},{"text":"Three"},{"text":"Four"}]}"#);
    assert_eq!(found.articles.iter().map(|d| &*d.text).collect::<Vec<_>>(), ["One", "Three", "Four"], "{:?}", found.refused);
    // A bracket that is not closed.
    let found = file("[\n{\"text\":\"One\",\"a\":{\"b\":1},\n{\"text\":\"Two\"},\n{\"text\":\"Three\"}\n]");
    assert_eq!(texts(&found).last(), Some(&(4, "Three")), "{:?}", found.refused);
    assert_eq!(texts(&found).first(), Some(&(3, "Two")), "{:?}", found.refused);
    // One after another.
    let found = file("{\"text\":\"One\"}\n{\"text\":\"Two\n{\"text\":\"Three\"}\n");
    assert_eq!((texts(&found), found.refused.len(), found.refused[0].line), (vec![(1, "One"), (3, "Three")], 1, 2));
    // Members of a list that are no articles.
    let found = file("[{\"text\":\"One\"}, 5, \"x\", {\"n\":1}]");
    assert_eq!(
        (found.articles.len(), reasons(&found)),
        (1, vec![(1, 0, "is no JSON object"), (1, 0, "is no JSON object"), (1, 0, "has no field \"text\" (it has n)")])
    );
}

#[test]
fn files_that_are_cut_or_something_else() {
    let found = file("[{\"text\":\"One\"},{\"text\":\"Tw");
    assert_eq!((texts(&found), reasons(&found)[0].2), (vec![(1, "One")], "is no JSON (the file ends inside the record)"));
    let found = file("[{\"text\":\"One\"},");
    assert_eq!((texts(&found), reasons(&found)[0].2), (vec![(1, "One")], "is cut: it ends inside a list"));
    assert_eq!(reasons(&file("{\"text\":\"One\"")), [(1, 1, "is no JSON (the file ends inside the record)")]);
    assert_eq!(reasons(&file("<html>"))[0].2, "is no JSON: it starts with neither { nor [");
    assert_eq!((reasons(&file(""))[0].2, reasons(&file(" \n"))[0].2), ("is empty", "is empty"));
    let found = file(r#"{"status":"error","code":"apiKeyInvalid","message":"Your key is invalid"}"#);
    assert_eq!(reasons(&found)[0].2, "has no field \"text\" (it has code, message, status)");
}

#[test]
fn bounds_are_named() {
    let deep = format!("[{{\"text\":\"One\",\"x\":{}1{}}},{{\"text\":\"Two\"}}]", "[".repeat(200), "]".repeat(200));
    let found = file(&deep);
    assert_eq!((texts(&found), reasons(&found)[0].2), (vec![(1, "Two")], "has brackets inside one another deeper than 128"));
    let found = file("[".repeat(100_000));
    assert_eq!((found.articles.len(), found.refused.len()), (0, 1));
    let limits = Limits { record: 5000, field: 2000, ..Limits::default() };
    let content =
        format!("[{{\"text\":\"{0}\"}},\n{{\"text\":\"Two\"}},\n{{\"text\":\"{0}{0}\"}},\n{{\"text\":\"Four\"}}]", "x".repeat(3000));
    let found = with(content.as_bytes(), &limits, "");
    assert_eq!(texts(&found), [(2, "Two"), (4, "Four")]);
    assert_eq!(
        found.refused.iter().map(|r| r.mend.rsplit("--").next().unwrap()).collect::<Vec<_>>(),
        ["limit field=SIZE", "limit record=SIZE"]
    );
}

#[test]
fn broken_brackets_end() {
    for part in ["{", ",{", ",{\"a\":", "{\"a\":[", ",{},", ",{\"", "[{", "\"", "{\"title\":1,"] {
        let content = format!("[{}", part.repeat(30_000));
        // Quadratic work would show as minutes.
        assert_eq!(file(&content).articles.iter().filter(|article| !article.text.is_empty()).count(), 0, "{part:?}");
    }
}

#[test]
fn bytes_that_are_no_characters() {
    let found = file(b"[{\"text\":\"One\"},\n{\"text\":\"T\xFFwo\\u0000\"}]");
    assert_eq!(found.articles[1].text, "T\u{FFFD}wo\u{FFFD}");
    assert!(found.notices[0].message.starts_with("t.json:2: 1 place is"), "{:?}", found.notices);
}

proptest::proptest! {
    /// What a writer of JSON wrote is what is read, on one line or on many, in a list or one after another.
    #[test]
    fn what_was_written_is_read(texts in proptest::collection::vec("x[a-c\"\\\\{}\\[\\],:\n\u{0}-\u{2} é😀]{0,12}", 1..8), layout in 0_usize..4) {
        let records: Vec<_> = texts.iter().map(|text| serde_json::json!({"text": text, "n": [1, {"x": -2.5e3}]})).collect();
        let content = match layout {
            0 => serde_json::to_string(&records).unwrap(),
            1 => serde_json::to_string_pretty(&records).unwrap(),
            2 => serde_json::json!({"status": "ok", "articles": records}).to_string(),
            _ => records.iter().map(|record| format!("{record}\n")).collect(),
        };
        let found = file(content);
        let read: Vec<_> = found.articles.iter().map(|d| d.text.clone()).collect();
        let written: Vec<_> = texts.iter().map(|text| text.replace('\0', "\u{FFFD}")).collect();
        proptest::prop_assert_eq!(read, written);
    }

    /// A record that is cut out of the middle costs its neighbours nothing.
    #[test]
    fn one_broken_line(at in 0_usize..6, cut in 1_usize..40) {
        let mut lines: Vec<String> = (0..6).map(|i| format!("{{\"text\": \"Text {i}, it is\", \"source\": {{\"name\": \"Paper {i}\"}}}}")).collect();
        lines[at].truncate(cut);
        for content in [lines.join("\n"), format!("[\n{}\n]", lines.join(",\n"))] {
            let found = file(content);
            let read: Vec<_> = found.articles.iter().map(|d| d.text.as_str()).collect();
            let written: Vec<String> = (0..6).filter(|i| *i != at).map(|i| format!("Text {i}, it is")).collect();
            proptest::prop_assert_eq!(read, written, "{:?}", found.refused);
        }
    }

    /// Nothing panics or runs on.
    #[test]
    fn any_bytes(content in "[\\[{]{0,2}[\"{}\\[\\],:a1\\\\u \n]{0,60}", record in 4_usize..60) {
        let limits = Limits { record, field: record / 2, ..Limits::default() };
        with(content.as_bytes(), &limits, "");
    }
}

#[test]
fn data_frames_with_their_columns_first() {
    let found = file(r#"{"columns":["outlet","title","text"],"index":[0,1],"data":[["A","T","One"],["B","U","Two"]]}"#);
    let read: Vec<_> = found.articles.iter().map(|d| (d.outlet.as_str(), d.title.as_str(), d.text.as_str())).collect();
    assert_eq!((read, found.refused.len()), (vec![("A", "T", "One"), ("B", "U", "Two")], 0));
}

#[test]
fn a_source_that_is_the_address() {
    let draft = one(r#"{"title": "T", "hostname": "paper.example", "source": "https://paper.example/a", "text": "Words."}"#);
    assert_eq!(draft.url, "https://paper.example/a");
}

#[test]
fn lists_of_one_and_numbers_of_authors() {
    let draft = one(r#"{"title": ["T"], "date": ["2021-12-28"], "author": 3, "text": ["Words."]}"#);
    assert_eq!([&*draft.title, &draft.published_at, &draft.byline, &draft.text], ["T", "2021-12-28", "", "Words."]);
}
