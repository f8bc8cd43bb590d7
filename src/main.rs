//! The program: parse, run, exit code.

mod cli;

use std::ffi::OsString;
use std::process::ExitCode;

use cli::args::Colours;
use cli::config::{Refusal, arguments};
use cli::file_system::disk::Disk;
use cli::terminal::Outcome;

fn main() -> ExitCode {
    cli::signals::watch();
    let typed: Vec<OsString> = std::env::args_os().collect();
    cli::terminal::dress(Colours::Auto, cli::terminal::asks_for_json(&typed));
    let args = match arguments(&typed) {
        Ok(args) => args,
        Err(Refusal::Usage(refused)) => return cli::terminal::usage(&refused),
        Err(Refusal::Config(error)) => return cli::terminal::guarded(|| Err(error)),
        Err(Refusal::Told(text)) => return cli::terminal::guarded(|| cli::emit::emit_text(None, &text).map(|()| Outcome::Done)),
    };
    cli::terminal::dress(args.color, args.command.speaks_json());
    cli::threads::limit(&args.command);
    if let Some((paths, reading)) = args.command.reads().filter(|(_, reading)| reading.list_files) {
        return cli::terminal::guarded(|| cli::listing::list(paths, reading));
    }
    cli::terminal::guarded(|| match args.command {
        cli::args::Command::Compare(compare) => cli::compare::run(&compare, &args.effective, &Disk),
        cli::args::Command::Check(check) => cli::check::run(&check),
        cli::args::Command::Align(align) => cli::align::run(&align),
        cli::args::Command::Kwic(kwic) => cli::kwic::run(&kwic),
        cli::args::Command::Lexicon(lexicon) => cli::lexicon::run(&lexicon),
        cli::args::Command::Init(init) => cli::init::run(&init, &Disk),
        cli::args::Command::Worksheet(worksheet) => cli::worksheet::run(&worksheet, &args.effective, &Disk),
        cli::args::Command::Demo(demo) => cli::demo::run(&demo, &args.effective, &Disk),
        cli::args::Command::Explain(explain) => cli::explain::run(&explain),
        cli::args::Command::Stage(stage) => cli::stage::run(&stage),
        cli::args::Command::Schema => cli::outputs::print_schema(),
        cli::args::Command::Completions { shell } => cli::shells::completions(shell),
        cli::args::Command::Man { folder } => cli::manual::run(folder.as_deref()),
    })
}
