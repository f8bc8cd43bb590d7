//! Web pages: what they state, and the text of the article.

pub mod encoding;
pub mod entity;
pub mod furniture;
pub mod html;
pub mod linked_data;
pub mod markup;
pub mod meta;
pub mod segment;
pub mod shape;
pub mod tags;
