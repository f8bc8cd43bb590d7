//! Where the words came from: stated sources, earliest witnesses, the ways of one quotation.

pub mod credit;
pub mod order;
pub mod origin;
