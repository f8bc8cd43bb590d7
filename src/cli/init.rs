//! `retold init`: the files to start from, made from the articles that are there.

use std::collections::BTreeMap;
use std::path::Path;

use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::record::OutletBasis;
use retold::error::{ErrorKind, Result};
use retold::read::files::{CONFIG, ReadReport, read_all};
use retold::read::sheet::SHEET;
use retold::text::count::plural;
use retold::text::formula::guarded;
use retold::watch::Stage;

use super::args;
use super::emit::{emit, new_files};
use super::file_system::operations::FileSystem;
use super::input::{Input, outcome};
use super::lexicon::house_list;
use super::memory;
use super::terminal::{Outcome, out, shown};

const HOUSE: &str = "house.csv";

const FLAGS: &str = r#"# What Retold is asked to do in this folder and below it. Keys are the long flags of `retold COMMAND --help`;
# what you type goes before what stands here. Files are named from this folder.

# Lists of wording, a later one laid over an earlier. house.csv holds two examples: replace them.
lexicon = ["en/framing", "house.csv"]

# How articles are read. Take off the # of what you need.
# date-order = "dmy"                        # which number is the day in 03/04/2021: dmy or mdy
# encoding = "windows-1252"                 # of files that state none and are not UTF-8
# columns = "text=Inhalt,outlet=Zeitung"    # where tables call their columns otherwise
# outlets = "outlets.csv"                   # other names of your outlets: name,also,hosts

[compare]
out = "../retold-out"                       # outside the articles, so that no run reads another
# title = "How outlets phrase the same event"
# only = ["tables", "report"]

[check]
# fail-on = "warning"
"#;

pub(crate) fn run(args: &args::Init, files: &dyn FileSystem) -> Result<Outcome> {
    let mut options = args.reading.options()?;
    options.apart.push(args.folder.join(HOUSE));
    let mut builder = CorpusBuilder::within(memory::budget(None));
    let report = read_all(std::slice::from_ref(&args.folder), &options, &mut builder)?;
    let mut input = Input::new(args.reading.seal(builder, &options, &|_: Stage| ()), report, &args.reading)?;
    input.tell();
    input.job(|corpus, report| written(corpus, report, args, files))
}

fn written(corpus: &Corpus, report: &ReadReport, args: &args::Init, files: &dyn FileSystem) -> Result<Outcome> {
    let sheet = sheet(corpus);
    if args.sheet {
        emit(None, &sheet)?;
        return Ok(outcome(corpus));
    }
    let house = args.folder.join(HOUSE);
    let contents =
        [(args.folder.join(CONFIG), FLAGS.to_owned()), (args.folder.join(SHEET), sheet), (house.clone(), house_list(Path::new(HOUSE)))];
    let there: Vec<String> = contents.iter().filter(|(path, _)| path.exists()).map(|(path, _)| path.display().to_string()).collect();
    if !there.is_empty() {
        let message = format!("{} {} there already", there.join(", "), if there.len() == 1 { "is" } else { "are" });
        let mend = "rename what is there; --sheet prints the sheet and writes nothing".to_owned();
        return Err(ErrorKind::Usage { message, mend }.into());
    }
    new_files(files, &contents)?;
    let unnamed = corpus.articles().iter().filter(|article| article.outlet_basis == OutletBasis::File).count();
    let undated = corpus.articles().iter().filter(|article| article.published_at.is_none()).count();
    out(&format!(
        "{}: {} in {}, {unnamed} without an outlet, {undated} without a date\n{}: two examples of wording of your own\n{}: the flags that hold here\nnext: fill the gaps in {SHEET}, then in that folder: retold compare .",
        shown(&args.folder.join(SHEET)),
        plural(corpus.articles().len(), "article"),
        plural(report.files, "file"),
        shown(&house),
        shown(&args.folder.join(CONFIG))
    ))?;
    Ok(outcome(corpus))
}

/// The sheet of what was found: a row a file. What the file itself leaves open is blank; where a name or a date was found
/// stands beside it, for whoever checks them.
fn sheet(corpus: &Corpus) -> String {
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, article) in corpus.articles().iter().enumerate() {
        files.entry(&article.path).or_default().push(i);
    }
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Writing to memory does not fail.
    let columns = ["path", "outlet", "published_at", "url", "title", "byline", "language", "note", "outlet_found_by", "date_found_by"];
    let _infallible = csv.write_record(columns);
    for (path, articles) in files {
        // The folder given is where the sheet stands.
        let path = path.split_once('/').map_or(path, |(_, inside)| inside);
        let row: [String; 10] = match articles[..] {
            [only] => {
                let article = &corpus.articles()[only];
                let named = article.outlet_basis != OutletBasis::File;
                let outlet = if named { corpus.outlet(article.outlet).name.clone() } else { String::new() };
                [
                    path.to_owned(),
                    outlet,
                    article.published_at.map(|date| date.to_string()).unwrap_or_default(),
                    article.url.clone(),
                    article.title.clone(),
                    article.byline.clone(),
                    article.language.clone(),
                    article.note.clone(),
                    if named { article.outlet_basis.as_str().to_owned() } else { String::new() },
                    article.date_basis.as_str().to_owned(),
                ]
            }
            _ => {
                let mut row = [const { String::new() }; 10];
                row[0] = path.to_owned();
                row[7] = format!("{}: what they state goes before this row", plural(articles.len(), "article"));
                row
            }
        };
        let _infallible = csv.write_record(row.iter().map(|cell| guarded(cell).into_owned()));
    }
    String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
}
