//! Which words an outlet uses more than another: which outlets are set against each other, and inside which stories.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::collection::Corpus;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::{ArticleId, OutletId, StoryId, TokenId};
use crate::reuse::copies::Copies;
use crate::reuse::story::Stories;
use crate::text::fold::fold;
use crate::text::span::Span;
use crate::text::token::tokenize;

use super::contrast::{ContrastSettings, Keyword, Member, contrast};
use super::own_words::{WordPlaces, commonest_language};

/// Which outlets are compared, and what counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeynessSettings {
    /// The outlet that each other is set against; `None` for each pair, or each against all others.
    pub reference: Option<OutletId>,
    /// When an outlet is compared.
    pub outlets: OutletMinima,
    /// When a word is compared, and how.
    pub words: ContrastSettings,
}

/// When an outlet is compared, and with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutletMinima {
    /// Fewest articles of an outlet, copies of one text counted once.
    pub articles: usize,
    /// Most outlets that are compared pair by pair; more are compared with all others together.
    pub paired: usize,
}

impl Default for OutletMinima {
    fn default() -> Self {
        Self { articles: 5, paired: 6 }
    }
}

/// Which articles of two outlets are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Those of stories that both report, story by story: the event is held constant.
    SameStories,
    /// All: a difference may be one of topics.
    AllArticles,
}

impl Basis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameStories => "same_stories",
            Self::AllArticles => "all_articles",
        }
    }
}

/// Two outlets to be compared, and their articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opponents {
    /// The outlet that comes first.
    pub first: OutletId,
    /// The other; `None` for all others together.
    pub second: Option<OutletId>,
    /// Which of their articles.
    pub basis: Basis,
    /// Those articles, in corpus order.
    pub members: Vec<Member>,
}

/// Words of two outlets set against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The outlets.
    pub opponents: Opponents,
    /// Words with enough data by the distance of their log-odds from 0, the farthest first; then the others by the alphabet.
    pub keywords: Vec<Keyword>,
}

/// Words of all pairs of outlets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keyness {
    /// The pairs, in order of outlets.
    pub contrasts: Vec<Contrast>,
    /// Outlets with too few articles to be compared.
    pub too_few: usize,
}

/// Which outlets are compared: those with enough articles in the language of most articles, each pair of them where they are
/// few, otherwise each with all others together. In order of outlets.
#[must_use]
pub fn opponents(corpus: &Corpus, stories: &Stories, copies: &Copies, settings: &KeynessSettings) -> Vec<Opponents> {
    let texts = texts(corpus, copies);
    let enough: Vec<OutletId> = (0..texts.len()).filter(|&o| texts[o].len() >= settings.outlets.articles).map(OutletId::new).collect();
    let chosen: Vec<(OutletId, Option<OutletId>)> = match settings.reference {
        Some(reference) if !enough.contains(&reference) => Vec::new(),
        Some(reference) => enough.iter().filter(|&&o| o != reference).map(|&o| (o, Some(reference))).collect(),
        None if enough.len() <= settings.outlets.paired => {
            enough.iter().enumerate().flat_map(|(i, &a)| enough[i + 1..].iter().map(move |&b| (a, Some(b)))).collect()
        }
        None => enough.iter().map(|&o| (o, None)).collect(),
    };
    chosen.into_iter().map(|(first, second)| set_against(first, second, &texts, stories, settings)).collect()
}

/// How many outlets have too few articles to be compared.
#[must_use]
pub fn too_few(corpus: &Corpus, copies: &Copies, settings: &KeynessSettings) -> usize {
    texts(corpus, copies).iter().filter(|texts| texts.len() < settings.outlets.articles).count()
}

/// The words of two outlets, without those of their own names: that an outlet names itself is no way of phrasing.
#[must_use]
pub fn keyness(opponents: Opponents, words: &WordPlaces, corpus: &Corpus, settings: &ContrastSettings) -> Contrast {
    let vocabulary = corpus.vocabulary();
    let names = std::iter::once(opponents.first).chain(opponents.second).flat_map(|o| words_of(&corpus.outlet(o).name, vocabulary));
    let mut keywords = contrast(words, &opponents.members, &names.collect::<Vec<_>>(), settings);
    // What many other outlets have together would be nearly every word.
    keywords.retain(|k| k.tested.is_some() || opponents.second.is_some() || k.articles[0] >= settings.word_articles);
    let distance = |k: &Keyword| k.tested.and(k.z).map(f64::abs);
    keywords.sort_by(|a, b| {
        let alphabet = || vocabulary.word(a.word).cmp(vocabulary.word(b.word));
        match (distance(a), distance(b)) {
            (Some(x), Some(y)) => y.total_cmp(&x).then_with(alphabet),
            (x, y) => Reverse(x.is_some()).cmp(&Reverse(y.is_some())).then_with(alphabet),
        }
    });
    Contrast { opponents, keywords }
}

/// The words of a name, as far as an article holds them.
fn words_of(name: &str, vocabulary: &Vocabulary) -> Vec<TokenId> {
    let (mut found, mut folded) = (Vec::new(), String::new());
    tokenize(name, Span::new(0, name.len()), |word| {
        fold(word.of(name), &mut folded);
        found.extend(vocabulary.find(&folded));
    });
    found
}

/// The articles of each outlet in the language of most articles, a text that it prints again left out.
fn texts(corpus: &Corpus, copies: &Copies) -> Vec<Vec<ArticleId>> {
    let language = commonest_language(corpus);
    let of_outlet = |articles: &[ArticleId]| {
        let mut seen = BTreeSet::new();
        let fits = |id: &ArticleId| corpus.article(*id).language == language && seen.insert(copies.text(*id));
        articles.iter().copied().filter(fits).collect()
    };
    corpus.outlets().iter().map(|outlet| of_outlet(&outlet.articles)).collect()
}

fn set_against(
    first: OutletId,
    second: Option<OutletId>,
    texts: &[Vec<ArticleId>],
    stories: &Stories,
    settings: &KeynessSettings,
) -> Opponents {
    let others: Vec<OutletId> = match second {
        Some(second) => vec![second],
        None => (0..texts.len()).map(OutletId::new).filter(|&o| o != first).collect(),
    };
    let of_first = texts[first.index()].iter().map(|&id| (id, true));
    let of_others = others.iter().flat_map(|o| &texts[o.index()]).map(|&id| (id, false));
    let mut all: Vec<(ArticleId, bool)> = of_first.chain(of_others).collect();
    all.sort_unstable();
    let mut sides: BTreeMap<StoryId, [usize; 2]> = BTreeMap::new();
    for &(id, is_first) in &all {
        sides.entry(stories.of(id)).or_default()[usize::from(is_first)] += 1;
    }
    sides.retain(|_, [others, first]| *others > 0 && *first > 0);
    let shared: BTreeMap<StoryId, usize> = sides.keys().copied().enumerate().map(|(stratum, story)| (story, stratum)).collect();
    let in_shared = |side: usize| sides.values().map(|counts| counts[side]).sum::<usize>();
    if in_shared(0).min(in_shared(1)) < settings.outlets.articles {
        let members = all.into_iter().map(|(article, first)| Member { article, first, stratum: 0 }).collect();
        return Opponents { first, second, basis: Basis::AllArticles, members };
    }
    let inside = |(article, first)| shared.get(&stories.of(article)).map(|&stratum| Member { article, first, stratum });
    Opponents { first, second, basis: Basis::SameStories, members: all.into_iter().filter_map(inside).collect() }
}

#[cfg(test)]
mod tests {
    use super::{Basis, KeynessSettings, Member, opponents, too_few, words_of};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::corpus::record::Record;
    use crate::id::{ArticleId, OutletId};
    use crate::reuse::copies::{Copies, TextSketch};
    use crate::reuse::story::Stories;

    /// So many articles of each outlet, in English.
    fn corpus(sizes: &[usize]) -> Corpus {
        let mut builder = CorpusBuilder::default();
        for (o, &size) in sizes.iter().enumerate() {
            for i in 0..size {
                let text = format!("The council met in town {o} on day {i} and spoke of roads.");
                builder.admit(Record { language: "en".into(), ..Record::of_text(&format!("{o}-{i}.txt"), &format!("Outlet {o}"), text) });
            }
        }
        builder.seal()
    }

    /// Pairs as (first, second, articles of the first, articles of the second).
    fn pairs(corpus: &Corpus, settings: &KeynessSettings) -> Vec<(usize, Option<usize>, usize, usize)> {
        let copies = Copies::none(corpus.articles().len());
        let found = opponents(corpus, &Stories::new(Vec::new(), corpus), &copies, settings);
        let side = |members: &[Member], first| members.iter().filter(|m| m.first == first).count();
        found.iter().map(|o| (o.first.index(), o.second.map(OutletId::index), side(&o.members, true), side(&o.members, false))).collect()
    }

    #[test]
    fn pairs_of_outlets_with_enough_articles() {
        let corpus = corpus(&[5, 4, 6, 7]);
        let settings = KeynessSettings::default();
        assert_eq!(pairs(&corpus, &settings), [(0, Some(2), 5, 6), (0, Some(3), 5, 7), (2, Some(3), 6, 7)]);
        assert_eq!(too_few(&corpus, &Copies::none(22), &settings), 1);
        let to = |outlet| KeynessSettings { reference: Some(OutletId::new(outlet)), ..KeynessSettings::default() };
        assert_eq!(pairs(&corpus, &to(2)), [(0, Some(2), 5, 6), (3, Some(2), 7, 6)]);
        assert!(pairs(&corpus, &to(1)).is_empty());
    }

    /// Six are still few; copies of a text, and texts in a rarer language, are none of an outlet's articles here.
    #[test]
    fn what_counts_as_an_article() {
        assert_eq!(pairs(&corpus(&[5; 6]), &KeynessSettings::default()).len(), 15);
        let mut builder = CorpusBuilder::default();
        for (i, language) in ["en", "en", "en", "en", "en", "en", "de"].iter().enumerate() {
            for outlet in ["A", "B"] {
                let text = format!("The council of {outlet} met on day {i} and spoke of roads.");
                builder.admit(Record {
                    language: (*language).into(),
                    ..Record::of_text(&format!("{outlet}{i}.txt"), &format!("Outlet {outlet}"), text)
                });
            }
        }
        let corpus = builder.seal();
        assert_eq!(pairs(&corpus, &KeynessSettings::default()), [(0, Some(1), 6, 6)]);
        let first = corpus.outlets()[0].articles.clone();
        // The second article of the first outlet prints its first text again.
        let sketch = |id: ArticleId| TextSketch { whole: if id == first[1] { first[0] } else { id }.index() as u64, least: vec![] };
        let copies = Copies::new(&corpus.ids().map(sketch).collect::<Vec<_>>(), |_, _| true);
        let found = opponents(&corpus, &Stories::new(Vec::new(), &corpus), &copies, &KeynessSettings::default());
        assert_eq!(found[0].members.iter().filter(|m| m.first).count(), 5);
    }

    /// One side has five articles in shared stories, the other four: too few to hold the event constant.
    #[test]
    fn both_sides_need_articles_in_shared_stories() {
        let corpus = corpus(&[7, 6]);
        let id = ArticleId::new;
        let group = vec![id(0), id(1), id(2), id(3), id(4), id(7), id(8), id(9), id(10)];
        let stories = Stories::new(vec![group], &corpus);
        let found = opponents(&corpus, &stories, &Copies::none(13), &KeynessSettings::default()).remove(0);
        assert_eq!((found.basis, found.members.len()), (Basis::AllArticles, 13));
    }

    /// More than six outlets: each against all others, those with few articles among them.
    #[test]
    fn many_outlets_are_each_set_against_all_others() {
        let found = pairs(&corpus(&[5, 5, 5, 5, 5, 5, 5, 2]), &KeynessSettings::default());
        assert_eq!(found.len(), 7);
        assert!(found.iter().all(|&(_, second, own, others)| (second, own, others) == (None, 5, 32)), "{found:?}");
    }

    #[test]
    fn an_outlet_that_names_itself() {
        let corpus = corpus(&[1]);
        let words = words_of("The Council's Roads, Ltd", corpus.vocabulary());
        assert_eq!(words.iter().map(|&w| corpus.vocabulary().word(w)).collect::<Vec<_>>(), ["the", "council", "roads"]);
    }

    /// Five articles of each outlet inside stories of both: only those are compared, story by story.
    #[test]
    fn stories_of_both_outlets_come_first() {
        let corpus = corpus(&[7, 6]);
        let id = ArticleId::new;
        let copies = Copies::none(13);
        let settings = KeynessSettings::default();
        let found = |groups: Vec<Vec<ArticleId>>| opponents(&corpus, &Stories::new(groups, &corpus), &copies, &settings).remove(0);
        let held = found(vec![vec![id(0), id(1), id(7)], vec![id(2), id(3), id(4), id(8), id(9), id(10), id(11)], vec![id(5), id(6)]]);
        assert_eq!((held.basis, held.members.len()), (Basis::SameStories, 10));
        assert_eq!(held.members.iter().map(|m| m.stratum).collect::<Vec<_>>(), [0, 0, 1, 1, 1, 0, 1, 1, 1, 1]);
        let few = found(vec![vec![id(0), id(1), id(7)]]);
        assert_eq!((few.basis, few.members.len()), (Basis::AllArticles, 13));
    }
}
