//! Where shared text came from, as far as dates and credits tell.

use askama::Template;

use super::allowance::Allowance;
use super::context::Context;

/// The section.
#[derive(Template)]
#[template(path = "html/origins.html")]
struct Origins {}

/// The section.
pub(super) fn section(_: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    Origins {}.render()
}
