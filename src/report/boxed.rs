//! Text of an article as the page shows it: what differs in boxes, listed wording underlined, its note as a button.

use askama::Template;

use crate::analysis::findings::Findings;
use crate::id::ArticleId;
use crate::tables::hits::hit_key;

use super::marked::{Marked, Piece};

/// A text with its marks.
#[derive(Template, Debug)]
#[template(path = "html/boxed.html")]
pub(super) struct BoxedText<'f> {
    boxes: Vec<Part<'f>>,
}

/// What lies in one slot, or between two.
#[derive(Debug)]
struct Part<'f> {
    /// Whether it lies in a slot.
    differs: bool,
    /// Number of the slot where the text stands beside a list of readings; otherwise 0.
    number: usize,
    runs: Vec<Run<'f>>,
}

/// A run with the same mark.
#[derive(Debug)]
struct Run<'f> {
    piece: Piece<'f>,
    /// The entry that lists it; empty outside.
    entry: &'f str,
    term: &'f str,
    /// Its row in the section of listed wording.
    hit: String,
}

impl<'f> BoxedText<'f> {
    /// A text from its pieces; `marks` are those it was cut by, `numbers` the numbers to show in boxes, if any.
    pub(super) fn new(
        findings: &'f Findings<'_>,
        article: ArticleId,
        pieces: &[Piece<'f>],
        marks: &[Marked<'_>],
        numbers: Option<&[usize]>,
    ) -> Self {
        let mut boxes: Vec<Part<'f>> = Vec::new();
        let mut slot = usize::MAX;
        for piece in pieces {
            if piece.slot != slot {
                slot = piece.slot;
                let number = numbers.and_then(|n| n.get(slot.wrapping_sub(1))).copied().unwrap_or(0);
                boxes.push(Part { differs: slot > 0, number, runs: Vec::new() });
            }
            let mark = marks.get(piece.mark.wrapping_sub(1));
            let entry = mark.map(|m| findings.lexicon.entry(m.usage.hit.entry));
            let run = Run {
                piece: piece.clone(),
                entry: entry.map_or("", |e| &e.id),
                term: entry.map_or("", |e| e.shown()),
                hit: mark.map_or_else(String::new, |m| hit_key(findings, article, m.usage).to_string()),
            };
            if let Some(last) = boxes.last_mut() {
                last.runs.push(run);
            }
        }
        Self { boxes }
    }

    /// Whether there is nothing to read.
    fn is_nothing(part: &Part<'_>) -> bool {
        part.runs.iter().all(|run| run.piece.text.is_empty())
    }
}
