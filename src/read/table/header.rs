//! The head of a table: its delimiter, its columns, and what stands before it.

use crate::corpus::record::{DateBasis, OutletBasis};
use crate::read::characters::Characters;
use crate::read::columns::Field;
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::duplicate::Mark;
use crate::read::extent::{settled, without_outlet};
use crate::read::format::Source;
use crate::read::limits::Limits;
use crate::read::table::literal;
use crate::read::table::row::{Cell, Dialect, Found, Rule, fits, is_blank, row};
use crate::read::window::Window;
use crate::text::count::plural;

/// What parts cells, the likeliest first.
const DELIMITERS: [u8; 5] = [b',', b'\t', b';', b'|', b' '];

/// Parts nothing: for tables of one column, whose cells may hold any of the others.
const NO_DELIMITER: u8 = 0x1F;

/// Rows that may stand before the names of the columns: what was searched for, when, by whom.
const ROWS_BEFORE: usize = 20;

/// Bytes that are held at least when a header is looked for, if the file has them.
const HEADER: usize = 1 << 16;

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Header {
    /// What parts its cells and rows.
    pub(super) dialect: Dialect,
    /// Number of columns.
    pub(super) width: usize,
    /// The last column that no row may lack.
    pub(super) last_needed: usize,
    fields: Vec<(Field, usize)>,
    /// Columns that may hold the text where the first of its columns does not.
    other_texts: Vec<usize>,
    names: Vec<String>,
    marks: Vec<(Mark, usize)>,
}

/// Reads the header and passes it; `None` for a file without a row, which is told.
pub(super) fn header(
    window: &mut Window<'_>,
    source: &Source<'_>,
    characters: &mut Characters,
    sink: &mut dyn Sink,
) -> Result<Option<Header>, Refused> {
    let first_end = memchr::memchr2(b'\n', b'\r', window.bytes());
    let cr = first_end.filter(|&at| window.bytes().get(at) == Some(&b'\r') && window.bytes().get(at + 1) != Some(&b'\n'));
    let line_end = if cr.is_some() { b'\r' } else { b'\n' };
    window.set_line_end(line_end);
    let declared = declared_delimiter(window);
    let mut before: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut best: Option<(usize, Vec<String>)> = None;
    let mut is_too_wide = false;
    while before.len() < ROWS_BEFORE {
        if window.bytes().len() < HEADER {
            window.more();
        }
        let bytes = window.bytes();
        if bytes.is_empty() {
            break;
        }
        let candidates = declared.as_slice().iter().chain(DELIMITERS.iter().filter(|_| declared.is_none()));
        let mut read: Vec<(usize, usize, Vec<String>, u8)> = Vec::new();
        for &delimiter in candidates {
            let mut cells = Vec::new();
            let dialect = Dialect { delimiter, line_end, mark: b'"' };
            let end = match row(bytes, window.ended(), dialect, Rule::Strict, source.limits.columns, &mut cells) {
                Found::Row { end, .. } => end,
                found => {
                    is_too_wide |= found == Found::TooMany && before.is_empty();
                    continue;
                }
            };
            if is_blank(&cells, bytes.get(..end).unwrap_or_default()) && cells.len() == 1 {
                read.clear();
                read.push((end, 0, Vec::new(), delimiter));
                break;
            }
            let names: Vec<String> = cells
                .iter()
                .map(|cell| {
                    characters
                        .of(&cell.bytes(bytes, dialect.mark, Rule::Strict), window.line())
                        .trim()
                        .trim_start_matches('\u{FEFF}')
                        .to_owned()
                })
                .collect();
            let known = source.columns.locate(&names).map_or(0, |found| found.len());
            // Blanks stand in prose as well: they part names where nothing else does and each is known.
            let is_prose = delimiter == b' ' && (known < names.len().max(3) || read.iter().any(|(_, known, ..)| *known > 0));
            if !is_prose || declared.is_some() {
                read.push((end, known, names, delimiter));
            }
        }
        // The delimiter that yields the most known names, then the most cells; the likelier of two alike.
        let Some((end, known, names, delimiter)) = read.into_iter().reduce(|a, b| if (b.1, b.2.len()) > (a.1, a.2.len()) { b } else { a })
        else {
            let line = window.line();
            let start = window.bytes().get(..240).unwrap_or(window.bytes());
            return Err(Refused { line: 0, ..no_header(&[]).at(line, 0, start) });
        };
        if names.is_empty() {
            window.pass(end);
            continue;
        }
        let delimiter = if names.len() == 1 && declared.is_none() { NO_DELIMITER } else { delimiter };
        match Header::new(Dialect { delimiter, line_end, mark: b'"' }, names.clone(), known, source) {
            Ok(mut header) => {
                for (line, found) in before {
                    let refused = Refused::whole("stands before the names of the columns", "nothing needs to be done if it is no article");
                    sink.refuse(refused.at(line, 0, &found));
                }
                window.pass(end);
                header.dialect.mark = mark(window, &header, source.limits);
                return Ok(Some(header));
            }
            Err(_) => {
                if best.as_ref().is_none_or(|best| known > best.0) {
                    best = Some((known, names));
                }
                before.push((window.line(), window.bytes().get(..end.min(240)).unwrap_or_default().to_vec()));
                window.pass(end);
            }
        }
    }
    if is_too_wide {
        return Err(too_wide(source.limits.columns));
    }
    match best {
        Some((known, names)) => {
            Err(Header::new(Dialect { delimiter: b',', line_end, mark: b'"' }, names, known, source).err().unwrap_or_default())
        }
        None => Err(Refused::whole("is empty: it has no row", "give a table with the names of its columns in the first row")),
    }
}

/// The delimiter that Excel's first line `sep=;` declares.
fn declared_delimiter(window: &mut Window<'_>) -> Option<u8> {
    let line_end = window.line_end();
    let end = memchr::memchr(line_end, window.bytes())?;
    let line = window.bytes().get(..end)?.trim_ascii_end();
    let line = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    // A tab at the end of the line is no blank here.
    let delimiter = match line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).map(|_| line.get(4..)) {
        Some(Some([one])) => *one,
        Some(Some([]) | None) => b'\t',
        _ => return None,
    };
    window.pass(end + 1);
    Some(delimiter)
}

/// What stands around cells: `'` where it makes a whole row of the one below the header, which `"` does not.
fn mark(window: &mut Window<'_>, header: &Header, limits: &Limits) -> u8 {
    if window.bytes().len() < HEADER {
        window.more();
    }
    let bytes = window.bytes();
    if bytes.first() != Some(&b'\'') {
        return b'"';
    }
    let makes_a_row = |mark: u8| {
        let (dialect, mut cells) = (Dialect { mark, ..header.dialect }, Vec::new());
        let found = row(bytes, window.ended(), dialect, Rule::Strict, limits.columns, &mut cells);
        // Each cell that is not empty stands between marks.
        let around = |cell: &Cell| cell.start.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&mark);
        matches!(found, Found::Row { .. }) && fits(&cells, header.width) && cells.iter().all(|cell| cell.is_empty() || around(cell))
    };
    if makes_a_row(b'\'') { b'\'' } else { b'"' }
}

/// A row of more cells than a table may have.
pub(super) fn too_wide(most: usize) -> Refused {
    let reason = format!("the row has more than {}, the bound on one table", plural(most, "cell"));
    Refused::whole(reason, "check its delimiter, or raise the bound with --limit columns=N")
}

fn no_header(names: &[String]) -> Refused {
    Refused::whole(
        format!("has no row of names that are known (its first row is: {})", shown(names)),
        "name the columns in the first row (outlet, title, date, url, text), or say which is which with --columns text=NAME",
    )
}

/// Names of columns for a message.
fn shown(names: &[String]) -> String {
    let mut out: Vec<String> = names.iter().take(12).map(|name| name.chars().take(40).collect()).collect();
    if names.len() > 12 {
        out.push(format!("and {} more", names.len() - 12));
    }
    if out.is_empty() { "none".into() } else { out.join(", ") }
}

impl Header {
    fn new(dialect: Dialect, names: Vec<String>, known: usize, source: &Source<'_>) -> Result<Self, Refused> {
        let fields = source.columns.locate(&names).map_err(|wanted| {
            Refused::whole(
                format!("has no column \"{wanted}\", which --columns names (columns are {})", shown(&names)),
                "give a name of its first row, or the number of the column",
            )
        })?;
        let at = |field: Field| fields.iter().find(|(of, _)| *of == field).map(|(_, at)| *at);
        let kept = at(Field::Text).or(at(Field::Summary)).or(at(Field::Title));
        // A row of prose may hold one word that is a name; a table that is only a column of texts has one name in all.
        let is_table = source.columns.declared(Field::Text).is_some() || known > 1 || names.len() == 1;
        let Some(kept) = kept.filter(|_| is_table) else {
            if known < 2 {
                return Err(no_header(&names));
            }
            return Err(Refused::whole(
                format!("no column holds the text (columns are {})", shown(&names)),
                "say which one does: --columns text=NAME",
            ));
        };
        let needed = [Field::Id, Field::Outlet, Field::Title, Field::PublishedAt, Field::Url].into_iter().filter_map(at);
        let marks = Mark::located(&names);
        let last_needed = needed.fold(kept, usize::max);
        let other_texts = source.columns.other_texts(&names, &fields);
        let named = names.iter().rposition(|name| !name.is_empty()).map_or(names.len(), |last| last + 1);
        Ok(Self { dialect, width: named, last_needed, fields, other_texts, names, marks })
    }

    /// Whether a row holds the names of the columns once more, as where files were put together.
    pub(super) fn is_repeated(&self, row: &[u8], cells: &[Cell], rule: Rule) -> bool {
        let same = |(name, cell): (&String, &Cell)| {
            let cell = cell.bytes(row, self.dialect.mark, rule);
            cell.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&cell).trim_ascii() == name.as_bytes()
        };
        cells.len() >= self.names.len() && self.names.iter().zip(cells).all(same)
    }

    /// What is said of a row with another number of cells.
    pub(super) fn ragged(&self, cells: usize) -> Refused {
        Refused::whole(
            format!("the row has {}, the header {}", plural(cells, "cell"), self.width),
            "put cells that hold the delimiter or a line end between quotation marks",
        )
    }

    /// The name of a column that is not read and holds prose in a row: many words.
    pub(super) fn unread_prose(&self, row: &[u8], cells: &[Cell]) -> Option<&str> {
        const WORDS: usize = 40;
        let is_prose = |cell: &Cell| {
            let blanks = row.get(cell.start..cell.end).unwrap_or_default().split(u8::is_ascii_whitespace);
            blanks.filter(|word| !word.is_empty()).take(WORDS).count() == WORDS
        };
        let is_read = |at: usize| self.fields.iter().any(|(_, read)| *read == at);
        let found =
            cells.iter().zip(&self.names).enumerate().find(|(at, (cell, name))| !name.is_empty() && !is_read(*at) && is_prose(cell));
        found.map(|(_, (_, name))| name.as_str())
    }

    /// The article of a row.
    pub(super) fn draft(
        &self,
        row: &[u8],
        cells: &[Cell],
        rule: Rule,
        line: usize,
        limits: &Limits,
        characters: &mut Characters,
    ) -> Result<Draft, Refused> {
        let mut draft = Draft { line, ..Draft::default() };
        let mut summary = String::new();
        let text = self.fields.iter().find(|(field, _)| *field == Field::Text).map(|(_, at)| *at);
        let filled = |at: &usize| {
            cells.get(*at).is_some_and(|cell| !is_nothing(&String::from_utf8_lossy(&cell.bytes(row, self.dialect.mark, rule))))
        };
        let filled_text = text.filter(|at| !filled(at)).and_then(|_| self.other_texts.iter().copied().find(filled)).or(text);
        for &(field, at) in &self.fields {
            let at = if field == Field::Text { filled_text.unwrap_or(at) } else { at };
            let Some(cell) = cells.get(at) else { continue };
            if cell.end - cell.start > limits.field {
                let what = format!("the cell of \"{}\"", self.names.get(at).map_or("", String::as_str));
                return Err(Refused::too_long(&what, "field", limits.field));
            }
            let value = cell.bytes(row, self.dialect.mark, rule);
            let value = characters.of(&value, line);
            if field != Field::Text && is_nothing(&value) {
                continue;
            }
            match field {
                Field::Text => draft.text = value.into_owned(),
                Field::Summary => summary = value.into_owned(),
                Field::Outlet | Field::Byline => draft.set(field, literal::worded(value.trim())),
                field => draft.set(field, value.trim().to_owned()),
            }
        }
        if !draft.outlet.is_empty() {
            draft.outlet_basis = OutletBasis::Field;
            draft.title = without_outlet(&draft.title, &draft.outlet).to_owned();
        }
        if !draft.published_at.is_empty() {
            draft.date_basis = DateBasis::Field;
        }
        for (mark, at) in &self.marks {
            let Some(cell) = cells.get(*at) else { continue };
            let value = characters.of(&cell.bytes(row, self.dialect.mark, rule), line).into_owned();
            if draft.duplicate_mark.is_empty() && !is_nothing(&value) {
                draft.duplicate_mark = mark.told(value.trim()).unwrap_or_default();
            }
        }
        settled(draft, summary).ok_or_else(|| {
            Refused::whole(
                "the row has neither text nor title",
                "fill the cell of the text, or say which column holds it: --columns text=NAME",
            )
        })
    }
}

/// Whether a cell says that there is nothing: as data frames write it.
fn is_nothing(value: &str) -> bool {
    matches!(value.trim(), "" | "nan" | "NaN" | "None" | "null" | "NULL" | "NA" | "N/A")
}
