//! Units of two groups dealt anew: all deals that there are, or some at random.

use super::draws::{Draws, restore};

/// Units in two groups, dealt anew inside their strata only. All lists are of one length.
#[derive(Clone, Debug)]
pub struct Layout<'d> {
    /// For each unit, whether it is of the first group.
    pub first: &'d [bool],
    /// For each unit, its stratum, from 0 without gaps.
    pub stratum: &'d [usize],
    /// For each unit, its size: all that could have been counted.
    pub size: &'d [u64],
}

/// The deals of a layout: into groups as large as they are, stratum by stratum. The smaller group is the one that is dealt; the
/// other is what is left.
#[derive(Debug)]
pub struct Deals<'d> {
    layout: &'d Layout<'d>,
    strata: Vec<Stratum>,
    of_first: bool,
    /// The last deal.
    dealt: Vec<usize>,
    /// Sizes of the dealt units, stratum by stratum.
    sizes: Vec<u64>,
    swapped: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
struct Stratum {
    units: Vec<usize>,
    /// How many of them are dealt.
    dealt: usize,
    /// Size of all of them.
    size: u64,
}

impl<'d> Deals<'d> {
    /// The deals of a layout.
    #[must_use]
    pub fn new(layout: &'d Layout<'d>) -> Self {
        let of_first = 2 * layout.first.iter().filter(|&&first| first).count() <= layout.first.len();
        let mut strata = vec![Stratum::default(); layout.stratum.iter().max().map_or(0, |last| last + 1)];
        for (unit, (&stratum, &first)) in layout.stratum.iter().zip(layout.first).enumerate() {
            let stratum = &mut strata[stratum];
            stratum.units.push(unit);
            stratum.dealt += usize::from(first == of_first);
            stratum.size += layout.size[unit];
        }
        Self { layout, sizes: vec![0; strata.len()], strata, of_first, dealt: Vec::new(), swapped: Vec::new() }
    }

    /// Whether it is the first group that is dealt.
    #[must_use]
    pub const fn of_first(&self) -> bool {
        self.of_first
    }

    /// How many units there are.
    #[must_use]
    pub const fn units(&self) -> usize {
        self.layout.first.len()
    }

    /// Size of all units of a stratum.
    #[must_use]
    pub fn size_of(&self, stratum: usize) -> u64 {
        self.strata[stratum].size
    }

    /// How many deals there are; `None` above 2^64.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        self.strata.iter().try_fold(1u64, |deals, stratum| deals.checked_mul(choices(stratum.units.len(), stratum.dealt)?))
    }

    /// The groups as they are: the units, and their sizes stratum by stratum.
    pub fn at_hand(&mut self) -> (&[usize], &[u64]) {
        self.dealt = (0..self.units()).filter(|&unit| self.layout.first[unit] == self.of_first).collect();
        self.sized()
    }

    /// A deal at random, which hangs on the seed and its number alone.
    pub fn random(&mut self, seed: u64, number: u64) -> (&[usize], &[u64]) {
        let mut draws = Draws::new(seed, number);
        self.dealt.clear();
        for stratum in &mut self.strata {
            draws.choose(stratum.dealt, &mut stratum.units, &mut self.swapped);
            self.dealt.extend_from_slice(&stratum.units[..stratum.dealt]);
            restore(&mut stratum.units, &self.swapped);
        }
        self.sized()
    }

    /// Every deal once; as many as [`Deals::count`] says.
    pub fn each(&mut self, mut look: impl FnMut((&[usize], &[u64]))) {
        let mut choices: Vec<Vec<usize>> = self.strata.iter().map(|s| (0..s.dealt).collect()).collect();
        loop {
            self.dealt.clear();
            for (stratum, choice) in self.strata.iter().zip(&choices) {
                self.dealt.extend(choice.iter().map(|&i| stratum.units[i]));
            }
            look(self.sized());
            // As an odometer turns: the first stratum that has a next choice takes it, those before start again.
            if !self.strata.iter().zip(&mut choices).any(|(stratum, choice)| next_choice(choice, stratum.units.len())) {
                return;
            }
        }
    }

    fn sized(&mut self) -> (&[usize], &[u64]) {
        self.sizes.fill(0);
        for &unit in &self.dealt {
            self.sizes[self.layout.stratum[unit]] += self.layout.size[unit];
        }
        (&self.dealt, &self.sizes)
    }
}

/// The next choice of as many out of `n` in order of the alphabet; the first one again, and `false`, after the last.
fn next_choice(choice: &mut [usize], n: usize) -> bool {
    let k = choice.len();
    match (0..k).rev().find(|&i| choice[i] + (k - i) < n) {
        Some(i) => {
            let from = choice[i] + 1;
            (i..k).for_each(|j| choice[j] = from + (j - i));
            true
        }
        None => {
            choice.iter_mut().enumerate().for_each(|(i, c)| *c = i);
            false
        }
    }
}

/// `n` over `k`; `None` above 2^64.
fn choices(n: usize, k: usize) -> Option<u64> {
    let k = k.min(n - k.min(n)) as u64;
    (0..k).try_fold(1u64, |found, i| found.checked_mul(n as u64 - i).map(|product| product / (i + 1)))
}

#[cfg(test)]
mod tests {
    use super::{Deals, Layout, choices, next_choice};

    /// Two strata of 2 of 3 and 1 of 2: six deals, each once; sizes are those of the units dealt.
    #[test]
    fn every_deal_once() {
        let layout = Layout { first: &[true, true, false, true, false], stratum: &[0, 0, 0, 1, 1], size: &[1, 10, 100, 1_000, 10_000] };
        let mut deals = Deals::new(&layout);
        // Two of five are of the second group, the smaller one.
        assert_eq!((deals.count(), deals.of_first(), deals.at_hand()), (Some(6), false, (&[2, 4][..], &[100, 10_000][..])));
        let mut seen = Vec::new();
        deals.each(|(units, sizes)| seen.push((units.to_vec(), sizes.to_vec())));
        assert_eq!(seen.len(), 6);
        assert!(seen.iter().all(|(units, sizes)| sizes[0] == layout.size[units[0]] && sizes[1] == layout.size[units[1]]));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 6);
    }

    /// A deal hangs on its number alone, whatever was dealt before.
    #[test]
    fn a_random_deal_can_be_repeated() {
        let layout = Layout { first: &[true, false, false, true, false, false], stratum: &[0; 6], size: &[1; 6] };
        let mut deals = Deals::new(&layout);
        let once = deals.random(1, 9).0.to_vec();
        let others: Vec<Vec<usize>> = (0..50).map(|number| deals.random(1, number).0.to_vec()).collect();
        assert_eq!(deals.random(1, 9).0, once);
        assert!(others.iter().any(|other| *other != once) && once.len() == 2);
    }

    #[test]
    fn choices_are_all_of_them_once() {
        assert_eq!((choices(10, 5), choices(5, 0), choices(3, 3), choices(200, 100)), (Some(252), Some(1), Some(1), None));
        let mut choice = [0, 1];
        let mut seen = vec![choice];
        while next_choice(&mut choice, 4) {
            seen.push(choice);
        }
        assert_eq!(seen, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert_eq!(choice, [0, 1]);
    }
}
