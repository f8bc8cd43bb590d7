//! Everything printed goes through here: sanitised, quiet on closed pipes, never a panic.

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use clap::error::{ContextKind, ContextValue, ErrorKind as Refused};
use indicatif::ProgressBar;
use retold::error::{Error, ErrorKind};
use retold::fault::uncaught;

use super::threads::on_a_stack;

use super::args::Colours;
use super::message::{as_json, painted};

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was read.
    Done,
    /// Some inputs were skipped.
    SomeSkipped,
    /// Something was found that was looked for as a fault.
    Found,
}

/// Runs a command and turns what it came to into an exit code; an internal fault is told as one, without a trace.
pub(crate) fn guarded(run: impl FnOnce() -> Result<Outcome, Error> + Send) -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // What is caught is told by whoever catches it.
        if let Some(fault) = uncaught(panic) {
            let fault = clean_line(&fault.to_string());
            err(&format!("error[E099]: {fault}\n  help: please report this line; nothing was left half written"));
        }
    }));
    match on_a_stack(|| catch_unwind(AssertUnwindSafe(run))) {
        Ok(Ok(Outcome::Done)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Found)) => ExitCode::from(1),
        Ok(Ok(Outcome::SomeSkipped)) => ExitCode::from(3),
        Ok(Err(error)) => refused(&error),
        // The library stops with an error where nobody could take one: when its temporary file fails.
        Err(payload) => payload.downcast_ref::<Error>().map_or(ExitCode::from(2), refused),
    }
}

fn refused(error: &Error) -> ExitCode {
    // What is quoted in them may hold line ends, and must not look like a message of its own.
    err(&format!("error[{}]: {}\n  help: {}", error.code(), clean_line(&error.to_string()), clean_line(&error.mend())));
    ExitCode::from(2)
}

/// Prints what the argument parser has to say: help on standard output with exit code 0, a refusal with 2.
pub(crate) fn usage(refused: &clap::Error) -> ExitCode {
    if refused.use_stderr() && AS_JSON.load(Ordering::Relaxed) {
        let told = refused.to_string();
        let what = told.lines().next().unwrap_or_default().trim_start_matches("error: ");
        err(&format!("error[E001]: {what}\n  help: retold COMMAND --help shows what each flag takes"));
        return ExitCode::from(2);
    }
    let told = refused.print();
    // Who names files and no command means to compare them.
    if let (Refused::InvalidSubcommand, Some(ContextValue::String(given))) = (refused.kind(), refused.get(ContextKind::InvalidSubcommand))
        && std::path::Path::new(given).exists()
    {
        err(&format!("\n  help: to compare what is in it:  retold compare {}", clean_line(given)));
    }
    if refused.use_stderr() {
        return ExitCode::from(2);
    }
    guarded(|| printed(told.and_then(|()| io::stdout().flush())).map(|()| Outcome::Done))
}

/// Prints to standard output; a closed pipe ends printing quietly.
pub(crate) fn out(text: &str) -> Result<(), Error> {
    let mut stdout = io::stdout().lock();
    printed(writeln!(stdout, "{}", clean(text)).and_then(|()| stdout.flush()))
}

/// What printing to standard output came to. Whoever closed the pipe has read enough; a full disk behind a redirection is no success.
pub(crate) fn printed(outcome: io::Result<()>) -> Result<(), Error> {
    match outcome {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            Err(ErrorKind::Output { action: "write to", path: "standard output".into(), source }.into())
        }
        _ => Ok(()),
    }
}

/// Prints to standard error: as JSON where that was asked for, in colours on a terminal that has them.
pub(crate) fn err(text: &str) {
    let text = clean(text);
    let text = match AS_JSON.load(Ordering::Relaxed) {
        true => as_json(&text),
        false if console::colors_enabled_stderr() => painted(&text),
        false => text,
    };
    write_above(&text);
}

/// Prints one JSON object to standard error, on a line.
pub(crate) fn line(object: &impl serde::Serialize) {
    write_above(&clean_json(&serde_json::to_string(object).unwrap_or_default()));
}

/// Whether messages are JSON.
static AS_JSON: AtomicBool = AtomicBool::new(false);
/// The bar that is drawn.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Whether messages are to be JSON, told before anything is parsed: what keeps a command from being parsed is a message, too.
pub(crate) fn asks_for_json(typed: &[OsString]) -> bool {
    let flags = typed.iter().position(|arg| arg == "--").map_or(typed, |at| &typed[..at]);
    flags.iter().any(|arg| arg == "--progress=json") || flags.windows(2).any(|pair| pair[0] == "--progress" && pair[1] == "json")
}

/// How messages look from now on.
pub(crate) fn dress(colours: Colours, json: bool) {
    match colours {
        // As the terminal and NO_COLOR have it.
        Colours::Auto => {}
        Colours::Always => console::set_colors_enabled_stderr(true),
        Colours::Never => console::set_colors_enabled_stderr(false),
    }
    AS_JSON.store(json, Ordering::Relaxed);
}

/// The bar that messages have to make room for.
pub(crate) fn bar(drawn: Option<ProgressBar>) {
    *BAR.lock().unwrap_or_else(PoisonError::into_inner) = drawn;
}

fn write_above(text: &str) {
    let write = || {
        let _closed_pipe = writeln!(io::stderr().lock(), "{text}");
    };
    // Taken out before it is used, so that a message about a fault in drawing waits for nobody.
    let drawn = BAR.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match drawn {
        Some(drawn) => drawn.suspend(write),
        None => write(),
    }
}

/// Text without what a terminal would obey: control characters (line ends aside) become U+FFFD, marks that turn the
/// direction of writing are named.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            '\t' => out.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => out.push_str(&format!("<U+{:04X}>", c as u32)),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// A path in one line, as a terminal may show it.
pub(crate) fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}

/// Text in one line: line ends and other white space are spaces, the rest as in [`clean`].
pub(crate) fn clean_line(text: &str) -> String {
    clean(&text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect::<String>())
}

/// JSON that a terminal may show: the same values, with whatever [`clean`] would change written as `\u….`. Such characters stand
/// only inside the strings of JSON; line ends between values stay.
pub(crate) fn clean_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_json, clean_line};

    #[test]
    fn json_keeps_its_values() {
        let text = "a\u{1b}b\u{9b}c\u{202e}d\u{2028}é\n";
        let shown = clean_json(&serde_json::to_string(text).unwrap());
        assert_eq!(shown, "\"a\\u001bb\\u009bc\\u202ed\\u2028é\\n\"");
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        assert_eq!(clean_line("a\r\nb\u{2028}c\u{1b}"), "a  b c\u{FFFD}");
    }

    #[test]
    fn escapes_do_not_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\r\nd\u{9b}e"), "a\u{FFFD}[31mb<U+202E>c\u{FFFD}\nd\u{FFFD}e");
    }
}
