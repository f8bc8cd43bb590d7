//! A file in the making beside its place, put there by one rename.

use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use super::leftovers::{clear_dead, part};
use super::operations::{FileSystem, NewFile};
use super::unfinished::{Hold, Unfinished, hold};

/// Dropped without [`FileAside::put`], it leaves nothing.
pub(crate) struct FileAside<'f> {
    files: &'f dyn FileSystem,
    path: PathBuf,
    /// Open until the file is in its place: as long as it is, nobody takes it for the leftover of a run that is gone.
    file: Box<dyn NewFile>,
    there: bool,
}

/// More files in the making than this no process has.
const MOST: usize = 1000;

impl<'f> FileAside<'f> {
    /// Clears what runs that were killed have left in the folder, and starts a file there.
    pub(crate) fn start(files: &'f dyn FileSystem, folder: &Path) -> io::Result<Self> {
        clear_dead(files, folder);
        let mut n = 1;
        loop {
            let path = part(folder, n);
            let mut hold = hold();
            match files.create_claimed(&path) {
                Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists && n < MOST => n += 1,
                file => {
                    let file = file?;
                    hold.note(Unfinished::File(path.clone()));
                    return Ok(Self { files, path, file, there: true });
                }
            }
        }
    }

    /// Writes all of it and waits until it is on the disk.
    pub(crate) fn write(&mut self, content: &[u8]) -> io::Result<()> {
        self.file.write_all(content)?;
        self.file.sync()
    }

    /// Says who may read and write the file.
    pub(crate) fn permit(&self, permissions: Permissions) -> io::Result<()> {
        self.files.permit(&self.path, permissions)
    }

    /// Puts the file in its place; what stood there is gone then.
    pub(crate) fn put(mut self, place: &Path) -> io::Result<()> {
        self.rename(&mut hold(), place)?;
        self.files.sync_folder(folder_of(place))
    }

    fn rename(&mut self, hold: &mut Hold, place: &Path) -> io::Result<()> {
        self.files.rename(&self.path, place)?;
        self.there = false;
        hold.strike(&self.path);
        Ok(())
    }
}

impl Drop for FileAside<'_> {
    fn drop(&mut self) {
        if self.there {
            let mut hold = hold();
            let _next_run_does = self.files.remove_file(&self.path);
            hold.strike(&self.path);
        }
    }
}

/// Puts new files into one folder, where none of them is yet: all, or none if one cannot be put there.
pub(crate) fn put_new(files: &dyn FileSystem, mut asides: Vec<(FileAside<'_>, &Path)>) -> io::Result<()> {
    let places: Vec<&Path> = asides.iter().map(|&(_, place)| place).collect();
    let done = {
        let mut hold = hold();
        asides.iter_mut().try_for_each(|(aside, place)| aside.rename(&mut hold, place))
    };
    let done = done.and_then(|()| places.first().map_or(Ok(()), |place| files.sync_folder(folder_of(place))));
    done.inspect_err(|_| {
        for (_, place) in asides.iter().filter(|(aside, _)| !aside.there) {
            let _best_effort = files.remove_file(place);
        }
    })
}

/// The folder that a path is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a path names something that is neither a file nor a folder, such as a pipe: it is written to and not replaced.
pub(crate) fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|kind| !kind.is_file() && !kind.is_dir())
}
