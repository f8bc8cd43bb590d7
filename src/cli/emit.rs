//! Where a command's result goes: a file, whole or not at all, or standard output.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use retold::error::{ErrorKind, Result};
use retold::read::files::is_read;
use retold::tables::LISTINGS;
use retold::tables::row::Column;

use super::terminal::{clean, out};

/// Writes a result to a file, or to standard output where none is given: cleaned on a terminal, exact in a pipe.
pub(crate) fn emit(to: Option<&Path>, text: &str) -> Result<()> {
    if let Some(path) = to {
        return file(path, text);
    }
    if io::stdout().is_terminal() {
        out(text.trim_end_matches('\n'));
    } else {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            // A full disk behind a redirection is no success; a closed pipe ends printing quietly.
            Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
                return Err(ErrorKind::Output { action: "write to", path: "standard output".into(), source }.into());
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes text for people, cleaned wherever it goes.
pub(crate) fn emit_text(to: Option<&Path>, text: &str) -> Result<()> {
    emit(to, &clean(text))
}

/// Writes a file beside its place and puts it there by one rename. A link is followed: what it points to is replaced.
pub(crate) fn file(path: &Path, text: &str) -> Result<()> {
    let failed = |action| move |source| ErrorKind::Output { action, path: path.to_path_buf(), source };
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let before = target.metadata().ok();
    // What is no regular file, such as a pipe, is written to and not replaced.
    if before.as_ref().is_some_and(|kind| !kind.is_file() && !kind.is_dir()) {
        return Ok(fs::write(&target, text).map_err(failed("write"))?);
    }
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed("create the folder of"))?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Open to others as any new file is: the system takes off what the user's mask says.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".retold-").tempfile_in(folder).map_err(failed("write beside"))?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed("write"))?;
    if let Some(before) = before {
        fs::set_permissions(file.path(), before.permissions()).map_err(failed("set permissions of"))?;
    }
    file.persist(&target).map_err(|e| failed("put in place")(e.error))?;
    Ok(())
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
pub(crate) fn new_folder(path: &Path, files: &[(String, String)]) -> Result<()> {
    let failed = |source| ErrorKind::Output { action: "write", path: path.to_path_buf(), source };
    if path.exists() {
        return Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, "it is there already; remove it or name another")).into());
    }
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed)?;
    let folder = tempfile::Builder::new().prefix(".retold-").tempdir_in(parent).map_err(failed)?;
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).map_err(failed)?;
    }
    std::fs::rename(folder.keep(), path).map_err(failed)?;
    Ok(())
}
