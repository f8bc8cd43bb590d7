//! An article as found, before anything is decided about it.

use std::ops::Range;
use std::sync::Arc;

use super::date::PublishedAt;
use crate::digest::Digest;

/// Where the name of an outlet came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutletBasis {
    /// The user says so for all that is read.
    Declared,
    /// The articles sheet.
    Sheet,
    /// The `---` head of the text file.
    Head,
    /// A field of the record: a column, a key, a line of an export's head.
    Field,
    /// Structured data of a web page: the publisher in JSON-LD.
    JsonLd,
    /// Open Graph data of a web page: `og:site_name`.
    OpenGraph,
    /// The host of the article's address.
    Host,
    /// The feed that holds the article.
    Feed,
    /// The folder that holds the file.
    Folder,
    /// The dateline of the text.
    Dateline,
    /// Nothing names it: the file counts as its own outlet.
    #[default]
    File,
}

impl OutletBasis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Sheet => "sheet",
            Self::Head => "head",
            Self::Field => "field",
            Self::JsonLd => "json_ld",
            Self::OpenGraph => "open_graph",
            Self::Host => "host",
            Self::Feed => "feed",
            Self::Folder => "folder",
            Self::Dateline => "dateline",
            Self::File => "file",
        }
    }
}

/// Where a date came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateBasis {
    /// There is none.
    #[default]
    None,
    /// The articles sheet.
    Sheet,
    /// The `---` head of the text file.
    Head,
    /// A field of the record.
    Field,
    /// Structured data of a web page: `datePublished` in JSON-LD.
    JsonLd,
    /// A meta element of a web page.
    Meta,
    /// A `time` element of a web page.
    TimeElement,
    /// The path of the article's address (`/2021/12/28/`).
    Url,
    /// The name of the file (`2021-12-28_….txt`).
    FileName,
}

impl DateBasis {
    /// As written in tables; empty for no date.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Sheet => "sheet",
            Self::Head => "head",
            Self::Field => "field",
            Self::JsonLd => "json_ld",
            Self::Meta => "meta",
            Self::TimeElement => "time_element",
            Self::Url => "url",
            Self::FileName => "file_name",
        }
    }
}

/// How much of an article its text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// All of it, as far as can be seen.
    #[default]
    Full,
    /// Its start or a summary: the source says that it goes on, or gives no more.
    Excerpt,
    /// Its headline alone.
    Title,
}

impl Extent {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Excerpt => "excerpt",
            Self::Title => "title",
        }
    }
}

/// Where the language of an article came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LanguageBasis {
    /// The record, the page or the sheet states it.
    Stated,
    /// Recognised from the text.
    Text,
    /// Neither stated nor recognised: taken for English.
    #[default]
    Assumed,
}

impl LanguageBasis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Text => "text",
            Self::Assumed => "assumed",
        }
    }
}

/// An article as read: every field as found, the text whole.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The file, as named relative to what the user gave.
    pub path: Arc<str>,
    /// 1-based line of the file where the record starts; its number where the file has no lines.
    pub line: usize,
    /// Whether the lines of the text are those of the file: the file is the text.
    pub is_file: bool,
    /// The article's id as given: the file stem for text files, empty where a record has none.
    pub source_id: String,
    /// Who published it.
    pub outlet: String,
    /// The same as given, where spellings were folded into one; else empty.
    pub outlet_given: String,
    /// Where that name came from.
    pub outlet_basis: OutletBasis,
    /// Headline as given, empty if none was.
    pub title: String,
    /// By-line as given.
    pub byline: String,
    /// When, as far as it is given and can be read.
    pub published_at: Option<PublishedAt>,
    /// Where the date came from.
    pub date_basis: DateBasis,
    /// When it was fetched, as given.
    pub retrieved_at: String,
    /// Address as given.
    pub url: String,
    /// Language as ISO 639-1 where it has such a code.
    pub language: String,
    /// Where that came from.
    pub language_basis: LanguageBasis,
    /// Remark as given.
    pub note: String,
    /// The mark by which the source says that this repeats another article, as `name=value`.
    pub duplicate_mark: String,
    /// How much of the article the text is.
    pub extent: Extent,
    /// The text as it was read, with anything that is not the article still in it.
    pub text: String,
    /// Bytes of `text` that are the article: what stands before (a `---` head) or after (the mark of a cut) is none of it.
    pub body: Range<usize>,
    /// SHA-256 of `text`.
    pub sha256: Digest,
}

impl Record {
    /// A record of a text, all of it the article, for callers that hold texts themselves.
    #[must_use]
    pub fn of_text(path: &str, outlet: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            path: path.into(),
            line: 1,
            is_file: true,
            source_id: path.into(),
            outlet: outlet.to_owned(),
            body: 0..text.len(),
            sha256: Digest::of(text.as_bytes()),
            text,
            ..Self::default()
        }
    }
}

/// Something that was read and did not become an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The file.
    pub path: String,
    /// 1-based line, 0 for the whole file.
    pub line: usize,
    /// 1-based column in code points, 0 for the whole line.
    pub column: usize,
    /// Whether it is a row of a sheet, which is no input of its own.
    pub of_sheet: bool,
    /// What is wrong.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
    /// The start of what was found there.
    pub text: String,
}
