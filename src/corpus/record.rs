//! An article as found, before anything is decided about it.

use std::fmt;
use std::sync::Arc;

/// Where the name of an outlet came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutletBasis {
    /// The articles sheet.
    Sheet,
    /// The `---` head of the text file.
    Head,
    /// A field of the record.
    Field,
    /// The folder that holds the file.
    Folder,
    /// Nothing names it: the file counts as its own outlet.
    File,
}

impl OutletBasis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Head => "head",
            Self::Field => "field",
            Self::Folder => "folder",
            Self::File => "file",
        }
    }
}

/// An article as read: every field as found, the text whole.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file, as named relative to what the user gave.
    pub path: Arc<str>,
    /// 1-based line of the file where the record starts.
    pub line: usize,
    /// The article's id as given: the file stem for text files, empty where a record has none.
    pub source_id: String,
    /// Who published it.
    pub outlet: String,
    /// Where that name came from.
    pub outlet_basis: OutletBasis,
    /// Headline as given, empty if none was.
    pub title: String,
    /// By-line as given.
    pub byline: String,
    /// Date as given.
    pub published_at: String,
    /// Address as given.
    pub url: String,
    /// Language as given.
    pub language: String,
    /// Remark as given.
    pub note: String,
    /// The text as it was read, with anything that is not the article still in it.
    pub text: String,
    /// Byte at which the article starts in `text` (after a `---` head), 0 otherwise.
    pub body: usize,
    /// SHA-256 of the bytes as read.
    pub sha256: Digest,
}

/// A SHA-256, shown in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// Something that was read and did not become an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The file.
    pub path: String,
    /// 1-based line, 0 for the whole file.
    pub line: usize,
    /// Why, and how to mend it.
    pub reason: String,
    /// The start of what was found there.
    pub text: String,
}
