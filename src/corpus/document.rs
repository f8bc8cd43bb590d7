//! The words, sentences and paragraphs of one article, as places in its text.

use crate::id::TokenId;
use crate::text::dateline::{Dateline, dateline};
use crate::text::fold::fold;
use crate::text::language::Language;
use crate::text::paragraph::paragraphs;
use crate::text::sentence::sentences;
use crate::text::span::{Byte, Span, Token};
use crate::text::token::{Shape, tokenize};

use super::vocabulary::Vocabulary;

/// One word of a document: twelve bytes, since a corpus has one for every six bytes of text.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// What it is, folded.
    pub id: TokenId,
    pub(super) start: u32,
    pub(super) bytes: u16,
    /// How it is printed.
    pub shape: Shape,
}

impl Word {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span<Byte> {
        Span::new(self.start as usize, self.start as usize + usize::from(self.bytes))
    }
}

/// One paragraph of a document.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    /// Its text, without a dateline.
    pub span: Span<Byte>,
    /// Its words.
    pub tokens: Span<Token>,
    /// Whether it is a heading: short and without a mark that ends a sentence, or in capitals.
    pub heading: bool,
}

/// The words, sentences and paragraphs of one article: spans, no copies. Datelines are no words: they are neither
/// counted, aligned nor matched.
#[derive(Debug, Default)]
pub struct Document {
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Span<Token>>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) dateline: Option<Dateline>,
    /// Whether running text has begun: a paragraph that is no heading.
    pub(super) runs: bool,
}

fn fit(at: usize) -> u32 {
    u32::try_from(at).expect("a text is shorter than 4 GiB")
}

/// Longest heading, in words.
const HEADING_WORDS: usize = 20;

/// Longest heading in capitals alone.
const CAPITAL_WORDS: usize = 3 * HEADING_WORDS;

/// Whether a text has letters and all of them are capitals.
fn is_capitals(text: &str) -> bool {
    !text.contains(char::is_lowercase) && text.chars().filter(|c| c.is_uppercase()).nth(3).is_some()
}

impl Document {
    /// Reads the `kept` stretches of a text (what is not furniture), in order.
    #[must_use]
    pub fn new(text: &str, kept: &[Span<Byte>], language: &Language, vocabulary: &mut Vocabulary) -> Self {
        let mut document = Self::default();
        let mut folded = String::new();
        for paragraph in kept.iter().flat_map(|&stretch| paragraphs(text, stretch)) {
            document.add(text, paragraph, language, vocabulary, &mut folded);
        }
        let mut distinct: Vec<TokenId> = document.words.iter().map(|w| w.id).collect();
        distinct.sort_unstable();
        distinct.dedup();
        vocabulary.count_article(&distinct);
        document.words.shrink_to_fit();
        document.sentences.shrink_to_fit();
        document.paragraphs.shrink_to_fit();
        document
    }

    fn add(&mut self, text: &str, whole: Span<Byte>, language: &Language, vocabulary: &mut Vocabulary, folded: &mut String) {
        let mut span = whole;
        // A dateline opens the first paragraph of running text, nowhere else.
        if self.dateline.is_none() && !self.runs {
            self.dateline = dateline(text, whole);
            if let Some(found) = self.dateline {
                span = Span::new(found.span.end(), whole.end());
            }
        }
        let first = self.words.len();
        for sentence in sentences(text, span, language) {
            let start = self.words.len();
            let mut gap = sentence.start();
            tokenize(text, sentence, |word| {
                fold(word.of(text), folded);
                if folded.is_empty() {
                    return;
                }
                let mut shape = Shape::of(word.of(text)).after_gap(Span::new(gap, word.start()).of(text));
                if self.words.len() == start {
                    shape = shape.with(Shape::SENTENCE_START).with(Shape::AFTER_PUNCTUATION);
                }
                let id = vocabulary.intern(folded, language);
                self.words.push(Word { id, start: fit(word.start()), bytes: u16::try_from(word.len()).unwrap_or(u16::MAX), shape });
                gap = word.end();
            });
            if self.words.len() > start {
                self.sentences.push(Span::new(start, self.words.len()));
            }
        }
        if self.words.len() > first {
            let tokens = Span::new(first, self.words.len());
            let closed =
                span.of(text).trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':', ';', ',']);
            // Whole sentences in capitals are headlines of the time when papers set them so.
            let heading = (tokens.len() <= HEADING_WORDS && !closed) || (tokens.len() <= CAPITAL_WORDS && is_capitals(span.of(text)));
            self.runs |= !heading;
            self.paragraphs.push(Paragraph { span, tokens, heading });
        }
    }

    /// Bytes of memory that it takes.
    pub(super) fn size(&self) -> usize {
        size_of::<Self>() + size_of_val(&self.words[..]) + size_of_val(&self.sentences[..]) + size_of_val(&self.paragraphs[..])
    }

    /// Its words, in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The words of a span.
    #[must_use]
    pub fn slice(&self, tokens: Span<Token>) -> &[Word] {
        &self.words[tokens.range()]
    }

    /// Its sentences, in order; they tile the words.
    #[must_use]
    pub fn sentences(&self) -> &[Span<Token>] {
        &self.sentences
    }

    /// Its paragraphs, in order; they tile the sentences.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Its dateline.
    #[must_use]
    pub const fn dateline(&self) -> Option<Dateline> {
        self.dateline
    }

    /// Position of the sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.end() <= token)
    }

    /// Position of the paragraph that holds a token.
    #[must_use]
    pub fn paragraph_of(&self, token: usize) -> usize {
        self.paragraphs.partition_point(|p| p.tokens.end() <= token)
    }

    /// The text from the first to the last of some tokens; `None` for no tokens.
    #[must_use]
    pub fn bytes(&self, tokens: Span<Token>) -> Option<Span<Byte>> {
        let words = self.slice(tokens);
        Some(words.first()?.span().hull(words.last()?.span()))
    }

    /// The tokens that lie in or touch some bytes.
    #[must_use]
    pub fn tokens(&self, bytes: Span<Byte>) -> Span<Token> {
        let from = self.words.partition_point(|w| w.span().end() <= bytes.start());
        let to = self.words.partition_point(|w| w.span().start() < bytes.end());
        Span::new(from.min(to), to)
    }

    /// Whether a token lies in the headline: a heading before any running text.
    #[must_use]
    pub fn in_headline(&self, token: usize) -> bool {
        let at = self.paragraph_of(token);
        self.paragraphs[..=at.min(self.paragraphs.len().saturating_sub(1))].iter().all(|p| p.heading)
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Language, Span, Vocabulary};

    #[test]
    fn words_sentences_and_paragraphs_tile() {
        let text = "A Headline Here\n\nGENEVA (Wire) – One. Two three.\nFour.";
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let shown: Vec<&str> = document.words().iter().map(|w| w.span().of(text)).collect();
        // The dateline needs three words after it, which "One. Two three." has.
        assert_eq!(document.dateline().map(|d| d.span.of(text)), None);
        assert_eq!(shown.len(), 3 + 2 + 3 + 1);
        let text = text.replace("One. Two three.", "One is here. Two three.");
        let document = Document::new(&text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        assert_eq!(document.dateline().map(|d| d.span.of(&text)), Some("GENEVA (Wire) – "));
        assert_eq!(document.paragraphs().len(), 3);
        assert_eq!(document.sentences().len(), 4);
        assert!(document.in_headline(0) && !document.in_headline(3));
        assert_eq!(document.sentences()[1].start(), document.paragraphs()[1].tokens.start());
    }
}
