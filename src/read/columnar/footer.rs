//! The end of a Parquet file, which says what is in it: looked over before it is believed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use crate::read::columnar::compact::{Compact, LIST, STRUCTURE, damaged};
use crate::read::columnar::mark::{ENCRYPTED, MAGIC};
use crate::read::draft::Refused;
use crate::read::limits::Limits;
use crate::read::packing::stream::broken;

/// Bytes of the description at the end. It grows with columns and groups of rows, and what is made of it takes some fifty times as
/// much; a thousand groups of a hundred columns take 20 MB.
const LONGEST: u64 = 32 << 20;

/// Columns inside one another. Each list takes two.
const DEEPEST: usize = 64;

/// Bytes behind the description: its length, and the magic.
const TAIL: u64 = 8;

/// Checks that the description is there, is no larger than it may be, and does not name more columns, or deeper ones, than its
/// readers can bear.
///
/// # Errors
/// Why the file is not read.
pub(super) fn check(file: &File, limits: &Limits) -> Result<(), Refused> {
    let bytes = file.metadata().map_err(|e| broken(&e))?.len();
    let mut tail = [0; TAIL as usize];
    let mut input = file;
    input.seek(SeekFrom::Start(bytes.saturating_sub(TAIL))).map_err(|e| broken(&e))?;
    let cut = || Refused::whole("is Parquet that is cut or damaged: it does not end as Parquet does", "fetch or write it again");
    input.read_exact(&mut tail).map_err(|_| cut())?;
    let (length, end) = tail.split_at(4);
    if end == ENCRYPTED {
        return Err(Refused::whole("is encrypted Parquet, which is not read", "write it without encryption, or as JSON lines (.jsonl)"));
    }
    let length = u64::from(length.try_into().map(u32::from_le_bytes).unwrap_or(u32::MAX));
    if end != MAGIC || length + TAIL + MAGIC.len() as u64 > bytes {
        return Err(cut());
    }
    if length > LONGEST {
        let reason = format!("describes itself in {} MiB, and the bound is {} MiB", length >> 20, LONGEST >> 20);
        return Err(Refused::whole(reason, "write it with fewer columns or larger groups of rows, or as several files"));
    }
    input.seek(SeekFrom::Start(bytes - TAIL - length)).map_err(|e| broken(&e))?;
    let (columns, depth) = schema(BufReader::new(input.take(length))).map_err(|e| broken(&e))?;
    if columns > limits.columns {
        let reason = format!("has {columns} columns, and the bound is {}", limits.columns);
        return Err(Refused::whole(reason, "leave columns out, or raise the bound with --limit columns=N"));
    }
    let deepest = limits.nesting.min(DEEPEST);
    if depth > deepest {
        let reason = format!("has columns inside one another deeper than {deepest}");
        return Err(Refused::whole(reason, "an article needs no such depth; leave them out"));
    }
    Ok(())
}

/// How many columns hold values, and how deep the deepest lies.
fn schema(input: impl BufRead) -> io::Result<(usize, usize)> {
    const SCHEMA: i64 = 2;
    const CHILDREN: i64 = 5;
    let (mut columns, mut deepest) = (0, 0);
    Compact::new(input).structure(&mut |reader, id, kind| {
        if id != SCHEMA || kind != LIST {
            return Ok(false);
        }
        let (count, of) = reader.list()?;
        if of != STRUCTURE {
            return Err(damaged("its list of columns is none"));
        }
        // How many columns are still to come of each group that is open.
        let mut open: Vec<u64> = Vec::new();
        for _ in 0..count {
            let mut children = 0;
            reader.structure(&mut |reader, id, kind| {
                if id == CHILDREN {
                    children = reader.size(kind)?;
                }
                Ok(id == CHILDREN)
            })?;
            columns += usize::from(children == 0);
            if let Some(last) = open.last_mut() {
                *last = last.saturating_sub(1);
            }
            if children > 0 {
                open.push(children);
                deepest = deepest.max(open.len());
            }
            while open.last() == Some(&0) {
                open.pop();
            }
        }
        Ok(true)
    })?;
    Ok((columns, deepest))
}
