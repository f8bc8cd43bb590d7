//! `retold completions`.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use retold::error::Result;

use super::args::Args;
use super::emit::emit;
use super::terminal::Outcome;

/// Prints what a shell needs to complete commands and flags.
pub(crate) fn completions(shell: Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    generate(shell, &mut Args::command(), "retold", &mut script);
    emit(None, &String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
