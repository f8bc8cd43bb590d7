//! Whether two groups of articles differ by more than the deal of articles explains.
//!
//! What is dealt is whole articles, never words: words of one article hang together, and a test that deals words calls every
//! fourth of them different in two halves of one outlet.

use super::draws::Draws;
use super::multiple::false_discovery_rates;

/// Units in two groups, dealt anew inside their strata only.
#[derive(Clone, Debug)]
pub struct Layout<'d> {
    /// For each unit, whether it is of the first group.
    pub first: &'d [bool],
    /// For each unit, its stratum, from 0 without gaps.
    pub stratum: &'d [usize],
    /// For each unit, its size: all that could have been counted.
    pub size: &'d [u64],
}

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
/// Cost: deals × (units + what is counted in the counts not yet settled).
#[must_use]
pub fn permutation_tests(layout: &Layout<'_>, counts: &[Counts], settings: &PermutationSettings) -> Vec<Permuted> {
    let strata = Strata::new(layout);
    let tests: Vec<Test<'_>> = counts.iter().map(|counted| Test::new(counted, layout, &strata)).collect();
    let excess: Vec<f64> = tests.iter().map(|test| test.excess(layout.first, &strata.sizes_of(layout.first, layout))).collect();
    // Sums in another order differ in their last digits: a deal like the one at hand is as far out as that.
    let out: Vec<f64> = excess.iter().map(|e| e.abs() * (1.0 - 1e-9) - 1e-9).collect();
    let found = match strata.deals() {
        Some(deals) if deals <= settings.exact => one_by_one(deals, &strata, &tests, &out, layout),
        _ => at_random(&strata, &tests, &out, layout, settings),
    };
    excess.into_iter().zip(found).map(|(excess, (p, deals))| Permuted { excess, p, deals }).collect()
}

fn one_by_one(deals: u64, strata: &Strata, tests: &[Test<'_>], out: &[f64], layout: &Layout<'_>) -> Vec<(f64, u64)> {
    let mut far = vec![0u64; tests.len()];
    let mut choices: Vec<Vec<usize>> = strata.all.iter().map(|s| (0..s.first).collect()).collect();
    let mut first = vec![false; layout.first.len()];
    for _ in 0..deals {
        first.fill(false);
        for (stratum, choice) in strata.all.iter().zip(&choices) {
            choice.iter().for_each(|&i| first[stratum.units[i]] = true);
        }
        let sizes = strata.sizes_of(&first, layout);
        for ((far, test), out) in far.iter_mut().zip(tests).zip(out) {
            *far += u64::from(test.excess(&first, &sizes).abs() >= *out);
        }
        // The next deal, as an odometer turns.
        for (stratum, choice) in strata.all.iter().zip(&mut choices) {
            if next_choice(choice, stratum.units.len()) {
                break;
            }
        }
    }
    far.into_iter().map(|k| (k as f64 / deals as f64, deals)).collect()
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

fn at_random(strata: &Strata, tests: &[Test<'_>], out: &[f64], layout: &Layout<'_>, settings: &PermutationSettings) -> Vec<(f64, u64)> {
    let mut found: Vec<(f64, u64)> = vec![(1.0, 0); tests.len()];
    let mut far = vec![0u64; tests.len()];
    let mut open: Vec<usize> = (0..tests.len()).collect();
    let mut first = vec![false; layout.first.len()];
    let mut dealt: Vec<usize> = Vec::new();
    for n in 1..=settings.most {
        let mut draws = Draws::new(settings.seed, n);
        first.fill(false);
        for stratum in &strata.all {
            dealt.clear();
            dealt.extend_from_slice(&stratum.units);
            draws.choose(stratum.first, &mut dealt);
            dealt[..stratum.first].iter().for_each(|&unit| first[unit] = true);
        }
        let sizes = strata.sizes_of(&first, layout);
        open.retain(|&t| {
            far[t] += u64::from(tests[t].excess(&first, &sizes).abs() >= out[t]);
            let settled = far[t] >= settings.exceedances;
            let p = if settled { far[t] as f64 / n as f64 } else { (1 + far[t]) as f64 / (1 + n) as f64 };
            found[t] = (p, n);
            !settled
        });
        if open.is_empty() {
            break;
        }
        if LOOKS.contains(&n) {
            let p: Vec<f64> = found.iter().map(|f| f.0).collect();
            let q = false_discovery_rates(&p);
            if open.iter().all(|&t| q[t] < settings.settled) {
                break;
            }
        }
    }
    found
}

/// The strata that can be dealt at all.
struct Strata {
    all: Vec<Stratum>,
    /// How many strata there are, those that cannot be dealt counted.
    numbered: usize,
}

struct Stratum {
    units: Vec<usize>,
    /// Units of the first group.
    first: usize,
}

impl Strata {
    fn new(layout: &Layout<'_>) -> Self {
        let numbered = layout.stratum.iter().max().map_or(0, |last| last + 1);
        let mut all: Vec<Stratum> = (0..numbered).map(|_| Stratum { units: Vec::new(), first: 0 }).collect();
        for (unit, (&stratum, &first)) in layout.stratum.iter().zip(layout.first).enumerate() {
            all[stratum].units.push(unit);
            all[stratum].first += usize::from(first);
        }
        Self { all, numbered }
    }

    /// How many deals there are, if they can be counted.
    fn deals(&self) -> Option<u64> {
        self.all.iter().try_fold(1u64, |deals, stratum| deals.checked_mul(choices(stratum.units.len(), stratum.first)?))
    }

    /// Sizes of the first group, stratum by stratum.
    fn sizes_of(&self, first: &[bool], layout: &Layout<'_>) -> Vec<f64> {
        let mut sizes = vec![0.0; self.numbered];
        for ((&first, &stratum), &size) in first.iter().zip(layout.stratum).zip(layout.size) {
            sizes[stratum] += if first { size as f64 } else { 0.0 };
        }
        sizes
    }
}

/// `n` over `k`; `None` above 2^64.
fn choices(n: usize, k: usize) -> Option<u64> {
    let k = k.min(n - k.min(n)) as u64;
    (0..k).try_fold(1u64, |found, i| found.checked_mul(n as u64 - i).map(|product| product / (i + 1)))
}

/// One count with its rates.
struct Test<'d> {
    counts: &'d Counts,
    /// Rate in each stratum that has some.
    rates: Vec<(usize, f64)>,
}

impl<'d> Test<'d> {
    fn new(counts: &'d Counts, layout: &Layout<'_>, strata: &Strata) -> Self {
        let mut in_stratum: Vec<(usize, u64)> = counts.iter().map(|&(unit, n)| (layout.stratum[unit], n)).collect();
        in_stratum.sort_unstable();
        let rate = |group: &[(usize, u64)]| {
            let stratum = group[0].0;
            let size: u64 = strata.all[stratum].units.iter().map(|&unit| layout.size[unit]).sum();
            (stratum, group.iter().map(|g| g.1).sum::<u64>() as f64 / size.max(1) as f64)
        };
        Self { counts, rates: in_stratum.chunk_by(|a, b| a.0 == b.0).map(rate).collect() }
    }

    /// The statistic of a deal.
    fn excess(&self, first: &[bool], sizes: &[f64]) -> f64 {
        let counted: u64 = self.counts.iter().map(|&(unit, n)| if first[unit] { n } else { 0 }).sum();
        let expected: f64 = self.rates.iter().map(|&(stratum, rate)| rate * sizes[stratum]).sum();
        counted as f64 - expected
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, PermutationSettings, Permuted, choices, next_choice, permutation_tests};

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

    #[test]
    fn nothing_to_deal() {
        let layout = Layout { first: &[], stratum: &[], size: &[] };
        assert_eq!(permutation_tests(&layout, &[vec![]], &PermutationSettings::default())[0], Permuted { excess: 0.0, p: 1.0, deals: 1 });
    }
}
