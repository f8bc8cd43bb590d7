//! What is asked for.

/// What a worksheet is told besides the findings.
#[derive(Clone, Copy, Debug)]
pub struct WorksheetOptions<'o> {
    /// Its title.
    pub title: &'o str,
    /// Name and version of the program.
    pub tool: &'o str,
    /// Most passages, a page each.
    pub passages: usize,
    /// Whether the pages name the outlets.
    pub named: bool,
}
