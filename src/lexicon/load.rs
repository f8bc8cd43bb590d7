//! Reading lexicon files: TOML, one category a file.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::error::{ErrorKind, Position, Result};

use super::entry::{Case, Category, Entry, Guards, MatchKind, Neutral, PartOfSpeech};

/// A loaded lexicon: entries sorted by id, categories by id.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Name and version, as shown in reports.
    pub name: String,
    entries: Vec<Entry>,
    categories: BTreeMap<String, Category>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    category: String,
    title: String,
    about: String,
    #[serde(default)]
    entry: Vec<toml::Spanned<Written>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    term: String,
    #[serde(default)]
    label: String,
    kind: MatchKind,
    #[serde(default)]
    forms: Vec<String>,
    strength: u8,
    neutral: Vec<String>,
    #[serde(default)]
    domain: String,
    #[serde(default)]
    pair: String,
    #[serde(default)]
    leans: String,
    #[serde(default)]
    contested: String,
    sources: Vec<String>,
    #[serde(default)]
    not_next: Vec<String>,
    #[serde(default)]
    next: Vec<String>,
    #[serde(default)]
    not_prev: Vec<String>,
    #[serde(default)]
    prev: Vec<String>,
    #[serde(default)]
    not_near: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    cap: Option<Case>,
    pos: Option<PartOfSpeech>,
    why: String,
    hit: Vec<String>,
    miss: Vec<String>,
}

impl Lexicon {
    /// Reads files given as `(path, content)`; the path is used in messages only.
    ///
    /// # Errors
    /// [`ErrorKind::Lexicon`] with file and line for anything that does not parse, an unknown field, a strength above 3, an
    /// advice that is none, or an id that stands twice.
    pub fn from_toml<'f>(name: &str, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut categories = BTreeMap::new();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (path, content) in files {
            let fault = |offset: usize, message: String| {
                let line = content.get(..offset).map_or(0, |head| head.matches('\n').count() + 1);
                ErrorKind::Lexicon { position: Position::line(Path::new(path), line), message }
            };
            let file: File = toml::from_str(content).map_err(|e| fault(e.span().map_or(0, |s| s.start), e.message().to_owned()))?;
            for written in file.entry {
                let at = written.span().start;
                let entry = written.into_inner().check(&file.category).map_err(|message| fault(at, message))?;
                if let Some(other) = seen.insert(entry.id.clone(), path.to_owned()) {
                    return Err(fault(at, format!("id \"{}\" stands twice (also in {other})", entry.id)).into());
                }
                entries.push(entry);
            }
            categories.insert(file.category.clone(), Category { id: file.category, title: file.title, about: file.about });
        }
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self { name: name.to_owned(), entries, categories })
    }

    /// All entries, sorted by id.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One entry.
    #[must_use]
    pub fn entry(&self, id: crate::id::EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The entry with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.entries.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok().map(|i| &self.entries[i])
    }

    /// All categories, sorted by id.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.categories.values()
    }

    /// The category with this id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.get(id)
    }
}

impl Written {
    fn check(self, category: &str) -> std::result::Result<Entry, String> {
        let id = &self.id;
        if !id.starts_with("L-") || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(format!("id \"{id}\" must be L- and then letters, digits and hyphens"));
        }
        if self.strength > 3 {
            return Err(format!("{id}: strength is {}, must be 0 to 3", self.strength));
        }
        let neutral = self.neutral.iter().map(|given| {
            Neutral::parse(given)
                .ok_or_else(|| format!("{id}: neutral \"{given}\" is neither words nor (drop), (attribute: …), (specify: …), (keep: …)"))
        });
        let neutral = neutral.collect::<std::result::Result<Vec<_>, _>>()?;
        if self.kind == MatchKind::Regex {
            compile(&self.term).map_err(|e| format!("{id}: {e}"))?;
        }
        Ok(Entry {
            id: self.id,
            term: self.term,
            label: self.label,
            kind: self.kind,
            forms: self.forms,
            category: category.to_owned(),
            strength: self.strength,
            neutral,
            domain: self.domain,
            pair: self.pair,
            leans: self.leans,
            contested: self.contested,
            why: self.why,
            sources: self.sources,
            guards: Guards {
                not_next: self.not_next,
                next: self.next,
                not_prev: self.not_prev,
                prev: self.prev,
                not_near: self.not_near,
                near: self.near,
                cap: self.cap,
                pos: self.pos,
            },
            hit: self.hit,
            miss: self.miss,
        })
    }
}

/// Longest regular expression of an entry, in bytes; longer ones cost more to compile than a run may spend.
const LONGEST_PATTERN: usize = 1024;

/// The compiled pattern of a regex entry: whole words, without case. The borders are those of ASCII words, which a fast search
/// can tell in any text; the scanner looks at the letters around.
pub(super) fn compile(pattern: &str) -> std::result::Result<regex::Regex, String> {
    if pattern.len() > LONGEST_PATTERN {
        return Err(format!("pattern of {} bytes is longer than {LONGEST_PATTERN}", pattern.len()));
    }
    let compiled = regex::RegexBuilder::new(&format!(r"(?-u:\b)(?:{pattern})(?-u:\b)")).case_insensitive(true).size_limit(1 << 20).build();
    let compiled = compiled.map_err(|e| format!("pattern does not compile: {e}"))?;
    if compiled.is_match("") {
        return Err("pattern matches the empty text".to_owned());
    }
    Ok(compiled)
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    const HEAD: &str = "category = \"c\"\ntitle = \"C\"\nabout = \"x\"\n";

    fn message(entry: &str) -> String {
        let file = format!("{HEAD}[[entry]]\n{entry}");
        Lexicon::from_toml("t", [("house.toml", file.as_str())]).unwrap_err().to_string()
    }

    #[test]
    fn faults_name_file_and_line() {
        let whole = "id = \"L-x\"\nterm = \"x\"\nkind = \"word\"\nstrength = 2\nneutral = [\"y\"]\nsources = [\"house\"]\nwhy = \"w\"\nhit = [\"x\"]\nmiss = [\"y\"]\n";
        assert!(Lexicon::from_toml("t", [("house.toml", format!("{HEAD}[[entry]]\n{whole}").as_str())]).is_ok());
        assert_eq!(message(&whole.replace("= 2", "= 4")), "house.toml:4: L-x: strength is 4, must be 0 to 3");
        assert!(message(&whole.replace("\"y\"", "\"(delete)\"")).contains("neutral \"(delete)\" is neither"));
        assert!(message(&format!("{whole}colour = 1\n")).starts_with("house.toml:14: unknown field `colour`"));
        assert!(message(&format!("{whole}[[entry]]\n{whole}")).contains("stands twice"));
        let regex = whole.replace("\"word\"", "\"regex\"").replace("term = \"x\"", "term = '(a*'");
        assert!(message(&regex).contains("does not compile"));
    }
}
