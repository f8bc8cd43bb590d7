//! A file system for tests: the real one, in which a chosen step fails.

use std::cell::RefCell;
use std::fs::Permissions;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use super::claim::Claimed;
use super::disk::Disk;
use super::operations::{FileSystem, NewFile};

/// What comes after the step that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Everything works again.
    Works,
    /// Nothing works any more: what is left on the disk is what a kill at that step leaves.
    Fails,
}

/// What was done, and where it fails.
struct Steps {
    done: Vec<&'static str>,
    fail: usize,
    then: Then,
}

/// Counts steps from 1, those of all kinds together.
pub(crate) struct Faulty {
    steps: Rc<RefCell<Steps>>,
    /// Whether two folders can be swapped in one step.
    pub(crate) exchanges: bool,
    /// Whether a file can have two names.
    pub(crate) links: bool,
    /// Whether there are locks.
    pub(crate) locks: bool,
}

impl Faulty {
    /// One in which step `fail` does.
    pub(crate) fn at(fail: usize, then: Then) -> Self {
        let steps = Rc::new(RefCell::new(Steps { done: Vec::new(), fail, then }));
        Self { steps, exchanges: true, links: true, locks: true }
    }

    /// One in which nothing does.
    pub(crate) fn never() -> Self {
        Self::at(usize::MAX, Then::Works)
    }

    /// What was asked for, in order, up to the step that failed and after it.
    pub(crate) fn done(&self) -> Vec<&'static str> {
        self.steps.borrow().done.clone()
    }

    /// Whether the step that should fail was reached.
    pub(crate) fn failed(&self) -> bool {
        let steps = self.steps.borrow();
        steps.done.len() >= steps.fail
    }

    fn step(&self, kind: &'static str) -> io::Result<()> {
        step(&self.steps, kind)
    }

    fn file(&self, kind: &'static str, open: impl FnOnce() -> io::Result<Box<dyn NewFile>>) -> io::Result<Box<dyn NewFile>> {
        self.step(kind)?;
        Ok(Box::new(FaultyFile { inner: open()?, steps: Rc::clone(&self.steps) }))
    }
}

fn step(steps: &RefCell<Steps>, kind: &'static str) -> io::Result<()> {
    let mut steps = steps.borrow_mut();
    steps.done.push(kind);
    let n = steps.done.len();
    if n == steps.fail || (n > steps.fail && steps.then == Then::Fails) {
        return Err(io::Error::new(io::ErrorKind::StorageFull, format!("planted at step {n}, {kind}")));
    }
    Ok(())
}

struct FaultyFile {
    inner: Box<dyn NewFile>,
    steps: Rc<RefCell<Steps>>,
}

impl Write for FaultyFile {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        step(&self.steps, "write").inspect_err(|_| {
            // Cut short, as on a disk that is full: half of it gets there.
            let _half = self.inner.write_all(&part[..part.len() / 2]);
        })?;
        self.inner.write(part)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl NewFile for FaultyFile {
    fn sync(&mut self) -> io::Result<()> {
        // Noted and not done: thousands of them would be most of a test's time, and no test can tell.
        step(&self.steps, "sync")
    }
}

impl FileSystem for Faulty {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.file("create_new", || Disk.create_new(path))
    }

    fn create_claimed(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.file("create_claimed", || Disk.create_claimed(path))
    }

    fn open_device(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.file("open_device", || Disk.open_device(path))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step("create_folder").and_then(|()| Disk.create_folder(path))
    }

    fn create_private_folder(&self, path: &Path) -> io::Result<()> {
        self.step("create_private_folder").and_then(|()| Disk.create_private_folder(path))
    }

    fn link_hard(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.links {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step("link_hard").and_then(|()| Disk.link_hard(from, to))
    }

    fn link_soft(&self, content: &Path, at: &Path) -> io::Result<()> {
        self.step("link_soft").and_then(|()| Disk.link_soft(content, at))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename").and_then(|()| Disk.rename(from, to))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if !self.exchanges {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step("exchange").and_then(|()| Disk.exchange(one, other))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step("remove_file").and_then(|()| Disk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove_folder").and_then(|()| Disk.remove_folder(path))
    }

    fn remove_empty_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove_empty_folder").and_then(|()| Disk.remove_empty_folder(path))
    }

    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()> {
        self.step("permit").and_then(|()| Disk.permit(path, permissions))
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.step("sync_folder")
    }

    fn claim(&self, path: &Path) -> Claimed {
        if self.locks && self.step("claim").is_ok() { Disk.claim(path) } else { Claimed::Impossible }
    }
}
