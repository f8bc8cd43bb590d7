//! Text with marks: where witnesses differ, and where wording is listed, in whose voice.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::usage::Usage;
use crate::text::span::{Byte, Span};
use crate::voice::mask::Voice;

/// A run of text with the same marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'f> {
    pub(super) text: Cow<'f, str>,
    /// Slot it lies in, from 1; 0 outside.
    pub(super) slot: usize,
    /// Note of the listed wording it belongs to, from 1; 0 outside.
    pub(super) note: usize,
    /// Which of the given marks it belongs to, from 1; 0 outside.
    pub(super) mark: usize,
    /// Whether that wording is somebody else's.
    pub(super) quoted: bool,
    /// Whether the listed wording starts here.
    pub(super) opens: bool,
    /// Whether the listed wording ends here: its note number follows.
    pub(super) closes: bool,
}

/// A listed wording to mark, and the number of its note.
pub(super) struct Marked<'f> {
    pub(super) usage: &'f Usage,
    pub(super) note: usize,
}

/// Cuts a place into pieces. `slots` are the byte spans of readings in order; an empty one becomes a piece without text.
pub(super) fn pieces<'f>(findings: &'f Findings<'_>, locus: Locus, slots: &[Span<Byte>], marks: &[Marked<'_>]) -> Vec<Piece<'f>> {
    let whole = findings.bytes(locus);
    let text = findings.corpus.whole_text(locus.article);
    let placed: Vec<(Span<Byte>, &Marked<'_>)> =
        marks.iter().map(|m| (findings.bytes(Locus { tokens: m.usage.hit.tokens, ..locus }), m)).collect();
    let mut cuts: Vec<usize> = vec![whole.start(), whole.end()];
    cuts.extend(slots.iter().flat_map(|s| [s.start(), s.end()]));
    cuts.extend(placed.iter().flat_map(|(s, _)| [s.start(), s.end()]));
    cuts.retain(|&cut| whole.start() <= cut && cut <= whole.end());
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = Vec::new();
    for (i, &start) in cuts.iter().enumerate() {
        if let Some(at) = slots.iter().position(|s| s.is_empty() && s.start() == start) {
            out.push(Piece { text: Cow::Borrowed(""), slot: at + 1, note: 0, mark: 0, quoted: false, opens: false, closes: false });
        }
        let Some(&end) = cuts.get(i + 1) else { break };
        let piece = Span::new(start, end);
        let slot = slots.iter().position(|s| !s.is_empty() && s.contains(piece)).map_or(0, |at| at + 1);
        let at = placed.iter().position(|(s, _)| s.contains(piece));
        let mark = at.map(|at| &placed[at]);
        out.push(Piece {
            text: text.part(piece),
            slot,
            note: mark.map_or(0, |(_, m)| m.note),
            mark: at.map_or(0, |at| at + 1),
            quoted: mark.is_some_and(|(_, m)| m.usage.voice != Voice::Narrator),
            opens: mark.is_some_and(|(s, _)| s.start().max(whole.start()) == start),
            closes: mark.is_some_and(|(s, _)| s.end().min(whole.end()) == end),
        });
    }
    out
}
