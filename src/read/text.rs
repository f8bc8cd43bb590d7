//! Text files: one article each, with an optional `---` head of `key: value` lines.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use crate::corpus::record::{DateBasis, OutletBasis};

use super::columns::{Field, plain_name};
use super::draft::{Draft, Refused, Sink};
use super::encoding::decode;
use super::format::Source;
use super::notice::Notice;

/// Reads a text file.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| document(&bytes, source, "", sink)) {
        Ok(text) => sink.article(article(text)),
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

/// The characters of a document that is held whole. `charset` is what the document itself declares, empty if nothing. What was
/// guessed and what is no character is told.
///
/// # Errors
/// When it holds NUL characters, or more than one character in ten is none.
pub fn document(bytes: &[u8], source: &Source<'_>, charset: &str, sink: &mut dyn Sink) -> Result<String, Refused> {
    let decoded = decode(bytes, source.encoding, if source.charset.is_empty() { charset } else { source.charset });
    if decoded.text.contains('\0') {
        return Err(nul_characters());
    }
    if decoded.bad * 10 > decoded.text.chars().count() {
        let mend = "save it as UTF-8, or name its encoding with --encoding";
        return Err(Refused { line: 1, ..Refused::whole("is not UTF-8 text", mend) });
    }
    if let Some(guessed) = decoded.guessed {
        sink.notice(Notice {
            code: "W003",
            message: format!("{}: is not UTF-8; taken for {guessed}", source.name),
            mend: format!("check its quotation marks; --encoding {guessed} says so without a guess"),
        });
    }
    if decoded.bad > 0 {
        sink.notice(bad_bytes(source.name, decoded.first_bad_line, decoded.bad));
    }
    Ok(decoded.text)
}

/// What NUL characters in a text mean.
pub(super) fn nul_characters() -> Refused {
    let mend = "save it as UTF-8; if it is UTF-16 without a byte-order mark, --encoding utf-16le reads it";
    Refused { line: 1, ..Refused::whole("holds NUL characters: no text, or UTF-16 without a byte-order mark", mend) }
}

/// Tells of places that are no characters.
#[must_use]
pub fn bad_bytes(name: &str, line: usize, places: usize) -> Notice {
    let what = if places == 1 { "1 place is".to_owned() } else { format!("{places} places are") };
    Notice {
        code: "W002",
        message: format!("{name}:{line}: {what} no UTF-8 and show as \u{FFFD}"),
        mend: "save the file as UTF-8, or name its encoding: --encoding windows-1252 is the usual one, --encoding auto guesses".into(),
    }
}

/// An article of a text with what its head says.
#[must_use]
pub fn article(text: String) -> Draft {
    let (head, body) = head(&text);
    let get = |field: Field| {
        field.known_as().iter().find_map(|name| head.get(*name)).filter(|value| !value.is_empty()).cloned().unwrap_or_default()
    };
    let basis = |value: &String| if value.is_empty() { OutletBasis::File } else { OutletBasis::Head };
    let (outlet, published_at) = (get(Field::Outlet), get(Field::PublishedAt));
    Draft {
        line: 1,
        source_id: get(Field::Id),
        outlet_basis: basis(&outlet),
        outlet,
        title: get(Field::Title),
        byline: get(Field::Byline),
        date_basis: if published_at.is_empty() { DateBasis::None } else { DateBasis::Head },
        published_at,
        retrieved_at: get(Field::RetrievedAt),
        url: get(Field::Url),
        language: get(Field::Language),
        note: get(Field::Note),
        text,
        body,
        ..Draft::default()
    }
}

/// Splits off a `---` head: its fields by name (lower case, letters and figures), and the byte at which the article starts.
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
        fields.insert(plain_name(key), value.trim().trim_matches('"').to_owned());
    }
    // A first line of dashes without a second one is text.
    (BTreeMap::new(), 0)
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn heads() {
        let text = "---\noutlet: Some Paper\nDate: 2021-12-01\n---\nBody";
        let (fields, at) = head(text);
        assert_eq!((fields["outlet"].as_str(), fields["date"].as_str(), text.get(at..)), ("Some Paper", "2021-12-01", Some("Body")));
        assert_eq!(head("---\nno key here\nBody").1, 0);
        assert_eq!(head("Body").1, 0);
    }
}
