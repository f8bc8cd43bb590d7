//! Interval for a share.

use super::interval::{Interval, Z_95};

/// 95 % interval for a share of independent trials (Wilson, E. B. 1927. Probable inference, the law of succession, and
/// statistical inference. Journal of the American Statistical Association 22, 209-212), without correction for continuity.
/// `None` without trials; `successes` above `trials` count as all.
#[must_use]
pub fn wilson(successes: u64, trials: u64) -> Option<Interval> {
    if trials == 0 {
        return None;
    }
    let (n, z2) = (trials as f64, Z_95 * Z_95);
    let share = successes.min(trials) as f64 / n;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::wilson;

    /// Newcombe, R. G. 1998. Two-sided confidence intervals for the single proportion. Statistics in Medicine 17, 857-872,
    /// table I, method 3.
    #[test]
    fn newcombe_1998() {
        for (successes, trials, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(successes, trials).unwrap();
            assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{successes}/{trials}: {found:?}");
        }
    }

    #[test]
    fn all_and_nothing() {
        assert!(wilson(0, 0).is_none());
        let (none, all) = (wilson(0, 20).unwrap(), wilson(20, 20).unwrap());
        assert!((all.low - (1.0 - none.high)).abs() < 1e-12 && all.high > 1.0 - 1e-12);
        assert_eq!(wilson(9, 5), wilson(5, 5));
    }

    /// Rounding takes no end out of the shares that there can be.
    #[test]
    fn ends_are_shares() {
        for trials in 1..2_000 {
            let (none, all) = (wilson(0, trials).unwrap(), wilson(trials, trials).unwrap());
            assert!(none.low >= 0.0 && all.high <= 1.0, "{trials}: {none:?} {all:?}");
        }
    }
}
