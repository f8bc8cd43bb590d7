//! The file system of this machine.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

use super::claim::{Claimed, claim, claim_new};
use super::operations::{FileSystem, NewFile};

/// The real one.
pub(crate) struct Disk;

impl NewFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// A pipe or a device, which nothing is waited for.
struct Device(File);

impl Write for Device {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.0.write(part)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl NewFile for Device {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl FileSystem for Disk {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(File::create_new(path)?))
    }

    fn create_claimed(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = File::create_new(path)?;
        if claim_new(&file, path) { Ok(Box::new(file)) } else { Err(io::ErrorKind::AlreadyExists.into()) }
    }

    fn open_device(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(Device(OpenOptions::new().write(true).open(path)?)))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_private_folder(&self, path: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(false).create(path)
    }

    fn link_hard(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    #[cfg(unix)]
    fn link_soft(&self, content: &Path, at: &Path) -> io::Result<()> {
        std::os::unix::fs::symlink(content, at)
    }

    #[cfg(not(unix))]
    fn link_soft(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            // Old kernels, and file systems that know no such step.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Err(io::ErrorKind::Unsupported.into()),
            done => Ok(done?),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }

    fn remove_empty_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()> {
        fs::set_permissions(path, permissions)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Only here a folder can be opened as a file is.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn claim(&self, path: &Path) -> Claimed {
        claim(path)
    }
}
