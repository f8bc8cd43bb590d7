//! Loaded words and their plain counterparts: what is listed, why, and where a text has it.

pub mod balance;
pub mod builtin;
pub mod check;
pub mod difference;
mod draft;
pub mod entry;
pub mod exchange;
pub mod guard;
pub mod inflect;
pub mod load;
pub mod open;
mod overlap;
pub mod scan;
pub mod sheet;
pub mod write;
