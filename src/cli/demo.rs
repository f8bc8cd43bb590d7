//! `retold demo`: invented articles that come with the program, compared as anybody's are.

use clap::Parser;
use retold::error::{ErrorKind, Result};
use std::ffi::OsStr;

use super::args::{self, Args, Command};
use super::compare;
use super::emit::new_folder;
use super::file_system::folder_aside::FolderAside;
use super::file_system::operations::FileSystem;
use super::terminal::{Outcome, out, shown};

macro_rules! articles {
    ($($name:literal),+ $(,)?) => {
        /// Names and texts. Invented: no outlet, agency, place or person in them is one that is known of.
        const ARTICLES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../demo/", $name)))),+];
    };
}

articles![
    "ostrey-herald-books-1.txt",
    "ostrey-herald-lamp-1.txt",
    "ostrey-herald-lamp-2.txt",
    "ostrey-herald-strike-1.txt",
    "ostrey-herald-strike-2.txt",
    "ostrey-herald-strike-3.txt",
    "quayside-post-books-1.txt",
    "quayside-post-lamp-1.txt",
    "quayside-post-lamp-2.txt",
    "quayside-post-strike-1.txt",
    "quayside-post-strike-2.txt",
    "quayside-post-strike-3.txt",
    "velm-courier-books-1.txt",
    "velm-courier-lamp-1.txt",
    "velm-courier-lamp-2.txt",
    "velm-courier-strike-1.txt",
    "velm-courier-strike-2-corrected.txt",
    "velm-courier-strike-2.txt",
    "velm-courier-strike-3.txt",
];

const TITLE: &str = "A strike at an invented harbour";

pub(crate) fn run(args: &args::Demo, command: &[String], files: &dyn FileSystem) -> Result<Outcome> {
    let texts: Vec<(String, String)> = ARTICLES.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect();
    if let Some(folder) = &args.articles {
        new_folder(files, folder, &texts)?;
        out(&format!(
            "{}: {} articles of three invented outlets\nnext: change a word in one of them, then: retold compare {} -o retold-demo",
            shown(folder),
            texts.len(),
            shown(folder)
        ))?;
        return Ok(Outcome::Done);
    }
    // The articles go the way of all articles: they are files in a folder, which is gone when the run is done. Its name is this
    // process's, so that two demonstrations do not meet there.
    let failed = |source| ErrorKind::Output { action: "write", path: "a temporary folder".into(), source };
    let place = std::env::temp_dir().join(format!("retold-demo-{}", std::process::id()));
    let aside = FolderAside::start(files, &place, &place)?;
    let folder = aside.path().join("demo");
    for (name, text) in &texts {
        aside.create(&format!("demo/{name}")).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)?;
    }
    let flags = [(args.force, "--force"), (args.quiet, "--quiet")].into_iter().filter(|&(given, _)| given).map(|(_, flag)| flag);
    let typed: Vec<&OsStr> = ["retold", "compare", "--title", TITLE]
        .into_iter()
        .chain(flags)
        .map(OsStr::new)
        .chain([OsStr::new("-o"), args.out.as_os_str()])
        .collect();
    let typed = typed.into_iter().chain([OsStr::new("--"), folder.as_os_str()]);
    match Args::try_parse_from(typed).map(|args| args.command) {
        Ok(Command::Compare(compare)) => compare::run(&compare, command, files),
        // What is parsed is written above, so this cannot be.
        _ => Err(ErrorKind::Usage { message: "the demonstration cannot be started".into(), mend: "please report this".into() }.into()),
    }
}
