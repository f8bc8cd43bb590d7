//! Which words are cues: verbs of saying and thinking that stand as verbs.
//!
//! No tagger: a form that is also a noun (`claims`, `support`, `plans`) or an adjective (`the proposed law`) is told from the
//! verb by the words around it.

use super::reading::{Gap, Reading};
use super::traits::Traits;

/// How a cue verb stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// With a subject of its own: X says, X has said, X is saying.
    Finite,
    /// Without: , saying; to say; by saying.
    Dependent,
    /// The subject is what is spoken of: was criticized.
    Passive,
}

/// A verb that reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// First word of the verb group: has repeatedly said.
    pub start: usize,
    /// The verb.
    pub verb: usize,
    /// Word after the verb and its particle.
    pub end: usize,
    /// What the verb can be.
    pub traits: Traits,
    /// How it stands.
    pub stance: Stance,
    /// Whether a preposition of the verb belongs to it.
    pub particle: bool,
}

/// The cue whose verb stands at `at`, in a sentence that starts at `first` and ends before `last`.
pub fn cue_at(reading: &Reading<'_>, at: usize, first: usize, last: usize, heading: bool) -> Option<Cue> {
    let traits = reading.traits(at);
    if !traits.any(Traits::VERB) || !traits.any(Traits::FORM) || reading.possessive(at) {
        return None;
    }
    if reading.capital(at) && at > first && !heading {
        return None;
    }
    // Back over the verb group: adverbs, auxiliaries, a negation.
    let mut start = at;
    while start > first && reading.gap(start) == Gap::default() && !reading.at_mark(start) {
        let before = reading.traits(start - 1);
        let skipped = before.any(Traits::ADVERB) && !before.any(Traits::TIME.with(Traits::SUBORDINATOR))
            || before.any(Traits::AUXILIARY.with(Traits::MODAL));
        if !skipped {
            break;
        }
        start -= 1;
    }
    let group = (start..at).map(|i| reading.inner_traits(i));
    let (mut be, mut have, mut modal, mut negated_do) = (false, false, false, false);
    for word in group {
        be |= word.any(Traits::BE);
        have |= word.any(Traits::HAVE);
        modal |= word.any(Traits::MODAL);
        negated_do |= word.any(Traits::DO);
        have |= word.any(Traits::AUXILIARY) && !word.any(Traits::BE.with(Traits::DO));
    }
    let alone = start == first || reading.gap(start).any(Gap::ANY) || reading.at_mark(start);
    let before = if start > first { reading.traits(start - 1) } else { Traits::default() };
    let possessive_before = start > first && reading.possessive(start - 1);
    // `He's claiming`: the contraction is folded away like a possessive.
    let contracted = possessive_before && before.any(Traits::PRONOUN) && !before.has(Traits::WHO);
    let noun_before = before.any(Traits::DETERMINER.with(Traits::PREPOSITION)) && !before.any(Traits::PRONOUN);
    let infinitive = !alone && before.has(Traits::TO);
    let group_free = !be && !have && !modal && !negated_do;
    let stance = if traits.has(Traits::ING) {
        if be || contracted {
            Stance::Finite
        } else if possessive_before || before.any(Traits::DETERMINER) && !alone {
            return None;
        } else {
            Stance::Dependent
        }
    } else if (infinitive || modal || negated_do) && traits.has(Traits::BASE) {
        if infinitive { Stance::Dependent } else { Stance::Finite }
    } else if be && traits.any(Traits::PARTICIPLE) {
        Stance::Passive
    } else if have && traits.any(Traits::PARTICIPLE) {
        Stance::Finite
    } else if traits.has(Traits::PAST) && group_free {
        if !alone && (noun_before || infinitive || (possessive_before && !contracted)) {
            return None;
        }
        if contracted { Stance::Passive } else { Stance::Finite }
    } else if traits.has(Traits::THIRD) && group_free {
        if !alone && (noun_before || infinitive || possessive_before || before.any(Traits::ADVERB)) {
            return None;
        }
        if traits.has(Traits::NOUN_TOO) && !heading && !is_verb_here(reading, start, at, first) {
            return None;
        }
        Stance::Finite
    } else if traits.has(Traits::BASE) && group_free {
        let has_subject = plural_before(reading, start, first) || before.any(Traits::PRONOUN) && !possessive_before;
        // `Vows to leave`, with the subject left out, stands in headlines; after a closing mark the subject follows.
        let opens = if start == first { heading } else { reading.at_mark(start) };
        let stands = if alone { opens } else { has_subject };
        if !stands {
            return None;
        }
        Stance::Finite
    } else {
        return None;
    };
    // A noun before its verb: `the report was`.
    let next = reading.traits(at + 1);
    if traits.any(Traits::THIRD.with(Traits::BASE))
        && !traits.has(Traits::PAST)
        && !infinitive
        && next.any(Traits::AUXILIARY.with(Traits::MODAL))
        && at + 1 < last
        && !reading.gap(at + 1).any(Gap::CLAUSE)
    {
        return None;
    }
    let mut end = at + 1;
    let mut particle = false;
    while end < last
        && reading.gap(end) == Gap::default()
        && !reading.at_mark(end)
        && reading.lexis.joins(reading.word(at).id, reading.word(end).id)
        && end < at + 3
    {
        end += 1;
        particle = true;
    }
    Some(Cue { start, verb: at, end, traits, stance, particle })
}

/// Whether a form that is a noun as often is a verb: its subject is a name or pronoun, or what follows opens content.
fn is_verb_here(reading: &Reading<'_>, start: usize, at: usize, first: usize) -> bool {
    let next = reading.traits(at + 1);
    let opens = next.any(Traits::THAT.with(Traits::DETERMINER).with(Traits::PERSONAL).with(Traits::QUESTION).with(Traits::TO))
        || reading.quotation(at + 1).is_some();
    if start == first {
        return false;
    }
    let before = reading.traits(start - 1);
    let word = reading.word(start - 1);
    if word.shape.has(crate::text::token::Shape::DIGIT) || plural_before(reading, start, first) && !reading.capital(start - 1) {
        return false;
    }
    before.any(Traits::PRONOUN.with(Traits::RELATIVE)) || reading.capital(start - 1) && start - 1 > first || opens
}

/// Whether the word before looks like a plural: a subject of `say`.
fn plural_before(reading: &Reading<'_>, start: usize, first: usize) -> bool {
    if start == first {
        return false;
    }
    let word = reading.word(start - 1).span().of(reading.text);
    let traits = reading.traits(start - 1);
    !reading.possessive(start - 1)
        && (traits.has(Traits::PLURAL)
            || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !traits.any(Traits::PREPOSITION.with(Traits::DETERMINER)))
}
