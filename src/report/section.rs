//! A section of the report: what it is called, how much of the page it may take, and how it is made.

use super::allowance::Allowance;
use super::context::Context;

/// Makes the inside of a section. Everything in it is escaped by its templates.
pub(super) type Make = fn(&Context<'_, '_>, &mut Allowance) -> askama::Result<String>;

/// A section, in order of the page.
#[derive(Clone, Copy)]
pub(super) struct Section {
    /// Its anchor.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// Hundredths of the page that it may take, besides what sections before it left over.
    pub(super) share: usize,
    pub(super) make: Make,
}
