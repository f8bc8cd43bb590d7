//! Articles for the commands that look at one article at a time.

use std::io;
use std::path::{Path, PathBuf};

use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::error::{ErrorKind, Result};
use retold::read::files::{ReadOptions, ReadReport, read_all, read_input};

use super::emit::refuse_input;
use super::memory;
use super::reading::Reading;
use super::summary::{SHOWN, skipped_line};
use super::terminal::{Outcome, err};

/// Files and folders, and standard input where `-` stands for it.
pub(crate) fn read(paths: &[PathBuf], options: &ReadOptions, builder: &mut CorpusBuilder) -> Result<ReadReport> {
    let is_input = |path: &&PathBuf| path.as_path() == Path::new("-");
    let files: Vec<PathBuf> = paths.iter().filter(|path| !is_input(path)).cloned().collect();
    let mut report = read_all(&files, options, builder)?;
    if paths.iter().any(|path| is_input(&path)) {
        report.merge(read_input(&mut io::stdin().lock(), options, builder)?);
        report.sort();
    }
    Ok(report)
}

/// Reads articles for a command that writes to `out` and uses some lists; what was skipped is told, twenty lines of it. The
/// output and the lists are no articles, and an input is never written over.
pub(crate) fn articles(paths: &[PathBuf], out: Option<&Path>, lists: &[String], reading: &Reading) -> Result<Corpus> {
    let mut options = reading.options()?;
    let lists: Vec<PathBuf> = lists.iter().map(PathBuf::from).collect();
    if let Some(out) = out {
        refuse_input(out, &[paths, &lists[..], &reading.files()[..]].concat())?;
    }
    options.apart.extend(lists.into_iter().chain(out.map(Path::to_path_buf)));
    let mut builder = CorpusBuilder::within(memory::budget(None));
    let report = read(paths, &options, &mut builder)?;
    let corpus = reading.seal(builder, &options);
    accounted(&corpus, &report);
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

/// Every record that was found became an article or is among the skipped.
///
/// # Panics
/// When one was lost: nothing that is computed from the rest could be trusted.
pub(crate) fn accounted(corpus: &Corpus, report: &ReadReport) {
    let skipped = corpus.skipped().iter().filter(|skipped| !skipped.of_sheet).count();
    assert_eq!(report.records, corpus.articles().len() + skipped, "records read = articles + skipped");
}

/// Done, or done with some inputs skipped.
pub(crate) fn outcome(corpus: &Corpus) -> Outcome {
    if corpus.skipped().is_empty() { Outcome::Done } else { Outcome::SomeSkipped }
}
