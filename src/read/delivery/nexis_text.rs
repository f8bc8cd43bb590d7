//! Deliveries of the old Nexis, as .txt and .rtf: "1 of 129 DOCUMENTS", the source and the date in the middle of the page, the
//! headline, fields in capitals, the text, more fields.

use std::io::{self, BufRead};

use crate::read::delivery::delivered::Delivered;
use crate::read::delivery::nexis_labels::{Label, date, is_copyright, labelled};
use crate::read::draft::{Draft, Sink};
use crate::read::format::Source;
use crate::read::notice::number_stated;
use crate::read::office::paragraph::{Paragraph, is_markup, joined, on_one_line, paragraphs_of_text};
use crate::read::text::document;

/// Whether the start of a text file shows such a delivery.
#[must_use]
pub fn is_text(head: &str) -> bool {
    !is_markup(head) && head.lines().any(|line| mark(line).is_some() && line.contains(char::is_uppercase))
}

/// Whether the paragraphs are such a delivery.
#[must_use]
pub fn is_delivery(paragraphs: &[Paragraph]) -> bool {
    let fields = || paragraphs.iter().filter(|p| field(&p.text).is_some()).count() >= 2;
    paragraphs.iter().any(|p| mark(&p.text).is_some()) && fields()
}

/// Reads a text file.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| document(&bytes, source, "", sink)) {
        Ok(text) => {
            let (stated, count) = articles(&paragraphs_of_text(&text), sink);
            number_stated(source.name, stated, count).into_iter().for_each(|notice| sink.notice(notice));
        }
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

/// Hands over the articles; tells how many there should be, and how many there were.
pub fn articles(paragraphs: &[Paragraph], sink: &mut dyn Sink) -> (Option<usize>, usize) {
    let stated = paragraphs.iter().filter_map(|p| mark(&p.text)).max();
    let mut count = 0;
    // What stands before the first mark says what was asked for.
    for document in paragraphs.split(|p| mark(&p.text).is_some()).skip(1) {
        if let Some(draft) = article(document) {
            count += 1;
            sink.article(draft);
        }
    }
    (stated, count)
}

/// The number of documents in "3 of 129 DOCUMENTS", "Dokument 3 von 129", "Document 3 de 129".
fn mark(text: &str) -> Option<usize> {
    if text.len() > 60 {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_document = |word: &str| {
        let word = word.to_lowercase();
        ["document", "dokument", "documento", "documenti", "doc"].iter().any(|stem| word.starts_with(stem))
    };
    let (of, all) = match words.as_slice() {
        [one, "of" | "von" | "de" | "van" | "di", all, documents] if is_document(documents) && one.parse::<usize>().is_ok() => (one, all),
        [document, one, "of" | "von" | "de" | "van" | "di" | "sur", all] if is_document(document) => (one, all),
        _ => return None,
    };
    of.parse::<usize>().ok()?;
    all.parse().ok()
}

/// A field of these deliveries, whose name is in capitals.
fn field(text: &str) -> Option<(Label, &str)> {
    let name = text.split(':').next()?;
    if name.chars().any(char::is_lowercase) { None } else { labelled(text) }
}

fn is_tail(p: &Paragraph) -> bool {
    let label = field(&p.text).map(|(label, _)| label);
    matches!(label, Some(Label::Tail | Label::Language | Label::Graphic | Label::Loaded))
        || (p.centred && is_copyright(&p.text))
        || is_copyright(&p.text) && p.text.len() < 200
}

fn article(document: &[Paragraph]) -> Option<Draft> {
    let first = document.first()?;
    let is_head = |p: &Paragraph| {
        field(&p.text).is_some_and(|(label, _)| !matches!(label, Label::Tail | Label::Graphic | Label::Loaded | Label::Body))
    };
    let fields_at = document.iter().position(|p| field(&p.text).is_some()).unwrap_or(document.len());
    // The length is the last of the head; where it is missing, the text starts with the first line that is no field.
    let body_at = document.iter().position(|p| matches!(field(&p.text), Some((Label::Body, _))));
    let starts = body_at.unwrap_or_else(|| fields_at + document.iter().skip(fields_at).take_while(|p| is_head(p)).count());
    let sure = |p: &Paragraph| matches!(field(&p.text), Some((Label::Loaded | Label::Graphic, _)));
    let ends = document.iter().skip(starts).position(sure).map_or(document.len(), |at| starts + at);
    let body = document.get(starts..ends)?;
    let ends = ends - body.iter().rev().take_while(|p| is_tail(p) || p.centred).count();
    let get = |wanted: Label| {
        let all = document.iter().take(starts).chain(document.iter().skip(ends));
        all.filter_map(|p| field(&p.text)).find(|(label, _)| *label == wanted).map(|(_, value)| on_one_line(value)).unwrap_or_default()
    };
    let (outlet, published_at, headline) = named(document.get(..fields_at)?);
    let title = Some(get(Label::Headline)).filter(|title| !title.is_empty()).unwrap_or(headline);
    let texts = document.get(starts..ends)?.iter().map(|p| match field(&p.text) {
        Some((Label::Body, text)) => on_one_line(text),
        _ => on_one_line(&p.text),
    });
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    let delivered = Delivered {
        line: first.place,
        outlet,
        title,
        byline: get(Label::Byline),
        published_at,
        language: get(Label::Language),
        summary: get(Label::Highlight),
        text: joined(texts.iter().map(String::as_str)),
        ..Delivered::default()
    };
    Some(delivered.draft())
}

/// Source, date and headline of the lines before the first field. Editions stand in the middle of the page, after the date.
fn named(head: &[Paragraph]) -> (String, String, String) {
    let head: Vec<&Paragraph> = head.iter().filter(|p| !is_copyright(&p.text)).collect();
    let dated = head.iter().enumerate().find_map(|(at, p)| Some((at, date(&p.text)?)));
    let sourced = dated.map_or(usize::from(!head.is_empty()), |(at, _)| at);
    let outlet = head.iter().take(sourced).map(|p| on_one_line(&p.text)).collect::<Vec<_>>().join(" ");
    let is_edition = |p: &Paragraph| {
        let lower = p.text.to_lowercase();
        p.centred || (p.text.len() < 40 && ["edition", "ausgabe", "édition", "editie"].iter().any(|word| lower.contains(word)))
    };
    let rest = head.iter().skip(dated.map_or(sourced, |(at, _)| at + 1)).filter(|p| !is_edition(p));
    let title = rest.map(|p| on_one_line(&p.text)).collect::<Vec<_>>().join(" ");
    (outlet, dated.map(|(_, date)| date.to_owned()).unwrap_or_default(), title)
}

#[cfg(test)]
mod tests {
    use super::{is_text, mark, read};
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    fn found(text: &str) -> Collected {
        assert!(is_text(text));
        let mut found = Collected::default();
        Source::bare("nexis.txt", |source| read(&mut text.as_bytes(), source, &mut found)).unwrap();
        found
    }

    #[test]
    fn marks_in_languages() {
        assert_eq!(mark("   3 of 129 DOCUMENTS"), Some(129));
        assert_eq!((mark("Dokument 1 von 10"), mark("Document 2 de 3"), mark("1 van 7 DOCUMENTEN")), (Some(10), Some(3), Some(7)));
        assert_eq!((mark("two of 10 documents"), mark("1 of 10 people")), (None, None));
    }

    #[test]
    fn articles_of_the_old_layout() {
        let found = found(
            "\u{FEFF}\n\nDownload Request: Selected Items: 1-3\n\nTerms: (sample)\n\n\n                               1 of 3 DOCUMENTS\n\n\n\
             \n                                  The Sun (England)\n\n                            January 11, 2010 Monday\n\
             \x20                                  Edition 1;\n                                    Scotland\n\nLorem ipsum dolor\nsit amet\n\n\
             BYLINE: Andrew\nSparrow\n\nSECTION: FEATURES; Pg. 6\n\nLENGTH: 355 words\n\n\nThe first line is\nwrapped here.\n\nSecond: with a colon.\n\n\
             GRAPHIC: A man\n\nLOAD-DATE: January 11, 2010\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n\
             \x20                      Copyright 2010 NEWS GROUP\n                              All Rights Reserved\n\n\
             \x20                              2 of 3 DOCUMENTS\n\n                 Copyright 1999 The Times Company\n                     The Times\n\n\
             \x20              December 28, 1999, Tuesday, Late Edition - Final\n\nSECTION: A\n\nLENGTH: 3 words\n\nHEADLINE: The head\n\nBODY:\nText\ngoes on.\n\n\
             Ends.\n\nLOAD-DATE: December 28, 1999\n",
        );
        let one = &found.articles[0];
        assert_eq!((one.outlet.as_str(), one.published_at.as_str()), ("The Sun (England)", "January 11, 2010"));
        assert_eq!((one.title.as_str(), one.byline.as_str()), ("Lorem ipsum dolor sit amet", "Andrew Sparrow"));
        assert_eq!((one.text.as_str(), one.language.as_str()), ("The first line is wrapped here.\n\nSecond: with a colon.", "ENGLISH"));
        let two = &found.articles[1];
        assert_eq!((two.outlet.as_str(), two.published_at.as_str()), ("The Times", "December 28, 1999"));
        assert_eq!((two.title.as_str(), two.text.as_str()), ("The head", "Text goes on.\n\nEnds."));
        assert_eq!((found.articles.len(), found.notices.len()), (2, 1));
    }
}
