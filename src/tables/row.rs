//! Struct, header and dictionary of a table, declared at once so that they cannot drift apart.

use std::borrow::Cow;
use std::io;

use crate::text::formula::is_formula;

use super::cell::Kind;

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// What that means: units, range, formula, when empty.
    pub meaning: &'static str,
}

/// The values of a row.
pub trait Cells {
    /// Calls `each` for every cell, in the order of the columns, with its value as written.
    fn cells(&self, each: &mut dyn FnMut(&str, Kind));
}

/// A row of a table.
pub trait Row: Cells {
    /// Its columns, in order.
    const COLUMNS: &'static [Column];
}

/// Declares a row: `row! { /// about  pub struct NameRow<'f> { /// meaning  column: Type, … } }`.
macro_rules! row {
    ($(#[doc = $about:literal])+ $vis:vis struct $name:ident $(<$life:lifetime>)? { $($(#[doc = $meaning:literal])+ $field:ident: $type:ty,)+ }) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        $vis struct $name $(<$life>)? { $($(#[doc = $meaning])+ $vis $field: $type,)+ }

        impl $(<$life>)? $crate::tables::row::Row for $name $(<$life>)? {
            const COLUMNS: &'static [$crate::tables::row::Column] = &[$($crate::tables::row::Column {
                name: stringify!($field),
                kind: <$type as $crate::tables::cell::Cell>::KIND,
                nullable: <$type as $crate::tables::cell::Cell>::NULLABLE,
                meaning: concat!($($meaning),+),
            }),+];
        }

        impl $(<$life>)? $crate::tables::row::Cells for $name $(<$life>)? {
            fn cells(&self, each: &mut dyn FnMut(&str, $crate::tables::cell::Kind)) {
                let mut shown = String::new();
                $(
                    shown.clear();
                    $crate::tables::cell::Cell::write(&self.$field, &mut shown);
                    each(&shown, <$type as $crate::tables::cell::Cell>::KIND);
                )+
            }
        }
    };
}
pub(crate) use row;

/// How tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Leave text as it is, even where a spreadsheet would read a formula.
    pub raw: bool,
    /// Leave empty what stands in articles ([`Kind::Quoted`]).
    pub without_text: bool,
    /// For Excel: a byte order mark in front, without which it takes UTF-8 for another encoding, and CR LF between lines.
    pub excel: bool,
}

impl TableOptions {
    /// A value as it may be shown.
    #[must_use]
    pub fn shown<'v>(&self, value: &'v str, kind: Kind) -> &'v str {
        if self.without_text && kind == Kind::Quoted { "" } else { value }
    }

    /// A writer of CSV in UTF-8 with commas, its mark written where one is wanted.
    ///
    /// # Errors
    /// What the writer says.
    pub fn csv<W: io::Write>(&self, mut out: W) -> io::Result<csv::Writer<W>> {
        if self.excel {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let terminator = if self.excel { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        Ok(csv::WriterBuilder::new().terminator(terminator).from_writer(out))
    }
}

/// Text as it stands in a cell of CSV: no longer than a cell, and guarded unless text is to stay as it is.
#[must_use]
pub fn guarded_cell(value: &str, options: TableOptions) -> String {
    let value = in_cell(value);
    if !options.raw && is_formula(&value) { format!("'{value}") } else { value.into_owned() }
}

/// Writes header and rows as CSV (UTF-8, comma, LF) and says how many rows.
///
/// # Errors
/// What the writer says; the writer is flushed.
pub fn write_csv<R: Row>(rows: impl Iterator<Item = R>, options: TableOptions, out: &mut dyn io::Write) -> io::Result<u64> {
    let mut csv = options.csv(out)?;
    csv.write_record(R::COLUMNS.iter().map(|column| column.name)).map_err(io::Error::other)?;
    let mut count = 0;
    for row in rows {
        let mut failed = Ok(());
        row.cells(&mut |value, kind| {
            if failed.is_ok() {
                let value = &*in_cell(options.shown(value, kind));
                failed = if matches!(kind, Kind::Text | Kind::Quoted) && !options.raw && is_formula(value) {
                    csv.write_field(format!("'{value}"))
                } else {
                    csv.write_field(value)
                };
            }
        });
        failed.map_err(io::Error::other)?;
        csv.write_record(None::<&[u8]>).map_err(io::Error::other)?;
        count += 1;
    }
    csv.flush()?;
    Ok(count)
}

/// Writes a row as a JSON object: exact text, numbers and booleans as such, and null for what is missing. `tag` is a first member
/// `type`.
///
/// # Errors
/// What the writer says.
pub fn write_object(
    tag: Option<&str>,
    columns: &[Column],
    row: &dyn Cells,
    options: TableOptions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write_open_object(tag, columns, row, options, out)?;
    out.write_all(b"}")
}

/// The same without the closing brace, for objects that hold more than a row.
///
/// # Errors
/// What the writer says.
pub fn write_open_object(
    tag: Option<&str>,
    columns: &[Column],
    row: &dyn Cells,
    options: TableOptions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"{")?;
    if let Some(tag) = tag {
        write!(out, "\"type\":\"{tag}\",")?;
    }
    let mut columns = columns.iter();
    let (mut failed, mut first) = (Ok(()), true);
    row.cells(&mut |value, kind| {
        let Some(column) = columns.next().filter(|_| failed.is_ok()) else { return };
        let comma = if std::mem::take(&mut first) { "" } else { "," };
        let hidden = options.without_text && kind == Kind::Quoted;
        failed = write!(out, "{comma}\"{}\":", column.name).and_then(|()| match kind {
            _ if hidden => out.write_all(b"null"),
            Kind::Text | Kind::Quoted if !(value.is_empty() && column.nullable) => Ok(serde_json::to_writer(&mut *out, value)?),
            _ if value.is_empty() => out.write_all(b"null"),
            // What a cell writes for a number is one in JSON.
            Kind::Integer | Kind::Number => out.write_all(value.as_bytes()),
            Kind::Boolean => out.write_all(if value == "TRUE" { b"true" } else { b"false" }),
            Kind::Text | Kind::Quoted | Kind::Key | Kind::Code | Kind::Date => Ok(serde_json::to_writer(&mut *out, value)?),
        });
    });
    failed
}

/// Writes rows as JSON lines: one object each with `type`, then the columns; what is missing is null.
///
/// # Errors
/// What the writer says; the writer is flushed.
pub fn write_json_lines<R: Row>(kind: &str, rows: impl Iterator<Item = R>, out: &mut dyn io::Write) -> io::Result<()> {
    for row in rows {
        write_object(Some(kind), R::COLUMNS, &row, TableOptions::default(), out)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Most characters of a cell: no spreadsheet holds more than 32,767, and readers of CSV have limits not far above.
const LONGEST_CELL: usize = 32_000;

/// A value that fits a cell: a longer one ends in an ellipsis; its offsets tell where the whole stands.
fn in_cell(value: &str) -> Cow<'_, str> {
    match value.char_indices().nth(LONGEST_CELL).filter(|_| value.len() > LONGEST_CELL) {
        Some((end, _)) => Cow::Owned(format!("{}…", value.get(..end).unwrap_or(""))),
        None => Cow::Borrowed(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_CELL, Row, TableOptions, in_cell, write_csv, write_object};
    use crate::tables::cell::Quoted;

    row! {
        /// A row for this test.
        struct TestRow<'f> {
            /// Some text.
            text: &'f str,
            /// A number,
            /// in pieces.
            number: Option<f64>,
        }
    }

    row! {
        /// A row that quotes.
        struct QuotingRow<'f> {
            /// As printed.
            printed: Quoted<&'f str>,
            /// May be missing.
            entry: Option<&'f str>,
            /// Yes or no.
            flag: bool,
        }
    }

    #[test]
    fn article_text_is_left_out_where_asked_and_nothing_else() {
        let rows = || [QuotingRow { printed: Quoted("=words"), entry: Some("L-x"), flag: true }].into_iter();
        let written = |without_text| {
            let mut out = Vec::new();
            write_csv(rows(), TableOptions { without_text, ..TableOptions::default() }, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(false), "printed,entry,flag\n'=words,L-x,TRUE\n");
        assert_eq!(written(true), "printed,entry,flag\n,L-x,TRUE\n");
        let mut out = Vec::new();
        let row = QuotingRow { printed: Quoted("=words"), entry: None, flag: false };
        let options = TableOptions { without_text: true, ..TableOptions::default() };
        write_object(None, QuotingRow::COLUMNS, &row, options, &mut out).unwrap();
        assert_eq!(out, br#"{"printed":null,"entry":null,"flag":false}"#);
    }

    #[test]
    fn excel_gets_a_mark_and_its_line_ends() {
        let mut out = Vec::new();
        let options = TableOptions { excel: true, ..TableOptions::default() };
        write_csv([TestRow { text: "é", number: None }].into_iter(), options, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\u{FEFF}text,number\r\né,\r\n");
    }

    fn csv(rows: Vec<TestRow<'_>>, raw: bool) -> String {
        let mut out = Vec::new();
        write_csv(rows.into_iter(), TableOptions { raw, ..TableOptions::default() }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_cell_is_longer_than_a_spreadsheet_takes() {
        let long = "é".repeat(40_000);
        let cut = in_cell(&long);
        assert_eq!(cut.chars().count(), LONGEST_CELL + 1);
        assert!(cut.ends_with('…'));
        assert_eq!(in_cell("short"), "short");
    }

    #[test]
    fn json_lines_keep_types_and_text() {
        let mut out = Vec::new();
        let rows = [TestRow { text: "=1\n\"", number: Some(0.5) }, TestRow { text: "", number: None }];
        super::write_json_lines("test", rows.into_iter(), &mut out).unwrap();
        let lines: Vec<serde_json::Value> = String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines[0], serde_json::json!({"type": "test", "text": "=1\n\"", "number": 0.5}));
        assert_eq!(lines[1], serde_json::json!({"type": "test", "text": "", "number": null}));
    }

    #[test]
    fn header_always_and_formulas_guarded() {
        assert_eq!(csv(vec![], false), "text,number\n");
        let row = || TestRow { text: "=1+1", number: Some(-1.0) };
        assert_eq!(csv(vec![row()], false), "text,number\n'=1+1,-1.0000\n");
        assert_eq!(csv(vec![row()], true), "text,number\n=1+1,-1.0000\n");
        assert_eq!(TestRow::COLUMNS[1].meaning, " A number, in pieces.");
    }
}
