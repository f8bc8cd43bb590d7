//! A loaded choice at a place, in its voice, and what stands there elsewhere.

pub mod concordance;
pub mod substitution;
pub mod unlisted;
pub mod usage;
