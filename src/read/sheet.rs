//! The articles sheet: what people know of their files, one row a file.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::corpus::record::Skipped;
use crate::error::{ErrorKind, Position, Result};
use crate::text::formula::unguarded;

use super::columns::{Columns, Field, plain_name};

/// The name of a sheet that is found by itself.
pub const SHEET: &str = "articles.csv";

/// What a sheet says of one file; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// Line in the sheet.
    pub line: usize,
    /// Values by column name in lower case.
    pub fields: BTreeMap<String, String>,
}

impl SheetRow {
    /// The first filled one of these columns.
    #[must_use]
    pub fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().filter_map(|name| self.fields.get(*name)).map(|value| unguarded(value.trim())).find(|value| !value.is_empty())
    }
}

/// A sheet by the paths it names.
#[derive(Debug)]
pub struct Sheet {
    /// The file.
    pub path: PathBuf,
    /// Its rows, by path relative to its folder with forward slashes.
    pub rows: BTreeMap<String, SheetRow>,
    /// Rows that could not be used.
    pub skipped: Vec<Skipped>,
}

impl Sheet {
    /// Whether a file is a sheet, which speaks of other files: a table that holds the articles itself may have the same name.
    #[must_use]
    pub fn is_one(path: &Path) -> bool {
        let mut first = Vec::new();
        let read = std::fs::File::open(path).and_then(|file| BufReader::new(file.take(1 << 16)).read_until(b'\n', &mut first));
        let header: Vec<String> = String::from_utf8_lossy(&first)
            .split([',', ';', '\t', '"'])
            .map(|name| name.trim_start_matches('\u{FEFF}').to_owned())
            .collect();
        let names_paths = header.iter().any(|name| plain_name(name) == "path");
        let holds_text = Columns::default().locate(&header).is_ok_and(|found| found.iter().any(|(field, _)| *field == Field::Text));
        read.is_ok() && path.is_file() && (names_paths || !holds_text)
    }

    /// Reads a sheet: comma, semicolon or tab between the columns, a header with `path`, any other columns in any order.
    ///
    /// # Errors
    /// When it cannot be read, is not UTF-8, or has no column `path`.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|source| ErrorKind::Input { path: path.to_path_buf(), source })?;
        Self::of(path, &bytes)
    }

    /// Reads a sheet that is held whole; `path` is what messages call it.
    ///
    /// # Errors
    /// When it is not UTF-8, or has no column `path`.
    pub fn of(path: &Path, bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let fault = |line: usize, message: String, mend: &str| ErrorKind::Sheet {
            position: Position::line(path, line),
            message,
            mend: mend.into(),
        };
        if let Err(e) = std::str::from_utf8(bytes) {
            let line = bytes[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
            return Err(fault(line, "is not UTF-8".into(), "save the sheet as UTF-8 CSV").into());
        }
        let header =
            |delimiter: u8| csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes).headers().map(csv::StringRecord::len);
        let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|&c| (header(c).unwrap_or(0), c == b',')).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
        let header: Vec<String> = reader
            .headers()
            .map_err(|e| fault(1, format!("the header cannot be read ({e})"), "save the sheet as UTF-8 CSV"))?
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        let Some(path_column) = header.iter().position(|name| name == "path") else {
            let message = format!("no column \"path\" among {}", header.join(", "));
            return Err(fault(1, message, "the first line must name the columns; path,outlet is enough").into());
        };
        let mut sheet = Self { path: path.to_path_buf(), rows: BTreeMap::new(), skipped: Vec::new() };
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        for record in reader.byte_records() {
            let skip = |line: usize, reason: String, mend: &str, text: String| Skipped {
                path: name.clone(),
                line,
                column: 0,
                of_sheet: true,
                reason,
                mend: mend.into(),
                text,
            };
            let record = match record {
                Ok(record) => record,
                Err(e) => {
                    let line = e.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
                    sheet.skipped.push(skip(line, format!("row of the sheet cannot be read ({e})"), "mend the row", String::new()));
                    continue;
                }
            };
            let line = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
            let cells: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            let Some(file) = cells.get(path_column).map(|cell| key(cell)).filter(|file| !file.is_empty()) else {
                sheet.skipped.push(skip(
                    line,
                    "row of the sheet names no path".into(),
                    "fill the column path",
                    cells.join(",").chars().take(80).collect(),
                ));
                continue;
            };
            if file.contains('\n') || header.iter().zip(&cells).any(|(name, cell)| name == "outlet" && cell.contains('\n')) {
                let reason = "a path or outlet runs over several lines: a quotation mark opens here and is not closed".into();
                sheet.skipped.push(skip(line, reason, "close it, or take it out", cells.join(",").chars().take(80).collect()));
                continue;
            }
            let fields = header.iter().cloned().zip(cells).collect();
            if sheet.rows.insert(file.clone(), SheetRow { line, fields }).is_some() {
                sheet.skipped.push(skip(line, format!("the sheet names \"{file}\" twice; the later row counts"), "take one out", file));
            }
        }
        Ok(sheet)
    }
}

/// A path as sheets name it: forward slashes, no `./` in front.
#[must_use]
pub fn key(path: &str) -> String {
    path.trim().replace('\\', "/").trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    fn read(content: &str) -> crate::error::Result<Sheet> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("articles.csv");
        std::fs::write(&path, content).unwrap();
        Sheet::read(&path)
    }

    #[test]
    fn rows_by_path() {
        let sheet = read("\u{FEFF}outlet;path\nA Paper;.\\x\\1.txt\n;2.txt\nB;\n").unwrap();
        assert_eq!(sheet.rows["x/1.txt"].get(&["outlet"]), Some("A Paper"));
        assert_eq!(sheet.rows["2.txt"].get(&["outlet"]), None);
        assert_eq!((sheet.skipped.len(), sheet.skipped[0].line), (1, 4));
    }

    #[test]
    fn an_unclosed_quote_and_foreign_bytes_are_told() {
        let sheet = read("path,outlet\n1.txt,\"A\n2.txt,B\n").unwrap();
        assert!(sheet.rows.is_empty());
        assert!(sheet.skipped[0].reason.contains("not closed"), "{:?}", sheet.skipped);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("articles.csv");
        std::fs::write(&path, b"path,outlet\n1.txt,Caf\xe9\n").unwrap();
        assert!(Sheet::read(&path).unwrap_err().to_string().ends_with("articles.csv:2: is not UTF-8"));
    }

    #[test]
    fn a_sheet_needs_paths() {
        let message = read("file,outlet\na,b\n").unwrap_err().to_string();
        assert!(message.ends_with("articles.csv:1: no column \"path\" among file, outlet"), "{message}");
    }
}
