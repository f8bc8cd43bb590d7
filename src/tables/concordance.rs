//! The listing of words in their sentences.

use std::borrow::Cow;

use crate::analysis::findings::ArticleFindings;
use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::Key;
use crate::text::span::Span;

use super::cell::Code;
use super::row::row;

row! {
    /// One place of the words looked for, with its sentence.
    pub struct ConcordanceRow<'f> {
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// The file, as named relative to what was given.
        path: &'f str,
        /// Line of the text as read, from 1: of the file, where the file is the text.
        line: usize,
        /// Column of that line in code points, from 1.
        column: usize,
        /// First code point in the text as read, from 0.
        start: usize,
        /// Code point after the last.
        end: usize,
        /// Whose words it stands in: narrator, indirect or direct.
        voice: Code,
        /// The entry of the lexicon; empty where words were looked for.
        lexicon_id: &'f str,
        /// Its sentence before it.
        pre: Cow<'f, str>,
        /// As printed.
        keyword: Cow<'f, str>,
        /// Its sentence after it.
        post: Cow<'f, str>,
    }
}

/// The row of a place; `lexicon_id` is empty where words were looked for.
#[must_use]
pub fn row<'f>(corpus: &'f Corpus, found: &ArticleFindings, locus: Locus, lexicon_id: &'f str) -> ConcordanceRow<'f> {
    let (article, document, text) = (corpus.article(locus.article), corpus.document(locus.article), corpus.whole_text(locus.article));
    let here = corpus.bytes(locus).unwrap_or(Span::new(0, 0));
    let sentence = document.sentences()[document.sentence_of(locus.tokens.start())];
    let around = document.bytes(sentence).unwrap_or(here);
    let place = found.place(&text, here);
    ConcordanceRow {
        article_id: article.key,
        outlet: &corpus.outlet_of(locus.article).name,
        path: &article.path,
        line: place.line,
        column: place.column,
        start: place.start,
        end: place.end,
        voice: Code(found.voice_of(&document, locus.tokens).as_str()),
        lexicon_id,
        pre: text.part(Span::new(around.start().min(here.start()), here.start())),
        keyword: text.part(here),
        post: text.part(Span::new(here.end(), around.end().max(here.end()))),
    }
}
