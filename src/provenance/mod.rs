//! Where the words came from: stated sources, earliest witnesses, the ways of one quotation.

pub mod credit;
pub mod drift;
pub mod origin;
pub mod quote_group;
pub mod quote_link;
pub mod speakers;
