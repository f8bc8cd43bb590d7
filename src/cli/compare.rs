//! `retold compare`.

use std::fs;
use std::path::{Path, PathBuf};

use retold::analysis::analyze_keeping;
use retold::analysis::needs::Needs;
use retold::analysis::settings::Settings;
use retold::analysis::stages::{NothingKept, Stages};
use retold::charts::CHARTS;
use retold::corpus::budget::MemoryBudget;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::digest::Digest;
use retold::error::{ErrorKind, Position, Result};
use retold::framing::entity_sheet::{Given, parse};
use retold::lexicon::load::Lexicon;
use retold::lexicon::write::to_toml;
use retold::read::files::{ReadReport, read_all_watched};
use retold::read::size::plain_bytes;
use retold::report::{ReportOptions, render};
use retold::reuse::long_settings::LongSettings;
use retold::reuse::paraphrase::ParaphraseSettings;
use retold::tables::row::TableOptions;
use retold::tables::{TABLES, Table};
use retold::watch::{Stage, Watch};

use super::args::{self, Form, Part};
use super::file_system::operations::FileSystem;
use super::folder::OutputFolder;
use super::input::{Input, all_compared, compared};
use super::manifest::{self, Manifest};
use super::memory;
use super::outputs::{self, Outputs};
use super::parquet;
use super::pictures;
use super::progress::Progress;
use super::summary;
use super::terminal::{Outcome, err, out, shown};
use super::told::{self, Kept};
use super::words;
use super::work;

/// What the report and the forms for other programs weigh beside tables and charts.
const OTHERS: u64 = 20;

/// Runs on what is asked for; `command` is that as it would be typed.
pub(crate) fn run(args: &args::Compare, command: &[String], files: &dyn FileSystem) -> Result<Outcome> {
    if args.png {
        pictures::available()?;
    }
    if args.format.contains(&Form::Parquet) {
        parquet::available()?;
    }
    // A lexicon that cannot be used is told before any article is read.
    let lexicon = Lexicon::open(&args.lexicons.names)?;
    let named = args.entities.as_deref().map(entities).transpose()?.unwrap_or_default();
    let mut options = args.reading.options()?;
    options.apart.extend(args.entities.clone());
    // Lists that lie among the articles are none.
    options.apart.extend(args.lexicons.names.iter().map(PathBuf::from));
    let mut folder = Some(OutputFolder::start(files, &args.out, &args.paths, args.force)?);
    let budget = memory::budget(args.memory);
    Needs::of_bytes(plain_bytes(&args.paths, &options.limits)).fit(budget, memory::free_space())?;
    let mut progress = Progress::new(&args.watched, args.quiet);
    let mut builder = CorpusBuilder::within(budget);
    let report = read_all_watched(&args.paths, &options, &mut builder, &progress)?;
    if args.mask_outlets {
        builder.mask_outlets();
    }
    let input = Input::new(args.reading.seal(builder, &options, &progress), report, &args.reading)?;
    let job = Job { args, command, lexicon: &lexicon, named: &named, budget };
    input.job(|corpus, report| write(&job, corpus, report, &mut folder, &mut progress))
}

/// What is done with the articles once they are read.
struct Job<'r> {
    args: &'r args::Compare,
    command: &'r [String],
    lexicon: &'r Lexicon,
    named: &'r [Given],
    budget: MemoryBudget,
}

/// Compares the articles and writes what was found.
fn write(
    job: &Job<'_>,
    corpus: &Corpus,
    report: &ReadReport,
    folder: &mut Option<OutputFolder<'_>>,
    progress: &mut Progress,
) -> Result<Outcome> {
    let Job { args, command, lexicon, named, budget } = *job;
    let needs = Needs::of_corpus(corpus);
    needs.fit(budget, None)?;
    needs.warning(budget).filter(|_| !args.quiet).iter().for_each(|warning| err(warning));
    summary::comparable(corpus, report, &args.paths)?;

    let mut settings = Settings::for_corpus(corpus);
    settings.reuse.memory = budget.sorted();
    settings.text = args.text.shown();
    if args.preset == args::Preset::Long {
        settings.long = Some(LongSettings::default());
        // What would be found sentence by sentence is part of the passages.
        settings.paraphrase = None;
    }
    settings.paraphrase = match args.paraphrase {
        args::Paraphrases::Auto => settings.paraphrase,
        args::Paraphrases::On => Some(ParaphraseSettings::for_articles(corpus.articles().len())),
        args::Paraphrases::Off => None,
    };
    settings.keyness = words::settings(args, corpus)?;
    settings.named = named.to_vec();
    if let Some(days) = args.window {
        settings.reuse.window_days = (days > 0).then_some(days);
    }
    let (kept, unused) = work::folder(args, corpus, &settings)?;
    let found = args.found.as_deref().map(|folder| work::found(folder, corpus, &settings)).transpose()?;
    let stages: &dyn Stages = match (&found, &kept) {
        (Some(found), _) => &**found,
        (None, Some(folder)) => folder,
        (None, None) => &NothingKept,
    };
    let findings = analyze_keeping(corpus, lexicon, &settings, stages, &*progress as &dyn Watch)?;
    all_compared(&findings, &args.reading)?;
    let (resumed, mut unkept) = kept.as_ref().map(work::said).unwrap_or_default();
    unkept.extend(unused);
    let mut folder = folder.take().expect("a job begins anew only where it failed above");

    let options = TableOptions { raw: args.raw_csv, without_text: !settings.text.is_shown(), excel: args.excel };
    let wanted = |part| args.only.is_empty() || args.only.contains(&part);
    let tables: Vec<&Table> = TABLES.iter().filter(|table| wanted(Part::Tables) && args.wants(table)).collect();
    // Each table and chart, and about as much again for what is made of them all.
    progress.stage(Stage::Writing, tables.len() as u64 + CHARTS.len() as u64 + OTHERS);
    for table in &tables {
        folder.write(&format!("tables/{}.csv", table.name), |file| (table.write)(&findings, options, file))?;
        progress.advance(1);
    }
    let mut charts = Vec::new();
    let mut unknown = Vec::new();
    for chart in CHARTS.iter().filter(|_| wanted(Part::Charts) || wanted(Part::Report)) {
        let svg = (chart.draw)(&findings)?;
        if wanted(Part::Charts) {
            folder.write(&format!("charts/{}.svg", chart.name), |file| file.write_all(svg.as_bytes()))?;
            if args.png {
                unknown.extend(pictures::write(chart, &svg, &mut folder)?);
            }
        }
        charts.push((chart, svg));
        progress.advance(1);
    }
    let report_options = ReportOptions { title: &args.title, tool: concat!("Retold ", env!("CARGO_PKG_VERSION")) };
    if wanted(Part::Report) {
        folder.write("report.html", |file| render(&findings, &charts, &report_options, file))?;
    }
    progress.advance(OTHERS / 2);
    let lexicon_sha256 = Digest::of(to_toml(lexicon).as_bytes()).to_string();
    let masked = corpus.masked().is_some();
    let (lexicon_name, inputs) = (lexicon.name.as_str(), report.inputs.as_slice());
    let mut manifest =
        Manifest { command, lexicon: lexicon_name, lexicon_sha256: &lexicon_sha256, settings: &settings, inputs, outputs: &[], masked };
    let mut oddities = summary::oddities(&findings, report);
    oddities.extend(unknown);
    let warnings = outputs::warnings(oddities.clone(), masked);
    Outputs { findings: &findings, tables: &tables, options, args }.write(&manifest, &warnings, &mut folder)?;
    let written = folder.written().to_vec();
    manifest.outputs = &written;
    folder.write(manifest::NAME, |file| manifest.write(file))?;
    // Nothing is shown of a run that missed a text, whoever caught the fault on the way.
    corpus.sound()?;
    folder.commit()?;
    if let Some(kept) = kept {
        kept.clear();
    }
    progress.clear();

    if args.quiet {
        let report = if wanted(Part::Report) { args.out.join("report.html") } else { args.out.clone() };
        out(&shown(&report))?;
    } else {
        let is_written = |name: &&str| written.iter().any(|(written, _)| written == name);
        let [skipped, notices] = ["tables/skipped.csv", "report.json"].map(|name| Some(name).filter(is_written).unwrap_or_default());
        let kept = Kept { skipped, notices: if masked { "" } else { notices } };
        told::lines(corpus.skipped(), &oddities, kept).iter().for_each(|line| err(line));
        resumed.iter().for_each(|line| err(line));
        told::lines(&[], &unkept, Kept::default()).iter().for_each(|line| err(line));
        out(&summary::summary(&findings, report, &args.out, &written))?;
    }
    progress.finish();
    Ok(compared(&findings))
}

/// The entities of a sheet.
fn entities(path: &Path) -> Result<Vec<Given>> {
    let bytes = fs::read(path).map_err(|source| ErrorKind::Input { path: path.to_path_buf(), source })?;
    let fault = |_| ErrorKind::Entities { position: Position::file(path), message: "is not in UTF-8".to_owned() };
    parse(path, &String::from_utf8(bytes).map_err(fault)?)
}
