//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Shows how news outlets phrase the same event.
///
/// Retold reads articles, lays the passages that outlets share side by side, marks loaded wording from a list that you can
/// read and change, tells quoted words from the outlet's own, and writes CSV tables, charts and a report. It never says
/// which outlet is right.
#[derive(Debug, Parser)]
#[command(name = "retold", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare outlets: tables, charts and a report in one folder
    ///
    /// Reads .txt files, one article each. Who published a file is told by a sheet (a file articles.csv in the folder, with
    /// the columns path,outlet and, if known, published_at,url,title,byline,language,note), else by a `---` head in the file,
    /// else by its sub-folder; otherwise each file counts as an outlet of its own.
    Compare(Compare),
}

/// Arguments of `retold compare`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes:\n  0  done, everything was read\n  2  could not be done; the message says what, where and how to mend it\n  3  done, but some inputs were skipped: tables/skipped.csv names each with its reason\n\nExamples:\n  retold compare seeds -o out\n  retold compare paper-a/ paper-b/ --outlet-from folder -o out"
)]
pub(crate) struct Compare {
    /// Files, and folders to look through for files
    #[arg(required = true, value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,

    /// Folder to write; appears whole or not at all
    #[arg(short, long, value_name = "DIR", default_value = "retold-out")]
    pub(crate) out: PathBuf,

    /// Write into a folder that Retold did not write; files that are not Retold's stay
    #[arg(long)]
    pub(crate) force: bool,

    /// Sheet with the columns path,outlet,… for all files given, instead of articles.csv in the folders
    #[arg(long, value_name = "FILE")]
    pub(crate) articles: Option<PathBuf>,

    /// What names the outlet of a file
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub(crate) outlet_from: OutletFrom,

    /// Also write tables/alignments.csv: every aligned pair of passages
    #[arg(long)]
    pub(crate) pairs: bool,

    /// Leave text in tables as it is, even where a spreadsheet would read a formula
    #[arg(long)]
    pub(crate) raw_csv: bool,

    /// Title of the report
    #[arg(long, value_name = "TEXT", default_value = "How outlets phrase the same event")]
    pub(crate) title: String,

    /// Threads to use; the result is the same for any number
    #[arg(short = 'j', long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,

    /// Print nothing but the path of the report
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum OutletFrom {
    /// Sheet, else head of the file, else sub-folder, else each file is its own
    #[default]
    Auto,
    /// The folder directly inside what was given, or the one that holds the file
    Folder,
    /// Each file is its own
    File,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Args::command().debug_assert();
    }
}
