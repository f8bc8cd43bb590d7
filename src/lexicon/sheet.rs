//! Lexicons as spreadsheets: one entry a row, the same entries as in TOML.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{ErrorKind, Position, Result};
use crate::text::formula::{guarded, unguarded};

use super::draft::Draft;
use super::entry::{Case, Category, Entry, Level, MatchKind, Neutral, PartOfSpeech, VoiceRule};
use super::guard::words_of;
use super::load::{Builder, Lexicon};

/// The columns, in the order they are written. Only `term` must be there when a sheet is read.
pub const COLUMNS: [&str; 30] = [
    "id",
    "term",
    "match",
    "category",
    "strength",
    "neutral",
    "unless",
    "voice",
    "level",
    "why",
    "hit",
    "miss",
    "sources",
    "dissent",
    "status",
    "by",
    "date",
    "label",
    "domain",
    "pair",
    "leans",
    "not_next",
    "next",
    "not_prev",
    "prev",
    "near",
    "cap",
    "pos",
    "category_title",
    "category_about",
];

/// Names that people give the same columns.
const ALIASES: [(&str, &str); 7] = [
    ("kind", "match"),
    ("pattern_kind", "match"),
    ("not_near", "unless"),
    ("contested", "dissent"),
    ("source", "sources"),
    ("alternative", "neutral"),
    ("alternatives", "neutral"),
];

/// Category of an entry that names none.
const HOUSE: &str = "house";
/// Strength of an entry that names none.
const STRENGTH: u8 = 2;

/// Reads a sheet: comma, semicolon or tab as its header has it; lines that start with `#` are remarks; `|` parts
/// alternatives, `\|` is a bar. The first alternative of `term` is the term, the others are its forms; `unless` holds what must
/// not stand in the sentence.
///
/// # Errors
/// [`ErrorKind::Lexicon`] with file and line for an unknown column, a value that is none, or an id that stands twice.
pub fn from_csv(name: &str, path: &Path, content: &str) -> Result<Lexicon> {
    let fault = |line: usize, message: String| ErrorKind::Lexicon { position: Position::line(path, line), message };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter(content)).comment(Some(b'#')).flexible(true).from_reader(content.as_bytes());
    let line_of = |e: &csv::Error| e.position().map_or(1, |p| p.line() as usize);
    let header = reader.headers().map_err(|e| fault(line_of(&e), e.to_string()))?.clone();
    let header_line = line_at(content, header.position());
    let columns = header.iter().map(column).collect::<std::result::Result<Vec<_>, _>>().map_err(|message| fault(header_line, message))?;
    if let Some(twice) = columns.iter().enumerate().find_map(|(i, c)| c.filter(|_| columns[..i].contains(c))) {
        return Err(fault(header_line, format!("column \"{twice}\" stands twice")).into());
    }
    if !columns.contains(&Some("term")) {
        return Err(fault(header_line, "has no column \"term\"".into()).into());
    }
    let unclosed = is_unclosed(content, delimiter(content));
    let mut builder = Builder::default();
    let mut described: BTreeMap<String, (String, String)> = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|e| fault(line_of(&e), e.to_string()))?;
        let line = line_at(content, record.position());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if unclosed && record.iter().any(|cell| cell.contains('\n')) {
            return Err(fault(line, "a quotation mark opens a cell and is never closed; what follows was read as one cell".into()).into());
        }
        if record.len() > columns.len() {
            return Err(fault(
                line,
                format!("{} cells, but the header has {} columns; quote cells that hold the delimiter", record.len(), columns.len()),
            )
            .into());
        }
        let cell = |name: &str| {
            let found = columns.iter().zip(&record).filter(|(column, _)| **column == Some(name));
            found.map(|(_, cell)| unguarded(cell.trim())).find(|cell| !cell.is_empty()).unwrap_or("")
        };
        let draft = draft(&cell).map_err(|message| fault(line, message))?;
        if !cell("category_about").is_empty() || !cell("category_title").is_empty() {
            described.insert(draft.category.clone(), (cell("category_title").to_owned(), cell("category_about").to_owned()));
        }
        builder.add(draft, Position::line(path, line))?;
    }
    for (id, (title, about)) in described {
        builder.describe(Category { id, title, about });
    }
    Ok(builder.finish(name))
}

/// Whether a mark opens a cell that takes in all that follows: it is never closed, or one mark has no other. Remarks have none.
fn is_unclosed(content: &str, delimiter: u8) -> bool {
    let (mut marks, mut inside, mut starts_cell, mut starts_record) = (0, false, true, true);
    let mut bytes = content.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'#' && starts_record {
            while bytes.next_if(|&byte| byte != b'\n').is_some() {}
            continue;
        }
        if byte == b'"' {
            marks += 1;
            if inside && bytes.next_if_eq(&b'"').is_some() {
                marks += 1;
            } else {
                inside = !inside && starts_cell;
            }
        }
        starts_record = !inside && matches!(byte, b'\n' | b'\r');
        starts_cell = starts_record || (!inside && byte == delimiter);
    }
    inside || marks % 2 == 1
}

/// The line on which a record starts: the reader counts blank lines and remarks before it as its own.
fn line_at(content: &str, position: Option<&csv::Position>) -> usize {
    let Some(position) = position else { return 1 };
    let ahead = content.get(usize::try_from(position.byte()).unwrap_or(0)..).unwrap_or("");
    position.line() as usize + ahead.lines().take_while(|line| line.trim().is_empty() || line.starts_with('#')).count()
}

/// The delimiter of the header line: whichever of tab, semicolon and comma stands there most.
#[must_use]
pub fn delimiter(content: &str) -> u8 {
    let header = content.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty()).unwrap_or("");
    *b",;\t".iter().rev().max_by_key(|&&d| header.bytes().filter(|&b| b == d).count()).unwrap_or(&b',')
}

fn column(given: &str) -> std::result::Result<Option<&'static str>, String> {
    let name = given.trim().to_lowercase().replace([' ', '-'], "_");
    if name.is_empty() {
        return Ok(None);
    }
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, column)| column);
    if let Some(found) = COLUMNS.iter().find(|column| **column == name) {
        return Ok(Some(found));
    }
    let nearest = COLUMNS.iter().min_by_key(|column| strsim::damerau_levenshtein(column, name)).copied().unwrap_or("term");
    Err(format!("unknown column \"{given}\"; the nearest is \"{nearest}\""))
}

fn draft<'c>(cell: &impl Fn(&'static str) -> &'c str) -> std::result::Result<Draft, String> {
    let list = |name| split(cell(name));
    let kind = kind(cell("match"), cell("term"))?;
    let mut terms = if kind == MatchKind::Regex { vec![cell("term").to_owned()] } else { list("term") };
    if terms.is_empty() {
        return Err("has no term".into());
    }
    let term = terms.remove(0);
    let id = match cell("id") {
        "" => id_of(&term),
        given => given.to_owned(),
    };
    let strength = match cell("strength") {
        "" => STRENGTH,
        given => given.parse().map_err(|_| format!("{id}: strength \"{given}\" must be 0 to 3"))?,
    };
    let choice = |name: &'static str, allowed: &[&str]| {
        let given = cell(name);
        if given.is_empty() || allowed.contains(&given) {
            Ok(given)
        } else {
            Err(format!("{id}: {name} \"{given}\" is none of {}", allowed.join(", ")))
        }
    };
    let voice = match choice("voice", &["any", "narrator"])? {
        "narrator" => VoiceRule::Narrator,
        _ => VoiceRule::Any,
    };
    let level = match choice("level", &["note", "warning", "error"])? {
        "error" => Level::Error,
        "warning" => Level::Warning,
        _ => Level::Note,
    };
    let cap = match choice("cap", &["lower", "upper"])? {
        "lower" => Some(Case::Lower),
        "upper" => Some(Case::Upper),
        _ => None,
    };
    let pos = match choice("pos", &["verb", "noun", "adjective"])? {
        "verb" => Some(PartOfSpeech::Verb),
        "noun" => Some(PartOfSpeech::Noun),
        "adjective" => Some(PartOfSpeech::Adjective),
        _ => None,
    };
    Ok(Draft {
        term,
        label: cell("label").to_owned(),
        kind,
        forms: terms,
        category: if cell("category").is_empty() { HOUSE.to_owned() } else { cell("category").to_owned() },
        strength,
        neutral: list("neutral"),
        domain: cell("domain").to_owned(),
        pair: cell("pair").to_owned(),
        leans: cell("leans").to_owned(),
        contested: cell("dissent").to_owned(),
        sources: list("sources"),
        not_next: list("not_next"),
        next: list("next"),
        not_prev: list("not_prev"),
        prev: list("prev"),
        not_near: list("unless"),
        near: list("near"),
        cap,
        pos,
        voice,
        level,
        status: cell("status").to_owned(),
        by: cell("by").to_owned(),
        date: cell("date").to_owned(),
        why: cell("why").to_owned(),
        hit: list("hit"),
        miss: list("miss"),
        id,
    })
}

fn kind(given: &str, term: &str) -> std::result::Result<MatchKind, String> {
    let one_word = split(term).first().is_none_or(|term| words_of(term).len() < 2);
    Ok(match given {
        "" if one_word => MatchKind::Word,
        "" | "phrase" => MatchKind::Phrase,
        "word" => MatchKind::Word,
        // A stem as people mean it: the word with whatever endings grammar gives it.
        "stem" | "lemma" if one_word => MatchKind::Lemma,
        "lemma" => MatchKind::Lemma,
        "stem" | "lemma_phrase" => MatchKind::LemmaPhrase,
        "proper" => MatchKind::Proper,
        "regex" => MatchKind::Regex,
        other => return Err(format!("match \"{other}\" is none of word, phrase, stem, lemma, lemma_phrase, proper, regex")),
    })
}

/// `L-` and the words of a term with hyphens.
pub(super) fn id_of(term: &str) -> String {
    let words: Vec<String> = words_of(term).iter().map(|w| w.chars().filter(char::is_ascii_alphanumeric).collect()).collect();
    format!("L-{}", words.join("-"))
}

/// Parts at bars; a bar after a backslash stands for itself.
fn split(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '|' => parts.push(String::new()),
            '\\' if matches!(chars.peek(), Some('|' | '\\')) => parts.extend_last(chars.next()),
            c => parts.extend_last(Some(c)),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

trait ExtendLast {
    fn extend_last(&mut self, c: Option<char>);
}

impl ExtendLast for Vec<String> {
    fn extend_last(&mut self, c: Option<char>) {
        if let Some(last) = self.last_mut() {
            last.extend(c);
        }
    }
}

fn joined<'i>(items: impl IntoIterator<Item = &'i String>) -> String {
    let escaped: Vec<String> = items.into_iter().map(|item| item.replace('\\', r"\\").replace('|', r"\|")).collect();
    escaped.join("|")
}

/// A lexicon as a sheet with all [`COLUMNS`], in order of id; reading it back gives the same entries. `known` are categories
/// that need no description.
#[must_use]
pub fn to_csv(lexicon: &Lexicon, known: &Lexicon) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _infallible = csv.write_record(COLUMNS);
    for entry in lexicon.entries() {
        let described = lexicon.category(&entry.category).filter(|c| known.category(&c.id) != Some(c) && **c != Category::unknown(&c.id));
        let _infallible = csv.write_record(COLUMNS.map(|column| guarded(&cell(entry, described, column)).into_owned()));
    }
    String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Column and value of an entry, in order, descriptions of its category aside.
#[must_use]
pub fn cells(entry: &Entry) -> Vec<(&'static str, String)> {
    COLUMNS.iter().map(|&column| (column, cell(entry, None, column))).collect()
}

fn cell(entry: &Entry, category: Option<&Category>, column: &str) -> String {
    let guards = &entry.guards;
    match column {
        "id" => entry.id.clone(),
        "term" if entry.kind == MatchKind::Regex => entry.term.clone(),
        "term" => joined(std::iter::once(&entry.term).chain(&entry.forms)),
        "match" => entry.kind.as_str().to_owned(),
        "category" => entry.category.clone(),
        "strength" => entry.strength.to_string(),
        "neutral" => joined(&entry.neutral.iter().map(Neutral::to_string).collect::<Vec<_>>()),
        "unless" => joined(&guards.not_near),
        "voice" => entry.voice.as_str().to_owned(),
        "level" => entry.level.as_str().to_owned(),
        "why" => entry.why.clone(),
        "hit" => joined(&entry.hit),
        "miss" => joined(&entry.miss),
        "sources" => joined(&entry.sources),
        "dissent" => entry.contested.clone(),
        "status" => entry.status.clone(),
        "by" => entry.by.clone(),
        "date" => entry.date.clone(),
        "label" => entry.label.clone(),
        "domain" => entry.domain.clone(),
        "pair" => entry.pair.clone(),
        "leans" => entry.leans.clone(),
        "not_next" => joined(&guards.not_next),
        "next" => joined(&guards.next),
        "not_prev" => joined(&guards.not_prev),
        "prev" => joined(&guards.prev),
        "near" => joined(&guards.near),
        "cap" => guards.cap.map_or("", Case::as_str).to_owned(),
        "pos" => guards.pos.map_or("", PartOfSpeech::as_str).to_owned(),
        "category_title" => category.map_or(String::new(), |c| c.title.clone()),
        "category_about" => category.map_or(String::new(), |c| c.about.clone()),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::super::write::to_toml;
    use super::{Lexicon, from_csv, joined, split, to_csv};

    fn read(content: &str) -> Lexicon {
        from_csv("house.csv", Path::new("house.csv"), content).unwrap()
    }

    fn fault(content: &str) -> String {
        from_csv("house.csv", Path::new("house.csv"), content).unwrap_err().to_string()
    }

    #[test]
    fn the_shipped_lexicon_goes_through_both_doors_unchanged() {
        let english = Lexicon::english_framing();
        let sheet = to_csv(english, english);
        let back = read(&sheet);
        assert!(back.entries().eq(english.entries()));
        let written = to_toml(&back);
        let again = Lexicon::from_toml("again", [("again.toml", written.as_str())]).unwrap();
        assert!(again.entries().eq(english.entries()));
        assert_eq!(to_csv(&again, english), sheet);
    }

    #[test]
    fn a_sheet_as_people_write_it() {
        let lexicon = read(
            "# our list\nterm;match;neutral;unless;strength;level\noccupation troops|occupying forces;phrase;troops|forces;law of occupation;3;warning\n\nregime;;government;;;\n",
        );
        let entries: Vec<_> = lexicon.entries().collect();
        assert_eq!(entries[0].id, "L-occupation-troops");
        assert_eq!(entries[0].forms, ["occupying forces"]);
        assert_eq!(entries[0].guards.not_near, ["law of occupation"]);
        assert_eq!((entries[1].strength, entries[1].category.as_str(), entries[1].level.as_str()), (2, "house", "note"));
        assert_eq!(lexicon.position(lexicon.find_id("L-regime").unwrap()).line, 5);
    }

    #[test]
    fn categories_of_a_house_keep_their_description() {
        let toml = "[[entry]]\nid = \"L-x\"\nterm = \"=x|y\"\nkind = \"phrase\"\ncategory = \"desk\"\nstrength = 1\nneutral = [\"a|b\", \"c\\\\\"]\nvoice = \"narrator\"\nlevel = \"error\"\nstatus = \"draft\"\nby = \"ed\"\ndate = \"2026-11-20\"\nwhy = \"-w\"\n\n[categories.desk]\ntitle = \"Desk\"\nabout = \"Ours\"\n";
        let lexicon = Lexicon::from_toml("house.toml", [("house.toml", toml)]).unwrap();
        assert_eq!(to_toml(&lexicon), toml);
        let sheet = to_csv(&lexicon, Lexicon::english_framing());
        assert!(sheet.contains("'=x\\|y"), "{sheet}");
        assert_eq!(to_toml(&read(&sheet)), toml);
    }

    #[test]
    fn faults_name_file_and_line() {
        assert_eq!(fault("term,neutrl\nx,y\n"), "house.csv:1: unknown column \"neutrl\"; the nearest is \"neutral\"");
        assert_eq!(fault("id,neutral\nx,y\n"), "house.csv:1: has no column \"term\"");
        assert_eq!(fault("# r\nterm,strength\nx,high\n"), "house.csv:3: L-x: strength \"high\" must be 0 to 3");
        assert_eq!(fault("term,level\nx,fatal\n"), "house.csv:2: L-x: level \"fatal\" is none of note, warning, error");
        assert_eq!(fault("term\nx\ny\nx\n"), "house.csv:4: id \"L-x\" stands twice (also in house.csv:2)");
        assert!(fault("term,why\nx,a, b\n").starts_with("house.csv:2: 3 cells"));
        assert!(fault("term\n...\n").contains("holds no word"));
        assert_eq!(fault("term,term\nx,y\n"), "house.csv:1: column \"term\" stands twice");
        assert!(fault("term,why\nx,y\n\"thugs,x\nregime,y\n").starts_with("house.csv:3: a quotation mark opens a cell"));
        // Another mark that has no other hides it from whoever counts them.
        assert!(fault("term,match\nx\"y,word\n\"thugs,word\n# r\n").starts_with("house.csv:3: a quotation mark opens a cell"));
        assert!(fault("term,match\nx*,regex\n").contains("matches the empty text"));
        assert!(fault(&format!("term,why\nx,{}\n", "w".repeat(20_000))).contains("is longer than 10000"));
    }

    proptest! {
        #[test]
        fn lists_in_a_cell_lose_nothing(items in prop::collection::vec("[a-z|\\\\;,\"' -]{1,6}", 0..4)) {
            let items: Vec<String> = items.iter().map(|i| i.trim().to_owned()).filter(|i| !i.is_empty()).collect();
            prop_assert_eq!(split(&joined(&items)), items);
        }
    }
}
