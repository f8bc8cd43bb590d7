//! JSON values cut out of a stream one by one, and the way back to sound ones behind one that is broken.

use serde_json::{Map, Value};

use crate::read::characters::Characters;
use crate::read::draft::{Refused, Sink};
use crate::read::format::Source;
use crate::read::json::parse::parse;
use crate::read::json::span::{DEEPEST, Span, span, span_within};
use crate::read::window::Window;

/// How to mend a value that breaks off or holds what it may not.
pub(super) const MEND: &str = "mend it where it breaks; the records around it were read";

/// Depth of a record that is looked for behind a broken one: what each try may cost is bounded by it.
const SOUGHT_DEPTH: usize = 16;

/// Why a value is none.
pub(super) fn fault(error: &serde_json::Error, mend: &str) -> Refused {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    Refused::whole(format!("is no JSON ({what})"), mend)
}

/// A file of JSON.
pub(super) struct Stream<'a> {
    /// What is held of it.
    pub(super) window: Window<'a>,
    /// Its bounds.
    pub(super) source: &'a Source<'a>,
    /// What in it is no character.
    pub(super) characters: Characters,
    /// Whether the blanks before what stands at the start of the window hold a line end.
    pub(super) on_new_line: bool,
}

/// What a file holds next.
pub(super) enum Next {
    /// A value, of so many bytes.
    Whole(usize),
    /// Something that is no value.
    Fault(Refused, usize),
}

impl Stream<'_> {
    /// Passes blanks; the byte behind them.
    pub(super) fn next_byte(&mut self) -> Option<u8> {
        self.on_new_line = false;
        loop {
            let bytes = self.window.bytes();
            // The separator of records in JSON text sequences counts as a blank.
            let blanks = bytes.iter().take_while(|&&b| b.is_ascii_whitespace() || b == 0x1E).count();
            let found = bytes.get(blanks).copied();
            let line = self.window.line();
            self.window.pass(blanks);
            self.on_new_line |= self.window.line() > line;
            if found.is_some() || self.window.ended() {
                return found;
            }
            self.window.more();
        }
    }

    /// The value at the start of the window.
    pub(super) fn next(&mut self) -> Next {
        let bound = self.source.limits.record;
        loop {
            let bytes = self.window.bytes();
            let found = span(bytes, 0, self.window.ended());
            let length = match found {
                Span::To(end) => end,
                _ => bytes.len(),
            };
            if length > bound {
                return Next::Fault(Refused::too_long("the record", "record", bound), 0);
            }
            match found {
                Span::To(end) => return Next::Whole(end),
                Span::More => self.window.more(),
                Span::Broken(at) if at >= bytes.len() => {
                    let refused = Refused::whole("is no JSON (the file ends inside the record)", "fetch the file again: it is cut");
                    return Next::Fault(refused, at);
                }
                Span::Broken(at) => {
                    let what = match bytes.get(at) {
                        Some(b'\n') => "a string is not closed on its line".to_owned(),
                        Some(byte) => format!("\"{}\" where none can be", char::from(*byte).escape_default()),
                        None => "it ends".to_owned(),
                    };
                    return Next::Fault(Refused::whole(format!("is no JSON ({what})"), MEND), at);
                }
                Span::TooDeep(at) => {
                    let reason = format!("has brackets inside one another deeper than {DEEPEST}");
                    return Next::Fault(Refused::whole(reason, "an article needs no such depth; leave it out"), at);
                }
            }
        }
    }

    /// The value of the first bytes of the window.
    pub(super) fn parsed(&mut self, length: usize) -> Result<Value, (Refused, usize)> {
        let line = self.window.line();
        let bytes = self.window.bytes().get(..length).unwrap_or_default();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => std::borrow::Cow::Borrowed(text),
            Err(_) => self.characters.of(bytes, line),
        };
        let (value, halves) = parse(&text).map_err(|e| (fault(&e, MEND), offset(&text, &e)))?;
        self.characters.count(halves, line);
        Ok(value)
    }

    /// Refuses what stands at the start of the window, with the place of the byte at fault.
    pub(super) fn refuse(&mut self, refused: Refused, at: usize, sink: &mut dyn Sink) {
        let (line, column) = self.window.place(at);
        let start = self.window.bytes().get(..240).unwrap_or(self.window.bytes());
        sink.refuse(refused.at(line, column, start));
    }

    /// Whether a list goes on behind its first bytes as it should.
    pub(super) fn goes_on_after(&self, length: usize) -> bool {
        let rest = self.window.bytes().get(length..).unwrap_or_default();
        match rest.iter().position(|b| !b.is_ascii_whitespace()).and_then(|at| rest.get(at)) {
            Some(byte) => matches!(byte, b',' | b']'),
            None => true,
        }
    }

    /// Whether the window starts with an object at the start of a line, as JSON lines go on.
    pub(super) fn is_at_object_line(&self) -> bool {
        self.on_new_line && self.window.bytes().first() == Some(&b'{') && self.window.place(0).1 == 1
    }

    /// Passes lines up to the next that starts with an object of its own; none if one starts here.
    pub(super) fn pass_to_object_line(&mut self) {
        if self.is_at_object_line() {
            return;
        }
        loop {
            self.window.pass_line();
            if self.window.bytes().is_empty() {
                self.window.more();
            }
            match self.window.bytes().first() {
                Some(b'{') | None => return,
                Some(_) => {}
            }
        }
    }

    /// Passes what is broken, up to the next sound record of a list: an object that is an article, in the column of the broken one
    /// where that starts a line (`indent`), else behind a comma or bracket.
    pub(super) fn pass_to_record(&mut self, indent: Option<usize>, mut is_article: impl FnMut(&Map<String, Value>) -> bool) {
        let bound = self.source.limits.record;
        let mut at = 1;
        loop {
            let bytes = self.window.bytes();
            let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'{', rest)).map(|found| at + found) else {
                let ended = self.window.ended();
                // The last line stays, for what stands before the next bracket.
                let kept = memchr::memrchr(b'\n', bytes).filter(|line| bytes.len() - line < 4096).unwrap_or(bytes.len().saturating_sub(64));
                let passed = if ended { bytes.len() } else { kept };
                at = bytes.len() - passed;
                self.window.pass(passed);
                if ended {
                    return;
                }
                self.window.more();
                continue;
            };
            let before = bytes.get(..found).unwrap_or_default();
            let blanks = before.iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
            let in_line = before.iter().rev().take_while(|&&b| b == b' ' || b == b'\t').count();
            let placed = match indent {
                Some(column) => in_line + 1 == column && before.iter().rev().nth(in_line).is_none_or(|&b| b == b'\n'),
                None => before.iter().rev().nth(blanks).is_none_or(|b| matches!(b, b',' | b'[' | b'}')),
            };
            if placed {
                match span_within(bytes, found, self.window.ended(), SOUGHT_DEPTH) {
                    Span::More if bytes.len() - found <= bound => {
                        self.window.more();
                        continue;
                    }
                    Span::To(end) => {
                        let text = bytes.get(found..end).map(String::from_utf8_lossy).unwrap_or_default();
                        if let Ok((Value::Object(record), _)) = parse(&text)
                            && is_article(&record)
                        {
                            return self.window.pass(found);
                        }
                    }
                    _ => {}
                }
            }
            at = found + 1;
            if at > bound {
                self.window.pass(found);
                at = 1;
            }
        }
    }
}

/// The byte that an error of a parser names by line and column.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    (line + error.column().saturating_sub(1)).min(text.len())
}
