//! One quotation in several articles: all its printings, laid beside the fullest of them.
//!
//! The base is the fullest witness, and no claim of who printed it first. A printing joins because it holds to the base, not
//! because it resembles another member: unlike quotations do not chain. Cost: each link is looked at once from either end, with
//! one alignment of two utterances.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::corpus::collection::Corpus;
use crate::corpus::date::PublishedAt;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, Key};
use crate::reuse::quote_variant::QuoteVariant;
use crate::reuse::settings::ReuseSettings;
use crate::reuse::stem::WordClasses;
use crate::voice::mask::{Voice, VoiceMask};
use crate::voice::utterance::{Form, Utterance};

use super::drift::{Comparison, Difference, Drift, Said};
use super::quote_link::{Evidence, Link, Node, Places, once};
use super::speakers::{Agreement, Speakers, agreement};

/// One printing of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printing {
    /// The article, and which of its utterances.
    pub node: Node,
    /// How it stands to the base.
    pub drift: Drift,
    /// Where it differs from the base; nothing for reported speech, which shares no word order with it.
    pub differences: Vec<Difference>,
}

/// One quotation in several articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteGroup {
    /// Stable while its first printing is.
    pub key: Key,
    /// Its fullest printing: the base for comparison.
    pub base: Node,
    /// Its printings in corpus order, the base among them.
    pub printings: Vec<Printing>,
    /// What the speakers they name come to.
    pub speakers: Speakers,
}

/// What is known of an article's voices.
#[derive(Clone, Copy, Debug)]
pub struct Voiced<'v> {
    /// Its utterances, in order.
    pub utterances: &'v [Utterance],
    /// Whose words stand where.
    pub mask: &'v VoiceMask,
}

/// What groups are made of.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'s, F> {
    /// The articles.
    pub corpus: &'s Corpus,
    /// Their voices.
    pub voiced: F,
    /// Where utterances stand.
    pub places: &'s Places,
    /// Stems and content words.
    pub classes: &'s WordClasses,
    /// How words are laid side by side.
    pub settings: &'s ReuseSettings,
}

/// Share of the shorter one's words that a cut keeps.
const KEPT: f64 = 0.8;
/// Share that is enough where place or speaker speak for it as well.
const HALF: f64 = 0.5;
/// Fewest words that make a quotation one by themselves.
const TELLING_WORDS: usize = 4;
/// Fewest equal words, in one order, of two printings with other words in between.
const REWORDED_WORDS: usize = 5;
/// Words that are one quotation even where two names stand beside them.
const SURE_WORDS: usize = 12;
/// The same where a passage is nothing but the quotation, in words that carry meaning.
const SURE_CONTENT: usize = 4;
/// Least likeness of two quotations of one speaker in other words: another translation.
const TRANSLATED: f64 = 0.35;
/// Fewest stems that reported speech shares with the base, and the least share of its own: half of what it says must be there.
const SHARED_STEMS: (usize, f64) = (3, 0.5);

/// Groups the utterances of a corpus by links between them, in order of their first printing. Groups stand in two articles or
/// more, perhaps of one outlet.
#[must_use]
pub fn quote_groups<'v, F: Fn(ArticleId) -> Voiced<'v>>(links: Vec<Link>, sources: &Sources<'_, F>) -> Vec<QuoteGroup> {
    let links = once(links);
    let mut near: BTreeMap<Node, Vec<(Node, Evidence)>> = BTreeMap::new();
    for link in &links {
        near.entry(link.left).or_default().push((link.right, link.evidence));
        near.entry(link.right).or_default().push((link.left, link.evidence));
    }
    let mut bases: Vec<Node> = near.keys().copied().filter(|&node| !sources.places.is_indirect(node)).collect();
    bases.sort_by_cached_key(|&node| sources.fullness(node));
    let mut taken: BTreeSet<Node> = BTreeSet::new();
    let mut groups = Vec::new();
    for base in bases {
        if taken.contains(&base) {
            continue;
        }
        let printings = sources.around(base, &near, &taken);
        let articles: BTreeSet<ArticleId> = printings.iter().map(|p| p.node.0).collect();
        if articles.len() > 1 {
            taken.extend(printings.iter().map(|p| p.node));
            groups.push(sources.group(base, printings));
        }
    }
    groups.sort_by_key(|group| group.printings.first().map(|p| p.node));
    groups
}

/// Order of bases: closed before unclosed, most words that a second article has as well, whole sentences before parts, the earliest, then corpus order.
type Fullness = (bool, Reverse<usize>, bool, bool, Option<PublishedAt>, Node);

impl<'v, F: Fn(ArticleId) -> Voiced<'v>> Sources<'_, F> {
    fn utterance(&self, (article, at): Node) -> &'v Utterance {
        &(self.voiced)(article).utterances[at]
    }

    fn fullness(&self, node: Node) -> Fullness {
        let utterance = self.utterance(node);
        let date = self.corpus.article(node.0).published_at;
        let (document, mask) = (self.corpus.document(node.0), (self.voiced)(node.0).mask);
        let words = document.slice(self.places.tokens(node));
        // Letters misread make words that no other article has; brackets hold the outlet's own.
        let said = words.iter().filter(|w| mask.at(w.span()) == Voice::Direct);
        let known = said.filter(|w| self.corpus.vocabulary().articles(w.id) > 1).count();
        // What no mark ends runs on into the outlet's own words.
        (!utterance.closed, Reverse(known), utterance.form != Form::Full, date.is_none(), date, node)
    }

    fn said(&self, node: Node) -> Said {
        let voice = if self.places.is_indirect(node) { Voice::Indirect } else { Voice::Direct };
        let place = Locus { article: node.0, tokens: self.places.tokens(node) };
        Said::new(self.corpus, place, (self.voiced)(node.0).mask, voice)
    }

    /// Who is named as speaker, as printed; empty if nobody is.
    fn speaker(&self, node: Node) -> Cow<'_, str> {
        let name = self.utterance(node).speaker.and_then(|s| s.name);
        name.map_or(Cow::Borrowed(""), |name| self.corpus.part(node.0, name))
    }

    /// The printings that hold to a base, found along links from it and from those that hold, in corpus order.
    fn around(&self, base: Node, near: &BTreeMap<Node, Vec<(Node, Evidence)>>, taken: &BTreeSet<Node>) -> Vec<Printing> {
        let whole = self.said(base);
        let mut held: BTreeMap<Node, Printing> = BTreeMap::new();
        held.insert(base, Printing { node: base, drift: Drift::Same, differences: Vec::new() });
        let mut open = VecDeque::from([base]);
        while let Some(from) = open.pop_front() {
            for &(node, evidence) in near.get(&from).into_iter().flatten() {
                if taken.contains(&node) || held.contains_key(&node) {
                    continue;
                }
                if let Some(printing) = self.holds(base, &whole, node, evidence, from == base) {
                    // Reported speech leads no further.
                    if printing.drift != Drift::ToIndirect {
                        open.push_back(node);
                    }
                    held.insert(node, printing);
                }
            }
        }
        held.into_values().collect()
    }

    /// Whether an utterance is a printing of the base: `direct` tells whether the evidence links it to the base itself.
    fn holds(&self, base: Node, whole: &Said, node: Node, evidence: Evidence, direct: bool) -> Option<Printing> {
        let said = self.said(node);
        let speakers = agreement(&self.speaker(base), &self.speaker(node));
        // Anybody says that he is sorry; two names beside words that say more are one speaker told otherwise.
        let (same_words, differ) = (evidence == Evidence::SameWords, speakers == Agreement::Different);
        let place = evidence == Evidence::SamePlace || same_words && !differ;
        let one = speakers == Agreement::Same;
        if self.places.is_indirect(node) {
            let (a, b) = (whole.stems(self.classes), said.stems(self.classes));
            let shared = a.iter().filter(|stem| b.binary_search(stem).is_ok()).count();
            let enough = shared >= SHARED_STEMS.0 && shared as f64 >= SHARED_STEMS.1 * b.len() as f64;
            let spoken = one || place && speakers != Agreement::Different;
            return (enough && spoken).then(|| Printing { node, drift: Drift::ToIndirect, differences: Vec::new() });
        }
        if said.is_empty() || whole.is_empty() {
            return None;
        }
        let found = Comparison::new(whole, &said, self.corpus.vocabulary(), self.classes, self.settings);
        let shorter = whole.len().min(said.len());
        let kept = found.matched as f64 / shorter as f64;
        let holds = if shorter < TELLING_WORDS {
            // A word or two is a phrase that anyone may quote, unless place or speaker say whose it is.
            found.matched == shorter && (place || one && found.content > 0)
        } else if kept >= KEPT {
            // Four words of five are too few to be another version of what somebody else may have said.
            let enough = found.matched == shorter || one || place || found.matched >= REWORDED_WORDS;
            let sure = found.matched >= SURE_WORDS || same_words && found.content >= SURE_CONTENT;
            enough && found.content >= 2 && (place || !differ || sure)
        } else if kept >= HALF && found.matched >= REWORDED_WORDS && found.content >= 2 {
            place || speakers != Agreement::Different && 2 * found.content > REWORDED_WORDS
        } else {
            direct && one && matches!(evidence, Evidence::Alike(QuoteVariant::Reworded, similarity) if similarity >= TRANSLATED)
        };
        holds.then(|| Printing { node, drift: found.drift(), differences: found.differences })
    }

    fn group(&self, base: Node, printings: Vec<Printing>) -> QuoteGroup {
        let member = |p: &Printing| {
            let start = self.places.tokens(p.node).start() as u64;
            Key::of('g', &[&self.corpus.article(p.node.0).key.bytes(), &start.to_le_bytes()])
        };
        let key = printings.iter().map(member).min().unwrap_or_else(|| Key::of('g', &[]));
        let named: Vec<Cow<'_, str>> = printings.iter().map(|p| self.speaker(p.node)).collect();
        let speakers = Speakers::of(named.iter().map(|name| &**name));
        QuoteGroup { key, base, printings, speakers }
    }
}
