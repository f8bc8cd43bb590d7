//! Loaded lexicons: files read, several laid over one another.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::error::{ErrorKind, Position, Result};

use super::draft::{Draft, check_category};
use super::entry::{Category, Entry, MatchKind};

/// A loaded lexicon: entries sorted by id, categories by id.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Name and version, as shown in reports.
    pub name: String,
    entries: Vec<Placed>,
    categories: BTreeMap<String, Category>,
}

/// An entry and where it was written.
#[derive(Clone, Debug)]
struct Placed {
    entry: Entry,
    position: Position,
    /// Position of its lexicon among those laid over one another.
    layer: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The category of all entries that name none of their own.
    #[serde(default)]
    category: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    entry: Vec<toml::Spanned<Draft>>,
    /// What further categories are.
    #[serde(default)]
    categories: BTreeMap<String, Description>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    title: String,
    about: String,
}

impl Lexicon {
    /// Reads TOML files given as `(path, content)`; the path is used in messages only.
    ///
    /// # Errors
    /// [`ErrorKind::Lexicon`] with file and line for anything that does not parse, an unknown field, a strength above 3, an
    /// advice that is none, or an id that stands twice.
    pub fn from_toml<'f>(name: &str, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self> {
        let mut builder = Builder::default();
        for (path, content) in files {
            let lines = LineStarts::new(content);
            let fault = |offset: usize, message: String| ErrorKind::Lexicon {
                position: Position::line(Path::new(path), lines.line(offset)),
                message,
            };
            let file: File = toml::from_str(content).map_err(|e| fault(e.span().map_or(0, |s| s.start), e.message().to_owned()))?;
            for written in file.entry {
                let line = lines.line(written.span().start);
                let mut draft = written.into_inner();
                if draft.category.is_empty() {
                    draft.category.clone_from(&file.category);
                }
                builder.add(draft, Position::line(Path::new(path), line))?;
            }
            for (id, Description { title, about }) in file.categories {
                check_category(&id).map_err(|e| fault(content.find(&id).unwrap_or(0), e))?;
                builder.describe(Category { id, title, about });
            }
            if !file.category.is_empty() {
                check_category(&file.category).map_err(|e| fault(content.find(&file.category).unwrap_or(0), e))?;
                builder.describe(Category { id: file.category, title: file.title, about: file.about });
            }
        }
        Ok(builder.finish(name))
    }

    /// Several lexicons as one, in the order given: an entry replaces those of its id in lexicons named before, and where two
    /// match the same words, the one named later counts.
    #[must_use]
    pub fn layered(layers: Vec<Self>) -> Self {
        let name = layers.iter().map(|lexicon| lexicon.name.as_str()).collect::<Vec<_>>().join(" + ");
        let mut entries: BTreeMap<String, Placed> = BTreeMap::new();
        let mut categories: BTreeMap<String, Category> = BTreeMap::new();
        for (layer, lexicon) in layers.into_iter().enumerate() {
            for placed in lexicon.entries {
                entries.insert(placed.entry.id.clone(), Placed { layer, ..placed });
            }
            for (id, category) in lexicon.categories {
                if category.is_described() || !categories.contains_key(&id) {
                    categories.insert(id, category);
                }
            }
        }
        Self { name, entries: entries.into_values().collect(), categories }
    }

    /// The files of one folder as one lexicon: they stand beside one another, so that an id stands in one of them only.
    pub(super) fn joined(name: &str, files: Vec<Self>) -> Result<Self> {
        let mut builder = Builder::default();
        for file in files {
            for placed in file.entries {
                builder.insert(placed.entry, placed.position)?;
            }
            file.categories.into_values().filter(Category::is_described).for_each(|category| builder.describe(category));
        }
        Ok(builder.finish(name))
    }

    /// With categories described as in `other` where nobody has described them here.
    #[must_use]
    pub(super) fn described_by(mut self, other: &Self) -> Self {
        for category in self.categories.values_mut().filter(|category| !category.is_described()) {
            if let Some(known) = other.category(&category.id) {
                category.clone_from(known);
            }
        }
        self
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All entries, sorted by id: the entry of [`EntryId`](crate::id::EntryId) 0 first.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> + Clone {
        self.entries.iter().map(|placed| &placed.entry)
    }

    /// One entry.
    #[must_use]
    pub fn entry(&self, id: crate::id::EntryId) -> &Entry {
        &self.entries[id.index()].entry
    }

    /// Where an entry was written.
    #[must_use]
    pub fn position(&self, id: crate::id::EntryId) -> &Position {
        &self.entries[id.index()].position
    }

    /// Which of the lexicons laid over one another an entry is of, from 0.
    #[must_use]
    pub fn layer(&self, id: crate::id::EntryId) -> usize {
        self.entries[id.index()].layer
    }

    /// The number of the entry with this id.
    #[must_use]
    pub fn find_id(&self, id: &str) -> Option<crate::id::EntryId> {
        self.entries.binary_search_by(|placed| placed.entry.id.as_str().cmp(id)).ok().map(crate::id::EntryId::new)
    }

    /// The number of the entry with this id, whatever its case.
    #[must_use]
    pub fn find_any_case(&self, id: &str) -> Option<crate::id::EntryId> {
        let same = || self.entries.iter().position(|placed| placed.entry.id.eq_ignore_ascii_case(id)).map(crate::id::EntryId::new);
        self.find_id(id).or_else(same)
    }

    /// The entry with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.find_id(id).map(|found| self.entry(found))
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

/// A file of the shipped lexicon as it was built in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BuiltIn {
    path: String,
    category: String,
    title: String,
    about: String,
    entry: Vec<Draft>,
    /// The line on which each entry starts.
    lines: Vec<usize>,
}

/// Reads the form in which the shipped lexicon is built in.
pub(super) fn from_json(name: &str, content: &str) -> Result<Lexicon> {
    let fault = |e: serde_json::Error| ErrorKind::Lexicon { position: Position::file(Path::new(name)), message: e.to_string() };
    let files: Vec<BuiltIn> = serde_json::from_str(content).map_err(fault)?;
    let mut builder = Builder::default();
    for file in files {
        let path = Path::new(&file.path);
        for (mut draft, line) in file.entry.into_iter().zip(file.lines) {
            draft.category.clone_from(&file.category);
            let position = Position::line(path, line);
            let entry = draft.fields().map_err(|message| ErrorKind::Lexicon { position: position.clone(), message })?;
            builder.insert(entry, position)?;
        }
        builder.describe(Category { id: file.category, title: file.title, about: file.about });
    }
    Ok(builder.finish(name))
}

/// Most entries of kind `regex` in one lexicon: each takes a pass over every text, where all others take one together.
const MOST_PATTERNS: usize = 500;

/// A lexicon that is being read.
#[derive(Default)]
pub(super) struct Builder {
    /// Entries that are patterns: each is searched for in every paragraph.
    patterns: usize,
    entries: BTreeMap<String, Placed>,
    categories: BTreeMap<String, Category>,
}

impl Builder {
    /// Checks an entry and takes it in.
    pub(super) fn add(&mut self, draft: Draft, position: Position) -> Result<()> {
        match draft.check() {
            Ok(entry) => self.insert(entry, position),
            Err(message) => Err(ErrorKind::Lexicon { position, message }.into()),
        }
    }

    fn insert(&mut self, entry: Entry, position: Position) -> Result<()> {
        self.patterns += usize::from(entry.kind == MatchKind::Regex);
        if self.patterns > MOST_PATTERNS {
            let message = format!("more than {MOST_PATTERNS} entries of kind regex; use stem or phrase, which cost nothing");
            return Err(ErrorKind::Lexicon { position, message }.into());
        }
        if let Some(other) = self.entries.get(&entry.id) {
            let message = format!("id \"{}\" stands twice (also in {})", entry.id, other.position);
            return Err(ErrorKind::Lexicon { position, message }.into());
        }
        self.categories.entry(entry.category.clone()).or_insert_with(|| Category::unknown(&entry.category));
        self.entries.insert(entry.id.clone(), Placed { entry, position, layer: 0 });
        Ok(())
    }

    /// Takes in what a category is.
    pub(super) fn describe(&mut self, category: Category) {
        self.categories.insert(category.id.clone(), category);
    }

    pub(super) fn finish(self, name: &str) -> Lexicon {
        Lexicon { name: name.to_owned(), entries: self.entries.into_values().collect(), categories: self.categories }
    }
}

/// Where lines start, for positions in messages.
struct LineStarts(Vec<usize>);

impl LineStarts {
    fn new(content: &str) -> Self {
        Self(content.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The line of a byte, from 1.
    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|&start| start <= offset) + 1
    }
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
        let spaced = format!("{HEAD}[[entry]]\n{}", whole.replace("\"x\"", "\" x\"").replace("\"w\"", "\"  =w \\n\""));
        let spaced = Lexicon::from_toml("t", [("house.toml", spaced.as_str())]).unwrap();
        let entry = spaced.find("L-x").unwrap();
        assert_eq!((entry.term.as_str(), entry.why.as_str(), &*entry.hit), ("x", "=w", &["x".to_owned()][..]));
        let described = format!("{whole}[categories.\"a b\"]\ntitle = \"\"\nabout = \"\"\n");
        assert_eq!(message(&described), "house.toml:14: category \"a b\" must be small letters, digits and _");
        let regex = whole.replace("\"word\"", "\"regex\"").replace("term = \"x\"", "term = '(a*'");
        assert!(message(&regex).contains("does not compile"));
    }
}
