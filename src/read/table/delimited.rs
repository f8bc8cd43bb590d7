//! Comma-, semicolon-, tab- and bar-separated tables: one article a row, by the names of the columns. A broken row is named and
//! costs no other row.

use std::io::{self, BufRead};

use crate::corpus::record::Extent;
use crate::read::characters::Characters;
use crate::read::draft::{Refused, Sink};
use crate::read::format::Source;
use crate::read::notice::Notice;
use crate::read::table::header::{Header, header, too_wide};
use crate::read::table::row::{Cell, Dialect, Found, Rule, fits, is_blank, row};
use crate::read::window::Window;

/// Reads a table row by row, so that memory holds the largest row of it.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut window = Window::new(input);
    let mut characters = Characters::default();
    match header(&mut window, source, &mut characters, sink) {
        Ok(Some(header)) => {
            let mut table =
                Table { window, header, source, characters, cells: Vec::new(), sound_from: None, open_to: [0; 4], is_told: false };
            table.rows(sink);
            table.characters.tell(source.name, sink);
            table.window.finish()
        }
        Ok(None) => window.finish(),
        Err(refused) => {
            sink.refuse(refused);
            window.finish()
        }
    }
}

/// A table below its header.
struct Table<'a> {
    window: Window<'a>,
    header: Header,
    source: &'a Source<'a>,
    characters: Characters,
    cells: Vec<Cell>,
    /// Byte of the stream at which the next row is known to be sound, once it was looked for: nothing before it is.
    sound_from: Option<u64>,
    /// Byte of the stream up to which a cell that each lax rule opens is known not to be closed: it is not looked for again.
    open_to: [u64; 4],
    /// Whether a column that may hold the text was told.
    is_told: bool,
}

impl Table<'_> {
    fn rows(&mut self, sink: &mut dyn Sink) {
        loop {
            let bytes = self.window.bytes();
            if bytes.is_empty() && self.window.ended() {
                return;
            }
            let limits = self.source.limits;
            let found = row(bytes, self.window.ended(), self.header.dialect, Rule::Strict, limits.columns, &mut self.cells);
            match found {
                Found::More if bytes.len() <= limits.record => self.window.more(),
                Found::Row { end, .. } if is_blank(&self.cells, bytes.get(..end).unwrap_or_default()) => self.window.pass(end),
                Found::Row { end, .. } if end > limits.record && self.is_whole() => {
                    let refused = Refused::too_long("the row", "record", limits.record);
                    sink.refuse(refused.at(self.window.line(), 0, bytes));
                    self.window.pass(end);
                }
                Found::Row { end, marks } if self.is_whole() && !(marks && self.opens_after_blanks()) => self.take(end, Rule::Strict, sink),
                _ => self.mend(found, sink),
            }
        }
    }

    /// Whether the row has a cell for each column, or lacks only such as say little at its end.
    fn is_whole(&self) -> bool {
        fits(&self.cells, self.header.width) || (self.cells.len() < self.header.width && self.cells.len() > self.header.last_needed)
    }

    /// Whether a mark stands after blanks at the start of a cell, where it may be meant to open it.
    fn opens_after_blanks(&self) -> bool {
        let bytes = self.window.bytes();
        self.cells.iter().any(|cell| {
            let given = bytes.get(cell.start..cell.end).unwrap_or_default();
            given.first() == Some(&b' ') && given.trim_ascii_start().first() == Some(&self.header.dialect.mark)
        })
    }

    fn take(&mut self, end: usize, rule: Rule, sink: &mut dyn Sink) {
        let found = self.window.bytes().get(..end).unwrap_or_default();
        let line = self.window.line();
        if self.header.is_repeated(found, &self.cells, rule) {
            let refused = Refused::whole("repeats the names of the columns", "nothing needs to be done if files were put together");
            sink.refuse(refused.at(line, 0, found));
            return self.window.pass(end);
        }
        match self.header.draft(found, &self.cells, rule, line, self.source.limits, &mut self.characters) {
            Ok(draft) => {
                if draft.extent == Extent::Title
                    && !self.is_told
                    && let Some(name) = self.header.unread_prose(found, &self.cells)
                {
                    self.is_told = true;
                    sink.notice(Notice {
                        code: "W020",
                        message: format!("{}:{line}: no text is read, but the column \"{name}\" looks like one", self.source.name),
                        mend: format!("if it holds the text of the articles, say so: --columns \"text={name}\""),
                    });
                }
                sink.article(draft);
            }
            Err(refused) => sink.refuse(refused.at(line, 0, found)),
        }
        self.window.pass(end);
    }

    /// A row that is not as it should be: read laxly where only one reading fits, else refused up to the next sound row.
    fn mend(&mut self, strict: Found, sink: &mut dyn Sink) {
        let (line_end, limits) = (self.header.dialect.line_end, self.source.limits);
        // Then the line end may stand inside a cell.
        let goes_on = self.opens_after_blanks();
        let Some(first) = self.first_line() else {
            let (line, shown) = (self.window.line(), self.window.bytes().get(..240).unwrap_or_default().to_vec());
            self.window.pass_line();
            sink.refuse(Refused::too_long("the row", "record", limits.record).at(line, 0, &shown));
            return;
        };
        if let Some((end, rule)) = self.lax(first, true) {
            return self.take(end, rule, sink);
        }
        let sound = self.next_sound(first);
        let within = match strict {
            Found::Row { end, .. } if !goes_on => end.min(sound),
            _ => sound,
        };
        if let Some((end, rule)) = self.lax(within, false) {
            return self.take(end, rule, sink);
        }
        // The cells as the strict rule has them.
        let found = row(self.window.bytes(), self.window.ended(), self.header.dialect, Rule::Strict, limits.columns, &mut self.cells);
        let line = self.window.line();
        let whole = self.window.bytes().get(..sound).unwrap_or_default();
        match (strict, found) {
            (_, Found::Row { end, .. }) if end <= sound => {
                let refused = self.header.ragged(self.cells.len());
                sink.refuse(refused.at(line, 0, self.window.bytes().get(..end).unwrap_or_default()));
                self.window.pass(end);
            }
            (Found::TooMany, _) => {
                sink.refuse(too_wide(limits.columns).at(line, 0, whole));
                self.window.pass(first);
            }
            (Found::More, _) if sound > limits.record => {
                let (line, column) = self.window.place(self.open_mark(found));
                sink.refuse(Refused::too_long("the row", "record", limits.record).at(line, column, whole));
                self.window.pass(sound);
            }
            _ => {
                let at = self.open_mark(found);
                let (line, column) = self.window.place(at);
                let lines = memchr::memchr_iter(line_end, whole.strip_suffix(&[line_end]).unwrap_or(whole)).count() + 1;
                let from = self.window.line();
                let lost =
                    if lines > 1 { format!("; lines {from} to {} are skipped", from + lines - 1) } else { "; the line is skipped".into() };
                let reason = format!("a quotation mark opens a cell and is not closed{lost}");
                let mend = "close it, and write each mark inside a cell twice (\"\")";
                sink.refuse(Refused::whole(reason, mend).at(line, column, whole));
                self.window.pass(sound);
            }
        }
    }

    /// The mark that is at fault: the one that the rule names, else the first.
    fn open_mark(&self, found: Found) -> usize {
        match found {
            Found::Open(at) => at,
            _ => memchr::memchr(self.header.dialect.mark, self.window.bytes()).unwrap_or(0),
        }
    }

    /// Bytes of the first line with its end; `None` when it is longer than a record may be.
    fn first_line(&mut self) -> Option<usize> {
        loop {
            let bytes = self.window.bytes();
            match memchr::memchr(self.header.dialect.line_end, bytes) {
                Some(at) => return Some(at + 1),
                None if self.window.ended() => return Some(bytes.len()),
                None if bytes.len() > self.source.limits.record => return None,
                None => self.window.more(),
            }
        }
    }

    /// A lax reading of the row that has the right number of cells and ends in the first `within` bytes; on one line, also the one
    /// that takes marks for characters.
    fn lax(&mut self, within: usize, one_line: bool) -> Option<(usize, Rule)> {
        let bytes = self.window.bytes().get(..within)?;
        let laxly = |backslash, double_closes| Rule::Lax { backslash, double_closes };
        let rules = [laxly(true, false), laxly(false, false), laxly(false, true), Rule::Raw];
        let (passed, mark) = (self.window.passed(), self.header.dialect.mark);
        for (rule, open_to) in rules.into_iter().zip(&mut self.open_to) {
            if !one_line && (rule == Rule::Raw || *open_to > passed) {
                continue;
            }
            let found = row(bytes, true, self.header.dialect, rule, self.source.limits.columns, &mut self.cells);
            if !one_line && matches!(found, Found::Open(_)) {
                *open_to = passed + within as u64;
            }
            let Found::Row { end, .. } = found else { continue };
            // A mark that opens a cell and has no partner there opens something that goes on below.
            let paired = |cell: &Cell| {
                let given = bytes.get(cell.start..cell.end).unwrap_or_default();
                given.trim_ascii_start().first() != Some(&mark) || are_paired(given, mark)
            };
            if fits(&self.cells, self.header.width) && (rule != Rule::Raw || self.cells.iter().all(paired)) {
                return Some((end, rule));
            }
        }
        None
    }

    /// The first byte, from that of the second line on, at which a row stands that breaks no rule; the end of the file, or of what
    /// a record may hold, if there is none. Linear over the whole file: what was looked at once is not looked at again, and a
    /// line from which a row runs on over others ends the rows that run on from lines before it.
    fn next_sound(&mut self, second: usize) -> usize {
        let known = self.sound_from.and_then(|at| at.checked_sub(self.window.passed())).and_then(|at| usize::try_from(at).ok());
        if let Some(known) = known.filter(|&at| at >= second) {
            return known;
        }
        let (limits, dialect, width) = (self.source.limits, self.header.dialect, self.header.width);
        let mut at = second;
        let mut cells = Vec::new();
        loop {
            let bytes = self.window.bytes();
            let rest = bytes.get(at..).unwrap_or_default();
            if rest.is_empty() && self.window.ended() {
                break;
            }
            match row(rest, self.window.ended(), dialect, Rule::Strict, limits.columns, &mut cells) {
                Found::Row { marks, .. }
                    if fits(&cells, width) && !is_blank(&cells, rest) && (!marks || closes_nothing(&cells, rest, dialect)) =>
                {
                    break;
                }
                Found::More if bytes.len() > limits.record => break,
                Found::More => self.window.more(),
                _ => match memchr::memchr(dialect.line_end, rest) {
                    Some(end) => at += end + 1,
                    None if self.window.ended() => at = bytes.len(),
                    None if bytes.len() > limits.record => break,
                    None => self.window.more(),
                },
            }
            if at > limits.record {
                break;
            }
        }
        self.sound_from = Some(self.window.passed() + at as u64);
        at
    }
}

/// Whether no mark in the cells of a row can be the end of a cell that was opened before it. Where commas part cells, as prose
/// has them, any mark may be.
fn closes_nothing(cells: &[Cell], row: &[u8], dialect: Dialect) -> bool {
    matches!(dialect.delimiter, b'\t' | b'|')
        && cells.iter().all(|cell| {
            let given = row.get(cell.start..cell.end).unwrap_or_default();
            given.last() != Some(&dialect.mark) || are_paired(given, dialect.mark)
        })
}

/// Whether each quotation mark of a cell has a partner there.
fn are_paired(cell: &[u8], mark: u8) -> bool {
    memchr::memchr_iter(mark, cell).count().is_multiple_of(2)
}
