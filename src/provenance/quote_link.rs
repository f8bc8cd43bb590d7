//! Which utterances of two articles may be one quotation: by their place in a shared passage, or by what they say.
//!
//! A link is a reason to look; whether two utterances belong together is decided in `quote_group`.

use std::collections::BTreeMap;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::reuse::alignment::{Alignment, Alignments};
use crate::reuse::copies::Copies;
use crate::reuse::quote_variant::QuoteVariant;
use crate::text::span::{Span, Token};
use crate::voice::utterance::{Form, Utterance};

/// An utterance, by its article and its position among that article's utterances.
pub type Node = (ArticleId, usize);

/// Why two utterances may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evidence {
    /// They stand in one place of a shared passage.
    SamePlace,
    /// They stand in a shared passage that is nothing but the quotation: no place in a text, only the same words.
    SameWords,
    /// They are alike, so much and in this way.
    Alike(QuoteVariant, f64),
    /// A sentence with the one tells what a sentence with the other tells.
    Retold,
}

impl Evidence {
    /// Surest first.
    const fn order(self) -> u8 {
        match self {
            Self::SamePlace => 0,
            Self::SameWords => 1,
            Self::Alike(QuoteVariant::Reworded, _) => 3,
            Self::Alike(..) => 2,
            Self::Retold => 4,
        }
    }
}

/// Two utterances of two articles that may be one quotation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// One, the earlier in corpus order.
    pub left: Node,
    /// The other.
    pub right: Node,
    /// Why.
    pub evidence: Evidence,
}

/// An utterance that shares words with a stretch: its position in the article, its tokens, and whether it has no marks.
#[derive(Clone, Copy)]
struct Touching {
    at: usize,
    tokens: Span<Token>,
    indirect: bool,
}

/// The utterances of a corpus as links are sought: where each stands.
#[derive(Debug)]
pub struct Places {
    /// Per article, in order of place: tokens and whether it is in quotation marks that quote.
    of: Vec<Vec<(Span<Token>, Option<Form>)>>,
    /// Per article and utterance: where the farthest of it and those before ends.
    reach: Vec<Vec<usize>>,
    /// Per article: which utterances are in quotation marks of any kind.
    marked: Vec<Vec<usize>>,
}

impl Places {
    /// Looks up the words of every utterance once.
    #[must_use]
    pub fn new<'u>(corpus: &Corpus, utterances: impl Fn(ArticleId) -> &'u [Utterance]) -> Self {
        let (mut of, mut reach, mut marked) = (Vec::new(), Vec::new(), Vec::new());
        for id in corpus.ids() {
            let document = corpus.document(id);
            // Marks that keep a word at arm's length quote nobody.
            let form = |u: &Utterance| (u.form != Form::Scare).then_some(u.form);
            let places: Vec<_> = utterances(id).iter().map(|u| (document.tokens(u.content), form(u))).collect();
            let in_marks = utterances(id).iter().enumerate().filter(|(_, u)| u.form != Form::Indirect);
            marked.push(in_marks.map(|(at, _)| at).collect());
            let mut farthest = 0;
            reach.push(
                places
                    .iter()
                    .map(|(tokens, _)| {
                        farthest = farthest.max(tokens.end());
                        farthest
                    })
                    .collect(),
            );
            of.push(places);
        }
        Self { of, reach, marked }
    }

    /// The tokens of an utterance.
    #[must_use]
    pub fn tokens(&self, (article, at): Node) -> Span<Token> {
        self.of[article.index()][at].0
    }

    /// Whether an utterance is told without marks.
    #[must_use]
    pub fn is_indirect(&self, (article, at): Node) -> bool {
        self.of[article.index()][at].1 == Some(Form::Indirect)
    }

    /// The utterance that is the `number`-th quotation of an article; `None` where its marks quote nobody.
    #[must_use]
    pub fn quotation(&self, article: ArticleId, number: usize) -> Option<Node> {
        let at = *self.marked[article.index()].get(number)?;
        self.of[article.index()][at].1.is_some().then_some((article, at))
    }

    /// Utterances that quote or report and share words with some tokens.
    fn touching(&self, article: ArticleId, tokens: Span<Token>) -> impl Iterator<Item = Touching> {
        let (of, reach) = (&self.of[article.index()], &self.reach[article.index()]);
        let from = reach.partition_point(|&end| end <= tokens.start());
        let near = of.iter().enumerate().skip(from).take_while(move |(_, (place, _))| place.start() < tokens.end());
        let near = near.filter(move |(_, (place, _))| place.overlap(tokens) > 0);
        near.filter_map(|(at, (place, form))| form.map(|form| Touching { at, tokens: *place, indirect: form == Form::Indirect }))
    }
}

/// Words that a quotation and reported speech must share in one place of a passage.
const TOLD_WORDS: usize = 4;

/// Words that two articles share in one passage beside a quotation, for it to stand in one place: fewer are "he said on Friday".
const AROUND: usize = 5;

/// Links by place in the passages that articles share: quotations of which the shorter shares half of its words there, and a
/// quotation with the reported speech that holds half of its words. Articles that print one text share all their quotations.
#[must_use]
pub fn in_passages(corpus: &Corpus, places: &Places, alignments: &Alignments, copies: &Copies) -> Vec<Link> {
    let mut links: Vec<Link> = alignments.iter().flat_map(|alignment| in_passage((alignment, alignments), places)).collect();
    for id in corpus.ids() {
        let Some(first) = copies.exact_of(id) else { continue };
        let quoted = |article: ArticleId| {
            let all = places.of[article.index()].iter().enumerate();
            all.filter(|(_, (_, form))| form.is_some_and(|form| form != Form::Indirect)).map(|(at, (tokens, _))| (*tokens, at))
        };
        let own: BTreeMap<Span<Token>, usize> = quoted(id).collect();
        let same = quoted(first).filter_map(|(tokens, at)| Some((at, *own.get(&tokens)?)));
        links.extend(same.map(|(at, own)| link((first, at), (id, own), Evidence::SamePlace)));
    }
    links
}

fn in_passage((alignment, alignments): (&Alignment, &Alignments), places: &Places) -> Vec<Link> {
    let (left, right) = (alignment.left, alignment.right);
    // Most passages quote nobody on one side or the other.
    if places.touching(left.article, left.tokens).next().is_none() || places.touching(right.article, right.tokens).next().is_none() {
        return Vec::new();
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let equal = || alignments.edits(alignment).filter(|e| e.equal);
    for edit in equal() {
        for l in places.touching(left.article, edit.left) {
            let (from, to) = (l.tokens.start().max(edit.left.start()), l.tokens.end().min(edit.left.end()));
            let at = |token: usize| edit.right.start() + (token - edit.left.start());
            let there = Span::new(at(from), at(to));
            for r in places.touching(right.article, there) {
                // What reported speech quotes is the quotation's.
                let quoted = |outer: Touching, article, within: Span<Token>| -> usize {
                    places
                        .touching(article, within)
                        .filter(|q| !q.indirect && outer.tokens.contains(q.tokens))
                        .map(|q| q.tokens.overlap(within))
                        .sum()
                };
                let words = r.tokens.overlap(there);
                let words = match (l.indirect, r.indirect) {
                    (true, true) => continue,
                    (false, false) => words,
                    (false, true) => words.saturating_sub(quoted(r, right.article, there)),
                    (true, false) => {
                        let (from, to) = (r.tokens.start().max(there.start()), r.tokens.end().min(there.end()));
                        let back = |token: usize| edit.left.start() + (token - edit.right.start());
                        words.saturating_sub(quoted(l, left.article, Span::new(back(from), back(to))))
                    }
                };
                *shared.entry((l.at, r.at)).or_default() += words;
            }
        }
    }
    let total = alignment.matched as usize;
    let whole = |(&(l, r), &words): (&(usize, usize), &usize)| {
        let (a, b) = ((left.article, l), (right.article, r));
        let (ours, theirs) = (places.tokens(a).len(), places.tokens(b).len());
        let holds = match (places.is_indirect(a), places.is_indirect(b)) {
            (true, _) => words >= TOLD_WORDS && 2 * words >= theirs,
            (_, true) => words >= TOLD_WORDS && 2 * words >= ours,
            _ => words > 0 && 2 * words >= ours.min(theirs),
        };
        let inside: usize = equal().map(|e| e.left.overlap(places.tokens(a))).sum();
        let evidence = if total >= inside + AROUND { Evidence::SamePlace } else { Evidence::SameWords };
        holds.then(|| link(a, b, evidence))
    };
    shared.iter().filter_map(whole).collect()
}

/// Links between quotations of one sentence and reported speech of another that tells the same.
#[must_use]
pub fn in_retellings(places: &Places, retellings: impl Iterator<Item = (Locus, Locus)>) -> Vec<Link> {
    let mut links = Vec::new();
    for (left, right) in retellings {
        // The most of the sentence must be what is compared: a tag quoted in a long sentence is not what it tells.
        let most = |at: Locus| places.touching(at.article, at.tokens).filter(move |u| 2 * u.tokens.overlap(at.tokens) >= at.tokens.len());
        for told in most(left) {
            let others = most(right).filter(|other| other.indirect != told.indirect);
            links.extend(others.map(|other| link((left.article, told.at), (right.article, other.at), Evidence::Retold)));
        }
    }
    links
}

/// A link with its ends in corpus order.
#[must_use]
pub fn link(a: Node, b: Node, evidence: Evidence) -> Link {
    Link { left: a.min(b), right: a.max(b), evidence }
}

/// Each pair once, with its surest evidence, in order.
#[must_use]
pub fn once(mut links: Vec<Link>) -> Vec<Link> {
    let strength = |l: &Link| if let Evidence::Alike(_, similarity) = l.evidence { similarity } else { 0.0 };
    links.sort_by(|a, b| {
        let ends = (a.left, a.right).cmp(&(b.left, b.right));
        ends.then(a.evidence.order().cmp(&b.evidence.order())).then(strength(b).total_cmp(&strength(a)))
    });
    links.dedup_by_key(|l| (l.left, l.right));
    links
}
