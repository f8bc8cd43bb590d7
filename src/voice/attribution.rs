//! Attributions: who (source) says (cue) what (content), by patterns over the words of a sentence.
//!
//! Terms and scope after Pareti 2016 (`PolNeAR`): assertions, beliefs, intentions and orders count, in quotation marks or not. The
//! cue and the source are the narrator's words.

use crate::text::span::{Span, Token};

use super::content::{Extent, content_end};
use super::cue::{Cue, Stance, cue_at};
use super::lexis::Traits;
use super::mention;
use super::reading::{Gap, Reading};

/// By what an attribution was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// said that …
    That,
    /// said the plan failed
    Zero,
    /// asked whether …
    Question,
    /// promised to …, urged them to …
    Infinitive,
    /// rejected …
    Object,
    /// called for …
    Particle,
    /// called it a lie
    Naming,
    /// said: “…”
    Quotation,
    /// …, he said
    After,
    /// according to …
    According,
    /// Roe: …
    Colon,
    /// the claim that …
    Noun,
    /// was criticized by …
    Passive,
    /// it was reported that …
    Impersonal,
}

/// One attribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words of the cue.
    pub cue: Span<Token>,
    /// Who is named beside the cue.
    pub source: Option<Span<Token>>,
    /// What is attributed: one stretch, or two around the cue.
    pub contents: Vec<Span<Token>>,
    /// How it was recognised.
    pub pattern: Pattern,
}

/// The attributions of a document, by sentence.
#[must_use]
pub fn attributions(reading: &Reading<'_>) -> Vec<Attribution> {
    let mut out = Vec::new();
    for (number, paragraph) in reading.document.paragraphs().iter().enumerate() {
        let from = reading.document.sentences().partition_point(|s| s.end() <= paragraph.tokens.start());
        let sentences = reading.document.sentences()[from..].iter().take_while(|s| s.start() < paragraph.tokens.end());
        for sentence in sentences {
            let heading = paragraph.heading || number == 0;
            let mut finder =
                Finder { reading, first: sentence.start(), last: sentence.end(), heading, found: Vec::new(), free: sentence.start() };
            finder.sentence();
            out.append(&mut finder.found);
        }
    }
    out
}

struct Finder<'r, 'd> {
    reading: &'r Reading<'d>,
    first: usize,
    last: usize,
    heading: bool,
    found: Vec<Attribution>,
    /// First word that no attribution of the sentence has taken.
    free: usize,
}

impl Finder<'_, '_> {
    fn sentence(&mut self) {
        if self.heading {
            self.headline();
        }
        let mut at = self.first;
        while at < self.last {
            let traits = self.reading.traits(at);
            let next = if traits.has(Traits::ACCORDING) && self.reading.traits(at + 1).has(Traits::TO) {
                self.according(at)
            } else if let Some(cue) = cue_at(self.reading, at, self.first, self.last, self.heading) {
                self.verb(cue)
            } else if traits.any(Traits::CONTENT_NOUN.with(Traits::INTENT_NOUN)) {
                self.noun(at)
            } else {
                None
            };
            at = next.unwrap_or(at + 1).max(at + 1);
        }
    }

    fn push(&mut self, cue: Span<Token>, source: Option<Span<Token>>, contents: Vec<Span<Token>>, pattern: Pattern) -> Option<usize> {
        let contents: Vec<_> = contents.into_iter().filter(|c| !c.is_empty()).collect();
        let end = contents.iter().map(|c| c.end()).max()?.max(cue.end());
        if matches!(pattern, Pattern::After | Pattern::According) {
            self.free = self.free.max(end);
        }
        self.found.push(Attribution { cue, source, contents, pattern });
        Some(end)
    }

    fn end(&self, start: usize, extent: Extent) -> usize {
        content_end(self.reading, start, (self.first, self.last), extent)
    }

    fn last_source(&self) -> Option<Span<Token>> {
        self.found.last().and_then(|a| a.source)
    }

    /// `Roe: Plan failed`.
    fn headline(&mut self) {
        let reading = self.reading;
        let Some(colon) = (self.first + 1..self.last.min(self.first + 8)).find(|&i| reading.gap(i).any(Gap::COLON)) else { return };
        let named = (self.first..colon).all(|i| reading.quotation(i).is_none() && !reading.traits(i).any(Traits::LABEL));
        let verb = (self.first..colon).any(|i| cue_at(reading, i, self.first, colon, false).is_some());
        if named && !verb && reading.capital(self.first) && colon - self.first <= 6 {
            self.push(Span::new(colon, colon), Some(Span::new(self.first, colon)), vec![Span::new(colon, self.last)], Pattern::Colon);
        }
    }

    fn according(&mut self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let source = mention::after(reading, at + 2, self.last)?;
        let cue = Span::new(at, at + 2);
        let opens = (self.first..at).all(|i| reading.traits(i).any(Traits::CONJUNCTION.with(Traits::ADVERB)));
        if opens {
            // The first comma after the source, or after its apposition.
            let start = (source.end()..self.last).find(|&i| reading.gap(i).any(Gap::COMMA) || reading.at_mark(i))?;
            let end = self.end(start, Extent::Clause);
            return self.push(cue, Some(source), vec![Span::new(start, end)], Pattern::According);
        }
        let left = Span::new(self.left_start(at), at);
        let resumed = self.resumed(source.end());
        let end = resumed.map_or(source.end(), |r| r.end());
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
        let other = traits.any(Traits::CONJUNCTION.with(Traits::RELATIVE).with(Traits::ING))
            || traits.any(Traits::SUBORDINATOR) && !traits.any(Traits::DETERMINER) && !traits.has(Traits::THAT);
        (!other).then(|| Span::new(at, self.end(at, Extent::Clause)))
    }

    fn verb(&mut self, cue: Cue) -> Option<usize> {
        match cue.stance {
            Stance::Passive => self.passive(cue),
            Stance::Finite | Stance::Dependent => self.aside(cue).or_else(|| self.right(cue)),
        }
    }

    /// `…, he said` and `…, said Roe`: content before the cue, and after it where the sentence goes on.
    fn aside(&mut self, cue: Cue) -> Option<usize> {
        let reading = self.reading;
        if !cue.traits.any(Traits::SPEECH.with(Traits::QUOTING).with(Traits::MENTAL).with(Traits::TELLING)) || cue.particle {
            return None;
        }
        let parted = |at: usize| at > self.first && (reading.gap(at).any(Gap::ASIDE) || reading.quotation(at - 1).is_some());
        let speaks = cue.traits.any(Traits::SPEECH.with(Traits::QUOTING)) && cue.stance == Stance::Finite;
        if speaks && parted(cue.start) && cue.start == cue.verb && !cue.traits.has(Traits::ING) {
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
        let source = mention::before(reading, self.first, cue.start)?;
        let mut start = source.start();
        if start > self.first && reading.traits(start - 1).any(Traits::AS) {
            start -= 1;
        }
        if !parted(start) {
            return None;
        }
        let quoted_before = reading.quotation(start - 1).is_some();
        if !quoted_before && !cue.traits.any(Traits::SPEECH.with(Traits::MENTAL).with(Traits::TELLING)) {
            return None;
        }
        let next = cue.end;
        let opens = reading.traits(next);
        let ends = next >= self.last || reading.gap(next).any(Gap::CLAUSE) || reading.at_mark(next);
        let to_act = opens.has(Traits::TO) && cue.traits.any(Traits::INFINITIVE);
        let manner = opens.any(Traits::MANNER.with(Traits::TIME).with(Traits::ADVERB))
            && !to_act
            && !self.that_ahead(next)
            && !opens.has(Traits::QUESTION);
        let told = cue.traits.has(Traits::TELLING) && !self.that_ahead(next);
        if !(ends || manner || told) {
            return None;
        }
        let quoted_next = next < self.last && reading.quotation(next).is_some() && reading.quotation(start - 1).is_none();
        // `On Friday, he said, “…”`: little stands before, and a quotation follows.
        if quoted_next && start - self.first < 5 {
            return None;
        }
        self.around(Cue { end: next, ..cue }, source, start)
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

    fn around(&mut self, cue: Cue, source: Span<Token>, before: usize) -> Option<usize> {
        let left = Span::new(self.left_start(before), before);
        let after = cue.end.max(source.end());
        let resumed = self.resumed(after);
        let end = resumed.map_or(after, |r| r.end());
        if (left.len() < 3 || !self.says_something(before)) && resumed.is_none() && self.reading.quotation(before - 1).is_none() {
            return None;
        }
        self.push(
            Span::new(cue.start.max(source_end_before(source, cue.start)), cue.end),
            Some(source),
            [Some(left), resumed].into_iter().flatten().collect(),
            Pattern::After,
        );
        Some(end)
    }

    /// Whether `that` follows before the next mark.
    fn that_ahead(&self, at: usize) -> bool {
        self.that_at(at).is_some()
    }

    fn that_at(&self, at: usize) -> Option<usize> {
        let reading = self.reading;
        (at..self.last.min(at + 16))
            .take_while(|&i| i == at || !reading.gap(i).any(Gap::CLAUSE) && !reading.at_mark(i))
            .find(|&i| reading.traits(i).has(Traits::THAT))
    }

    fn source_before(&self, cue: Cue) -> Option<Span<Token>> {
        let reading = self.reading;
        let joined = cue.start > self.first && (reading.traits(cue.start - 1).any(Traits::CONJUNCTION.with(Traits::TO)));
        let participle = cue.stance == Stance::Dependent && cue.start > self.first && reading.gap(cue.start).any(Gap::ASIDE);
        if joined || participle {
            return self.last_source().or_else(|| self.opening());
        }
        if cue.stance == Stance::Dependent {
            return self.last_source().or_else(|| mention::before(reading, self.first, cue.start)).or_else(|| self.opening());
        }
        let invertible = cue.traits.any(Traits::SPEECH) && cue.start == self.first;
        if invertible {
            return None;
        }
        mention::before(reading, self.first, cue.start).or_else(|| self.last_source())
    }

    /// The subject of the sentence, for want of a nearer one: its first words up to a verb.
    fn opening(&self) -> Option<Span<Token>> {
        let reading = self.reading;
        let start =
            (self.first..self.last).find(|&i| reading.capital(i) || reading.traits(i).any(Traits::PRONOUN.with(Traits::DETERMINER)))?;
        let end = (start..self.last.min(start + 8))
            .find(|&i| i > start && (reading.gap(i).any(Gap::CLAUSE) || !reading.capital(i) || reading.at_mark(i)))?;
        Some(Span::new(start, end))
    }

    /// Content after the cue.
    fn right(&mut self, cue: Cue) -> Option<usize> {
        let reading = self.reading;
        let (traits, last) = (cue.traits, self.last);
        let mut at = cue.end;
        if at >= last {
            return None;
        }
        let group = Span::new(cue.start, cue.end);
        let quoted = |i: usize| i < last && reading.quotation(i).is_some();
        if traits.has(Traits::TELLING) && !cue.particle {
            at = self.after_addressee(at);
        }
        if at >= last {
            return None;
        }
        if reading.gap(at).any(Gap::COLON) {
            let source = self.source_before(cue);
            return self.push(group, source, vec![Span::new(at, last)], Pattern::Quotation);
        }
        while at < last
            && !quoted(at)
            && reading.traits(at).any(Traits::TIME.with(Traits::ADVERB))
            && !reading.traits(at).any(Traits::QUESTION)
            && !reading.gap(at).any(Gap::CLAUSE)
        {
            at += 1;
        }
        if at >= last {
            return None;
        }
        if quoted(at) {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Clause);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Quotation);
        }
        let opens = reading.traits(at);
        if reading.gap(at).any(Gap::CLAUSE) {
            // `said, in a statement, that …` and `said, “…”` with a remark between.
            if !traits.any(Traits::SPEECH.with(Traits::TELLING)) {
                return None;
            }
            let start = (at + 1..last.min(at + 16)).find(|&i| reading.gap(i).any(Gap::COMMA) || reading.at_mark(i))?;
            if !(reading.traits(start).has(Traits::THAT) || quoted(start)) {
                return None;
            }
            let source = self.source_before(cue);
            let end = self.end(start, Extent::Clause);
            return self.push(group, source, vec![Span::new(start, end)], Pattern::That);
        }
        if opens.has(Traits::THAT)
            && (!traits.any(Traits::OBJECT) || traits.any(Traits::SPEECH.with(Traits::MENTAL).with(Traits::SHOWING)) || cue.particle)
        {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Clause);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::That);
        }
        if opens.has(Traits::TO) && at + 1 < last && traits.any(Traits::INFINITIVE.with(Traits::TELLING).with(Traits::ORDERING)) {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Phrase);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Infinitive);
        }
        if opens.any(Traits::QUESTION) && !opens.has(Traits::AS) {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Clause);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Question);
        }
        if cue.particle {
            if opens.any(Traits::CONJUNCTION.with(Traits::SUBORDINATOR)) && !opens.any(Traits::DETERMINER) {
                return None;
            }
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Phrase);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Particle);
        }
        if traits.any(Traits::SPEECH.with(Traits::TELLING)) && opens.any(Traits::MANNER) {
            // `said in a statement that …`, `said on Friday the plan …`.
            let source = self.source_before(cue);
            if let Some(that) = self.that_at(at) {
                let end = self.end(that, Extent::Clause);
                return self.push(group, source, vec![Span::new(that, end)], Pattern::That);
            }
            let stop = (at + 1..last.min(at + 16)).find(|&i| reading.gap(i).any(Gap::CLAUSE) || reading.at_mark(i));
            if let Some(stop) = stop.filter(|&s| quoted(s)) {
                let end = self.end(stop, Extent::Clause);
                return self.push(group, source, vec![Span::new(stop, end)], Pattern::Quotation);
            }
            let timed = (at + 1..last.min(at + 3)).find(|&i| reading.traits(i).has(Traits::TIME));
            if let Some(start) = timed.map(|t| t + 1).filter(|&s| {
                s < last && !reading.gap(s).any(Gap::CLAUSE) && !reading.traits(s).any(Traits::MANNER.with(Traits::CONJUNCTION))
            }) {
                let end = self.end(start, Extent::Clause);
                return self.push(group, source, vec![Span::new(start, end)], Pattern::Zero);
            }
            return None;
        }
        // `rejected as unacceptable the plan`.
        if traits.any(Traits::OBJECT) && opens.has(Traits::AS) && at == cue.end {
            let source = self.source_before(cue);
            let end = self.end(at + 1, Extent::Phrase);
            return self.push(group, source, vec![Span::new(at + 1, end)], Pattern::Object);
        }
        if opens.any(Traits::CONJUNCTION.with(Traits::PREPOSITION)) || opens.any(Traits::SUBORDINATOR) && !opens.any(Traits::DETERMINER) {
            return None;
        }
        if traits.has(Traits::ORDERING) && self.infinitive_ahead(at) {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Phrase);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Infinitive);
        }
        if traits.has(Traits::GUARDED) && !self.verb_ahead(at) && !traits.any(Traits::OBJECT) {
            return None;
        }
        let clausal = traits.any(Traits::SPEECH.with(Traits::MENTAL).with(Traits::SHOWING))
            && (self.verb_ahead(at) || !traits.any(Traits::OBJECT) && traits.has(Traits::SPEECH))
            || traits.has(Traits::TELLING) && self.verb_ahead(at);
        if clausal {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Clause);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Zero);
        }
        if traits.any(Traits::NAMING) {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Phrase);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Naming);
        }
        if traits.any(Traits::OBJECT.with(Traits::SHOWING)) {
            let source = self.source_before(cue);
            let end = self.end(at, Extent::Phrase);
            return self.push(group, source, vec![Span::new(at, end)], Pattern::Object);
        }
        None
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

    fn passive(&mut self, cue: Cue) -> Option<usize> {
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
    fn noun(&mut self, at: usize) -> Option<usize> {
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

fn source_end_before(source: Span<Token>, cue: usize) -> usize {
    if source.end() <= cue { source.end().min(cue) } else { cue }
}
