//! What several commands ask for.

use clap::ValueEnum;

use retold::voice::mask::Voice;

/// Which listed wording is looked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Lexicons {
    /// Listed wording to look for: en/framing, which is shipped, or a .toml or .csv file; several are laid over one another, a
    /// later one over an earlier [default: en/framing]
    #[arg(long = "lexicon", value_name = "NAME|FILE")]
    pub(crate) names: Vec<String>,
}

/// Whose words, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum VoiceName {
    /// The outlet's own
    Narrator,
    /// Somebody else's, without quotation marks
    Indirect,
    /// Somebody else's, in quotation marks
    Direct,
}

impl VoiceName {
    pub(crate) const fn voice(self) -> Voice {
        match self {
            Self::Narrator => Voice::Narrator,
            Self::Indirect => Voice::Indirect,
            Self::Direct => Voice::Direct,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListingForm {
    /// For people
    #[default]
    Text,
    /// A table with a header
    Csv,
    /// JSON, one object a line
    Jsonl,
}
