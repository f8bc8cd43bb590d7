//! `report.json`: all rows in one document, passages with their members and slots inside. Streamed, never held whole.

use std::io::{self, Write};
use std::iter::Peekable;

use serde_json::Value;

use crate::analysis::findings::Findings;
use crate::id::Key;
use crate::tables::passage_members::{PassageMemberRow, rows as member_rows};
use crate::tables::passages::{PassageRow, rows as passage_rows};
use crate::tables::row::{Row, TableOptions, write_object, write_open_object};
use crate::tables::substitutions::{SubstitutionRow, rows as substitution_rows};
use crate::tables::{Table, When};

/// Form of the document: raised when something that is there changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// Most articles whose document is written without being asked for.
pub const UNASKED_ARTICLES: usize = 5_000;

/// What a document says besides the rows.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// Settings of the run and the list used; no clock.
    pub run: &'a Value,
    /// What was odd: code, message, how to mend it.
    pub warnings: &'a [[String; 3]],
}

/// Whether a table stands at the top of the document; the others stand inside the passages, or in a file of their own.
pub(super) fn stands_at_top(table: &Table) -> bool {
    !matches!(table.name, "passage_members" | "substitutions") && table.when != When::WithTexts
}

/// Writes the document.
///
/// # Errors
/// What the writer says.
pub fn write(findings: &Findings<'_>, tables: &[&Table], options: TableOptions, frame: &Frame<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\n\"tool\":{{\"name\":\"retold\",\"version\":")?;
    serde_json::to_writer(&mut *out, frame.version)?;
    out.write_all(b"},\n\"run\":")?;
    serde_json::to_writer(&mut *out, frame.run)?;
    for table in tables.iter().filter(|table| stands_at_top(table)) {
        write!(out, ",\n\"{}\":", table.name)?;
        if table.name == "passages" {
            passages(findings, options, out)?;
            continue;
        }
        let mut list = List::default();
        (table.each)(findings, &mut |row| {
            list.next(out)?;
            write_object(None, table.columns, row, options, out)
        })?;
        list.end(out)?;
    }
    out.write_all(b",\n\"warnings\":")?;
    let mut list = List::default();
    for [code, message, help] in frame.warnings {
        list.next(out)?;
        serde_json::to_writer(&mut *out, &serde_json::json!({ "code": code, "message": message, "help": help }))?;
    }
    list.end(out)?;
    out.write_all(b"}\n")
}

/// The passages with what belongs to each. All three tables are in the order of passages.
fn passages(findings: &Findings<'_>, options: TableOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut members = member_rows(findings).peekable();
    let mut differences = substitution_rows(findings).peekable();
    let mut list = List::default();
    for passage in passage_rows(findings) {
        list.next(out)?;
        write_open_object(None, PassageRow::COLUMNS, &passage, options, out)?;
        out.write_all(b",\"members\":")?;
        let mut of_passage = List::default();
        while let Some(member) = members.next_if(|member| member.passage_id == passage.passage_id) {
            of_passage.next(out)?;
            write_object(None, PassageMemberRow::COLUMNS, &member, options, out)?;
        }
        of_passage.end(out)?;
        out.write_all(b",\"slots\":")?;
        slots(&mut differences, passage.passage_id, options, out)?;
        out.write_all(b"}")?;
    }
    list.end(out)
}

/// The slots of one passage in which two outlets differ, each with its pairs of readings.
fn slots<'f>(
    rows: &mut Peekable<impl Iterator<Item = SubstitutionRow<'f>>>,
    passage: Key,
    options: TableOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut slots = List::default();
    while let Some(slot) = rows.peek().filter(|row| row.passage_id == passage).map(|row| row.slot) {
        slots.next(out)?;
        write!(out, "{{\"slot\":{slot},\"substitutions\":")?;
        let mut of_slot = List::default();
        while let Some(row) = rows.next_if(|row| row.passage_id == passage && row.slot == slot) {
            of_slot.next(out)?;
            write_object(None, SubstitutionRow::COLUMNS, &row, options, out)?;
        }
        of_slot.end(out)?;
        out.write_all(b"}")?;
    }
    slots.end(out)
}

/// A list in the making, an item a line.
#[derive(Default)]
struct List {
    begun: bool,
}

impl List {
    fn next(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"[\n" })
    }

    fn end(self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"]" } else { b"[]" })
    }
}
