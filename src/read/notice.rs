//! What a person should know of an input that was read all the same.

/// Something a person should know, which does not keep a file from being read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// Short stable code.
    pub code: &'static str,
    /// What was found, with file and line.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}
