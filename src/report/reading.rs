//! One article to be read with what was found in it, as far as its text may be shown.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::analysis::findings::Findings;
use crate::analysis::settings::TextShown;
use crate::id::{ArticleId, ClusterId, OutletId};
use crate::provenance::credit::CreditKind;
use crate::tables::source_link::is_web;
use crate::text::count::grouped;
use crate::text::span::{Byte, Span, Token};

use super::annotated::{Bit, bits};
use super::context::names;
use super::facets::Facets;

/// An article as shown.
#[derive(Template)]
#[template(path = "html/reading.html")]
pub(super) struct Reading<'f> {
    id: String,
    facets: Facets,
    outlet: &'f str,
    title: &'f str,
    date: String,
    voices: String,
    byline: &'f str,
    credits: String,
    story: String,
    language: &'f str,
    url: &'f str,
    whole: bool,
    paragraphs: Vec<Shown<'f>>,
    /// Whether it was cut for its length.
    cut: bool,
}

/// A paragraph as shown.
struct Shown<'f> {
    number: usize,
    heading: bool,
    /// Whether paragraphs before it are left out.
    after_gap: bool,
    runs: Vec<Vec<Bit<'f>>>,
    /// Whether sentences are left out before the first run, and after the last.
    left_out: (bool, bool),
    passages: Vec<(String, String)>,
    more_passages: usize,
}

/// About how many bytes of the page an article may take, and what a paragraph and a mark take besides their text.
const BYTES: usize = 100_000;
const PARAGRAPH: usize = 250;
const MARK: usize = 180;
/// Shared passages named beside a paragraph, and outlets named with each.
const NAMED: usize = 3;

/// What every view needs of the passages: where they stand in each article, and who has them.
pub(super) struct PassagePlaces {
    places: BTreeMap<ArticleId, Vec<(Span<Token>, ClusterId)>>,
    outlets: BTreeMap<ClusterId, BTreeSet<OutletId>>,
    quoted: BTreeMap<ArticleId, Vec<usize>>,
}

impl PassagePlaces {
    pub(super) fn new(findings: &Findings<'_>) -> Self {
        let mut found = Self { places: BTreeMap::new(), outlets: BTreeMap::new(), quoted: BTreeMap::new() };
        for at in findings.across() {
            let id = ClusterId::new(at);
            for witness in findings.clusters[at].all() {
                found.places.entry(witness.locus.article).or_default().push((witness.locus.tokens, id));
                found.outlets.entry(id).or_default().insert(witness.outlet);
            }
        }
        for printing in findings.quote_groups.iter().flat_map(|group| &group.printings) {
            found.quoted.entry(printing.node.0).or_default().push(printing.node.1);
        }
        found
    }

    fn of(&self, article: ArticleId) -> &[(Span<Token>, ClusterId)] {
        self.places.get(&article).map_or(&[], Vec::as_slice)
    }

    /// A passage's key and the other outlets that have it, by name.
    fn named(&self, findings: &Findings<'_>, id: ClusterId, own: OutletId) -> (String, String) {
        let others: Vec<&str> =
            self.outlets.get(&id).into_iter().flatten().filter(|&&o| o != own).map(|&o| findings.corpus.outlet(o).name.as_str()).collect();
        (findings.clusters[id.index()].key.to_string(), names(&others, NAMED))
    }
}

pub(super) fn reading<'f>(findings: &'f Findings<'_>, id: ArticleId, passages: &PassagePlaces) -> Reading<'f> {
    let (corpus, found) = (findings.corpus, &findings.articles[id.index()]);
    let article = corpus.article(id);
    let mut facets = Facets::default();
    facets.outlet(article.outlet);
    let (paragraphs, cut) = paragraphs(findings, id, passages);
    let [narrator, reported, quoted] = found.words.map(grouped);
    Reading {
        id: article.key.to_string(),
        facets,
        outlet: &corpus.outlet_of(id).name,
        title: findings.title(id),
        date: article.published_at.map_or_else(|| "date unknown".to_owned(), |date| date.said()),
        voices: format!("{narrator} own words · {reported} reported · {quoted} quoted"),
        byline: &article.byline,
        credits: credits(findings, id),
        story: findings.stories.get(findings.stories.of(id)).key.to_string(),
        language: &article.language,
        url: if is_web(&article.url) { &article.url } else { "" },
        whole: findings.settings.text == TextShown::Full,
        paragraphs,
        cut,
    }
}

/// The sources that it states, each once; by-lines and pictures aside.
pub(super) fn credits(findings: &Findings<'_>, id: ArticleId) -> String {
    let credits = findings.articles[id.index()].credits.iter().filter(|c| matches!(c.kind, CreditKind::Agency | CreditKind::Outlet));
    let names: BTreeSet<&str> = credits.map(|c| findings.corpus.shown_name(&c.name)).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// Which sentences are shown: all, or those with something in them and one around each.
fn shown_sentences(findings: &Findings<'_>, id: ArticleId, passages: &PassagePlaces) -> Vec<bool> {
    let (document, found) = (findings.corpus.document(id), &findings.articles[id.index()]);
    let count = document.sentences().len();
    if findings.settings.text == TextShown::Full {
        return vec![true; count];
    }
    let mut shown = vec![false; count];
    let mut show = |tokens: Span<Token>| {
        if !tokens.is_empty() {
            let (first, last) = (document.sentence_of(tokens.start()), document.sentence_of(tokens.end() - 1));
            let around = first.saturating_sub(1)..=(last + 1).min(count.saturating_sub(1));
            shown.get_mut(around).into_iter().flatten().for_each(|shown| *shown = true);
        }
    };
    found.usages.iter().filter(|u| u.hit.strength >= findings.settings.rates.min_strength).for_each(|u| show(u.hit.tokens));
    let quoted = passages.quoted.get(&id).into_iter().flatten();
    quoted.for_each(|&at| show(document.tokens(found.utterances[at].span)));
    found.credits.iter().filter(|c| !c.in_removed).filter_map(|c| c.span).for_each(|span| show(document.tokens(span)));
    // A passage stands whole in its own section: here its beginning tells where.
    passages.of(id).iter().filter(|(tokens, _)| !tokens.is_empty()).for_each(|(t, _)| show(Span::new(t.start(), t.start() + 1)));
    shown
}

fn paragraphs<'f>(findings: &'f Findings<'_>, id: ArticleId, passages: &PassagePlaces) -> (Vec<Shown<'f>>, bool) {
    let (corpus, found) = (findings.corpus, &findings.articles[id.index()]);
    let (document, text) = (corpus.document(id), corpus.whole_text(id));
    let shown = shown_sentences(findings, id, passages);
    let here = passages.of(id);
    let mut of_paragraph: Vec<Vec<ClusterId>> = vec![Vec::new(); document.paragraphs().len()];
    let mut edges: Vec<(usize, bool)> = Vec::new();
    for &(tokens, cluster) in here {
        if let Some(bytes) = document.bytes(tokens) {
            edges.extend([(bytes.start(), true), (bytes.end(), false)]);
            let (first, last) = (document.paragraph_of(tokens.start()), document.paragraph_of(tokens.end() - 1));
            of_paragraph.get_mut(first..=last).into_iter().flatten().for_each(|clusters| clusters.push(cluster));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    let usages: Vec<_> = found.usages.iter().filter(|u| u.hit.strength >= findings.settings.rates.min_strength).copied().collect();
    let (mut out, mut gap, mut bytes): (Vec<Shown<'f>>, bool, usize) = (Vec::new(), false, 0);
    for (number, paragraph) in document.paragraphs().iter().enumerate() {
        let (first, end) = (document.sentence_of(paragraph.tokens.start()), document.sentence_of(paragraph.tokens.end() - 1) + 1);
        let runs: Vec<(usize, usize)> = runs(&shown[first..end]).into_iter().map(|(a, b)| (a + first, b + first)).collect();
        let (Some(&(start, _)), Some(&(_, stop))) = (runs.first(), runs.last()) else {
            gap = true;
            continue;
        };
        if bytes > BYTES {
            return (out, true);
        }
        let places: Vec<Span<Byte>> = runs
            .iter()
            .map(|&(a, b)| {
                let begins = if a == first { paragraph.span.start() } else { starts(document.sentences()[a], &document, &text) };
                let ends = if b == end { paragraph.span.end() } else { starts(document.sentences()[b], &document, &text) };
                let begins = begins.max(paragraph.span.start());
                // A paragraph without an end would be cut here: what it holds beyond stands in the file.
                Span::new(begins, whole_char(&text, ends.max(begins).min(begins + BYTES)))
            })
            .collect();
        let clusters = &of_paragraph[number];
        let mut runs: Vec<Vec<Bit<'f>>> = places
            .into_iter()
            .map(|place| {
                let tokens = document.tokens(place);
                let from = usages.partition_point(|u| u.hit.tokens.end() <= tokens.start());
                let to = usages.partition_point(|u| u.hit.tokens.start() < tokens.end());
                let near = edges.partition_point(|(at, _)| *at < place.start())..edges.partition_point(|(at, _)| *at <= place.end());
                bits(findings, id, place, &usages[from.min(to)..to], &edges[near])
            })
            .collect();
        bytes += PARAGRAPH;
        runs.iter_mut().for_each(|run| fit(run, &mut bytes));
        out.push(Shown {
            number: number + 1,
            heading: paragraph.heading,
            after_gap: std::mem::take(&mut gap),
            runs,
            left_out: (start > first, stop < end),
            passages: clusters.iter().take(NAMED).map(|&c| passages.named(findings, c, corpus.article(id).outlet)).collect(),
            more_passages: clusters.len().saturating_sub(NAMED),
        });
    }
    (out, bytes > BYTES)
}

/// Ends a run where the article has taken its share of the page.
fn fit(run: &mut Vec<Bit<'_>>, bytes: &mut usize) {
    let fits = |bit: &Bit<'_>| {
        *bytes += bit.text.len() + if bit.hit.is_some() { MARK } else { 0 };
        *bytes <= BYTES
    };
    let kept = run.iter().map(fits).take_while(|fits| *fits).count();
    run.truncate(kept);
    run.last_mut().into_iter().for_each(|last| last.speaks.1 = true);
}

/// Runs of what is shown, as half-open ranges.
fn runs(shown: &[bool]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (at, _) in shown.iter().enumerate().filter(|(_, shown)| **shown) {
        match out.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => out.push((at, at + 1)),
        }
    }
    out
}

/// Where a sentence starts, with the marks before its first word: what follows the blank after the sentence before.
fn starts(sentence: Span<Token>, document: &crate::corpus::document::Document, text: &str) -> usize {
    let words = document.words();
    let Some(first) = words.get(sentence.start()).map(|w| w.span().start()) else { return 0 };
    let before = sentence.start().checked_sub(1).and_then(|at| words.get(at)).map_or(0, |w| w.span().end());
    let between = text.get(before..first).unwrap_or("");
    between.char_indices().find(|(_, c)| c.is_whitespace()).map_or(first, |(at, c)| before + at + c.len_utf8())
}

/// The last whole character up to a byte.
fn whole_char(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{runs, whole_char};

    #[test]
    fn what_is_shown_comes_in_runs() {
        assert_eq!(runs(&[true, true, false, true, false]), [(0, 2), (3, 4)]);
        assert_eq!(runs(&[false]), []);
    }

    #[test]
    fn letters_stay_whole() {
        assert_eq!([0, 1, 2, 3, 9].map(|at| whole_char("äb", at)), [0, 0, 2, 3, 3]);
    }
}
