//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};

use retold::analysis::settings::TextShown;
use retold::voice::mask::Voice;

use super::reading::Reading;

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

/// Which listed wording is looked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Lexicons {
    /// Listed wording to look for: en/framing, which is shipped, or a .toml or .csv file; several are laid over one another, a
    /// later one over an earlier [default: en/framing]
    #[arg(long = "lexicon", value_name = "NAME|FILE")]
    pub(crate) names: Vec<String>,
}

/// Arguments of `retold kwic`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  retold kwic \"resist*\" seeds\n  retold kwic @legal_judgement seeds --voice narrator --format csv -o places.csv"
)]
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

/// Whose words, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum VoiceName {
    /// The outlet's own
    Narrator,
    /// Somebody else's, without quotation marks
    Indirect,
    /// Somebody else's, in quotation marks
    Direct,
}

impl VoiceName {
    pub(crate) const fn voice(self) -> Voice {
        match self {
            Self::Narrator => Voice::Narrator,
            Self::Indirect => Voice::Indirect,
            Self::Direct => Voice::Direct,
        }
    }
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListingForm {
    /// For people
    #[default]
    Text,
    /// A table with a header
    Csv,
    /// JSON, one object a line
    Jsonl,
}

/// Subcommands of `retold lexicon`.
#[derive(Debug, Subcommand)]
pub(crate) enum Lexicon {
    /// List entries
    List {
        #[command(flatten)]
        lexicons: Lexicons,
        /// Only this category
        #[arg(long, value_name = "CATEGORY")]
        category: Option<String>,
        /// Only this subject field
        #[arg(long, value_name = "DOMAIN")]
        domain: Option<String>,
        /// Only entries that lean to a side of this dispute
        #[arg(long, value_name = "TOPIC")]
        topic: Option<String>,
        /// Only from this strength on
        #[arg(long, value_name = "0-3", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
        min_strength: u8,
    },
    /// Show all that entries say
    Show {
        /// Ids, as L-cowardly
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        lexicons: Lexicons,
    },
    /// Say what is wrong with a lexicon: reasons, sources, examples, doubles, balance; exit code 1 if anything is
    Check {
        /// Lexicon files, checked together with the shipped one; the shipped one if none is given
        #[arg(value_name = "FILES")]
        files: Vec<String>,
        /// Show the wording of each side of every dispute
        #[arg(long)]
        balance: bool,
    },
    /// Try a lexicon on articles before it is used: how often each entry is found, with sentences
    Test {
        /// Files, and folders to look through for files
        #[arg(required = true, value_name = "PATHS")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        lexicons: Lexicons,
        /// Only from this strength on
        #[arg(long, value_name = "1-3", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
        min_strength: u8,
        /// Sentences shown of each entry
        #[arg(long, value_name = "N", default_value_t = 3)]
        samples: usize,
        #[command(flatten)]
        reading: Reading,
    },
    /// Offer wording that differs between outlets in the same sentence and that no entry lists
    Suggest {
        /// Files, and folders to look through for files
        #[arg(required = true, value_name = "PATHS")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        lexicons: Lexicons,
        /// Most wordings shown
        #[arg(long, value_name = "N", default_value_t = 50)]
        top: usize,
        /// How they are printed
        #[arg(long, value_enum, default_value_t, value_name = "FORM")]
        format: ListingForm,
        /// File to write instead of standard output
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Turn a lexicon into Retold's form: TOML, CSV, or a quanteda dictionary in YAML
    Import {
        /// The file; .yml and .yaml are quanteda dictionaries
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The form to write
        #[arg(long, value_enum, default_value = "csv", value_name = "FORM")]
        to: LexiconForm,
        /// File to write instead of standard output
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write a lexicon for a spreadsheet, for review, for quanteda or for Vale
    Export {
        #[command(flatten)]
        lexicons: Lexicons,
        /// The form to write; vale writes a folder of rules and wants -o
        #[arg(long, value_enum, default_value = "csv", value_name = "FORM")]
        to: LexiconForm,
        /// For vale: only from this strength on
        #[arg(long, value_name = "1-3", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
        min_strength: u8,
        /// File to write instead of standard output; for vale, the folder
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Say what differs between two lexicons and, given articles, what would be found otherwise
    Diff {
        /// The lexicon before: en/framing or a file
        #[arg(value_name = "OLD")]
        old: String,
        /// The lexicon after
        #[arg(value_name = "NEW")]
        new: String,
        /// Articles to try both on
        #[arg(value_name = "PATHS")]
        paths: Vec<PathBuf>,
    },
    /// Start a house list: a CSV file with two examples
    Init {
        /// The file
        #[arg(value_name = "FILE", default_value = "house.csv")]
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LexiconForm {
    /// One entry a row, for spreadsheets
    Csv,
    /// One entry a block, for review
    Toml,
    /// A dictionary for quanteda: wording only
    QuantedaYaml,
    /// Rules for Vale
    Vale,
}

/// Arguments of `retold check`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes:\n  0  nothing found at or above --fail-on\n  1  something found at or above --fail-on (also where inputs were skipped)\n  2  could not be done; the message says what, where and how to mend it\n  3  done, but some inputs were skipped: each is named on standard error\n\nExamples:\n  retold check drafts/\n  retold check - < draft.txt\n  retold check drafts/ --lexicon en/framing --lexicon house.csv --format github\n  retold check drafts/ --write-baseline known.json    then: --baseline known.json"
)]
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
    #[arg(short, long, value_name = "DIR", default_value = "retold-out", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,

    /// Write into a folder that Retold did not write; files that are not Retold's stay
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,

    /// Persons, groups and places whose labels are told: a CSV with the columns name,aliases,kind (| between aliases) [default:
    /// the names that most is written of]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) entities: Option<PathBuf>,

    /// Write only these: tables, charts, report (several: tables,charts)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    pub(crate) only: Vec<Part>,

    /// Search for passages as fits the length of the texts
    #[arg(long, value_enum, default_value_t, value_name = "KIND")]
    pub(crate) preset: Preset,

    /// Look for sentences that tell the same in other words, and for variants of quotations
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) paraphrase: Paraphrases,

    /// Compare how often outlets use each word
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) keyness: Paraphrases,

    /// Compare the words of each outlet with those of this one only
    #[arg(long, value_name = "OUTLET")]
    pub(crate) reference: Option<String>,

    /// Pair only articles published at most so many days apart, where both dates are known; 0 pairs all
    ///
    /// Without it, all are paired; above 5,000 articles of which nine in ten are dated, those at most 30 days apart.
    #[arg(long, value_name = "DAYS")]
    pub(crate) window: Option<u32>,

    /// Memory for sorting, e.g. 500M or 2G; what goes beyond is sorted in temporary files
    #[arg(long, value_name = "SIZE", value_parser = bytes, default_value = "1G")]
    pub(crate) memory: usize,

    /// Also write the results in these forms (several: json,jsonl)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "NAME")]
    pub(crate) format: Vec<Form>,

    /// Write tables for Excel (a byte order mark, CR LF), and tables.xlsx, a workbook with typed cells
    #[arg(long)]
    pub(crate) excel: bool,

    /// How much of the articles the outputs show
    #[arg(long, value_enum, default_value_t, value_name = "HOW MUCH")]
    pub(crate) text: Text,

    /// Put numbers for the names of outlets, for coding blind; run.private.json says which is which
    ///
    /// File names, ids, addresses, by-lines, datelines, notes and removed blocks are taken out as well. The text itself stays: it may
    /// still name its outlet, and so may a title.
    #[arg(long)]
    pub(crate) mask_outlets: bool,

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
pub(super) fn bytes(given: &str) -> Result<usize, String> {
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
    use clap::CommandFactory;

    #[test]
    fn sizes() {
        assert_eq!(super::bytes("500M"), Ok(500 << 20));
        assert_eq!(super::bytes("2GiB"), Ok(2 << 30));
        assert_eq!(super::bytes("64kb"), Ok(64 << 10));
        assert_eq!(super::bytes("7"), Ok(7));
        assert!(super::bytes("much").is_err() && super::bytes("99999999999G").is_err());
    }

    #[test]
    fn arguments_are_consistent() {
        super::Args::command().debug_assert();
    }
}
