//! What `retold worksheet` is told.

use std::path::PathBuf;

use clap::ValueHint;

use crate::cli::reading::Reading;

use super::choices::Lexicons;
use super::compare::Text;
use super::watched::Watched;

const AFTER: &str = "\
Exit codes:
  0  done, everything was read
  2  could not be done; the message says what, where and how to mend it
  3  done, but some inputs were skipped

Examples:
  retold worksheet news/ -o class
  retold worksheet news/ -o class --passages 3 --excel
  retold worksheet --check anna.csv ben.csv --key class/key.csv";

/// Arguments of `retold worksheet`.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Worksheet {
    /// Files, and folders to look through for files
    #[arg(required_unless_present = "check", value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,

    /// Folder to write; appears whole or not at all
    #[arg(short, long, value_name = "DIR", default_value = "retold-worksheet", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,

    /// Write into a folder that Retold did not write; files that are not Retold's stay
    #[arg(long)]
    pub(crate) force: bool,

    /// Passages, a page each
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u8).range(1..=40))]
    pub(crate) passages: u8,

    /// Title of the pages
    #[arg(long, value_name = "TEXT", default_value = "The same event in other words")]
    pub(crate) title: String,

    /// Print the names of outlets on the pages, instead of Text 1 and Text 2
    #[arg(long, conflicts_with = "mask_outlets")]
    pub(crate) name_outlets: bool,

    /// Put numbers for the names of outlets in the key as well
    #[arg(long)]
    pub(crate) mask_outlets: bool,

    /// How much of the articles may be shown; a worksheet needs more than none
    #[arg(long, value_enum, default_value_t, value_name = "HOW MUCH")]
    pub(crate) text: Text,

    /// Write the sheets for Excel: a byte order mark, CR LF
    #[arg(long)]
    pub(crate) excel: bool,

    /// Set filled answers beside the key; several files show where a class agrees
    #[arg(long, value_name = "ANSWERS", num_args = 1.., value_hint = ValueHint::FilePath, conflicts_with = "paths")]
    pub(crate) check: Vec<PathBuf>,

    /// The key that the answers belong to [default: key.csv beside the first of them]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "check")]
    pub(crate) key: Option<PathBuf>,

    /// Threads to use; the result is the same for any number
    #[arg(short = 'j', long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,

    /// Print nothing but the path of the pages
    #[arg(short, long)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,

    #[command(flatten)]
    pub(crate) watched: Watched,

    // Last: its heading holds for what follows.
    #[command(flatten)]
    pub(crate) reading: Reading,
}
