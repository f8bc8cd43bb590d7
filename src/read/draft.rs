//! What a format finds: articles as they stand there, and what cannot become one.

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::corpus::without::REPORT;
use crate::fault::Fault;

use super::columns::Field;
use super::notice::Notice;

/// An article as its format gives it, before it is decided whose it is and when it appeared. Fields are empty where nothing is
/// stated; none holds a guess.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// 1-based place of the record in its file, counted as the format's [`Unit`](super::format::Unit) says.
    pub line: usize,
    /// Its id as given.
    pub source_id: String,
    /// Who published it, as stated.
    pub outlet: String,
    /// What states it.
    pub outlet_basis: OutletBasis,
    /// Headline as given.
    pub title: String,
    /// By-line as given.
    pub byline: String,
    /// Date of publication as given.
    pub published_at: String,
    /// What gives it.
    pub date_basis: DateBasis,
    /// When it was fetched, as given.
    pub retrieved_at: String,
    /// Address as given.
    pub url: String,
    /// Language as given: a code or an English name.
    pub language: String,
    /// Remark as given.
    pub note: String,
    /// The mark by which the source says that this repeats another article, as `name=value`.
    pub duplicate_mark: String,
    /// Its text: paragraphs parted by line ends. Empty where only a headline is given.
    pub text: String,
    /// Byte at which the article starts in `text`, 0 unless something stands before it.
    pub body: usize,
    /// How much of the article the text is.
    pub extent: Extent,
    /// Whether the file holds this article and no other, though others of its format hold many.
    pub alone: bool,
}

impl Draft {
    /// Sets a field. A summary is none: whether it stands in for the text is decided when the record is read.
    pub(super) fn set(&mut self, field: Field, value: String) {
        match field {
            Field::Id => self.source_id = value,
            Field::Outlet => self.outlet = value,
            Field::Title => self.title = value,
            Field::Byline => self.byline = value,
            Field::PublishedAt => self.published_at = value,
            Field::RetrievedAt => self.retrieved_at = value,
            Field::Url => self.url = value,
            Field::Language => self.language = value,
            Field::Note => self.note = value,
            Field::Text => self.text = value,
            Field::Summary => {}
        }
    }
}

/// Something that cannot become an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// 1-based place as in [`Draft::line`]; 0 for the whole file.
    pub line: usize,
    /// 1-based column of the line in code points, 0 where there is none.
    pub column: usize,
    /// What is wrong, with what was found: "is no JSON (EOF while parsing a string)".
    pub reason: String,
    /// How to mend it.
    pub mend: String,
    /// The start of what was found there.
    pub text: String,
}

impl Refused {
    /// A whole file that cannot be read.
    #[must_use]
    pub fn whole(reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { reason: reason.into(), mend: mend.into(), ..Self::default() }
    }

    /// Something at a line, 0 for the whole file, that Retold itself fails at.
    #[must_use]
    pub fn at_fault(line: usize, fault: &Fault) -> Self {
        Self { line, ..Self::whole(fault.to_string(), REPORT) }
    }

    /// Something that is longer than a bound on bytes allows, by the name of the bound.
    #[must_use]
    pub fn too_long(what: &str, bound: &str, bytes: usize) -> Self {
        let size = if bytes < 1 << 20 { format!("{bytes} bytes") } else { format!("{} MiB", bytes >> 20) };
        Self::whole(
            format!("{what} is longer than {size}, the bound on one {bound}"),
            format!("split it into articles, or raise the bound with --limit {bound}=SIZE"),
        )
    }

    /// The same at a place, with the start of what was found there.
    #[must_use]
    pub fn at(self, line: usize, column: usize, found: &[u8]) -> Self {
        let start = found.get(..240).unwrap_or(found);
        let text = String::from_utf8_lossy(start).chars().take(80).collect();
        Self { line, column, text, ..self }
    }
}

/// Takes what a format finds, in the order of the file.
pub trait Sink {
    /// An article.
    fn article(&mut self, draft: Draft);
    /// Something that cannot become one.
    fn refuse(&mut self, refused: Refused);
    /// Something that a person should know, which keeps nothing from being read.
    fn notice(&mut self, notice: Notice);
}

/// Keeps everything, for readers that look at a record twice and for tests.
#[derive(Debug, Default)]
pub struct Collected {
    /// Articles.
    pub articles: Vec<Draft>,
    /// What could not become one.
    pub refused: Vec<Refused>,
    /// What a person should know.
    pub notices: Vec<Notice>,
}

impl Sink for Collected {
    fn article(&mut self, draft: Draft) {
        self.articles.push(draft);
    }

    fn refuse(&mut self, refused: Refused) {
        self.refused.push(refused);
    }

    fn notice(&mut self, notice: Notice) {
        self.notices.push(notice);
    }
}
