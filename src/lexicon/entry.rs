//! What the lexicon says of one wording.

use std::fmt;

use serde::Deserialize;

/// How the term of an entry is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// One word, as written.
    Word,
    /// One word and its inflected forms.
    Lemma,
    /// Several words, as written.
    Phrase,
    /// Several words; the first and the last are inflected.
    LemmaPhrase,
    /// A proper name, as written.
    Proper,
    /// A regular expression over the text of a paragraph, without case.
    Regex,
}

impl MatchKind {
    /// As written in lexicons.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Lemma => "lemma",
            Self::Phrase => "phrase",
            Self::LemmaPhrase => "lemma_phrase",
            Self::Proper => "proper",
            Self::Regex => "regex",
        }
    }

    /// Whether first and last word are inflected.
    #[must_use]
    pub const fn inflects(self) -> bool {
        matches!(self, Self::Lemma | Self::LemmaPhrase)
    }
}

/// A plainer way to say it, or advice where no word serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Neutral {
    /// These words instead.
    Words(String),
    /// Leave it out.
    Drop,
    /// Say whose word it is; with a remark.
    Attribute(String),
    /// Say what exactly; with a remark.
    Specify(String),
    /// Keep it; with the condition.
    Keep(String),
}

impl Neutral {
    /// Reads `troops`, `(drop)`, `(attribute)`, `(specify: the number)`, `(keep: in history)`; `None` for other advice.
    #[must_use]
    pub fn parse(given: &str) -> Option<Self> {
        let Some(advice) = given.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
            return (!given.trim().is_empty()).then(|| Self::Words(given.trim().to_owned()));
        };
        let (kind, remark) = advice.split_once(':').map_or((advice, ""), |(kind, remark)| (kind, remark.trim()));
        match (kind.trim(), remark) {
            ("drop", "") => Some(Self::Drop),
            ("attribute", _) => Some(Self::Attribute(remark.to_owned())),
            ("specify", _) => Some(Self::Specify(remark.to_owned())),
            ("keep", _) => Some(Self::Keep(remark.to_owned())),
            _ => None,
        }
    }
}

impl Neutral {
    /// As it is said to people: `troops`, `leave it out`, `say exactly: the number killed`.
    #[must_use]
    pub fn said(&self) -> String {
        let (advice, remark) = match self {
            Self::Words(words) => return words.clone(),
            Self::Drop => ("leave it out", ""),
            Self::Attribute(remark) => ("say whose word it is", remark.as_str()),
            Self::Specify(remark) => ("say exactly", remark.as_str()),
            Self::Keep(remark) => ("keep it", remark.as_str()),
        };
        if remark.is_empty() { advice.to_owned() } else { format!("{advice}: {remark}") }
    }
}

impl fmt::Display for Neutral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, remark) = match self {
            Self::Words(words) => return f.write_str(words),
            Self::Drop => ("drop", ""),
            Self::Attribute(remark) => ("attribute", remark.as_str()),
            Self::Specify(remark) => ("specify", remark.as_str()),
            Self::Keep(remark) => ("keep", remark.as_str()),
        };
        if remark.is_empty() { write!(f, "({kind})") } else { write!(f, "({kind}: {remark})") }
    }
}

/// Which case a match must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Not capitalised, except where any word would be.
    Lower,
    /// Capitalised.
    Upper,
}

impl Case {
    /// As written in lexicons.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Upper => "upper",
        }
    }
}

/// A part of speech, as far as the neighbours tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartOfSpeech {
    /// Not after an article, possessive or preposition; not before a form of "be", "have" or "of".
    Verb,
    /// After an article, possessive or preposition, or before such a form.
    Noun,
    /// Before a word that carries meaning, or after a form of "be".
    Adjective,
}

impl PartOfSpeech {
    /// As written in lexicons.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verb => "verb",
            Self::Noun => "noun",
            Self::Adjective => "adjective",
        }
    }
}

/// In whose words an entry counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VoiceRule {
    /// In anybody's; tables keep the voices apart.
    #[default]
    Any,
    /// In the outlet's own words only: reported and quoted speech holds no hit.
    Narrator,
}

impl VoiceRule {
    /// As written in lexicons.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Narrator => "narrator",
        }
    }
}

/// How serious a finding of an entry is to whoever checks a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth a look; all shipped entries are notes.
    #[default]
    Note,
    /// Against the house's usage.
    Warning,
    /// Never to be printed.
    Error,
}

impl Level {
    /// As written in lexicons and findings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where the wording is innocent, or where alone it is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guards {
    /// No hit when one of these follows.
    pub not_next: Vec<String>,
    /// A hit only when one of these follows.
    pub next: Vec<String>,
    /// No hit when one of these stands before.
    pub not_prev: Vec<String>,
    /// A hit only when one of these stands before.
    pub prev: Vec<String>,
    /// No hit when one of these stands in the sentence.
    pub not_near: Vec<String>,
    /// A hit only when one of these stands in the sentence.
    pub near: Vec<String>,
    /// Which case the match must have.
    pub cap: Option<Case>,
    /// Which part of speech it must be.
    pub pos: Option<PartOfSpeech>,
}

/// One listed wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable name: `L-` and the term with hyphens.
    pub id: String,
    /// The wording, capitalised only where English always does.
    pub term: String,
    /// How to show a term that is a pattern; empty where the term shows itself.
    pub label: String,
    /// How it is matched.
    pub kind: MatchKind,
    /// Further forms, matched as written.
    pub forms: Vec<String>,
    /// Id of its category.
    pub category: String,
    /// 0 recorded as not loaded, 1 weak, 2 clear, 3 strong.
    pub strength: u8,
    /// Plainer ways to say it.
    pub neutral: Vec<Neutral>,
    /// Subject field.
    pub domain: String,
    /// Id of the entry for the other side's counterpart, empty if there is none.
    pub pair: String,
    /// `topic:side`: in which dispute the wording stands on which side; empty where it takes none.
    pub leans: String,
    /// Who disagrees that it is loaded, empty if nobody is known to.
    pub contested: String,
    /// What it does beyond naming the thing.
    pub why: String,
    /// Ids of `lexicons/sources.csv`.
    pub sources: Vec<String>,
    /// Where it does not count.
    pub guards: Guards,
    /// In whose words it counts.
    pub voice: VoiceRule,
    /// How serious a finding is.
    pub level: Level,
    /// How far it has been reviewed, in the words of whoever keeps the list.
    pub status: String,
    /// Who wrote it.
    pub by: String,
    /// When it was last changed, as given.
    pub date: String,
    /// Sentences in which it is found.
    pub hit: Vec<String>,
    /// Sentences that look alike and in which it is not found.
    pub miss: Vec<String>,
}

impl Entry {
    /// The wording as people read it.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.label.is_empty() { &self.term } else { &self.label }
    }

    /// Whether it has a reason, a source, an example that must be found and one that must not.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        !self.why.is_empty() && !self.sources.is_empty() && !self.hit.is_empty() && !self.miss.is_empty()
    }

    /// The plainer wordings in words for people: advice as a sentence says it.
    #[must_use]
    pub fn neutral_said(&self) -> String {
        self.neutral.iter().map(Neutral::said).collect::<Vec<_>>().join(", ")
    }

    /// The plainer wordings in one line.
    #[must_use]
    pub fn neutral_line(&self) -> String {
        self.neutral.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
    }
}

/// A kind of loaded wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Stable name.
    pub id: String,
    /// For people.
    pub title: String,
    /// What belongs in it.
    pub about: String,
}

impl Category {
    /// A category that nobody has described: its id is its title.
    #[must_use]
    pub fn unknown(id: &str) -> Self {
        Self { id: id.to_owned(), title: id.replace('_', " "), about: String::new() }
    }

    /// Whether somebody has said what belongs in it.
    #[must_use]
    pub fn is_described(&self) -> bool {
        !self.about.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Neutral;

    #[test]
    fn neutral_reads_and_shows_the_same() {
        for given in ["troops", "(drop)", "(attribute)", "(specify: the number killed)", "(keep: in history)"] {
            assert_eq!(Neutral::parse(given).unwrap().to_string(), given);
        }
        let said = |given: &str| Neutral::parse(given).unwrap().said();
        assert_eq!(
            ["troops", "(drop)", "(attribute)", "(specify: the number)"].map(said),
            ["troops", "leave it out", "say whose word it is", "say exactly: the number"]
        );
        for wrong in ["", "(dropp)", "(drop: it)"] {
            assert_eq!(Neutral::parse(wrong), None, "{wrong}");
        }
    }
}
