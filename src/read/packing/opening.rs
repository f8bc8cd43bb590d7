//! From a path to streams of bytes: a plain file, a gzip stream, or an archive of files.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::fault::caught;
use crate::read::admission::Admission;
#[cfg(feature = "parquet")]
use crate::read::columnar::{mark::is_parquet, records};
use crate::read::draft::{Refused, Sink};
use crate::read::packing::archive::Archive;
use crate::read::packing::packed::GZIP;
use crate::read::packing::stream::{broken, is_document, is_zip, read_document, read_gzip, read_stream};
use crate::watch::Watch;

/// Bytes of a file as stored, and their SHA-256.
#[derive(Clone, Copy, Debug)]
pub struct FileRead {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: Digest,
}

/// Reads a file, whatever it is packed in: its articles and what is none go to `admission`, and `watch` hears of the bytes. `None` when it could not be opened.
pub fn read_file(path: &Path, admission: &mut Admission<'_>, watch: &dyn Watch) -> Option<FileRead> {
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
    // What is packed is bounded by what comes out of it.
    let most = admission.limits().file;
    if kind.len() > most {
        admission.refuse(Refused::too_long("the file", "file", usize::try_from(most).unwrap_or(usize::MAX)));
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
    let mut stored = BufReader::with_capacity(1 << 16, Tallied { inner: file, tally: Rc::clone(&tally), watch });
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let read = caught(|| {
        let start = stored.fill_buf()?;
        #[cfg(feature = "parquet")]
        if is_parquet(start) {
            return records::read(File::open(path)?, admission);
        }
        match (is_zip(start), start.starts_with(GZIP)) {
            (true, _) if !is_document(&name) => read_archive(File::open(path)?, &name, &mut stored, admission),
            (_, true) => read_gzip(&name, &mut stored, None, admission),
            _ => read_stream(&name, &mut stored, admission),
        }
    });
    match read {
        Ok(Ok(())) => {}
        Ok(Err(e)) => admission.refuse(broken(&e)),
        Err(fault) => admission.refuse(Refused::at_fault(0, &fault)),
    }
    // What a reader left unread is part of the file all the same.
    let drained = io::copy(&mut stored, &mut io::sink());
    if let Err(e) = drained {
        admission.refuse(cannot(&e));
    }
    drop(stored);
    let tally = tally.take();
    if let Some(refused) = shrunk(tally.bytes, kind.len()) {
        admission.refuse(refused);
    }
    Some(FileRead { bytes: tally.bytes, sha256: Digest(tally.hash.finalize().into()) })
}

/// What is wrong with a file that gave fewer bytes than it held before it was opened: nothing may be missing without a word.
fn shrunk(read: u64, held: u64) -> Option<Refused> {
    let reason = || format!("became shorter while it was read: {read} bytes of {held}");
    (read < held).then(|| Refused::whole(reason(), "let the program that writes it come to its end, then run again"))
}

/// Reads an archive, or the one document that its entries are parts of. `stored` is the same file from its start.
fn read_archive(file: File, name: &str, stored: &mut dyn BufRead, admission: &mut Admission<'_>) -> io::Result<()> {
    match Archive::open(BufReader::new(file), admission)? {
        Some(archive) if archive.is_word() => read_document(name, stored, admission),
        Some(archive) => {
            archive.read(admission);
            Ok(())
        }
        None => Ok(()),
    }
}

#[derive(Default)]
struct Tally {
    bytes: u64,
    hash: Sha256,
}

/// Counts and hashes what is read of a file.
struct Tallied<'w, R> {
    inner: R,
    tally: Rc<RefCell<Tally>>,
    watch: &'w dyn Watch,
}

impl<R: Read> Read for Tallied<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.watch.advance(read as u64);
        let mut tally = self.tally.borrow_mut();
        tally.bytes += read as u64;
        tally.hash.update(&buffer[..read]);
        Ok(read)
    }
}
