//! `retold man`: the manual, made from the same definition as the help pages.

use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use retold::error::{ErrorKind, Result};
use retold::text::count::plural;

use super::args::Args;
use super::emit::{emit, file};
use super::terminal::{Outcome, out};

/// What the manual says of files, beside the pages of single commands.
const FILES: &[(&str, &str)] = &[
    ("retold.toml", "flags that hold for a folder and all below it; keys are long flags, what is typed goes before. See --dump-config."),
    (
        "articles.csv",
        "beside the articles: path,outlet and, if known, published_at,url,title,byline,language,note. retold init writes one.",
    ),
    ("house.csv", "a list of wording of your own, for --lexicon. retold lexicon init writes one with two examples."),
    (
        "retold-out/run.json",
        "by this file Retold knows a folder that it wrote; it names the version, the flags and the SHA-256 of all files.",
    ),
    ("retold-out/README.txt", "what each written file is and which programs open it."),
];

/// Exit codes of all commands; a command that has its own says so.
const STATUS: &[(&str, &str)] = &[
    ("0", "done, everything was read"),
    ("1", "retold check found something at or above --fail-on; retold lexicon check found something amiss"),
    ("2", "could not be done; the message says what, where and how to mend it"),
    ("3", "done, but some inputs were skipped, each told with its reason"),
];

/// Prints the manual, or writes it into a folder.
pub(crate) fn run(folder: Option<&Path>) -> Result<Outcome> {
    let pages = pages().map_err(|source| ErrorKind::Output { action: "write", path: "the manual".into(), source })?;
    let Some(folder) = folder else {
        emit(None, &pages.into_iter().map(|(_, page)| page).collect::<String>())?;
        return Ok(Outcome::Done);
    };
    for (name, page) in &pages {
        file(&folder.join(name), page)?;
    }
    out(&format!("{} in {}", plural(pages.len(), "page"), folder.display()))?;
    Ok(Outcome::Done)
}

/// File names and pages: the program first, then its commands.
fn pages() -> io::Result<Vec<(String, String)>> {
    let mut root = Args::command().disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    add(&root, true, &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, is_root: bool, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    let man =
        Man::new(command.clone().version(env!("CARGO_PKG_VERSION"))).source(concat!("Retold ", env!("CARGO_PKG_VERSION"))).manual("Retold");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let mut roff = Roff::default();
    for (heading, lines) in sections(&command.get_after_help().map(ToString::to_string).unwrap_or_default()) {
        let heading = if heading == "Exit codes" { "EXIT STATUS".to_owned() } else { heading.to_uppercase() };
        roff.control("SH", [heading.as_str()]).control("nf", []);
        lines.iter().for_each(|line| {
            roff.text([roman(line.as_str())]);
        });
        roff.control("fi", []);
    }
    if is_root {
        for (heading, rows) in [("EXIT STATUS", STATUS), ("FILES", FILES)] {
            roff.control("SH", [heading]);
            for (name, what) in rows {
                roff.control("TP", []).text([bold(*name)]).text([roman(*what)]);
            }
        }
    }
    roff.control("SH", ["SEE ALSO"]).text([roman(if is_root { "retold-compare(1), retold-check(1)" } else { "retold(1)" })]);
    roff.to_writer(&mut page)?;
    pages.push((man.get_filename(), String::from_utf8_lossy(&page).into_owned()));
    command.get_subcommands().filter(|below| !below.is_hide_set()).try_for_each(|below| add(below, false, pages))
}

/// What stands below the flags of a help page: headings that end in a colon, and their lines.
fn sections(after_help: &str) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for line in after_help.lines().filter(|line| !line.trim().is_empty()) {
        match (line.strip_suffix(':').filter(|heading| !heading.starts_with(' ')), all.last_mut()) {
            (Some(heading), _) => all.push((heading.to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(line.trim().to_owned()),
            (None, None) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn every_command_has_a_page_with_examples() {
        let pages = pages().unwrap();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.starts_with(&["retold.1", "retold-compare.1"]) && names.contains(&"retold-lexicon-check.1"), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("help")), "{names:?}");
        for (name, page) in &pages {
            assert!(page.contains(".SH EXAMPLE") || name == "retold.1" || name == "retold-lexicon.1", "{name}");
            assert_eq!(page.matches(".TH ").count(), 1, "{name}");
        }
        assert!(pages[0].1.contains(".SH FILES") && pages[0].1.contains(".SH \"EXIT STATUS\""));
    }
}
