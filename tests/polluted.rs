//! One table, spoilt in 27 ways after the kinds of Vitagliano, Hameed, Jiang, Reisener, Wu and Naumann, "Pollock: A Data Loading
//! Benchmark" (PVLDB 16:8, 2023): every record that is not spoilt itself is read exactly, and what is not read is named.

use std::collections::BTreeSet;
use std::fs;

use retold::corpus::builder::CorpusBuilder;
use retold::read::files::{ReadOptions, read_all};

/// Headline, outlet, date and text of each record; commas, marks, lines and letters of all kinds are among them.
const RECORDS: [[&str; 4]; 8] = [
    ["Harbour shut", "The Gazette", "2026-03-01", "The harbour council said on Monday that crews had shut the northern gate, and left."],
    ["“Shut”, they say", "Courier", "2026-03-02", "The council said: we shut it. Nobody was asked, and nobody, so they say, was told."],
    ["Häfen in Not", "Blatt", "2026-03-02", "Crews had shut the gate; the café stayed open – for a while, at least."],
    ["Port", "Herald", "2026-03-03", "Two lines are\nin this text, of which the second says more than the first."],
    ["Gate", "Herald", "2026-03-04", "It's open again, the harbour's council said on Thursday of the northern gate."],
    ["Strike", "Post", "2026-03-05", "Dockers walked out over wages that had not been paid for months, they said."],
    ["Strike ends", "Post", "2026-03-06", "Dockers went back to work on Friday after the council had paid what it owed."],
    ["After", "Ledger", "2026-03-07", "What remains is a gate that nobody trusts and a council that nobody asks."],
];

const HEADER: [&str; 4] = ["title", "outlet", "date", "text"];

/// How a table is written.
#[derive(Clone, Copy)]
struct Dialect {
    delimiter: &'static str,
    mark: char,
    /// What stands before a mark in a cell.
    escape: char,
    line: &'static str,
}

const PLAIN: Dialect = Dialect { delimiter: ",", mark: '"', escape: '"', line: "\n" };

impl Dialect {
    fn cell(self, value: &str) -> String {
        let Self { mark, escape, .. } = self;
        format!("{mark}{}{mark}", value.replace(mark, &format!("{escape}{mark}")))
    }

    fn row(self, cells: [&str; 4]) -> String {
        cells.map(|cell| self.cell(cell)).join(self.delimiter) + self.line
    }

    /// The header as it is, then the records.
    fn table(self) -> String {
        let rows: Vec<String> = RECORDS.iter().map(|cells| self.row(*cells)).collect();
        HEADER.join(self.delimiter) + self.line + &rows.concat()
    }
}

/// The plain table with another row for the third record.
fn with_third(row: &str) -> String {
    let whole = PLAIN.table();
    let third = PLAIN.row(RECORDS[2]);
    assert!(whole.contains(&third));
    whole.replace(&third, row)
}

/// The fault, the file, and how many of the records it must yield. A record that is spoilt itself is not among them: it is named.
fn polluted() -> Vec<(&'static str, Vec<u8>, usize)> {
    let plain = PLAIN.table();
    let third = RECORDS[2].map(|cell| PLAIN.cell(cell));
    let head = || HEADER.join(",");
    let rows = |records: &[[&str; 4]]| records.iter().map(|cells| PLAIN.row(*cells)).collect::<String>();
    let text = |name, content: String, records| (name, content.into_bytes(), records);
    vec![
        text("as it should be", plain.clone(), 8),
        text("no line end after the last record", plain.trim_end().to_owned(), 8),
        text("two line ends after the last record", format!("{plain}\n"), 8),
        text("nothing in it", String::new(), 0),
        text("a header alone", head() + "\n", 0),
        text("one record", head() + "\n" + &rows(&RECORDS[..1]), 1),
        text("lines before the table", format!("Search:,harbour\nFound on:,2026-03-08\n\n{plain}"), 8),
        text("a note below the table", format!("{plain}\nSource: the library\n"), 8),
        text("two headers", plain.replacen('\n', &format!("\n{}\n", head()), 1), 8),
        text("a column twice", plain.replace(",text", ",text,text").replace("\"\n\"", "\",\"no\"\n\""), 8),
        text("lines end with CR LF", Dialect { line: "\r\n", ..PLAIN }.table(), 8),
        text("lines end with CR", Dialect { line: "\r", ..PLAIN }.table(), 8),
        text("semicolons between cells", Dialect { delimiter: ";", ..PLAIN }.table(), 8),
        text("tabs between cells", Dialect { delimiter: "\t", ..PLAIN }.table(), 8),
        text("bars between cells", Dialect { delimiter: "|", ..PLAIN }.table(), 8),
        text("a comma and a blank between cells", Dialect { delimiter: ", ", ..PLAIN }.table(), 8),
        text("blanks between cells", Dialect { delimiter: " ", ..PLAIN }.table(), 8),
        text("single marks around cells", Dialect { mark: '\'', escape: '\'', ..PLAIN }.table(), 8),
        text("marks escaped by a backslash", Dialect { escape: '\\', ..PLAIN }.table(), 8),
        text("a record with a cell too few", with_third(&(third[..3].join(",") + "\n")), 7),
        text("a record with a cell too many", with_third(&(third.join(",") + ",\"more\"\n")), 7),
        text("a delimiter after each record", with_third(&(third.join(",") + ",\n")), 8),
        text("a record with another delimiter", with_third(&(third.join(";") + "\n")), 7),
        text(
            "a mark that nothing opened",
            with_third(&format!("{},{},{},{}\n", third[0], third[1], third[2], &RECORDS[2][3].replace("café", "ca\"fé"))),
            7,
        ),
        text("a mark that nothing closes", with_third(&(third.join(",").trim_end_matches('"').to_owned() + "\n")), 7),
        ("a mark of the order of bytes", [b"\xEF\xBB\xBF", plain.as_bytes()].concat(), 8),
        ("UTF-16", std::iter::once(0xFEFF).chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect(), 8),
    ]
}

#[test]
fn what_is_spoilt_costs_itself_and_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = polluted();
    assert_eq!(all.len(), 27);
    for (what, content, records) in &all {
        let path = folder.path().join("table.csv");
        fs::write(&path, content).expect("written");
        let mut builder = CorpusBuilder::default();
        let report = read_all(std::slice::from_ref(&path), &ReadOptions::default(), &mut builder).expect("nothing is wrong with the paths");
        let corpus = builder.seal();
        let read: BTreeSet<[String; 4]> = corpus
            .ids()
            .map(|id| {
                let article = corpus.article(id);
                let date = article.published_at.map(|at| at.to_string()).unwrap_or_default();
                [article.title.clone(), corpus.outlet_of(id).name.clone(), date, corpus.whole_text(id).to_string()]
            })
            .collect();
        let (read_all, skipped) = (corpus.articles().len(), corpus.skipped());
        assert_eq!(report.records, read_all + skipped.len(), "{what}: something goes by without a word");
        let found = RECORDS.iter().filter(|record| read.contains(&record.map(str::to_owned))).count();
        assert_eq!((found, read_all), (*records, *records), "{what}: {read:?} {skipped:?}");
        let spoilt = if content.is_empty() { 1 } else { usize::from((1..8).contains(records) && *records != 1) };
        assert!(skipped.len() >= spoilt && skipped.iter().all(|skipped| !skipped.mend.is_empty()), "{what}: {skipped:?}");
    }
}
