//! `tables/NAME.parquet`: a table with typed columns, as data frames keep it. Text is exact and whole, what is missing is null.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::builder::{ArrayBuilder, BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::analysis::findings::Findings;
use crate::tables::Table;
use crate::tables::cell::Kind;
use crate::tables::row::{Column, TableOptions};

/// Rows that are put into columns at once.
const ROWS: usize = 4_096;

/// Rows of a group: as many as are held, packed, before they are written.
const GROUP: usize = 65_536;

/// A column in the making.
enum Values {
    Integers(Int64Builder),
    Numbers(Float64Builder),
    Truths(BooleanBuilder),
    Texts(StringBuilder),
}

impl Values {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Integer => Self::Integers(Int64Builder::new()),
            Kind::Number => Self::Numbers(Float64Builder::new()),
            Kind::Boolean => Self::Truths(BooleanBuilder::new()),
            Kind::Text | Kind::Quoted | Kind::Key | Kind::Code | Kind::Date => Self::Texts(StringBuilder::new()),
        }
    }

    fn kind(kind: Kind) -> DataType {
        match kind {
            Kind::Integer => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Boolean => DataType::Boolean,
            Kind::Text | Kind::Quoted | Kind::Key | Kind::Code | Kind::Date => DataType::Utf8,
        }
    }

    /// Adds a value as tables have it, `None` where it is missing.
    fn push(&mut self, value: Option<&str>) {
        match self {
            Self::Integers(all) => all.append_option(value.and_then(|value| value.parse().ok())),
            Self::Numbers(all) => all.append_option(value.and_then(|value| value.parse().ok())),
            Self::Truths(all) => all.append_option(value.map(|value| value == "TRUE")),
            Self::Texts(all) => all.append_option(value),
        }
    }

    fn builder(&mut self) -> &mut dyn ArrayBuilder {
        match self {
            Self::Integers(all) => all,
            Self::Numbers(all) => all,
            Self::Truths(all) => all,
            Self::Texts(all) => all,
        }
    }
}

/// Rows that are not written yet.
struct Rows {
    schema: Arc<Schema>,
    columns: Vec<Values>,
    count: usize,
}

impl Rows {
    fn new(columns: &[Column]) -> Self {
        let fields: Vec<Field> = columns.iter().map(|column| Field::new(column.name, Values::kind(column.kind), true)).collect();
        Self { schema: Arc::new(Schema::new(fields)), columns: columns.iter().map(|column| Values::of(column.kind)).collect(), count: 0 }
    }

    /// Packs them, and hands on what is ready of the file.
    fn write(&mut self, writer: &mut ArrowWriter<Vec<u8>>, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns.iter_mut().map(|column| column.builder().finish()).collect();
        self.count = 0;
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(io::Error::other)?;
        writer.write(&batch)?;
        out.write_all(&std::mem::take(writer.inner_mut()))
    }
}

/// Writes a table, and says how many rows. The same rows give the same bytes: no clock goes in.
///
/// # Errors
/// What the writer says.
pub fn write(findings: &Findings<'_>, table: &Table, options: TableOptions, out: &mut dyn Write) -> io::Result<u64> {
    let mut rows = Rows::new(table.columns);
    let properties = WriterProperties::builder()
        .set_created_by(concat!("Retold ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(GROUP))
        .build();
    let settings = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), Arc::clone(&rows.schema), settings)?;
    let mut count = 0;
    (table.each)(findings, &mut |row| {
        let mut columns = table.columns.iter().zip(&mut rows.columns);
        row.cells(&mut |value, kind| {
            let Some((column, values)) = columns.next() else { return };
            let hidden = options.without_text && kind == Kind::Quoted;
            // Text may be empty without being missing.
            let is_text = matches!(kind, Kind::Text | Kind::Quoted) && !column.nullable;
            values.push(Some(value).filter(|value| !hidden && (is_text || !value.is_empty())));
        });
        (rows.count, count) = (rows.count + 1, count + 1);
        if rows.count == ROWS { rows.write(&mut writer, out) } else { Ok(()) }
    })?;
    if rows.count > 0 {
        rows.write(&mut writer, out)?;
    }
    out.write_all(&writer.into_inner()?)?;
    Ok(count)
}
