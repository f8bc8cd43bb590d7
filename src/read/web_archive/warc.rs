//! Web archives (.warc, .warc.gz): pages as they were served, each read by the format that its type names.
//!
//! After WARC 1.1 (ISO 28500:2017), 1.0 and 0.17; the text that Common Crawl takes from pages (`conversion`) is read too.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader};

use crate::corpus::record::Extent;
use crate::fault::caught;
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::encoding::decode;
use crate::read::format::{HEAD, Source, format_of};
use crate::read::notice::Notice;
use crate::read::web_archive::http;
use crate::read::web_archive::records::{Block, Record, Records, is_start};
use crate::text::count::plural;

/// The name of this format.
pub const NAME: &str = "WARC";

/// Whether a file's start is that of a web archive.
#[must_use]
pub fn is_warc(head: &str) -> bool {
    is_start(head.as_bytes())
}

/// Reads an archive record by record, so that memory holds one of them.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut records = Records::new(input, source.limits.document);
    let mut left_out = LeftOut::default();
    let read = loop {
        match records.read_next() {
            Ok(Some(record)) => take(&record, source, &mut left_out, sink)?,
            Ok(None) => break Ok(()),
            Err(e) => break Err(e),
        }
    };
    left_out.tell(source.name, sink);
    read
}

/// What is in an archive and is no article.
#[derive(Default)]
struct LeftOut {
    statuses: BTreeMap<u16, usize>,
    kinds: BTreeMap<String, usize>,
    /// Records whose length was wrong, and the first of them.
    lengths: usize,
    first_length: usize,
}

impl LeftOut {
    fn kind(&mut self, kind: &str) {
        let kind = if kind.is_empty() { "of no stated type" } else { kind };
        *self.kinds.entry(kind.to_owned()).or_default() += 1;
    }

    fn tell(self, name: &str, sink: &mut dyn Sink) {
        let mut tell = |message: String, mend: &str| sink.notice(Notice { code: "W029", message, mend: mend.into() });
        for (status, count) in &self.statuses {
            tell(
                format!("{name}: left out {} with status {status}", plural(*count, "response")),
                "crawl those pages again if their articles are missing",
            );
        }
        let all: usize = self.kinds.values().sum();
        if all > 0 {
            const SHOWN: usize = 8;
            let kinds: Vec<String> = self.kinds.iter().take(SHOWN).map(|(kind, count)| format!("{kind} {count}")).collect();
            let more = if self.kinds.len() > SHOWN { ", …" } else { "" };
            tell(
                format!("{name}: left out {} of a kind that is not read ({}{more})", plural(all, "record"), kinds.join(", ")),
                "nothing needs mending",
            );
        }
        if self.lengths > 0 {
            let (count, first) = (self.lengths, self.first_length);
            let message =
                format!("{name}:{first}: {count} records state a wrong Content-Length, this is the first; each was read up to the next");
            tell(message, "check the program that wrote the archive");
        }
    }
}

fn take(record: &Record, source: &Source<'_>, left_out: &mut LeftOut, sink: &mut dyn Sink) -> io::Result<()> {
    let url = record.field("warc-target-uri").trim_matches(['<', '>']);
    let mut refuse = |reason: String, mend: &str| {
        sink.refuse(Refused { line: record.number, text: url.chars().take(80).collect(), ..Refused::whole(reason, mend) });
        Ok(())
    };
    let kind = record.field("warc-type").to_lowercase();
    let is_page = matches!(kind.as_str(), "response" | "resource" | "conversion");
    let block = match &record.block {
        Block::Whole(block, wrong) => {
            if *wrong {
                left_out.lengths += 1;
                left_out.first_length = if left_out.first_length == 0 { record.number } else { left_out.first_length };
            }
            block
        }
        Block::Cut(found, length) => {
            let reason = format!("is cut: the record at byte {} states {length} bytes, and {found} follow", record.at);
            return refuse(reason, "fetch the archive again; what came before was read");
        }
        Block::Stray => {
            return refuse(
                format!("is no record: at byte {} stands no WARC/1.0 or the like", record.at),
                "check the program that wrote the archive",
            );
        }
        Block::TooLarge if is_page => {
            let reason = format!("is larger than {} MiB, the bound on one document", source.limits.document >> 20);
            return refuse(reason, "raise the bound with --limit document=SIZE");
        }
        Block::TooLarge => return Ok(()),
    };
    if !is_page {
        // A continuation is a part of a page that would be read without its rest.
        if kind == "continuation" {
            left_out.kind("continuation");
        }
        return Ok(());
    }
    let (declared, charset) = http::content_type(record.field("content-type"));
    if declared != "application/http" {
        return if url.starts_with("dns:") { Ok(()) } else { payload(record, url, (&declared, &charset), block, source, left_out, sink) };
    }
    let response = match http::parse(block, source.limits) {
        Ok(response) => response,
        Err(what) => return refuse(format!("the response {what}"), "crawl the page again"),
    };
    if response.status != 200 {
        *left_out.statuses.entry(response.status).or_default() += 1;
        return Ok(());
    }
    let (declared, charset) = http::content_type(&response.content_type);
    payload(record, url, (&declared, &charset), &response.body, source, left_out, sink)
}

fn payload(
    record: &Record,
    url: &str,
    (kind, charset): (&str, &str),
    bytes: &[u8],
    source: &Source<'_>,
    left_out: &mut LeftOut,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let Some(name) = name_of(kind, url, bytes) else {
        left_out.kind(kind);
        return Ok(());
    };
    let head = decode(bytes.get(..bytes.len().min(HEAD)).unwrap_or_default(), source.encoding, charset).text;
    let Some(format) = format_of(name, &head).filter(|format| format.name != NAME) else {
        left_out.kind(kind);
        return Ok(());
    };
    let decoded;
    let mut bytes = bytes;
    if format.streams {
        decoded = decode(bytes, source.encoding, charset).text;
        bytes = decoded.as_bytes();
    }
    let inner = Source { name: source.name, limits: source.limits, columns: source.columns, encoding: source.encoding, charset };
    let mut of_record = OfRecord { record, url, sink };
    caught(|| (format.read)(&mut BufReader::new(bytes), &inner, &mut of_record)).unwrap_or_else(|fault| {
        of_record.refuse(Refused::at_fault(record.number, &fault));
        Ok(())
    })
}

/// A name that says what a payload is; nothing for what is no article.
fn name_of(kind: &str, url: &str, bytes: &[u8]) -> Option<&'static str> {
    let path = url.split(['?', '#']).next().unwrap_or(url).to_lowercase();
    // Files for machines that every site has.
    if ["/robots.txt", "/ads.txt", "/app-ads.txt", "/manifest.json", "/security.txt"].iter().any(|end| path.ends_with(end)) {
        return None;
    }
    let start = bytes.get(..bytes.len().min(512)).unwrap_or_default().to_ascii_lowercase();
    let is_html = || [b"<!doctype html".as_slice(), b"<html"].iter().any(|mark| memchr::memmem::find(&start, mark).is_some());
    match kind {
        "text/html" | "application/xhtml+xml" => Some("page.html"),
        "text/plain" if is_html() => Some("page.html"),
        "text/plain" => Some("page.txt"),
        "application/json" | "text/json" | "application/ld+json" => Some("page.json"),
        "application/x-ndjson" | "application/jsonl" => Some("page.jsonl"),
        "application/xml" | "text/xml" | "application/rss+xml" | "application/atom+xml" => Some("page.xml"),
        "" | "unk" | "application/octet-stream" if is_html() => Some("page.html"),
        _ => None,
    }
}

/// Adds to what a payload states what its record does.
struct OfRecord<'r> {
    record: &'r Record,
    url: &'r str,
    sink: &'r mut dyn Sink,
}

impl Sink for OfRecord<'_> {
    fn article(&mut self, mut draft: Draft) {
        draft.line = self.record.number;
        draft.alone = false;
        if draft.url.is_empty() {
            self.url.clone_into(&mut draft.url);
        }
        if draft.retrieved_at.is_empty() {
            self.record.field("warc-date").clone_into(&mut draft.retrieved_at);
        }
        if draft.extent == Extent::Full && !self.record.field("warc-truncated").is_empty() {
            draft.extent = Extent::Excerpt;
        }
        self.sink.article(draft);
    }

    fn refuse(&mut self, mut refused: Refused) {
        (refused.line, refused.column) = (self.record.number, 0);
        if refused.text.is_empty() {
            refused.text = self.url.chars().take(80).collect();
        }
        self.sink.refuse(refused);
    }

    fn notice(&mut self, notice: Notice) {
        self.sink.notice(notice);
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::corpus::record::Extent;
    use crate::read::draft::Collected;
    use crate::read::format::Source;
    use crate::read::limits::Limits;

    fn found(warc: &[u8]) -> Collected {
        let mut found = Collected::default();
        Source::bare("x.warc", |source| read(&mut &*warc, source, &mut found)).unwrap();
        found
    }

    fn record(kind: &str, fields: &str, length: &str, block: &str) -> String {
        let date = "WARC-Date: 2021-12-29T10:00:00Z";
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.org/{kind}\r\n{date}\r\n{fields}{length}\r\n{block}\r\n\r\n")
    }

    fn right(kind: &str, fields: &str, block: &str) -> String {
        record(kind, fields, &format!("Content-Length: {}\r\n", block.len()), block)
    }

    fn text(words: &str) -> String {
        right("resource", "Content-Type: text/plain\r\n", words)
    }

    const HTTP: &str = "Content-Type: application/http; msgtype=response\r\n";

    #[test]
    fn pages_with_what_their_records_state() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nOne é";
        let warc = [
            right("warcinfo", "Content-Type: application/warc-fields\r\n", "software: x\r\n"),
            right("request", "Content-Type: application/http; msgtype=request\r\n", "GET / HTTP/1.1\r\n\r\n"),
            right("response", HTTP, page),
            right("response", HTTP, "HTTP/1.1 404 Not Found\r\n\r\n"),
            right("response", HTTP, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG"),
            right("revisit", HTTP, "HTTP/1.1 200 OK\r\n\r\n"),
            right("conversion", "Content-Type: text/plain\r\nWARC-Truncated: length\r\n", "Two"),
        ];
        let found = found(warc.concat().as_bytes());
        let rows: Vec<_> = found.articles.iter().map(|d| (d.line, d.text.as_str(), d.url.as_str(), d.extent)).collect();
        assert_eq!(rows, [(3, "One é", "https://a.org/response", Extent::Full), (7, "Two", "https://a.org/conversion", Extent::Excerpt)]);
        assert_eq!((found.articles[0].retrieved_at.as_str(), found.articles[0].published_at.as_str()), ("2021-12-29T10:00:00Z", ""));
        let told: Vec<_> = found.notices.iter().map(|n| n.message.as_str()).collect();
        assert_eq!(
            told,
            ["x.warc: left out 1 response with status 404", "x.warc: left out 1 record of a kind that is not read (image/png 1)"]
        );
        assert_eq!(found.refused, []);
    }

    #[test]
    fn wrong_lengths_are_mended_at_the_next_record() {
        let fields = "Content-Type: text/plain\r\n";
        for length in [
            "",
            "Content-Length: -5\r\n",
            "Content-Length: 2\r\n",
            "Content-Length: 12\r\n",
            "Content-Length: 300\r\n",
            "Content-Length: 9999\r\n",
        ] {
            let warc = [text("Before"), record("resource", fields, length, "Wrong"), text("After"), text("Last")].concat();
            let found = found(warc.as_bytes());
            let texts: Vec<_> = found.articles.iter().map(|d| (d.line, d.text.as_str())).collect();
            assert_eq!(texts, [(1, "Before"), (2, "Wrong"), (3, "After"), (4, "Last")], "{length}");
            assert_eq!((found.notices.len(), found.refused.len()), (1, 0), "{length}");
        }
    }

    #[test]
    fn cuts_strays_and_bounds() {
        let warc = [text("One"), text("Two is cut")].concat();
        let cut = found(&warc.as_bytes()[..warc.len() - 9]);
        assert_eq!((cut.articles.len(), cut.refused[0].line), (1, 2));
        assert_eq!(cut.refused[0].reason, "is cut: the record at byte 159 states 10 bytes, and 5 follow");
        let stray = found([text("One"), text("Two")].join("stray\r\n").replacen("WARC/1.0", "WARX/1.0", 1).as_bytes());
        assert_eq!((stray.articles.len(), stray.refused.len()), (1, 1));
        let (limits, mut found) = (Limits { document: 400, ..Limits::default() }, Collected::default());
        let large = [text(&"x".repeat(500)), text("Two")].concat();
        Source::bare("x.warc", |source| read(&mut large.as_bytes(), &Source { limits: &limits, ..*source }, &mut found)).unwrap();
        assert_eq!((found.articles.len(), found.refused.len()), (1, 1));
        assert!(found.refused[0].reason.contains("the bound on one document"));
        // Lengths that all lie are not looked through again and again.
        let liars: String = (0..200).map(|_| record("resource", "Content-Type: text/plain\r\n", "Content-Length: 390\r\n", "x")).collect();
        let mut found = Collected::default();
        let end = Source::bare("x.warc", |source| read(&mut liars.as_bytes(), &Source { limits: &limits, ..*source }, &mut found));
        assert!(end.unwrap_err().to_string().contains("too many"));
    }

    #[test]
    fn an_archive_inside_an_archive_is_no_article() {
        let found = found(text(&text("inner")).as_bytes());
        assert_eq!((found.articles.len(), found.notices.len()), (0, 1));
    }
}
