//! A loaded choice at a place, in its voice, and what stands there elsewhere; what outlets call whom.

pub mod concordance;
pub mod entity;
pub mod entity_sheet;
pub mod label;
pub mod label_words;
pub mod mention;
pub mod name;
pub mod noun_phrase;
pub mod prose;
pub mod same_slot;
pub mod substitution;
pub mod unlisted;
pub mod usage;
