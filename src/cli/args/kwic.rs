//! What `retold kwic` is told.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::reading::Reading;

use super::choices::{Lexicons, ListingForm, VoiceName};

const AFTER: &str = "\
Examples:
  retold kwic \"resist*\" news/
  retold kwic L-regime news/ --sort right
  retold kwic @legal_judgement news/ --voice narrator --format csv -o places.csv";

/// Arguments of `retold kwic`.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Kwic {
    /// Words, L-ENTRY or @CATEGORY
    #[arg(value_name = "TERM")]
    pub(crate) term: String,

    /// Files, and folders to look through for files
    #[arg(required = true, value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,

    /// Only in these voices (several: narrator,indirect)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VOICE")]
    pub(crate) voice: Vec<VoiceName>,

    /// Order of the lines
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    pub(crate) sort: Order,

    /// How the places are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub(crate) format: ListingForm,

    /// Columns of context on either side
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) width: u16,

    /// File to write instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Leave text in CSV as it is, even where a spreadsheet would read a formula
    #[arg(long)]
    pub(crate) raw_csv: bool,

    // Last: its heading holds for what follows.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// By article and place
    #[default]
    Article,
    /// By the words before
    Left,
    /// By the words after
    Right,
    /// By the words found
    Keyword,
}
