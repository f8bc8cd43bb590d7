//! Where the words came from: stated sources, earliest witnesses, the ways of one quotation.

pub mod confidence;
pub mod credit;
#[cfg(test)]
mod credit_tests;
mod credit_words;
pub mod drift;
mod line;
mod mention;
mod names;
pub mod order;
pub mod origin;
#[cfg(test)]
mod origin_tests;
pub mod passage_credits;
pub mod quote_group;
pub mod quote_link;
mod running;
mod source_names;
pub mod speakers;
mod stretch;
