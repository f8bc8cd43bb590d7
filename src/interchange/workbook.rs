//! `tables.xlsx`: all tables as typed cells, for those who work in a spreadsheet. Text is text there, never a formula.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::analysis::findings::Findings;
use crate::tables::Table;
use crate::tables::cell::Kind;
use crate::tables::row::TableOptions;

use super::datapackage::meaning;

/// Rows of a sheet, its header among them.
const ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell that are kept. A cell holds 32,767 of them.
const UNITS: usize = 32_000;
/// Characters of a sheet's name.
const NAME: usize = 31;

/// Writes one sheet a table, behind one that explains tables and columns and says what was cut.
///
/// # Errors
/// When temporary files cannot be written.
pub fn workbook(findings: &Findings<'_>, tables: &[&Table], options: TableOptions) -> io::Result<Vec<u8>> {
    make(findings, tables, options).map_err(io::Error::other)
}

fn make(findings: &Findings<'_>, tables: &[&Table], options: TableOptions) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Two runs give the same bytes: no clock.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("Retold").set_creation_datetime(&epoch));
    let bold = Format::new().set_bold();
    book.add_worksheet_with_constant_memory()?.set_name("columns")?.set_freeze_panes(1, 0)?;
    let mut cuts = Vec::new();
    for table in tables {
        let sheet = book.add_worksheet_with_constant_memory()?;
        let name: String = table.name.chars().take(NAME).collect();
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        cuts.push(fill(sheet, findings, table, options, &bold)?);
    }
    explain(book.worksheet_from_name("columns")?, tables, &cuts, &bold)?;
    book.save_to_buffer()
}

/// What a sheet does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cut {
    /// Rows that it has no room for.
    rows: u64,
    /// Cells that end early.
    cells: u64,
}

fn fill(sheet: &mut Worksheet, findings: &Findings<'_>, table: &Table, options: TableOptions, bold: &Format) -> Result<Cut, XlsxError> {
    for (column, at) in table.columns.iter().zip(0..) {
        sheet.write_string_with_format(0, at, column.name, bold)?;
    }
    let (mut row, mut cut, mut failed) = (0, Cut::default(), None);
    let written = (table.each)(findings, &mut |cells| {
        if row + 1 >= ROWS {
            cut.rows += 1;
            return Ok(());
        }
        row += 1;
        let mut at = 0;
        cells.cells(&mut |value, kind| {
            let column = at;
            at += 1;
            let value = options.shown(value, kind);
            if value.is_empty() || failed.is_some() {
                return;
            }
            let typed = match kind {
                Kind::Integer | Kind::Number => value.parse::<f64>().ok().map(|number| sheet.write_number(row, column, number).map(drop)),
                Kind::Boolean => Some(sheet.write_boolean(row, column, value == "TRUE").map(drop)),
                Kind::Text | Kind::Quoted | Kind::Key | Kind::Code | Kind::Date => None,
            };
            failed = typed
                .unwrap_or_else(|| {
                    let (text, whole) = in_cell(value);
                    cut.cells += u64::from(!whole);
                    sheet.write_string(row, column, text).map(drop)
                })
                .err();
        });
        failed.take().map_or(Ok(()), |failed| Err(io::Error::other(failed)))
    });
    written.map(|()| cut).map_err(XlsxError::IoError)
}

fn explain(sheet: &mut Worksheet, tables: &[&Table], cuts: &[Cut], bold: &Format) -> Result<(), XlsxError> {
    for (name, at) in ["table", "column", "kind", "meaning"].into_iter().zip(0..) {
        sheet.write_string_with_format(0, at, name, bold)?;
    }
    let mut row = 0;
    let mut line = |cells: [&str; 4]| {
        row += 1;
        cells.into_iter().zip(0..).try_for_each(|(cell, at)| sheet.write_string(row, at, cell).map(drop))
    };
    for (table, cut) in tables.iter().zip(cuts) {
        line([table.name, "", "", &format!("A row is {}.{}", table.about, told(table, *cut))])?;
        for column in table.columns {
            line([table.name, column.name, column.kind.as_str(), &meaning(column)])?;
        }
    }
    Ok(())
}

/// What was cut, and where the whole is.
fn told(table: &Table, cut: Cut) -> String {
    let rows = (cut.rows > 0).then(|| format!("{} rows have no room in a sheet", cut.rows));
    let cells = (cut.cells > 0).then(|| format!("{} cells are cut and end in …", cut.cells));
    let parts: Vec<String> = rows.into_iter().chain(cells).collect();
    if parts.is_empty() { String::new() } else { format!(" {}: tables/{}.csv has more.", parts.join("; "), table.name) }
}

/// A text as it fits a cell, with nothing in it that XML does not have, and whether it is whole.
fn in_cell(text: &str) -> (String, bool) {
    let mut units = 0;
    let mut out = String::with_capacity(text.len().min(4 * UNITS));
    for c in text.chars() {
        units += c.len_utf16();
        if units > UNITS {
            out.push('…');
            return (out, false);
        }
        let forbidden = (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
        out.push(if forbidden { '\u{FFFD}' } else { c });
    }
    (out, true)
}

#[cfg(test)]
mod tests {
    use super::{UNITS, in_cell};

    #[test]
    fn cells_hold_so_many_units_of_utf_16() {
        assert_eq!(in_cell("=1\u{0}"), ("=1\u{FFFD}".to_owned(), true));
        let (cut, whole) = in_cell(&"😀".repeat(UNITS));
        assert!(!whole && cut.ends_with('…') && cut.chars().count() == UNITS / 2 + 1);
        assert!(in_cell(&"e".repeat(UNITS)).1);
    }
}
