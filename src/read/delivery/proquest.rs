//! Exports of ProQuest: documents between lines of underscores, each with its title, "Full text:", and fields.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use crate::read::delivery::delivered::Delivered;
use crate::read::delivery::proquest_fields::{Field, field};
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::format::Source;
use crate::read::notice::number_stated;
use crate::read::office::paragraph::{Paragraph, is_markup, joined};
use crate::read::text::document;

/// Whether the start of a text file shows such an export.
#[must_use]
pub fn is_text(head: &str) -> bool {
    if is_markup(head) {
        return false;
    }
    let lines = || head.lines().map(str::trim).filter(|line| !line.is_empty());
    let has = |wanted: Field| lines().any(|line| field(line).is_some_and(|(found, _)| found == wanted));
    let early = || lines().take(5).any(|line| field(line).is_some_and(|(found, _)| found == Field::FullText));
    let parted = || lines().any(is_rule);
    let named = || lines().any(|line| line == "Report Information from ProQuest");
    named() || has(Field::Id) || (has(Field::FullText) && (parted() || early() || has(Field::Publication) || has(Field::Abstract)))
}

/// Whether the paragraphs are such an export.
#[must_use]
pub fn is_delivery(paragraphs: &[Paragraph]) -> bool {
    let has = |wanted: Field| paragraphs.iter().any(|p| field(&p.text).is_some_and(|(found, _)| found == wanted));
    has(Field::Id) || (has(Field::FullText) && has(Field::Publication))
}

/// Reads a text file.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| document(&bytes, source, "", sink)) {
        Ok(text) => {
            let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
            let lines: Vec<Paragraph> =
                lines.map(|(line, place)| Paragraph { place, text: line.trim().to_owned(), ..Paragraph::default() }).collect();
            let (stated, count) = articles(&lines, sink);
            number_stated(source.name, stated, count).into_iter().for_each(|notice| sink.notice(notice));
        }
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

/// Hands over the articles; tells how many the export says it holds, if it does, and how many there were.
pub fn articles(paragraphs: &[Paragraph], sink: &mut dyn Sink) -> (Option<usize>, usize) {
    let stated = paragraphs.iter().filter_map(|p| number_of_documents(&p.text)).max();
    let mut count = 0;
    for document in paragraphs.split(|p| is_rule(&p.text) || number_of_documents(&p.text).is_some()) {
        match article(document) {
            Some(draft) => {
                count += 1;
                sink.article(draft);
            }
            None if document.is_empty() || is_frame(document) || is_contents(document) => {}
            None => {
                let (place, text) = document.first().map_or((0, ""), |p| (p.place, p.text.as_str()));
                let refused =
                    Refused::whole("is no document of ProQuest: it has neither a full text nor fields", "check what was exported");
                sink.refuse(Refused { line: place, text: text.chars().take(80).collect(), ..refused });
            }
        }
    }
    (stated, count)
}

fn is_rule(text: &str) -> bool {
    text.len() >= 20 && text.bytes().all(|b| b == b'_')
}

/// The number of documents in "Document 3 of 129".
fn number_of_documents(text: &str) -> Option<usize> {
    let rest = ["Document ", "Documento ", "Dokument "].iter().find_map(|start| text.strip_prefix(start))?;
    let (one, all) = [" of ", " de ", " von ", " di "].iter().find_map(|of| rest.split_once(of))?;
    one.trim().parse::<usize>().ok()?;
    all.trim().parse().ok()
}

/// What stands around the documents: the name of the report, its table of contents, who made it, citations.
fn is_frame(document: &[Paragraph]) -> bool {
    const STARTS: &[&str] = &["report information from proquest", "bibliography", "table of contents", "citation style"];
    let starts = |p: &Paragraph| STARTS.iter().any(|start| p.text.to_lowercase().starts_with(start));
    document.iter().take(4).any(|p| starts(p) || is_imprint(p))
}

/// A list of numbered titles.
fn is_contents(document: &[Paragraph]) -> bool {
    let numbered =
        |p: &Paragraph| p.text.split_once('.').is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    document.iter().all(numbered)
}

/// What ProQuest says of itself after the last document.
fn is_imprint(p: &Paragraph) -> bool {
    let text = p.text.to_lowercase();
    let starts = ["contact proquest", "contact us at: http", "database copyright", "terms and conditions", "- terms and conditions"]
        .iter()
        .any(|start| text.starts_with(start));
    starts || (text.starts_with("copyright") && text.contains("proquest llc"))
}

/// Where the fields after a text start: they stand together at the end, one a line, some with a second line. A line of the text
/// that looks like a field stays in the text.
fn fields_after(lines: &[Paragraph]) -> usize {
    const MOST_BETWEEN: usize = 2;
    let mut start = lines.len();
    let mut between = 0;
    for (at, line) in lines.iter().enumerate().rev() {
        if field(&line.text).is_some() {
            (start, between) = (at, 0);
        } else {
            between += 1;
            if between > MOST_BETWEEN {
                break;
            }
        }
    }
    start
}

fn article(document: &[Paragraph]) -> Option<Draft> {
    let imprint = document.iter().rev().take_while(|p| is_imprint(p)).count();
    let document = document.get(..document.len() - imprint)?;
    let first = document.first()?;
    let full_at = document.iter().position(|p| matches!(field(&p.text), Some((Field::FullText, _))));
    let tail_at = full_at.map(|at| at + 1 + fields_after(document.get(at + 1..).unwrap_or_default()));
    let mut fields: BTreeMap<Field, Vec<&str>> = BTreeMap::new();
    let mut current = None;
    let mut headline = "";
    for (at, line) in document.iter().enumerate() {
        let in_text = full_at.is_some_and(|full| at > full) && tail_at.is_some_and(|tail| at < tail);
        match field(&line.text).filter(|_| !in_text) {
            // The surest of several is the last: fields follow the text.
            Some((found, value)) => {
                current = Some(found);
                fields.insert(found, if value.is_empty() { Vec::new() } else { vec![value] });
            }
            None => match current {
                Some(found) => fields.entry(found).or_default().push(&line.text),
                None if headline.is_empty() => headline = &line.text,
                None => {}
            },
        }
    }
    let is_document = fields.keys().any(|found| matches!(found, Field::FullText | Field::Id | Field::Publication));
    if !is_document || is_frame(document) && full_at.is_none() && !fields.contains_key(&Field::Id) {
        return None;
    }
    let get = |wanted: Field| fields.get(&wanted).map(|lines| lines.join(" ")).unwrap_or_default();
    let lines = |wanted: Field| {
        let lines = fields
            .get(&wanted)
            .into_iter()
            .flatten()
            .copied()
            .filter(|line| !matches!(*line, "Enlarge this image." | "Enlarge this image"));
        let text = joined(lines);
        let missing = ["not available", "none available", "no disponible", "non disponible", "nicht verfügbar"];
        if missing.contains(&text.trim_end_matches('.').trim_matches(['[', ']', '.']).to_lowercase().as_str()) {
            String::new()
        } else {
            text
        }
    };
    let filled = |value: String, other: &dyn Fn() -> String| if value.is_empty() { other() } else { value };
    let delivered = Delivered {
        line: first.place,
        id: get(Field::Id),
        outlet: get(Field::Publication),
        title: filled(get(Field::Title), &|| headline.to_owned()),
        byline: get(Field::Author),
        published_at: filled(get(Field::Date), &|| get(Field::Year)),
        language: get(Field::Language),
        url: get(Field::Url),
        summary: lines(Field::Abstract),
        text: lines(Field::FullText),
    };
    Some(delivered.draft())
}

#[cfg(test)]
mod tests {
    use super::{is_text, read};
    use crate::corpus::record::Extent;
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    fn found(text: &str) -> Collected {
        assert!(is_text(text));
        let mut found = Collected::default();
        Source::bare("proquest.txt", |source| read(&mut text.as_bytes(), source, &mut found)).unwrap();
        found
    }

    const RULE: &str = "____________________________________________________________";

    #[test]
    fn documents_with_what_stands_around_them() {
        let found = found(&format!(
            "{RULE}\n\nReport Information from ProQuest\n\nJanuary 04 2022 12:00\n\n{RULE}\n\nDocument 1 of 3\n\nA headline: of two parts\n\n\
             Author: Writer, A\n\nPublication info: The Times ; London [London]28 Dec 2021: 3.\n\nhttps://www.proquest.com/docview/1\n\n\
             Abstract: What it is about.\n\nLinks: http://x\n\nFull text: First paragraph.\nEnlarge this image.\nLocation: a line of the text.\n\
             Second paragraph.\nThird paragraph.\nLast paragraph.\n\nSubject: Ports; Peace\n\nLocation: Syria\n\nTitle: A headline: of two parts\n\n\
             Publication title: The Times; London\n\nFirst page: 3\n\nPublication year: 2021\n\nPublication date: Dec 28, 2021\n\nPublisher: N\n\n\
             Language of publication: English\n\nDocument type: News\n\nProQuest document ID: 2613\n\nDocument URL: https://www.proquest.com/2613\n\n\
             Copyright: Copyright N 2021\n\nLast updated: 2021-12-29\n\nDatabase: ProQuest Central\n\n{RULE}\n\nDocument 2 of 3\n\nOnly a summary\n\n\
             Abstract: A summary.\n\nFull text: Not available.\n\nTitle: Only a summary\n\nPublication title: P\n\nPublication year: 1999\n\n\
             ProQuest document ID: 7\n\n{RULE}\n\nNothing at all\n\nFull text: [Not Available]\n\nTitle: Nothing at all\n\nPublication title: P\n\n{RULE}\n\n\
             Contact ProQuest\nCopyright ⓒ 2022 ProQuest LLC. All rights reserved. - Terms and Conditions: https://x\n"
        ));
        let one = &found.articles[0];
        assert_eq!((one.title.as_str(), one.outlet.as_str()), ("A headline: of two parts", "The Times; London"));
        assert_eq!(
            one.text,
            "First paragraph.\n\nLocation: a line of the text.\n\nSecond paragraph.\n\nThird paragraph.\n\nLast paragraph."
        );
        assert_eq!((one.published_at.as_str(), one.byline.as_str(), one.source_id.as_str()), ("Dec 28, 2021", "Writer, A", "2613"));
        assert_eq!((one.url.as_str(), one.language.as_str(), one.line), ("https://www.proquest.com/2613", "English", 11));
        let rest: Vec<_> = found.articles[1..].iter().map(|d| (d.text.as_str(), d.extent, d.published_at.as_str())).collect();
        assert_eq!(rest, [("A summary.", Extent::Excerpt, "1999"), ("", Extent::Title, "")]);
        assert_eq!((found.refused, found.notices), (vec![], vec![]));
    }

    #[test]
    fn fields_first_or_in_another_language_or_missing() {
        let spanish = found(
            "Un titular\n\nTexto completo: Uno.\n\nDos.\n\nTítulo: Un titular\n\nTítulo de publicación: El País\n\nFecha de publicación: 9 mar 2020",
        );
        let one = &spanish.articles[0];
        assert_eq!((one.outlet.as_str(), one.text.as_str(), one.published_at.as_str()), ("El País", "Uno.\n\nDos.", "9 mar 2020"));
        let first =
            found("Title: T\nPublication title: P\nPublication date: Mar 9, 1916\nProQuest document ID: 5\nFull text: One.\nTwo.\n");
        assert_eq!((first.articles[0].title.as_str(), first.articles[0].text.as_str()), ("T", "One.\n\nTwo."));
        let cut = found(&format!("A title\n\nFull text: It is cut in the mid\n{RULE}\n\nsome words that are no document\n"));
        assert_eq!((cut.articles[0].title.as_str(), cut.refused.len(), cut.refused[0].line), ("A title", 1, 6));
    }
}
