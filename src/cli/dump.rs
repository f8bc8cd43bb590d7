//! `--dump-config`: what a command would run on, as a `retold.toml`.

use std::fmt::Write;
use std::path::Path;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};
use toml::Value;

use super::args::Args;
use super::config::flags;

/// Every flag of the command, with its value and where that comes from: `typed` is what was typed, `last` that and what `file`
/// adds. Kept in the folder that it was made in and given back with `--config`, it leads to the same run.
pub(super) fn dump(typed: &ArgMatches, last: &ArgMatches, file: Option<&Path>) -> String {
    let mut root = Args::command();
    root.build();
    let (mut command, mut typed, mut last) = (&root, typed, last);
    let mut names = Vec::new();
    while let (Some((name, below)), Some((_, below_last))) = (typed.subcommand(), last.subcommand()) {
        let Some(found) = command.find_subcommand(name) else { break };
        names.push(name);
        (command, typed, last) = (found, below, below_last);
    }
    let given: Vec<String> = command.get_positionals().flat_map(|arg| values(arg, last)).collect();
    let mut out = format!("# retold {} {}\n", names.join(" "), given.join(" ")).trim_end().to_owned();
    // Writing to a string does not fail.
    let _infallible = match file {
        Some(file) => write!(out, "\n# retold.toml is {}", file.display()),
        None => write!(out, "\n# no retold.toml"),
    };
    let _infallible = write!(out, "\n[{}]\n", names.first().copied().unwrap_or_default());
    let known = flags(command);
    for arg in command.get_arguments().filter(|arg| arg.get_long().is_some_and(|long| known.contains(&long))) {
        out.push_str(&flag(arg, command, typed, last));
    }
    out
}

/// The line of a flag. One that has no value, or a default that does not go with what was given, is a comment.
fn flag(arg: &Arg, command: &Command, typed: &ArgMatches, last: &ArgMatches) -> String {
    let (name, id) = (arg.get_long().unwrap_or_default(), arg.get_id().as_str());
    let is_given = |matches: &ArgMatches, id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let source = match (is_given(typed, id), is_given(last, id)) {
        (true, _) => "typed",
        (false, true) => "retold.toml",
        (false, false) => "default",
    };
    let all = values(arg, last);
    if all.is_empty() {
        return format!("# {name} is not given\n");
    }
    let value = match (arg.get_action(), &all[..]) {
        (ArgAction::SetTrue, all) => Value::Boolean(all == ["true"]),
        (ArgAction::Set, [only]) => one(only),
        (_, all) => Value::Array(all.iter().map(|value| one(value)).collect()),
    };
    let excludes = |a: &Arg, b: &Arg| command.get_arg_conflicts_with(a).iter().any(|other| other.get_id() == b.get_id());
    let given = command.get_arguments().filter(|other| is_given(last, other.get_id().as_str()));
    let against = given.into_iter().any(|other| excludes(arg, other) || excludes(other, arg));
    let comment = if source == "default" && against { "# " } else { "" };
    format!("{comment}{name} = {value}  # {source}\n")
}

fn one(value: &str) -> Value {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => Value::Integer(number),
        _ => Value::String(value.to_owned()),
    }
}

/// The values of an argument as they would be typed.
fn values(arg: &Arg, matches: &ArgMatches) -> Vec<String> {
    let raw = matches.get_raw(arg.get_id().as_str()).into_iter().flatten();
    raw.map(|value| value.to_string_lossy().into_owned()).collect()
}
