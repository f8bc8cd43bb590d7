//! What a chart draws of more than it has room for, and how it says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::count::grouped;

/// Names to draw, each given with whether it has enough data: at most `most`, those with enough data first, otherwise by name.
/// In order of names: never by amount.
#[must_use]
pub fn names<'r>(given: impl Iterator<Item = (&'r str, bool)>, most: usize) -> Shown<'r> {
    let mut all: BTreeMap<&str, bool> = BTreeMap::new();
    for (name, enough) in given {
        *all.entry(name).or_default() |= enough;
    }
    let mut order: Vec<(&str, bool)> = all.iter().map(|(&name, &enough)| (name, enough)).collect();
    order.sort_by_key(|&(name, enough)| (!enough, name));
    let data = order.iter().any(|o| o.1);
    Shown { names: order.into_iter().take(most).map(|(name, _)| name).collect(), all: all.len(), data }
}

/// Names that are drawn.
#[derive(Debug)]
pub struct Shown<'r> {
    /// In order.
    pub names: BTreeSet<&'r str>,
    /// How many there are.
    pub all: usize,
    /// Whether any has enough data.
    data: bool,
}

impl Shown<'_> {
    /// "40 of 300 outlets shown, by name; all stand in NAME.csv"; nothing where all are. `first` says which come first, where some
    /// have what was asked for.
    #[must_use]
    pub fn note(&self, what: &str, first: &str, table: &str) -> String {
        let how = if self.data { format!("{first} first, then by name") } else { "by name".to_owned() };
        some_of(self.names.len(), self.all, what, &how, table)
    }
}

/// "40 of 300 THINGS shown, HOW; all stand in NAME.csv."; nothing where all are.
#[must_use]
pub fn some_of(shown: usize, all: usize, what: &str, how: &str, table: &str) -> String {
    if shown >= all {
        return String::new();
    }
    format!("{} of {} {what} shown, {how}; all stand in {table}.csv.", grouped(shown as u64), grouped(all as u64))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_with_data_come_first_and_stand_in_order() {
        let given = [("D", true), ("A", false), ("B", false), ("C", false), ("B", true), ("B", false)];
        let shown = names(given.into_iter(), 3);
        assert_eq!(shown.names.iter().copied().collect::<Vec<_>>(), ["A", "B", "D"]);
        assert_eq!(
            shown.note("outlets", "those with enough data", "rates"),
            "3 of 4 outlets shown, those with enough data first, then by name; all stand in rates.csv."
        );
        assert_eq!(names(given.into_iter(), 4).note("outlets", "those with enough data", "rates"), "");
        let shown = names([("B", false), ("A", false)].into_iter(), 1);
        assert_eq!(shown.note("outlets", "those with enough data", "rates"), "1 of 2 outlets shown, by name; all stand in rates.csv.");
    }
}
