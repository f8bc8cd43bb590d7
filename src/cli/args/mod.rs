//! What can be typed: a file a command; what takes little to say stands here.

mod check;
mod choices;
mod compare;
mod kwic;
mod lexicon;
mod stage;
mod watched;
mod worksheet;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};

use super::reading::Reading;

pub(crate) use check::{Check, FailOn, FindingsForm};
pub(crate) use choices::{Lexicons, ListingForm};
pub(crate) use compare::{Compare, Form, Paraphrases, Part, Preset, Text, bytes};
pub(crate) use kwic::{Kwic, Order};
pub(crate) use lexicon::{Lexicon, LexiconForm};
pub(crate) use stage::Stage;
pub(crate) use watched::{Shows, Watched};
pub(crate) use worksheet::Worksheet;

const START: &str = "\
Examples:
  retold demo
  retold compare news/ -o out
  retold check draft.txt
  retold compare --help";

/// Shows how news outlets phrase the same event.
///
/// Retold reads articles, lays the passages that outlets share side by side, marks loaded wording from a list that you can
/// read and change, tells quoted words from the outlet's own, and writes CSV tables, charts and a report. It never says
/// which outlet is right.
#[derive(Debug, Parser)]
#[command(name = "retold", version, max_term_width = 100, after_help = START)]
pub(crate) struct Args {
    /// File of flags to use instead of the nearest retold.toml
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,

    /// Use no retold.toml
    #[arg(long, global = true, help_heading = "Configuration")]
    pub(crate) isolated: bool,

    /// Print what would run, every flag with its value and where that comes from, as a retold.toml, and run nothing
    #[arg(long, global = true, help_heading = "Configuration")]
    pub(crate) dump_config: bool,

    /// Colours in messages; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", help_heading = "Configuration")]
    pub(crate) color: Colours,

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
    /// Run a step of a comparison as a filter over Arrow streams, for an engine on many machines
    ///
    /// Reads an Arrow IPC stream on standard input and writes one to standard output; retold-spark starts it. docs/stages.md has the
    /// columns of each step.
    Stage(Stage),
    /// Explain a code of a message, or an entry of the lexicon
    Explain(Explain),
    /// Print the JSON Schema of report.json
    #[command(after_help = "Example:\n  retold schema > report.schema.json")]
    Schema,
    /// Print completions for a shell
    ///
    /// The shell reads them from a file in a folder that it knows, or at its start.
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual, or write it into a folder, a page a command
    #[command(after_help = MAN)]
    Man {
        /// Folder to write the pages into; they are printed where none is given
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
}

const COMPLETIONS: &str = "\
Examples:
  retold completions bash > ~/.local/share/bash-completion/completions/retold
  retold completions zsh > ~/.zfunc/_retold
  retold completions fish > ~/.config/fish/completions/retold.fish
  retold completions powershell >> $PROFILE";

const MAN: &str = "\
Examples:
  retold man | man -l -
  retold man ~/.local/share/man/man1
  man retold-compare";

/// When messages have colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colours {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Command {
    /// The articles of a command that reads any, and how it reads them.
    pub(crate) fn reads(&self) -> Option<(&[PathBuf], &Reading)> {
        match self {
            Self::Compare(args) => Some((&args.paths, &args.reading)),
            Self::Check(args) => Some((&args.paths, &args.reading)),
            Self::Kwic(args) => Some((&args.paths, &args.reading)),
            Self::Worksheet(args) => Some((&args.paths, &args.reading)),
            Self::Init(args) => Some((std::slice::from_ref(&args.folder), &args.reading)),
            Self::Lexicon(Lexicon::Test { paths, reading, .. } | Lexicon::Suggest { paths, reading, .. }) => Some((paths, reading)),
            _ => None,
        }
    }

    /// Whether messages are for programs.
    pub(crate) fn speaks_json(&self) -> bool {
        let watched = match self {
            Self::Compare(args) => Some(&args.watched),
            Self::Worksheet(args) => Some(&args.watched),
            _ => None,
        };
        watched.is_some_and(|watched| watched.progress == Shows::Json)
    }
}

/// Arguments of `retold init`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  retold init news/\n  retold init --sheet news/ > articles.csv\n  retold init news/ --outlet-from folder"
)]
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
#[command(after_help = "Examples:\n  retold demo\n  retold demo -o my-demo\n  retold demo --articles island/")]
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

// Codes in these lines are examples (tests/codes.rs looks for those that are shown).
const EXPLAIN: &str = "Examples:\n  retold explain E014\n  retold explain L-cowardly\n  retold explain regime change"; // after_help

/// Arguments of `retold explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXPLAIN)]
pub(crate) struct Explain {
    /// A code such as E014, the id of an entry such as L-cowardly, or its wording
    #[arg(required = true, value_name = "CODE-OR-ENTRY")]
    pub(crate) what: Vec<String>,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,
}

const ALIGN: &str = "\
Examples:
  retold align paper-a/monday.txt paper-b/monday.txt
  retold align monday.html tuesday.html --inline
  retold align a.txt b.txt --width 72 > side-by-side.txt";

/// Arguments of `retold align`.
#[derive(Debug, clap::Args)]
#[command(after_help = ALIGN)]
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

    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Args::command().debug_assert();
    }
}
