//! Files to records. Analysis does not know where articles came from: only the command line reads.

pub mod files;
pub mod jsonl;
pub mod sheet;
pub mod text;
