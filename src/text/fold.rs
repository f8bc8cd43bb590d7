//! One form per word, for comparing; the original stays where it is, for showing.
//!
//! Folding: NFC, lower case, curly apostrophes to plain, possessive `'s` off, inner dots of initialisms off
//! (`U.S.` and `US` are one word). Offsets never pass through it: it maps a word to a word, not a text to a text.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Folds one word into `out` (cleared first).
pub fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else if is_nfc_quick(word.chars()) == IsNormalized::Yes {
        word.chars().for_each(|c| push(c, out));
    } else {
        word.nfc().for_each(|c| push(c, out));
    }
    if out.len() > 2 && out.ends_with("'s") {
        out.truncate(out.len() - 2);
    }
    if is_initialism(out) {
        out.retain(|c| c != '.');
    }
}

fn push(c: char, out: &mut String) {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' => out.push('\''),
        // Soft hyphens and zero-width marks are invisible in print and must not part equal words.
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
        _ => out.extend(c.to_lowercase()),
    }
}

fn is_initialism(word: &str) -> bool {
    word.len() >= 3 && word.chars().enumerate().all(|(i, c)| if i % 2 == 0 { c.is_alphabetic() } else { c == '.' })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding() {
        for (word, expected) in [
            ("Iraq’s", "iraq"),
            ("Iraq's", "iraq"),
            ("U.S", "us"),
            ("U.S.", "us"),
            ("DIDN’T", "didn't"),
            ("e\u{301}lan", "élan"),
            ("co\u{AD}operate", "cooperate"),
            ("3.5", "3.5"),
            ("’s", "'s"),
            ("Straße", "straße"),
        ] {
            let mut out = String::new();
            fold(word, &mut out);
            assert_eq!(out, expected, "{word}");
        }
    }
}
