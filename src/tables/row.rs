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
    /// What that means: units, range, formula, when empty.
    pub meaning: &'static str,
}

/// A row of a table.
pub trait Row {
    /// Its columns, in order.
    const COLUMNS: &'static [Column];

    /// Calls `each` for every cell, in the order of the columns, with its value as written.
    fn cells(&self, each: &mut dyn FnMut(&str, Kind));
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
                meaning: concat!($($meaning),+),
            }),+];

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
}

/// Writes header and rows as CSV (UTF-8, comma, LF) and says how many rows.
///
/// # Errors
/// What the writer says; the writer is flushed.
pub fn write_csv<R: Row>(rows: impl Iterator<Item = R>, options: TableOptions, out: &mut dyn io::Write) -> io::Result<u64> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    csv.write_record(R::COLUMNS.iter().map(|column| column.name)).map_err(io::Error::other)?;
    let mut count = 0;
    for row in rows {
        let mut failed = Ok(());
        row.cells(&mut |value, kind| {
            if failed.is_ok() {
                let value = &*in_cell(value);
                failed = if kind == Kind::Text && !options.raw && is_formula(value) {
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

/// Writes rows as JSON lines: one object each with `type`, then the columns; what is empty is null.
///
/// # Errors
/// What the writer says; the writer is flushed.
pub fn write_json_lines<R: Row>(kind: &str, rows: impl Iterator<Item = R>, out: &mut dyn io::Write) -> io::Result<()> {
    use serde::Serializer;
    use serde_json::Value;

    for row in rows {
        let mut values = Vec::with_capacity(R::COLUMNS.len());
        row.cells(&mut |value, kind| {
            values.push(match kind {
                Kind::Text => Value::from(value),
                _ if value.is_empty() => Value::Null,
                Kind::Integer | Kind::Number => value.parse::<serde_json::Number>().map_or(Value::Null, Value::Number),
                Kind::Boolean => Value::from(value == "TRUE"),
                Kind::Key | Kind::Code | Kind::Date => Value::from(value),
            });
        });
        let tag = std::iter::once(("type", Value::from(kind)));
        let columns = R::COLUMNS.iter().map(|column| column.name).zip(values);
        serde_json::Serializer::new(&mut *out).collect_map(tag.chain(columns)).map_err(io::Error::other)?;
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
    use super::{LONGEST_CELL, Row, TableOptions, in_cell, write_csv};

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

    fn csv(rows: Vec<TestRow<'_>>, raw: bool) -> String {
        let mut out = Vec::new();
        write_csv(rows.into_iter(), TableOptions { raw }, &mut out).unwrap();
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
