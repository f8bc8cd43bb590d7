//! Content that stands before its cue: `…, he said`, `…, said Roe`, `…, according to Roe`; it may go on after the cue.

use crate::text::span::{Span, Token};

use super::content::Extent;
use super::cue::{Cue, Stance};
use super::finder::Finder;
use super::mention;
use super::pattern::Pattern;
use super::reading::Gap;
use super::traits::Traits;

/// Words from `in` to `view` at most.
const LONGEST_OWNER: usize = 8;

impl Finder<'_, '_> {
    pub(super) fn according(&mut self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let source = mention::after(reading, at + 2, self.last)?;
        self.beside(Span::new(at, at + 2), source)
    }

    /// `in Roe's view`, `in the words of Roe`, `by one estimate of the union`.
    pub(super) fn view(&mut self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let noun = (at + 1..self.last.min(at + LONGEST_OWNER)).take_while(|&i| !reading.gap(i).any(Gap::CLAUSE) && !reading.at_mark(i));
        let noun = noun.into_iter().find(|&i| reading.traits(i).has(Traits::VIEW_NOUN))?;
        let source = if noun > at + 1 && reading.possessive(noun - 1) {
            Span::new(at + 1, noun)
        } else if reading.traits(noun + 1).has(Traits::OF) && noun + 2 < self.last {
            mention::after(reading, noun + 2, self.last)?
        } else {
            return None;
        };
        let end = source.end().max(noun + 1);
        // Between marks, or at an end of the sentence: elsewhere it is part of what is told.
        let apart = (at == self.first || self.parted(at)) && (end >= self.last || reading.gap(end).any(Gap::CLAUSE));
        if apart { self.beside(Span::new(at, noun + 1), source) } else { None }
    }

    /// Content beside a phrase that names its source: after it where it opens the sentence, else before it and perhaps on.
    fn beside(&mut self, cue: Span<Token>, source: Span<Token>) -> Option<usize> {
        let (reading, at) = (self.reading, cue.start());
        let opens = (self.first..at).all(|i| reading.traits(i).any(Traits::CONJUNCTION.with(Traits::ADVERB)));
        if opens {
            // The first comma after the source, or after its apposition.
            let start = (source.end().max(cue.end())..self.last).find(|&i| reading.gap(i).any(Gap::COMMA) || reading.at_mark(i))?;
            let end = self.end(start, Extent::Clause);
            return self.push(cue, Some(source), vec![Span::new(start, end)], Pattern::According);
        }
        let left = Span::new(self.left_start(at), at);
        let resumed = self.resumed(source.end().max(cue.end()));
        let end = resumed.map_or(source.end().max(cue.end()), |r| r.end());
        self.push(cue, Some(source), [Some(left), resumed].into_iter().flatten().collect(), Pattern::According);
        Some(end)
    }

    /// Where content before a cue starts.
    fn left_start(&self, before: usize) -> usize {
        let mut start = self.free.max(self.first).min(before);
        if let Some(semicolon) = (start + 1..before).rev().find(|&i| self.reading.gap(i).any(Gap::SEMICOLON)) {
            start = semicolon;
        }
        while start < before && self.reading.traits(start).any(Traits::CONJUNCTION) {
            start += 1;
        }
        start
    }

    /// Content that goes on after a cue in commas: `However, X said, the plan …`.
    fn resumed(&self, at: usize) -> Option<Span<Token>> {
        let reading = self.reading;
        let at = (at..self.last.min(at + 12)).find(|&i| reading.gap(i).any(Gap::ANY) || reading.at_mark(i))?;
        if !reading.gap(at).any(Gap::ASIDE) && !reading.at_mark(at) {
            return None;
        }
        let traits = reading.traits(at);
        // `…, officials said, after it hit a rock` goes on; `…, said Roe, while others left` does not.
        let other = traits.any(Traits::CONJUNCTION.with(Traits::RELATIVE).with(Traits::ING).with(Traits::AS).with(Traits::CONCESSIVE));
        (!other).then(|| Span::new(at, self.end(at, Extent::Clause)))
    }

    /// `…, he said` and `…, said Roe`: content before the cue, and after it where the sentence goes on.
    pub(super) fn aside(&mut self, cue: Cue) -> Option<usize> {
        let reading = self.reading;
        if !cue.traits.any(Traits::SPEECH.with(Traits::QUOTING).with(Traits::MENTAL).with(Traits::TELLING)) || cue.particle {
            return None;
        }
        if let Some(end) = self.inverted(cue) {
            return Some(end);
        }
        let source = mention::before(reading, self.first, cue.start)?;
        let mut start = source.start();
        if start > self.first && reading.traits(start - 1).any(Traits::AS) {
            start -= 1;
        }
        let opens_sentence = start == self.first && start < source.start();
        if !self.parted(start) && !opens_sentence {
            return None;
        }
        let quoted_before = !opens_sentence && reading.quotation(start - 1).is_some();
        if !quoted_before && !cue.traits.any(Traits::SPEECH.with(Traits::MENTAL).with(Traits::TELLING)) {
            return None;
        }
        let next = cue.end;
        let opens = reading.traits(next);
        let ends = next >= self.last || reading.gap(next).any(Gap::CLAUSE) || reading.at_mark(next);
        let to_act = opens.has(Traits::TO) && cue.traits.any(Traits::INFINITIVE);
        let manner = opens.any(Traits::MANNER.with(Traits::TIME).with(Traits::ADVERB))
            && !to_act
            && self.that_at(next).is_none()
            && !opens.has(Traits::QUESTION);
        let told = cue.traits.has(Traits::TELLING) && self.that_at(next).is_none();
        if !(ends || manner || told) {
            return None;
        }
        let quoted_next = next < self.last && reading.quotation(next).is_some() && !quoted_before;
        // `On Friday, he said, “…”`: little stands before, and a quotation follows.
        if quoted_next && start - self.first < 5 {
            return None;
        }
        self.around(cue, source, start, ends)
    }

    /// Whether a comma, a dash or a closing quotation mark stands before a word.
    fn parted(&self, at: usize) -> bool {
        at > self.first && (self.reading.gap(at).any(Gap::ASIDE) || self.reading.quotation(at - 1).is_some())
    }

    /// `…, said Roe`: the verb before its subject, and nothing of the content after it.
    fn inverted(&mut self, cue: Cue) -> Option<usize> {
        let reading = self.reading;
        let speaks = cue.traits.any(Traits::SPEECH.with(Traits::QUOTING)) && cue.stance == Stance::Finite;
        if speaks && self.parted(cue.start) && cue.start == cue.verb && !cue.traits.has(Traits::ING) {
            let opens = reading.traits(cue.end);
            let name = !opens.any(
                Traits::THAT
                    .with(Traits::QUESTION)
                    .with(Traits::TO)
                    .with(Traits::PREPOSITION)
                    .with(Traits::TIME)
                    .with(Traits::ADVERB)
                    .with(Traits::PERSONAL),
            );
            let adjacent = cue.end < self.last && !reading.gap(cue.end).any(Gap::CLAUSE) && !reading.at_mark(cue.end);
            // Not the second of two verbs of one subject: `X, a Democrat, said the plan …`.
            let apposed = reading.quotation(cue.start - 1).is_none() && self.comma_before(cue.start);
            let source = mention::after(reading, cue.end, self.last);
            if let Some(source) = source.filter(|s| name && adjacent && !apposed && self.closes(s.end()) && self.says_something(cue.start))
            {
                let left = Span::new(self.left_start(cue.start), cue.start);
                self.push(Span::new(cue.start, cue.end), Some(source), vec![left], Pattern::After);
                return Some(source.end());
            }
        }
        None
    }

    /// Whether nothing of the clause follows: its end, a mark, or a remark on when and how.
    fn closes(&self, at: usize) -> bool {
        let reading = self.reading;
        at >= self.last
            || reading.gap(at).any(Gap::CLAUSE.with(Gap::BRACKET))
            || reading.at_mark(at)
            || reading.traits(at).any(Traits::MANNER.with(Traits::TIME).with(Traits::RELATIVE))
    }

    /// Whether what stands before a cue is a quotation or holds a finite verb.
    fn says_something(&self, before: usize) -> bool {
        let reading = self.reading;
        if before > 0 && reading.quotation(before - 1).is_some() {
            return true;
        }
        (self.left_start(before)..before).any(|i| {
            let traits = reading.traits(i);
            let past = i > self.first && !reading.capital(i) && reading.word(i).span().of(reading.text).ends_with("ed");
            traits.any(Traits::AUXILIARY.with(Traits::MODAL)) || past || traits.any(Traits::THIRD.with(Traits::PAST))
        })
    }

    /// Whether an earlier comma in the sentence opens an apposition that ends before `at`.
    fn comma_before(&self, at: usize) -> bool {
        let reading = self.reading;
        (self.first + 1..at)
            .rev()
            .take(14)
            .take_while(|&i| reading.quotation(i).is_none())
            .any(|i| reading.gap(i).any(Gap::COMMA) && (reading.traits(i).any(Traits::DETERMINER.with(Traits::RELATIVE))))
    }

    fn around(&mut self, cue: Cue, source: Span<Token>, before: usize, closed: bool) -> Option<usize> {
        let left = Span::new(self.left_start(before), before);
        let after = cue.end.max(source.end());
        let resumed = self.resumed(after);
        let end = resumed.map_or(after, |r| r.end());
        let quoted = before > 0 && self.reading.quotation(before - 1).is_some();
        if (left.len() < 3 || !closed && !self.says_something(before)) && resumed.is_none() && !quoted {
            return None;
        }
        self.push(Span::new(cue.start, cue.end), Some(source), [Some(left), resumed].into_iter().flatten().collect(), Pattern::After);
        Some(end)
    }
}
