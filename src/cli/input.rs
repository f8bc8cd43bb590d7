//! Articles for a command: read, accounted for, and given to its job.

use std::io;
use std::path::{Path, PathBuf};

use retold::analysis::findings::Findings;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::error::{ErrorKind, Result};
use retold::read::files::{ReadOptions, ReadReport, read_all, read_input};
use retold::watch::Stage;

use super::emit::refuse_input;
use super::memory;
use super::reading::Reading;
use super::summary::failed_pairs;
use super::terminal::{Outcome, err};
use super::told::{self, Kept};

/// What was read: every record became an article or is among the skipped.
#[derive(Debug)]
pub(crate) struct Input {
    corpus: Corpus,
    report: ReadReport,
    strict: bool,
    /// Whether what was skipped has been told.
    told: bool,
}

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

/// Reads articles for a command that writes to `out` and uses some lists; what was skipped is told. The output and the lists are
/// no articles, and an input is never written over.
pub(crate) fn articles(paths: &[PathBuf], out: Option<&Path>, lists: &[String], reading: &Reading) -> Result<Input> {
    let mut options = reading.options()?;
    let lists: Vec<PathBuf> = lists.iter().map(PathBuf::from).collect();
    if let Some(out) = out {
        refuse_input(out, &[paths, &lists[..], &reading.files()[..]].concat())?;
    }
    options.apart.extend(lists.into_iter().chain(out.map(Path::to_path_buf)));
    let mut builder = CorpusBuilder::within(memory::budget(None));
    let report = read(paths, &options, &mut builder)?;
    let mut input = Input::new(reading.seal(builder, &options, &|_: Stage| ()), report, reading)?;
    input.tell();
    something(&input.corpus, paths)?;
    Ok(input)
}

/// There is an article.
pub(crate) fn something(corpus: &Corpus, given: &[PathBuf]) -> Result<()> {
    if corpus.articles().is_empty() {
        let given = given.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(ErrorKind::NoArticles { given, skipped: corpus.skipped().len() }.into());
    }
    Ok(())
}

impl Input {
    /// Gives account of what was read, and with `--strict` refuses what is not all.
    pub(crate) fn new(corpus: Corpus, report: ReadReport, reading: &Reading) -> Result<Self> {
        let input = Self { corpus, report, strict: reading.strict, told: false };
        input.check()?;
        Ok(input)
    }

    /// Every record that was found became an article or is among the skipped: nothing that is computed could be trusted otherwise.
    fn check(&self) -> Result<()> {
        let (read, analysed) = (self.report.records, self.corpus.articles().len());
        let skipped = self.corpus.skipped().iter().filter(|skipped| !skipped.of_sheet).count();
        if read != analysed + skipped {
            return Err(ErrorKind::Unaccounted { read, analysed, skipped }.into());
        }
        if self.strict && !self.corpus.skipped().is_empty() {
            told::lines(self.corpus.skipped(), &self.report.notices, Kept::default()).iter().for_each(|line| err(line));
            return Err(ErrorKind::NotAll { skipped: self.corpus.skipped().len(), pairs: 0 }.into());
        }
        Ok(())
    }

    /// Tells what was skipped.
    pub(crate) fn tell(&mut self) {
        told::lines(self.corpus.skipped(), &[], Kept::default()).iter().for_each(|line| err(line));
        self.told = true;
    }

    /// Does a job with the articles. Those that Retold itself fails at are left out, as if they had been skipped, and the job
    /// begins anew: it must not have done anything before it read the articles.
    pub(crate) fn job<T>(mut self, mut job: impl FnMut(&Corpus, &ReadReport) -> Result<T>) -> Result<T> {
        loop {
            let failed = match job(&self.corpus, &self.report) {
                Err(error) => error.into_failed()?,
                done => return done,
            };
            self.corpus = self.corpus.without(&failed);
            if self.told {
                self.tell();
            }
            self.check()?;
        }
    }
}

/// Done, or done with some inputs skipped.
pub(crate) fn outcome(corpus: &Corpus) -> Outcome {
    if corpus.skipped().is_empty() { Outcome::Done } else { Outcome::SomeSkipped }
}

/// The same where articles were compared.
pub(crate) fn compared(findings: &Findings<'_>) -> Outcome {
    if findings.failed.is_empty() { outcome(findings.corpus) } else { Outcome::SomeSkipped }
}

/// With `--strict`, refuses a comparison in which some pairs of articles failed.
pub(crate) fn all_compared(findings: &Findings<'_>, reading: &Reading) -> Result<()> {
    if !reading.strict || findings.failed.is_empty() {
        return Ok(());
    }
    tell_failed(findings);
    Err(ErrorKind::NotAll { skipped: 0, pairs: findings.failed.len() }.into())
}

/// Tells which pairs of articles could not be compared.
pub(crate) fn tell_failed(findings: &Findings<'_>) {
    told::lines(&[], &failed_pairs(findings), Kept::default()).iter().for_each(|line| err(line));
}

#[cfg(test)]
mod tests {
    use retold::corpus::builder::CorpusBuilder;
    use retold::corpus::collection::Corpus;
    use retold::corpus::record::Record;
    use retold::error::{ErrorKind, Result};
    use retold::fault::caught;
    use retold::read::files::ReadReport;

    use super::{Input, Reading};

    fn corpus(texts: &[&str]) -> Corpus {
        let mut builder = CorpusBuilder::default();
        texts.iter().for_each(|text| builder.admit(Record::of_text("a.txt", text, *text)));
        builder.seal()
    }

    fn input(records: usize, strict: bool) -> Result<Input> {
        Input::new(corpus(&["one", "two", "bad", "…"]), ReadReport { records, ..ReadReport::default() }, &Reading::of_strictness(strict))
    }

    #[test]
    fn a_record_that_went_by_without_a_word_ends_the_run() {
        assert!(input(4, false).is_ok());
        for records in [3, 5] {
            let error = input(records, false).expect_err("it does not add up");
            assert_eq!(error.code(), "E075");
            assert!(error.to_string().contains(&format!("{records} records were read, and 3 were analysed and 1 skipped")), "{error}");
        }
    }

    #[test]
    fn strictness_refuses_what_is_skipped() {
        assert_eq!(input(4, true).expect_err("one is skipped").code(), "E076");
        let whole = ReadReport { records: 1, ..ReadReport::default() };
        assert!(Input::new(corpus(&["one"]), whole, &Reading::of_strictness(true)).is_ok());
    }

    /// A job that fails at every article of a text, as the analysis would.
    fn failing(text: &str) -> impl FnMut(&Corpus, &ReadReport) -> Result<Vec<String>> {
        move |corpus, _| {
            let fault = || caught(|| panic!("for the test")).expect_err("it panics");
            let articles: Vec<_> = corpus.ids().filter(|&id| &*corpus.whole_text(id) == text).map(|id| (id, fault())).collect();
            if articles.is_empty() {
                Ok(corpus.ids().map(|id| corpus.whole_text(id).to_string()).collect())
            } else {
                Err(ErrorKind::Failed { articles }.into())
            }
        }
    }

    #[test]
    fn an_article_that_fails_is_left_out_and_the_rest_is_done() {
        let input = |strict| input(4, false).map(|input| Input { strict, ..input }).expect("it adds up");
        assert_eq!(input(false).job(failing("bad")).expect("the rest is done"), ["one", "two"]);
        assert_eq!(input(true).job(failing("bad")).expect_err("not all").code(), "E076");
        let other = |_: &Corpus, _: &ReadReport| -> Result<()> { Err(ErrorKind::NotTwo { articles: 3 }.into()) };
        assert_eq!(input(false).job(other).expect_err("an error of its own").code(), "E012");
    }
}
