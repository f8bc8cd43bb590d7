//! A column of one group of rows: its pages, looked over by their heads before any of them is unpacked. What is unpacked takes the
//! memory that the heads state, which may be anything; and some ways of packing give more than stated.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;
use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;

use crate::read::columnar::compact::{Compact, STRUCTURE, damaged};
use crate::read::packing::packed::Meter;

/// What the pages of a column come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chunk {
    /// Bytes of the largest page of values.
    pub(super) page: u64,
    /// Bytes of its dictionary.
    pub(super) dictionary: u64,
    /// Values, or places where one is missing.
    pub(super) values: u64,
    /// Those of them that are given by a number in the dictionary.
    pub(super) by_dictionary: u64,
}

/// The head of a page.
#[derive(Debug, Default)]
struct Page {
    kind: u64,
    unpacked: u64,
    packed: u64,
    values: u64,
    encoding: u64,
    /// Bytes at its start that are never packed.
    bare: u64,
    is_bare: bool,
}

const DICTIONARY: u64 = 2;

impl Page {
    /// The head at a place, and its length.
    fn read(input: impl io::BufRead) -> io::Result<(Self, u64)> {
        let mut page = Self::default();
        let mut reader = Compact::new(input);
        reader.structure(&mut |reader, id, kind| {
            match id {
                1 => page.kind = reader.size(kind)?,
                2 => page.unpacked = reader.size(kind)?,
                3 => page.packed = reader.size(kind)?,
                // The first kind of page, a dictionary, and the second kind of page.
                5 | 7 | 8 if kind == STRUCTURE => reader.structure(&mut |reader, inner, kind| {
                    match (id, inner) {
                        (_, 1) => page.values = page.values.max(reader.size(kind)?),
                        (5, 2) | (8, 4) => page.encoding = reader.size(kind)?,
                        (8, 5 | 6) => page.bare += reader.size(kind)?,
                        (8, 7) => page.is_bare = reader.integer(kind)? == 0,
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok((page, reader.taken()))
    }

    /// Whether its values are numbers in the dictionary.
    fn is_by_dictionary(&self) -> bool {
        matches!(self.encoding, 2 | 8)
    }
}

impl Chunk {
    /// Looks over a column. What it unpacks to counts on the meter.
    ///
    /// # Errors
    /// When the heads do not fit the file or one another, and when a bound is hit.
    pub(super) fn survey(file: &File, column: &ColumnChunkMetaData, meter: &Rc<RefCell<Meter>>) -> io::Result<Self> {
        let place = |at: i64| u64::try_from(at).map_err(|_| damaged("it states a place below zero"));
        let start = place(column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset()))?;
        let end = start.checked_add(place(column.compressed_size())?).filter(|&end| file.metadata().is_ok_and(|kind| end <= kind.len()));
        let end = end.ok_or_else(|| damaged("it states a column that lies outside of it"))?;
        let (mut at, mut chunk) = (start, Self::default());
        let mut input = file;
        while at < end {
            input.seek(SeekFrom::Start(at))?;
            let (page, head) = Page::read(BufReader::with_capacity(1 << 10, input.take(end - at)))?;
            at = at.checked_add(head + page.packed).filter(|&at| at <= end).ok_or_else(|| damaged("a page is longer than its column"))?;
            if page.bare > page.packed.min(page.unpacked) {
                return Err(damaged("a page is shorter than what it starts with"));
            }
            meter.borrow_mut().add(page.unpacked.max(page.packed))?;
            if page.kind == DICTIONARY {
                chunk.dictionary = chunk.dictionary.max(page.unpacked);
            } else {
                chunk.page = chunk.page.max(page.unpacked.max(page.packed));
                chunk.values += page.values;
                chunk.by_dictionary += if page.is_by_dictionary() { page.values } else { 0 };
            }
            if !page.is_bare && page.unpacked > page.bare {
                input.seek(SeekFrom::Start(at - page.packed + page.bare))?;
                bounded(column.compression(), input.take(page.packed - page.bare), page.unpacked - page.bare)?;
            }
        }
        Ok(chunk)
    }
}

/// Checks that a page gives no more than stated, where its packing leaves that open: others are unpacked into the room stated.
fn bounded(packing: Compression, packed: impl Read, stated: u64) -> io::Result<()> {
    let packed = BufReader::new(packed);
    let given = match packing {
        Compression::GZIP(_) => io::copy(&mut MultiGzDecoder::new(packed).take(stated + 1), &mut io::sink()),
        Compression::BROTLI(_) => io::copy(&mut brotli::Decompressor::new(packed, 1 << 14).take(stated + 1), &mut io::sink()),
        Compression::LZ4 => return framed(packed),
        _ => return Ok(()),
    };
    // How a page is damaged is told when it is read.
    if given.is_ok_and(|given| given > stated) { Err(damaged("a page unpacks to more than it states")) } else { Ok(()) }
}

/// Refuses frames of LZ4, which some writers made under that name before the name had a meaning, and which may give anything.
fn framed(mut packed: impl Read) -> io::Result<()> {
    let mut start = [0; 4];
    let is_frame =
        packed.read_exact(&mut start).is_ok() && matches!(u32::from_le_bytes(start), 0x184D_2204 | 0x184C_2102 | 0x184D_2A50..=0x184D_2A5F);
    if is_frame { Err(damaged("it is packed with LZ4 in a way that only its writer knew")) } else { Ok(()) }
}
