//! The work folder of a run: when there is one, where, and what is said of it.

use std::path::{Path, PathBuf};

use retold::analysis::settings::Settings;
use retold::analysis::stages::Stages;
use retold::corpus::collection::Corpus;
use retold::error::{ErrorKind, Result};
use retold::read::notice::Notice;
use retold::resume::key::StageKey;
use retold::resume::work_folder::{Said, WorkFolder};

use super::args;

/// Above this many articles a run takes minutes: it keeps its stages unasked.
const LARGE: usize = 100_000;

/// The work folder of a run: for a large one, or when it is asked for. Where it cannot be used, why not.
pub(crate) fn folder(args: &args::Compare, corpus: &Corpus, settings: &Settings) -> Result<(Option<WorkFolder>, Option<Notice>)> {
    let asked = args.resume || args.work.is_some();
    if args.found.is_some() || !asked && corpus.articles().len() <= LARGE {
        return Ok((None, None));
    }
    let path = args.work.clone().map_or_else(|| beside(&args.out), Ok)?;
    let unused = |message: String| Notice {
        code: "W065",
        message,
        mend: "the run goes on without; give another folder with --work, or wait for the other run".into(),
    };
    let shown = path.display();
    Ok(match WorkFolder::open(&path, StageKey::all(corpus, settings), args.resume) {
        Ok(Some(folder)) => (Some(folder), None),
        Ok(None) => (None, Some(unused(format!("{shown}: another run keeps its stages here")))),
        Err(fault) => (None, Some(unused(format!("{shown}: stages cannot be kept here ({fault})")))),
    })
}

/// Shared passages that were found elsewhere.
#[cfg(feature = "arrow")]
pub(crate) fn found(folder: &Path, corpus: &Corpus, settings: &Settings) -> Result<Box<dyn Stages>> {
    Ok(Box::new(retold::stages::found::Found::open(folder, corpus, settings)?))
}

/// Says that this build takes none.
#[cfg(not(feature = "arrow"))]
pub(crate) fn found(_: &Path, _: &Corpus, _: &Settings) -> Result<Box<dyn Stages>> {
    Err(ErrorKind::NotBuilt { flag: "--found", feature: "arrow" }.into())
}

/// `OUT.work` beside `OUT`: a name that people can tell, since it takes room until the run has ended.
fn beside(out: &Path) -> Result<PathBuf> {
    let failed = |source| ErrorKind::Output { action: "find", path: out.to_path_buf(), source };
    let mut path = std::path::absolute(out).map_err(failed)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".work");
    path.set_file_name(name);
    Ok(path)
}

/// What became of the stages: a line each for those that an earlier run may have kept, and warnings.
pub(crate) fn said(folder: &WorkFolder) -> (Vec<String>, Vec<Notice>) {
    let (mut lines, mut notices) = (Vec::new(), Vec::new());
    for said in folder.said() {
        match said {
            Said::Used(stage) => lines.push(format!("{}: used as an earlier run kept them", stage.as_str())),
            Said::Anew(stage, why) => lines.push(format!("{}: computed anew: {why}", stage.as_str())),
            Said::NotKept(stage, fault) => notices.push(Notice {
                code: "W066",
                message: format!("{} could not be kept: {fault}", stage.as_str()),
                mend: "the results are whole; a run that is cut off later begins with this stage anew".into(),
            }),
        }
    }
    (lines, notices)
}
