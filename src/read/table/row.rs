//! The grammar of delimited files: where the cells of a row begin and end. RFC 4180, and three laxer readings that are tried only
//! on rows that break it.

use std::borrow::Cow;

/// What parts cells and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Between cells.
    pub(super) delimiter: u8,
    /// After rows: LF (with or without CR before it), or CR alone.
    pub(super) line_end: u8,
    /// Around cells: `"`, in some files `'`.
    pub(super) mark: u8,
}

/// How strictly quotation marks are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// As RFC 4180 says. A mark inside a cell without marks around it is told, not refused.
    Strict,
    /// A mark closes a cell only before a delimiter or the end of the line; blanks may stand around the marks.
    Lax {
        /// Whether a mark after a backslash is part of the text.
        backslash: bool,
        /// Whether the second of two marks before a delimiter closes the cell.
        double_closes: bool,
    },
    /// Marks are characters like others.
    Raw,
}

/// Where a cell stands in the bytes of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// First byte, after an opening mark.
    pub(super) start: usize,
    /// Byte after the last, before a closing mark.
    pub(super) end: usize,
    /// Whether marks inside are doubled or stand after a backslash.
    pub(super) marks: bool,
}

impl Cell {
    /// Its bytes with marks inside as they are meant.
    pub(super) fn bytes<'a>(&self, row: &'a [u8], mark: u8, rule: Rule) -> Cow<'a, [u8]> {
        let given = row.get(self.start..self.end).unwrap_or_default();
        if !self.marks {
            return Cow::Borrowed(given);
        }
        let backslash = matches!(rule, Rule::Lax { backslash: true, .. });
        let mut out = Vec::with_capacity(given.len());
        let mut rest = given;
        while let Some(at) = memchr::memchr(mark, rest) {
            let (before, after) = rest.split_at(at);
            let escaped = backslash && before.last() == Some(&b'\\');
            out.extend_from_slice(if escaped { before.split_last().map_or(before, |(_, start)| start) } else { before });
            out.push(mark);
            let after = after.get(1..).unwrap_or_default();
            rest = if escaped { after } else { after.strip_prefix(&[mark]).unwrap_or(after) };
        }
        out.extend_from_slice(rest);
        Cow::Owned(out)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A row, whose next begins at `end`. `marks`: a cell without marks around it holds some.
    Row {
        /// Byte after its line end.
        end: usize,
        /// Whether a cell that is not quoted holds quotation marks.
        marks: bool,
    },
    /// A row that does not end in what is held.
    More,
    /// A mark that opens at this byte and is not closed as the rule wants it.
    Open(usize),
    /// More cells than a table may have.
    TooMany,
}

/// Finds the cells of the row at the start of `bytes`. `last` says that nothing comes after them; `most` bounds the cells.
pub(super) fn row(bytes: &[u8], last: bool, dialect: Dialect, rule: Rule, most: usize, cells: &mut Vec<Cell>) -> Found {
    cells.clear();
    let Dialect { delimiter, line_end, mark } = dialect;
    let blanks = |at: usize| match rule {
        Rule::Lax { .. } if delimiter != b' ' => bytes.iter().skip(at).take_while(|&&b| b == b' ').count(),
        _ => 0,
    };
    let (mut at, mut marks) = (0, false);
    loop {
        if cells.len() >= most {
            return Found::TooMany;
        }
        let open = at + blanks(at);
        let after = if rule != Rule::Raw && bytes.get(open) == Some(&mark) {
            let (close, doubled) = match closing(bytes, open, last, dialect, rule) {
                Ok(found) => found,
                Err(found) => return found,
            };
            cells.push(Cell { start: open + 1, end: close, marks: doubled });
            let after = close + 1 + blanks(close + 1);
            after + usize::from(bytes.get(after) == Some(&b'\r') && line_end == b'\n')
        } else {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = match memchr::memchr2(delimiter, line_end, rest) {
                Some(length) => length,
                None if last => rest.len(),
                None => return Found::More,
            };
            let cell = rest.get(..length).unwrap_or_default();
            let at_end = rest.get(length) != Some(&delimiter);
            let kept = if at_end && line_end == b'\n' { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell };
            marks |= memchr::memchr(mark, kept).is_some();
            cells.push(Cell { start: at, end: at + kept.len(), marks: false });
            at + length
        };
        match bytes.get(after) {
            Some(&byte) if byte == delimiter => at = after + 1,
            Some(&byte) if byte == line_end => return Found::Row { end: after + 1, marks },
            None if last => return Found::Row { end: bytes.len(), marks },
            None => return Found::More,
            Some(_) => return Found::Open(open),
        }
    }
}

/// The mark that closes the cell opened at `open`, and whether marks stand inside that are not what they show.
fn closing(bytes: &[u8], open: usize, last: bool, dialect: Dialect, rule: Rule) -> Result<(usize, bool), Found> {
    let ends = |at: usize| match bytes.get(at) {
        None => last,
        Some(&byte) => byte == dialect.delimiter || byte == dialect.line_end || (byte == b'\r' && dialect.line_end == b'\n'),
    };
    let (mut from, mut doubled) = (open + 1, false);
    loop {
        let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr(dialect.mark, rest)).map(|at| from + at) else {
            return Err(if last { Found::Open(open) } else { Found::More });
        };
        let next = bytes.get(at + 1).copied();
        if next.is_none() && !last {
            return Err(Found::More);
        }
        from = match rule {
            Rule::Lax { backslash: true, .. } if at > open + 1 && bytes.get(at - 1) == Some(&b'\\') => {
                doubled = true;
                at + 1
            }
            Rule::Lax { double_closes: true, .. } if next == Some(dialect.mark) && ends(at + 2) => return Ok((at + 1, doubled)),
            _ if next == Some(dialect.mark) => {
                doubled = true;
                at + 2
            }
            _ if ends(at + 1) => return Ok((at, doubled)),
            Rule::Strict | Rule::Raw => return Err(Found::Open(open)),
            Rule::Lax { .. } => {
                let blanks = bytes.iter().skip(at + 1).take_while(|&&b| b == b' ').count();
                if blanks > 0 && ends(at + 1 + blanks) {
                    return Ok((at, doubled));
                }
                at + 1
            }
        };
    }
}

/// Whether a row has the cells of its header: empty ones may come after them.
pub(super) fn fits(cells: &[Cell], width: usize) -> bool {
    cells.len() >= width && cells.iter().skip(width).all(Cell::is_empty)
}

/// Whether nothing stands in a row.
pub(super) fn is_blank(cells: &[Cell], row: &[u8]) -> bool {
    cells.iter().all(|cell| row.get(cell.start..cell.end).unwrap_or_default().iter().all(u8::is_ascii_whitespace))
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Found, Rule, row};

    fn cells(text: &str, rule: Rule) -> Result<(Vec<String>, usize), Found> {
        let dialect = Dialect { delimiter: b',', line_end: b'\n', mark: b'"' };
        let mut cells = Vec::new();
        match row(text.as_bytes(), true, dialect, rule, 9, &mut cells) {
            Found::Row { end, .. } => {
                Ok((cells.iter().map(|c| String::from_utf8_lossy(&c.bytes(text.as_bytes(), b'"', rule)).into_owned()).collect(), end))
            }
            other => Err(other),
        }
    }

    #[test]
    fn strict() {
        let of = |text: &str| cells(text, Rule::Strict);
        let row = |cells: &[&str], end| Ok((cells.iter().map(|c| (*c).to_owned()).collect(), end));
        assert_eq!(of("a,b\r\nc"), row(&["a", "b"], 5));
        assert_eq!(of("\"a\n\"\"x\"\"\",\"\"\n"), row(&["a\n\"x\"", ""], 13));
        assert_eq!(of("a,"), row(&["a", ""], 2));
        assert_eq!(of("a,\"b\r\nc\"\r\nd"), row(&["a", "b\r\nc"], 10));
        assert_eq!(of("a,\"b\" c"), Err(Found::Open(2)));
        assert_eq!(of("a,\"b"), Err(Found::Open(2)));
        assert_eq!(of("1,2,3,4,5,6,7,8,9,10"), Err(Found::TooMany));
    }

    #[test]
    fn lax() {
        let rule = |backslash, double_closes| Rule::Lax { backslash, double_closes };
        let of = |text: &str, rule| cells(text, rule).map(|found| found.0).unwrap();
        assert_eq!(of("a, \"b, c\" ,d", rule(false, false)), ["a", "b, c", "d"]);
        assert_eq!(of("\"say \"no\" to\",b", rule(false, false)), ["say \"no\" to", "b"]);
        assert_eq!(of(r#""say \"no\", he",b"#, rule(true, false)), ["say \"no\", he", "b"]);
        assert_eq!(of("\"say \"no\"\",b", rule(false, true)), ["say \"no\"", "b"]);
        assert_eq!(of("\"No\" he says,b", Rule::Raw), ["\"No\" he says", "b"]);
    }
}
