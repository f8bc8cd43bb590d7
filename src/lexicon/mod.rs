//! Loaded words and their plain counterparts: what is listed, why, and where a text has it.

pub mod builtin;
pub mod check;
pub mod entry;
pub mod guard;
pub mod inflect;
pub mod load;
pub mod scan;
pub mod write;
