//! The table of pairs of articles that share words.

use crate::analysis::findings::Findings;
use crate::corpus::article::Article;
use crate::corpus::date::PublishedAt;
use crate::id::Key;
use crate::provenance::order::{Order, OrderBasis, by_dates, days_apart};

use super::cell::Code;
use super::row::row;

row! {
    /// Two articles of two outlets that share words. Of a text that more than eight articles print, the first stands for all,
    /// and each other stands beside that one only (copy_of in articles.csv).
    pub struct PairRow<'f> {
        /// The article of the outlet that comes first by name.
        article_a: Key,
        /// The other.
        article_b: Key,
        /// Outlet of a.
        outlet_a: &'f str,
        /// Outlet of b.
        outlet_b: &'f str,
        /// Whether both report one story (articles.csv).
        same_story: bool,
        /// Words of a that are aligned with an equal word of b, each once.
        shared_words: u64,
        /// shared_words / words of a.
        share_of_a: Option<f64>,
        /// shared_words / words of b.
        share_of_b: Option<f64>,
        /// Those that are the narrator's in both.
        shared_narrator: u64,
        /// Those inside quotation marks in both. The rest is reported speech, or stands in two voices.
        shared_direct: u64,
        /// Hours between both; a multiple of 24 where only days are known; empty where a day is not.
        hours_apart: Option<f64>,
        /// Which was published first: a_first, b_first, same (time, or day where a time is not known) or unknown. No order says
        /// by itself who took the words from whom.
        order: Code,
        /// What tells: timestamp, day or unknown.
        order_basis: Code,
    }
}

/// Rows in order of both articles.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = PairRow<'f>> {
    let corpus = findings.corpus;
    findings.overlaps.iter().map(move |pair| {
        let (a, b) = (corpus.article(pair.left), corpus.article(pair.right));
        let share = |id: crate::id::ArticleId| {
            let words: u64 = findings.articles[id.index()].words.iter().sum();
            (words > 0).then(|| pair.shared as f64 / words as f64)
        };
        let (order, basis) = order(a, b);
        PairRow {
            article_a: a.key,
            article_b: b.key,
            outlet_a: &corpus.outlet(a.outlet).name,
            outlet_b: &corpus.outlet(b.outlet).name,
            same_story: findings.stories.of(pair.left) == findings.stories.of(pair.right),
            shared_words: pair.shared,
            share_of_a: share(pair.left),
            share_of_b: share(pair.right),
            shared_narrator: pair.narrator,
            shared_direct: pair.direct,
            hours_apart: a.published_at.zip(b.published_at).and_then(|(a, b)| hours_apart(a, b)),
            order: Code(order),
            order_basis: Code(basis.as_str()),
        }
    })
}

fn is_one_day(date: PublishedAt) -> bool {
    let (first, last) = date.days();
    first == last
}

fn hours_apart(a: PublishedAt, b: PublishedAt) -> Option<f64> {
    let by_days = || (is_one_day(a) && is_one_day(b)).then(|| 24.0 * days_apart(a, b) as f64);
    a.hours_to(b).map(f64::abs).or_else(by_days)
}

/// The order as the table words it, and what tells it.
fn order(a: &Article, b: &Article) -> (&'static str, OrderBasis) {
    let Some((a, b)) = a.published_at.zip(b.published_at) else { return ("unknown", OrderBasis::Unknown) };
    match by_dates(a, b) {
        (Order::Before, basis) => ("a_first", basis),
        (Order::After, basis) => ("b_first", basis),
        (Order::Undecided, _) if a.hours_to(b).is_some() => ("same", OrderBasis::Timestamp),
        (Order::Undecided, _) if is_one_day(a) && is_one_day(b) => ("same", OrderBasis::Day),
        (Order::Undecided, basis) => ("unknown", basis),
    }
}

#[cfg(test)]
mod tests {
    use super::{OrderBasis, hours_apart, order};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::date::{DateOrder, PublishedAt};
    use crate::corpus::record::Record;

    #[test]
    fn orders_and_hours() {
        let date = |given: &str| PublishedAt::read(given, DateOrder::Unknown).ok();
        for (a, b, expected, basis, hours) in [
            ("2021-12-28T10:00:00Z", "2021-12-28T12:30:00Z", "a_first", OrderBasis::Timestamp, Some(2.5)),
            ("2021-12-28T10:00:00Z", "2021-12-28T10:00:00Z", "same", OrderBasis::Timestamp, Some(0.0)),
            ("2021-12-28", "2021-12-28T12:30:00Z", "same", OrderBasis::Day, Some(0.0)),
            ("2021-12-30", "2021-12-28", "b_first", OrderBasis::Day, Some(48.0)),
            ("2021-12", "2021-12-28", "unknown", OrderBasis::Unknown, None),
            ("2021", "2022-01-02", "a_first", OrderBasis::Day, None),
        ] {
            let mut builder = CorpusBuilder::default();
            builder.admit(Record { published_at: date(a), ..Record::of_text("a", "A", "One text.") });
            builder.admit(Record { published_at: date(b), ..Record::of_text("b", "B", "Another text.") });
            let corpus = builder.seal();
            let [first, second] = corpus.articles() else { panic!() };
            assert_eq!(order(first, second), (expected, basis), "{a} {b}");
            assert_eq!(date(a).zip(date(b)).and_then(|(a, b)| hours_apart(a, b)), hours, "{a} {b}");
        }
    }
}
