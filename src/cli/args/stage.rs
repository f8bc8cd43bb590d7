//! Arguments of `retold stage`.

use std::path::PathBuf;

use clap::ValueHint;

use super::choices::Lexicons;
use crate::cli::reading::Reading;

const STAGE: &str = "\
Examples:
  retold stage
  retold stage admit --schema
  retold stage cluster < edges.arrows > clusters.arrows";

/// Arguments of `retold stage`.
#[derive(Debug, clap::Args)]
#[command(after_help = STAGE)]
pub(crate) struct Stage {
    /// The step; all are listed where none is given
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// Print the columns of what comes in and of what goes out as JSON, and run nothing
    #[arg(long)]
    pub(crate) schema: bool,

    /// What earlier steps found out about the whole corpus
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) facts: Option<PathBuf>,

    /// Number of this part of the input, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) part: u32,

    /// Most nodes of a cluster; 0 for any number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) cap: usize,

    /// In scatter: into how many buckets n-grams are parted by their hashes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) buckets: usize,

    /// Leave out what the search for passages does not ask for: listed wording, quotations, voices
    #[arg(long)]
    pub(crate) search_only: bool,

    /// Pair only articles published at most so many days apart, as in compare
    #[arg(long, value_name = "DAYS")]
    pub(crate) window: Option<u32>,

    /// In order: keep n-grams that stand in one place, so that a later run can go on from this one
    #[arg(long)]
    pub(crate) keep_postings: bool,

    /// Version of Retold that whoever starts this step has; another is refused
    #[arg(long, value_name = "VERSION")]
    pub(crate) expect: Option<String>,

    #[command(flatten)]
    pub(crate) lexicons: Lexicons,

    #[command(flatten)]
    pub(crate) reading: Reading,
}
