//! The temporary file behind a corpus that is larger than its budget: without a name, so that nothing is left of it whatever
//! ends the run.

use std::fmt::Debug;
use std::fs::File;
use std::io;

/// A file that is written and read at any place by several threads.
pub(super) trait Spool: Debug + Send + Sync {
    /// Writes all of `bytes` at a place.
    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()>;
    /// Fills `bytes` from a place.
    fn read_at(&self, bytes: &mut [u8], at: u64) -> io::Result<()>;
}

/// Makes the file when it is first needed.
pub(super) type Open = fn() -> io::Result<Box<dyn Spool>>;

/// A temporary file where the system keeps such files (`TMPDIR`, `TEMP`).
pub(super) fn temporary() -> io::Result<Box<dyn Spool>> {
    Ok(Box::new(tempfile::tempfile()?))
}

#[cfg(unix)]
impl Spool for File {
    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(self, bytes, at)
    }

    fn read_at(&self, bytes: &mut [u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(self, bytes, at)
    }
}

#[cfg(windows)]
impl Spool for File {
    fn write_at(&self, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
        use std::os::windows::fs::FileExt;
        while !bytes.is_empty() {
            let written = self.seek_write(bytes, at)?;
            if written == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            (bytes, at) = (&bytes[written..], at + written as u64);
        }
        Ok(())
    }

    fn read_at(&self, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
        use std::os::windows::fs::FileExt;
        while !bytes.is_empty() {
            let read = self.seek_read(bytes, at)?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            (bytes, at) = (&mut bytes[read..], at + read as u64);
        }
        Ok(())
    }
}
