//! Credits that a word of a line opens: by-lines, "Special to", "Source:", "with files from", copyright, pictures.

use crate::text::language::Language;

use super::credit::{CreditForm, CreditKind};
use super::credit_words::CreditWords;
use super::mention::{kind_of, listed};
use super::names::{NameRun, names_from};
use super::source_names::SourceNames;
use super::stretch::Stretch;

/// A credit in words of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) name: String,
    pub(super) kind: CreditKind,
    pub(super) form: CreditForm,
}

/// Where a stretch stands in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Among the first or last lines, where by-lines stand.
    pub(super) at_edge: bool,
}

/// Longest line that holds a by-line and little else, in words.
const LINE_WORDS: usize = 20;
/// Most words from "with" to "inputs".
const LONGEST_INPUT: usize = 8;

/// Credits of names that follow a word at the start of a line or bracket.
pub(super) fn line_at(stretch: &Stretch<'_>, names: &SourceNames, at: usize, place: Place) -> Vec<Found> {
    let words = CreditWords::english();
    let opens = at == 0 || stretch.gap(at).contains(['(', '[', '|', '\n']) || stretch.starts_sentence(at);
    if stretch.gap(at).contains('©') {
        return copyright(stretch, names, at, at);
    }
    match stretch.word(at) {
        "by" if stretch.is_capital(at) && (opens || names_agency(stretch, names, at + 1)) => byline(stretch, names, at, place),
        "special" if opens && stretch.is_capital(at) => special(stretch, names, at),
        "copyright" => copyright(stretch, names, at, at + 1),
        "c" if stretch.gap(at).ends_with('(') && stretch.gap(at + 1).starts_with(')') => copyright(stretch, names, at, at + 1),
        "source" | "sources" if at == 0 && stretch.gap(1).contains(':') => source(stretch, names),
        "contributed" => contributors(stretch, names, at),
        "files" | "reporting" | "input" | "inputs" if matches!(stretch.word(at + 1), "from" | "by") => {
            let credited = names_from(stretch, names, at + 2);
            let from = if at > 0 && matches!(stretch.word(at - 1), "with" | "additional") { at - 1 } else { at };
            let keep = |run: &NameRun| run.listed || (opens && run.is_person() && at <= 1);
            credits(from, credited.into_iter().filter(keep), CreditForm::Contributed, None)
        }
        // "(With PTI inputs)".
        "inputs" => {
            let with = (at.saturating_sub(LONGEST_INPUT)..at).rev().find(|&i| stretch.word(i) == "with");
            let credited = with.map(|with| (with, names_from(stretch, names, with + 1)));
            let fits =
                |(_, runs): &(usize, Vec<NameRun>)| runs.last().is_some_and(|run| run.end == at) && runs.iter().all(|run| run.listed);
            let found = credited.filter(fits);
            found.map_or_else(Vec::new, |(with, runs)| {
                let to = |each: Found| Found { to: at + 1, ..each };
                credits(with, runs, CreditForm::Contributed, None).into_iter().map(to).collect()
            })
        }
        "published" | "appeared" | "republished" | "reprinted" => republished(stretch, names, at),
        word if words.photo.contains(word) => photo(stretch, names, at),
        _ => Vec::new(),
    }
}

fn credits(from: usize, runs: impl IntoIterator<Item = NameRun>, form: CreditForm, kind: Option<CreditKind>) -> Vec<Found> {
    let runs: Vec<NameRun> = runs.into_iter().collect();
    let each = |run: NameRun| Found { from, to: run.end, name: run.name, kind: kind.unwrap_or(run.kind), form };
    runs.into_iter().map(each).collect()
}

/// `By Jane Roe`, `By JANE ROE, Associated Press`, `By United Press.`, `[By H. D. Jacobs, United Press Staff Correspondent.]`.
fn byline(stretch: &Stretch<'_>, names: &SourceNames, at: usize, place: Place) -> Vec<Found> {
    let words = CreditWords::english();
    let mut runs = names_from(stretch, names, at + 1);
    for run in runs.iter_mut().filter(|run| !run.listed) {
        // Print read by a machine; "By Associated Press Washington" runs on into the place.
        let nearly = (2..=3).rev().filter(|n| run.start + n <= run.end).find_map(|n| {
            let source = names.nearly(&stretch.name(run.start, run.start + n))?;
            Some((source, run.start + n))
        });
        if let Some((source, end)) = nearly {
            let source = names.source(source);
            (run.name, run.kind, run.end, run.listed) =
                (source.name.clone(), kind_of(source.kind).unwrap_or(CreditKind::Agency), end, true);
        }
    }
    let Some(first) = runs.first() else { return Vec::new() };
    let behind =
        |run: &NameRun| if words.roles.contains(stretch.word(run.end)) && stretch.is_joined(run.end) { run.end + 1 } else { run.end };
    if first.listed {
        let runs: Vec<NameRun> = runs.into_iter().take_while(|run| run.listed).map(|run| NameRun { end: behind(&run), ..run }).collect();
        return credits(at, runs, CreditForm::Byline, None);
    }
    if !first.is_person() || words.is_calendar(stretch.word(first.start)) || words.determiners.contains(stretch.word(first.start)) {
        return Vec::new();
    }
    let bracket = stretch.gap(at).ends_with(['(', '[']);
    let with_source = runs.iter().any(|run| run.listed);
    // A line of its own, at the edge of the article: elsewhere "By Popular Demand" is a heading.
    // And no name holds "that".
    let stop = |i: usize| stretch.word(i).len() > 2 && Language::english().stop_words.contains(stretch.word(i));
    let named = runs.iter().all(|run| run.listed || !(run.start..run.end).any(stop));
    let alone =
        at == 0 && place.at_edge && named && stretch.len() <= LINE_WORDS && rest_is_line(stretch, runs.last().map_or(at, |run| run.end));
    if alone || bracket || (with_source && place.at_edge) {
        let runs = runs.into_iter().filter(|run| run.listed || run.is_person());
        credits(at, runs.map(|run| NameRun { end: behind(&run), ..run }), CreditForm::Byline, None)
    } else {
        Vec::new()
    }
}

/// Whether an agency of several words stands at a word and ends there, or a place in capitals follows: a by-line that runs on
/// from a heading ("Shielded by Censorship By United Press. EL PASO").
fn names_agency(stretch: &Stretch<'_>, names: &SourceNames, at: usize) -> bool {
    let Some(Ok(mention)) = listed(names, stretch, at, false) else { return false };
    let ends = stretch.gap(mention.end).starts_with(['.', ',', ')', ']']) || stretch.is_capital(mention.end);
    mention.kind == CreditKind::Agency && mention.end > at + 1 && ends
}

/// Whether what follows the names of a by-line is no sentence: few words in lower case.
fn rest_is_line(stretch: &Stretch<'_>, from: usize) -> bool {
    let words = CreditWords::english();
    let small = (from..stretch.len()).filter(|&i| {
        let word = stretch.word(i);
        let figure = word.starts_with(|c: char| c.is_numeric());
        !stretch.is_capital(i) && !figure && !words.links.contains(word) && !words.roles.contains(word)
    });
    small.count() <= 2
}

/// `Special to The Herald`, `(Special Dispatch to the Star)`.
fn special(stretch: &Stretch<'_>, names: &SourceNames, at: usize) -> Vec<Found> {
    let to = (at + 1..at + 4).find(|&i| matches!(stretch.word(i), "to" | "of"));
    let kinds = ["dispatch", "cable", "correspondence", "telegram", "service", "wire", "wireless", "leased"];
    let Some(to) = to.filter(|&to| (at + 1..to).all(|i| kinds.contains(&stretch.word(i)))) else { return Vec::new() };
    let the = usize::from(stretch.word(to + 1) == "the");
    if stretch.gap(at).contains(['(', '[']) || at == 0 || the > 0 {
        let mut runs = names_from(stretch, names, to + 1 + the);
        runs.truncate(1);
        let printed = |run: NameRun| {
            let listed = run.listed.then(|| run.name.clone());
            let name = listed.unwrap_or_else(|| stretch.name(to + 1, run.end));
            NameRun { name, kind: if run.listed { run.kind } else { CreditKind::Outlet }, ..run }
        };
        return credits(at, runs.into_iter().map(printed), CreditForm::Special, None);
    }
    Vec::new()
}

/// `Copyright 2021 The Associated Press`, `© Reuters`, `(c) 2018 AFP`; beside a picture (`©Jane Roe (AFP/File)`, `Image copyright
/// AFP`) whoever made it.
fn copyright(stretch: &Stretch<'_>, names: &SourceNames, sign: usize, from: usize) -> Vec<Found> {
    let words = CreditWords::english();
    let mut at = from;
    let mut marked = stretch.gap(sign).contains('©');
    while at < stretch.len() && at < from + 5 {
        let word = stretch.word(at);
        marked |= stretch.gap(at).contains('©');
        let year = word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit());
        if !(year || matches!(word, "by" | "the" | "c" | "copyright")) {
            break;
        }
        marked |= year || word == "by";
        at += 1;
    }
    // "Copyright 2018. Follow us": the next sentence names nobody.
    if at > sign && stretch.gap(at).contains('.') {
        return Vec::new();
    }
    let pictured = sign > 0 && words.photo.contains(stretch.word(sign - 1)) && stretch.is_soft(sign);
    let mut runs = names_from(stretch, names, at);
    if at < stretch.len() && !stretch.is_capital(at) && !runs.first().is_some_and(|run| run.listed) {
        runs.clear();
    }
    let year = at > from && (from..at).any(|i| stretch.word(i).starts_with(['1', '2']));
    // A maker and an agency in one: a picture.
    let in_bracket = runs.last().filter(|_| !year).and_then(|run| {
        let source = listed(names, stretch, run.end, false)?.ok()?;
        stretch.gap(run.end).ends_with('(').then_some(source)
    });
    let slashed = runs.iter().any(|run| stretch.gap(run.end).starts_with('/') || stretch.gap(run.start).ends_with('/'));
    let bracketed = runs.last().is_some_and(|run| stretch.gap(run.end).ends_with('('));
    let photo = pictured || (!year && (in_bracket.is_some() || bracketed || slashed));
    let start = if pictured { sign - 1 } else { sign };
    if let (true, Some(source)) = (photo, in_bracket) {
        runs.push(NameRun { start: source.start, end: source.end, name: source.name, kind: source.kind, listed: true });
    }
    if photo {
        return credits(start, runs, CreditForm::Photo, Some(CreditKind::Photo));
    }
    if !marked && !runs.first().is_some_and(|run| run.listed && stretch.is_soft(run.start)) {
        return Vec::new();
    }
    runs.truncate(1);
    // A sign alone before one strange word is print read by a machine.
    let sure = |run: &NameRun| run.listed || year || stretch.word(sign) == "copyright" || run.end > run.start + 1;
    let plain = |run: &NameRun| run.listed || !run.name.contains(|c: char| c.is_ascii_digit());
    runs.retain(|run| sure(run) && plain(run));
    let outlet = |run: NameRun| NameRun { kind: if run.listed { run.kind } else { CreditKind::Outlet }, ..run };
    credits(sign, runs.into_iter().map(outlet), CreditForm::Copyright, None)
}

/// `Source: Al Jazeera and news agencies`.
fn source(stretch: &Stretch<'_>, names: &SourceNames) -> Vec<Found> {
    if stretch.len() > LINE_WORDS {
        return Vec::new();
    }
    let outlet = |run: NameRun| NameRun { kind: if run.listed { run.kind } else { CreditKind::Outlet }, ..run };
    credits(0, names_from(stretch, names, 1).into_iter().map(outlet), CreditForm::Source, None)
}

/// `The Associated Press contributed to this report`: the listed names of the sentence before the verb.
fn contributors(stretch: &Stretch<'_>, names: &SourceNames, at: usize) -> Vec<Found> {
    let words = CreditWords::english();
    let to_this = stretch.word(at + 1) == "to" && matches!(stretch.word(at + 2), "this" | "the");
    if !to_this || !(at + 3..at + 6).any(|i| words.works_of_text.contains(stretch.word(i))) {
        return Vec::new();
    }
    let mut i = (at.saturating_sub(40)..=at).rev().find(|&i| stretch.starts_sentence(i)).unwrap_or(at.saturating_sub(40));
    let mut found = Vec::new();
    while i < at {
        match listed(names, stretch, i, false) {
            Some(Ok(mention)) => {
                i = mention.end;
                found.push(Found {
                    from: mention.start,
                    to: at + 1,
                    name: mention.name,
                    kind: mention.kind,
                    form: CreditForm::Contributed,
                });
            }
            Some(Err(end)) => i = end,
            None => i += 1,
        }
    }
    found
}

/// `This story was originally published by …`, `Republished from …`.
fn republished(stretch: &Stretch<'_>, names: &SourceNames, at: usize) -> Vec<Found> {
    let again = matches!(stretch.word(at), "republished" | "reprinted");
    let before = |list: &[&str]| (at.saturating_sub(8)..at).any(|i| list.contains(&stretch.word(i)));
    let works = ["story", "article", "report", "piece", "column", "essay", "post", "version"];
    let of_this = before(&["originally", "first"]) && before(&works) && before(&["this", "the", "a"]);
    if !(again || of_this) {
        return Vec::new();
    }
    let link = (at + 1..at + 5).find(|&i| matches!(stretch.word(i), "by" | "in" | "on" | "at" | "from" | "of"));
    let Some(link) = link.filter(|&link| (at + 1..=link).all(|i| stretch.is_soft(i))) else { return Vec::new() };
    let the = usize::from(stretch.word(link + 1) == "the");
    let mut runs = names_from(stretch, names, link + 1 + the);
    runs.truncate(1);
    let fits = |run: &NameRun| run.start <= link + 2 + the && !CreditWords::english().is_calendar(stretch.word(run.start));
    let outlet = |run: NameRun| NameRun { kind: if run.listed { run.kind } else { CreditKind::Outlet }, ..run };
    credits(at, runs.into_iter().filter(fits).map(outlet), CreditForm::Republished, None)
}

/// `(Photo: Jane Roe/Reuters)`, `Photo by Jane Roe`, `Credit Jane Roe/European Pressphoto Agency`, `[Photo/Agencies]`.
fn photo(stretch: &Stretch<'_>, names: &SourceNames, at: usize) -> Vec<Found> {
    let words = CreditWords::english();
    let mut next = at + 1;
    let mut linked = false;
    while next < at + 4 && next < stretch.len() {
        let gap = stretch.gap(next);
        linked |= gap.contains([':', '/', '|']);
        if gap.contains(['.', ')', ']', '\n', '!', '?', ';']) && !gap.contains('/') {
            return Vec::new();
        }
        let word = stretch.word(next);
        if !words.photo_link.contains(word) {
            break;
        }
        // A picture is of something, and from somewhere, more often than by somebody.
        linked |= matches!(word, "credit" | "credits" | "courtesy" | "by" | "copyright" | "via");
        next += 1;
    }
    let credit = stretch.word(at) == "credit" && stretch.is_capital(at);
    if !(linked || credit) || next >= stretch.len() {
        return Vec::new();
    }
    let mut runs = names_from(stretch, names, next);
    if runs.first().is_none_or(|run| run.start > next + 1) || (credit && !linked && !runs.iter().any(|run| run.listed)) {
        return Vec::new();
    }
    runs.truncate(4);
    // "Photos: North Korea launches a rocket" says what is seen.
    let goes_on = |run: &NameRun| !run.listed && stretch.is_joined(run.end) && !words.photo.contains(stretch.word(run.end));
    if runs.iter().all(|run| !run.listed) && runs.last().is_some_and(goes_on) {
        return Vec::new();
    }
    credits(at, runs, CreditForm::Photo, Some(CreditKind::Photo))
}
