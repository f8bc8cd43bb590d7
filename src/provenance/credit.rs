//! Sources that an article states: whose report it is, who told it, who took the picture.
//!
//! Credits in running text are read by English words; by-lines, datelines, brackets, copyright and picture lines in any language.
//! Quoted speakers are no credits, and neither is what a quotation says.

use crate::corpus::article::Article;
use crate::corpus::collection::Corpus;
use crate::id::{ArticleId, OutletId, TokenId};
use crate::text::span::{Byte, Span};
use crate::voice::mask::{Voice, VoiceMask};

use super::credit_words::CreditWords;
use super::line::{Found, Place, line_at};
use super::mark::{LINE_NAMES, mark_of};
use super::mention::{Mention, by_noun, listed};
use super::names::names_from;
use super::running::credit_of;
use super::source_names::{Needs, SourceNames};
use super::stretch::Stretch;

/// What is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditKind {
    /// A news agency or a wire service.
    Agency,
    /// Another outlet.
    Outlet,
    /// A person: a by-line.
    Person,
    /// Whoever made a picture.
    Photo,
}

impl CreditKind {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Outlet => "outlet",
            Self::Person => "person",
            Self::Photo => "photo",
        }
    }
}

/// How a source is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditForm {
    /// `Shafaq news agency reported`, `according to Reuters`.
    Report,
    /// `told Iraq's al-Maluma news agency`.
    Told,
    /// `(AP)` or `- AFP` at the end of a paragraph, a line of its own.
    Tag,
    /// `TEHRAN (Tasnim) –`, `(Reuters) -`, `[United Press Leased Wire]`.
    Dateline,
    /// `By Jane Roe`, `By United Press`.
    Byline,
    /// `Special to The Herald`.
    Special,
    /// `The Associated Press contributed to this report`.
    Contributed,
    /// `This story was originally published by`.
    Republished,
    /// `Source: Al Jazeera and news agencies`.
    Source,
    /// `Copyright 2021 The Associated Press`.
    Copyright,
    /// `(Photo: Reuters)`.
    Photo,
}

impl CreditForm {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Told => "told",
            Self::Tag => "tag",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Special => "special",
            Self::Contributed => "contributed",
            Self::Republished => "republished",
            Self::Source => "source",
            Self::Copyright => "copyright",
            Self::Photo => "photo",
        }
    }
}

/// How far a credit reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The whole article.
    Article,
    /// The sentence or paragraph in which it stands.
    Place,
}

/// A stated source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// What is credited.
    pub kind: CreditKind,
    /// How.
    pub form: CreditForm,
    /// Its usual name where a list knows it, otherwise as printed.
    pub name: String,
    /// The words that credit it; `None` where a field of the record does, such as the by-line.
    pub span: Option<Span<Byte>>,
    /// The outlet of this set that it is, the article's own included.
    pub outlet: Option<OutletId>,
    /// What of the article it speaks for.
    pub reach: Reach,
    /// Whether it stands in what was taken off as furniture.
    pub in_removed: bool,
}

impl Credit {
    /// Whether it says where text comes from: no picture, and no person.
    #[must_use]
    pub const fn is_of_text(&self) -> bool {
        matches!(self.kind, CreditKind::Agency | CreditKind::Outlet) && !matches!(self.form, CreditForm::Photo)
    }
}

/// Finds credits in the articles of one corpus.
#[derive(Debug)]
pub struct CreditFinder {
    names: SourceNames,
    /// What a word of the vocabulary may start, by id.
    starts: Vec<u8>,
}

const NAME: u8 = 1;
const NOUN: u8 = 2;
const LINE: u8 = 4;

const LINE_STARTS: [&str; 14] = [
    "by",
    "special",
    "copyright",
    "c",
    "source",
    "sources",
    "contributed",
    "files",
    "reporting",
    "input",
    "inputs",
    "published",
    "appeared",
    "republished",
];

impl CreditFinder {
    /// For the words of a corpus: the shipped lists and its outlets. `O(vocabulary)`.
    #[must_use]
    pub fn new(corpus: &Corpus) -> Self {
        let (names, words, vocabulary) = (SourceNames::new(corpus), CreditWords::english(), corpus.vocabulary());
        let mut starts = vec![0u8; vocabulary.len()];
        let mut mark = |word: &str, bit: u8| {
            if let Some(id) = vocabulary.find(word) {
                starts[id.index()] |= bit;
            }
        };
        names.starts().into_iter().for_each(|word| mark(word, NAME));
        [&words.media, &words.media_after, &words.on_air].into_iter().flatten().for_each(|word| mark(word, NOUN));
        LINE_STARTS.iter().chain(&["reprinted"]).for_each(|word| mark(word, LINE));
        words.photo.iter().for_each(|word| mark(word, LINE));
        Self { names, starts }
    }

    fn bits(&self, word: TokenId) -> u8 {
        self.starts.get(word.index()).copied().unwrap_or(0)
    }

    /// The credits of an article in order of place, those of its fields last.
    #[must_use]
    pub fn credits(&self, corpus: &Corpus, id: ArticleId, mask: &VoiceMask) -> Vec<Credit> {
        let (article, document, text) = (corpus.article(id), corpus.document(id), corpus.whole_text(id));
        let mut found: Vec<Credit> = Vec::new();
        let mut add = |stretch: &Stretch<'_>, each: Found, whole: bool, in_removed: bool| {
            let span = stretch.hull(each.from, each.to);
            if in_removed || each.form == CreditForm::Photo || mask.at(stretch.span(each.from)) != Voice::Direct {
                found.push(self.credit(each, Some(span), whole, in_removed));
            }
        };
        let paragraphs = document.paragraphs();
        let signed = memchr::memmem::find(text.as_bytes(), "©".as_bytes()).is_some();
        for (i, paragraph) in paragraphs.iter().enumerate() {
            let words = document.slice(paragraph.tokens);
            let plain = !signed || !paragraph.span.of(&text).contains('©');
            if plain && words.iter().all(|w| self.bits(w.id) == 0) {
                continue;
            }
            let stretch = Stretch::of_document(&text, paragraph.span, words, corpus.vocabulary());
            let last = i + 1 == paragraphs.len();
            let place = Place { at_edge: i < 6 || i + 3 >= paragraphs.len() };
            let bits = |at: usize| self.bits(words[at].id);
            self.search(&stretch, place, bits, !plain).into_iter().for_each(|each| add(&stretch, each, last, false));
        }
        let place = Place { at_edge: true };
        for removed in &article.removed {
            let stretch = Stretch::read(&text, removed.span);
            // Lines of an article that was kept whole are words of its document as well.
            if document.tokens(removed.span).is_empty() {
                let at_end = document.words().last().is_none_or(|w| w.span().end() <= removed.span.start());
                let any = |_: usize| NAME | NOUN | LINE;
                self.search(&stretch, place, any, true).into_iter().for_each(|each| add(&stretch, each, at_end, true));
            }
        }
        if let Some(dateline) = document.dateline() {
            let stretch = Stretch::read(&text, dateline.source.unwrap_or(dateline.span));
            if dateline.source.is_some() {
                self.dateline(&stretch).into_iter().for_each(|each| add(&stretch, each, true, false));
            }
        }
        found.sort_by(|a, b| (a.span, &a.name).cmp(&(b.span, &b.name)));
        found.dedup_by(|next, last| next.name == last.name && next.span.zip(last.span).is_some_and(|(a, b)| a.overlap(b) > 0));
        found.extend(self.of_field(article));
        for credit in found.iter_mut().filter(|c| c.reach == Reach::Article && c.kind != CreditKind::Person && c.outlet.is_none()) {
            // An outlet's dateline has its own name short: (Harbour) in The Harbour Post.
            credit.outlet = is_short_for(&credit.name, &corpus.outlet_of(id).name).then_some(article.outlet);
        }
        found
    }

    fn credit(&self, found: Found, span: Option<Span<Byte>>, whole: bool, in_removed: bool) -> Credit {
        let reach = match found.form {
            CreditForm::Report | CreditForm::Told | CreditForm::Photo => Reach::Place,
            // A name alone between paragraphs is most often that of a picture's agency.
            CreditForm::Tag if !whole => Reach::Place,
            _ => Reach::Article,
        };
        let outlet = if found.kind == CreditKind::Person { None } else { self.names.outlet(&found.name) };
        Credit { kind: found.kind, form: found.form, name: found.name, span, outlet, reach, in_removed }
    }

    /// The credits of a stretch, in order; `bits` says what a word may start.
    fn search(&self, stretch: &Stretch<'_>, place: Place, bits: impl Fn(usize) -> u8, signs: bool) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let (mut at, mut taken) = (0, 0);
        // The credit right before, for "told AP and Reuters".
        let mut last: Option<(usize, Found)> = None;
        // The name right before that nothing credits so far, for "AP and Reuters reported".
        let mut open: Option<Mention> = None;
        let short = stretch.len() <= LINE_NAMES;
        while at < stretch.len() {
            let what = bits(at);
            if what & LINE != 0 || (signs && stretch.gap(at).contains('©')) {
                let line = line_at(stretch, &self.names, at, place);
                if let Some(end) = line.iter().map(|each| each.to).max() {
                    found.extend(line);
                    (at, taken) = (end.max(at + 1), end);
                    continue;
                }
            }
            let named = if what & NAME != 0 { self.named(stretch, at, short) } else { None };
            let mention = match named {
                Some(Ok(mention)) => Some(mention),
                Some(Err(end)) => {
                    at = end;
                    continue;
                }
                None if what & NOUN != 0 => by_noun(stretch, at).filter(|mention| mention.start >= taken),
                None => None,
            };
            let Some(mention) = mention else {
                at += 1;
                continue;
            };
            let marks = mark_of(stretch, &self.names, &mention);
            if let Some(end) = marks.iter().map(|each| each.to).max() {
                found.extend(marks);
                (at, taken) = (end.max(at + 1), end);
                continue;
            }
            let credit = credit_of(stretch, &mention).or_else(|| goes_with(stretch, &mention, last.as_ref()));
            if let Some((form, from, to)) = credit {
                // "The Post and Reuters reported": one verb for both.
                let subject =
                    open.take().filter(|open| from >= mention.start && form == CreditForm::Report && leads_to(stretch, open, &mention));
                found.extend(subject.map(|open| Found { from: open.start, to, name: open.name, kind: open.kind, form }));
                let each = Found { from, to, name: mention.name, kind: mention.kind, form };
                last = Some((mention.end, each.clone()));
                found.push(each);
                (at, taken) = (mention.end.max(at + 1), mention.end);
                continue;
            }
            taken = mention.end;
            at = mention.end.max(at + 1);
            open = Some(mention);
        }
        found
    }

    /// A listed name at a word; in a line of few words and after a bracket letters may be of any case.
    fn named(&self, stretch: &Stretch<'_>, at: usize, short: bool) -> Option<Result<Mention, usize>> {
        let found = listed(&self.names, stretch, at, short && at == 0);
        let in_bracket = || stretch.gap(at).ends_with(['(', '[']);
        let several = |found: &Result<Mention, usize>| found.as_ref().is_ok_and(|mention| mention.end > at + 1);
        found.or_else(|| if in_bracket() { listed(&self.names, stretch, at, true).filter(several) } else { None })
    }

    /// The source in the brackets of a dateline.
    fn dateline(&self, stretch: &Stretch<'_>) -> Vec<Found> {
        let from = usize::from(stretch.word(0) == "by");
        let runs = names_from(stretch, &self.names, from).into_iter().filter(|run| run.start <= from + 1 || run.listed);
        let each = runs.map(|run| {
            let kind = if run.listed || run.is_person() { run.kind } else { CreditKind::Outlet };
            Found { from: 0, to: run.end, name: run.name, kind, form: CreditForm::Dateline }
        });
        // A place or a party in brackets is no source; two words may be anybody.
        each.filter(|found| found.kind != CreditKind::Person).collect()
    }

    /// What the by-line field says.
    fn of_field(&self, article: &Article) -> Vec<Credit> {
        let text = article.byline.as_str();
        let stretch = Stretch::read(text, Span::new(0, text.len()));
        let mut names: Vec<Credit> = Vec::new();
        let mut at = 0;
        while at < stretch.len() {
            let runs = names_from(&stretch, &self.names, at);
            at = runs.iter().map(|run| run.end).max().unwrap_or(at).max(at) + 1;
            for run in runs.into_iter().filter(|run| run.listed || run.is_person()) {
                let found = Found { from: run.start, to: run.end, name: run.name, kind: run.kind, form: CreditForm::Byline };
                names.push(self.credit(found, None, true, false));
            }
        }
        names
    }
}

/// "AP and Reuters reported": whether a name is joined by "and" to the one behind it and opens the clause.
fn leads_to(stretch: &Stretch<'_>, open: &Mention, mention: &Mention) -> bool {
    let and = stretch.word(open.end) == "and" && stretch.gap(open.end) == " ";
    let the = usize::from(stretch.word(open.end + 1) == "the");
    let near = mention.start == open.end + 1 + the && (open.end + 1..=mention.start).all(|i| stretch.gap(i) == " ");
    let article = usize::from(open.start > 0 && stretch.word(open.start - 1) == "the");
    let from = open.start - article;
    let opens = stretch.starts_sentence(from) || stretch.gap(from).contains([',', '"', '”', '’', ';', ':']);
    and && near && opens && open.needs != Needs::Mark
}

/// "told AP and Reuters": a name joined to one that is credited.
fn goes_with(stretch: &Stretch<'_>, mention: &Mention, last: Option<&(usize, Found)>) -> Option<(CreditForm, usize, usize)> {
    let (end, found) = last?;
    let joined = |i: usize| matches!(stretch.word(i), "and" | "the") || i >= mention.start;
    let near = mention.start <= end + 2
        && (*end..mention.start).all(joined)
        && (*end..=mention.start).all(|i| matches!(stretch.gap(i), " " | ", "));
    (near && mention.needs != Needs::Mark && (mention.start > *end || stretch.gap(*end) == ", ")).then_some((
        found.form,
        found.from,
        mention.end,
    ))
}

/// Whether all words of a name are words of a longer one.
fn is_short_for(short: &str, long: &str) -> bool {
    let words =
        |name: &str| name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
    let long = words(long);
    let short = words(short);
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}
