//! Word documents (.docx): the paragraphs of the main text.
//!
//! Deleted and moved-away text, codes of fields, comments and notes are left out; text that a tracked change inserted is kept; a
//! text box counts once. What an office suite computes (numbers of lists, references) is not there.

use std::io::{self, BufRead, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::read::delivery::kind;
use crate::read::draft::{Refused, Sink};
use crate::read::encoding::{Encoding, decode};
use crate::read::format::Source;
use crate::read::office::paragraph::Pages;
use crate::read::packing::packed::{Bounded, Meter};
use crate::read::packing::stream::WORD;

/// Reads a document.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| pages(&bytes, source)) {
        Ok(pages) => kind::read(&pages, source, sink),
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

fn pages(bytes: &[u8], source: &Source<'_>) -> Result<Pages, Refused> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Refused::whole("is an encrypted document, or one of an old kind", "save it as .docx without a password"));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| {
        let what = e.to_string().lines().next().unwrap_or("").to_owned();
        Refused::whole(format!("is no whole Word document ({what})"), "open it and save it again as .docx")
    })?;
    let meter = Meter::of_archive(bytes.len() as u64, source.limits);
    let mut part = |name: &str| -> Result<Option<String>, Refused> {
        let Some(index) = zip.index_for_name(name) else { return Ok(None) };
        let fault =
            |what: String| Refused::whole(format!("is a damaged Word document ({name}: {what})"), "open it and save it again as .docx");
        let file = zip.by_index(index).map_err(|e| fault(e.to_string().lines().next().unwrap_or("").to_owned()))?;
        let mut bytes = Vec::new();
        let bound = source.limits.document;
        Bounded::new(file, meter.clone()).take(bound + 1).read_to_end(&mut bytes).map_err(|e| fault(e.to_string()))?;
        if bytes.len() as u64 > bound {
            let reason = format!("holds more than {} MiB of text, the bound on one document", bound >> 20);
            return Err(Refused::whole(reason, "split it, or raise the bound with --limit document=SIZE"));
        }
        Ok(Some(decode(&bytes, Encoding::Declared, "").text))
    };
    let Some(text) = part(WORD)? else {
        return Err(Refused::whole(format!("is no Word document (it has no {WORD})"), "open it and save it again as .docx"));
    };
    // Properties are a courtesy: a document without readable ones is one all the same.
    let properties = part("docProps/core.xml").ok().flatten().unwrap_or_default();
    let mut pages = body(&text, source)?;
    pages.title = property(&properties, "title");
    Ok(pages)
}

/// The content of an element that holds text alone.
fn property(xml: &str, name: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut inside, mut found) = (false, String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if start.local_name().as_ref() == name => inside = true,
            Ok(Event::Text(text)) if inside => found.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) if inside => found.extend(character(&reference)),
            Ok(Event::End(_)) if inside => return found.trim().to_owned(),
            Ok(Event::Eof) | Err(_) => return String::new(),
            Ok(_) => {}
        }
    }
}

/// The character that a reference stands for. Entities that a document declares are not expanded.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => Some(c),
        _ => match reference.xml10_content().as_ref() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
    }
}

/// Elements whose text is not the document's, with all that is inside them.
fn is_left_out(name: &str) -> bool {
    // The fallback repeats a text box for old programs.
    matches!(
        name,
        "del"
            | "moveFrom"
            | "instrText"
            | "delText"
            | "delInstrText"
            | "Fallback"
            | "pPrChange"
            | "rPrChange"
            | "footnote"
            | "endnote"
            | "comment"
            | "rt"
    )
}

/// What walking the main text has come to.
#[derive(Default)]
struct Walk {
    pages: Pages,
    /// Open paragraphs, the outermost first: a text box stands inside a paragraph.
    open: Vec<(String, bool)>,
    /// Depth of the element that is left out, 0 if none.
    skipped_from: usize,
    depth: usize,
    in_text: bool,
}

impl Walk {
    fn put(&mut self, text: &str) {
        if let Some((paragraph, _)) = self.open.last_mut().filter(|_| self.skipped_from == 0) {
            paragraph.push_str(text);
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, empty: bool) {
        let name = element.local_name();
        let name: &str = name.as_ref();
        if !empty {
            self.depth += 1;
            if self.skipped_from == 0 && is_left_out(name) {
                self.skipped_from = self.depth;
            }
        }
        if self.skipped_from > 0 {
            return;
        }
        match name {
            "p" if element.name().as_ref().starts_with("w:") || !element.name().as_ref().contains(':') => {
                if empty {
                    self.pages.push("", false);
                } else {
                    self.open.push((String::new(), false));
                }
            }
            "t" => self.in_text = !empty,
            "tab" | "ptab" if self.in_run(element) => self.put("\t"),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("\u{2011}"),
            "pStyle" => {
                let value = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == "val");
                let style = value.map(|a| a.value.to_lowercase()).unwrap_or_default();
                if let Some((_, heading)) = self.open.last_mut() {
                    *heading = ["heading", "title", "berschrift", "titre", "titel", "ttulo"].iter().any(|known| style.contains(known));
                }
            }
            _ => {}
        }
    }

    /// Stops of the ruler are called as the tabs of the text are.
    fn in_run(&self, element: &BytesStart<'_>) -> bool {
        element.attributes().flatten().all(|a| a.key.local_name().as_ref() != "pos")
    }

    fn end(&mut self, name: &str) {
        if self.skipped_from == 0 {
            match name {
                "w:p" | "p" => {
                    if let Some((text, heading)) = self.open.pop() {
                        self.pages.push(&text, heading);
                    }
                }
                "w:t" | "t" => self.in_text = false,
                _ => {}
            }
        }
        if self.skipped_from == self.depth {
            self.skipped_from = 0;
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

fn body(xml: &str, source: &Source<'_>) -> Result<Pages, Refused> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => walk.start(&element, false),
            Ok(Event::Empty(element)) => walk.start(&element, true),
            Ok(Event::End(element)) => walk.end(element.name().as_ref()),
            Ok(Event::Text(text)) if walk.in_text => walk.put(&text.xml10_content()),
            Ok(Event::CData(text)) if walk.in_text => walk.put(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) if walk.in_text => {
                let mut buffer = [0; 4];
                walk.put(character(&reference).map_or("\u{FFFD}", |c| c.encode_utf8(&mut buffer)));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(e) => {
                let reason = format!("is a damaged Word document ({WORD}: {e} at byte {})", reader.error_position());
                return Err(Refused::whole(reason, "open it and save it again as .docx"));
            }
        }
        if walk.depth > source.limits.nesting {
            let reason = format!("has elements inside one another more than {} deep", source.limits.nesting);
            return Err(Refused::whole(reason, "save its text as .txt, or raise the bound with --limit nesting=N"));
        }
    }
    if walk.depth > 0 {
        return Err(Refused::whole(
            format!("is a damaged Word document ({WORD} ends inside an element)"),
            "open it and save it again as .docx",
        ));
    }
    Ok(walk.pages)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::read;
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn found(bytes: &[u8]) -> Collected {
        let mut found = Collected::default();
        Source::bare("x.docx", |source| read(&mut &*bytes, source, &mut found)).unwrap();
        found
    }

    fn of_body(body: &str) -> Collected {
        let xml = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"m\"><w:body>{body}</w:body></w:document>");
        found(&pack(&[("[Content_Types].xml", ""), ("word/document.xml", &xml)]))
    }

    fn text_of(body: &str) -> String {
        of_body(body).articles.remove(0).text
    }

    #[test]
    fn runs_breaks_and_references() {
        let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">One &amp; </w:t></w:r>\
            <w:r><w:t>t&#119;o</w:t><w:br/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p><w:p/>\
            <w:p><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink></w:p>";
        assert_eq!(text_of(body), "One & two\na\u{2011}b\tc\n\nA link");
    }

    #[test]
    fn tracked_changes_fields_and_boxes() {
        let body = "<w:p><w:del><w:r><w:delText>old</w:delText><w:t>older</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>\
            <w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom></w:p>\
            <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
            <mc:Fallback><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>\
            <w:r><w:t>Around</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        assert_eq!(text_of(body), "new\n\nBoxed\n\nAround\n\nCell");
    }

    #[test]
    fn titles_of_the_properties() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>A &lt;title&gt;</w:t></w:r></w:p><w:p><w:r><w:t>Text</w:t></w:r></w:p></w:body></w:document>";
        let core = "<cp:coreProperties><dc:title>A &lt;title&gt;</dc:title><dc:creator>B</dc:creator></cp:coreProperties>";
        let found = found(&pack(&[("word/document.xml", xml), ("docProps/core.xml", core)]));
        assert_eq!((found.articles[0].title.as_str(), found.articles[0].text.as_str()), ("A <title>", "Text"));
    }

    #[test]
    fn what_is_no_document_is_told() {
        let reason = |bytes: &[u8]| found(bytes).refused.remove(0).reason;
        assert!(reason(b"").starts_with("is no whole Word document"));
        assert!(reason(&pack(&[("a.txt", "x")])).starts_with("is no Word document (it has no word/document.xml)"));
        assert!(reason(&[0xD0, 0xCF, 0x11, 0xE0, 0]).contains("old kind"));
        assert_eq!(of_body("<w:p/>").refused[0].reason, "holds no text");
        assert!(of_body("<w:p></w:r>").refused[0].reason.starts_with("is a damaged Word document"));
        assert!(of_body(&"<a>".repeat(600)).refused[0].reason.contains("more than 512 deep"));
        let cut = pack(&[("word/document.xml", "<w:document/>")]);
        assert!(reason(&cut[..cut.len() - 30]).starts_with("is no whole Word document"));
        let unclosed = found(&pack(&[("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>Half")]));
        assert!(unclosed.refused[0].reason.contains("ends inside"), "{:?}", unclosed.refused);
    }
}
