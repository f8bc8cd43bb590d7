//! Stories: what each text is about, read in parallel, then grouped.

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::id::ArticleId;
use crate::reuse::copies::Copies;
use crate::reuse::stem::WordClasses;
use crate::reuse::story_groups::{Told, groups};
use crate::reuse::story_settings::StorySettings;
use crate::reuse::story_terms::StoryTerms;
use crate::watch::{Stage, Watch};

/// Articles that report the same event. Copies of a text are of one story, and count as one article in finding it.
pub(super) fn one_event(
    corpus: &Corpus,
    classes: &WordClasses,
    copies: &Copies,
    settings: &StorySettings,
    watch: &dyn Watch,
) -> Vec<Vec<ArticleId>> {
    watch.stage(Stage::Stories, corpus.articles().len() as u64);
    let terms = StoryTerms::new(corpus, classes, |id| copies.exact_of(id).is_none());
    let mut printed: Vec<Vec<ArticleId>> = vec![Vec::new(); corpus.articles().len()];
    for id in corpus.ids() {
        printed[copies.exact_of(id).unwrap_or(id).index()].push(id);
    }
    let texts: Vec<Told> = printed
        .into_par_iter()
        .filter(|articles| !articles.is_empty())
        .map(|articles| {
            let dates = articles.iter().filter_map(|&id| Some(corpus.article(id).published_at?.days()));
            let days = dates.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            watch.advance(articles.len() as u64);
            Told { terms: terms.outline(corpus, articles[0], settings), articles, days }
        })
        .collect();
    groups(texts, settings)
}
