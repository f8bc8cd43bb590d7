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

/// Tells when a delivery says that it holds more or fewer documents than were found in it.
#[must_use]
pub fn number_stated(name: &str, stated: Option<usize>, count: usize) -> Option<Notice> {
    stated.filter(|stated| *stated != count).map(|stated| Notice {
        code: "W026",
        message: format!("{name}: says that it holds {stated} documents, and {count} were found"),
        mend: "check whether the delivery is whole; large ones come in several files".into(),
    })
}
