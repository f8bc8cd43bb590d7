//! How a long run tells how far it is.

use clap::ValueEnum;

/// Heading of what changes no result.
pub(super) const RUNNING: &str = "Running";

/// What is told while a command works.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
#[command(next_help_heading = RUNNING)]
pub(crate) struct Watched {
    /// How far the run is, on standard error
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub(crate) progress: Shows,

    /// Tell at the end what each stage took
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shows {
    /// A bar, on a terminal, when a second has gone by
    #[default]
    Auto,
    /// Nothing
    Never,
    /// One JSON object a line, warnings and errors as well
    Json,
}
