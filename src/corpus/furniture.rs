//! What stands on the page and is not the article: taken off before anything counts, and kept for `removed.csv`.
//!
//! Rules on single lines: a shipped list (`lexicons/en/furniture.toml`), runs of glued menu names
//! (`IraqMiddle EastResistance Axis`), and lines that recur in the articles of an outlet.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use regex::bytes::{RegexSet, RegexSetBuilder};
use serde::{Deserialize, Serialize};

use crate::text::paragraph::{lines, trim};
use crate::text::span::{Byte, Span};

/// What becomes of furniture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Furniture {
    /// It is taken off before anything counts.
    #[default]
    TakeOff,
    /// It stays in the text, and is listed all the same: to see what would be taken off.
    Keep,
}

/// Why a block was taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FurnitureRule {
    /// The line stands in the shipped list.
    ListedLine,
    /// The line has a shipped form (addresses, copyright, "Read more: …").
    ListedForm,
    /// A photo or image credit inside a line.
    ImageCredit,
    /// Names of menu entries run together.
    GluedNames,
    /// The line recurs across unrelated articles of the outlet.
    RecurringLine,
    /// The line recurs at the end of unrelated articles of the outlet.
    RecurringEnd,
}

impl FurnitureRule {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ListedLine => "listed_line",
            Self::ListedForm => "listed_form",
            Self::ImageCredit => "image_credit",
            Self::GluedNames => "glued_names",
            Self::RecurringLine => "recurring_line",
            Self::RecurringEnd => "recurring_end",
        }
    }
}

/// A block that was taken off.
#[derive(Clone, Copy, Debug)]
pub struct Removed {
    /// Where it stood.
    pub span: Span<Byte>,
    /// Why.
    pub rule: FurnitureRule,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    lines: HashSet<String>,
    patterns: Vec<String>,
    leads: Vec<String>,
    credits: Vec<String>,
    inner_capitals: HashSet<String>,
    name_starts: HashSet<String>,
}

struct Rules {
    listed: Listed,
    forms: RegexSet,
    leads: RegexSet,
    credits: Vec<Regex>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let listed: Listed = toml::from_str(include_str!("../../lexicons/en/furniture.toml")).expect("the shipped list is tested");
    let whole = |patterns: &[String]| {
        let set = RegexSetBuilder::new(patterns.iter().map(|p| format!("^(?:{})$", by_bytes(p)))).case_insensitive(true).build();
        set.expect("the shipped patterns are tested")
    };
    let credits = listed.credits.iter().map(|p| Regex::new(&format!("(?i){p}")).expect("the shipped patterns are tested"));
    Rules { credits: credits.collect(), forms: whole(&listed.patterns), leads: whole(&listed.leads), listed }
});

/// A pattern with each counted `.` (`.{0,120}`) told as the bytes of a character: it matches the same text, and compiles in a
/// third of the time, which a run over one article notices.
fn by_bytes(pattern: &str) -> String {
    const CHARACTER: &str = r"(?-u:[^\n\x80-\xBF][\x80-\xBF]*)";
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(".{") {
        out.push_str(before);
        out.push_str(if before.ends_with('\\') { "." } else { CHARACTER });
        out.push('{');
        rest = after;
    }
    out + rest
}

/// Longest line that a rule looks at, in bytes: furniture is short, and a paragraph is not worth the patterns' time.
const LONGEST_LINE: usize = 240;

/// Splits `text[body]` into the stretches that are kept and the blocks that are not, each in order. `recurring` tells the rule
/// by which a line that starts at a byte is one that its outlet prints again and again.
#[must_use]
pub fn take_off(text: &str, body: Span<Byte>, recurring: impl Fn(&str, usize) -> Option<FurnitureRule>) -> (Vec<Span<Byte>>, Vec<Removed>) {
    let rules = &*RULES;
    let filled: Vec<Span<Byte>> = lines(text, body).map(|line| trim(text, line)).filter(|line| !line.is_empty()).collect();
    let mut removed = Vec::new();
    let mut in_head = true;
    for (i, &line) in filled.iter().enumerate() {
        let shown = line.of(text);
        let whole = |rule| Removed { span: line, rule };
        if let Some(rule) = recurring(shown, line.start()) {
            removed.push(whole(rule));
        } else if line.len() > LONGEST_LINE {
            in_head = false;
        } else if rules.listed.lines.contains(&bare(shown)) {
            removed.push(whole(FurnitureRule::ListedLine));
        } else if rules.forms.is_match(shown.as_bytes()) || (!ends_sentence(shown) && rules.leads.is_match(shown.as_bytes())) {
            removed.push(whole(FurnitureRule::ListedForm));
        } else if in_head && is_glued(shown, rules) && filled.get(i + 1).is_some_and(|next| !ends_sentence(shown) && next.len() > 1) {
            removed.push(whole(FurnitureRule::GluedNames));
        } else {
            in_head &= !ends_sentence(shown);
        }
        if removed.last().is_none_or(|last: &Removed| last.span != line) {
            for credit in rules.credits.iter().flat_map(|credit| credit.find_iter(shown)) {
                let span = Span::new(line.start() + credit.start(), line.start() + credit.end());
                removed.push(Removed { span, rule: FurnitureRule::ImageCredit });
            }
        }
    }
    removed.sort_by_key(|r| (r.span.start(), r.span.end()));
    removed.dedup_by(|next, last| next.span.start() < last.span.end());
    let mut kept = Vec::with_capacity(removed.len() + 1);
    let mut at = body.start();
    for block in &removed {
        kept.push(Span::new(at, block.span.start()));
        at = block.span.end();
    }
    kept.push(Span::new(at, body.end()));
    (kept, removed)
}

/// A line as the list has it: lower case, plain apostrophes, no punctuation at its ends.
fn bare(line: &str) -> String {
    let line = line.to_lowercase().replace(['’', '‘'], "'");
    line.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned()
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', '…'])
}

/// At most eight words, each with a capital first, at least one of them two names run together (`EastWorld`).
fn is_glued(line: &str, rules: &Rules) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let capital = |w: &&str| w.starts_with(|c: char| c.is_uppercase()) || *w == "&" || *w == "and";
    words.len() <= 8
        && words.iter().all(capital)
        && words.iter().any(|word| {
            let letters: Vec<char> = word.chars().collect();
            let inner = letters.windows(2).position(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
            inner.is_some_and(|at| {
                let (head, tail) = letters.split_at(at + 1);
                let run = |part: &[char]| part.iter().filter(|c| c.is_lowercase()).count();
                run(head) >= 2
                    && run(tail) >= 2
                    && !rules.listed.name_starts.contains(&head.iter().collect::<String>().to_lowercase())
                    && !rules.listed.inner_capitals.contains(&bare(word))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::{Span, take_off};

    fn removed(text: &str) -> Vec<(&str, &str)> {
        take_off(text, Span::new(0, text.len()), |_, _| None).1.into_iter().map(|r| (r.rule.as_str(), r.span.of(text))).collect()
    }

    #[test]
    fn rows() {
        for (text, expected) in [
            ("IraqMiddle EastResistance Axis\n\nA Headline\n\nText runs on.", vec![("glued_names", "IraqMiddle EastResistance Axis")]),
            ("YouTube Bans Channel\n\nText runs on.", vec![]),
            ("MacDonald Wins Seat\n\nText runs on.", vec![]),
            ("Text runs on.\n\nRead More\n\nLeave a Reply", vec![("listed_line", "Read More"), ("listed_line", "Leave a Reply")]),
            ("Text.\n\nhttps://a.example/b.png", vec![("listed_form", "https://a.example/b.png")]),
            ("Troops in Mosul (Photo credit: Some Agency)", vec![("image_credit", "(Photo credit: Some Agency)")]),
            ("He said: read more books.", vec![]),
            ("The related articles were withdrawn.", vec![]),
            ("© 2021 Some Paper", vec![("listed_form", "© 2021 Some Paper")]),
            ("Copyright law was changed on Monday.", vec![]),
            ("Updated on Monday in 2021 the law fell.", vec![]),
            ("Updated on 5 May 2021, 10:30 GMT", vec![("listed_form", "Updated on 5 May 2021, 10:30 GMT")]),
            ("Join us on the march, organisers said.", vec![]),
            ("Related: Troops were withdrawn, officials said.", vec![]),
            ("Related: Troops withdrawn from valley", vec![("listed_form", "Related: Troops withdrawn from valley")]),
            ("FitzGerald Resigns\n\nText runs on.", vec![]),
        ] {
            assert_eq!(removed(text), expected, "{text}");
        }
    }

    #[test]
    fn kept_and_removed_tile_the_body() {
        let text = "Menu\nA line.\nShare\nMore text here.\nAdvertisement";
        let (kept, removed) = take_off(text, Span::new(0, text.len()), |_, _| None);
        let bytes: usize = kept.iter().map(|s| s.len()).chain(removed.iter().map(|r| r.span.len())).sum();
        assert_eq!(bytes, text.len());
        assert_eq!(removed.len(), 3);
    }
}
