//! Which stretches of a text are not the narrator's.

use crate::text::span::{Byte, Span};

/// Whose words stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The outlet's own.
    Narrator,
    /// Somebody else's, told without quotation marks.
    Indirect,
    /// Somebody else's, inside quotation marks.
    Direct,
}

impl Voice {
    /// All voices, in the order of tables and charts.
    pub const ALL: [Voice; 3] = [Voice::Narrator, Voice::Indirect, Voice::Direct];

    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Narrator => "narrator",
            Self::Indirect => "indirect",
            Self::Direct => "direct",
        }
    }
}

/// Stretches of a text with a voice of their own, in order and apart; everything else is the narrator's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoiceMask {
    stretches: Vec<(Span<Byte>, Voice)>,
}

impl VoiceMask {
    /// A mask of these stretches.
    ///
    /// # Panics
    /// When they overlap or stand out of order: every later stage trusts that they do not.
    #[must_use]
    pub fn new(stretches: Vec<(Span<Byte>, Voice)>) -> Self {
        for pair in stretches.windows(2) {
            assert!(pair[0].0.end() <= pair[1].0.start(), "voice stretches {:?} and {:?} overlap", pair[0].0, pair[1].0);
        }
        Self { stretches }
    }

    /// The stretches that are not the narrator's.
    #[must_use]
    pub fn stretches(&self) -> &[(Span<Byte>, Voice)] {
        &self.stretches
    }

    /// The voice at a place, by its first byte.
    #[must_use]
    pub fn at(&self, span: Span<Byte>) -> Voice {
        let next = self.stretches.partition_point(|(stretch, _)| stretch.end() <= span.start());
        match self.stretches.get(next) {
            Some((stretch, voice)) if stretch.start() <= span.start() => *voice,
            _ => Voice::Narrator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, Voice, VoiceMask};

    #[test]
    fn a_place_has_one_voice() {
        let mask = VoiceMask::new(vec![(Span::new(5, 10), Voice::Direct), (Span::new(10, 12), Voice::Indirect)]);
        let at = |b| mask.at(Span::new(b, b + 1));
        assert_eq!(
            [at(0), at(5), at(9), at(10), at(12)],
            [Voice::Narrator, Voice::Direct, Voice::Direct, Voice::Indirect, Voice::Narrator]
        );
    }

    #[test]
    #[should_panic(expected = "overlap")]
    fn overlapping_stretches_are_refused() {
        let _mask = VoiceMask::new(vec![(Span::new(5, 10), Voice::Direct), (Span::new(9, 12), Voice::Direct)]);
    }
}
