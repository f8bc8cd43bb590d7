//! Deliveries of Factiva as .rtf and .docx: with the codes of the fields ("HD", "LP", "TD"), or without them in a fixed order. Each
//! article ends with "Document" and its number.

use std::collections::BTreeMap;

use crate::read::delivery::delivered::Delivered;
use crate::read::delivery::nexis_labels::{date, is_copyright};
use crate::read::draft::{Draft, Sink};
use crate::read::office::paragraph::{Paragraph, joined, on_one_line};

/// Codes of fields. Behind the first, one space is enough; text that starts with the others must stand apart from them.
const SURE: &[&str] = &["HD", "BY", "WC", "PD", "SN", "LA", "LP", "TD", "AN"];
const OTHERS: &[&str] = &[
    "SE", "ET", "SC", "ED", "PG", "CY", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "CR", "CLM", "ART", "CT", "RF", "VOL", "DLN", "HLP",
    "CX", "NT", "TI", "GC",
];

/// Whether the paragraphs are such a delivery.
#[must_use]
pub fn is_delivery(paragraphs: &[Paragraph]) -> bool {
    let has = |code: &str| paragraphs.iter().any(|p| coded(&p.text).is_some_and(|(found, _)| found == code));
    let numbered = || paragraphs.iter().any(|p| number(&p.text).is_some());
    (has("HD") && (has("LP") || has("TD")) && (has("PD") || has("SN"))) || (numbered() && paragraphs.iter().any(|p| is_length(&p.text)))
}

/// Hands over the articles; Factiva does not state how many there are.
pub fn read(paragraphs: &[Paragraph], sink: &mut dyn Sink) -> (Option<usize>, usize) {
    let with_codes = paragraphs.iter().any(|p| coded(&p.text).is_some_and(|(code, _)| code == "HD"));
    let mut count = 0;
    for document in paragraphs.split_inclusive(|p| number(&p.text).is_some()) {
        if let Some(draft) = if with_codes { of_codes(document) } else { of_order(document) } {
            count += 1;
            sink.article(draft);
        }
    }
    (None, count)
}

/// The number in "Document NYTF000020211228ehcs0001p".
fn number(text: &str) -> Option<&str> {
    let text = text.strip_prefix("AN").map_or(text, str::trim_start);
    let number = ["Document ", "Dokument ", "Documento "].iter().find_map(|start| text.strip_prefix(start))?.trim();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (number.len() >= 16 && digits >= 8 && number.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(number)
}

fn is_length(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let number = words
        .next()
        .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()) && n.bytes().all(|b| b.is_ascii_digit() || b",.".contains(&b)));
    let unit = words.next().unwrap_or("").to_lowercase();
    number && words.next().is_none() && ["words", "mots", "wörter", "palabras", "parole", "woorden", "palavras"].contains(&unit.as_str())
}

/// The code of a field at the start of a paragraph, and what stands behind it.
fn coded(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
    let (code, rest) = text.split_at_checked(end)?;
    let apart = rest.is_empty() || rest.starts_with(['\t', '\n', '\u{A0}']) || rest.starts_with("  ");
    let known = (SURE.contains(&code) && (apart || rest.starts_with(' '))) || (OTHERS.contains(&code) && apart);
    known.then(|| (code, rest.trim()))
}

fn of_codes(document: &[Paragraph]) -> Option<Draft> {
    let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut current = "";
    let mut line = 0;
    for paragraph in document {
        if let Some((code, value)) = coded(&paragraph.text) {
            line = if line == 0 { paragraph.place } else { line };
            current = code;
            fields.entry(code).or_default().extend(Some(value).filter(|value| !value.is_empty()));
        } else if !current.is_empty() {
            fields.entry(current).or_default().push(&paragraph.text);
        }
    }
    let get = |code: &str| fields.get(code).map(|values| on_one_line(&values.join(" "))).unwrap_or_default();
    let paragraphs = ["LP", "TD"].iter().filter_map(|code| fields.get(code)).flatten().copied();
    let text = joined(paragraphs.filter(|text| number(text).is_none()));
    let id = document.iter().rev().find_map(|p| number(&p.text)).unwrap_or_default();
    if !fields.contains_key("HD") && text.is_empty() {
        return None;
    }
    let id = id.to_owned();
    let (outlet, title, byline) = (get("SN"), get("HD"), get("BY"));
    let (published_at, language) = (get("PD"), get("LA"));
    Some(Delivered { line, id, outlet, title, byline, published_at, language, text, ..Delivered::default() }.draft())
}

/// Headline, by-line, length, date, clock, source, its code, edition, page, language, rights, text, number.
fn of_order(document: &[Paragraph]) -> Option<Draft> {
    let id = document.iter().rev().find_map(|p| number(&p.text))?;
    let length = document.iter().position(|p| is_length(&p.text))?;
    let before = document.get(..length)?;
    let is_byline = |p: &&Paragraph| ["By ", "BY ", "by ", "Von ", "Par ", "Por ", "Door "].iter().any(|start| p.text.starts_with(start));
    let byline = before.iter().skip(1).rfind(is_byline).map(|p| on_one_line(&p.text)).unwrap_or_default();
    let headings = || before.iter().filter(|p| p.heading);
    let titles = || before.iter().filter(|p| byline.is_empty() || on_one_line(&p.text) != byline);
    // The name of a section may stand before the headline, which alone is bold.
    let title = match headings().count() {
        0 => titles().map(|p| on_one_line(&p.text)).collect::<Vec<_>>().join(" "),
        _ => headings().map(|p| on_one_line(&p.text)).collect::<Vec<_>>().join(" "),
    };
    let is_clock = |text: &str| text.len() <= 12 && text.contains(':') && text.starts_with(|c: char| c.is_ascii_digit());
    let mut after = document.iter().enumerate().skip(length + 1).filter(|(_, p)| !is_clock(&p.text)).peekable();
    let published_at = after.next_if(|(_, p)| date(&p.text).is_some()).map(|(_, p)| on_one_line(&p.text)).unwrap_or_default();
    let outlet = after.next().map(|(_, p)| on_one_line(&p.text)).unwrap_or_default();
    let is_language = |text: &str| {
        const LANGUAGES: &[&str] = &[
            "English",
            "Englisch",
            "Anglais",
            "Inglés",
            "German",
            "Deutsch",
            "French",
            "Français",
            "Spanish",
            "Español",
            "Italian",
            "Italiano",
            "Dutch",
            "Nederlands",
            "Portuguese",
            "Português",
            "Russian",
            "Arabic",
            "Turkish",
            "Polish",
            "Swedish",
            "Danish",
            "Norwegian",
            "Finnish",
            "Chinese",
            "Chinese - Simplified",
            "Chinese - Traditional",
            "Japanese",
            "Korean",
            "Czech",
            "Hungarian",
            "Bulgarian",
            "Slovak",
            "Catalan",
            "Bahasa Indonesia",
            "Bahasa Malaysia",
            "Thai",
            "Vietnamese",
            "Hebrew",
            "Persian",
            "Hindi",
        ];
        LANGUAGES.contains(&text)
    };
    let fields: Vec<(usize, &Paragraph)> = after.take(8).collect();
    let language = fields.iter().find(|(_, p)| is_language(&p.text));
    let rights = fields.iter().find(|(_, p)| is_copyright(&p.text));
    let starts = rights.or(language).map_or(length + 3, |(at, _)| at + 1);
    let text = document.iter().skip(starts).take_while(|p| number(&p.text).is_none()).map(|p| p.text.as_str());
    let language = language.map(|(_, p)| p.text.clone()).unwrap_or_default();
    let line = before.first().map_or_else(|| document.first().map_or(0, |p| p.place), |p| p.place);
    let (id, text) = (id.to_owned(), joined(text));
    Some(Delivered { line, id, outlet, title, byline, published_at, language, text, ..Delivered::default() }.draft())
}

#[cfg(test)]
mod tests {
    use super::{is_delivery, read};
    use crate::corpus::record::Extent;
    use crate::read::draft::{Collected, Draft};
    use crate::read::office::paragraph::Pages;

    fn found(lines: &str) -> Vec<Draft> {
        let mut pages = Pages::default();
        lines.lines().for_each(|line| pages.push(line, false));
        assert!(is_delivery(&pages.paragraphs));
        let mut found = Collected::default();
        assert_eq!(read(&pages.paragraphs, &mut found).1, found.articles.len());
        found.articles
    }

    #[test]
    fn fields_with_codes() {
        let found = found(
            "SE\nNews\nHD\nA headline\nBY\nBy A. Writer\nWC\n353 words\nPD\n28 December 2021\nET\n05:00 AM\nSN\nThe Times\nSC\nT\nLA\nEnglish\nCY\n(c) 2021\n\
             LP\nFirst paragraph.\nTD\nIN the second one.\nLast.\nNS\ngpol : Politics\nPUB\nN Ltd\nAN\nDocument T000000020211228ehcs0001p\n\
             HD  Second\nPD  29 December 2021\nSN  The Sun\nLP  \nAN\nDocument SUN0000020211229ehct0002q\n",
        );
        let one = &found[0];
        assert_eq!((one.outlet.as_str(), one.title.as_str(), one.byline.as_str()), ("The Times", "A headline", "By A. Writer"));
        assert_eq!((one.published_at.as_str(), one.text.as_str()), ("28 December 2021", "First paragraph.\n\nIN the second one.\n\nLast."));
        assert_eq!((one.source_id.as_str(), one.language.as_str()), ("T000000020211228ehcs0001p", "English"));
        assert_eq!((found[1].title.as_str(), found[1].extent, found.len()), ("Second", Extent::Title, 2));
    }

    #[test]
    fn fields_in_their_order() {
        let found = found(
            "A headline\nBy A. Writer\n353 words\n28 December 2021\n05:00 AM\nThe Times\nT\n3\nEnglish\n(c) 2021 N Ltd\n2021 was hard.\nLast.\n\
             Document T000000020211228ehcs0001p\nSecond\n12 words\n29 December 2021\nThe Sun\nSUN\nEnglish\nText.\nDocument SUN0000020211229ehct0002q\n",
        );
        let rows: Vec<_> = found.iter().map(|d| (d.title.as_str(), d.outlet.as_str(), d.text.as_str(), d.line)).collect();
        assert_eq!(rows, [("A headline", "The Times", "2021 was hard.\n\nLast.", 1), ("Second", "The Sun", "Text.", 14)]);
        assert_eq!((found[0].byline.as_str(), found[0].published_at.as_str()), ("By A. Writer", "28 December 2021"));
    }
}
