//! A folder in the making beside its place, and how it gets there: whole, in one step, and with nothing left beside.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use retold::error::{Error, ErrorKind, Result};

use super::claim::{Claim, Claimed};
use super::leftovers::{Names, clear_dead};
use super::operations::{FileSystem, NewFile};
use super::unfinished::{Hold, Unfinished, hold};

/// Dropped without [`FolderAside::put`], it leaves nothing.
pub(crate) struct FolderAside<'f> {
    files: &'f dyn FileSystem,
    place: PathBuf,
    names: Names,
    path: PathBuf,
    /// Whether something stands at `path`.
    there: bool,
    claim: Option<Claim>,
    /// Folders made so that this one can stand in them, the outermost first.
    parents: Vec<PathBuf>,
}

/// More folders in the making than this belong to nobody who is alive.
const MOST: usize = 1000;

impl<'f> FolderAside<'f> {
    /// Claims the place, clears what runs that were killed have left beside it, and starts a folder there. `shown` is the place as the
    /// user named it.
    pub(crate) fn start(files: &'f dyn FileSystem, place: &Path, shown: &Path) -> Result<Self> {
        let failed = |action, path: &Path| {
            let path = path.to_path_buf();
            move |source| Error::from(ErrorKind::Output { action, path, source })
        };
        let parent = place.parent().unwrap_or(Path::new("/"));
        let names = Names::of(parent, place);
        let path = names.making(1);
        // From here on, what was made goes when this is dropped.
        let mut aside = Self { files, place: place.to_path_buf(), names, path, there: false, claim: None, parents: Vec::new() };
        {
            let mut hold = hold();
            let created = create_missing(files, parent, &mut aside.parents);
            aside.parents.iter().for_each(|parent| hold.note(Unfinished::Parent(parent.clone())));
            created.map_err(failed("create", parent))?;
        }
        aside.claim = match files.claim(&aside.names.lock()) {
            Claimed::Held(claim) => Some(claim),
            Claimed::ByAnother => return Err(ErrorKind::OutputBusy { path: shown.to_path_buf() }.into()),
            // Without locks nothing says who is alive. Runs into one place then end as whole folders, the last to be put there stays.
            Claimed::Impossible => None,
        };
        if let Some(claim) = &aside.claim {
            hold().note(Unfinished::File(claim.path.clone()));
            aside.names.clear(files, place).map_err(failed("put back the earlier result of", shown))?;
        }
        clear_dead(files, parent);
        for n in 1..=MOST {
            let mut hold = hold();
            aside.path = aside.names.making(n);
            match files.create_private_folder(&aside.path) {
                Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists && n < MOST => {}
                made => {
                    made.map_err(failed("write beside", shown))?;
                    hold.note(Unfinished::Folder(aside.path.clone()));
                    aside.there = true;
                    break;
                }
            }
        }
        Ok(aside)
    }

    /// Where the folder is being made.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Creates a file in it, and the folder that the file is in.
    pub(crate) fn create(&self, name: &str) -> io::Result<Box<dyn NewFile>> {
        let path = self.path.join(name);
        let _hold = hold();
        create_missing(self.files, path.parent().unwrap_or(&self.path), &mut Vec::new())?;
        self.files.create_new(&path)
    }

    /// Makes the folder as open as the one that it replaces, or as any new one: until now it was its owner's alone.
    pub(crate) fn open_to_others(&self) -> io::Result<()> {
        let permissions = match fs::metadata(&self.place) {
            Ok(replaced) => replaced.permissions(),
            Err(_) => {
                // What a new folder gets here, told by making one.
                let probe = self.path.join(".mode");
                let _hold = hold();
                self.files.create_folder(&probe)?;
                let permissions = fs::metadata(&probe)?.permissions();
                self.files.remove_empty_folder(&probe)?;
                permissions
            }
        };
        self.files.permit(&self.path, permissions)
    }

    /// Puts the folder in its place, and removes what stood there.
    pub(crate) fn put(mut self) -> io::Result<()> {
        {
            // Whoever ends the program waits until one or the other stands in the place.
            let mut hold = hold();
            if self.place.is_dir() {
                match self.files.exchange(&self.path, &self.place) {
                    Err(unable) if unable.kind() == io::ErrorKind::Unsupported => self.by_way_of_a_third_name(&mut hold)?,
                    exchanged => exchanged?,
                }
                // What stands under the temporary name now is the earlier result.
            } else {
                self.files.rename(&self.path, &self.place)?;
                self.there = false;
                hold.strike(&self.path);
            }
            self.parents.drain(..).for_each(|parent| hold.strike(&parent));
        }
        if let Some(parent) = self.place.parent() {
            self.files.sync_folder(parent)?;
        }
        if self.there {
            self.files.remove_folder(&self.path)?;
            self.there = false;
        }
        Ok(())
    }

    /// A kill in between leaves the earlier result under the third name; the next run puts it back.
    fn by_way_of_a_third_name(&mut self, hold: &mut Hold) -> io::Result<()> {
        let parked = self.names.parked();
        self.files.rename(&self.place, &parked)?;
        self.files.rename(&self.path, &self.place).inspect_err(|_| {
            let _next_run_does = self.files.rename(&parked, &self.place);
        })?;
        hold.strike(&self.path);
        hold.note(Unfinished::Folder(parked.clone()));
        self.path = parked;
        Ok(())
    }
}

impl Drop for FolderAside<'_> {
    fn drop(&mut self) {
        let mut hold = hold();
        if self.there {
            let _next_run_does = self.files.remove_folder(&self.path);
        }
        hold.strike(&self.path);
        if let Some(claim) = &self.claim {
            // As long as the earlier result stands under its third name, the lock file tells others to leave it alone.
            if !self.names.parked().exists() {
                let _next_run_does = self.files.remove_file(&claim.path);
            }
            hold.strike(&claim.path);
        }
        for parent in self.parents.iter().rev() {
            let _others_use_it = self.files.remove_empty_folder(parent);
            hold.strike(parent);
        }
    }
}

/// Creates a folder and those above it, as far as they are missing; tells which were.
pub(crate) fn create_missing(files: &dyn FileSystem, folder: &Path, created: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.is_dir()).collect();
    for &folder in missing.iter().rev() {
        match files.create_folder(folder) {
            Ok(()) => created.push(folder.to_path_buf()),
            // Another run was quicker.
            Err(_) if folder.is_dir() => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}
