//! Files to records. Analysis does not know where articles came from: only the command line reads.

pub mod admission;
pub mod archive;
mod characters;
mod column_names;
pub mod columns;
pub mod delimited;
mod delimited_header;
mod delimited_row;
pub mod delivered;
pub mod delivery;
pub mod docx;
pub mod draft;
mod duplicate;
pub mod encoding;
pub mod excerpt;
mod extent;
pub mod factiva_office;
pub mod files;
pub mod format;
pub mod host;
pub mod http;
pub mod json;
mod json_dialect;
mod json_envelope;
mod json_fields;
mod json_parse;
mod json_span;
mod json_stream;
pub mod jsonl;
pub mod language;
pub mod left_alone;
pub mod limits;
pub mod markup;
pub mod nexis;
pub mod nexis_labels;
pub mod nexis_text;
pub mod notice;
pub mod oddities;
pub mod opening;
pub mod packed;
pub mod paragraph;
pub mod proquest;
pub mod proquest_fields;
pub mod remarks;
pub mod rtf;
pub mod rtf_words;
pub mod sheet;
pub mod stream;
pub mod text;
pub mod warc;
pub mod warc_records;
mod window;

#[cfg(test)]
mod delimited_tests;
#[cfg(test)]
mod json_tests;
