//! Inflected forms and spelling pairs of English words, by rule and by a list of irregular ones.
//!
//! Rules may make forms that nobody writes; those never match. What matters is that no written form is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static IRREGULAR: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("../../lexicons/en/irregular.toml")).expect("the shipped list is tested"));

/// Endings that differ between British and American spelling; each row both ways.
const SPELLINGS: [(&str, &str); 16] = [
    ("ise", "ize"),
    ("ises", "izes"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("isations", "izations"),
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("fence", "fense"),
    ("centre", "center"),
    ("centres", "centers"),
    ("sceptic", "skeptic"),
    ("sceptics", "skeptics"),
    ("programme", "program"),
];

/// Whether a word has forms that no rule makes.
#[must_use]
pub fn is_irregular(word: &str) -> bool {
    IRREGULAR.contains_key(word)
}

/// A folded word and its plural, third person, past and `-ing` forms, sorted.
#[must_use]
pub fn forms(word: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::from([word.to_owned()]);
    if let Some(listed) = IRREGULAR.get(word) {
        out.extend(listed.iter().cloned());
        return out;
    }
    let ends = |endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
    if word.len() > 4 && ends(&["man"]) && !ends(&["german", "human", "roman", "talisman"]) {
        out.insert(format!("{}men", word.trim_end_matches("man")));
        return out;
    }
    // What is inflected already takes no second ending but a plural: `warnings`, never `crushinged`.
    if word.len() >= 7 && ends(&["ing", "ed"]) && !ends(&["eed"]) {
        out.insert(format!("{word}s"));
        return out;
    }
    let vowel_before_y = ends(&["ay", "ey", "oy", "uy"]);
    let stem_y = word.strip_suffix('y').filter(|_| !vowel_before_y);
    match stem_y {
        Some(stem) => out.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")]),
        None => {
            out.insert(if ends(&["s", "x", "z", "ch", "sh"]) { format!("{word}es") } else { format!("{word}s") });
            match word.strip_suffix('e') {
                Some(stem) => {
                    out.extend([format!("{word}d"), if ends(&["ee", "ye", "oe"]) { format!("{word}ing") } else { format!("{stem}ing") }])
                }
                None => out.extend([format!("{word}ed"), format!("{word}ing")]),
            }
        }
    }
    if doubles(word) {
        let last = word.chars().next_back().unwrap_or_default();
        out.extend([format!("{word}{last}ed"), format!("{word}{last}ing")]);
    }
    out
}

/// Verbs of several syllables that double the last consonant: most have the stress there.
const STRESSED_LAST: [&str; 25] = [
    "abet", "acquit", "admit", "allot", "commit", "concur", "confer", "defer", "deter", "emit", "incur", "infer", "kidnap", "occur",
    "omit", "permit", "prefer", "recur", "refer", "regret", "submit", "transfer", "transmit", "handicap", "worship",
];

/// Whether the last consonant doubles before `-ed` and `-ing`: after one short vowel in words of one syllable (`slam`), in
/// those with the stress on the last, and for `l` in British spelling (`label`).
fn doubles(word: &str) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let last: Vec<char> = word.chars().rev().take(3).collect();
    let [c, v, b] = last[..] else { return false };
    let short = !vowel(b) && vowel(v) && matches!(c, 'b' | 'd' | 'g' | 'l' | 'm' | 'n' | 'p' | 'r' | 't');
    let syllables = word.split(|c: char| !vowel(c)).filter(|group| !group.is_empty()).count();
    short && (syllables == 1 || c == 'l' || STRESSED_LAST.contains(&word))
}

/// The same word in the other spelling, if it has one; with the word itself.
#[must_use]
pub fn spellings(word: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::from([word.to_owned()]);
    for (british, american) in SPELLINGS {
        for (from, to) in [(british, american), (american, british)] {
            // Short stems ("wise", "four", "or") have no second spelling.
            if let Some(stem) = word.strip_suffix(from).filter(|stem| stem.len() >= 2 && word.len() > 5) {
                out.insert(format!("{stem}{to}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{forms, spellings};

    #[test]
    fn inflected() {
        for (word, expected) in [
            ("terrorist", "terrorists"),
            ("oust", "ousted"),
            ("spy", "spying"),
            ("crony", "cronies"),
            ("slam", "slamming"),
            ("henchman", "henchmen"),
            ("take", "took"),
            ("seize", "seizing"),
            ("crush", "crushes"),
            ("flee", "fled"),
            ("disagree", "disagreeing"),
        ] {
            assert!(forms(word).contains(expected), "{word}: {:?}", forms(word));
        }
        assert!(!forms("german").contains("germen"));
        for (word, never) in [("crushing", "crushinged"), ("border", "borderred"), ("occupied", "occupieded"), ("target", "targetted")] {
            assert!(!forms(word).contains(never), "{word}: {:?}", forms(word));
        }
        for (word, expected) in
            [("label", "labelled"), ("label", "labeled"), ("admit", "admitted"), ("proceed", "proceeding"), ("warning", "warnings")]
        {
            assert!(forms(word).contains(expected), "{word}: {:?}", forms(word));
        }
    }

    #[test]
    fn spelled_both_ways() {
        assert!(spellings("neutralised").contains("neutralized"));
        assert!(spellings("organization").contains("organisation"));
        assert!(spellings("neighbour").contains("neighbor"));
        assert_eq!(spellings("wise").len(), 1);
    }
}
