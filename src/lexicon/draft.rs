//! An entry as somebody wrote it, before it is checked: what TOML and CSV files share.

use serde::Deserialize;

use super::entry::{Case, Entry, Guards, Level, MatchKind, Neutral, PartOfSpeech, VoiceRule};

/// An unchecked entry; the fields are those of [`Entry`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) term: String,
    #[serde(default)]
    pub(super) label: String,
    pub(super) kind: MatchKind,
    #[serde(default)]
    pub(super) forms: Vec<String>,
    #[serde(default)]
    pub(super) category: String,
    pub(super) strength: u8,
    #[serde(default)]
    pub(super) neutral: Vec<String>,
    #[serde(default)]
    pub(super) domain: String,
    #[serde(default)]
    pub(super) pair: String,
    #[serde(default)]
    pub(super) leans: String,
    #[serde(default)]
    pub(super) contested: String,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    #[serde(default)]
    pub(super) not_next: Vec<String>,
    #[serde(default)]
    pub(super) next: Vec<String>,
    #[serde(default)]
    pub(super) not_prev: Vec<String>,
    #[serde(default)]
    pub(super) prev: Vec<String>,
    #[serde(default)]
    pub(super) not_near: Vec<String>,
    #[serde(default)]
    pub(super) near: Vec<String>,
    pub(super) cap: Option<Case>,
    pub(super) pos: Option<PartOfSpeech>,
    #[serde(default)]
    pub(super) voice: VoiceRule,
    #[serde(default)]
    pub(super) level: Level,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) by: String,
    #[serde(default)]
    pub(super) date: String,
    #[serde(default)]
    pub(super) why: String,
    #[serde(default)]
    pub(super) hit: Vec<String>,
    #[serde(default)]
    pub(super) miss: Vec<String>,
}

impl Draft {
    /// An entry of which nothing is known but its id.
    pub(super) fn named(id: String) -> Self {
        Self {
            id,
            term: String::new(),
            label: String::new(),
            kind: MatchKind::Word,
            forms: Vec::new(),
            category: String::new(),
            strength: 0,
            neutral: Vec::new(),
            domain: String::new(),
            pair: String::new(),
            leans: String::new(),
            contested: String::new(),
            sources: Vec::new(),
            not_next: Vec::new(),
            next: Vec::new(),
            not_prev: Vec::new(),
            prev: Vec::new(),
            not_near: Vec::new(),
            near: Vec::new(),
            cap: None,
            pos: None,
            voice: VoiceRule::default(),
            level: Level::default(),
            status: String::new(),
            by: String::new(),
            date: String::new(),
            why: String::new(),
            hit: Vec::new(),
            miss: Vec::new(),
        }
    }

    /// The entry, or what is wrong with it in one line.
    pub(super) fn check(mut self) -> Result<Entry, String> {
        // What is tried is what is kept: a blank in front can make a pattern of what is none.
        self.trim();
        if self.kind == MatchKind::Regex {
            try_pattern(&self.term).map_err(|e| format!("{}: {e}", self.id))?;
        }
        self.fields()
    }

    /// The entry without a trial of its pattern, for what is built in and was tried by the tests.
    pub(super) fn fields(mut self) -> Result<Entry, String> {
        self.trim();
        let id = &self.id;
        if !self.term.contains(char::is_alphanumeric) {
            return Err(format!("{id}: term \"{}\" holds no word", self.term));
        }
        if !id.starts_with("L-") || id.len() < 3 || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(format!("id \"{id}\" must be L- and then letters, digits and hyphens"));
        }
        check_category(&self.category).map_err(|e| format!("{id}: {e}"))?;
        let texts = [&self.term, &self.label, &self.contested, &self.why, &self.domain, &self.status, &self.by, &self.date];
        let lists = [&self.forms, &self.neutral, &self.sources, &self.hit, &self.miss];
        if let Some(long) = texts.into_iter().chain(lists.into_iter().flatten()).find(|text| text.len() > LONGEST_FIELD) {
            return Err(format!("{id}: a field of {} bytes is longer than {LONGEST_FIELD}", long.len()));
        }
        if self.strength > 3 {
            return Err(format!("{id}: strength is {}, must be 0 to 3", self.strength));
        }
        if !self.leans.is_empty() && self.leans.split(':').filter(|part| !part.trim().is_empty()).count() != 2 {
            return Err(format!("{id}: leans \"{}\" must be topic:side", self.leans));
        }
        let neutral = self.neutral.iter().map(|given| {
            Neutral::parse(given)
                .ok_or_else(|| format!("{id}: neutral \"{given}\" is neither words nor (drop), (attribute: …), (specify: …), (keep: …)"))
        });
        let neutral = neutral.collect::<Result<Vec<_>, _>>()?;
        Ok(Entry {
            id: self.id,
            term: self.term,
            label: self.label,
            kind: self.kind,
            forms: self.forms,
            category: self.category,
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
            voice: self.voice,
            level: self.level,
            status: self.status,
            by: self.by,
            date: self.date,
            hit: self.hit,
            miss: self.miss,
        })
    }
}

impl Draft {
    /// Takes off the blanks around every text, and texts of nothing else: a sheet cannot tell them, and nobody sees them.
    fn trim(&mut self) {
        let trim = |text: &mut String| {
            if text.trim().len() < text.len() {
                *text = text.trim().to_owned();
            }
        };
        let named = [&mut self.term, &mut self.label, &mut self.domain, &mut self.pair, &mut self.leans, &mut self.contested];
        let noted = [&mut self.status, &mut self.by, &mut self.date, &mut self.why];
        named.into_iter().chain(noted).for_each(trim);
        let found = [&mut self.forms, &mut self.neutral, &mut self.sources, &mut self.hit, &mut self.miss];
        let around = [&mut self.not_next, &mut self.next, &mut self.not_prev, &mut self.prev, &mut self.not_near, &mut self.near];
        for list in found.into_iter().chain(around) {
            list.iter_mut().for_each(trim);
            list.retain(|text| !text.is_empty());
        }
    }
}

/// Whether a category may be called so: its id becomes part of keys and of attributes.
pub(super) fn check_category(id: &str) -> Result<(), String> {
    let is_plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if is_plain { Ok(()) } else { Err(format!("category \"{id}\" must be small letters, digits and _")) }
}

/// Longest text of an entry, in bytes: what goes into every finding stays short.
const LONGEST_FIELD: usize = 10_000;

/// Longest regular expression of an entry, in bytes; longer ones cost more to compile than a run may spend.
const LONGEST_PATTERN: usize = 1024;

/// The compiled pattern of a regex entry: whole words, without case. The borders are those of ASCII words, which a fast search
/// can tell in any text; the scanner looks at the letters around.
pub(super) fn compile(pattern: &str) -> Result<regex::Regex, String> {
    if pattern.len() > LONGEST_PATTERN {
        return Err(format!("pattern of {} bytes is longer than {LONGEST_PATTERN}", pattern.len()));
    }
    let compiled = regex::RegexBuilder::new(&format!(r"(?-u:\b)(?:{pattern})(?-u:\b)")).case_insensitive(true).size_limit(1 << 20).build();
    compiled.map_err(|e| {
        let message = e.to_string();
        format!("pattern does not compile: {}", message.lines().last().unwrap_or("").trim())
    })
}

/// What is wrong with the pattern of a regex entry.
fn try_pattern(pattern: &str) -> Result<(), String> {
    let compiled = compile(pattern)?;
    // Borders of words keep `x*` from matching nothing at the start of a text, but not elsewhere.
    if compiled.is_match("") || regex::Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|whole| whole.is_match("")) {
        return Err("pattern matches the empty text".to_owned());
    }
    Ok(())
}
