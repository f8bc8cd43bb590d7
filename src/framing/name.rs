//! Names in running text: runs of capitalised words, joined by the small words of names.

use crate::corpus::document::Paragraph;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;
use crate::voice::traits::Traits;

use super::label_words::Kinds;
use super::prose::Prose;

/// The names of one article.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// In order of place, without the titles before them.
    pub runs: Vec<Span<Token>>,
    /// Names with the initialism that follows in brackets, which has their initials.
    pub short: Vec<(Span<Token>, usize)>,
}

/// Whether capitals tell anything in a paragraph: headlines and whole sentences in capitals say nothing.
#[must_use]
pub fn tells_names(prose: &Prose<'_>, paragraph: &Paragraph) -> bool {
    let words = prose.document.slice(paragraph.tokens);
    let shouted = words.iter().filter(|w| w.shape.has(Shape::ALL_CAPITAL)).count();
    !paragraph.heading && 2 * shouted <= words.len()
}

/// Finds the names of an article. Linear in its length.
#[must_use]
pub fn names(prose: &Prose<'_>) -> Names {
    let mut found = Names::default();
    for paragraph in prose.document.paragraphs().iter().filter(|p| tells_names(prose, p)) {
        let mut at = paragraph.tokens.start();
        while at < paragraph.tokens.end() {
            if !prose.in_name(at) {
                at += 1;
                continue;
            }
            let end = run_end(prose, at, paragraph.tokens.end());
            if let Some(run) = without_titles(prose, Span::new(at, end)) {
                found.runs.push(run);
                if end < paragraph.tokens.end() && is_short(prose, run, end) {
                    found.short.push((run, end));
                }
            }
            at = end;
        }
    }
    found
}

/// Where the run of a name ends that starts at `start`.
fn run_end(prose: &Prose<'_>, start: usize, limit: usize) -> usize {
    let mut at = start + 1;
    let goes_on = |at: usize| {
        at < limit && (prose.joined(at) || prose.hyphened(at)) && !prose.word(at).shape.has(Shape::ACROSS_MARK) && !prose.possessive(at - 1)
    };
    while goes_on(at) {
        if prose.in_name(at) {
            at += 1;
        } else if prose.kinds(at).any(Kinds::PARTICLE) && goes_on(at + 1) && prose.in_name(at + 1) {
            at += 2;
        } else {
            break;
        }
    }
    at
}

/// A run without the titles in front of a name: `US President Joe Biden`; a title before a thing is part of it: `Justice
/// Department`. `None` for a run that is nothing but titles.
fn without_titles(prose: &Prose<'_>, run: Span<Token>) -> Option<Span<Token>> {
    let last = run.end() - 1;
    let person = |at: usize| prose.kinds(at).any(Kinds::TITLE.with(Kinds::PERSON)) && prose.capital(at);
    if person(last) && (run.len() == 1 || run.range().all(|at| person(at) || prose.kinds(at).any(Kinds::MODIFIER.with(Kinds::PEOPLE)))) {
        return None;
    }
    // `Fatah (Conquest) Alliance`: a gloss, and no name beside the name.
    let gloss = run.len() == 1 && prose.gap(run.start()).ends_with('(') && prose.after(run.end()).starts_with(')');
    if gloss && !prose.word(last).shape.has(Shape::ALL_CAPITAL) {
        return None;
    }
    let is_thing = prose.kinds(last).any(Kinds::THING.with(Kinds::GROUP).with(Kinds::PLACE));
    let mut start = if is_thing { run.start() } else { run.range().rev().skip(1).find(|&at| person(at)).map_or(run.start(), |at| at + 1) };
    // `Al-Ameri` at the start of a sentence is Ameri.
    while start < last && (prose.kinds(start).any(Kinds::PARTICLE) || start == run.start() && held_office(prose, start)) {
        start += 1;
    }
    Some(Span::new(start, run.end()))
}

/// `Secretary of War Baker`: what an office is held for is no first name.
fn held_office(prose: &Prose<'_>, at: usize) -> bool {
    at >= 2
        && prose.kinds(at).any(Kinds::PORTFOLIO)
        && prose.joined(at)
        && prose.traits(at - 1).any(Traits::OF)
        && prose.kinds(at - 2).any(Kinds::OFFICE.with(Kinds::PERSON))
}

/// Whether the word at `at` is an initialism in brackets with the initials of a name.
fn is_short(prose: &Prose<'_>, run: Span<Token>, at: usize) -> bool {
    let word = prose.word(at);
    let bracketed = prose.gap(at).trim_start() == "(" && word.shape.has(Shape::ALL_CAPITAL) && word.span().len() <= 8;
    let first = |at: usize| prose.word(at).span().of(prose.text).chars().next().filter(|c| c.is_uppercase());
    let letters = word.span().of(prose.text).chars().filter(|c| c.is_alphabetic());
    run.len() > 1 && bracketed && letters.eq(run.range().filter_map(first))
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::framing::label_words::LabelWords;
    use crate::framing::prose::Prose;
    use crate::text::language::Language;
    use crate::text::span::Span;
    use crate::voice::lexis::{Lexis, VoiceWords};

    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let (lexis, words) = (Lexis::new(VoiceWords::english(), &vocabulary), LabelWords::english(&vocabulary));
        let prose = Prose { document: &document, text, lexis: &lexis, words: &words };
        let found = names(&prose);
        let shown = |span| document.bytes(span).map_or("", |bytes| bytes.of(text)).to_owned();
        (
            found.runs.iter().map(|&run| shown(run)).collect(),
            found.short.iter().map(|&(run, at)| format!("{}={}", shown(run), shown(Span::new(at, at + 1)))).collect(),
        )
    }

    #[test]
    fn names_of_news() {
        for (text, expected) in [
            ("It was US President Joe Biden who met Hadi al-Ameri there.", &["Joe Biden", "Hadi al-Ameri"][..]),
            ("Yesterday Gen. Mark A. Milley left for Paris, France, on Monday.", &["Mark A. Milley", "Paris", "France"]),
            ("Then Secretary of War Baker spoke of the Fatah (Conquest) Alliance.", &["Baker", "Fatah", "Alliance"]),
            ("They saw the Justice Department and the President again.", &["Justice Department"]),
            ("They saw Iraq's Popular Mobilization Units there.", &["Iraq's", "Popular Mobilization Units"]),
            ("He thanked Roe. Lind left early that day.", &["Roe", "Lind"]),
            ("MANY WORDS IN CAPITALS STAND HERE AND THEY NAME NOBODY AT ALL.", &[]),
            ("A Headline With Many Names", &[]),
        ] {
            assert_eq!(found(text).0, expected, "{text}");
        }
    }

    #[test]
    fn initialisms_in_brackets() {
        let short = |text| found(text).1;
        assert_eq!(short("They met the Popular Mobilization Units (PMU) today."), ["Popular Mobilization Units=PMU"]);
        assert!(short("They met the Popular Mobilization Units (PMF) today.").is_empty());
        assert!(short("They met Jane Roe (D) today.").is_empty());
    }
}
