//! Files of word processors, as paragraphs.

pub mod docx;
pub mod paragraph;
pub mod rtf;
pub mod rtf_words;
