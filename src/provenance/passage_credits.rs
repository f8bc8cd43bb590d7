//! Which credits of its witnesses' articles reach a shared passage, and whom they name as its source.

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, OutletId};
use crate::text::span::{Byte, Span};

use super::credit::{Credit, CreditForm, CreditKind, Reach};

/// A credit that reaches a passage in one of its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemberCredit {
    /// The article that states it.
    pub article: ArticleId,
    /// Its position among the credits of that article.
    pub credit: usize,
    /// Whether it stands in the sentences of the passage or right beside them; otherwise it speaks for the whole article.
    pub in_passage: bool,
}

/// Whom the witnesses of a passage name as its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelySource {
    /// Usual name, or as printed.
    pub name: String,
    /// Agency or outlet.
    pub kind: CreditKind,
    /// The outlet of this set that it is.
    pub outlet: Option<OutletId>,
    /// How many of the articles credit it.
    pub credited_by: usize,
    /// Whether one of these credits stands in the passage.
    pub in_passage: bool,
}

/// Least words for which a credit of the whole article speaks: stock phrases ("who spoke on condition of anonymity") are shorter.
const STOCK_WORDS: usize = 12;

/// Most names for a whole article that count: a page that lists its suppliers credits none of them.
const MOST_NAMES: usize = 16;

/// The credits of an article that speak for all of it, a name once: positions in order.
#[must_use]
pub fn of_whole_article(credits: &[Credit]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (i, credit) in credits.iter().enumerate().filter(|(_, c)| c.is_of_text() && c.reach == Reach::Article) {
        if found.len() < MOST_NAMES && found.iter().all(|&other| credits[other].name != credit.name) {
            found.push(i);
        }
    }
    found
}

/// The credits of one article that reach a place of it, a name once, those in the passage first.
pub(super) fn reaching(corpus: &Corpus, locus: Locus, credits: &[Credit], whole: &[usize]) -> Vec<MemberCredit> {
    let article = locus.article;
    let mut found: Vec<MemberCredit> = Vec::new();
    if let Some(around) = sentences(corpus, locus) {
        // Spans are in order of their start, fields last.
        let from = credits.partition_point(|c| c.span.is_some_and(|span| span.start() < around.start()));
        let beside = credits[from..].iter().take_while(|c| c.span.is_some_and(|span| span.start() < around.end()));
        for (i, credit) in (from..).zip(beside).filter(|(_, c)| c.is_of_text()).take(MOST_NAMES) {
            if found.iter().all(|m| credits[m.credit].name != credit.name) {
                found.push(MemberCredit { article, credit: i, in_passage: true });
            }
        }
    }
    for &i in whole {
        if found.iter().all(|m| credits[m.credit].name != credits[i].name) {
            found.push(MemberCredit { article, credit: i, in_passage: false });
        }
    }
    found
}

/// The sentences in which a place lies.
fn sentences(corpus: &Corpus, locus: Locus) -> Option<Span<Byte>> {
    let document = corpus.document(locus.article);
    let last = locus.tokens.end().checked_sub(1)?;
    let (first, last) = (document.sentence_of(locus.tokens.start()), document.sentence_of(last.max(locus.tokens.start())));
    let (first, last) = (document.sentences().get(first)?, document.sentences().get(last)?);
    let bytes = document.bytes(*first)?.hull(document.bytes(*last)?);
    // A tag or dateline stands outside the words of the sentence.
    let text = corpus.whole_text(locus.article);
    let rest = text.get(bytes.end()..)?;
    let line = rest.find('\n').unwrap_or(rest.len());
    let tag = rest.get(..line).map_or("", |rest| rest).find([')', ']']).filter(|&at| at < 40).map_or(0, |at| at + 1);
    Some(Span::new(bytes.start(), bytes.end() + tag))
}

/// The name that most of the articles credit for a passage of so many words; none where names draw level.
///
/// An article's credit for itself as a whole tells nothing of a few words that anybody may use. A line that says who helped ("X contributed to this report") counts from two articles on; whom a report is specially for
/// ("Special to X"), a source's own name in its own article, and "news agencies" name nobody.
pub(super) fn likely_source<'c>(
    corpus: &Corpus,
    words: usize,
    found: &[MemberCredit],
    credit: impl Fn(&MemberCredit) -> Option<&'c Credit>,
) -> Option<LikelySource> {
    let mut tally: Vec<(LikelySource, bool)> = Vec::new();
    for member in found {
        let Some(credit) = credit(member) else { continue };
        let own = credit.outlet == Some(corpus.article(member.article).outlet);
        if own || (!member.in_passage && words < STOCK_WORDS) || credit.form == CreditForm::Special || credit.name == "news agencies" {
            continue;
        }
        let strong = credit.form != CreditForm::Contributed;
        match tally.iter_mut().find(|(source, _)| source.name == credit.name) {
            Some((source, sure)) => {
                source.credited_by += 1;
                source.in_passage |= member.in_passage;
                *sure = true;
            }
            None => tally.push((
                LikelySource {
                    name: credit.name.clone(),
                    kind: credit.kind,
                    outlet: credit.outlet,
                    credited_by: 1,
                    in_passage: member.in_passage,
                },
                strong,
            )),
        }
    }
    tally.retain(|(_, sure)| *sure);
    let weight = |source: &LikelySource| (source.credited_by, source.in_passage);
    let most = tally.iter().map(|(source, _)| weight(source)).max()?;
    let mut level = tally.into_iter().map(|(source, _)| source).filter(|source| weight(source) == most);
    level.next().filter(|_| level.next().is_none())
}
