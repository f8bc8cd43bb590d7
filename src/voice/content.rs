//! Where the content of reported speech ends.

use super::cue::{Stance, cue_at};
use super::mention;
use super::reading::{Gap, Reading};
use super::traits::Traits;

/// What kind of content follows a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A clause: said (that) …
    Clause,
    /// A noun phrase or infinitive: rejected …, promised to …
    Phrase,
}

/// The end of content that starts at `start` in a sentence that ends before `last`.
pub fn content_end(reading: &Reading<'_>, start: usize, (first, last): (usize, usize), extent: Extent) -> usize {
    // `While he says the plan works, costs rise`: the clause that opens the sentence ends at its comma.
    let opener = reading.traits(first);
    let opening = opener.any(Traits::SUBORDINATOR) && !opener.any(Traits::THAT.with(Traits::PRONOUN).with(Traits::QUESTION))
        || reading.traits(first).has(Traits::CONJUNCTION) && reading.traits(first + 1).any(Traits::SUBORDINATOR);
    let opening = opening && !(first + 1..start).any(|i| reading.gap(i).any(Gap::COMMA));
    let mut depth = 0usize;
    for at in start + 1..last {
        if reading.gap(at).any(Gap::CLOSE) {
            depth = depth.saturating_sub(1);
        }
        if reading.gap(at).any(Gap::OPEN) {
            depth += 1;
        }
        let inside_quotation = reading.quotation(at).is_some() && !reading.at_mark(at);
        if inside_quotation || depth > 0 {
            continue;
        }
        let gap = reading.gap(at);
        let stops = if gap.any(Gap::SEMICOLON) {
            true
        } else if gap.any(Gap::DASH) {
            extent == Extent::Phrase
        } else if gap.any(Gap::COMMA) {
            opening || ends_at_comma(reading, at, (first, last), extent)
        } else {
            ends_within(reading, at, (first, last), extent)
        };
        if stops {
            return at;
        }
    }
    last
}

fn ends_at_comma(reading: &Reading<'_>, at: usize, (first, last): (usize, usize), extent: Extent) -> bool {
    let traits = reading.traits(at);
    if traits.has(Traits::ACCORDING) {
        return true;
    }
    let next = if traits.any(Traits::CONJUNCTION.with(Traits::ADVERB)) { at + 1 } else { at };
    if let Some(cue) = (next < last).then(|| cue_at(reading, next, first, last, false)).flatten()
        && (cue.stance == Stance::Dependent && cue.traits.has(Traits::ING) || cue.stance == Stance::Finite && next > at)
    {
        return true;
    }
    if is_aside(reading, at, last) {
        return true;
    }
    match extent {
        Extent::Clause => traits.has(Traits::BUT) && has_own_cue(reading, at + 1, last),
        Extent::Phrase => {
            let in_list = !traits.any(
                Traits::CONJUNCTION
                    .with(Traits::SUBORDINATOR)
                    .with(Traits::RELATIVE)
                    .with(Traits::PREPOSITION)
                    .with(Traits::ADVERB)
                    .with(Traits::PRONOUN)
                    .with(Traits::ING),
            ) && (at + 1..last.min(at + 8)).any(|i| reading.traits(i).has(Traits::AND));
            let closes_list = traits.has(Traits::AND) && !reading.traits(at + 1).any(Traits::PERSONAL);
            !(in_list || closes_list)
        }
    }
}

/// `…, he said`: a cue of its own between commas.
fn is_aside(reading: &Reading<'_>, at: usize, last: usize) -> bool {
    (at + 1..last.min(at + 8)).take_while(|&i| !reading.gap(i).any(Gap::CLAUSE)).any(|i| {
        let traits = reading.traits(i);
        let said = traits.has(Traits::SPEECH) && traits.any(Traits::PAST.with(Traits::THIRD));
        let closed = i + 1 >= last || reading.gap(i + 1).any(Gap::CLAUSE) || reading.at_mark(i + 1);
        said && closed && mention::before(reading, at, i).is_some_and(|m| m.start() == at)
    })
}

/// Whether a clause has a speech verb with a subject of its own before its first comma.
fn has_own_cue(reading: &Reading<'_>, from: usize, last: usize) -> bool {
    (from + 1..last.min(from + 10)).take_while(|&i| !reading.gap(i).any(Gap::CLAUSE)).any(|i| {
        let traits = reading.traits(i);
        traits.any(Traits::SPEECH) && traits.any(Traits::PAST.with(Traits::THIRD)) && cue_at(reading, i, from, last, false).is_some()
    })
}

fn ends_within(reading: &Reading<'_>, at: usize, (first, last): (usize, usize), extent: Extent) -> bool {
    let traits = reading.traits(at);
    if traits.any(Traits::AND.with(Traits::BUT)) && at + 1 < last {
        let mut verb = at + 1;
        while verb < last && reading.traits(verb).any(Traits::ADVERB.with(Traits::HAVE)) {
            verb += 1;
        }
        if let Some(cue) = cue_at(reading, verb, first, last, false) {
            let speaks = cue.traits.any(Traits::SPEECH.with(Traits::TELLING)) || extent == Extent::Phrase;
            return cue.stance == Stance::Finite && speaks && !cue.traits.has(Traits::BASE);
        }
        return false;
    }
    if extent == Extent::Phrase {
        let next = reading.traits(at + 1);
        let time = traits.any(Traits::PREPOSITION) && next.has(Traits::TIME) && reading.capital(at + 1);
        let subordinate =
            traits.any(Traits::SUBORDINATOR) && !traits.any(Traits::THAT.with(Traits::QUESTION).with(Traits::AS).with(Traits::PREPOSITION));
        return time || subordinate || traits.has(Traits::TIME) && reading.capital(at);
    }
    false
}
