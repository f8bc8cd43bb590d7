#![doc = include_str!("../docs/library.md")]

pub mod analysis;
pub mod charts;
pub mod codes;
pub mod corpus;
pub mod error;
pub mod framing;
pub mod id;
pub mod lexicon;
pub mod measure;
pub mod read;
pub mod report;
pub mod reuse;
pub mod stat;
pub mod tables;
pub mod text;
pub mod voice;
