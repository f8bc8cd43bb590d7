//! Texts that are only the start of an article, and the marks that say so.

/// Where the tail of a cut text starts: the mark (`… [+695 chars]`, `[…]`) and the word before it, of which nobody knows whether
/// it is whole. `None` for a text that shows no such mark.
#[must_use]
pub fn cut(text: &str) -> Option<usize> {
    let end = text.trim_end();
    let inside = end.strip_suffix(']')?;
    let open = inside.rfind('[')?;
    let mark = inside.get(open + 1..)?.trim();
    if !(matches!(mark, "…" | "..." | "&hellip;" | "&#8230;") || is_count(mark)) {
        return None;
    }
    text.get(..open).map(without_last_word)
}

/// Where the tail of a text that is known to be cut starts: its dots and the word before them; its end if it ends in a sentence.
#[must_use]
pub fn cut_of_excerpt(text: &str) -> usize {
    if let Some(at) = cut(text) {
        return at;
    }
    let end = text.trim_end();
    let bare = end.trim_end_matches(['…', '.']);
    let dotted = end.ends_with('…') || end.ends_with("...");
    if dotted { without_last_word(bare) } else { end.len() }
}

/// `+695 chars`, `1234 chars`, `123 more words`.
fn is_count(mark: &str) -> bool {
    let mut words = mark.trim_start_matches('+').split_whitespace();
    words.next().is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || b == b','))
        && words.next_back().is_some_and(|unit| matches!(unit, "chars" | "characters" | "words"))
}

/// The end of what stands before the last word of a text, without dots and blanks.
fn without_last_word(text: &str) -> usize {
    let bare = text.trim_end().trim_end_matches(['…', '.']).trim_end();
    bare.rfind(char::is_whitespace).map_or(0, |at| bare.get(..at).unwrap_or("").trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::{cut, cut_of_excerpt};

    #[test]
    fn tails_of_cut_texts() {
        let kept = |text: &'static str| cut(text).map(|at| text.get(..at).unwrap());
        assert_eq!(kept("The opinion of Senator … [+1855 chars]"), Some("The opinion of"));
        assert_eq!(kept("The proprietor R. C… [+1830 chars]\n"), Some("The proprietor R."));
        assert_eq!(kept("It said on Mon... [1234 chars]"), Some("It said on"));
        assert_eq!(kept("It went on […]"), Some("It went"));
        assert_eq!(kept("He said \"they [the troops]"), None);
        assert_eq!(kept("An amendment [12]"), None);
        assert_eq!(kept("Whole. And a dot …"), None);
        assert_eq!(cut_of_excerpt("It went on and o…"), "It went on and".len());
        assert_eq!(cut_of_excerpt("A summary. "), "A summary.".len());
        assert_eq!(cut("[+3 chars]"), Some(0));
    }
}
