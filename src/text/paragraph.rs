//! Paragraphs: the borders that no passage crosses.

use super::span::{Byte, Span};

/// Widest line that a text with hard line ends may have, in bytes.
const WRAP_WIDEST: usize = 100;
/// Narrowest width at which text is taken to be wrapped by hand.
const WRAP_NARROWEST: usize = 45;

/// The paragraphs of `text[within]`, trimmed, none empty.
///
/// A blank line always parts. A single line end parts as well, unless the text is wrapped by hand: then lines run on
/// while they are about as wide as the widest and do not end a sentence short of it.
#[must_use]
pub fn paragraphs(text: &str, within: Span<Byte>) -> Vec<Span<Byte>> {
    let lines: Vec<Span<Byte>> = lines(text, within).collect();
    let width = wrap_width(text, &lines);
    let mut out: Vec<Span<Byte>> = Vec::new();
    let mut open = false;
    for (i, line) in lines.iter().enumerate() {
        let trimmed = trim(text, *line);
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open => *last = last.hull(trimmed),
            _ => out.push(trimmed),
        }
        // A wrapped line runs on only when the next line's first word would not have fitted on it.
        open = width.is_some_and(|width| {
            let next_word = lines.get(i + 1).and_then(|next| next.of(text).split_whitespace().next());
            next_word.is_some_and(|word| trimmed.of(text).chars().count() + 1 + word.chars().count() > width)
        });
    }
    out
}

/// The lines of `text[within]`, without their line ends.
pub fn lines(text: &str, within: Span<Byte>) -> impl Iterator<Item = Span<Byte>> + '_ {
    let mut at = within.start();
    within.of(text).split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
        span
    })
}

/// `span` without blanks (and byte-order marks) at its ends.
#[must_use]
pub fn trim(text: &str, span: Span<Byte>) -> Span<Byte> {
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}';
    let part = span.of(text);
    let head = part.len() - part.trim_start_matches(blank).len();
    let body = part.trim_matches(blank).len();
    Span::new(span.start() + head, span.start() + head + body)
}

/// The width at which the text was wrapped by hand, if it was: most lines that another line follows directly are
/// nearly as wide as the widest, and that is no wider than [`WRAP_WIDEST`].
fn wrap_width(text: &str, lines: &[Span<Byte>]) -> Option<usize> {
    let followed: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !trim(text, pair[0]).is_empty() && !trim(text, pair[1]).is_empty())
        .map(|pair| trim(text, pair[0]).of(text).chars().count())
        .collect();
    let widest = followed.iter().copied().max()?;
    let near = followed.iter().filter(|&&n| n * 10 >= widest * 8).count();
    let wrapped = (WRAP_NARROWEST..=WRAP_WIDEST).contains(&widest) && followed.len() >= 5 && near * 10 >= followed.len() * 7;
    wrapped.then_some(widest)
}

#[cfg(test)]
mod tests {
    use super::{Span, paragraphs};

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn blank_lines_and_single_lines_part() {
        assert_eq!(split("Head\n\n  One. \r\nTwo.\n\n\nThree"), ["Head", "One.", "Two.", "Three"]);
    }

    #[test]
    fn text_wrapped_by_hand_is_joined() {
        let text = "The committee said on Tuesday that the talks would go on for\n\
                    at least another week, and that no date had been set for the\n\
                    withdrawal of the remaining forces from the northern region.\n\
                    It gave no reason.\n\
                    A second statement by the ministry, issued late in the night,\n\
                    said that the delegations had agreed on most of the points on\n\
                    the list and would meet again.\n";
        let found = split(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("no reason."));
    }

    #[test]
    fn long_lines_are_paragraphs_of_their_own() {
        let long = "word ".repeat(60);
        let text = format!("{long}.\n{long}.\n{long}.");
        assert_eq!(split(&text).len(), 3);
    }
}
