//! What the witnesses of a passage have in each place where they differ: one row for each reading, with all who have it.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::usage::Usage;
use crate::id::OutletId;
use crate::reuse::cluster::Cluster;
use crate::reuse::collation::Collation;

use super::boxed::BoxedText;
use super::marked::{Marked, Piece, pieces};
use super::names::{Names, Told, everyone};
use super::notes::Notes;
use super::witnesses::{LOOKED_AT, tellers};

/// Places of a passage looked at.
const LOOKED_THROUGH: usize = 200;
/// Places listed where a reading holds listed wording, and other places: text read by machine differs everywhere, and what differs
/// is boxed in the texts as well.
const MARKED: usize = 24;
const OTHERS: usize = 8;
/// Outlets named for a reading.
const OUTLETS: usize = 12;

/// A place where witnesses differ.
pub(super) struct Place<'f> {
    /// As in the boxes of the text.
    pub(super) number: usize,
    pub(super) readings: Vec<Reading<'f>>,
    /// Outlets whose text ends before it or begins after it.
    pub(super) unreached: Vec<String>,
    /// Of these, outlets that are not named.
    pub(super) more_unreached: usize,
}

impl Place<'_> {
    /// Rows of its readings.
    pub(super) fn rows(&self) -> usize {
        self.readings.len() + usize::from(!self.unreached.is_empty())
    }
}

/// What some outlets have there.
pub(super) struct Reading<'f> {
    /// Nothing where nothing stands there.
    pub(super) text: Option<BoxedText<'f>>,
    pub(super) outlets: Vec<String>,
    /// Outlets that are not named.
    pub(super) more: usize,
}

/// A reading while those who have it are gathered, which ids of outlets keep in order of their names.
struct Gathered<'f> {
    text: Option<BoxedText<'f>>,
    pieces: Vec<Piece<'f>>,
    tellers: BTreeSet<Told>,
}

/// The places, each with its readings in order of the outlet that comes first by name.
pub(super) fn places<'f>(
    findings: &'f Findings<'_>,
    (cluster, names): (&Cluster, &Names<'_>),
    collation: &Collation,
    notes: &mut Notes,
) -> Vec<Place<'f>> {
    let looked_at = LOOKED_AT.min(cluster.witnesses.len());
    let everyone = everyone(cluster);
    let (mut marked, mut others) = (0, 0);
    let mut out = Vec::new();
    for (number, slot) in collation.slots().enumerate().take(LOOKED_THROUGH) {
        let mut readings: Vec<Gathered<'f>> = Vec::new();
        for reading in slot.readings.iter().filter(|r| r.witness < looked_at) {
            let locus = Locus { tokens: reading.tokens, ..cluster.witnesses[reading.witness].locus };
            let inside = |u: &&Usage| u.hit.tokens.overlap(locus.tokens) > 0 && u.hit.strength >= findings.settings.rates.min_strength;
            let usages = findings.articles[locus.article.index()].usages.iter().filter(inside);
            let marks: Vec<Marked<'_>> = usages.map(|usage| Marked { usage, note: notes.of(usage.hit.entry).0 }).collect();
            let pieces = if locus.tokens.is_empty() { Vec::new() } else { pieces(findings, locus, &[], &marks) };
            let at = readings.iter().position(|known| known.pieces == pieces).unwrap_or_else(|| {
                let text = (!pieces.is_empty()).then(|| BoxedText::new(findings, locus.article, &pieces, &marks, None));
                readings.push(Gathered { text, pieces, tellers: BTreeSet::new() });
                readings.len() - 1
            });
            readings[at].tellers.extend(tellers(cluster, reading.witness).map(|t| (t.outlet, t.locus.article)));
        }
        let is_marked = readings.iter().flat_map(|reading| &reading.pieces).any(|piece| piece.note > 0);
        let (listed, most) = if is_marked { (&mut marked, MARKED) } else { (&mut others, OTHERS) };
        if *listed == most {
            continue;
        }
        *listed += 1;
        readings.sort_by(|a, b| a.tellers.cmp(&b.tellers));
        let reached: BTreeSet<Told> = readings.iter().flat_map(|reading| &reading.tellers).copied().collect();
        let unreached: BTreeSet<Told> = everyone.difference(&reached).copied().collect();
        // An outlet with two articles may have two readings: these are told apart.
        let mut rows_of: BTreeMap<OutletId, BTreeSet<usize>> = BTreeMap::new();
        for (row, tellers) in readings.iter().map(|r| &r.tellers).chain([&unreached]).enumerate() {
            tellers.iter().for_each(|&(outlet, _)| {
                rows_of.entry(outlet).or_default().insert(row);
            });
        }
        let elsewhere: BTreeSet<OutletId> = rows_of.into_iter().filter(|(_, rows)| rows.len() > 1).map(|(outlet, _)| outlet).collect();
        let unreached = names.together(&unreached, &elsewhere);
        let named = readings.into_iter().map(|reading| {
            let mut outlets = names.together(&reading.tellers, &elsewhere);
            let more = outlets.len().saturating_sub(OUTLETS);
            outlets.truncate(OUTLETS);
            Reading { text: reading.text, outlets, more }
        });
        out.push(Place {
            number: number + 1,
            readings: named.collect(),
            more_unreached: unreached.len().saturating_sub(OUTLETS),
            unreached: unreached.into_iter().take(OUTLETS).collect(),
        });
    }
    out
}
