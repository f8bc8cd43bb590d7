//! What can go wrong, where, and how to mend it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::id::ArticleId;

/// Where in a file: 1-based line and column, 0 where not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file as the user named it.
    pub path: PathBuf,
    /// 1-based line, 0 for the whole file.
    pub line: usize,
    /// 1-based column in code points, 0 for the whole line.
    pub column: usize,
}

impl Position {
    /// A whole file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self { path: path.to_path_buf(), line: 0, column: 0 }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(path: &Path, line: usize) -> Self {
        Self { path: path.to_path_buf(), line, column: 0 }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        for number in [self.line, self.column].into_iter().take_while(|&n| n > 0) {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

/// An error that ends a run. Bad input does not: it becomes a row of `skipped.csv`.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// `Result` with [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// The kinds of error that end a run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A path given to read is not there or cannot be opened.
    #[error("cannot read {}: {source}", path.display())]
    Input {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No article was found in what was given.
    #[error("no article in {given}")]
    NoArticles {
        /// The paths as given.
        given: String,
        /// How many files were skipped.
        skipped: usize,
    },
    /// Two articles were asked for, and so many are there.
    #[error("two articles stand side by side, and {articles} were found")]
    NotTwo {
        /// How many articles.
        articles: usize,
    },
    /// All articles belong to one outlet.
    #[error("nothing to compare: all {articles} articles belong to outlet \"{outlet}\"")]
    OneOutlet {
        /// Its name.
        outlet: String,
        /// How many articles.
        articles: usize,
    },
    /// No passage suits a worksheet.
    #[error("no page for a worksheet: {}", match shared { 0 => "the outlets share no passage".to_owned(), n => format!("of {n} shared passages none that fits a page differs in listed wording") })]
    NoWorksheet {
        /// Passages that two outlets or more share.
        shared: usize,
    },
    /// Filled answers, or a key, that cannot be used.
    #[error("{position}: {message}")]
    Answers {
        /// Where.
        position: Position,
        /// What is wrong.
        message: String,
    },
    /// A sheet of articles that cannot be used.
    #[error("{position}: {message}")]
    Sheet {
        /// Where.
        position: Position,
        /// What is wrong.
        message: String,
        /// How to mend it.
        mend: String,
    },
    /// A sheet of entities that cannot be used.
    #[error("{position}: {message}")]
    Entities {
        /// Where.
        position: Position,
        /// What is wrong, with what was found.
        message: String,
    },
    /// A file of flags that cannot be used.
    #[error("{position}: {message}")]
    Config {
        /// Where.
        position: Position,
        /// What is wrong.
        message: String,
        /// How to mend it.
        mend: String,
    },
    /// A file of known findings that cannot be used.
    #[error("{}: {message}", path.display())]
    Baseline {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// A lexicon that cannot be used.
    #[error("{position}: {message}")]
    Lexicon {
        /// Where.
        position: Position,
        /// What is wrong, with what was found.
        message: String,
    },
    /// Arguments that do not fit together.
    #[error("{message}")]
    Usage {
        /// What does not fit.
        message: String,
        /// How to mend it.
        mend: String,
    },
    /// A name that stands for nothing.
    #[error("unknown {what} \"{name}\"")]
    Unknown {
        /// What it should name.
        what: &'static str,
        /// As given.
        name: String,
        /// The nearest known name.
        nearest: String,
    },
    /// The output folder holds something that Retold did not write.
    #[error("{} exists and was not written by Retold", path.display())]
    ForeignFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder is an input or lies inside one, or holds one.
    #[error("the output folder {} is, holds or lies inside the input {}", output.display(), input.display())]
    OutputInInput {
        /// The output folder.
        output: PathBuf,
        /// The input it collides with.
        input: PathBuf,
    },
    /// The output folder is the one that the program was started in.
    #[error("the output folder {} is the folder you are in, or holds it", path.display())]
    OutputIsHere {
        /// The folder.
        path: PathBuf,
    },
    /// A run that is alive writes into the output folder.
    #[error("another run is writing into {}", path.display())]
    OutputBusy {
        /// The folder.
        path: PathBuf,
    },
    /// A file to write is one of the files to read.
    #[error("{} would be written over, and it is an input", path.display())]
    OutputIsInput {
        /// The file.
        path: PathBuf,
    },
    /// Something could not be written.
    #[error("cannot {action} {}: {source}", path.display())]
    Output {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// What stays in memory, or in temporary files, is more than there is.
    #[error("{what} needs some {}, and there is {}", size(*needed), size(*given))]
    TooLarge {
        /// What does not fit.
        what: String,
        /// Bytes that are needed, as estimated.
        needed: u64,
        /// Bytes that there are.
        given: u64,
        /// How to mend it.
        mend: &'static str,
    },
    /// The temporary file with texts and documents failed.
    #[error("cannot {action} the temporary file that holds the articles: {cause}")]
    Temporary {
        /// What was tried.
        action: &'static str,
        /// What the system said.
        cause: String,
    },
    /// A chart could not be drawn.
    #[error("cannot draw {chart}: {message}")]
    Chart {
        /// Its name.
        chart: &'static str,
        /// What the drawing library said.
        message: String,
    },
    /// What was read is not what was analysed and skipped together.
    #[error("{read} records were read, and {analysed} were analysed and {skipped} skipped")]
    Unaccounted {
        /// Records that were read.
        read: usize,
        /// Articles.
        analysed: usize,
        /// Records that became none.
        skipped: usize,
    },
    /// Not everything could be read or compared, and everything was asked for.
    #[error("{}, and --strict asks for all", match (skipped, pairs) { (n, 0) => format!("{n} of what was read {} no article", if *n == 1 { "is" } else { "are" }), (0, n) => format!("{n} pairs of articles could not be compared"), (n, m) => format!("{n} of what was read are no article and {m} pairs of articles could not be compared") })]
    NotAll {
        /// Inputs that were skipped.
        skipped: usize,
        /// Pairs of articles that could not be compared.
        pairs: usize,
    },
    /// Reading some articles of a corpus met faults inside Retold.
    #[error("{}", articles.iter().take(1).map(|(_, fault)| format!("{} articles met a fault, the first: {fault}", articles.len())).collect::<String>())]
    Failed {
        /// The articles, in corpus order.
        articles: Vec<(ArticleId, Fault)>,
    },
    /// A step of a comparison on many machines that cannot go on.
    #[error("stage {stage}: {message}")]
    Stage {
        /// Its name.
        stage: String,
        /// What is wrong.
        message: String,
        /// How to mend it.
        mend: String,
    },
    /// Something was asked for that this build leaves out.
    #[error("this build has no {flag}")]
    NotBuilt {
        /// What was asked for.
        flag: &'static str,
        /// The feature that has it.
        feature: &'static str,
    },
}

impl Error {
    /// What happened.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The articles that Retold itself failed at, where that is what happened.
    ///
    /// # Errors
    /// The error itself where it is another.
    pub fn into_failed(self) -> Result<Vec<(ArticleId, Fault)>> {
        match *self.0 {
            ErrorKind::Failed { articles } => Ok(articles),
            other => Err(other.into()),
        }
    }

    /// Short stable code, as shown in brackets.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match *self.0 {
            ErrorKind::Input { .. } => "E010",
            ErrorKind::NoArticles { .. } => "E011",
            ErrorKind::NotTwo { .. } => "E012",
            ErrorKind::OneOutlet { .. } => "E014",
            ErrorKind::NoWorksheet { .. } => "E015",
            ErrorKind::Sheet { .. } => "E020",
            ErrorKind::Answers { .. } => "E027",
            ErrorKind::Config { .. } => "E021",
            ErrorKind::Entities { .. } => "E026",
            ErrorKind::Baseline { .. } => "E025",
            ErrorKind::Lexicon { .. } => "E030",
            ErrorKind::Unknown { .. } => "E031",
            ErrorKind::Usage { .. } => "E001",
            ErrorKind::ForeignFolder { .. } => "E040",
            ErrorKind::OutputInInput { .. } => "E041",
            ErrorKind::Output { .. } => "E042",
            ErrorKind::OutputIsHere { .. } => "E043",
            ErrorKind::OutputIsInput { .. } => "E046",
            ErrorKind::TooLarge { .. } => "E060",
            ErrorKind::Temporary { .. } => "E061",
            ErrorKind::OutputBusy { .. } => "E070",
            ErrorKind::Chart { .. } => "E050",
            ErrorKind::NotBuilt { .. } => "E051",
            ErrorKind::Stage { .. } => "E055",
            ErrorKind::Unaccounted { .. } => "E075",
            ErrorKind::NotAll { .. } => "E076",
            ErrorKind::Failed { .. } => "E077",
        }
    }

    /// How to mend it.
    #[must_use]
    pub fn mend(&self) -> String {
        match &*self.0 {
            ErrorKind::Input { .. } => "check the path and its permissions".into(),
            ErrorKind::NoArticles { skipped: 0, .. } => {
                "give files in a format of docs/formats.md (text, CSV, JSON, pages, exports), or folders that hold some".into()
            }
            ErrorKind::NoArticles { skipped: 1, .. } => {
                "one input was skipped; it is named above with its reason and how to mend it".into()
            }
            ErrorKind::NoArticles { skipped, .. } => {
                format!("{skipped} inputs were skipped, each named above with its reason and how to mend it")
            }
            ErrorKind::NotTwo { .. } => "give two different files with one article each".into(),
            ErrorKind::OneOutlet { .. } => {
                "put each outlet in its own folder, or name them in a sheet: articles.csv with the columns path,outlet".into()
            }
            ErrorKind::NoWorksheet { .. } => "give articles that report one event in outlets that share text, such as agency copy; retold compare shows what they share, and --lexicon adds wording to look for".into(),
            ErrorKind::Answers { .. } => "save it as CSV in UTF-8 with the header of answers.csv; the key is key.csv of the same worksheet".into(),
            ErrorKind::TooLarge { mend, .. } => (*mend).into(),
            ErrorKind::Temporary { .. } => {
                "check free space and permissions of the folder for temporary files (TMPDIR), or give more --memory, so that none is needed".into()
            }
            ErrorKind::Sheet { mend, .. } | ErrorKind::Config { mend, .. } | ErrorKind::Usage { mend, .. } | ErrorKind::Stage { mend, .. } => {
                mend.clone()
            }
            ErrorKind::Baseline { .. } => "write it anew with --write-baseline FILE".into(),
            ErrorKind::Entities { .. } => "save it as CSV in UTF-8 with the header name,aliases,kind; | parts several aliases".into(),
            ErrorKind::Lexicon { .. } => "mend the line; lexicons/README.md describes the fields".into(),
            ErrorKind::Unknown { nearest, .. } if nearest.is_empty() => "retold lexicon list shows all".into(),
            ErrorKind::Unknown { nearest, .. } => format!("the nearest is {nearest}; retold lexicon list shows all"),
            ErrorKind::ForeignFolder { .. } => {
                "choose another folder with -o DIR; --force writes into it and leaves files that are not Retold's own".into()
            }
            ErrorKind::OutputIsHere { .. } => "give a folder inside it: -o out".into(),
            ErrorKind::OutputInInput { .. } => "choose a folder outside the input with -o DIR".into(),
            ErrorKind::Output { .. } => "check free space and permissions; nothing was left half written".into(),
            ErrorKind::OutputBusy { .. } => "wait until it has ended, or choose another folder with -o DIR".into(),
            ErrorKind::OutputIsInput { .. } => "give the output a name of its own".into(),
            ErrorKind::Chart { .. } => "please report this with the CSV of the same name".into(),
            ErrorKind::Unaccounted { .. } | ErrorKind::Failed { .. } => "please report this line, with what was given if you may; nothing was written".into(),
            ErrorKind::NotAll { .. } => "mend what is named above, or leave --strict away to go on without it".into(),
            ErrorKind::NotBuilt { flag, feature } => {
                format!("leave {flag} away, or build with it: cargo install retold --features {feature}")
            }
        }
    }
}

/// A size as people say it.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..10_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        10_000_000..10_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} GB", bytes / 1_000_000_000),
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
