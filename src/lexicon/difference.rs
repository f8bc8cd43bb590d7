//! What differs between two lexicons.

use super::load::Lexicon;
use super::sheet::cells;

/// How an entry of one lexicon stands to the other lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Only the new lexicon has it.
    Added,
    /// Only the old lexicon has it.
    Removed,
    /// Both have it, and these columns differ: name, old value, new value, as in a sheet.
    Changed(Vec<(&'static str, String, String)>),
}

/// All differences by the id of the entry, sorted by id.
#[must_use]
pub fn differences(old: &Lexicon, new: &Lexicon) -> Vec<(String, Difference)> {
    let mut out: Vec<(String, Difference)> = Vec::new();
    for entry in old.entries() {
        match new.find(&entry.id) {
            None => out.push((entry.id.clone(), Difference::Removed)),
            Some(other) if other != entry => {
                let changed = cells(entry).into_iter().zip(cells(other)).filter(|(before, after)| before != after);
                out.push((
                    entry.id.clone(),
                    Difference::Changed(changed.map(|((column, before), (_, after))| (column, before, after)).collect()),
                ));
            }
            Some(_) => {}
        }
    }
    out.extend(new.entries().filter(|entry| old.find(&entry.id).is_none()).map(|entry| (entry.id.clone(), Difference::Added)));
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

#[cfg(test)]
mod tests {
    use super::{Difference, Lexicon, differences};

    #[test]
    fn added_removed_and_changed() {
        let read = |entries: &[(&str, u8)]| {
            let one = |(id, strength): &(&str, u8)| {
                format!("[[entry]]\nid = \"{id}\"\nterm = \"{id}\"\nkind = \"word\"\ncategory = \"c\"\nstrength = {strength}\n")
            };
            let file: Vec<String> = entries.iter().map(one).collect();
            Lexicon::from_toml("t", [("t.toml", file.join("\n").as_str())]).unwrap()
        };
        let found = differences(&read(&[("L-a", 1), ("L-b", 2), ("L-c", 3)]), &read(&[("L-b", 3), ("L-c", 3), ("L-d", 1)]));
        let changed = Difference::Changed(vec![("strength", "2".into(), "3".into())]);
        assert_eq!(found, [("L-a".into(), Difference::Removed), ("L-b".into(), changed), ("L-d".into(), Difference::Added)]);
    }
}
