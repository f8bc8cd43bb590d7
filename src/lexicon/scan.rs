//! Finding listed wording in documents: a trie over token ids, walked once from every word.
//!
//! Cost: `O(tokens)` with interned tokens; most words leave the trie at its root. A leftmost-longest automaton over
//! characters with a word-border filter behind it would lose 1-5 % of the hits.

use std::collections::BTreeSet;

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use regex::Regex;

use crate::corpus::document::{Document, Word};
use crate::corpus::vocabulary::Vocabulary;
use crate::id::{EntryId, TokenId};
use crate::text::span::{Span, Token};
use crate::text::token::Shape;

use super::draft::compile;
use super::entry::{Entry, MatchKind};
use super::guard::{CompiledGuards, Neighbours, words_of};
use super::inflect::{forms, is_irregular, spellings};
use super::load::Lexicon;
use super::overlap::{Candidate, resolve};

/// A listed wording found at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What is listed.
    pub entry: EntryId,
    /// Where.
    pub tokens: Span<Token>,
    /// The entry's strength, lowered to 1 inside a name.
    pub strength: u8,
    /// What says that it stands inside a name of several words, if it does.
    pub name: Option<NameBasis>,
    /// Whether a negation stands close before it in its clause: `not a terrorist`.
    pub negated: bool,
}

/// What says that a hit stands inside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameBasis {
    /// It has a capital that neither its term nor its place explains, and a capitalised neighbour.
    Capitals,
    /// It stands in a headline, and the same words are a name in the article's text.
    NamedInText,
}

impl NameBasis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Capitals => "capitals",
            Self::NamedInText => "named_in_text",
        }
    }
}

/// Finds the wording of one lexicon in documents over one vocabulary.
#[derive(Debug)]
pub struct Scanner {
    /// First word → node; 0 where no term starts with it.
    roots: Vec<u32>,
    edges: HashMap<(u32, TokenId), u32, FixedState>,
    /// Terms that end at a node.
    ends: Vec<Vec<Term>>,
    patterns: Vec<(EntryId, Regex)>,
    guards: Vec<CompiledGuards>,
    neighbours: Neighbours,
    strengths: Vec<u8>,
    layers: Vec<usize>,
    /// Per entry: whether each word of its term is written with a capital.
    capitals: Vec<Vec<bool>>,
}

#[derive(Clone, Copy, Debug)]
struct Term {
    entry: EntryId,
    /// Written so in the lexicon, not made by inflection.
    explicit: bool,
}

impl Scanner {
    /// Prepares a lexicon for documents over `vocabulary`: terms with a word that no article holds are left out.
    #[must_use]
    pub fn new(lexicon: &Lexicon, vocabulary: &Vocabulary) -> Self {
        let mut scanner = Self {
            roots: vec![0; vocabulary.len()],
            edges: HashMap::with_hasher(FixedState::with_seed(0)),
            ends: vec![Vec::new()],
            patterns: Vec::new(),
            guards: Vec::new(),
            neighbours: Neighbours::new(vocabulary),
            strengths: lexicon.entries().map(|e| e.strength).collect(),
            layers: (0..lexicon.len()).map(|i| lexicon.layer(EntryId::new(i))).collect(),
            capitals: Vec::new(),
        };
        let starts = Starts::new(vocabulary);
        for (i, entry) in lexicon.entries().enumerate() {
            let there = scanner.add(EntryId::new(i), entry, vocabulary, &starts);
            // An entry that no article can hold is never asked for guards and capitals.
            scanner.guards.push(if there { CompiledGuards::new(&entry.guards, vocabulary) } else { CompiledGuards::default() });
            scanner.capitals.push(if there { capitals(&entry.term) } else { Vec::new() });
        }
        scanner
    }

    /// Adds the forms of an entry; whether any can be met.
    fn add(&mut self, id: EntryId, entry: &Entry, vocabulary: &Vocabulary, starts: &Starts) -> bool {
        if entry.kind == MatchKind::Regex {
            // The loader has compiled it once already, so it compiles.
            self.patterns.extend(compile(&entry.term).ok().map(|pattern| (id, pattern)));
            return true;
        }
        let mut met = false;
        let written = std::iter::once(&entry.term).chain(&entry.forms);
        // What is written with a hyphen is also written as one word.
        let closed: Vec<String> =
            written.clone().filter(|form| form.contains('-') && starts.may_start(form)).map(|form| form.replace('-', "")).collect();
        for (form, explicit) in written.map(|form| (form, true)).chain(closed.iter().map(|form| (form, false))) {
            if !starts.may_start(form) {
                continue;
            }
            let words = words_of(form);
            if !words.iter().all(|word| starts.may_hold(word)) {
                continue;
            }
            let last = words.len().saturating_sub(1);
            let choices: Vec<Vec<(TokenId, bool)>> = words
                .iter()
                .enumerate()
                .map(|(i, word)| {
                    let inflected = if entry.kind.inflects() && (i == 0 || i == last) { forms(word) } else { [word.clone()].into() };
                    let written = spellings(word);
                    let all = inflected.iter().flat_map(|form| spellings(form));
                    all.filter_map(|form| Some((vocabulary.find(&form)?, written.contains(&form)))).collect()
                })
                .collect();
            if choices.iter().all(|choice| !choice.is_empty()) {
                self.grow(0, &choices, Term { entry: id, explicit });
                met = true;
            }
        }
        met
    }

    /// Adds every choice of words as a path from `node`.
    fn grow(&mut self, node: u32, choices: &[Vec<(TokenId, bool)>], term: Term) {
        let Some((first, rest)) = choices.split_first() else {
            let ends = &mut self.ends[node as usize];
            match ends.iter_mut().find(|other| other.entry == term.entry) {
                Some(other) => other.explicit |= term.explicit,
                None if node > 0 => ends.push(term),
                None => {}
            }
            return;
        };
        for &(word, written) in first {
            let fresh = u32::try_from(self.ends.len()).expect("a lexicon has fewer than 2^32 forms");
            let next = if node == 0 {
                let root = &mut self.roots[word.index()];
                if *root == 0 {
                    *root = fresh;
                }
                *root
            } else {
                *self.edges.entry((node, word)).or_insert(fresh)
            };
            if next == fresh {
                self.ends.push(Vec::new());
            }
            self.grow(next, rest, Term { explicit: term.explicit && written, ..term });
        }
    }

    /// The hits of a document in order of place, none over another: inside a longer match none counts, of matches that cross
    /// the stronger does. Entries of strength 0 shadow others and are no hits.
    #[must_use]
    pub fn scan(&self, document: &Document, text: &str) -> Vec<Hit> {
        let kept = resolve(self.candidates(document, text), document.words().len());
        let mut hits: Vec<Hit> = kept.into_iter().filter(|c| c.listed > 0).map(|c| c.hit).collect();
        self.name_in_headlines(&mut hits, document);
        hits
    }

    /// In a headline where every word has a capital, capitals tell no name; the article's running text does.
    fn name_in_headlines(&self, hits: &mut [Hit], document: &Document) {
        let words = document.words();
        let with_neighbours = |hit: &Hit| {
            let joined = |at: usize| !words[at].shape.has(Shape::AFTER_PUNCTUATION);
            let (start, end) = (hit.tokens.start(), hit.tokens.end());
            let before = (start > 0 && joined(start)).then(|| Span::new(start - 1, end));
            let after = (end < words.len() && joined(end)).then(|| Span::new(start, end + 1));
            let ids = |span: Span<Token>| document.slice(span).iter().map(|w| w.id).collect::<Vec<TokenId>>();
            [before, after].into_iter().flatten().map(ids).collect::<Vec<_>>()
        };
        let names: BTreeSet<Vec<TokenId>> = hits.iter().filter(|h| h.name.is_some()).flat_map(with_neighbours).collect();
        for hit in hits.iter_mut().filter(|h| h.name.is_none() && !names.is_empty() && document.in_headline(h.tokens.start())) {
            if with_neighbours(hit).iter().any(|words| names.contains(words)) {
                hit.name = Some(NameBasis::NamedInText);
                hit.strength = hit.strength.min(1);
            }
        }
    }

    /// All matches, also those inside or across others, in no certain order.
    #[must_use]
    pub fn matches(&self, document: &Document, text: &str) -> Vec<Hit> {
        self.candidates(document, text).iter().map(|c| c.hit).collect()
    }

    fn candidates(&self, document: &Document, text: &str) -> Vec<Candidate> {
        let words = document.words();
        let mut found = Vec::new();
        for paragraph in document.paragraphs() {
            let title_case = paragraph.heading && is_title_case(document.slice(paragraph.tokens));
            for at in paragraph.tokens.range() {
                let mut node = self.roots.get(words[at].id.index()).copied().unwrap_or(0);
                let mut end = at + 1;
                while node > 0 {
                    let tokens = Span::new(at, end);
                    found.extend(self.ends[node as usize].iter().filter_map(|term| self.candidate(document, tokens, *term, title_case)));
                    let next = words.get(end).filter(|w| end < paragraph.tokens.end() && !w.shape.has(Shape::AFTER_PUNCTUATION));
                    node = next.and_then(|w| self.edges.get(&(node, w.id)).copied()).unwrap_or(0);
                    end += 1;
                }
            }
            for (entry, pattern) in &self.patterns {
                let whole = paragraph.span.of(text);
                for place in pattern.find_iter(whole) {
                    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    let before = whole.get(..place.start()).and_then(|head| head.chars().next_back());
                    let after = whole.get(place.end()..).and_then(|tail| tail.chars().next());
                    if letter(before) || letter(after) {
                        continue;
                    }
                    let (start, end) = (paragraph.span.start() + place.start(), paragraph.span.start() + place.end());
                    let first = words.partition_point(|w| w.span().end() <= start);
                    let last = words.partition_point(|w| w.span().start() < end);
                    if first < last {
                        found.extend(self.candidate(document, Span::new(first, last), Term { entry: *entry, explicit: false }, title_case));
                    }
                }
            }
        }
        found
    }

    fn candidate(&self, document: &Document, tokens: Span<Token>, term: Term, title_case: bool) -> Option<Candidate> {
        let entry = term.entry.index();
        if !self.guards[entry].allow(document, tokens, &self.neighbours, title_case) {
            return None;
        }
        let name = (!title_case && is_inside_name(document, tokens, &self.capitals[entry])).then_some(NameBasis::Capitals);
        let listed = self.strengths[entry];
        let strength = if name.is_some() { listed.min(1) } else { listed };
        let negated = self.neighbours.negate(document, tokens);
        let hit = Hit { entry: term.entry, tokens, strength, name, negated };
        Some(Candidate { hit, listed, layer: self.layers[entry], explicit: term.explicit })
    }
}

/// The first letters of the words of a vocabulary: regular inflection and other spellings leave them as they are, so that most
/// terms need no forms where the vocabulary is that of a few articles.
struct Starts(HashSet<[u8; Self::LENGTH], FixedState>);

impl Starts {
    const LENGTH: usize = 3;

    fn new(vocabulary: &Vocabulary) -> Self {
        let mut starts = HashSet::with_hasher(FixedState::with_seed(0));
        starts.extend((0..vocabulary.len()).filter_map(|i| Self::of(vocabulary.word(TokenId::new(i)))));
        Self(starts)
    }

    fn of(word: &str) -> Option<[u8; Self::LENGTH]> {
        word.as_bytes().first_chunk().copied()
    }

    /// Whether the vocabulary can hold a form of the first word of a term, as far as a look at its letters tells.
    fn may_start(&self, term: &str) -> bool {
        let first = term.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or(term);
        !first.is_ascii() || self.may_hold(&first.to_ascii_lowercase())
    }

    /// Whether the vocabulary can hold a form of the word.
    fn may_hold(&self, word: &str) -> bool {
        let changes = word.len() <= Self::LENGTH || is_irregular(word) || word.starts_with("sc") || word.starts_with("sk");
        changes || Self::of(word).is_none_or(|start| self.0.contains(&start))
    }
}

/// Whether each word of a term is written with a capital.
fn capitals(term: &str) -> Vec<bool> {
    let mut out = Vec::new();
    crate::text::token::tokenize(term, Span::new(0, term.len()), |span| out.push(Shape::of(span.of(term)).has(Shape::CAPITAL)));
    out
}

/// Most words that carry a capital at all carry one: a headline in title case.
fn is_title_case(words: &[Word]) -> bool {
    let long = words.iter().filter(|w| w.span().len() > 3);
    let (capital, all) = long.fold((0, 0), |(c, n), w| (c + usize::from(w.shape.has(Shape::CAPITAL)), n + 1));
    capital * 10 >= all * 7
}

/// A word has a capital that neither its term nor its place explains, and a capitalised neighbour.
fn is_inside_name(document: &Document, tokens: Span<Token>, capitals: &[bool]) -> bool {
    let words = document.words();
    let explained = |at: usize| {
        let shape = words[at].shape;
        !shape.has(Shape::CAPITAL)
            || shape.has(Shape::SENTENCE_START)
            || shape.has(Shape::AFTER_QUOTE)
            || capitals.get(at - tokens.start()).copied().unwrap_or(false)
    };
    let capital = |at: usize| words[at].shape.has(Shape::CAPITAL);
    let joined = |at: usize| !words[at].shape.has(Shape::AFTER_PUNCTUATION);
    tokens.range().any(|at| {
        let before = at > 0 && joined(at) && capital(at - 1) && !(words[at - 1].shape.has(Shape::SENTENCE_START) && tokens.start() == at);
        let after = at + 1 < words.len() && joined(at + 1) && capital(at + 1);
        !explained(at) && (before || after)
    })
}

#[cfg(test)]
mod tests {
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;
    use crate::text::span::Span;

    use super::{Lexicon, NameBasis, Scanner};

    /// Words matched, strength, basis of a name and negation of each hit.
    fn hits(lexicon: &Lexicon, text: &str) -> Vec<(String, u8, Option<NameBasis>, bool)> {
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let found = Scanner::new(lexicon, &vocabulary).scan(&document, text);
        let shown = |h: &super::Hit| (document.bytes(h.tokens).unwrap().of(text).to_owned(), h.strength, h.name, h.negated);
        found.iter().map(shown).collect()
    }

    fn lexicon(terms: &[(&str, &str)]) -> Lexicon {
        let entries: Vec<String> = terms
            .iter()
            .enumerate()
            .map(|(i, (term, kind))| {
                format!("[[entry]]\nid = \"L-{i}\"\nterm = \"{term}\"\nkind = \"{kind}\"\ncategory = \"c\"\nstrength = 2\n")
            })
            .collect();
        let file = entries.join("\n");
        Lexicon::from_toml("t", [("t.toml", file.as_str())]).unwrap()
    }

    #[test]
    fn inflected_hyphened_and_spelled_either_way() {
        let list = lexicon(&[("war-monger", "lemma_phrase"), ("demonise", "lemma"), ("so-called", "phrase")]);
        let text = "The warmongers and war-mongers demonized their so called foes, the socalled war mongers.";
        let found: Vec<String> = hits(&list, text).into_iter().map(|h| h.0).collect();
        assert_eq!(found, ["warmongers", "war-mongers", "demonized", "so called", "socalled", "war mongers"]);
    }

    #[test]
    fn negation_in_the_clause() {
        let list = lexicon(&[("coward", "lemma")]);
        for (text, negated) in [
            ("He was not a coward.", true),
            ("He wasn’t a coward.", true),
            ("No coward would go.", true),
            ("He is not only a coward.", false),
            ("He did not go, a coward.", false),
            ("It was not so that he became in the end a coward.", false),
            ("The coward did not go.", false),
        ] {
            assert_eq!(hits(&list, text)[0].3, negated, "{text}");
        }
    }

    #[test]
    fn names_in_text_and_in_headlines() {
        let list = lexicon(&[("resistance", "lemma"), ("regime", "lemma")]);
        let text =
            "Islamic Resistance Claims Attack On Regime Forces\n\nThe Islamic Resistance said on Monday that the regime had fallen.\n";
        let found = hits(&list, text);
        let shown: Vec<_> = found.iter().map(|(words, strength, name, _)| (words.as_str(), *strength, *name)).collect();
        assert_eq!(
            shown,
            [
                ("Resistance", 1, Some(NameBasis::NamedInText)),
                ("Regime", 2, None),
                ("Resistance", 1, Some(NameBasis::Capitals)),
                ("regime", 2, None)
            ]
        );
    }
}
