//! The table of quotations.

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, Key};

use super::cell::Code;
use super::row::row;

row! {
    /// One stretch inside quotation marks. Who speaks is not told in this version.
    pub struct QuoteRow<'f> {
        /// Stable while its article is.
        quote_id: Key,
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// full (four words or more that start like a sentence) or fragment.
        form: Code,
        /// Without its marks, as printed.
        text: &'f str,
        /// First code point of the opening mark in the text as read, from 0.
        start: usize,
        /// Code point after the closing mark.
        end: usize,
        /// Line of the file, from 1.
        line: usize,
        /// Words, marks and brackets aside.
        words: usize,
        /// FALSE where the closing mark is missing: the quotation was ended with its paragraph.
        closed: bool,
    }
}

/// The key of one of an article's quotations: stable while the article is.
pub(super) fn quote_key(findings: &Findings<'_>, (article, quotation): (ArticleId, usize)) -> Key {
    let found = &findings.articles[article.index()];
    let start = found.points.at(found.quotations[quotation].span.start()) as u64;
    Key::of('q', &[&findings.corpus.article(article).key.bytes(), &start.to_le_bytes()])
}

/// Rows in order of article and place.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = QuoteRow<'f>> {
    let corpus = findings.corpus;
    corpus.ids().flat_map(move |id| {
        let (article, found) = (corpus.article(id), &findings.articles[id.index()]);
        found.quotations.iter().enumerate().map(move |(i, quotation)| {
            let start = found.points.at(quotation.span.start());
            let text = quotation.content.of(corpus.whole_text(id));
            QuoteRow {
                quote_id: quote_key(findings, (id, i)),
                article_id: article.key,
                outlet: &corpus.outlet_of(id).name,
                form: Code(quotation.form.as_str()),
                text,
                start,
                end: found.points.at(quotation.span.end()),
                line: found.points.position(quotation.span.start()).0,
                words: text.split_whitespace().count(),
                closed: quotation.closed,
            }
        })
    })
}
