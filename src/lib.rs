#![doc = include_str!("../docs/library.md")]

pub mod corpus;
pub mod error;
pub mod id;
pub mod stat;
pub mod text;
pub mod lexicon;
pub mod voice;
