//! Where a command's result goes: a file, whole or not at all, or standard output.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use retold::error::{ErrorKind, Result};

use super::terminal::{clean, out};

/// Writes a result to a file, or to standard output where none is given: cleaned on a terminal, exact in a pipe.
pub(crate) fn emit(to: Option<&Path>, text: &str) -> Result<()> {
    if let Some(path) = to {
        return file(path, text);
    }
    if io::stdout().is_terminal() {
        out(text.trim_end_matches('\n'));
    } else {
        // A closed pipe ends printing quietly.
        let _closed_pipe = io::stdout().lock().write_all(text.as_bytes());
    }
    Ok(())
}

/// Writes text for people, cleaned wherever it goes.
pub(crate) fn emit_text(to: Option<&Path>, text: &str) -> Result<()> {
    emit(to, &clean(text))
}

/// Writes a file beside its place and moves it there.
pub(crate) fn file(path: &Path, text: &str) -> Result<()> {
    let failed = |source| ErrorKind::Output { action: "write", path: path.to_path_buf(), source };
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".retold-").tempfile_in(parent).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Writes files into a folder that is not there yet; it appears whole or not at all.
pub(crate) fn new_folder(path: &Path, files: &[(String, String)]) -> Result<()> {
    let failed = |source| ErrorKind::Output { action: "write", path: path.to_path_buf(), source };
    if path.exists() {
        return Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, "it is there already; remove it or name another")).into());
    }
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = tempfile::Builder::new().prefix(".retold-").tempdir_in(parent).map_err(failed)?;
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).map_err(failed)?;
    }
    std::fs::rename(folder.keep(), path).map_err(failed)?;
    Ok(())
}
