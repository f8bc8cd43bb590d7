//! Items of a section grouped under the story that they belong to.

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::id::StoryId;
use crate::tables::stories::shown_label;

/// Items of one story; `story` is `None` for what belongs to several.
pub(super) struct Chapter {
    /// The key of the story; empty for several stories.
    pub(super) story: String,
    /// What the story is called; empty where it has no name.
    pub(super) label: String,
    pub(super) items: Vec<String>,
}

/// Groups rendered items, in order of the first item of each story, and in the given order inside it.
pub(super) fn chapters(findings: &Findings<'_>, items: impl Iterator<Item = (Option<StoryId>, String)>) -> Vec<Chapter> {
    let mut at: BTreeMap<Option<StoryId>, usize> = BTreeMap::new();
    let mut out: Vec<Chapter> = Vec::new();
    for (id, item) in items {
        let place = *at.entry(id).or_insert_with(|| {
            let story = id.map(|id| findings.stories.get(id));
            let shown = story.filter(|_| findings.settings.text.is_shown());
            out.push(Chapter {
                story: story.map_or_else(String::new, |s| s.key.to_string()),
                label: shown.map_or_else(String::new, |s| shown_label(s, findings)),
                items: Vec::new(),
            });
            out.len() - 1
        });
        out[place].items.push(item);
    }
    out
}
