//! The rows of a Parquet file as JSON lines, so that columns, dates, bounds and refusals are those of JSON lines.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray, StructArray};
use arrow_json::writer::{EncoderOptions, make_encoder};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{ConvertedType, Type};
use parquet::schema::types::ColumnDescriptor;

use crate::fault::caught;
use crate::read::admission::Admission;
use crate::read::columnar::chunk::Chunk;
use crate::read::columnar::footer;
use crate::read::columnar::mark::NAME;
use crate::read::columnar::weight::weight;
use crate::read::draft::{Refused, Sink};
use crate::read::format::FORMATS;
use crate::read::limits::Limits;
use crate::read::packing::packed::{Bounded, Meter};
use crate::read::packing::stream::broken;

/// Rows that are held at once, and the bytes that they take at most unless a single row takes more.
const ROWS: usize = 1 << 10;
const HELD: u64 = 64 << 20;

/// Bytes of JSON that are written ahead.
const AHEAD: usize = 1 << 18;

/// Members of lists in one group of rows: they may all be of one record, which is held whole.
const MEMBERS: u64 = 16 << 20;

/// Reads a file: its articles and what is none go to `admission`.
///
/// # Errors
/// What the operating system says.
pub fn read(file: File, admission: &mut Admission<'_>) -> io::Result<()> {
    let Some(format) = FORMATS.iter().find(|format| format.name == NAME) else { return Ok(()) };
    admission.set_format(format);
    let limits = admission.limits();
    let packed = Rc::new(Cell::new(file.metadata()?.len()));
    let refused = Rc::new(RefCell::new(Vec::new()));
    let rows = match Rows::open(file, limits, Meter::new(Rc::clone(&packed), limits), Rc::clone(&refused)) {
        Ok(rows) => rows,
        Err(fault) => {
            admission.refuse(fault);
            return Ok(());
        }
    };
    let mut lines = BufReader::with_capacity(AHEAD, Bounded::new(rows, Meter::new(packed, limits)));
    let read = admission.read(format, &mut lines);
    for refused in refused.take() {
        admission.refuse(refused);
    }
    read
}

/// Rows that are written as JSON when they are asked for, a line each.
struct Rows<'l> {
    file: File,
    described: ArrowReaderMetadata,
    limits: &'l Limits,
    meter: Rc<RefCell<Meter>>,
    /// The columns that are read, and their places in the file.
    mask: ProjectionMask,
    columns: Vec<usize>,
    /// The next group of rows, and what is being read of the one before.
    group: usize,
    batches: Option<ParquetRecordBatchReader>,
    batch: Option<StructArray>,
    row: usize,
    /// Rows before the batch.
    before: usize,
    written: Vec<u8>,
    at: usize,
    refused: Rc<RefCell<Vec<Refused>>>,
}

impl<'l> Rows<'l> {
    fn open(file: File, limits: &'l Limits, meter: Rc<RefCell<Meter>>, refused: Rc<RefCell<Vec<Refused>>>) -> Result<Self, Refused> {
        footer::check(&file, limits)?;
        // Types that a program kept beside those of the file say nothing that a text needs.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let described = sound(|| {
            let described = ArrowReaderMetadata::load(&file, options.clone())?;
            let fields: Fields = described.schema().fields().iter().map(in_numbers).collect();
            ArrowReaderMetadata::try_new(Arc::clone(described.metadata()), options.with_schema(Arc::new(Schema::new(fields))))
        })?;
        let schema = described.parquet_schema();
        let columns: Vec<usize> = schema.columns().iter().zip(0..).filter(|(column, _)| is_read(column)).map(|(_, at)| at).collect();
        if columns.is_empty() {
            return Err(Refused::whole("has no column of text, numbers or dates", "check that it is the file that was meant"));
        }
        let mask = ProjectionMask::leaves(schema, columns.iter().copied());
        let (group, row, before, at) = Default::default();
        Ok(Self {
            file,
            described,
            limits,
            meter,
            mask,
            columns,
            group,
            batches: None,
            batch: None,
            row,
            before,
            written: Vec::new(),
            at,
            refused,
        })
    }

    /// The next rows; `None` at the end.
    fn next_batch(&mut self) -> Result<Option<StructArray>, Refused> {
        loop {
            if let Some(batches) = &mut self.batches {
                if let Some(batch) = sound(|| batches.next().map(|batch| batch.and_then(|batch| worded(&batch))).transpose())? {
                    return Ok(Some(batch));
                }
                self.batches = None;
            }
            if self.group == self.described.metadata().num_row_groups() {
                return Ok(None);
            }
            let rows = self.rows_at_once()?;
            let file = self.file.try_clone().map_err(|e| broken(&e))?;
            let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.described.clone());
            let reader = reader.with_row_groups(vec![self.group]).with_projection(self.mask.clone()).with_batch_size(rows);
            self.batches = Some(sound(|| reader.build())?);
            self.group += 1;
        }
    }

    /// Looks over the next group of rows: how many of them may be held at once.
    fn rows_at_once(&self) -> Result<usize, Refused> {
        let group = self.described.metadata().row_group(self.group);
        let (mut pages, mut widest, mut members, mut repeated) = (0_u64, 0_u64, 0_u64, 0_u64);
        for &at in &self.columns {
            let column = group.columns().get(at).ok_or_else(|| damaged("a group of rows lacks columns"))?;
            let chunk = Chunk::survey(&self.file, column, &self.meter).map_err(|e| broken(&e))?;
            pages += chunk.page + chunk.dictionary;
            // No value is larger than the page that it stands in.
            widest += chunk.page.max(chunk.dictionary);
            if column.column_descr().max_rep_level() > 0 {
                members += chunk.values;
                // The dictionary is only looked at where its size does not settle the question.
                if chunk.by_dictionary.saturating_mul(chunk.dictionary) > self.limits.document {
                    repeated = repeated.saturating_add(chunk.by_dictionary.saturating_mul(self.longest(at)?));
                }
            }
        }
        let most = self.limits.document;
        if pages > most {
            let reason = format!("has pages that take {} MiB at once, and the bound is {} MiB", pages >> 20, most >> 20);
            return Err(Refused::whole(reason, "write it with smaller pages, or raise the bound with --limit document=SIZE"));
        }
        if members > MEMBERS || repeated > most.saturating_mul(4) {
            let reason = "has lists in a group of rows that could fill the memory, were they all of one record";
            return Err(Refused::whole(reason, "write it with smaller groups of rows, or leave the columns of lists out"));
        }
        let rows = usize::try_from(HELD / widest.max(1)).unwrap_or(ROWS);
        Ok(rows.clamp(1, ROWS))
    }

    /// Bytes of the longest text in the dictionary of a column of the next group of rows.
    fn longest(&self, column: usize) -> Result<u64, Refused> {
        use parquet::column::page::{Page, PageReader};
        use parquet::file::serialized_reader::SerializedPageReader;

        let group = self.described.metadata().row_group(self.group);
        let rows = usize::try_from(group.num_rows()).unwrap_or_default();
        let file = self.file.try_clone().map_err(|e| broken(&e))?;
        let page = sound(|| SerializedPageReader::new(Arc::new(file), group.column(column), rows, None)?.get_next_page())?;
        let Some(Page::DictionaryPage { buf, .. }) = page else { return Err(damaged("a dictionary is not where it must be")) };
        let (mut rest, mut longest) = (&buf[..], 0);
        while let Some((length, after)) = rest.split_first_chunk() {
            let length = u32::from_le_bytes(*length);
            longest = longest.max(u64::from(length));
            rest = after.get(length as usize..).unwrap_or_default();
        }
        Ok(longest)
    }

    /// Writes the next rows; whether there were any.
    fn write_ahead(&mut self) -> Result<bool, Refused> {
        self.written.clear();
        self.at = 0;
        while self.written.is_empty() {
            if self.batch.as_ref().is_none_or(|batch| self.row == batch.len()) {
                self.before += self.batch.take().map_or(0, |batch| batch.len());
                self.batch = self.next_batch()?;
                self.row = 0;
            }
            let Some(batch) = &self.batch else { return Ok(false) };
            let (options, field) = (EncoderOptions::default().with_explicit_nulls(true), record(batch.fields().clone()));
            let (from, most, written, row) = (self.before + 1, self.limits.record, &mut self.written, &mut self.row);
            let refused = &self.refused;
            sound(|| {
                let mut encoder = make_encoder(&field, batch, &options)?;
                while *row < batch.len() && written.len() < AHEAD {
                    // A row that is left out is a line all the same, so that those after it keep their numbers.
                    if weight(batch, *row, most) > most {
                        refused.borrow_mut().push(Refused::too_long("the record", "record", most).at(from + *row, 0, b""));
                    } else {
                        encoder.encode(*row, written);
                    }
                    written.push(b'\n');
                    *row += 1;
                }
                Ok::<(), ArrowError>(())
            })?;
        }
        Ok(true)
    }
}

impl Read for Rows<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.written.len() {
            match self.write_ahead() {
                Ok(true) => {}
                Ok(false) => return Ok(0),
                // What came before reaches its reader, and nothing after it is looked for.
                Err(refused) => {
                    self.refused.borrow_mut().push(refused);
                    (self.group, self.batches, self.batch) = (self.described.metadata().num_row_groups(), None, None);
                    self.written.truncate(memchr::memrchr(b'\n', &self.written).map_or(0, |last| last + 1));
                }
            }
        }
        let mut rest = self.written.get(self.at..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// What its reader makes of a file, which may hold anything: it returns an error or panics where the file contradicts itself.
fn sound<T, E: Into<Words>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, Refused> {
    match caught(work) {
        Ok(done) => done.map_err(|e| damaged(&e.into().0)),
        Err(_) => Err(damaged("what it says of itself cannot be")),
    }
}

/// The words of an error.
struct Words(String);

impl From<parquet::errors::ParquetError> for Words {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self(error.to_string())
    }
}

impl From<ArrowError> for Words {
    fn from(error: ArrowError) -> Self {
        Self(error.to_string())
    }
}

fn damaged(what: &str) -> Refused {
    let what: String = what.lines().next().unwrap_or_default().chars().take(160).collect();
    Refused::whole(format!("is damaged ({what})"), "fetch or write it again; what came before was read")
}

/// Whether a column is read: lists of numbers are no part of an article and may be most of a file, and bytes that nobody calls a text
/// are looked at only where they are a column of their own.
fn is_read(column: &ColumnDescriptor) -> bool {
    let of_bytes = matches!(column.physical_type(), Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY);
    let is_named = column.logical_type_ref().is_some() || column.converted_type() != ConvertedType::NONE;
    match of_bytes {
        true => is_named || (column.path().parts().len() == 1 && column.max_rep_level() == 0 && column.physical_type() == Type::BYTE_ARRAY),
        false => column.max_rep_level() == 0,
    }
}

/// A column whose moments have their time zone in numbers: names of zones would take a list of all zones there are, and Parquet
/// itself knows UTC alone.
fn in_numbers(field: &FieldRef) -> FieldRef {
    let kind = match field.data_type() {
        DataType::Timestamp(unit, Some(_)) => DataType::Timestamp(*unit, Some("+00:00".into())),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(in_numbers).collect()),
        DataType::List(inner) => DataType::List(in_numbers(inner)),
        DataType::Map(inner, sorted) => DataType::Map(in_numbers(inner), *sorted),
        _ => return Arc::clone(field),
    };
    Arc::new(field.as_ref().clone().with_data_type(kind))
}

/// A batch whose columns of bytes are texts, where they are any: some writers leave out what tells.
fn worded(batch: &RecordBatch) -> Result<StructArray, ArrowError> {
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns()).filter_map(|(field, column)| match field.data_type() {
        DataType::Binary => {
            let text: ArrayRef = Arc::new(StringArray::try_from_binary(column.as_binary().clone()).ok()?);
            Some((Arc::new(Field::new(field.name(), DataType::Utf8, true)), text))
        }
        _ => Some((Arc::clone(field), Arc::clone(column))),
    });
    let (fields, columns): (Vec<FieldRef>, Vec<ArrayRef>) = columns.unzip();
    StructArray::try_new_with_length(Fields::from(fields), columns, None, batch.num_rows())
}

/// A row as a whole.
fn record(fields: Fields) -> FieldRef {
    Arc::new(Field::new_struct("record", fields, false))
}
