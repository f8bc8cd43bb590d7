//! Which spellings name one outlet.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Other names and hosts of outlets, to the name under which each is counted.
#[derive(Clone, Debug, Default)]
pub struct OutletNames {
    by_key: HashMap<String, String>,
}

static SHIPPED: LazyLock<OutletNames> =
    LazyLock::new(|| OutletNames::parse(include_bytes!("../../lexicons/outlets.csv")).expect("the shipped list is tested"));

impl OutletNames {
    /// The shipped list, `lexicons/outlets.csv`.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a list: a header with `name` and, if wanted, `also` and `hosts`, each with `|` between several.
    ///
    /// # Errors
    /// The line, and what is wrong there.
    pub fn parse(bytes: &[u8]) -> Result<Self, (usize, String)> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
        let line = |at: Option<&csv::Position>| at.map_or(1, |p| usize::try_from(p.line()).unwrap_or(0));
        let header = reader.headers().map_err(|e| (1, e.to_string()))?.clone();
        let column = |name: &str| header.iter().position(|found| found.trim().eq_ignore_ascii_case(name));
        let names = header.iter().collect::<Vec<_>>().join(", ");
        let name = column("name").ok_or_else(|| (1, format!("no column \"name\" among {names}")))?;
        let others = [column("also"), column("hosts")];
        let mut found = Self::default();
        for row in reader.records() {
            let row = row.map_err(|e| (line(e.position()), e.to_string()))?;
            let own = row.get(name).map_or("", str::trim);
            if own.is_empty() {
                return Err((line(row.position()), "names no outlet".to_owned()));
            }
            let cells = others.iter().filter_map(|at| row.get((*at)?)).flat_map(|cell| cell.split('|'));
            for other in std::iter::once(own).chain(cells).map(key).filter(|key| !key.is_empty()) {
                match found.by_key.insert(other, own.to_owned()) {
                    Some(taken) if taken != own => {
                        return Err((line(row.position()), format!("a name of \"{own}\" is one of \"{taken}\" as well")));
                    }
                    _ => {}
                }
            }
        }
        Ok(found)
    }

    /// Puts another list over this one.
    #[must_use]
    pub fn overlaid(mut self, over: Self) -> Self {
        self.by_key.extend(over.by_key);
        self
    }

    /// The name under which an outlet of this name or host is counted, if the list has it.
    #[must_use]
    pub fn get(&self, given: &str) -> Option<&str> {
        self.by_key.get(&key(given)).map(String::as_str)
    }

    /// One name for all names that stand for one outlet: the list's, else, of spellings that differ in case, spaces, marks or a
    /// leading "The" alone, the most frequent. An outlet that has one name only keeps it, unless that is a host. Holds only names
    /// that change.
    #[must_use]
    pub fn fold<'n>(&self, given: impl Iterator<Item = &'n str>) -> BTreeMap<String, String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        given.for_each(|name| *counts.entry(name).or_default() += 1);
        let mut spellings: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
        for (&name, &count) in &counts {
            spellings.entry(self.get(name).map_or_else(|| key(name), key)).or_default().push((name, count));
        }
        let mut folded = BTreeMap::new();
        for names in spellings.into_values() {
            let Some(&(first, _)) = names.first() else { continue };
            if names.len() == 1 && !is_host(first) {
                continue;
            }
            let frequent = names.iter().rev().max_by_key(|(_, count)| *count).map_or(first, |(name, _)| name);
            let one = self.get(first).unwrap_or(frequent);
            folded.extend(names.iter().filter(|(name, _)| *name != one).map(|(name, _)| ((*name).to_owned(), one.to_owned())));
        }
        folded
    }
}

/// Whether a name is a host: letters, figures and hyphens between dots, the last part of letters.
fn is_host(name: &str) -> bool {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    plain && name.rsplit_once('.').is_some_and(|(_, last)| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// A name as names are compared: lower case, letters and figures only, without a leading "the" or "www."; names without any as
/// they are.
#[must_use]
pub fn key(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let bare = lower.strip_prefix("www.").or_else(|| lower.strip_prefix("the ")).or_else(|| lower.strip_prefix("the_")).unwrap_or(&lower);
    let plain: String = bare.chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.is_empty() { lower } else { plain }
}

#[cfg(test)]
mod tests {
    use super::OutletNames;

    #[test]
    fn one_outlet_under_many_names() {
        let names = OutletNames::shipped();
        for given in ["NYT", "nytimes.com", "www.nytimes.com", "The New York Times", "new york times"] {
            assert_eq!(names.get(given), Some("The New York Times"), "{given}");
        }
        assert_eq!(names.get("Times"), None);
        let folded = |given: &[&str]| -> Vec<(String, String)> { names.fold(given.iter().copied()).into_iter().collect() };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            folded(&["Evening star", "Evening Star", "The Evening star", "Evening star", "A", "a|"]),
            [pair("Evening Star", "Evening star"), pair("The Evening star", "Evening star"), pair("a|", "A")]
        );
        assert_eq!(folded(&["NYT", "nytimes.com"]), [pair("NYT", "The New York Times"), pair("nytimes.com", "The New York Times")]);
        // A name that nobody else spells otherwise is left as it was given; a host is no name.
        assert_eq!(folded(&["NYT", "Tasnim", "unknown-paper.example"]), []);
        assert_eq!(folded(&["bbc.co.uk"]), [pair("bbc.co.uk", "BBC News")]);
    }

    #[test]
    fn a_list_of_ones_own() {
        let own = OutletNames::parse(b"name,also\nMy Paper,MP|mp.example\nThe Other Times,NYT\n").unwrap();
        let all = OutletNames::shipped().clone().overlaid(own);
        assert_eq!((all.get("mp.example"), all.get("NYT")), (Some("My Paper"), Some("The Other Times")));
        assert_eq!(OutletNames::parse(b"name,also\nA,x\nB,X\n").unwrap_err(), (3, "a name of \"B\" is one of \"A\" as well".into()));
        assert_eq!(OutletNames::parse(b"outlet\nA\n").unwrap_err().1, "no column \"name\" among outlet");
    }
}
