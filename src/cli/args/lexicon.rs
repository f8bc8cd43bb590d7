//! What `retold lexicon` is told.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::cli::reading::Reading;

use super::choices::{Lexicons, ListingForm};

/// Subcommands of `retold lexicon`.
#[derive(Debug, Subcommand)]
pub(crate) enum Lexicon {
    /// List entries
    #[command(
        after_help = "Examples:\n  retold lexicon list --category legal_judgement\n  retold lexicon list --topic climate --min-strength 2\n  retold lexicon list --lexicon house.csv"
    )]
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
    #[command(
        after_help = "Examples:\n  retold lexicon show L-cowardly\n  retold lexicon show L-regime L-cowardly\n  retold lexicon show L-cowardly --lexicon house.csv"
    )]
    Show {
        /// Ids, as L-cowardly
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        lexicons: Lexicons,
    },
    /// Say what is wrong with a lexicon: reasons, sources, examples, doubles, balance; exit code 1 if anything is
    #[command(after_help = "Examples:\n  retold lexicon check\n  retold lexicon check house.csv\n  retold lexicon check --balance")]
    Check {
        /// Lexicon files, checked together with the shipped one; the shipped one if none is given
        #[arg(value_name = "FILES")]
        files: Vec<String>,
        /// Show the wording of each side of every dispute
        #[arg(long)]
        balance: bool,
    },
    /// Try a lexicon on articles before it is used: how often each entry is found, with sentences
    #[command(
        after_help = "Examples:\n  retold lexicon test archive/ --lexicon house.csv\n  retold lexicon test archive/ --samples 1 --min-strength 2\n  retold lexicon test archive.jsonl"
    )]
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
    #[command(
        after_help = "Examples:\n  retold lexicon suggest news/\n  retold lexicon suggest news.jsonl --top 20 --format csv -o suggestions.csv\n  retold lexicon suggest news/ --lexicon en/framing --lexicon house.csv"
    )]
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
    #[command(
        after_help = "Examples:\n  retold lexicon import dictionary.yml -o house.csv\n  retold lexicon import house.csv --to toml\n  retold lexicon import house.toml --to quanteda-yaml -o house.yml"
    )]
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
    #[command(
        after_help = "Examples:\n  retold lexicon export -o framing.csv\n  retold lexicon export --to quanteda-yaml -o framing.yml\n  retold lexicon export --to vale --min-strength 3 -o styles/Retold"
    )]
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
    #[command(
        after_help = "Examples:\n  retold lexicon diff en/framing house.csv\n  retold lexicon diff old.csv new.csv\n  retold lexicon diff old.csv new.csv archive/"
    )]
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

        #[command(flatten)]
        reading: Reading,
    },
    /// Start a house list: a CSV file with two examples
    #[command(after_help = "Examples:\n  retold lexicon init\n  retold lexicon init desk.csv")]
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
