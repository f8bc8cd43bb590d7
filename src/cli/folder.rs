//! The output folder: built whole beside its place, then put there in one step.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use retold::digest::Hashing;
use retold::error::{Error, ErrorKind, Result};
use retold::read::files::is_own_output;

use super::file_system::folder_aside::{FolderAside, create_missing};
use super::file_system::operations::FileSystem;
use super::file_system::unfinished::hold;
use super::manifest;

/// A folder in the making. Dropped without [`OutputFolder::commit`], it leaves nothing.
pub(crate) struct OutputFolder<'f> {
    files: &'f dyn FileSystem,
    target: PathBuf,
    aside: FolderAside<'f>,
    written: Vec<(String, String)>,
}

/// A path without links and `..`, as far as it is there.
fn resolved(path: &Path) -> PathBuf {
    let above = || Some(resolved(path.parent()?).join(path.file_name()?));
    path.canonicalize().ok().or_else(above).unwrap_or_else(|| path.to_path_buf())
}

impl<'f> OutputFolder<'f> {
    /// Checks that the folder may be written, and starts it beside its place.
    pub(crate) fn start(files: &'f dyn FileSystem, target: &Path, inputs: &[PathBuf], force: bool) -> Result<Self> {
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
        // On other systems folders carry that mark for other reasons.
        if cfg!(unix) && fs::metadata(&absolute).is_ok_and(|kind| kind.permissions().readonly()) {
            // Whoever took the right to write away wants to keep what is there.
            return Err(failed("replace", target)(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only")));
        }
        let aside = FolderAside::start(files, &absolute, target)?;
        Ok(Self { files, target: absolute, aside, written: Vec::new() })
    }

    /// Writes one file through `fill` and makes it durable.
    pub(crate) fn write<T>(&mut self, name: &str, fill: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T> {
        let shown = self.target.join(name);
        let attempt = || -> io::Result<(T, String)> {
            let mut file = Hashing::new(BufWriter::with_capacity(BUFFER, self.aside.create(name)?));
            let value = fill(&mut file)?;
            let (file, sha256) = file.finish();
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync()?;
            Ok((value, sha256.to_string()))
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
            self.files.permit(&self.aside.path().join(name), fs::Permissions::from_mode(0o600)).map_err(failed)?;
        }
        Ok(value)
    }

    /// Name and SHA-256 of every file written so far.
    pub(crate) fn written(&self) -> &[(String, String)] {
        &self.written
    }

    /// Puts the folder in its place. Files of an earlier run that Retold did not write are taken along.
    pub(crate) fn commit(self) -> Result<()> {
        let Self { files, target, aside, .. } = self;
        let attempt = || -> io::Result<()> {
            if target.is_dir() {
                take_along(files, &target, aside.path())?;
            }
            sync_folders(files, aside.path())?;
            aside.open_to_others()?;
            aside.put()
        };
        attempt().map_err(|source| ErrorKind::Output { action: "put in place", path: target.clone(), source }.into())
    }
}

/// Takes what the old folder holds and no earlier run claims into the new one: files, links and folders.
fn take_along(files: &dyn FileSystem, old: &Path, new: &Path) -> io::Result<()> {
    let ours: BTreeSet<String> = manifest::outputs(old);
    let named = |name: &str, what: &str| io::Error::new(io::ErrorKind::AlreadyExists, format!("it holds {name}, {what}"));
    for entry in walkdir::WalkDir::new(old).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(io::Error::other)?;
        let Ok(inside) = entry.path().strip_prefix(old) else { continue };
        let name = inside.to_string_lossy().replace('\\', "/");
        let there = new.join(inside);
        if ours.contains(&name) || (name == manifest::NAME && is_own_output(old)) {
            continue;
        }
        if entry.file_type().is_dir() {
            let _hold = hold();
            create_missing(files, &there, &mut Vec::new())?;
            continue;
        }
        if fs::symlink_metadata(&there).is_ok() {
            return Err(named(&name, "a file of its own, which this run would replace"));
        }
        if entry.file_type().is_symlink() {
            let _hold = hold();
            files.link_soft(&fs::read_link(entry.path())?, &there)?;
            continue;
        }
        // A second name keeps all that a copy would change; where there is no such thing, a copy has to do.
        let linked = {
            let _hold = hold();
            files.link_hard(entry.path(), &there)
        };
        match linked {
            Err(_) if entry.file_type().is_file() => copy(files, entry.path(), &there)?,
            // To read what is no file, such as a pipe, might never end.
            Err(_) => return Err(named(&name, "which is neither a file nor a folder and cannot be taken along")),
            Ok(()) => {}
        }
    }
    Ok(())
}

fn copy(files: &dyn FileSystem, from: &Path, to: &Path) -> io::Result<()> {
    let mut file = {
        let _hold = hold();
        files.create_new(to)?
    };
    io::copy(&mut File::open(from)?, &mut file)?;
    file.sync()?;
    files.permit(to, fs::metadata(from)?.permissions())
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Makes the names in a folder durable, and in the folders inside it.
fn sync_folders(files: &dyn FileSystem, folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(io::Error::other)?;
        if entry.file_type().is_dir() {
            files.sync_folder(entry.path())?;
        }
    }
    Ok(())
}

/// Bytes kept before they are written.
const BUFFER: usize = 1 << 16;
