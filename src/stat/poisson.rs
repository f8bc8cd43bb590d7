//! Exact interval for a count.

use std::sync::OnceLock;

use statrs::distribution::{ContinuousCDF, Gamma};

use super::interval::Interval;

/// Exact 95 % interval for the mean of a Poisson count (Garwood, F. 1936. Fiducial limits for the Poisson
/// distribution. Biometrika 28, 437-442): `low = Γ⁻¹(0.025; n, 1)`, `high = Γ⁻¹(0.975; n + 1, 1)`, `low = 0` for 0.
#[must_use]
pub fn poisson_exact(count: u64) -> Interval {
    // Rates ask for the same small counts over and over, and a quantile is a search.
    static KNOWN: [OnceLock<Interval>; 256] = [const { OnceLock::new() }; 256];
    let known = usize::try_from(count).ok().and_then(|count| KNOWN.get(count));
    known.map_or_else(|| garwood(count), |known| *known.get_or_init(|| garwood(count)))
}

fn garwood(count: u64) -> Interval {
    let quantile = |shape: u64, p: f64| Gamma::new(shape as f64, 1.0).map_or(f64::NAN, |g| g.inverse_cdf(p));
    let low = if count == 0 { 0.0 } else { quantile(count, 0.025) };
    Interval { low, high: quantile(count + 1, 0.975) }
}

#[cfg(test)]
mod tests {
    use super::poisson_exact;

    /// Values of Garwood's table as printed in Pearson & Hartley, Biometrika Tables for Statisticians I, table 40.
    #[test]
    fn garwood_1936() {
        for (n, low, high) in
            [(0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (10, 4.795, 18.39), (50, 37.11, 65.92)]
        {
            let found = poisson_exact(n);
            assert!((found.low - low).abs() < 0.006, "{n}: {found:?}");
            assert!((found.high - high).abs() < 0.006, "{n}: {found:?}");
        }
    }
}
