//! From what a format finds to records: whose it is, when it appeared, in what language; and an account of everything found.

use std::io::{self, BufRead};
use std::path::Path;
use std::sync::Arc;

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::date::PublishedAt;
use crate::corpus::record::{DateBasis, Digest, OutletBasis, Record, Skipped};

use super::draft::{Draft, Refused, Sink};
use super::encoding::Encoding;
use super::files::{OutletFrom, ReadOptions, ReadReport};
use super::format::{Format, Source, Unit};
use super::limits::Limits;
use super::notice::Notice;
use super::sheet::SheetRow;

/// What is known of a file before it is opened.
#[derive(Debug)]
pub struct Given<'a> {
    /// How records and messages name it.
    pub named: &'a str,
    /// Its place below what was given.
    pub inside: &'a str,
    /// The folder that holds it.
    pub folder: &'a str,
    /// What a sheet says of it.
    pub row: Option<&'a SheetRow>,
}

/// Takes in what is found in one file.
#[derive(Debug)]
pub struct Admission<'a> {
    given: Given<'a>,
    path: Arc<str>,
    options: &'a ReadOptions,
    format: Option<&'static Format>,
    report: &'a mut ReadReport,
    builder: &'a mut CorpusBuilder,
}

impl<'a> Admission<'a> {
    /// For one file.
    pub fn new(given: Given<'a>, options: &'a ReadOptions, report: &'a mut ReadReport, builder: &'a mut CorpusBuilder) -> Self {
        Self { path: given.named.into(), given, options, format: None, report, builder }
    }

    /// How messages name the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.path
    }

    /// Bounds.
    #[must_use]
    pub fn limits(&self) -> &'a Limits {
        &self.options.limits
    }

    /// The encoding that the user declared.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.options.encoding
    }

    /// Says in what format the records that follow are found.
    pub fn set_format(&mut self, format: &'static Format) {
        self.format = Some(format);
    }

    /// Reads a stream in a format.
    ///
    /// # Errors
    /// What reading says.
    pub fn read(&mut self, format: &'static Format, input: &mut dyn BufRead) -> io::Result<()> {
        let (name, options) = (Arc::clone(&self.path), self.options);
        let source = Source { name: &name, limits: &options.limits, columns: &options.columns, encoding: options.encoding, charset: "" };
        (format.read)(input, &source, self)
    }

    /// Whether the file is one article, so that what the sheet says of the file is said of it.
    fn is_single(&self) -> bool {
        self.format.is_none_or(|format| matches!(format.unit, Unit::Text | Unit::Page))
    }

    fn outlet(&self, draft: &Draft) -> (String, OutletBasis) {
        if let Some(name) = &self.options.outlet {
            return (name.clone(), OutletBasis::Declared);
        }
        let inside = self.given.inside;
        let folder = inside.split_once('/').map(|(folder, _)| folder.to_owned());
        // Two files of one name in two folders are two outlets.
        let stem = || Path::new(inside).with_extension("").to_string_lossy().replace('\\', "/");
        match self.options.outlet_from {
            OutletFrom::File => (stem(), OutletBasis::File),
            OutletFrom::Folder => (folder.unwrap_or_else(|| self.given.folder.to_owned()), OutletBasis::Folder),
            OutletFrom::Auto => {
                let from_sheet = || self.given.row.and_then(|row| row.get(&["outlet"])).map(|name| (name.to_owned(), OutletBasis::Sheet));
                let stated = || (!draft.outlet.is_empty()).then(|| (draft.outlet.clone(), draft.outlet_basis));
                let named = if self.is_single() { from_sheet().or_else(stated) } else { stated().or_else(from_sheet) };
                named.or_else(|| folder.map(|name| (name, OutletBasis::Folder))).unwrap_or_else(|| (stem(), OutletBasis::File))
            }
        }
    }

    /// What a sheet says goes over what the file says.
    fn add_sheet(&self, draft: &mut Draft) {
        let Some(row) = self.given.row.filter(|_| self.is_single()) else { return };
        let set = |field: &mut String, names: &[&str]| {
            let value = row.get(names);
            if let Some(value) = value {
                value.clone_into(field);
            }
            value.is_some()
        };
        set(&mut draft.title, &["title"]);
        set(&mut draft.byline, &["byline", "author"]);
        if set(&mut draft.published_at, &["published_at", "date"]) {
            draft.date_basis = DateBasis::Sheet;
        }
        set(&mut draft.url, &["url"]);
        set(&mut draft.language, &["language"]);
        set(&mut draft.note, &["note"]);
    }

    fn date(&mut self, draft: &Draft) -> (Option<PublishedAt>, DateBasis) {
        if draft.published_at.trim().is_empty() {
            return (None, DateBasis::None);
        }
        let found = PublishedAt::parse(&draft.published_at);
        if found.is_none() {
            self.report.notices.push(Notice {
                code: "W022",
                message: format!("{}:{}: date \"{}\" cannot be read; taken as unknown", self.path, draft.line, draft.published_at),
                mend: "write it as 2021-12-28, or 2021-12 where only the month is known".into(),
            });
        }
        (found, if found.is_some() { draft.date_basis } else { DateBasis::None })
    }
}

impl Sink for Admission<'_> {
    fn article(&mut self, mut draft: Draft) {
        self.report.records += 1;
        self.add_sheet(&mut draft);
        let (outlet, outlet_basis) = self.outlet(&draft);
        let (published_at, date_basis) = self.date(&draft);
        let stem = || Path::new(self.given.named).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let source_id = if draft.source_id.is_empty() && self.is_single() { stem() } else { draft.source_id };
        self.builder.admit(Record {
            path: Arc::clone(&self.path),
            line: draft.line,
            source_id,
            outlet,
            outlet_given: String::new(),
            outlet_basis,
            title: draft.title,
            byline: draft.byline,
            published_at,
            date_basis,
            retrieved_at: draft.retrieved_at,
            url: draft.url,
            language: draft.language,
            language_basis: Default::default(),
            note: draft.note,
            duplicate_mark: draft.duplicate_mark,
            extent: draft.extent,
            body: draft.body..draft.text.len(),
            sha256: Digest::of(draft.text.as_bytes()),
            text: draft.text,
        });
    }

    fn refuse(&mut self, refused: Refused) {
        self.report.records += 1;
        let Refused { line, column, reason, mend, text } = refused;
        self.builder.skip(Skipped { path: self.path.to_string(), line, column, of_sheet: false, reason, mend, text });
    }

    fn notice(&mut self, notice: Notice) {
        self.report.notices.push(notice);
    }
}
