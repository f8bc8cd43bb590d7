//! Outlets without their names, for coding blind: what would tell who published is taken out before anything is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::id::Key;

use super::record::{Record, Skipped};
use super::without::REPORT;

/// What was taken out, for the one file that may hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// Names of outlets by what stands for them.
    pub outlets: BTreeMap<String, String>,
    /// What was taken out of each article, in corpus order.
    pub articles: Vec<(Key, Unmasked)>,
    /// Folded spellings, and what stands for them.
    spellings: BTreeMap<String, String>,
}

/// What would tell who published an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unmasked {
    /// The file.
    pub path: Arc<str>,
    /// Its id as given.
    pub source_id: String,
    /// Name of the outlet.
    pub outlet: String,
    /// Its title as given.
    pub title: String,
    /// Its by-line.
    pub byline: String,
    /// Its address.
    pub url: String,
}

impl Masked {
    /// Numbers outlets. `spellings` are pairs of a name and a way in which it was given. The order is that of a hash, so that the
    /// number tells nothing of the name's place in the alphabet.
    #[must_use]
    pub fn new<'n>(spellings: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        let spellings: BTreeSet<(&str, &str)> = spellings.collect();
        let mut names: Vec<&str> = spellings.iter().map(|(name, _)| *name).collect();
        names.dedup();
        names.sort_by_key(|name| (xxh3_64(name.as_bytes()), *name));
        // As wide as the last, so that the order of names is that of numbers.
        let width = names.len().to_string().len();
        let shown: BTreeMap<&str, String> = names.iter().zip(1..).map(|(name, n)| (*name, format!("Outlet {n:0width$}"))).collect();
        let mut masked = Self::default();
        for (name, given) in spellings {
            let shown = shown.get(name).cloned().unwrap_or_default();
            for spelling in [name, given].into_iter().filter(|s| !s.is_empty()) {
                masked.spellings.entry(folded(spelling)).or_insert_with(|| shown.clone());
            }
            masked.outlets.insert(shown, name.to_owned());
        }
        masked
    }

    /// A name as it may be shown: what stands for an outlet of the corpus, any other as it is.
    #[must_use]
    pub fn shown<'n>(&'n self, name: &'n str) -> &'n str {
        self.spellings.get(&folded(name)).map_or(name, |shown| shown)
    }

    /// Takes out of a record what would tell who published it.
    #[must_use]
    pub fn mask(&self, record: &mut Record) -> Unmasked {
        let outlet = self.shown(&record.outlet).to_owned();
        let title = self.title(&record.title);
        let path = std::mem::replace(&mut record.path, outlet.as_str().into());
        record.outlet_given.clear();
        record.note.clear();
        record.duplicate_mark.clear();
        Unmasked {
            path,
            source_id: std::mem::take(&mut record.source_id),
            outlet: std::mem::replace(&mut record.outlet, outlet),
            title: std::mem::replace(&mut record.title, title),
            byline: std::mem::take(&mut record.byline),
            url: std::mem::take(&mut record.url),
        }
    }

    /// Takes out of a skipped input what would tell who published it.
    pub fn mask_skipped(&self, skipped: &mut Skipped) {
        "(masked)".clone_into(&mut skipped.path);
        skipped.text.clear();
        // The cause of a fault may quote the text.
        if skipped.mend == REPORT {
            "internal fault".clone_into(&mut skipped.reason);
        }
    }

    /// A headline without the name of an outlet at its end or in front, as pages have it (`Talks resume | The Daily A`).
    #[must_use]
    pub fn title(&self, title: &str) -> String {
        let ends = [" | ", " - ", " – ", " — ", " :: ", " · "].into_iter().filter_map(|mark| title.rsplit_once(mark));
        let is_name = |part: &str| self.spellings.contains_key(&folded(part));
        let title = ends.into_iter().find(|(_, end)| is_name(end)).map_or(title, |(headline, _)| headline);
        let fronts = [": ", " | ", " - ", " – ", " — ", " :: ", " · "].into_iter().filter_map(|mark| title.split_once(mark));
        fronts.into_iter().find(|(front, _)| is_name(front)).map_or(title, |(_, headline)| headline).to_owned()
    }
}

/// Letters and digits in lower case.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Masked;
    use crate::corpus::record::Record;

    fn masked() -> Masked {
        Masked::new([("BBC", "BBC News"), ("The Daily A", ""), ("Zeitung", "")].into_iter())
    }

    #[test]
    fn one_outlet_has_one_number_in_any_spelling() {
        let masked = masked();
        assert_eq!(masked.outlets.len(), 3);
        let bbc = masked.shown("BBC");
        assert!(bbc.starts_with("Outlet ") && masked.shown("bbc news") == bbc);
        assert_eq!(masked.shown("Reuters"), "Reuters");
        let wide = Masked::new(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map(|name| (name, "")).into_iter());
        assert_eq!(wide.outlets.keys().next().map(String::as_str), Some("Outlet 01"));
        let order: Vec<&str> = wide.outlets.values().map(String::as_str).collect();
        assert_ne!(order, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
    }

    #[test]
    fn a_record_tells_no_name() {
        let mut record = Record::of_text("bbc/1.txt", "BBC", "Text.");
        record.title = "Time to talk | BBC News".into();
        record.url = "https://bbc.example/1".into();
        record.byline = "Jane Roe, BBC".into();
        let taken = masked().mask(&mut record);
        assert_eq!((record.title.as_str(), record.url.as_str(), record.byline.as_str()), ("Time to talk", "", ""));
        assert_eq!(masked().title("BBC: Time to talk - The Daily A"), "Time to talk");
        assert_eq!(masked().title("Talks: a Zeitung - and more"), "Talks: a Zeitung - and more");
        assert!(record.outlet.starts_with("Outlet ") && *record.path == record.outlet && record.source_id.is_empty());
        assert_eq!((taken.outlet.as_str(), &*taken.path, taken.url.as_str()), ("BBC", "bbc/1.txt", "https://bbc.example/1"));
    }
}
