//! The table of stated sources.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, Key};
use crate::provenance::credit::{Credit, Reach};

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// One source that an article states. Who is quoted stands in table quotes.
    pub struct CreditRow<'f> {
        /// Stable while its article is.
        credit_id: Key,
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// Who is credited: the usual name where a list has it (lexicons/agencies.csv, lexicons/outlets.csv), otherwise as printed.
        credited: &'f str,
        /// agency (or news service), outlet, person (a by-line) or photo (whoever made a picture).
        credit_kind: Code,
        /// How: report (X reported, according to X), told (told X), tag ((AP), - AFP, a line of its own), dateline, byline, special (Special to X), contributed, republished, source (Source: X), copyright or photo.
        form: Code,
        /// What it speaks for: article, or place (its sentence or paragraph).
        reach: Code,
        /// Whether the credited is another outlet of this set.
        of_outlet: bool,
        /// Whether it stands in a block that was taken off as furniture (table removed).
        in_removed: bool,
        /// The words that credit, as printed; the by-line where the field of the record states it.
        text: Quoted<Cow<'f, str>>,
        /// First code point in the text as read, from 0; empty where a field states it.
        start: Option<usize>,
        /// Code point after the last.
        end: Option<usize>,
        /// Line of the text as read, from 1: of the file, where the file is the text.
        line: Option<usize>,
        /// Paragraph of the article, from 1; empty in what was taken off.
        paragraph: Option<usize>,
    }
}

/// The key of one of an article's credits: stable while the article is.
pub(super) fn credit_key(findings: &Findings<'_>, article: ArticleId, at: usize) -> Key {
    let (key, credits) = (findings.corpus.article(article).key.bytes(), &findings.articles[article.index()].credits);
    let Some(credit) = credits.get(at) else { return Key::of('c', &[&key]) };
    let place = credit.span.map_or(u64::MAX, |span| span.start() as u64);
    // Two credits of one name in one place, or a field that names one twice.
    let times = credits[..at].iter().filter(|other| other.span == credit.span && other.name == credit.name).count() as u64;
    Key::of('c', &[&key, credit.name.as_bytes(), credit.form.as_str().as_bytes(), &place.to_le_bytes(), &times.to_le_bytes()])
}

/// Rows in order of article and place, those of fields last.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = CreditRow<'f>> {
    findings.corpus.ids().flat_map(move |id| {
        let credits = &findings.articles[id.index()].credits;
        credits.iter().enumerate().map(move |(at, credit)| row_of(findings, id, at, credit))
    })
}

fn row_of<'f>(findings: &'f Findings<'_>, id: ArticleId, at: usize, credit: &'f Credit) -> CreditRow<'f> {
    let corpus = findings.corpus;
    let (article, points) = (corpus.article(id), &findings.articles[id.index()].points);
    let (document, whole) = (corpus.document(id), corpus.whole_text(id));
    let paragraphs = document.paragraphs();
    let paragraph = credit.span.filter(|_| !credit.in_removed).map(|span| {
        // A dateline stands before the text of its paragraph.
        paragraphs.partition_point(|p| p.span.end() <= span.start()).min(paragraphs.len().saturating_sub(1)) + 1
    });
    // Where numbers stand for outlets, the words that credit one of them would tell which.
    let hidden = corpus.masked().is_some() && (credit.in_removed || corpus.shown_name(&credit.name) != credit.name);
    CreditRow {
        credit_id: credit_key(findings, id, at),
        article_id: article.key,
        outlet: &corpus.outlet_of(id).name,
        credited: corpus.shown_name(&credit.name),
        credit_kind: Code(credit.kind.as_str()),
        form: Code(credit.form.as_str()),
        reach: Code(match credit.reach {
            Reach::Article => "article",
            Reach::Place => "place",
        }),
        of_outlet: credit.outlet.is_some_and(|outlet| outlet != article.outlet),
        in_removed: credit.in_removed,
        text: Quoted(if hidden { Cow::Borrowed("") } else { credit.span.map_or(article.byline.as_str().into(), |span| whole.part(span)) }),
        start: credit.span.map(|span| points.at(&whole, span.start())),
        end: credit.span.map(|span| points.at(&whole, span.end())),
        line: credit.span.map(|span| points.position(&whole, span.start()).0),
        paragraph,
    }
}
