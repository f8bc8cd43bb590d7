//! Content that stands after its cue: `said (that) …`, `promised to …`, `rejected …`, `the claim that …`, `was criticized by …`.

use crate::text::span::Span;

use super::content::Extent;
use super::cue::Cue;
use super::finder::Finder;
use super::mention;
use super::pattern::Pattern;
use super::reading::Gap;
use super::traits::Traits;

/// First word of content, how far it may reach, and by what it was recognised.
type Opening = (usize, Extent, Pattern);

/// Words of the longest remark between a cue and its content.
const LONGEST_REMARK: usize = 16;

impl Finder<'_, '_> {
    /// Content after the cue.
    pub(super) fn right(&mut self, cue: Cue) -> Option<usize> {
        let (start, extent, pattern) = self.opening_after(cue)?;
        let source = self.source_before(cue);
        let end = if pattern == Pattern::Colon { self.last } else { self.end(start, extent) };
        let pattern = if pattern == Pattern::Colon { Pattern::Quotation } else { pattern };
        self.push(Span::new(cue.start, cue.end), source, vec![Span::new(start, end)], pattern)
    }

    /// Where content after a cue starts, how far it may reach and by what that is known.
    fn opening_after(&self, cue: Cue) -> Option<Opening> {
        let reading = self.reading;
        let (traits, last) = (cue.traits, self.last);
        let mut at = cue.end;
        if at < last && traits.has(Traits::TELLING) && !cue.particle {
            at = self.after_addressee(at);
        }
        if at < last && reading.gap(at).any(Gap::COLON) {
            return Some((at, Extent::Clause, Pattern::Colon));
        }
        let skipped = |at: usize| {
            let word = reading.traits(at);
            word.any(Traits::TIME.with(Traits::ADVERB)) && !word.any(Traits::QUESTION) && !reading.gap(at).any(Gap::CLAUSE)
        };
        while at < last && reading.quotation(at).is_none() && skipped(at) {
            at += 1;
        }
        if at >= last {
            return None;
        }
        if reading.quotation(at).is_some() {
            return Some((at, Extent::Clause, Pattern::Quotation));
        }
        if reading.gap(at).any(Gap::CLAUSE) {
            return self.opening_after_remark(cue, at);
        }
        let opens = reading.traits(at);
        let takes_clause =
            !traits.any(Traits::OBJECT) || traits.any(Traits::SPEECH.with(Traits::MENTAL).with(Traits::SHOWING)) || cue.particle;
        if opens.has(Traits::THAT) && takes_clause {
            return Some((at, Extent::Clause, Pattern::That));
        }
        if opens.has(Traits::TO) && at + 1 < last && traits.any(Traits::INFINITIVE.with(Traits::TELLING).with(Traits::ORDERING)) {
            return Some((at, Extent::Phrase, Pattern::Infinitive));
        }
        if opens.any(Traits::QUESTION) && !opens.has(Traits::AS) {
            return Some((at, Extent::Clause, Pattern::Question));
        }
        let opens_other = opens.any(Traits::SUBORDINATOR) && !opens.any(Traits::DETERMINER);
        if cue.particle {
            return (!opens_other && !opens.any(Traits::CONJUNCTION)).then_some((at, Extent::Phrase, Pattern::Particle));
        }
        if traits.any(Traits::SPEECH.with(Traits::TELLING)) && opens.any(Traits::MANNER) {
            return self.opening_after_manner(at);
        }
        // `rejected as unacceptable the plan`.
        if traits.any(Traits::OBJECT) && opens.has(Traits::AS) && at == cue.end {
            return Some((at + 1, Extent::Phrase, Pattern::Object));
        }
        if opens_other || opens.any(Traits::CONJUNCTION.with(Traits::PREPOSITION)) {
            return None;
        }
        self.opening_with_noun(traits, at)
    }

    /// `said, in a statement, that …` and `said, after the talks, “…”`: a remark in commas before the content.
    fn opening_after_remark(&self, cue: Cue, at: usize) -> Option<Opening> {
        let reading = self.reading;
        if !cue.traits.any(Traits::SPEECH.with(Traits::TELLING)) {
            return None;
        }
        let start = (at + 1..self.last.min(at + LONGEST_REMARK)).find(|&i| reading.gap(i).any(Gap::COMMA) || reading.at_mark(i))?;
        let content = reading.traits(start).has(Traits::THAT) || reading.quotation(start).is_some();
        content.then_some((start, Extent::Clause, Pattern::That))
    }

    /// `said in a statement that …`, `said at the talks, “…”`, `said on Friday the plan …`.
    fn opening_after_manner(&self, at: usize) -> Option<Opening> {
        let (reading, last) = (self.reading, self.last);
        if let Some(that) = self.that_at(at) {
            return Some((that, Extent::Clause, Pattern::That));
        }
        let stop = (at + 1..last.min(at + LONGEST_REMARK)).find(|&i| reading.gap(i).any(Gap::CLAUSE) || reading.at_mark(i));
        if let Some(stop) = stop.filter(|&s| reading.quotation(s).is_some()) {
            return Some((stop, Extent::Clause, Pattern::Quotation));
        }
        let start = (at + 1..last.min(at + 3)).find(|&i| reading.traits(i).has(Traits::TIME))? + 1;
        let content =
            start < last && !reading.gap(start).any(Gap::CLAUSE) && !reading.traits(start).any(Traits::MANNER.with(Traits::CONJUNCTION));
        content.then_some((start, Extent::Clause, Pattern::Zero))
    }

    /// What starts with a noun phrase: a clause, an order to somebody, a name for something, or what is spoken of.
    fn opening_with_noun(&self, traits: Traits, at: usize) -> Option<Opening> {
        if traits.has(Traits::ORDERING) && self.infinitive_ahead(at) {
            return Some((at, Extent::Phrase, Pattern::Infinitive));
        }
        let clause = self.verb_ahead(at);
        if traits.has(Traits::GUARDED) && !clause && !traits.any(Traits::OBJECT) {
            return None;
        }
        let reports = traits.any(Traits::SPEECH.with(Traits::MENTAL).with(Traits::SHOWING).with(Traits::TELLING));
        if reports && clause || traits.has(Traits::SPEECH) && !traits.any(Traits::OBJECT) {
            return Some((at, Extent::Clause, Pattern::Zero));
        }
        let pattern = if traits.any(Traits::NAMING) { Pattern::Naming } else { Pattern::Object };
        traits.any(Traits::NAMING.with(Traits::OBJECT).with(Traits::SHOWING)).then_some((at, Extent::Phrase, pattern))
    }

    /// Past the one who is told: to `that`, `to`, a question word, a quotation or a mark.
    fn after_addressee(&self, at: usize) -> usize {
        let reading = self.reading;
        let stops = |i: usize| {
            let traits = reading.traits(i);
            traits.any(Traits::THAT.with(Traits::TO).with(Traits::QUESTION))
                || reading.gap(i).any(Gap::CLAUSE)
                || reading.quotation(i).is_some()
        };
        if let Some(stop) = (at..self.last.min(at + 14)).find(|&i| (i > at || reading.quotation(i).is_some()) && stops(i))
            && (!reading.gap(stop).any(Gap::COMMA) || reading.quotation(stop).is_some())
        {
            return stop;
        }
        // `told reporters the plan failed`: one word, or a pronoun.
        if reading.traits(at).any(Traits::DETERMINER) && !reading.traits(at).any(Traits::PERSONAL) { at + 2 } else { at + 1 }
    }

    fn infinitive_ahead(&self, at: usize) -> bool {
        let reading = self.reading;
        (at + 1..self.last.min(at + 12)).take_while(|&i| !reading.gap(i).any(Gap::CLAUSE)).any(|i| reading.traits(i).has(Traits::TO))
    }

    /// Whether a finite verb follows before the next mark: what follows is a clause, not a noun phrase.
    fn verb_ahead(&self, at: usize) -> bool {
        let reading = self.reading;
        if reading.traits(at).any(Traits::PERSONAL) && !reading.possessive(at) {
            return true;
        }
        (at + 1..self.last.min(at + 14))
            .take_while(|&i| !reading.gap(i).any(Gap::CLAUSE) && !reading.traits(i).any(Traits::RELATIVE.with(Traits::THAT)))
            .any(|i| reading.traits(i).any(Traits::AUXILIARY.with(Traits::MODAL)))
    }

    pub(super) fn passive(&mut self, cue: Cue) -> Option<usize> {
        let reading = self.reading;
        let at = cue.end;
        let group = Span::new(cue.start, cue.end);
        let opens = reading.traits(at);
        if at >= self.last || reading.gap(at).any(Gap::CLAUSE) {
            return None;
        }
        let past = (cue.start..cue.verb).any(|i| reading.inner_traits(i).has(Traits::WAS));
        if opens.has(Traits::THAT) && past && cue.traits.any(Traits::SPEECH.with(Traits::TELLING)) {
            let end = self.end(at, Extent::Clause);
            return self.push(group, None, vec![Span::new(at, end)], Pattern::Impersonal);
        }
        if opens.has(Traits::TO) && cue.traits.any(Traits::SPEECH.with(Traits::MENTAL)) {
            let end = self.end(at, Extent::Phrase);
            return self.push(group, None, vec![Span::new(at, end)], Pattern::Impersonal);
        }
        if opens.has(Traits::BY) && cue.traits.any(Traits::OBJECT.with(Traits::NAMING)) {
            let subject = mention::before(reading, self.first, cue.start)?;
            let source = mention::after(reading, at + 1, self.last)?;
            return self.push(group, Some(source), vec![subject], Pattern::Passive);
        }
        None
    }

    /// `the claim that …`, `his promise to …`.
    pub(super) fn noun(&mut self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let (traits, next) = (reading.traits(at), reading.traits(at + 1));
        if at + 2 >= self.last || reading.gap(at + 1).any(Gap::CLAUSE) || reading.at_mark(at + 1) || reading.possessive(at) {
            return None;
        }
        let extent = if traits.has(Traits::CONTENT_NOUN) && next.has(Traits::THAT) {
            Extent::Clause
        } else if traits.has(Traits::INTENT_NOUN) && next.has(Traits::TO) {
            Extent::Phrase
        } else {
            return None;
        };
        let owner =
            (self.first..at).rev().take(4).find(|&i| reading.possessive(i)).and_then(|i| mention::before(reading, self.first, i + 1));
        let end = self.end(at + 1, extent);
        self.push(Span::new(at, at + 1), owner, vec![Span::new(at + 1, end)], Pattern::Noun)
    }
}
