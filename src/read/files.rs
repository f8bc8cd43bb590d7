//! Which files are read, and whose they are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::date::PublishedAt;
use crate::corpus::record::{OutletBasis, Record, Skipped};
use crate::error::{ErrorKind, Result};

use super::jsonl;
use super::sheet::{Sheet, SheetRow, key};
use super::text::{decode, head, with_head};

/// An input format.
#[derive(Debug)]
pub struct Format {
    /// For messages.
    pub name: &'static str,
    /// Lower-case extensions, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a file holds many articles, one a line.
    pub many: bool,
    read: ReadFile,
}

type ReadFile = fn(&Found, Option<&SheetRow>, &ReadOptions, &mut ReadReport, &mut CorpusBuilder) -> std::result::Result<(), Refusal>;

/// Line, reason and text of why a file is not read.
type Refusal = (usize, String, String);

/// The formats that are read.
pub const FORMATS: &[Format] = &[
    Format { name: "text", extensions: &["txt", "text"], many: false, read: read_text },
    Format { name: "JSON lines", extensions: &["jsonl", "ndjson"], many: true, read: read_jsonl },
];

/// Whether a file of this name holds many articles, one a line: a place in one of them is no place in the file.
#[must_use]
pub fn holds_many(path: &str) -> bool {
    format_of(Path::new(path)).is_some_and(|format| format.many)
}

/// Whether a file of this name is read as articles.
#[must_use]
pub fn is_read(path: &Path) -> bool {
    format_of(path).is_some()
}

fn format_of(path: &Path) -> Option<&'static Format> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// What names the outlet of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutletFrom {
    /// The sheet, else the head, else the folder, else each file is its own outlet.
    #[default]
    Auto,
    /// The folder directly inside what was given, or what was given.
    Folder,
    /// Each file is its own outlet.
    File,
}

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// A sheet besides those named `articles.csv` in the folders given.
    pub sheet: Option<PathBuf>,
    /// What names the outlet.
    pub outlet_from: OutletFrom,
    /// The outlet of all that is read, whatever sheet, head and folder say.
    pub outlet: Option<String>,
    /// How records and messages name a file.
    pub naming: Naming,
    /// Files that are no inputs though they may lie in a folder given.
    pub apart: Vec<PathBuf>,
}

/// How records and messages name a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Naming {
    /// By its place inside the folder given, with that folder's name: the same from wherever the program is started.
    #[default]
    Inside,
    /// As given, from the folder that the program was started in, so that editors find it; as [`Naming::Inside`] where only an
    /// absolute path would tell.
    Given,
}

/// How standard input is named.
pub const STANDARD_INPUT: &str = "stdin";

/// Something a person should know, which does not keep a file from being read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// Short stable code.
    pub code: &'static str,
    /// What was found, with file and line.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

/// What reading came to.
#[derive(Debug, Default)]
pub struct ReadReport {
    /// Files that were opened or looked at, sheets aside.
    pub files: usize,
    /// Bytes read.
    pub bytes: u64,
    /// What a person should know.
    pub notices: Vec<Notice>,
    /// Name and SHA-256 of each file read.
    pub inputs: Vec<(String, String)>,
}

/// Largest text file that is read, in bytes.
pub const LARGEST_FILE: u64 = 256 << 20;

impl ReadReport {
    /// Takes in what reading something else came to.
    pub fn merge(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.notices.extend(other.notices);
        self.notices.sort();
        self.inputs.extend(other.inputs);
        self.inputs.sort();
    }
}

/// A file to read: where it is, how it is called, and its place below what was given.
#[derive(Debug)]
struct Found {
    path: PathBuf,
    /// How records and messages name it.
    named: String,
    /// Folder given and place below it.
    shown: String,
    inside: String,
    sheet: Option<usize>,
}

/// Reads all files at or below `paths` into the builder, whatever their order. Links are not followed, hidden files and
/// Retold's own outputs are left alone; everything else that does not become an article is named among the skipped.
///
/// # Errors
/// When a path given does not exist or a sheet cannot be used.
pub fn read_all(paths: &[PathBuf], options: &ReadOptions, builder: &mut CorpusBuilder) -> Result<ReadReport> {
    let mut report = ReadReport::default();
    let mut sheets: Vec<Sheet> = options.sheet.as_deref().map(Sheet::read).transpose()?.into_iter().collect();
    let mut found: Vec<Found> = Vec::new();
    for path in paths {
        collect(path, options, &mut sheets, &mut found, builder)?;
    }
    // Of a file given twice, the one that a sheet speaks of counts.
    found.sort_by(|a, b| (a.sheet.is_none(), &a.shown, &a.path).cmp(&(b.sheet.is_none(), &b.shown, &b.path)));
    let mut seen = BTreeSet::new();
    found.retain(|file| seen.insert(file.path.canonicalize().unwrap_or_else(|_| file.path.clone())));
    found.sort_by(|a, b| (&a.shown, &a.path).cmp(&(&b.shown, &b.path)));
    let mut named: BTreeSet<(usize, String)> = BTreeSet::new();
    for file in &found {
        report.files += 1;
        let row = row_of(file, &sheets, &mut named);
        if let Err((line, reason, text)) = read_file(file, row, options, &mut report, builder) {
            builder.skip(Skipped { path: file.named.clone(), line, reason, text });
        }
    }
    // Whoever gives single files means these and no others.
    let folders = paths.iter().any(|path| path.is_dir());
    for (i, sheet) in sheets.into_iter().enumerate() {
        let name = sheet.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (path, row) in &sheet.rows {
            if folders && !named.contains(&(i, path.clone())) {
                let message = format!("{name}:{}: no file \"{path}\" was given", row.line);
                report.notices.push(Notice { code: "W023", message, mend: "check the column path: it is relative to the sheet".into() });
            }
        }
        sheet.skipped.into_iter().for_each(|skipped| builder.skip(skipped));
    }
    report.notices.sort();
    report.inputs.sort();
    Ok(report)
}

/// Reads one text article from `input`, as a file named [`STANDARD_INPUT`] would be read.
///
/// # Errors
/// When the input cannot be read.
pub fn read_input(input: &mut dyn Read, options: &ReadOptions, builder: &mut CorpusBuilder) -> Result<ReadReport> {
    let name = STANDARD_INPUT.to_owned();
    let mut bytes = Vec::new();
    input.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|source| ErrorKind::Input { path: name.clone().into(), source })?;
    let file = Found { path: name.clone().into(), named: name.clone(), shown: name.clone(), inside: name, sheet: None };
    let mut report = ReadReport { files: 1, ..ReadReport::default() };
    if let Err((line, reason, text)) = admit_text(&file, &bytes, None, options, &mut report, builder) {
        builder.skip(Skipped { path: file.named, line, reason, text });
    }
    Ok(report)
}

fn collect(
    given: &Path,
    options: &ReadOptions,
    sheets: &mut Vec<Sheet>,
    found: &mut Vec<Found>,
    builder: &mut CorpusBuilder,
) -> Result<()> {
    let kind = std::fs::metadata(given).map_err(|source| ErrorKind::Input { path: given.to_path_buf(), source })?;
    let explicit = options.sheet.as_ref().map(|_| 0);
    if !kind.is_dir() {
        let name = given.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = given.with_file_name("articles.csv");
        let sheet = if explicit.is_none() && beside.is_file() { Some(sheet_at(&beside, sheets)?) } else { explicit };
        let named = named(given, options.naming, &name);
        found.push(Found { path: given.to_path_buf(), named, shown: name.clone(), inside: name, sheet });
        return Ok(());
    }
    let beside = given.join("articles.csv");
    let sheet = if explicit.is_none() && beside.is_file() { Some(sheet_at(&beside, sheets)?) } else { explicit };
    let label = given.canonicalize().ok().and_then(|full| full.file_name().map(|n| n.to_string_lossy().into_owned())).unwrap_or_default();
    let apart: Vec<PathBuf> = options.apart.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let walk = WalkDir::new(given).sort_by_file_name().into_iter().filter_entry(|entry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let own_output = entry.file_type().is_dir() && is_own_output(entry.path());
        !hidden && !own_output
    });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                let path = e.path().and_then(|p| p.strip_prefix(given).ok()).map_or_else(String::new, |p| p.to_string_lossy().into_owned());
                let reason = e.io_error().map_or_else(|| "cannot be listed".to_owned(), |io| format!("cannot be listed: {io}"));
                let path = e.path().map_or_else(|| label.clone(), |full| named(full, options.naming, &format!("{label}/{path}")));
                builder.skip(Skipped { path, line: 0, reason, text: String::new() });
                continue;
            }
        };
        let is_sheet = sheets.iter().any(|sheet| sheet.path == entry.path());
        let is_apart = || entry.path().canonicalize().is_ok_and(|full| apart.contains(&full));
        if !entry.file_type().is_dir() && !is_sheet && (apart.is_empty() || !is_apart()) {
            let inside = key(&entry.path().strip_prefix(given).unwrap_or(entry.path()).to_string_lossy());
            let shown = format!("{label}/{inside}");
            let named = named(entry.path(), options.naming, &shown);
            found.push(Found { path: entry.path().to_path_buf(), named, shown, inside, sheet });
        }
    }
    Ok(())
}

/// What records and messages call a file: `shown`, or its path from the folder that the program was started in.
fn named(path: &Path, naming: Naming, shown: &str) -> String {
    let relative = match naming {
        Naming::Inside => None,
        Naming::Given if path.is_relative() => Some(path.to_path_buf()),
        Naming::Given => std::env::current_dir().ok().and_then(|here| {
            let full = || Some(path.canonicalize().ok()?.strip_prefix(here.canonicalize().ok()?).ok()?.to_path_buf());
            path.strip_prefix(&here).map(Path::to_path_buf).ok().or_else(full)
        }),
    };
    let parts = relative.iter().flat_map(|path| path.components()).filter(|part| *part != Component::CurDir);
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { shown.to_owned() } else { parts.join("/") }
}

/// The position of a sheet among those read, reading it if it is new.
fn sheet_at(path: &Path, sheets: &mut Vec<Sheet>) -> Result<usize> {
    let full = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if let Some(at) = sheets.iter().position(|sheet| full(&sheet.path) == full(path)) {
        return Ok(at);
    }
    sheets.push(Sheet::read(path)?);
    Ok(sheets.len() - 1)
}

/// Whether a folder was written by Retold.
#[must_use]
pub fn is_own_output(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("run.json"))
        .ok()
        .and_then(|run| serde_json::from_str::<serde_json::Value>(&run).ok())
        .is_some_and(|run| run.get("tool").and_then(|tool| tool.get("name")) == Some(&serde_json::Value::from("retold")))
}

fn row_of<'s>(file: &Found, sheets: &'s [Sheet], named: &mut BTreeSet<(usize, String)>) -> Option<&'s SheetRow> {
    let at = file.sheet?;
    let rows = &sheets[at].rows;
    let name = file.inside.rsplit('/').next().unwrap_or(&file.inside);
    let found = [file.inside.as_str(), file.shown.as_str(), name].into_iter().find(|path| rows.contains_key(*path))?;
    named.insert((at, found.to_owned()));
    rows.get(found)
}

/// Reads one file into the builder.
fn read_file(
    file: &Found,
    row: Option<&SheetRow>,
    options: &ReadOptions,
    report: &mut ReadReport,
    builder: &mut CorpusBuilder,
) -> std::result::Result<(), Refusal> {
    let refuse = |reason: String| (0, reason, String::new());
    let kind = std::fs::symlink_metadata(&file.path).map_err(|e| refuse(format!("cannot be read: {e}")))?;
    if kind.is_symlink() {
        return Err(refuse("is a link; links are not followed: give the file itself".into()));
    }
    if !kind.is_file() {
        return Err(refuse("is no regular file".into()));
    }
    let Some(format) = format_of(&file.path) else {
        let known: Vec<String> = FORMATS.iter().flat_map(|f| f.extensions).map(|e| format!(".{e}")).collect();
        return Err(refuse(format!("is of a kind that is not read; this version reads {}", known.join(", "))));
    };
    (format.read)(file, row, options, report, builder)
}

fn read_text(
    file: &Found,
    row: Option<&SheetRow>,
    options: &ReadOptions,
    report: &mut ReadReport,
    builder: &mut CorpusBuilder,
) -> std::result::Result<(), Refusal> {
    let refuse = |e: std::io::Error| (0, format!("cannot be read: {e}"), String::new());
    if std::fs::metadata(&file.path).map_err(refuse)?.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let bytes = std::fs::read(&file.path).map_err(refuse)?;
    admit_text(file, &bytes, row, options, report, builder)
}

fn too_large() -> Refusal {
    (0, format!("is larger than {} MiB; split it into articles", LARGEST_FILE >> 20), String::new())
}

/// Takes in the bytes of one text article.
fn admit_text(
    file: &Found,
    bytes: &[u8],
    row: Option<&SheetRow>,
    options: &ReadOptions,
    report: &mut ReadReport,
    builder: &mut CorpusBuilder,
) -> std::result::Result<(), Refusal> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large());
    }
    report.bytes += bytes.len() as u64;
    let decoded = decode(bytes).map_err(|reason| (1, reason, String::new()))?;
    if decoded.bad_bytes > 0 {
        report.notices.push(Notice {
            code: "W002",
            message: format!("{}:{}: {} places are not UTF-8 and show as \u{FFFD}", file.named, decoded.first_bad_line, decoded.bad_bytes),
            mend: "save the file as UTF-8".into(),
        });
    }
    let (fields, body) = head(&decoded.text);
    let (outlet, basis) = outlet(file, row, &fields, options);
    let mut record = with_head(&file.named, &outlet, basis, decoded.text, &fields, body, bytes);
    add_sheet(&mut record, row);
    notice_date(&record, report);
    report.inputs.push((file.named.clone(), record.sha256.to_string()));
    builder.admit(record);
    Ok(())
}

fn read_jsonl(
    file: &Found,
    row: Option<&SheetRow>,
    options: &ReadOptions,
    report: &mut ReadReport,
    builder: &mut CorpusBuilder,
) -> std::result::Result<(), Refusal> {
    let fallback = outlet(file, row, &BTreeMap::new(), options);
    let read = jsonl::read(&file.path, &file.named.as_str().into(), &fallback, |line, found| match found {
        jsonl::Line::Article(mut record) => {
            if options.outlet_from != OutletFrom::Auto || options.outlet.is_some() {
                (record.outlet, record.outlet_basis) = fallback.clone();
            }
            notice_date(&record, report);
            builder.admit(*record);
        }
        jsonl::Line::Refused { reason, text } => builder.skip(Skipped { path: file.named.clone(), line, reason, text }),
    });
    let read = read.map_err(|e| (0, format!("cannot be read: {e}"), String::new()))?;
    report.bytes += read.bytes;
    report.inputs.push((file.named.clone(), read.sha256.to_string()));
    Ok(())
}

/// What a sheet says goes over what the file says.
fn add_sheet(record: &mut Record, row: Option<&SheetRow>) {
    let Some(row) = row else { return };
    let set = |field: &mut String, names: &[&str]| {
        if let Some(value) = row.get(names) {
            value.clone_into(field);
        }
    };
    set(&mut record.title, &["title"]);
    set(&mut record.byline, &["byline", "author"]);
    set(&mut record.published_at, &["published_at", "date"]);
    set(&mut record.url, &["url"]);
    set(&mut record.language, &["language"]);
    set(&mut record.note, &["note"]);
}

fn notice_date(record: &Record, report: &mut ReadReport) {
    if !record.published_at.is_empty() && PublishedAt::parse(&record.published_at).is_none() {
        report.notices.push(Notice {
            code: "W022",
            message: format!("{}:{}: date \"{}\" cannot be read; taken as unknown", record.path, record.line, record.published_at),
            mend: "write it as 2021-12-28, or 2021-12 where only the month is known".into(),
        });
    }
}

fn outlet(file: &Found, row: Option<&SheetRow>, head: &BTreeMap<String, String>, options: &ReadOptions) -> (String, OutletBasis) {
    if let Some(name) = &options.outlet {
        return (name.clone(), OutletBasis::File);
    }
    let folder = file.inside.split_once('/').map(|(folder, _)| folder.to_owned());
    // Two files of one name in two folders are two outlets.
    let stem = || Path::new(&file.inside).with_extension("").to_string_lossy().replace('\\', "/");
    match options.outlet_from {
        OutletFrom::File => (stem(), OutletBasis::File),
        OutletFrom::Folder => {
            let parent = || file.path.canonicalize().ok()?.parent()?.file_name().map(|name| name.to_string_lossy().into_owned());
            (folder.or_else(parent).unwrap_or_default(), OutletBasis::Folder)
        }
        OutletFrom::Auto => {
            let from_head = || head.get("outlet").or_else(|| head.get("series")).filter(|name| !name.is_empty()).cloned();
            if let Some(name) = row.and_then(|row| row.get(&["outlet"])) {
                (name.to_owned(), OutletBasis::Sheet)
            } else if let Some(name) = from_head() {
                (name, OutletBasis::Head)
            } else if let Some(name) = folder {
                (name, OutletBasis::Folder)
            } else {
                (stem(), OutletBasis::File)
            }
        }
    }
}
