//! Sentence ends by rule: UAX #29 breaks after `Mr.` and `Gen.` and is right in half its breaks on news text.

use super::language::Language;
use super::span::{Byte, Span};

/// The sentences of one paragraph, trimmed, in order; together they hold all its words.
///
/// Walks `. ! ? …`, takes in closing quotes and brackets, wants a blank after them, and never breaks before a lower-case
/// letter. Titles and initials never break, other abbreviations only before a word that often starts a sentence, and
/// `?”` + name + verb of speech does not.
#[must_use]
pub fn sentences(text: &str, paragraph: Span<Byte>, language: &Language) -> Vec<Span<Byte>> {
    let part = paragraph.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_terminator(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut run = 1;
        while let Some(&(next, c)) = chars.peek() {
            if !is_terminator(c) {
                break;
            }
            end = next + c.len_utf8();
            run += 1;
            chars.next();
        }
        let mut closed_quote = false;
        while let Some(&(next, c)) = chars.peek() {
            if !is_closer(c) {
                break;
            }
            closed_quote |= !matches!(c, ')' | ']');
            end = next + c.len_utf8();
            chars.next();
        }
        let (before, after) = (part.get(start..at).unwrap_or(""), part.get(end..).unwrap_or(""));
        let ends = Ending { before, after, mark: c, run, closed_quote };
        if ends.breaks(language) {
            push(&mut out, text, paragraph, start, end);
            start = end;
        }
    }
    push(&mut out, text, paragraph, start, part.len());
    out
}

fn push(out: &mut Vec<Span<Byte>>, text: &str, paragraph: Span<Byte>, start: usize, end: usize) {
    let span = super::paragraph::trim(text, Span::new(paragraph.start() + start, paragraph.start() + end));
    if !span.is_empty() {
        out.push(span);
    }
}

/// What stands around a possible end of a sentence.
struct Ending<'t> {
    before: &'t str,
    after: &'t str,
    mark: char,
    run: usize,
    closed_quote: bool,
}

impl Ending<'_> {
    fn breaks(&self, language: &Language) -> bool {
        if !self.after.starts_with(char::is_whitespace) || !self.before.contains(char::is_alphanumeric) {
            return false;
        }
        let rest = self.after.trim_start().trim_start_matches(is_opener);
        let Some(first) = rest.chars().next() else { return false };
        if first.is_lowercase() {
            return false;
        }
        let next: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let starter = language.starters.contains(&next.to_lowercase());
        if self.mark != '.' || self.run > 1 {
            return !(self.closed_quote && names_a_speaker(rest, language));
        }
        let word =
            self.before.rsplit(|c: char| c.is_whitespace() || is_opener(c) || matches!(c, '-' | '–' | '—' | '/')).next().unwrap_or("");
        let lower = word.to_lowercase();
        if language.titles.contains(&lower) && !self.closed_quote {
            return false;
        }
        if language.numbered.contains(&lower) && first.is_numeric() {
            return false;
        }
        let mut letters = word.chars();
        let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
        if initial && !self.closed_quote {
            return word == "I" && starter;
        }
        if language.abbreviations.contains(&lower) || (word.contains('.') && !word.contains(char::is_numeric)) {
            return starter || self.closed_quote;
        }
        true
    }
}

/// Up to four capitalised words and then a verb of speech: `… over?” Prime Minister Jones asked.`
fn names_a_speaker(rest: &str, language: &Language) -> bool {
    let mut words = rest.split_whitespace().map(|w| w.trim_end_matches([',', '.', ':']));
    for _ in 0..5 {
        let Some(word) = words.next() else { return false };
        if language.speech_verbs.contains(&word.to_lowercase()) {
            return true;
        }
        if !word.starts_with(|c: char| c.is_uppercase()) {
            return false;
        }
    }
    false
}

const fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽')
}

const fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '›')
}

const fn is_opener(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '«' | '„' | '(' | '[' | '‹')
}

#[cfg(test)]
mod tests {
    use super::{Language, Span, sentences};

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len()), Language::english()).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn ends() {
        for (text, count) in [
            ("He met Gen. Lee. They spoke.", 2),
            ("The U.S. said so. The U.S. The end came.", 3),
            ("“Is it over?” Prime Minister Jones asked.", 1),
            ("“Is it over?” The prime minister left.", 2),
            ("He came at 5 p.m. on Monday, J. R. Smith said.", 1),
            ("“It is a red line.” He left.", 2),
            ("This wrong decision… We do not tolerate it.", 2),
            ("Our role will be … to be available.", 1),
            ("It cost 3.5 million. No. 5 won.", 2),
            ("Sen. Jones, R-Ariz., left. (He was late.) She stayed!", 3),
            ("World War I. The end.", 2),
        ] {
            assert_eq!(split(text).len(), count, "{text}: {:?}", split(text));
        }
    }

    #[test]
    fn marks_stay_with_their_sentence() {
        assert_eq!(split("“Go!” he said. “Why?”"), ["“Go!” he said.", "“Why?”"]);
    }
}
