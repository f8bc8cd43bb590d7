//! What `retold compare` is told.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use retold::analysis::settings::TextShown;

use crate::cli::reading::Reading;

use super::choices::Lexicons;
use super::watched::{RUNNING, Watched};

const SOUGHT: &str = "What is looked for";
const WRITTEN: &str = "What is written";

const AFTER: &str = "\
Exit codes:
  0  done, everything was read
  2  could not be done; the message says what, where and how to mend it
  3  done, but some inputs were skipped: tables/skipped.csv names each

Examples:
  retold compare news/ -o out
  retold compare paper-a/ paper-b/ --outlet-from folder
  retold compare news.jsonl -o out --only tables --progress json
  retold compare news/ --lexicon en/framing --lexicon house.csv --excel";

/// Arguments of `retold compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Compare {
    /// Files, and folders to look through for files
    #[arg(required = true, value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,

    /// Folder to write; appears whole or not at all
    #[arg(short, long, value_name = "DIR", default_value = "retold-out", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,

    /// Write into a folder that Retold did not write; files that are not Retold's stay
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,

    /// Persons, groups and places whose labels are told: a CSV with the columns name,aliases,kind (| between aliases) [default:
    /// the names that most is written of]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = SOUGHT)]
    pub(crate) entities: Option<PathBuf>,

    /// Write only these: tables, charts, report (several: tables,charts)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT", help_heading = WRITTEN)]
    pub(crate) only: Vec<Part>,

    /// Also write the charts as pictures in pixels (charts/*.png), twice their size
    #[arg(long, help_heading = WRITTEN)]
    pub(crate) png: bool,

    /// Search for passages as fits the length of the texts
    #[arg(long, value_enum, default_value_t, value_name = "KIND", help_heading = SOUGHT)]
    pub(crate) preset: Preset,

    /// Look for sentences that tell the same in other words, and for variants of quotations
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", help_heading = SOUGHT)]
    pub(crate) paraphrase: Paraphrases,

    /// Compare how often outlets use each word
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", help_heading = SOUGHT)]
    pub(crate) keyness: Paraphrases,

    /// Compare the words of each outlet with those of this one only
    #[arg(long, value_name = "OUTLET", help_heading = SOUGHT)]
    pub(crate) reference: Option<String>,

    /// Pair only articles published at most so many days apart, where both dates are known; 0 pairs all
    ///
    /// Without it, all are paired; above 5,000 articles of which nine in ten are dated, those at most 30 days apart.
    #[arg(long, value_name = "DAYS", help_heading = SOUGHT)]
    pub(crate) window: Option<u32>,

    /// Memory to use, e.g. 500M or 2G; texts and sorting beyond it go to temporary files [default: half of what there is, 4G at most]
    ///
    /// The program itself takes some 150 MB besides. What is kept of each article stays in memory whatever is given here: a run that
    /// does not fit says so before it starts. The result is the same for any size.
    #[arg(long, value_name = "SIZE", value_parser = bytes, help_heading = RUNNING)]
    pub(crate) memory: Option<usize>,

    /// Go on where a run that was cut off stopped: use what it kept of its costly stages, as far as articles, settings and version
    /// are the same
    #[arg(long)]
    pub(crate) resume: bool,

    /// Folder for what is kept while a run goes on; emptied when it ends well. Runs over 100,000 articles keep their costly stages
    /// unasked [default: the output folder's name and .work, beside it]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) work: Option<PathBuf>,

    /// Take the shared passages from a folder that retold-spark wrote, instead of searching for them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["resume", "work"])]
    pub(crate) found: Option<PathBuf>,

    /// Also write the results in these forms (several: json,jsonl)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "NAME", help_heading = WRITTEN)]
    pub(crate) format: Vec<Form>,

    /// Write tables for Excel (a byte order mark, CR LF), and tables.xlsx, a workbook with typed cells
    #[arg(long, help_heading = WRITTEN)]
    pub(crate) excel: bool,

    /// How much of the articles the outputs show
    #[arg(long, value_enum, default_value_t, value_name = "HOW MUCH", help_heading = WRITTEN)]
    pub(crate) text: Text,

    /// Put numbers for the names of outlets, for coding blind; run.private.json says which is which
    ///
    /// File names, ids, addresses, by-lines, datelines, notes and removed blocks are taken out as well. The text itself stays: it may
    /// still name its outlet, and so may a title.
    #[arg(long, help_heading = WRITTEN)]
    pub(crate) mask_outlets: bool,

    /// Also write tables/alignments.csv: every aligned pair of passages
    #[arg(long, help_heading = WRITTEN)]
    pub(crate) pairs: bool,

    /// Leave text in tables as it is, even where a spreadsheet would read a formula
    #[arg(long, help_heading = WRITTEN)]
    pub(crate) raw_csv: bool,

    /// Title of the report
    #[arg(long, value_name = "TEXT", default_value = "How outlets phrase the same event", help_heading = WRITTEN)]
    pub(crate) title: String,

    /// Threads to use; the result is the same for any number
    #[arg(short = 'j', long, value_name = "N", help_heading = RUNNING)]
    pub(crate) threads: Option<std::num::NonZeroUsize>,

    /// Print nothing but the path of the report
    #[arg(short, long, help_heading = RUNNING)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) watched: Watched,

    // Last: its heading holds for what follows.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// tables/*.csv
    Tables,
    /// charts/*.svg
    Charts,
    /// report.html
    Report,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Preset {
    /// News: passages inside paragraphs, sentences that retell one another
    #[default]
    News,
    /// Essays, chapters, web pages: passages that run over paragraphs
    Long,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Paraphrases {
    /// Up to 5,000 articles
    #[default]
    Auto,
    /// Always
    On,
    /// Never
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// report.json: all rows in one document; up to 5,000 articles it is always written
    Json,
    /// findings.jsonl: all rows, an object a line
    Jsonl,
    /// passim.jsonl: the passages with passim's field names, a witness a line
    Passim,
    /// tables/*.parquet: each table with typed columns, for data frames (in builds with the feature parquet)
    Parquet,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Text {
    /// What tables quote, and whole texts in tables/texts.csv
    Full,
    /// What tables quote: passages, sentences, words found
    #[default]
    Excerpt,
    /// No article text: places and counts; titles and notes as given beside it stay
    None,
}

impl Text {
    pub(crate) const fn shown(self) -> TextShown {
        match self {
            Self::Full => TextShown::Full,
            Self::Excerpt => TextShown::Excerpt,
            Self::None => TextShown::None,
        }
    }
}

/// A size in bytes: a whole number, with K, M or G for powers of 1,024.
pub(crate) fn bytes(given: &str) -> Result<usize, String> {
    let (digits, power) = match given.trim().to_ascii_uppercase().trim_end_matches("IB").trim_end_matches('B') {
        size if size.ends_with('K') => (size.trim_end_matches('K').to_owned(), 10),
        size if size.ends_with('M') => (size.trim_end_matches('M').to_owned(), 20),
        size if size.ends_with('G') => (size.trim_end_matches('G').to_owned(), 30),
        size => (size.to_owned(), 0),
    };
    let number: usize = digits.parse().map_err(|_| format!("\"{given}\" is no size; write it as 500M or 2G"))?;
    number.checked_mul(1 << power).ok_or_else(|| format!("\"{given}\" is more than this machine can count"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes() {
        assert_eq!(super::bytes("500M"), Ok(500 << 20));
        assert_eq!(super::bytes("2GiB"), Ok(2 << 30));
        assert_eq!(super::bytes("64kb"), Ok(64 << 10));
        assert_eq!(super::bytes("7"), Ok(7));
        assert!(super::bytes("much").is_err() && super::bytes("99999999999G").is_err());
    }
}
