//! A short name for a story, made of what its articles share: names first, as printed. No outlet's headline is taken, since a
//! headline is one outlet's phrasing.

use std::collections::HashSet;
use std::sync::LazyLock;

use xxhash_rust::xxh3::Xxh3;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, TokenId};
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;

/// Words at the beginning of each article that are read for names.
const READ: usize = 120;
/// Articles of a story that are read, the first in corpus order.
const READ_ARTICLES: usize = 100;
/// Most terms of a label.
const TERMS: usize = 4;
/// Most words of a name.
const NAME_WORDS: usize = 4;
/// Fewest letters of a word that is no name.
const WORD_LETTERS: usize = 5;
/// How much more a name weighs than a word.
const NAME_WEIGHT: f64 = 2.0;
/// Least share of the articles read that hold a term.
const SHARED: f64 = 0.2;
/// The same for a word that is no name: names tell stories apart, other words only where most articles have them.
const WORD_SHARED: f64 = 0.5;
/// Days of the week and months: every front page has them.
static CALENDAR: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let numbers = &Language::english().numbers;
    let of_numbers = numbers.iter().filter(|(_, form)| form.starts_with(char::is_alphabetic)).flat_map(|(word, form)| [word, form]);
    WEEKDAYS.into_iter().chain(of_numbers.map(String::as_str)).collect()
});

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A place of a term that may go into a label.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Hash of its words.
    key: u64,
    locus: Locus,
    is_name: bool,
    /// Listed wording touches it here.
    listed: bool,
}

/// Places of the terms of a label, the most telling first; each term is shown as printed there. A term tells by the share of the
/// articles that hold it times its rarity, `ln((N + 100) / (df + 1))` of its rarest word; names weigh double. What `is_listed`
/// touches anywhere in the story is left out.
#[must_use]
pub fn label(articles: &[ArticleId], corpus: &Corpus, is_listed: impl Fn(Locus) -> bool) -> Vec<Locus> {
    let read = &articles[..articles.len().min(READ_ARTICLES)];
    let mut found: Vec<Candidate> = Vec::new();
    for &article in read {
        candidates(article, corpus, &is_listed, &mut found);
    }
    found.sort_by_key(|c| (c.key, c.locus));
    let shared = if read.len() > 1 { (SHARED * read.len() as f64).max(2.0) } else { 1.0 };
    let mut weighed = weigh(&found, shared, read.len(), corpus);
    if weighed.is_empty() {
        // Only one of them has text below its headline, or none shares a name there: better the words of one than no label.
        weighed = weigh(&found, 1.0, 1, corpus);
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<Locus> = Vec::new();
    for (_, locus) in weighed {
        let own = corpus.word_ids(locus);
        if !chosen.iter().any(|&c| corpus.word_ids(c).iter().any(|&id| own.iter().any(|&other| alike(id, other, corpus)))) {
            chosen.push(locus);
        }
        if chosen.len() == TERMS {
            break;
        }
    }
    chosen
}

/// The first place and the weight of each term that at least `shared` of some `articles` hold.
fn weigh(found: &[Candidate], shared: f64, articles: usize, corpus: &Corpus) -> Vec<(f64, Locus)> {
    let mut weighed = Vec::new();
    for places in found.chunk_by(|a, b| a.key == b.key) {
        let is_name = places.iter().any(|c| c.is_name);
        let holding = places.chunk_by(|a, b| a.locus.article == b.locus.article).count() as f64;
        // The first place that shows it without a possessive ending.
        let Some(shown) = places.iter().find(|c| !ends_possessive(c.locus, corpus)).or(places.first()) else { continue };
        let least = if is_name { shared } else { shared.max(WORD_SHARED * articles as f64) };
        if holding < least || places.iter().any(|c| c.listed) {
            continue;
        }
        let times = if articles > 1 { holding } else { 1.0 + (places.len() as f64).ln() };
        let weight = if is_name { NAME_WEIGHT } else { 1.0 };
        weighed.push((times * weight * rarity(shown.locus, corpus), shown.locus));
    }
    weighed
}

/// Names and longer words of the beginning of an article, headings aside: capitals in them tell nothing.
fn candidates(article: ArticleId, corpus: &Corpus, is_listed: impl Fn(Locus) -> bool, out: &mut Vec<Candidate>) {
    let (document, vocabulary) = (corpus.document(article), corpus.vocabulary());
    let language = Language::english();
    let telling = |id: TokenId| !vocabulary.is_stop(id) && vocabulary.articles(id) > 1 && !CALENDAR.contains(vocabulary.word(id));
    let mut add = |tokens: Span<Token>, is_name: bool| {
        let locus = Locus { article, tokens };
        let mut hash = Xxh3::new();
        document.slice(tokens).iter().for_each(|w| hash.update(&vocabulary.hash(w.id).to_le_bytes()));
        out.push(Candidate { key: hash.digest(), locus, is_name, listed: is_listed(locus) });
    };
    for paragraph in document.paragraphs().iter().filter(|p| !p.heading).take_while(|p| p.tokens.start() < READ) {
        let words = document.slice(paragraph.tokens);
        if 2 * words.iter().filter(|w| w.shape.has(Shape::ALL_CAPITAL)).count() > words.len() {
            continue;
        }
        let mut i = 0;
        while let Some(word) = words.get(i).filter(|_| paragraph.tokens.start() + i < READ) {
            let start = i;
            i += 1;
            let opens = word.shape.has(Shape::SENTENCE_START) || word.shape.has(Shape::AFTER_QUOTE);
            if word.shape.has(Shape::CAPITAL) && telling(word.id) {
                let goes_on = |w: &&crate::corpus::document::Word| {
                    w.shape.has(Shape::CAPITAL)
                        && !w.shape.has(Shape::AFTER_PUNCTUATION)
                        && !w.shape.has(Shape::ACROSS_MARK)
                        && telling(w.id)
                };
                i += words[i..].iter().take(NAME_WORDS - 1).take_while(goes_on).count();
                // A title alone names nobody.
                let nobody = words[start..i].iter().all(|w| language.name_titles.contains(vocabulary.word(w.id)));
                // One capital word at the start of a sentence need be no name.
                if !nobody && (i - start > 1 || !opens) {
                    add(Span::new(paragraph.tokens.start() + start, paragraph.tokens.start() + i), true);
                }
            } else if !word.shape.has(Shape::CAPITAL) && !word.shape.has(Shape::DIGIT) && telling(word.id) {
                let at = paragraph.tokens.start() + start;
                if vocabulary.word(word.id).chars().count() >= WORD_LETTERS {
                    add(Span::new(at, at + 1), false);
                }
            }
        }
    }
}

/// Whether two words are one, or one with an ending.
fn alike(a: TokenId, b: TokenId, corpus: &Corpus) -> bool {
    let (a, b) = (corpus.vocabulary().word(a), corpus.vocabulary().word(b));
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    a == b || (common >= 4 && common + 3 >= a.chars().count().max(b.chars().count()))
}

fn ends_possessive(locus: Locus, corpus: &Corpus) -> bool {
    corpus.document(locus.article).slice(locus.tokens).last().is_some_and(|w| w.shape.has(Shape::POSSESSIVE))
}

/// Rarity of the rarest word of a place, in nats.
fn rarity(locus: Locus, corpus: &Corpus) -> f64 {
    let all = corpus.articles().len() as f64 + 100.0;
    let words = corpus.word_ids(locus).into_iter();
    words.map(|id| (all / (corpus.vocabulary().articles(id) as f64 + 1.0)).ln()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::label;
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::corpus::locus::Locus;
    use crate::corpus::record::Record;

    fn corpus() -> Corpus {
        let mut builder = CorpusBuilder::default();
        for (i, text) in [
            "Yesterday the mayor of Port Alder closed the harbour. The thugs of Carla Dunn had cut the cables, said Carla Dunn's aide on Monday.",
            "Divers in Port Alder saw that the harbour is shut. Only the thugs left, said Carla Dunn in January, on a Monday.",
            "They said that Port Alder keeps its harbour shut since Monday, and that the thugs met Carla Dunn in January.",
        ]
        .iter()
        .enumerate()
        {
            builder.admit(Record::of_text(&format!("{i}.txt"), &format!("Paper {i}"), *text));
        }
        builder.seal()
    }

    fn shown(corpus: &Corpus, is_listed: impl Fn(Locus) -> bool) -> Vec<std::borrow::Cow<'_, str>> {
        let ids: Vec<_> = corpus.ids().collect();
        label(&ids, corpus, is_listed).into_iter().map(|l| corpus.text(l)).collect()
    }

    #[test]
    fn a_label_is_what_articles_share_as_printed_without_calendar_and_listed_words() {
        let corpus = corpus();
        let listed = |l: Locus| corpus.text(l) == "thugs";
        assert_eq!(shown(&corpus, listed), ["Port Alder", "Carla Dunn", "harbour"]);
        assert!(shown(&corpus, |_| false).contains(&"thugs".into()));
        assert!(shown(&corpus, |_| true).is_empty());
    }

    #[test]
    fn articles_that_share_no_name_are_called_by_those_of_one() {
        let mut builder = CorpusBuilder::default();
        for (outlet, text) in
            [("Paper A", "Yesterday the mayor of Port Alder spoke."), ("Paper B", "All was shut."), ("Paper C", "Boats left Port Alder.")]
        {
            builder.admit(Record::of_text("a.txt", outlet, text));
        }
        let corpus = builder.seal();
        let ids: Vec<_> = corpus.ids().take(2).collect();
        let shown: Vec<_> = label(&ids, &corpus, |_| false).into_iter().map(|l| corpus.text(l)).collect();
        assert_eq!(shown, ["Port Alder"]);
    }
}
