//! Articles that report the same event.

use crate::corpus::collection::Corpus;
use crate::id::{ArticleId, Key, StoryId};

/// Articles that report the same event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Stable while its first article is.
    pub key: Key,
    /// Its articles, in corpus order.
    pub articles: Vec<ArticleId>,
}

/// The stories of a corpus: every article belongs to one, if only to its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    stories: Vec<Story>,
    of: Vec<StoryId>,
}

impl Stories {
    /// Numbers groups of articles in order of their first article; articles of no group are stories of their own.
    #[must_use]
    pub fn new(groups: Vec<Vec<ArticleId>>, corpus: &Corpus) -> Self {
        let mut grouped = vec![false; corpus.articles().len()];
        groups.iter().flatten().for_each(|id| grouped[id.index()] = true);
        let alone = corpus.ids().filter(|id| !grouped[id.index()]).map(|id| vec![id]);
        let mut all: Vec<Vec<ArticleId>> = groups.into_iter().filter(|group| !group.is_empty()).chain(alone).collect();
        all.iter_mut().for_each(|group| group.sort_unstable());
        all.sort_unstable();
        let mut of = vec![StoryId::new(0); corpus.articles().len()];
        for (story, group) in all.iter().enumerate() {
            group.iter().for_each(|id| of[id.index()] = StoryId::new(story));
        }
        let key = |group: &[ArticleId]| Key::of('s', &[&corpus.article(group[0]).key.bytes()]);
        Self { stories: all.into_iter().map(|articles| Story { key: key(&articles), articles }).collect(), of }
    }

    /// All stories, in order of their first article.
    #[must_use]
    pub fn all(&self) -> &[Story] {
        &self.stories
    }

    /// One story.
    #[must_use]
    pub fn get(&self, id: StoryId) -> &Story {
        &self.stories[id.index()]
    }

    /// The story of an article.
    #[must_use]
    pub fn of(&self, article: ArticleId) -> StoryId {
        self.of[article.index()]
    }
}
