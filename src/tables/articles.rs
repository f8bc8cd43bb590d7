//! The table of articles.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::corpus::date::PublishedAt;
use crate::digest::Digest;
use crate::id::Key;
use crate::text::span::Span;

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// One article.
    pub struct ArticleRow<'f> {
        /// Stable while outlet and text are.
        article_id: Key,
        /// The id as given: the file stem of a text file. With --mask-outlets the article_id; outlet_given, byline, url, dateline and note are then empty, and path is the number of the outlet.
        source_id: &'f str,
        /// The story it belongs to (table stories): articles that report the same event.
        story_id: Key,
        /// Who published it, as named by the basis.
        outlet: &'f str,
        /// That name as given, where several spellings were folded into one; else empty.
        outlet_given: &'f str,
        /// What names the outlet: declared (on the command line), sheet, head (of the file), field (of the record), json_ld or open_graph (of the page), host (of the address), feed, folder, dateline, or file (each file its own).
        outlet_basis: Code,
        /// Headline as given, otherwise the first heading of the text (not with --text none); empty if there is neither.
        title: &'f str,
        /// By-line as given.
        byline: &'f str,
        /// Date as given, as precise as it is known; empty if none was given.
        published_at: Option<PublishedAt>,
        /// How exactly the date is known: second, day, month, year or unknown.
        published_precision: Code,
        /// What gives the date: sheet, head, field, json_ld, meta, time_element, url (its path) or file_name; empty if unknown.
        published_basis: Code,
        /// When it was fetched, as given; no date of publication.
        retrieved_at: &'f str,
        /// Address as given.
        url: &'f str,
        /// Language, as ISO 639-1 where it has such a code. Articles in another than English are compared, and left out of listed wording and voices.
        language: &'f str,
        /// What tells the language: text (recognised), stated, or assumed.
        language_basis: Code,
        /// How much of the article the text is: full, excerpt (the source gives a part or a summary) or title (its headline alone).
        extent: Code,
        /// The mark by which the source says that this repeats another article, as name=value; empty for most.
        duplicate_mark: &'f str,
        /// File, relative to what was given on the command line.
        path: &'f str,
        /// Line of the file where the article starts, from 1; in files without lines the number of the record or paragraph.
        line: usize,
        /// SHA-256 of the text as it was read, in UTF-8.
        sha256: Digest,
        /// Words, furniture and dateline not counted.
        words: u64,
        /// The outlet's own words: neither inside quotation marks nor reported speech.
        words_narrator: u64,
        /// Words of reported speech without quotation marks, as far as it was recognised.
        words_indirect: u64,
        /// Words inside quotation marks; square brackets and scare quotation marks (table quotes) not counted.
        words_direct: u64,
        /// Paragraphs, headings counted.
        paragraphs: usize,
        /// Sentences, headings counted.
        sentences: usize,
        /// Words taken off as furniture (table removed).
        words_removed: usize,
        /// Place and source before the first sentence, as printed; empty if there is none.
        dateline: Quoted<Cow<'f, str>>,
        /// The first article in this table with the same text, word for word; empty for most.
        copy_of: Option<Key>,
        /// The first article in this table that the text nearly equals; empty for most.
        near_copy_of: Option<Key>,
        /// Remark as given.
        note: &'f str,
    }
}

/// Rows in corpus order: outlet, date, id.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = ArticleRow<'f>> {
    let corpus = findings.corpus;
    corpus.ids().map(move |id| {
        let (article, document, found) = (corpus.article(id), corpus.document(id), &findings.articles[id.index()]);
        let text = corpus.whole_text(id);
        let [narrator, indirect, direct] = found.words;
        ArticleRow {
            article_id: article.key,
            source_id: &article.source_id,
            story_id: findings.stories.get(findings.stories.of(id)).key,
            outlet: &corpus.outlet_of(id).name,
            outlet_given: &article.outlet_given,
            outlet_basis: Code(article.outlet_basis.as_str()),
            title: findings.title(id),
            byline: &article.byline,
            published_at: article.published_at,
            published_precision: Code(article.published_at.map_or("unknown", |date| date.precision().as_str())),
            published_basis: Code(article.date_basis.as_str()),
            retrieved_at: &article.retrieved_at,
            url: &article.url,
            language: &article.language,
            language_basis: Code(article.language_basis.as_str()),
            extent: Code(article.extent.as_str()),
            duplicate_mark: &article.duplicate_mark,
            path: &article.path,
            line: article.line,
            sha256: article.sha256,
            words: narrator + indirect + direct,
            words_narrator: narrator,
            words_indirect: indirect,
            words_direct: direct,
            paragraphs: document.paragraphs().len(),
            sentences: document.sentences().len(),
            words_removed: article.removed.iter().map(|r| r.span.of(&text).split_whitespace().count()).sum(),
            // It often names who wrote.
            dateline: Quoted(
                document.dateline().filter(|_| corpus.masked().is_none()).map_or(Cow::Borrowed(""), |d| {
                    text.part(Span::new(d.span.start(), d.span.start() + d.span.of(&text).trim_end().len()))
                }),
            ),
            copy_of: findings.copies.exact_of(id).map(|of| corpus.article(of).key),
            near_copy_of: findings.copies.near_of(id).map(|of| corpus.article(of).key),
            note: &article.note,
        }
    })
}
