//! Cells that a spreadsheet could take for a formula (CWE-1236; OWASP on CSV injection).

use std::borrow::Cow;

/// Whether a spreadsheet could take the text for a formula, full-width twins included.
#[must_use]
pub fn is_formula(value: &str) -> bool {
    value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'])
}

/// The text with an apostrophe before what could be a formula, or before an apostrophe that such a text has already.
#[must_use]
pub fn guarded(value: &str) -> Cow<'_, str> {
    if is_formula(value.trim_start_matches('\'')) { Cow::Owned(format!("'{value}")) } else { Cow::Borrowed(value) }
}

/// The text that [`guarded`] was given.
#[must_use]
pub fn unguarded(value: &str) -> &str {
    value.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\''))).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::{guarded, unguarded};

    #[test]
    fn guarding_loses_nothing() {
        for text in ["", "plain", "=1+1", "'=1+1", "''-x", "-phobia", "'tis", "@home"] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("'tis"), "'tis");
    }

    #[test]
    fn every_sign_that_starts_a_formula_is_guarded() {
        for sign in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"] {
            let text = format!("{sign}1");
            assert_eq!(guarded(&text), format!("'{text}"), "{sign:?}");
        }
    }
}
