//! What was odd about the records of one file, told once a kind.

use std::collections::BTreeMap;

use crate::corpus::date::DateOrder;
use crate::text::count::grouped;

use super::notice::Notice;

/// Something odd about a record that was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Its date is in no known form.
    DateUnreadable,
    /// Its day could be its month.
    DateTwoWays,
    /// Its year cannot be right.
    DateAbsurd,
    /// It holds characters that were decoded wrongly.
    Mojibake,
    /// Such characters were put right.
    Mended,
    /// It holds characters that do not show.
    Invisible,
    /// It holds characters that stand for quotation marks and are none.
    OddQuotes,
    /// It holds letters of another script that look like Latin ones.
    LookAlikes,
    /// Its id is that of another record of the file.
    DoubleId,
}

#[derive(Debug, Default)]
struct Count {
    records: usize,
    places: usize,
    first_line: usize,
    example: String,
}

/// Counts what was odd, so that a file of a million records with one fault gives one message.
#[derive(Debug, Default)]
pub struct Remarks {
    counts: BTreeMap<Remark, Count>,
    day_first: usize,
    month_first: usize,
}

impl Remarks {
    /// Notes something about the record at a line; `example` is what stands there, `places` how often.
    pub fn add(&mut self, remark: Remark, line: usize, example: &str, places: usize) {
        let count = self.counts.entry(remark).or_default();
        if count.records == 0 {
            count.first_line = line;
            count.example = example.chars().take(60).collect();
        }
        count.records += 1;
        count.places += places;
    }

    /// Notes the order of day and month that a date of the file shows.
    pub fn order_shown(&mut self, order: DateOrder) {
        match order {
            DateOrder::DayFirst => self.day_first += 1,
            DateOrder::MonthFirst => self.month_first += 1,
            DateOrder::Unknown => {}
        }
    }

    /// One notice a kind.
    #[must_use]
    pub fn notices(&self, name: &str) -> Vec<Notice> {
        self.counts.iter().map(|(&remark, count)| self.notice(name, remark, count)).collect()
    }

    fn notice(&self, name: &str, remark: Remark, count: &Count) -> Notice {
        let (line, example) = (count.first_line, count.example.as_str());
        let more =
            if count.records > 1 { format!(" (and {} more of this file)", grouped(count.records as u64 - 1)) } else { String::new() };
        let places = if count.places == 1 { "1 place".to_owned() } else { format!("{} places", grouped(count.places as u64)) };
        let (code, message, mend) = match remark {
            Remark::DateUnreadable => (
                "W022",
                format!("date \"{example}\" cannot be read; taken as unknown{more}"),
                "write it as 2021-12-28 (a spreadsheet: format the column as yyyy-mm-dd), or 2021-12 where only the month is known"
                    .to_owned(),
            ),
            Remark::DateAbsurd => (
                "W022",
                format!("date \"{example}\" cannot be right; taken as unknown{more}"),
                "correct the year, or leave the date blank".to_owned(),
            ),
            Remark::DateTwoWays => (
                "W024",
                format!("date \"{example}\" can be read in two ways; taken as unknown{more}{}", self.evidence()),
                "say which number is the day: --date-order dmy or --date-order mdy".to_owned(),
            ),
            Remark::Mojibake => (
                "W004",
                format!("text that was decoded wrongly before it came here, as â€™ for ’: {places}{more}"),
                "fetch it anew with the right encoding, or let --mend put it right".to_owned(),
            ),
            Remark::Mended => (
                "W004",
                format!("text that was decoded wrongly was put right: {places}{more}"),
                "offsets in the tables are those of the mended text".to_owned(),
            ),
            Remark::LookAlikes => (
                "W085",
                format!("letters of another script that look like Latin ones, inside words: {places}{more}"),
                "such a word is not the one it looks like; write it in one script if that is what was meant".to_owned(),
            ),
            Remark::Invisible => (
                "W005",
                format!("characters that do not show (zero-width, marks of direction, controls): {places}{more}"),
                "words with one inside may not be recognised; take them out if they are of no use".to_owned(),
            ),
            Remark::OddQuotes => (
                "W006",
                format!("accents or primes where quotation marks may be meant (´ ″): {places}{more}"),
                "quotations between them are not recognised; write \" or “ ”".to_owned(),
            ),
            Remark::DoubleId => {
                ("W027", format!("id {example} stands twice; both are kept{more}"), "give each record an id of its own".to_owned())
            }
        };
        Notice { code, message: format!("{name}:{line}: {message}"), mend }
    }

    /// What other dates of the file show of the order of day and month.
    fn evidence(&self) -> String {
        match (self.day_first, self.month_first) {
            (0, 0) => String::new(),
            (days, 0) => format!("; in {} other dates of this file the day stands first", grouped(days as u64)),
            (0, months) => format!("; in {} other dates of this file the month stands first", grouped(months as u64)),
            (days, months) => {
                format!(
                    "; other dates of this file have the day first ({}) and the month first ({})",
                    grouped(days as u64),
                    grouped(months as u64)
                )
            }
        }
    }
}
