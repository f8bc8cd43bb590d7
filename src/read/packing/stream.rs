//! One stream of bytes to records: its format is told, its encoding undone.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use encoding_rs_io::DecodeReaderBytesBuilder;
use zip::ZipArchive;

use crate::read::admission::Admission;
use crate::read::columnar::mark;
use crate::read::draft::{Refused, Sink};
use crate::read::encoding::{Encoding, decode, guess};
use crate::read::format::{FORMATS, Format, HEAD, by_name, format_of};
use crate::read::notice::Notice;
use crate::read::packing::packed::{Bounded, Counted, GZIP, Members, Meter, UpToFault, without_gz};
use crate::read::text::nul_characters;

/// The entry that makes a ZIP a Word document.
pub const WORD: &str = "word/document.xml";

/// Whether a stream starts as a ZIP does, be it an empty one or one of several parts.
#[must_use]
pub fn is_zip(start: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| start.starts_with(*mark))
}

/// Reads one stream of bytes by the format that its name and its start show.
///
/// # Errors
/// What reading says.
pub fn read_stream(name: &str, mut input: impl Read, admission: &mut Admission<'_>) -> io::Result<()> {
    let mut head = Vec::with_capacity(HEAD);
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    if head.starts_with(GZIP) {
        let mend = "unpack it once; only one packing is undone";
        admission.refuse(Refused::whole("is packed twice", mend));
        return Ok(());
    }
    if is_zip(&head) {
        return read_inner_zip(name, Cursor::new(head).chain(input), admission);
    }
    // Many programs unpack what they fetch and leave the name as it was.
    let name = without_gz(name);
    if let Some(refused) = mark::refused(name, &head) {
        admission.refuse(refused);
        return Ok(());
    }
    let shown = decode(&head, Encoding::Guess, "").text;
    let Some(format) = format_of(name, &shown) else {
        admission.refuse(if head.is_empty() { Refused::whole("is empty", "fetch it again, or leave it out") } else { unknown(name) });
        return Ok(());
    };
    admission.set_format(format);
    let declared = admission.encoding();
    if let Some(refused) = of_wide_characters(&head, format, declared) {
        admission.refuse(refused);
        return Ok(());
    }
    let whole = Cursor::new(head.clone()).chain(input);
    if !format.streams {
        return admission.read(format, &mut BufReader::with_capacity(1 << 16, whole));
    }
    let mark = encoding_rs::Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    let encoding = mark.or(match declared {
        Encoding::Fixed(encoding) => Some(encoding),
        Encoding::Guess if std::str::from_utf8(&head).is_err_and(|e| e.error_len().is_some()) => {
            let found = guess(&head);
            let message = format!("{}: is not UTF-8; taken for {}", admission.name(), found.name());
            let mend = format!("check its quotation marks; --encoding {} says so without a guess", found.name());
            admission.notice(Notice { code: "W003", message, mend });
            Some(found)
        }
        Encoding::Declared | Encoding::Guess => None,
    });
    match encoding.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        Some(encoding) => {
            let decoded = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(whole);
            admission.read(format, &mut BufReader::with_capacity(1 << 16, decoded))
        }
        None => admission.read(format, &mut BufReader::with_capacity(1 << 16, whole)),
    }
}

/// Reads a ZIP that is packed in something else, which must be one document.
fn read_inner_zip(name: &str, input: impl Read, admission: &mut Admission<'_>) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(admission.limits().document + 1).read_to_end(&mut bytes)?;
    let is_word = || ZipArchive::new(Cursor::new(&bytes)).is_ok_and(|archive| archive.index_for_name(WORD).is_some());
    if is_document(name) || is_word() {
        return read_document(name, &mut Cursor::new(bytes), admission);
    }
    let mend = "take the inner one out; only one packing is undone";
    admission.refuse(Refused::whole("is a ZIP inside a packed file", mend));
    Ok(())
}

/// Whether a file of this name is one document, though its bytes are a ZIP.
#[must_use]
pub fn is_document(name: &str) -> bool {
    by_name(name).is_some_and(|format| format.extensions.contains(&"docx"))
}

/// Why the characters of a file cannot be told by its start: UTF-32, or two bytes a character without a mark that says so. Readers
/// that hold a file whole look for NUL characters themselves.
fn of_wide_characters(head: &[u8], format: &Format, declared: Encoding) -> Option<Refused> {
    if head.starts_with(b"\xFF\xFE\0\0") || head.starts_with(b"\0\0\xFE\xFF") {
        return Some(Refused::whole("is UTF-32, which is not read", "save it as UTF-8"));
    }
    let is_told = match declared {
        Encoding::Guess => true,
        Encoding::Fixed(encoding) => encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE,
        Encoding::Declared => false,
    };
    let zeros = memchr::memchr_iter(0, head).count();
    let is_wide = format.streams && !is_told && encoding_rs::Encoding::for_bom(head).is_none() && zeros * 4 > head.len();
    is_wide.then(nul_characters)
}

fn unknown(name: &str) -> Refused {
    if name.to_lowercase().ends_with(".zip") {
        return Refused::whole("is no ZIP, whatever its name says", "fetch it again, or give it the name of what it is");
    }
    let kind =
        Path::new(name).extension().map_or_else(|| "without an extension".to_owned(), |e| format!("of the kind .{}", e.to_string_lossy()));
    let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let what = match extension.as_str() {
        "mhtml" | "mht" | "webarchive" | "maff" => Some("open it in the browser and save it as a web page of the kind HTML"),
        "pdf" | "epub" | "djvu" => Some("copy the article's text into a .txt file, or save the web page that shows it as HTML"),
        "doc" | "odt" | "pages" | "wpd" => Some("open it where it was written and save it as .docx or .txt"),
        "xls" | "ods" | "numbers" => Some("save it as CSV (UTF-8)"),
        _ => None,
    };
    if let Some(mend) = what {
        return Refused::whole(format!("is {kind}, which is not read"), mend);
    }
    let known: Vec<String> = FORMATS.iter().flat_map(|f: &Format| f.extensions).map(|e| format!(".{e}")).collect();
    Refused::whole(format!("is {kind}, which is not read"), format!("give {}, or one of them as .gz or in a .zip", known.join(", ")))
}

/// Reads what a gzip stream holds. `packed` counts the stored bytes behind it where those are not its own, for the ratio.
///
/// # Errors
/// What reading says, and a bound that was hit.
pub fn read_gzip(name: &str, stored: impl BufRead, packed: Option<Rc<Cell<u64>>>, admission: &mut Admission<'_>) -> io::Result<()> {
    let (counted, taken) = Counted::new(stored);
    let (unpacked, fault) = UpToFault::new(Members::new(counted), Rc::clone(&taken));
    let meter = Meter::new(packed.unwrap_or(taken), admission.limits());
    let mut unpacked = BufReader::with_capacity(1 << 16, Bounded::new(unpacked, meter));
    let nothing = unpacked.fill_buf()?.is_empty() && fault.borrow().is_some();
    let read = if nothing { Ok(()) } else { read_stream(without_gz(name), &mut unpacked, admission) };
    if read.is_ok() {
        // A fault after what the reader wanted is one all the same.
        io::copy(&mut unpacked, &mut io::sink())?;
    }
    if let Some(fault) = fault.take() {
        admission.refuse(fault);
    }
    read
}

/// Reads a ZIP that is one document.
///
/// # Errors
/// What reading says.
pub fn read_document(name: &str, stored: &mut dyn BufRead, admission: &mut Admission<'_>) -> io::Result<()> {
    let format = by_name(name).filter(|_| is_document(name)).or_else(|| by_name("document.docx"));
    let Some(format) = format else {
        admission.refuse(unknown(name));
        return Ok(());
    };
    admission.set_format(format);
    admission.read(format, stored)
}

/// What an error in the middle of a file means for those who gave it.
#[must_use]
pub fn broken(error: &io::Error) -> Refused {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Refused::whole(
            format!("is cut: it ends before what it holds does ({error})"),
            "fetch it again; what came before the cut was read",
        ),
        io::ErrorKind::QuotaExceeded => Refused::whole(
            error.to_string(),
            "if you trust where it comes from, raise the bound: --limit ratio=N or --limit file=SIZE; what came before was read",
        ),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            Refused::whole(format!("is damaged ({error})"), "fetch it again; what came before was read")
        }
        _ => Refused::whole(format!("cannot be read: {error}"), "check the disk, and that you may read it"),
    }
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn what_to_do_with_kinds_that_are_not_read() {
        for (name, mend) in [("a.MHTML", "web page"), ("a.pdf", ".txt"), ("a.doc", ".docx"), ("a.xls", "CSV"), ("a.xyz", ".jsonl")] {
            assert!(unknown(name).mend.contains(mend), "{name}");
        }
    }
}
