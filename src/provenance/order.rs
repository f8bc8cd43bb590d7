//! Which of two articles was published first, as far as their dates tell.

use std::cmp::Ordering;

use crate::corpus::article::Article;
use crate::corpus::date::PublishedAt;
use crate::corpus::record::DateBasis;

/// How one article stands to another in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// The first was published before the second.
    Before,
    /// The first was published after the second.
    After,
    /// Nothing tells.
    Undecided,
}

impl Order {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Undecided => "undecided",
        }
    }
}

/// On what grounds one article is said to be earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderBasis {
    /// Times of publication.
    Timestamp,
    /// Days of publication, or months or years that do not touch.
    Day,
    /// One credits the other.
    StatedCredit,
    /// Nothing tells.
    Unknown,
}

impl OrderBasis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timestamp => "timestamp",
            Self::Day => "day",
            Self::StatedCredit => "stated_credit",
            Self::Unknown => "unknown",
        }
    }
}

/// The order of two articles by their dates alone, each with the precision it was given in: two times tell, and so do periods
/// that share no day. Two dates on one day are undecided unless both are times, and so are a month and a day inside it.
#[must_use]
pub fn order(a: &Article, b: &Article) -> (Order, OrderBasis) {
    match a.published_at.zip(b.published_at) {
        Some((a, b)) => by_dates(a, b),
        None => (Order::Undecided, OrderBasis::Unknown),
    }
}

/// The same for two dates.
#[must_use]
pub fn by_dates(a: PublishedAt, b: PublishedAt) -> (Order, OrderBasis) {
    if let Some(hours) = a.hours_to(b) {
        return match hours.total_cmp(&0.0) {
            Ordering::Greater => (Order::Before, OrderBasis::Timestamp),
            Ordering::Less => (Order::After, OrderBasis::Timestamp),
            Ordering::Equal => (Order::Undecided, OrderBasis::Unknown),
        };
    }
    let ((a_first, a_last), (b_first, b_last)) = (a.days(), b.days());
    if a_last < b_first {
        (Order::Before, OrderBasis::Day)
    } else if b_last < a_first {
        (Order::After, OrderBasis::Day)
    } else {
        (Order::Undecided, OrderBasis::Unknown)
    }
}

/// Days between two periods: 0 where they touch, 1 from one day to the next.
#[must_use]
pub fn days_apart(a: PublishedAt, b: PublishedAt) -> i64 {
    let ((a_first, a_last), (b_first, b_last)) = (a.days(), b.days());
    (b_first - a_last).max(a_first - b_last).max(0)
}

/// Whether a date was read from something else than a statement of when the article appeared: the address, the file's name, an
/// element of the page.
#[must_use]
pub const fn is_guessed(basis: DateBasis) -> bool {
    matches!(basis, DateBasis::Url | DateBasis::FileName | DateBasis::TimeElement | DateBasis::Meta)
}

#[cfg(test)]
mod tests {
    use super::{Order, OrderBasis, by_dates, days_apart};
    use crate::corpus::date::{DateOrder, PublishedAt};

    fn read(given: &str) -> PublishedAt {
        PublishedAt::read(given, DateOrder::Unknown).unwrap()
    }

    #[test]
    fn orders_and_their_grounds() {
        use Order::{After, Before, Undecided};
        use OrderBasis::{Day, Timestamp, Unknown};
        for (a, b, order, basis, days) in [
            ("2021-12-28T10:00:00Z", "2021-12-28T10:00:01Z", Before, Timestamp, 0),
            ("2021-12-28T10:00:00Z", "2021-12-28T10:00:00Z", Undecided, Unknown, 0),
            // An hour of the one and the day of the other do not tell within that day.
            ("2021-12-28T01:00:00Z", "2021-12-28", Undecided, Unknown, 0),
            ("2021-12-28", "2021-12-28", Undecided, Unknown, 0),
            ("2021-12-28", "2021-12-29", Before, Day, 1),
            ("2021-12-29T23:00:00Z", "2021-12-28", After, Day, 1),
            // The seeds: months that do not touch.
            ("2021-12", "2021-07", After, Day, 123),
            ("2021-12", "2021-12-28", Undecided, Unknown, 0),
            ("2021", "2021-12", Undecided, Unknown, 0),
            ("2021", "2022", Before, Day, 1),
        ] {
            assert_eq!(by_dates(read(a), read(b)), (order, basis), "{a} {b}");
            assert_eq!(days_apart(read(a), read(b)), days, "{a} {b}");
            let turned = match order {
                Before => After,
                After => Before,
                Undecided => Undecided,
            };
            assert_eq!(by_dates(read(b), read(a)), (turned, basis), "{b} {a}");
        }
    }
}
