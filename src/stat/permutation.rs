//! Whether two groups of articles differ by more than the deal of articles explains.
//!
//! What is dealt is whole articles, never words: words of one article hang together, and a test that deals words calls every
//! fourth of them different in two halves of one outlet.

use super::deals::{Deals, Layout};
use super::multiple::false_discovery_rates;

/// What is counted in units: those with some, in order, and how many.
pub type Counts = Vec<(usize, u64)>;

/// How far the deals went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PermutationSettings {
    /// Most random deals.
    pub most: u64,
    /// Deals at least as far out after which a count is settled: it is no rare one.
    pub exceedances: u64,
    /// Up to so many possible deals, each is looked at once instead.
    pub exact: u64,
    /// False discovery rate below which nothing is left to settle.
    pub settled: f64,
    /// Seed of the deals.
    pub seed: u64,
}

impl Default for PermutationSettings {
    fn default() -> Self {
        Self { most: 19_999, exceedances: 30, exact: 5_000, settled: 0.005, seed: 1 }
    }
}

/// What the deals say of one count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permuted {
    /// What the first group has above its share of the sizes, stratum by stratum; below 0 where it has less.
    pub excess: f64,
    /// Share of the deals that are at least as far out, in either direction.
    pub p: f64,
    /// Deals that were looked at.
    pub deals: u64,
}

/// Random deals after which it is asked whether what is left is settled.
const LOOKS: [u64; 4] = [999, 1_999, 4_999, 9_999];

/// Two-sided permutation tests of the statistic `Σ over strata and units of the first group of (count − ρ × size)`, with `ρ`
/// the rate in the stratum over both groups. Units are dealt into groups as large as they are, inside each stratum.
///
/// Few possible deals are looked at one by one, and p is the share as far out. Otherwise deals are drawn at random, the same for
/// all counts: `p = (1 + k) / (1 + n)` (Davison, A. C. & Hinkley, D. V. 1997. Bootstrap Methods and their Application, 4.3; Phipson,
/// B. & Smyth, G. K. 2010. Permutation P-values should never be zero. Statistical Applications in Genetics and Molecular Biology
/// 9(1), 39). A count with `h` deals as far out after `l` of them is settled at `p = h / l` (Besag, J. & Clifford, P. 1991.
/// Sequential Monte Carlo p-values. Biometrika 78, 301-304), and all are once those left are discoveries whatever else is drawn
/// (Sandve, G. K., Ferkingstad, E. & Nygård, S. 2011. Sequential Monte Carlo multiple testing. Bioinformatics 27, 3235-3241).
///
/// Cost: deals × (units of the smaller group, and what is counted in them and not yet settled).
#[must_use]
pub fn permutation_tests(layout: &Layout<'_>, counts: &[Counts], settings: &PermutationSettings) -> Vec<Permuted> {
    let mut deals = Deals::new(layout);
    let rates: Vec<Rates> = counts.iter().map(|counted| rates(counted, layout, &deals)).collect();
    let mut open = Open::new(counts, layout.first.len(), (0..counts.len()).collect());
    open.look(deals.at_hand(), &rates);
    let excess = open.excess.clone();
    // Sums in another order differ in their last digits: a deal like the one at hand is as far out as that.
    let out: Vec<f64> = excess.iter().map(|e| e.abs() * (1.0 - 1e-9) - 1e-9).collect();
    let found = match deals.count() {
        Some(all) if all <= settings.exact => {
            let mut far = vec![0u64; counts.len()];
            deals.each(|dealt| {
                open.look(dealt, &rates);
                far.iter_mut().zip(&open.excess).zip(&out).for_each(|((far, e), out)| *far += u64::from(e.abs() >= *out));
            });
            far.into_iter().map(|k| (k as f64 / all as f64, all)).collect()
        }
        _ => at_random(&mut deals, counts, open, (&rates, &out), settings),
    };
    let of_first = if deals.of_first() { 1.0 } else { -1.0 };
    excess.into_iter().zip(found).map(|(excess, (p, deals))| Permuted { excess: of_first * excess, p, deals }).collect()
}

fn at_random(
    deals: &mut Deals<'_>,
    counts: &[Counts],
    mut open: Open,
    (rates, out): (&[Rates], &[f64]),
    settings: &PermutationSettings,
) -> Vec<(f64, u64)> {
    let mut found: Vec<(f64, u64)> = vec![(1.0, 0); counts.len()];
    let mut far = vec![0u64; counts.len()];
    for n in 1..=settings.most {
        open.look(deals.random(settings.seed, n), rates);
        let mut settled = 0;
        for (&t, excess) in open.tests.iter().zip(&open.excess) {
            // One that is settled stays until those are taken out together.
            if far[t] >= settings.exceedances {
                settled += 1;
                continue;
            }
            far[t] += u64::from(excess.abs() >= out[t]);
            found[t] = if far[t] >= settings.exceedances {
                settled += 1;
                (far[t] as f64 / n as f64, n)
            } else {
                ((1 + far[t]) as f64 / (1 + n) as f64, n)
            };
        }
        if settled == open.tests.len() {
            break;
        }
        if LOOKS.contains(&n) {
            let q = false_discovery_rates(&found.iter().map(|f| f.0).collect::<Vec<f64>>());
            if open.tests.iter().all(|&t| far[t] >= settings.exceedances || q[t] < settings.settled) {
                break;
            }
        }
        if 4 * settled >= open.tests.len() {
            let left = open.tests.iter().copied().filter(|&t| far[t] < settings.exceedances).collect();
            open = Open::new(counts, deals.units(), left);
        }
    }
    found
}

/// Rate of one count in each stratum that has some.
type Rates = Vec<(usize, f64)>;

fn rates(counts: &Counts, layout: &Layout<'_>, deals: &Deals<'_>) -> Rates {
    let mut in_stratum: Vec<(usize, u64)> = counts.iter().map(|&(unit, n)| (layout.stratum[unit], n)).collect();
    in_stratum.sort_unstable();
    let rate =
        |group: &[(usize, u64)]| (group[0].0, group.iter().map(|g| g.1).sum::<u64>() as f64 / deals.size_of(group[0].0).max(1) as f64);
    in_stratum.chunk_by(|a, b| a.0 == b.0).map(rate).collect()
}

/// Counts that are not settled, unit by unit.
struct Open {
    /// Which.
    tests: Vec<usize>,
    /// For each unit, where its counts start in `counts`.
    starts: Vec<usize>,
    /// Position in `tests`, and how many.
    counts: Vec<(u32, u64)>,
    /// What the last deal that was looked at has above its share, for each of `tests`.
    excess: Vec<f64>,
    /// How many it has.
    sums: Vec<u64>,
}

impl Open {
    fn new(counts: &[Counts], units: usize, tests: Vec<usize>) -> Self {
        let mut starts = vec![0; units + 1];
        tests.iter().flat_map(|&t| &counts[t]).for_each(|&(unit, _)| starts[unit + 1] += 1);
        (0..units).for_each(|unit| starts[unit + 1] += starts[unit]);
        let mut next = starts.clone();
        let mut by_unit = vec![(0, 0); starts[units]];
        for (position, &t) in tests.iter().enumerate() {
            for &(unit, n) in &counts[t] {
                by_unit[next[unit]] = (u32::try_from(position).unwrap_or(u32::MAX), n);
                next[unit] += 1;
            }
        }
        Self { excess: vec![0.0; tests.len()], sums: vec![0; tests.len()], tests, starts, counts: by_unit }
    }

    /// Looks at the units of a deal and at their sizes, stratum by stratum.
    fn look(&mut self, (units, sizes): (&[usize], &[u64]), rates: &[Rates]) {
        self.sums.fill(0);
        for &unit in units {
            for &(position, n) in &self.counts[self.starts[unit]..self.starts[unit + 1]] {
                self.sums[position as usize] += n;
            }
        }
        for ((excess, &sum), &t) in self.excess.iter_mut().zip(&self.sums).zip(&self.tests) {
            *excess = sum as f64 - rates[t].iter().map(|&(stratum, rate)| rate * sizes[stratum] as f64).sum::<f64>();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, PermutationSettings, Permuted, permutation_tests};

    fn test(counts: &[u64], first: &[bool], stratum: &[usize], settings: &PermutationSettings) -> Permuted {
        let size = vec![100; counts.len()];
        let counted = counts.iter().copied().enumerate().filter(|c| c.1 > 0).collect();
        permutation_tests(&Layout { first, stratum, size: &size }, &[counted], settings)[0]
    }

    const HALVES: [bool; 8] = [true, true, true, true, false, false, false, false];

    /// Fisher's way (The Design of Experiments, 1935, 21): all deals counted. Four of four against none of four: the deal at
    /// hand and its mirror out of 8 over 4 = 70.
    #[test]
    fn few_deals_are_counted() {
        let found = test(&[3, 3, 3, 3, 0, 0, 0, 0], &HALVES, &[0; 8], &PermutationSettings::default());
        assert_eq!((found.excess, found.deals), (6.0, 70));
        assert!((found.p - 2.0 / 70.0).abs() < 1e-12);
        // 1, 2, 3, 4 against 5, 6, 7, 8 is as far out as it goes; 1 more and 1 less is not: 4 of 70 deals.
        let found = test(&[1, 2, 3, 5, 4, 6, 7, 8], &HALVES, &[0; 8], &PermutationSettings::default());
        assert!((found.p - 4.0 / 70.0).abs() < 1e-12, "{found:?}");
    }

    /// Inside strata of one article of each group there are 2⁴ deals, and all articles that have it are of the first group: 2 of 16.
    #[test]
    fn strata_are_held_apart() {
        let first = [true, false, true, false, true, false, true, false];
        let found = test(&[2, 0, 5, 0, 1, 0, 9, 0], &first, &[0, 0, 1, 1, 2, 2, 3, 3], &PermutationSettings::default());
        assert_eq!((found.excess, found.p, found.deals), (8.5, 2.0 / 16.0, 16));
        // A stratum of one group alone cannot be dealt: what it has says nothing.
        let found = test(&[50, 0, 0, 1, 1], &[true, true, true, true, false], &[0, 0, 0, 1, 1], &PermutationSettings::default());
        assert_eq!((found.excess, found.p), (0.0, 1.0));
    }

    /// The same test at random: p = (1 + k) / (1 + n) nears 2/70, and one that is common stops early at h / l.
    #[test]
    fn random_deals_near_the_counted_ones() {
        let settings = PermutationSettings { exact: 0, exceedances: 10_000, settled: 0.0, ..PermutationSettings::default() };
        let found = test(&[3, 3, 3, 3, 0, 0, 0, 0], &HALVES, &[0; 8], &settings);
        assert!((found.p - 2.0 / 70.0).abs() < 0.004 && found.deals == 19_999, "{found:?}");
        let settings = PermutationSettings { exact: 0, ..PermutationSettings::default() };
        let common = test(&[1, 0, 1, 0, 1, 0, 1, 0], &HALVES, &[0; 8], &settings);
        assert_eq!((common.p, common.deals), (1.0, 30));
    }

    /// Whichever group is the smaller one, and so is dealt, the excess is the first one's: all six of two of five units of one size.
    #[test]
    fn the_excess_is_the_first_groups() {
        let few = test(&[3, 3, 0, 0, 0], &[true, true, false, false, false], &[0; 5], &PermutationSettings::default());
        let many = test(&[3, 3, 0, 0, 0], &[false, false, true, true, true], &[0; 5], &PermutationSettings::default());
        assert!((few.excess - 3.6).abs() < 1e-9 && (many.excess + 3.6).abs() < 1e-9, "{few:?} {many:?}");
        assert_eq!((few.deals, few.p), (many.deals, many.p));
    }

    /// As many possible deals as are looked at one by one; and a count that is settled has the share of the deals so far.
    #[test]
    fn where_looking_at_all_ends() {
        let with = |exact, exceedances| {
            let settings = PermutationSettings { exact, exceedances, settled: 0.0, ..PermutationSettings::default() };
            test(&[3, 3, 3, 2, 1, 0, 0, 0], &HALVES, &[0; 8], &settings)
        };
        assert_eq!(with(70, 30).deals, 70);
        let settled = with(69, 3);
        assert!(settled.deals != 70 && (settled.p - 3.0 / settled.deals as f64).abs() < 1e-12, "{settled:?}");
    }

    /// Nothing as far out in any deal: p is never 0.
    #[test]
    fn p_is_never_zero() {
        let first: Vec<bool> = (0..60).map(|i| i < 30).collect();
        let counts: Vec<u64> = (0..60).map(|i| 5 * u64::from(i < 30)).collect();
        let settings = PermutationSettings { settled: 0.0, ..PermutationSettings::default() };
        let found = test(&counts, &first, &[0; 60], &settings);
        assert_eq!((found.p, found.deals), (1.0 / 20_000.0, 19_999));
    }

    #[test]
    fn nothing_to_deal() {
        let layout = Layout { first: &[], stratum: &[], size: &[] };
        assert_eq!(permutation_tests(&layout, &[vec![]], &PermutationSettings::default())[0], Permuted { excess: 0.0, p: 1.0, deals: 1 });
    }
}
