//! Web archives: WARC.

pub mod http;
pub mod records;
pub mod warc;
