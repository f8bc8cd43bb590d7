//! Who published what; the owner of all text. Everything else holds ids and spans into it.

pub mod article;
pub mod budget;
pub mod builder;
pub mod collection;
pub mod date;
pub mod document;
pub mod furniture;
pub mod lent;
pub mod locus;
pub mod mask;
pub mod outlet;
pub mod outlet_names;
mod packed;
pub mod record;
pub mod recurring;
mod spool;
mod store;
pub mod vocabulary;
pub mod without;
