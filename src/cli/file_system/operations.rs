//! What writing asks of a file system.

use std::fs::Permissions;
use std::io::{self, Write};
use std::path::Path;

use super::claim::Claimed;

/// A file being written.
pub(crate) trait NewFile: Write {
    /// Waits until what was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// Each call is one step that can fail, and tests let each of them fail. Looking at what is there needs no trait: it changes nothing.
pub(crate) trait FileSystem {
    /// Creates a file that is not there yet.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;
    /// Creates a file that is not there yet and claims it for as long as it is open.
    fn create_claimed(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;
    /// Opens what is no regular file, such as a pipe, to be written to.
    fn open_device(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;
    /// Creates a folder as open to others as any.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Creates a folder that is its owner's alone, where the system knows owners.
    fn create_private_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives a file a second name.
    fn link_hard(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Creates a link to a path, whatever is there.
    fn link_soft(&self, content: &Path, at: &Path) -> io::Result<()>;
    /// Renames a file or a folder. A file replaces a file, a folder at most an empty one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Swaps two folders in one step; [`io::ErrorKind::Unsupported`] where the system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Removes a file or a link.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder with all that it holds.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder if it is empty.
    fn remove_empty_folder(&self, path: &Path) -> io::Result<()>;
    /// Says who may read and write.
    fn permit(&self, path: &Path, permissions: Permissions) -> io::Result<()>;
    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Claims a lock file, creating it where it is missing.
    fn claim(&self, path: &Path) -> Claimed;
}
