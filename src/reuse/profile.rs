//! What the search for retold passages reads of a document: stems and units of about a sentence.

use crate::corpus::document::Document;
use crate::text::span::{Span, Token};

use super::long_settings::LongSettings;
use super::stem::WordClasses;

/// A document as stems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Its distinct stems, sorted.
    pub terms: Vec<u32>,
    /// How often each occurs in it.
    pub counts: Vec<u32>,
    /// For each of its words the position of the stem in `terms`.
    pub words: Vec<u32>,
    /// Its units in order: sentences, short and broken-off ones joined to the next. They tile the words.
    pub units: Vec<Span<Token>>,
}

impl Profile {
    /// Reads a document once; `O(words × log words)`.
    #[must_use]
    pub fn new(document: &Document, classes: &WordClasses, settings: &LongSettings) -> Self {
        let stems: Vec<u32> = document.words().iter().map(|word| classes.stem(word.id)).collect();
        let mut terms = stems.clone();
        terms.sort_unstable();
        terms.dedup();
        let mut counts = vec![0; terms.len()];
        let words = stems
            .iter()
            .map(|stem| {
                let at = terms.partition_point(|term| term < stem);
                counts[at] += 1;
                u32::try_from(at).unwrap_or(u32::MAX)
            })
            .collect();
        Self { terms, counts, words, units: units(document, settings) }
    }
}

/// Sentences; one that is very short, or that a line end broke off, is joined to the next (layouts wrap lines, lists
/// have no full stops), as long as the unit does not grow too long.
fn units(document: &Document, settings: &LongSettings) -> Vec<Span<Token>> {
    let mut out: Vec<Span<Token>> = Vec::new();
    let mut broken_off = false;
    let mut paragraphs = document.paragraphs().iter().peekable();
    for &sentence in document.sentences() {
        match out.last_mut() {
            Some(last) if (broken_off || last.len() < settings.unit_min) && last.len() + sentence.len() <= settings.unit_max => {
                *last = last.hull(sentence);
            }
            _ => out.push(sentence),
        }
        while paragraphs.next_if(|paragraph| paragraph.tokens.end() < sentence.end()).is_some() {}
        broken_off = paragraphs.peek().is_some_and(|paragraph| paragraph.heading && paragraph.tokens.end() == sentence.end());
    }
    out
}

/// How common stems are in the whole collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Background {
    /// How many documents were read.
    pub collection: usize,
    /// How many words they hold.
    pub words: u64,
    /// For each stem how often it occurs.
    pub counts: Vec<u64>,
    /// For each stem how many documents hold it.
    pub documents: Vec<u32>,
}

impl Background {
    /// Counts the documents that hold each stem, and its occurrences in `texts`, copies of one text taken together: what many
    /// print is no more to be expected for that.
    pub fn new<'p>(profiles: &[Profile], texts: impl Iterator<Item = &'p Profile>) -> Self {
        let stems = profiles.iter().filter_map(|profile| profile.terms.last()).max().map_or(0, |&stem| stem as usize + 1);
        let mut out = Self { collection: profiles.len(), words: 0, counts: vec![0; stems], documents: vec![0; stems] };
        out.words = profiles.iter().map(|profile| profile.words.len() as u64).sum();
        for &term in profiles.iter().flat_map(|profile| &profile.terms) {
            out.documents[term as usize] += 1;
        }
        for text in texts {
            for (&term, &count) in text.terms.iter().zip(&text.counts) {
                if let Some(total) = out.counts.get_mut(term as usize) {
                    *total += u64::from(count);
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Background, LongSettings, Profile, WordClasses};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;

    #[test]
    fn broken_lines_are_joined_and_stems_counted() {
        let text = "The committee has remained in its\nroom all night. It remains closed to visitors of every kind.";
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let classes = WordClasses::new(&vocabulary);
        let profile = Profile::new(&document, &classes, &LongSettings::default());
        assert_eq!(profile.units, [Span::new(0, 9), Span::new(9, 17)]);
        let word = |at: usize| profile.words[at] as usize;
        assert_eq!((word(3), profile.counts[word(3)]), (word(10), 2));
        let background = Background::new(&[profile.clone(), profile.clone()], [&profile, &profile].into_iter());
        let stem = profile.terms[word(3)] as usize;
        assert_eq!((background.words, background.counts[stem], background.documents[stem]), (34, 4, 2));
    }
}
