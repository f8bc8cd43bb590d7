//! What survives retelling: one term for the forms of a word, a name, a number or a nation.
//!
//! A term is what two sentences can share although their words differ: `withdrawal` and `withdrew` no, `withdrawal` and
//! `withdrawing` yes, `Ameri` and `Amiri`, `three` and `3`, `Iraq` and `Iraqi`, `PMU` and `Popular Mobilization Units`.
//! Terms are numbered in order of first sight. Cost: a few passes over the words, and the names that share a
//! skeleton against each other (at most [`BLOCK`] of them).

use std::collections::BTreeMap;
use std::ops::Deref;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::corpus::document::{Document, Word};
use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;

/// A term, by its position among the terms of a corpus.
pub type TermId = u32;

/// What kind of evidence a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermKind {
    /// A stem that carries meaning.
    Word,
    /// A word that is mostly printed with a capital, or an initialism.
    Name,
    /// A number, a month, a year.
    Number,
}

/// A term in a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occurrence {
    /// Which.
    pub term: TermId,
    /// How much of it, above 0 up to 1: an initialism is spread over the words of its expansion, `1/√k` each for `k` words, so
    /// that its vector has length 1.
    pub share: f64,
}

/// The terms of a corpus.
#[derive(Debug)]
pub struct Anchors {
    /// Per word; `None` for words that carry little meaning.
    of_word: Vec<Option<TermId>>,
    /// The same word, printed as an initialism (`US` is no `us`).
    of_initialism: Vec<Option<TermId>>,
    kinds: Vec<TermKind>,
    articles: Vec<u32>,
    documents: usize,
    /// Initialism to the terms of its expansion.
    expansions: BTreeMap<TokenId, Vec<TermId>>,
    /// Expansions by their first word: all words, small ones included, and the initialism.
    runs: BTreeMap<TokenId, Vec<(Vec<TokenId>, TokenId)>>,
    /// Nations of two words.
    pairs: BTreeMap<(TokenId, TokenId), TermId>,
}

/// Most names of one skeleton that are compared with each other.
pub const BLOCK: usize = 64;

type Fixed<K, V> = HashMap<K, V, FixedState>;

impl Anchors {
    /// Reads a corpus: two passes over its words, one over its vocabulary.
    #[must_use]
    pub fn new(
        documents: impl ExactSizeIterator<Item = impl Deref<Target = Document>> + Clone,
        vocabulary: &Vocabulary,
        language: &Language,
    ) -> Self {
        let usage = Usage::of(documents.clone(), vocabulary.len());
        let mut names = Names::default();
        let mut anchors = Self {
            of_word: vec![None; vocabulary.len()],
            of_initialism: vec![None; vocabulary.len()],
            kinds: Vec::new(),
            articles: Vec::new(),
            documents: documents.len(),
            expansions: BTreeMap::new(),
            runs: BTreeMap::new(),
            pairs: BTreeMap::new(),
        };
        for id in (0..vocabulary.len()).map(TokenId::new) {
            let word = vocabulary.word(id);
            let (form, kind) = form(id, word, vocabulary, &usage, language);
            let empty = vocabulary.is_stop(id) && kind != TermKind::Number;
            if !empty && !form.is_empty() && !language.name_particles.contains(word) {
                anchors.of_word[id.index()] = Some(names.intern(&form, kind));
            }
            if usage.initialism[id.index()] {
                let canonical = language.nations.get(word).map_or(word, String::as_str);
                anchors.of_initialism[id.index()] = Some(names.intern(canonical, TermKind::Name));
            }
        }
        anchors.kinds = names.kinds;
        let canonical = variants(&anchors, vocabulary, &usage);
        for term in anchors.of_word.iter_mut().chain(&mut anchors.of_initialism).flatten() {
            *term = canonical[*term as usize];
        }
        for (phrase, name) in &language.nations {
            let Some((first, second)) = phrase.split_once(' ') else { continue };
            let (Some(a), Some(b), Some(&term)) = (vocabulary.find(first), vocabulary.find(second), names.numbers.get(name.as_str()))
            else {
                continue;
            };
            anchors.pairs.insert((a, b), canonical[term as usize]);
        }
        anchors.expand(documents.clone(), vocabulary, &usage);
        anchors.articles = vec![0; anchors.kinds.len()];
        for document in documents {
            let document = &*document;
            let mut terms: Vec<TermId> = document.sentences().iter().flat_map(|&s| anchors.terms(document, s)).map(|o| o.term).collect();
            terms.sort_unstable();
            terms.dedup();
            terms.iter().for_each(|&t| anchors.articles[t as usize] += 1);
        }
        anchors
    }

    /// What kind of evidence a term is.
    #[must_use]
    pub fn kind(&self, term: TermId) -> TermKind {
        self.kinds[term as usize]
    }

    /// How many articles hold a term.
    #[must_use]
    pub fn articles(&self, term: TermId) -> usize {
        self.articles[term as usize] as usize
    }

    /// How rare a term is, in nats: `ln((N + 100) / (df + 1))`, idf as if a hundred more articles were at hand, so that a few
    /// articles on one event do not make every word of it common.
    #[must_use]
    pub fn rarity(&self, term: TermId) -> f64 {
        ((self.documents as f64 + PRIOR_ARTICLES) / (self.articles(term) as f64 + 1.0)).ln()
    }

    /// How many terms there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The terms of some tokens: each once, with its largest share, in order of their numbers.
    #[must_use]
    pub fn terms(&self, document: &Document, tokens: Span<Token>) -> Vec<Occurrence> {
        let mut out = self.sequence(document, tokens);
        out.sort_by(|a, b| a.term.cmp(&b.term).then(b.share.total_cmp(&a.share)));
        out.dedup_by_key(|o| o.term);
        out
    }

    /// The terms of some tokens, in order of the text.
    fn sequence(&self, document: &Document, tokens: Span<Token>) -> Vec<Occurrence> {
        let words = document.slice(tokens);
        let mut out: Vec<Occurrence> = Vec::with_capacity(words.len());
        // Where in `out` the name starts that the words before belong to.
        let mut name = 0;
        let mut i = 0;
        while let Some(word) = words.get(i) {
            let rest = &words[i..];
            let before = out.len();
            let pair = rest.get(1).and_then(|next| self.pairs.get(&(word.id, next.id)));
            if let Some((width, initialism)) = self.run_at(rest) {
                self.spread(initialism, &mut out);
                i += width;
            } else if let (Some(&term), true) = (pair, word.shape.has(Shape::CAPITAL)) {
                out.push(Occurrence { term, share: 1.0 });
                i += 2;
            } else if word.shape.has(Shape::ALL_CAPITAL) && self.of_initialism[word.id.index()].is_some() {
                self.spread(word.id, &mut out);
                i += 1;
            } else {
                out.extend(self.of_word[word.id.index()].map(|term| Occurrence { term, share: 1.0 }));
                i += 1;
                let is_name = out[before..].iter().any(|o| self.kind(o.term) == TermKind::Name) && word.shape.has(Shape::CAPITAL);
                if is_name {
                    if word.shape.has(Shape::AFTER_PUNCTUATION) {
                        one_name(&mut out[name..before]);
                        name = before;
                    }
                    continue;
                }
            }
            one_name(&mut out[name..before]);
            name = out.len();
        }
        one_name(&mut out[name..]);
        out
    }

    /// The terms of an initialism: those of its expansion if it is known, otherwise itself.
    fn spread(&self, initialism: TokenId, out: &mut Vec<Occurrence>) {
        match self.expansions.get(&initialism) {
            Some(terms) => {
                let share = 1.0 / (terms.len() as f64).sqrt();
                out.extend(terms.iter().map(|&term| Occurrence { term, share }));
            }
            None => out.extend(self.of_initialism[initialism.index()].map(|term| Occurrence { term, share: 1.0 })),
        }
    }

    /// The longest expansion that starts some words, in capitals, and how many words it has.
    fn run_at(&self, words: &[Word]) -> Option<(usize, TokenId)> {
        let first = words.first().filter(|w| w.shape.has(Shape::CAPITAL))?;
        let runs = self.runs.get(&first.id)?;
        let fits = |run: &&(Vec<TokenId>, TokenId)| run.0.len() <= words.len() && run.0.iter().zip(words).all(|(&id, w)| id == w.id);
        runs.iter().filter(fits).max_by_key(|run| run.0.len()).map(|run| (run.0.len(), run.1))
    }

    /// Finds what initialisms stand for: `Popular Mobilization Units (PMU)` and the other way round, and, for three
    /// letters or more, any run of capitals with these initials (after Schwartz & Hearst 2003, names only). The most
    /// frequent expansion wins, then the first.
    fn expand(&mut self, documents: impl Iterator<Item = impl Deref<Target = Document>> + Clone, vocabulary: &Vocabulary, usage: &Usage) {
        let mut by_letters: Fixed<String, TokenId> = Fixed::default();
        for id in (0..vocabulary.len()).map(TokenId::new).filter(|id| usage.initialism[id.index()]) {
            by_letters.insert(vocabulary.word(id).to_owned(), id);
        }
        let mut found: BTreeMap<TokenId, BTreeMap<Vec<TokenId>, (u32, usize)>> = BTreeMap::new();
        let mut seen = 0;
        let mut letters = String::new();
        for document in documents {
            for sentence in document.sentences() {
                let words = document.slice(*sentence);
                for start in 0..words.len() {
                    letters.clear();
                    let mut open = Vec::new();
                    for (i, word) in words.iter().enumerate().skip(start).take(LONGEST_RUN) {
                        let joined = i == start || !word.shape.has(Shape::AFTER_PUNCTUATION);
                        let small = vocabulary.is_stop(word.id) && !word.shape.has(Shape::CAPITAL);
                        if !joined || !(word.shape.has(Shape::CAPITAL) || (small && i > start)) || word.shape.has(Shape::ALL_CAPITAL) {
                            break;
                        }
                        open.push(word.id);
                        if small {
                            continue;
                        }
                        letters.extend(vocabulary.word(word.id).chars().next());
                        let Some(&initialism) = by_letters.get(letters.as_str()).filter(|_| open.len() > 1) else { continue };
                        let named = words.get(i + 1).is_some_and(|w| w.id == initialism && w.shape.has(Shape::ALL_CAPITAL))
                            || start.checked_sub(1).is_some_and(|b| words[b].id == initialism && words[b].shape.has(Shape::ALL_CAPITAL));
                        if named || letters.chars().count() >= 3 {
                            seen += 1;
                            let entry = found.entry(initialism).or_default().entry(open.clone()).or_insert((0, seen));
                            entry.0 += if named { 100 } else { 1 };
                        }
                    }
                }
            }
        }
        for (initialism, expansions) in found {
            let Some((run, _)) = expansions.into_iter().max_by_key(|(_, (times, at))| (*times, std::cmp::Reverse(*at))) else { continue };
            let mut terms: Vec<TermId> = run.iter().filter_map(|id| self.of_word[id.index()]).collect();
            terms.sort_unstable();
            terms.dedup();
            if terms.len() > 1 {
                self.expansions.insert(initialism, terms);
                self.runs.entry(run[0]).or_default().push((run, initialism));
            }
        }
    }
}

/// Makes the words of one name weigh together as much as one word: `Ben Zobrist` is one anchor, not two.
fn one_name(words: &mut [Occurrence]) {
    let share = 1.0 / (words.len().max(1) as f64).sqrt();
    words.iter_mut().for_each(|o| o.share = share);
}

/// Articles that the document frequencies are smoothed with.
const PRIOR_ARTICLES: f64 = 100.0;

/// Most words of an expansion.
const LONGEST_RUN: usize = 9;

/// How a corpus prints its words, in running text: headings in capitals say nothing.
struct Usage {
    /// Mostly with a capital where none is due.
    name: Vec<bool>,
    /// Ever as two to six capitals.
    initialism: Vec<bool>,
}

impl Usage {
    fn of(documents: impl Iterator<Item = impl Deref<Target = Document>> + Clone, words: usize) -> Self {
        let (mut seen, mut capital) = (vec![0u32; words], vec![0u32; words]);
        let mut initialism = vec![false; words];
        for document in documents {
            for paragraph in document.paragraphs() {
                let slice = document.slice(paragraph.tokens);
                let shouted = 2 * slice.iter().filter(|w| w.shape.has(Shape::ALL_CAPITAL)).count() > slice.len();
                if shouted || paragraph.heading {
                    continue;
                }
                for word in slice {
                    let at = word.id.index();
                    initialism[at] |=
                        word.shape.has(Shape::ALL_CAPITAL) && (2..=6).contains(&word.span().len()) && !word.shape.has(Shape::DIGIT);
                    if !word.shape.has(Shape::SENTENCE_START) && !word.shape.has(Shape::AFTER_QUOTE) {
                        seen[at] += 1;
                        capital[at] += u32::from(word.shape.has(Shape::CAPITAL));
                    }
                }
            }
        }
        let name = seen.iter().zip(&capital).map(|(&s, &c)| 2 * c > s).collect();
        Self { name, initialism }
    }
}

/// Terms as they are numbered.
#[derive(Default)]
struct Names {
    numbers: Fixed<String, TermId>,
    kinds: Vec<TermKind>,
}

impl Names {
    fn intern(&mut self, form: &str, kind: TermKind) -> TermId {
        if let Some(&term) = self.numbers.get(form) {
            return term;
        }
        let term = TermId::try_from(self.kinds.len()).unwrap_or(TermId::MAX);
        self.numbers.insert(form.to_owned(), term);
        self.kinds.push(kind);
        term
    }
}

/// The form under which a word is compared, and its kind.
fn form(id: TokenId, word: &str, vocabulary: &Vocabulary, usage: &Usage, language: &Language) -> (String, TermKind) {
    if let Some(number) = language.numbers.get(word) {
        // `march` and `may` are also verbs.
        if usage.name[id.index()] || number.starts_with(|c: char| c.is_ascii_digit()) {
            return (number.clone(), TermKind::Number);
        }
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = word.chars().filter(|&c| c != ',').collect();
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| plain.strip_suffix(end));
        return (ordinal.unwrap_or(&plain).to_owned(), TermKind::Number);
    }
    let is_name = |w: &str| vocabulary.find(w).is_some_and(|id| usage.name[id.index()]);
    if usage.name[id.index()] {
        if let Some(nation) = language.nations.get(word) {
            return (nation.clone(), TermKind::Name);
        }
        for suffix in ["ians", "ian", "ans", "ns", "an", "n", "is", "i", "ese", "ish", "s"] {
            let Some(base) = word.strip_suffix(suffix).filter(|b| b.chars().count() >= 4) else { continue };
            if let Some(base) = ["", "a", "y", "e"].iter().map(|end| format!("{base}{end}")).find(|b| b != word && is_name(b)) {
                return (base, TermKind::Name);
            }
        }
        return (word.to_owned(), TermKind::Name);
    }
    (stem(word), TermKind::Word)
}

/// The stem of a word that is no name: inflection and the common derivational endings of English off (in the manner of
/// Porter 1980, in one pass from the longest), so that `withdrawal` meets `withdrawing` and `advisory` meets `adviser`.
fn stem(word: &str) -> String {
    let mut out = word.to_owned();
    let cut = |out: &mut String, endings: &[(&str, &str)], least: usize| {
        for (end, with) in endings {
            if let Some(stem) = out.strip_suffix(end).filter(|s| s.chars().count() >= least && s.contains(['a', 'e', 'i', 'o', 'u', 'y'])) {
                *out = format!("{stem}{with}");
                return true;
            }
        }
        false
    };
    let _ = cut(
        &mut out,
        &[("sses", "ss"), ("ies", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ss", "ss"), ("us", "us"), ("s", "")],
        2,
    );
    if cut(&mut out, &[("eed", "ee"), ("ied", "y"), ("ed", ""), ("ings", ""), ("ing", "")], 3) {
        let mut last = out.chars().rev();
        if let (Some(a), Some(b)) = (last.next(), last.next())
            && a == b
            && !matches!(a, 'l' | 's' | 'z' | 'e' | 'o')
        {
            out.pop();
        }
    }
    let endings = [
        ("ization", ""),
        ("isation", ""),
        ("ational", ""),
        ("ations", ""),
        ("ation", ""),
        ("ative", ""),
        ("ator", ""),
        ("ate", ""),
        ("at", ""),
        ("ements", ""),
        ("ement", ""),
        ("ments", ""),
        ("ment", ""),
        ("ition", ""),
        ("ution", "ut"),
        ("ion", ""),
        ("ional", ""),
        ("ness", ""),
        ("ance", ""),
        ("ence", ""),
        ("ory", ""),
        ("ary", ""),
        ("ity", ""),
        ("ive", ""),
        ("ize", ""),
        ("ise", ""),
        ("iz", ""),
        ("is", ""),
        ("al", ""),
        ("er", ""),
        ("or", ""),
        ("ist", ""),
        ("ism", ""),
        ("ful", ""),
        ("ly", ""),
        ("ous", ""),
        ("ic", ""),
        ("th", "th"),
    ];
    // `invade`, `invasion`; `decide`, `decision`.
    let _ = cut(&mut out, &[("asion", "ad"), ("ision", "id"), ("ansion", "and")], 2);
    for _ in 0..2 {
        if !cut(&mut out, &endings, 4) {
            break;
        }
    }
    while out.ends_with('e') && out.len() > 3 {
        out.pop();
    }
    if out.ends_with('y') {
        out.pop();
        out.push('i');
    }
    out
}

/// For each term the one that stands for it: names of one skeleton and nearly the same letters are one (`Ameri`, `Amiri`).
fn variants(anchors: &Anchors, vocabulary: &Vocabulary, usage: &Usage) -> Vec<TermId> {
    let mut parent: Vec<TermId> = (0..anchors.kinds.len()).map(|t| TermId::try_from(t).unwrap_or(TermId::MAX)).collect();
    let mut blocks: BTreeMap<String, Vec<(String, TermId)>> = BTreeMap::new();
    for id in (0..vocabulary.len()).map(TokenId::new) {
        let letters: Vec<char> = vocabulary.word(id).chars().filter(|c| c.is_alphabetic()).map(plain).collect();
        let Some(term) = anchors.of_word[id.index()].filter(|_| usage.name[id.index()] && letters.len() >= 5) else { continue };
        let skeleton = skeleton(&letters);
        if skeleton.chars().count() >= 3 {
            blocks.entry(skeleton).or_default().push((letters.into_iter().collect(), term));
        }
    }
    for block in blocks.values() {
        for (i, (a, term)) in block.iter().enumerate().take(BLOCK) {
            for (b, other) in &block[i + 1..block.len().min(BLOCK)] {
                let allowed = if a.chars().count().min(b.chars().count()) >= 8 { 2 } else { 1 };
                // Letters to insert, delete, replace or swap with the next (Damerau 1964; restricted to disjoint edits).
                if strsim::osa_distance(a, b) <= allowed {
                    let (x, y) = (root(&mut parent, *term), root(&mut parent, *other));
                    parent[x.max(y) as usize] = x.min(y);
                }
            }
        }
    }
    (0..parent.len()).map(|t| root(&mut parent, TermId::try_from(t).unwrap_or(TermId::MAX))).collect()
}

fn root(parent: &mut [TermId], mut term: TermId) -> TermId {
    while parent[term as usize] != term {
        parent[term as usize] = parent[parent[term as usize] as usize];
        term = parent[term as usize];
    }
    term
}

/// A letter without its accent.
fn plain(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    std::iter::once(c).nfd().next().unwrap_or(c)
}

/// First letter (`a` for any vowel) and the consonants after it without doubles: what transliterations keep.
fn skeleton(letters: &[char]) -> String {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut out = String::new();
    for (i, &c) in letters.iter().enumerate() {
        let c = match c {
            'q' | 'c' => 'k',
            'w' => 'v',
            'z' => 's',
            c if vowel(c) => 'a',
            c => c,
        };
        if (i == 0 || !vowel(c)) && c != 'h' && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Anchors, Document, Language, Span, TermKind, Vocabulary, skeleton, stem};

    fn terms(texts: &[&str]) -> (Anchors, Vec<Vec<u32>>) {
        let mut vocabulary = Vocabulary::default();
        let documents: Vec<Document> =
            texts.iter().map(|t| Document::new(t, &[Span::new(0, t.len())], Language::english(), &mut vocabulary)).collect();
        let anchors = Anchors::new(documents.iter(), &vocabulary, Language::english());
        let read = |d: &Document| anchors.terms(d, Span::new(0, d.words().len())).iter().map(|o| o.term).collect();
        let all = documents.iter().map(read).collect();
        (anchors, all)
    }

    /// How many terms two sentences share, and of which kinds.
    fn shared(a: &str, b: &str) -> Vec<TermKind> {
        let (anchors, all) = terms(&[a, b]);
        let mut kinds: Vec<TermKind> = all[0].iter().filter(|t| all[1].contains(t)).map(|&t| anchors.kind(t)).collect();
        kinds.sort_unstable();
        kinds
    }

    #[test]
    fn names_under_other_spellings() {
        assert_eq!(shared("It was Hadi al-Ameri.", "So said al-Amiri."), [TermKind::Name]);
        assert_eq!(shared("We met Soleimani.", "We saw Soleimnai."), [TermKind::Name]);
        assert!(shared("We met Morales.", "We saw Moretti.").is_empty());
    }

    #[test]
    fn nations_numbers_and_initialisms() {
        assert_eq!(shared("He left Iraq.", "An Iraqi spoke."), [TermKind::Name]);
        assert_eq!(shared("In the United States.", "Some American beer and U.S. wine."), [TermKind::Name]);
        assert_eq!(shared("Ask us now.", "The US army.").len(), 0);
        assert_eq!(shared("All of the three ships, 2,500 men.", "Some 3 planes, 2500 apes."), [TermKind::Number; 2]);
        assert_eq!(shared("The Popular Mobilization Units (PMU) fought.", "Then PMU slept."), [TermKind::Name; 3]);
    }

    #[test]
    fn stems() {
        for (a, b) in [
            ("withdrawal", "withdrawing"),
            ("assassinated", "assassination"),
            ("advisory", "adviser"),
            ("agreed", "agreement"),
            ("invasion", "invaded"),
            ("parliamentary", "parliament"),
            ("armies", "army"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("police"), stem("policy"));
        assert_ne!(stem("nation"), stem("natural"));
    }

    #[test]
    fn letters() {
        let chars = |w: &str| w.chars().collect::<Vec<_>>();
        assert_eq!(skeleton(&chars("muhandis")), skeleton(&chars("mohandes")));
    }
}
