//! Pages for a class: the same passage in two outlets, side by side and unmarked, with a key for whoever teaches.

pub mod check;
mod choice;
pub mod filled;
mod laid;
mod options;
mod page;
mod task;

use std::io;

use crate::analysis::findings::Findings;
use crate::tables::row::{TableOptions, write_csv};

use choice::choose;
pub use options::WorksheetOptions;

use page::{Page, key_html, pages, pages_html};
use task::{blank, filled};

/// A worksheet: its passages, and how they are to be shown.
#[derive(Debug)]
pub struct Worksheet<'f> {
    options: WorksheetOptions<'f>,
    pages: Vec<Page<'f>>,
}

impl<'f> Worksheet<'f> {
    /// Chooses the passages. There may be none: no shared passage differs in listed wording.
    #[must_use]
    pub fn new(findings: &'f Findings<'_>, options: WorksheetOptions<'f>) -> Self {
        Self { options, pages: pages(findings, &choose(findings, options.passages, options.named), options.named) }
    }

    /// How many passages it has.
    #[must_use]
    pub fn passages(&self) -> usize {
        self.pages.len()
    }

    /// Writes the pages to print.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_pages(&self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(pages_html(&self.pages, &self.options)?.as_bytes())
    }

    /// Writes the answer key.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_key(&self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(key_html(&self.pages, &self.options)?.as_bytes())
    }

    /// Writes the sheet to fill in.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_blank_sheet(&self, options: TableOptions, out: &mut dyn io::Write) -> io::Result<u64> {
        write_csv(self.pages.iter().flat_map(|page| &page.tasks).map(blank), options, out)
    }

    /// Writes the sheet as the key has it.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_key_sheet(&self, options: TableOptions, out: &mut dyn io::Write) -> io::Result<u64> {
        write_csv(self.pages.iter().flat_map(|page| &page.tasks).map(filled), options, out)
    }
}
