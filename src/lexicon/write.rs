//! Writing lexicon files: entries in order of id, fields in one order, one line a field.

use std::fmt::Write;

use super::entry::{Case, Category, Entry, Level, PartOfSpeech, VoiceRule};
use super::load::Lexicon;

/// The file of one category, as the loader reads it; reading it back gives the same entries.
#[must_use]
pub fn category_toml(lexicon: &Lexicon, category: &Category) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _infallible = write(&mut out, lexicon, category);
    out
}

/// A whole lexicon in one file, each entry with its category; reading it back gives the same lexicon.
#[must_use]
pub fn to_toml(lexicon: &Lexicon) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    for entry in lexicon.entries() {
        let _infallible = write_entry(&mut out, entry, &entry.category);
    }
    for category in lexicon.categories().filter(|category| category.is_described()) {
        let Category { id, title, about } = category;
        let _infallible = writeln!(out, "\n[categories.{id}]\ntitle = {}\nabout = {}", quoted(title), quoted(about));
    }
    out.trim_start().to_owned()
}

fn write(out: &mut String, lexicon: &Lexicon, category: &Category) -> std::fmt::Result {
    for (name, value) in [("category", &category.id), ("title", &category.title), ("about", &category.about)] {
        writeln!(out, "{name} = {}", quoted(value))?;
    }
    for entry in lexicon.entries().filter(|entry| entry.category == category.id) {
        write_entry(out, entry, "")?;
    }
    Ok(())
}

fn write_entry(out: &mut String, entry: &Entry, category: &str) -> std::fmt::Result {
    let guards = &entry.guards;
    let neutral: Vec<String> = entry.neutral.iter().map(ToString::to_string).collect();
    writeln!(out, "\n[[entry]]\nid = {}\nterm = {}", quoted(&entry.id), quoted(&entry.term))?;
    text(out, "label", &entry.label)?;
    writeln!(out, "kind = {}", quoted(entry.kind.as_str()))?;
    list(out, "forms", &entry.forms)?;
    text(out, "category", category)?;
    writeln!(out, "strength = {}", entry.strength)?;
    list(out, "neutral", &neutral)?;
    text(out, "domain", &entry.domain)?;
    text(out, "pair", &entry.pair)?;
    text(out, "leans", &entry.leans)?;
    text(out, "contested", &entry.contested)?;
    list(out, "sources", &entry.sources)?;
    for (name, items) in [
        ("not_next", &guards.not_next),
        ("next", &guards.next),
        ("not_prev", &guards.not_prev),
        ("prev", &guards.prev),
        ("not_near", &guards.not_near),
        ("near", &guards.near),
    ] {
        list(out, name, items)?;
    }
    text(out, "cap", guards.cap.map_or("", Case::as_str))?;
    text(out, "pos", guards.pos.map_or("", PartOfSpeech::as_str))?;
    text(out, "voice", if entry.voice == VoiceRule::Narrator { "narrator" } else { "" })?;
    text(out, "level", if entry.level == Level::Note { "" } else { entry.level.as_str() })?;
    for (name, value) in [("status", &entry.status), ("by", &entry.by), ("date", &entry.date)] {
        text(out, name, value)?;
    }
    writeln!(out, "why = {}", quoted(&entry.why))?;
    list(out, "hit", &entry.hit)?;
    list(out, "miss", &entry.miss)
}

fn text(out: &mut String, name: &str, value: &str) -> std::fmt::Result {
    if value.is_empty() { Ok(()) } else { writeln!(out, "{name} = {}", quoted(value)) }
}

fn list(out: &mut String, name: &str, items: &[String]) -> std::fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    writeln!(out, "{name} = [{}]", items.join(", "))
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, category_toml};

    #[test]
    fn written_and_read_it_is_the_same() {
        let english = Lexicon::english_framing();
        let files: Vec<(String, String)> = english.categories().map(|c| (c.id.clone(), category_toml(english, c))).collect();
        let again = Lexicon::from_toml("again", files.iter().map(|(a, b)| (a.as_str(), b.as_str()))).unwrap();
        assert!(again.entries().eq(english.entries()));
    }
}
