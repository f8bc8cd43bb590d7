//! Deliveries of Nexis Uni, Lexis+ and their kin as .docx and .rtf: title, source, date, fields, "Body", text, "Load-Date",
//! "End of Document", for each article.

use crate::read::delivery::delivered::Delivered;
use crate::read::delivery::nexis_labels::{Label, date, is_copyright, labelled};
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::office::paragraph::{Paragraph, joined, on_one_line};

/// Whether the paragraphs are such a delivery.
#[must_use]
pub fn is_delivery(paragraphs: &[Paragraph]) -> bool {
    let ends = paragraphs.iter().any(|p| is_end(&p.text));
    ends && paragraphs.iter().any(|p| is_body(&p.text) || matches!(labelled(&p.text), Some((Label::Head | Label::Loaded, _))))
}

/// Hands over the articles; tells how many the cover states, if it states that, and how many there were.
pub fn read(paragraphs: &[Paragraph], sink: &mut dyn Sink) -> (Option<usize>, usize) {
    let mut documents = paragraphs.split(|p| is_end(&p.text)).filter(|document| !document.is_empty());
    let (mut stated, mut count) = (None, 0);
    for (document, first) in documents.by_ref().zip((0..).map(|n| n == 0)) {
        let document = if first {
            stated = document.iter().find_map(|p| number_of_documents(&p.text));
            without_cover(document)
        } else {
            document
        };
        match article(document) {
            Some(draft) => {
                count += 1;
                sink.article(draft);
            }
            None => {
                let Some(start) = document.first() else { continue };
                let refused = Refused::whole("is no article of a delivery: it has neither fields nor a body", "check what was exported");
                sink.refuse(Refused { line: start.place, text: start.text.chars().take(80).collect(), ..refused });
            }
        }
    }
    (stated, count)
}

fn is_end(text: &str) -> bool {
    const ENDS: &[&str] =
        &["end of document", "ende des dokuments", "fin du document", "einde van document", "fin del documento", "fine del documento"];
    text.len() <= 40 && ENDS.contains(&text.trim().to_lowercase().as_str())
}

fn is_body(text: &str) -> bool {
    matches!(text, "Body" | "Body:" | "BODY" | "BODY:" | "Corps" | "Haupttext")
}

/// Where what stands after a text starts. A word that may also be a heading of the text counts only close to the fields.
fn tail_at(document: &[Paragraph], from: usize) -> usize {
    const CAPTIONS: usize = 6;
    let is_field = |p: &Paragraph| matches!(labelled(&p.text), Some((Label::Tail | Label::Language | Label::Loaded, _)));
    let after = |at: usize| document.iter().skip(at + 1).take(2);
    let sure = |at: usize, p: &Paragraph| {
        let named = matches!(p.text.as_str(), "Classification" | "Klassifizierung") && after(at).any(is_field);
        named || matches!(labelled(&p.text), Some((Label::Loaded, _)))
    };
    let rest = || document.iter().enumerate().skip(from);
    let end = rest().find(|(at, p)| sure(*at, p)).map_or(document.len(), |(at, _)| at);
    let is_name =
        |p: &Paragraph| matches!(p.text.as_str(), "Graphic" | "Notes" | "Correction" | "Correction-Date") || p.text.starts_with("Graphic:");
    let close = rest().take_while(|(at, _)| *at < end).find(|(at, p)| end - at <= CAPTIONS && is_name(p));
    close.map_or(end, |(at, _)| at)
}

fn number_of_documents(text: &str) -> Option<usize> {
    let (name, rest) = text.split_once('(')?;
    let name = name.trim().to_lowercase();
    let known = ["documents", "document", "dokumente", "dokument", "documenten", "documentos", "documenti"].contains(&name.as_str());
    rest.split_once(')').filter(|_| known)?.0.trim().parse().ok()
}

/// Lines of the cover, which lists what was asked for and what was found.
fn is_cover(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "user name:",
        "date and time:",
        "job number:",
        "documents (",
        "document (",
        "client/matter:",
        "search terms:",
        "search type:",
        "narrowed by",
        "content type",
        "about lexisnexis",
        "download request:",
        "time of request:",
        "project id:",
        "timeline:",
        "| about lexisnexis",
    ];
    let lower = text.to_lowercase();
    let listed = lower
        .split_once('.')
        .is_some_and(|(number, _)| !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit()));
    listed || STARTS.iter().any(|start| lower.starts_with(start))
}

/// What follows the cover of a delivery. Its list names the first article, whose title stands again where that starts; else it
/// ends with its last line that is one of a cover.
fn without_cover(document: &[Paragraph]) -> &[Paragraph] {
    let before_fields = document.iter().position(|p| is_body(&p.text) || is_copyright(&p.text) && !p.text.contains("LexisNexis"));
    let head = document.get(..before_fields.unwrap_or(document.len())).unwrap_or(document);
    let Some(list) = head.iter().position(|p| number_of_documents(&p.text).is_some()) else {
        let starts = head.first().is_some_and(|p| is_cover(&p.text));
        let last = head.iter().rposition(|p| is_cover(&p.text)).filter(|_| starts);
        return last.and_then(|last| document.get(last + 1..)).unwrap_or(document);
    };
    let name =
        |text: &str| on_one_line(text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace())).to_lowercase();
    let first = head.get(list + 1).map(|p| name(&p.text)).unwrap_or_default();
    let again = head.iter().enumerate().skip(list + 2).rfind(|(_, p)| !first.is_empty() && name(&p.text) == first).map(|(at, _)| at);
    let last = head.iter().rposition(|p| is_cover(&p.text)).map_or(0, |last| last + 1);
    document.get(again.unwrap_or(last)..).unwrap_or(document)
}

fn article(document: &[Paragraph]) -> Option<Draft> {
    let first = document.first()?;
    let body_at = document.iter().position(|p| is_body(&p.text));
    let is_field = |p: &Paragraph| matches!(labelled(&p.text), Some((Label::Head | Label::Byline | Label::Highlight, _)));
    // Without the word, the text starts where the fields of the head end.
    let starts = body_at.map(|at| at + 1).or_else(|| {
        let from = document.iter().position(is_field).or_else(|| document.iter().position(|p| is_copyright(&p.text)))?;
        Some(from + document.iter().skip(from).take_while(|p| is_field(p) || is_copyright(&p.text)).count())
    });
    let starts = starts.or_else(|| Some(tail_at(document, 0)).filter(|at| *at < document.len()))?;
    let ends = tail_at(document, starts);
    let head = document.get(..body_at.unwrap_or(starts))?;
    let field = |wanted: Label| {
        let fields = head.iter().chain(document.get(ends..).unwrap_or_default());
        fields
            .filter_map(|p| labelled(&p.text))
            .find(|(label, _)| *label == wanted)
            .map(|(_, value)| on_one_line(value))
            .unwrap_or_default()
    };
    // A title may look like a field: "Correction: …".
    let is_plain = |at: usize, p: &Paragraph| at == 0 || (labelled(&p.text).is_none() && !is_copyright(&p.text));
    let plain: Vec<&Paragraph> = head.iter().enumerate().take_while(|(at, p)| is_plain(*at, p)).map(|(_, p)| p).collect();
    let (title, outlet, published_at) = named(&plain);
    let body = document.get(starts..ends)?.iter().map(|p| p.text.as_str());
    let delivered = Delivered {
        line: first.place,
        outlet,
        title,
        byline: field(Label::Byline),
        published_at,
        language: field(Label::Language),
        summary: field(Label::Highlight),
        text: joined(body),
        ..Delivered::default()
    };
    Some(delivered.draft())
}

/// Title, source and date of the lines before the first field: the date stands after the source, and that after the title.
fn named(plain: &[&Paragraph]) -> (String, String, String) {
    let dated = plain.iter().enumerate().skip(1).find_map(|(at, p)| Some((at, date(&p.text)?)));
    let sourced = dated.map_or_else(|| if plain.len() > 1 { 1 } else { 0 }, |(at, _)| at - 1);
    // Some deliveries give the title as a heading and again as a line.
    let mut title: Vec<String> = plain.iter().take(sourced).map(|p| on_one_line(&p.text)).collect();
    title.dedup();
    let outlet = plain.get(sourced).filter(|_| dated.is_some() || sourced > 0).map(|p| on_one_line(&p.text)).unwrap_or_default();
    let title = if title.is_empty() && outlet.is_empty() {
        plain.first().map(|p| on_one_line(&p.text)).unwrap_or_default()
    } else {
        title.join(" ")
    };
    (title, outlet, dated.map(|(_, date)| date.to_owned()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{is_delivery, read};
    use crate::corpus::record::Extent;
    use crate::read::draft::Collected;
    use crate::read::office::paragraph::Pages;

    fn found(lines: &str) -> (Collected, Option<usize>) {
        let mut pages = Pages::default();
        lines.lines().for_each(|line| pages.push(line, false));
        assert!(is_delivery(&pages.paragraphs));
        let mut found = Collected::default();
        let (stated, count) = read(&pages.paragraphs, &mut found);
        assert_eq!(count, found.articles.len());
        (found, stated)
    }

    const TWO: &str = "User Name: A B\nDate and Time: Tuesday, January 4, 2022 1:00:00 PM CET\nJob Number: 1600\nDocuments (2)\n1. First, of two\n\
        Client/Matter: -None-\nSearch Terms: syria\nNarrowed by\nContent Type\nNews\n2. Second\nNews\n\
        First, of two\nThe Guardian (London)\nDecember 28, 2021 Tuesday 10:00 AM GMT\nCopyright 2021 Guardian News & Media All Rights Reserved\n\
        Section: WORLD NEWS; Version:1\nLength: 353 words\nByline: A. Writer in Beirut\nHighlight: What it is about\nBody\n\
        The ministers said: no.\nLength: a word in the text.\nGraphic\nA port.\nClassification\nLanguage: ENGLISH\nPublication-Type: Newspaper\n\
        Load-Date: December 28, 2021\nEnd of Document\n\
        Second\nAgence France Presse - English\nDecember 29, 2021 Wednesday\nCopyright 2021 AFP\nLength: 12 words\nBody\nText two.\n\
        Load-Date: December 29, 2021\nEnd of Document\n";

    #[test]
    fn articles_between_cover_and_ends() {
        let (found, stated) = found(TWO);
        let one = &found.articles[0];
        assert_eq!((one.title.as_str(), one.outlet.as_str(), one.line), ("First, of two", "The Guardian (London)", 13));
        assert_eq!((one.published_at.as_str(), one.byline.as_str()), ("December 28, 2021", "A. Writer in Beirut"));
        assert_eq!((one.language.as_str(), one.text.as_str()), ("ENGLISH", "The ministers said: no.\n\nLength: a word in the text."));
        let two = &found.articles[1];
        assert_eq!((two.title.as_str(), two.outlet.as_str()), ("Second", "Agence France Presse - English"));
        assert_eq!((two.text.as_str(), stated, found.refused.len()), ("Text two.", Some(2), 0));
    }

    #[test]
    fn missing_fields() {
        let (found, _) = found(
            "Only a title\nThe Paper\nMay 1, 2020\nLoad-Date: May 2, 2020\nEnd of Document\nNo word body\nThe Paper\nMay 1, 2020\n\
             Copyright 2020 P\nLength: 9 words\nThe text.\nEnd of Document\nstray\nEnd of Document\nNo date\nThe Paper\nLength: 2 words\nBody\nText.\nEnd of Document",
        );
        let rows: Vec<_> = found.articles.iter().map(|d| (d.title.as_str(), d.outlet.as_str(), d.text.as_str(), d.extent)).collect();
        assert_eq!(
            rows,
            [
                ("Only a title", "The Paper", "", Extent::Title),
                ("No word body", "The Paper", "The text.", Extent::Full),
                ("No date", "The Paper", "Text.", Extent::Full)
            ]
        );
        assert_eq!((found.refused.len(), found.refused[0].line), (1, 13));
    }
}
