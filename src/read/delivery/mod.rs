//! Deliveries of databases: Nexis, Factiva, ProQuest.

pub mod delivered;
pub mod factiva_html;
pub mod factiva_office;
pub mod kind;
pub mod nexis;
pub mod nexis_labels;
pub mod nexis_text;
pub mod proquest;
pub mod proquest_fields;
