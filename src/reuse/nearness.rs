//! Which articles are near enough in time to be set side by side.

use crate::id::ArticleId;

use super::copies::Copies;

/// Which articles are near enough in time to be set side by side.
#[derive(Clone, Debug)]
pub struct Nearness {
    window_days: Option<u32>,
    /// First and last day of each article that has a date, and of the copies that it stands for; empty where one is unknown.
    days: Vec<Vec<(i64, i64)>>,
}

impl Nearness {
    /// From the first and the last day of each article, where they are known, counted from any one day.
    #[must_use]
    pub fn new(own: Vec<Option<(i64, i64)>>, copies: &Copies, window_days: Option<u32>) -> Self {
        let mut days: Vec<Vec<(i64, i64)>> = own.iter().map(|days| days.iter().copied().collect()).collect();
        for (id, own) in own.into_iter().enumerate() {
            // Whoever reprints a text brings it near to what is printed then.
            if let Some(first) = copies.exact_of(ArticleId::new(id)) {
                match own {
                    Some(at) if !days[first.index()].is_empty() => days[first.index()].push(at),
                    _ => days[first.index()].clear(),
                }
            }
        }
        days.iter_mut().for_each(|days| {
            days.sort_unstable();
            days.dedup();
        });
        Self { window_days, days }
    }

    /// For each article, whether the window holds it and any from a number on.
    #[must_use]
    pub fn reach(&self, from: usize) -> Vec<bool> {
        let later = self.days.get(from..).unwrap_or_default();
        let Some(window) = self.window_days.map(i64::from).filter(|_| later.iter().all(|days| !days.is_empty())) else {
            return vec![true; self.days.len()];
        };
        let mut held: Vec<(i64, i64)> = later.iter().flatten().map(|day| (day.0 - window, day.1 + window)).collect();
        held.sort_unstable();
        held.dedup_by(|next, held| {
            let touches = next.0 <= held.1;
            held.1 = if touches { held.1.max(next.1) } else { held.1 };
            touches
        });
        let near = |day: &(i64, i64)| held.get(held.partition_point(|held| held.1 < day.0)).is_some_and(|held| held.0 <= day.1);
        self.days.iter().map(|days| days.is_empty() || days.iter().any(near)).collect()
    }

    /// Whether the window holds both.
    #[must_use]
    pub fn may_pair(&self, left: ArticleId, right: ArticleId) -> bool {
        let (a, b) = (&self.days[left.index()], &self.days[right.index()]);
        let Some(window) = self.window_days.map(i64::from).filter(|_| !a.is_empty() && !b.is_empty()) else { return true };
        let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        few.iter().any(|day| {
            // Periods are a year long at most, so only those that start near enough can touch.
            let from = many.partition_point(|other| other.0 < day.0 - window - LONGEST_PERIOD);
            many[from..].iter().take_while(|other| other.0 <= day.1 + window).any(|other| day.0 - other.1 <= window)
        })
    }
}

/// Days of the longest period that a date may name.
const LONGEST_PERIOD: i64 = 366;

#[cfg(test)]
mod tests {
    use super::{ArticleId, Copies, Nearness};

    /// Held against asking for every pair.
    #[test]
    fn what_an_update_can_reach() {
        let days = |i: i64| (i % 11 != 10).then(|| (i * 7919 % 400, i * 7919 % 400 + if i % 5 == 0 { 31 } else { 0 }));
        let pairs = |near: &Nearness, from: usize, all: usize| -> Vec<bool> {
            (0..all).map(|a| (from..all).any(|b| near.may_pair(ArticleId::new(a), ArticleId::new(b)))).collect()
        };
        for (from, all, window) in [(0, 40, 3), (35, 40, 0), (54, 60, 5), (41, 43, 9), (42, 43, 9)] {
            let near = Nearness::new((0..all).map(days).collect(), &Copies::none(all as usize), Some(window));
            assert_eq!(near.reach(from), pairs(&near, from, all as usize), "{from} of {all}");
        }
        let any = Nearness::new((0..9).map(days).collect(), &Copies::none(9), None);
        assert_eq!(any.reach(8), [true; 9]);
    }
}
