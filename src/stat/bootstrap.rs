//! Interval for a ratio of sums over articles, by resampling articles.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::interval::Interval;

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

/// 95 % percentile bootstrap intervals of ratios over units drawn with replacement (Efron, B. & Tibshirani, R. 1993. An
/// Introduction to the Bootstrap, section 13.3). All ratios share the draws; `denominators` has a list for each kind of
/// denominator, a value for each unit in it. Each replicate has its own stream, seeded from `(seed, replicate)`, so that the
/// answer does not hang on threads. `None` where no replicate has a denominator.
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
        let mut stream = Pcg64Mcg::seed_from_u64(seed ^ replicate.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        times.fill(0);
        for _ in 0..units {
            // Multiply-shift maps the 64-bit word to 0..units; its unevenness is below units / 2^64.
            let pick = (u128::from(stream.next_u64()) * units as u128) >> 64;
            let time = &mut times[usize::try_from(pick).unwrap_or(0)];
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
    ratios
        .iter()
        .zip(&mut samples)
        .map(|(ratio, sample)| match (ratio.numerators.is_empty(), has_denominator[ratio.denominators]) {
            (true, true) => Some(Interval { low: 0.0, high: 0.0 }),
            (true, false) => None,
            (false, _) => percentiles(sample),
        })
        .collect()
}

fn percentiles(sample: &mut [f64]) -> Option<Interval> {
    let mut at = |p: f64| {
        let rank = ((sample.len() as f64 - 1.0) * p).round() as usize;
        (rank < sample.len()).then(|| *sample.select_nth_unstable_by(rank, f64::total_cmp).1)
    };
    Some(Interval { low: at(0.025)?, high: at(0.975)? })
}

#[cfg(test)]
mod tests {
    use super::{Interval, Ratio, ratio_intervals};

    fn one(units: &[(u64, u64)], seed: u64) -> Option<Interval> {
        let denominators: Vec<u64> = units.iter().map(|u| u.1).collect();
        let numerators: Vec<(usize, u64)> = units.iter().enumerate().map(|(i, u)| (i, u.0)).collect();
        ratio_intervals(units.len(), &[Ratio { numerators: &numerators, denominators: 0 }], &[denominators], seed)[0]
    }

    #[test]
    fn equal_units_have_no_spread() {
        let interval = one(&[(2, 100); 12], 7).unwrap();
        assert_eq!((interval.low, interval.high), (0.02, 0.02));
    }

    /// For a mean of independent units the percentile interval nears mean ± 1.96 s/√n: 0/1 units, n = 400, mean 0.3.
    #[test]
    fn nears_the_normal_interval_on_a_large_sample() {
        let units: Vec<(u64, u64)> = (0..400).map(|i| (u64::from(i % 10 < 3), 1)).collect();
        let interval = one(&units, 1).unwrap();
        let half = 1.96 * (0.3f64 * 0.7 / 400.0).sqrt();
        assert!((interval.low - (0.3 - half)).abs() < 0.006, "{interval:?}");
        assert!((interval.high - (0.3 + half)).abs() < 0.006, "{interval:?}");
    }

    #[test]
    fn nothing_to_resample() {
        assert!(one(&[], 1).is_none());
        assert!(one(&[(0, 0), (0, 0)], 1).is_none());
    }
}
