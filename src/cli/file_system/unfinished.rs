//! What a signal has to clear away: everything that is being made and not yet in its place.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something that must not stay when the program is told to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unfinished {
    /// A folder with all that it holds.
    Folder(PathBuf),
    /// A file.
    File(PathBuf),
    /// A folder that was made so that something can stand in it; goes if nothing does.
    Parent(PathBuf),
}

/// In order of creation. Signals are the process's, so this is as well.
static UNFINISHED: Mutex<Vec<Unfinished>> = Mutex::new(Vec::new());

/// Held while something is created or put in its place, and by whoever clears away: from then on nothing can be created any more.
pub(crate) struct Hold(MutexGuard<'static, Vec<Unfinished>>);

/// Waits for whoever holds it. A list that a panic left is as good as any: it is only added to and taken from.
pub(crate) fn hold() -> Hold {
    Hold(UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Hold {
    /// Notes what is about to be made.
    pub(crate) fn note(&mut self, what: Unfinished) {
        self.0.push(what);
    }

    /// Strikes out what is in its place, or gone.
    pub(crate) fn strike(&mut self, path: &Path) {
        self.0.retain(|what| match what {
            Unfinished::Folder(noted) | Unfinished::File(noted) | Unfinished::Parent(noted) => noted != path,
        });
    }

    /// Removes everything that is unfinished, what was made last first, and tells whether there was anything. What cannot be removed
    /// stays for the next run to clear.
    pub(crate) fn clear(&mut self) -> bool {
        let any = !self.0.is_empty();
        for what in self.0.drain(..).rev() {
            let _best_effort = match what {
                Unfinished::Folder(path) => fs::remove_dir_all(path),
                Unfinished::File(path) => fs::remove_file(path),
                Unfinished::Parent(path) => fs::remove_dir(path),
            };
        }
        any
    }
}
