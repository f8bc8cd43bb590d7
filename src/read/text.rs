//! Text files: one article each, with an optional `---` head of `key: value` lines.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::corpus::record::{Digest, OutletBasis, Record};

/// A decoded text and what was odd about its bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; bytes that are no character have become U+FFFD.
    pub text: String,
    /// How many such places there were.
    pub bad_bytes: usize,
    /// 1-based line of the first.
    pub first_bad_line: usize,
}

/// UTF-8, or UTF-16 where a byte-order mark says so. `Err` says why it is no text.
///
/// # Errors
/// When it holds NUL characters, or more than one character in ten is none.
pub fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).into_owned(),
    };
    if text.contains('\0') {
        return Err("holds NUL characters: not a text file, or UTF-16 without a byte-order mark; save it as UTF-8".into());
    }
    let printed = bytes.windows(3).filter(|w| *w == "\u{FFFD}".as_bytes()).count();
    let bad_bytes = text.matches('\u{FFFD}').count().saturating_sub(printed);
    if bad_bytes * 10 > text.chars().count() {
        return Err("is not UTF-8 text; save it as UTF-8".into());
    }
    let first_bad_line = if bad_bytes == 0 { 0 } else { text.split('\u{FFFD}').next().unwrap_or("").matches('\n').count() + 1 };
    Ok(Decoded { text, bad_bytes, first_bad_line })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

/// Splits off a `---` head: its fields by lower-case key, and the byte at which the article starts.
#[must_use]
pub fn head(text: &str) -> (BTreeMap<String, String>, usize) {
    let mut fields = BTreeMap::new();
    let mut lines = text.split_inclusive('\n');
    let mut at = match lines.next() {
        Some(first) if first.trim_end() == "---" => first.len(),
        _ => return (fields, 0),
    };
    for line in lines {
        at += line.len();
        if line.trim_end() == "---" {
            return (fields, at);
        }
        let Some((key, value)) = line.split_once(':') else { break };
        fields.insert(key.trim().to_lowercase(), value.trim().trim_matches('"').to_owned());
    }
    // A first line of dashes without a second one is text.
    (BTreeMap::new(), 0)
}

/// A record of a text that is known to be UTF-8, for callers that hold texts themselves.
///
/// Bytes that are no character become U+FFFD.
#[must_use]
pub fn record(path: &str, outlet: &str, bytes: &[u8]) -> Record {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (fields, body) = head(&text);
    with_head(path, outlet, OutletBasis::File, text, &fields, body, bytes)
}

pub(super) fn with_head(
    path: &str,
    outlet: &str,
    basis: OutletBasis,
    text: String,
    head: &BTreeMap<String, String>,
    body: usize,
    bytes: &[u8],
) -> Record {
    let field = |names: &[&str]| names.iter().find_map(|name| head.get(*name)).cloned().unwrap_or_default();
    let stem = Path::new(path).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Record {
        path: path.into(),
        line: 1,
        source_id: stem,
        outlet: outlet.to_owned(),
        outlet_basis: basis,
        title: field(&["title", "headline"]),
        byline: field(&["byline", "author"]),
        published_at: field(&["published_at", "date"]),
        url: field(&["url", "link"]),
        language: field(&["language", "lang"]),
        note: field(&["note"]),
        text,
        body,
        sha256: Digest(Sha256::digest(bytes).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, head};

    #[test]
    fn decoding() {
        assert_eq!(decode(b"\xEF\xBB\xBFa\n").unwrap().text, "a\n");
        assert_eq!(decode(b"\xFF\xFEa\0\x1C\x20").unwrap().text, "a\u{201C}");
        let odd = decode(b"a long enough line\nand one bad \x93 byte in it").unwrap();
        assert_eq!((odd.bad_bytes, odd.first_bad_line), (1, 2));
        assert!(decode(b"a\0b\0c\0").unwrap_err().contains("NUL"));
        assert!(decode(&[0xC3; 50]).is_err());
    }

    #[test]
    fn heads() {
        let text = "---\noutlet: Some Paper\nDate: 2021-12-01\n---\nBody";
        let (fields, at) = head(text);
        assert_eq!((fields["outlet"].as_str(), fields["date"].as_str(), text.get(at..)), ("Some Paper", "2021-12-01", Some("Body")));
        assert_eq!(head("---\nno key here\nBody").1, 0);
        assert_eq!(head("Body").1, 0);
    }
}
