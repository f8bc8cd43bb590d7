//! An outlet's own words, article by article: what stands in no quotation marks.

use crate::corpus::collection::Corpus;
use crate::corpus::document::Document;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::{ArticleId, TokenId};
use crate::text::span::Span;
use crate::voice::mask::{Voice, VoiceMask};

/// The own words of one article: the narrator's, and reported speech without marks, whose wording is the outlet's as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// All of them, small words and numbers counted.
    pub total: u64,
    /// Words that can tell outlets apart, in order of their ids, and how often each stands: neither small words nor numbers.
    pub telling: Vec<(TokenId, u32)>,
}

impl OwnWords {
    /// Counts one document.
    #[must_use]
    pub fn of(document: &Document, mask: &VoiceMask, vocabulary: &Vocabulary) -> Self {
        let quoted = |at: usize, end: usize| mask.at(Span::new(at, end)) == Voice::Direct;
        let own = document.words().iter().filter(|w| !quoted(w.span().start(), w.span().end()));
        let mut ids: Vec<TokenId> = own.map(|w| w.id).collect();
        let total = ids.len() as u64;
        ids.retain(|&id| tells(id, vocabulary));
        ids.sort_unstable();
        Self { total, telling: ids.chunk_by(|a, b| a == b).map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX))).collect() }
    }
}

/// The own words of all articles, word by word.
#[derive(Clone, Debug, Default)]
pub struct WordPlaces {
    /// For each article, all its own words.
    totals: Vec<u64>,
    /// Word, article, how often: in order of both.
    places: Vec<(TokenId, ArticleId, u32)>,
}

impl WordPlaces {
    /// Of the words of each article, in corpus order.
    #[must_use]
    pub fn new(words: &[OwnWords]) -> Self {
        let mut places: Vec<(TokenId, ArticleId, u32)> = Vec::with_capacity(words.iter().map(|w| w.telling.len()).sum());
        for (article, own) in words.iter().enumerate() {
            places.extend(own.telling.iter().map(|&(word, n)| (word, ArticleId::new(article), n)));
        }
        places.sort_unstable();
        Self { totals: words.iter().map(|w| w.total).collect(), places }
    }

    /// All own words of an article.
    #[must_use]
    pub fn total(&self, article: ArticleId) -> u64 {
        self.totals[article.index()]
    }

    /// How many articles there are.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.totals.len()
    }

    /// The places of each word, in order of the words.
    pub fn words(&self) -> impl Iterator<Item = &[(TokenId, ArticleId, u32)]> {
        self.places.chunk_by(|a, b| a.0 == b.0)
    }
}

/// Whether a word can show how something is phrased: small words show grammar, numbers and single letters show neither.
fn tells(id: TokenId, vocabulary: &Vocabulary) -> bool {
    !vocabulary.is_stop(id) && vocabulary.word(id).contains(char::is_alphabetic)
}

/// The language that most articles are in, the first by the alphabet of those that are as common: words of two languages
/// differ for no other reason. Empty for no articles.
#[must_use]
pub fn commonest_language(corpus: &Corpus) -> &str {
    let mut languages: Vec<&str> = corpus.articles().iter().map(|a| a.language.as_str()).collect();
    languages.sort_unstable();
    let groups = languages.chunk_by(|a, b| a == b);
    groups.max_by_key(|group| (group.len(), std::cmp::Reverse(group[0]))).map_or("", |group| group[0])
}

#[cfg(test)]
mod tests {
    use super::OwnWords;
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;
    use crate::voice::lexis::{Lexis, VoiceWords};
    use crate::voice::quote::quotations;
    use crate::voice::utterance::voices;

    /// Quoted words are others'; `the`, `was`, `a` and `12` tell nothing, and are part of the total.
    #[test]
    fn quotations_small_words_and_numbers_are_left_out() {
        let text = "Roe called the plan risky. “The plan is a gift,” she said. The risky port of 12 towns.";
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let lexis = Lexis::new(VoiceWords::english(), &vocabulary);
        let mask = voices(&document, text, &quotations(&document, text, Language::english()), &lexis).mask;
        let own = OwnWords::of(&document, &mask, &vocabulary);
        let mut shown: Vec<(&str, u32)> = own.telling.iter().map(|&(id, n)| (vocabulary.word(id), n)).collect();
        shown.sort_unstable();
        assert_eq!(shown, [("called", 1), ("plan", 1), ("port", 1), ("risky", 2), ("roe", 1), ("towns", 1)]);
        assert_eq!(own.total, 5 + 2 + 6);
    }
}
