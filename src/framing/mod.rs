//! A loaded choice at a place, in its voice, and what stands there elsewhere.

pub mod substitution;
pub mod usage;
