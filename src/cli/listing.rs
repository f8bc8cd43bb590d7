//! `--list-files`: what a command would read.

use std::path::{Path, PathBuf};

use retold::error::Result;
use retold::read::files::{ReadOptions, list_all};
use retold::text::count::plural;

use super::emit::emit_text;
use super::reading::Reading;
use super::terminal::{Outcome, clean_line, err};

/// A file a line: its format, and how tables and messages name it. What is not read stands in brackets.
pub(crate) fn list(paths: &[PathBuf], reading: &Reading) -> Result<Outcome> {
    let options: ReadOptions = reading.options()?;
    let (input, paths): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|path| path == Path::new("-"));
    let mut listed = list_all(&paths, &options)?;
    listed.extend(input.iter().map(|_| ("-".to_owned(), Ok("standard input".to_owned()))));
    let shown = |(name, format): &(String, std::result::Result<String, String>)| {
        let format = format.clone().unwrap_or_else(|why| format!("[{why}]"));
        format!("{format:<18}  {}\n", clean_line(name))
    };
    emit_text(None, &listed.iter().map(shown).collect::<String>())?;
    let unread = listed.iter().filter(|(_, format)| format.is_err()).count();
    err(&format!("{}, {unread} of them not read", plural(listed.len(), "file")));
    Ok(Outcome::Done)
}
