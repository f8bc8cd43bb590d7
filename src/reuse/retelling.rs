//! Retold passages of two long texts: paraphrased, translated back, shuffled or condensed, as well as copied.
//!
//! 1. *Seeds*: pairs of units (about a sentence each) with a high cosine of their tf-isf vectors, after Sanchez-Perez,
//!    Sidorov and Gelbukh, "A Winning Approach to Text Alignment for Text Reuse Detection at PAN 2014"; found through an
//!    index of the stems, so that only units that share one are looked at.
//! 2. *Clusters* of seeds without a wide gap on either side (same paper).
//! 3. *Refinement* of each cluster to words: given the passage on one side, the other side is the stretch of greatest
//!    log-likelihood ratio between "retold from there" and "shares words by chance" (a maximal scoring segment, Karlin and
//!    Altschul 1990), both sides in turn until they rest. The ratio is also the score.
//! 4. Strongest first; a passage inside a stronger one is explained by it. Small pieces that stand in a row on one side
//!    and are scattered over the other document are a condensation.

use std::cmp::Ordering;

use crate::text::span::{Span, Token};

use super::long_settings::LongSettings;
use super::profile::{Background, Profile};

/// How one passage follows from the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RetoldKind {
    /// Told again at about the same length.
    Retold,
    /// The shorter side condenses the longer one.
    Condensed,
}

/// Two passages of which one retells the other, or both the same third one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retold {
    /// Words of the left document.
    pub left: Span<Token>,
    /// Words of the right document.
    pub right: Span<Token>,
    /// How one follows from the other.
    pub kind: RetoldKind,
    /// Log-likelihood ratio against chance, in nats, of the weaker side; the sum over the pieces of a condensation.
    pub score: f64,
    /// Share of the left and of the right passage's information that the other accounts for; of a condensation, the share
    /// of words in its pieces.
    pub coverage: [f64; 2],
}

/// A place on both sides.
type Place = [Span<Token>; 2];

/// Stem that the other document lacks.
const NONE: u32 = u32::MAX;
/// Turns of refinement; most passages rest by then.
const TURNS: usize = 4;
/// Least chance that a word of one side stands on the other: no single word proves more than about four nats.
const LEAST_CHANCE: f64 = 0.01;

/// The retold passages of two documents, in order of the left one. Exchanging the documents exchanges the sides.
#[must_use]
pub fn compare(left: &Profile, right: &Profile, background: &Background, settings: &LongSettings) -> Vec<Retold> {
    // Equal scores are settled by position, which could fall out differently from the other side: the documents are always
    // looked at in the same order.
    let key = |profile: &Profile| (profile.words.len(), profile.terms.len());
    let turned = key(right).cmp(&key(left)).then_with(|| (&right.terms, &right.words).cmp(&(&left.terms, &left.words))) == Ordering::Less;
    let mut out = if turned { passages(right, left, background, settings) } else { passages(left, right, background, settings) };
    for found in out.iter_mut().filter(|_| turned) {
        (found.left, found.right, found.coverage) = (found.right, found.left, [found.coverage[1], found.coverage[0]]);
    }
    out.sort_by_key(|found| (found.left, found.right, found.kind));
    out
}

fn passages(left: &Profile, right: &Profile, background: &Background, settings: &LongSettings) -> Vec<Retold> {
    let mut pair = Pair::new([left, right], background, settings);
    let mut todo = clusters(pair.seeds(settings), settings.seed_gap);
    let mut pieces = Vec::new();
    while let Some(cluster) = todo.pop() {
        let Some(hull) = hull(&cluster) else { continue };
        let Some(found) = pair.refine(hull, settings) else { continue };
        // What the passage left out may hold others.
        let apart = |seed: &Place| seed[0].overlap(found.left) == 0 && seed[1].overlap(found.right) == 0;
        let rest: Vec<Place> = cluster.iter().copied().filter(apart).collect();
        if rest.len() < cluster.len() {
            todo.extend(clusters(rest, settings.seed_gap));
        }
        if found.score >= settings.min_piece {
            pieces.push(found);
        }
    }
    let pieces = distinct(pieces, settings);
    let condensed = condensation(&pieces, [left.words.len(), right.words.len()], settings);
    let mut out: Vec<Retold> = pieces.into_iter().filter(|piece| stands_alone(piece, settings)).collect();
    if let Some(condensed) = condensed {
        out.retain(|piece| !(condensed.left.contains(piece.left) && condensed.right.contains(piece.right)));
        out.push(condensed);
    }
    out
}

/// Whether a piece is a passage by itself.
fn stands_alone(piece: &Retold, settings: &LongSettings) -> bool {
    let (shorter, longer) = (piece.left.len().min(piece.right.len()), piece.left.len().max(piece.right.len()));
    piece.score >= settings.min_score && longer >= settings.min_longer && shorter >= settings.min_shorter
}

/// Splits seeds wherever either side leaves a gap of more than `gap` words, until none is left. The order of the
/// splits does not change the outcome: a gap stays one in every part.
fn clusters(seeds: Vec<Place>, gap: usize) -> Vec<Vec<Place>> {
    let mut out = Vec::new();
    let mut todo = vec![(seeds, 0, 0)];
    while let Some((mut seeds, side, whole)) = todo.pop() {
        if whole == 2 {
            out.push(seeds);
            continue;
        }
        seeds.sort_unstable_by_key(|seed| (seed[side], seed[1 - side]));
        let mut parts: Vec<Vec<Place>> = Vec::new();
        let mut end = 0;
        for seed in seeds {
            match parts.last_mut() {
                Some(part) if seed[side].start() <= end + gap => part.push(seed),
                _ => parts.push(vec![seed]),
            }
            end = end.max(seed[side].end());
        }
        let whole = if parts.len() == 1 { whole + 1 } else { 1 };
        todo.extend(parts.into_iter().map(|part| (part, 1 - side, whole)));
    }
    out
}

fn hull(places: &[Place]) -> Option<Place> {
    places.iter().copied().reduce(|a, b| [a[0].hull(b[0]), a[1].hull(b[1])])
}

/// Strongest first: joins pieces that adjoin on both sides, drops those that a stronger one explains.
fn distinct(mut pieces: Vec<Retold>, settings: &LongSettings) -> Vec<Retold> {
    pieces.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.left, a.right).cmp(&(b.left, b.right))));
    let gap = settings.join_gap;
    let near = |a: Span<Token>, b: Span<Token>| a.start() <= b.end() + gap && b.start() <= a.end() + gap;
    let explained = |a: Span<Token>, by: Span<Token>| a.overlap(by) as f64 > settings.explained * a.len() as f64;
    let mut kept: Vec<Retold> = Vec::new();
    for piece in pieces {
        if let Some(stronger) = kept.iter_mut().find(|k| near(k.left, piece.left) && near(k.right, piece.right)) {
            // A small piece beside a passage is as a rule a word of its topic, not more of it.
            if stands_alone(&piece, settings) {
                stronger.left = stronger.left.hull(piece.left);
                stronger.right = stronger.right.hull(piece.right);
            }
        } else if !kept.iter().any(|k| explained(piece.left, k.left) || explained(piece.right, k.right)) {
            kept.push(piece);
        }
    }
    kept
}

/// The condensation that a pair of documents holds, if any: pieces in a row on one side that lie scattered over most of
/// the other document, hold most of what the two share, and remain evidence without the strongest of them.
fn condensation(pieces: &[Retold], words: [usize; 2], settings: &LongSettings) -> Option<Retold> {
    let evidence: f64 = pieces.iter().map(|piece| piece.score).sum();
    let mut best: Option<Retold> = None;
    for short in [0, 1] {
        let mut sorted: Vec<(Place, f64)> =
            pieces.iter().map(|p| (if short == 0 { [p.left, p.right] } else { [p.right, p.left] }, p.score)).collect();
        sorted.sort_by_key(|(place, _)| *place);
        let mut rows: Vec<Vec<(Place, f64)>> = Vec::new();
        let mut end = 0;
        for piece in sorted {
            match rows.last_mut() {
                Some(row) if piece.0[0].start() <= end + settings.join_gap => row.push(piece),
                _ => rows.push(vec![piece]),
            }
            end = end.max(piece.0[0].end());
        }
        for row in rows {
            let Some([near, far]) = row.iter().map(|piece| piece.0).reduce(|a, b| [a[0].hull(b[0]), a[1].hull(b[1])]) else { continue };
            let score: f64 = row.iter().map(|piece| piece.1).sum();
            let strongest = row.iter().map(|piece| piece.1).fold(0.0, f64::max);
            let share = |side: usize, of: usize| row.iter().map(|piece| piece.0[side].len()).sum::<usize>() as f64 / of.max(1) as f64;
            let coverage = [share(0, near.len()), share(1, far.len())];
            let condenses = score - strongest >= strongest.max(settings.min_score)
                && near.len() >= settings.min_longer
                && far.len() as f64 >= settings.condensed_ratio * near.len() as f64
                && far.len() as f64 > settings.condensed_share * words[1 - short] as f64
                && coverage[0] > settings.condensed_share
                && score > settings.condensed_share * evidence;
            if condenses && best.is_none_or(|b| score > b.score) {
                let (left, right) = if short == 0 { (near, far) } else { (far, near) };
                let coverage = if short == 0 { coverage } else { [coverage[1], coverage[0]] };
                best = Some(Retold { left, right, kind: RetoldKind::Condensed, score, coverage });
            }
        }
    }
    best
}

/// One document of a pair.
struct Side<'p> {
    profile: &'p Profile,
    /// For each of its terms the number that both documents share, or [`NONE`].
    shared: Vec<u32>,
    /// For each of its terms how often a word of unrelated text is it.
    rates: Vec<f64>,
    /// For each of its terms the inverse sentence frequency over the units of both documents.
    isf: Vec<f64>,
}

impl Side<'_> {
    fn words(&self, span: Span<Token>) -> &[u32] {
        &self.profile.words[span.range()]
    }
}

/// Two documents with their stems numbered in common.
struct Pair<'p> {
    sides: [Side<'p>; 2],
    /// Scratch: for each shared stem how often it occurs in the passage of the side looked at, and of the other side.
    here: Vec<u32>,
    there: Vec<u32>,
}

impl<'p> Pair<'p> {
    fn new(profiles: [&'p Profile; 2], background: &Background, settings: &LongSettings) -> Self {
        let words = (profiles[0].words.len() + profiles[1].words.len()).max(1) as f64;
        let units = (profiles[0].units.len() + profiles[1].units.len()).max(1) as f64;
        // Both documents' own words are left out of the collection, and one occurrence out of their own: a passage must
        // not count against itself (leave-one-out).
        let rate = |stem: u32, own: u32| {
            let everywhere = background.counts.get(stem as usize).copied().unwrap_or(0);
            let elsewhere = (everywhere.saturating_sub(u64::from(own)) + 1) as f64 / background.words.max(1) as f64;
            elsewhere.max(settings.own_frequency * f64::from(own.saturating_sub(1)) / words)
        };
        let in_units = profiles.map(unit_counts);
        let isf = |count: u32| (units / f64::from(count.max(1))).ln();
        let mut sides = [0, 1].map(|side| Side {
            profile: profiles[side],
            shared: vec![NONE; profiles[side].terms.len()],
            rates: profiles[side].terms.iter().zip(&profiles[side].counts).map(|(&stem, &count)| rate(stem, count)).collect(),
            isf: in_units[side].iter().map(|&count| isf(count)).collect(),
        });
        let (mut l, mut r, mut shared) = (0, 0, 0);
        while let (Some(&a), Some(&b)) = (profiles[0].terms.get(l), profiles[1].terms.get(r)) {
            if a == b {
                let own = rate(a, profiles[0].counts[l] + profiles[1].counts[r]);
                let isf = isf(in_units[0][l] + in_units[1][r]);
                for (side, term) in sides.iter_mut().zip([l, r]) {
                    (side.shared[term], side.rates[term], side.isf[term]) = (shared, own, isf);
                }
                shared += 1;
            }
            l += usize::from(a.cmp(&b) != Ordering::Greater);
            r += usize::from(a.cmp(&b) != Ordering::Less);
        }
        Self { sides, here: vec![0; shared as usize], there: vec![0; shared as usize] }
    }

    /// Pairs of units with a high cosine of their tf-isf vectors.
    fn seeds(&self, settings: &LongSettings) -> Vec<Place> {
        let [left, right] = &self.sides;
        let mut index: Vec<Vec<(u32, f64)>> = vec![Vec::new(); self.here.len()];
        let mut norms = Vec::with_capacity(right.profile.units.len());
        for (number, &unit) in (0u32..).zip(&right.profile.units) {
            let (vector, norm) = vector(right, unit);
            norms.push(norm);
            for (stem, weight) in vector {
                index[stem as usize].push((number, weight));
            }
        }
        let mut products = vec![0.0; right.profile.units.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut out = Vec::new();
        for &unit in &left.profile.units {
            let (vector, norm) = vector(left, unit);
            for (stem, weight) in vector {
                for &(other, other_weight) in &index[stem as usize] {
                    let product = &mut products[other as usize];
                    if *product == 0.0 {
                        touched.push(other);
                    }
                    *product += weight * other_weight;
                }
            }
            for other in touched.drain(..) {
                let product = std::mem::take(&mut products[other as usize]);
                if product > settings.min_cosine * (norm * norms[other as usize]) {
                    out.push([unit, right.profile.units[other as usize]]);
                }
            }
        }
        out
    }

    /// The passage around a cluster of seeds.
    fn refine(&mut self, mut at: Place, settings: &LongSettings) -> Option<Retold> {
        let mut coverage = [settings.coverage; 2];
        let mut score = 0.0;
        for turn in 0..TURNS {
            if turn > 0 {
                coverage = [0, 1].map(|side| self.coverage(side, at, settings));
            }
            let found =
                [0, 1].map(|side| self.best(side, at, coverage[side].clamp(settings.min_coverage, settings.max_coverage), settings));
            let [Some((left, left_score)), Some((right, right_score))] = found else { return None };
            score = left_score.min(right_score);
            let rests = at == [left, right];
            at = [left, right];
            if rests {
                break;
            }
        }
        let [left, right] = self.run_on(at);
        Some(Retold { left, right, kind: RetoldKind::Retold, score, coverage })
    }

    /// Counts the shared stems of both passages; `side` is the one looked at.
    fn count(&mut self, side: usize, at: Place) {
        for (counts, side) in [(&mut self.here, side), (&mut self.there, 1 - side)] {
            counts.fill(0);
            let document = &self.sides[side];
            for &word in document.words(at[side]) {
                if let Some(count) = counts.get_mut(document.shared[word as usize] as usize) {
                    *count += 1;
                }
            }
        }
    }

    /// Share of a stem's places in this passage that the other passage accounts for: each place there explains one here.
    fn accounted(&self, stem: u32) -> f64 {
        let (Some(&here), Some(&there)) = (self.here.get(stem as usize), self.there.get(stem as usize)) else { return 0.0 };
        (f64::from(there) / f64::from(here.max(1))).min(1.0)
    }

    /// Share of a passage's words that the other accounts for, each weighed by how unlikely that is by chance; the
    /// assumed share counts as one word.
    fn coverage(&mut self, side: usize, at: Place, settings: &LongSettings) -> f64 {
        self.count(side, at);
        let (document, others) = (&self.sides[side], at[1 - side].len() as f64);
        let (mut hit, mut all) = (settings.coverage, 1.0);
        for &word in document.words(at[side]) {
            let weight = 1.0 - chance(document.rates[word as usize], others);
            all += weight;
            hit += weight * self.accounted(document.shared[word as usize]);
        }
        hit / all
    }

    /// The best stretch of one side given the passage on the other, with its score: the best inside the passage, followed
    /// both ways until it falls too far.
    fn best(&mut self, side: usize, at: Place, coverage: f64, settings: &LongSettings) -> Option<(Span<Token>, f64)> {
        self.count(side, at);
        let document = &self.sides[side];
        let others = at[1 - side].len() as f64;
        let words = &document.profile.words;
        let (mut sum, mut start) = (0.0, at[side].start());
        let (mut score, mut inner): (f64, Span<Token>) = (0.0, Span::new(start, start));
        for i in at[side].range() {
            let word = words[i] as usize;
            sum += gain(self.accounted(document.shared[word]), chance(document.rates[word], others), coverage);
            if sum > score {
                (score, inner) = (sum, Span::new(start, i + 1));
            }
            if sum <= 0.0 {
                (sum, start) = (0.0, i + 1);
            }
        }
        if inner.is_empty() {
            return None;
        }
        // From here on a word counts only while the other side has a place of it to spare: a text that goes on about the
        // same topic does not go on retelling.
        for i in at[side].range().filter(|i| !inner.range().contains(i)) {
            if let Some(count) = self.here.get_mut(document.shared[words[i] as usize] as usize) {
                *count -= 1;
            }
        }
        let mut follow = |path: &mut dyn Iterator<Item = usize>| {
            let (mut sum, mut top, mut steps, mut best) = (0.0, 0.0, 0, 0);
            let mut used = Vec::new();
            for i in path {
                let word = words[i] as usize;
                let stem = document.shared[word] as usize;
                let mut accounted = 0.0;
                if let (Some(here), Some(there)) = (self.here.get_mut(stem), self.there.get(stem)) {
                    *here += 1;
                    used.push(stem);
                    accounted = f64::from(u8::from(*here <= *there));
                }
                steps += 1;
                sum += gain(accounted, chance(document.rates[word], others), coverage);
                if sum > top {
                    (top, best) = (sum, steps);
                }
                if sum < top - settings.x_drop {
                    break;
                }
            }
            for stem in used {
                self.here[stem] -= 1;
            }
            (top, best)
        };
        let (before, back) = follow(&mut (0..inner.start()).rev());
        let (after, forth) = follow(&mut (inner.end()..words.len()));
        Some((Span::new(inner.start() - back, inner.end() + forth), score + before + after))
    }

    /// Draws both ends out over words that are the same in both documents: common words at the ends of a copied passage
    /// are no evidence, but belong to it.
    fn run_on(&self, [left, right]: Place) -> Place {
        let [l, r] = &self.sides;
        let stem = |side: &Side, i: usize| side.profile.words.get(i).map_or(NONE, |&word| side.shared[word as usize]);
        let same = |i: usize, j: usize| stem(l, i) != NONE && stem(l, i) == stem(r, j);
        let back = (1..=left.start().min(right.start())).take_while(|n| same(left.start() - n, right.start() - n)).count();
        let forth = (0..).take_while(|n| same(left.end() + n, right.end() + n)).count();
        [Span::new(left.start() - back, left.end() + forth), Span::new(right.start() - back, right.end() + forth)]
    }
}

/// In how many units each term of a document stands.
fn unit_counts(profile: &Profile) -> Vec<u32> {
    let mut counts = vec![0; profile.terms.len()];
    let mut last = vec![usize::MAX; profile.terms.len()];
    for (number, unit) in profile.units.iter().enumerate() {
        for &word in &profile.words[unit.range()] {
            if std::mem::replace(&mut last[word as usize], number) != number {
                counts[word as usize] += 1;
            }
        }
    }
    counts
}

/// The tf-isf vector of a unit (Sanchez-Perez et al. 2014): its weights at shared stems, in their order, and its length
/// over all its stems.
fn vector(side: &Side, unit: Span<Token>) -> (Vec<(u32, f64)>, f64) {
    let mut words = side.words(unit).to_vec();
    words.sort_unstable();
    let mut out = Vec::with_capacity(words.len());
    let mut squares = 0.0;
    for same in words.chunk_by(|a, b| a == b) {
        let weight = same.len() as f64 * side.isf[same[0] as usize];
        squares += weight * weight;
        let stem = side.shared[same[0] as usize];
        if stem != NONE && weight > 0.0 {
            out.push((stem, weight));
        }
    }
    (out, squares.sqrt())
}

/// Chance that a stem of this rate stands somewhere among `words` words of unrelated text (Poisson).
fn chance(rate: f64, words: f64) -> f64 {
    1.0 - (-rate * words).exp()
}

/// Log-likelihood ratio, in nats, of a word that is accounted for to this degree: a retold passage keeps a word with
/// probability `coverage`, unrelated text holds it with probability `chance`. Words more likely by chance than by
/// retelling say nothing.
fn gain(accounted: f64, chance: f64, coverage: f64) -> f64 {
    let chance = chance.clamp(LEAST_CHANCE, coverage);
    accounted * (coverage / chance).ln() + (1.0 - accounted) * ((1.0 - coverage) / (1.0 - chance)).ln()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::stem::WordClasses;
    use super::{Background, LongSettings, Profile, Retold, RetoldKind, compare};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;

    fn run(texts: [&str; 2]) -> (Vec<Document>, Vec<Retold>, Vec<Retold>) {
        let mut vocabulary = Vocabulary::default();
        let documents: Vec<Document> =
            texts.iter().map(|text| Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary)).collect();
        let classes = WordClasses::new(&vocabulary);
        let settings = LongSettings::default();
        let profiles: Vec<Profile> = documents.iter().map(|document| Profile::new(document, &classes, &settings)).collect();
        let background = Background::new(&profiles, profiles.iter());
        let there = compare(&profiles[0], &profiles[1], &background, &settings);
        let back = compare(&profiles[1], &profiles[0], &background, &settings);
        (documents, there, back)
    }

    /// A sentence of invented words, all different for different numbers.
    fn sentence(number: usize) -> String {
        let words: Vec<String> = (0..9).map(|i| format!("{}{}o", ["ba", "ke", "li", "mu"][i % 4], number * 9 + i)).collect();
        format!("The {} of {}. ", words[..5].join(" "), words[5..].join(" "))
    }

    const STORY: [&str; 2] = [
        "The harbour of Karlsund was closed for eleven days after the tanker Miriam struck the northern breakwater in thick \
         fog. Divers sent by the insurer found two cracks in the hull and a bent rudder. The owner, a company in Piraeus, \
         agreed to pay for the repair of the breakwater and for the fish that the Karlsund trawlers could not land.",
        "Fishermen in Karlsund could not land their catch for eleven days, because a tanker, the Miriam, had hit the \
         breakwater on the northern side in fog and the harbour stayed closed. The insurer's divers saw that the rudder was \
         bent and that there were two cracks in her hull. A Piraeus company which owns her will pay to repair the breakwater \
         and for the lost fish of the trawlers.",
    ];

    #[test]
    fn a_retold_passage_is_found_amid_other_text() {
        let own = |from: usize| (from..from + 20).map(sentence).collect::<String>();
        let texts = [format!("{}{} {}", own(0), STORY[0], own(20)), format!("{} {}{}", own(40), STORY[1], own(60))];
        let (documents, found, _) = run([&texts[0], &texts[1]]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, RetoldKind::Retold);
        for (side, (text, story)) in [found[0].left, found[0].right].into_iter().zip(texts.iter().zip(STORY)) {
            let shown = documents.iter().find_map(|d| d.bytes(side).and_then(|b| text.get(b.range())).filter(|t| story.contains(t)));
            assert!(shown.is_some_and(|shown| shown.len() * 10 > story.len() * 8), "{shown:?}");
        }
    }

    #[test]
    fn unrelated_texts_share_nothing() {
        let own = |from: usize| (from..from + 20).map(sentence).collect::<String>();
        assert!(run([&(own(0) + STORY[0]), &own(20)]).1.is_empty());
        assert!(run(["", ""]).1.is_empty());
    }

    #[test]
    fn a_condensation_spans_what_it_condenses() {
        let long: String = (0..60).map(sentence).collect();
        let digest: String = [3, 14, 25, 36, 47, 58].map(sentence).concat();
        let around: String = (100..140).map(sentence).collect();
        let (_, found, _) = run([&long, &format!("{around}{digest}{around}")]);
        let shown: Vec<_> = found.iter().map(|f| (f.kind, f.left.len() > 500, f.right.len() < 80)).collect();
        assert_eq!(shown, [(RetoldKind::Condensed, true, true)]);
    }

    proptest! {
        /// Exchanging the documents exchanges the sides and nothing else; passages lie inside their documents.
        #[test]
        fn sides_mirror(left in prop::collection::vec(0usize..40, 0..60), right in prop::collection::vec(0usize..40, 0..60)) {
            // Two equal texts have no order of their own.
            prop_assume!(left != right);
            let texts = [left, right].map(|numbers| numbers.into_iter().map(sentence).collect::<String>());
            let (documents, there, back) = run([&texts[0], &texts[1]]);
            let key = |f: &Retold| (f.left, f.right, f.kind, f.score.to_bits(), f.coverage.map(f64::to_bits));
            let mut mirrored: Vec<_> = back
                .iter()
                .map(|f| key(&Retold { left: f.right, right: f.left, coverage: [f.coverage[1], f.coverage[0]], ..*f }))
                .collect();
            mirrored.sort_unstable();
            let mut shown: Vec<_> = there.iter().map(key).collect();
            shown.sort_unstable();
            prop_assert_eq!(shown, mirrored);
            for f in there {
                prop_assert!(f.left.end() <= documents[0].words().len() && f.right.end() <= documents[1].words().len());
                prop_assert!(!f.left.is_empty() && !f.right.is_empty() && f.score.is_finite());
            }
        }
    }
}
