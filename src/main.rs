//! The program: parse, run, exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = match cli::args::Args::try_parse() {
        Ok(args) => args,
        Err(refused) => return cli::terminal::usage(&refused),
    };
    cli::terminal::guarded(|| match args.command {
        cli::args::Command::Compare(compare) => cli::compare::run(&compare),
        cli::args::Command::Check(check) => cli::check::run(&check),
        cli::args::Command::Align(align) => cli::align::run(&align),
        cli::args::Command::Kwic(kwic) => cli::kwic::run(&kwic),
        cli::args::Command::Lexicon(lexicon) => cli::lexicon::run(&lexicon),
        cli::args::Command::Explain(explain) => cli::explain::run(&explain),
    })
}
