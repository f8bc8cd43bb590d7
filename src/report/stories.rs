//! The stories: which articles report the same event.

use askama::Template;

use super::allowance::Allowance;
use super::context::Context;

/// The section.
#[derive(Template)]
#[template(path = "html/stories.html")]
struct Stories {}

/// The section.
pub(super) fn section(_: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    Stories {}.render()
}
