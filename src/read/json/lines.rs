//! JSON lines: one article a line, with the fields that passim, news crawlers and services, and Retold's own users give.

use std::io::{self, BufRead};

use crate::read::characters::Characters;
use crate::read::draft::{Refused, Sink};
use crate::read::format::Source;
use crate::read::json::document::emit;
use crate::read::json::fields::Mapper;
use crate::read::json::parse::parse;
use crate::read::json::stream::fault;
use crate::read::window::{self, Window};

/// Reads a file line by line, so that memory holds one line of it.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut window = Window::new(input);
    let mut mapper = Mapper::new(source);
    let mut characters = Characters::default();
    loop {
        let bytes = window.bytes();
        let end = memchr::memchr(b'\n', bytes);
        if end.is_none() && !window.ended() {
            if bytes.len() <= source.limits.record {
                window.more();
                continue;
            }
            let start = bytes.get(..240).unwrap_or_default().to_vec();
            let line = window.line();
            window.pass_line();
            sink.refuse(Refused::too_long("the line", "record", source.limits.record).at(line, 0, &start));
            continue;
        }
        let length = end.map_or(bytes.len(), |at| at + 1);
        if length == 0 {
            break;
        }
        let found = bytes.get(..length).unwrap_or_default().trim_ascii();
        let line = window.line();
        if found.len() > source.limits.record {
            sink.refuse(Refused::too_long("the line", "record", source.limits.record).at(line, 0, found));
        } else if !found.is_empty() {
            record(found, line, &mut mapper, &mut characters, sink);
        }
        window.pass(length);
    }
    characters.tell(source.name, sink);
    window.finish()
}

fn record(found: &[u8], line: usize, mapper: &mut Mapper<'_>, characters: &mut Characters, sink: &mut dyn Sink) {
    let text = characters.of(found, line);
    match parse(&text) {
        Ok((value, halves)) => {
            characters.count(halves, line);
            emit(value, mapper, line, found, sink);
        }
        Err(e) => {
            let column = text.as_bytes().get(..e.column()).map_or(e.column(), window::characters);
            sink.refuse(fault(&e, "each line must hold one object").at(line, column, found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    fn lines(content: &[u8]) -> Collected {
        let mut found = Collected::default();
        Source::bare("news.jsonl", |source| read(&mut &*content, source, &mut found)).unwrap();
        found
    }

    #[test]
    fn fields_of_passim_and_our_own() {
        let found = lines(b"\xEF\xBB\xBF{\"id\":\"a\",\"series\":\"S\",\"text\":\"One\"}\n\n{\"id\":7,\"outlet\":\"O\",\"text\":\"Two\"}\r\n{\"text\":\"Three\"}");
        let found: Vec<_> = found.articles.iter().map(|d| (d.line, &*d.source_id, &*d.outlet, &*d.text)).collect();
        assert_eq!(found, [(1, "a", "S", "One"), (3, "7", "O", "Two"), (4, "", "", "Three")]);
    }

    #[test]
    fn what_is_no_article_is_told() {
        let found = lines(b"{\"id\":1}\n[1]\n{\"text\":\n{\"text\":5}\n{\"text\":\"\xff\"}\n");
        let reasons: Vec<String> = found.refused.into_iter().map(|refused| refused.reason).collect();
        assert_eq!(reasons[0], "has no field \"text\" (it has id)");
        assert_eq!(reasons[1], "is no JSON object");
        assert!(reasons[2].starts_with("is no JSON (EOF"), "{}", reasons[2]);
        assert_eq!(reasons[3], "the field \"text\" is not a string");
        assert_eq!((reasons.len(), found.articles[0].text.as_str(), found.notices.len()), (4, "\u{FFFD}", 1));
    }

    #[test]
    fn answers_of_services_a_line() {
        let found =
            lines(b"{\"status\":\"ok\",\"articles\":[{\"title\":\"A\",\"content\":\"One.\"},{\"title\":\"B\",\"content\":\"Two.\"}]}\n");
        assert_eq!(found.articles.iter().map(|d| (d.line, d.title.as_str())).collect::<Vec<_>>(), [(1, "A"), (1, "B")]);
    }
}
