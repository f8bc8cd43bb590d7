//! Forms in which results go to other programs: all follow from the tables and their columns.

pub mod datapackage;
pub mod gexf;
pub mod graph;
pub mod json_lines;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod readme;
pub mod report_json;
pub mod schema;
pub mod workbook;
