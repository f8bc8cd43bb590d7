//! What the corpus lends out: a reference to what it holds, or what was read for the asker.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use crate::text::span::{Byte, Span};

use super::document::Document;

/// A text or a document of the corpus: borrowed where it is held in memory, shared where it was read from the temporary file.
/// Whoever asks again and again for the same one keeps what was lent.
#[derive(Debug)]
pub enum Lent<'c, T: ?Sized> {
    /// The corpus holds it.
    Held(&'c T),
    /// It was read.
    Read(Arc<T>),
}

/// A text of the corpus.
pub type LentText<'c> = Lent<'c, str>;
/// A document of the corpus.
pub type LentDocument<'c> = Lent<'c, Document>;

impl<T: ?Sized> Deref for Lent<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Held(held) => held,
            Self::Read(read) => read,
        }
    }
}

impl<T: ?Sized> Clone for Lent<'_, T> {
    fn clone(&self) -> Self {
        match self {
            Self::Held(held) => Self::Held(held),
            Self::Read(read) => Self::Read(Arc::clone(read)),
        }
    }
}

impl<'c> Lent<'c, str> {
    /// Some bytes of the text.
    #[must_use]
    pub fn part(&self, bytes: Span<Byte>) -> Cow<'c, str> {
        match self {
            Self::Held(held) => Cow::Borrowed(bytes.of(held)),
            Self::Read(read) => Cow::Owned(bytes.of(read).to_owned()),
        }
    }
}
