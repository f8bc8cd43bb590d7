//! Whether two words are nearly the same letters.

/// Letters of the shorter word from which a slip or another spelling can be told from another word.
const LONG: usize = 5;
/// Least likeness of two spellings of one word.
const SAME_LETTERS: f64 = 0.75;

/// Whether two folded names are one in two spellings (`ameri`, `amiri`): normalised Damerau-Levenshtein likeness of 0.75 or more
/// (Damerau 1964), for words of five letters or more.
#[must_use]
pub fn is_variant(left: &str, right: &str) -> bool {
    let long = left.chars().count().min(right.chars().count()) >= LONG;
    left == right || long && strsim::normalized_damerau_levenshtein(left, right) >= SAME_LETTERS
}

#[cfg(test)]
mod tests {
    use super::is_variant;

    #[test]
    fn rows() {
        for (left, right, expected) in [
            ("ameri", "amiri", true),
            ("khazali", "khazaly", true),
            ("kim", "kit", false),
            ("kim", "kim", true),
            ("baker", "becker", false),
        ] {
            assert_eq!(is_variant(left, right), expected, "{left} {right}");
        }
    }
}
