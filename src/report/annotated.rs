//! A stretch of an article with what was found in it: whose words, listed wording, where shared passages begin and end.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::framing::usage::Usage;
use crate::id::{ArticleId, Key};
use crate::tables::hits::hit_key;
use crate::text::span::{Byte, Span};
use crate::voice::mask::Voice;

/// A run of text with the same marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bit<'f> {
    pub(super) text: Cow<'f, str>,
    /// The class of the voice that it stands in; empty for the narrator.
    pub(super) voice: &'static str,
    /// Whether that voice sets in here, and whether it ends here.
    pub(super) speaks: (bool, bool),
    /// The listed wording that it belongs to.
    pub(super) hit: Option<Key>,
    /// Whether that wording is the outlet's own.
    pub(super) is_own: bool,
    /// Whether the wording starts here.
    pub(super) opens: bool,
    /// Whether it ends here.
    pub(super) closes: bool,
    /// Whether a shared passage begins before it, or ends before it.
    pub(super) begins: bool,
    pub(super) ends: bool,
}

/// Cuts some bytes of an article at its voices, its listed wording (`usages`, in order) and the ends of its shared passages
/// (`edges`: byte and whether a passage begins there, in order). Linear in all of them: each is passed once.
pub(super) fn bits<'f>(
    findings: &'f Findings<'_>,
    article: ArticleId,
    whole: Span<Byte>,
    usages: &[Usage],
    edges: &[(usize, bool)],
) -> Vec<Bit<'f>> {
    let (text, document, found) =
        (findings.corpus.whole_text(article), findings.corpus.document(article), &findings.articles[article.index()]);
    let marks: Vec<(Span<Byte>, &Usage)> = usages.iter().filter_map(|u| Some((document.bytes(u.hit.tokens)?, u))).collect();
    let stretches = found.mask.stretches();
    let first = stretches.partition_point(|(s, _)| s.end() <= whole.start());
    let stretches = stretches[first..].iter().take_while(|(s, _)| s.start() < whole.end());
    let mut cuts: Vec<usize> = vec![whole.start(), whole.end()];
    cuts.extend(stretches.flat_map(|(s, _)| [s.start(), s.end()]));
    cuts.extend(marks.iter().flat_map(|(s, _)| [s.start(), s.end()]));
    cuts.extend(edges.iter().map(|(at, _)| *at));
    cuts.retain(|cut| (whole.start()..=whole.end()).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut next = 0;
    let mut out: Vec<Bit<'f>> = Vec::new();
    for (i, &start) in cuts.iter().enumerate() {
        let edge = |begins: bool| edges.binary_search(&(start, begins)).is_ok();
        let Some(&end) = cuts.get(i + 1) else {
            if edge(false) {
                out.push(Bit {
                    text: Cow::Borrowed(""),
                    voice: "",
                    speaks: (false, false),
                    hit: None,
                    is_own: true,
                    opens: false,
                    closes: false,
                    begins: false,
                    ends: true,
                });
            }
            break;
        };
        while marks.get(next).is_some_and(|(s, _)| s.end() <= start) {
            next += 1;
        }
        let mark = marks.get(next).filter(|(s, _)| s.start() <= start);
        let piece = Span::new(start, end);
        let voice = match found.mask.at(piece) {
            Voice::Narrator => "",
            Voice::Indirect => "told",
            Voice::Direct => "said",
        };
        let sets_in = out.last().is_none_or(|last| last.voice != voice);
        if let Some(last) = out.last_mut().filter(|_| sets_in) {
            last.speaks.1 = true;
        }
        out.push(Bit {
            text: text.part(piece),
            voice,
            speaks: (sets_in, false),
            hit: mark.map(|(_, usage)| hit_key(findings, article, usage)),
            is_own: mark.is_none_or(|(_, usage)| usage.voice == Voice::Narrator),
            opens: mark.is_some_and(|(s, _)| s.start().max(whole.start()) == start),
            closes: mark.is_some_and(|(s, _)| s.end().min(whole.end()) == end),
            begins: edge(true),
            ends: edge(false),
        });
    }
    if let Some(last) = out.iter_mut().rev().find(|bit| bit.speaks.0 || !bit.text.is_empty()) {
        last.speaks.1 = true;
    }
    out
}
