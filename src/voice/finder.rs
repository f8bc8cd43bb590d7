//! The state of the search through one sentence, and the source of a cue in it.

use crate::text::span::{Span, Token};

use super::content::{Extent, content_end};
use super::cue::{Cue, Stance};
use super::mention;
use super::pattern::{Attribution, Pattern};
use super::reading::{Gap, Reading};
use super::traits::Traits;

/// A sentence that is searched for attributions from left to right.
pub(super) struct Finder<'r, 'd> {
    pub(super) reading: &'r Reading<'d>,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) heading: bool,
    pub(super) found: Vec<Attribution>,
    /// First word that no attribution of the sentence has taken.
    pub(super) free: usize,
}

impl Finder<'_, '_> {
    pub(super) fn push(
        &mut self,
        cue: Span<Token>,
        source: Option<Span<Token>>,
        contents: Vec<Span<Token>>,
        pattern: Pattern,
    ) -> Option<usize> {
        let contents: Vec<_> = contents.into_iter().filter(|c| !c.is_empty()).collect();
        let end = contents.iter().map(|c| c.end()).max()?.max(cue.end());
        if matches!(pattern, Pattern::After | Pattern::According) {
            self.free = self.free.max(end);
        }
        self.found.push(Attribution { cue, source, contents, pattern });
        Some(end)
    }

    pub(super) fn end(&self, start: usize, extent: Extent) -> usize {
        content_end(self.reading, start, (self.first, self.last), extent)
    }

    pub(super) fn last_source(&self) -> Option<Span<Token>> {
        self.found.last().and_then(|a| a.source)
    }

    pub(super) fn that_at(&self, at: usize) -> Option<usize> {
        let reading = self.reading;
        (at..self.last.min(at + 16))
            .take_while(|&i| i == at || !reading.gap(i).any(Gap::CLAUSE) && !reading.at_mark(i))
            .find(|&i| reading.traits(i).has(Traits::THAT))
    }

    pub(super) fn source_before(&self, cue: Cue) -> Option<Span<Token>> {
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
    pub(super) fn opening(&self) -> Option<Span<Token>> {
        let reading = self.reading;
        let start =
            (self.first..self.last).find(|&i| reading.capital(i) || reading.traits(i).any(Traits::PRONOUN.with(Traits::DETERMINER)))?;
        let end = (start..self.last.min(start + 8))
            .find(|&i| i > start && (reading.gap(i).any(Gap::CLAUSE) || !reading.capital(i) || reading.at_mark(i)))?;
        Some(Span::new(start, end))
    }
}
