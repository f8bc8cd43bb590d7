//! Agreement among several people who judge the same things.

use std::collections::BTreeMap;

/// Krippendorff's alpha for values without order (Krippendorff, K. 2011. Computing Krippendorff's alpha-reliability. University of
/// Pennsylvania, section C): `α = 1 - Dₒ / Dₑ`, observed over expected disagreement. A unit holds the values that were given to one
/// thing; units with fewer than two say nothing and are left out. 1 is full agreement, 0 what chance would bring, less is possible.
/// `None` where all values are one, so that nothing could disagree.
#[must_use]
pub fn nominal_alpha<V: Ord + Clone>(units: &[Vec<V>]) -> Option<f64> {
    let (mut all, mut observed): (BTreeMap<V, f64>, f64) = (BTreeMap::new(), 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut here: BTreeMap<V, f64> = BTreeMap::new();
        for value in unit {
            *here.entry(value.clone()).or_default() += 1.0;
            *all.entry(value.clone()).or_default() += 1.0;
        }
        observed += unequal(here.values()) / (unit.len() as f64 - 1.0);
    }
    let pairable: f64 = all.values().sum();
    let expected = unequal(all.values()) / (pairable - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// Ordered pairs of different values.
fn unequal<'c>(counts: impl Iterator<Item = &'c f64> + Clone) -> f64 {
    let all: f64 = counts.clone().sum();
    all * all - counts.map(|n| n * n).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::nominal_alpha;

    fn units(rows: &[&str]) -> Vec<Vec<char>> {
        let rows: Vec<Vec<char>> = rows.iter().map(|row| row.chars().filter(|c| *c != ' ').collect()).collect();
        (0..rows[0].len()).map(|i| rows.iter().map(|row| row[i]).filter(|&c| c != '.').collect()).collect()
    }

    /// Section A of the paper: two observers, ten articles, two values.
    #[test]
    fn krippendorff_2011_a() {
        let alpha = nominal_alpha(&units(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"])).unwrap();
        assert!((alpha - 0.095).abs() < 5e-4, "{alpha}");
    }

    /// Section C: four observers, five values, gaps.
    #[test]
    fn krippendorff_2011_c() {
        let rows = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."];
        let alpha = nominal_alpha(&units(&rows)).unwrap();
        assert!((alpha - 0.743).abs() < 5e-4, "{alpha}");
    }

    #[test]
    fn nothing_to_disagree_on_is_no_agreement() {
        assert_eq!(nominal_alpha(&units(&["1 1", "1 1"])), None);
        assert_eq!(nominal_alpha::<char>(&[]), None);
        assert_eq!(nominal_alpha(&units(&["1 2", ". ."])), None);
    }
}
