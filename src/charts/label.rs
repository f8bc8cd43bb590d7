//! Text as a chart can show it: without what XML forbids, cut to its place, or wrapped to it.

use unicode_width::UnicodeWidthChar;

/// A label of at most `longest` narrow characters; a wide one counts as two. What is cut ends in an ellipsis.
#[must_use]
pub fn label(text: &str, longest: usize) -> String {
    cut(text, longest as f64, |c| c.width().unwrap_or(0) as f64, 1.0)
}

/// A label that fits a width in a size.
#[must_use]
pub fn fitting(text: &str, room: f64, size: f64) -> String {
    cut(text, room, |c| advance(c) * size, advance('…') * size)
}

fn cut(text: &str, room: f64, width: impl Fn(char) -> f64, ellipsis: f64) -> String {
    let text = clean(text);
    if text.chars().map(&width).sum::<f64>() <= room {
        return text;
    }
    let mut taken = ellipsis;
    let kept = text.chars().take_while(|&c| {
        taken += width(c);
        taken <= room
    });
    let cut: String = kept.collect();
    let cut = cut.trim_end();
    // Without a mark the ellipsis of a name written from the right would stand before it.
    let mark = if is_from_right(cut) { "\u{200F}" } else { "" };
    format!("{cut}…{mark}")
}

/// How far a character goes on, in parts of its size: as in a wide open face, so that no other one overruns.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '|' | '\'' | '’' | '‘' | '.' | ',' | ':' | ';' | ' ' => 0.32,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '"' | '“' | '”' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '—' => 0.95,
        _ if c.width().unwrap_or(0) == 0 => 0.0,
        _ if c.width().unwrap_or(0) > 1 => 1.0,
        _ if c.is_uppercase() => 0.72,
        _ => 0.62,
    }
}

/// The width of a text of a size, about.
#[must_use]
pub fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Lines that fit a width in a size, broken between words.
#[must_use]
pub fn wrapped(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in clean(text).split(' ').filter(|word| !word.is_empty()) {
        let word = fitting(word, room, size);
        match lines.last_mut().filter(|line| width_of(line, size) + width_of(&word, size) + advance(' ') * size <= room) {
            Some(line) => {
                line.push(' ');
                line.push_str(&word);
            }
            None => lines.push(word),
        }
    }
    lines
}

/// Text without what XML forbids or what would turn the direction of writing of what follows.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    kept.filter(|&c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')).collect()
}

/// Whether the last letter is of a script that is written from the right: Hebrew, Arabic and their neighbours.
fn is_from_right(text: &str) -> bool {
    let letter = text.chars().rev().find(|c| c.is_alphabetic());
    letter.is_some_and(|c| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'))
}

#[cfg(test)]
mod tests {
    use super::{fitting, label, width_of, wrapped};

    #[test]
    fn labels_are_short_and_clean() {
        assert_eq!(label("a\u{1b}b\nc\u{202e}", 40), "ab c");
        assert_eq!(label("abcdef", 4), "abc…");
        assert_eq!(label("abcd", 4), "abcd");
        // Wide characters take twice the room.
        assert_eq!(label("新聞新聞", 6), "新聞…");
        assert_eq!(label("שלום עולם", 6), "שלום…\u{200F}");
    }

    #[test]
    fn lines_break_between_words_and_no_word_overruns() {
        assert_eq!(wrapped("one two  three", 50.0, 10.0), ["one two", "three"]);
        assert_eq!(wrapped("incomprehensible", 40.0, 10.0), ["inco…"]);
        assert!(wrapped(" ", 40.0, 10.0).is_empty());
        assert!(["Wm", "iil", "ü…", "ab—"].iter().all(|text| width_of(&fitting(text, 12.0, 10.0), 10.0) <= 12.0));
    }
}
