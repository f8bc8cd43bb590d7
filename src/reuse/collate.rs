//! Witnesses laid side by side: where they say the same and where they differ.
//!
//! Every witness is aligned whole against one base witness, and the places where any differs become slots. The base is
//! the witness that shares most with the others, so that the order of witnesses does not change the slots.

use std::collections::BTreeMap;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::text::span::{Span, Token};

use super::align::{Edit, Pair, global};
use super::alignment::Alignment;
use super::cluster::Cluster;
use super::collation::{Collation, Reading, Slot};
use super::settings::ReuseSettings;
use super::stem::WordClasses;

/// Collates a cluster. Besides, for each witness, the words that it has in common with the base as a share of the shorter of both,
/// 0 to 1.
#[must_use]
pub fn collate(
    cluster: &Cluster,
    alignments: &[Alignment],
    corpus: &Corpus,
    classes: &WordClasses,
    settings: &ReuseSettings,
) -> (Collation, Vec<f64>) {
    let base = base(cluster, alignments);
    let loci: Vec<Locus> = cluster.witnesses.iter().map(|w| w.locus).collect();
    let document = corpus.document(loci[base].article);
    let mut shared = Vec::with_capacity(loci.len());
    let against: Vec<Vec<Edit>> = loci
        .iter()
        .map(|&locus| {
            let other = corpus.document(locus.article);
            let pair = Pair { left: document.words(), right: other.words(), classes };
            let edits = global(loci[base].tokens, locus.tokens, pair, settings);
            let equal: usize = edits.iter().filter(|e| e.equal).map(|e| e.left.len()).sum();
            shared.push(equal as f64 / loci[base].tokens.len().min(locus.tokens.len()).max(1) as f64);
            // Too unlike to be laid side by side word by word: no reading of it answers one of the base.
            if shared.last().is_some_and(|&s| s < settings.coherence) {
                return Vec::new();
            }
            widen(reached(&edits, pair, settings))
        })
        .collect();
    let slots = intervals(&against).into_iter().map(|interval| Slot {
        readings: against
            .iter()
            .enumerate()
            .filter(|(_, edits)| covers(edits, interval))
            .map(|(witness, edits)| Reading { witness, tokens: reading(edits, interval) })
            .collect(),
    });
    (Collation::new(base, slots), shared)
}

/// The edits of the part of the base that a witness reaches: ends that cost more than X-drop are text that one of the two
/// does not have, and no difference of wording.
fn reached(edits: &[Edit], pair: Pair<'_>, settings: &ReuseSettings) -> Vec<Edit> {
    let scores = settings.scores;
    let value = |edit: &Edit| {
        let (l, r) = (edit.left.len(), edit.right.len());
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 64);
        if edit.equal {
            pair.left[edit.left.range()].iter().map(|w| if pair.classes.is_content(w.id) { scores.content } else { scores.stop }).sum()
        } else {
            let gap = if l == r { 0 } else { scores.gap_open + scores.gap_extend * (count(l.abs_diff(r)) - 1) };
            gap + scores.mismatch * count(l.min(r))
        }
    };
    let cut = |values: &mut dyn Iterator<Item = i32>| {
        let (mut sum, mut least, mut at) = (0, -scores.x_drop, 0);
        for (i, value) in values.enumerate() {
            sum += value;
            if sum < least {
                (least, at) = (sum, i + 1);
            }
        }
        at
    };
    let mut head = cut(&mut edits.iter().map(value));
    let mut tail = cut(&mut edits[head..].iter().rev().map(value));
    // Words of the base beyond the end of a witness are a difference while they are few: both passages end with a sentence
    // there. More of them are text that the witness does not reach.
    let beyond = |edit: Option<&Edit>| edit.is_some_and(|e| e.right.is_empty() && e.left.len() > settings.edge_words);
    head += usize::from(beyond(edits.get(head)));
    tail += usize::from(head + tail < edits.len() && beyond(edits.get(edits.len() - tail - 1)));
    edits[head..edits.len() - tail].to_vec()
}

/// Whether a witness reaches all of a stretch of the base.
fn covers(edits: &[Edit], interval: Span<Token>) -> bool {
    match (edits.first(), edits.last()) {
        (Some(first), Some(last)) => first.left.start() <= interval.start() && interval.end() <= last.left.end(),
        _ => false,
    }
}

/// The witness with most equal words over its alignments; among equals the longest, then the first.
fn base(cluster: &Cluster, alignments: &[Alignment]) -> usize {
    let mut shared: BTreeMap<ArticleId, Vec<(Span<Token>, usize)>> = BTreeMap::new();
    for alignment in cluster.alignments.iter().map(|&i| &alignments[i]) {
        for side in [alignment.left, alignment.right] {
            shared.entry(side.article).or_default().push((side.tokens, alignment.matched as usize));
        }
    }
    let equal = |locus: Locus| -> usize {
        let of = shared.get(&locus.article).map_or(&[][..], |sides| &sides[..]);
        of.iter().filter(|(tokens, _)| tokens.overlap(locus.tokens) > 0).map(|(_, matched)| matched).sum()
    };
    let rank = |&(i, w): &(usize, &super::cluster::Witness)| (equal(w.locus), w.locus.tokens.len(), std::cmp::Reverse(i));
    cluster.witnesses.iter().enumerate().max_by_key(rank).map_or(0, |(i, _)| i)
}

/// Makes one difference of two that enclose a single shared word on the same side: `[the] Daesh [terrorist group]`
/// against `Daesh` is one phrase against one name.
fn widen(edits: Vec<Edit>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let encloses = match out[..] {
            [.., first, middle] => {
                let one_sided =
                    |pick: fn(&Edit) -> Span<Token>| !first.equal && !edit.equal && pick(&first).is_empty() && pick(&edit).is_empty();
                middle.equal && middle.left.len() == 1 && (one_sided(|e| e.left) || one_sided(|e| e.right))
            }
            _ => false,
        };
        if encloses {
            out.pop();
            if let Some(first) = out.last_mut() {
                *first = Edit { left: first.left.hull(edit.left), right: first.right.hull(edit.right), equal: false };
            }
        } else {
            out.push(edit);
        }
    }
    out
}

/// The stretches of the base where any witness differs, merged where they meet.
fn intervals(against: &[Vec<Edit>]) -> Vec<Span<Token>> {
    let mut all: Vec<Span<Token>> = against.iter().flatten().filter(|e| !e.equal).map(|e| e.left).collect();
    all.sort_unstable();
    let mut out: Vec<Span<Token>> = Vec::new();
    for span in all {
        match out.last_mut() {
            // Stretches that touch are one: a witness may differ across the border between them.
            Some(last) if span.start() <= last.end() => *last = last.hull(span),
            _ => out.push(span),
        }
    }
    out
}

/// What a witness has where the base has `interval`.
fn reading(edits: &[Edit], interval: Span<Token>) -> Span<Token> {
    // Positions inside an equal run map one to one; a difference at either edge belongs to the slot whole.
    let before = &edits[..edits.partition_point(|e| e.left.start() < interval.start())];
    let start = before.iter().rev().find(|e| e.equal).map_or_else(
        || edits.first().map_or(0, |e| e.right.start()),
        |e| e.right.start() + (interval.start() - e.left.start()).min(e.left.len()),
    );
    let after = &edits[edits.partition_point(|e| e.left.end() <= interval.end())..];
    let end = after
        .iter()
        .find(|e| e.equal)
        .map_or_else(|| edits.last().map_or(0, |e| e.right.end()), |e| e.right.start() + interval.end().saturating_sub(e.left.start()));
    Span::new(start.min(end), end)
}

#[cfg(test)]
mod tests {
    use super::{Edit, Span, intervals, reading, widen};

    fn edit(l: (usize, usize), r: (usize, usize), equal: bool) -> Edit {
        Edit { left: Span::new(l.0, l.1), right: Span::new(r.0, r.1), equal }
    }

    #[test]
    fn an_enclosed_word_joins_its_phrase() {
        // threat of [the] Daesh [terrorist group] / threat of Daesh
        let edits = vec![edit((0, 2), (0, 2), true), edit((2, 3), (2, 2), false), edit((3, 4), (2, 3), true), edit((4, 6), (3, 3), false)];
        assert_eq!(widen(edits), [edit((0, 2), (0, 2), true), edit((2, 6), (2, 3), false)]);
        // [a] x [b] against x on one side and y on the other stays three.
        let mixed = vec![edit((0, 1), (0, 0), false), edit((1, 2), (0, 1), true), edit((2, 2), (1, 2), false)];
        assert_eq!(widen(mixed.clone()), mixed);
    }

    #[test]
    fn three_witnesses_share_their_slots() {
        // base: a b c d e; one witness replaces b, another inserts after b and drops d.
        let base = vec![edit((0, 5), (0, 5), true)];
        let one = vec![edit((0, 1), (0, 1), true), edit((1, 2), (1, 2), false), edit((2, 5), (2, 5), true)];
        let two = vec![
            edit((0, 2), (0, 2), true),
            edit((2, 2), (2, 3), false),
            edit((2, 3), (3, 4), true),
            edit((3, 4), (4, 4), false),
            edit((4, 5), (4, 5), true),
        ];
        let slots = intervals(&[base.clone(), one.clone(), two.clone()]);
        assert_eq!(slots, [Span::new(1, 2), Span::new(3, 4)]);
        let readings = |slot| [&base, &one, &two].map(|edits| reading(edits, slot));
        assert_eq!(readings(slots[0]), [Span::new(1, 2), Span::new(1, 2), Span::new(1, 3)]);
        assert_eq!(readings(slots[1]), [Span::new(3, 4), Span::new(3, 4), Span::new(4, 4)]);
    }

    #[test]
    fn differences_that_touch_are_one_slot() {
        let one = vec![edit((0, 2), (0, 2), true), edit((2, 4), (2, 3), false), edit((4, 8), (3, 7), true)];
        let two = vec![edit((0, 4), (0, 4), true), edit((4, 6), (4, 4), false), edit((6, 8), (4, 6), true)];
        let slots = intervals(&[one.clone(), two.clone()]);
        assert_eq!(slots, [Span::new(2, 6)]);
        assert_eq!([reading(&one, slots[0]), reading(&two, slots[0])], [Span::new(2, 5), Span::new(2, 4)]);
    }
}
