//! Panics that are caught: what met one is left out and named, everything else goes on.
//!
//! One article of a million that trips over a fault of Retold's must not cost the other 999,999, nor go by without a word.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, resume_unwind};

/// Most characters of a cause: it may quote the text that was worked on.
const LONGEST: usize = 200;

/// A fault inside Retold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    place: String,
    cause: String,
}

impl Fault {
    /// What a panic tells of itself.
    #[must_use]
    pub fn of(panic: &PanicHookInfo<'_>) -> Self {
        let place = panic.location().map_or_else(String::new, |at| format!("{}:{}", source(at.file()), at.line()));
        Self { place, ..Self::from_payload(panic.payload()) }
    }

    fn from_payload(payload: &dyn Any) -> Self {
        let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self { place: String::new(), cause: text.unwrap_or("no message").chars().take(LONGEST).collect() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { String::new() } else { format!(" ({})", self.place) };
        write!(f, "internal fault{place}: {}", self.cause)
    }
}

/// A file of a source, without the folders of the machine that built it: they would make results differ between machines.
fn source(file: &str) -> &str {
    let file = file.rsplit_once("/registry/src/").and_then(|(_, crates)| crates.split_once('/')).map_or(file, |(_, inside)| inside);
    file.rsplit_once("/library/").map_or(file, |(_, inside)| inside)
}

thread_local! {
    /// How many calls of [`caught`] the thread is in.
    static INSIDE: Cell<usize> = const { Cell::new(0) };
    /// What the hook heard of a panic on its way to such a call.
    static HEARD: RefCell<Option<Fault>> = const { RefCell::new(None) };
}

/// For a panic hook: a fault that nobody catches, to be told; one that [`caught`] is waiting for is kept for it, and `None`.
#[must_use]
pub fn uncaught(panic: &PanicHookInfo<'_>) -> Option<Fault> {
    let fault = Fault::of(panic);
    if INSIDE.get() == 0 {
        return Some(fault);
    }
    HEARD.set(Some(fault));
    None
}

/// Does some work of one thread. Where it panics, what it was working on must be dropped: it may be half done.
///
/// # Errors
/// The fault, with its place in the source where the hook calls [`uncaught`].
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    INSIDE.set(INSIDE.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(INSIDE.get() - 1);
    done.map_err(|payload| {
        // Whoever unwinds with something else than a text means to end the run.
        if !payload.is::<&str>() && !payload.is::<String>() {
            resume_unwind(payload);
        }
        HEARD.take().unwrap_or_else(|| Fault::from_payload(&*payload))
    })
}

#[cfg(test)]
mod tests {
    use std::panic::{catch_unwind, resume_unwind};

    use super::{LONGEST, caught, source};

    #[test]
    fn a_panic_becomes_a_fault_and_the_next_work_is_done() {
        let fault = caught(|| panic!("{}", "é".repeat(500))).unwrap_err();
        assert_eq!(fault.to_string().chars().filter(|&c| c == 'é').count(), LONGEST);
        let nested = caught(|| (caught(|| panic!("inner")).unwrap_err().to_string(), caught(|| 1)));
        let (inner, outer) = nested.unwrap();
        assert!(inner.starts_with("internal fault") && inner.ends_with(": inner"), "{inner}");
        assert_eq!(outer, Ok(1));
    }

    #[test]
    fn what_unwinds_to_end_the_run_is_let_through() {
        let unwound = catch_unwind(|| caught(|| resume_unwind(Box::new(7_u8)))).unwrap_err();
        assert_eq!(unwound.downcast_ref::<u8>(), Some(&7));
        assert!(caught(|| 1).is_ok(), "and the thread is ready for the next");
    }

    #[test]
    fn places_name_no_machine() {
        assert_eq!(source("src/text/fold.rs"), "src/text/fold.rs");
        assert_eq!(source("/home/x/.cargo/registry/src/index.crates.io-6f17/zip-9.0.0/src/read.rs"), "zip-9.0.0/src/read.rs");
        assert_eq!(source("/rustc/0a1b/library/core/src/str/mod.rs"), "core/src/str/mod.rs");
    }
}
