//! The same passage in several papers: word n-grams in common, chained, aligned, clustered, laid side by side.
//!
//! The stages are pure functions over rows (`fingerprint → postings → candidate → align → cluster → collate`); which
//! threads or machines run them is decided elsewhere.

pub mod accept;
pub mod align;
pub mod alignment;
pub mod anchor;
pub mod candidate;
pub mod cluster;
pub mod collate;
pub mod collation;
pub mod copies;
pub mod fingerprint;
mod lengths;
pub mod long_settings;
pub mod nearness;
pub mod pair;
pub mod paraphrase;
pub mod postings;
pub mod profile;
pub mod quote_variant;
pub mod rare_stems;
pub mod repeats;
pub mod retelling;
pub mod runs;
pub mod settings;
pub mod stem;
pub mod story;
pub mod story_groups;
pub mod story_label;
mod story_links;
mod story_merge;
pub mod story_settings;
pub mod story_terms;
