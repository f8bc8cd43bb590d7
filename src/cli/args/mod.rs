//! What can be typed: a file a command; what takes little to say stands here.

mod check;
mod choices;
mod compare;
mod kwic;
mod lexicon;
mod worksheet;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueHint};

use super::reading::Reading;

pub(crate) use check::{Check, FailOn, FindingsForm};
pub(crate) use choices::{Lexicons, ListingForm};
pub(crate) use compare::{Compare, Form, Paraphrases, Part, Preset, Text, bytes};
pub(crate) use kwic::{Kwic, Order};
pub(crate) use lexicon::{Lexicon, LexiconForm};
pub(crate) use worksheet::Worksheet;

/// Shows how news outlets phrase the same event.
///
/// Retold reads articles, lays the passages that outlets share side by side, marks loaded wording from a list that you can
/// read and change, tells quoted words from the outlet's own, and writes CSV tables, charts and a report. It never says
/// which outlet is right.
#[derive(Debug, Parser)]
#[command(name = "retold", version, max_term_width = 100)]
pub(crate) struct Args {
    /// File of flags to use instead of the nearest retold.toml
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,

    /// Use no retold.toml
    #[arg(long, global = true, help_heading = "Configuration")]
    pub(crate) isolated: bool,

    /// What was typed, and the flags that a retold.toml adds to it.
    #[arg(skip)]
    pub(crate) effective: Vec<String>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare outlets: tables, charts and a report in one folder
    ///
    /// Reads text files, tables (CSV, TSV), JSON and JSON lines, saved web pages, exports of databases (Nexis, Factiva,
    /// ProQuest), feeds, wire formats (ninjs, NewsML-G2, NITF) and WARC, each also as .gz or in a .zip; docs/formats.md has the
    /// list. Who published an article is told by a sheet (a file articles.csv in the folder, with the columns path,outlet and,
    /// if known, published_at,url,title,byline,language,note), by the file or the page itself, by the host of its address, or by
    /// its sub-folder; otherwise each file counts as an outlet of its own. tables/articles.csv says which it was.
    Compare(Compare),
    /// List listed wording as findings, for drafts, editors and continuous integration
    ///
    /// Reads what `retold compare` reads; one article is enough, and - is standard input. A finding is no mistake: it says
    /// that wording is on a list, whose words it stands in, why it is listed and what could be written instead.
    Check(Check),
    /// Show the passages that two articles share side by side
    ///
    /// Reads two files with one article each. What differs stands in brackets; nothing is written.
    Align(Align),
    /// Show words in their sentences, one place a line
    ///
    /// TERM is a word or several (`occupation troops`), with a star for any letters (`occup*`); an entry of the lexicon
    /// (`L-cowardly`); or a category of it (`@legal_judgement`).
    Kwic(Kwic),
    /// Look at, check, try, exchange and start lists of wording
    #[command(subcommand)]
    Lexicon(Lexicon),
    /// Start a folder: a sheet of the articles found, a list of your own, and a file of flags
    ///
    /// Writes articles.csv (a row a file, with outlet, date and title as far as they were found: fill the gaps), house.csv (two
    /// examples of wording of your own) and retold.toml (flags that hold for the folder). Nothing that is there is written over.
    Init(Init),
    /// Make printable pages for a class: the same passage in two outlets, with a key; or set filled answers beside the key
    ///
    /// Writes worksheet.html (to print: a page a passage, outlets as Text 1 and Text 2), answers.csv (to fill in a spreadsheet),
    /// key.html and key.csv (for whoever teaches). Hand out the first two.
    Worksheet(Worksheet),
    /// Compare invented articles that come with the program, to see what comes out
    ///
    /// Three outlets of an invented island report a strike at its harbour. Nothing is opened; the last line names the report.
    Demo(Demo),
    /// Explain a code of a message, or an entry of the lexicon
    Explain(Explain),
    /// Print the JSON Schema of report.json
    Schema,
}

/// Arguments of `retold init`.
#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder that holds the articles
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Print the sheet, and write nothing
    #[arg(long)]
    pub(crate) sheet: bool,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Arguments of `retold demo`.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Folder to write; appears whole or not at all
    #[arg(short, long, value_name = "DIR", default_value = "retold-demo", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,

    /// Write the articles into this new folder instead, to look at, change and compare
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["out", "force"])]
    pub(crate) articles: Option<PathBuf>,

    /// Write into a folder that Retold did not write; files that are not Retold's stay
    #[arg(long)]
    pub(crate) force: bool,

    /// Print nothing but the path of the report
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Arguments of `retold explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  retold explain E014\n  retold explain L-cowardly\n  retold explain regime change")]
pub(crate) struct Explain {
    /// A code such as E014, the id of an entry such as L-cowardly, or its wording
    #[arg(required = true, value_name = "CODE-OR-ENTRY")]
    pub(crate) what: Vec<String>,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,
}

/// Arguments of `retold align`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  retold align paper-a/monday.txt paper-b/monday.txt")]
pub(crate) struct Align {
    /// One article
    #[arg(value_name = "A")]
    pub(crate) a: PathBuf,

    /// The other
    #[arg(value_name = "B")]
    pub(crate) b: PathBuf,

    /// One text with [A|B] where they differ, instead of two columns
    #[arg(long)]
    pub(crate) inline: bool,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,

    /// Columns of the page; that of the terminal, or 100, if not given
    #[arg(long, value_name = "N")]
    pub(crate) width: Option<u16>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Args::command().debug_assert();
    }
}
