//! The sealed corpus: articles in their final order.

use std::borrow::Cow;

use crate::error::Result;
use crate::id::{ArticleId, OutletId, TokenId};
use crate::text::span::{Byte, Span};

use super::article::Article;
use super::furniture::Furniture;
use super::lent::{LentDocument, LentText};
use super::locus::Locus;
use super::mask::Masked;
use super::outlet::Outlet;
use super::record::Skipped;
use super::store::Store;
use super::vocabulary::Vocabulary;

/// Articles sorted by outlet, date and id, then numbered: the order in which files were read never shows.
#[derive(Debug)]
pub struct Corpus {
    /// Every text and document, once.
    pub(super) store: Store,
    pub(super) articles: Vec<Article>,
    pub(super) outlets: Vec<Outlet>,
    pub(super) vocabulary: Vocabulary,
    pub(super) skipped: Vec<Skipped>,
    pub(super) furniture: Furniture,
    pub(super) masked: Option<Masked>,
}

impl Corpus {
    /// All articles, in corpus order.
    #[must_use]
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// Their documents, in the same order.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = LentDocument<'_>> + Clone {
        self.ids().map(|id| self.document(id))
    }

    /// Words of all documents.
    #[must_use]
    pub const fn words(&self) -> usize {
        self.store.words()
    }

    /// Whether texts and documents stand in a temporary file.
    #[must_use]
    pub const fn is_spilled(&self) -> bool {
        self.store.is_spilled()
    }

    /// Whether everything that was asked for could be given.
    ///
    /// # Errors
    /// When the temporary file failed. Whoever asked then was stopped; this tells whoever caught that.
    pub fn sound(&self) -> Result<()> {
        self.store.fault().map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// All outlets, in order of their names.
    #[must_use]
    pub fn outlets(&self) -> &[Outlet] {
        &self.outlets
    }

    /// Words and their ids.
    #[must_use]
    pub const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What was read and did not become an article, in order of path and line.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Whether what is furniture was taken off, or found only.
    #[must_use]
    pub const fn furniture(&self) -> Furniture {
        self.furniture
    }

    /// What was taken out so that nothing tells who published; `None` where names are shown.
    #[must_use]
    pub const fn masked(&self) -> Option<&Masked> {
        self.masked.as_ref()
    }

    /// A name as it may be shown: of an outlet of this corpus what stands for it, where something does.
    #[must_use]
    pub fn shown_name<'n>(&'n self, name: &'n str) -> &'n str {
        self.masked.as_ref().map_or(name, |masked| masked.shown(name))
    }

    /// The ids of all articles, in corpus order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = ArticleId> + Clone + use<> {
        (0..self.articles.len()).map(ArticleId::new)
    }

    /// One article.
    #[must_use]
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.index()]
    }

    /// One article's text as it was read.
    #[must_use]
    pub fn whole_text(&self, id: ArticleId) -> LentText<'_> {
        self.store.text_of(id)
    }

    /// Some bytes of an article's text.
    #[must_use]
    pub fn part(&self, id: ArticleId, bytes: Span<Byte>) -> Cow<'_, str> {
        self.whole_text(id).part(bytes)
    }

    /// One article's words, sentences and paragraphs.
    #[must_use]
    pub fn document(&self, id: ArticleId) -> LentDocument<'_> {
        self.store.document(id)
    }

    /// Both.
    #[must_use]
    pub fn lend(&self, id: ArticleId) -> (LentDocument<'_>, LentText<'_>) {
        (self.document(id), self.whole_text(id))
    }

    /// One outlet.
    #[must_use]
    pub fn outlet(&self, id: OutletId) -> &Outlet {
        &self.outlets[id.index()]
    }

    /// The outlet of an article.
    #[must_use]
    pub fn outlet_of(&self, id: ArticleId) -> &Outlet {
        self.outlet(self.article(id).outlet)
    }

    /// The outlet of a name, as names are shown.
    #[must_use]
    pub fn outlet_named(&self, name: &str) -> Option<OutletId> {
        self.outlets.binary_search_by(|outlet| outlet.name.as_str().cmp(name)).ok().map(OutletId::new)
    }

    /// The text from the first to the last token of a place; empty for no tokens.
    #[must_use]
    pub fn text(&self, locus: Locus) -> Cow<'_, str> {
        self.bytes(locus).map_or(Cow::Borrowed(""), |span| self.part(locus.article, span))
    }

    /// The words of a place.
    #[must_use]
    pub fn word_ids(&self, locus: Locus) -> Vec<TokenId> {
        self.document(locus.article).slice(locus.tokens).iter().map(|word| word.id).collect()
    }

    /// The bytes from the first to the last token of a place, with a bracket that stands right at its end and belongs to one
    /// inside; `None` for no tokens.
    #[must_use]
    pub fn bytes(&self, locus: Locus) -> Option<Span<Byte>> {
        let span = self.document(locus.article).bytes(locus.tokens)?;
        let text = self.whole_text(locus.article);
        let (inside, before, after) = (span.of(&text), text.get(..span.start())?, text.get(span.end()..)?);
        let (mut start, mut end) = (span.start(), span.end());
        for (open, close) in [('(', ')'), ('[', ']')] {
            let (opened, closed) = (inside.matches(open).count(), inside.matches(close).count());
            end += usize::from(opened > closed && after.starts_with(close));
            start -= usize::from(closed > opened && before.ends_with(open));
        }
        Some(Span::new(start, end))
    }
}
