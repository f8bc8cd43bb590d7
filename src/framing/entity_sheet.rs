//! Entities as a user gives them: a sheet with the columns name, aliases and kind.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{ErrorKind, Position, Result};
use crate::text::formula::unguarded;

/// An entity as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Other forms of it.
    pub aliases: Vec<String>,
    /// What it is, in the user's own words; may be empty.
    pub kind: String,
}

impl Given {
    /// Its name and its other forms.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

const COLUMNS: [&str; 3] = ["name", "aliases", "kind"];

/// Reads a sheet in CSV with the header `name,aliases,kind` (in any order; `aliases` and `kind` may be missing), `|` between
/// several aliases. Rows without any value are passed over; rows of one name are one entity.
///
/// # Errors
/// [`ErrorKind::Entities`] with file and line: no column `name`, an unknown column, a row without a name, a form that two rows
/// have, or no row at all.
pub fn parse(path: &Path, content: &str) -> Result<Vec<Given>> {
    let fault = |line: usize, message: String| ErrorKind::Entities { position: Position::line(path, line), message };
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(content.as_bytes());
    let at = |position: Option<&csv::Position>| position.map_or(1, |p| usize::try_from(p.line()).unwrap_or(0));
    let header = reader.headers().map_err(|e| fault(at(e.position()), e.to_string()))?.clone();
    let mut columns = Vec::with_capacity(header.len());
    for found in &header {
        let known = COLUMNS.iter().position(|column| found.trim().eq_ignore_ascii_case(column));
        columns
            .push(known.ok_or_else(|| fault(1, format!("unknown column \"{}\"; the columns are {}", found.trim(), COLUMNS.join(", "))))?);
    }
    if !columns.contains(&0) {
        return Err(fault(1, "has no column \"name\" in its first line".to_owned()).into());
    }
    let mut out: Vec<Given> = Vec::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(|e| fault(at(e.position()), e.to_string()))?;
        let line = at(row.position());
        if row.len() > columns.len() {
            return Err(
                fault(line, format!("{} cells, but the header has {}; quote cells that hold a comma", row.len(), columns.len())).into()
            );
        }
        let cell = |wanted: usize| {
            let found = columns.iter().zip(&row).find(|(column, _)| **column == wanted);
            found.map_or("", |(_, cell)| unguarded(cell.trim()))
        };
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let name = cell(0).to_owned();
        if !name.contains(char::is_alphanumeric) {
            return Err(fault(line, "names nobody: the cell of column \"name\" holds no word".to_owned()).into());
        }
        let aliases: Vec<String> = cell(1).split('|').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect();
        let given = Given { name, aliases, kind: cell(2).to_owned() };
        for form in given.forms() {
            match owners.insert(form.to_lowercase(), given.name.clone()) {
                Some(other) if other != given.name => {
                    return Err(fault(line, format!("\"{form}\" is a form of \"{other}\" as well")).into());
                }
                _ => {}
            }
        }
        // Two rows of one name are one entity: its key is made from the name.
        match out.iter_mut().find(|known| known.name == given.name) {
            Some(known) => {
                known.aliases.extend(given.aliases);
                if known.kind.is_empty() {
                    known.kind = given.kind;
                }
            }
            None => out.push(given),
        }
    }
    if out.is_empty() { Err(fault(1, "holds no entity".to_owned()).into()) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Given, parse};

    fn message(content: &str) -> String {
        parse(Path::new("e.csv"), content).map_or_else(|e| e.to_string(), |found| format!("{found:?}"))
    }

    #[test]
    fn a_sheet_is_read() {
        let found = parse(Path::new("e.csv"), "\u{feff}Name,aliases,kind\nHezbollah,Hizbullah | Party of God,group\n,,\nIraq,,\n").unwrap();
        let given = |name: &str, aliases: &[&str], kind: &str| Given {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
            kind: kind.to_owned(),
        };
        assert_eq!(found, [given("Hezbollah", &["Hizbullah", "Party of God"], "group"), given("Iraq", &[], "")]);
        let twice = parse(Path::new("e.csv"), "name,aliases,kind\nHezbollah,Hizbullah,\nHezbollah,Party of God,group\n").unwrap();
        assert_eq!(twice, [given("Hezbollah", &["Hizbullah", "Party of God"], "group")]);
    }

    #[test]
    fn faults_name_file_and_line() {
        for (content, expected) in [
            ("", "e.csv:1: has no column \"name\" in its first line"),
            ("Hezbollah,Iraq\n", "e.csv:1: unknown column \"Hezbollah\"; the columns are name, aliases, kind"),
            ("aliases\nx\n", "e.csv:1: has no column \"name\" in its first line"),
            ("name\n", "e.csv:1: holds no entity"),
            ("name,aliases\nA,B\n-,C\n", "e.csv:3: names nobody: the cell of column \"name\" holds no word"),
            ("name,aliases\nAda,Lind\nRoe,lind\n", "e.csv:3: \"lind\" is a form of \"Ada\" as well"),
            ("name,aliases\nRoe,a,b\n", "e.csv:2: 3 cells, but the header has 2; quote cells that hold a comma"),
        ] {
            assert_eq!(message(content), expected);
        }
    }
}
