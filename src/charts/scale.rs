//! Axes that start at 0 and end on a round number.

/// A round step and a round end for an axis from 0, of four to eight steps.
#[must_use]
pub fn ticks(top: f64) -> (f64, f64) {
    let top = if top.is_finite() && top > 0.0 { top } else { 1.0 };
    let power = 10f64.powf((top / 5.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|s| s * power).find(|s| top / s <= 6.0).unwrap_or(10.0 * power);
    (step, (top / step).ceil() * step)
}

/// A tick as it is written.
#[must_use]
pub fn number(value: f64) -> String {
    if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn axes_end_on_round_numbers() {
        for (top, expected) in [(23.0, (5.0, 25.0)), (4.8, (1.0, 5.0)), (0.0, (0.2, 1.0)), (f64::NAN, (0.2, 1.0)), (130.0, (50.0, 150.0))] {
            let found = ticks(top);
            assert!((found.0 - expected.0).abs() < 1e-9 && (found.1 - expected.1).abs() < 1e-9, "{top}: {found:?}");
        }
    }
}
