//! Lines that an outlet prints again and again: furniture that no list knows.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::text::paragraph::{lines, trim};
use crate::text::span::{Byte, Span};

use super::furniture::FurnitureRule;

/// Fewest articles of an outlet that print a line before it can be furniture.
const ARTICLES: u32 = 3;
/// Least share of the outlet's articles, one in so many, for a line anywhere in the text.
const ONE_IN: u32 = 20;
/// Most words of such a line: a paragraph that an outlet prints again is text, and is found as such.
const WORDS_ANYWHERE: u32 = 30;
/// Most words of a line near the end: notes on authors and copyright run longer.
const WORDS_AT_END: u32 = 60;
/// A line counts as the end of an article when it starts in this last share of it, in hundredths.
const LAST: usize = 15;

/// Recurring lines of one outlet.
#[derive(Debug, Default)]
pub struct RecurringLines {
    rules: HashMap<u64, FurnitureRule, FixedState>,
}

#[derive(Default)]
struct Seen {
    anywhere: u32,
    at_end: u32,
    words: u32,
    /// The last article that has it, and that has it near its end; 0 for none.
    last: u32,
    last_at_end: u32,
}

impl RecurringLines {
    /// Learns them from all texts of an outlet, so many; `lines` gives those of one. `O(bytes)`.
    ///
    /// A line of up to 30 words is furniture when at least three articles, and one in twenty, print it; one of up to 60 when three
    /// print it near their end.
    /// Only unrelated articles count: one of which half or more recurs elsewhere is an edition or a copy of another, and its
    /// lines recur with it.
    #[must_use]
    pub fn learn(articles: usize, lines: impl Fn(usize, &mut dyn FnMut(PrintedLine))) -> Self {
        let mut found = Self::default();
        if articles < ARTICLES as usize {
            return found;
        }
        let all = count(0..articles, &lines);
        let related = |i: usize| {
            let (mut recurring, mut whole) = (0, 0);
            lines(i, &mut |line| {
                let bytes = u64::from(line.bytes);
                whole += bytes;
                recurring += if all.get(&line.hash).is_some_and(|seen| seen.anywhere > 1) { bytes } else { 0 };
            });
            2 * recurring >= whole
        };
        let unrelated: Vec<usize> = (0..articles).filter(|&i| !related(i)).collect();
        let articles = u32::try_from(unrelated.len()).unwrap_or(u32::MAX);
        drop(all);
        for (hash, seen) in count(unrelated.into_iter(), &lines) {
            if seen.anywhere >= ARTICLES.max(articles.div_ceil(ONE_IN)) && seen.words <= WORDS_ANYWHERE {
                found.rules.insert(hash, FurnitureRule::RecurringLine);
            } else if seen.at_end >= ARTICLES && seen.words <= WORDS_AT_END {
                found.rules.insert(hash, FurnitureRule::RecurringEnd);
            }
        }
        found
    }

    /// Hashes of lines and their rules, in order, for what outlives a run.
    #[must_use]
    pub fn rules(&self) -> Vec<(u64, FurnitureRule)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(&hash, &rule)| (hash, rule)).collect();
        rules.sort_unstable();
        rules
    }

    /// Back from [`RecurringLines::rules`].
    #[must_use]
    pub fn of_rules(rules: &[(u64, FurnitureRule)]) -> Self {
        Self { rules: rules.iter().copied().collect() }
    }

    /// The rule by which a line is furniture; `at` is where it starts in the body.
    #[must_use]
    pub fn rule(&self, line: &str, at: usize, body: Span<Byte>) -> Option<FurnitureRule> {
        if self.rules.is_empty() {
            return None;
        }
        let rule = *self.rules.get(&xxh3_64(line.as_bytes()))?;
        (rule == FurnitureRule::RecurringLine || is_end(at, body)).then_some(rule)
    }
}

fn is_end(at: usize, body: Span<Byte>) -> bool {
    (body.end() - at) * 100 <= body.len() * LAST
}

/// A line of three words or more, as far as learning looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedLine {
    /// XXH3 of it, without blanks around.
    pub hash: u64,
    /// Its length.
    pub bytes: u32,
    /// Its words; 255 where there are more.
    pub words: u8,
    /// Whether it starts in the last part of the article.
    pub at_end: bool,
}

/// The lines of an article that learning looks at.
pub fn printed_lines(text: &str, body: Span<Byte>, mut each: impl FnMut(PrintedLine)) {
    for line in lines(text, body).map(|line| trim(text, line)) {
        let shown = line.of(text);
        let words = u8::try_from(shown.split_whitespace().take(usize::from(u8::MAX)).count()).unwrap_or(u8::MAX);
        // A line of a word or two recurs in running text that was wrapped, too.
        if words > 2 {
            let bytes = u32::try_from(line.len()).unwrap_or(u32::MAX);
            each(PrintedLine { hash: xxh3_64(shown.as_bytes()), bytes, words, at_end: is_end(line.start(), body) });
        }
    }
}

fn count(counted: impl Iterator<Item = usize>, lines: &impl Fn(usize, &mut dyn FnMut(PrintedLine))) -> HashMap<u64, Seen, FixedState> {
    let mut all: HashMap<u64, Seen, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    // Counted from 1, so that 0 is none.
    for i in counted {
        let article = u32::try_from(i + 1).unwrap_or(u32::MAX);
        lines(i, &mut |line| {
            let seen = all.entry(line.hash).or_default();
            if seen.words == 0 {
                seen.words = u32::from(line.words);
            }
            if std::mem::replace(&mut seen.last, article) != article {
                seen.anywhere += 1;
            }
            if line.at_end && std::mem::replace(&mut seen.last_at_end, article) != article {
                seen.at_end += 1;
            }
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{FurnitureRule, RecurringLines, Span, printed_lines};

    fn learn(texts: &[String]) -> RecurringLines {
        RecurringLines::learn(texts.len(), |i, each| printed_lines(&texts[i], Span::new(0, texts[i].len()), each))
    }

    fn body(i: usize) -> String {
        (0..9).map(|k| format!("Sentence {k} of story {i} tells something of its own.\n")).collect()
    }

    #[test]
    fn lines_of_unrelated_articles() {
        let prompt = "Our newsletter comes every Friday";
        let foot = "The author writes on shipping.";
        let texts: Vec<String> = (0..80)
            .map(|i| {
                let prompt = if i % 8 == 0 { prompt } else { "" };
                format!("{}\n{prompt}\n{}{}", body(i), body(i + 500), if i < 3 { foot } else { "" })
            })
            .collect();
        let found = learn(&texts);
        let whole = Span::new(0, 1000);
        assert_eq!(found.rule(prompt, 500, whole), Some(FurnitureRule::RecurringLine));
        assert_eq!(found.rule(foot, 950, whole), Some(FurnitureRule::RecurringEnd));
        assert_eq!(found.rule(foot, 100, whole), None);
        assert_eq!(found.rule("Sentence 1 of story 1 tells something of its own.", 0, whole), None);
    }

    #[test]
    fn editions_of_one_article_are_no_furniture() {
        let texts: Vec<String> = (0..4).map(|i| format!("{}Update number {i} of the day.\n", body(1))).collect();
        let found = learn(&texts);
        assert_eq!(found.rule("Sentence 1 of story 1 tells something of its own.", 0, Span::new(0, 10)), None);
    }

    #[test]
    fn two_articles_teach_nothing() {
        let texts = vec![format!("{}Same last line here", body(1)), format!("{}Same last line here", body(2))];
        assert_eq!(learn(&texts).rule("Same last line here", 99, Span::new(0, 100)), None);
    }
}
