//! Any text to a document: every place lies on borders of characters, words are in order, and sentences and paragraphs tile them.

use retold::corpus::document::Document;
use retold::corpus::vocabulary::Vocabulary;
use retold::text::fold::fold;
use retold::text::language::Language;
use retold::text::span::{CodePoints, Span};

/// A text.
pub(super) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let document = Document::new(&text, &[Span::new(0, text.len())], Language::english(), &mut Vocabulary::default());
    of_document(&document, &text);
    // What is read in two stretches is read at the same places.
    let middle = (text.len() / 2..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let kept = [Span::new(0, middle), Span::new(middle, text.len())];
    of_document(&Document::new(&text, &kept, Language::english(), &mut Vocabulary::default()), &text);
}

/// What holds for the document of a text.
pub(super) fn of_document(document: &Document, text: &str) {
    let (mut before, mut folded) = (0, String::new());
    for (i, word) in document.words().iter().enumerate() {
        let span = word.span();
        assert!(span.start() >= before && !span.is_empty(), "word {i} is empty or out of order");
        let printed = text.get(span.range()).unwrap_or_else(|| panic!("word {i} at {span:?} cuts a character"));
        assert!(!printed.contains(char::is_whitespace), "a blank in word {i}");
        fold(printed, &mut folded);
        assert!(!folded.is_empty(), "word {i} is nothing once folded");
        assert_eq!(document.tokens(span), Span::new(i, i + 1), "a word is at its own place");
        before = span.end();
    }
    tiles(document.sentences().iter().map(|s| (s.start(), s.end())), document.words().len());
    tiles(document.paragraphs().iter().map(|p| (p.tokens.start(), p.tokens.end())), document.words().len());
    for paragraph in document.paragraphs() {
        assert!(text.get(paragraph.span.range()).is_some(), "a paragraph cuts a character");
        let words = document.bytes(paragraph.tokens).expect("a paragraph has words");
        assert!(paragraph.span.contains(words), "words outside their paragraph");
        let of = document.sentence_of(paragraph.tokens.start());
        assert_eq!(document.sentences()[of].start(), paragraph.tokens.start(), "a sentence crosses a paragraph's start");
    }
    if let Some(dateline) = document.dateline() {
        assert!(text.get(dateline.span.range()).is_some(), "a dateline cuts a character");
        assert!(document.tokens(dateline.span).is_empty(), "words in a dateline");
    }
    let points = CodePoints::new(text);
    let (mut counted, mut line, mut column) = (0, 1, 1);
    for (at, c) in text.char_indices() {
        // Counts are kept for every 256 bytes.
        if at % 5 == 0 || at % 256 < 4 {
            assert_eq!(points.at(text, at), counted, "code points before byte {at}");
            assert_eq!(points.position(text, at), (line, column), "place of byte {at}");
        }
        counted += 1;
        (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    assert_eq!(points.at(text, text.len()), counted);
}

/// Stretches follow one another from 0 to the end, none empty.
fn tiles(stretches: impl Iterator<Item = (usize, usize)>, end: usize) {
    let mut at = 0;
    for (from, to) in stretches {
        assert!(from == at && to > from, "{from}..{to} does not follow {at}");
        at = to;
    }
    assert_eq!(at, end, "something is left over");
}
