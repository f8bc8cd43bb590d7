//! Files to records. Analysis does not know where articles came from: only the command line reads.

pub mod admission;
pub mod columns;
pub mod draft;
pub mod encoding;
pub mod entity;
pub mod excerpt;
pub mod files;
pub mod format;
pub mod furniture;
pub mod host;
pub mod html;
pub mod jsonl;
pub mod language;
pub mod limits;
pub mod linked_data;
pub mod markup;
pub mod notice;
pub mod oddities;
pub mod opening;
pub mod page_meta;
pub mod page_shape;
pub mod remarks;
pub mod segment;
pub mod sheet;
pub mod tags;
pub mod text;
