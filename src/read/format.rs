//! The formats that are read, and how one is told from another.

use std::io::{self, BufRead, Read};
use std::path::Path;

use super::columns::Columns;
use super::delimited;
use super::draft::{Refused, Sink};
use super::encoding::Encoding;
use super::json;
use super::jsonl;
use super::limits::Limits;
use super::{docx, nexis_text, proquest, rtf, text, warc};

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

/// The formats that are read. The first that recognises a file's start wins, else the first with its extension.
pub const FORMATS: &[Format] = &[
    Format { name: "JSON", extensions: &["json"], unit: Unit::Line, streams: true, sniff: |_| false, read: json::read },
    Format {
        name: "table",
        extensions: &["csv", "tsv", "tab", "psv"],
        unit: Unit::Line,
        streams: true,
        sniff: |_| false,
        read: delimited::read,
    },
    Format { name: "JSON lines", extensions: &["jsonl", "ndjson"], unit: Unit::Line, streams: true, sniff: |_| false, read: jsonl::read },
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
    Format { name: "Nexis text", extensions: &[], unit: Unit::Line, streams: false, sniff: nexis_text::is_text, read: nexis_text::read },
    Format { name: "ProQuest text", extensions: &[], unit: Unit::Line, streams: false, sniff: proquest::is_text, read: proquest::read },
    Format { name: "text", extensions: &["txt", "text"], unit: Unit::Text, streams: false, sniff: |_| false, read: text::read },
];

/// The format of a file by its start and its name (without `.gz`); `None` for one that is not read.
#[must_use]
pub fn format_of(name: &str, head: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.sniff)(head)).or_else(|| by_name(name))
}

/// The format that a file's name promises.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Format> {
    let extension = Path::new(name).extension()?.to_string_lossy().to_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}
