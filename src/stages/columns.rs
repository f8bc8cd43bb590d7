//! Columns of a batch as what they hold, and batches of what was found.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch};

use crate::error::Result;

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

    /// Whole numbers of 32 bits.
    ///
    /// # Errors
    /// When the batch has no such column.
    pub fn int32(&self, name: &str) -> Result<&'b PrimitiveArray<Int32Type>> {
        self.column(name)?.as_primitive_opt().ok_or_else(|| self.unfit(name))
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

/// A batch of a table from its columns, in their order.
///
/// # Errors
/// When they are not those of the table.
pub fn batch(stage: &'static str, table: &Table, columns: Vec<ArrayRef>) -> Result<RecordBatch> {
    RecordBatch::try_new(Arc::new(table.schema()), columns)
        .map_err(|e| refused(stage, format!("the rows do not fit the table {}: {e}", table.name), crate::corpus::without::REPORT))
}
