//! A cluster laid side by side, small: readings lie as differences in one run of bytes, since a large corpus has some sixty an
//! article and each is read in turn.

use serde::{Deserialize, Serialize};

use crate::text::span::{Span, Token};

use super::lengths::{add, take};

/// What one witness has in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Position in the cluster's list of witnesses.
    pub witness: usize,
    /// Its tokens, possibly none.
    pub tokens: Span<Token>,
}

/// A place where witnesses differ, with the readings of those that cover it, in order of witnesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// At most one reading a witness.
    pub readings: Vec<Reading>,
}

impl Slot {
    /// What a witness has here; `None` where its text does not reach.
    #[must_use]
    pub fn reading(&self, witness: usize) -> Option<Span<Token>> {
        self.readings.iter().find(|r| r.witness == witness).map(|r| r.tokens)
    }
}

/// A cluster laid side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collation {
    /// Position of the base in the cluster's list of witnesses.
    pub base: usize,
    places: u32,
    /// Slot by slot, for each reading: how far its witness is from the one before, how far its start is from the end of the
    /// witness's reading before, its length. A witness 0 farther ends the slot.
    readings: Box<[u8]>,
}

impl Collation {
    /// Packs slots, which are in order on the base.
    pub fn new(base: usize, slots: impl Iterator<Item = Slot>) -> Self {
        let (mut packed, mut places, mut ends) = (Vec::new(), 0, Ends::default());
        for slot in slots {
            places += 1;
            // Witnesses are counted from 1, so that none is 0 farther.
            let mut before = 0;
            for reading in slot.readings {
                add(&mut packed, reading.witness + 1 - before);
                before = reading.witness + 1;
                let end = ends.of(reading.witness);
                add(&mut packed, reading.tokens.start() as i64 - *end);
                add(&mut packed, reading.tokens.len());
                *end = reading.tokens.end() as i64;
            }
            add(&mut packed, 0_usize);
        }
        Self { base, places, readings: packed.into() }
    }

    /// How many slots it has.
    #[must_use]
    pub const fn places(&self) -> usize {
        self.places as usize
    }

    /// Its slots, in order on the base.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let (mut from, mut ends) = (&self.readings[..], Ends::default());
        (0..self.places).map(move |_| {
            let (mut readings, mut before) = (Vec::new(), 0_usize);
            while let Some(reading) = next(&mut from, &mut before, &mut ends) {
                readings.push(reading);
            }
            Slot { readings }
        })
    }
}

/// Where the last reading of each witness ends.
#[derive(Default)]
struct Ends(Vec<i64>);

impl Ends {
    fn of(&mut self, witness: usize) -> &mut i64 {
        if self.0.len() <= witness {
            self.0.resize(witness + 1, 0);
        }
        &mut self.0[witness]
    }
}

/// The next reading of a slot.
fn next(from: &mut &[u8], before: &mut usize, ends: &mut Ends) -> Option<Reading> {
    let farther: usize = take(from).filter(|&farther| farther > 0)?;
    *before += farther;
    let witness = *before - 1;
    let end = ends.of(witness);
    let start = usize::try_from(*end + take::<i64>(from)?).ok()?;
    let tokens = Span::new(start, start + take::<usize>(from)?);
    *end = tokens.end() as i64;
    Some(Reading { witness, tokens })
}

#[cfg(test)]
mod tests {
    use super::{Collation, Reading, Slot, Span};

    #[test]
    fn slots_come_back() {
        let slot = |readings: &[(usize, usize, usize)]| Slot {
            readings: readings.iter().map(|&(witness, start, end)| Reading { witness, tokens: Span::new(start, end) }).collect(),
        };
        // Far apart and empty ones, a place before the one of the slot before, a slot that nobody reaches.
        let slots = [
            slot(&[(0, 4, 6), (2, 100_000, 100_000), (500, 7, 9)]),
            slot(&[]),
            slot(&[(0, 6, 6), (2, 90_000, 100_300)]),
            slot(&[(1, 0, 1), (2, 3, 4), (500, 9, 10)]),
        ];
        let laid = Collation::new(2, slots.iter().cloned());
        assert_eq!((laid.base, laid.places()), (2, 4));
        assert_eq!(laid.slots().collect::<Vec<_>>(), slots);
    }
}
