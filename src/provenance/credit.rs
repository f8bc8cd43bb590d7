//! Sources that an article states: whose report it is, who told it, who took the picture.

use crate::text::span::{Byte, Span};

/// What is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditKind {
    /// A news agency or a wire service.
    Agency,
    /// Another outlet.
    Outlet,
    /// A person: a by-line.
    Person,
    /// Whoever made a picture.
    Photo,
}

/// How a source is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditForm {
    /// `Shafaq news agency reported`.
    Report,
    /// `told Iraq's al-Maluma news agency`.
    Told,
    /// `(AP)`, alone or in a dateline.
    Tag,
    /// `By Jane Roe`, `By United Press`.
    Byline,
    /// `Copyright 2021 The Associated Press`.
    Copyright,
    /// `(Photo: Reuters)`.
    Photo,
}

/// A stated source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// What is credited.
    pub kind: CreditKind,
    /// How.
    pub form: CreditForm,
    /// Its usual name where a list knows it, otherwise as printed.
    pub name: String,
    /// The words that credit it; `None` where a field of the record does, such as the by-line.
    pub span: Option<Span<Byte>>,
}
