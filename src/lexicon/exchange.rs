//! Lexicons for other tools: quanteda's dictionaries, and rules for Vale. What those cannot say is left out and named.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{ErrorKind, Position, Result};

use super::draft::Draft;
use super::entry::{Entry, Level, MatchKind, Neutral, VoiceRule};
use super::guard::words_of;
use super::inflect::{forms, spellings};
use super::load::{Builder, Lexicon};
use super::sheet::id_of;

/// A quanteda dictionary in YAML (`dictionary(file = "…", format = "YAML")`): a key a category, its patterns sorted, all
/// inflected forms written out, words parted by blanks. Guards, strengths and reasons have no place in it, and patterns of kind
/// `regex` and entries of strength 0 stand in a remark.
///
/// # Errors
/// When the YAML writer fails.
pub fn to_quanteda(lexicon: &Lexicon) -> Result<String> {
    let mut patterns: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut left_out = Vec::new();
    for entry in lexicon.entries() {
        if entry.kind == MatchKind::Regex || entry.strength == 0 {
            left_out.push(entry.id.as_str());
        } else {
            patterns.entry(&entry.category).or_default().extend(written_forms(entry));
        }
    }
    for list in patterns.values_mut() {
        list.sort();
        list.dedup();
    }
    let remark = if left_out.is_empty() { String::new() } else { format!("# Left out: {}\n", left_out.join(", ")) };
    Ok(format!("# {}, as a quanteda dictionary: without guards, strengths and reasons.\n{remark}{}", lexicon.name, yaml(&patterns)?))
}

/// Reads a quanteda dictionary in YAML: nested keys become categories joined by `_`, `*` and `?` any letters and one letter.
/// The entries have strength 1 and neither neutral wording nor reason, which `lexicon check` asks for.
///
/// # Errors
/// [`ErrorKind::Lexicon`] when it is no such dictionary.
pub fn from_quanteda(name: &str, path: &Path, content: &str) -> Result<Lexicon> {
    let fault = |line, message: String| ErrorKind::Lexicon { position: Position::line(path, line), message };
    let tree: BTreeMap<String, Tree> = serde_saphyr::from_str(content).map_err(|e| {
        let message = e.to_string();
        fault(
            e.location().map_or(1, |at| at.line() as usize),
            format!("is no dictionary of lists: {}", message.lines().next().unwrap_or("")),
        )
    })?;
    let mut patterns = Vec::new();
    for (key, below) in tree {
        collect(&category_of(&key), below, &mut patterns);
    }
    let mut builder = Builder::default();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (category, pattern) in patterns {
        let glob = pattern.contains(['*', '?']);
        let mut id = id_of(&pattern.replace(['*', '?'], " "));
        let times = taken.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            id = format!("{id}-{times}");
        }
        let draft = Draft {
            kind: match words_of(&pattern).len() {
                _ if glob => MatchKind::Regex,
                0 | 1 => MatchKind::Word,
                _ => MatchKind::Phrase,
            },
            term: if glob { regex_of(&pattern) } else { pattern.clone() },
            label: if glob { pattern } else { String::new() },
            category,
            strength: 1,
            ..Draft::named(id)
        };
        builder.add(draft, Position::file(path))?;
    }
    Ok(builder.finish(name))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Tree {
    Below(BTreeMap<String, Tree>),
    Patterns(Vec<Tree>),
    Pattern(String),
}

fn collect(category: &str, tree: Tree, out: &mut Vec<(String, String)>) {
    match tree {
        Tree::Pattern(pattern) if pattern.contains(char::is_alphanumeric) => out.push((category.to_owned(), pattern.trim().to_owned())),
        Tree::Pattern(_) => {}
        Tree::Patterns(list) => list.into_iter().for_each(|below| collect(category, below, out)),
        Tree::Below(keys) => {
            for (key, below) in keys {
                collect(&format!("{category}_{}", category_of(&key)), below, out);
            }
        }
    }
}

fn category_of(key: &str) -> String {
    let plain: String = key.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let plain = plain.trim_matches('_');
    if plain.is_empty() { "imported".to_owned() } else { plain.to_owned() }
}

fn regex_of(pattern: &str) -> String {
    let words: Vec<String> = pattern.split_whitespace().map(|w| regex::escape(w).replace(r"\*", r"\w*").replace(r"\?", r"\w")).collect();
    words.join(r"\s+")
}

/// A rule for Vale: one file of a style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValeRule {
    /// Its name, which is that of the file without `.yml`.
    pub name: String,
    /// The YAML.
    pub yaml: String,
}

#[derive(Serialize)]
struct Rule<'r> {
    extends: &'static str,
    message: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'r str>,
    level: &'static str,
    ignorecase: bool,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    swap: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tokens: Vec<String>,
}

/// Rules for Vale, two a category and level at most: `substitution` where there is a plainer wording, `existence` where there is
/// advice. Notes are suggestions. Vale knows no voices and no guards on the sentence: entries with such guards, patterns of kind
/// `proper` (case) and those of strength below `min_strength` are left out; their ids come second. `link` gives the page of
/// a category.
///
/// # Errors
/// When the YAML writer fails.
pub fn to_vale(lexicon: &Lexicon, min_strength: u8, link: impl Fn(&str) -> Option<String>) -> Result<(Vec<ValeRule>, Vec<String>)> {
    let mut left_out = Vec::new();
    let mut rules: BTreeMap<(String, Level, bool), Vec<&Entry>> = BTreeMap::new();
    for entry in lexicon.entries() {
        let guards = &entry.guards;
        let simple =
            guards.near.is_empty() && guards.next.is_empty() && guards.prev.is_empty() && guards.cap.is_none() && guards.pos.is_none();
        if entry.strength < min_strength.max(1) || !simple || entry.kind == MatchKind::Proper || entry.voice == VoiceRule::Narrator {
            left_out.push(entry.id.clone());
        } else {
            rules.entry((entry.category.clone(), entry.level, words(entry).is_some())).or_default().push(entry);
        }
    }
    let mut out = Vec::new();
    for ((category, level, plainer), entries) in rules {
        let page = link(&category);
        let rule = Rule {
            extends: if plainer { "substitution" } else { "existence" },
            message: if plainer {
                "Consider '%s' for the listed wording '%s'."
            } else {
                "Listed wording: '%s'. Could it be left out, attributed or made exact?"
            },
            link: page.as_deref(),
            level: match level {
                Level::Note => "suggestion",
                Level::Warning => "warning",
                Level::Error => "error",
            },
            ignorecase: true,
            swap: entries.iter().filter_map(|e| words(e).map(|words| (vale_pattern(e), words))).collect(),
            tokens: if plainer { Vec::new() } else { entries.iter().map(|e| vale_pattern(e)).collect() },
        };
        let level = if level == Level::Note { String::new() } else { format!("-{}", level.as_str()) };
        let name = format!("{category}{level}{}", if plainer { "" } else { "-advice" });
        out.push(ValeRule { name, yaml: yaml(&rule)? });
    }
    Ok((out, left_out))
}

/// Plain wordings of an entry as Vale has alternatives, if there are any.
fn words(entry: &Entry) -> Option<String> {
    let words: Vec<&str> =
        entry.neutral.iter().filter_map(|n| if let Neutral::Words(words) = n { Some(words.as_str()) } else { None }).collect();
    (!words.is_empty()).then(|| words.join("|"))
}

/// All forms as one pattern; words right before and after that make it innocent become look-arounds.
fn vale_pattern(entry: &Entry) -> String {
    if entry.kind == MatchKind::Regex {
        return entry.term.clone();
    }
    let alternatives = |items: &[String]| items.iter().map(|item| regex::escape(item)).collect::<Vec<_>>().join("|");
    let written: Vec<String> = written_forms(entry).iter().map(|form| regex::escape(form).replace(' ', "[ -]")).collect();
    let mut pattern = format!("(?:{})", written.join("|"));
    if !entry.guards.not_prev.is_empty() {
        let before: Vec<String> = entry.guards.not_prev.iter().map(|item| format!("(?<!{} )", regex::escape(item))).collect();
        pattern = format!("{}{pattern}", before.concat());
    }
    if !entry.guards.not_next.is_empty() {
        pattern = format!(r"{pattern}(?! (?:{})\b)", alternatives(&entry.guards.not_next));
    }
    pattern
}

/// The term and its forms with inflections and both spellings, folded, words parted by blanks; sorted.
fn written_forms(entry: &Entry) -> Vec<String> {
    let mut out = std::collections::BTreeSet::new();
    for term in std::iter::once(&entry.term).chain(&entry.forms) {
        let words = words_of(term);
        let mut texts = vec![String::new()];
        for (i, word) in words.iter().enumerate() {
            let ends = i == 0 || i + 1 == words.len();
            let inflected = if entry.kind.inflects() && ends { forms(word) } else { [word.clone()].into() };
            let choices: std::collections::BTreeSet<String> = inflected.iter().flat_map(|form| spellings(form)).collect();
            texts = texts
                .iter()
                .flat_map(|text| choices.iter().map(move |word| if text.is_empty() { word.clone() } else { format!("{text} {word}") }))
                .collect();
        }
        out.extend(texts);
    }
    out.into_iter().collect()
}

fn yaml(value: &impl Serialize) -> Result<String> {
    serde_saphyr::to_string(value)
        .map_err(|e| ErrorKind::Lexicon { position: Position::file(Path::new("export")), message: e.to_string() }.into())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Lexicon, from_quanteda, to_quanteda, to_vale};

    fn house() -> Lexicon {
        let file = "category = \"labels\"\ntitle = \"Labels\"\nabout = \"x\"\n\
            [[entry]]\nid = \"L-regime\"\nterm = \"regime\"\nkind = \"lemma\"\nstrength = 2\nneutral = [\"government\", \"authorities\"]\nnot_prev = [\"tax\"]\nnot_next = [\"of treatment\"]\n\
            [[entry]]\nid = \"L-so-called\"\nterm = \"so-called\"\nkind = \"phrase\"\nstrength = 2\nneutral = [\"(drop)\"]\nlevel = \"warning\"\n\
            [[entry]]\nid = \"L-near\"\nterm = \"animals\"\nkind = \"word\"\nstrength = 2\nneutral = [\"(drop)\"]\nnear = [\"people\"]\n\
            [[entry]]\nid = \"L-pattern\"\nterm = 'drag\\w* its feet'\nlabel = \"drag its feet\"\nkind = \"regex\"\nstrength = 1\nneutral = [\"delay\"]\n";
        Lexicon::from_toml("house", [("house.toml", file)]).unwrap()
    }

    #[test]
    fn a_dictionary_for_quanteda() {
        let yaml = to_quanteda(&house()).unwrap();
        assert!(yaml.contains("# Left out: L-pattern\n"), "{yaml}");
        let lists: std::collections::BTreeMap<String, Vec<String>> = serde_saphyr::from_str(&yaml).unwrap();
        for expected in ["animals", "regime", "regimes", "so called"] {
            assert!(lists["labels"].contains(&expected.to_owned()), "{yaml}");
        }
        let back = from_quanteda("q", Path::new("q.yml"), &yaml).unwrap();
        assert!(back.entries().any(|e| e.id == "L-regimes" && e.category == "labels" && e.strength == 1));
    }

    #[test]
    fn globs_and_levels_of_a_quanteda_dictionary() {
        let yaml = "Populism:\n  elite:\n    - elit*\n    - \"the few\"\n  people: [\"ordinary peop??\"]\nempty: []\n";
        let lexicon = from_quanteda("q", Path::new("q.yml"), yaml).unwrap();
        let shown: Vec<_> = lexicon.entries().map(|e| (e.id.as_str(), e.category.as_str(), e.term.as_str(), e.kind.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("L-elit", "populism_elite", r"elit\w*", "regex"),
                ("L-ordinary-peop", "populism_people", r"ordinary\s+peop\w\w", "regex"),
                ("L-the-few", "populism_elite", "the few", "phrase"),
            ]
        );
        assert!(from_quanteda("q", Path::new("q.yml"), "- a\n- b\n").unwrap_err().to_string().starts_with("q.yml:1: is no dictionary"));
    }

    #[test]
    fn rules_for_vale() {
        let (rules, left_out) = to_vale(&house(), 1, |category| Some(format!("https://example.org/{category}"))).unwrap();
        let names: Vec<&str> = rules.iter().map(|rule| rule.name.as_str()).collect();
        assert_eq!(names, ["labels", "labels-warning-advice"]);
        assert_eq!(left_out, ["L-near"]);
        #[derive(serde::Deserialize)]
        struct Rule {
            extends: String,
            link: String,
            level: String,
            #[serde(default)]
            swap: std::collections::BTreeMap<String, String>,
            #[serde(default)]
            tokens: Vec<String>,
        }
        let rule: Rule = serde_saphyr::from_str(&rules[0].yaml).unwrap();
        assert_eq!(
            (rule.extends.as_str(), rule.level.as_str(), rule.link.as_str()),
            ("substitution", "suggestion", "https://example.org/labels")
        );
        let (pattern, plainer) = rule.swap.iter().find(|(pattern, _)| pattern.contains("regime")).unwrap();
        assert!(pattern.starts_with(r"(?<!tax )(?:regime|") && pattern.ends_with(r"(?! (?:of treatment)\b)"), "{pattern}");
        assert_eq!(plainer, "government|authorities");
        let advice: Rule = serde_saphyr::from_str(&rules[1].yaml).unwrap();
        assert_eq!(
            (advice.extends.as_str(), advice.level.as_str(), advice.tokens.as_slice()),
            ("existence", "warning", ["(?:so[ -]called)".to_owned()].as_slice())
        );
    }
}
