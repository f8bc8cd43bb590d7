//! Interval for a ratio of sums over articles, by resampling articles.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::draws::Draws;
use super::interval::Interval;
use super::poisson::poisson_exact;

/// Replicates of a bootstrap.
pub const REPLICATES: u64 = 2_000;

/// A ratio `Σ numerator / Σ denominator` over units.
#[derive(Clone, Debug)]
pub struct Ratio<'d> {
    /// Units with a numerator above 0, and it.
    pub numerators: &'d [(usize, u64)],
    /// Which of the lists of denominators is its own.
    pub denominators: usize,
}

/// 95 % bootstrap intervals of ratios of a count over units drawn with replacement: expanded percentiles (Hesterberg, T. C.
/// 2015. What teachers should know about the bootstrap. The American Statistician 69(4), 371-386), widened to
/// hold the exact Poisson interval of the count. All ratios share the draws; `denominators` has a list for each kind of
/// denominator, a value for each unit in it. Each replicate has its own stream, so that the answer does not hang on threads.
/// `None` where no replicate has a denominator.
///
/// Plain percentiles (Efron & Tibshirani 1993, section 13.3) are narrow with few units: the spread of a resample is that of a
/// sample less the factor `(n − 1) / n`, and Student's t has longer tails. And where few units hold the counts, resamples hardly
/// move, although counts vary at least as those of Poisson do.
///
/// Cost: replicates × (units × lists of denominators + numerators above 0); a ratio without numerators costs nothing.
#[must_use]
pub fn ratio_intervals(units: usize, ratios: &[Ratio<'_>], denominators: &[Vec<u64>], seed: u64) -> Vec<Option<Interval>> {
    let mut samples: Vec<Vec<f64>> = vec![Vec::new(); ratios.len()];
    let filled: Vec<usize> = (0..ratios.len()).filter(|&r| !ratios[r].numerators.is_empty()).collect();
    let mut has_denominator = vec![false; denominators.len()];
    let mut times = vec![0u64; units];
    let mut bottoms = vec![0u64; denominators.len()];
    for replicate in 0..REPLICATES {
        let mut draws = Draws::new(seed, replicate);
        times.fill(0);
        for _ in 0..units {
            let time = &mut times[draws.below(units)];
            *time = time.wrapping_add(1);
        }
        // Sums of word counts stay far below 2^64: the checks would cost more than the sums.
        for ((list, bottom), seen) in denominators.iter().zip(&mut bottoms).zip(&mut has_denominator) {
            *bottom = times.iter().zip(list).fold(0, |sum: u64, (t, d)| sum.wrapping_add(t.wrapping_mul(*d)));
            *seen |= *bottom > 0;
        }
        for &r in &filled {
            let bottom = bottoms[ratios[r].denominators];
            if bottom > 0 {
                let top = ratios[r].numerators.iter().fold(0, |sum: u64, &(unit, n)| sum.wrapping_add(times[unit].wrapping_mul(n)));
                samples[r].push(top as f64 / bottom as f64);
            }
        }
    }
    let tail = expanded_tail(units);
    let totals: Vec<u64> = denominators.iter().map(|list| list.iter().fold(0, |sum: u64, d| sum.wrapping_add(*d))).collect();
    ratios
        .iter()
        .zip(&mut samples)
        .map(|(ratio, sample)| {
            let total = Some(totals[ratio.denominators]).filter(|&total| total > 0 && has_denominator[ratio.denominators])?;
            let count = ratio.numerators.iter().fold(0, |sum: u64, &(_, n)| sum.wrapping_add(n));
            let exact = poisson_exact(count).scaled(1.0 / total as f64);
            if count == 0 { Some(exact) } else { percentiles(sample, tail).map(|found| found.hull(exact)) }
        })
        .collect()
}

/// Which share of the replicates lies beyond either end of an expanded 95 % interval: `Φ(−√(n / (n − 1)) t)`, with `t` the
/// 97.5 % quantile of Student's t with n − 1 degrees of freedom.
fn expanded_tail(units: usize) -> f64 {
    const TAIL: f64 = 0.025;
    let freedom = units.saturating_sub(1) as f64;
    let (Ok(student), Ok(normal)) = (StudentsT::new(0.0, 1.0, freedom), Normal::new(0.0, 1.0)) else { return TAIL };
    normal.cdf(-(units as f64 / freedom).sqrt() * student.inverse_cdf(1.0 - TAIL))
}

fn percentiles(sample: &mut [f64], tail: f64) -> Option<Interval> {
    let mut at = |p: f64| {
        let rank = ((sample.len() as f64 - 1.0) * p).round() as usize;
        (rank < sample.len()).then(|| *sample.select_nth_unstable_by(rank, f64::total_cmp).1)
    };
    Some(Interval { low: at(tail)?, high: at(1.0 - tail)? })
}

#[cfg(test)]
mod tests {
    use super::{Interval, Ratio, expanded_tail, poisson_exact, ratio_intervals};

    fn one(units: &[(u64, u64)], seed: u64) -> Option<Interval> {
        let denominators: Vec<u64> = units.iter().map(|u| u.1).collect();
        let numerators: Vec<(usize, u64)> = units.iter().enumerate().map(|(i, u)| (i, u.0)).collect();
        ratio_intervals(units.len(), &[Ratio { numerators: &numerators, denominators: 0 }], &[denominators], seed)[0]
    }

    /// By hand from tables of t (2.2622, 2.0930, 2.0227) and of the normal distribution: Φ(−2.3845), Φ(−2.1474), Φ(−2.0485).
    #[test]
    fn hesterberg_2015() {
        for (units, tail) in [(10, 0.0086), (20, 0.0159), (40, 0.0203)] {
            assert!((expanded_tail(units) - tail).abs() < 5e-5, "{units}: {}", expanded_tail(units));
        }
        assert!((expanded_tail(100_000) - 0.025).abs() < 1e-5);
        assert_eq!((expanded_tail(0), expanded_tail(1)), (0.025, 0.025));
    }

    /// Units that are all alike move no resample; the count of 24 in them could still have been another one.
    #[test]
    fn equal_units_have_the_spread_of_a_count() {
        let interval = one(&[(2, 100); 12], 7).unwrap();
        assert_eq!(interval, poisson_exact(24).scaled(1.0 / 1_200.0));
    }

    /// No hit tells little of few words: up to 3.689 in as many words would be no surprise (Garwood 1936).
    #[test]
    fn no_hits_are_no_certainty() {
        let interval = one(&[(0, 100); 12], 7).unwrap();
        assert!(interval.low == 0.0 && (interval.high - 3.689 / 1_200.0).abs() < 1e-6, "{interval:?}");
    }

    /// For a mean of independent units with much spread the interval nears mean ± 1.96 s/√n: 40 or 0, n = 400, mean 12.
    #[test]
    fn nears_the_normal_interval_on_a_large_sample() {
        let units: Vec<(u64, u64)> = (0..400).map(|i| (40 * u64::from(i % 10 < 3), 1)).collect();
        let interval = one(&units, 1).unwrap();
        let half = 40.0 * 1.96 * (0.3f64 * 0.7 / 400.0).sqrt();
        assert!((interval.low - (12.0 - half)).abs() < 0.24, "{interval:?}");
        assert!((interval.high - (12.0 + half)).abs() < 0.24, "{interval:?}");
    }

    /// Two ratios that share the draws, each over denominators of its own: as if each were alone.
    #[test]
    fn each_ratio_has_its_denominators() {
        let numerators: Vec<(usize, u64)> = (0..30).map(|i| (i, 40 * (i as u64 % 3))).collect();
        let denominators = [vec![1_000; 30], (0..30).map(|i| 100 * (i + 1)).collect::<Vec<u64>>()];
        let ratios = [Ratio { numerators: &numerators, denominators: 0 }, Ratio { numerators: &numerators, denominators: 1 }];
        let both = ratio_intervals(30, &ratios, &denominators, 3);
        for (interval, own) in both.iter().zip(&denominators) {
            let alone: Vec<(u64, u64)> = numerators.iter().zip(own).map(|(n, d)| (n.1, *d)).collect();
            assert_eq!(*interval, one(&alone, 3));
        }
    }

    #[test]
    fn nothing_to_resample() {
        assert!(one(&[], 1).is_none());
        assert!(one(&[(0, 0), (0, 0)], 1).is_none());
    }
}
