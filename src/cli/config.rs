//! `retold.toml`: flags that hold for a folder and all below it. What is typed goes before what is written there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, Command, CommandFactory, FromArgMatches, ValueHint};
use toml::{Table, Value};

use retold::error::{ErrorKind, Position, Result};
use retold::read::files::CONFIG;

use super::args::Args;
use super::dump::dump;
use super::terminal::clean_line;

/// What stops the program before it has a job.
pub(crate) enum Refusal {
    /// The arguments; help and version, too.
    Usage(clap::Error),
    /// The configuration.
    Config(retold::error::Error),
    /// All that was asked for is to be told something.
    Told(String),
}

/// What `retold` by itself says.
const WELCOME: &str = "\
Retold shows how news outlets phrase the same event.

  retold demo                  see what comes out, with invented articles
  retold compare FOLDER        compare your own: tables, charts and a report
  retold check DRAFT           listed wording in a text, with reasons
  retold worksheet FOLDER      pages for a class
  retold init FOLDER           start a folder of articles of your own

retold --help lists all commands, retold COMMAND --help says what one takes.
";

/// What is typed, with what the nearest `retold.toml` says beneath it.
pub(crate) fn arguments(typed: &[OsString]) -> std::result::Result<Args, Refusal> {
    if typed.len() < 2 {
        return Err(Refusal::Told(WELCOME.to_owned()));
    }
    let colours = colours(typed);
    let parse = |argv: &[OsString]| {
        Args::command().color(colours).try_get_matches_from(argv).map_err(|refused| Refusal::Usage(cleaned(refused, argv, colours)))
    };
    let matches = parse(typed)?;
    let args = |matches: &ArgMatches, of: &[OsString]| {
        let effective = of.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
        Args::from_arg_matches(matches).map(|args| Args { effective, ..args }).map_err(Refusal::Usage)
    };
    let first = args(&matches, typed)?;
    let file = match (&first.config, first.isolated) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => None,
        (None, false) => {
            std::env::current_dir().ok().and_then(|here| here.ancestors().map(|folder| folder.join(CONFIG)).find(|f| f.is_file()))
        }
    };
    let dumped = |last: &ArgMatches| Refusal::Told(dump(&matches, last, file.as_deref()));
    let more = file.as_deref().map_or(Ok(Vec::new()), |file| beneath(file, &matches)).map_err(Refusal::Config)?;
    let Some(file) = file.as_deref().filter(|_| !more.is_empty()) else {
        return if first.dump_config { Err(dumped(&matches)) } else { Ok(first) };
    };
    // Before a `--`, after which everything is a path.
    let at = typed.iter().position(|arg| arg == "--").unwrap_or(typed.len());
    let (before, after) = typed.split_at(at);
    let all: Vec<OsString> = before.iter().chain(&more).chain(after).cloned().collect();
    match parse(&all) {
        Ok(last) if first.dump_config => Err(dumped(&last)),
        Ok(last) => args(&last, &all),
        Err(Refusal::Usage(refused)) => {
            let told = refused.to_string();
            let what = told.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            Err(Refusal::Config(fault(file, 0, what, "retold COMMAND --help shows what each flag takes").into()))
        }
        Err(other) => Err(other),
    }
}

/// A refusal that quotes nothing a terminal would obey: that of the same arguments cleaned, so that it looks as any other.
fn cleaned(refused: clap::Error, argv: &[OsString], colours: clap::ColorChoice) -> clap::Error {
    let clean: Vec<String> = argv.iter().map(|arg| clean_line(&arg.to_string_lossy())).collect();
    if !refused.use_stderr() || argv.iter().zip(&clean).all(|(arg, clean)| arg == clean.as_str()) {
        return refused;
    }
    let again = Args::command().color(colours).try_get_matches_from(clean).err().filter(|again| again.kind() == refused.kind());
    again.unwrap_or_else(|| clap::Error::raw(refused.kind(), clean_line(&refused.to_string()) + "\n"))
}

fn fault(file: &Path, line: usize, message: String, mend: &str) -> ErrorKind {
    ErrorKind::Config { position: Position::line(file, line), message, mend: mend.to_owned() }
}

/// The flags that a file adds to what is typed: those of the command that nobody typed.
fn beneath(file: &Path, matches: &ArgMatches) -> Result<Vec<OsString>> {
    let text = std::fs::read_to_string(file).map_err(|source| ErrorKind::Input { path: file.to_path_buf(), source })?;
    let table: Table = text.parse().map_err(|e: toml::de::Error| {
        let line = e.span().map_or(0, |span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1);
        fault(file, line, e.message().to_owned(), "mend the line; keys are the long flags of retold COMMAND --help")
    })?;
    let root = Args::command();
    let (mut command, mut typed) = (&root, matches);
    let mut names: Vec<&str> = Vec::new();
    while let Some((name, below)) = typed.subcommand() {
        names.push(name);
        let Some(found) = command.find_subcommand(name) else { break };
        (command, typed) = (found, below);
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut more = Vec::new();
    for (key, value) in &table {
        if let (Value::Table(own), Some(of)) = (value, root.find_subcommand(key)) {
            for (key, value) in own {
                if !flags(of).contains(&key.as_str()) {
                    return Err(unknown(file, &text, key, &flags(of)).into());
                }
                if names.first() == Some(&of.get_name()) {
                    add(key, value, (file, folder), command, typed, &mut more)?;
                }
            }
            continue;
        }
        let all: Vec<&str> = root.get_subcommands().flat_map(flags).collect();
        if !all.contains(&key.as_str()) {
            return Err(unknown(file, &text, key, &all).into());
        }
        // A flag that this command does not have is for others.
        if !table.get(names.first().copied().unwrap_or_default()).and_then(Value::as_table).is_some_and(|own| own.contains_key(key)) {
            add(key, value, (file, folder), command, typed, &mut more)?;
        }
    }
    Ok(more)
}

/// The colours of help and refusals, which are written before anything is parsed.
fn colours(typed: &[OsString]) -> ColorChoice {
    let typed: Vec<_> = typed.iter().take_while(|arg| *arg != "--").map(|arg| arg.to_string_lossy()).collect();
    let apart = typed.windows(2).filter(|pair| pair[0] == "--color").map(|pair| pair[1].as_ref());
    let given = apart.chain(typed.iter().filter_map(|arg| arg.strip_prefix("--color="))).last();
    match given {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// Flags that say what is to be told, not what is to be done: they have no place in a file.
const OF_THE_MOMENT: [&str; 7] = ["help", "version", "config", "isolated", "dump-config", "list-files", "color"];

/// Long flags of a command and of those below it.
pub(super) fn flags(command: &Command) -> Vec<&str> {
    let own = command.get_arguments().filter_map(Arg::get_long).filter(|name| !OF_THE_MOMENT.contains(name));
    own.chain(command.get_subcommands().flat_map(flags)).collect()
}

fn unknown(file: &Path, text: &str, key: &str, known: &[&str]) -> ErrorKind {
    let line = text.lines().position(|line| line.trim_start().trim_start_matches('[').starts_with(key)).map_or(0, |at| at + 1);
    let nearest = known.iter().min_by_key(|name| (strsim::damerau_levenshtein(name, key), **name)).copied().unwrap_or_default();
    fault(
        file,
        line,
        format!("unknown key \"{key}\""),
        &format!("the nearest is {nearest}; keys are the long flags of retold COMMAND --help"),
    )
}

fn add(
    key: &str,
    value: &Value,
    (file, folder): (&Path, &Path),
    command: &Command,
    typed: &ArgMatches,
    more: &mut Vec<OsString>,
) -> Result<()> {
    let Some(arg) = command.get_arguments().find(|arg| arg.get_long() == Some(key)) else { return Ok(()) };
    if typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine) {
        return Ok(());
    }
    let switch = matches!(arg.get_action(), ArgAction::SetTrue);
    let values: Vec<&Value> = value.as_array().map_or_else(|| vec![value], |values| values.iter().collect());
    for value in values {
        match value {
            Value::Boolean(on) if switch => more.extend(on.then(|| format!("--{key}").into())),
            Value::String(_) | Value::Integer(_) | Value::Float(_) if !switch => {
                let given = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                more.push(format!("--{key}={}", in_folder(arg, &given, folder)).into());
            }
            other => {
                let wanted = if switch { "true or false" } else { "a text or a number" };
                return Err(fault(file, 0, format!("{key} is {}, and {wanted} is wanted", other.type_str()), "mend the line").into());
            }
        }
    }
    Ok(())
}

/// Files are named from where the configuration stands, not from where the program is started.
fn in_folder(arg: &Arg, given: &str, folder: &Path) -> String {
    let beside: PathBuf = folder.join(given);
    let is_file = matches!(arg.get_value_hint(), ValueHint::FilePath | ValueHint::DirPath) || beside.is_file();
    if is_file { beside.to_string_lossy().into_owned() } else { given.to_owned() }
}
