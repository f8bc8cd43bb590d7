//! How much of anything is taken in: every bound in one place.

/// Bounds on what is read. What lies beyond one becomes a row of the skipped that names the bound; nothing is cut silently.
///
/// There is no bound on time: a clock would make the result depend on the machine. Sizes, depths and counts bound the work
/// instead, and every reader is linear in what it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file as unpacked.
    pub file: u64,
    /// Bytes of a file that is one document and is held whole: a page, an office document, a feed.
    pub document: u64,
    /// Bytes of one record of a file that holds many: a line, a row, an element of an array.
    pub record: usize,
    /// Bytes of one field of a record.
    pub field: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Depth of elements or brackets inside one another.
    pub nesting: usize,
    /// Times that packed bytes may grow by unpacking, beyond the first MiB.
    pub ratio: u64,
    /// Entries of an archive.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 30,
            document: 256 << 20,
            record: 64 << 20,
            field: 16 << 20,
            columns: 2_000,
            nesting: 512,
            ratio: 200,
            entries: 100_000,
        }
    }
}
