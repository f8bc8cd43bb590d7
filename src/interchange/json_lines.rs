//! `findings.jsonl`: every row of every table as an object a line, tagged with what it is.

use std::io::{self, Write};

use crate::analysis::findings::Findings;
use crate::tables::Table;
use crate::tables::row::{TableOptions, write_object};

/// What the rows of a table are called: its name in the singular.
#[must_use]
pub fn tag(table: &str) -> String {
    match (table.strip_suffix("ies"), table.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) if !stem.ends_with('s') => stem.to_owned(),
        _ => table.to_owned(),
    }
}

/// Writes all tables, one after the other. Values are as in `report.json`.
///
/// # Errors
/// What the writer says.
pub fn write(findings: &Findings<'_>, tables: &[&Table], options: TableOptions, out: &mut dyn Write) -> io::Result<()> {
    for table in tables {
        let tag = tag(table.name);
        (table.each)(findings, &mut |row| {
            write_object(Some(&tag), table.columns, row, options, out)?;
            out.write_all(b"\n")
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags() {
        let tags = ["articles", "stories", "hits", "lexicon", "removed", "keyness", "passage_members"].map(super::tag);
        assert_eq!(tags, ["article", "story", "hit", "lexicon", "removed", "keyness", "passage_member"]);
    }
}
