//! What is printed: the passages for a class, and the same with marks for whoever teaches.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::id::EntryId;
use crate::lexicon::builtin::cited;
use crate::report::clean::clean;
use crate::report::marked::{Marked, Piece, pieces};
use crate::text::count;
use crate::text::span::Span;

use super::choice::Chosen;
use super::laid::usages;
use super::options::WorksheetOptions;
use super::task::{Task, task};

/// Rows of the table under a passage and lines under that, so that a page is full and no more: by the words of the longer text.
const fn room(words: usize) -> (usize, usize) {
    match words {
        0..=50 => (7, 3),
        51..=80 => (5, 1),
        _ => (4, 0),
    }
}

/// A passage with all that both the pages and the key need.
#[derive(Debug)]
pub(super) struct Page<'f> {
    number: usize,
    texts: [Text<'f>; 2],
    /// Rows and lines to write on.
    room: (usize, usize),
    notes: Vec<Note<'f>>,
    pub(super) tasks: Vec<Task>,
}

/// One of the two texts.
#[derive(Debug)]
struct Text<'f> {
    number: u8,
    outlet: &'f str,
    title: &'f str,
    date: String,
    url: &'f str,
    language: &'f str,
    plain: Cow<'f, str>,
    /// Marks that stand before its first word and after its last.
    around: [Cow<'f, str>; 2],
    /// Whether the passage goes on before or after what is shown.
    cut: [bool; 2],
    /// What lies in one place that differs, or between two: whether it differs, and its pieces.
    parts: Vec<(bool, Vec<Piece<'f>>)>,
}

/// What the list says of a wording.
#[derive(Debug)]
struct Note<'f> {
    number: usize,
    id: &'f str,
    term: &'f str,
    category: &'f str,
    strength: u8,
    neutral: String,
    why: &'f str,
    contested: &'f str,
    sources: String,
}

#[derive(Template)]
#[template(path = "worksheet/html/pages.html")]
struct Pages<'p, 'f> {
    title: &'p str,
    tool: &'p str,
    style: &'static str,
    named: bool,
    pages: &'p [Page<'f>],
}

#[derive(Template)]
#[template(path = "worksheet/html/key.html")]
struct KeyPages<'p, 'f> {
    title: &'p str,
    tool: &'p str,
    style: &'static str,
    pages: &'p [Page<'f>],
}

const STYLE: &str = include_str!("worksheet.css");

/// The pages of chosen passages. Which outlet is Text 1 changes from page to page, whatever the outlets are called.
pub(super) fn pages<'f>(findings: &'f Findings<'_>, chosen: &[Chosen], named: bool) -> Vec<Page<'f>> {
    let swapped = |number: usize| !named && number.is_multiple_of(2);
    (1..).zip(chosen).map(|(number, chosen)| page(findings, chosen, number, swapped(number))).collect()
}

fn page<'f>(findings: &'f Findings<'_>, chosen: &Chosen, number: usize, swapped: bool) -> Page<'f> {
    let cluster = &findings.clusters[chosen.cluster];
    let order = if swapped { [1, 0] } else { [0, 1] };
    let mut numbers: BTreeMap<EntryId, usize> = BTreeMap::new();
    let (mut tasks, mut notes) = (Vec::new(), Vec::new());
    let texts = order.map(|side| {
        let shown = chosen.laid.texts[side];
        let mut marks = Vec::new();
        for usage in usages(findings, shown) {
            let next = numbers.len() + 1;
            let note_number = *numbers.entry(usage.hit.entry).or_insert_with(|| {
                notes.push(note(findings, usage.hit.entry, next));
                next
            });
            marks.push(Marked { usage, note: note_number });
        }
        let slots: Vec<_> = chosen.laid.places.iter().map(|place| findings.bytes(place.sides[side])).collect();
        let article = findings.corpus.article(shown.article);
        Text {
            number: if side == order[0] { 1 } else { 2 },
            outlet: &findings.corpus.outlet_of(shown.article).name,
            title: findings.title(shown.article),
            date: article
                .published_at
                .map_or_else(|| "date unknown".to_owned(), |date| date.to_string().replace('T', " ").replace('Z', " UTC")),
            url: &article.url,
            language: &article.language,
            plain: findings.corpus.text(shown),
            around: around(findings, shown),
            cut: cut(findings, shown),
            parts: parts(&pieces(findings, shown, &slots, &marks)),
        }
    });
    for (at, place) in (1..).zip(&chosen.laid.places) {
        for (text, side) in (1..).zip(order) {
            tasks.push(task(findings, cluster.key, (number, at, text), place.sides[side], chosen.laid.texts[side]));
        }
    }
    Page { number, texts, room: room(chosen.laid.words()), notes, tasks }
}

/// Pieces of one place together: a place has one box, however many marks lie in it.
fn parts<'f>(pieces: &[Piece<'f>]) -> Vec<(bool, Vec<Piece<'f>>)> {
    pieces.chunk_by(|a, b| a.slot == b.slot).map(|part| (part.iter().any(|piece| piece.slot > 0), part.to_vec())).collect()
}

/// The marks that touch the first word and the last: places are made of words, and a page is read with its quotation marks.
fn around<'f>(findings: &'f Findings<'_>, shown: Locus) -> [Cow<'f, str>; 2] {
    let text = findings.corpus.whole_text(shown.article);
    let bytes = findings.bytes(shown);
    let (before, after) = (Span::new(0, bytes.start()).of(&text), Span::new(bytes.end(), text.len()).of(&text));
    let touches = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let start = before.trim_end_matches(touches).len();
    let end = after.find(|c| !touches(c)).unwrap_or(after.len());
    [Span::new(start, bytes.start()), Span::new(bytes.end(), bytes.end() + end)].map(|marks| text.part(marks))
}

/// Whether sentences go on beyond what is shown.
fn cut(findings: &Findings<'_>, shown: Locus) -> [bool; 2] {
    let document = findings.corpus.document(shown.article);
    let sentences = document.sentences();
    [!sentences.iter().any(|s| s.start() == shown.tokens.start()), !sentences.iter().any(|s| s.end() == shown.tokens.end())]
}

fn note<'f>(findings: &'f Findings<'_>, id: EntryId, number: usize) -> Note<'f> {
    let entry = findings.lexicon.entry(id);
    let source = |given: &String| {
        let Some((known, remark)) = cited(given) else { return given.clone() };
        if remark.is_empty() { known.title.clone() } else { format!("{} ({remark})", known.title) }
    };
    Note {
        number,
        id: &entry.id,
        term: entry.shown(),
        category: findings.lexicon.category(&entry.category).map_or("", |c| c.title.as_str()),
        strength: entry.strength,
        neutral: entry.neutral_said(),
        why: &entry.why,
        contested: &entry.contested,
        sources: entry.sources.iter().map(source).collect::<Vec<_>>().join("; "),
    }
}

/// The pages to print.
pub(super) fn pages_html(pages: &[Page<'_>], options: &WorksheetOptions<'_>) -> io::Result<String> {
    let WorksheetOptions { title, tool, named, .. } = *options;
    let html = Pages { title, tool, style: STYLE, named, pages }.render();
    html.map(|html| clean(&html)).map_err(io::Error::other)
}

/// The key.
pub(super) fn key_html(pages: &[Page<'_>], options: &WorksheetOptions<'_>) -> io::Result<String> {
    let html = KeyPages { title: options.title, tool: options.tool, style: STYLE, pages }.render();
    html.map(|html| clean(&html)).map_err(io::Error::other)
}

impl Text<'_> {
    /// Whether a place has no words in this text.
    fn is_nothing(pieces: &[Piece<'_>]) -> bool {
        pieces.iter().all(|piece| piece.text.is_empty())
    }

    /// Whether the address may be a link.
    fn is_web(&self) -> bool {
        self.url.starts_with("https://") || self.url.starts_with("http://")
    }
}
