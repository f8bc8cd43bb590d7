//! Whether two names of speakers can be one person's: as printed, in one article or in two.

use std::collections::BTreeSet;

use crate::text::language::Language;
use crate::text::spelling::is_variant;

/// How the named speakers of two quotations stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// One name, though perhaps one of them is shorter or spelled otherwise.
    Same,
    /// Two names.
    Different,
    /// One of them is not named: a role, a pronoun, nobody.
    Unnamed,
}

/// Compares two speakers as printed.
#[must_use]
pub fn agreement(left: &str, right: &str) -> Agreement {
    match (name(left), name(right)) {
        (Some(a), Some(b)) => {
            let (few, many) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
            let known = |word: &String| many.iter().any(|other| is_variant(word, other));
            if few.iter().all(known) { Agreement::Same } else { Agreement::Different }
        }
        _ => Agreement::Unnamed,
    }
}

/// What a group's speakers come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speakers {
    /// All members name one.
    One,
    /// Two members name two.
    SeveralNames,
    /// Those who name one agree, and some name none.
    UnnamedInSome,
    /// No member names one.
    Unnamed,
}

impl Speakers {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::SeveralNames => "several_names",
            Self::UnnamedInSome => "unnamed_in_some",
            Self::Unnamed => "unnamed",
        }
    }

    /// Of the speakers of all members, as printed; empty where none is.
    #[must_use]
    pub fn of<'n>(printed: impl Iterator<Item = &'n str>) -> Self {
        let mut unnamed = false;
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for speaker in printed {
            if name(speaker).is_some() {
                named.insert(speaker);
            } else {
                unnamed = true;
            }
        }
        // The fullest name knows all shorter ones of the same person.
        let Some(fullest) = named.iter().max_by_key(|n| (name(n).map_or(0, |words| words.len()), std::cmp::Reverse(**n))) else {
            return Self::Unnamed;
        };
        if named.iter().any(|other| agreement(fullest, other) != Agreement::Same) {
            Self::SeveralNames
        } else if unnamed {
            Self::UnnamedInSome
        } else {
            Self::One
        }
    }
}

/// The words of the name in a speaker: the last run of capitalised words after whatever titles and roles stand before it.
fn name(printed: &str) -> Option<Vec<String>> {
    let language = Language::english();
    let mut run: Vec<String> = Vec::new();
    for word in printed.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        let bare = word.trim_matches(['\'', '’']).trim_end_matches("'s").trim_end_matches("’s");
        let folded = bare.to_lowercase();
        if folded.chars().filter(|c| c.is_alphabetic()).count() < 2
            || folded.contains(char::is_numeric)
            || language.name_particles.contains(&folded)
        {
            continue;
        }
        let title = language.name_titles.contains(&folded) || language.titles.contains(&folded) || language.stop_words.contains(&folded);
        if title || !bare.starts_with(char::is_uppercase) {
            // `Roe, a lawyer`: what follows a name does not undo it, `minister Roe` starts one.
            if !run.is_empty() && !title {
                break;
            }
            run.clear();
        } else {
            run.push(folded);
        }
    }
    (!run.is_empty()).then_some(run)
}

#[cfg(test)]
mod tests {
    use super::{Agreement, Speakers, agreement};

    #[test]
    fn names_agree_or_not() {
        for (left, right, expected) in [
            ("Hadi al-Ameri", "Ameri", Agreement::Same),
            ("Hadi al-Ameri", "Al-Amiri", Agreement::Same),
            ("Costa Rican President Luis Guillermo Solis", "Luis Solis", Agreement::Same),
            ("US Secretary of State John Kerry", "Mr. Kerry", Agreement::Same),
            ("study author Xinyu Dai", "Xinyu Dai", Agreement::Same),
            ("Hillary Clinton", "Bill Clinton", Agreement::Different),
            ("Xinyu Dai", "Priyamvada Natarajan", Agreement::Different),
            // Too short to be told apart by a letter.
            ("Kim", "Kit", Agreement::Different),
            ("the ministry", "Roe", Agreement::Unnamed),
            ("62", "Roe", Agreement::Unnamed),
            ("He", "Roe", Agreement::Unnamed),
            ("", "Roe", Agreement::Unnamed),
        ] {
            assert_eq!(agreement(left, right), expected, "{left} / {right}");
            assert_eq!(agreement(right, left), expected, "{right} / {left}");
        }
    }

    #[test]
    fn speakers_of_a_group() {
        for (all, expected) in [
            (&["Jane Roe", "Roe", "Minister Jane Roe"][..], Speakers::One),
            (&["Jane Roe", "she"], Speakers::UnnamedInSome),
            (&["Jane Roe", "Ada Lind", ""], Speakers::SeveralNames),
            (&["Jane Roe", "Roe", "John Roe"], Speakers::SeveralNames),
            (&["", "the ministry"], Speakers::Unnamed),
            (&[], Speakers::Unnamed),
        ] {
            assert_eq!(Speakers::of(all.iter().copied()), expected, "{all:?}");
        }
    }
}
