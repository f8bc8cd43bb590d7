//! Dates with the precision they were given in; never a guess passed off as a fact.

use std::fmt;

use jiff::civil;
use jiff::fmt::rfc2822;

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Year only.
    Year,
    /// Year and month.
    Month,
    /// Calendar day.
    Day,
    /// A time of day in UTC.
    Second,
}

impl Precision {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Second => "second",
        }
    }
}

/// A publication date: the first moment of its period in UTC, and how long the period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedAt {
    start: civil::DateTime,
    precision: Precision,
}

/// Years outside this range are refused: they are typing errors or epoch defaults.
const YEARS: std::ops::RangeInclusive<i16> = 1450..=2200;

impl PublishedAt {
    /// Reads ISO 8601 (`2021`, `2021-12`, `2021-12-28`, with time and offset), RFC 2822, `28 December 2021` and
    /// `December 28, 2021`. Forms that leave day and month open (`03/04/2021`) are not read: `None`.
    #[must_use]
    pub fn parse(given: &str) -> Option<Self> {
        let given = given.trim();
        let found = Self::iso_part(given).or_else(|| Self::instant(given)).or_else(|| {
            ["%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%A, %d %B %Y", "%A, %B %d, %Y"].iter().find_map(|form| {
                let date = civil::Date::strptime(form, given).ok()?;
                Some(Self { start: date.at(0, 0, 0, 0), precision: Precision::Day })
            })
        })?;
        YEARS.contains(&found.start.year()).then_some(found)
    }

    fn iso_part(given: &str) -> Option<Self> {
        let parts: Vec<&str> = given.split('-').collect();
        if !parts.iter().zip([4, 2, 2]).all(|(part, width)| part.len() == width && part.bytes().all(|b| b.is_ascii_digit())) {
            return None;
        }
        let number = |i: usize| parts.get(i).map_or(Some(1), |part| part.parse::<i16>().ok());
        let (month, day) = (i8::try_from(number(1)?).ok()?, i8::try_from(number(2)?).ok()?);
        let precision = match parts.len() {
            1 => Precision::Year,
            2 => Precision::Month,
            3 => Precision::Day,
            _ => return None,
        };
        Some(Self { start: civil::Date::new(number(0)?, month, day).ok()?.at(0, 0, 0, 0), precision })
    }

    fn instant(given: &str) -> Option<Self> {
        let utc = |t: jiff::Timestamp| Self { start: t.to_zoned(jiff::tz::TimeZone::UTC).datetime(), precision: Precision::Second };
        if let Ok(timestamp) = given.parse::<jiff::Timestamp>() {
            return Some(utc(timestamp));
        }
        if let Ok(zoned) = rfc2822::DateTimeParser::new().parse_zoned(given) {
            return Some(utc(zoned.timestamp()));
        }
        // A local time without an offset is good to the day only.
        let local: civil::DateTime = given.replace(' ', "T").parse().ok()?;
        Some(Self { start: local.date().at(0, 0, 0, 0), precision: Precision::Day })
    }

    /// How exactly it is known.
    #[must_use]
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// First and last calendar day of the period, as days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> (i64, i64) {
        let first = self.start.date();
        let last = match self.precision {
            Precision::Year => first.last_of_year(),
            Precision::Month => first.last_of_month(),
            Precision::Day | Precision::Second => first,
        };
        let day = |date: civil::Date| date.at(0, 0, 0, 0).duration_since(civil::date(1970, 1, 1).at(0, 0, 0, 0)).as_hours() / 24;
        (day(first), day(last))
    }

    /// The calendar day on which the period starts, as ISO 8601.
    #[must_use]
    pub fn first_day(self) -> String {
        self.start.date().to_string()
    }
}

impl fmt::Display for PublishedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{:04}", self.start.year()),
            Precision::Month => write!(f, "{:04}-{:02}", self.start.year(), self.start.month()),
            Precision::Day => write!(f, "{}", self.start.date()),
            Precision::Second => write!(f, "{}Z", self.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PublishedAt;

    #[test]
    fn periods_in_days() {
        let days = |given| PublishedAt::parse(given).unwrap().days();
        assert_eq!(days("1970-01-02"), (1, 1));
        assert_eq!(days("1969-12"), (-31, -1));
        assert_eq!(days("2024"), (19_723, 20_088));
        assert_eq!(days("2021-12-29T04:30:00Z"), days("2021-12-29"));
    }

    #[test]
    fn forms() {
        for (given, expected) in [
            ("2021-12", Some(("2021-12", "month"))),
            ("2021", Some(("2021", "year"))),
            ("2021-12-28", Some(("2021-12-28", "day"))),
            ("2021-12-28T23:30:00-05:00", Some(("2021-12-29T04:30:00Z", "second"))),
            ("2021-12-28 10:00:00", Some(("2021-12-28", "day"))),
            ("December 28, 2021", Some(("2021-12-28", "day"))),
            ("28 December 2021", Some(("2021-12-28", "day"))),
            ("Tue, 28 Dec 2021 10:00:00 GMT", Some(("2021-12-28T10:00:00Z", "second"))),
            ("03/04/2021", None),
            ("2021-13", None),
            ("0021-01-01", None),
            ("yesterday", None),
            ("", None),
        ] {
            let found = PublishedAt::parse(given);
            let shown = found.map(|d| (d.to_string(), d.precision().as_str()));
            assert_eq!(shown.as_ref().map(|(d, p)| (d.as_str(), *p)), expected, "{given}");
        }
    }
}
