//! The table of aligned pairs of passages.

use std::borrow::Cow;

use crate::analysis::findings::{Findings, Paraphrase};
use crate::id::Key;

use super::cell::{Code, Quoted};
use super::paraphrases;
use super::row::row;

row! {
    /// Two articles' copies of a passage, laid word to word. Written with --pairs.
    pub struct AlignmentRow<'f> {
        /// Stable while both articles are; for a paraphrase the key in table paraphrases.
        alignment_id: Key,
        /// The passage that it led to; empty for a paraphrase. An article with a small part of a long passage is no member of it.
        passage_id: Option<Key>,
        /// The article that comes first in the table of articles.
        article_a: Key,
        /// First code point in its text as read, from 0.
        start_a: usize,
        /// Code point after the last.
        end_a: usize,
        /// The other article.
        article_b: Key,
        /// First code point in its text as read, from 0.
        start_b: usize,
        /// Code point after the last.
        end_b: usize,
        /// verbatim (all words equal), near_verbatim (similarity at least 0.8) edited (below), retold or condensed (found by shared stems, with --preset long) or paraphrase (two sentences that tell the same in other words: table paraphrases).
        kind: Code,
        /// How unlikely chance is, in nats: idf of the equal words that carry meaning plus rarity of the rarest n-gram; for a paraphrase the weight of what both share.
        significance: f64,
        /// Equal words; for a paraphrase how many words, names and numbers both share.
        matched: usize,
        /// 2 × equal words / words of both; for a paraphrase the smoothed cosine. 0 to 1.
        similarity: f64,
        /// 1 for what is copied; for a paraphrase as in table paraphrases.
        confidence: f64,
        /// As printed in the first.
        text_a: Quoted<Cow<'f, str>>,
        /// As printed in the other.
        text_b: Quoted<Cow<'f, str>>,
    }
}

/// Rows by falling significance, then by place; then paraphrases by falling confidence.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = AlignmentRow<'f>> {
    let corpus = findings.corpus;
    let mut passage = vec![None; findings.alignments.len()];
    for cluster in &findings.clusters {
        cluster.alignments.iter().for_each(|&a| passage[a] = Some(cluster.key));
    }
    let mut order: Vec<usize> = (0..findings.alignments.len()).filter(|&i| passage[i].is_some()).collect();
    order.sort_by(|&a, &b| findings.alignments[b].significance.total_cmp(&findings.alignments[a].significance).then(a.cmp(&b)));
    let copied = order.into_iter().filter_map(move |i| {
        let alignment = &findings.alignments[i];
        let (a, b) = (findings.place(alignment.left), findings.place(alignment.right));
        let key = |locus: crate::corpus::locus::Locus| corpus.article(locus.article).key;
        let (article_a, article_b) = (key(alignment.left), key(alignment.right));
        Some(AlignmentRow {
            alignment_id: paraphrases::key(findings, alignment.left, alignment.right, 'm'),
            passage_id: Some(passage[i]?),
            article_a,
            start_a: a.start,
            end_a: a.end,
            article_b,
            start_b: b.start,
            end_b: b.end,
            kind: Code(alignment.kind().as_str()),
            significance: alignment.significance,
            matched: alignment.matched as usize,
            similarity: alignment.similarity(),
            confidence: 1.0,
            text_a: Quoted(corpus.text(alignment.left)),
            text_b: Quoted(corpus.text(alignment.right)),
        })
    });
    copied.chain(paraphrases::order(findings).into_iter().map(move |i| paraphrase(findings, &findings.paraphrases[i])))
}

fn paraphrase<'f>(findings: &'f Findings<'_>, found: &Paraphrase) -> AlignmentRow<'f> {
    let corpus = findings.corpus;
    let (a, b) = (findings.place(found.left), findings.place(found.right));
    AlignmentRow {
        alignment_id: paraphrases::key(findings, found.left, found.right, 'r'),
        passage_id: None,
        article_a: corpus.article(found.left.article).key,
        start_a: a.start,
        end_a: a.end,
        article_b: corpus.article(found.right.article).key,
        start_b: b.start,
        end_b: b.end,
        kind: Code("paraphrase"),
        significance: found.evidence,
        matched: found.shared.len(),
        similarity: found.similarity,
        confidence: found.confidence,
        text_a: Quoted(corpus.text(found.left)),
        text_b: Quoted(corpus.text(found.right)),
    }
}
