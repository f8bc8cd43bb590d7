//! From records to a sealed corpus.

use std::collections::BTreeMap;

use crate::id::{ArticleId, Key, OutletId};
use crate::text::language::Language;
use crate::text::span::Span;

use super::article::Article;
use super::collection::Corpus;
use super::date::PublishedAt;
use super::document::Document;
use super::furniture::take_off;
use super::outlet::Outlet;
use super::record::{Record, Skipped};
use super::vocabulary::Vocabulary;

/// Takes records in any order; [`CorpusBuilder::seal`] puts them into one.
#[derive(Debug, Default)]
pub struct CorpusBuilder {
    records: Vec<Record>,
    skipped: Vec<Skipped>,
}

impl CorpusBuilder {
    /// Takes in one record. One without any word becomes a row of the skipped.
    pub fn admit(&mut self, record: Record) {
        let body = record.text.get(record.body..).unwrap_or("");
        if body.contains(char::is_alphanumeric) {
            self.records.push(record);
        } else {
            let reason = "holds no word: nothing to compare; give the article's text".to_owned();
            self.skip(Skipped { path: record.path, line: record.line, reason, text: body.chars().take(80).collect() });
        }
    }

    /// Notes something that was read and is no article.
    pub fn skip(&mut self, skipped: Skipped) {
        self.skipped.push(skipped);
    }

    /// How many records were taken in so far.
    #[must_use]
    pub fn admitted(&self) -> usize {
        self.records.len()
    }

    /// Sorts by outlet, date and id, numbers, takes off furniture, and reads every text into a document.
    #[must_use]
    pub fn seal(mut self) -> Corpus {
        let language = Language::english();
        let mut dated: Vec<(Option<PublishedAt>, Record)> =
            self.records.into_iter().map(|record| (PublishedAt::parse(&record.published_at), record)).collect();
        dated.sort_by(|(a_date, a), (b_date, b)| {
            (&a.outlet, a_date, &a.source_id, &a.path, a.line, &a.text).cmp(&(&b.outlet, b_date, &b.source_id, &b.path, b.line, &b.text))
        });
        let mut corpus = Corpus {
            articles: Vec::new(),
            documents: Vec::new(),
            outlets: Vec::new(),
            vocabulary: Vocabulary::default(),
            skipped: Vec::new(),
        };
        let mut copies: BTreeMap<Key, u64> = BTreeMap::new();
        for (published_at, record) in dated {
            let (kept, removed) = take_off(&record.text, Span::new(record.body, record.text.len()));
            let document = Document::new(&record.text, &kept, language, &mut corpus.vocabulary);
            if document.words().is_empty() {
                let reason = "holds nothing but furniture of a page (menu lines, addresses)".to_owned();
                self.skipped.push(Skipped { path: record.path, line: record.line, reason, text: record.text.chars().take(80).collect() });
                continue;
            }
            let key = Key::of('a', &[record.outlet.as_bytes(), record.text.as_bytes()]);
            // A second copy of the same text in the same outlet needs a key of its own.
            let copy = copies.entry(key).or_default();
            let key = if *copy == 0 { key } else { Key::of('a', &[&key.bytes(), &copy.to_le_bytes()]) };
            *copy += 1;
            let id = ArticleId::new(corpus.articles.len());
            match corpus.outlets.last_mut() {
                Some(last) if last.name == record.outlet => last.articles.push(id),
                _ => corpus.outlets.push(Outlet { name: record.outlet, articles: vec![id] }),
            }
            corpus.articles.push(Article {
                key,
                path: record.path,
                line: record.line,
                source_id: record.source_id,
                outlet: OutletId::new(corpus.outlets.len() - 1),
                outlet_basis: record.outlet_basis,
                title: if record.title.is_empty() { first_heading(&record.text, &document) } else { record.title },
                byline: record.byline,
                published_at,
                url: record.url,
                language: if record.language.is_empty() { language.code.clone() } else { record.language },
                note: record.note,
                text: record.text,
                sha256: record.sha256,
                removed,
            });
            corpus.documents.push(document);
        }
        self.skipped.sort();
        corpus.skipped = self.skipped;
        corpus
    }
}

fn first_heading(text: &str, document: &Document) -> String {
    match document.paragraphs() {
        [first, _, ..] if first.heading => first.span.of(text).to_owned(),
        _ => String::new(),
    }
}
