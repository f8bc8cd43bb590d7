//! What each outlet calls whom, inside one story.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::id::{OutletId, StoryId, TokenId};
use crate::voice::mask::Voice;

use super::words::by_voice;

/// A person, group or place, and what outlets call it.
pub(super) struct Called<'f> {
    pub(super) entity: &'f str,
    /// Outlet, and its labels with how often in whose words.
    pub(super) by: Vec<(&'f str, String)>,
}

/// A label's first printing and how often it stands in each voice.
type Counted<'f> = (Cow<'f, str>, [usize; 3]);

/// Entity, outlet, words.
type Labels<'f> = BTreeMap<usize, BTreeMap<OutletId, BTreeMap<Vec<TokenId>, Counted<'f>>>>;

/// The labels of all stories.
#[derive(Default)]
pub(super) struct StoryLabels<'f>(BTreeMap<StoryId, Labels<'f>>);

/// Entities of a story, outlets of an entity, labels of an outlet.
const ENTITIES: usize = 4;
const OUTLETS: usize = 6;
const LABELS: usize = 4;

impl<'f> StoryLabels<'f> {
    pub(super) fn new(findings: &'f Findings<'_>) -> Self {
        let mut stories: BTreeMap<StoryId, Labels<'f>> = BTreeMap::new();
        for &(article, label) in &findings.labels {
            let document = findings.corpus.document(article);
            let words = document.slice(label.tokens);
            let voice = words.first().map_or(Voice::Narrator, |w| findings.articles[article.index()].mask.at(w.span()));
            let outlets = stories.entry(findings.stories.of(article)).or_default().entry(label.entity).or_default();
            let labels = outlets.entry(findings.corpus.article(article).outlet).or_default();
            let text = findings.corpus.text(Locus { article, tokens: label.tokens });
            labels.entry(words.iter().map(|w| w.id).collect()).or_insert((text, [0; 3])).1[voice as usize] += 1;
        }
        Self(stories)
    }

    /// Those that most outlets have labels for, then by name.
    pub(super) fn of(&self, findings: &'f Findings<'_>, story: StoryId) -> Vec<Called<'f>> {
        let Some(labels) = self.0.get(&story) else { return Vec::new() };
        let mut order: Vec<usize> = labels.keys().copied().collect();
        order.sort_by_key(|entity| (Reverse(labels[entity].len()), *entity));
        let outlet = |(&outlet, labels): (&OutletId, &BTreeMap<_, Counted<'f>>)| {
            let mut said: Vec<&Counted<'f>> = labels.values().collect();
            said.sort_by_key(|(text, n)| (Reverse(n.iter().sum::<usize>()), text));
            let shown = said
                .iter()
                .take(LABELS)
                .map(|(text, n)| format!("“{}” ({})", text.split_whitespace().collect::<Vec<_>>().join(" "), by_voice(*n)));
            (findings.corpus.outlet(outlet).name.as_str(), shown.collect::<Vec<_>>().join(", "))
        };
        let called = order.into_iter().take(ENTITIES).map(|entity| Called {
            entity: findings.corpus.shown_name(&findings.entities[entity].name),
            by: labels[&entity].iter().take(OUTLETS).map(outlet).collect(),
        });
        called.collect()
    }
}
