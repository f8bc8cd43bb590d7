//! Groups joined pair by pair, the most alike first, as long as they are alike enough.
//!
//! Agglomeration over a sparse graph: who may join whom is said by links, how alike two groups are is computed from the sums
//! of their vectors, so that the mean over all pairs of two groups costs one product (`Σ a·b = (Σ a)·(Σ b)`). No pair of
//! single articles joins two groups by itself, as it would in single linkage. Cost: a product for each neighbour of a joined
//! group that was not one of both parts, at most `neighbours` each.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::story_settings::StorySettings;
use super::story_terms::{StoryTerm, Weighed};

/// Articles that were joined, by what they are about and when they were published.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Positions of its members, rising once nothing more is joined.
    pub(super) members: Vec<usize>,
    /// Sum of their vectors.
    pub(super) sum: Weighed,
    /// Squared length of that sum, each member taken as of length 1.
    pub(super) square: f64,
    /// First and last day, as far as any is known.
    pub(super) days: Option<(i64, i64)>,
    /// Sum of the middles of their days, and of how many members one is known.
    pub(super) middle: (f64, f64),
}

impl Group {
    pub(super) fn size(&self) -> f64 {
        self.members.len() as f64
    }

    /// Takes the members of both.
    fn joined(&mut self, other: &mut Self, product: f64, most: usize) -> Self {
        // The few are added to the many, so that a story of all articles costs no more than its members.
        let (mut members, mut fewer) = (std::mem::take(&mut self.members), std::mem::take(&mut other.members));
        if members.len() < fewer.len() {
            std::mem::swap(&mut members, &mut fewer);
        }
        members.append(&mut fewer);
        let days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        Self {
            members,
            sum: added(&self.sum, &other.sum, most),
            square: self.square + other.square + 2.0 * product,
            days,
            middle: (self.middle.0 + other.middle.0, self.middle.1 + other.middle.1),
        }
    }
}

/// Two groups that may be joined, and the product of their sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) product: f64,
}

/// A pair in the queue: the most alike first, then the one that was numbered first.
#[derive(PartialEq)]
struct Next(f64, Reverse<(usize, usize)>);

impl Eq for Next {}
impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then_with(|| self.1.cmp(&other.1))
    }
}
impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Joins groups that links lead to, also over other groups, while `likeness` (of two groups and the product of their sums) is at least `least`.
pub(super) fn merged(
    groups: Vec<Group>,
    links: &[Link],
    likeness: impl Fn(&Group, &Group, f64) -> f64,
    least: f64,
    settings: &StorySettings,
) -> Vec<Group> {
    let (mut spread_a, mut spread_b) = (Spread::of(&groups), Spread::of(&groups));
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    // Neighbours by number, rising, with the product of both sums.
    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); groups.len()];
    let mut queue = BinaryHeap::with_capacity(links.len());
    for link in links {
        near[link.left].push((link.right, link.product));
        near[link.right].push((link.left, link.product));
        if let (Some(a), Some(b)) = (&groups[link.left], &groups[link.right]) {
            let likeness = likeness(a, b, link.product);
            if likeness >= least {
                queue.push(Next(likeness, Reverse((link.left, link.right))));
            }
        }
    }
    near.iter_mut().for_each(|near| near.sort_by_key(|n| n.0));
    while let Some(Next(_, Reverse((left, right)))) = queue.pop() {
        // A group that was joined meanwhile is gone.
        if groups[left].is_none() || groups[right].is_none() {
            continue;
        }
        let (Some(mut a), Some(mut b)) = (groups[left].take(), groups[right].take()) else { continue };
        let (around_a, around_b) = (std::mem::take(&mut near[left]), std::mem::take(&mut near[right]));
        let known = |around: &[(usize, f64)], id: usize| around.binary_search_by_key(&id, |n| n.0).ok().map(|at| around[at].1);
        spread_a.fill(&a.sum);
        spread_b.fill(&b.sum);
        let between = known(&around_a, right).unwrap_or_else(|| spread_a.product(&b.sum));
        let whole = a.joined(&mut b, between, settings.group_terms);
        let mut around: Vec<usize> = around_a.iter().chain(&around_b).map(|n| n.0).filter(|&n| n != left && n != right).collect();
        around.sort_unstable();
        around.dedup();
        let mut alike: Vec<(f64, usize, f64)> = Vec::with_capacity(around.len());
        let id = groups.len();
        for other in around {
            near[other].retain(|n| n.0 != left && n.0 != right);
            let Some(third) = &groups[other] else { continue };
            let product = known(&around_a, other).unwrap_or_else(|| spread_a.product(&third.sum))
                + known(&around_b, other).unwrap_or_else(|| spread_b.product(&third.sum));
            alike.push((likeness(&whole, third, product), other, product));
        }
        spread_a.empty(&a.sum);
        spread_b.empty(&b.sum);
        alike.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        alike.truncate(4 * settings.neighbours);
        for &(likeness, other, product) in &alike {
            near[other].push((id, product));
            if likeness >= least {
                queue.push(Next(likeness, Reverse((other, id))));
            }
        }
        let mut around: Vec<(usize, f64)> = alike.into_iter().map(|(_, other, product)| (other, product)).collect();
        around.sort_by_key(|n| n.0);
        near.push(around);
        groups.push(Some(whole));
    }
    let mut left: Vec<Group> = groups.into_iter().flatten().collect();
    left.iter_mut().for_each(|group| group.members.sort_unstable());
    left.sort_by(|a, b| a.members.cmp(&b.members));
    left
}

/// How many terms groups may have: one more than the last.
pub(super) fn terms_of(groups: &[Group]) -> usize {
    groups.iter().filter_map(|g| Some(g.sum.last()?.0 as usize + 1)).max().unwrap_or(0)
}

/// One vector spread over all terms, so that its products with others cost a look for each term of theirs.
pub(super) struct Spread(Vec<f32>);

impl Spread {
    /// Empty, with room for the terms of all groups.
    pub(super) fn of(groups: &[Group]) -> Self {
        Self(vec![0.0; terms_of(groups)])
    }

    /// Puts in a vector.
    pub(super) fn fill(&mut self, vector: &[(StoryTerm, f32)]) {
        vector.iter().for_each(|&(term, weight)| self.0[term as usize] = weight);
    }

    /// Takes the same vector out.
    pub(super) fn empty(&mut self, vector: &[(StoryTerm, f32)]) {
        vector.iter().for_each(|&(term, _)| self.0[term as usize] = 0.0);
    }

    /// The product with another vector, in order of the terms.
    pub(super) fn product(&self, other: &[(StoryTerm, f32)]) -> f64 {
        other.iter().fold(0.0, |sum, &(term, weight)| sum + f64::from(weight) * f64::from(self.0[term as usize]))
    }

    /// How many terms both have.
    pub(super) fn shared(&self, other: &[(StoryTerm, f32)]) -> usize {
        other.iter().filter(|t| self.0[t.0 as usize] > 0.0).count()
    }
}

/// The sum of two vectors, of its heaviest terms.
fn added(a: &[(StoryTerm, f32)], b: &[(StoryTerm, f32)], most: usize) -> Weighed {
    let mut sum: Weighed = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => match x.0.cmp(&y.0) {
                Ordering::Less => a.next().copied(),
                Ordering::Greater => b.next().copied(),
                Ordering::Equal => a.next().zip(b.next()).map(|(x, y)| (x.0, x.1 + y.1)),
            },
            (Some(_), None) => a.next().copied(),
            (None, _) => b.next().copied(),
        };
        match next {
            Some(term) => sum.push(term),
            None => break,
        }
    }
    heaviest(&mut sum, most);
    sum
}

/// Keeps the heaviest terms, in order of the terms.
pub(super) fn heaviest(terms: &mut Weighed, most: usize) {
    if terms.len() > most {
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms.truncate(most);
        terms.sort_by_key(|t| t.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Link, Spread, added, merged};
    use crate::reuse::story_settings::StorySettings;

    fn group(at: usize, terms: &[(u32, f32)]) -> Group {
        Group { members: vec![at], sum: terms.to_vec(), square: 1.0, days: None, middle: (0.0, 0.0) }
    }

    #[test]
    fn products_and_sums_of_vectors() {
        let (few, many) = ([(3, 0.5), (40, 2.0)], (0..50).map(|t| (t, 1.0)).collect::<Vec<_>>());
        let mut spread = Spread::of(&[group(0, &few), group(1, &many)]);
        spread.fill(&many);
        assert_eq!((spread.product(&few), spread.shared(&few)), (2.5, 2));
        spread.empty(&many);
        spread.fill(&few);
        assert_eq!((spread.product(&many), spread.shared(&many)), (2.5, 2));
        assert_eq!((spread.product(&[(3, 4.0), (41, 1.0)]), spread.shared(&[(3, 4.0), (41, 1.0)])), (2.0, 1));
        assert_eq!(added(&few, &[(2, 1.0), (40, 1.0)], 9), [(2, 1.0), (3, 0.5), (40, 3.0)]);
        assert_eq!(added(&few, &[(2, 1.0), (40, 1.0)], 2), [(2, 1.0), (40, 3.0)]);
    }

    #[test]
    fn a_chain_does_not_join() {
        // Each is like the next (0.6) and not like the others: single linkage would make one group of all four.
        let side = |n: u32| [(n, 0.77_f32), (n + 1, 0.77)];
        let groups: Vec<Group> = (0..4_usize).zip(0_u32..).map(|(at, n)| group(at, &side(n))).collect();
        // What neighbours share is one term.
        let link = |left: usize| Link { left, right: left + 1, product: 0.77 * 0.77 };
        let links = [link(0), link(1), link(2)];
        let mean = |a: &Group, b: &Group, product: f64| product / (a.size() * b.size());
        let found = merged(groups, &links, mean, 0.5, &StorySettings::for_articles(4));
        let members: Vec<Vec<usize>> = found.into_iter().map(|g| g.members).collect();
        assert_eq!(members, [vec![0, 1], vec![2, 3]]);
    }
}
