//! What an attribution is, and by what it was recognised.

use crate::text::span::{Span, Token};

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

impl Pattern {
    /// How often words so found are another's in annotated news (`PolNeAR`, development part), rounded; docs/method.md.
    #[must_use]
    pub const fn confidence(self) -> f64 {
        match self {
            Self::That => 0.9,
            Self::Zero | Self::Naming | Self::According | Self::Passive => 0.85,
            Self::After | Self::Object | Self::Infinitive => 0.8,
            Self::Particle => 0.75,
            Self::Question | Self::Colon | Self::Impersonal => 0.7,
            Self::Noun => 0.65,
            Self::Quotation => 0.6,
        }
    }
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
