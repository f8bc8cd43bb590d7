//! Listed names that credit by where they stand: in brackets, behind a dash, between slashes, alone on a line.

use super::credit::{CreditForm, CreditKind};
use super::credit_words::CreditWords;
use super::line::Found;
use super::mention::{Mention, listed};
use super::source_names::{Needs, SourceNames};
use super::stretch::Stretch;

/// Longest line that is read as nothing but names, in words.
pub(super) const LINE_NAMES: usize = 6;

/// A listed name as a mark: a tag, a dateline, a picture's agency. All names of one mark at once.
pub(super) fn mark_of(stretch: &Stretch<'_>, names: &SourceNames, first: &Mention) -> Vec<Found> {
    let words = CreditWords::english();
    // A name that is a common word as well ("Time", "Trend") is a heading more often than a mark.
    let common =
        first.needs == Needs::Mark && stretch.is_capital(first.start) && stretch.name(first.start, first.end).contains(char::is_lowercase);
    if !first.listed || common {
        return Vec::new();
    }
    let line = first.start == 0 && stretch.len() <= LINE_NAMES;
    let mut chain = vec![first.clone()];
    let mut end = first.end;
    while let Some(mention) = next_in_mark(stretch, names, end, line) {
        end = mention.end;
        chain.push(mention);
    }
    let found = |form: CreditForm, from: usize, to: usize| -> Vec<Found> {
        let kind = |mention: &Mention| if form == CreditForm::Photo { CreditKind::Photo } else { mention.kind };
        chain.iter().map(|m| Found { from, to, name: m.name.clone(), kind: kind(m), form }).collect()
    };
    let article = first.start > 0 && stretch.word(first.start - 1) == "the" && stretch.is_joined(first.start);
    let start = first.start - usize::from(article);
    let file = matches!(stretch.word(end), "file" | "photo" | "photos" | "image" | "images" | "picture" | "pictures" | "pool");
    let tail = end + usize::from(file);
    let (before, after) = (stretch.gap(start), stretch.gap(tail));
    let sentence_before = before.contains(['.', '!', '?', '"', '”', '’', '…']) || start == 0;
    let last = tail >= stretch.len();
    let dash = |gap: &str| gap.contains(['—', '–', '-', '−']);
    if file && (stretch.is_capital(end) || stretch.gap(end).contains(['/', ','])) && !words.reports.contains(stretch.word(tail)) {
        return found(CreditForm::Photo, start, behind_slash(stretch, tail));
    }
    if start > 0 && stretch.word(start - 1) == "via" {
        return found(CreditForm::Photo, start - 1, end);
    }
    // "(Uy Associated Press)": print read by a machine.
    let short = start > 0 && stretch.span(start - 1).len() <= 3 && before == " " && stretch.gap(start - 1).ends_with(['(', '[']);
    if short && first.kind == CreditKind::Agency && after.starts_with([')', ']', '.']) {
        return found(CreditForm::Byline, start - 1, end);
    }
    let open = before.trim_end().ends_with(['(', '[']);
    let close = after.trim_start().starts_with([')', ']']) || after.starts_with(".)") || after.starts_with(".]");
    if open && close {
        if chain.iter().all(|m| m.kind == CreditKind::Photo) {
            return found(CreditForm::Photo, start, end);
        }
        let opening = start <= 12 && (dash(after) || after.contains(':'));
        // "West Palm Beach, Florida (CNN) President …", "Updated: 2016-07-15 06:50 (Xinhua)".
        // "New Delhi, Jan 5 (PTI) The government …".
        let day = |i: usize| i > 0 && words.is_calendar(stretch.word(i - 1)) && stretch.word(i).len() <= 2;
        let placed = start <= 6 && !last && stretch.is_capital(tail) && (0..start).all(|i| stretch.is_capital(i) || day(i)) && {
            start <= 2 || (1..start).any(|i| stretch.gap(i).contains(','))
        };
        let timed = start > 0 && start <= 30 && last && stretch.word(start - 1).starts_with(|c: char| c.is_ascii_digit());
        if opening || placed || timed || (start == 0 && !last) {
            return found(CreditForm::Dateline, start, end);
        }
        // The second bracket under a picture.
        if before.contains([')', ']']) {
            return found(CreditForm::Photo, start, end);
        }
        return if last && sentence_before { found(CreditForm::Tag, start, end) } else { Vec::new() };
    }
    if before.ends_with('/') && after.starts_with('/') {
        return found(CreditForm::Tag, start, end);
    }
    let slash_before =
        before.ends_with('/') && start > 0 && (stretch.is_capital(start - 1) || words.photo.contains(stretch.word(start - 1)));
    let slash_after = stretch.gap(end).starts_with('/') && stretch.is_capital(end);
    if slash_before || slash_after {
        let mut from = start;
        while slash_before && from > 0 && start - from < 5 && (from == start || stretch.is_joined(from)) && stretch.is_capital(from - 1) {
            from -= 1;
        }
        return found(CreditForm::Photo, from, if slash_after { behind_slash(stretch, end) } else { end });
    }
    // "AP:Associated Press" under a picture.
    if stretch.gap(end) == ":" && listed(names, stretch, end, false).and_then(Result::ok).is_some_and(|again| again.name == first.name) {
        return found(CreditForm::Photo, start, end);
    }
    if first.kind == CreditKind::Photo && first.needs != Needs::Mark && !words.reports.contains(stretch.word(end)) {
        return found(CreditForm::Photo, start, end);
    }
    if matches!((stretch.word(end), stretch.word(end + 1)), ("leased", "wire" | "service") | ("night" | "day", "wire")) {
        return found(CreditForm::Dateline, start, end + 2);
    }
    if start == 0 && last {
        return found(CreditForm::Tag, start, end);
    }
    if last && dash(before) && sentence_before {
        return found(CreditForm::Tag, start, end);
    }
    // "Damascus, SANA- Army units …".
    let initials = (start..end).all(|i| stretch.is_all_capital(i)) && first.kind == CreditKind::Agency;
    let named = |i: usize| stretch.is_capital(i) && (i == 0 || matches!(stretch.gap(i), " " | ", " | "-"));
    if initials && !last && (1..=4).contains(&start) && before == ", " && (0..start).all(named) && spaced_dash(after) {
        return found(CreditForm::Dateline, start, end);
    }
    // "International News Service COLUMBUS, N. M., March 10."; "Students' News Agency (ISNA)" has its initials behind it.
    let heads = first.kind == CreditKind::Agency && first.end - start > 1 && (start == 0 || before.contains('['));
    if heads && !last && (stretch.is_all_capital(end) && !after.contains('(') || after.starts_with(['.', ']', '—', '–'])) {
        return found(CreditForm::Dateline, start, end);
    }
    Vec::new()
}

/// Whether a dash with a blank beside it stands between two words: no compound.
fn spaced_dash(gap: &str) -> bool {
    gap.contains(char::is_whitespace) && matches!(gap.trim(), "-" | "--" | "—" | "–" | "−")
}

/// The next name of one mark: behind a slash, a comma, a dash or "and".
fn next_in_mark(stretch: &Stretch<'_>, names: &SourceNames, end: usize, in_line: bool) -> Option<Mention> {
    let gap = stretch.gap(end);
    let word = matches!(stretch.word(end), "and" | "with") && stretch.is_joined(end);
    let at = if word { end + 1 } else { end };
    let joins = word || matches!(gap.trim(), "/" | "," | "-" | "–" | "—" | "|" | "&" | "+");
    joins.then(|| listed(names, stretch, at, in_line)?.ok()).flatten()
}

/// The word behind a name after a slash: "REUTERS/Jane Roe".
fn behind_slash(stretch: &Stretch<'_>, end: usize) -> usize {
    let mut to = end;
    if stretch.gap(to).trim_start().starts_with('/') {
        while to < stretch.len() && stretch.is_capital(to) && to - end < 4 && (to == end || stretch.is_joined(to)) {
            to += 1;
        }
    }
    to
}
