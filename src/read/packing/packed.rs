//! What is packed is unpacked within bounds: by what comes out, for a bound on what goes in bounds nothing.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use crate::read::draft::Refused;
use crate::read::limits::Limits;

/// How a gzip stream starts.
pub const GZIP: &[u8] = &[0x1F, 0x8B];

/// The name of what a gzip file holds.
#[must_use]
pub fn without_gz(name: &str) -> &str {
    name.strip_suffix(".gz").or_else(|| name.strip_suffix(".GZ")).unwrap_or(name)
}

/// Counts the bytes that are taken out of it.
#[derive(Debug)]
pub struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    /// A stream, and where its count is seen.
    pub fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let taken = Rc::new(Cell::new(0));
        (Self { inner, taken: Rc::clone(&taken) }, taken)
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.set(self.taken.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Bytes that are unpacked in one go: at a damaged place, those of the go it lies in are lost.
const AT_ONCE: usize = 4 << 10;

/// All members of a gzip stream, one after the other. Zeros after a member are padding.
#[derive(Debug)]
pub struct Members<R> {
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    /// Starts with the first member.
    pub fn new(packed: R) -> Self {
        Self { member: Some(GzDecoder::new(packed)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(AT_ONCE);
        while let Some(member) = &mut self.member {
            let read = member.read(&mut buffer[..most])?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut rest) = self.member.take().map(GzDecoder::into_inner) else { break };
            match next_byte(&mut rest)? {
                None => break,
                Some(0x1F) => self.member = Some(GzDecoder::new(rest)),
                Some(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, "what follows the last member is no gzip")),
            }
        }
        Ok(0)
    }
}

/// The next byte that is not zero, which is left in place.
fn next_byte(input: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        let part = input.fill_buf()?;
        if part.is_empty() {
            return Ok(None);
        }
        match part.iter().position(|&b| b != 0) {
            Some(at) => {
                let found = part.get(at).copied();
                input.consume(at);
                return Ok(found);
            }
            None => {
                let zeros = part.len();
                input.consume(zeros);
            }
        }
    }
}

/// Ends where unpacking fails, so that what came before reaches its reader, and keeps why.
#[derive(Debug)]
pub struct UpToFault<R> {
    inner: R,
    unpacked: u64,
    packed: Rc<Cell<u64>>,
    fault: Rc<RefCell<Option<Refused>>>,
}

impl<R> UpToFault<R> {
    /// A stream of unpacked bytes; `packed` counts the bytes that went in.
    pub fn new(inner: R, packed: Rc<Cell<u64>>) -> (Self, Rc<RefCell<Option<Refused>>>) {
        let fault = Rc::new(RefCell::new(None));
        (Self { inner, unpacked: 0, packed, fault: Rc::clone(&fault) }, fault)
    }
}

impl<R: Read> Read for UpToFault<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.fault.borrow().is_some() {
            return Ok(0);
        }
        match self.inner.read(buffer) {
            Ok(read) => {
                self.unpacked += read as u64;
                Ok(read)
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(e),
            Err(e) => {
                let what = if e.kind() == io::ErrorKind::UnexpectedEof { "is cut" } else { "is damaged" };
                let (packed, unpacked) = (self.packed.get(), self.unpacked);
                let reason = format!("{what} at byte {packed} of what is packed, after {unpacked} bytes unpacked ({e})");
                *self.fault.borrow_mut() = Some(Refused::whole(reason, "fetch it again; what came before was read"));
                Ok(0)
            }
        }
    }
}

/// Bytes that came out of something packed, and how many may.
#[derive(Debug)]
pub struct Meter {
    unpacked: u64,
    packed: Rc<Cell<u64>>,
    ratio: u64,
    ratio_from: u64,
    most: u64,
}

/// Unpacked bytes from which the ratio to the packed ones counts.
const RATIO_FROM: u64 = 1 << 20;

impl Meter {
    /// For something whose packed bytes `packed` tells.
    #[must_use]
    pub fn new(packed: Rc<Cell<u64>>, limits: &Limits) -> Rc<RefCell<Self>> {
        Rc::new(RefCell::new(Self { unpacked: 0, packed, ratio: limits.ratio.max(1), ratio_from: RATIO_FROM, most: limits.file }))
    }

    /// For all entries of an archive together. Entries that keep their own bounds keep this one too unless they overlap: one
    /// that was stopped must not stop the others.
    #[must_use]
    pub fn of_archive(packed: u64, limits: &Limits) -> Rc<RefCell<Self>> {
        let (packed, ratio) = (Rc::new(Cell::new(packed)), limits.ratio.max(1).saturating_mul(2));
        Rc::new(RefCell::new(Self { unpacked: 0, packed, ratio, ratio_from: RATIO_FROM << 6, most: limits.file }))
    }

    /// Counts bytes that came out, or that are about to.
    ///
    /// # Errors
    /// The bound that they are beyond.
    pub fn add(&mut self, bytes: u64) -> io::Result<()> {
        self.unpacked += bytes;
        let refuse = |what: String| Err(io::Error::new(io::ErrorKind::QuotaExceeded, what));
        if self.unpacked > self.ratio_from && self.unpacked / self.ratio > self.packed.get().max(1) {
            return refuse(format!("unpacks to more than {} times its size, the bound ratio of --limit", self.ratio));
        }
        if self.unpacked > self.most {
            return refuse(format!("unpacks to more than {} MiB, the bound file of --limit", self.most >> 20));
        }
        Ok(())
    }
}

/// A stream that fails once more has come out than its meter allows.
#[derive(Debug)]
pub struct Bounded<R> {
    inner: R,
    meter: Rc<RefCell<Meter>>,
}

impl<R> Bounded<R> {
    /// Several streams may share a meter.
    pub fn new(inner: R, meter: Rc<RefCell<Meter>>) -> Self {
        Self { inner, meter }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.borrow_mut().add(read as u64)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::{Bounded, Counted, Members, Meter, UpToFault};
    use crate::read::limits::Limits;

    fn pack(content: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(content).unwrap();
        packed.finish().unwrap()
    }

    fn unpack(packed: &[u8]) -> (String, Option<String>) {
        let (counted, taken) = Counted::new(packed);
        let (mut stream, fault) = UpToFault::new(Members::new(counted), taken);
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let fault = fault.take().map(|refused| refused.reason);
        (text, fault)
    }

    #[test]
    fn members_padding_and_what_is_neither() {
        let two = [pack(b"one "), pack(b"two")].concat();
        assert_eq!(unpack(&two), ("one two".into(), None));
        assert_eq!(unpack(&[two.as_slice(), &[0; 700]].concat()), ("one two".into(), None));
        assert_eq!(unpack(&[&pack(b"one "), [0; 5].as_slice(), &pack(b"two")].concat()), ("one two".into(), None));
        let (text, fault) = unpack(&[two.as_slice(), b"junk"].concat());
        assert_eq!(text, "one two");
        assert!(fault.unwrap().starts_with("is damaged at byte 47 of what is packed, after 7 bytes unpacked (what follows"));
    }

    #[test]
    fn what_came_before_a_cut_is_kept() {
        let packed = [pack(b"one "), pack(b"two")].concat();
        let (text, fault) = unpack(&packed[..packed.len() - 4]);
        assert_eq!(text, "one two");
        assert!(fault.unwrap().starts_with("is cut at byte "));
        let (text, fault) = unpack(&packed[..26]);
        assert_eq!((text.as_str(), fault.is_some()), ("one ", true));
    }

    #[test]
    fn little_is_lost_before_a_damaged_place() {
        let content: Vec<u8> = (0..60_000_u32).flat_map(|i| format!("{:x} ", i.wrapping_mul(0x9E37_79B9)).into_bytes()).collect();
        let mut packed = pack(&content);
        let (at, end) = (packed.len() / 2, packed.len() / 2 + 200);
        packed[at..end].fill(0xFF);
        let sound = |at_once: usize| {
            let (counted, taken) = Counted::new(packed.as_slice());
            let (mut stream, fault) = UpToFault::new(Members::new(counted), taken);
            let (mut total, mut buffer) = (0, vec![0; at_once]);
            loop {
                match stream.read(&mut buffer).unwrap() {
                    0 => break,
                    read => total += read,
                }
            }
            assert!(fault.borrow().is_some());
            total
        };
        let (few, many) = (sound(16), sound(1 << 16));
        assert!(few > 100_000 && few - many <= 4 << 10, "{few} {many}");
    }

    #[test]
    fn bombs_are_stopped_by_what_comes_out() {
        let limits = Limits { ratio: 10, file: 4 << 20, ..Limits::default() };
        let read = |content: &[u8], limits: &Limits| {
            let packed = pack(content);
            let (counted, taken) = Counted::new(packed.as_slice());
            let mut bounded = Bounded::new(Members::new(counted), Meter::new(taken, limits));
            std::io::copy(&mut bounded, &mut std::io::sink()).map_err(|e| e.to_string())
        };
        assert_eq!(read(&vec![0; 1 << 20], &limits), Ok(1 << 20));
        assert!(read(&vec![0; 3 << 20], &limits).unwrap_err().contains("more than 10 times"));
        assert!(read(&vec![0; 5 << 20], &Limits { ratio: 5000, ..limits }).unwrap_err().contains("more than 4 MiB"));
    }
}
