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
