//! JSON: documents, lines, and the dialects of those who write them.

pub mod dialect;
pub mod document;
pub mod envelope;
pub mod fields;
pub mod lines;
pub mod parse;
pub mod span;
pub mod stream;

#[cfg(test)]
mod tests;
