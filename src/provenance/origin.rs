//! Which witness of a passage is the earliest, whom its witnesses credit, and on what grounds.
//!
//! Grounds are dates and stated credits; wording alone never is one. Agency copy is named once, by its agency: the outlets that
//! print it are no voices of their own. `O(witnesses × credits of their articles)` for a passage.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, OutletId};
use crate::reuse::cluster::Cluster;
use crate::reuse::copies::Copies;

pub use super::confidence::Confidence;
use super::confidence::{of_dates, pair_of_credit};
use super::credit::{Credit, CreditForm, CreditKind};
pub use super::order::{Order, OrderBasis, order};
pub use super::passage_credits::{LikelySource, MemberCredit};
use super::passage_credits::{likely_source, of_whole_article, reaching};

/// What speaks for an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Dates of publication.
    Date,
    /// The article credits the source.
    Credit,
    /// Its words are most of the article, and a part of the longer earlier one: beside a date or credit only.
    Containment,
    /// Other articles of the passage credit the source.
    CommonSource,
}

impl Evidence {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Credit => "credit",
            Self::Containment => "containment",
            Self::CommonSource => "common_source",
        }
    }
}

/// One step of the way a passage may have gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The earlier article; `None` for the likely source, which is outside the articles that have the passage.
    pub from: Option<ArticleId>,
    /// The later article.
    pub to: ArticleId,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Hours between both, and whether they are known to the minute (otherwise to the day).
    pub hours: Option<(f64, bool)>,
    /// How sure, by the table of cases in `docs/method.md`.
    pub confidence: Confidence,
    /// The credit that says so.
    pub credit: Option<MemberCredit>,
}

/// Where a shared passage may come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The witness that is earlier than those of all other outlets.
    pub earliest: Option<ArticleId>,
    /// On what grounds.
    pub basis: OrderBasis,
    /// How sure; `None` where there is no earliest witness.
    pub confidence: Option<Confidence>,
    /// Whether the earliest witness credits somebody else for it.
    pub carried: bool,
    /// The agency or outlet that its witnesses credit for it.
    pub source: Option<LikelySource>,
    /// Independent texts, as far as known: 1 for agency copy and for copies of one text.
    pub texts: Option<usize>,
    /// Credits that reach it, by article.
    pub credits: Vec<MemberCredit>,
    /// From the earliest witness or the source to each other article.
    pub edges: Vec<Edge>,
}

/// Reads the credits of all articles once, for the origins of their passages.
#[derive(Debug)]
pub struct Origins<'a> {
    corpus: &'a Corpus,
    copies: &'a Copies,
    credits: Vec<&'a [Credit]>,
    whole: Vec<Vec<usize>>,
}

/// Most credited outlets that are tried as the earliest.
const TRIED: usize = 4;

impl<'a> Origins<'a> {
    /// `credits` holds those of each article, in corpus order.
    #[must_use]
    pub fn new(corpus: &'a Corpus, copies: &'a Copies, credits: Vec<&'a [Credit]>) -> Self {
        let whole = credits.iter().map(|credits| of_whole_article(credits)).collect();
        Self { corpus, copies, credits, whole }
    }

    fn credit(&self, member: &MemberCredit) -> Option<&'a Credit> {
        self.credits.get(member.article.index())?.get(member.credit)
    }

    /// The origin of one passage.
    #[must_use]
    pub fn of(&self, cluster: &Cluster) -> Origin {
        let mut places: BTreeMap<ArticleId, Locus> = BTreeMap::new();
        for witness in cluster.all() {
            let place = places.entry(witness.locus.article).or_insert(witness.locus);
            if witness.locus.tokens.len() > place.tokens.len() {
                *place = witness.locus;
            }
        }
        let credits: Vec<MemberCredit> = places
            .values()
            .flat_map(|&locus| {
                let at = locus.article.index();
                reaching(self.corpus, locus, self.credits.get(at).copied().unwrap_or(&[]), self.whole.get(at).map_or(&[], Vec::as_slice))
            })
            .collect();
        let words = places.values().map(|locus| locus.tokens.len()).max().unwrap_or(0);
        let source = likely_source(self.corpus, words, &credits, |member| self.credit(member));
        let members: Vec<ArticleId> = places.keys().copied().collect();
        let passage = Passage { origins: self, members: &members, places: &places, credits: &credits };
        let first = passage.earliest();
        let one_text = members.windows(2).all(|pair| self.copies.text(pair[0]) == self.copies.text(pair[1]));
        let agency = source.as_ref().is_some_and(|source| source.kind == CreditKind::Agency);
        let edges = passage.edges(first.map(|(article, ..)| article), source.as_ref());
        Origin {
            earliest: first.map(|(article, ..)| article),
            basis: first.map_or(OrderBasis::Unknown, |(_, basis, _)| basis),
            confidence: first.map(|(.., confidence)| confidence),
            carried: first.is_some_and(|(article, ..)| passage.is_carried(article)),
            texts: ((one_text || agency) && members.len() > 1).then_some(1),
            source,
            edges,
            credits,
        }
    }
}

/// The articles of one passage.
struct Passage<'p, 'a> {
    origins: &'p Origins<'a>,
    members: &'p [ArticleId],
    places: &'p BTreeMap<ArticleId, Locus>,
    credits: &'p [MemberCredit],
}

impl Passage<'_, '_> {
    fn outlet(&self, article: ArticleId) -> OutletId {
        self.origins.corpus.article(article).outlet
    }

    /// The credits of one member.
    fn of_member(&self, article: ArticleId) -> &[MemberCredit] {
        let from = self.credits.partition_point(|c| c.article < article);
        let to = self.credits.partition_point(|c| c.article <= article);
        &self.credits[from..to]
    }

    /// Whether a member says that the words are somebody else's.
    fn is_carried(&self, article: ArticleId) -> bool {
        self.of_member(article).iter().filter_map(|member| self.origins.credit(member)).any(|credit| {
            !matches!(credit.form, CreditForm::Contributed | CreditForm::Special) && credit.outlet != Some(self.outlet(article))
        })
    }

    /// The credit by which a member names an outlet.
    fn credits_outlet(&self, article: ArticleId, outlet: OutletId) -> Option<MemberCredit> {
        let names = |member: &&MemberCredit| {
            self.origins
                .credit(member)
                .is_some_and(|c| c.outlet == Some(outlet) && !matches!(c.form, CreditForm::Contributed | CreditForm::Special))
        };
        self.of_member(article).iter().find(names).copied()
    }

    /// The member before those of all other outlets, with grounds and confidence.
    fn earliest(&self) -> Option<(ArticleId, OrderBasis, Confidence)> {
        let corpus = self.origins.corpus;
        let last_day = |&&id: &&ArticleId| corpus.article(id).published_at.map(|date| (date.days().1, Reverse(date.precision()), date));
        let by_date = self.members.iter().filter(|id| last_day(id).is_some()).min_by_key(last_day).copied();
        let mut credited: BTreeMap<OutletId, usize> = BTreeMap::new();
        let stated = self.credits.iter().filter_map(|member| Some((member, self.origins.credit(member)?.outlet?)));
        for (_, outlet) in stated.filter(|(member, outlet)| self.outlet(member.article) != *outlet) {
            *credited.entry(outlet).or_default() += 1;
        }
        let mut credited: Vec<(Reverse<usize>, OutletId)> = credited.into_iter().map(|(outlet, n)| (Reverse(n), outlet)).collect();
        credited.sort_unstable();
        let firsts = credited.into_iter().take(TRIED).filter_map(|(_, outlet)| {
            let own = || self.members.iter().filter(|&&id| self.outlet(id) == outlet);
            own().filter(|id| last_day(id).is_some()).min_by_key(last_day).or_else(|| own().next()).copied()
        });
        by_date.into_iter().chain(firsts).find_map(|candidate| self.before_all(candidate))
    }

    /// Whether an article is before the members of all other outlets, and on what grounds.
    fn before_all(&self, first: ArticleId) -> Option<(ArticleId, OrderBasis, Confidence)> {
        let corpus = self.origins.corpus;
        let mut basis = None;
        let mut confidence = Confidence::HIGHEST;
        let mut undated = false;
        for other in self.others(first) {
            let (how, sure) = match self.before(first, other) {
                Some(found) => found,
                None if corpus.article(other).published_at.is_none() => {
                    undated = true;
                    continue;
                }
                None => return None,
            };
            basis = basis.max(Some(how));
            confidence = confidence.min(sure);
        }
        let basis = basis?;
        if undated || self.is_carried(first) {
            confidence = confidence.min(Confidence::CARRIED);
        }
        Some((first, basis, confidence))
    }

    /// Members of other outlets; all others where there is one outlet only.
    fn others(&self, first: ArticleId) -> impl Iterator<Item = ArticleId> {
        let outlet = self.outlet(first);
        let alone = self.members.iter().all(|&id| self.outlet(id) == outlet);
        self.members.iter().copied().filter(move |&id| id != first && (alone || self.outlet(id) != outlet))
    }

    /// On what grounds one member is before another; none where nothing tells, or where the date speaks against the credit.
    fn before(&self, first: ArticleId, other: ArticleId) -> Option<(OrderBasis, Confidence)> {
        let corpus = self.origins.corpus;
        let (a, b) = (corpus.article(first), corpus.article(other));
        let credit = self.credits_outlet(other, a.outlet).filter(|_| a.outlet != b.outlet);
        match order(a, b) {
            (Order::Before, basis) => Some((basis, of_dates(a, b, credit.is_some()))),
            (Order::Undecided, _) if credit.is_some() => Some((OrderBasis::StatedCredit, Confidence::CREDIT)),
            _ => None,
        }
    }

    fn edges(&self, earliest: Option<ArticleId>, source: Option<&LikelySource>) -> Vec<Edge> {
        let mut edges = Vec::new();
        let corpus = self.origins.corpus;
        if let Some(first) = earliest {
            for other in self.others(first) {
                let Some((_, mut confidence)) = self.before(first, other) else { continue };
                if self.is_carried(first) {
                    confidence = confidence.min(Confidence::CARRIED);
                }
                let credit = self.credits_outlet(other, self.outlet(first)).filter(|_| self.outlet(first) != self.outlet(other));
                let evidence = if credit.is_some() { Evidence::Credit } else { Evidence::Date };
                let edge = Edge { from: Some(first), to: other, evidence, hours: self.hours(first, other), confidence, credit };
                edges.push(edge);
                if self.is_part(other, first) {
                    edges.push(Edge {
                        evidence: Evidence::Containment,
                        confidence: confidence.min(Confidence::CONTAINMENT),
                        credit: None,
                        ..edge
                    });
                }
            }
        }
        let Some(source) = source else { return edges };
        // The article of the source itself, where it has the passage.
        let own = source.outlet.and_then(|outlet| self.members.iter().copied().find(|&id| self.outlet(id) == outlet));
        if own.is_some() && own == earliest {
            return edges;
        }
        for &to in self.members.iter().filter(|&&id| source.outlet != Some(self.outlet(id))) {
            let named = |member: &&MemberCredit| self.origins.credit(member).is_some_and(|credit| credit.name == source.name);
            let credit = self.of_member(to).iter().find(named).copied();
            let (evidence, confidence) = match credit {
                Some(member) => (Evidence::Credit, pair_of_credit(member.in_passage)),
                None => (Evidence::CommonSource, Confidence::COMMON_SOURCE),
            };
            // A date that speaks against it.
            let late = own.is_some_and(|own| order(corpus.article(own), corpus.article(to)).0 == Order::After);
            let confidence = if late { confidence.min(Confidence::CARRIED) } else { confidence };
            edges.push(Edge { from: own, to, evidence, hours: own.and_then(|own| self.hours(own, to)), confidence, credit });
        }
        edges
    }

    /// Whether the passage is most of one article and a part of another.
    fn is_part(&self, part: ArticleId, whole: ArticleId) -> bool {
        let words = |id: ArticleId| self.origins.corpus.document(id).words().len();
        let shared = self.places.get(&part).map_or(0, |locus| locus.tokens.len());
        5 * shared >= 4 * words(part) && 4 * words(whole) >= 5 * words(part)
    }

    /// Hours from one member to another, where both are known to the day at least.
    fn hours(&self, a: ArticleId, b: ArticleId) -> Option<(f64, bool)> {
        let (a, b) = (self.origins.corpus.article(a), self.origins.corpus.article(b));
        let (a, b) = a.published_at.zip(b.published_at)?;
        let exact = a.hours_to(b).map(|hours| (hours, true));
        let to_the_day = a.days().0 == a.days().1 && b.days().0 == b.days().1;
        exact.or_else(|| to_the_day.then(|| (24.0 * (b.days().0 - a.days().0) as f64, false)))
    }
}
