//! Quotations by their marks: every kind and nesting, one paragraph at a time.
//!
//! A quotation ends with its paragraph; where the next paragraph opens with a mark it goes on there, otherwise an unclosed
//! mark is a warning. Single marks count only when both sides fit, so that an apostrophe is none. Who speaks, and speech
//! without marks, are other files' work.

use crate::corpus::document::Document;
use crate::text::language::Language;
use crate::text::span::{Byte, Span, Token};

use super::mask::{Voice, VoiceMask};

/// How much of an utterance a quotation gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteForm {
    /// At least a clause: four words or more that start like a sentence.
    Full,
    /// A part: fewer words, or a start in lower case.
    Fragment,
}

impl QuoteForm {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Fragment => "fragment",
        }
    }
}

/// Text between quotation marks; marks nested in it belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span<Byte>,
    /// Without them.
    pub content: Span<Byte>,
    /// How much it gives.
    pub form: QuoteForm,
    /// Whether its mark is closed, here or by running on in the next paragraph.
    pub closed: bool,
}

/// Fewest words of a full quotation.
const FULL_WORDS: usize = 4;

/// The quotations of a document, in order, none inside another.
#[must_use]
pub fn quotations(document: &Document, text: &str, language: &Language) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    for (i, paragraph) in document.paragraphs().iter().enumerate() {
        if !may_quote(paragraph.span.of(text)) {
            continue;
        }
        let marks = Marks::new(paragraph.span.of(text), language);
        for (open, close) in marks.pairs() {
            let base = paragraph.span.start();
            let content_end = match close {
                Ending::Closed((at, _)) | Ending::BrokenOff(at) => base + at,
                Ending::Open => paragraph.span.end(),
            };
            let content = Span::new(base + open.1, content_end);
            if !content.of(text).contains(char::is_alphanumeric) {
                continue;
            }
            let span_end = if let Ending::Closed((_, end)) = close { base + end } else { content_end };
            let span = Span::new(base + open.0, span_end);
            let goes_on =
                close == Ending::Open && document.paragraphs().get(i + 1).is_some_and(|next| next.span.of(text).starts_with(is_double));
            out.push(Quotation { span, content, form: form(content.of(text)), closed: matches!(close, Ending::Closed(_)) || goes_on });
        }
    }
    out
}

/// Whether a mark can open anywhere: a look at the bytes, since most paragraphs quote nobody. All marks are `"`, `'` after
/// something that is no letter, or characters of more than one byte.
fn may_quote(paragraph: &str) -> bool {
    let bytes = paragraph.as_bytes();
    let opens = |at: usize| at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric());
    bytes.iter().enumerate().any(|(at, &byte)| byte == b'"' || byte == b'`' || !byte.is_ascii() || (byte == b'\'' && opens(at)))
}

/// Direct voice inside the quotations, but for square brackets: those are the outlet's words.
#[must_use]
pub fn mask(quotations: &[Quotation], text: &str) -> VoiceMask {
    let mut stretches = Vec::new();
    for quotation in quotations {
        let mut at = quotation.content.start();
        let part = quotation.content.of(text);
        for (open, _) in part.match_indices('[') {
            let open = quotation.content.start() + open;
            if let Some(close) = text.get(open..quotation.content.end()).and_then(|rest| rest.find(']')).filter(|_| open >= at) {
                stretches.push((Span::new(at, open), Voice::Direct));
                at = open + close + 1;
            }
        }
        stretches.push((Span::new(at, quotation.content.end().max(at)), Voice::Direct));
    }
    stretches.retain(|(span, _)| !span.is_empty());
    VoiceMask::new(stretches)
}

fn form(content: &str) -> QuoteForm {
    let start = content.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    let whole = content.split_whitespace().count() >= FULL_WORDS && start.is_some_and(|c| !c.is_lowercase());
    if whole { QuoteForm::Full } else { QuoteForm::Fragment }
}

const fn is_double(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '"' | '«' | '»' | '＂')
}

/// A place of a mark: its first byte and the byte after it.
type Place = (usize, usize);

/// How a quotation ends in its paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// With a mark.
    Closed(Place),
    /// At the byte where another one opens that takes the last closing mark.
    BrokenOff(usize),
    /// Not.
    Open,
}

/// One paragraph's characters with their neighbours.
struct Marks<'t> {
    chars: Vec<(usize, char)>,
    /// Where `”` stands.
    closers: Vec<usize>,
    /// Where a double mark of any kind stands.
    doubles: Vec<usize>,
    /// Where a single mark ends a word.
    single_ends: Vec<usize>,
    text: &'t str,
    language: &'t Language,
}

impl<'t> Marks<'t> {
    fn new(text: &'t str, language: &'t Language) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut marks = Self { chars, closers: Vec::new(), doubles: Vec::new(), single_ends: Vec::new(), text, language };
        let places = |test: &dyn Fn(usize) -> bool| (0..marks.chars.len()).filter(|&i| test(i)).collect::<Vec<usize>>();
        let closers = places(&|i| marks.chars[i].1 == '”');
        let doubles = places(&|i| is_double(marks.chars[i].1));
        let single_ends = places(&|i| matches!(marks.chars[i].1, '’' | '\'') && !marks.spaced_before(i) && marks.free_after(i));
        (marks.closers, marks.doubles, marks.single_ends) = (closers, doubles, single_ends);
        marks
    }

    /// Outermost opening marks and how what they open ends.
    fn pairs(&self) -> Vec<(Place, Ending)> {
        let mut out = Vec::new();
        let mut i = 0;
        while i < self.chars.len() {
            let Some((family, width)) = self.opens(i) else {
                i += 1;
                continue;
            };
            match self.close(i + width, family) {
                Some((close, 0)) => {
                    out.push((self.place(i, width), Ending::BrokenOff(self.place(close, 0).0)));
                    i = close;
                }
                Some((close, close_width)) => {
                    out.push((self.place(i, width), Ending::Closed(self.place(close, close_width))));
                    i = close + close_width;
                }
                None if family == Family::Single => i += width,
                None => {
                    out.push((self.place(i, width), Ending::Open));
                    break;
                }
            }
        }
        out
    }

    fn place(&self, i: usize, width: usize) -> Place {
        let end = self.chars.get(i + width).map_or(self.text.len(), |&(at, _)| at);
        (self.chars[i].0, end)
    }

    fn char(&self, i: usize) -> Option<char> {
        self.chars.get(i).map(|&(_, c)| c)
    }

    fn before(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.char(i))
    }

    /// The family of the mark that opens at `i` and its width in characters.
    fn opens(&self, i: usize) -> Option<(Family, usize)> {
        let c = self.char(i)?;
        let next = self.char(i + 1);
        let free_before = self
            .before(i)
            .is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | '/' | ':' | '“' | '"' | '‘' | '\'' | '…'));
        let text_after = next.is_some_and(|n| !n.is_whitespace());
        match c {
            '“' | '‟' | '„' if text_after => Some((Family::Double, 1)),
            '«' => Some((Family::Angle, 1)),
            // German books point them inwards.
            '»' if free_before && text_after => Some((Family::InwardAngle, 1)),
            '‹' if free_before && text_after => Some((Family::SingleAngle, 1)),
            '「' | '『' => Some((Family::Corner, 1)),
            '"' | '＂' if free_before && text_after => Some((Family::Straight, 1)),
            // Typewriter style: ``like this''.
            '`' if next == Some('`') => Some((Family::Typewriter, 2)),
            // A closing mark used to open, as careless typesetting does.
            '”' if free_before && text_after => Some((Family::Double, 1)),
            '‘' | '\'' | '’' if free_before && text_after && !self.is_elision(i) => {
                let letter = next.is_some_and(char::is_alphanumeric) || next == Some('[');
                (letter && c != '’').then_some((Family::Single, 1))
            }
            _ => None,
        }
    }

    fn is_elision(&self, i: usize) -> bool {
        let word: String =
            self.chars[i + 1..].iter().map(|&(_, c)| c).take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        self.language.elisions.contains(&format!("'{word}"))
            || (word.len() >= 2
                && word.starts_with(|c: char| c.is_ascii_digit())
                && word.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('s').is_empty())
    }

    /// The mark that closes a quotation whose content starts at `from`, and its width.
    fn close(&self, from: usize, family: Family) -> Option<(usize, usize)> {
        if family == Family::Single {
            return self.close_single(from).map(|i| (i, 1));
        }
        let mut depth = 0usize;
        for i in from..self.chars.len() {
            let c = self.chars[i].1;
            let spaced = self.spaced_before(i);
            // Two apostrophes close what a double mark opened, in texts that were typed on both kinds of keyboard.
            let twin = c == '\'' && self.char(i + 1) == Some('\'') && !spaced;
            let closes = match family {
                Family::Double => c == '”' || (!spaced && (c == '"' || (c == '“' && self.free_after(i)))),
                Family::Angle => c == '»',
                Family::InwardAngle => c == '«',
                Family::SingleAngle => c == '›',
                Family::Corner => matches!(c, '」' | '』'),
                Family::Straight => twin || (matches!(c, '"' | '＂' | '”') && (!spaced || self.free_after(i))),
                Family::Typewriter => twin || c == '"',
                Family::Single => false,
            };
            let width = if twin { 2 } else { 1 };
            if closes && depth == 0 {
                return Some((i, width));
            }
            if closes {
                depth -= 1;
            } else if family == Family::Double && c == '“' {
                // One closing mark is left for two that are open: it is the inner one's, and this one was never closed.
                let left = self.closers.len() - self.closers.partition_point(|&at| at < i);
                if left <= depth + 1 && spaced && left > 0 {
                    return Some((i, 0));
                }
                depth += 1;
            } else if family == Family::Angle && c == '«' {
                depth += 1;
            }
        }
        None
    }

    fn spaced_before(&self, i: usize) -> bool {
        self.before(i).is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '['))
    }

    fn free_after(&self, i: usize) -> bool {
        self.char(i + 1).is_none_or(|n| !n.is_alphanumeric())
    }

    /// The first single mark that ends a word and is no plural possessive before another word with a later end.
    fn close_single(&self, from: usize) -> Option<usize> {
        let stop = self.doubles.get(self.doubles.partition_point(|&i| i <= from)).copied().unwrap_or(usize::MAX);
        let first = self.single_ends.partition_point(|&i| i < from);
        let ends = || self.single_ends[first..].iter().copied().take_while(|&i| i < stop);
        let possessive = |i: usize| {
            let plural = self.before(i) == Some('s');
            plural && self.char(i + 1) == Some(' ') && self.char(i + 2).is_some_and(char::is_lowercase)
        };
        ends().find(|&i| !possessive(i)).or_else(|| ends().next())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Angle,
    InwardAngle,
    SingleAngle,
    Corner,
    Straight,
    Typewriter,
    Single,
}

/// Whether some tokens are at least half of the words of a quotation; `quotations` are those of the document, in order.
#[must_use]
pub fn is_quotation(quotations: &[Quotation], document: &Document, tokens: Span<Token>) -> bool {
    let inside = |span: Span<Byte>, words: Span<Token>| document.slice(words).iter().filter(|w| span.contains(w.span())).count();
    let Some(bytes) = document.bytes(tokens) else { return false };
    let near = quotations.partition_point(|q| q.span.end() <= bytes.start());
    quotations[near..].iter().take_while(|q| q.span.start() < bytes.end()).any(|q| {
        let words = document.words();
        let from = words.partition_point(|w| w.span().end() <= q.content.start());
        let to = words.partition_point(|w| w.span().start() < q.content.end());
        2 * inside(q.content, tokens) >= to.saturating_sub(from).max(1)
    })
}

#[cfg(test)]
mod tests {
    use super::{Document, Language, Span, Voice, mask, quotations};
    use crate::corpus::vocabulary::Vocabulary;

    fn found(text: &str) -> Vec<(&str, bool)> {
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut Vocabulary::default());
        quotations(&document, text, Language::english()).iter().map(|q| (q.content.of(text), q.closed)).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        for (text, expected) in [
            ("He said, “Our land is here.”", vec![("Our land is here.", true)]),
            ("She said \"no way\" and \"never.\"", vec![("no way", true), ("never.", true)]),
            ("in the ‘land of martyrs.’ They won’t leave", vec![("land of martyrs.", true)]),
            ("the workers’ rights and the ’90s weren’t", vec![]),
            ("Il dit «jamais de la vie» hier", vec![("jamais de la vie", true)]),
            ("„Nein“, sagte er", vec![("Nein", true)]),
            ("»Das Regime ist hier«, sagte er.", vec![("Das Regime ist hier", true)]),
            ("He said “this is bad. She said “that too.” Then he left.", vec![("this is bad. She said ", false), ("that too.", true)]),
            ("“He told me, “go away,” and left,” she said", vec![("He told me, “go away,” and left,", true)]),
            ("The crowd “ moved. Then she said \"no.\"", vec![("no.", true)]),
            ("``Never again,'' he said", vec![("Never again,", true)]),
            ("a \"travel advisory'' in October", vec![("travel advisory", true)]),
            ("“He told me ‘go away’ and left,” she said", vec![("He told me ‘go away’ and left,", true)]),
            ("a 6'2\" man said \"fine\" today", vec![("fine", true)]),
            ("He said “this never ends", vec![("this never ends", false)]),
            ("the 'ministers' plan' failed", vec![("ministers' plan", true)]),
            ("Kate’ al-Rikabi said that it’s over", vec![]),
            ("‘We can’t go,’ he said, ‘not now.’", vec![("We can’t go,", true), ("not now.", true)]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_may_run_over_paragraphs() {
        let text = "He said: “One is here.\n\n“Two is here.”\n\n“Three is not closed.\n\nNarration goes on.";
        assert_eq!(found(text), [("One is here.", true), ("Two is here.", true), ("Three is not closed.", false)]);
    }

    #[test]
    fn square_brackets_are_the_outlets() {
        let text = "“through the [grace] period granted,” it said";
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut Vocabulary::default());
        let mask = mask(&quotations(&document, text, Language::english()), text);
        let at = |word: &str| mask.at(Span::new(text.find(word).unwrap(), text.find(word).unwrap() + 1));
        assert_eq!(
            [at("through"), at("grace"), at("period"), at("said")],
            [Voice::Direct, Voice::Narrator, Voice::Direct, Voice::Narrator]
        );
    }
}
