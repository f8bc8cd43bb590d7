//! The names that follow a word in a line: `By Jane Roe and John Doe, Associated Press`.

use super::credit::CreditKind;
use super::credit_words::CreditWords;
use super::mention::{Mention, listed};
use super::source_names::{Needs, SourceNames};
use super::stretch::Stretch;

/// One name of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameRun {
    pub(super) start: usize,
    /// Word after its last.
    pub(super) end: usize,
    pub(super) name: String,
    pub(super) kind: CreditKind,
    /// Whether a list has it.
    pub(super) listed: bool,
}

impl NameRun {
    /// Whether it may be the name of a person: two to five words, and no list has it.
    pub(super) fn is_person(&self) -> bool {
        !self.listed && self.kind == CreditKind::Person && (2..=5).contains(&(self.end - self.start))
    }
}

/// Most names of one line.
const MOST: usize = 8;

const PARTICLES: [&str; 18] =
    ["de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "ter", "da", "dos", "di", "du", "la", "le", "y", "ben"];

/// Names from a word on, as far as the line goes: parted by commas, slashes, "and", "via"; roles and places between them are
/// stepped over.
pub(super) fn names_from(stretch: &Stretch<'_>, names: &SourceNames, from: usize) -> Vec<NameRun> {
    let words = CreditWords::english();
    let mut runs: Vec<NameRun> = Vec::new();
    let mut at = from;
    while at < stretch.len() && runs.len() < MOST {
        if at > from && ends(stretch, at) {
            break;
        }
        match listed(names, stretch, at, false) {
            // A name that is a common word as well is one of a person here: "By Hill".
            Some(Ok(mention)) if mention.needs != Needs::Mark || !mention_is_small(stretch, &mention) => {
                let end = mention.end;
                runs.push(NameRun { start: at, end, name: mention.name, kind: mention.kind, listed: true });
                at = end;
                continue;
            }
            Some(Err(end)) => {
                at = end;
                continue;
            }
            Some(Ok(_)) | None => {}
        }
        let word = stretch.word(at);
        if let Some(end) = many(stretch, at) {
            runs.push(NameRun { start: at, end, name: "news agencies".to_owned(), kind: CreditKind::Agency, listed: true });
            at = end;
        } else if matches!(word, "in" | "at" | "near" | "on") {
            // A place follows.
            at += 1;
            while at < stretch.len()
                && stretch.is_capital(at)
                && (stretch.is_joined(at) || stretch.gap(at) == ", ")
                && !stretch.is_all_capital(at)
            {
                at += 1;
            }
        } else if words.photo.contains(word) {
            break;
        } else if words.links.contains(word) || words.roles.contains(word) || matches!(word, "file" | "pool" | "handout") {
            at += 1;
        } else if stretch.is_capital(at) && !words.is_calendar(word) {
            let end = run_end(stretch, names, at);
            let paper = (at..end).any(|i| words.paper.contains(stretch.word(i)));
            let kind = if paper { CreditKind::Outlet } else { CreditKind::Person };
            runs.push(NameRun { start: at, end, name: stretch.name(at, end), kind, listed: false });
            at = end;
        } else {
            break;
        }
    }
    runs
}

/// Whether the name is printed with small letters: no initials.
fn mention_is_small(stretch: &Stretch<'_>, mention: &Mention) -> bool {
    stretch.is_capital(mention.start) && stretch.name(mention.start, mention.end).contains(char::is_lowercase)
}

fn run_end(stretch: &Stretch<'_>, names: &SourceNames, from: usize) -> usize {
    const LONGEST: usize = 5;
    let words = CreditWords::english();
    // A name set in capitals and small letters ends where the line goes on in capitals: "The Herald EL PASO".
    let small = !stretch.is_all_capital(from) && stretch.word(from).len() > 2;
    let mut end = from + 1;
    while stretch.is_joined(end) && end - from < LONGEST {
        let word = stretch.word(end);
        let particle = PARTICLES.contains(&word) && stretch.is_capital(end + 1);
        let capital = stretch.is_capital(end)
            && !(words.links.contains(word) || words.roles.contains(word) || words.photo.contains(word) || words.is_calendar(word));
        let louder = small && stretch.is_all_capital(end) && word.len() > 3;
        if !(particle || capital) || louder || names.at(stretch, end, false).is_some_and(|found| found.end - end > 1) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a line ends before a word.
fn ends(stretch: &Stretch<'_>, at: usize) -> bool {
    let gap = stretch.gap(at);
    if gap.contains([')', ']', '\n', '!', '?', ':', '…', '(', '[', '“', '”', '"', '—', '–', '©']) {
        return true;
    }
    gap.contains('.') && !stretch.is_joined(at)
}

/// The word behind a phrase for many sources without a name: "news agencies".
fn many(stretch: &Stretch<'_>, at: usize) -> Option<usize> {
    let words = CreditWords::english();
    let two = format!("{} {}", stretch.word(at), stretch.word(at + 1));
    if words.many.contains(&two) { Some(at + 2) } else { words.many.contains(stretch.word(at)).then_some(at + 1) }
}
