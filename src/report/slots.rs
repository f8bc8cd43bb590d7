//! The same sentence in different words.

use askama::Template;

use super::allowance::Allowance;
use super::context::{Context, Figure};

/// The section.
#[derive(Template)]
#[template(path = "html/slots.html")]
struct Slots<'c> {
    ladder: Option<Figure<'c>>,
}

/// The section of slots: the ladder.
pub(super) fn section(context: &Context<'_, '_>, _: &mut Allowance) -> askama::Result<String> {
    Slots { ladder: context.figure("substitutions") }.render()
}
