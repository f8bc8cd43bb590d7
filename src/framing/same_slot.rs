//! What an outlet writes in the place where another outlet has the name: `the outfit` against `Daesh`.

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::reuse::cluster::Cluster;
use crate::reuse::collation::Collation;
use crate::text::span::{Span, Token};
use crate::voice::lexis::Lexis;
use crate::voice::traits::Traits;

use super::label::{Basis, Labelled};
use super::label_words::{Kinds, LabelWords};
use super::mention::Mention;
use super::prose::Prose;

/// Most words of a reading that stands for a name.
const LONGEST: usize = 6;

/// Labels by slots of shared passages: one reading is the name and nothing but articles and what describes it, the other a noun
/// phrase with an article and without any name that is looked for. Once a place and entity, in corpus order.
#[must_use]
pub fn same_slots<'p>(
    (clusters, collations): (&[Cluster], &[Collation]),
    corpus: &Corpus,
    (lexis, words): (&Lexis, &LabelWords),
    mentions: impl Fn(ArticleId) -> &'p [Mention],
) -> Vec<(ArticleId, Labelled)> {
    let mut found = Vec::new();
    let named = |reading: Locus| {
        let mention = only_mention(reading, mentions(reading.article))?;
        is_named(reading, &Prose::of(&corpus.lend(reading.article), lexis, words), mention).then_some(mention.entity)
    };
    let phrase = |reading: Locus| phrase(reading, &Prose::of(&corpus.lend(reading.article), lexis, words), mentions(reading.article));
    for (cluster, collation) in clusters.iter().zip(collations) {
        for slot in collation.slots() {
            let readings: Vec<Locus> =
                slot.readings.iter().map(|r| Locus { article: cluster.witnesses[r.witness].locus.article, tokens: r.tokens }).collect();
            let short = |locus: &&Locus| !locus.tokens.is_empty() && locus.tokens.len() <= LONGEST;
            let mut named: Vec<usize> = readings.iter().filter(short).filter_map(|&l| named(l)).collect();
            named.sort_unstable();
            named.dedup();
            // Two names in one place are two things that were told.
            let &[entity] = named.as_slice() else { continue };
            for reading in readings.iter().filter(short) {
                if let Some(tokens) = phrase(*reading) {
                    found.push((reading.article, Labelled { entity, tokens, basis: Basis::SameSlot, person: false }));
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn inside(mentions: &[Mention], tokens: Span<Token>) -> impl Iterator<Item = &Mention> {
    let from = mentions.partition_point(|m| m.tokens.end() <= tokens.start());
    mentions[from..].iter().take_while(move |m| m.tokens.start() < tokens.end())
}

/// The only mention that a reading touches, where it holds it whole.
fn only_mention(reading: Locus, mentions: &[Mention]) -> Option<&Mention> {
    let mut all = inside(mentions, reading.tokens);
    let mention = all.next().filter(|m| reading.tokens.contains(m.tokens))?;
    all.next().is_none().then_some(mention)
}

/// Whether a reading does little else than name.
fn is_named(reading: Locus, prose: &Prose<'_>, mention: &Mention) -> bool {
    let around = |at: usize| {
        mention.tokens.range().contains(&at)
            || prose.traits(at).any(Traits::DETERMINER)
            || prose.kinds(at).any(Kinds::HEAD.with(Kinds::TITLE).with(Kinds::MODIFIER).with(Kinds::PEOPLE))
    };
    !prose.possessive(mention.tokens.end() - 1) && reading.tokens.range().all(around)
}

/// The noun phrase that a reading is: an article, and a noun that can stand for somebody at its end.
fn phrase(reading: Locus, prose: &Prose<'_>, mentions: &[Mention]) -> Option<Span<Token>> {
    let (first, last) = (reading.tokens.start(), reading.tokens.end() - 1);
    let determined = prose.traits(first).any(Traits::THE.with(Traits::INDEFINITE)) && reading.tokens.len() > 1;
    let noun = prose.kinds(last).any(Kinds::HEAD) && !prose.possessive(last);
    let plain = |at: usize| !prose.closed(at) && !prose.verb(at);
    let whole = last + 1 >= prose.len()
        || !prose.joined(last + 1)
        || prose.closed(last + 1)
        || prose.verb(last + 1)
        || !prose.kinds(last + 1).any(Kinds::HEAD);
    let none_named = inside(mentions, reading.tokens).next().is_none();
    (determined && noun && whole && none_named && (first + 1..=last).all(plain)).then(|| Span::new(first + 1, last + 1))
}
