//! What must be the same for a kept stage to be used: content, settings and version, never a time of change.

use crate::analysis::settings::Settings;
use crate::analysis::stages::Kept;
use crate::corpus::collection::Corpus;
use crate::digest::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What a stage was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageKey {
    /// Which stage.
    pub stage: String,
    /// Of Retold, and of the form in which stages are kept.
    pub version: String,
    /// SHA-256 over all articles in corpus order: their text, what was taken off, outlet, date, language and headline.
    pub articles: String,
    /// SHA-256 over the settings that decide the stage.
    pub settings: String,
}

/// Changes when a kept stage looks otherwise than before in one version of Retold.
const FORM: &str = "2";

impl StageKey {
    /// The keys of all stages, in their order.
    #[must_use]
    pub fn all(corpus: &Corpus, settings: &Settings) -> Vec<Self> {
        let articles = articles(corpus);
        let of = |stage: &Kept| Self {
            stage: stage.as_str().to_owned(),
            version: format!("{} {FORM}", env!("CARGO_PKG_VERSION")),
            articles: articles.clone(),
            settings: Digest::of(stage.decided_by(settings).as_bytes()).to_string(),
        };
        Kept::ALL.iter().map(of).collect()
    }

    /// What is another than in `kept`; `None` where it fits.
    #[must_use]
    pub fn changed_since(&self, kept: &Self) -> Option<&'static str> {
        let differs = [
            (self.version != kept.version, "the version changed"),
            (self.articles != kept.articles, "the articles changed"),
            (self.settings != kept.settings, "the settings changed"),
            (self.stage != kept.stage, "it is another stage"),
        ];
        differs.into_iter().find(|(differs, _)| *differs).map(|(_, what)| what)
    }
}

fn articles(corpus: &Corpus) -> String {
    let mut hash = Sha256::new();
    for id in corpus.ids() {
        let article = corpus.article(id);
        // Parts with their lengths, so that they do not run together.
        let mut add = |part: &[u8]| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        add(corpus.whole_text(id).as_bytes());
        add(corpus.outlet(article.outlet).name.as_bytes());
        add(article.language.as_bytes());
        add(article.title.as_bytes());
        add(format!("{:?} {:?} {:?}", article.key, article.published_at, article.removed).as_bytes());
    }
    Digest(hash.finalize().into()).to_string()
}
