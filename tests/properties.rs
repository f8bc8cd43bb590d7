//! What holds for any input: places fit their texts, tables read back as written, and neither order, files, threads nor the edges of
//! buffers show in a result. `PROPTEST_CASES=1000000 cargo test --release --test properties` tries longer.

mod fuzz_targets;

use std::fmt::Write as _;
use std::io::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use retold::analysis::analyze;
use retold::analysis::settings::Settings;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::document::Document;
use retold::corpus::vocabulary::Vocabulary;
use retold::lexicon::load::Lexicon;
use retold::lexicon::scan::Scanner;
use retold::read::admission::{Admission, Given};
use retold::read::draft::Collected;
use retold::read::files::{ReadOptions, ReadReport};
use retold::read::format::{Source, by_name};
use retold::read::packing::packed::GZIP;
use retold::read::packing::stream::{read_gzip, read_stream};
use retold::tables::TABLES;
use retold::tables::row::{TableOptions, guarded_cell};
use retold::text::formula::{guarded, is_formula, unguarded};
use retold::text::language::Language;
use retold::text::span::Span;

/// As many cases as take seconds, unless PROPTEST_CASES asks for more.
fn cases(few: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig { cases: std::env::var_os("PROPTEST_CASES").map_or(few, |_| asked.cases), ..asked }
}

/// What goes wrong where bytes, characters and letters are taken for one another: folding that changes lengths, marks that combine,
/// characters that do not show, other scripts, marks of quotation, line ends, signs of formulas and of markup.
const ODD: &[&str] = &[
    "İ",
    "ﬀ",
    "ß",
    "ẞ",
    "Σς",
    "ŉ",
    "e\u{301}",
    "\u{301}",
    "ä\u{323}",
    "👩\u{200d}👩\u{200d}👧",
    "🏴\u{e0067}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{202e}",
    "а",
    "港口",
    "قال",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "\"",
    "«",
    "»",
    "„",
    "``",
    "''",
    "[",
    "]",
    "(",
    ")",
    "…",
    ".",
    "!",
    "?",
    ",",
    ":",
    "—",
    "-",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{2028}",
    "=",
    "+",
    "-",
    "@",
    "\u{FF1D}",
    "<b>",
    "&amp;",
    "\u{0}",
    "\u{1b}[31m",
    "U.S.",
    "Mr.",
    "No.",
    "3.5",
    "http://x.y/z?q",
    "|",
    ";",
    "\\",
];

const WORDS: &[&str] = &[
    "the",
    "regime",
    "said",
    "that",
    "Roe",
    "he",
    "according",
    "to",
    "claimed",
    "thuggish",
    "so-called",
    "terror",
    "troops",
    "harbour",
    "council",
    "northern",
    "gate",
    "shut",
    "wages",
    "winter",
    "on",
    "Monday",
    "of",
    "and",
    "in",
    "a",
    "GENEVA",
    "–",
];

/// Words with something odd between, in or beside them.
fn odd_text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(WORDS).prop_map(|word| format!("{word} ")),
        1 => select(WORDS).prop_map(str::to_owned),
        2 => select(ODD).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// The same sentences in many orders, so that texts share some.
fn news() -> impl Strategy<Value = String> {
    let sentence = (0_usize..6, select(WORDS), select(ODD)).prop_map(|(which, word, odd)| {
        let rest = [
            "the dockers of Port Amber walked out over the unpaid wages of the winter",
            "nobody had seen the mayor since the great storm of the spring",
            "“we will never leave the quay before every wage is paid”, said Maria Costa",
            "a ferry with forty lorries was turned away in the evening",
            "the ministry said on Monday that twelve rockets were fired across the border",
            "according to the union the northern gate will stay shut",
        ][which];
        format!("{rest} {word}{odd}. ")
    });
    vec(sentence, 1..6).prop_map(|sentences| sentences.concat())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn places_fit_their_text(text in odd_text(60)) {
        fuzz_targets::run("words", text.as_bytes());
        fuzz_targets::run("voice", text.as_bytes());
    }

    /// Every place of a listed word is found where it stands in the text as it was read, whatever folding does around it.
    #[test]
    fn what_is_listed_is_found_at_its_place(around in vec(odd_text(6), 2..6)) {
        const LISTED: &str = "Quisling";
        let text = around.iter().map(|part| part.replace(['\\', '/', '.'], "")).collect::<Vec<_>>().join(&format!(" {LISTED} "));
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(&text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let list = "category = \"x\"\ntitle = \"T\"\nabout = \"A\"\n[[entry]]\nid = \"L-q\"\nterm = \"quisling\"\nkind = \"word\"\nstrength = 3\nwhy = \"w\"\n";
        let lexicon = Lexicon::from_toml("t", [("t.toml", list)]).expect("a list");
        let hits = Scanner::new(&lexicon, &vocabulary).scan(&document, &text);
        let found: Vec<&str> = hits.iter().filter_map(|hit| Some(document.bytes(hit.tokens)?.of(&text))).collect();
        // A dateline is no text.
        let lost = document.dateline().map_or(0, |dateline| dateline.span.of(&text).matches(LISTED).count());
        prop_assert_eq!(found, vec![LISTED; around.len() - 1 - lost], "{:?}", text);
    }

    #[test]
    fn a_guarded_cell_is_no_formula_and_nothing_is_lost(text in prop_oneof![odd_text(4), "['=+@-]{0,4}[a-c]{0,2}"]) {
        let shown = guarded(&text);
        prop_assert!(!is_formula(&shown));
        prop_assert_eq!(unguarded(&shown), text.as_str());
        let cell = guarded_cell(&text, TableOptions::default());
        prop_assert!(!is_formula(&cell));
        prop_assert_eq!(guarded_cell(&cell, TableOptions::default()), cell);
    }
}

/// One article: outlet, headline, date and text.
type Story = (usize, String, usize, String);

fn stories() -> impl Strategy<Value = Vec<Story>> {
    vec((0_usize..3, odd_text(5), 0_usize..4, news()), 1..6)
}

fn line(n: usize, (outlet, title, day, text): &Story) -> String {
    let outlet = ["Gazette", "=Courier", "Pöst"][*outlet];
    let date = ["", "2026-03-01", "2026-03-02T10:00:00Z", "someday"][*day];
    format!("{}\n", serde_json::json!({ "id": n.to_string(), "outlet": outlet, "title": title, "date": date, "text": text }))
}

/// Reads files given as name and bytes, each as by the program.
fn corpus(files: &[(String, Vec<u8>)]) -> (Corpus, ReadReport) {
    let options = ReadOptions::default();
    let (mut report, mut builder) = (ReadReport::default(), CorpusBuilder::default());
    for (name, content) in files {
        let given = Given { named: name, inside: name, folder: "folder", row: None };
        let mut admission = Admission::new(given, &options, &mut report, &mut builder);
        let last = name.rsplit('/').next().unwrap_or(name);
        let read = match content.starts_with(GZIP) {
            true => read_gzip(last, &content[..], None, &mut admission),
            false => read_stream(last, &content[..], &mut admission),
        };
        read.expect("memory");
        admission.finish();
    }
    (builder.seal(), report)
}

/// The cells of all tables but those that tell in what file and line something stands.
fn results(corpus: &Corpus) -> String {
    let mut out = String::new();
    let findings = analyze(corpus, Lexicon::english_framing(), &Settings::for_corpus(corpus), |_| ());
    for table in TABLES {
        let mut rows: Vec<String> = Vec::new();
        (table.each)(&findings, &mut |row| {
            let (mut at, mut cells) = (0, String::new());
            row.cells(&mut |value, _| {
                if !["path", "line"].contains(&table.columns[at].name) {
                    write!(cells, "{value:?},").expect("a string");
                }
                at += 1;
            });
            rows.push(cells);
            Ok(())
        })
        .expect("memory");
        // Two records that could not be read differ in nothing but their places.
        if table.name == "skipped" {
            rows.sort();
        }
        writeln!(out, "{}: {rows:#?}", table.name).expect("a string");
    }
    out
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn order_files_and_threads_do_not_show(stories in stories(), turn in 0_usize..6, parts in 1_usize..4) {
        let mut lines: Vec<String> = stories.iter().enumerate().map(|(n, story)| line(n, story)).collect();
        let whole = corpus(&[("in/all.jsonl".to_owned(), lines.concat().into_bytes())]).0;
        let (turned, count) = (turn % lines.len(), lines.len());
        lines.rotate_left(turned);
        lines[..count / 2].reverse();
        let each = lines.len().div_ceil(parts);
        let parted: Vec<_> = lines.chunks(each).enumerate().map(|(i, part)| (format!("in/{}/{i}.jsonl", 9 - i), part.concat().into_bytes())).collect();
        let parted = corpus(&parted).0;
        let with = |threads: usize, corpus: &Corpus| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| results(corpus))
        };
        let first = with(1, &whole);
        prop_assert_eq!(&first, &with(3, &whole), "threads show");
        prop_assert_eq!(&first, &with(2, &parted), "order or files show");
    }

    #[test]
    fn tables_and_page_are_what_they_should_be(stories in stories(), mode in 0_u8..4) {
        let articles = stories.iter().take(4).map(|(outlet, title, day, text)| {
            format!("{}\u{1e}{title}\u{1e}{day}\u{1e}2026-03-0{day}\u{1e}http://x.y/{title}\u{1e}{text}", ["A", "=B", "<c>"][*outlet])
        });
        let input = [vec![mode], articles.collect::<Vec<_>>().join("\u{1d}").into_bytes()].concat();
        fuzz_targets::run("tables", &input);
        fuzz_targets::run("report", &input);
    }
}

/// Sizes at which something that reads stops and begins anew: the start by which a format is told, what is decoded or unpacked at a
/// time, and the window of tables and JSON.
const EDGES: [usize; 3] = [8 << 10, 64 << 10, 256 << 10];

/// Contents in which what is looked at stands at each edge: `before` + padding + `at`.
fn across(before: &str, at: &str, mut each: impl FnMut(String)) {
    for edge in EDGES {
        // From wholly before the edge to wholly behind it.
        for place in edge - at.len() - 1..=edge + 1 {
            each(format!("{before}{}{at}", "x".repeat(place - before.len())));
        }
    }
}

/// Texts of the articles in a file.
fn texts(name: &str, content: Vec<u8>) -> Vec<String> {
    let (corpus, report) = corpus(&[(name.to_owned(), content)]);
    assert_eq!((report.records, corpus.skipped().len()), (corpus.articles().len(), 0), "{:?}", corpus.skipped());
    corpus.ids().map(|id| corpus.whole_text(id).to_string()).collect()
}

#[test]
fn rows_across_the_edges_of_buffers() {
    // Padding stands in a column that nobody asks for.
    for (at, expected) in
        [("\",\"é “a\"\" b” 👩\r\nz\"\r\n", "é “a\" b” 👩\r\nz"), ("\"\"\",\"\"\"a\"\"\"\n", "\"a\""), ("\r\n\",\"1\n2\"\r\n", "1\n2")]
    {
        across("outlet,pad,text\nA,\"", at, |content| {
            for (end, count) in [("", 1), ("A,p,Last.\n", 2)] {
                let found = texts("t.csv", format!("{content}{end}").into_bytes());
                assert!(found.len() == count && found.iter().any(|text| text == expected), "{} bytes: {found:?}", content.len());
            }
        });
    }
}

#[test]
fn lines_of_json_across_the_edges_of_buffers() {
    for at in ["\",\"text\":\"é “a\\\" \\ud83d\\ude00 b”\"}\r\n", "\\\\\",\"text\":\"é “a\\\" \\ud83d\\ude00 b”\"}"] {
        across("{\"pad\":\"", at, |content| {
            let content = format!("{}\n{{\"text\":\"Last.\"}}", content.trim_end());
            for (name, content) in [("t.jsonl", content.clone()), ("t.json", format!("[\n{}]", content.replace("}\n{", "},\n{")))] {
                let mut found = texts(name, content.into_bytes());
                found.sort();
                assert_eq!(found, ["Last.", "é “a\" 😀 b”"], "{name}");
            }
        });
    }
}

#[test]
fn encodings_and_members_across_the_edges_of_buffers() {
    across("outlet,pad,text\nA,", ",“é” 😀 a\r\n", |content| {
        let expected = "“é” 😀 a";
        let utf16: Vec<u8> = [0xFEFF].into_iter().chain(content.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(texts("t.csv", utf16), [expected]);
        // Two members that are stored as they are, parted where the edge is.
        let (first, second) = content.split_at(content.len() - ",“é” 😀 a\r\n".len() + 4);
        let member = |part: &str| {
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
            gz.write_all(part.as_bytes()).expect("memory");
            gz.finish().expect("memory")
        };
        assert_eq!(texts("t.csv.gz", [member(first), member(second)].concat()), [expected]);
    });
}

#[test]
fn counts_of_rows_at_powers_of_two() {
    for rows in [2047, 2048, 2049, 4095, 4096, 4097] {
        for (name, head, row) in [("t.csv", "text\n", "Words.\n"), ("t.jsonl", "", "{\"text\":\"Words.\"}\n")] {
            let (content, mut found) = (format!("{head}{}", row.repeat(rows)), Collected::default());
            let format = by_name(name).expect("a format");
            Source::bare(name, |source| (format.read)(&mut content.as_bytes(), source, &mut found)).expect("memory");
            assert_eq!((found.articles.len(), found.refused.len()), (rows, 0), "{name}");
        }
    }
}
