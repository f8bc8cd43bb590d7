//! The compact protocol of Thrift, in which Parquet writes what it says of itself: as much as it takes to look over a file before
//! any memory is given to it.

use std::io::{self, BufRead, Read};

/// Kinds of values.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const LAST_INTEGER: u8 = 6;
const BYTES: u8 = 8;
pub(super) const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
/// A structure.
pub(super) const STRUCTURE: u8 = 12;

/// Structures inside one another: those of Parquet need six.
const DEEPEST: usize = 32;

/// Values from a stream, with a count of the bytes they took.
pub(super) struct Compact<R> {
    input: R,
    taken: u64,
    depth: usize,
}

/// What is wrong with a file that says of itself what cannot be.
pub(super) fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl<R: BufRead> Compact<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, taken: 0, depth: 0 }
    }

    /// Bytes used so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.input.read_exact(&mut byte)?;
        self.taken += 1;
        Ok(byte[0])
    }

    fn number(&mut self) -> io::Result<u64> {
        let (mut number, mut shift) = (0_u64, 0);
        loop {
            let byte = self.byte()?;
            if shift > 63 {
                return Err(damaged("a number in its heads does not end"));
            }
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
            shift += 7;
        }
    }

    fn signed(&mut self) -> io::Result<i64> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
    }

    /// A whole number of a kind given.
    pub(super) fn integer(&mut self, kind: u8) -> io::Result<i64> {
        match kind {
            TRUE | FALSE => Ok(i64::from(kind == TRUE)),
            3 => Ok(i64::from(self.byte()?.cast_signed())),
            4..=LAST_INTEGER => self.signed(),
            _ => Err(damaged("its heads hold something else where a number must stand")),
        }
    }

    /// A size or a count, which is not below zero.
    pub(super) fn size(&mut self, kind: u8) -> io::Result<u64> {
        u64::try_from(self.integer(kind)?).map_err(|_| damaged("its heads state a size below zero"))
    }

    /// The head of a list: how many, and of what kind.
    pub(super) fn list(&mut self) -> io::Result<(u64, u8)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
        Ok((count, head & 15))
    }

    /// Goes through the fields of a structure. `each` gets number and kind of a field, and says whether it took its value; numbers
    /// rise, as every writer has them, so that no field can be stated twice.
    pub(super) fn structure(&mut self, each: &mut dyn FnMut(&mut Self, i64, u8) -> io::Result<bool>) -> io::Result<()> {
        if self.depth == DEEPEST {
            return Err(damaged("its heads are nested too deep"));
        }
        self.depth += 1;
        let mut last = 0;
        loop {
            let head = self.byte()?;
            let kind = head & 15;
            if kind == 0 {
                break;
            }
            let id = if head >> 4 == 0 { self.signed()? } else { last + i64::from(head >> 4) };
            if id <= last {
                return Err(damaged("its heads state a field twice"));
            }
            last = id;
            if !each(self, id, kind)? {
                self.pass(kind, false)?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Passes a value. In lists a truth takes a byte, in structures it is part of the kind.
    pub(super) fn pass(&mut self, kind: u8, in_list: bool) -> io::Result<()> {
        match kind {
            TRUE | FALSE if !in_list => Ok(()),
            TRUE | FALSE | 3 => self.byte().map(drop),
            4..=LAST_INTEGER => self.number().map(drop),
            7 => self.leap(8),
            BYTES => self.number().and_then(|bytes| self.leap(bytes)),
            LIST | SET => {
                let (count, kind) = self.list()?;
                self.nested(|reader| (0..count).try_for_each(|_| reader.pass(kind, true)))
            }
            MAP => {
                let count = self.number()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                self.nested(|reader| {
                    (0..count).try_for_each(|_| {
                        reader.pass(kinds >> 4, true)?;
                        reader.pass(kinds & 15, true)
                    })
                })
            }
            STRUCTURE => self.structure(&mut |_, _, _| Ok(false)),
            _ => Err(damaged("its heads hold a value of no known kind")),
        }
    }

    fn nested(&mut self, work: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        if self.depth == DEEPEST {
            return Err(damaged("its heads are nested too deep"));
        }
        self.depth += 1;
        work(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn leap(&mut self, bytes: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.input.by_ref().take(bytes), &mut io::sink())?;
        self.taken += passed;
        if passed < bytes { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Compact, LIST};

    #[test]
    fn fields_by_number_and_what_is_passed() {
        // 1: i32 = 300, 2: "ab", 3: a list of two i32, 5: true, 6: i64 = -1.
        let bytes = [0x15, 0xD8, 0x04, 0x18, 2, b'a', b'b', 0x19, 0x25, 2, 4, 0x21, 0x16, 1, 0, 99];
        let mut reader = Compact::new(&bytes[..]);
        let mut found = Vec::new();
        reader
            .structure(&mut |reader, id, kind| {
                let taken = matches!(id, 1 | 5 | 6);
                if taken {
                    found.push((id, reader.integer(kind)?));
                }
                Ok(taken)
            })
            .unwrap();
        assert_eq!((found, reader.taken()), (vec![(1, 300), (5, 1), (6, -1)], 15));
    }

    #[test]
    fn what_no_writer_writes() {
        let read = |bytes: &[u8]| Compact::new(bytes).structure(&mut |_, _, _| Ok(false)).map_err(|e| e.to_string());
        assert!(read(&[0x15, 2, 0x05, 2, 2, 0]).unwrap_err().contains("twice"));
        assert!(read(&[0x1C; 100]).unwrap_err().contains("deep"));
        assert!(read(&[vec![0x19], vec![0x19; 100]].concat()).unwrap_err().contains("deep"), "{LIST}");
        assert!(read(&[[0x15].as_slice(), &[0xFF; 20]].concat()).unwrap_err().contains("does not end"));
        assert!(read(&[0x1D]).is_err() && read(&[0x18, 200, 1]).is_err() && read(&[]).is_err());
    }
}
