//! Tables: values between commas, tabs, semicolons or bars.

pub mod delimited;
pub mod header;
mod literal;
pub mod row;

#[cfg(test)]
mod tests;
