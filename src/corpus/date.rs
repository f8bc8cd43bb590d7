//! Dates with the precision they were given in; never a guess passed off as a fact.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

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

/// Which of two numbers is the day in dates that leave it open (`03/04/2021`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// Nobody said: such dates are not read.
    #[default]
    Unknown,
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// Why a date is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// It is in no form that is known.
    Unreadable,
    /// Its day could be its month.
    TwoWays,
    /// Its year is a typing error or the zero of a computer's clock.
    Absurd,
}

/// A publication date: the first moment of its period in UTC, and how long the period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedAt {
    start: civil::DateTime,
    precision: Precision,
}

/// Years outside this range are refused: they are typing errors or defaults.
const YEARS: std::ops::RangeInclusive<i16> = 1450..=2200;

/// Names of months in the languages of the exports that are read, without the full stop of an abbreviation.
static MONTHS: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| {
    let rows = include_str!("../../lexicons/months.csv").lines().skip(1).filter_map(|row| row.split_once(','));
    rows.map(|(name, month)| (name, month.parse().expect("the shipped list is tested"))).collect()
});

/// Words that may stand before a date without changing what it is.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "published", "posted", "date", "on", "first", "am", "le", "el", "den", "vom", "del", "il", "op", "em", "veröffentlicht", "erschienen",
    "publié", "publicado", "pubblicato", "gepubliceerd", "datum", "fecha", "data",
];

/// Words inside a date: `28 de diciembre de 2021`, `28th of December, 2021`.
const BETWEEN: &[&str] = &["de", "of", "del", "di", "du", "the"];

/// Words of the time of day and its zone, which may stand before a last year: `Tue Dec 28 10:15:00 GMT 2021`.
const TIME: &[&str] = &[
    "at", "um", "uhr", "h", "am", "pm", "a", "m", "p", "gmt", "utc", "z", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt",
    "pst", "pdt", "bst", "cet", "cest", "eet", "eest", "msk", "ist", "jst",
];

impl PublishedAt {
    /// Reads ISO 8601 (`2021`, `2021-12`, `2021-12-28`, `20211228`, with time and offset), RFC 2822, and dates with the name of
    /// a month (`28 December 2021`, `Dec. 28, 2021 Tuesday`, `28 de diciembre de 2021`), with whatever time of day follows.
    /// Of dates of numbers alone (`28/12/2021`, `28.12.2021`) those are read whose day is certain, or given by `order`; dotted
    /// ones have the day first wherever they are written. A time without an offset is good to the day only.
    ///
    /// # Errors
    /// Says why it is none.
    pub fn read(given: &str, order: DateOrder) -> Result<Self, DateFault> {
        let given = given.trim();
        let found = match Self::iso_part(given).or_else(|| Self::instant(given)).or_else(|| Self::named_month(given)) {
            Some(found) => found,
            None => Self::numbers(given, order)?,
        };
        let zero = found.precision == Precision::Second && found.start == civil::date(1970, 1, 1).at(0, 0, 0, 0);
        if zero || !YEARS.contains(&found.start.year()) { Err(DateFault::Absurd) } else { Ok(found) }
    }

    /// A calendar day.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = civil::Date::new(year, month, day).ok().filter(|_| YEARS.contains(&year))?;
        Some(Self::at(date, Precision::Day))
    }

    fn at(date: civil::Date, precision: Precision) -> Self {
        Self { start: date.at(0, 0, 0, 0), precision }
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
        Some(Self::at(civil::Date::new(number(0)?, month, day).ok()?, precision))
    }

    fn instant(given: &str) -> Option<Self> {
        let utc = |t: jiff::Timestamp| Self { start: t.to_zoned(jiff::tz::TimeZone::UTC).datetime(), precision: Precision::Second };
        if let Ok(timestamp) = given.parse::<jiff::Timestamp>() {
            return Some(utc(timestamp));
        }
        if let Ok(zoned) = rfc2822::DateTimeParser::new().parse_zoned(given) {
            return Some(utc(zoned.timestamp()));
        }
        if given.len() >= 8 && given.bytes().all(|b| b.is_ascii_digit()) {
            return match given.len() {
                // Seconds and milliseconds since 1970: numbers of that size are nothing else.
                10 => Some(utc(jiff::Timestamp::from_second(given.parse().ok()?).ok()?)),
                13 => Some(utc(jiff::Timestamp::from_millisecond(given.parse().ok()?).ok()?)),
                8 | 12 | 14 => Some(Self::at(civil::Date::strptime("%Y%m%d", given.get(..8)?).ok()?, Precision::Day)),
                _ => None,
            };
        }
        // A local time without an offset is good to the day only.
        let local: civil::DateTime = given.parse().or_else(|_| given.replace(' ', "T").parse()).ok()?;
        Some(Self::at(local.date(), Precision::Day))
    }

    /// Day, month by name and year in any order but that the year stands last or first; what follows a last year is a time.
    fn named_month(given: &str) -> Option<Self> {
        let lower = given.to_lowercase();
        // What holds a colon is a time of day, what starts with a sign its offset.
        let tokens = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).map(|token| token.trim_end_matches(':'));
        let dated = tokens.filter(|token| !token.contains(':') && !token.starts_with(['+', '-', '−']));
        let words = dated.flat_map(|token| token.split(['.', '-', '/'])).filter(|word| !word.is_empty());
        let (mut year, mut month, mut day): (Option<i16>, Option<i8>, Option<i8>) = (None, None, None);
        let number = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == 'º' || c == 'ª').parse::<i16>().ok();
        for word in words {
            if year.is_some() && month.is_some() {
                break;
            }
            if let Some(&found) = MONTHS.get(word).filter(|_| month.is_none()) {
                month = Some(found);
            } else if let Some(found) = number(word) {
                match (word.len() == 4 && found > 31, found) {
                    (true, _) if year.is_none() => year = Some(found),
                    (false, 1..=31) if day.is_none() => day = i8::try_from(found).ok(),
                    // A second number could be the day as well.
                    _ => return None,
                }
            } else {
                // Words that do not belong to a date make something else of its numbers: "5 things to know in March 2021".
                let fits = match (day, month) {
                    (None, None) => BEFORE.contains(&word) || is_weekday(word),
                    (_, None) => BETWEEN.contains(&word),
                    (_, Some(_)) => BETWEEN.contains(&word) || TIME.contains(&word) || is_weekday(word),
                };
                if !fits {
                    return None;
                }
            }
        }
        let (year, month) = (year?, month?);
        // The year stood first: the day follows the month.
        let day = day.or_else(|| {
            let after = lower.split(|c: char| !c.is_alphanumeric()).skip_while(|w| MONTHS.get(w).is_none()).nth(1)?;
            lower.trim_start().starts_with(&year.to_string()).then(|| after.parse().ok())?
        });
        match day {
            Some(day) => Some(Self::at(civil::Date::new(year, month, day).ok()?, Precision::Day)),
            None => Some(Self::at(civil::Date::new(year, month, 1).ok()?, Precision::Month)),
        }
    }

    /// Three numbers between `/`, `.` or `-`, then perhaps a time.
    fn numbers(given: &str, order: DateOrder) -> Result<Self, DateFault> {
        let given = without_lead(given);
        let date = given.split([' ', 'T', ',']).next().unwrap_or("");
        let parts: Vec<&str> = date.trim_end_matches('.').split(['/', '.', '-']).collect();
        let [first, second, third] = parts[..] else { return Err(DateFault::Unreadable) };
        let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten();
        let (Some(a), Some(b), Some(c)) = (number(first), number(second), number(third)) else { return Err(DateFault::Unreadable) };
        let day = |year: i16, month: i16, day: i16| {
            let date =
                i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(month, day)| civil::Date::new(year, month, day).ok());
            date.map(|date| Self::at(date, Precision::Day)).ok_or(DateFault::Unreadable)
        };
        if first.len() == 4 {
            return day(a, b, c);
        }
        if third.len() != 4 || first.len() > 2 || second.len() > 2 {
            return Err(DateFault::Unreadable);
        }
        match order {
            _ if date.contains('.') || a > 12 || a == b => day(c, b, a),
            _ if b > 12 => day(c, a, b),
            DateOrder::DayFirst => day(c, b, a),
            DateOrder::MonthFirst => day(c, a, b),
            DateOrder::Unknown => Err(DateFault::TwoWays),
        }
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

    /// Hours from this time to another one, negative where that is earlier; `None` where one of them is no time of day.
    #[must_use]
    pub fn hours_to(self, other: Self) -> Option<f64> {
        let times = self.precision == Precision::Second && other.precision == Precision::Second;
        times.then(|| other.start.duration_since(self.start).as_secs_f64() / 3600.0)
    }

    /// Days since 1970-01-01: with the time of day where that is known, the middle of the day where it is not; `None` where not
    /// even the day is.
    #[must_use]
    pub fn moment(self) -> Option<f64> {
        let day = self.days().0 as f64;
        let since_midnight = || self.start.duration_since(self.start.date().at(0, 0, 0, 0)).as_secs_f64() / 86_400.0;
        match self.precision {
            Precision::Year | Precision::Month => None,
            Precision::Day => Some(day + 0.5),
            Precision::Second => Some(day + since_midnight()),
        }
    }

    /// The calendar day that lies so many days after 1970-01-01, as ISO 8601; `None` where there is none.
    #[must_use]
    pub fn day_of(days: i64) -> Option<String> {
        let span = jiff::Span::new().try_days(days).ok()?;
        Some(civil::date(1970, 1, 1).checked_add(span).ok()?.to_string())
    }

    /// The date as text that sorts as dates do: its first moment to the nanosecond, and how exactly it is known.
    #[must_use]
    pub fn key(self) -> String {
        let (date, time, precision) = (self.start.date(), self.start.time(), self.precision as u8);
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        format!("{date}T{hour:02}:{minute:02}:{second:02}.{:09}/{precision}", time.subsec_nanosecond())
    }

    /// The calendar day on which the period starts, as ISO 8601.
    #[must_use]
    pub fn first_day(self) -> String {
        self.start.date().to_string()
    }
}

/// Which of the first two numbers of a date is the day, where the date itself shows it: evidence for others of the same source.
#[must_use]
pub fn order_shown(given: &str) -> DateOrder {
    let mut parts = without_lead(given.trim()).split('/').map(str::parse::<u8>);
    match (parts.next(), parts.next()) {
        (Some(Ok(13..=31)), Some(Ok(1..=12))) => DateOrder::DayFirst,
        (Some(Ok(1..=12)), Some(Ok(13..=31))) => DateOrder::MonthFirst,
        _ => DateOrder::Unknown,
    }
}

/// A date without the words before it that change nothing: `Veröffentlicht am 29.12.2021`, `Wed 29/12/2021`.
fn without_lead(given: &str) -> &str {
    let mut rest = given;
    while let Some((first, behind)) = rest.split_once(char::is_whitespace) {
        let word = first.trim_end_matches([',', '.', ':']).to_lowercase();
        if !BEFORE.contains(&word.as_str()) && !is_weekday(&word) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    #[rustfmt::skip]
    const OTHERS: &[&str] = &[
        "mittwoch", "mi", "mo", "do", "fr", "sa", "so", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "lunedì",
        "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "dimanche", "maandag", "dinsdag", "woensdag", "donderdag",
        "vrijdag", "zaterdag", "zondag", "segunda", "terça", "quarta", "quinta", "sexta", "feira",
    ];
    OTHERS.contains(&word)
        || word.ends_with("day")
        || word.ends_with("tag")
        || word.ends_with("di")
        || DAYS.iter().any(|day| word.starts_with(day) && word.len() < 6)
}

impl PublishedAt {
    /// As people read it: `2019-06-03 18:25 UTC`, or less where less is known.
    #[must_use]
    pub fn said(&self) -> String {
        match self.precision {
            Precision::Second => format!("{} {:02}:{:02} UTC", self.start.date(), self.start.hour(), self.start.minute()),
            _ => self.to_string(),
        }
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
    use super::{DateFault, DateOrder, PublishedAt};

    #[test]
    fn periods_in_days() {
        let days = |given| PublishedAt::read(given, DateOrder::Unknown).unwrap().days();
        assert_eq!(days("1970-01-02"), (1, 1));
        assert_eq!(days("1969-12"), (-31, -1));
        assert_eq!(days("2024"), (19_723, 20_088));
        assert_eq!(days("2021-12-29T04:30:00Z"), days("2021-12-29"));
    }

    #[test]
    fn hours_between_times_only() {
        let hours = |a, b| PublishedAt::read(a, DateOrder::Unknown).unwrap().hours_to(PublishedAt::read(b, DateOrder::Unknown).unwrap());
        assert_eq!(hours("2021-12-29T04:30:00Z", "2021-12-30T06:00:00Z"), Some(25.5));
        assert_eq!(hours("2021-12-29T04:30:00Z", "2021-12-29T01:30:00-02:00"), Some(-1.0));
        assert_eq!(hours("2021-12-29", "2021-12-30T06:00:00Z"), None);
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
            ("March 9, 1916", Some(("1916-03-09", "day"))),
            ("Mar 9, 1916", Some(("1916-03-09", "day"))),
            ("December 28, 2021 Tuesday 10:05 AM GMT", Some(("2021-12-28", "day"))),
            ("Tuesday 28th December 2021", Some(("2021-12-28", "day"))),
            ("Published Dec. 28, 2021, 6:15 p.m. ET", Some(("2021-12-28", "day"))),
            ("28 de diciembre de 2021", Some(("2021-12-28", "day"))),
            ("28. März 2021 10:05 Uhr", Some(("2021-03-28", "day"))),
            ("1er août 2021", Some(("2021-08-01", "day"))),
            ("Thu Mar 09 12:00:00 +0000 1916", Some(("1916-03-09", "day"))),
            ("2021 Dec 28", Some(("2021-12-28", "day"))),
            ("December 2021", Some(("2021-12", "month"))),
            ("19160309T120000Z", Some(("1916-03-09T12:00:00Z", "second"))),
            ("20211228", Some(("2021-12-28", "day"))),
            ("20211228101500", Some(("2021-12-28", "day"))),
            ("1640649600", Some(("2021-12-28T00:00:00Z", "second"))),
            ("28/12/2021", Some(("2021-12-28", "day"))),
            ("12/28/2021 10:00", Some(("2021-12-28", "day"))),
            ("05/05/2021", Some(("2021-05-05", "day"))),
            ("03.04.2021", Some(("2021-04-03", "day"))),
            ("2021/12/28", Some(("2021-12-28", "day"))),
            ("Mittwoch, 29. Dezember 2021", Some(("2021-12-29", "day"))),
            ("Mi, 29. Dez. 2021", Some(("2021-12-29", "day"))),
            ("miércoles, 29 de diciembre de 2021", Some(("2021-12-29", "day"))),
            ("mercoledì 29 dicembre 2021", Some(("2021-12-29", "day"))),
            ("quarta-feira, 29 de dezembro de 2021", Some(("2021-12-29", "day"))),
            ("dinsdag 28 december 2021", Some(("2021-12-28", "day"))),
            ("Publié le 28 décembre 2021 à 10h05", Some(("2021-12-28", "day"))),
            ("Veröffentlicht am 29.12.2021", Some(("2021-12-29", "day"))),
            ("Wed 29/12/2021", Some(("2021-12-29", "day"))),
            ("Mis à jour le 28 décembre 2021", None),
            ("Stand: 29.12.2021", None),
            ("28/12/21", None),
            ("Updated December 28, 2021", None),
            ("The march of 2021", None),
            ("5 things to know in March 2021", None),
            ("10 am December 28, 2021", None),
            ("10 December 28, 2021", None),
            ("On March 5 the troops of 2021", None),
            ("28th of December, 2021", Some(("2021-12-28", "day"))),
            ("28-Dec-2021 10:15", Some(("2021-12-28", "day"))),
            ("Thu Mar 09 12:00:00 -0500 1916", Some(("1916-03-09", "day"))),
            ("Tue Dec 28 10:15:00 GMT 2021", Some(("2021-12-28", "day"))),
            ("February 30, 2021", None),
            ("03/04/2021", None),
            ("2021-13", None),
            ("0021-01-01", None),
            ("yesterday", None),
            ("", None),
        ] {
            let found = PublishedAt::read(given, DateOrder::Unknown).ok();
            let shown = found.map(|d| (d.to_string(), d.precision().as_str()));
            assert_eq!(shown.as_ref().map(|(d, p)| (d.as_str(), *p)), expected, "{given}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_read() {
        let read = |given, order| PublishedAt::read(given, order).map(|date| date.to_string());
        assert_eq!(read("03/04/2021", DateOrder::Unknown), Err(DateFault::TwoWays));
        assert_eq!(read("03/04/2021", DateOrder::DayFirst).as_deref(), Ok("2021-04-03"));
        assert_eq!(read("03/04/2021", DateOrder::MonthFirst).as_deref(), Ok("2021-03-04"));
        assert_eq!(read("1970-01-01T00:00:00Z", DateOrder::Unknown), Err(DateFault::Absurd));
        assert_eq!(read("0021-01-01", DateOrder::Unknown), Err(DateFault::Absurd));
        assert_eq!(read("9999-12-31", DateOrder::Unknown), Err(DateFault::Absurd));
        assert_eq!(read("44558", DateOrder::Unknown), Err(DateFault::Unreadable));
    }
}
