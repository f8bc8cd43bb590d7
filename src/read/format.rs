//! The formats that are read, and how one is told from another.

use std::io::{self, BufRead, Read};
use std::path::Path;

#[cfg(feature = "parquet")]
use crate::read::columnar::mark;
use crate::read::delivery::factiva_html;
use crate::read::delivery::nexis_text;
use crate::read::delivery::proquest;
use crate::read::json::document;
use crate::read::json::lines;
use crate::read::office::docx;
use crate::read::office::rtf;
use crate::read::page::html;
use crate::read::table::delimited;
use crate::read::web_archive::warc;
use crate::read::xml::root;

use super::columns::{Columns, Field};
use super::draft::{Refused, Sink};
use super::encoding::Encoding;
use super::limits::Limits;
use super::text;

/// What the place of an article in its file counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The file is one article; places inside it are lines of the file.
    Text,
    /// The file is one article; places inside it are lines of the text taken from it.
    Page,
    /// Lines of the file, from 1.
    Line,
    /// Paragraphs of the document, from 1.
    Paragraph,
    /// Records of the file, from 1.
    Record,
}

/// An input format: one module, one row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// For messages.
    pub name: &'static str,
    /// Lower-case extensions, without the dot.
    pub extensions: &'static [&'static str],
    /// What places in it count.
    pub unit: Unit,
    /// Whether the reader wants a stream of UTF-8, so that a declared encoding is undone before it; others decode what they hold
    /// whole.
    pub streams: bool,
    /// Whether the start of a file shows beyond doubt that it is of this format, whatever its name. Gets the first
    /// [`HEAD`] bytes, without a byte-order mark, decoded.
    pub sniff: fn(&str) -> bool,
    /// Reads a file: what it finds goes to the sink, an error of the input is returned.
    pub read: fn(&mut dyn BufRead, &Source<'_>, &mut dyn Sink) -> io::Result<()>,
}

/// Bytes of a file's start by which its format is told.
pub const HEAD: usize = 8 << 10;

/// What a reader knows of the file it reads.
#[derive(Debug)]
pub struct Source<'a> {
    /// How messages name it.
    pub name: &'a str,
    /// Bounds.
    pub limits: &'a Limits,
    /// Names of fields that the user declared.
    pub columns: &'a Columns,
    /// The encoding that the user declared.
    pub encoding: Encoding,
    /// The character set that a protocol around the file declared (HTTP in WARC), empty if none.
    pub charset: &'a str,
}

impl Source<'_> {
    /// A source of which nothing is declared, for readers that are called by themselves.
    pub fn bare<T>(name: &str, read: impl FnOnce(&Source<'_>) -> T) -> T {
        let (limits, columns) = (Limits::default(), Columns::default());
        read(&Source { name, limits: &limits, columns: &columns, encoding: Encoding::default(), charset: "" })
    }

    /// The whole of a file that is one document.
    ///
    /// # Errors
    /// `Ok(Err)` when it is larger than a document may be, `Err` when it cannot be read.
    pub fn whole(&self, input: &mut dyn BufRead) -> io::Result<Result<Vec<u8>, Refused>> {
        let mut bytes = Vec::new();
        input.take(self.limits.document + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > self.limits.document {
            return Ok(Err(Refused::whole(
                format!("is larger than {} MiB, the bound on one document", self.limits.document >> 20),
                "split it, or raise the bound with --limit document=SIZE",
            )));
        }
        Ok(Ok(bytes))
    }
}

const JSON: &str = "JSON";
const LINES: &str = "JSON lines";

/// The formats that are read. The first that recognises a file's start wins, else the first with its extension.
pub const FORMATS: &[Format] = &[
    Format { name: JSON, extensions: &["json"], unit: Unit::Line, streams: true, sniff: is_json, read: document::read },
    Format {
        name: "table",
        extensions: &["csv", "tsv", "tab", "psv"],
        unit: Unit::Line,
        streams: true,
        sniff: is_table,
        read: delimited::read,
    },
    Format { name: LINES, extensions: &["jsonl", "ndjson"], unit: Unit::Line, streams: true, sniff: |_| false, read: lines::read },
    // A file of it is handed over as JSON lines (`read/columnar`).
    #[cfg(feature = "parquet")]
    Format {
        name: mark::NAME,
        extensions: &["parquet"],
        unit: Unit::Record,
        streams: false,
        sniff: |head| mark::is_parquet(head.as_bytes()),
        read: lines::read,
    },
    Format { name: warc::NAME, extensions: &["warc"], unit: Unit::Record, streams: false, sniff: warc::is_warc, read: warc::read },
    Format {
        name: "Word document",
        extensions: &["docx", "docm"],
        unit: Unit::Paragraph,
        streams: false,
        // Its bytes are those of a ZIP, which is looked into before.
        sniff: |_| false,
        read: docx::read,
    },
    Format { name: "rich text", extensions: &["rtf"], unit: Unit::Paragraph, streams: false, sniff: rtf::is_rtf, read: rtf::read },
    // ProQuest counts its documents ("Document 1 of 3") much as Nexis does, and has fields that Nexis has not.
    Format { name: "ProQuest text", extensions: &[], unit: Unit::Line, streams: false, sniff: proquest::is_text, read: proquest::read },
    Format { name: "Nexis text", extensions: &[], unit: Unit::Line, streams: false, sniff: nexis_text::is_text, read: nexis_text::read },
    Format { name: "NewsML", extensions: &[], unit: Unit::Record, streams: false, sniff: root::is_newsml, read: root::read },
    Format { name: "NITF", extensions: &["nitf"], unit: Unit::Page, streams: false, sniff: root::is_nitf, read: root::read },
    Format {
        name: "feed",
        extensions: &["xml", "rss", "atom", "rdf"],
        unit: Unit::Record,
        streams: false,
        sniff: root::is_feed,
        read: root::read,
    },
    Format {
        name: "Factiva HTML",
        extensions: &[],
        unit: Unit::Record,
        streams: false,
        sniff: factiva_html::sniff,
        read: factiva_html::read,
    },
    Format { name: "HTML", extensions: &["html", "htm", "xhtml"], unit: Unit::Page, streams: false, sniff: html::sniff, read: html::read },
    Format { name: "text", extensions: &["txt", "text"], unit: Unit::Text, streams: false, sniff: |_| false, read: text::read },
];

/// The format of a file by its start and its name (without `.gz`); `None` for one that is not read.
#[must_use]
pub fn format_of(name: &str, head: &str) -> Option<&'static Format> {
    let named = by_name(name);
    match FORMATS.iter().find(|format| (format.sniff)(head)) {
        // A line of JSON may be all of a file, and then only the name tells what follows.
        Some(shown) if shown.name == JSON && named.is_some_and(|named| named.name == LINES) && !is_spread(head) => named,
        Some(shown) => Some(shown),
        None => named,
    }
}

/// Whether JSON runs over lines: a list or an object that does not end where it starts.
fn is_spread(head: &str) -> bool {
    let first = head.trim_start().lines().next().unwrap_or_default().trim_end();
    first.starts_with('[') || first == "{"
}

/// An object or a list of objects.
fn is_json(head: &str) -> bool {
    let start = head.trim_start();
    let inner = start.strip_prefix('[').map_or(start, str::trim_start);
    inner.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'))
}

/// A first line that names three fields or more, the text or the headline among them: spreadsheets write such tables as `.txt`.
fn is_table(head: &str) -> bool {
    let Some(first) = head.lines().next() else { return false };
    ['\t', ';', ',', '|'].iter().any(|&delimiter| {
        let cells: Vec<String> = first.split(delimiter).map(|cell| cell.trim().trim_matches('"').to_owned()).collect();
        let found = Columns::default().locate(&cells).unwrap_or_default();
        found.len() > 2 && found.iter().any(|(field, _)| matches!(field, Field::Text | Field::Title))
    })
}

/// The format that a file's name promises.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Format> {
    let extension = Path::new(name).extension()?.to_string_lossy().to_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::format_of;

    #[test]
    fn formats_by_start_and_name() {
        for (name, head, expected) in [
            ("a.txt", "Plain text, a headline, and a body", Some("text")),
            ("a.txt", "id\toutlet\ttitle\ttext\n1\tA\tB\tC", Some("table")),
            ("a.csv", "{\"a\": 1}", Some("JSON")),
            ("a.csv", "\"id\",\"title\",\"text\"\n", Some("table")),
            ("a.jsonl", "[\n{\"text\": \"x\"},\n", Some("JSON")),
            ("a.jsonl", "{\n \"text\": \"x\"\n}", Some("JSON")),
            ("a.json", "{\"text\": \"x\"}\n{\"text\": \"y\"}\n", Some("JSON")),
            ("a.jsonl", "{\"text\": \"x\"}\n", Some("JSON lines")),
            ("a", "[\n {\"text\": \"x\"}]", Some("JSON")),
            ("a.txt", "[The] minister", Some("text")),
            ("page", "<!DOCTYPE html><html>", Some("HTML")),
            ("a.xml", "<?xml version=\"1.0\"?>\n<nitf><head/></nitf>", Some("NITF")),
            ("a.txt", "____________________\nDocument 1 of 2\nHead\nFull text: Words.\n", Some("ProQuest text")),
            ("a.txt", "   1 of 2 DOCUMENTS\n\n  The Paper\n", Some("Nexis text")),
            ("a.doc", "{\\rtf1\\ansi", Some("rich text")),
            ("a.pdf", "%PDF-1.7", None),
        ] {
            assert_eq!(format_of(name, head).map(|format| format.name), expected, "{name}: {head}");
        }
    }
}
