//! Whether a lexicon lists the wording of every side of a dispute.

use std::collections::BTreeMap;

use crate::id::EntryId;

use super::builtin::topics;
use super::load::Lexicon;

/// More entries of one side than this many for each of the other, and the dispute is not evenly listed.
pub const MOST_TO_ONE: usize = 2;

/// The entries of one dispute by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicBalance {
    /// Id of the dispute: what stands before the colon in `leans`.
    pub topic: String,
    /// Its title for people.
    pub title: String,
    /// Its sides, by name.
    pub sides: Vec<SideBalance>,
}

/// The entries that lean to one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBalance {
    /// What stands after the colon in `leans`.
    pub side: String,
    /// What the side is for; empty where nobody has said.
    pub about: String,
    /// Entries of strength 1 and more.
    pub entries: Vec<EntryId>,
}

impl TopicBalance {
    /// Entries of the side with most and of the side with fewest.
    #[must_use]
    pub fn extremes(&self) -> (usize, usize) {
        let counts = self.sides.iter().map(|side| side.entries.len());
        (counts.clone().max().unwrap_or(0), counts.min().unwrap_or(0))
    }

    /// Whether there are two sides or more and none has more than [`MOST_TO_ONE`] entries for each of another.
    #[must_use]
    pub fn is_even(&self) -> bool {
        let (most, fewest) = self.extremes();
        self.sides.len() > 1 && most <= MOST_TO_ONE * fewest
    }
}

/// The disputes in which entries of the lexicon take sides, in order of id. Sides that the shipped list of disputes knows stand
/// there even where no entry leans to them.
#[must_use]
pub fn balance(lexicon: &Lexicon) -> Vec<TopicBalance> {
    let mut by_topic: BTreeMap<&str, BTreeMap<&str, Vec<EntryId>>> = BTreeMap::new();
    for (i, entry) in lexicon.entries().enumerate().filter(|(_, entry)| entry.strength > 0) {
        let Some((topic, side)) = entry.leans.split_once(':') else { continue };
        by_topic.entry(topic.trim()).or_default().entry(side.trim()).or_default().push(EntryId::new(i));
    }
    let sides_of = |topic: &str, mut sides: BTreeMap<&str, Vec<EntryId>>| {
        let known = topics().get(topic);
        for side in known.into_iter().flat_map(|t| t.sides.keys()) {
            sides.entry(side).or_default();
        }
        let about = |side: &str| known.and_then(|t| t.sides.get(side)).cloned().unwrap_or_default();
        sides.into_iter().map(|(side, entries)| SideBalance { side: side.to_owned(), about: about(side), entries }).collect()
    };
    let title = |topic: &str| topics().get(topic).map_or_else(|| topic.to_owned(), |t| t.title.clone());
    by_topic
        .into_iter()
        .map(|(topic, sides)| TopicBalance { topic: topic.to_owned(), title: title(topic), sides: sides_of(topic, sides) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, balance};

    #[test]
    fn two_to_one_is_even_and_three_to_one_is_not() {
        let entry = |i: usize, leans: &str| {
            format!("[[entry]]\nid = \"L-{i}\"\nterm = \"word{i}\"\nkind = \"word\"\ncategory = \"c\"\nstrength = 2\nleans = \"{leans}\"\n")
        };
        let of = |leans: &[&str]| {
            let file: Vec<String> = leans.iter().enumerate().map(|(i, l)| entry(i, l)).collect();
            let lexicon = Lexicon::from_toml("t", [("t.toml", file.join("\n").as_str())]).unwrap();
            balance(&lexicon).iter().map(|topic| (topic.topic.clone(), topic.extremes(), topic.is_even())).collect::<Vec<_>>()
        };
        assert_eq!(of(&["guns:control", "guns:rights", "guns:rights"]), [("guns".to_owned(), (2, 1), true)]);
        assert_eq!(of(&["x:a", "x:a", "x:b", "x:a"]), [("x".to_owned(), (3, 1), false)]);
        // The other side of a known dispute counts although nobody speaks for it; a side alone is not even.
        assert_eq!(of(&["guns:control"]), [("guns".to_owned(), (1, 0), false)]);
        assert_eq!(of(&["y:a"]), [("y".to_owned(), (1, 1), false)]);
    }
}
