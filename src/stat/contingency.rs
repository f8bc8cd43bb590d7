//! One word in two texts: how unevenly it is spread, and how large the difference is.

/// How often a word stands in each of two texts, and how long they are; `a <= words_a`, `b <= words_b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoTexts {
    /// Times in the first.
    pub a: u64,
    /// Times in the second.
    pub b: u64,
    /// Words of the first.
    pub words_a: u64,
    /// Words of the second.
    pub words_b: u64,
}

impl TwoTexts {
    /// Log-likelihood ratio G² over the four cells of word and other words (Dunning, T. 1993. Accurate methods for the
    /// statistics of surprise and coincidence. Computational Linguistics 19(1), 61-74): `2 Σ O ln(O / E)`, with
    /// `E = row × column / total` and 0 for an empty cell. `None` where a text has no words.
    #[must_use]
    pub fn g2(self) -> Option<f64> {
        Some(self.of_the_word()? + self.of_other_words()?)
    }

    /// The two cells of the word itself, as Rayson's calculator gives it (Rayson, P. & Garside, R. 2000. Comparing corpora
    /// using frequency profiling. Workshop on Comparing Corpora, ACL, 1-6).
    fn of_the_word(self) -> Option<f64> {
        self.cells(self.a, self.b)
    }

    fn of_other_words(self) -> Option<f64> {
        self.cells(self.words_a.checked_sub(self.a)?, self.words_b.checked_sub(self.b)?)
    }

    fn cells(self, a: u64, b: u64) -> Option<f64> {
        if self.words_a == 0 || self.words_b == 0 {
            return None;
        }
        let share = (a as f64 + b as f64) / (self.words_a as f64 + self.words_b as f64);
        let cell = |observed: u64, words: u64| {
            if observed == 0 { 0.0 } else { observed as f64 * (observed as f64 / (words as f64 * share)).ln() }
        };
        Some(2.0 * (cell(a, self.words_a) + cell(b, self.words_b)))
    }

    /// Log Ratio (Hardie, A. 2014. Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social
    /// Science, Lancaster): the binary logarithm of the ratio of both relative frequencies, 0 counted as 0.5; +1 is twice
    /// as often in the first text. `None` where a text has no words.
    #[must_use]
    pub fn log_ratio(self) -> Option<f64> {
        if self.words_a == 0 || self.words_b == 0 {
            return None;
        }
        let relative = |n: u64, words: u64| if n == 0 { 0.5 } else { n as f64 } / words as f64;
        Some((relative(self.a, self.words_a) / relative(self.b, self.words_b)).log2())
    }
}

#[cfg(test)]
mod tests {
    use super::TwoTexts;

    fn texts(a: u64, b: u64, words_a: u64, words_b: u64) -> TwoTexts {
        TwoTexts { a, b, words_a, words_b }
    }

    /// The first rows of Dunning's table of bigrams: `the swiss`, `can be`, `previous year`, `mineral water`, `at the`.
    #[test]
    fn dunning_1993() {
        for ([both, first, second, neither], g2) in [
            ([110, 2442, 111, 29114], 270.72),
            ([29, 13, 123, 31612], 263.90),
            ([31, 23, 139, 31584], 256.84),
            ([10, 0, 3, 31764], 167.23),
            ([76, 104, 2476, 29121], 157.21),
        ] {
            let found = texts(both, second, both + first, second + neither).g2().unwrap();
            assert!((found - g2).abs() < 0.005, "{found} {g2}");
        }
    }

    /// What Rayson's calculator shows: 52 in 50,000 against 57 in 75,000 words is 2.65 (the example of Lancaster's course
    /// on corpora); 392 against 170 in a million each is 90 (Rayson on the Corpora list, 18 January 2002). Four digits
    /// from the formula on its page.
    #[test]
    fn raysons_calculator() {
        for (given, shown, digits) in
            [(texts(52, 57, 50_000, 75_000), 2.65, 2.6517), (texts(392, 170, 1_000_000, 1_000_000), 90.0, 90.1301)]
        {
            let found = given.of_the_word().unwrap();
            assert!((found - digits).abs() < 5e-5, "{found}");
            assert!((found - shown).abs() < 0.5 * if shown < 10.0 { 0.01 } else { 1.0 }, "{found}");
        }
    }

    #[test]
    fn twice_as_often_is_one() {
        assert_eq!(texts(20, 10, 1_000, 1_000).log_ratio(), Some(1.0));
        assert_eq!(texts(5, 40, 1_000, 2_000).log_ratio(), Some(-2.0));
        // 0 counts as 0.5: log2(8 / 0.5).
        assert_eq!(texts(8, 0, 1_000, 1_000).log_ratio(), Some(4.0));
    }

    #[test]
    fn without_words_there_is_nothing_to_say() {
        assert_eq!((texts(0, 3, 0, 9).g2(), texts(0, 3, 0, 9).log_ratio()), (None, None));
        assert_eq!(texts(4, 4, 100, 100).g2(), Some(0.0));
    }
}
