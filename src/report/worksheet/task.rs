//! One place in one text: what is asked of it, and what the key says.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::id::Key;
use crate::tables::answers::AnswerRow;
use crate::tables::cell::{Code, Quoted};
use crate::text::span::Span;
use crate::voice::mask::Voice;

use super::laid::usages;

/// Words of context on each side.
const CONTEXT: usize = 9;

/// A place in one of the two texts.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) passage_id: Key,
    /// Number of the passage, of the place in it, and of the text, from 1.
    pub(super) numbers: (usize, usize, u8),
    pub(super) sentence: String,
    /// What stands there; empty where nothing does.
    pub(super) words: String,
    pub(super) voice: Voice,
    /// Listed wording there: entry and plainer wording.
    pub(super) listed: Option<(String, String)>,
    /// Whether that wording stands in the outlet's own words.
    pub(super) own: bool,
}

impl Task {
    /// Whose words they are, as the sheets say it.
    pub(super) fn voice_word(&self) -> &'static str {
        match self.voice {
            Voice::Narrator => "own",
            Voice::Indirect => "reported",
            Voice::Direct => "quoted",
        }
    }

    /// What stands there, as the sheets say it.
    pub(super) fn shown_words(&self) -> &str {
        if self.words.is_empty() { "–" } else { &self.words }
    }
}

/// The task of a place; `text` is what the page shows of the article.
pub(super) fn task(findings: &Findings<'_>, passage_id: Key, numbers: (usize, usize, u8), place: Locus, text: Locus) -> Task {
    let part = |from: usize, to: usize| {
        if from < to { findings.corpus.text(Locus { tokens: Span::new(from, to), ..place }) } else { Cow::Borrowed("") }
    };
    let (start, end) = (place.tokens.start(), place.tokens.end());
    let (from, to) = (start.saturating_sub(CONTEXT).max(text.tokens.start()), (end + CONTEXT).min(text.tokens.end()));
    let cut = |more: bool| if more { "…" } else { "" };
    let around = [cut(from > text.tokens.start()), &part(from, start), "▢", &part(end, to), cut(to < text.tokens.end())];
    let sentence = around.into_iter().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    // The strongest; among equals the first.
    let listed = usages(findings, place).reduce(|known, next| if next.hit.strength > known.hit.strength { next } else { known });
    let words = findings.corpus.text(place).split_whitespace().collect::<Vec<_>>().join(" ");
    Task {
        passage_id,
        numbers,
        sentence,
        voice: listed.map_or_else(|| findings.voice_of(place), |usage| usage.voice),
        words,
        listed: listed.map(|usage| {
            let entry = findings.lexicon.entry(usage.hit.entry);
            (entry.id.clone(), entry.neutral_line())
        }),
        own: listed.is_some_and(|usage| usage.voice == Voice::Narrator),
    }
}

/// The row to fill in.
pub(super) fn blank(task: &Task) -> AnswerRow {
    let (passage, place, text) = task.numbers;
    AnswerRow {
        task_id: format!("p{passage}-{place}-t{text}"),
        passage_id: task.passage_id,
        passage,
        text,
        sentence: Quoted(task.sentence.clone()),
        words: Quoted(String::new()),
        loaded: None,
        voice: None,
        attribute: None,
        remark: Quoted(String::new()),
    }
}

/// The row as the key has it.
pub(super) fn filled(task: &Task) -> AnswerRow {
    let yes = |given: bool| Some(Code(if given { "yes" } else { "no" }));
    let remark = task.listed.as_ref().map_or_else(String::new, |(id, neutral)| format!("{id}; listed instead: {neutral}"));
    AnswerRow {
        words: Quoted(task.shown_words().to_owned()),
        loaded: yes(task.listed.is_some()),
        voice: Some(Code(task.voice_word())),
        attribute: yes(task.own),
        remark: Quoted(remark),
        ..blank(task)
    }
}
