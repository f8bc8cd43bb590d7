//! A document of paragraphs is one article that somebody wrote, or a delivery of a database that holds many.

use crate::read::draft::{Draft, Refused, Sink};
use crate::read::format::Source;
use crate::read::notice::number_stated;
use crate::read::office::paragraph::{Pages, joined, on_one_line};
use crate::read::text;

use super::factiva_office;
use super::nexis;
use super::nexis_text;
use super::proquest;

/// Hands over what a document holds.
pub fn read(pages: &Pages, source: &Source<'_>, sink: &mut dyn Sink) {
    let paragraphs = pages.paragraphs.as_slice();
    let (stated, count) = if paragraphs.is_empty() {
        let mend = "if it holds pictures of text, it must be read by character recognition first";
        return sink.refuse(Refused::whole("holds no text", mend));
    } else if proquest::is_delivery(paragraphs) {
        proquest::articles(paragraphs, sink)
    } else if nexis_text::is_delivery(paragraphs) {
        nexis_text::articles(paragraphs, sink)
    } else if nexis::is_delivery(paragraphs) {
        nexis::read(paragraphs, sink)
    } else if factiva_office::is_delivery(paragraphs) {
        factiva_office::read(paragraphs, sink)
    } else {
        return sink.article(alone(pages));
    };
    number_stated(source.name, stated, count).into_iter().for_each(|notice| sink.notice(notice));
}

/// One article. Its first lines stay in the text as they would in a text file, but for a title that the properties state.
fn alone(pages: &Pages) -> Draft {
    let texts = || pages.paragraphs.iter().map(|p| p.text.as_str());
    if texts().next() == Some("---") {
        return Draft { alone: true, ..text::article(texts().collect::<Vec<_>>().join("\n")) };
    }
    let title = on_one_line(&pages.title);
    let title = if is_default_title(&title) { String::new() } else { title };
    let repeated = !title.is_empty() && pages.paragraphs.len() > 1 && texts().next().is_some_and(|first| on_one_line(first) == title);
    Draft { title, alone: true, ..text::article(joined(texts().skip(usize::from(repeated)))) }
}

/// Whether a title is what a program puts there by itself.
fn is_default_title(title: &str) -> bool {
    let title = title.to_lowercase();
    const STARTS: &[&str] =
        &["microsoft word", "document", "dokument", "untitled", "unbenannt", "word document", "powerpoint", "sans titre", "sin título"];
    STARTS.iter().any(|start| title.starts_with(start)) || [".docx", ".doc", ".rtf", ".dotx"].iter().any(|end| title.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::read::draft::Collected;
    use crate::read::format::Source;
    use crate::read::office::paragraph::Pages;

    fn found(title: &str, lines: &[&str]) -> Collected {
        let mut pages = Pages::default();
        pages.title = title.into();
        lines.iter().for_each(|line| pages.push(line, false));
        let mut found = Collected::default();
        Source::bare("x.docx", |source| read(&pages, source, &mut found));
        found
    }

    #[test]
    fn one_article() {
        let typed = &found("Microsoft Word - Document1", &["A headline", "", "Text one.", "Text two."]).articles[0];
        assert_eq!((typed.title.as_str(), typed.text.as_str(), typed.alone), ("", "A headline\n\nText one.\n\nText two.", true));
        let titled = &found("A headline", &["A headline", "Text one."]).articles[0];
        assert_eq!((titled.title.as_str(), titled.text.as_str()), ("A headline", "Text one."));
        let headed = &found("", &["---", "outlet: The Paper", "date: 2021-12-28", "---", "Text one."]).articles[0];
        assert_eq!((headed.outlet.as_str(), headed.published_at.as_str()), ("The Paper", "2021-12-28"));
        assert_eq!(headed.text.get(headed.body..), Some("Text one."));
        assert_eq!(found("", &["", " "]).refused[0].reason, "holds no text");
    }
}
