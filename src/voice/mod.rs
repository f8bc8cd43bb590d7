//! Who is speaking at a place: the outlet, or somebody it quotes.

pub mod attribution;
pub mod content;
pub mod cue;
pub mod lexis;
pub mod mask;
pub mod mention;
pub mod quote;
pub mod reading;
pub mod speaker;
pub mod utterance;
