//! Which words tell two texts apart, with small counts held back by what is known of the word.

use super::contingency::TwoTexts;

/// A difference of log-odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// Log-odds in the first text less those in the second, in nats.
    pub difference: f64,
    /// The difference in units of its standard deviation.
    pub z: f64,
}

/// Log-odds ratio with an informative Dirichlet prior (Monroe, B. L., Colaresi, M. P. & Quinn, K. M. 2008. Fightin' Words.
/// Political Analysis 16(4), 372-403, equations 15, 20 and 22): with `y` and `n` the counts of the word and of all words in a
/// text, `α` and `α₀` those of the prior,
/// `δ = ln((y₁ + α) / (n₁ + α₀ − y₁ − α)) − ln((y₂ + α) / (n₂ + α₀ − y₂ − α))`, `σ² ≈ 1 / (y₁ + α) + 1 / (y₂ + α)`, `z = δ / σ`.
/// `None` where an odd is not defined: the prior lacks the word, or a text has no other.
#[must_use]
pub fn log_odds(texts: TwoTexts, prior: f64, prior_words: f64) -> Option<LogOdds> {
    let (y1, y2) = (texts.a as f64 + prior, texts.b as f64 + prior);
    let (rest1, rest2) = (texts.words_a as f64 + prior_words - y1, texts.words_b as f64 + prior_words - y2);
    if [y1, y2, rest1, rest2].into_iter().any(|x| x <= 0.0) {
        return None;
    }
    let difference = (y1 / rest1).ln() - (y2 / rest2).ln();
    Some(LogOdds { difference, z: difference / (1.0 / y1 + 1.0 / y2).sqrt() })
}

#[cfg(test)]
mod tests {
    use super::{TwoTexts, log_odds};

    /// The paper prints results for a corpus that it does not print, so this example is its formulas by hand. A word 30
    /// times in 1,000 words and 10 times in 1,000, prior of both: 40 in 2,000. `y₁ + α = 70`, the rest 1,000 + 2,000 − 70 =
    /// 2,930; `y₂ + α = 50`, the rest 2,950. δ = ln(70 / 2,930) − ln(50 / 2,950) = −3.734262 + 4.077537 = 0.343275;
    /// σ² = 1/70 + 1/50 = 0.0342857, σ = 0.1851640; z = 1.853897.
    #[test]
    fn monroe_colaresi_quinn_2008_by_hand() {
        let found = log_odds(TwoTexts { a: 30, b: 10, words_a: 1_000, words_b: 1_000 }, 40.0, 2_000.0).unwrap();
        assert!((found.difference - 0.343_3).abs() < 5e-5, "{found:?}");
        assert!((found.z - 1.853_9).abs() < 5e-5, "{found:?}");
    }

    /// Equation 15 is the difference of two posterior log-odds: with a prior that says nothing (near 0) it is the plain
    /// logarithm of the odds ratio, and a prior that outweighs the texts takes it to 0.
    #[test]
    fn a_prior_holds_back() {
        let texts = TwoTexts { a: 6, b: 2, words_a: 100, words_b: 100 };
        let plain = ((6.0f64 / 94.0) / (2.0 / 98.0)).ln();
        assert!((log_odds(texts, 1e-9, 1e-6).unwrap().difference - plain).abs() < 1e-6);
        assert!(log_odds(texts, 4e6, 1e8).unwrap().difference.abs() < 1e-5);
        let swapped = TwoTexts { a: 2, b: 6, ..texts };
        assert_eq!(log_odds(texts, 8.0, 200.0).unwrap().z, -log_odds(swapped, 8.0, 200.0).unwrap().z);
    }

    #[test]
    fn odds_that_are_not_defined() {
        assert!(log_odds(TwoTexts { a: 0, b: 1, words_a: 5, words_b: 5 }, 0.0, 0.0).is_none());
        assert!(log_odds(TwoTexts { a: 5, b: 1, words_a: 5, words_b: 5 }, 0.0, 0.0).is_none());
    }
}
