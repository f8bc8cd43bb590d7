//! What runs that were killed have left beside their places: found by name, and cleared where nobody holds it.

use std::fs;
use std::path::{Path, PathBuf};

use retold::digest::Digest;

use super::claim::claim_dead;
use super::operations::FileSystem;

const PREFIX: &str = ".retold-";
const LOCK: &str = ".lock";
const PART: &str = ".part";
const PARKED: &str = "-old";

/// The names that belong to one place: of its lock and of folders in the making. A hash, since what the place is called may be too long
/// to be added to; by the name alone, since the names stand beside the place.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    folder: PathBuf,
    stem: String,
}

impl Names {
    /// For a place in `folder`.
    pub(crate) fn of(folder: &Path, place: &Path) -> Self {
        let name = place.file_name().unwrap_or_default();
        let Digest(hash) = Digest::of(name.as_encoded_bytes());
        let stem: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { folder: folder.to_path_buf(), stem: format!("{PREFIX}{stem}") }
    }

    /// The lock file: whoever holds it is the only one to write into the place.
    pub(crate) fn lock(&self) -> PathBuf {
        self.folder.join(format!("{}{LOCK}", self.stem))
    }

    /// The n-th name for a folder in the making.
    pub(crate) fn making(&self, n: usize) -> PathBuf {
        self.folder.join(format!("{}-{n}", self.stem))
    }

    /// Where the earlier result stands for a moment, on systems that cannot swap two folders.
    pub(crate) fn parked(&self) -> PathBuf {
        self.folder.join(format!("{}{PARKED}", self.stem))
    }

    /// Clears what earlier runs have left for this place; only for whoever holds its lock. An earlier result that was parked goes back
    /// if its place is empty.
    pub(crate) fn clear(&self, files: &dyn FileSystem, place: &Path) -> std::io::Result<()> {
        let parked = self.parked();
        if parked.is_dir() && fs::symlink_metadata(place).is_err() {
            files.rename(&parked, place)?;
        }
        for name in names(&self.folder) {
            if self.owns(&name) {
                remove(files, &self.folder.join(name));
            }
        }
        Ok(())
    }

    fn owns(&self, name: &str) -> bool {
        name.strip_prefix(&self.stem).is_some_and(|rest| rest.starts_with('-'))
    }
}

/// A name for a file in the making.
pub(crate) fn part(folder: &Path, n: usize) -> PathBuf {
    // The number of the process keeps runs that write into one folder out of each other's way.
    folder.join(format!("{PREFIX}{}-{n}{PART}", std::process::id()))
}

/// Clears what runs that are gone have left in a folder. Fails silently: what another user left is not ours to remove.
pub(crate) fn clear_dead(files: &dyn FileSystem, folder: &Path) {
    let all = names(folder);
    for name in &all {
        let path = folder.join(name);
        if is_part(name) {
            if let Some(_held) = claim_dead(&path) {
                remove(files, &path);
            }
        } else if let Some(stem) = name.strip_suffix(LOCK).filter(|stem| is_stem(stem)) {
            let of_place = Names { folder: folder.to_path_buf(), stem: stem.to_owned() };
            // A parked result may be the only one. Only a run into its own place knows that.
            if of_place.parked().exists() {
                continue;
            }
            if let Some(_held) = claim_dead(&path) {
                // Looked for again, now that nobody else can make one.
                names(folder).iter().filter(|name| of_place.owns(name)).for_each(|name| remove(files, &folder.join(name)));
                remove(files, &path);
            }
        }
    }
}

/// Whether a name is made as [`Names::of`] makes them: somebody else's file may begin alike.
fn is_stem(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether a name is made as [`part`] makes them.
fn is_part(name: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbers = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(PART)?.split_once('-'));
    numbers.is_some_and(|(process, n)| number(process) && number(n))
}

/// Names of Retold's own in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.starts_with(PREFIX));
    names.sort();
    names
}

fn remove(files: &dyn FileSystem, path: &Path) {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|kind| kind.is_dir());
    let _best_effort = if is_folder { files.remove_folder(path) } else { files.remove_file(path) };
}
