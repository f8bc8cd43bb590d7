//! From records to a sealed corpus.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::fault::caught;
use crate::id::{ArticleId, Key, OutletId};
use crate::text::language::Language;
use crate::text::span::{Byte, Span};
use crate::watch::{Stage, Watch};

use super::article::Article;
use super::budget::MemoryBudget;
use super::collection::Corpus;
use super::document::Document;
use super::furniture::{Furniture, take_off};
use super::mask::{Masked, Unmasked};
use super::outlet::Outlet;
use super::outlet_names::OutletNames;
use super::record::{OutletBasis, Record, Skipped};
use super::recurring::{RecurringLines, printed_lines};
use super::store::{Place, Store};
use super::vocabulary::Vocabulary;

/// Takes records in any order; [`CorpusBuilder::seal`] puts them into one.
#[derive(Debug, Default)]
pub struct CorpusBuilder {
    /// Texts in the order they came in.
    store: Store,
    records: Vec<Admitted>,
    skipped: Vec<Skipped>,
    masks: bool,
}

/// A record whose text has gone into the store.
#[derive(Debug)]
struct Admitted {
    record: Record,
    text: Place,
    /// The first bytes of the text, which tell most texts apart without reading them.
    start: [u8; 16],
}

impl CorpusBuilder {
    /// A builder of a corpus whose texts go to a temporary file where they do not fit the budget. Should that file fail, then
    /// whoever asks for a text unwinds with an [`Error`](crate::error::Error) as payload.
    #[must_use]
    pub fn within(budget: MemoryBudget) -> Self {
        Self { store: Store::within(budget), ..Self::default() }
    }

    /// Takes in one record. One without any word becomes a row of the skipped.
    pub fn admit(&mut self, mut record: Record) {
        let body = record.text.get(record.body.clone()).unwrap_or("");
        if body.contains(char::is_alphanumeric) {
            let text = self.store.push_text(&record.text);
            let start = std::array::from_fn(|i| record.text.as_bytes().get(i).copied().unwrap_or(0));
            record.text = String::new();
            self.records.push(Admitted { record, text, start });
        } else {
            let text = body.chars().take(80).collect();
            let (reason, mend) = ("holds no word".to_owned(), "give the article's text".to_owned());
            self.skip(Skipped { path: record.path.to_string(), line: record.line, reason, mend, text, ..Skipped::default() });
        }
    }

    /// Notes something that was read and is no article.
    pub fn skip(&mut self, skipped: Skipped) {
        self.skipped.push(skipped);
    }

    /// Takes in what another builder took in.
    pub fn append(&mut self, other: Self) {
        let Self { store, records, skipped, .. } = other;
        for admitted in records {
            let text = self.store.push_text(&store.text(admitted.text));
            self.records.push(Admitted { text, ..admitted });
        }
        self.skipped.extend(skipped);
    }

    /// Gives each outlet one name. A file that counts as its own outlet has no name to fold.
    fn fold_outlets(&mut self, names: &OutletNames) {
        let named = |admitted: &&mut Admitted| admitted.record.outlet_basis != OutletBasis::File;
        let folded = names.fold(self.records.iter_mut().filter(named).map(|a| a.record.outlet.as_str()));
        for Admitted { record, .. } in self.records.iter_mut().filter(named) {
            if let Some(one) = folded.get(&record.outlet) {
                record.outlet_given = std::mem::replace(&mut record.outlet, one.clone());
            }
        }
    }

    /// Numbers stand for the names of outlets from here on: [`Masked`].
    pub fn mask_outlets(&mut self) {
        self.masks = true;
    }

    /// What was read so far and is no article.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The records that were taken in, each with its text, in the order in which they came.
    pub fn into_records(self) -> impl Iterator<Item = Record> {
        let Self { store, records, .. } = self;
        records.into_iter().map(move |Admitted { record, text, .. }| Record { text: store.text(text).to_string(), ..record })
    }

    /// How many records were taken in so far.
    #[must_use]
    pub fn admitted(&self) -> usize {
        self.records.len()
    }

    /// [`CorpusBuilder::seal_as`] with the shipped names of outlets and without furniture.
    #[must_use]
    pub fn seal(self) -> Corpus {
        self.seal_as(Some(OutletNames::shipped()), Furniture::TakeOff, &|_: Stage| ())
    }

    /// Folds the names of outlets, unless they are to stay as given (`None`), sorts by outlet, date and id, numbers, takes off
    /// furniture, and reads every text into a document. The watch hears of each.
    #[must_use]
    pub fn seal_as(self, names: Option<&OutletNames>, furniture: Furniture, watch: &dyn Watch) -> Corpus {
        self.seal_by(names, furniture, watch, Document::new)
    }

    /// The same, with what reads the kept stretches of a text. A text that it fails at is named among the skipped.
    fn seal_by(
        mut self,
        names: Option<&OutletNames>,
        furniture: Furniture,
        watch: &dyn Watch,
        read: impl Fn(&str, &[Span<Byte>], &Language, &mut Vocabulary) -> Document,
    ) -> Corpus {
        let language = Language::english();
        if let Some(names) = names {
            self.fold_outlets(names);
        }
        watch.stage(Stage::Sealing, self.records.len() as u64);
        let mut store = std::mem::take(&mut self.store);
        store.settle();
        let mut records = std::mem::take(&mut self.records);
        let spellings = records.iter().map(|a| (a.record.outlet.as_str(), a.record.outlet_given.as_str()));
        let mut masked = self.masks.then(|| Masked::new(spellings));
        let mut taken_out: HashMap<Place, Unmasked, FixedState> = HashMap::default();
        if let Some(masked) = &masked {
            // Texts stand at different places, so the place names the record.
            taken_out.extend(records.iter_mut().map(|a| (a.text, masked.mask(&mut a.record))));
        }
        records.sort_by(|x, y| {
            let (a, b) = (&x.record, &y.record);
            // The text by its digest before the place, so that the order of lines in a file shows in no result.
            let known = (&a.outlet, a.published_at, &a.source_id, x.start).cmp(&(&b.outlet, b.published_at, &b.source_id, y.start));
            known.then_with(|| a.sha256.0.cmp(&b.sha256.0)).then_with(|| (&a.path, a.line).cmp(&(&b.path, b.line)))
        });
        let mut corpus = Corpus {
            store: Store::default(),
            articles: Vec::with_capacity(records.len()),
            outlets: Vec::new(),
            vocabulary: Vocabulary::default(),
            skipped: Vec::new(),
            furniture,
            masked: None,
        };
        let mut copies: HashMap<Key, u64, FixedState> = HashMap::default();
        let recurring: Vec<RecurringLines> = records
            .chunk_by(|a, b| a.record.outlet == b.record.outlet)
            .map(|of| {
                RecurringLines::learn(of.len(), |i, each| {
                    printed_lines(&store.text(of[i].text), body_of(&of[i].record, of[i].text.len()), each);
                })
            })
            .collect();
        let (mut outlet, mut lines) = (None, recurring.iter());
        let mut of_outlet = None;
        for Admitted { record, text: at, .. } in records {
            watch.advance(1);
            if outlet.as_ref() != Some(&record.outlet) {
                outlet = Some(record.outlet.clone());
                of_outlet = lines.next();
            }
            let lent = store.text(at);
            let text = &*lent;
            let body = body_of(&record, text.len());
            let read = caught(|| {
                let (mut kept, removed) = take_off(text, body, |line, at| of_outlet?.rule(line, at, body));
                if furniture == Furniture::Keep {
                    kept = vec![body];
                }
                (read(text, &kept, language, &mut corpus.vocabulary), removed)
            });
            let (document, removed) = match read {
                Ok(read) => read,
                Err(fault) => {
                    self.skipped.push(Skipped::at_fault(&record.path, record.line, &fault));
                    continue;
                }
            };
            if document.words().is_empty() {
                let reason = "holds nothing but furniture of a page (menu lines, addresses)".to_owned();
                let (mend, text) = ("give the article's text".to_owned(), text.chars().take(80).collect());
                let path = record.path.to_string();
                self.skipped.push(Skipped { path, line: record.line, reason, mend, text, ..Skipped::default() });
                continue;
            }
            let key = Key::of('a', &[record.outlet.as_bytes(), text.as_bytes()]);
            // A second copy of the same text in the same outlet needs a key of its own.
            let copy = copies.entry(key).or_default();
            let key = if *copy == 0 { key } else { Key::of('a', &[&key.bytes(), &copy.to_le_bytes()]) };
            *copy += 1;
            let id = ArticleId::new(corpus.articles.len());
            match corpus.outlets.last_mut() {
                Some(last) if last.name == record.outlet => last.articles.push(id),
                _ => corpus.outlets.push(Outlet { name: record.outlet, articles: vec![id] }),
            }
            if let (Some(masked), Some(taken)) = (&mut masked, taken_out.remove(&at)) {
                masked.articles.push((key, taken));
            }
            let title_in_text = record.title.is_empty();
            let title = if title_in_text { first_heading(text, &document) } else { record.title };
            corpus.articles.push(Article {
                key,
                path: record.path,
                line: record.line,
                is_file: record.is_file,
                source_id: if record.source_id.is_empty() { key.to_string() } else { record.source_id },
                outlet: OutletId::new(corpus.outlets.len() - 1),
                outlet_given: record.outlet_given,
                outlet_basis: record.outlet_basis,
                title: masked.as_ref().map_or_else(|| title.clone(), |masked| masked.title(&title)),
                title_in_text,
                byline: record.byline,
                published_at: record.published_at,
                date_basis: record.date_basis,
                retrieved_at: record.retrieved_at,
                url: record.url,
                language: if record.language.is_empty() { language.code.clone() } else { record.language },
                language_basis: record.language_basis,
                note: record.note,
                duplicate_mark: record.duplicate_mark,
                extent: record.extent,
                sha256: record.sha256,
                removed,
            });
            drop(lent);
            store.push_article(at, document);
        }
        if let Some(masked) = &masked {
            self.skipped.iter_mut().for_each(|skipped| masked.mask_skipped(skipped));
        }
        self.skipped.sort();
        corpus.skipped = self.skipped;
        corpus.masked = masked;
        store.settle();
        corpus.store = store;
        corpus
    }
}

fn body_of(record: &Record, length: usize) -> Span<Byte> {
    let end = record.body.end.min(length);
    Span::new(record.body.start.min(end), end)
}

fn first_heading(text: &str, document: &Document) -> String {
    match document.paragraphs() {
        [first, _, ..] if first.heading => first.span.of(text).to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::{CorpusBuilder, Document, Furniture};
    use crate::corpus::record::Record;
    use crate::watch::{Stage, Watch};

    /// Stages with their steps, all and done.
    #[derive(Default)]
    struct Watched(Mutex<Vec<(Stage, u64, u64)>>);

    impl Watch for Watched {
        fn stage(&self, stage: Stage, total: u64) {
            self.0.lock().unwrap().push((stage, total, 0));
        }

        fn advance(&self, steps: u64) {
            if let Some((.., done)) = self.0.lock().unwrap().last_mut() {
                *done += steps;
            }
        }
    }

    #[test]
    fn a_text_that_cannot_be_read_into_words_is_named_and_the_others_are_there() {
        let mut builder = CorpusBuilder::default();
        for text in ["One text.", "The bad text.", "Another text."] {
            builder.admit(Record::of_text(&format!("{text}.txt"), "A", text));
        }
        let watched = Watched::default();
        let corpus = builder.seal_by(None, Furniture::TakeOff, &watched, |text, kept, language, vocabulary| {
            assert!(!text.contains("bad"), "for the test");
            Document::new(text, kept, language, vocabulary)
        });
        assert_eq!(corpus.ids().map(|id| corpus.whole_text(id).to_string()).collect::<Vec<_>>(), ["Another text.", "One text."]);
        let skipped: Vec<_> = corpus.skipped().iter().map(|s| (s.path.as_str(), s.reason.contains("internal fault"))).collect();
        assert_eq!(skipped, [("The bad text..txt", true)]);
        // Whoever watches sees all three go by.
        assert_eq!(*watched.0.lock().unwrap(), [(Stage::Sealing, 3, 3)]);
    }
}
