//! How many threads a run takes, and on what stack they work.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

use super::args::Command;

/// More threads than any machine of today makes use of: each costs memory before it helps.
const MOST: usize = 256;

/// Bytes of the stack of every thread that works, the same on every system: a stack that runs over cannot be caught, so the
/// bounds on depth are tried against this one.
const STACK: usize = 8 << 20;

impl Command {
    /// Threads that were asked for; all of the machine's where nothing was.
    fn threads(&self) -> Option<NonZeroUsize> {
        match self {
            Self::Compare(compare) => compare.threads,
            Self::Check(check) => check.threads,
            Self::Worksheet(worksheet) => worksheet.threads,
            _ => None,
        }
    }
}

/// Takes no more threads than a command asks for, each with a stack of [`STACK`]. Commands that read nothing start none.
pub(crate) fn limit(command: &Command) {
    if matches!(command, Command::Explain(_) | Command::Schema | Command::Completions { .. } | Command::Man { .. }) {
        return;
    }
    // None are asked for by 0.
    let asked = command.threads().map_or(0, |threads| threads.get().min(MOST));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(asked).stack_size(STACK);
    // Fails only when a pool exists already, which then serves as well.
    let _already_there = pool.build_global();
}

/// Does some work on a stack of [`STACK`], whatever the one is that the system gave the program.
pub(crate) fn on_a_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut work = Some(work);
    let mut result = None;
    let started = thread::scope(|scope| {
        let run = || result = work.take().map(|work| work());
        match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run) {
            Ok(thread) => thread.join().map_err(|panic| resume_unwind(panic)).is_ok(),
            Err(_) => false,
        }
    });
    match (started, work) {
        // A system that grants no further thread: the stack that there is has to do.
        (false, Some(work)) => work(),
        _ => result.expect("work that was begun and did not panic has a result"),
    }
}
