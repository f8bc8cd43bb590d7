//! Files to records. Analysis does not know where articles came from: only the command line reads.

pub mod admission;
pub mod archive;
pub mod columns;
pub mod draft;
pub mod encoding;
pub mod excerpt;
pub mod files;
pub mod format;
pub mod host;
pub mod jsonl;
pub mod language;
pub mod left_alone;
pub mod limits;
pub mod notice;
pub mod oddities;
pub mod opening;
pub mod packed;
pub mod paragraph;
pub mod remarks;
pub mod sheet;
pub mod stream;
pub mod text;
