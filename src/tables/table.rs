//! What is known of a table besides its rows.

use std::io;

use crate::analysis::findings::Findings;

use super::row::{Cells, Column, TableOptions};

/// What takes one row after the other.
pub type TakeRow<'t> = &'t mut dyn FnMut(&dyn Cells) -> io::Result<()>;

/// A table: its file stem, what a row is, its columns, and how its rows are written.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// File stem in `tables/`.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// When it is written.
    pub when: When,
    /// Writes header and rows as CSV and says how many rows.
    pub write: fn(&Findings<'_>, TableOptions, &mut dyn io::Write) -> io::Result<u64>,
    /// Hands over its rows one by one, and stops at the first error.
    pub each: fn(&Findings<'_>, TakeRow<'_>) -> io::Result<()>,
}

/// When a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In every run that writes tables.
    Always,
    /// When pairs are asked for.
    WithPairs,
    /// When whole texts are asked for.
    WithTexts,
}
