//! What is wrong with a lexicon, as data: the shipped one must give nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::corpus::document::Document;
use crate::corpus::vocabulary::Vocabulary;
use crate::error::Position;
use crate::id::EntryId;
use crate::text::language::Language;
use crate::text::span::Span;

use super::balance::balance;
use super::builtin::{NEUTRAL_TEXT, names, topics};
use super::entry::{Entry, MatchKind, Neutral};
use super::guard::words_of;
use super::inflect::spellings;
use super::load::Lexicon;
use super::scan::{Hit, Scanner};

/// One thing wrong with one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Short stable code.
    pub code: &'static str,
    /// Where the entry was written.
    pub position: Position,
    /// What is wrong, with the entry's id.
    pub message: String,
    /// How to mend it.
    pub mend: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.position, self.message)
    }
}

/// Strength from which an entry may not be found in the shipped neutral text.
const TOO_BROAD: u8 = 2;

/// Checks every entry of the lexicons laid over one another from number `layer` on: reason, known sources, both examples, a
/// resolving pair, a known dispute, a wording of its own, neutrals that are not themselves listed; that each `hit` is found and
/// each `miss` is not; that it is no name of a people, a country or a faith, and not found in neutral text.
#[must_use]
pub fn check(lexicon: &Lexicon, sources: &BTreeSet<String>, layer: usize) -> Vec<Fault> {
    let mut checked = Checked { lexicon, sources, layer, faults: Vec::new() };
    let examples = Examples::new(lexicon);
    checked.wordings();
    for (i, entry) in lexicon.entries().enumerate() {
        let id = EntryId::new(i);
        if lexicon.layer(id) >= layer {
            checked.fields(id, entry);
            checked.examples(id, entry, &examples);
        }
    }
    checked.names(&examples);
    checked.neutral_text(&examples);
    checked.balance();
    let mut faults = checked.faults;
    faults.sort_by(|a, b| {
        (&a.position.path, a.position.line, a.code, &a.message).cmp(&(&b.position.path, b.position.line, b.code, &b.message))
    });
    faults
}

struct Checked<'l> {
    lexicon: &'l Lexicon,
    sources: &'l BTreeSet<String>,
    layer: usize,
    faults: Vec<Fault>,
}

impl Checked<'_> {
    fn fault(&mut self, code: &'static str, id: EntryId, message: &str, mend: &'static str) {
        if self.lexicon.layer(id) >= self.layer {
            let message = format!("{} {message}", self.lexicon.entry(id).id);
            self.faults.push(Fault { code, position: self.lexicon.position(id).clone(), message, mend });
        }
    }

    /// Two entries for one wording: one of them never counts.
    fn wordings(&mut self) {
        let mut seen: BTreeMap<Vec<String>, EntryId> = BTreeMap::new();
        for (i, entry) in self.lexicon.entries().enumerate() {
            let id = EntryId::new(i);
            for term in wordings_of(entry) {
                if let Some(other) = seen.insert(term, id).filter(|other| *other != id) {
                    let (later, earlier) = if self.lexicon.layer(other) > self.lexicon.layer(id) { (other, id) } else { (id, other) };
                    // A house may list what is shipped in its own way: its entry counts.
                    if self.lexicon.layer(later) == self.lexicon.layer(earlier) {
                        let message = format!("lists the same wording as {}", self.lexicon.entry(earlier).id);
                        self.fault("W036", later, &message, "make them one entry, with both wordings as its terms");
                    }
                }
            }
        }
    }

    fn fields(&mut self, id: EntryId, entry: &Entry) {
        if entry.why.trim().is_empty() {
            self.fault("W030", id, "has no reason (why)", "say in one sentence what the wording does beyond naming the thing");
        }
        if entry.sources.is_empty() {
            self.fault("W031", id, "has no source", "name a guide or study of sources.csv, or house for your own judgement");
        }
        for source in &entry.sources {
            // What stands after a colon is a remark: `ap-2020:attribute`.
            let known = |name: &str| self.sources.contains(name);
            if !known(source) && !source.split_once(':').is_some_and(|(name, _)| known(name.trim())) {
                self.fault(
                    "W031",
                    id,
                    &format!("source \"{source}\" does not stand in sources.csv"),
                    "add it to sources.csv beside the lexicon",
                );
            }
        }
        if entry.neutral.is_empty() {
            self.fault(
                "W032",
                id,
                "has neither a neutral wording nor advice",
                "give plainer words, or (drop), (attribute), (specify), (keep)",
            );
        }
        if !entry.pair.is_empty() && self.lexicon.find(&entry.pair).is_none() {
            self.fault(
                "W034",
                id,
                &format!("pair \"{}\" is no entry", entry.pair),
                "name the id of the other side's counterpart, or leave it empty",
            );
        }
        if !self.lexicon.category(&entry.category).is_some_and(|c| c.is_described()) && self.layer == 0 {
            self.fault("W035", id, &format!("category \"{}\" is not described", entry.category), "give the category a title and an about");
        }
        if let Some((topic, side)) = entry.leans.split_once(':')
            && let Some(known) = topics().get(topic.trim())
            && !known.sides.contains_key(side.trim())
        {
            let sides: Vec<&str> = known.sides.keys().map(String::as_str).collect();
            self.fault(
                "W041",
                id,
                &format!("leans to \"{}\", but the sides of {topic} are {}", side.trim(), sides.join(", ")),
                "name one of the sides of lexicons/en/topics.toml",
            );
        }
    }

    fn examples(&mut self, id: EntryId, entry: &Entry, examples: &Examples) {
        for (kind, list) in [("hit", &entry.hit), ("miss", &entry.miss)] {
            if list.is_empty() {
                self.fault(
                    "W037",
                    id,
                    &format!("has no example that must {kind}"),
                    "add a sentence: hit is found, miss looks alike and is not",
                );
            }
        }
        for sentence in entry.hit.iter().filter(|sentence| entry.strength > 0 && !examples.proves(sentence, id)) {
            self.fault(
                "W037",
                id,
                &format!("is not found in its hit \"{sentence}\""),
                "mend the sentence or the guards; another entry may take its place",
            );
        }
        for sentence in entry.miss.iter().filter(|sentence| examples.found(sentence).contains(&id)) {
            self.fault("W038", id, &format!("is found in its miss \"{sentence}\""), "add a guard: unless, not_next, not_prev, near …");
        }
        for neutral in &entry.neutral {
            let Neutral::Words(words) = neutral else { continue };
            for other in examples.hits(words) {
                let other = format!("{} at {}", self.lexicon.entry(other).id, self.lexicon.position(other));
                self.fault("W033", id, &format!("neutral \"{words}\" is itself listed ({other})"), "choose a wording that is not listed");
            }
        }
    }

    fn names(&mut self, examples: &Examples) {
        for name in names() {
            for id in examples.found(name) {
                self.fault(
                    "W039",
                    id,
                    &format!("is found in the name \"{name}\" of a people, a country or a faith"),
                    "no such name is loaded wording; list the loaded phrase that holds it",
                );
            }
        }
    }

    fn neutral_text(&mut self, examples: &Examples) {
        for (entry, sentence) in examples.in_neutral_text() {
            self.fault("W040", entry, &format!("is found in neutral text: \"{sentence}\""), "add a guard, or lower its strength to 1");
        }
    }

    fn balance(&mut self) {
        let uneven: Vec<_> = balance(self.lexicon).into_iter().filter(|topic| !topic.is_even()).collect();
        for topic in uneven {
            let counts: Vec<String> = topic.sides.iter().map(|side| format!("{} {}", side.side, side.entries.len())).collect();
            let largest = topic.sides.iter().filter(|side| side.entries.iter().any(|&e| self.lexicon.layer(e) >= self.layer));
            if let Some(&entry) = largest.max_by_key(|side| side.entries.len()).and_then(|side| side.entries.last()) {
                self.fault(
                    "W042",
                    entry,
                    &format!("and others make the topic {} uneven: {}", topic.topic, counts.join(", ")),
                    "list the wording of the other side as strictly",
                );
            }
        }
    }
}

fn wordings_of(entry: &Entry) -> BTreeSet<Vec<String>> {
    if entry.kind == MatchKind::Regex {
        return BTreeSet::new();
    }
    let terms = std::iter::once(&entry.term).chain(&entry.forms);
    // One spelling stands for all, so that -ise and -ize entries of one word are seen as doubles.
    terms.map(|term| words_of(term).iter().map(|w| spellings(w).into_iter().next().unwrap_or_default()).collect()).collect()
}

/// All example sentences, neutrals, names and the neutral text, read over one vocabulary.
struct Examples {
    documents: BTreeMap<String, Document>,
    neutral_text: Document,
    scanner: Scanner,
}

impl Examples {
    fn new(lexicon: &Lexicon) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut read = |text: &str| Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let mut documents = BTreeMap::new();
        for entry in lexicon.entries() {
            let neutrals = entry.neutral.iter().filter_map(|n| if let Neutral::Words(words) = n { Some(words) } else { None });
            for text in entry.hit.iter().chain(&entry.miss).chain(neutrals) {
                documents.insert(text.clone(), read(text));
            }
        }
        for name in names() {
            documents.insert(name.clone(), read(name));
        }
        let neutral_text = read(NEUTRAL_TEXT);
        Self { scanner: Scanner::new(lexicon, &vocabulary), neutral_text, documents }
    }

    fn hits(&self, text: &str) -> Vec<EntryId> {
        self.scanner.scan(&self.documents[text], text).into_iter().map(|hit| hit.entry).collect()
    }

    /// The entries found anywhere, longer matches of others aside.
    fn found(&self, text: &str) -> BTreeSet<EntryId> {
        self.scanner.matches(&self.documents[text], text).into_iter().map(|hit| hit.entry).collect()
    }

    /// Whether an entry is found, or would be if a longer wording of another did not take its place.
    fn proves(&self, text: &str, entry: EntryId) -> bool {
        let document = &self.documents[text];
        let hits = self.scanner.scan(document, text);
        let taken = |hit: &Hit| {
            hits.iter().any(|other| other.entry != entry && other.tokens.len() <= hit.tokens.len() && other.tokens.overlap(hit.tokens) > 0)
        };
        self.scanner.matches(document, text).iter().any(|hit| hit.entry == entry && !taken(hit))
    }

    /// What is found in the neutral text, with the sentence.
    fn in_neutral_text(&self) -> Vec<(EntryId, &'static str)> {
        let document = &self.neutral_text;
        let sentence =
            |at: usize| document.bytes(document.sentences()[document.sentence_of(at)]).map_or("", |bytes| bytes.of(NEUTRAL_TEXT));
        let hits = self.scanner.scan(document, NEUTRAL_TEXT).into_iter().filter(|hit| hit.strength >= TOO_BROAD);
        hits.map(|hit| (hit.entry, sentence(hit.tokens.start()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Lexicon, check};

    fn faults(entries: &str) -> Vec<String> {
        let file = format!("category = \"c\"\ntitle = \"C\"\nabout = \"x\"\n{entries}");
        let lexicon = Lexicon::from_toml("t", [("t.toml", file.as_str())]).unwrap();
        check(&lexicon, &BTreeSet::from(["house".to_owned()]), 0).iter().map(ToString::to_string).collect()
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
        let name = entry(
            "L-turkish",
            "turkish",
            "leans = \"guns:hunters\"\nneutral = [\"(drop)\"]\nhit = [\"A turkish bath.\"]\nmiss = [\"A bath.\"]",
        );
        let found = faults(&name);
        for expected in ["of a people", "the sides of guns are control, rights"] {
            assert!(found.iter().any(|f| f.contains(expected)), "{expected}: {found:?}");
        }
        let guarded = entry(
            "L-junta",
            "junta",
            "neutral = [\"council\"]\nnot_prev = [\"old\"]\nhit = [\"The old junta changed.\"]\nmiss = [\"A new old junta.\"]",
        );
        assert_eq!(faults(&guarded), ["t.toml:4: L-junta is not found in its hit \"The old junta changed.\""]);
    }
}
