//! Where a command's result goes: a file, whole or not at all, or standard output.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use retold::error::{ErrorKind, Result};
use retold::read::files::is_read;
use retold::tables::LISTINGS;
use retold::tables::row::Column;

use super::file_system::disk::Disk;
use super::file_system::file_aside::{FileAside, folder_of, is_device, put_new};
use super::file_system::folder_aside::{FolderAside, create_missing};
use super::file_system::operations::FileSystem;
use super::terminal::{clean, out, printed};

/// Writes a result to a file, or to standard output where none is given: cleaned on a terminal, exact in a pipe.
pub(crate) fn emit(to: Option<&Path>, text: &str) -> Result<()> {
    if let Some(path) = to {
        return file(path, text);
    }
    if io::stdout().is_terminal() {
        return out(text.trim_end_matches('\n'));
    }
    let mut stdout = io::stdout().lock();
    printed(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
}

/// Writes text for people, cleaned wherever it goes.
pub(crate) fn emit_text(to: Option<&Path>, text: &str) -> Result<()> {
    emit(to, &clean(text))
}

/// Writes a file beside its place and puts it there by one rename. A link is followed: what it points to is replaced.
pub(crate) fn file(path: &Path, text: &str) -> Result<()> {
    file_on(&Disk, path, text)
}

/// The same on any file system.
pub(crate) fn file_on(files: &dyn FileSystem, path: &Path, text: &str) -> Result<()> {
    let failed = |action| move |source| ErrorKind::Output { action, path: path.to_path_buf(), source };
    let write = failed("write");
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(_) if fs::symlink_metadata(path).is_ok() => {
            return Err(write(io::Error::new(io::ErrorKind::NotFound, "it is a link to something that is not there")).into());
        }
        Err(_) => path.to_path_buf(),
    };
    if is_device(&target) {
        return Ok(files.open_device(&target).and_then(|mut device| device.write_all(text.as_bytes())).map_err(write)?);
    }
    let folder = folder_of(&target);
    let mut created = Vec::new();
    let mut attempt = || -> Result<()> {
        create_missing(files, folder, &mut created).map_err(failed("create the folder of"))?;
        let mut aside = FileAside::start(files, folder).map_err(failed("write beside"))?;
        aside.write(text.as_bytes()).map_err(write)?;
        if let Ok(before) = target.metadata() {
            aside.permit(before.permissions()).map_err(failed("set permissions of"))?;
        }
        Ok(aside.put(&target).map_err(failed("put in place"))?)
    };
    attempt().inspect_err(|_| {
        for folder in created.iter().rev() {
            let _others_use_it = files.remove_empty_folder(folder);
        }
    })
}

/// Writes files that are not there yet into one folder that is: all of them or none.
pub(crate) fn new_files(files: &dyn FileSystem, contents: &[(PathBuf, String)]) -> Result<()> {
    let mut asides = Vec::new();
    for (path, text) in contents {
        let failed = |source| ErrorKind::Output { action: "write", path: path.clone(), source };
        let mut aside = FileAside::start(files, folder_of(path)).map_err(failed)?;
        aside.write(text.as_bytes()).map_err(failed)?;
        asides.push((aside, path.as_path()));
    }
    let first = contents.first().map(|(path, _)| folder_of(path).to_path_buf()).unwrap_or_default();
    Ok(put_new(files, asides).map_err(|source| ErrorKind::Output { action: "write into", path: first, source })?)
}

/// Whether a file is the result of an earlier run: what Retold writes says so in its first lines.
fn is_result(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(512).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    let starts = ["{\"type\":\"place\"", "{\"type\":\"finding\"", "{\"type\":\"suggestion\""].iter().any(|start| head.starts_with(start));
    let holds = ["\"name\": \"retold\"", "\"tool\": \"retold\"", "/sarif-schema-2.1.0.json", "/retold/blob/"]
        .iter()
        .any(|part| head.contains(part));
    let header = |columns: &[Column]| columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    read.is_ok() && (starts || holds || LISTINGS.iter().any(|(.., columns)| head.starts_with(&header(columns))))
}

/// Refuses a file to write that is one of the files to read, or that would be read as an article from a folder given. The result
/// of an earlier run may be written anew.
pub(crate) fn refuse_input(output: &Path, inputs: &[PathBuf]) -> Result<()> {
    let full = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let in_folder = || Some(absolute.parent()?.canonicalize().ok()?.join(absolute.file_name()?));
        absolute.canonicalize().ok().or_else(in_folder).unwrap_or_else(|| absolute.clone())
    };
    let target = full(output);
    let collides = |input: &PathBuf| {
        let input = full(input);
        let among = || is_read(&target) && input.is_dir() && target.starts_with(&input);
        target == input || (target.exists() && among() && !is_result(&target))
    };
    if inputs.iter().any(collides) {
        return Err(ErrorKind::OutputIsInput { path: output.to_path_buf() }.into());
    }
    Ok(())
}

/// Writes files into a folder that is not there yet; it appears whole or not at all.
pub(crate) fn new_folder(files: &dyn FileSystem, path: &Path, contents: &[(String, String)]) -> Result<()> {
    let failed = |source| ErrorKind::Output { action: "write", path: path.to_path_buf(), source };
    if fs::symlink_metadata(path).is_ok() {
        return Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, "it is there already; remove it or name another")).into());
    }
    let place = std::path::absolute(path).map_err(failed)?;
    let aside = FolderAside::start(files, &place, path)?;
    let attempt = || -> io::Result<()> {
        for (name, content) in contents {
            let mut file = aside.create(name)?;
            file.write_all(content.as_bytes())?;
            file.sync()?;
        }
        files.sync_folder(aside.path())?;
        aside.open_to_others()?;
        aside.put()
    };
    Ok(attempt().map_err(failed)?)
}
