//! What a run can keep of its costly stages, so that one that was cut off need not begin anew.

use std::io::{self, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::quarantine::Quarantine;
use super::settings::Settings;

/// A stage whose results can be kept: one that costs far more than reading them again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// The search for shared passages: pairs of aligned places, and what was left out as too common.
    Passages,
    /// Passages with all their witnesses, laid side by side.
    Collations,
    /// Articles grouped by event.
    Stories,
}

impl Kept {
    /// All, in the order of a run.
    pub const ALL: [Self; 3] = [Self::Passages, Self::Collations, Self::Stories];

    /// As written in messages and names of files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passages => "passages",
            Self::Collations => "collations",
            Self::Stories => "stories",
        }
    }

    /// The settings that decide the stage, written out. Lists of wording decide none: what they find is found in every run. Nor
    /// does memory.
    #[must_use]
    pub fn decided_by(self, settings: &Settings) -> String {
        let mut reuse = settings.reuse.clone();
        reuse.memory = 0;
        match self {
            Self::Passages | Self::Collations => format!("{reuse:?} {:?}", settings.long),
            Self::Stories => format!("{reuse:?} {:?}", settings.stories),
        }
    }
}

/// Where results of stages are kept between runs.
pub trait Stages {
    /// Gives what was kept of a stage to `read`, which tells whether it could make use of it; `false` where there is nothing that
    /// fits this corpus and these settings.
    fn load(&self, stage: Kept, read: &mut dyn FnMut(&[u8]) -> bool) -> bool;

    /// Keeps what `write` writes. That this fails is no reason to end a run.
    fn keep(&self, stage: Kept, write: &dyn Fn(&mut dyn Write) -> io::Result<()>);
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct NothingKept;

impl Stages for NothingKept {
    fn load(&self, _: Kept, _: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        false
    }

    fn keep(&self, _: Kept, _: &dyn Fn(&mut dyn Write) -> io::Result<()>) {}
}

/// What was kept of a stage.
pub(super) fn loaded<T: DeserializeOwned>(stage: Kept, stages: &dyn Stages) -> Option<T> {
    let mut found = None;
    let mut read = |kept: &[u8]| {
        found = postcard::from_bytes(kept).ok();
        found.is_some()
    };
    stages.load(stage, &mut read).then_some(())?;
    found
}

/// Keeps what a stage found; nothing once a pair of articles failed, which a later run would not hear of.
pub(super) fn kept<T: Serialize>(found: T, stage: Kept, stages: &dyn Stages, failed: &Quarantine) -> T {
    if !failed.is_empty() {
        return found;
    }
    stages.keep(stage, &|to| postcard::to_io(&found, to).map(drop).map_err(io::Error::other));
    found
}

/// What was kept of a stage, or else what it finds anew, which is kept then.
pub(super) fn resumed<T: Serialize + DeserializeOwned>(
    stage: Kept,
    stages: &dyn Stages,
    failed: &Quarantine,
    anew: impl FnOnce() -> T,
) -> T {
    loaded(stage, stages).unwrap_or_else(|| kept(anew(), stage, stages, failed))
}
