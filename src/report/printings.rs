//! One quotation as each outlet prints it, laid along its fullest printing.

use std::borrow::Cow;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::provenance::drift::{Difference, DifferenceKind, Drift};
use crate::provenance::quote_group::{Printing, QuoteGroup};
use crate::provenance::quote_link::Node;
use crate::tables::quotes::{speaker, utterance_key};
use crate::text::count;
use crate::text::span::{Span, Token};
use crate::voice::mask::Voice;

use super::facets::Facets;

/// A quotation as shown.
#[derive(Template)]
#[template(path = "html/quotation.html")]
pub(super) struct Quotation<'f> {
    id: String,
    facets: Facets,
    quotes: bool,
    speakers: String,
    agree: &'static str,
    printings: usize,
    base: Place<'f>,
    base_text: String,
    language: &'f str,
    shown: Vec<Printed<'f>>,
    more: usize,
    same: Vec<Place<'f>>,
    more_same: usize,
}

/// Where a printing stands.
struct Place<'f> {
    id: String,
    outlet: &'f str,
    article: String,
    paragraph: usize,
}

/// A printing that differs.
struct Printed<'f> {
    place: Place<'f>,
    drift: &'static str,
    language: &'f str,
    parts: Vec<Part>,
}

/// A run of it: the element that holds it, empty where nothing differs.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    element: &'static str,
    text: String,
}

/// Printings shown that differ, and places named that do not.
const SHOWN: usize = 12;
/// Characters of a printing shown, and words of what is left out of it.
const LONGEST: usize = 900;
const LEFT_OUT: usize = 14;

pub(super) fn quotation<'f>(findings: &'f Findings<'_>, group: &QuoteGroup) -> Quotation<'f> {
    let corpus = findings.corpus;
    let quotes = findings.settings.text.is_shown();
    let mut facets = Facets::default();
    let mut names: Vec<Cow<'_, str>> = Vec::new();
    for printing in &group.printings {
        facets.outlet(corpus.article(printing.node.0).outlet);
        facets.voice(if printing.drift == Drift::ToIndirect { Voice::Indirect } else { Voice::Direct });
        let name = speaker(findings, printing.node);
        if !name.is_empty() && names.len() < SHOWN && !names.contains(&name) {
            names.push(name);
        }
    }
    let differs = |p: &&Printing| p.node != group.base && !(p.drift == Drift::Same && p.differences.is_empty());
    let differing = || group.printings.iter().filter(differs);
    let same = || group.printings.iter().filter(|p| p.node != group.base && !differs(p));
    let base = group.base;
    Quotation {
        id: group.key.to_string(),
        facets,
        quotes,
        speakers: if quotes { names.join(", ") } else { String::new() },
        agree: match group.speakers.as_str() {
            "one" => "one speaker named",
            "several_names" => "named differently",
            "unnamed_in_some" => "unnamed in some",
            _ => "no speaker named",
        },
        printings: group.printings.len(),
        base: place(findings, base),
        base_text: if quotes {
            shortened(&corpus.part(base.0, findings.articles[base.0.index()].utterances[base.1].content))
        } else {
            String::new()
        },
        language: &corpus.article(base.0).language,
        shown: differing().take(SHOWN).map(|p| printed(findings, base, p, quotes)).collect(),
        more: differing().count().saturating_sub(SHOWN),
        same: same().take(SHOWN).map(|p| place(findings, p.node)).collect(),
        more_same: same().count().saturating_sub(SHOWN),
    }
}

fn place<'f>(findings: &'f Findings<'_>, node: Node) -> Place<'f> {
    let (corpus, id) = (findings.corpus, node.0);
    let tokens = corpus.document(id).tokens(findings.articles[id.index()].utterances[node.1].content);
    Place {
        id: utterance_key(findings, node).to_string(),
        outlet: &corpus.outlet_of(id).name,
        article: corpus.article(id).key.to_string(),
        paragraph: corpus.document(id).paragraph_of(tokens.start()) + 1,
    }
}

fn printed<'f>(findings: &'f Findings<'_>, base: Node, printing: &Printing, quotes: bool) -> Printed<'f> {
    Printed {
        place: place(findings, printing.node),
        drift: match printing.drift {
            Drift::Same => "the same words, but for spelling or brackets",
            Drift::Trimmed => "cut at its ends",
            Drift::Spliced => "cut inside",
            Drift::Reworded => "other words",
            Drift::ToIndirect => "told without quotation marks",
        },
        language: &findings.corpus.article(printing.node.0).language,
        parts: if quotes { parts(findings, base, printing) } else { Vec::new() },
    }
}

/// A printing as it stands, with what it adds (`ins`) and what it leaves out of the base (`del`).
fn parts(findings: &Findings<'_>, base: Node, printing: &Printing) -> Vec<Part> {
    let (corpus, node) = (findings.corpus, printing.node);
    let (text, document) = (corpus.whole_text(node.0), corpus.document(node.0));
    let whole = findings.articles[node.0.index()].utterances[node.1].content;
    if printing.differences.is_empty() {
        return vec![Part { element: "", text: shortened(whole.of(&text)) }];
    }
    let (ours, theirs) = (compared(findings, node), compared(findings, base));
    let at = |words: &[usize], token: usize| words.partition_point(|&w| w < token);
    let start = |word: usize| ours.get(word).and_then(|&t| document.words().get(t)).map_or(whole.end(), |w| w.span().start());
    let (mut i, mut j, mut byte) = (0, 0, whole.start());
    let mut out: Vec<Part> = Vec::new();
    let compared = printing.differences.iter().filter(|d| d.kind != DifferenceKind::Bracketed && d.kind != DifferenceKind::Spelling);
    for difference in compared {
        // Equal words stand between: as many on either side.
        if difference.base.is_empty() {
            i += at(&ours, difference.member.start()).saturating_sub(j);
            j = at(&ours, difference.member.start()).max(j);
        } else {
            j += at(&theirs, difference.base.start()).saturating_sub(i);
            i = at(&theirs, difference.base.start()).max(i);
        }
        let here = start(j).max(byte);
        push(&mut out, "", Span::new(byte, here).of(&text).to_owned());
        byte = here;
        if !difference.base.is_empty() {
            if out.last().is_some_and(|part| !part.text.ends_with(char::is_whitespace)) {
                push(&mut out, "", " ".to_owned());
            }
            push(&mut out, "del", left_out(findings, base, difference));
            i = at(&theirs, difference.base.end());
        }
        if !difference.member.is_empty() {
            let added = document.bytes(difference.member).unwrap_or(Span::new(here, here));
            push(&mut out, "ins", added.of(&text).to_owned());
            byte = added.end().max(byte);
            j = at(&ours, difference.member.end());
        }
    }
    push(&mut out, "", Span::new(byte, whole.end().max(byte)).of(&text).to_owned());
    let mut room = LONGEST;
    for part in &mut out {
        let length = part.text.chars().count();
        if length > room {
            part.text = format!("{}…", part.text.chars().take(room).collect::<String>());
        }
        room = room.saturating_sub(length);
    }
    out.retain(|part| !part.text.is_empty() && part.text != "…");
    out
}

fn push(out: &mut Vec<Part>, element: &'static str, text: String) {
    if !text.is_empty() {
        out.push(Part { element, text });
    }
}

/// The words of a quotation that are compared, as positions in its article: all but what stands in brackets.
fn compared(findings: &Findings<'_>, (id, at): Node) -> Vec<usize> {
    let (document, found) = (findings.corpus.document(id), &findings.articles[id.index()]);
    let tokens: Span<Token> = document.tokens(found.utterances[at].content);
    tokens.range().zip(document.slice(tokens)).filter(|(_, w)| found.mask.at(w.span()) == Voice::Direct).map(|(t, _)| t).collect()
}

/// What the base has and this printing has not; of many words the first and the last.
fn left_out(findings: &Findings<'_>, base: Node, difference: &Difference) -> String {
    let (document, text) = (findings.corpus.document(base.0), findings.corpus.whole_text(base.0));
    let said = |tokens: Span<Token>| document.bytes(tokens).map_or("", |bytes| bytes.of(&text)).to_owned();
    let (start, end) = (difference.base.start(), difference.base.end());
    if difference.base.len() <= LEFT_OUT {
        return format!("{} ", said(difference.base));
    }
    format!("{} … {} ", said(Span::new(start, start + LEFT_OUT / 2)), said(Span::new(end - LEFT_OUT / 2, end)))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}
