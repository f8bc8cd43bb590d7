//! The table of aligned pairs of passages.

use crate::analysis::findings::Findings;
use crate::id::Key;

use super::cell::Code;
use super::row::row;

row! {
    /// Two articles' copies of a passage, laid word to word. Written with --pairs.
    pub struct AlignmentRow<'f> {
        /// Stable while both articles are.
        alignment_id: Key,
        /// The passage.
        passage_id: Key,
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
        /// verbatim (all words equal), near_verbatim (similarity at least 0.8) or edited (below).
        kind: Code,
        /// How unlikely chance is, in nats: idf of the equal words that carry meaning plus rarity of the rarest n-gram.
        significance: f64,
        /// Equal words.
        matched: usize,
        /// 2 × equal words / words of both; 0 to 1.
        similarity: f64,
        /// As printed in the first.
        text_a: &'f str,
        /// As printed in the other.
        text_b: &'f str,
    }
}

/// Rows by falling significance, then by place.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = AlignmentRow<'f>> {
    let corpus = findings.corpus;
    let mut passage = vec![None; findings.alignments.len()];
    for cluster in &findings.clusters {
        cluster.alignments.iter().for_each(|&a| passage[a] = Some(cluster.key));
    }
    let mut order: Vec<usize> = (0..findings.alignments.len()).filter(|&i| passage[i].is_some()).collect();
    order.sort_by(|&a, &b| findings.alignments[b].significance.total_cmp(&findings.alignments[a].significance).then(a.cmp(&b)));
    order.into_iter().filter_map(move |i| {
        let alignment = &findings.alignments[i];
        let (a, b) = (findings.place(alignment.left), findings.place(alignment.right));
        let key = |locus: crate::corpus::locus::Locus| corpus.article(locus.article).key;
        let (article_a, article_b) = (key(alignment.left), key(alignment.right));
        let parts = [article_a.bytes(), (a.start as u64).to_le_bytes(), article_b.bytes(), (b.start as u64).to_le_bytes()];
        Some(AlignmentRow {
            alignment_id: Key::of('m', &parts.each_ref().map(|p| &p[..])),
            passage_id: passage[i]?,
            article_a,
            start_a: a.start,
            end_a: a.end,
            article_b,
            start_b: b.start,
            end_b: b.end,
            kind: Code(alignment.kind().as_str()),
            significance: alignment.significance,
            matched: alignment.matched,
            similarity: alignment.similarity,
            text_a: corpus.text(alignment.left),
            text_b: corpus.text(alignment.right),
        })
    })
}
