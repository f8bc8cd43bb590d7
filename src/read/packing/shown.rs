//! What a file is, by its start and its name, without reading it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::read::columnar::mark;
use crate::read::encoding::{Encoding, decode};
use crate::read::format::{HEAD, format_of};
use crate::read::packing::packed::{GZIP, without_gz};
use crate::read::packing::stream::{is_document, is_zip};

/// The format of a file, with what it is packed in; or why it is not read.
///
/// # Errors
/// A few words for people: what keeps it from being read.
pub fn shown_as(path: &Path) -> Result<String, String> {
    let cannot = |e: std::io::Error| format!("cannot be read: {e}");
    let kind = std::fs::symlink_metadata(path).map_err(cannot)?;
    if kind.is_symlink() {
        return Err("a link; links are not followed".to_owned());
    }
    if !kind.is_file() {
        return Err("no regular file".to_owned());
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let start = start_of(File::open(path).map_err(cannot)?).map_err(cannot)?;
    if is_zip(&start) && !is_document(&name) {
        return Ok("ZIP".to_owned());
    }
    let (start, packed) = match start.starts_with(GZIP) {
        // What cannot be unpacked shows nothing; reading says why.
        true => (start_of(MultiGzDecoder::new(&start[..])).unwrap_or_default(), ", gzip"),
        false => (start, ""),
    };
    if start.is_empty() {
        return Err(if packed.is_empty() { "empty".to_owned() } else { "gzip that cannot be unpacked".to_owned() });
    }
    let is_own_file = cfg!(feature = "parquet") && packed.is_empty() && mark::is_parquet(&start);
    if let Some(refused) = mark::refused(without_gz(&name), &start).filter(|_| !is_own_file) {
        return Err(refused.reason.trim_start_matches("is ").to_owned());
    }
    match format_of(without_gz(&name), &decode(&start, Encoding::Guess, "").text) {
        Some(format) => Ok(format!("{}{packed}", format.name)),
        None => Err("no format that is read".to_owned()),
    }
}

/// The bytes by which a format is told: as many as there are.
fn start_of(input: impl Read) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(HEAD);
    match input.take(HEAD as u64).read_to_end(&mut start) {
        // The first bytes of a packed file end in the middle of what is packed.
        Err(_) if !start.is_empty() => Ok(start),
        read => read.map(|_| start),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::shown_as;

    #[test]
    fn formats_and_what_they_are_packed_in() {
        let folder = tempfile::tempdir().unwrap();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        // More than the start that is looked at.
        for n in 0..50_000_u64 {
            writeln!(packed, "{{\"text\": \"{:x}\"}}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)).unwrap();
        }
        let packed = packed.finish().unwrap();
        assert!(packed.len() > 100_000);
        let cases: [(&str, &[u8], Result<&str, &str>); 6] = [
            ("a.txt", b"A plain text of some words.", Ok("text")),
            ("a.jsonl.gz", &packed, Ok("JSON lines, gzip")),
            ("a.csv", b"outlet,title,text\nA,B,C\n", Ok("table")),
            ("a.zip", b"PK\x03\x04rest", Ok("ZIP")),
            ("a.pdf", b"%PDF-1.7", Err("no format that is read")),
            ("b.txt", b"", Err("empty")),
        ];
        for (name, bytes, expected) in cases {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(shown_as(&path), expected.map(str::to_owned).map_err(str::to_owned), "{name}");
        }
    }
}
