//! What an article is about: its heaviest terms, headline and beginning first.

use std::collections::BTreeMap;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::corpus::collection::Corpus;
use crate::corpus::document::Document;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::{ArticleId, TokenId};
use crate::text::fold::fold;
use crate::text::language::Language;
use crate::text::span::Span;
use crate::text::token::tokenize;

use super::stem::WordClasses;
use super::story_settings::StorySettings;

/// A term: the number of a stem.
pub type StoryTerm = u32;

/// Terms with their weights, in order of the terms.
pub type Weighed = Vec<(StoryTerm, f32)>;

/// No term: the word carries little meaning.
const NONE: StoryTerm = StoryTerm::MAX;

/// The terms of a corpus and how many articles hold each.
#[derive(Debug)]
pub struct StoryTerms {
    of_word: Vec<StoryTerm>,
    /// Per article.
    language: Vec<u16>,
    /// Articles of each language.
    articles: Vec<usize>,
    english: Option<u16>,
    /// Articles of the commonest language that hold a term.
    common: (u16, Vec<u32>),
    /// The same for the others.
    others: HashMap<(u16, StoryTerm), u32, FixedState>,
}

impl StoryTerms {
    /// Reads a corpus once; articles that are not `counted` (copies of others) make no term common.
    #[must_use]
    pub fn new(corpus: &Corpus, classes: &WordClasses, counted: impl Fn(ArticleId) -> bool) -> Self {
        let mut numbers: BTreeMap<&str, u16> = BTreeMap::new();
        let mut language = Vec::with_capacity(corpus.articles().len());
        let mut articles = Vec::new();
        for article in corpus.articles() {
            let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
            let number = *numbers.entry(&article.language).or_insert(next);
            language.push(number);
            articles.resize(articles.len().max(usize::from(number) + 1), 0);
        }
        for id in corpus.ids().filter(|&id| counted(id)) {
            articles[usize::from(language[id.index()])] += 1;
        }
        let (of_word, terms) = terms(corpus.vocabulary(), classes, Language::english());
        let commonest = (0..articles.len()).rev().max_by_key(|&l| articles[l]).unwrap_or(0);
        let commonest = u16::try_from(commonest).unwrap_or(u16::MAX);
        let english = numbers.get("en").copied();
        let mut read = Self { of_word, language, articles, english, common: (commonest, vec![0; terms]), others: HashMap::default() };
        // The last article that was seen to hold a term.
        let mut last = vec![u32::MAX; terms];
        for id in corpus.ids().filter(|&id| counted(id)) {
            let (language, stamp) = (read.language[id.index()], u32::try_from(id.index()).unwrap_or(u32::MAX));
            let title = read.title(corpus, id);
            let document = corpus.document(id);
            let body = document.words().iter().map(|w| read.of_word[w.id.index()]);
            for term in body.chain(title).filter(|&t| t != NONE) {
                if std::mem::replace(&mut last[term as usize], stamp) == stamp {
                    continue;
                }
                match language == read.common.0 {
                    true => read.common.1[term as usize] += 1,
                    false => *read.others.entry((language, term)).or_default() += 1,
                }
            }
        }
        read
    }

    /// The term of a word; `None` where it carries little meaning.
    #[must_use]
    pub fn of(&self, word: TokenId) -> Option<StoryTerm> {
        Some(self.of_word[word.index()]).filter(|&t| t != NONE)
    }

    /// The terms of the headline, as far as some text holds them.
    fn title(&self, corpus: &Corpus, id: ArticleId) -> Vec<StoryTerm> {
        let title = &corpus.article(id).title;
        let (mut folded, mut out) = (String::new(), Vec::new());
        tokenize(title, Span::new(0, title.len()), |word| {
            fold(word.of(title), &mut folded);
            out.extend(corpus.vocabulary().find(&folded).and_then(|id| self.of(id)));
        });
        out
    }

    /// Articles of a language that hold a term.
    fn holding(&self, language: u16, term: StoryTerm) -> u32 {
        if language == self.common.0 {
            return self.common.1[term as usize];
        }
        self.others.get(&(language, term)).copied().unwrap_or(0)
    }

    /// The heaviest terms of an article, as a vector of length 1 at most: `(1 + ln tf) × ln((N + p) / (df + 1))` (Salton & Buckley
    /// 1988, with `p` articles as prior), `tf` counted by where a word stands, `N` and `df` among articles of its language.
    /// Terms that no other article holds count in its length and are left out.
    #[must_use]
    pub fn outline(&self, corpus: &Corpus, id: ArticleId, settings: &StorySettings) -> Weighed {
        let language = self.language[id.index()];
        let articles = self.articles[usize::from(language)] as f64;
        let prior = if Some(language) == self.english { settings.prior_articles } else { settings.prior_articles_unlisted };
        let alone = 0.5 + 0.5 * settings.small_collection / articles.max(settings.small_collection);
        let mut weighed: Vec<(StoryTerm, f64, u32)> = counted(self.title(corpus, id), &corpus.document(id), &self.of_word, settings)
            .into_iter()
            .map(|(term, times)| {
                let holding = self.holding(language, term);
                let rarity = ((articles + prior) / (f64::from(holding) + 1.0)).ln().max(0.0);
                let weight = (1.0 + times.max(1.0).ln()) * rarity;
                (term, if holding < 2 { weight * alone } else { weight }, holding)
            })
            .collect();
        if weighed.len() > settings.terms {
            weighed.select_nth_unstable_by(settings.terms, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            weighed.truncate(settings.terms);
        }
        weighed.sort_unstable_by_key(|t| t.0);
        let length = (weighed.iter().map(|t| t.1 * t.1).sum::<f64>() + settings.prior_length).sqrt();
        // In a corpus of several languages another one may hold what is alone in its own.
        let several = self.articles.len() > 1;
        weighed.retain(|t| t.1 > 0.0 && (t.2 > 1 || several));
        // A list of its own: what is kept for every article shall not hold the room of all that was weighed.
        let mut outline = Weighed::with_capacity(weighed.len());
        #[expect(clippy::cast_possible_truncation, reason = "a weight needs no more than seven digits")]
        outline.extend(weighed.into_iter().map(|(term, weight, _)| (term, (weight / length) as f32)));
        outline
    }
}

/// The term of each word and how many there are: its stem; for a number, month or nation the stem of the form in which it is
/// compared.
fn terms(vocabulary: &Vocabulary, classes: &WordClasses, language: &Language) -> (Vec<StoryTerm>, usize) {
    let mut forms: BTreeMap<&str, StoryTerm> = BTreeMap::new();
    let mut next = 0;
    let ids = || (0..vocabulary.len()).map(TokenId::new);
    let mut of_word: Vec<StoryTerm> = ids()
        .map(|id| {
            let stem = classes.stem(id);
            next = next.max(stem + 1);
            if vocabulary.is_stop(id) { NONE } else { stem }
        })
        .collect();
    for (word, form) in language.numbers.iter().chain(&language.nations).collect::<BTreeMap<_, _>>() {
        let Some(id) = vocabulary.find(word) else { continue };
        let known = vocabulary.find(form).map(|id| classes.stem(id));
        of_word[id.index()] = *forms.entry(form).or_insert_with(|| {
            known.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        });
    }
    (of_word, next as usize)
}

/// Least mean length of the words of a text, in bytes; running text in any language has four or more.
const LEAST_WORD: usize = 3;

/// Distinct terms of an article and how often it has them, by where they stand.
fn counted(title: Vec<StoryTerm>, document: &Document, of_word: &[StoryTerm], settings: &StorySettings) -> Vec<(StoryTerm, f64)> {
    let words = document.words();
    // In a text that a machine could not read, splinters of letters would be alike with those of other such texts.
    if words.iter().map(|w| w.span().len()).sum::<usize>() < LEAST_WORD * words.len() {
        return Vec::new();
    }
    let title = title.into_iter().map(|t| (t, settings.title_weight));
    let weight = |at| if at < settings.lead_words { settings.lead_weight } else { 1.0 };
    let body = words.iter().enumerate().map(|(at, w)| (of_word[w.id.index()], weight(at)));
    let mut all: Vec<(StoryTerm, f64)> = title.chain(body).filter(|t| t.0 != NONE).collect();
    all.sort_unstable_by_key(|t| t.0);
    all.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    all
}
