//! Who is speaking at a place: the outlet, or somebody it quotes.

pub mod mask;
pub mod quote;
