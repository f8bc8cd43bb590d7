//! The output folder: built whole beside its place, then put there by one rename.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use retold::error::{Error, ErrorKind, Result};
use retold::read::files::is_own_output;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::manifest;

/// A folder in the making. Dropped without [`OutputFolder::commit`], it leaves nothing.
pub(crate) struct OutputFolder {
    target: PathBuf,
    building: TempDir,
    written: Vec<(String, String)>,
}

/// A path without links and `..`, as far as it is there.
fn resolved(path: &Path) -> PathBuf {
    let above = || Some(resolved(path.parent()?).join(path.file_name()?));
    path.canonicalize().ok().or_else(above).unwrap_or_else(|| path.to_path_buf())
}

impl OutputFolder {
    /// Checks that the folder may be written, and starts it beside its place.
    pub(crate) fn start(target: &Path, inputs: &[PathBuf], force: bool) -> Result<Self> {
        let failed = |action, path: &Path| {
            let path = path.to_path_buf();
            move |source| Error::from(ErrorKind::Output { action, path, source })
        };
        let absolute = std::path::absolute(target).map_err(failed("find", target))?;
        // The target may be a link to a folder: what it points to is what would be replaced.
        let absolute = resolved(&absolute);
        for input in inputs {
            let full = input.canonicalize().unwrap_or_else(|_| input.clone());
            let holds_input = full.starts_with(&absolute);
            if holds_input || (absolute.starts_with(&full) && full.is_dir()) {
                return Err(ErrorKind::OutputInInput { output: target.to_path_buf(), input: input.clone() }.into());
            }
        }
        // The folder is swapped for another: whoever stands in it would be left in one that is gone.
        if std::env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|here| here.starts_with(&absolute)) {
            return Err(ErrorKind::OutputIsHere { path: target.to_path_buf() }.into());
        }
        let exists = fs::symlink_metadata(&absolute).is_ok();
        if exists && !force && !is_own_output(&absolute) && !is_empty_folder(&absolute) {
            return Err(ErrorKind::ForeignFolder { path: target.to_path_buf() }.into());
        }
        if exists && !absolute.is_dir() {
            return Err(ErrorKind::ForeignFolder { path: target.to_path_buf() }.into());
        }
        let parent = absolute.parent().unwrap_or(Path::new("/")).to_path_buf();
        fs::create_dir_all(&parent).map_err(failed("create", &parent))?;
        let building = tempfile::Builder::new().prefix(".retold-").tempdir_in(&parent).map_err(failed("write beside", target))?;
        Ok(Self { target: absolute, building, written: Vec::new() })
    }

    /// Writes one file through `fill` and makes it durable.
    pub(crate) fn write<T>(&mut self, name: &str, fill: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T> {
        let path = self.building.path().join(name);
        let shown = self.target.join(name);
        let attempt = || -> io::Result<(T, String)> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = Hashing { inner: BufWriter::new(File::create_new(&path)?), hash: Sha256::new() };
            let value = fill(&mut file)?;
            file.flush()?;
            file.inner.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            Ok((value, file.hash.finalize().iter().map(|b| format!("{b:02x}")).collect()))
        };
        let (value, sha256) = attempt().map_err(|source| ErrorKind::Output { action: "write", path: shown, source })?;
        self.written.push((name.to_owned(), sha256));
        Ok(value)
    }

    /// Writes one file that only its owner may read, where the system knows owners.
    pub(crate) fn write_private<T>(&mut self, name: &str, fill: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T> {
        let value = self.write(name, fill)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Nobody else can open it before: the folder in the making is its owner's alone.
            let failed = |source| ErrorKind::Output { action: "set permissions of", path: self.target.join(name), source };
            fs::set_permissions(self.building.path().join(name), fs::Permissions::from_mode(0o600)).map_err(failed)?;
        }
        Ok(value)
    }

    /// Name and SHA-256 of every file written so far.
    pub(crate) fn written(&self) -> &[(String, String)] {
        &self.written
    }

    /// Puts the folder in its place. Files of an earlier run that Retold did not write are taken along.
    pub(crate) fn commit(self) -> Result<()> {
        let Self { target, building, .. } = self;
        let attempt = || -> io::Result<()> {
            if target.is_dir() {
                take_along(&target, building.path())?;
            }
            sync_folders(building.path())?;
            open_to_all(building.path())?;
            if target.is_dir() {
                exchange(building.path(), &target)?;
                // What stands under the temporary name now is the old folder.
                building.close()?;
            } else {
                fs::rename(building.path(), &target)?;
                // Nothing stands under the temporary name any more.
                let _gone = building.keep();
            }
            target.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
        };
        attempt().map_err(|source| ErrorKind::Output { action: "put in place", path: target.clone(), source }.into())
    }
}

/// Takes what the old folder holds and no earlier run claims into the new one: files, links and folders.
fn take_along(old: &Path, new: &Path) -> io::Result<()> {
    let ours: BTreeSet<String> = manifest::outputs(old);
    for entry in walkdir::WalkDir::new(old).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(io::Error::other)?;
        let Ok(inside) = entry.path().strip_prefix(old) else { continue };
        let name = inside.to_string_lossy().replace('\\', "/");
        let there = new.join(inside);
        if ours.contains(&name) || (name == manifest::NAME && is_own_output(old)) {
            continue;
        }
        if entry.file_type().is_dir() {
            fs::create_dir_all(&there)?;
            continue;
        }
        if fs::symlink_metadata(&there).is_ok() {
            let what = format!("it holds a file of its own named {name}, which this run would replace");
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, what));
        }
        if entry.file_type().is_symlink() {
            relink(entry.path(), &there)?;
        } else {
            fs::copy(entry.path(), &there)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn relink(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn relink(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to).map(|_| ())
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Temporary folders are private; a result is as open as any other new folder.
fn open_to_all(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What a new folder gets here, told by making one.
        let probe = folder.join(".mode");
        fs::create_dir(&probe)?;
        let mode = fs::metadata(&probe)?.permissions().mode();
        fs::remove_dir(&probe)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _unused = folder;
    Ok(())
}

fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.map_err(io::Error::other)?;
        if cfg!(unix) && entry.file_type().is_dir() {
            File::open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Swaps two folders: in one step where the system can, otherwise by way of a third name.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = tempfile::Builder::new().prefix(".retold-old-").tempdir_in(old.parent().unwrap_or(old))?;
    let parked = aside.path().join("old");
    fs::rename(old, &parked)?;
    fs::rename(new, old).inspect_err(|_| {
        // Whatever happened, the old result must not be lost.
        let _best_effort = fs::rename(&parked, old);
    })?;
    fs::create_dir(new)
}

struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(part)?;
        self.hash.update(&part[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
