//! Which files are read, and whose they are.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::date::DateOrder;
use crate::corpus::outlet_names::OutletNames;
use crate::corpus::record::Skipped;
use crate::digest::Digest;
use crate::error::{ErrorKind, Result};
use crate::read::packing::opening::read_file;
use crate::read::packing::shown::shown_as;
use crate::read::packing::stream::read_stream;
use crate::watch::{Stage, Watch};

use super::admission::{Admission, Given};
use super::columns::Columns;
use super::draft::{Refused, Sink};
use super::encoding::Encoding;
use super::format::by_name;
use super::left_alone::{is_of_a_job, is_page_folder};
use super::limits::Limits;
use super::notice::Notice;
use super::sheet::{SHEET, Sheet, SheetRow, key};

/// Whether a file of this name is read as articles.
#[must_use]
pub fn is_read(path: &Path) -> bool {
    by_name(&path.to_string_lossy()).is_some()
}

/// What names the outlet of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutletFrom {
    /// The sheet, else the head, else the folder, else each file is its own outlet.
    #[default]
    Auto,
    /// The folder directly inside what was given, or what was given.
    Folder,
    /// The record itself: a column, a key, the head of a text file; else each file is its own.
    Column,
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
    /// Names of fields in tables and JSON.
    pub columns: Columns,
    /// The encoding of all files that state none themselves.
    pub encoding: Encoding,
    /// Which number is the day in dates that leave it open.
    pub date_order: DateOrder,
    /// Whether text that was decoded wrongly before it came here is put right.
    pub mend: bool,
    /// Other names and hosts of outlets; the shipped list if none is given.
    pub outlets: Option<OutletNames>,
    /// Bounds.
    pub limits: Limits,
}

impl ReadOptions {
    /// Other names and hosts of outlets.
    #[must_use]
    pub fn outlet_names(&self) -> &OutletNames {
        self.outlets.as_ref().unwrap_or_else(|| OutletNames::shipped())
    }
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

/// The file of flags of a folder.
pub const CONFIG: &str = "retold.toml";

/// How standard input is named.
pub const STANDARD_INPUT: &str = "stdin";

/// What reading came to.
#[derive(Debug, Default)]
pub struct ReadReport {
    /// Files that were opened or looked at, sheets aside.
    pub files: usize,
    /// Records found in them: each became an article or was skipped. A file that holds none that can be told counts as one.
    pub records: usize,
    /// Bytes read.
    pub bytes: u64,
    /// What a person should know.
    pub notices: Vec<Notice>,
    /// Name and SHA-256 of each file read.
    pub inputs: Vec<(String, String)>,
}

impl ReadReport {
    /// Takes in what reading something else came to.
    pub fn merge(&mut self, other: Self) {
        self.files += other.files;
        self.records += other.records;
        self.bytes += other.bytes;
        self.notices.extend(other.notices);
        self.inputs.extend(other.inputs);
    }

    /// Puts what was noticed and read into an order of its own.
    pub fn sort(&mut self) {
        self.notices.sort();
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

/// Reads all files at or below `paths` into the builder, whatever their order. Links are not followed, hidden files,
/// what jobs leave beside their parts and Retold's own outputs are left alone; everything else that does not become an article is named among the skipped.
///
/// # Errors
/// When a path given does not exist or a sheet cannot be used.
pub fn read_all(paths: &[PathBuf], options: &ReadOptions, builder: &mut CorpusBuilder) -> Result<ReadReport> {
    read_all_watched(paths, options, builder, &|_: Stage| {})
}

/// As [`read_all`]; `watch` hears of the bytes.
///
/// # Errors
/// When a path given does not exist or a sheet cannot be used.
pub fn read_all_watched(paths: &[PathBuf], options: &ReadOptions, builder: &mut CorpusBuilder, watch: &dyn Watch) -> Result<ReadReport> {
    let mut report = ReadReport::default();
    let (sheets, found) = gather(paths, options, &mut report, builder)?;
    watch.stage(Stage::Reading, found.iter().filter_map(|file| Some(std::fs::metadata(&file.path).ok()?.len())).sum());
    let mut named: BTreeSet<(usize, String)> = BTreeSet::new();
    for batch in batches(&found, |file| small(file).unwrap_or(0)) {
        let rows: Vec<Option<&SheetRow>> = batch.iter().map(|file| row_of(file, &sheets, &mut named)).collect();
        let small: Vec<Option<(ReadReport, CorpusBuilder)>> = batch
            .par_iter()
            .zip(&rows)
            .map(|(file, &row)| {
                small(file).map(|_| {
                    let (mut report, mut builder) = Default::default();
                    read_found(file, row, options, (&mut report, &mut builder), watch);
                    (report, builder)
                })
            })
            .collect();
        for ((file, row), read) in batch.iter().zip(rows).zip(small) {
            match read {
                Some((of_file, records)) => {
                    report.merge(of_file);
                    builder.append(records);
                }
                None => read_found(file, row, options, (&mut report, builder), watch),
            }
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
    report.sort();
    Ok(report)
}

/// The sheets and the files, each once, in order.
fn gather(
    paths: &[PathBuf],
    options: &ReadOptions,
    report: &mut ReadReport,
    builder: &mut CorpusBuilder,
) -> Result<(Vec<Sheet>, Vec<Found>)> {
    let mut sheets: Vec<Sheet> = options.sheet.as_deref().map(Sheet::read).transpose()?.into_iter().collect();
    let mut found: Vec<Found> = Vec::new();
    for path in paths {
        report.records += collect(path, options, &mut sheets, &mut found, builder)?;
    }
    // Of a file given twice, the one that a sheet speaks of counts.
    found.sort_by(|a, b| (a.sheet.is_none(), &a.shown, &a.path).cmp(&(b.sheet.is_none(), &b.shown, &b.path)));
    let mut seen = BTreeSet::new();
    found.retain(|file| seen.insert(file.path.canonicalize().unwrap_or_else(|_| file.path.clone())));
    found.sort_by(|a, b| (&a.shown, &a.path).cmp(&(&b.shown, &b.path)));
    Ok((sheets, found))
}

/// What would be read: each file by its name in results, and as what its start and its name show it, or why it is not read.
///
/// # Errors
/// When a path given does not exist or a sheet cannot be used.
pub fn list_all(paths: &[PathBuf], options: &ReadOptions) -> Result<Vec<(String, std::result::Result<String, String>)>> {
    let (mut report, mut builder) = Default::default();
    let (sheets, found) = gather(paths, options, &mut report, &mut builder)?;
    let mut listed: Vec<_> = found.into_iter().map(|file| (file.named, shown_as(&file.path))).collect();
    listed.extend(sheets.iter().map(|sheet| (sheet.path.to_string_lossy().into_owned(), Ok("sheet of articles".to_owned()))));
    Ok(listed)
}

/// Files that are read side by side, the most bytes of such a file and of all of them: a larger one goes straight where all texts
/// go, so that it is not held twice.
const TOGETHER: usize = 256;
const SMALL: u64 = 4 << 20;
const SMALL_TOGETHER: u64 = 64 << 20;

/// Bytes of a file that is read beside others.
fn small(file: &Found) -> Option<u64> {
    let kind = std::fs::metadata(&file.path).ok()?;
    Some(kind.len()).filter(|&bytes| kind.is_file() && bytes <= SMALL)
}

/// Files in batches that are read side by side.
fn batches<T>(files: &[T], bytes: impl Fn(&T) -> u64) -> Vec<&[T]> {
    let (mut batches, mut rest) = (Vec::new(), files);
    while !rest.is_empty() {
        let mut held = 0;
        let fits = |file: &&T| {
            held += bytes(file);
            held <= SMALL_TOGETHER
        };
        let (batch, after) = rest.split_at(rest.iter().take(TOGETHER).take_while(fits).count().max(1));
        batches.push(batch);
        rest = after;
    }
    batches
}

/// Reads one of the files found.
fn read_found(
    file: &Found,
    row: Option<&SheetRow>,
    options: &ReadOptions,
    (report, builder): (&mut ReadReport, &mut CorpusBuilder),
    watch: &dyn Watch,
) {
    report.files += 1;
    let folder = file.path.canonicalize().ok().and_then(|full| Some(full.parent()?.file_name()?.to_string_lossy().into_owned()));
    let given = Given { named: &file.named, inside: &file.inside, folder: folder.as_deref().unwrap_or_default(), row };
    let mut admission = Admission::new(given, options, report, builder);
    let read = read_file(&file.path, &mut admission, watch);
    admission.finish();
    if let Some(read) = read {
        report.bytes += read.bytes;
        report.inputs.push((file.named.clone(), read.sha256.to_string()));
    }
}

/// Reads one text article from `input`, as a file named [`STANDARD_INPUT`] would be read.
///
/// # Errors
/// When the input cannot be read.
pub fn read_input(input: &mut dyn Read, options: &ReadOptions, builder: &mut CorpusBuilder) -> Result<ReadReport> {
    let mut bytes = Vec::new();
    let bound = options.limits.document;
    input.take(bound + 1).read_to_end(&mut bytes).map_err(|source| ErrorKind::Input { path: STANDARD_INPUT.into(), source })?;
    let mut report = ReadReport { files: 1, bytes: bytes.len() as u64, ..ReadReport::default() };
    report.inputs.push((STANDARD_INPUT.to_owned(), Digest::of(&bytes).to_string()));
    let given = Given { named: STANDARD_INPUT, inside: STANDARD_INPUT, folder: "", row: None };
    let mut admission = Admission::new(given, options, &mut report, builder);
    if let Err(e) = read_stream("stdin.txt", &bytes[..], &mut admission) {
        admission.refuse(Refused::whole(format!("cannot be read: {e}"), "check what stands before the pipe"));
    }
    admission.finish();
    Ok(report)
}

/// Lists the files at or below a path; tells how many places could not be listed, each of which is among the skipped.
fn collect(
    given: &Path,
    options: &ReadOptions,
    sheets: &mut Vec<Sheet>,
    found: &mut Vec<Found>,
    builder: &mut CorpusBuilder,
) -> Result<usize> {
    let kind = std::fs::metadata(given).map_err(|source| ErrorKind::Input { path: given.to_path_buf(), source })?;
    let explicit = options.sheet.as_ref().map(|_| 0);
    if !kind.is_dir() {
        let name = given.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = given.with_file_name(SHEET);
        let sheet = if explicit.is_none() && Sheet::is_one(&beside) { Some(sheet_at(&beside, sheets)?) } else { explicit };
        let named = named(given, options.naming, &name);
        found.push(Found { path: given.to_path_buf(), named, shown: name.clone(), inside: name, sheet });
        return Ok(0);
    }
    let beside = given.join(SHEET);
    let sheet = if explicit.is_none() && Sheet::is_one(&beside) { Some(sheet_at(&beside, sheets)?) } else { explicit };
    let label = given.canonicalize().ok().and_then(|full| full.file_name().map(|n| n.to_string_lossy().into_owned())).unwrap_or_default();
    let apart: Vec<PathBuf> = options.apart.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let walk = WalkDir::new(given).sort_by_file_name().into_iter().filter_entry(|entry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let own_output = entry.file_type().is_dir() && is_own_output(entry.path());
        let of_page = || entry.file_type().is_dir() && is_page_folder(&entry.path().to_string_lossy(), |page| Path::new(page).is_file());
        let of_job = entry.depth() > 0 && entry.file_type().is_file() && is_of_a_job(&entry.file_name().to_string_lossy());
        !hidden && !own_output && !of_job && !of_page()
    });
    let mut unlisted = 0;
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                let path = e.path().and_then(|p| p.strip_prefix(given).ok()).map_or_else(String::new, |p| p.to_string_lossy().into_owned());
                let reason = e.io_error().map_or_else(|| "cannot be listed".to_owned(), |io| format!("cannot be listed: {io}"));
                let path = e.path().map_or_else(|| label.clone(), |full| named(full, options.naming, &format!("{label}/{path}")));
                let mend = "check that you may read it".to_owned();
                builder.skip(Skipped { path, reason, mend, ..Skipped::default() });
                unlisted += 1;
                continue;
            }
        };
        let is_sheet = sheets.iter().any(|sheet| sheet.path == entry.path());
        // A file of flags speaks of the articles and is none.
        if entry.depth() == 1 && entry.file_name() == CONFIG {
            continue;
        }
        let is_apart = || entry.path().canonicalize().is_ok_and(|full| apart.contains(&full));
        if !entry.file_type().is_dir() && !is_sheet && (apart.is_empty() || !is_apart()) {
            let inside = key(&entry.path().strip_prefix(given).unwrap_or(entry.path()).to_string_lossy());
            let shown = format!("{label}/{inside}");
            let named = named(entry.path(), options.naming, &shown);
            found.push(Found { path: entry.path().to_path_buf(), named, shown, inside, sheet });
        }
    }
    Ok(unlisted)
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
