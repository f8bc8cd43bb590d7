//! `retold check`: listed wording as findings, for drafts, editors and continuous integration.

mod baseline;
mod finding;
mod json;
mod result;
mod review;
mod sarif;
mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;

use retold::analysis::try_read_articles;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::error::{ErrorKind, Result};
use retold::lexicon::entry::Level;
use retold::lexicon::load::Lexicon;
use retold::read::files::{Naming, ReadOptions, ReadReport};
use retold::text::count::plural;
use retold::watch::Stage;

use super::args::{self, FailOn, FindingsForm};
use super::emit::{emit, refuse_input};
use super::input::{Input, read, something};
use super::memory;
use super::summary::{foreign, unclosed};
use super::terminal::{Outcome, clean_json, err};
use super::told::{self, Kept};

use baseline::Baseline;
use finding::{Wanted, findings};
use result::Checked;

pub(crate) fn run(args: &args::Check) -> Result<Outcome> {
    let known = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let lists: Vec<PathBuf> = args.lexicons.names.iter().map(PathBuf::from).collect();
    let inputs: Vec<PathBuf> = [&args.paths[..], &lists, &args.reading.files()].concat();
    for output in args.out.iter().chain(&args.write_baseline) {
        refuse_input(output, &inputs)?;
    }
    let asked = args.reading.options()?;
    let apart = [&asked.apart[..], &lists, args.out.as_slice(), args.baseline.as_slice(), args.write_baseline.as_slice()].concat();
    let options = ReadOptions { naming: Naming::Given, apart, ..asked };
    let input = || -> Result<Input> {
        let mut builder = CorpusBuilder::within(memory::budget(None));
        let report = read(&args.paths, &options, &mut builder)?;
        Input::new(args.reading.seal(builder, &options, &|_: Stage| ()), report, &args.reading)
    };
    let (lexicon, input) = match &args.lexicons.names[..] {
        // The shipped list cannot fail, so it is read while the articles are.
        [] => rayon::join(|| Lexicon::open(&[]), input),
        names => (Ok(Lexicon::open(names)?), input()),
    };
    let (lexicon, input) = (lexicon?, input?);
    input.job(|corpus, report| checked(corpus, report, &lexicon, known.clone(), args))
}

fn checked(corpus: &Corpus, report: &ReadReport, lexicon: &Lexicon, known: Option<Baseline>, args: &args::Check) -> Result<Outcome> {
    let articles = try_read_articles(corpus, lexicon)?;
    let mut notices = report.notices.clone();
    notices.extend(unclosed(corpus, &articles));
    notices.extend(foreign(corpus));
    told::lines(corpus.skipped(), &notices, Kept::default()).iter().for_each(|line| err(line));
    something(corpus, &args.paths)?;
    let wanted = Wanted {
        voices: args.voice.iter().map(|voice| voice.voice()).collect(),
        min_strength: args.min_strength,
        lexicons: args.lexicons.names.clone(),
    };
    let mut findings = findings(corpus, &articles, lexicon, &wanted);
    if let Some(path) = &args.write_baseline {
        baseline::write(path, &findings)?;
    }
    let read: BTreeSet<&str> = corpus.articles().iter().map(|article| &*article.path).collect();
    let known = known.map_or(0, |known| known.take_out(&mut findings, &read));
    let checked = Checked { corpus, lexicon, findings, known };
    emit(args.out.as_deref(), &written(&checked, args.format)?)?;
    if !args.quiet {
        err(&summary(&checked));
    }
    let fails = !args.exit_zero && checked.findings.iter().any(|finding| fails(finding.entry.level, args.fail_on));
    Ok(match (fails, corpus.skipped().is_empty()) {
        (true, _) => Outcome::Found,
        (false, true) => Outcome::Done,
        (false, false) => Outcome::SomeSkipped,
    })
}

/// The findings in their format, fit for printing.
fn written(checked: &Checked<'_>, form: FindingsForm) -> Result<String> {
    let json = match form {
        FindingsForm::Full => return Ok(text::full(checked)),
        FindingsForm::Concise => return Ok(text::concise(checked)),
        FindingsForm::Github => return Ok(review::github(checked)),
        FindingsForm::Json => json::json(checked),
        FindingsForm::Jsonl => json::jsonl(checked),
        FindingsForm::Sarif => sarif::sarif(checked),
        FindingsForm::Rdjson => review::rdjson(checked),
    };
    let json = json.map_err(|e| ErrorKind::Output { action: "write", path: "the findings".into(), source: e.into() })?;
    Ok(clean_json(&json))
}

fn summary(checked: &Checked<'_>) -> String {
    let articles = plural(checked.corpus.articles().len(), "article");
    let mut line = format!("{} in {articles}", plural(checked.findings.len(), "finding"));
    let levels = [Level::Error, Level::Warning, Level::Note].map(|level| (checked.of_level(level), level.as_str()));
    let levels: Vec<String> = levels.into_iter().filter(|(n, _)| *n > 0).map(|(n, level)| plural(n, level)).collect();
    if !levels.is_empty() {
        line.push_str(&format!(" ({})", levels.join(", ")));
    }
    if checked.known > 0 {
        line.push_str(&format!("; {} left out as known (--baseline)", checked.known));
    }
    let skipped = checked.corpus.skipped().len();
    if skipped > 0 {
        line.push_str(&format!("; {} skipped", plural(skipped, "input")));
    }
    line
}

fn fails(level: Level, fail_on: FailOn) -> bool {
    match fail_on {
        FailOn::Note => true,
        FailOn::Warning => level >= Level::Warning,
        FailOn::Error => level >= Level::Error,
        FailOn::Never => false,
    }
}
