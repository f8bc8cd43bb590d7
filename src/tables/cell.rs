//! One value of a table: its kind and how it is written.

use std::borrow::Cow;
use std::fmt::Write;

use crate::corpus::date::PublishedAt;
use crate::digest::Digest;
use crate::id::Key;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text from sheets, pages' data or the lexicon: guarded against being read as a formula.
    Text,
    /// Words of an article as printed: guarded as well, and left empty where no article text is to be shown.
    Quoted,
    /// A stable key.
    Key,
    /// One of a fixed set of words.
    Code,
    /// A whole number.
    Integer,
    /// A number with four decimals.
    Number,
    /// `TRUE` or `FALSE`.
    Boolean,
    /// ISO 8601, as precise as it is known (`2021`, `2021-12`, `2021-12-28`, `2021-12-28T10:00:00Z`).
    Date,
}

impl Kind {
    /// As written in the dictionary.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Quoted => "text (from articles)",
            Self::Key => "key",
            Self::Code => "code",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
        }
    }
}

/// A value that can stand in a cell; a missing one is empty.
pub trait Cell {
    /// The kind of its column.
    const KIND: Kind;
    /// Whether a value may be missing. Text may be empty without being missing.
    const NULLABLE: bool = false;

    /// Writes the value as it stands in the cell, without quoting.
    fn write(&self, out: &mut String);
}

/// A word of a fixed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl Cell for Code {
    const KIND: Kind = Kind::Code;
    fn write(&self, out: &mut String) {
        out.push_str(self.0);
    }
}

impl Cell for &str {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Cell for Cow<'_, str> {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Cell for String {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Cell for Key {
    const KIND: Kind = Kind::Key;
    fn write(&self, out: &mut String) {
        let _infallible = write!(out, "{self}");
    }
}

impl Cell for Digest {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut String) {
        let _infallible = write!(out, "{self}");
    }
}

impl Cell for usize {
    const KIND: Kind = Kind::Integer;
    fn write(&self, out: &mut String) {
        let _infallible = write!(out, "{self}");
    }
}

impl Cell for u64 {
    const KIND: Kind = Kind::Integer;
    fn write(&self, out: &mut String) {
        let _infallible = write!(out, "{self}");
    }
}

impl Cell for u8 {
    const KIND: Kind = Kind::Integer;
    fn write(&self, out: &mut String) {
        let _infallible = write!(out, "{self}");
    }
}

/// Words of an article as printed, a slice of its text or built from several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quoted<T>(pub T);

impl<T: AsRef<str>> Cell for Quoted<T> {
    const KIND: Kind = Kind::Quoted;
    fn write(&self, out: &mut String) {
        out.push_str(self.0.as_ref());
    }
}

impl Cell for f64 {
    const KIND: Kind = Kind::Number;
    // A value that is no number is missing.
    const NULLABLE: bool = true;
    fn write(&self, out: &mut String) {
        if self.is_finite() {
            let _infallible = write!(out, "{self:.4}");
        }
    }
}

impl Cell for bool {
    const KIND: Kind = Kind::Boolean;
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "TRUE" } else { "FALSE" });
    }
}

impl Cell for PublishedAt {
    const KIND: Kind = Kind::Date;
    fn write(&self, out: &mut String) {
        let _infallible = write!(out, "{self}");
    }
}

impl<T: Cell> Cell for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
    fn write(&self, out: &mut String) {
        if let Some(value) = self {
            value.write(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Code, Kind, Quoted};

    fn shown(cell: &impl Cell) -> String {
        let mut out = String::new();
        cell.write(&mut out);
        out
    }

    #[test]
    fn values() {
        assert_eq!(shown(&0.5), "0.5000");
        assert_eq!(shown(&f64::NAN), "");
        assert_eq!(shown(&true), "TRUE");
        assert_eq!(shown(&None::<u64>), "");
        assert_eq!(shown(&Code("direct")), "direct");
        assert_eq!(shown(&Quoted("as printed")), "as printed");
        assert_eq!(<Option<Quoted<String>> as Cell>::KIND, Kind::Quoted);
    }
}
