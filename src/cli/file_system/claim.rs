//! Lock files. The lock is the system's and ends with the process, however it ends; the file itself says nothing, so that none that
//! was left can block.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use same_file::Handle;

/// A lock file that this process holds until the value is dropped. The file itself stays: whoever is done removes it while holding it.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) path: PathBuf,
    _held: File,
}

/// What asking for a claim came to.
#[derive(Debug)]
pub(crate) enum Claimed {
    /// It is ours.
    Held(Claim),
    /// A living process has it.
    ByAnother,
    /// No lock can be had here: the file system knows none, or the file cannot be created.
    Impossible,
}

/// How often, and how far apart, a lock is asked for: whoever clears up after another holds it for a moment.
const PATIENCE: (usize, Duration) = (20, Duration::from_millis(50));

/// Claims a lock file, creating it where it is missing.
pub(crate) fn claim(path: &Path) -> Claimed {
    for _ in 0..PATIENCE.0 {
        match attempt(path, true) {
            Attempt::Held(claim) => return Claimed::Held(claim),
            Attempt::Impossible => return Claimed::Impossible,
            Attempt::Taken => sleep(PATIENCE.1),
            Attempt::Gone => {}
        }
    }
    Claimed::ByAnother
}

/// Claims a file that is there and that nobody has; one attempt.
pub(crate) fn claim_dead(path: &Path) -> Option<Claim> {
    match attempt(path, false) {
        Attempt::Held(claim) => Some(claim),
        _ => None,
    }
}

/// Locks a file that was just created; false if somebody who clears up was quicker.
pub(crate) fn claim_new(file: &File, path: &Path) -> bool {
    match file.try_lock() {
        Ok(()) => is_at(file, path),
        Err(TryLockError::WouldBlock) => false,
        // Where there are no locks, nobody clears up either.
        Err(TryLockError::Error(_)) => true,
    }
}

enum Attempt {
    Held(Claim),
    Taken,
    /// It was removed between opening and locking.
    Gone,
    Impossible,
}

fn attempt(path: &Path, create: bool) -> Attempt {
    let opened = if create { OpenOptions::new().read(true).write(true).create_new(true).open(path) } else { existing(path) };
    let opened = match opened {
        Err(e) if create && e.kind() == ErrorKind::AlreadyExists => existing(path),
        opened => opened,
    };
    let file = match opened {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound && create && path.parent().is_some_and(Path::is_dir) => return Attempt::Gone,
        Err(_) => return Attempt::Impossible,
    };
    match file.try_lock() {
        Ok(()) if is_at(&file, path) => Attempt::Held(Claim { path: path.to_path_buf(), _held: file }),
        Ok(()) => Attempt::Gone,
        Err(TryLockError::WouldBlock) => Attempt::Taken,
        Err(TryLockError::Error(_)) => Attempt::Impossible,
    }
}

/// Opens a lock file that is there. A link is none: where others may write, it would lead to a file of somebody else's choice.
fn existing(path: &Path) -> std::io::Result<File> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    // Reading is enough for a lock, and all that is granted where the file is another user's.
    OpenOptions::new().read(true).write(true).open(path).or_else(|_| File::open(path))
}

/// Whether the path still names this file: whoever held the lock before may have removed it.
fn is_at(file: &File, path: &Path) -> bool {
    let ours = file.try_clone().and_then(Handle::from_file);
    ours.and_then(|ours| Ok(ours == Handle::from_path(path)?)).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Claimed, claim, claim_dead, claim_new};

    #[test]
    fn one_holds_it_and_a_file_that_was_left_blocks_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".lock");
        let Claimed::Held(first) = claim(&path) else { panic!("it is free") };
        assert!(matches!(claim(&path), Claimed::ByAnother));
        assert!(claim_dead(&path).is_none());
        // As after a kill: the file stays, the lock does not.
        drop(first);
        assert!(path.is_file());
        assert!(claim_dead(&path).is_some());
        assert!(matches!(claim(&path), Claimed::Held(_)));
    }

    #[test]
    fn a_file_that_was_removed_meanwhile_is_no_claim() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part");
        let file = fs::File::create_new(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(!claim_new(&file, &path));
        let again = fs::File::create_new(&path).unwrap();
        assert!(!claim_new(&file, &path), "another file of that name");
        assert!(claim_new(&again, &path));
    }

    #[test]
    fn where_none_can_be_had_is_said() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(claim(&folder.path().join("missing/.lock")), Claimed::Impossible));
        #[cfg(unix)]
        {
            let elsewhere = folder.path().join("elsewhere");
            std::os::unix::fs::symlink(&elsewhere, folder.path().join(".lock")).unwrap();
            assert!(matches!(claim(&folder.path().join(".lock")), Claimed::Impossible));
            assert!(!elsewhere.exists(), "a link that somebody laid is not followed");
        }
    }
}
