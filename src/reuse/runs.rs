//! Sorting more records than memory should hold: sorted runs in temporary files, merged when read.
//!
//! A run that cannot be written stays in memory: a full disk costs memory, never the answer.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

/// A record of fixed size.
pub trait Packed: Copy + Ord {
    /// Its size in bytes.
    const BYTES: usize;
    /// Writes it into `Self::BYTES` bytes.
    fn pack(&self, out: &mut [u8]);
    /// Reads what [`Packed::pack`] wrote.
    fn unpack(from: &[u8]) -> Self;
}

/// Collects records and gives them back in order.
#[derive(Debug)]
pub struct Runs<T> {
    open: Vec<T>,
    closed: Vec<Run<T>>,
    capacity: usize,
    /// Whether a temporary file could not be written.
    disk_failed: bool,
}

#[derive(Debug)]
enum Run<T> {
    Memory(Vec<T>),
    Disk { file: File, records: usize },
}

impl<T: Packed> Runs<T> {
    /// Holds at most about `bytes` of records in memory, and at least some thousands.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        Self { open: Vec::new(), closed: Vec::new(), capacity: (bytes / size_of::<T>()).max(LEAST), disk_failed: false }
    }

    /// Takes in a record.
    pub fn push(&mut self, record: T) {
        if self.open.len() >= self.capacity {
            self.close();
        }
        self.open.push(record);
    }

    fn close(&mut self) {
        let mut run = std::mem::take(&mut self.open);
        run.sort_unstable();
        let written = if self.disk_failed { None } else { write(&run).ok() };
        match written {
            Some(file) => {
                self.closed.push(Run::Disk { file, records: run.len() });
                run.clear();
                self.open = run;
            }
            None => {
                self.disk_failed = true;
                self.closed.push(Run::Memory(run));
            }
        }
    }

    /// Records taken in so far.
    #[must_use]
    pub fn records(&self) -> usize {
        let closed = self.closed.iter().map(|run| match run {
            Run::Memory(records) => records.len(),
            Run::Disk { records, .. } => *records,
        });
        self.open.len() + closed.sum::<usize>()
    }

    /// How many runs went to disk.
    #[must_use]
    pub fn spilled(&self) -> usize {
        self.closed.iter().filter(|run| matches!(run, Run::Disk { .. })).count()
    }

    /// All records in order.
    ///
    /// # Errors
    /// When a temporary file that was written cannot be read again.
    pub fn sorted(mut self) -> io::Result<Sorted<T>> {
        if self.closed.is_empty() {
            self.open.sort_unstable();
            return Ok(Sorted { sources: vec![Source::Memory(self.open.into_iter())], heads: BinaryHeap::new(), started: false });
        }
        if !self.open.is_empty() {
            self.close();
        }
        drop(self.open);
        let sources = self.closed.into_iter().map(|run| match run {
            Run::Memory(records) => Ok(Source::Memory(records.into_iter())),
            Run::Disk { mut file, records } => {
                file.rewind()?;
                Ok(Source::Disk { file: BufReader::with_capacity(1 << 18, file), left: records })
            }
        });
        Ok(Sorted { sources: sources.collect::<io::Result<_>>()?, heads: BinaryHeap::new(), started: false })
    }
}

/// Fewest records of a run: below that, files would be many and small.
const LEAST: usize = 1 << 12;

fn write<T: Packed>(run: &[T]) -> io::Result<File> {
    let mut file = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
    let mut packed = vec![0; T::BYTES];
    for record in run {
        record.pack(&mut packed);
        file.write_all(&packed)?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)
}

#[derive(Debug)]
enum Source<T> {
    Memory(std::vec::IntoIter<T>),
    Disk { file: BufReader<File>, left: usize },
}

impl<T: Packed> Source<T> {
    fn next(&mut self) -> io::Result<Option<T>> {
        match self {
            Self::Memory(records) => Ok(records.next()),
            Self::Disk { left: 0, .. } => Ok(None),
            Self::Disk { file, left } => {
                let mut packed = [0; LARGEST];
                let packed = &mut packed[..T::BYTES];
                file.read_exact(packed)?;
                *left -= 1;
                Ok(Some(T::unpack(packed)))
            }
        }
    }
}

/// Largest packed record, in bytes.
const LARGEST: usize = 32;

/// Records of several sorted runs in order.
#[derive(Debug)]
pub struct Sorted<T> {
    sources: Vec<Source<T>>,
    /// Next record of each source that has one, the smallest first.
    heads: BinaryHeap<Reverse<(T, usize)>>,
    started: bool,
}

impl<T: Packed> Sorted<T> {
    /// The next record.
    ///
    /// # Errors
    /// When a temporary file cannot be read.
    pub fn take(&mut self) -> io::Result<Option<T>> {
        if let [only] = &mut self.sources[..] {
            return only.next();
        }
        if !self.started {
            self.started = true;
            for at in 0..self.sources.len() {
                if let Some(record) = self.sources[at].next()? {
                    self.heads.push(Reverse((record, at)));
                }
            }
        }
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let Reverse((record, at)) = *head;
        match self.sources[at].next()? {
            Some(next) => *head = Reverse((next, at)),
            None => drop(PeekMut::pop(head)),
        }
        Ok(Some(record))
    }

    /// Fills `group` with the next records that are alike; empty at the end. `next` carries a record between calls.
    ///
    /// # Errors
    /// When a temporary file cannot be read.
    pub fn group(&mut self, group: &mut Vec<T>, next: &mut Option<T>, alike: impl Fn(&T, &T) -> bool) -> io::Result<()> {
        group.clear();
        if next.is_none() {
            *next = self.take()?;
        }
        while let Some(record) = next.take() {
            if group.first().is_some_and(|first| !alike(first, &record)) {
                *next = Some(record);
                break;
            }
            group.push(record);
            *next = self.take()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, Runs};

    impl Packed for u64 {
        const BYTES: usize = 8;
        fn pack(&self, out: &mut [u8]) {
            out.copy_from_slice(&self.to_be_bytes());
        }
        fn unpack(from: &[u8]) -> Self {
            from.try_into().map_or(0, u64::from_be_bytes)
        }
    }

    #[test]
    fn spilled_runs_come_back_in_order() {
        let values: Vec<u64> = (0..50_000u64).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40).collect();
        let mut expected = values.clone();
        expected.sort_unstable();
        for budget in [0, 1 << 30] {
            let mut runs = Runs::new(budget);
            values.iter().for_each(|&v| runs.push(v));
            assert_eq!(runs.spilled() > 0, budget == 0);
            let mut sorted = runs.sorted().unwrap();
            let mut found = Vec::new();
            while let Some(value) = sorted.take().unwrap() {
                found.push(value);
            }
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn groups_of_equal_records() {
        let mut runs = Runs::new(1 << 20);
        [3u64, 1, 3, 2, 1].iter().for_each(|&v| runs.push(v));
        let (mut sorted, mut group, mut next) = (runs.sorted().unwrap(), Vec::new(), None);
        let mut sizes = Vec::new();
        loop {
            sorted.group(&mut group, &mut next, |a, b| a == b).unwrap();
            if group.is_empty() {
                break;
            }
            sizes.push((group[0], group.len()));
        }
        assert_eq!(sizes, [(1, 2), (2, 1), (3, 2)]);
    }
}
