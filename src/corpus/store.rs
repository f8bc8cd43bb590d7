//! Every text and every document of a corpus, in memory while they fit the budget and in one temporary file from then on. What is
//! lent out is the same in both cases.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, OnceLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::error::ErrorKind;
use crate::id::ArticleId;

use super::budget::MemoryBudget;
use super::document::Document;
use super::lent::{LentDocument, LentText};
use super::packed::{pack, unpack};
use super::spool::{Open, Spool, temporary};

/// Where bytes stand, among the texts in memory or in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    start: u64,
    bytes: u32,
}

impl Place {
    pub(super) const fn len(self) -> usize {
        self.bytes as usize
    }
}

/// Texts, and the documents made of them.
#[derive(Debug)]
pub(super) struct Store {
    budget: MemoryBudget,
    open: Open,
    kept: Kept,
    /// Text of each article, once it has its document.
    texts: Vec<Place>,
    words: usize,
    /// What went wrong with the file: a run that met it must not end well, whoever caught the unwinding.
    fault: OnceLock<(&'static str, String)>,
}

#[derive(Debug)]
enum Kept {
    Held {
        /// Every text, once, in one allocation.
        texts: String,
        documents: Vec<Document>,
        /// Bytes of the documents.
        size: usize,
    },
    Spilled(Spilled),
}

#[derive(Debug)]
struct Spilled {
    file: Box<dyn Spool>,
    /// Bytes of the file.
    end: u64,
    /// What comes after them and is not yet written.
    pending: Vec<u8>,
    documents: Vec<Place>,
    read_documents: Cache<ArticleId, Arc<Document>, Size>,
    read_texts: Cache<u64, Arc<str>, Size>,
}

/// Bytes that are written at once.
const BLOCK: usize = 1 << 20;
/// Times the bytes of a text that text and document take together in ordinary text.
const WITH_DOCUMENT: usize = 3;
/// Bytes that an entry of a cache takes beside what it holds.
const ENTRY: usize = 64;
/// Bytes of an ordinary document, for the first size of the caches.
const ORDINARY: usize = 4 << 10;

impl Default for Store {
    fn default() -> Self {
        Self::new(MemoryBudget::UNBOUNDED, temporary)
    }
}

impl Store {
    pub(super) fn new(budget: MemoryBudget, open: Open) -> Self {
        let kept = Kept::Held { texts: String::new(), documents: Vec::new(), size: 0 };
        Self { budget, open, kept, texts: Vec::new(), words: 0, fault: OnceLock::new() }
    }

    /// The same for other texts and documents.
    pub(super) fn within(budget: MemoryBudget) -> Self {
        Self::new(budget, temporary)
    }

    /// Takes in a text.
    pub(super) fn push_text(&mut self, text: &str) -> Place {
        let start = match &mut self.kept {
            Kept::Held { texts, .. } => {
                let start = texts.len() as u64;
                texts.push_str(text);
                if texts.len().saturating_mul(WITH_DOCUMENT) > self.budget.held() {
                    self.spill();
                }
                start
            }
            Kept::Spilled(spilled) => {
                let written = spilled.push(text.as_bytes());
                self.writes(written)
            }
        };
        Place { start, bytes: fit(text.len()) }
    }

    /// A text that was taken in. What was taken in last is read only after [`Store::settle`].
    pub(super) fn text(&self, place: Place) -> LentText<'_> {
        match &self.kept {
            Kept::Held { texts, .. } => {
                let start = usize::try_from(place.start).unwrap_or(usize::MAX);
                LentText::Held(texts.get(start..start.saturating_add(place.len())).unwrap_or(""))
            }
            Kept::Spilled(spilled) => LentText::Read(self.reads(spilled.text(place))),
        }
    }

    /// Writes what is not yet written.
    pub(super) fn settle(&mut self) {
        if let Kept::Spilled(spilled) = &mut self.kept {
            let written = spilled.flush();
            self.writes(written);
        }
    }

    /// Takes in the next article: its text, which is in the store already, and its document.
    pub(super) fn push_article(&mut self, text: Place, document: Document) {
        self.texts.push(text);
        self.words += document.words().len();
        match &mut self.kept {
            Kept::Held { texts, documents, size } => {
                *size += document.size();
                documents.push(document);
                if texts.len().saturating_add(*size) > self.budget.held() {
                    self.spill();
                }
            }
            Kept::Spilled(spilled) => {
                let written = spilled.push_document(&document);
                self.writes(written);
            }
        }
    }

    /// Words of all documents.
    pub(super) const fn words(&self) -> usize {
        self.words
    }

    /// Whether texts and documents stand in a temporary file.
    pub(super) const fn is_spilled(&self) -> bool {
        matches!(self.kept, Kept::Spilled(_))
    }

    /// The text of an article.
    pub(super) fn text_of(&self, id: ArticleId) -> LentText<'_> {
        self.text(self.texts[id.index()])
    }

    /// The document of an article.
    pub(super) fn document(&self, id: ArticleId) -> LentDocument<'_> {
        match &self.kept {
            Kept::Held { documents, .. } => LentDocument::Held(&documents[id.index()]),
            Kept::Spilled(spilled) => LentDocument::Read(self.reads(spilled.document(id))),
        }
    }

    /// Keeps the articles whose place in the order `stays` accepts, and numbers them anew.
    pub(super) fn retain(&mut self, stays: impl Fn(usize) -> bool) {
        let gone = (0..self.texts.len()).filter(|&at| !stays(at));
        self.words -= gone.map(|at| self.document(ArticleId::new(at)).words().len()).sum::<usize>();
        let (mut text, mut document) = (0.., 0..);
        self.texts.retain(|_| text.next().is_some_and(&stays));
        let mut stays = || document.next().is_some_and(&stays);
        match &mut self.kept {
            Kept::Held { documents, .. } => documents.retain(|_| stays()),
            Kept::Spilled(spilled) => {
                spilled.documents.retain(|_| stays());
                // It knows documents by their old numbers.
                spilled.read_documents.clear();
            }
        }
    }

    /// What went wrong with the temporary file, if anything did.
    pub(super) fn fault(&self) -> Option<ErrorKind> {
        let (action, cause) = self.fault.get()?.clone();
        Some(ErrorKind::Temporary { action, cause })
    }

    /// Puts everything into the file.
    fn spill(&mut self) {
        let opened = (self.open)();
        let file = self.writes(opened);
        let mut spilled = Spilled::new(file, self.budget.cached());
        let Kept::Held { texts, documents, .. } = &self.kept else { return };
        let written = texts.as_bytes().chunks(BLOCK).try_for_each(|block| spilled.push(block).map(drop));
        let written = written.and_then(|()| documents.iter().try_for_each(|document| spilled.push_document(document)));
        self.writes(written.and_then(|()| spilled.flush()));
        self.kept = Kept::Spilled(spilled);
    }

    fn writes<T>(&self, result: io::Result<T>) -> T {
        result.unwrap_or_else(|cause| self.stop("write", &cause))
    }

    fn reads<T>(&self, result: io::Result<T>) -> T {
        result.unwrap_or_else(|cause| self.stop("read", &cause))
    }

    /// Ends the run: nothing that is asked for can be answered without the file. Unwinds with the [`Error`](crate::error::Error)
    /// as its payload and without a trace, since some two hundred places that ask for a text could do nothing else.
    fn stop(&self, action: &'static str, cause: &io::Error) -> ! {
        // The first cause is the one to tell.
        let _told_before = self.fault.set((action, cause.to_string()));
        let (action, cause) = self.fault.get().cloned().unwrap_or_default();
        std::panic::resume_unwind(Box::new(crate::error::Error::from(ErrorKind::Temporary { action, cause })))
    }
}

fn fit(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a text is shorter than 4 GiB")
}

thread_local! {
    /// Bytes as they come from the file or go into it.
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Most bytes that a thread keeps for the next reading.
const LARGE: usize = 1 << 20;

impl Spilled {
    fn new(file: Box<dyn Spool>, cached: usize) -> Self {
        let cache = |bytes: usize| (bytes / ORDINARY, bytes as u64);
        let (documents, texts) = (cache(cached / 3 * 2), cache(cached / 3));
        Self {
            file,
            end: 0,
            pending: Vec::new(),
            documents: Vec::new(),
            read_documents: Cache::with_weighter(documents.0, documents.1, Size),
            read_texts: Cache::with_weighter(texts.0, texts.1, Size),
        }
    }

    /// Appends some bytes and tells where they start.
    fn push(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let start = self.end + self.pending.len() as u64;
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= BLOCK {
            self.flush()?;
        }
        Ok(start)
    }

    fn push_document(&mut self, document: &Document) -> io::Result<()> {
        let before = self.pending.len();
        let start = self.end + before as u64;
        pack(document, &mut self.pending);
        self.documents.push(Place { start, bytes: fit(self.pending.len() - before) });
        if self.pending.len() >= BLOCK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_at(&self.pending, self.end)?;
        self.end += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    fn text(&self, place: Place) -> io::Result<Arc<str>> {
        if place.bytes == 0 {
            return Ok(Arc::from(""));
        }
        if let Some(read) = self.read_texts.get(&place.start) {
            return Ok(read);
        }
        let read: Arc<str> = self.read(place, |bytes| std::str::from_utf8(bytes).ok().map(Arc::from))?;
        self.read_texts.insert(place.start, Arc::clone(&read));
        Ok(read)
    }

    fn document(&self, id: ArticleId) -> io::Result<Arc<Document>> {
        if let Some(read) = self.read_documents.get(&id) {
            return Ok(read);
        }
        let read = self.read(self.documents[id.index()], |bytes| unpack(bytes).map(Arc::new))?;
        self.read_documents.insert(id, Arc::clone(&read));
        Ok(read)
    }

    fn read<T>(&self, place: Place, made: impl FnOnce(&[u8]) -> Option<T>) -> io::Result<T> {
        BYTES.with_borrow_mut(|bytes| {
            bytes.resize(place.len(), 0);
            self.file.read_at(bytes, place.start)?;
            let made = made(bytes);
            if bytes.capacity() > LARGE {
                *bytes = Vec::new();
            }
            made.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it does not hold what was written to it"))
        })
    }
}

/// What an entry of a cache takes.
#[derive(Clone, Debug)]
struct Size;

impl Weighter<ArticleId, Arc<Document>> for Size {
    fn weight(&self, _: &ArticleId, document: &Arc<Document>) -> u64 {
        (document.size() + ENTRY) as u64
    }
}

impl Weighter<u64, Arc<str>> for Size {
    fn weight(&self, _: &u64, text: &Arc<str>) -> u64 {
        (text.len() + ENTRY) as u64
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use crate::corpus::budget::MemoryBudget;
    use crate::corpus::document::Document;
    use crate::corpus::spool::{Spool, temporary};
    use crate::corpus::vocabulary::Vocabulary;
    use crate::error::Error;
    use crate::id::ArticleId;
    use crate::text::language::Language;
    use crate::text::span::Span;

    use super::{BLOCK, Store};

    /// A file of which nothing can be read, or nothing written.
    #[derive(Debug)]
    struct Broken {
        reads: bool,
    }

    impl Spool for Broken {
        fn write_at(&self, _: &[u8], _: u64) -> io::Result<()> {
            if self.reads { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }

        fn read_at(&self, _: &mut [u8], _: u64) -> io::Result<()> {
            Err(io::Error::other("the disk is gone"))
        }
    }

    fn document(text: &str) -> Document {
        Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut Vocabulary::default())
    }

    fn filled(budget: MemoryBudget, texts: &[String]) -> Store {
        let mut store = Store::new(budget, temporary);
        let places: Vec<_> = texts.iter().map(|text| store.push_text(text)).collect();
        store.settle();
        for (place, text) in places.into_iter().zip(texts) {
            assert_eq!(*store.text(place), **text);
            store.push_article(place, document(text));
        }
        store.settle();
        store
    }

    #[test]
    fn what_is_lent_is_the_same_held_and_spilled() {
        // Some are longer than a block, and all together than the caches of the budgets below.
        let mut texts: Vec<String> =
            (0..300).map(|i| format!("Text {i}. Rain “fell” again, é {i}.\n\n{}", "So it goes. ".repeat(i))).collect();
        texts.push("A word more. ".repeat(BLOCK / 8));
        let held = filled(MemoryBudget::UNBOUNDED, &texts);
        assert!(!held.is_spilled());
        // Nothing is held; texts fit, and their documents do not.
        let bytes: usize = texts.iter().map(String::len).sum();
        for budget in [0, 1 << 20, 12 * bytes] {
            let spilled = filled(MemoryBudget::of(budget), &texts);
            assert!(spilled.is_spilled(), "{budget}");
            assert_eq!(spilled.words(), held.words());
            for id in (0..texts.len()).chain((0..texts.len()).rev()).map(ArticleId::new) {
                assert_eq!(*spilled.text_of(id), *held.text_of(id));
                assert_eq!(format!("{:?}", *spilled.document(id)), format!("{:?}", *held.document(id)));
            }
        }
    }

    fn stopped(run: impl FnOnce()) -> String {
        let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
        let error = payload.downcast_ref::<Error>().expect("an error is what it unwinds with");
        format!("{} {error}", error.code())
    }

    #[test]
    fn a_file_that_cannot_be_written_stops_whoever_writes() {
        let mut store = Store::new(MemoryBudget::of(0), || Ok(Box::new(Broken { reads: true })));
        let told = stopped(|| _ = store.push_text("Rain fell."));
        assert!(told.starts_with("E061 cannot write the temporary file"), "{told}");
        assert!(store.fault().is_some());
    }

    #[test]
    fn a_file_that_cannot_be_read_stops_whoever_asks_and_is_remembered() {
        let mut store = Store::new(MemoryBudget::of(0), || Ok(Box::new(Broken { reads: false })));
        let place = store.push_text("Rain fell.");
        store.push_article(place, document("Rain fell."));
        store.settle();
        assert!(store.fault().is_none());
        let expected = "E061 cannot read the temporary file that holds the articles: the disk is gone";
        assert_eq!(stopped(|| drop(store.text(place))), expected);
        assert_eq!(stopped(|| drop(store.document(ArticleId::new(0)))), expected);
        assert!(store.fault().is_some());
    }
}
