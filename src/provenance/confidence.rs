//! How sure an order is: a table of cases, which orders rows and is no probability.

use crate::corpus::article::Article;

use super::order::{days_apart, is_guessed};

/// One of the cases, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// Date and credit agree, or times at least an hour apart.
    pub const HIGHEST: Self = Self(90);
    /// Days apart that are no neighbours.
    pub const DAYS: Self = Self(80);
    /// A stated credit alone, or times less than an hour apart: clocks and feeds differ by minutes.
    pub const CREDIT: Self = Self(70);
    /// Neighbouring days: an evening paper and a morning paper, or two time zones.
    pub const NEXT_DAY: Self = Self(60);
    /// A credit for the whole article, not beside the words.
    pub const ARTICLE_CREDIT: Self = Self(50);
    /// A date that was guessed from an address, a page or the name of a file.
    pub const GUESSED: Self = Self(40);
    /// The earliest credits somebody else; a date speaks against the credit; articles without a date have the passage as well.
    pub const CARRIED: Self = Self(30);
    /// Another article of the passage credits the source.
    pub const COMMON_SOURCE: Self = Self(30);
    /// A part of the longer article, beside a date or credit.
    pub const CONTAINMENT: Self = Self(20);

    /// From 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// Of the order that two dates tell, `credited` where the later article credits the earlier one's outlet as well.
pub(super) fn of_dates(a: &Article, b: &Article, credited: bool) -> Confidence {
    let Some((first, second)) = a.published_at.zip(b.published_at) else { return Confidence::CARRIED };
    let told = match first.hours_to(second) {
        Some(hours) if hours.abs() >= 1.0 => Confidence::HIGHEST,
        Some(_) => Confidence::CREDIT,
        None if days_apart(first, second) > 1 => Confidence::DAYS,
        None => Confidence::NEXT_DAY,
    };
    match (credited, is_guessed(a.date_basis) || is_guessed(b.date_basis)) {
        (true, false) => Confidence::HIGHEST,
        (true, true) => Confidence::CREDIT,
        (false, true) => told.min(Confidence::GUESSED),
        (false, false) => told,
    }
}

/// Of a stated source outside the articles.
pub(super) const fn pair_of_credit(in_passage: bool) -> Confidence {
    if in_passage { Confidence::CREDIT } else { Confidence::ARTICLE_CREDIT }
}
