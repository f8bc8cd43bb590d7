//! Who is quoted, and what became of each quotation.

use askama::Template;

use super::allowance::Allowance;
use super::context::Context;

/// The section.
#[derive(Template)]
#[template(path = "html/quotes.html")]
struct Quotes {}

/// The section.
pub(super) fn section(_: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    Quotes {}.render()
}
