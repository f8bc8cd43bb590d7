//! A document as bytes of a temporary file, and back.
//!
//! Fields of fixed size in the byte order of the machine that reads them again: packing must not cost more than reading the text.

use crate::id::TokenId;
use crate::text::dateline::Dateline;
use crate::text::span::Span;
use crate::text::token::Shape;

use super::document::{Document, Paragraph, Word};

/// Bytes of a word.
const WORD: usize = 11;
/// Bytes of a sentence.
const SENTENCE: usize = 8;
/// Bytes of a paragraph.
const PARAGRAPH: usize = 17;
/// Bytes before the words: how many of each, whether running text has begun, and the dateline.
const HEAD: usize = 3 * 4 + 2 + 2 * 8;

/// Bit of the head: running text has begun.
const RUNS: u8 = 1;
/// Bits of the head: there is a dateline, with a source.
const DATELINE: u8 = 1;
const SOURCE: u8 = 2;

/// Appends a document to `out`.
pub(super) fn pack(document: &Document, out: &mut Vec<u8>) {
    let Document { words, sentences, paragraphs, dateline, runs } = document;
    out.reserve(HEAD + words.len() * WORD + sentences.len() * SENTENCE + paragraphs.len() * PARAGRAPH);
    for count in [words.len(), sentences.len(), paragraphs.len()] {
        out.extend(fit(count).to_ne_bytes());
    }
    let source = dateline.and_then(|line| line.source);
    out.push(if *runs { RUNS } else { 0 });
    out.push(dateline.map_or(0, |_| DATELINE) | source.map_or(0, |_| SOURCE));
    for place in [dateline.map(|line| line.span), source] {
        span(place.unwrap_or(Span::new(0, 0)), out);
    }
    for word in words {
        let mut packed = [0; WORD];
        packed[..4].copy_from_slice(&fit(word.id.index()).to_ne_bytes());
        packed[4..8].copy_from_slice(&word.start.to_ne_bytes());
        packed[8..10].copy_from_slice(&word.bytes.to_ne_bytes());
        packed[10] = word.shape.bits();
        out.extend(packed);
    }
    sentences.iter().for_each(|&tokens| span(tokens, out));
    for paragraph in paragraphs {
        span(paragraph.span, out);
        span(paragraph.tokens, out);
        out.push(u8::from(paragraph.heading));
    }
}

fn fit(number: usize) -> u32 {
    u32::try_from(number).expect("a text is shorter than 4 GiB")
}

fn span<U>(span: Span<U>, out: &mut Vec<u8>) {
    out.extend(fit(span.start()).to_ne_bytes());
    out.extend(fit(span.end()).to_ne_bytes());
}

/// The document of what [`pack`] wrote; `None` for anything else.
pub(super) fn unpack(bytes: &[u8]) -> Option<Document> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let count = |at: usize| Some(number(head.get(at..)?)? as usize);
    let (words, rest) = rest.split_at_checked(count(0)?.checked_mul(WORD)?)?;
    let (sentences, rest) = rest.split_at_checked(count(4)?.checked_mul(SENTENCE)?)?;
    let (paragraphs, rest) = rest.split_at_checked(count(8)?.checked_mul(PARAGRAPH)?)?;
    if !rest.is_empty() {
        return None;
    }
    let dateline = match head[13] {
        0 => None,
        marks => {
            let source = if marks & SOURCE == 0 { None } else { Some(place(&head[22..])?) };
            Some(Dateline { span: place(&head[14..])?, source })
        }
    };
    let word = |packed: &[u8; WORD]| {
        let [a, b, c, d, e, f, g, h, i, j, shape] = *packed;
        Word {
            id: TokenId::new(u32::from_ne_bytes([a, b, c, d]) as usize),
            start: u32::from_ne_bytes([e, f, g, h]),
            bytes: u16::from_ne_bytes([i, j]),
            shape: Shape::of_bits(shape),
        }
    };
    let paragraph = |packed: &[u8]| {
        let [.., heading] = packed else { return None };
        Some(Paragraph { span: place(packed)?, tokens: place(&packed[8..])?, heading: *heading != 0 })
    };
    Some(Document {
        words: words.as_chunks().0.iter().map(word).collect(),
        sentences: sentences.chunks_exact(SENTENCE).map(place).collect::<Option<_>>()?,
        paragraphs: paragraphs.chunks_exact(PARAGRAPH).map(paragraph).collect::<Option<_>>()?,
        dateline,
        runs: head[12] & RUNS != 0,
    })
}

fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_ne_bytes(*bytes.first_chunk()?))
}

/// The span at the start of some bytes.
fn place<U>(bytes: &[u8]) -> Option<Span<U>> {
    let (start, end) = (number(bytes)? as usize, number(bytes.get(4..)?)? as usize);
    (start <= end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;

    use super::{pack, unpack};

    #[test]
    fn documents_come_back_as_they_were() {
        for text in [
            "Rain",
            "A Headline Here\n\nGENEVA (Wire) – One is here. Two “three” 4.\nFour ÉTÉ.",
            "Only A Heading",
            "PARIS, Jan. 5. — It rained in the whole of the valley.\n\nIt rained again.",
        ] {
            let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut Vocabulary::default());
            let mut packed = Vec::new();
            pack(&document, &mut packed);
            let back = unpack(&packed).unwrap();
            assert_eq!(format!("{back:?}"), format!("{document:?}"), "{text}");
            for cut in 0..packed.len() {
                assert!(unpack(&packed[..cut]).is_none(), "{text}: {cut}");
            }
            packed.push(0);
            assert!(unpack(&packed).is_none());
        }
    }
}
