//! The table of when articles were published, and which earlier one their shared passages point to.

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::corpus::date::PublishedAt;
use crate::id::{ArticleId, Key};
use crate::provenance::order::{Order, order};
use crate::provenance::origin::{Edge, Evidence};

use super::cell::Code;
use super::row::row;

row! {
    /// An article, when it was published, and the earlier article of the set to which most of its shared passages point. Every
    /// single step stands in origins.csv.
    pub struct TimelineRow<'f> {
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// The story that it belongs to.
        story_id: Key,
        /// Date as given, as precise as it is known; empty if none was given.
        published_at: Option<PublishedAt>,
        /// How exactly the date is known: second, day, month, year or unknown.
        published_precision: Code,
        /// The earlier article; empty where neither date nor credit of its own tells of one. One that is dated later is none,
        /// whatever a credit says.
        from_article: Option<Key>,
        /// Passages of this article that point to it; the article with most of them is told, of several the first in articles.csv.
        passages: Option<usize>,
        /// What speaks for it most: date, credit or containment, as in origins.csv.
        evidence: Option<Code>,
        /// From 0 to 1, by the cases in docs/method.md: no probability.
        confidence: Option<f64>,
    }
}

/// Steps from one article to another, over all passages.
struct Steps<'f> {
    passages: usize,
    surest: &'f Edge,
}

/// Rows in corpus order: outlet, date, id.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = TimelineRow<'f>> {
    let corpus = findings.corpus;
    // What only other articles credit gives this one no place in time.
    let is_earlier = |from: ArticleId, edge: &Edge| {
        edge.evidence != Evidence::CommonSource && order(corpus.article(from), corpus.article(edge.to)).0 != Order::After
    };
    let mut steps: BTreeMap<(ArticleId, ArticleId), Steps<'f>> = BTreeMap::new();
    for edge in findings.origins.iter().flat_map(|origin| &origin.edges) {
        let Some(from) = edge.from.filter(|&from| is_earlier(from, edge)) else { continue };
        let found = steps.entry((edge.to, from)).or_insert(Steps { passages: 0, surest: edge });
        found.passages += 1;
        if edge.confidence.value() > found.surest.confidence.value() {
            found.surest = edge;
        }
    }
    let mut most: BTreeMap<ArticleId, (ArticleId, Steps<'f>)> = BTreeMap::new();
    for ((to, from), found) in steps {
        if most.get(&to).is_none_or(|(_, known)| known.passages < found.passages) {
            most.insert(to, (from, found));
        }
    }
    corpus.ids().map(move |id| {
        let (article, step) = (corpus.article(id), most.get(&id));
        TimelineRow {
            article_id: article.key,
            outlet: &corpus.outlet_of(id).name,
            story_id: findings.stories.get(findings.stories.of(id)).key,
            published_at: article.published_at,
            published_precision: Code(article.published_at.map_or("unknown", |date| date.precision().as_str())),
            from_article: step.map(|(from, _)| corpus.article(*from).key),
            passages: step.map(|(_, steps)| steps.passages),
            evidence: step.map(|(_, steps)| Code(steps.surest.evidence.as_str())),
            confidence: step.map(|(_, steps)| steps.surest.confidence.value()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::analysis::analyze;
    use crate::analysis::settings::Settings;
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::date::{DateOrder, PublishedAt};
    use crate::corpus::record::{OutletBasis, Record};
    use crate::lexicon::load::Lexicon;

    /// Outlet, outlet of the earlier article, evidence.
    fn pointers(articles: &[(&str, &str, &str)]) -> Vec<(String, Option<String>, Option<&'static str>)> {
        let passage =
            "On Monday evening the council of the harbour town said that all gatherings near the old gate would be barred until spring";
        let mut builder = CorpusBuilder::default();
        for (i, (outlet, date, rest)) in articles.iter().enumerate() {
            builder.admit(Record {
                published_at: PublishedAt::read(date, DateOrder::Unknown).ok(),
                outlet_basis: OutletBasis::Field,
                ..Record::of_text(&format!("{i}.txt"), outlet, format!("{passage}{rest}"))
            });
        }
        let corpus = builder.seal();
        let findings = analyze(&corpus, Lexicon::english_framing(), &Settings::for_corpus(&corpus), |_| {});
        let outlet = |key| corpus.ids().find(|&id| corpus.article(id).key == key).map(|id| corpus.outlet_of(id).name.clone());
        rows(&findings).map(|row| (row.outlet.to_owned(), row.from_article.and_then(outlet), row.evidence.map(|e| e.0))).collect()
    }

    #[test]
    fn what_is_dated_later_is_no_earlier_article() {
        // Birch credits Hill Bote; Cedar has the same words and credits nobody.
        let credit = ", the Hill Bote reported.";
        let given = |bote| [("Birch", "2021-12-28", credit), ("Cedar", "2021-12-28", "."), ("Hill Bote", bote, ".")];
        let one_day = pointers(&given("2021-12-28"));
        assert_eq!(one_day[0].1.as_deref().zip(one_day[0].2), Some(("Hill Bote", "credit")), "{one_day:?}");
        assert_eq!((&one_day[1].1, one_day[1].2), (&None, None), "{one_day:?}");
        let later = pointers(&given("2021-12-30"));
        assert!(later.iter().all(|row| row.1.as_deref() != Some("Hill Bote")), "{later:?}");
    }
}
