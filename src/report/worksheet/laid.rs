//! Two witnesses of a passage laid word to word, and the part of them that fits on a page.

use std::collections::BTreeSet;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::usage::Usage;
use crate::id::EntryId;
use crate::reuse::align::{Edit, Pair, global};
use crate::reuse::stem::WordClasses;
use crate::text::span::{Span, Token};

/// Words of a witness that are looked at: the part of a long passage that fits on a page is sought among these.
const LOOKED_AT: usize = 400;
/// Words that a page is best filled with.
const FITTING: std::ops::RangeInclusive<usize> = 20..=80;
/// Words that a page can take at all.
const POSSIBLE: std::ops::RangeInclusive<usize> = 8..=95;
/// Words of a page that reads at a glance.
const USUAL: usize = 45;
/// Most sentences of a page.
const SENTENCES: usize = 10;
/// Places that differ, beyond which two texts are hard to compare by eye.
pub(super) const MANY: usize = 8;
/// Words of a place, beyond which it is another sentence and no other wording.
const LONG: usize = 8;
/// Words of a slip.
const SLIP_WORDS: usize = 4;
/// Slips beyond this many tell no more of a page.
const SLIPS: usize = 5;
/// Likeness of letters from which two readings are one word, written otherwise.
const SAME_LETTERS: f64 = 0.6;

/// A place where the two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// What each has there, possibly nothing.
    pub(super) sides: [Locus; 2],
    /// Whether listed wording stands there in one text that does not stand there in the other.
    pub(super) framing: bool,
    /// Whether they are nearly the same letters: a slip or a misreading, which teaches nothing about wording.
    slip: bool,
}

/// The same passage in two articles.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// What is shown of each.
    pub(super) texts: [Locus; 2],
    pub(super) places: Vec<Place>,
}

impl Laid {
    /// Words of the longer text.
    pub(super) fn words(&self) -> usize {
        self.texts.iter().map(|text| text.tokens.len()).max().unwrap_or(0)
    }

    /// Places where listed wording differs.
    pub(super) fn framing(&self) -> usize {
        self.places.iter().filter(|place| place.framing).count()
    }

    /// What speaks against a page: a length that does not fit, one difference alone, more than the eye can hold, slips.
    pub(super) fn faults(&self) -> usize {
        let fits = self.texts.iter().all(|text| FITTING.contains(&text.tokens.len()));
        let longest = |place: &Place| place.sides.iter().map(|side| side.tokens.len()).max().unwrap_or(0);
        let differing: usize = self.places.iter().map(longest).sum();
        let wrong = [
            self.places.len() < 2,
            self.places.len() > MANY,
            self.places.iter().any(|place| longest(place) > LONG),
            2 * differing > self.words(),
        ];
        let slips = self.places.iter().filter(|place| place.slip).count().min(SLIPS);
        2 * usize::from(!fits) + wrong.into_iter().filter(|&wrong| wrong).count() + slips
    }

    /// How it suits a page, the smallest best: without faults, with listed wording that differs, and of a usual length.
    pub(super) fn fitness(&self) -> (usize, std::cmp::Reverse<usize>, usize) {
        (self.faults(), std::cmp::Reverse(self.framing().min(3)), self.words().abs_diff(USUAL))
    }
}

/// Lays two witnesses side by side and takes the run of sentences that suits a page; `None` where none differs in listed wording.
pub(super) fn laid(findings: &Findings<'_>, classes: &WordClasses, witnesses: [Locus; 2]) -> Option<Laid> {
    let [a, b] = witnesses.map(|w| Locus { tokens: Span::new(w.tokens.start(), w.tokens.end().min(w.tokens.start() + LOOKED_AT)), ..w });
    let (document, other) = (findings.corpus.document(a.article), findings.corpus.document(b.article));
    let pair = Pair { left: document.words(), right: other.words(), classes };
    let edits = joined(global(a.tokens, b.tokens, pair, &findings.settings.reuse));
    let starts: Vec<usize> =
        document.sentences().iter().map(|s| s.start()).filter(|&s| a.tokens.start() < s && s < a.tokens.end()).collect();
    let bounds: Vec<usize> = std::iter::once(a.tokens.start()).chain(starts).chain(std::iter::once(a.tokens.end())).collect();
    let mut best: Option<Laid> = None;
    for (i, &from) in bounds.iter().enumerate() {
        for &to in bounds[i + 1..].iter().take(SENTENCES).take_while(|&&to| to - from <= *POSSIBLE.end()) {
            let (Some(start), Some(end)) = (across(&edits, from, b, false), across(&edits, to, b, true)) else { continue };
            let candidate = part(findings, &edits, [a, b], [Span::new(from, to), Span::new(start.min(end), end)]);
            let possible = candidate.texts.iter().all(|text| POSSIBLE.contains(&text.tokens.len())) && candidate.framing() > 0;
            if possible && best.as_ref().is_none_or(|known| candidate.fitness() < known.fitness()) {
                best = Some(candidate);
            }
        }
    }
    best
}

/// Differences with one shared word between them are one: `the agitators closed` against `all pickets had closed`.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    for edit in edits {
        match out[..] {
            [.., first, middle] if !edit.equal && !first.equal && middle.equal && middle.left.len() == 1 => {
                out.pop();
                out.pop();
                out.push(Edit { left: first.left.hull(edit.left), right: first.right.hull(edit.right), equal: false });
            }
            [.., first] if !edit.equal && !first.equal => {
                out.pop();
                out.push(Edit { left: first.left.hull(edit.left), right: first.right.hull(edit.right), equal: false });
            }
            _ => out.push(edit),
        }
    }
    out
}

/// Where a bound of the left text stands in the right one; `None` inside a difference. `ends`: words that only the right text has
/// at the bound belong to what goes before it.
fn across(edits: &[Edit], at: usize, right: Locus, ends: bool) -> Option<usize> {
    let here = |edit: &&Edit| edit.left.start() <= at && at <= edit.left.end();
    let mut touching = edits.iter().filter(here);
    let edit = if ends { touching.next_back() } else { touching.next() };
    match edit {
        Some(edit) if edit.equal => Some(edit.right.start() + (at - edit.left.start())),
        Some(edit) if ends && at == edit.left.end() => Some(edit.right.end()),
        Some(edit) if at == edit.left.start() => Some(edit.right.start()),
        Some(edit) if at == edit.left.end() => Some(edit.right.end()),
        Some(_) => None,
        None if ends => Some(right.tokens.end()),
        None => Some(right.tokens.start()),
    }
}

fn part(findings: &Findings<'_>, edits: &[Edit], [a, b]: [Locus; 2], [left, right]: [Span<Token>; 2]) -> Laid {
    let inside = |edit: &&Edit| !edit.equal && left.contains(edit.left) && right.contains(edit.right);
    let places = edits.iter().filter(inside).map(|edit| {
        let sides = [Locus { tokens: edit.left, ..a }, Locus { tokens: edit.right, ..b }];
        let [mine, theirs] = sides.map(|side| listed(findings, side));
        let short = sides.iter().all(|side| (1..=SLIP_WORDS).contains(&side.tokens.len()));
        let letters = |side: Locus| findings.corpus.text(side).to_lowercase();
        let alike = || strsim::normalized_damerau_levenshtein(&letters(sides[0]), &letters(sides[1])) > SAME_LETTERS;
        let slip = short && mine == theirs && alike();
        Place { sides, framing: mine != theirs, slip }
    });
    without_loose_ends(Laid { texts: [Locus { tokens: left, ..a }, Locus { tokens: right, ..b }], places: places.collect() })
}

/// Takes off what only one text has at its start or end: one goes on where the other stops, which is no wording.
fn without_loose_ends(mut laid: Laid) -> Laid {
    let loose = |place: &Place| !place.framing && place.sides.iter().any(|side| side.tokens.is_empty());
    let [a, b] = laid.texts.map(|text| text.tokens);
    let (mut start, mut end) = ([a.start(), b.start()], [a.end(), b.end()]);
    if let Some(first) = laid.places.first().filter(|place| loose(place) && place.sides.map(|side| side.tokens.start()) == start) {
        start = first.sides.map(|side| side.tokens.end());
        laid.places.remove(0);
    }
    if let Some(last) = laid.places.last().filter(|place| loose(place) && place.sides.map(|side| side.tokens.end()) == end) {
        end = last.sides.map(|side| side.tokens.start());
        laid.places.pop();
    }
    for (side, text) in laid.texts.iter_mut().enumerate() {
        text.tokens = Span::new(start[side].min(end[side]), end[side]);
    }
    laid
}

/// The listed wording that touches a place.
fn listed(findings: &Findings<'_>, place: Locus) -> BTreeSet<EntryId> {
    usages(findings, place).map(|usage| usage.hit.entry).collect()
}

/// Where listed wording touches a place, as strong as the report shows it.
pub(super) fn usages<'f>(findings: &'f Findings<'_>, place: Locus) -> impl Iterator<Item = &'f Usage> {
    let least = findings.settings.rates.min_strength;
    let all = &findings.articles[place.article.index()].usages;
    all.iter().filter(move |u| u.hit.tokens.overlap(place.tokens) > 0 && u.hit.strength >= least)
}
