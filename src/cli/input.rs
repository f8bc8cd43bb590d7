//! Articles for the commands that look at one article at a time.

use std::path::PathBuf;

use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::error::{ErrorKind, Result};
use retold::read::files::{ReadOptions, read_all};

use super::summary::{SHOWN, skipped_line};
use super::terminal::{Outcome, err};

/// Reads articles; what was skipped is told, twenty lines of it.
pub(crate) fn articles(paths: &[PathBuf], options: &ReadOptions) -> Result<Corpus> {
    let mut builder = CorpusBuilder::default();
    read_all(paths, options, &mut builder)?;
    let corpus = builder.seal();
    for skipped in corpus.skipped().iter().take(SHOWN) {
        err(&skipped_line(skipped));
    }
    if corpus.skipped().len() > SHOWN {
        err(&format!("skipped: {} more", corpus.skipped().len() - SHOWN));
    }
    if corpus.articles().is_empty() {
        let given = paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(ErrorKind::NoArticles { given, skipped: corpus.skipped().len() }.into());
    }
    Ok(corpus)
}

/// Done, or done with some inputs skipped.
pub(crate) fn outcome(corpus: &Corpus) -> Outcome {
    if corpus.skipped().is_empty() { Outcome::Done } else { Outcome::SomeSkipped }
}
