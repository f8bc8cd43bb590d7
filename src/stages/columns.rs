//! Columns of Arrow as Rust has their cells.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch};

use crate::error::Result;
use crate::reuse::runs::Packed;

use super::schema::Table;
use super::stage::refused;

/// Rows that go out together.
pub const ROWS: usize = 1 << 15;
/// Bytes of text that go out together.
pub const BYTES: usize = 8 << 20;

/// The columns of one batch, for one step.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'b> {
    /// Whose they are, for messages.
    pub stage: &'static str,
    /// The batch.
    pub batch: &'b RecordBatch,
}

/// A column of counts or places.
#[derive(Clone, Copy, Debug)]
pub struct Counts<'b> {
    stage: &'static str,
    name: &'static str,
    column: &'b PrimitiveArray<Int32Type>,
}

/// A column of texts, or of bytes.
#[derive(Debug)]
pub struct Cells<'b> {
    column: &'b ArrayRef,
    wide: bool,
}

impl<'b> Columns<'b> {
    fn column(&self, name: &str) -> Result<&'b ArrayRef> {
        let missing = || refused(self.stage, format!("a batch has no column \"{name}\""), "give every batch the columns of the stream");
        self.batch.column_by_name(name).ok_or_else(missing)
    }

    fn unfit(&self, name: &str) -> crate::error::Error {
        refused(self.stage, format!("the column \"{name}\" is of another type in a batch"), "give every batch the columns of the stream")
    }

    /// Counts or places: whole numbers of 32 bits.
    ///
    /// # Errors
    /// When the batch has no such column.
    pub fn counts(&self, name: &'static str) -> Result<Counts<'b>> {
        let column = self.column(name)?.as_primitive_opt().ok_or_else(|| self.unfit(name))?;
        Ok(Counts { stage: self.stage, name, column })
    }

    /// Whole numbers of 64 bits.
    ///
    /// # Errors
    /// When the batch has no such column.
    pub fn int64(&self, name: &str) -> Result<&'b PrimitiveArray<Int64Type>> {
        self.column(name)?.as_primitive_opt().ok_or_else(|| self.unfit(name))
    }

    /// Numbers of double precision.
    ///
    /// # Errors
    /// When the batch has no such column.
    pub fn float64(&self, name: &str) -> Result<&'b PrimitiveArray<Float64Type>> {
        self.column(name)?.as_primitive_opt().ok_or_else(|| self.unfit(name))
    }

    /// Yes or no.
    ///
    /// # Errors
    /// When the batch has no such column.
    pub fn boolean(&self, name: &str) -> Result<&'b arrow_array::BooleanArray> {
        self.column(name)?.as_boolean_opt().ok_or_else(|| self.unfit(name))
    }

    /// Texts.
    ///
    /// # Errors
    /// When the batch has no such column.
    pub fn text(&self, name: &str) -> Result<Cells<'b>> {
        let column = self.column(name)?;
        let wide = column.as_string_opt::<i64>().is_some();
        if wide || column.as_string_opt::<i32>().is_some() { Ok(Cells { column, wide }) } else { Err(self.unfit(name)) }
    }

    /// Bytes.
    ///
    /// # Errors
    /// When the batch has no such column.
    pub fn bytes(&self, name: &str) -> Result<Cells<'b>> {
        let column = self.column(name)?;
        let wide = column.as_binary_opt::<i64>().is_some();
        if wide || column.as_binary_opt::<i32>().is_some() { Ok(Cells { column, wide }) } else { Err(self.unfit(name)) }
    }
}

impl Counts<'_> {
    /// Whether a cell is empty.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        self.column.is_null(row)
    }

    /// The count in a cell, where it is not empty.
    ///
    /// # Errors
    /// When it is below zero, by the name of its column.
    pub fn get(&self, row: usize) -> Result<Option<usize>> {
        if self.is_null(row) { Ok(None) } else { self.at(row).map(Some) }
    }

    /// The count in a cell.
    ///
    /// # Errors
    /// When the cell is empty or below zero, by the name of its column.
    pub fn at(&self, row: usize) -> Result<usize> {
        let found = if self.is_null(row) { None } else { usize::try_from(self.column.value(row)).ok() };
        let what = || format!("the column \"{}\" holds no count where there must be one", self.name);
        found.ok_or_else(|| refused(self.stage, what(), "give the table as its stage gave it out"))
    }
}

impl<'b> Cells<'b> {
    /// Whether a cell is empty.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        self.column.is_null(row)
    }

    /// A text; empty where there is none.
    #[must_use]
    pub fn text(&self, row: usize) -> &'b str {
        match (self.is_null(row), self.wide) {
            (true, _) => "",
            (_, true) => self.column.as_string::<i64>().value(row),
            (_, false) => self.column.as_string::<i32>().value(row),
        }
    }

    /// Bytes; none where there are none.
    #[must_use]
    pub fn bytes(&self, row: usize) -> &'b [u8] {
        match (self.is_null(row), self.wide) {
            (true, _) => &[],
            (_, true) => self.column.as_binary::<i64>().value(row),
            (_, false) => self.column.as_binary::<i32>().value(row),
        }
    }
}

/// A count or a place as a column has it. A column of 32 bits holds what a run numbers: fewer than 2^31 of a kind.
#[must_use]
pub fn fit(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A count or a place as the search has it.
#[must_use]
pub fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Packed for [u32; 3] {
    const BYTES: usize = 12;

    fn pack(&self, out: &mut [u8]) {
        out.as_chunks_mut().0.iter_mut().zip(self).for_each(|(place, number)| *place = number.to_le_bytes());
    }

    fn unpack(from: &[u8]) -> Self {
        let (cells, _) = from.as_chunks();
        std::array::from_fn(|i| cells.get(i).map_or(0, |cell| u32::from_le_bytes(*cell)))
    }
}

impl Packed for (u64, u32) {
    const BYTES: usize = 12;

    fn pack(&self, out: &mut [u8]) {
        let bits = |shift: u32| u32::try_from(self.0 >> shift & u64::from(u32::MAX)).unwrap_or(0);
        [bits(0), bits(32), self.1].pack(out);
    }

    fn unpack(from: &[u8]) -> Self {
        let [low, high, last] = <[u32; 3]>::unpack(from);
        (u64::from(high) << 32 | u64::from(low), last)
    }
}

/// Adds a record to a cell of bytes.
pub fn pack<T: Packed>(record: &T, cell: &mut Vec<u8>) {
    let at = cell.len();
    cell.resize(at + T::BYTES, 0);
    record.pack(&mut cell[at..]);
}

/// The records of a cell of bytes.
///
/// # Errors
/// When it does not hold whole records, by the name of its column.
pub fn unpack<'c, T: Packed>(stage: &'static str, column: &str, cell: &'c [u8]) -> Result<impl Iterator<Item = T> + use<'c, T>> {
    if !cell.len().is_multiple_of(T::BYTES) {
        let message = format!("a cell of \"{column}\" ends in the middle of a record of {} bytes", T::BYTES);
        return Err(refused(stage, message, "give the table as its stage gave it out"));
    }
    Ok(cell.chunks_exact(T::BYTES).map(T::unpack))
}

/// A batch of a table from its columns, in their order.
///
/// # Errors
/// When they are not those of the table.
pub fn batch(stage: &'static str, table: &Table, columns: Vec<ArrayRef>) -> Result<RecordBatch> {
    RecordBatch::try_new(Arc::new(table.schema()), columns)
        .map_err(|e| refused(stage, format!("the rows do not fit the table {}: {e}", table.name), crate::corpus::without::REPORT))
}
