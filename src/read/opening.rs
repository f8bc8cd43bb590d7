//! From a path to streams of bytes: what is packed is unpacked, within bounds.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};

use crate::corpus::record::Digest;
use crate::text::count::plural;

use super::admission::Admission;
use super::draft::{Refused, Sink};
use super::encoding::{Encoding, decode, guess};
use super::format::{FORMATS, Format, HEAD, format_of};
use super::limits::Limits;
use super::notice::Notice;

/// Bytes of a file as stored, and their SHA-256.
#[derive(Clone, Copy, Debug)]
pub struct FileRead {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: Digest,
}

/// Reads a file, whatever it is packed in: its articles and what is none go to `admission`. `None` when it could not be opened.
pub fn read_file(path: &Path, admission: &mut Admission<'_>) -> Option<FileRead> {
    let cannot = |e: &io::Error| Refused::whole(format!("cannot be read: {e}"), "check that it is there and that you may read it");
    let kind = match std::fs::symlink_metadata(path) {
        Ok(kind) => kind,
        Err(e) => {
            admission.refuse(cannot(&e));
            return None;
        }
    };
    if kind.is_symlink() {
        admission.refuse(Refused::whole("is a link; links are not followed", "give the file itself"));
        return None;
    }
    if !kind.is_file() {
        admission.refuse(Refused::whole("is no regular file", "give a file that holds articles"));
        return None;
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) => {
            admission.refuse(cannot(&e));
            return None;
        }
    };
    let tally = Rc::new(RefCell::new(Tally::default()));
    let mut stored = BufReader::with_capacity(1 << 16, Tallied { inner: file, tally: Rc::clone(&tally) });
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let read = stored.fill_buf().map(|start| start.starts_with(&[0x1F, 0x8B])).and_then(|packed| {
        if packed {
            let inner = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".GZ")).unwrap_or(&name);
            let unpacked = Unpacked {
                inner: MultiGzDecoder::new(&mut stored),
                tally: Rc::clone(&tally),
                bytes: 0,
                limits: admission.limits().clone(),
            };
            read_stream(inner, unpacked, admission)
        } else {
            read_stream(&name, &mut stored, admission)
        }
    });
    if let Err(e) = read {
        admission.refuse(broken(&e));
    }
    // What a reader left unread is part of the file all the same.
    let drained = io::copy(&mut stored, &mut io::sink());
    if let Err(e) = drained {
        admission.refuse(cannot(&e));
    }
    drop(stored);
    let tally = tally.take();
    Some(FileRead { bytes: tally.bytes, sha256: Digest(tally.hash.finalize().into()) })
}

/// What an error in the middle of a file means for those who gave it.
fn broken(error: &io::Error) -> Refused {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Refused::whole(
            format!("is cut: it ends before what it holds does ({error})"),
            "fetch it again; what came before the cut was read",
        ),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            Refused::whole(format!("is damaged ({error})"), "fetch it again; what came before was read")
        }
        _ => Refused::whole(format!("cannot be read: {error}"), "check the disk, and that you may read it"),
    }
}

/// Reads one stream of bytes by the format that its name and its start show.
///
/// # Errors
/// What reading says.
pub fn read_stream(name: &str, mut input: impl Read, admission: &mut Admission<'_>) -> io::Result<()> {
    let mut head = Vec::with_capacity(HEAD);
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let shown = decode(&head, Encoding::Guess, "").text;
    let Some(format) = format_of(name, &shown) else {
        admission.refuse(unknown(name));
        return Ok(());
    };
    admission.set_format(format);
    let declared = admission.encoding();
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

fn unknown(name: &str) -> Refused {
    let kind =
        Path::new(name).extension().map_or_else(|| "without an extension".to_owned(), |e| format!("of the kind .{}", e.to_string_lossy()));
    let known: Vec<String> = FORMATS.iter().flat_map(|f: &Format| f.extensions).map(|e| format!(".{e}")).collect();
    Refused::whole(format!("is {kind}, which is not read"), format!("give {}, or one of them as .gz or in a .zip", known.join(", ")))
}

#[derive(Default)]
struct Tally {
    bytes: u64,
    hash: Sha256,
}

/// Counts and hashes what is read of a file.
struct Tallied<R> {
    inner: R,
    tally: Rc<RefCell<Tally>>,
}

impl<R: Read> Read for Tallied<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let mut tally = self.tally.borrow_mut();
        tally.bytes += read as u64;
        tally.hash.update(&buffer[..read]);
        Ok(read)
    }
}

/// Bounds what is unpacked, by what comes out: a bound on what goes in bounds nothing.
struct Unpacked<R> {
    inner: R,
    tally: Rc<RefCell<Tally>>,
    bytes: u64,
    limits: Limits,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        let packed = self.tally.borrow().bytes;
        check_unpacked(self.bytes, packed, &self.limits)?;
        Ok(read)
    }
}

/// Unpacked bytes from which the ratio to the packed ones counts.
const RATIO_FROM: u64 = 1 << 20;

/// # Errors
/// When more came out than bounds allow.
fn check_unpacked(unpacked: u64, packed: u64, limits: &Limits) -> io::Result<()> {
    let refuse = |what: String| Err(io::Error::new(io::ErrorKind::InvalidData, what));
    if unpacked > RATIO_FROM && unpacked / limits.ratio > packed.max(1) {
        return refuse(format!("unpacks to more than {} times its size; --limit ratio=N raises the bound", limits.ratio));
    }
    if unpacked > limits.file {
        return refuse(format!("unpacks to more than {}; --limit file=SIZE raises the bound", plural((limits.file >> 20) as usize, "MiB")));
    }
    Ok(())
}
