//! XML: feeds, NewsML, NITF.

pub mod feed;
pub mod newsml;
pub mod nitf;
pub mod root;
pub mod tree;
