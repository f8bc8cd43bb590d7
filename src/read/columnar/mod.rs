//! Files that keep their records by column: Parquet, in builds with the feature `parquet`; others know one when they see it.

#[cfg(feature = "parquet")]
pub mod chunk;
#[cfg(feature = "parquet")]
pub mod compact;
#[cfg(feature = "parquet")]
pub mod footer;
pub mod mark;
#[cfg(feature = "parquet")]
pub mod records;
#[cfg(feature = "parquet")]
pub mod weight;
