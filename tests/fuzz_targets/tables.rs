//! One to four articles to all tables and what other programs read: a reader of CSV gets back what was written, and no cell starts
//! as a formula does.

use retold::analysis::analyze;
use retold::analysis::findings::Findings;
use retold::analysis::settings::{Settings, TextShown};
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::interchange::{gexf, graph::Graph, json_lines};
use retold::lexicon::load::Lexicon;
use retold::read::admission::{Admission, Given};
use retold::read::files::{ReadOptions, ReadReport};
use retold::read::packing::stream::read_stream;
use retold::tables::cell::Kind;
use retold::tables::row::{TableOptions, guarded_cell};
use retold::tables::{TABLES, Table};
use retold::text::formula::is_formula;

use super::{align, pictures};

/// Parts articles; parts outlet, headline, id, date, address and text of one.
const ARTICLE: char = '\u{1d}';
const FIELD: char = '\u{1e}';

/// A small list, so that most of the time goes into what is checked.
const LIST: &str = r#"
category = "hostile_cells"
title = "Cells <b>&amp;"
about = "About \"them\"."
entry = [
    { id = "L-thuggish", term = "thuggish", kind = "word", strength = 3, neutral = ["rough", "<i>none</i>"], why = "=1+1" },
    { id = "L-regime", term = "regime", kind = "word", strength = 2, neutral = ["government"], why = "w" },
    { id = "L-so-called", term = "so-called", kind = "phrase", strength = 2, neutral = [], why = "w" },
    { id = "L-terror", term = "terror\\w*", kind = "regex", strength = 3, neutral = ["armed"], why = "w" },
    { id = "L-claim", term = "claimed", kind = "word", strength = 2, neutral = ["said"], why = "w" },
]
"#;

/// The list, read once.
pub(super) fn list() -> &'static Lexicon {
    static READ: std::sync::LazyLock<Lexicon> =
        std::sync::LazyLock::new(|| Lexicon::from_toml("list", [("list.toml", LIST)]).expect("a list"));
    &READ
}

/// The articles of an input, and how much of them is shown.
pub(super) fn corpus(bytes: &[u8]) -> (Corpus, TextShown) {
    let (mode, rest) = bytes.split_first().map_or((0, bytes), |(mode, rest)| (mode % 4, rest));
    let all = String::from_utf8_lossy(rest);
    let lines: String = all
        .split(ARTICLE)
        .take(4)
        .map(|article| {
            let mut fields = article.splitn(6, FIELD);
            let mut next = || fields.next().unwrap_or("");
            let [outlet, title, id, date, url, text] = [next(), next(), next(), next(), next(), next()];
            format!("{}\n", serde_json::json!({ "outlet": outlet, "title": title, "id": id, "date": date, "url": url, "text": text }))
        })
        .collect();
    let options = ReadOptions::default();
    let (mut report, mut builder) = (ReadReport::default(), CorpusBuilder::default());
    let given = Given { named: "in/<t>.jsonl", inside: "<t>.jsonl", folder: "in", row: None };
    let mut admission = Admission::new(given, &options, &mut report, &mut builder);
    read_stream("t.jsonl", lines.as_bytes(), &mut admission).expect("memory");
    admission.finish();
    if mode == 3 {
        builder.mask_outlets();
    }
    (builder.seal(), [TextShown::Excerpt, TextShown::Full, TextShown::None, TextShown::Full][usize::from(mode)])
}

/// Articles to tables.
pub(super) fn check(bytes: &[u8]) {
    let (corpus, shown) = corpus(bytes);
    let settings = Settings { text: shown, ..Settings::for_corpus(&corpus) };
    let findings = analyze(&corpus, list(), &settings, |_| ());
    align::of_findings(&findings);
    let options = TableOptions { without_text: !shown.is_shown(), ..TableOptions::default() };
    let mut written = Vec::new();
    let rows: Vec<u64> = TABLES.iter().map(|table| (table.write)(&findings, options, &mut written).expect("memory")).collect();
    // One reader for all: making it costs more than reading these tables does.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&*written);
    let mut records = reader.records();
    for (table, rows) in TABLES.iter().zip(rows) {
        of_table(table, rows, &mut records, &findings, options);
    }
    assert!(records.next().is_none(), "there is more than the tables");
    let graph = Graph::new(&findings);
    let (mut nodes, mut edges, mut drawn, mut lines) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    graph.write_nodes(options, &mut nodes).expect("memory");
    graph.write_edges(options, &mut edges).expect("memory");
    gexf::write(&graph, &mut drawn).expect("memory");
    pictures::well_formed("graph.gexf", std::str::from_utf8(&drawn).expect("UTF-8"));
    let all: Vec<&Table> = TABLES.iter().collect();
    json_lines::write(&findings, &all, options, &mut lines).expect("memory");
    for line in std::str::from_utf8(&lines).expect("UTF-8").lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok_and(|value| value.is_object()), "{line}");
    }
}

/// A table as written is read again cell for cell.
fn of_table(
    table: &Table,
    rows: u64,
    records: &mut impl Iterator<Item = csv::Result<csv::StringRecord>>,
    findings: &Findings<'_>,
    options: TableOptions,
) {
    let mut next = || records.next().expect("as many rows as there are").expect("UTF-8");
    assert!(next().iter().eq(table.columns.iter().map(|column| column.name)), "header of {}", table.name);
    let mut count = 0;
    (table.each)(findings, &mut |row| {
        let record = next();
        assert_eq!(record.len(), table.columns.len(), "a row of {} is as wide as its header", table.name);
        let mut cells = record.iter();
        row.cells(&mut |value, kind| {
            let cell = cells.next().expect("a cell for each column");
            let text = matches!(kind, Kind::Text | Kind::Quoted);
            assert!(!text || !is_formula(cell), "{} holds a formula: {cell:?}", table.name);
            let value = options.shown(value, kind);
            let expected = if text { guarded_cell(value, options) } else { value.to_owned() };
            assert_eq!(cell, expected, "a cell of {}", table.name);
            let finite = kind != Kind::Number || cell.is_empty() || cell.parse::<f64>().is_ok_and(f64::is_finite);
            assert!(finite, "{} holds {cell}", table.name);
        });
        count += 1;
        Ok(())
    })
    .expect("memory");
    assert_eq!(count, rows, "rows of {}", table.name);
}
