//! `retold kwic`: words in their sentences.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use retold::analysis::try_read_articles;
use retold::corpus::collection::Corpus;
use retold::corpus::locus::Locus;
use retold::error::{ErrorKind, Result};
use retold::framing::concordance::WordPattern;
use retold::lexicon::load::Lexicon;
use retold::tables::concordance::{ConcordanceRow, row};
use retold::tables::row::{TableOptions, write_csv, write_json_lines};
use retold::text::count::plural;

use super::args::{self, ListingForm, Order};
use super::emit::{emit, emit_text};
use super::input::{articles, outcome};
use super::lexicon::unknown;
use super::terminal::{Outcome, err};

pub(crate) fn run(args: &args::Kwic) -> Result<Outcome> {
    let lexicon = Lexicon::open(&args.lexicons.names)?;
    let wanted = Wanted::new(&args.term, &lexicon)?;
    articles(&args.paths, args.out.as_deref(), &args.lexicons.names, &args.reading)?.job(|corpus, _| show(corpus, &lexicon, &wanted, args))
}

fn show(corpus: &Corpus, lexicon: &Lexicon, wanted: &Wanted, args: &args::Kwic) -> Result<Outcome> {
    let found = try_read_articles(corpus, lexicon)?;
    let pattern = match wanted {
        Wanted::Words(words) => WordPattern::new(words, corpus.vocabulary()),
        Wanted::Category(_) | Wanted::Entry(_) => None,
    };
    let mut rows: Vec<ConcordanceRow<'_>> = Vec::new();
    for id in corpus.ids() {
        let here = &found[id.index()];
        if let Some(pattern) = &pattern {
            rows.extend(pattern.find(corpus, id).into_iter().map(|locus| row(corpus, here, locus, "")));
        }
        for usage in &here.usages {
            let entry = lexicon.entry(usage.hit.entry);
            if wanted.has(&entry.id, &entry.category) {
                rows.push(row(corpus, here, Locus { article: id, tokens: usage.hit.tokens }, &entry.id));
            }
        }
    }
    let voices: Vec<&str> = args.voice.iter().map(|voice| voice.voice().as_str()).collect();
    rows.retain(|row| voices.is_empty() || voices.contains(&row.voice.0));
    order(&mut rows, args.sort);
    let text = match args.format {
        ListingForm::Text => aligned(&rows, usize::from(args.width)),
        ListingForm::Csv => {
            written(|out| write_csv(rows.into_iter(), TableOptions { raw: args.raw_csv, ..TableOptions::default() }, out).map(drop))
        }
        ListingForm::Jsonl => written(|out| write_json_lines("place", rows.into_iter(), out)),
    };
    if text.is_empty() {
        err(&format!("no place of \"{}\" in {}", one_line(&args.term), plural(corpus.articles().len(), "article")));
    }
    match args.format {
        ListingForm::Text => emit_text(args.out.as_deref(), &text)?,
        ListingForm::Csv | ListingForm::Jsonl => emit(args.out.as_deref(), &text)?,
    }
    Ok(outcome(corpus))
}

/// Text of a writer that writes to memory.
pub(super) fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _infallible = write(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// What is looked for.
enum Wanted {
    Category(String),
    Entry(String),
    Words(String),
}

impl Wanted {
    fn new(term: &str, lexicon: &Lexicon) -> Result<Self> {
        if let Some(category) = term.strip_prefix('@') {
            let category = category.to_lowercase();
            return match lexicon.category(&category) {
                Some(_) => Ok(Self::Category(category)),
                None => Err(unknown("category", &category, lexicon.categories().map(|c| c.id.as_str()).collect())),
            };
        }
        if term.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("l-")) {
            return match lexicon.find_any_case(term) {
                Some(id) => Ok(Self::Entry(lexicon.entry(id).id.clone())),
                None => Err(unknown("entry", term, lexicon.entries().map(|e| e.id.as_str()).collect())),
            };
        }
        if !term.contains(char::is_alphanumeric) {
            return Err(ErrorKind::Usage {
                message: format!("\"{term}\" holds no word"),
                mend: "give a word, L-ENTRY or @CATEGORY".into(),
            }
            .into());
        }
        Ok(Self::Words(term.to_owned()))
    }

    fn has(&self, entry: &str, category: &str) -> bool {
        match self {
            Self::Category(wanted) => wanted == category,
            Self::Entry(wanted) => wanted == entry,
            Self::Words(_) => false,
        }
    }
}

fn order(rows: &mut [ConcordanceRow<'_>], by: Order) {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    match by {
        Order::Article => {}
        Order::Left => rows.sort_by_cached_key(|row| {
            let mut left = words(&row.pre);
            left.reverse();
            (left, row.keyword.to_lowercase())
        }),
        Order::Right => rows.sort_by_cached_key(|row| (words(&row.post), row.keyword.to_lowercase())),
        Order::Keyword => rows.sort_by_cached_key(|row| (row.keyword.to_lowercase(), words(&row.post))),
    }
}

/// Most columns of an outlet's name.
const OUTLET: usize = 20;
/// Most columns of a file and line: their end tells more than their start.
const PLACE: usize = 24;

/// One line a place, the words below one another.
fn aligned(rows: &[ConcordanceRow<'_>], context: usize) -> String {
    let mut out = String::new();
    let place = |row: &ConcordanceRow<'_>| end_of(&format!("{}:{}", one_line(row.path), row.line), PLACE);
    let outlet = |row: &ConcordanceRow<'_>| start_of(&one_line(row.outlet), OUTLET);
    let widest = |shown: &dyn Fn(&ConcordanceRow<'_>) -> String| rows.iter().map(|row| shown(row).width()).max().unwrap_or(0);
    let (outlets, places) = (widest(&outlet), widest(&place));
    let padding = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(text.width()));
    for row in rows {
        let left = end_of(&one_line(&row.pre), context);
        let keyword = one_line(&row.keyword);
        let right = start_of(&one_line(&row.post), context);
        let (outlet, place) = (outlet(row), place(row));
        // Writing to a string does not fail.
        let _infallible = writeln!(
            out,
            "{outlet}{}  {place}{}  {}{left}[{keyword}]{right}  ({})",
            padding(&outlet, outlets),
            padding(&place, places),
            padding(&left, context),
            row.voice.0
        );
    }
    out
}

fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let blank = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    format!("{}{words}{}", blank(text.chars().next()), if words.is_empty() { "" } else { blank(text.chars().next_back()) })
}

/// The last columns of a text.
fn end_of(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let kept = fitting(text.chars().rev(), columns.saturating_sub(1));
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

/// The first columns of a text.
fn start_of(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    fitting(text.chars(), columns.saturating_sub(1)).into_iter().chain(std::iter::once('…')).collect()
}

/// The characters that fit into some columns.
fn fitting(chars: impl Iterator<Item = char>, columns: usize) -> Vec<char> {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    chars.take_while(fits).collect()
}
