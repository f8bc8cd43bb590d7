//! The table of stories.

use std::collections::BTreeSet;

use crate::analysis::findings::Findings;
use crate::corpus::date::PublishedAt;
use crate::corpus::locus::Locus;
use crate::id::{Key, StoryId};
use crate::reuse::story::Story;
use crate::reuse::story_label::label;

use super::cell::Quoted;
use super::row::row;

row! {
    /// Articles that report the same event, as far as their words and dates tell; an article alone in its event is a story too.
    pub struct StoryRow {
        /// Stable while the first article of the story is.
        story_id: Key,
        /// Up to four names or words that most of its articles share and few others have, as printed in the first article that has them; no headline, and no listed wording. Empty where there is none.
        label: Quoted<String>,
        /// Its articles, copies included.
        articles: usize,
        /// Outlets that published them.
        outlets: usize,
        /// The earliest date of its articles, as precise as it is known; empty if none is.
        first_date: Option<PublishedAt>,
        /// The latest date of its articles, as precise as it is known; empty if none is.
        last_date: Option<PublishedAt>,
        /// Shared passages whose members all lie in the story.
        passages: usize,
        /// Substitutions in those passages.
        substitutions: usize,
    }
}

/// Rows in order of the first article.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = StoryRow> + 'f {
    let stories = findings.stories.all();
    let (mut passages, mut substitutions) = (vec![0; stories.len()], vec![0; stories.len()]);
    let of: Vec<Option<StoryId>> = (0..findings.clusters.len()).map(|i| findings.story_of_passage(i)).collect();
    of.iter().flatten().for_each(|story| passages[story.index()] += 1);
    for story in findings.substitutions.iter().filter_map(|s| of[s.cluster.index()]) {
        substitutions[story.index()] += 1;
    }
    stories.iter().zip(passages).zip(substitutions).map(|((story, passages), substitutions)| {
        let dates = || story.articles.iter().filter_map(|&id| findings.corpus.article(id).published_at);
        let outlets: BTreeSet<_> = story.articles.iter().map(|&id| findings.corpus.article(id).outlet).collect();
        StoryRow {
            story_id: story.key,
            label: Quoted(shown_label(story, findings)),
            articles: story.articles.len(),
            outlets: outlets.len(),
            first_date: dates().min(),
            last_date: dates().max(),
            passages,
            substitutions,
        }
    })
}

/// The label of a story, its terms parted by dots.
pub fn shown_label(story: &Story, findings: &Findings<'_>) -> String {
    // A label is Retold's own wording: even what is listed weakly stays out of it, but for the names that hold such a word.
    let is_listed = |locus: Locus| {
        let usages = &findings.articles[locus.article.index()].usages;
        usages.iter().any(|u| u.hit.name.is_none() && u.hit.tokens.overlap(locus.tokens) > 0)
    };
    let terms = label(&story.articles, findings.corpus, is_listed);
    let printed = terms.into_iter().map(|locus| {
        let text = findings.corpus.text(locus).split_whitespace().collect::<Vec<_>>().join(" ");
        findings.corpus.shown_name(text.strip_suffix("'s").or(text.strip_suffix("’s")).unwrap_or(&text)).to_owned()
    });
    printed.collect::<Vec<_>>().join(" · ")
}
