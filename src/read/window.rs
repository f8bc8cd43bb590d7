//! A stretch of a stream held in memory: what is not yet used of it, and more on demand. Records are found in it without a copy,
//! and it never holds more than twice the largest record and one piece.

use std::io::{self, BufRead, Read};

/// Bytes by which the window grows at least.
const PIECE: usize = 1 << 18;

/// The part of a stream that is being looked at.
pub(super) struct Window<'a> {
    input: &'a mut dyn BufRead,
    held: Vec<u8>,
    from: usize,
    ended: bool,
    failed: Option<io::Error>,
    passed: u64,
    line: usize,
    column: usize,
    line_end: u8,
}

impl<'a> Window<'a> {
    /// A window at the start of a stream. A byte-order mark is passed over.
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        let mut window =
            Self { input, held: Vec::new(), from: 0, ended: false, failed: None, passed: 0, line: 1, column: 1, line_end: b'\n' };
        window.more();
        if window.bytes().starts_with(b"\xEF\xBB\xBF") {
            window.from = 3;
        }
        window
    }

    /// What is held and not used.
    pub(super) fn bytes(&self) -> &[u8] {
        self.held.get(self.from..).unwrap_or_default()
    }

    /// Whether nothing comes after what is held.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Bytes used so far.
    pub(super) fn passed(&self) -> u64 {
        self.passed
    }

    /// 1-based line of the first byte held.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// The byte that ends lines.
    pub(super) fn line_end(&self) -> u8 {
        self.line_end
    }

    /// Says what ends lines.
    pub(super) fn set_line_end(&mut self, byte: u8) {
        self.line_end = byte;
    }

    /// Line and column, from 1 and in code points, of a byte that is held.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let before = self.bytes().get(..at).unwrap_or_else(|| self.bytes());
        self.after(before)
    }

    fn after(&self, bytes: &[u8]) -> (usize, usize) {
        match memchr::memrchr(self.line_end, bytes) {
            Some(last) => {
                (self.line + memchr::memchr_iter(self.line_end, bytes).count(), 1 + characters(bytes.get(last + 1..).unwrap_or_default()))
            }
            None => (self.line, self.column + characters(bytes)),
        }
    }

    /// Takes in at least as much again as is held, so that looking anew at a record that did not end costs no more than twice its
    /// length over all.
    pub(super) fn more(&mut self) {
        if self.ended {
            return;
        }
        self.held.drain(..self.from);
        self.from = 0;
        let wanted = self.held.len().max(PIECE);
        match (&mut *self.input).take(wanted as u64).read_to_end(&mut self.held) {
            Ok(read) => self.ended = read < wanted,
            Err(e) => {
                // What came before the fault is read first.
                self.ended = true;
                self.failed = Some(e);
            }
        }
    }

    /// Uses up bytes.
    pub(super) fn pass(&mut self, count: usize) {
        let count = count.min(self.bytes().len());
        let (line, column) = self.after(self.bytes().get(..count).unwrap_or_default());
        (self.line, self.column) = (line, column);
        self.from += count;
        self.passed += count as u64;
    }

    /// Uses up the rest of the line, however long.
    pub(super) fn pass_line(&mut self) {
        loop {
            let end = memchr::memchr(self.line_end, self.bytes());
            self.pass(end.map_or(self.bytes().len(), |at| at + 1));
            if end.is_some() || self.ended {
                return;
            }
            self.more();
        }
    }

    /// What reading came to.
    ///
    /// # Errors
    /// The fault at which the stream ended.
    pub(super) fn finish(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }
}

/// Code points, as far as the bytes are UTF-8.
pub(super) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn places_go_on_over_what_was_passed() {
        let mut content: &[u8] = "\u{FEFF}één\nzwei drei".as_bytes();
        let mut window = Window::new(&mut content);
        assert_eq!(window.place(7), (2, 2));
        window.pass(8);
        assert_eq!((window.line(), window.place(2), window.passed()), (2, (2, 5), 8));
        window.pass(99);
        assert!(window.bytes().is_empty() && window.ended() && window.finish().is_ok());
    }
}
