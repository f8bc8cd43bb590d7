//! Who is named beside a cue: the words of a source, before the verb or after it.

use crate::text::span::{Span, Token};
use crate::text::token::Shape;

use super::reading::{Gap, Reading};
use super::traits::Traits;

/// Longest mention, in words.
const LONGEST: usize = 28;

/// The noun phrase that ends before `end`, in a sentence that starts at `first`. A phrase in commas between is stepped over:
/// in `Jane Roe, a lawyer, said` it is `Jane Roe`.
pub fn before(reading: &Reading<'_>, first: usize, end: usize) -> Option<Span<Token>> {
    let mut end = end;
    // `Gov. Roe (R) said`: step over brackets.
    while end > first && reading.gap(end).any(Gap::CLOSE) {
        let open = (first..end).rev().find(|&i| reading.gap(i).any(Gap::OPEN))?;
        end = open;
    }
    if end > first && reading.gap(end).any(Gap::ASIDE) {
        let mark = if reading.gap(end).any(Gap::COMMA) { Gap::COMMA } else { Gap::DASH };
        let comma = (first + 1..end).rev().find(|&i| reading.gap(i).any(mark) && !reading.at_mark(i))?;
        // `the minister of trade, John Roe, said`: the name says more than the role.
        let named = (2..=4).contains(&(end - comma)) && (comma..end).all(|i| reading.capital(i) && reading.quotation(i).is_none());
        if named && !reading.capital(comma - 1) {
            return Some(Span::new(comma, end));
        }
        return phrase_before(reading, first, comma).filter(|_| end - comma <= LONGEST);
    }
    phrase_before(reading, first, end)
}

fn phrase_before(reading: &Reading<'_>, first: usize, end: usize) -> Option<Span<Token>> {
    let mut start = end;
    while start > first && end - start < LONGEST {
        let at = start - 1;
        if start < end && (reading.gap(start).any(Gap::CLAUSE) || reading.at_mark(start)) {
            break;
        }
        if reading.quotation(at).is_some() {
            break;
        }
        let traits = reading.traits(at);
        if traits.any(Traits::RELATIVE) && start == end {
            return Some(Span::new(at, end));
        }
        if traits.any(Traits::AUXILIARY.with(Traits::MODAL).with(Traits::RELATIVE)) || traits.has(Traits::TO) && start == end {
            break;
        }
        if traits.any(Traits::SUBORDINATOR) && !traits.any(Traits::DETERMINER) && !traits.any(Traits::PREPOSITION) {
            break;
        }
        if traits.has(Traits::THAT)
            && start < end
            && !reading.traits(start).any(Traits::DETERMINER.with(Traits::PRONOUN))
            && start == end - 1
            && !reading.capital(start)
        {
            // `that group said`: a determiner.
            start = at;
            continue;
        }
        if traits.has(Traits::THAT) {
            break;
        }
        if traits.any(Traits::CONJUNCTION) {
            let joins = traits.has(Traits::AND) && start < end && at > first && reading.capital(start) && reading.capital(at - 1);
            if !joins {
                break;
            }
        }
        if start < end && (is_finite_cue(reading, at, first) || is_past_before_object(reading, at)) {
            break;
        }
        if traits.any(Traits::PERSONAL) && start < end {
            break;
        }
        start = at;
        if traits.any(Traits::PERSONAL) {
            break;
        }
    }
    let start = skip_opening(reading, start, end);
    (start < end).then(|| Span::new(start, end))
}

/// Whether a mention can be somebody: one word in small letters is so only if it is a pronoun, a role or a plural.
pub fn names_somebody(reading: &Reading<'_>, mention: Span<Token>) -> bool {
    let at = mention.start();
    if mention.len() > 1 || reading.capital(at) || reading.word(at).shape.has(Shape::DIGIT) {
        return true;
    }
    let traits = reading.traits(at);
    let word = reading.word(at).span().of(reading.text);
    let plural = word.ends_with('s') && !word.ends_with("ss") && !traits.any(Traits::VERB);
    let somebody =
        Traits::PERSONAL.with(Traits::PRONOUN).with(Traits::RELATIVE).with(Traits::DETERMINER).with(Traits::ROLE).with(Traits::PLURAL);
    plural || traits.any(somebody)
}

/// `On Friday the minister`: what stands before the noun phrase proper.
fn skip_opening(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end
        && reading.traits(at).any(Traits::ADVERB.with(Traits::CONJUNCTION).with(Traits::TIME))
        && !reading.traits(at).any(Traits::PRONOUN)
    {
        at += 1;
    }
    if at < end && reading.traits(at).any(Traits::PREPOSITION) {
        let opens =
            |i: usize| reading.traits(i).any(Traits::DETERMINER.with(Traits::PRONOUN)) || reading.capital(i) && !reading.capital(i - 1);
        // The last noun phrase that no preposition leads into.
        let found = (at + 1..end).rev().find(|&i| opens(i) && !reading.traits(i - 1).any(Traits::PREPOSITION.with(Traits::DETERMINER)));
        return found.unwrap_or(end);
    }
    at
}

/// `issued a statement saying`: a verb in the past with its object, which is the source.
fn is_past_before_object(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.word(at).span().of(reading.text);
    word.len() > 4 && word.ends_with("ed") && !reading.capital(at) && reading.traits(at + 1).any(Traits::DETERMINER)
}

fn is_finite_cue(reading: &Reading<'_>, at: usize, first: usize) -> bool {
    let traits = reading.traits(at);
    traits.any(Traits::SPEECH.with(Traits::TELLING))
        && traits.has(Traits::PAST)
        && at > first
        && !reading.traits(at - 1).any(Traits::DETERMINER.with(Traits::PREPOSITION))
        && !reading.possessive(at - 1)
}

/// The noun phrase that starts at `start`, before `last`.
pub fn after(reading: &Reading<'_>, start: usize, last: usize) -> Option<Span<Token>> {
    let mut end = start;
    while end < last && end - start < LONGEST {
        let traits = reading.traits(end);
        if reading.quotation(end).is_some() {
            break;
        }
        if end > start {
            if reading.gap(end).any(Gap::CLAUSE) || reading.gap(end).any(Gap::BRACKET) || reading.at_mark(end) {
                break;
            }
            let opens_clause = traits
                .any(Traits::AUXILIARY.with(Traits::MODAL).with(Traits::RELATIVE).with(Traits::THAT).with(Traits::BUT).with(Traits::TIME))
                || traits.any(Traits::SUBORDINATOR) && !traits.any(Traits::PREPOSITION);
            // `said Roe in a statement`, `said Roe on Friday`.
            let next = reading.traits(end + 1);
            let opens_manner =
                traits.has(Traits::MANNER) && !traits.has(Traits::OF) && (next.has(Traits::TIME) || next.has(Traits::INDEFINITE));
            if opens_clause || opens_manner {
                break;
            }
        }
        end += 1;
    }
    (end > start).then(|| Span::new(start, end))
}
