//! What is read in one article, whatever the others are: quotations, voices, listed wording.

use crate::corpus::document::Document;
use crate::framing::usage::{Usage, usages, words_by_voice};
use crate::lexicon::load::Lexicon;
use crate::lexicon::scan::Scanner;
use crate::text::language::Language;
use crate::voice::lexis::Lexis;
use crate::voice::quote::{Quotation, quotations};
use crate::voice::utterance::{Voices, voices};

/// What is read in one article.
#[derive(Debug)]
pub struct Wording {
    /// Its quotations, in order.
    pub quotations: Vec<Quotation>,
    /// Who says what.
    pub voices: Voices,
    /// Listed wording with its voice, in order.
    pub usages: Vec<Usage>,
    /// Its words by voice, in the order of [`Voice::ALL`](crate::voice::mask::Voice::ALL).
    pub words: [u64; 3],
}

/// Reads one article; `lists` are `None` for one in a language that they are not for.
#[must_use]
pub fn wording(document: &Document, text: &str, lists: Option<(&Lexicon, &Scanner)>, lexis: &Lexis) -> Wording {
    let quotations = quotations(document, text, Language::english());
    let voices = voices(document, text, &quotations, lexis);
    let usages = lists.map_or_else(Vec::new, |(lexicon, scanner)| usages(&scanner.scan(document, text), document, lexicon, &voices));
    let words = words_by_voice(document, &voices.mask);
    Wording { quotations, voices, usages, words }
}
