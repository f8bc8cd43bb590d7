//! Bytes of a field to characters: what is none becomes U+FFFD and is counted, so that one notice a file can tell of it.

use std::borrow::Cow;

use super::draft::Sink;
use super::text::bad_bytes;

/// Places of a file that were no characters.
#[derive(Debug, Default)]
pub(super) struct Characters {
    places: usize,
    first_line: usize,
}

impl Characters {
    /// The characters of a field of a record at a line. NUL is none of them: nobody can have meant it.
    pub(super) fn of<'a>(&mut self, bytes: &'a [u8], line: usize) -> Cow<'a, str> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => {
                let mended = String::from_utf8_lossy(bytes);
                let printed = memchr::memmem::find_iter(bytes, "\u{FFFD}".as_bytes()).count();
                self.count(mended.matches('\u{FFFD}').count().saturating_sub(printed), line);
                mended
            }
        };
        match memchr::memchr_iter(0, text.as_bytes()).count() {
            0 => text,
            nuls => {
                self.count(nuls, line);
                Cow::Owned(text.replace('\0', "\u{FFFD}"))
            }
        }
    }

    /// Counts places that were found to be no characters elsewhere.
    pub(super) fn count(&mut self, places: usize, line: usize) {
        if self.places == 0 && places > 0 {
            self.first_line = line;
        }
        self.places += places;
    }

    /// Tells of them, if there were any.
    pub(super) fn tell(&self, name: &str, sink: &mut dyn Sink) {
        if self.places > 0 {
            sink.notice(bad_bytes(name, self.first_line, self.places));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Characters;
    use crate::read::draft::Collected;

    #[test]
    fn what_is_no_character_is_counted() {
        let mut characters = Characters::default();
        assert_eq!(characters.of("\u{FFFD} é".as_bytes(), 1), "\u{FFFD} é");
        assert_eq!(characters.of(b"a\x93b \xEF\xBF\xBD", 4), "a\u{FFFD}b \u{FFFD}");
        assert_eq!(characters.of(b"a\0b\0", 9), "a\u{FFFD}b\u{FFFD}");
        let mut found = Collected::default();
        characters.tell("x.csv", &mut found);
        assert!(found.notices[0].message.starts_with("x.csv:4: 3 places are"), "{:?}", found.notices);
    }
}
