//! Key word in context: every place of some words, or of listed wording.

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::{ArticleId, TokenId};
use crate::text::fold::fold;
use crate::text::span::Span;
use crate::text::token::{Shape, tokenize};

/// Words to look for, as ids of one vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordPattern {
    /// For each word of the pattern, the words of the vocabulary that fit, sorted.
    choices: Vec<Vec<TokenId>>,
}

impl WordPattern {
    /// Reads `occupation troops`, `occup*` or `* troops`: a star stands for any letters, possibly none; case, kinds of
    /// apostrophes and a possessive `'s` make no difference. `None` where it holds no word.
    #[must_use]
    pub fn new(pattern: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let mut choices = Vec::new();
        for part in pattern.split_whitespace() {
            if part.contains('*') {
                let mut folded = Vec::new();
                for piece in part.split('*') {
                    let mut out = String::new();
                    fold(piece, &mut out);
                    folded.push(out);
                }
                choices.push((0..vocabulary.len()).map(TokenId::new).filter(|&id| fits(vocabulary.word(id), &folded)).collect());
            } else {
                let mut word = String::new();
                tokenize(part, Span::new(0, part.len()), |span| {
                    fold(span.of(part), &mut word);
                    choices.push(vocabulary.find(&word).into_iter().collect());
                });
            }
        }
        (!choices.is_empty()).then_some(Self { choices })
    }

    /// Its places in an article, in order, none over another. A place runs over no mark but hyphens and blanks.
    #[must_use]
    pub fn find(&self, corpus: &Corpus, article: ArticleId) -> Vec<Locus> {
        let document = corpus.document(article);
        let words = document.words();
        let mut out = Vec::new();
        let mut at = 0;
        while at + self.choices.len() <= words.len() {
            let here = &words[at..at + self.choices.len()];
            let fits = here.iter().zip(&self.choices).all(|(word, choice)| choice.binary_search(&word.id).is_ok());
            if fits && here[1..].iter().all(|w| !w.shape.has(Shape::AFTER_PUNCTUATION)) {
                out.push(Locus { article, tokens: Span::new(at, at + here.len()) });
                at += here.len();
            } else {
                at += 1;
            }
        }
        out
    }
}

/// Whether a word is the pieces with any letters between them.
fn fits(word: &str, pieces: &[String]) -> bool {
    let [first, middle @ .., last] = pieces else { return false };
    let Some(mut rest) = word.strip_prefix(first.as_str()) else { return false };
    for piece in middle {
        match rest.find(piece.as_str()) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or(""),
            None => return false,
        }
    }
    rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use super::WordPattern;
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::record::Record;

    #[test]
    fn words_stars_and_marks() {
        let text = "The occupation's troops and the occupying troops met. Occupation, troops said, is over. Preoccupied.";
        let mut builder = CorpusBuilder::default();
        builder.admit(Record::of_text("a.txt", "A", text));
        let corpus = builder.seal();
        let id = corpus.ids().next().unwrap();
        let found = |pattern: &str| -> Vec<String> {
            let pattern = WordPattern::new(pattern, corpus.vocabulary()).unwrap();
            pattern.find(&corpus, id).into_iter().map(|locus| corpus.text(locus).into_owned()).collect()
        };
        assert_eq!(found("occupation troops"), ["occupation's troops"]);
        assert_eq!(found("OCCUP* troops"), ["occupation's troops", "occupying troops"]);
        assert_eq!(found("*occup*ied"), ["Preoccupied"]);
        assert_eq!(found("the *"), ["The occupation's", "the occupying"]);
        assert!(found("nowhere").is_empty());
        assert_eq!(WordPattern::new(" ... ", corpus.vocabulary()), None);
    }
}
