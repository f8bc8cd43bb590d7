//! What `retold check` is told.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::reading::Reading;

use super::choices::{Lexicons, VoiceName};

const AFTER: &str = "\
Exit codes:
  0  nothing found at or above --fail-on
  1  something found at or above --fail-on (also where inputs were skipped)
  2  could not be done; the message says what, where and how to mend it
  3  done, but some inputs were skipped: each is named on standard error

Examples:
  retold check drafts/
  retold check - < draft.txt
  retold check drafts/ --lexicon en/framing --lexicon house.csv --format github
  retold check drafts/ --write-baseline known.json
  retold check drafts/ --baseline known.json";

/// Arguments of `retold check`.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Check {
    /// Files, and folders to look through for files; - is standard input
    #[arg(required = true, value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,

    /// In whose words wording counts (several: narrator,indirect)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VOICE", default_value = "narrator")]
    pub(crate) voice: Vec<VoiceName>,

    /// Weakest wording that is listed: 3 strong, 2 clear, 1 weak
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub(crate) min_strength: u8,

    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub(crate) format: FindingsForm,

    /// Least level of a finding that ends in exit code 1; shipped entries are notes
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,

    /// Exit code 0 whatever is found
    #[arg(long)]
    pub(crate) exit_zero: bool,

    /// Leave out findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write all that is found as known findings
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,

    /// File to write the findings to, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Threads to use; the result is the same for any number
    #[arg(short = 'j', long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,

    /// No summary line on standard error
    #[arg(short, long)]
    pub(crate) quiet: bool,

    // Last: its heading holds for what follows.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingsForm {
    /// For people: the place in its sentence, why, what else
    #[default]
    Full,
    /// For people and editors: a line each
    Concise,
    /// One JSON object
    Json,
    /// A JSON object a line, the last one a summary
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// For reviewdog
    Rdjson,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Any finding
    Note,
    /// Wording that a lexicon gives the level warning or error
    #[default]
    Warning,
    /// Wording that a lexicon gives the level error
    Error,
    /// None
    Never,
}
