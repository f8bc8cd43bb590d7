//! `retold explain`: what a code means, and all that the lexicon says of a wording.

use std::fmt::Write;

use strsim::normalized_damerau_levenshtein;

use retold::codes::{CODES, Code, find};
use retold::error::{ErrorKind, Result};
use retold::id::EntryId;
use retold::lexicon::builtin::{cited, topics};
use retold::lexicon::entry::{Case, Entry, Guards, MatchKind, PartOfSpeech, VoiceRule};
use retold::lexicon::load::Lexicon;

use super::align::wrap;
use super::args;
use super::emit::emit_text;
use super::terminal::{Outcome, clean_line};

/// Most names that are offered for one that is unknown.
const OFFERED: usize = 3;
/// Widest line of what is said, in columns.
const WIDTH: usize = 100;

pub(crate) fn run(args: &args::Explain) -> Result<Outcome> {
    let asked = args.what.join(" ");
    let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(code) = find(&asked) {
        emit_text(None, &explained(code))?;
        return Ok(Outcome::Done);
    }
    let lexicon = Lexicon::open(&args.lexicons.names)?;
    let found = entries(&lexicon, &asked);
    if found.is_empty() {
        let nearest = nearest(&lexicon, &asked).join(" or ");
        return Err(ErrorKind::Unknown { what: "code or entry", name: asked, nearest }.into());
    }
    let texts: Vec<String> = found.into_iter().map(|id| page(&lexicon, id)).collect();
    emit_text(None, &texts.join("\n"))?;
    Ok(Outcome::Done)
}

fn explained(code: &Code) -> String {
    let lines = [("why", code.why), ("to mend", code.mend)].map(|(name, what)| (name, what.to_owned()));
    format!("{}  {}\n\n{}", code.code, code.what, laid(&lines))
}

/// The entry of an id, with or without its `L-`; otherwise those with the wording.
fn entries(lexicon: &Lexicon, asked: &str) -> Vec<EntryId> {
    let matching = |fits: &dyn Fn(&Entry) -> bool| -> Vec<EntryId> {
        lexicon.entries().enumerate().filter(|(_, entry)| fits(entry)).map(|(i, _)| EntryId::new(i)).collect()
    };
    let by_id = matching(&|entry| entry.id.eq_ignore_ascii_case(asked));
    if !by_id.is_empty() {
        return by_id;
    }
    let asked = asked.to_lowercase();
    let words = matching(&|entry| wordings(entry).any(|wording| wording.to_lowercase() == asked));
    if !words.is_empty() {
        return words;
    }
    matching(&|entry| entry.id.get(2..).is_some_and(|id| id.eq_ignore_ascii_case(&asked)))
}

fn wordings(entry: &Entry) -> impl Iterator<Item = &str> {
    [entry.term.as_str(), entry.shown()].into_iter().chain(entry.forms.iter().map(String::as_str))
}

/// Names that are spelt nearly so, nearest first.
fn nearest(lexicon: &Lexicon, asked: &str) -> Vec<String> {
    let asked = asked.to_lowercase();
    let likeness = |name: &str| normalized_damerau_levenshtein(&name.to_lowercase(), &asked);
    let of_entry = |entry: &Entry| {
        let id = likeness(&entry.id).max(likeness(entry.id.get(2..).unwrap_or("")));
        wordings(entry).map(likeness).fold(id, f64::max)
    };
    let entries = lexicon.entries().map(|entry| (of_entry(entry), entry.id.clone()));
    let codes = CODES.iter().map(|code| (likeness(code.code), code.code.to_owned()));
    let mut named: Vec<(f64, String)> = entries.chain(codes).collect();
    named.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    named.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// Everything that is known of an entry; what is empty is left out.
pub(super) fn page(lexicon: &Lexicon, id: EntryId) -> String {
    let entry = lexicon.entry(id);
    let mut lines = vec![("found as", found_as(entry))];
    let category = lexicon.category(&entry.category).filter(|category| category.is_described());
    lines.push(("category", category.map_or_else(|| entry.category.clone(), |known| format!("{}: {}", known.title, known.about))));
    let strength = match entry.strength {
        0 => "0, recorded as not loaded",
        1 => "1, weak: in tables only",
        2 => "2, clear",
        _ => "3, strong",
    };
    lines.push(("strength", strength.to_owned()));
    lines.push(("level", entry.level.as_str().to_owned()));
    lines.push(("why", entry.why.clone()));
    lines.extend(entry.neutral.iter().map(|neutral| ("neutral", neutral.to_string())));
    if entry.voice == VoiceRule::Narrator {
        lines.push(("counts", "in the outlet's own words only".to_owned()));
    }
    lines.extend(entry.sources.iter().map(|source| ("source", source_line(source))));
    lines.push(("contested", entry.contested.clone()));
    if !entry.pair.is_empty() {
        let other = lexicon.find(&entry.pair).map_or_else(String::new, |other| format!("  {}", other.shown()));
        lines.push(("other side", format!("{}{other}", entry.pair)));
    }
    if let Some((topic, side)) = entry.leans.split_once(':').map(|(topic, side)| (topic.trim(), side.trim())) {
        let known = topics().get(topic);
        let title = known.map_or(topic, |topic| topic.title.as_str());
        let about = known.and_then(|topic| topic.sides.get(side)).map_or_else(String::new, |about| format!(" ({about})"));
        lines.push(("leans", format!("{title}: {side}{about}")));
    }
    lines.extend(guards(&entry.guards).into_iter().map(|guard| ("only where", guard)));
    lines.extend(entry.hit.iter().map(|sentence| ("found in", sentence.clone())));
    lines.extend(entry.miss.iter().map(|sentence| ("not in", sentence.clone())));
    lines.push(("subject", entry.domain.clone()));
    let kept: Vec<&str> = [&entry.status, &entry.by, &entry.date].into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    lines.push(("kept", kept.join(", ")));
    lines.push(("written in", lexicon.position(id).to_string()));
    format!("{}  {}\n\n{}", entry.id, clean_line(entry.shown()), laid(&lines))
}

/// Names in one column, what they say in another; what is empty is left out, and a name that repeats the one above it.
fn laid(lines: &[(&str, String)]) -> String {
    let mut text = String::new();
    let mut above = "";
    for (name, what) in lines.iter().filter(|(_, what)| !what.trim().is_empty()) {
        let mut shown = if *name == above { "" } else { name };
        above = name;
        for part in wrap(&clean_line(what), WIDTH) {
            // Writing to a string does not fail.
            let _infallible = writeln!(text, "  {shown:<12}{part}");
            shown = "";
        }
    }
    text
}

fn found_as(entry: &Entry) -> String {
    let how = match entry.kind {
        MatchKind::Word => "this word as it stands",
        MatchKind::Lemma => "this word and its inflections",
        MatchKind::Phrase => "these words as they stand",
        MatchKind::LemmaPhrase => "these words, the first and the last with their inflections",
        MatchKind::Proper => "this name as it stands",
        MatchKind::Regex => "a pattern",
    };
    let pattern = if entry.kind == MatchKind::Regex { format!(": {}", entry.term) } else { String::new() };
    let also = if entry.forms.is_empty() { String::new() } else { format!("; also {}", entry.forms.join(", ")) };
    format!("{how}{pattern}{also}")
}

/// A source as `sources.csv` has it; as given where it does not.
fn source_line(given: &str) -> String {
    let Some((source, remark)) = cited(given) else { return given.to_owned() };
    let mut line = source.title.clone();
    for (before, part, after) in [("; ", remark, ""), (" (", source.note.as_str(), ")"), ("  ", source.url.as_str(), "")] {
        if !part.is_empty() {
            line.push_str(&format!("{before}{part}{after}"));
        }
    }
    line
}

/// What must hold around the wording, in words.
fn guards(guards: &Guards) -> Vec<String> {
    let lists = [
        (&guards.next, "one of these follows: "),
        (&guards.not_next, "none of these follows: "),
        (&guards.prev, "one of these stands right before: "),
        (&guards.not_prev, "none of these stands right before: "),
        (&guards.near, "one of these stands in the sentence: "),
        (&guards.not_near, "none of these stands in the sentence: "),
    ];
    let mut all: Vec<String> =
        lists.into_iter().filter(|(list, _)| !list.is_empty()).map(|(list, what)| format!("{what}{}", list.join(", "))).collect();
    all.extend(guards.cap.map(|case| match case {
        Case::Lower => "it is not capitalised, except where any word would be".to_owned(),
        Case::Upper => "it is capitalised".to_owned(),
    }));
    all.extend(guards.pos.map(|pos| match pos {
        PartOfSpeech::Verb => "its neighbours make it a verb".to_owned(),
        PartOfSpeech::Noun => "its neighbours make it a noun".to_owned(),
        PartOfSpeech::Adjective => "its neighbours make it an adjective".to_owned(),
    }));
    all
}

#[cfg(test)]
mod tests {
    use retold::lexicon::load::Lexicon;

    use super::{entries, nearest};

    fn ids(asked: &str) -> Vec<&'static str> {
        let lexicon = Lexicon::english_framing();
        entries(lexicon, asked).into_iter().map(|id| lexicon.entry(id).id.as_str()).collect()
    }

    #[test]
    fn entries_by_id_and_wording() {
        for asked in ["L-cowardly", "l-COWARDLY", "cowardly", "Cowardly"] {
            assert_eq!(ids(asked), ["L-cowardly"], "{asked}");
        }
        assert!(ids("no such wording at all").is_empty());
    }

    #[test]
    fn the_nearest_come_first() {
        let names = nearest(Lexicon::english_framing(), "L-cowerdly");
        assert_eq!(names.first().map(String::as_str), Some("L-cowardly"));
        let codes = nearest(Lexicon::english_framing(), "e015");
        assert!(codes.iter().all(|code| code.starts_with("E01")), "{codes:?}");
    }
}
