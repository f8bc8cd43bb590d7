//! The table of retold passages.

use std::borrow::Cow;

use crate::analysis::findings::{Findings, Paraphrase};
use crate::corpus::locus::Locus;
use crate::id::Key;
use crate::text::span::Span;

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// Two sentences of two outlets that tell the same in other words. Found by what they share, not by runs of equal words: less
    /// sure than a shared passage, and never counted with those.
    pub struct ParaphraseRow<'f> {
        /// Stable while both articles are.
        paraphrase_id: Key,
        /// The outlet that comes first by name.
        outlet_a: &'f str,
        /// Its article.
        article_a: Key,
        /// First code point in its text as read, from 0.
        start_a: usize,
        /// Code point after the last.
        end_a: usize,
        /// Voice of most of its words.
        voice_a: Code,
        /// As printed.
        text_a: Quoted<Cow<'f, str>>,
        /// The other outlet.
        outlet_b: &'f str,
        /// Its article.
        article_b: Key,
        /// First code point in its text as read, from 0.
        start_b: usize,
        /// Code point after the last.
        end_b: usize,
        /// Voice of most of its words.
        voice_b: Code,
        /// As printed.
        text_b: Quoted<Cow<'f, str>>,
        /// Smoothed cosine of weighted words, names and numbers, 0 to 1.
        similarity: f64,
        /// Weight of what both share, in nats.
        evidence: f64,
        /// 0 to 1: orders the rows; of those from 0.8 most tell the same, of those near 0.5 about half do.
        confidence: f64,
        /// Words of a that stand for what both share, heaviest first.
        shared: Quoted<String>,
    }
}

/// Rows by falling confidence, then by place.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = ParaphraseRow<'f>> {
    order(findings).into_iter().map(move |i| row_of(findings, &findings.paraphrases[i]))
}

/// Positions of the retold passages by falling confidence, then by place.
#[must_use]
pub fn order(findings: &Findings<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..findings.paraphrases.len()).collect();
    order.sort_by(|&a, &b| findings.paraphrases[b].confidence.total_cmp(&findings.paraphrases[a].confidence).then(a.cmp(&b)));
    order
}

/// Stable while both articles are.
pub(super) fn key(findings: &Findings<'_>, left: Locus, right: Locus, prefix: char) -> Key {
    let article = |locus: Locus| findings.corpus.article(locus.article).key.bytes();
    let start = |locus: Locus| (findings.place(locus).start as u64).to_le_bytes();
    let parts = [article(left), start(left), article(right), start(right)];
    Key::of(prefix, &parts.each_ref().map(|p| &p[..]))
}

/// Words of the left sentence that stand for what both share, heaviest first.
pub(super) fn shared_words(findings: &Findings<'_>, found: &Paraphrase) -> String {
    let word = |&at: &usize| findings.corpus.text(Locus { tokens: Span::new(at, at + 1), ..found.left });
    found.shared.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn row_of<'f>(findings: &'f Findings<'_>, found: &Paraphrase) -> ParaphraseRow<'f> {
    let corpus = findings.corpus;
    let (a, b) = (findings.place(found.left), findings.place(found.right));
    ParaphraseRow {
        paraphrase_id: key(findings, found.left, found.right, 'r'),
        outlet_a: &corpus.outlet_of(found.left.article).name,
        article_a: corpus.article(found.left.article).key,
        start_a: a.start,
        end_a: a.end,
        voice_a: Code(findings.voice_of(found.left).as_str()),
        text_a: Quoted(corpus.text(found.left)),
        outlet_b: &corpus.outlet_of(found.right.article).name,
        article_b: corpus.article(found.right.article).key,
        start_b: b.start,
        end_b: b.end,
        voice_b: Code(findings.voice_of(found.right).as_str()),
        text_b: Quoted(corpus.text(found.right)),
        similarity: found.similarity,
        evidence: found.evidence,
        confidence: found.confidence,
        shared: Quoted(shared_words(findings, found)),
    }
}
