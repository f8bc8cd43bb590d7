//! Bytes to characters: a byte-order mark is obeyed, then what the user or the file declares, else it is UTF-8. What is no character
//! becomes U+FFFD and is counted.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// What the user says of the encoding of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Byte-order mark, else what the file declares, else UTF-8.
    #[default]
    Declared,
    /// As [`Encoding::Declared`]; where nothing is declared and it is no UTF-8, guessed, and the guess is told.
    Guess,
    /// This one, unless a byte-order mark says otherwise.
    Fixed(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// By the name of an encoding as the web knows it (`utf-8`, `latin1`, `cp1252`, `utf-16le`), or `auto`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let label = match name.trim().to_ascii_lowercase().as_str() {
            "auto" => return Some(Self::Guess),
            label if label.starts_with("cp12") => label.replacen("cp", "windows-", 1),
            label => label.to_owned(),
        };
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Self::Fixed)
    }
}

/// A decoded text and what was odd about its bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark; bytes that are no character have become U+FFFD.
    pub text: String,
    /// How many such places there were.
    pub bad: usize,
    /// 1-based line of the first; 0 if there is none.
    pub first_bad_line: usize,
    /// The encoding that was guessed, if one was.
    pub guessed: Option<&'static str>,
}

/// Decodes a document. `inside` is the character set that the document or its protocol declares, empty if none; a label that
/// names no encoding counts as none.
#[must_use]
pub fn decode(bytes: &[u8], declared: Encoding, inside: &str) -> Decoded {
    let mark = encoding_rs::Encoding::for_bom(bytes);
    let stated = mark.map(|(encoding, _)| encoding).or(match declared {
        Encoding::Fixed(encoding) => Some(encoding),
        Encoding::Declared | Encoding::Guess => encoding_rs::Encoding::for_label(inside.as_bytes()),
    });
    let bytes = mark.map_or(bytes, |(_, length)| &bytes[length..]);
    let mut guessed = None;
    let encoding = stated.unwrap_or_else(|| {
        if declared != Encoding::Guess || std::str::from_utf8(bytes).is_ok() {
            return UTF_8;
        }
        let found = guess(bytes);
        guessed = Some(found.name());
        found
    });
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let (mut bad, mut first_bad_line) = (0, 0);
    if malformed {
        let printed = if encoding == UTF_8 { bytes.windows(3).filter(|w| *w == "\u{FFFD}".as_bytes()).count() } else { 0 };
        bad = text.matches('\u{FFFD}').count().saturating_sub(printed);
        first_bad_line = text.split('\u{FFFD}').next().unwrap_or("").matches('\n').count() + 1;
    }
    Decoded { text: text.into_owned(), bad, first_bad_line, guessed }
}

/// The likeliest encoding of bytes that are not UTF-8.
#[must_use]
pub fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(2048).filter(|&&b| b == 0).count();
    let half = bytes.len().min(4096) / 2;
    if half > 0 && zeros(1) * 2 > half {
        return UTF_16LE;
    }
    if half > 0 && zeros(0) * 2 > half {
        return UTF_16BE;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    #[test]
    fn marks_declarations_and_guesses() {
        let plain = |bytes: &[u8]| decode(bytes, Encoding::Declared, "").text;
        assert_eq!(plain(b"\xEF\xBB\xBFa\n"), "a\n");
        assert_eq!(plain(b"\xFF\xFEa\0\x1C\x20"), "a\u{201C}");
        let odd = decode(b"a long enough line\nand one bad \x93 byte in it", Encoding::Declared, "");
        assert_eq!((odd.bad, odd.first_bad_line, odd.guessed), (1, 2, None));
        let cp1252 = b"He said \x93no\x94 to the minister\x92s offer of peace.";
        assert_eq!(decode(cp1252, Encoding::Declared, "latin1").text, "He said “no” to the minister’s offer of peace.");
        assert_eq!(decode(cp1252, Encoding::named("cp1252").unwrap(), "").text, "He said “no” to the minister’s offer of peace.");
        let guessed = decode(cp1252, Encoding::Guess, "");
        assert_eq!((guessed.text.contains('’'), guessed.guessed), (true, Some("windows-1252")));
        assert_eq!(decode("é".as_bytes(), Encoding::Guess, "").guessed, None);
        assert_eq!(Encoding::named("no such"), None);
    }
}
