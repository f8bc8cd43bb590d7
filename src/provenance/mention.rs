//! Where a stretch names a medium: by a listed name, or by a noun that makes the name beside it one ("Shafaq news agency").

use crate::text::language::Language;

use super::credit::CreditKind;
use super::credit_words::CreditWords;
use super::source_names::{Needs, SourceKind, SourceNames};
use super::stretch::Stretch;

/// A medium named in a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// First word of the name.
    pub(super) start: usize,
    /// Word after it and its noun.
    pub(super) end: usize,
    /// Usual name, otherwise as printed.
    pub(super) name: String,
    pub(super) kind: CreditKind,
    /// When it counts.
    pub(super) needs: Needs,
    /// Whether a list has it.
    pub(super) listed: bool,
}

/// Most words of a name that no list has.
const LONGEST_NAME: usize = 5;

/// How a listed source is credited.
pub(super) fn kind_of(kind: SourceKind) -> Option<CreditKind> {
    match kind {
        SourceKind::Agency | SourceKind::Service => Some(CreditKind::Agency),
        SourceKind::Photo => Some(CreditKind::Photo),
        SourceKind::Outlet => Some(CreditKind::Outlet),
        SourceKind::Company => None,
    }
}

/// The listed name at a word, its noun included; `Err` with the word behind a name that is no source.
pub(super) fn listed(names: &SourceNames, stretch: &Stretch<'_>, at: usize, in_line: bool) -> Option<Result<Mention, usize>> {
    let found = names.at(stretch, at, in_line)?;
    let source = names.source(found.source);
    let Some(kind) = kind_of(source.kind) else { return Some(Err(found.end)) };
    let end = behind_noun(stretch, found.end);
    let has_article = at > 0 && stretch.word(at - 1) == "the" && stretch.is_joined(at);
    let needs = match found.needs {
        _ if end > found.end => Needs::Nothing,
        Needs::Article if has_article => Needs::Nothing,
        Needs::NoArticle if has_article => Needs::Mark,
        Needs::NoArticle => Needs::Nothing,
        Needs::Article => Needs::Mark,
        other => other,
    };
    Some(Ok(Mention { start: at, end, name: source.name.clone(), kind, needs, listed: true }))
}

/// The word behind a noun of media that stands right after a name ("Reuters news agency").
fn behind_noun(stretch: &Stretch<'_>, end: usize) -> usize {
    let words = CreditWords::english();
    if !stretch.is_joined(end) || stretch.is_possessive(end - 1) {
        return end;
    }
    if words.media.contains(stretch.word(end)) && stretch.word(end) != "daily" {
        end + 1
    } else if words.before_media.contains(stretch.word(end))
        && stretch.is_joined(end + 1)
        && words.media_after.contains(stretch.word(end + 1))
    {
        end + 2
    } else if words.media_after.contains(stretch.word(end)) && matches!(stretch.word(end), "agency" | "website" | "channel") {
        end + 1
    } else {
        end
    }
}

/// The medium that a noun at a word makes of the name beside it. None where no name stands there: "a German newspaper".
pub(super) fn by_noun(stretch: &Stretch<'_>, noun: usize) -> Option<Mention> {
    let words = CreditWords::english();
    let word = stretch.word(noun);
    let joined_before = stretch.is_joined(noun) && !stretch.is_possessive(noun - 1);
    let head = if words.media.contains(word) {
        noun
    } else if words.media_after.contains(word) && joined_before && words.before_media.contains(stretch.word(noun - 1)) {
        noun - 1
    } else if words.on_air.contains(word) && (stretch.is_capital(noun) || (joined_before && stretch.is_capital(noun - 1))) {
        noun
    } else {
        return None;
    };
    before(stretch, head, noun).or_else(|| after(stretch, head, noun))
}

/// `Shafaq news agency`, `Iraq's al-Maluma news agency`, `Haber Türk TV`.
fn before(stretch: &Stretch<'_>, head: usize, noun: usize) -> Option<Mention> {
    let words = CreditWords::english();
    let mut start = head;
    while start > 0 && stretch.is_joined(start) && head - start < LONGEST_NAME && !stretch.is_possessive(start - 1) {
        let word = stretch.word(start - 1);
        let hyphen = stretch.gap(start).contains(['-', '‐', '‑']);
        let named = stretch.is_capital(start - 1) && !words.determiners.contains(word) && !words.is_calendar(word);
        let particle = hyphen && start < head && word.len() <= 3;
        if !(named || particle) {
            break;
        }
        start -= 1;
    }
    // A word that opens a sentence has its capital from there.
    while start < head && opens(stretch, start) {
        start += 1;
    }
    let telling = |i: usize| !words.is_people(stretch.word(i)) && !words.modifiers.contains(stretch.word(i));
    if start == head || !(start..head).any(telling) {
        return None;
    }
    // A noun with a capital is part of the name; a small one only says what it is.
    let end = if stretch.is_capital(noun) { noun + 1 } else { head };
    Some(Mention { start, end: noun + 1, name: stretch.name(start, end), kind: kind(stretch, noun), needs: Needs::Nothing, listed: false })
}

/// `the newspaper Nice-Matin`, `Radio Sawa`.
fn after(stretch: &Stretch<'_>, head: usize, noun: usize) -> Option<Mention> {
    let words = CreditWords::english();
    let on_air = words.on_air.contains(stretch.word(noun));
    if (on_air && (stretch.word(noun) != "radio" || !stretch.is_capital(noun))) || stretch.is_possessive(noun) {
        return None;
    }
    let from = noun + 1;
    // "the Daily News": a noun with a capital is part of the name.
    let in_name = on_air || (stretch.is_capital(noun) && !stretch.starts_sentence(noun));
    let mut end = from;
    while stretch.is_joined(end) && end - from < LONGEST_NAME && stretch.is_capital(end) && !words.is_calendar(stretch.word(end)) {
        end += 1;
        if stretch.is_possessive(end - 1) {
            break;
        }
    }
    let start = if in_name { head } else { from };
    (end > from).then(|| Mention {
        start,
        end,
        name: stretch.name(start, end),
        kind: kind(stretch, noun),
        needs: Needs::Nothing,
        listed: false,
    })
}

fn kind(stretch: &Stretch<'_>, noun: usize) -> CreditKind {
    if matches!(stretch.word(noun), "agency" | "newswire") { CreditKind::Agency } else { CreditKind::Outlet }
}

fn opens(stretch: &Stretch<'_>, at: usize) -> bool {
    stretch.starts_sentence(at) && Language::english().stop_words.contains(stretch.word(at))
}

#[cfg(test)]
mod tests {
    use super::{CreditKind, Stretch, by_noun};
    use crate::text::span::Span;

    #[test]
    fn names_beside_nouns_of_media() {
        use CreditKind::{Agency, Outlet};
        for (text, expected) in [
            ("Shafaq news agency reported", Some(("Shafaq", Agency))),
            ("told Iraq’s al-Maluma news agency on", Some(("al-Maluma", Agency))),
            ("the Mizan News Agency said", Some(("Mizan News Agency", Agency))),
            ("the newspaper Nice-Matin said", Some(("Nice-Matin", Outlet))),
            ("Israeli newspaper Maariv said", Some(("Maariv", Outlet))),
            ("in Haber Türk TV on", Some(("Haber Türk TV", Outlet))),
            ("on Radio Sawa today", Some(("Radio Sawa", Outlet))),
            ("told France Info radio on", Some(("France Info", Outlet))),
            ("told the Daily Chronicle on", Some(("Daily Chronicle", Outlet))),
            ("South Korean newspaper said", None),
            ("a German newspaper said", None),
            ("Iranian state television said", None),
            ("The newspaper said", None),
            ("the newspaper Monday said", None),
            ("the Central Intelligence Agency said", None),
            ("One newspaper said", None),
            ("across the English Channel", None),
            ("the social network Facebook", None),
            ("told Icelandic television on", None),
        ] {
            let stretch = Stretch::read(text, Span::new(0, text.len()));
            let found = (0..stretch.len()).find_map(|i| by_noun(&stretch, i));
            assert_eq!(found.as_ref().map(|m| (m.name.as_str(), m.kind)), expected, "{text}");
        }
    }
}
