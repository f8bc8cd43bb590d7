//! Interval for a ratio of sums over articles, by resampling articles.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::interval::Interval;

/// Replicates of a bootstrap.
pub const REPLICATES: u64 = 2_000;

/// 95 % percentile bootstrap interval of `Σ numerator / Σ denominator` over units drawn with replacement (Efron, B. &
/// Tibshirani, R. 1993. An Introduction to the Bootstrap, section 13.3). Each replicate has its own stream, seeded from
/// `(seed, replicate)`, so that the answer does not hang on the number of threads. `None` without units or when every
/// denominator is 0.
#[must_use]
pub fn ratio_interval(units: &[(u64, u64)], seed: u64) -> Option<Interval> {
    let n = u64::try_from(units.len()).ok().filter(|&n| n > 0)?;
    let mut ratios: Vec<f64> = (0..REPLICATES)
        .filter_map(|replicate| {
            let mut stream = Pcg64Mcg::seed_from_u64(seed ^ replicate.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let (mut top, mut bottom) = (0u64, 0u64);
            for _ in 0..n {
                // Multiply-shift maps the 64-bit word to 0..n; its unevenness is below n / 2^64.
                let pick = (u128::from(stream.next_u64()) * u128::from(n)) >> 64;
                let (a, b) = units[usize::try_from(pick).unwrap_or(0)];
                top += a;
                bottom += b;
            }
            (bottom > 0).then(|| top as f64 / bottom as f64)
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    let at = |p: f64| ratios.get(((ratios.len() as f64 - 1.0) * p).round() as usize).copied();
    Some(Interval { low: at(0.025)?, high: at(0.975)? })
}

#[cfg(test)]
mod tests {
    use super::ratio_interval;

    #[test]
    fn equal_units_have_no_spread() {
        let interval = ratio_interval(&[(2, 100); 12], 7).unwrap();
        assert_eq!((interval.low, interval.high), (0.02, 0.02));
    }

    /// For a mean of independent units the percentile interval nears mean ± 1.96 s/√n: 0/1 units, n = 400, mean 0.3.
    #[test]
    fn nears_the_normal_interval_on_a_large_sample() {
        let units: Vec<(u64, u64)> = (0..400).map(|i| (u64::from(i % 10 < 3), 1)).collect();
        let interval = ratio_interval(&units, 1).unwrap();
        let half = 1.96 * (0.3f64 * 0.7 / 400.0).sqrt();
        assert!((interval.low - (0.3 - half)).abs() < 0.006, "{interval:?}");
        assert!((interval.high - (0.3 + half)).abs() < 0.006, "{interval:?}");
    }

    #[test]
    fn nothing_to_resample() {
        assert!(ratio_interval(&[], 1).is_none());
        assert!(ratio_interval(&[(0, 0), (0, 0)], 1).is_none());
    }
}
