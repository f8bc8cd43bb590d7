//! ctrl-c and what the system sends to end a program: what is half made is cleared away, and the program ends at once, whatever else it
//! is doing.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::file_system::unfinished::hold;
use super::terminal::err;

/// How long a message may take: whoever reads standard error may have stopped reading.
const PATIENCE: Duration = Duration::from_millis(200);

/// Clears away what is unfinished and says so. What is held here is never let go: nothing new can be begun before the end.
fn clear(signal: &'static str) {
    let mut hold = hold();
    if !hold.clear() {
        // Nothing was being made, so there is nothing to say.
        std::mem::forget(hold);
        return;
    }
    let (said, heard) = mpsc::channel();
    let speaker = thread::Builder::new().spawn(move || {
        err(&format!("error[E071]: ended by {signal}\n  help: what was half made is cleared away; run the command again"));
        let _nobody_waits = said.send(());
    });
    if speaker.is_ok() {
        let _silence = heard.recv_timeout(PATIENCE);
    }
    std::mem::forget(hold);
}

/// From now on signals are answered. Those that the program was told to ignore (as `nohup` does) it goes on ignoring.
#[cfg(unix)]
pub(crate) fn watch() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::{flag, low_level};

    // Past a limit on the size of files the system would end the program; heard, the write fails instead and is told as a full disk is.
    let _by_default = flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    let ignored = ignored(std::fs::read_to_string("/proc/self/status").ok().as_deref());
    let all = [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP")];
    let heard: Vec<i32> = all.iter().map(|&(signal, _)| signal).filter(|&signal| !ignored(signal)).collect();
    let (watching, watched) = mpsc::channel();
    let watcher = thread::Builder::new().name("signals".into()).spawn(move || {
        // Two sources for each: a thread, which may take a moment, and a flag that ends the program at the second signal.
        let second = Arc::new(AtomicBool::new(false));
        let signals = Signals::new(&heard);
        for &signal in heard.iter().filter(|_| signals.is_ok()) {
            let _registered = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&second));
            let _registered = flag::register(signal, Arc::clone(&second));
        }
        let _nobody_waits = watching.send(());
        if let Some(signal) = signals.ok().and_then(|mut signals| signals.forever().next()) {
            clear(all.iter().find(|&&(known, _)| known == signal).map_or("a signal", |&(_, name)| name));
            // At once: nothing that is still in a buffer is a result.
            low_level::exit(128 + signal);
        }
    });
    // Without a thread signals end the program as they do by default, and the next run clears what is left.
    if watcher.is_ok() {
        let _silence = watched.recv();
    }
}

/// Which signals the program was started to ignore, from what Linux says of it. Systems that do not say: `nohup` is obeyed, since a
/// terminal that is closed (SIGHUP) then is left to the system.
#[cfg(unix)]
fn ignored(status: Option<&str>) -> impl Fn(i32) -> bool + use<> {
    let mask = status.and_then(|status| status.lines().find_map(|line| line.strip_prefix("SigIgn:")));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    move |signal| match mask {
        Some(mask) => mask >> (signal - 1) & 1 == 1,
        None => signal == signal_hook::consts::SIGHUP,
    }
}

/// From now on ctrl-c is answered.
#[cfg(windows)]
#[allow(clippy::exit)] // A handler has no other way to end the program.
pub(crate) fn watch() {
    // Without a handler ctrl-c ends the program as it does by default, and the next run clears what is left.
    let _by_default = ctrlc::set_handler(|| {
        clear("ctrl-c");
        std::process::exit(130);
    });
}

/// Systems without signals.
#[cfg(not(any(unix, windows)))]
pub(crate) fn watch() {}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::ignored;

    #[test]
    fn what_was_ignored_at_the_start_stays_ignored() {
        let ignored_at = |mask: &str| {
            let told = ignored(Some(&format!("Name:\tretold\nSigBlk:\tffffffffffffffff\nSigIgn:\t{mask}\nSigCgt:\tffffffffffffffff\n")));
            [1, 2, 15].map(told)
        };
        assert_eq!(ignored_at("0000000000001000"), [false, false, false]);
        assert_eq!(ignored_at("0000000000001001"), [true, false, false], "nohup");
        assert_eq!(ignored_at("0000000000000006"), [false, true, false], "in the background of a shell");
        assert_eq!([1, 2, 15].map(ignored(None)), [true, false, false]);
    }
}
