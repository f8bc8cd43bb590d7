//! The table of witnesses of shared passages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, Key};

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// One article's copy of a shared passage.
    pub struct PassageMemberRow<'f> {
        /// The passage.
        passage_id: Key,
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// Paragraph of the article, from 1.
        paragraph: usize,
        /// Sentence of the article in which it starts, from 1.
        sentence: usize,
        /// First code point in the text as read, from 0.
        start: usize,
        /// Code point after the last.
        end: usize,
        /// Line of the text as read, from 1: of the file, where the file is the text.
        line: usize,
        /// Words.
        words: usize,
        /// Highest similarity over its alignments in this passage: 2 × equal words / words of both; 0 to 1.
        similarity: f64,
        /// Voice of most of its words.
        voice: Code,
        /// As printed.
        text: Quoted<Cow<'f, str>>,
    }
}

/// Rows in order of passage and article.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = PassageMemberRow<'f>> {
    let corpus = findings.corpus;
    findings.clusters.iter().flat_map(move |cluster| {
        let mut similarity: BTreeMap<ArticleId, f64> = BTreeMap::new();
        for alignment in cluster.alignments.iter().map(|&a| &findings.alignments[a]) {
            for side in [alignment.left, alignment.right] {
                let best = similarity.entry(side.article).or_default();
                *best = best.max(alignment.similarity());
            }
        }
        cluster.all().map(move |witness| {
            let locus = witness.locus;
            let place = findings.place(locus);
            let document = corpus.document(locus.article);
            // A copy of a text is wholly like it.
            let similarity = similarity.get(&locus.article).copied().unwrap_or(1.0);
            PassageMemberRow {
                passage_id: cluster.key,
                article_id: corpus.article(locus.article).key,
                outlet: &corpus.outlet(witness.outlet).name,
                paragraph: document.paragraph_of(locus.tokens.start()) + 1,
                sentence: document.sentence_of(locus.tokens.start()) + 1,
                start: place.start,
                end: place.end,
                line: place.line,
                words: locus.tokens.len(),
                similarity,
                voice: Code(findings.voice_of(locus).as_str()),
                text: Quoted(corpus.text(locus)),
            }
        })
    })
}
