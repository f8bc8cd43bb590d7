//! The table of where in its article listed wording stands.

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, Key};
use crate::voice::mask::Voice;

use super::cell::Code;
use super::hits::hit_key;
use super::row::row;

row! {
    /// Where in its article a place with listed wording stands (hits.csv has the place itself), all strengths from 1.
    pub struct PositionRow<'f> {
        /// The place: the same row of hits.csv.
        hit_id: Key,
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// The category of the wording.
        category: &'f str,
        /// 1 weak, 2 clear, 3 strong.
        strength: u8,
        /// Whose words it is.
        voice: Code,
        /// Whether it stands in the headline.
        in_headline: bool,
        /// Words of the article before it, headline and dateline counted.
        words_before: usize,
        /// Words of the article, headline and dateline counted.
        article_words: usize,
        /// words_before / article_words: 0 at the start; below 1.
        position: f64,
    }
}

/// Rows in order of article and place.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = PositionRow<'f>> {
    let corpus = findings.corpus;
    corpus.ids().flat_map(move |id| {
        let article_words = corpus.document(id).words().len();
        findings.articles[id.index()].usages.iter().map(move |usage| {
            let (entry, words_before) = (findings.lexicon.entry(usage.hit.entry), usage.hit.tokens.start());
            PositionRow {
                hit_id: hit_key(findings, id, usage),
                article_id: corpus.article(id).key,
                outlet: &corpus.outlet_of(id).name,
                category: &entry.category,
                strength: usage.hit.strength,
                voice: Code(usage.voice.as_str()),
                in_headline: usage.in_headline,
                words_before,
                article_words,
                position: words_before as f64 / article_words.max(1) as f64,
            }
        })
    })
}

/// Stretches of an article that are not the narrator's, as shares of its words: start, end, voice.
#[must_use]
pub fn stretches(findings: &Findings<'_>, article: ArticleId) -> Vec<(f64, f64, Voice)> {
    let document = findings.corpus.document(article);
    let words = document.words();
    let share = |byte: usize, end: bool| {
        let before = words.partition_point(|w| if end { w.span().start() < byte } else { w.span().end() <= byte });
        before as f64 / words.len().max(1) as f64
    };
    let found = findings.articles[article.index()].mask.stretches().iter();
    let shares = found.map(|(bytes, voice)| (share(bytes.start(), false), share(bytes.end(), true), *voice));
    shares.filter(|(start, end, _)| start < end).collect()
}
