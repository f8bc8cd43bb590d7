//! Where the words came from: stated sources, earliest witnesses, the ways of one quotation.

pub mod confidence;
pub mod credit;
#[cfg(test)]
mod credit_tests;
mod credit_words;
mod line;
mod mark;
mod mention;
mod names;
pub mod order;
pub mod origin;
#[cfg(test)]
mod origin_tests;
pub mod passage_credits;
mod running;
mod source_names;
mod stretch;
