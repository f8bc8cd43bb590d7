//! What files are packed in: gzip, ZIP, and the streams inside.

pub mod archive;
pub mod opening;
pub mod packed;
pub mod shown;
pub mod stream;
