//! Origins by dates, credits, carriers and common sources; nothing without grounds.

use super::credit::Credit;
use super::credit_tests::credits_of;
use super::origin::{Evidence, OrderBasis, Origin, Origins};
use crate::corpus::builder::CorpusBuilder;
use crate::corpus::collection::Corpus;
use crate::corpus::date::{DateOrder, PublishedAt};
use crate::corpus::locus::Locus;
use crate::corpus::record::{DateBasis, OutletBasis, Record};
use crate::id::{ArticleId, Key};
use crate::reuse::cluster::{Cluster, Witness};
use crate::reuse::copies::Copies;
use crate::text::span::Span;

/// Outlet, date, text. The shared passage is the first thirteen words.
type Given<'a> = (&'a str, &'a str, &'a str);

const PASSAGE: &str = "The old stone bridge over the wide river in the north was closed";

fn corpus(articles: &[Given<'_>], basis: DateBasis) -> Corpus {
    let mut builder = CorpusBuilder::default();
    for (i, (outlet, date, rest)) in articles.iter().enumerate() {
        let text = format!("{PASSAGE}{rest}");
        let published_at = PublishedAt::read(date, DateOrder::Unknown).ok();
        builder.admit(Record {
            published_at,
            date_basis: basis,
            outlet_basis: OutletBasis::Field,
            ..Record::of_text(&format!("{i}.txt"), outlet, text)
        });
    }
    builder.seal()
}

fn origin_of(corpus: &Corpus) -> Origin {
    let place = |id: ArticleId| Witness { locus: Locus { article: id, tokens: Span::new(0, 13) }, outlet: corpus.article(id).outlet };
    let witnesses = corpus.ids().map(place).collect();
    let cluster = Cluster { key: Key::of('p', &[]), witnesses, copies: Vec::new(), alignments: Vec::new() };
    let credits: Vec<Vec<Credit>> = corpus.ids().map(|id| credits_of(corpus, id)).collect();
    let copies = Copies::none(corpus.articles().len());
    Origins::new(corpus, &copies, credits.iter().map(Vec::as_slice).collect()).of(&cluster)
}

/// Outlet of the earliest, basis, confidence in hundredths, carried.
fn earliest(articles: &[Given<'_>], basis: DateBasis) -> (Option<String>, OrderBasis, Option<u32>, bool) {
    let corpus = corpus(articles, basis);
    let origin = origin_of(&corpus);
    let hundredths = origin.confidence.map(|c| (c.value() * 100.0).round() as u32);
    (origin.earliest.map(|id| corpus.outlet_of(id).name.clone()), origin.basis, hundredths, origin.carried)
}

#[test]
fn the_earliest_and_its_grounds() {
    use OrderBasis::{Day, StatedCredit, Timestamp, Unknown};
    let field = DateBasis::Field;
    for (articles, basis, name, how, sure, carried) in [
        (vec![("A", "2021-12-28T12:00:00Z", ""), ("B", "2021-12-28T10:00:00Z", "")], field, Some("B"), Timestamp, Some(90), false),
        (vec![("A", "2021-12-28T10:20:00Z", ""), ("B", "2021-12-28T10:00:00Z", "")], field, Some("B"), Timestamp, Some(70), false),
        (vec![("A", "2021-12", ""), ("B", "2021-07", "")], field, Some("B"), Day, Some(80), false),
        (vec![("A", "2021-12-28", ""), ("B", "2021-12-29", "")], field, Some("A"), Day, Some(60), false),
        (vec![("A", "2021-12-28", ""), ("B", "2021-12-31", "")], DateBasis::Url, Some("A"), Day, Some(40), false),
        // One day, and a day inside its month, tell nothing; neither do no dates.
        (vec![("A", "2021-12-28", ""), ("B", "2021-12-28T10:00:00Z", "")], field, None, Unknown, None, false),
        (vec![("A", "2021-12", ""), ("B", "2021-12-28", "")], field, None, Unknown, None, false),
        (vec![("A", "", ""), ("B", "", "")], field, None, Unknown, None, false),
        // Two of three share the first day.
        (vec![("A", "2021-12-28", ""), ("B", "2021-12-28", ""), ("C", "2021-12-30", "")], field, None, Unknown, None, false),
        // Editions of one outlet do not stand in each other's way.
        (vec![("A", "2021-12-28", ""), ("A", "2021-12-28", " today"), ("C", "2021-12-30", "")], field, Some("A"), Day, Some(80), false),
        // An article without a date may be the first of all.
        (vec![("A", "2021-12-28", ""), ("B", "2021-12-30", ""), ("C", "", "")], field, Some("A"), Day, Some(30), false),
        // A stated credit tells without dates, and with them.
        (vec![("Hill Bote", "", ""), ("B", "", ", the Hill Bote reported.")], field, Some("Hill Bote"), StatedCredit, Some(70), false),
        (
            vec![("Hill Bote", "2021-12-28", ""), ("B", "2021-12-29", ", the Hill Bote reported.")],
            field,
            Some("Hill Bote"),
            Day,
            Some(90),
            false,
        ),
        // A date that speaks against the credit wins, and is little trusted.
        (vec![("Hill Bote", "2021-12-30", ""), ("B", "2021-12-28", ", the Hill Bote reported.")], field, Some("B"), Day, Some(30), true),
        // What carries an agency's copy is not where it comes from.
        (vec![("A", "2021-12-28", ", Reuters reported."), ("B", "2021-12-30", "")], field, Some("A"), Day, Some(30), true),
    ] {
        assert_eq!(earliest(&articles, basis), (name.map(str::to_owned), how, sure, carried), "{articles:?}");
    }
}

#[test]
fn agency_copy_is_one_text_with_its_agency() {
    let corpus = corpus(&[("A", "", " today. (AP)"), ("B", "", " yesterday. (AP)"), ("C", "", " again.")], DateBasis::None);
    let origin = origin_of(&corpus);
    let source = origin.source.clone().unwrap();
    assert_eq!((source.name.as_str(), source.credited_by, origin.texts), ("Associated Press", 2, Some(1)));
    let edges: Vec<_> = origin.edges.iter().map(|e| (e.from, e.to.index(), e.evidence)).collect();
    assert_eq!(edges, [(None, 0, Evidence::Credit), (None, 1, Evidence::Credit), (None, 2, Evidence::CommonSource)]);
    assert_eq!(origin.earliest, None);
}

#[test]
fn agencies_that_draw_level_name_none() {
    let origin = origin_of(&corpus(&[("A", "", ", Reuters reported."), ("B", "", ", AFP reported.")], DateBasis::None));
    assert_eq!((origin.source, origin.texts), (None, None));
    assert_eq!(origin.credits.len(), 2);
}

#[test]
fn edges_grow_with_the_witnesses() {
    let dates: Vec<String> = (1..=28).map(|day| format!("2021-02-{day:02}")).collect();
    let names: Vec<String> = (1..=28).map(|i| format!("Outlet {i:02}")).collect();
    let given: Vec<Given<'_>> = names.iter().zip(&dates).map(|(n, d)| (n.as_str(), d.as_str(), " today.")).collect();
    let origin = origin_of(&corpus(&given, DateBasis::Field));
    assert_eq!(origin.edges.len(), 27);
    assert!(origin.edges.iter().all(|e| e.from == origin.earliest && e.evidence == Evidence::Date));
    assert_eq!(origin.edges[1].hours, Some((48.0, false)));
}

#[test]
fn containment_only_beside_a_date() {
    let long = " and nobody knew when it would be open again for the people of the town";
    let dated = origin_of(&corpus(&[("A", "2021-12-28", long), ("B", "2021-12-30", "")], DateBasis::Field));
    let kinds: Vec<Evidence> = dated.edges.iter().map(|e| e.evidence).collect();
    assert_eq!(kinds, [Evidence::Date, Evidence::Containment]);
    assert!(origin_of(&corpus(&[("A", "", long), ("B", "", "")], DateBasis::None)).edges.is_empty());
}

#[test]
fn an_article_with_as_much_of_its_own_is_no_part_and_neither_is_one_as_long() {
    let long = " and nobody knew when it would be open again for the people of the town";
    for (earlier, later) in [(long, ", and by night the ferry took no one who had not paid"), (" today", "")] {
        let origin = origin_of(&corpus(&[("A", "2021-12-28", earlier), ("B", "2021-12-30", later)], DateBasis::Field));
        let kinds: Vec<Evidence> = origin.edges.iter().map(|e| e.evidence).collect();
        assert_eq!(kinds, [Evidence::Date], "{earlier:?} {later:?}");
    }
}

#[test]
fn a_source_that_prints_later_than_who_credits_it_is_little_trusted() {
    let sure = |date: &str| {
        let given =
            [("Hill Bote", date, ""), ("B", "2021-12-28", ", the Hill Bote reported."), ("C", "2021-12-28", ", the Hill Bote reported.")];
        let corpus = corpus(&given, DateBasis::Field);
        let (b, bote) = (ArticleId::new(0), ArticleId::new(2));
        let edge = origin_of(&corpus).edges.into_iter().find(|e| e.from == Some(bote) && e.to == b).expect("an edge of the credit");
        (edge.evidence, (edge.confidence.value() * 10.0).round() as u32)
    };
    assert_eq!(sure("2021-12-30"), (Evidence::Credit, 3));
    assert_eq!(sure("2021-12-26"), (Evidence::Credit, 9));
}

#[test]
fn an_outlet_that_has_its_own_name_short_in_its_dateline_is_no_source_of_others() {
    let text = "Talks on the future of the northern harbour ended on Friday without a deal, and no round was set for later.";
    let mut builder = CorpusBuilder::default();
    builder.admit(Record::of_text("a.txt", "The Harbour Post", format!("PORTSEA (Harbour) – {text}")));
    builder.admit(Record::of_text("b.txt", "Valley Voice", text));
    let corpus = builder.seal();
    let own = credits_of(&corpus, ArticleId::new(0));
    assert_eq!(own.iter().map(|c| (c.name.as_str(), c.outlet)).collect::<Vec<_>>(), [("Harbour", Some(corpus.articles()[0].outlet))]);
    assert_eq!(origin_of(&corpus).source, None);
}
