//! The folder where a run keeps its stages: one file a stage, written whole, with what it was computed from and a check sum.
//!
//! A file is a line of JSON (the key), what was kept, and the SHA-256 of both. It is written under a temporary name, made durable
//! and renamed, so that a run that is cut off leaves a whole file or none; a damaged one is told by its check sum and not used.

use std::cell::RefCell;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::analysis::stages::{Kept, Stages};
use crate::digest::{Digest, Hashing};

use super::key::StageKey;

/// A work folder, this run's alone.
#[derive(Debug)]
pub struct WorkFolder {
    path: PathBuf,
    keys: Vec<StageKey>,
    /// Whether what an earlier run kept is used.
    resume: bool,
    said: RefCell<Vec<Said>>,
    /// Locked as long as this run lives, however it ends.
    _lock: File,
}

/// What became of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It was taken from the folder.
    Used(Kept),
    /// It was computed anew, and why.
    Anew(Kept, &'static str),
    /// It could not be kept, and why.
    NotKept(Kept, String),
}

/// The file whose lock tells that a run works here.
const LOCK: &str = "retold.lock";
/// What names of files in the making begin with.
const MAKING: &str = ".stage-";
const CHECK_SUM: usize = 32;

impl WorkFolder {
    /// Opens a folder, which is made where there is none; `None` where another run works in it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(path: &Path, keys: Vec<StageKey>, resume: bool) -> io::Result<Option<Self>> {
        fs::create_dir_all(path)?;
        let lock = File::options().create(true).truncate(false).write(true).open(path.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(source),
        }
        // Nobody else works here: files in the making are of a run that was cut off.
        for entry in fs::read_dir(path)?.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(MAKING)) {
            fs::remove_file(entry.path())?;
        }
        Ok(Some(Self { path: path.to_path_buf(), keys, resume, said: RefCell::default(), _lock: lock }))
    }

    /// What became of the stages so far.
    #[must_use]
    pub fn said(&self) -> Vec<Said> {
        self.said.borrow().clone()
    }

    /// Takes away what was kept: the run ended well. Files of others stay, and the folder with them.
    pub fn clear(self) {
        let own = Kept::ALL.iter().map(|&stage| self.file(stage)).chain([self.path.join(LOCK)]);
        // What cannot be removed costs room and nothing else.
        own.for_each(|file| drop(fs::remove_file(file)));
        drop(fs::remove_dir(&self.path));
    }

    fn file(&self, stage: Kept) -> PathBuf {
        self.path.join(format!("{}.stage", stage.as_str()))
    }

    fn key(&self, stage: Kept) -> Option<&StageKey> {
        self.keys.iter().find(|key| key.stage == stage.as_str())
    }

    fn say(&self, said: Said) {
        self.said.borrow_mut().push(said);
    }

    /// What a file holds, where it may be used; else why not.
    fn whole(&self, stage: Kept, bytes: &[u8]) -> Result<usize, &'static str> {
        const DAMAGED: &str = "the file is damaged";
        let (content, sum) = bytes.split_last_chunk::<CHECK_SUM>().ok_or(DAMAGED)?;
        if Digest::of(content).0 != *sum {
            return Err(DAMAGED);
        }
        let line = content.iter().position(|&byte| byte == b'\n').ok_or(DAMAGED)?;
        let kept: StageKey = serde_json::from_slice(&content[..line]).map_err(|_| DAMAGED)?;
        let own = self.key(stage).ok_or(DAMAGED)?;
        own.changed_since(&kept).map_or(Ok(line + 1), Err)
    }

    fn written(&self, stage: Kept, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let making = tempfile::Builder::new().prefix(MAKING).tempfile_in(&self.path)?;
        let mut file = BufWriter::with_capacity(1 << 18, Hashing::new(making));
        serde_json::to_writer(&mut file, &self.key(stage))?;
        file.write_all(b"\n")?;
        write(&mut file)?;
        let (mut making, sum) = file.into_inner().map_err(io::IntoInnerError::into_error)?.finish();
        making.write_all(&sum.0)?;
        making.as_file().sync_all()?;
        making.persist(self.file(stage))?;
        // Elsewhere a folder cannot be opened as a file.
        #[cfg(unix)]
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }
}

impl Stages for WorkFolder {
    fn load(&self, stage: Kept, read: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        if !self.resume {
            return false;
        }
        let found = fs::read(self.file(stage)).map_err(|_| "nothing was kept").and_then(|bytes| {
            let from = self.whole(stage, &bytes)?;
            read(&bytes[from..bytes.len() - CHECK_SUM]).then_some(()).ok_or("it cannot be read")
        });
        let used = found.is_ok();
        self.say(match found {
            Ok(()) => Said::Used(stage),
            Err(why) => Said::Anew(stage, why),
        });
        used
    }

    fn keep(&self, stage: Kept, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) {
        if let Err(fault) = self.written(stage, write) {
            self.say(Said::NotKept(stage, fault.to_string()));
        }
    }
}
