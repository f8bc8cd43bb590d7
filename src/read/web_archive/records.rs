//! The records of a web archive, each with its fields and its block. A wrong length is mended at the next start of a record.

use std::io::{self, BufRead, Read};

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// 1-based number in the file.
    pub number: usize,
    /// Byte of the unpacked file at which it starts.
    pub at: u64,
    /// Names in lower case, and values.
    pub fields: Vec<(String, String)>,
    /// What it holds.
    pub block: Block,
}

/// What a record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Its bytes, and whether the length that the record states was wrong.
    Whole(Vec<u8>, bool),
    /// It is larger than bounds allow.
    TooLarge,
    /// The file ends after so many bytes of those that were stated.
    Cut(u64, u64),
    /// No start of a record: bytes that belong to none.
    Stray,
}

impl Default for Block {
    fn default() -> Self {
        Self::Whole(Vec::new(), false)
    }
}

impl Record {
    /// The value of a field, empty if there is none.
    #[must_use]
    pub fn field(&self, wanted: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value)
    }
}

/// Whether a line starts a record.
#[must_use]
pub fn is_start(line: &[u8]) -> bool {
    [b"WARC/1.".as_slice(), b"WARC/0."].iter().any(|start| line.starts_with(start))
}

/// Bytes of a line of a head; the rest of a longer one counts as another line.
const LINE: u64 = 64 << 10;
/// Lines of a head.
const FIELDS: usize = 1_000;

/// Takes an archive apart, one record after the other.
pub struct Records<'i> {
    inner: &'i mut dyn BufRead,
    /// Bytes that were read and then found to belong elsewhere.
    again: Vec<u8>,
    /// How many of those are used up.
    used: usize,
    /// The next line, where it has been looked at.
    ahead: Option<Vec<u8>>,
    /// Bytes of the file used up.
    at: u64,
    number: usize,
    most: u64,
    /// Bytes that may still be looked at twice: without a bound, lying lengths would make reading quadratic.
    patience: u64,
}

impl<'i> Records<'i> {
    /// The records of a file, none of which may hold more than `most` bytes.
    pub fn new(inner: &'i mut dyn BufRead, most: u64) -> Self {
        Self { inner, again: Vec::new(), used: 0, ahead: None, at: 0, number: 0, most, patience: most }
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// What reading says.
    pub fn read_next(&mut self) -> io::Result<Option<Record>> {
        let Some((line, at)) = self.next_filled()? else { return Ok(None) };
        self.number += 1;
        let mut record = Record { number: self.number, at, ..Record::default() };
        if !is_start(&line) {
            record.block = Block::Stray;
            self.up_to_next_start(0)?;
            return Ok(Some(record));
        }
        record.fields = self.fields()?;
        record.block = self.block(record.field("content-length").trim().parse().ok())?;
        Ok(Some(record))
    }

    /// The next line that is not empty, and where it starts.
    fn next_filled(&mut self) -> io::Result<Option<(Vec<u8>, u64)>> {
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(None);
            }
            if line.iter().any(|b| !b.is_ascii_whitespace()) {
                let at = self.at - line.len() as u64;
                return Ok(Some((line, at)));
            }
        }
    }

    fn fields(&mut self) -> io::Result<Vec<(String, String)>> {
        let mut fields: Vec<(String, String)> = Vec::new();
        while fields.len() < FIELDS {
            let line = self.line()?;
            if line.iter().all(u8::is_ascii_whitespace) {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            match (text.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if text.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (Some((name, value)), _) => fields.push((name.trim().to_lowercase(), value.trim().to_owned())),
                _ => {}
            }
        }
        Ok(fields)
    }

    fn block(&mut self, stated: Option<u64>) -> io::Result<Block> {
        let Some(length) = stated else { return self.up_to_next_start(self.most) };
        if length > self.most {
            let passed = self.pass(length)?;
            return Ok(if passed < length { Block::Cut(passed, length) } else { Block::TooLarge });
        }
        let mut block = Vec::new();
        self.take(length, &mut block)?;
        let found = block.len() as u64;
        if found < length {
            if !has_start(&block) {
                return Ok(Block::Cut(found, length));
            }
            return self.again(block);
        }
        let mut between = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(Block::Whole(block, false));
            }
            if is_start(&line) {
                self.at -= line.len() as u64;
                self.ahead = Some(line);
                return Ok(Block::Whole(block, false));
            }
            let filled = line.iter().any(|b| !b.is_ascii_whitespace());
            between.extend(line);
            if filled {
                block.extend(between);
                return self.again(block);
            }
        }
    }

    /// Looks through bytes once more, for the start of a record that a wrong length has swallowed or missed.
    fn again(&mut self, bytes: Vec<u8>) -> io::Result<Block> {
        let length = bytes.len() as u64;
        let Some(patience) = self.patience.checked_sub(length) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "too many of its records state a wrong length"));
        };
        self.patience = patience;
        self.at -= length;
        let rest = self.again.split_off(self.used.min(self.again.len()));
        (self.again, self.used) = ([bytes, rest].concat(), 0);
        self.up_to_next_start(self.most)
    }

    /// What stands before the next start of a record, without the empty lines that part records.
    fn up_to_next_start(&mut self, most: u64) -> io::Result<Block> {
        let mut block = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() || is_start(&line) {
                self.at -= line.len() as u64;
                self.ahead = Some(line).filter(|line| !line.is_empty());
                break;
            }
            if (block.len() + line.len()) as u64 <= most {
                block.extend(line);
            } else if most > 0 {
                while !self.ahead_is_start()? {}
                return Ok(Block::TooLarge);
            }
        }
        for _ in 0..2 {
            let kept = block.strip_suffix(b"\r\n").or_else(|| block.strip_suffix(b"\n")).map(<[u8]>::len);
            block.truncate(kept.unwrap_or(block.len()));
        }
        Ok(Block::Whole(block, true))
    }

    fn ahead_is_start(&mut self) -> io::Result<bool> {
        let line = self.line()?;
        let stop = line.is_empty() || is_start(&line);
        if stop {
            self.at -= line.len() as u64;
            self.ahead = Some(line).filter(|line| !line.is_empty());
        }
        Ok(stop)
    }

    /// A line with its end, or as much of it as a line may have; empty at the end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = self.ahead.take().unwrap_or_default();
        if line.is_empty() {
            let rest = self.again.get(self.used..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1).min(LINE as usize);
            line.extend_from_slice(rest.get(..end).unwrap_or_default());
            self.used += line.len();
            if !line.ends_with(b"\n") && line.len() < LINE as usize {
                (&mut *self.inner).take(LINE - line.len() as u64).read_until(b'\n', &mut line)?;
            }
        }
        self.at += line.len() as u64;
        Ok(line)
    }

    fn take(&mut self, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
        let rest = self.again.get(self.used..).unwrap_or_default();
        let first = rest.len().min(usize::try_from(length).unwrap_or(usize::MAX));
        into.extend_from_slice(rest.get(..first).unwrap_or_default());
        self.used += first;
        (&mut *self.inner).take(length - first as u64).read_to_end(into)?;
        self.at += into.len() as u64;
        Ok(())
    }

    fn pass(&mut self, length: u64) -> io::Result<u64> {
        let first = (self.again.len().saturating_sub(self.used) as u64).min(length);
        self.used += usize::try_from(first).unwrap_or(0);
        let passed = first + io::copy(&mut (&mut *self.inner).take(length - first), &mut io::sink())?;
        self.at += passed;
        Ok(passed)
    }
}

fn has_start(block: &[u8]) -> bool {
    memchr::memmem::find_iter(block, b"\nWARC/").any(|at| block.get(at + 1..).is_some_and(is_start))
}
