//! What is wrong with a lexicon, as data: the shipped one must give nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::corpus::document::Document;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::EntryId;
use crate::text::language::Language;
use crate::text::span::Span;

use super::entry::{Entry, MatchKind, Neutral};
use super::guard::words_of;
use super::inflect::spellings;
use super::load::Lexicon;
use super::scan::Scanner;

/// One thing wrong with one entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The entry's id.
    pub entry: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.entry, self.message)
    }
}

/// Checks every entry: reason, known sources, both examples, a resolving pair, a wording of its own, neutrals that are not
/// themselves listed, and that each `hit` is found and each `miss` is not.
#[must_use]
pub fn check(lexicon: &Lexicon, sources: &BTreeSet<String>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |entry: &Entry, message: String| faults.push(Fault { entry: entry.id.clone(), message });
    let examples = Examples::new(lexicon);
    let mut wordings: BTreeMap<Vec<String>, &str> = BTreeMap::new();
    for (i, entry) in lexicon.entries().enumerate() {
        if entry.why.trim().is_empty() {
            fault(entry, "has no reason (why)".into());
        }
        if entry.sources.is_empty() {
            fault(entry, "has no source".into());
        }
        for source in entry.sources.iter().filter(|s| !sources.contains(*s)) {
            fault(entry, format!("source \"{source}\" does not stand in sources.csv"));
        }
        if entry.neutral.is_empty() {
            fault(entry, "has neither a neutral wording nor advice".into());
        }
        if !entry.pair.is_empty() && lexicon.find(&entry.pair).is_none() {
            fault(entry, format!("pair \"{}\" is no entry", entry.pair));
        }
        if lexicon.category(&entry.category).is_none() {
            fault(entry, format!("category \"{}\" is not described", entry.category));
        }
        for term in wordings_of(entry) {
            if let Some(other) = wordings.insert(term, &entry.id).filter(|other| *other != entry.id) {
                fault(entry, format!("lists the same wording as {other}"));
            }
        }
        for (kind, list) in [("hit", &entry.hit), ("miss", &entry.miss)] {
            if list.is_empty() {
                fault(entry, format!("has no example that must {kind}"));
            }
        }
        let id = EntryId::new(i);
        for sentence in entry.hit.iter().filter(|sentence| entry.strength > 0 && !examples.hits(sentence).contains(&id)) {
            fault(entry, format!("is not found in its hit \"{sentence}\""));
        }
        for sentence in entry.miss.iter().filter(|sentence| examples.finds(id, sentence)) {
            fault(entry, format!("is found in its miss \"{sentence}\""));
        }
        for neutral in &entry.neutral {
            let Neutral::Words(words) = neutral else { continue };
            for other in examples.hits(words) {
                fault(entry, format!("neutral \"{words}\" is itself listed ({})", lexicon.entry(other).id));
            }
        }
    }
    faults.sort();
    faults
}

fn wordings_of(entry: &Entry) -> BTreeSet<Vec<String>> {
    if entry.kind == MatchKind::Regex {
        return BTreeSet::new();
    }
    let terms = std::iter::once(&entry.term).chain(&entry.forms);
    // One spelling stands for all, so that -ise and -ize entries of one word are seen as doubles.
    terms.map(|term| words_of(term).iter().map(|w| spellings(w).into_iter().next().unwrap_or_default()).collect()).collect()
}

/// All example sentences and neutrals, read over one vocabulary.
struct Examples {
    documents: BTreeMap<String, Document>,
    scanner: Scanner,
}

impl Examples {
    fn new(lexicon: &Lexicon) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut documents = BTreeMap::new();
        for entry in lexicon.entries() {
            let neutrals = entry.neutral.iter().filter_map(|n| if let Neutral::Words(words) = n { Some(words) } else { None });
            for text in entry.hit.iter().chain(&entry.miss).chain(neutrals) {
                let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
                documents.insert(text.clone(), document);
            }
        }
        Self { scanner: Scanner::new(lexicon, &vocabulary), documents }
    }

    fn hits(&self, text: &str) -> Vec<EntryId> {
        self.scanner.scan(&self.documents[text], text).into_iter().map(|hit| hit.entry).collect()
    }

    fn finds(&self, entry: EntryId, text: &str) -> bool {
        self.scanner.finds(entry, &self.documents[text], text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Lexicon, check};

    fn faults(entries: &str) -> Vec<String> {
        let file = format!("category = \"c\"\ntitle = \"C\"\nabout = \"x\"\n{entries}");
        let lexicon = Lexicon::from_toml("t", [("t.toml", file.as_str())]).unwrap();
        check(&lexicon, &BTreeSet::from(["house".to_owned()])).iter().map(ToString::to_string).collect()
    }

    fn entry(id: &str, term: &str, rest: &str) -> String {
        format!("[[entry]]\nid = \"{id}\"\nterm = \"{term}\"\nkind = \"lemma\"\nstrength = 2\nsources = [\"house\"]\nwhy = \"w\"\n{rest}\n")
    }

    #[test]
    fn each_fault_is_named() {
        let good =
            entry("L-thug", "thug", "neutral = [\"attacker\"]\nhit = [\"Thugs attacked them.\"]\nmiss = [\"The thuggish tone went on.\"]");
        assert_eq!(faults(&good), Vec::<String>::new());
        let double =
            entry("L-thugs", "thug", "neutral = [\"thug\"]\nhit = [\"The thugs came.\"]\nmiss = [\"A thug came.\"]\npair = \"L-none\"");
        let found = faults(&format!("{good}{double}"));
        for expected in
            ["pair \"L-none\" is no entry", "lists the same wording as L-thug", "neutral \"thug\" is itself listed", "is found in its miss"]
        {
            assert!(found.iter().any(|f| f.contains(expected)), "{expected}: {found:?}");
        }
        let guarded = entry(
            "L-regime",
            "regime",
            "neutral = [\"government\"]\nnot_prev = [\"tax\"]\nhit = [\"The tax regime changed.\"]\nmiss = [\"A new tax regime.\"]",
        );
        assert_eq!(faults(&guarded), ["L-regime: is not found in its hit \"The tax regime changed.\""]);
    }
}
