//! A text and the places in it: spans, words, sentences, paragraphs, folding. Knows nothing of articles or outlets.

pub mod count;
pub mod dateline;
pub mod fold;
pub mod formula;
pub mod language;
pub mod paragraph;
pub mod sentence;
pub mod span;
pub mod spelling;
pub mod token;
