//! All witnesses of one passage.

use std::collections::BTreeMap;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, Key, OutletId};
use crate::text::span::{Span, Token};

use super::align::Alignment;
use super::settings::ReuseSettings;

/// One article's copy of a shared passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Witness {
    /// Where it stands.
    pub locus: Locus,
    /// Who published it.
    pub outlet: OutletId,
}

/// All witnesses of one passage, in corpus order, and the alignments between them.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Stable while its first witness is.
    pub key: Key,
    /// Its witnesses.
    pub witnesses: Vec<Witness>,
    /// Positions in the list of alignments.
    pub alignments: Vec<usize>,
}

/// Joins alignments into clusters: places in an article that cover each other well enough are one witness, aligned
/// witnesses are one cluster (union-find). Input and output in corpus order.
#[must_use]
pub fn clusters(alignments: &[Alignment], corpus: &Corpus, settings: &ReuseSettings) -> Vec<Cluster> {
    let places = witnesses(alignments, settings);
    let mut parent: Vec<usize> = (0..places.loci.len()).collect();
    for [left, right] in &places.sides {
        let (a, b) = (find(&mut parent, *left), find(&mut parent, *right));
        parent[a.max(b)] = a.min(b);
    }
    let mut members: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for place in 0..places.loci.len() {
        members.entry(find(&mut parent, place)).or_default().0.push(place);
    }
    for (i, [left, _]) in places.sides.iter().enumerate() {
        members.entry(find(&mut parent, *left)).or_default().1.push(i);
    }
    let mut out: Vec<Cluster> = members
        .into_values()
        .map(|(loci, alignments)| {
            let mut witnesses: Vec<Witness> =
                loci.iter().map(|&i| Witness { locus: places.loci[i], outlet: corpus.article(places.loci[i].article).outlet }).collect();
            witnesses.sort();
            Cluster { key: key(&witnesses, corpus), witnesses, alignments }
        })
        .collect();
    out.sort_by(|a, b| a.witnesses.cmp(&b.witnesses));
    // A passage inside another can start at the same word: the one that comes first keeps the plain name.
    let mut seen: BTreeMap<Key, u64> = BTreeMap::new();
    for cluster in &mut out {
        let times = seen.entry(cluster.key).or_default();
        if *times > 0 {
            cluster.key = Key::of('p', &[&cluster.key.bytes(), &times.to_le_bytes()]);
        }
        *times += 1;
    }
    out
}

/// Named after the smallest of its members' keys: adding an article leaves the name of most clusters it joins, and of
/// every one that it does not.
fn key(witnesses: &[Witness], corpus: &Corpus) -> Key {
    let member = |w: &Witness| {
        let start = w.locus.tokens.start() as u64;
        Key::of('p', &[&corpus.article(w.locus.article).key.bytes(), &start.to_le_bytes()])
    };
    witnesses.iter().map(member).min().unwrap_or_else(|| Key::of('p', &[]))
}

fn find(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

/// Distinct places and, for each alignment, which two it joins.
struct Places {
    loci: Vec<Locus>,
    sides: Vec<[usize; 2]>,
}

fn witnesses(alignments: &[Alignment], settings: &ReuseSettings) -> Places {
    let mut by_article: BTreeMap<ArticleId, Vec<(Span<Token>, usize, usize)>> = BTreeMap::new();
    for (i, alignment) in alignments.iter().enumerate() {
        for (side, locus) in [alignment.left, alignment.right].into_iter().enumerate() {
            by_article.entry(locus.article).or_default().push((locus.tokens, i, side));
        }
    }
    let mut places = Places { loci: Vec::new(), sides: vec![[0, 0]; alignments.len()] };
    for (article, mut spans) in by_article {
        // Longer ones first: a place is founded by its longest span and never grows, so that a chain of overlaps cannot
        // stretch it over the whole article.
        spans.sort_by_key(|&(span, i, side)| (std::cmp::Reverse(span.len()), span.start(), i, side));
        let first = places.loci.len();
        for (span, i, side) in spans {
            let fits = |place: &Locus| {
                let shared = place.tokens.overlap(span) as f64;
                shared >= settings.witness_overlap * place.tokens.len() as f64 && shared >= settings.witness_overlap * span.len() as f64
            };
            let at = places.loci[first..].iter().position(fits).map_or(places.loci.len(), |at| first + at);
            if at == places.loci.len() {
                places.loci.push(Locus { article, tokens: span });
            }
            places.sides[i][side] = at;
        }
    }
    places
}
