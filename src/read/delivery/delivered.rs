//! An article of a delivery, by the fields that all databases give.

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::read::draft::Draft;

/// Fields as stated, empty where none is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// 1-based place in the file.
    pub line: usize,
    /// Its number in the database.
    pub id: String,
    /// Who published it.
    pub outlet: String,
    /// Headline.
    pub title: String,
    /// By-line.
    pub byline: String,
    /// Date of publication.
    pub published_at: String,
    /// Language.
    pub language: String,
    /// Address.
    pub url: String,
    /// What a summary or a standfirst says.
    pub summary: String,
    /// The text.
    pub text: String,
}

impl Delivered {
    /// Where there is no text, the summary stands for it, as a part of the article.
    #[must_use]
    pub fn draft(self) -> Draft {
        let (text, extent) = match (self.text, self.summary) {
            (text, summary) if text.is_empty() && summary.is_empty() => (text, Extent::Title),
            (text, summary) if text.is_empty() => (summary, Extent::Excerpt),
            (text, _) => (text, Extent::Full),
        };
        Draft {
            line: self.line,
            source_id: self.id,
            outlet_basis: if self.outlet.is_empty() { OutletBasis::File } else { OutletBasis::Field },
            outlet: self.outlet,
            title: self.title,
            byline: self.byline,
            date_basis: if self.published_at.is_empty() { DateBasis::None } else { DateBasis::Field },
            published_at: self.published_at,
            language: self.language,
            url: self.url,
            text,
            extent,
            ..Draft::default()
        }
    }
}
