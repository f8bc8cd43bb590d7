//! All witnesses of one passage.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, Key, OutletId};
use crate::text::span::{Span, Token};

use super::alignment::Alignment;
use super::copies::Copies;
use super::settings::ReuseSettings;

/// One article's copy of a shared passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Witness {
    /// Where it stands.
    pub locus: Locus,
    /// Who published it.
    pub outlet: OutletId,
}

/// All witnesses of one passage, in corpus order, and the alignments between them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cluster {
    /// Stable while its first witness is.
    pub key: Key,
    /// Its witnesses, one for each text.
    pub witnesses: Vec<Witness>,
    /// Witnesses in articles that print the same text as one of those, with its position.
    pub copies: Vec<(usize, Witness)>,
    /// Positions in the list of alignments.
    pub alignments: Vec<usize>,
}

impl Cluster {
    /// All witnesses, copies of a text right after it.
    pub fn all(&self) -> impl Iterator<Item = Witness> {
        self.witnesses.iter().enumerate().flat_map(|(i, &witness)| {
            let from = self.copies.partition_point(|(of, _)| *of < i);
            std::iter::once(witness).chain(self.copies[from..].iter().take_while(move |(of, _)| *of == i).map(|(_, copy)| *copy))
        })
    }

    /// How many outlets have the passage.
    #[must_use]
    pub fn outlets(&self) -> usize {
        self.all().map(|w| w.outlet).collect::<BTreeSet<_>>().len()
    }
}

/// Joins alignments into clusters: places in an article that cover each other well enough are one witness, aligned
/// witnesses are one cluster (union-find). Input and output in corpus order.
#[must_use]
pub fn clusters(alignments: &[Alignment], copies: &Copies, corpus: &Corpus, settings: &ReuseSettings) -> Vec<Cluster> {
    let places = witnesses(alignments, settings);
    let witness = |locus: Locus| Witness { locus, outlet: corpus.article(locus.article).outlet };
    let mut parent: Vec<usize> = (0..places.loci.len()).collect();
    for [left, right] in &places.sides {
        let (a, b) = (find(&mut parent, *left), find(&mut parent, *right));
        parent[a.max(b)] = a.min(b);
    }
    absorb(&places.loci, &mut parent, settings);
    let mut members: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for place in 0..places.loci.len() {
        members.entry(find(&mut parent, place)).or_default().0.push(place);
    }
    for (i, [left, _]) in places.sides.iter().enumerate() {
        members.entry(find(&mut parent, *left)).or_default().1.push(i);
    }
    let mut out: Vec<Cluster> = members
        .into_values()
        .map(|(loci, mut alignments)| {
            alignments.shrink_to_fit();
            let mut witnesses: Vec<Witness> = loci.iter().map(|&i| witness(places.loci[i])).collect();
            witnesses.sort();
            without_nested(&mut witnesses);
            Cluster { key: key(&witnesses, corpus), witnesses, copies: Vec::new(), alignments }
        })
        .collect();
    add_copies(&mut out, copies, corpus, settings);
    out.sort_by(|a, b| a.witnesses.cmp(&b.witnesses));
    out
}

/// Gives clusters in their final order a name each.
pub fn tell_apart(clusters: &mut [Cluster]) {
    // A passage inside another can start at the same word: the one that comes first keeps the plain name.
    let mut seen: BTreeMap<Key, u64> = BTreeMap::new();
    for cluster in clusters {
        let times = seen.entry(cluster.key).or_default();
        if *times > 0 {
            cluster.key = Key::of('p', &[&cluster.key.bytes(), &times.to_le_bytes()]);
        }
        *times += 1;
    }
}

/// Joins a cluster to another one when most of its places lie inside places of that one: a sentence that some witnesses share
/// beyond the passage in which the others have it is no passage of its own.
fn absorb(loci: &[Locus], parent: &mut [usize], settings: &ReuseSettings) {
    let mut founded: BTreeMap<ArticleId, Founded> = BTreeMap::new();
    for (place, locus) in loci.iter().enumerate() {
        founded.entry(locus.article).or_default().add(locus.tokens, place);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..loci.len() {
        members.entry(find(parent, place)).or_default().push(place);
    }
    let longest = |places: &[usize]| places.iter().map(|&p| loci[p].tokens.len()).max().unwrap_or(0);
    let mut order: Vec<(usize, usize)> = members.iter().map(|(&root, places)| (longest(places), root)).collect();
    order.sort_unstable();
    for (_, root) in order {
        let places = &members[&root];
        let mut inside: BTreeMap<usize, usize> = BTreeMap::new();
        for &place in places {
            let locus = loci[place];
            let around = founded.get(&locus.article).map(|f| f.around(locus.tokens, settings.nested_overlap)).unwrap_or_default();
            let own = find(parent, root);
            let roots: BTreeSet<usize> = around.into_iter().map(|p| find(parent, p)).filter(|&other| other != own).collect();
            roots.into_iter().for_each(|other| *inside.entry(other).or_default() += 1);
        }
        let most = inside.into_iter().max_by_key(|&(other, count)| (count, std::cmp::Reverse(other)));
        if let Some((other, _)) = most.filter(|(_, count)| 2 * count > places.len()) {
            let own = find(parent, root);
            parent[own.max(other)] = own.min(other);
        }
    }
}

/// Leaves out witnesses that overlap a longer one of the same article, and those that are a splinter of the longest of all, as
/// long as two remain.
fn without_nested(witnesses: &mut Vec<Witness>) {
    const SPLINTER: usize = 10;
    let mut kept: Vec<Witness> = Vec::with_capacity(witnesses.len());
    for group in witnesses.chunk_by(|a, b| a.locus.article == b.locus.article) {
        let mut longest_first: Vec<Witness> = group.to_vec();
        longest_first.sort_by_key(|w| (std::cmp::Reverse(w.locus.tokens.len()), w.locus.tokens.start()));
        let from = kept.len();
        for witness in longest_first {
            let tokens = witness.locus.tokens;
            if !kept[from..].iter().any(|k| k.locus.tokens.overlap(tokens) > 0) {
                kept.push(witness);
            }
        }
    }
    kept.sort();
    let longest = kept.iter().map(|w| w.locus.tokens.len()).max().unwrap_or(0);
    let whole = |w: &Witness| w.locus.tokens.len() * SPLINTER >= longest;
    if kept.iter().filter(|w| whole(w)).count() >= 2 {
        kept.retain(whole);
    }
    *witnesses = kept;
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

/// Parts a cluster whose witnesses hang together one by one and not as a whole: where the median of what they share with the
/// base is low, those that share enough stay, and the others form clusters by the alignments between them. `shared` is a
/// value for each witness. `None` for a cluster that holds together.
#[must_use]
pub fn part(
    cluster: &Cluster,
    shared: &[f64],
    alignments: &[Alignment],
    copies: &ByText,
    corpus: &Corpus,
    settings: &ReuseSettings,
) -> Option<Vec<Cluster>> {
    let mut sorted = shared.to_vec();
    sorted.sort_by(f64::total_cmp);
    if sorted.len() < 4 || sorted[sorted.len() / 2] >= settings.coherence {
        return None;
    }
    let stays: Vec<bool> = shared.iter().map(|&s| s >= settings.coherence).collect();
    let at = |side: Locus| {
        // Witnesses stand in corpus order: those of one article follow each other.
        let from = cluster.witnesses.partition_point(|w| w.locus.article < side.article);
        let own = cluster.witnesses.iter().enumerate().skip(from).take_while(|(_, w)| w.locus.article == side.article);
        own.filter(|(_, w)| w.locus.tokens.overlap(side.tokens) > 0)
            .max_by_key(|(i, w)| (w.locus.tokens.overlap(side.tokens), std::cmp::Reverse(*i)))
    };
    let mut parent: Vec<usize> = (0..shared.len()).collect();
    let ends: Vec<Option<(usize, usize)>> =
        cluster.alignments.iter().map(|&a| Some((at(alignments[a].left)?.0, at(alignments[a].right)?.0))).collect();
    // Witnesses that stay hang together by the base, whatever their alignments.
    let first = stays.iter().position(|&s| s)?;
    for w in (0..shared.len()).filter(|&w| stays[w]) {
        parent[w] = first;
    }
    for &(a, b) in ends.iter().flatten().filter(|(a, b)| !stays[*a] && !stays[*b]) {
        let (a, b) = (find(&mut parent, a), find(&mut parent, b));
        parent[a.max(b)] = a.min(b);
    }
    let mut members: BTreeMap<usize, (BTreeSet<usize>, Vec<usize>)> = BTreeMap::new();
    for w in 0..shared.len() {
        members.entry(find(&mut parent, w)).or_default().0.insert(w);
    }
    for (&alignment, ends) in cluster.alignments.iter().zip(&ends) {
        let Some((a, b)) = *ends else { continue };
        // An alignment across a border belongs to the one that left, and brings its partner with it.
        let own = if stays[a] { b } else { a };
        let part = members.entry(find(&mut parent, own)).or_default();
        part.0.extend([a, b]);
        part.1.push(alignment);
    }
    let part = |(members, alignments): (BTreeSet<usize>, Vec<usize>)| {
        let witnesses: Vec<Witness> = members.into_iter().map(|w| cluster.witnesses[w]).collect();
        Cluster { key: key(&witnesses, corpus), witnesses, copies: Vec::new(), alignments }
    };
    let mut parts: Vec<Cluster> = members.into_values().filter(|(members, _)| members.len() > 1).map(part).collect();
    parts.iter_mut().for_each(|part| part.copies = copies_of(part, copies, corpus));
    Some(parts)
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
        let mut founded = Founded::default();
        for (span, i, side) in spans {
            let at = founded.fitting(span, settings.witness_overlap).unwrap_or_else(|| {
                places.loci.push(Locus { article, tokens: span });
                founded.add(span, places.loci.len() - 1);
                places.loci.len() - 1
            });
            places.sides[i][side] = at;
        }
    }
    places
}

/// The places of one article, by where they start: a long article has many, and each span need only be set beside its neighbours.
#[derive(Default)]
struct Founded {
    by_start: BTreeMap<usize, Vec<(Span<Token>, usize)>>,
    longest: usize,
}

impl Founded {
    fn add(&mut self, span: Span<Token>, place: usize) {
        self.by_start.entry(span.start()).or_default().push((span, place));
        self.longest = self.longest.max(span.len());
    }

    /// Longer places that hold at least `share` of a span.
    fn around(&self, span: Span<Token>, share: f64) -> Vec<usize> {
        let near = self.by_start.range(span.start().saturating_sub(self.longest)..span.end()).flat_map(|(_, places)| places);
        let holds = |place: Span<Token>| place.len() > span.len() && place.overlap(span) as f64 >= share * span.len() as f64;
        near.filter(|(place, _)| holds(*place)).map(|&(_, at)| at).collect()
    }

    /// The first founded place that covers at least `share` of a span and is covered by it to as much.
    fn fitting(&self, span: Span<Token>, share: f64) -> Option<usize> {
        let fits = |place: Span<Token>| {
            let shared = place.overlap(span) as f64;
            shared >= share * place.len() as f64 && shared >= share * span.len() as f64
        };
        // A place that fits is no longer than the span divided by the share.
        let longest = self.longest.min((span.len() as f64 / share.max(0.01)).ceil() as usize);
        let near = self.by_start.range(span.start().saturating_sub(longest)..span.end()).flat_map(|(_, places)| places);
        near.filter(|(place, _)| fits(*place)).map(|&(_, at)| at).min()
    }
}

/// Exact copies by the article that stands for them.
pub type ByText = BTreeMap<ArticleId, Vec<ArticleId>>;

/// Looks up the exact copies of every text.
#[must_use]
pub fn copies_by_text(copies: &Copies, corpus: &Corpus) -> ByText {
    let mut of = ByText::new();
    for id in corpus.ids() {
        if let Some(first) = copies.exact_of(id) {
            of.entry(first).or_default().push(id);
        }
    }
    of
}

fn copies_of(cluster: &Cluster, of: &ByText, corpus: &Corpus) -> Vec<(usize, Witness)> {
    let each = cluster.witnesses.iter().enumerate().filter_map(|(i, w)| Some((i, w.locus.tokens, of.get(&w.locus.article)?)));
    let copy = |i, tokens, id: ArticleId| (i, Witness { locus: Locus { article: id, tokens }, outlet: corpus.article(id).outlet });
    each.flat_map(|(i, tokens, ids)| ids.iter().map(move |&id| copy(i, tokens, id))).collect()
}

/// Articles that print the same text as a witness are witnesses too; what such articles share among themselves only becomes
/// a passage for each paragraph that is long enough to be one.
fn add_copies(clusters: &mut Vec<Cluster>, copies: &Copies, corpus: &Corpus, settings: &ReuseSettings) {
    let of = copies_by_text(copies, corpus);
    let mut covered: BTreeMap<ArticleId, Vec<Span<Token>>> = BTreeMap::new();
    for cluster in clusters.iter_mut() {
        for witness in cluster.witnesses.iter().filter(|w| of.contains_key(&w.locus.article)) {
            covered.entry(witness.locus.article).or_default().push(witness.locus.tokens);
        }
        cluster.copies = copies_of(cluster, &of, corpus);
    }
    for &article in of.keys() {
        let document = corpus.document(article);
        let known = covered.get(&article).map_or(&[][..], |spans| &spans[..]);
        for paragraph in document.paragraphs() {
            let content = document.slice(paragraph.tokens).iter().filter(|w| !corpus.vocabulary().is_stop(w.id)).count();
            let is_known = known.iter().any(|span| 2 * span.overlap(paragraph.tokens) >= paragraph.tokens.len());
            if is_known || paragraph.tokens.len() < settings.min_matched || content < settings.min_content {
                continue;
            }
            let locus = Locus { article, tokens: paragraph.tokens };
            let witnesses = vec![Witness { locus, outlet: corpus.article(article).outlet }];
            let mut cluster = Cluster { key: key(&witnesses, corpus), witnesses, copies: Vec::new(), alignments: Vec::new() };
            cluster.copies = copies_of(&cluster, &of, corpus);
            clusters.push(cluster);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ByText, Cluster, Founded, ReuseSettings, Span, part};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::corpus::locus::Locus;
    use crate::corpus::record::Record;
    use crate::id::{ArticleId, Key};
    use crate::reuse::alignment::{Alignments, Form, Laid};

    fn corpus(articles: usize) -> Corpus {
        let mut builder = CorpusBuilder::default();
        for i in 0..articles {
            let text = format!("Ten words that nobody else has said before now, number {i}.");
            builder.admit(Record::of_text(&format!("{i}.txt"), &format!("outlet {i}"), text));
        }
        builder.seal()
    }

    fn place(article: usize) -> Locus {
        Locus { article: ArticleId::new(article), tokens: Span::new(0, 8) }
    }

    fn aligned(left: usize, right: usize) -> Laid {
        let (left, right) = (place(left), place(right));
        Laid { left, right, edits: Vec::new(), significance: 20.0, rarest: 2, form: Form::Copied }
    }

    #[test]
    fn a_chain_is_parted_where_it_shares_too_little() {
        let corpus = corpus(5);
        // 0 and 1 share much, 1 hangs on to 2 by stock text, and 2, 3, 4 belong together.
        let alignments: Alignments = [aligned(0, 1), aligned(1, 2), aligned(2, 3), aligned(3, 4)].into_iter().collect();
        let witnesses = (0..5).map(|i| super::Witness { locus: place(i), outlet: corpus.article(ArticleId::new(i)).outlet }).collect();
        let whole = Cluster { key: Key::of('p', &[]), witnesses, copies: Vec::new(), alignments: vec![0, 1, 2, 3] };
        let settings = ReuseSettings::for_articles(5);
        let parted = |shared: &[f64]| part(&whole, shared, &alignments, &ByText::new(), &corpus, &settings);
        assert!(parted(&[1.0, 0.9, 0.4, 0.1, 0.1]).is_none());
        let parts = parted(&[1.0, 0.9, 0.1, 0.1, 0.1]).unwrap();
        let shown: Vec<(Vec<usize>, Vec<usize>)> =
            parts.into_iter().map(|p| (p.witnesses.iter().map(|w| w.locus.article.index()).collect(), p.alignments)).collect();
        // The one that both touch is a witness of both.
        assert_eq!(shown, [(vec![0, 1], vec![0]), (vec![1, 2, 3, 4], vec![1, 2, 3])]);
    }

    #[test]
    fn places_fit_when_each_covers_half_of_the_other() {
        let mut founded = Founded::default();
        founded.add(Span::new(10, 30), 0);
        founded.add(Span::new(40, 50), 1);
        assert_eq!(founded.fitting(Span::new(12, 22), 0.5), Some(0));
        assert_eq!(founded.fitting(Span::new(12, 21), 0.5), None);
        assert_eq!(founded.fitting(Span::new(44, 54), 0.5), Some(1));
        assert_eq!(founded.around(Span::new(12, 16), 0.8), [0]);
    }
}
