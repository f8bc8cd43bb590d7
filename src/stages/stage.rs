//! A step: a filter from one Arrow stream to another.

use std::io::{Read, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;

use crate::corpus::furniture::Furniture;
use crate::error::{ErrorKind, Result};
use crate::lexicon::load::Lexicon;
use crate::read::files::ReadOptions;

use super::facts::Facts;
use super::schema::Table;

/// Version of all tables and of [`Facts`]: a stream that states another is refused.
pub const FORM: u32 = 2;

/// A step.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    /// What comes in.
    pub input: &'static Table,
    /// What goes out.
    pub output: &'static Table,
    /// Runs it: batches that fit `input` come from the first, those that fit `output` go to the second.
    pub run: fn(&Given<'_>, &mut dyn Iterator<Item = Result<RecordBatch>>, &mut Out<'_>) -> Result<()>,
}

/// What a step is given besides its rows.
#[derive(Debug)]
pub struct Given<'g> {
    /// What is known of the whole corpus so far.
    pub facts: Option<Facts>,
    /// How articles are read.
    pub options: &'g ReadOptions,
    /// Whether spellings of an outlet's name stay as they are.
    pub keep_names: bool,
    /// What becomes of furniture.
    pub furniture: Furniture,
    /// The window that was asked for: `None` for what fits the corpus, 0 for none.
    pub window: Option<u32>,
    /// Whether n-grams that stand in one place are kept for updates.
    pub keep_postings: bool,
    /// Lists of wording.
    pub lexicon: &'g Lexicon,
    /// Number of this part of the input, which numbers its rows.
    pub part: u32,
    /// Most nodes of a cluster; 0 for any number.
    pub cap: usize,
    /// Into how many buckets n-grams are parted by their hashes; 0 for one.
    pub buckets: usize,
    /// Whether a step leaves out what only people read.
    pub search_only: bool,
}

/// Where the batches of a step go.
pub struct Out<'w>(&'w mut dyn FnMut(RecordBatch) -> Result<()>);

impl std::fmt::Debug for Out<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Out")
    }
}

impl<'w> Out<'w> {
    /// Batches go to a function.
    pub fn new(to: &'w mut dyn FnMut(RecordBatch) -> Result<()>) -> Self {
        Self(to)
    }

    /// Gives out a batch.
    ///
    /// # Errors
    /// Of whoever takes it.
    pub fn batch(&mut self, batch: RecordBatch) -> Result<()> {
        if batch.num_rows() > 0 { (self.0)(batch) } else { Ok(()) }
    }
}

impl<'g> Given<'g> {
    /// Nothing but how articles are read and the lists of wording; all else as it is where nobody asks for another.
    #[must_use]
    pub fn new(options: &'g ReadOptions, lexicon: &'g Lexicon) -> Self {
        Self {
            facts: None,
            options,
            keep_names: false,
            furniture: Furniture::TakeOff,
            window: None,
            keep_postings: false,
            lexicon,
            part: 0,
            cap: 0,
            buckets: 0,
            search_only: false,
        }
    }

    /// What is known of the whole corpus.
    ///
    /// # Errors
    /// When nothing was given.
    pub fn facts(&self, stage: &'static str) -> Result<&Facts> {
        self.facts.as_ref().ok_or_else(|| refused(stage, "--facts FILE is missing", "give the facts that an earlier stage gave out"))
    }
}

/// A step that cannot go on.
#[must_use]
pub fn refused(stage: &str, message: impl Into<String>, mend: impl Into<String>) -> crate::error::Error {
    ErrorKind::Stage { stage: stage.to_owned(), message: message.into(), mend: mend.into() }.into()
}

/// A temporary file of sorted rows that was written and cannot be read again.
#[must_use]
pub fn lost(stage: &str, cause: &std::io::Error) -> crate::error::Error {
    let message = format!("a temporary file cannot be read again: {cause}");
    refused(stage, message, "check the folder for temporary files (TMPDIR)")
}

impl Stage {
    /// Runs from one Arrow IPC stream to another. The second is whole only when this gives no error.
    ///
    /// # Errors
    /// When a stream is none, is of another table or version, or cannot be written.
    pub fn pipe(&self, given: &Given<'_>, input: impl Read, output: impl Write) -> Result<()> {
        let broken = |e: &dyn std::fmt::Display| {
            refused(
                self.name,
                format!("what comes in is no whole Arrow IPC stream: {e}"),
                "write it with Arrow, stream format, and close it",
            )
        };
        let reader = StreamReader::try_new(input, None).map_err(|e| broken(&e))?;
        self.input.check(self.name, &reader.schema())?;
        let schema = Arc::new(self.output.schema());
        let full = |e: &dyn std::fmt::Display| refused(self.name, format!("cannot write the result: {e}"), "check who reads it");
        let mut writer = StreamWriter::try_new(output, &schema).map_err(|e| full(&e))?;
        let mut batches = reader.map(|batch| batch.map_err(|e| broken(&e)));
        let mut write = |batch: RecordBatch| writer.write(&batch).map_err(|e| full(&e));
        (self.run)(given, &mut batches, &mut Out::new(&mut write))?;
        writer.finish().map_err(|e| full(&e))?;
        writer.get_mut().flush().map_err(|e| full(&e))
    }
}
