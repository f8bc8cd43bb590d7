//! The entries that were found, with reasons, sources and dissent.

use askama::Template;

use super::allowance::Allowance;
use super::context::Context;

/// The section.
#[derive(Template)]
#[template(path = "html/lexicon.html")]
struct Lexicon {}

/// The section.
pub(super) fn section(_: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    Lexicon {}.render()
}
