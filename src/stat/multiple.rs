//! Many tests at once.

/// For each p-value the smallest false discovery rate at which it would be called a discovery (Benjamini, Y. & Hochberg,
/// Y. 1995. Controlling the false discovery rate. Journal of the Royal Statistical Society B 57, 289-300): of the `m` values,
/// `q₍ᵢ₎ = min over j ≥ i of m p₍ⱼ₎ / j`, at most 1. In the order given.
#[must_use]
pub fn false_discovery_rates(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut q = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (i, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * p.len() as f64 / (i + 1) as f64);
        q[at] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::false_discovery_rates;

    /// The example of the paper, section 3.2: 15 p-values, four discoveries at 0.05.
    #[test]
    fn benjamini_hochberg_1995() {
        let p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];
        let q = false_discovery_rates(&p);
        assert_eq!(q.iter().filter(|&&q| q <= 0.05).count(), 4);
        // 15 × 0.0095 / 4; then 15 × 0.0298 / 7, which also holds for the one before it.
        for (at, value) in [(0, 0.0015), (3, 0.0356), (4, 0.0603), (5, 0.0639), (6, 0.0639), (14, 1.0)] {
            assert!((q[at] - value).abs() < 5e-5, "{at}: {}", q[at]);
        }
    }

    #[test]
    fn the_order_given_stays() {
        assert_eq!(false_discovery_rates(&[0.5, 0.01]), [0.5, 0.02]);
        assert!(false_discovery_rates(&[]).is_empty());
    }
}
