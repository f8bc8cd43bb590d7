//! `retold worksheet`.

use std::fs;
use std::path::Path;

use retold::analysis::settings::{Settings, TextShown};
use retold::analysis::try_analyze;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::digest::Digest;
use retold::error::{ErrorKind, Result};
use retold::lexicon::load::Lexicon;
use retold::lexicon::write::to_toml;
use retold::read::files::{ReadReport, read_all_watched};
use retold::report::worksheet::check::beside;
use retold::report::worksheet::filled::Filled;
use retold::report::worksheet::{Worksheet, WorksheetOptions};
use retold::tables::row::TableOptions;
use retold::text::count::plural;
use retold::watch::{Stage, Watch};

use super::args;
use super::emit::emit_text;
use super::file_system::operations::FileSystem;
use super::folder::OutputFolder;
use super::input::{Input, all_compared, compared, tell_failed};
use super::manifest::{self, Manifest};
use super::memory;
use super::progress::Progress;
use super::summary;
use super::terminal::{Outcome, err, out, shown};
use super::told::{self, Kept};

pub(crate) fn run(args: &args::Worksheet, command: &[String], files: &dyn FileSystem) -> Result<Outcome> {
    if args.check.is_empty() { make(args, command, files) } else { check(args) }
}

/// Sets filled sheets beside their key.
fn check(args: &args::Worksheet) -> Result<Outcome> {
    let read = |path: &Path| -> Result<Filled> {
        let bytes = fs::read(path).map_err(|source| ErrorKind::Input { path: path.to_path_buf(), source })?;
        Filled::read(path, &bytes)
    };
    let sheets = args.check.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
    let beside_first = || args.check.first().map(|path| path.with_file_name("key.csv")).unwrap_or_default();
    let key = read(&args.key.clone().unwrap_or_else(beside_first))?;
    for (path, sheet) in args.check.iter().zip(&sheets) {
        sheet.belongs_to(&key, path)?;
    }
    emit_text(None, &beside(&key, &sheets))?;
    Ok(Outcome::Done)
}

fn make(args: &args::Worksheet, command: &[String], files: &dyn FileSystem) -> Result<Outcome> {
    if args.text.shown() == TextShown::None {
        let message = "a worksheet is text of articles, and --text none shows none".to_owned();
        return Err(ErrorKind::Usage { message, mend: "leave --text none away; retold.toml may hold it".to_owned() }.into());
    }
    let lexicon = Lexicon::open(&args.lexicons.names)?;
    let mut options = args.reading.options()?;
    options.apart.extend(args.lexicons.names.iter().map(Into::into));
    let mut folder = Some(OutputFolder::start(files, &args.out, &args.paths, args.force)?);
    let mut progress = Progress::new(&args.watched, args.quiet);
    let mut builder = CorpusBuilder::within(memory::budget(None));
    let report = read_all_watched(&args.paths, &options, &mut builder, &progress)?;
    if args.mask_outlets {
        builder.mask_outlets();
    }
    let input = Input::new(args.reading.seal(builder, &options, &progress), report, &args.reading)?;
    input.job(|corpus, report| lay(Laid { corpus, report, lexicon: &lexicon, args, command }, &mut folder, &mut progress))
}

/// What a worksheet is made from.
struct Laid<'r> {
    corpus: &'r Corpus,
    report: &'r ReadReport,
    lexicon: &'r Lexicon,
    args: &'r args::Worksheet,
    command: &'r [String],
}

fn lay(laid: Laid<'_>, folder: &mut Option<OutputFolder>, progress: &mut Progress) -> Result<Outcome> {
    let Laid { corpus, report, lexicon, args, command } = laid;
    summary::comparable(corpus, report, &args.paths)?;
    let mut settings = Settings::for_corpus(corpus);
    settings.text = args.text.shown();
    // What is no passage word for word is no worksheet.
    (settings.paraphrase, settings.keyness) = (None, None);
    let findings = try_analyze(corpus, lexicon, &settings, &*progress as &dyn Watch)?;
    all_compared(&findings, &args.reading)?;
    progress.stage(Stage::Writing, 0);
    let tool = concat!("Retold ", env!("CARGO_PKG_VERSION"));
    let passages = usize::from(args.passages);
    let worksheet = Worksheet::new(&findings, WorksheetOptions { title: &args.title, tool, passages, named: args.name_outlets });
    if worksheet.passages() == 0 {
        return Err(ErrorKind::NoWorksheet { shared: findings.across().count() }.into());
    }
    let mut folder = folder.take().expect("a job begins anew only where it failed above");
    folder.write("worksheet.html", |file| worksheet.write_pages(file))?;
    folder.write("key.html", |file| worksheet.write_key(file))?;
    let sheets = TableOptions { excel: args.excel, ..TableOptions::default() };
    folder.write("answers.csv", |file| worksheet.write_blank_sheet(sheets, file))?;
    folder.write("key.csv", |file| worksheet.write_key_sheet(sheets, file))?;
    let lexicon_sha256 = Digest::of(to_toml(lexicon).as_bytes()).to_string();
    let outputs = folder.written().to_vec();
    let manifest = Manifest {
        command,
        lexicon: &lexicon.name,
        lexicon_sha256: &lexicon_sha256,
        settings: &settings,
        inputs: &report.inputs,
        outputs: &outputs,
        masked: corpus.masked().is_some(),
    };
    folder.write(manifest::NAME, |file| manifest.write(file))?;
    folder.commit()?;
    progress.clear();
    let file = |name: &str| shown(&args.out.join(name));
    if args.quiet {
        out(&file("worksheet.html"))?;
    } else {
        told::lines(corpus.skipped(), &report.notices, Kept::default()).iter().for_each(|line| err(line));
        tell_failed(&findings);
        let fewer =
            if worksheet.passages() < passages { format!(" ({passages} wanted; no more differ in listed wording)") } else { String::new() };
        out(&format!(
            " {}, a page each{fewer}\n To hand out   {}   {}\n To keep       {}   {}\n Then          retold worksheet --check ANSWERS… --key {}",
            plural(worksheet.passages(), "passage"),
            file("worksheet.html"),
            file("answers.csv"),
            file("key.html"),
            file("key.csv"),
            file("key.csv"),
        ))?;
    }
    progress.finish();
    Ok(compared(&findings))
}
