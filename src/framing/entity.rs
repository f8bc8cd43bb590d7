//! Whose labels are told: names that a user gives, or those that most is written of.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, Key, OutletId, TokenId};
use crate::text::fold::fold;
use crate::text::language::Language;
use crate::text::span::Span;
use crate::text::spelling::is_variant;
use crate::text::token::{Shape, tokenize};

use super::entity_sheet::Given;
use super::label_words::{Kinds, LabelWords};
use super::name::Names;

/// Who or what is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Stable while its name is.
    pub key: Key,
    /// As the user gives it, or the fullest form as first printed.
    pub name: String,
    /// What a user says it is; empty otherwise.
    pub kind: String,
    /// Whether a user gave it.
    pub given: bool,
    /// The words of each form that is looked for.
    pub aliases: Vec<Vec<TokenId>>,
}

/// Which names are taken where no user gives any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntitySettings {
    /// Most entities.
    pub most: usize,
    /// Fewest mentions.
    pub mentions: usize,
    /// Fewest outlets that name it: with one there is nothing to compare.
    pub outlets: usize,
}

impl Default for EntitySettings {
    fn default() -> Self {
        Self { most: 20, mentions: 3, outlets: 2 }
    }
}

/// Entities that a user gives, by the words of a corpus; a form with a word that no article holds is never met.
#[must_use]
pub fn given(given: &[Given], corpus: &Corpus) -> Vec<Entity> {
    let words = |form: &str| {
        let (mut out, mut folded) = (Vec::new(), String::new());
        tokenize(form, Span::new(0, form.len()), |word| {
            fold(word.of(form), &mut folded);
            out.push(corpus.vocabulary().find(&folded));
        });
        out.into_iter().collect::<Option<Vec<TokenId>>>().filter(|form| !form.is_empty())
    };
    let entity = |one: &Given| Entity {
        key: key(&one.name),
        name: one.name.clone(),
        kind: one.kind.clone(),
        given: true,
        aliases: one.forms().filter_map(words).collect::<BTreeSet<_>>().into_iter().collect(),
    };
    let mut out: Vec<Entity> = given.iter().map(entity).collect();
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

fn key(name: &str) -> Key {
    Key::of('e', &[name.to_lowercase().as_bytes()])
}

/// How often a name stands where.
#[derive(Clone, Copy, Debug)]
struct Count {
    mentions: usize,
    outlets: usize,
    outlet: OutletId,
    first: Locus,
}

/// Articles above which spellings that stand in one article only are passed over: there are too many, most of them misread.
const LARGE: usize = 5_000;

/// Most names that are joined to one another: the rest is too seldom printed to be chosen.
const JOINED: usize = 500;

/// The names that most is written of, joined where they are plainly one: last name and full name, full names of one first name
/// and nearly one last name, initialism and what it stands for. `names` in corpus order. Cost: the names once, and the
/// `JOINED` most frequent against each other.
#[must_use]
pub fn most_mentioned(corpus: &Corpus, names: &[(ArticleId, Names)], words: &LabelWords, settings: EntitySettings) -> Vec<Entity> {
    let mut frequent = counted(corpus, names, settings);
    frequent.sort_by(|a, b| b.1.mentions.cmp(&a.1.mentions).then_with(|| a.1.first.cmp(&b.1.first)));
    frequent.truncate(JOINED);
    let usage = Usage::of(corpus, frequent.iter().flat_map(|(run, _)| run.iter().copied()));
    frequent.retain(|(run, count)| is_name(run, *count, corpus, words, &usage));
    let groups = joined(&frequent, names, corpus, words, &usage);
    let mut chosen: Vec<(usize, Entity)> = Vec::new();
    for members in groups {
        let mentions: usize = members.iter().map(|&at| frequent[at].1.mentions).sum();
        let outlets = members.iter().map(|&at| frequent[at].1.outlets).max().unwrap_or(0);
        if mentions < settings.mentions || outlets < settings.outlets {
            continue;
        }
        // Full names say more than last names; of several the commonest.
        let full =
            |&&at: &&usize| (frequent[at].0.len() > 1 && frequent[at].1.mentions > 1, frequent[at].1.mentions, std::cmp::Reverse(at));
        let Some(&best) = members.iter().max_by_key(full) else { continue };
        let name = printed(&corpus.text(with_particles(corpus, words, frequent[best].1.first)));
        let aliases = members.iter().map(|&at| frequent[at].0.clone()).collect();
        chosen.push((mentions, Entity { key: key(&name), name, kind: String::new(), given: false, aliases }));
    }
    chosen.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    chosen.truncate(settings.most);
    let mut out: Vec<Entity> = chosen.into_iter().map(|(_, entity)| entity).collect();
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out.dedup_by(|b, a| a.key == b.key);
    out
}

/// A name with the small words in front of it: `El Paso`, `Abu Mahdi`.
fn with_particles(corpus: &Corpus, words: &LabelWords, name: Locus) -> Locus {
    let document = corpus.document(name.article);
    let all = document.words();
    let mut start = name.tokens.start();
    let joined = |at: usize| !all[at].shape.has(Shape::AFTER_PUNCTUATION);
    while start > 0 && joined(start) && all[start - 1].shape.has(Shape::CAPITAL) && words.kinds(all[start - 1].id).any(Kinds::PARTICLE) {
        start -= 1;
    }
    Locus { tokens: Span::new(start, name.tokens.end()), ..name }
}

/// A name without the line break or the possessive that it was printed with.
fn printed(text: &str) -> String {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    ["'s", "’s"].iter().find_map(|end| name.strip_suffix(end)).map_or_else(|| name.clone(), str::to_owned)
}

fn counted(corpus: &Corpus, names: &[(ArticleId, Names)], settings: EntitySettings) -> Vec<(Vec<TokenId>, Count)> {
    let mut counts: HashMap<Box<[TokenId]>, Count, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    let mut run = Vec::new();
    let large = names.len() > LARGE;
    let shouted = |at: Locus| corpus.document(at.article).slice(at.tokens).iter().any(|w| w.shape.has(Shape::ALL_CAPITAL));
    for (article, names) in names {
        let (document, outlet) = (corpus.document(*article), corpus.article(*article).outlet);
        for &tokens in &names.runs {
            run.clear();
            run.extend(document.slice(tokens).iter().map(|w| w.id));
            // A word of few articles makes no frequent name, but it may be another spelling of one.
            let rare = |id: &&TokenId| corpus.vocabulary().articles(**id) < settings.outlets;
            if run.first().filter(rare).is_some() || large && run.iter().filter(rare).count() > 0 {
                continue;
            }
            let first = Locus { article: *article, tokens };
            match counts.get_mut(run.as_slice()) {
                Some(count) => {
                    count.mentions += 1;
                    // In corpus order the articles of an outlet stand together.
                    count.outlets += usize::from(count.outlet != outlet);
                    count.outlet = outlet;
                    if shouted(count.first) && !shouted(first) {
                        count.first = first;
                    }
                }
                None => {
                    counts.insert(run.as_slice().into(), Count { mentions: 1, outlets: 1, outlet, first });
                }
            }
        }
    }
    // Put in order before anything is made of them.
    let mut out: Vec<(Vec<TokenId>, Count)> = counts.into_iter().map(|(run, count)| (run.into_vec(), count)).collect();
    out.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    out
}

/// How often words stand with a capital where none is due.
struct Usage(BTreeMap<TokenId, (u32, u32)>);

impl Usage {
    fn of(corpus: &Corpus, wanted: impl Iterator<Item = TokenId>) -> Self {
        let mut seen: BTreeMap<TokenId, (u32, u32)> = wanted.map(|id| (id, (0, 0))).collect();
        let mut is_wanted = vec![false; corpus.vocabulary().len()];
        seen.keys().for_each(|id| is_wanted[id.index()] = true);
        for document in corpus.documents() {
            for paragraph in document.paragraphs().iter().filter(|p| !p.heading) {
                for word in document.slice(paragraph.tokens).iter().filter(|w| is_wanted[w.id.index()]) {
                    if !word.shape.has(Shape::SENTENCE_START)
                        && !word.shape.has(Shape::AFTER_QUOTE)
                        && let Some(count) = seen.get_mut(&word.id)
                    {
                        count.0 += 1;
                        count.1 += u32::from(word.shape.has(Shape::CAPITAL));
                    }
                }
            }
        }
        Self(seen)
    }

    /// Whether a word is mostly a name's.
    fn is_proper(&self, id: TokenId) -> bool {
        self.0.get(&id).is_some_and(|&(seen, capital)| seen > 0 && 10 * capital >= 9 * seen)
    }
}

/// Whether a run is a name worth labels.
fn is_name(run: &[TokenId], count: Count, corpus: &Corpus, words: &LabelWords, usage: &Usage) -> bool {
    let vocabulary = corpus.vocabulary();
    let text = printed(&corpus.text(count.first));
    let is_outlet = || corpus.outlets().iter().any(|outlet| outlet.name.eq_ignore_ascii_case(&text));
    let [only] = run else {
        let whole = run.iter().any(|&id| usage.is_proper(id)) && run.iter().any(|&id| !vocabulary.is_stop(id));
        return whole && !run.iter().any(|&id| words.kinds(id).any(Kinds::NOT_NAME)) && !is_outlet();
    };
    let kinds = words.kinds(*only);
    let document = corpus.document(count.first.article);
    let word = document.slice(count.first.tokens).first();
    let initialism = word.is_some_and(|w| w.shape.has(Shape::ALL_CAPITAL));
    let long = vocabulary.word(*only).chars().count() >= if initialism { 2 } else { 3 };
    let other = Kinds::PEOPLE.with(Kinds::NOT_NAME).with(Kinds::TITLE).with(Kinds::PERSON).with(Kinds::GROUP).with(Kinds::PLACE);
    let language = Language::english();
    let calendar = language.numbers.contains_key(vocabulary.word(*only)) || language.abbreviations.contains(vocabulary.word(*only));
    long && !kinds.any(other) && !calendar && (initialism || usage.is_proper(*only)) && !is_outlet()
}

/// Groups of names that are one, by position, each with its members in order.
fn joined(
    frequent: &[(Vec<TokenId>, Count)],
    names: &[(ArticleId, Names)],
    corpus: &Corpus,
    words: &LabelWords,
    usage: &Usage,
) -> Vec<Vec<usize>> {
    let at: BTreeMap<&[TokenId], usize> = frequent.iter().enumerate().map(|(i, (run, _))| (run.as_slice(), i)).collect();
    let mut one_of: Vec<usize> = (0..frequent.len()).collect();
    fn root(one_of: &[usize], mut i: usize) -> usize {
        while one_of[i] != i {
            i = one_of[i];
        }
        i
    }
    let join = |one_of: &mut Vec<usize>, a: usize, b: usize| {
        let (a, b) = (root(one_of, a), root(one_of, b));
        one_of[a.max(b)] = a.min(b);
    };
    let vocabulary = corpus.vocabulary();
    let is_person = |run: &[TokenId]| {
        let (first, last) = (words.kinds(run[0]), words.kinds(run[run.len() - 1]));
        let thing = Kinds::THING.with(Kinds::GROUP).with(Kinds::PLACE).with(Kinds::COUNTRY).with(Kinds::PEOPLE);
        let opens_place = Kinds::PLACE_WORD.with(Kinds::PEOPLE).with(Kinds::COUNTRY);
        (2..=4).contains(&run.len())
            && !first.any(opens_place)
            && !last.any(thing)
            && run.iter().all(|&id| usage.is_proper(id) || words.kinds(id).any(Kinds::PARTICLE))
    };
    let persons: Vec<usize> = (0..frequent.len()).filter(|&i| is_person(&frequent[i].0)).collect();
    let mut by_first: BTreeMap<TokenId, Vec<usize>> = BTreeMap::new();
    let mut by_last: BTreeMap<TokenId, Vec<usize>> = BTreeMap::new();
    for &i in &persons {
        let run = &frequent[i].0;
        by_first.entry(run[0]).or_default().push(i);
        by_last.entry(run[run.len() - 1]).or_default().push(i);
    }
    for same in by_first.values() {
        for (k, &a) in same.iter().enumerate() {
            for &b in &same[k + 1..] {
                let (x, y) = (frequent[a].0.last(), frequent[b].0.last());
                if let (Some(&x), Some(&y)) = (x, y)
                    && is_variant(vocabulary.word(x), vocabulary.word(y))
                {
                    join(&mut one_of, a, b);
                }
            }
        }
    }
    // A last name alone is whoever bears it, where one bearer is named twice as often as any other.
    for (last, bearers) in by_last {
        let Some(&alone) = at.get(&[last][..]) else { continue };
        let mut weight: BTreeMap<usize, usize> = BTreeMap::new();
        for &i in &bearers {
            *weight.entry(root(&one_of, i)).or_default() += frequent[i].1.mentions;
        }
        let mut order: Vec<(usize, usize)> = weight.into_iter().map(|(i, n)| (n, i)).collect();
        order.sort_unstable_by(|a, b| b.cmp(a));
        // One place may be a slip: a word at the start of a sentence, a line of a headline.
        order.retain(|(times, _)| *times > 1);
        let clear = order.get(1).is_none_or(|second| order[0].0 >= 2 * second.0);
        if clear && let Some(&(_, bearer)) = order.first() {
            join(&mut one_of, bearer, alone);
        }
    }
    let mut stands_for: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (article, names) in names {
        let document = corpus.document(*article);
        for (run, short) in &names.short {
            let ids: Vec<TokenId> = document.slice(*run).iter().map(|w| w.id).collect();
            if let (Some(&long), Some(&short)) = (at.get(ids.as_slice()), at.get(&[document.words()[*short].id][..])) {
                *stands_for.entry(short).or_default().entry(long).or_default() += 1;
            }
        }
    }
    for (short, long) in stands_for {
        if let Some((&long, _)) = long.iter().max_by_key(|(at, times)| (**times, std::cmp::Reverse(**at))) {
            join(&mut one_of, short, long);
        }
    }
    // United States, US: names of one nation, not the adjectives of its people.
    let mut nations: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, (run, _)) in frequent.iter().enumerate() {
        let phrase = run.iter().map(|&id| vocabulary.word(id)).collect::<Vec<_>>().join(" ");
        let all = &Language::english().nations;
        let nation = all.get(&phrase).map(String::as_str).or_else(|| all.values().find(|n| **n == phrase).map(String::as_str));
        let adjective = matches!(run.as_slice(), [only] if words.kinds(*only).any(Kinds::PEOPLE));
        if let Some(nation) = nation.filter(|_| !adjective) {
            match nations.get(nation) {
                Some(&other) => join(&mut one_of, other, i),
                None => drop(nations.insert(nation, i)),
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..frequent.len() {
        groups.entry(root(&one_of, i)).or_default().push(i);
    }
    groups.into_values().collect()
}
