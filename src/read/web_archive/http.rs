//! What a web server answered, as an archive holds it: status, type, and the body with its transfer codings undone.

use std::cell::Cell;
use std::io::{BufReader, Read};
use std::rc::Rc;

use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use crate::read::limits::Limits;
use crate::read::packing::packed::{Bounded, GZIP, Members, Meter};

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// Its status: 200 for a page.
    pub status: u16,
    /// What the server says that the body is, as `Content-Type` has it.
    pub content_type: String,
    /// The body, without chunks and unpacked.
    pub body: Vec<u8>,
}

/// Takes an answer apart.
///
/// # Errors
/// Says what is wrong with it.
pub fn parse(block: &[u8], limits: &Limits) -> Result<Response, String> {
    let ends = [b"\r\n\r\n".as_slice(), b"\n\n"].into_iter().filter_map(|end| Some((memchr::memmem::find(block, end)?, end.len())));
    let (at, length) = ends.min().unwrap_or((block.len(), 0));
    let head = String::from_utf8_lossy(block.get(..at).unwrap_or_default()).into_owned();
    let body = block.get(at + length..).unwrap_or_default();
    let mut lines = head.lines();
    let status_line = lines.next().unwrap_or("");
    let status = status_line.strip_prefix("HTTP/").and_then(|rest| rest.split_whitespace().nth(1)).and_then(|code| code.parse().ok());
    let status =
        status.ok_or_else(|| format!("does not start with an HTTP status (\"{}\")", status_line.chars().take(40).collect::<String>()))?;
    let fields: Vec<(String, &str)> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim().to_lowercase(), value.trim())).collect();
    let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| *value);
    if status != 200 {
        return Ok(Response { status, content_type: field("content-type").to_owned(), body: Vec::new() });
    }
    // Crawlers often undo a coding and keep the field that names it, so the body is asked too.
    let body =
        if field("transfer-encoding").to_lowercase().contains("chunked") { unchunked(body) } else { None }.unwrap_or_else(|| body.to_vec());
    let body = decoded(body, &field("content-encoding").to_lowercase(), limits)?;
    Ok(Response { status, content_type: field("content-type").to_owned(), body })
}

/// The type and the character set of a `Content-Type`, both in lower case.
#[must_use]
pub fn content_type(field: &str) -> (String, String) {
    let mut parts = field.split(';').map(str::trim);
    let kind = parts.next().unwrap_or("").to_lowercase();
    let charset = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    (kind, charset.map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_lowercase()).unwrap_or_default())
}

/// The body without the sizes of its chunks; nothing if it has none. Of a cut body, what is there.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut found = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', rest);
        let line = std::str::from_utf8(rest.get(..end.unwrap_or(rest.len()))?).ok();
        let size = line.and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        let (Some(size), Some(end)) = (size, end) else { return (!found.is_empty()).then_some(found) };
        if size == 0 {
            return Some(found);
        }
        let data = rest.get(end + 1..)?;
        let chunk = data.get(..size).unwrap_or(data);
        found.extend_from_slice(chunk);
        let after = data.get(chunk.len()..)?;
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
}

fn decoded(body: Vec<u8>, coding: &str, limits: &Limits) -> Result<Vec<u8>, String> {
    let packed = Rc::new(Cell::new(body.len() as u64));
    let unpack = |stream: &mut dyn Read| {
        let mut found = Vec::new();
        let read = Bounded::new(stream, Meter::new(Rc::clone(&packed), limits)).take(limits.document + 1).read_to_end(&mut found);
        match read {
            _ if found.len() as u64 > limits.document => {
                Err(format!("unpacks to more than {} MiB; --limit document=SIZE raises the bound", limits.document >> 20))
            }
            Err(e) if e.to_string().contains("--limit") => Err(e.to_string()),
            // A page that was cut on its way is read as far as it goes.
            Err(e) if found.is_empty() => Err(format!("cannot be unpacked ({e})")),
            _ => Ok(found),
        }
    };
    let plain = || body.iter().find(|b| !b.is_ascii_whitespace()).is_none_or(|b| b"<{[\xEF".contains(b));
    match coding {
        "" | "identity" => Ok(body),
        "gzip" | "x-gzip" if body.starts_with(GZIP) => unpack(&mut Members::new(body.as_slice())),
        "deflate" if body.starts_with(&[0x78]) => unpack(&mut ZlibDecoder::new(BufReader::new(body.as_slice()))),
        _ if plain() => Ok(body),
        "deflate" => unpack(&mut DeflateDecoder::new(BufReader::new(body.as_slice()))),
        "gzip" | "x-gzip" => Ok(body),
        other => Err(format!("is packed in a way that is not read ({other})")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{content_type, parse};
    use crate::read::limits::Limits;

    fn body(block: &[u8]) -> Result<String, String> {
        parse(block, &Limits::default()).map(|found| String::from_utf8_lossy(&found.body).into_owned())
    }

    #[test]
    fn heads_and_types() {
        let found = parse(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\n\nx", &Limits::default()).unwrap();
        assert_eq!((found.status, found.content_type.as_str(), found.body.as_slice()), (200, "text/html", b"<p>\n\nx".as_slice()));
        assert_eq!(parse(b"HTTP/2 404\n\n", &Limits::default()).unwrap().status, 404);
        assert!(body(b"<html>").unwrap_err().contains("\"<html>\""));
        assert_eq!(content_type("Text/HTML; Charset=\"ISO-8859-1\""), ("text/html".into(), "iso-8859-1".into()));
    }

    #[test]
    fn codings_are_undone_where_they_are_there() {
        let chunked = |body: &str| [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", body.as_bytes()].concat();
        assert_eq!(body(&chunked("4;x=y\r\nabcd\r\nA\r\n0123456789\r\n0\r\n\r\n")), Ok("abcd0123456789".into()));
        assert_eq!(body(&chunked("<p>never chunked</p>")), Ok("<p>never chunked</p>".into()));
        assert_eq!(body(&chunked("8\r\nabcd")), Ok("abcd".into()));
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(b"<p>page</p>").unwrap();
        let gz = gz.finish().unwrap();
        let packed =
            |coding: &str, body: &[u8]| [format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n").as_bytes(), body].concat();
        assert_eq!(body(&packed("gzip", &gz)), Ok("<p>page</p>".into()));
        assert_eq!(body(&packed("gzip", b"<p>already</p>")), Ok("<p>already</p>".into()));
        assert_eq!(body(&packed("br", b"<p>already</p>")), Ok("<p>already</p>".into()));
        assert_eq!(body(&packed("br", b"\x0b\x02\x80")), Err("is packed in a way that is not read (br)".into()));
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        bomb.write_all(&vec![b'a'; 3 << 20]).unwrap();
        assert!(body(&packed("gzip", &bomb.finish().unwrap())).unwrap_err().contains("more than 200 times"));
    }
}
