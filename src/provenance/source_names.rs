//! The names of agencies and outlets, as they are printed: the shipped lists and the outlets of the corpus.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use serde::Deserialize;

use crate::corpus::collection::Corpus;
use crate::corpus::outlet_names::{OutletNames, key};
use crate::corpus::record::OutletBasis;
use crate::id::OutletId;
use crate::text::span::Span;

use super::credit_words::CreditWords;
use super::stretch::Stretch;

/// What a listed name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SourceKind {
    /// A news agency.
    Agency,
    /// A news or feature service.
    Service,
    /// A picture agency.
    Photo,
    /// No source, but a name that holds the name of one (Thomson Reuters).
    Company,
    /// An outlet.
    Outlet,
}

/// A listed source.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its usual name.
    pub(super) name: String,
    pub(super) kind: SourceKind,
}

/// When a printed form counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// Wherever it stands.
    Nothing,
    /// With "the" before it: its other words are common ones.
    Article,
    /// Without "the" before it: with it, initials are most often another body (the AFP of Australia).
    NoArticle,
    /// In lines, brackets and beside a noun of media only: it is a common word, or initials of many things.
    Mark,
}

#[derive(Clone, Copy, Debug)]
struct PrintedForm {
    source: usize,
    needs: Needs,
    /// Written in capitals only.
    upper: bool,
    /// Written small as well (dpa).
    lower: bool,
}

/// All names as they are printed.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceNames {
    sources: Vec<Source>,
    /// The first source of each name.
    named: HashMap<String, usize>,
    /// By their words, with blanks between them.
    forms: HashMap<String, PrintedForm>,
    /// By first words, how many words the forms that start so have, the longest first: a corpus may hold very many outlets that
    /// start alike.
    lengths: HashMap<String, Vec<usize>>,
    outlets: BTreeMap<String, OutletId>,
}

/// A listed name found in a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Word after its last.
    pub(super) end: usize,
    /// Position of the source.
    pub(super) source: usize,
    /// When it counts.
    pub(super) needs: Needs,
}

#[derive(Deserialize)]
struct AgencyRow {
    name: String,
    also: String,
    marks: String,
    kind: SourceKind,
}

#[derive(Deserialize)]
struct OutletRow {
    name: String,
    also: String,
}

impl SourceNames {
    /// The shipped lists and the outlets of a corpus, which go before the list of outlets.
    pub(super) fn new(corpus: &Corpus) -> Self {
        let mut names = Self::shipped().clone();
        for (i, outlet) in corpus.outlets().iter().enumerate() {
            let id = OutletId::new(i);
            let listed = OutletNames::shipped().get(&outlet.name).unwrap_or(&outlet.name);
            names.outlets.entry(key(listed)).or_insert(id);
            let by_file = outlet.articles.first().is_some_and(|&first| corpus.article(first).outlet_basis == OutletBasis::File);
            if !by_file && !outlet.name.contains('.') {
                // One word that no list has may be any word: "Citizen", "Liberty".
                let one = !outlet.name.trim().contains([' ', '-']) && OutletNames::shipped().get(&outlet.name).is_none();
                let source = names.push(&outlet.name, SourceKind::Outlet);
                names.add_form(&outlet.name, source, one);
            }
        }
        names
    }

    /// The shipped lists alone.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<SourceNames> = LazyLock::new(SourceNames::read);
        &SHIPPED
    }

    fn read() -> Self {
        let mut names = Self::default();
        let rows = csv::Reader::from_reader(include_bytes!("../../lexicons/agencies.csv").as_slice());
        for row in rows.into_deserialize::<AgencyRow>() {
            let row = row.expect("the shipped list is tested");
            names.add(&row.name, &row.also, &row.marks, row.kind);
        }
        let rows = csv::Reader::from_reader(include_bytes!("../../lexicons/outlets.csv").as_slice());
        for row in rows.into_deserialize::<OutletRow>() {
            let row = row.expect("the shipped list is tested");
            names.add(&row.name, &row.also, "", SourceKind::Outlet);
        }
        names
    }

    fn add(&mut self, name: &str, also: &str, marks: &str, kind: SourceKind) {
        let source = self.push(name, kind);
        let (also, marks) = (also.split('|').map(|form| (form, false)), marks.split('|').map(|form| (form, true)));
        for (form, mark) in std::iter::once((name, false)).chain(also).chain(marks) {
            self.add_form(form.trim(), source, mark);
        }
    }

    fn push(&mut self, name: &str, kind: SourceKind) -> usize {
        let at = self.sources.len();
        self.sources.push(Source { name: name.to_owned(), kind });
        self.named.entry_ref(name).or_insert(at);
        at
    }

    fn add_form(&mut self, printed: &str, source: usize, mark: bool) {
        // "The Nation (US)" is printed as "The Nation", which several are: the name as printed, and none of them.
        let bare = printed.split(" (").next().unwrap_or(printed);
        let source = if bare.len() < printed.len() { self.shared(bare, self.sources[source].kind) } else { source };
        let (article, bare) = match bare.split_once(' ') {
            Some((the, rest)) if the.eq_ignore_ascii_case("the") => (true, rest),
            _ => (false, bare),
        };
        let stretch = Stretch::read(bare, Span::new(0, bare.len()));
        let words: Vec<&str> = (0..stretch.len()).map(|i| stretch.word(i)).collect();
        let Some(&first) = words.first() else { return };
        // A letter is no name that running text could be searched for.
        if words.len() == 1 && first.chars().count() < 2 {
            return;
        }
        let initials = bare.len() <= 5 && bare.chars().all(|c| c.is_uppercase() || matches!(c, '.' | ' ' | '-'));
        let agency = self.sources[source].kind != SourceKind::Outlet;
        let needs = match (words.len(), article) {
            _ if mark => Needs::Mark,
            (1, _) if CreditWords::english().ambiguous.contains(first) && !article => Needs::Mark,
            (1, true) if !initials => Needs::Article,
            (1, false) if initials && agency => Needs::NoArticle,
            _ => Needs::Nothing,
        };
        let needs = if article && initials { Needs::Nothing } else { needs };
        let upper = !mark && initials;
        let lower = bare.chars().all(|c| !c.is_uppercase());
        match self.forms.entry(words.join(" ")) {
            // What is listed first stands; a form with and one without an article make both count.
            Entry::Occupied(mut known) => {
                let form = known.get_mut();
                if form.source == source && form.needs != needs {
                    form.needs = if mark { form.needs } else { Needs::Nothing };
                }
            }
            Entry::Vacant(free) => {
                free.insert(PrintedForm { source, needs, upper: upper || (mark && initials), lower });
                let lengths = self.lengths.entry_ref(first).or_default();
                if let Err(at) = lengths.binary_search_by(|length| words.len().cmp(length)) {
                    lengths.insert(at, words.len());
                }
            }
        }
    }

    /// A source that goes by a name which several have.
    fn shared(&mut self, name: &str, kind: SourceKind) -> usize {
        self.named.get(name).copied().unwrap_or_else(|| self.push(name, kind))
    }

    /// The words by which names start.
    pub(super) fn starts(&self) -> Vec<&str> {
        let mut starts: Vec<&str> = self.lengths.keys().map(String::as_str).collect();
        starts.sort_unstable();
        starts
    }

    pub(super) fn source(&self, at: usize) -> &Source {
        &self.sources[at]
    }

    /// The outlet of this set that goes by a name.
    pub(super) fn outlet(&self, name: &str) -> Option<OutletId> {
        let listed = OutletNames::shipped().get(name).unwrap_or(name);
        self.outlets.get(&key(listed)).copied()
    }

    /// The longest name that starts at a word. `in_line`: letters may be of any case, as in lines that hold nothing but names.
    pub(super) fn at(&self, stretch: &Stretch<'_>, at: usize, in_line: bool) -> Option<Named> {
        let lengths = self.lengths.get(stretch.word(at))?;
        let mut words = String::new();
        let fitting = |&length: &usize| {
            let end = Some(at + length).filter(|&end| end <= stretch.len())?;
            words.clear();
            (at..end).for_each(|i| words.extend([if i > at { " " } else { "" }, stretch.word(i)]));
            let form = self.forms.get(words.as_str())?;
            let joined = || (at + 1..end).all(|i| stretch.is_joined(i) || matches!(stretch.gap(i), ". " | "."));
            let small = matches!(stretch.word(at), "al" | "el" | "an" | "as" | "ash" | "la" | "le" | "il" | "o");
            let cased = match (form.upper, form.lower) {
                _ if in_line && form.needs != Needs::Mark => true,
                (true, _) => (at..end).all(|i| stretch.is_all_capital(i) || (length > 1 && stretch.is_capital(i))),
                (_, true) => stretch.is_all_capital(at) || !stretch.is_capital(at),
                _ => stretch.is_capital(end - 1) && (stretch.is_capital(at) || (small && length > 1)),
            };
            (cased && joined()).then_some(Named { end, source: form.source, needs: form.needs })
        };
        lengths.iter().find_map(fitting)
    }

    /// An agency whose name is nearly these words: print read by a machine ("United PresB", "Assoclated Press").
    pub(super) fn nearly(&self, printed: &str) -> Option<usize> {
        let folded = printed.to_lowercase();
        let near = |source: &Source| {
            let long = source.kind == SourceKind::Agency && source.name.len() >= 10 && source.name.contains(' ');
            let near = |name: String| name.len().abs_diff(folded.len()) <= 2 && strsim::osa_distance(&name, &folded) <= 2;
            long && near(source.name.to_lowercase())
        };
        self.sources.iter().position(near)
    }
}

#[cfg(test)]
mod tests {
    use super::{Needs, SourceNames, Span, Stretch};

    fn found(text: &str) -> Option<(String, Needs)> {
        let names = SourceNames::shipped();
        let stretch = Stretch::read(text, Span::new(0, text.len()));
        (0..stretch.len()).find_map(|i| names.at(&stretch, i, false)).map(|n| (names.source(n.source).name.clone(), n.needs))
    }

    #[test]
    fn names_as_printed() {
        for (text, expected) in [
            ("told Reuters on", Some(("Reuters", Needs::Nothing))),
            ("told the Associated Press of", Some(("Associated Press", Needs::Nothing))),
            ("the AP has", Some(("Associated Press", Needs::Nothing))),
            ("seen by AFP", Some(("Agence France-Presse", Needs::NoArticle))),
            ("an A. P. wire", Some(("Associated Press", Needs::Mark))),
            ("the U.P. wire", Some(("United Press", Needs::Mark))),
            ("the United Press wire", Some(("United Press", Needs::Nothing))),
            ("by United Press International today", Some(("United Press International", Needs::Nothing))),
            ("Iraq’s al-Maluma agency", Some(("Al-Maalomah", Needs::Nothing))),
            ("the Guardian said", Some(("The Guardian", Needs::Article))),
            ("a guardian said", None),
            ("in Sana on", None),
            ("(SANA)", Some(("Syrian Arab News Agency", Needs::NoArticle))),
            ("(dpa)", Some(("Deutsche Presse-Agentur", Needs::Mark))),
            ("It was time to go", None),
            ("The press, united in", None),
        ] {
            let shown = found(text);
            assert_eq!(shown.as_ref().map(|(name, needs)| (name.as_str(), *needs)), expected, "{text}");
        }
        assert_eq!(
            SourceNames::shipped().nearly("United PresB").map(|i| SourceNames::shipped().source(i).name.clone()).as_deref(),
            Some("United Press")
        );
        assert_eq!(SourceNames::shipped().nearly("United Nations"), None);
    }
}
