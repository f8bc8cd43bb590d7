//! How articles are read, as typed: the flags that every command with articles has.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::date::DateOrder;
use retold::corpus::furniture::Furniture;
use retold::corpus::outlet_names::OutletNames;
use retold::error::{ErrorKind, Position, Result};
use retold::read::columns::Columns;
use retold::read::encoding::Encoding;
use retold::read::files::{OutletFrom, ReadOptions};
use retold::read::limits::Limits;
use retold::watch::Watch;

/// How articles are read.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct Reading {
    /// Sheet with the columns path,outlet,… for all files given, instead of articles.csv in the folders
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) articles: Option<PathBuf>,

    /// What names the outlet of a file
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    outlet_from: From,

    /// Other names of outlets, laid over the shipped list: a CSV with the columns name,also,hosts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) outlets: Option<PathBuf>,

    /// Leave names of outlets as they are given, even where two spellings stand for one outlet
    #[arg(long)]
    keep_names: bool,

    /// Which column of a table, or key of JSON, holds what: text=Inhalt,outlet=Zeitung (fields: id, outlet, title, byline,
    /// published_at, retrieved_at, url, language, note, summary, text)
    #[arg(long, value_name = "FIELD=NAME,…", value_parser = Columns::parse)]
    columns: Option<Columns>,

    /// Encoding of files that state none: utf-8, windows-1252, utf-16le, …; auto guesses, and says what [default: utf-8]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,

    /// Order of dates such as 03/04/2021, which are not read without it
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<Order>,

    /// Put text right that was decoded wrongly before it came here (â€™ for ’)
    #[arg(long)]
    mend: bool,

    /// Leave menu lines, credits and the like in the text; removed.csv then lists what would be taken off
    #[arg(long)]
    keep_furniture: bool,

    /// Bound on what is read: file, document, record, field (sizes, as 500M), columns, nesting, ratio, entries (numbers)
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limit)]
    limits: Vec<(Bound, u64)>,

    /// List the files that would be read, each with its format or why it is not read, and do nothing else
    #[arg(long)]
    pub(crate) list_files: bool,

    /// Write nothing and exit with 2 unless everything that was given could be read; what could not is listed
    #[arg(long)]
    pub(crate) strict: bool,
}

/// What names the outlet, as typed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum From {
    /// What sheet, file or page state, else the host of the address, the sub-folder, the dateline; else each file is its own
    #[default]
    Auto,
    /// The folder directly inside what was given, or the one that holds the file
    Folder,
    /// The record itself, whatever sheet, address and folder say; else each file is its own
    Column,
    /// Each file is its own
    File,
}

/// Order of numbers in dates, as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Order {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

/// A bound by its name.
#[derive(Clone, Copy, Debug)]
enum Bound {
    File,
    Document,
    Record,
    Field,
    Columns,
    Nesting,
    Ratio,
    Entries,
}

impl Reading {
    /// What is asked for.
    ///
    /// # Errors
    /// When the list of outlets cannot be used.
    pub(crate) fn options(&self) -> Result<ReadOptions> {
        Ok(ReadOptions {
            sheet: self.articles.clone(),
            outlet_from: match self.outlet_from {
                From::Auto => OutletFrom::Auto,
                From::Folder => OutletFrom::Folder,
                From::Column => OutletFrom::Column,
                From::File => OutletFrom::File,
            },
            apart: self.outlets.iter().cloned().collect(),
            columns: self.columns.clone().unwrap_or_default(),
            encoding: self.encoding.unwrap_or_default(),
            date_order: match self.date_order {
                None => DateOrder::Unknown,
                Some(Order::Dmy) => DateOrder::DayFirst,
                Some(Order::Mdy) => DateOrder::MonthFirst,
            },
            mend: self.mend,
            outlets: self.outlets.as_deref().map(names).transpose()?,
            limits: self.limits(),
            ..ReadOptions::default()
        })
    }

    /// Seals what was read.
    pub(crate) fn seal(&self, builder: CorpusBuilder, options: &ReadOptions, watch: &dyn Watch) -> Corpus {
        let names = (!self.keep_names).then(|| options.outlet_names());
        builder.seal_as(names, if self.keep_furniture { Furniture::Keep } else { Furniture::TakeOff }, watch)
    }

    /// Whether spellings of an outlet's name stay as they are.
    #[cfg(feature = "arrow")]
    pub(crate) const fn keeps_names(&self) -> bool {
        self.keep_names
    }

    /// Whether furniture stays in the text.
    #[cfg(feature = "arrow")]
    pub(crate) const fn keeps_furniture(&self) -> bool {
        self.keep_furniture
    }

    /// Files that are read besides the articles.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.articles.iter().chain(&self.outlets).cloned().collect()
    }

    /// Flags of which only this one is given.
    #[cfg(test)]
    pub(crate) fn of_strictness(strict: bool) -> Self {
        Self { strict, ..Self::default() }
    }

    fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for &(bound, value) in &self.limits {
            let size = usize::try_from(value).unwrap_or(usize::MAX);
            match bound {
                Bound::File => limits.file = value,
                Bound::Document => limits.document = value,
                Bound::Record => limits.record = size,
                Bound::Field => limits.field = size,
                Bound::Columns => limits.columns = size,
                Bound::Nesting => limits.nesting = size,
                Bound::Ratio => limits.ratio = value,
                Bound::Entries => limits.entries = size,
            }
        }
        limits
    }
}

/// The shipped names of outlets with a list of one's own over them.
fn names(path: &std::path::Path) -> Result<OutletNames> {
    let bytes = std::fs::read(path).map_err(|source| ErrorKind::Input { path: path.to_path_buf(), source })?;
    let own = OutletNames::parse(&bytes).map_err(|(line, message)| ErrorKind::Sheet {
        position: Position::line(path, line),
        message,
        mend: "write it as CSV in UTF-8 with the columns name,also,hosts, and | between several".into(),
    })?;
    Ok(OutletNames::shipped().clone().overlaid(own))
}

fn encoding(given: &str) -> std::result::Result<Encoding, String> {
    Encoding::named(given).ok_or_else(|| format!("\"{given}\" is no encoding; usual ones are utf-8, windows-1252, utf-16le; auto guesses"))
}

fn limit(given: &str) -> std::result::Result<(Bound, u64), String> {
    let (name, value) = given.split_once('=').ok_or_else(|| format!("\"{given}\" is no bound; write it as record=128M"))?;
    let (bound, is_size) = match name.trim() {
        "file" => (Bound::File, true),
        "document" => (Bound::Document, true),
        "record" => (Bound::Record, true),
        "field" => (Bound::Field, true),
        "columns" => (Bound::Columns, false),
        "nesting" => (Bound::Nesting, false),
        "ratio" => (Bound::Ratio, false),
        "entries" => (Bound::Entries, false),
        other => {
            return Err(format!("\"{other}\" is no bound; the bounds are file, document, record, field, columns, nesting, ratio, entries"));
        }
    };
    let number = || value.trim().parse().map_err(|_| format!("\"{value}\" is no number"));
    let value = if is_size { super::args::bytes(value)? as u64 } else { number()? };
    if value == 0 { Err("a bound of 0 would leave nothing".into()) } else { Ok((bound, value)) }
}

#[cfg(test)]
mod tests {
    use super::limit;

    #[test]
    fn bounds() {
        assert!(matches!(limit("record=128M"), Ok((super::Bound::Record, size)) if size == 128 << 20));
        assert!(matches!(limit("ratio=1000"), Ok((super::Bound::Ratio, 1000))));
        for wrong in ["record", "records=1M", "ratio=many", "field=0"] {
            assert!(limit(wrong).is_err(), "{wrong}");
        }
    }
}
