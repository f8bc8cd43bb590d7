//! The characters of a web page: what it declares in its head, else UTF-8, else a guess, as browsers do.

use crate::read::draft::{Refused, Sink};
use crate::read::encoding::{Encoding, guess};
use crate::read::format::Source;
use crate::read::notice::Notice;
use crate::read::page::tags::{Token, Tokens};
use crate::read::text;

/// The characters of a page. One that declares no encoding and is no UTF-8 is guessed, and the guess is told.
///
/// # Errors
/// When it is no text.
pub fn decoded(bytes: &[u8], source: &Source<'_>, sink: &mut dyn Sink) -> Result<String, Refused> {
    let declared = charset(bytes);
    let is_open = declared.is_empty() && source.charset.is_empty() && source.encoding == Encoding::Declared;
    if !is_open || encoding_rs::Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return text::document(bytes, source, &declared, sink);
    }
    let found = guess(bytes).name();
    sink.notice(Notice {
        code: "W003",
        message: format!("{}: declares no encoding and is not UTF-8; taken for {found}", source.name),
        mend: format!("check its quotation marks; --encoding {found} says so without a guess"),
    });
    text::document(bytes, source, found, sink)
}

/// The character set that a page declares in its first 1,024 bytes; empty if none. UTF-16 is not believed of a page whose tags can
/// be read as ASCII.
#[must_use]
pub fn charset(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024)).unwrap_or(bytes));
    let mut found = String::new();
    for token in Tokens::new(&head) {
        match token {
            Token::Open(tag) if tag.is("meta") => {
                let in_content = || tag.attribute("content").and_then(|content| behind_charset(&content));
                if let Some(charset) = tag.attribute("charset").map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).or_else(in_content) {
                    found = charset;
                    break;
                }
            }
            Token::Comment(text) => {
                if let Some((_, behind)) = text.split_once("encoding=").filter(|_| text.starts_with("xml")) {
                    found = behind.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or("").to_owned();
                }
            }
            _ => {}
        }
    }
    if found.to_ascii_lowercase().starts_with("utf-16") { "utf-8".to_owned() } else { found }
}

fn behind_charset(content: &str) -> Option<String> {
    let lower = content.to_ascii_lowercase();
    let (_, behind) = lower.split_once("charset")?;
    let name = behind.trim_start().strip_prefix('=')?.trim().trim_matches(['"', '\'']);
    Some(name.split([';', ' ', ',']).next().unwrap_or("").to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{charset, decoded};
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    #[test]
    fn declared_character_sets() {
        for (page, expected) in [
            ("<meta charset=\"windows-1252\">", "windows-1252"),
            ("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-1'>", "iso-8859-1"),
            ("<?xml version='1.0' encoding='utf-8'?><html>", "utf-8"),
            ("<!-- <meta charset=x> --><p>", ""),
            ("<meta charset=utf-16>", "utf-8"),
        ] {
            assert_eq!(charset(page.as_bytes()), expected, "{page}");
        }
    }

    #[test]
    fn pages_that_declare_no_encoding() {
        let mut found = Collected::default();
        let html = b"<html><body><p>\x93No\x94 was the minister\x92s word to the press.</p>";
        let text = Source::bare("old.html", |source| decoded(html, source, &mut found)).unwrap();
        assert!(text.contains("minister’s"), "{text}");
        assert_eq!(found.notices[0].code, "W003");
    }
}
