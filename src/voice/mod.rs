//! Who is speaking at a place: the outlet, or somebody it quotes.

mod after_cue;
pub mod attribution;
mod before_cue;
pub mod content;
pub mod cue;
mod finder;
pub mod lexis;
pub mod mask;
pub mod mention;
pub mod pattern;
pub mod quote;
pub mod reading;
pub mod speaker;
pub mod traits;
pub mod utterance;
