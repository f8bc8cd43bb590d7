#![doc = include_str!("../docs/library.md")]

pub mod corpus;
pub mod error;
pub mod id;
pub mod stat;
pub mod text;
pub mod lexicon;
pub mod reuse;
pub mod voice;
pub mod analysis;
pub mod framing;
pub mod measure;
pub mod read;
pub mod tables;
pub mod charts;
pub mod report;
