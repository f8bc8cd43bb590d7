//! Sheets as they come back: filled in by hand, saved by whatever spreadsheet, read or refused row by row.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{ErrorKind, Position, Result};
use crate::lexicon::sheet::delimiter;
use crate::text::formula::unguarded;

/// What one row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub(super) passage_id: String,
    pub(super) passage: String,
    pub(super) text: String,
    pub(super) sentence: String,
    /// As written; empty where nothing was.
    pub(super) words: String,
    pub(super) loaded: Option<&'static str>,
    pub(super) voice: Option<&'static str>,
    pub(super) attribute: Option<&'static str>,
}

/// A sheet: its rows in order of the file, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What the sheet is called.
    pub name: String,
    pub(super) order: Vec<String>,
    pub(super) rows: BTreeMap<String, Answer>,
    /// Cells that hold no answer that can be read, a line each.
    pub unread: Vec<String>,
}

const YES: [&str; 8] = ["yes", "y", "x", "true", "1", "ja", "oui", "si"];
const NO: [&str; 7] = ["no", "n", "false", "0", "nein", "non", "nee"];
const VOICES: [(&str, &[&str]); 3] = [
    ("own", &["own", "narrator", "outlet", "o"]),
    ("reported", &["reported", "indirect", "r"]),
    ("quoted", &["quoted", "direct", "quote", "q"]),
];

impl Filled {
    /// Reads a sheet: commas, semicolons or tabs, in UTF-8 or as older spreadsheets save it.
    ///
    /// # Errors
    /// When it is no such sheet, or a row stands twice.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self> {
        let fault = |line: usize, message: String| ErrorKind::Answers { position: Position::line(path, line), message };
        let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
        let content = match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0,
        };
        let mut csv = csv::ReaderBuilder::new().delimiter(delimiter(&content)).flexible(true).from_reader(content.as_bytes());
        let columns: Vec<String> = csv.headers().map_err(|e| fault(1, e.to_string()))?.iter().map(|c| c.trim().to_lowercase()).collect();
        if !["task_id", "passage_id"].iter().all(|wanted| columns.iter().any(|column| column == wanted)) {
            return Err(fault(1, "has no columns task_id and passage_id: it is no sheet of a worksheet".to_owned()).into());
        }
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut filled = Self { name, ..Self::default() };
        for record in csv.records() {
            let line = |position: Option<&csv::Position>| position.map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
            let record = record.map_err(|e| fault(line(e.position()), e.to_string()))?;
            let cell = |column: &str| {
                let at = columns.iter().position(|known| known == column);
                unguarded(at.and_then(|at| record.get(at)).unwrap_or_default()).trim().to_owned()
            };
            let task_id = cell("task_id");
            if task_id.is_empty() {
                continue;
            }
            let mut unread = |column: &str, value: Option<&'static str>, wanted: &str| {
                if value.is_none() && !cell(column).is_empty() {
                    filled.unread.push(format!("{task_id}: {column} is \"{}\", and {wanted} is read", cell(column)));
                }
                value
            };
            let answer = Answer {
                passage_id: cell("passage_id"),
                passage: cell("passage"),
                text: cell("text"),
                sentence: cell("sentence"),
                words: cell("words"),
                loaded: unread("loaded", yes_or_no(&cell("loaded")), "yes or no"),
                voice: unread("voice", voice(&cell("voice")), "own, reported or quoted"),
                attribute: unread("attribute", yes_or_no(&cell("attribute")), "yes or no"),
            };
            if filled.rows.insert(task_id.clone(), answer).is_some() {
                return Err(fault(line(record.position()), format!("task_id {task_id} stands twice")).into());
            }
            filled.order.push(task_id);
        }
        Ok(filled)
    }

    /// Whether every row belongs to a key.
    ///
    /// # Errors
    /// Names the first row that does not.
    pub fn belongs_to(&self, key: &Self, path: &Path) -> Result<()> {
        let stranger = self.order.iter().find(|id| key.rows.get(*id).is_none_or(|known| known.passage_id != self.rows[*id].passage_id));
        stranger.map_or(Ok(()), |id| {
            let message = format!("{id} is no row of this key: the sheet belongs to another worksheet");
            Err(ErrorKind::Answers { position: Position::file(path), message }.into())
        })
    }
}

fn yes_or_no(cell: &str) -> Option<&'static str> {
    let cell = cell.to_lowercase();
    match () {
        () if YES.contains(&cell.as_str()) => Some("yes"),
        () if NO.contains(&cell.as_str()) => Some("no"),
        () => None,
    }
}

fn voice(cell: &str) -> Option<&'static str> {
    let cell = cell.to_lowercase();
    VOICES.iter().find(|(_, written)| written.contains(&cell.as_str())).map(|(voice, _)| *voice)
}

/// Words as they are compared: without case, marks and spaces between; nothing for a dash.
pub(super) fn compared(words: &str) -> String {
    let folded: String = words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(folded.as_str(), "nothing" | "none") { String::new() } else { folded }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Filled, compared};

    fn read(content: &[u8]) -> Filled {
        Filled::read(Path::new("anna.csv"), content).unwrap()
    }

    #[test]
    fn sheets_come_back_as_spreadsheets_save_them() {
        let plain = read(b"task_id,passage_id,words,loaded,voice,attribute\np1-1-t1,pabc,agitators,yes,own,no\n");
        assert_eq!(
            (plain.rows["p1-1-t1"].loaded, plain.rows["p1-1-t1"].voice, plain.rows["p1-1-t1"].attribute),
            (Some("yes"), Some("own"), Some("no"))
        );
        for other in [
            &b"\xEF\xBB\xBFtask_id;passage_id;words;loaded;voice;attribute\r\np1-1-t1;pabc;agitators;X;OWN;Nein\r\n;;;;;\r\n"[..],
            b"task_id\tpassage_id\twords\tloaded\tvoice\tattribute\np1-1-t1\tpabc\tagitators\t1\tnarrator\tFALSE\n",
        ] {
            assert_eq!(read(other).rows, plain.rows);
        }
        // Windows-1252.
        assert_eq!(read(b"task_id,passage_id,words\np1-1-t1,pabc,caf\xE9s\n").rows["p1-1-t1"].words, "cafés");
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let sheet = read(b"task_id,passage_id,loaded,voice\np1-1-t1,pabc,maybe,\n");
        assert_eq!((sheet.rows["p1-1-t1"].loaded, sheet.rows["p1-1-t1"].voice), (None, None));
        assert_eq!(sheet.unread, ["p1-1-t1: loaded is \"maybe\", and yes or no is read"]);
        for wrong in [&b"a,b\n1,2\n"[..], b"", b"task_id,passage_id\np1,pabc\np1,pabc\n"] {
            assert_eq!(Filled::read(Path::new("x.csv"), wrong).unwrap_err().code(), "E027");
        }
    }

    #[test]
    fn a_sheet_of_another_worksheet_is_refused() {
        let key = read(b"task_id,passage_id\np1-1-t1,pabc\n");
        assert!(read(b"task_id,passage_id\np1-1-t1,pabc\n").belongs_to(&key, Path::new("a")).is_ok());
        for other in [&b"task_id,passage_id\np1-1-t1,pxyz\n"[..], b"task_id,passage_id\np9-1-t1,pabc\n"] {
            assert_eq!(read(other).belongs_to(&key, Path::new("a")).unwrap_err().code(), "E027");
        }
    }

    #[test]
    fn words_are_compared_by_what_they_say() {
        assert_eq!(compared("“The  Agitators,”"), compared("the agitators"));
        assert_eq!([compared("–"), compared("nothing"), compared("(none)")], ["", "", ""]);
        assert_ne!(compared("agitator"), compared("agitators"));
    }
}
