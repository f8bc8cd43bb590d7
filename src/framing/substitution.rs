//! The same slot, different words: what one outlet writes where another writes something else.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::collection::Corpus;
use crate::corpus::document::Word;
use crate::corpus::locus::Locus;
use crate::id::{ClusterId, EntryId, TokenId};
use crate::reuse::cluster::Cluster;
use crate::reuse::collation::Collation;
use crate::text::token::Shape;
use crate::voice::mask::Voice;

use super::usage::Usage;

/// What was done to get from one reading to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Both have words.
    Replace,
    /// Only the second has words.
    Insert,
    /// Only the first has words.
    Delete,
}

impl Change {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Insert => "insert",
            Self::Delete => "delete",
        }
    }
}

/// What kind of words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// Listed wording that is strong enough to be shown touches one reading and not the other: `outlaw` beside `outlaws` is none.
    Framing,
    /// Names only.
    Name,
    /// Numbers only.
    Number,
    /// Words that carry little meaning only.
    Function,
    /// The same letters, parted or joined otherwise (`south-eastern`, `southeastern`).
    Punctuation,
    /// Anything else.
    Wording,
}

impl DifferenceKind {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Framing => "framing",
            Self::Name => "name",
            Self::Number => "number",
            Self::Function => "function",
            Self::Punctuation => "punctuation",
            Self::Wording => "wording",
        }
    }
}

/// One reading of a substitution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Where it stands; possibly no tokens.
    pub locus: Locus,
    /// Whose words they are.
    pub voice: Voice,
    /// The strongest listed wording that touches it.
    pub entry: Option<EntryId>,
    /// How strong that is here; 0 without one.
    pub strength: u8,
}

/// Two different readings of one slot in two outlets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Substitution {
    /// The passage.
    pub cluster: ClusterId,
    /// Position of the slot in the passage.
    pub slot: usize,
    /// The reading of the outlet that comes first by name.
    pub left: Side,
    /// The other.
    pub right: Side,
    /// How one becomes the other.
    pub change: Change,
    /// What kind of words differ.
    pub kind: DifferenceKind,
}

/// With more witnesses than this, a slot sets every other reading beside its commonest one, once, instead of every pair of
/// outlets: rows grow with the readings and not with the square of the witnesses.
pub const MAX_WITNESSES_PAIRED: usize = 8;

/// All pairs of different readings of all slots, in order. `usages` of an article are in order of place; `voice` tells
/// the voice at a place; wording weaker than `min_strength` makes no difference a framing one.
#[must_use]
pub fn substitutions<'u>(
    clusters: &[Cluster],
    collations: &[Collation],
    corpus: &Corpus,
    usages: impl Fn(Locus) -> &'u [Usage],
    voice: impl Fn(Locus) -> Voice,
    min_strength: u8,
) -> Vec<Substitution> {
    let mut out = Vec::new();
    for (c, (cluster, collation)) in clusters.iter().zip(collations).enumerate() {
        for (slot, readings) in collation.slots().enumerate() {
            let sides: Vec<Locus> =
                readings.readings.iter().map(|r| Locus { article: cluster.witnesses[r.witness].locus.article, tokens: r.tokens }).collect();
            for (left, right) in pairs(cluster, &sides, corpus).into_iter().filter(|&(left, right)| !is_blur(left, right, corpus)) {
                let side = |locus: Locus| {
                    let usage = strongest(usages(locus), locus);
                    Side { locus, voice: voice(locus), entry: usage.map(|u| u.hit.entry), strength: usage.map_or(0, |u| u.hit.strength) }
                };
                let (left, right) = (side(left), side(right));
                let change = match (left.locus.tokens.is_empty(), right.locus.tokens.is_empty()) {
                    (true, _) => Change::Insert,
                    (_, true) => Change::Delete,
                    _ => Change::Replace,
                };
                let [mine, theirs] = [left, right].map(|side| listed(usages(side.locus), side.locus, min_strength));
                let kind = if mine != theirs { DifferenceKind::Framing } else { plain_kind(left.locus, right.locus, corpus) };
                out.push(Substitution { cluster: ClusterId::new(c), slot, left, right, change, kind });
            }
        }
    }
    out
}

/// Pairs of places with different readings in two outlets, in order. Where a passage has many witnesses, the first pair of
/// outlets for the commonest reading and each other.
fn pairs(cluster: &Cluster, sides: &[Locus], corpus: &Corpus) -> Vec<(Locus, Locus)> {
    let ids = |locus: &Locus| -> Vec<TokenId> { corpus.document(locus.article).slice(locus.tokens).iter().map(|w| w.id).collect() };
    let outlet = |i: usize| corpus.article(sides[i].article).outlet;
    let mut groups: BTreeMap<Vec<TokenId>, Vec<usize>> = BTreeMap::new();
    for (i, side) in sides.iter().enumerate() {
        let group = groups.entry(ids(side)).or_default();
        // Two witnesses of one article that touch may have one reading between them; they follow each other.
        if group.last().is_none_or(|&before| sides[before] != *side) {
            group.push(i);
        }
    }
    let all = cluster.witnesses.len() <= MAX_WITNESSES_PAIRED;
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    if !all {
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
    }
    let first = if all { groups.len() } else { 1 };
    for (g, group) in groups.iter().enumerate().take(first) {
        for other in &groups[g + 1..] {
            let across = group.iter().flat_map(|&a| other.iter().map(move |&b| (a.min(b), a.max(b))));
            out.extend(across.filter(|&(a, b)| outlet(a) != outlet(b)).take(if all { usize::MAX } else { 1 }));
        }
    }
    out.sort_unstable();
    out.into_iter().map(|(a, b)| (sides[a], sides[b])).collect()
}

/// Whether two long readings share at least half of their words: differences that touch have become one slot, which shows no
/// choice of words any more.
fn is_blur(left: Locus, right: Locus, corpus: &Corpus) -> bool {
    const LONG: usize = 6;
    let ids = |locus: Locus| -> BTreeSet<TokenId> { corpus.document(locus.article).slice(locus.tokens).iter().map(|w| w.id).collect() };
    let (a, b) = (ids(left), ids(right));
    a.len().min(b.len()) >= LONG && 2 * a.intersection(&b).count() >= a.len().min(b.len())
}

/// The listed wording that touches a place, if it is strong enough.
fn listed(usages: &[Usage], locus: Locus, min_strength: u8) -> BTreeSet<EntryId> {
    let strong = usages.iter().filter(|u| u.hit.strength >= min_strength && u.hit.tokens.overlap(locus.tokens) > 0);
    strong.map(|u| u.hit.entry).collect()
}

/// The strongest listed wording that touches a place, the first of equals.
#[must_use]
pub fn strongest(usages: &[Usage], locus: Locus) -> Option<&Usage> {
    let touching = usages.iter().filter(|u| u.hit.tokens.overlap(locus.tokens) > 0);
    touching.max_by_key(|u| (u.hit.strength, std::cmp::Reverse(u.hit.tokens.start())))
}

fn plain_kind(left: Locus, right: Locus, corpus: &Corpus) -> DifferenceKind {
    let documents = [left, right].map(|side| (corpus.document(side.article), side.tokens));
    let words: Vec<&Word> = documents.iter().flat_map(|(document, tokens)| document.slice(*tokens)).collect();
    let content: Vec<&&Word> = words.iter().filter(|w| !corpus.vocabulary().is_stop(w.id)).collect();
    let letters = |locus: Locus| -> String {
        corpus.document(locus.article).slice(locus.tokens).iter().map(|w| corpus.vocabulary().word(w.id)).collect()
    };
    if letters(left) == letters(right) {
        return DifferenceKind::Punctuation;
    }
    let every = |test: fn(Shape) -> bool| content.iter().all(|w| test(w.shape));
    if content.is_empty() {
        DifferenceKind::Function
    } else if every(|s| s.has(Shape::DIGIT)) {
        DifferenceKind::Number
    } else if every(|s| s.has(Shape::CAPITAL)) {
        DifferenceKind::Name
    } else {
        DifferenceKind::Wording
    }
}
