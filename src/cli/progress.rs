//! How far a run is: a bar on a terminal once a second has gone by, JSON lines for programs, nothing in a pipe.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use serde::Serialize;

use retold::watch::{Stage, Watch};

use super::args::{Shows, Watched};
use super::terminal::{bar, err, line};

/// A run that takes less shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// What is left is told of runs that take longer, once this share is done.
const LONG: Duration = Duration::from_secs(10);
const TELLING: f64 = 0.05;
/// Least time between two lines of JSON.
const BETWEEN: Duration = Duration::from_millis(100);

/// What a stage takes of a run, in hundredths: of 58,000 stories, whose time the estimate is for.
const fn weight(stage: Stage) -> f64 {
    match stage {
        Stage::Reading => 7.0,
        Stage::Sealing => 25.0,
        Stage::Articles => 10.0,
        Stage::Search => 5.0,
        Stage::Alignment => 5.0,
        Stage::Collation => 2.0,
        // Not part of so large a run; of a small one it is some of the time.
        Stage::Retellings => 2.0,
        Stage::Stories => 8.0,
        Stage::Counting => 11.0,
        Stage::Writing => 25.0,
    }
}

/// What people are told of a stage.
const fn said(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "reading",
        Stage::Sealing => "cutting into words",
        Stage::Articles => "looking for listed wording",
        Stage::Search => "looking for shared words",
        Stage::Alignment => "aligning what is shared",
        Stage::Collation => "laying witnesses side by side",
        Stage::Retellings => "looking for retold sentences",
        Stage::Stories => "grouping stories",
        Stage::Counting => "counting",
        Stage::Writing => "writing",
    }
}

/// Where a run is.
struct Place {
    began: Instant,
    stage: Option<Stage>,
    stage_began: Instant,
    total: u64,
    /// What each stage took.
    took: Vec<(Stage, Duration)>,
}

/// Shared with whoever draws.
struct Run {
    place: Mutex<Place>,
    /// Steps of the stage.
    done: AtomicU64,
}

impl Run {
    fn at<T>(&self, read: impl FnOnce(&mut Place) -> T) -> T {
        read(&mut self.place.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The stage, its steps done and in all; how long the run has taken.
    fn now(&self) -> (Option<Stage>, u64, u64, Duration) {
        let done = self.done.load(Ordering::Relaxed);
        self.at(|place| (place.stage, done.min(if place.total == 0 { done } else { place.total }), place.total, place.began.elapsed()))
    }

    /// What the bar says.
    fn told(&self) -> String {
        let (stage, done, total, elapsed) = self.now();
        let Some(stage) = stage else { return String::new() };
        let share = share(stage, done, total);
        let mut told = format!("{} {:>3.0} %  {}", drawn(share), 100.0 * share, said(stage));
        // Writing to a string does not fail.
        let _infallible = match left(share, elapsed) {
            Some(left) => write!(told, ", about {} left", spoken(left)),
            None => Ok(()),
        };
        told
    }
}

/// The part of a run that is done: stages that are over, and what is done of this one.
fn share(stage: Stage, done: u64, total: u64) -> f64 {
    let all: f64 = Stage::ALL.iter().map(|&stage| weight(stage)).sum();
    let before: f64 = Stage::ALL.iter().filter(|&&other| other < stage).map(|&stage| weight(stage)).sum();
    let of_stage = if total == 0 { 0.0 } else { (done as f64 / total as f64).min(1.0) };
    (before + weight(stage) * of_stage) / all
}

/// How long the rest takes, if it goes on as it went.
fn left(share: f64, elapsed: Duration) -> Option<Duration> {
    (elapsed >= LONG && share >= TELLING).then(|| elapsed.mul_f64((1.0 - share) / share))
}

/// A time as one says it.
fn spoken(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds < 90 => format!("{} s", seconds.max(1)),
        seconds if seconds < 5_400 => format!("{} min", (seconds + 30) / 60),
        seconds => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

const WIDTH: usize = 24;

fn drawn(share: f64) -> String {
    let full = ((share * WIDTH as f64).round() as usize).min(WIDTH);
    format!("[{}{}]", "#".repeat(full), "-".repeat(WIDTH - full))
}

/// How far a stage is, for programs; no total where nobody can tell.
#[derive(Serialize)]
struct Far {
    stage: &'static str,
    done: u64,
    total: Option<u64>,
    unit: &'static str,
}

/// The last line of a run that came to its end.
#[derive(Serialize)]
struct Done {
    stage: &'static str,
    seconds: f64,
}

/// Whoever tells how far the run is.
enum Teller {
    Nobody,
    /// The bar waits for its second on a thread of its own, which ends when the sender is gone.
    Bar(ProgressBar, Option<Sender<()>>, Option<JoinHandle<()>>),
    /// When the last line was written, in milliseconds since the start.
    Json(AtomicU64),
}

/// How far a run is, told as asked for.
pub(crate) struct Progress {
    run: Arc<Run>,
    teller: Teller,
    costs: bool,
}

impl Progress {
    /// `quiet` shows no bar; JSON that was asked for is written all the same.
    pub(crate) fn new(asked: &Watched, quiet: bool) -> Self {
        let now = Instant::now();
        let place = Place { began: now, stage: None, stage_began: now, total: 0, took: Vec::new() };
        let run = Arc::new(Run { place: Mutex::new(place), done: AtomicU64::new(0) });
        let teller = match asked.progress {
            Shows::Json => Teller::Json(AtomicU64::new(0)),
            Shows::Auto if !quiet && stderr().is_terminal() => shown_later(&run),
            Shows::Auto | Shows::Never => Teller::Nobody,
        };
        Self { run, teller, costs: asked.verbose }
    }

    /// The run is done and all else is told: what each stage took, where that was asked for, and the last line for programs.
    pub(crate) fn finish(&mut self) {
        self.clear();
        let (took, all) = self.run.at(|place| {
            place.close();
            (std::mem::take(&mut place.took), place.began.elapsed())
        });
        if self.costs {
            for (stage, time) in &took {
                err(&format!("{:>9.2} s  {}", time.as_secs_f64(), stage.name()));
            }
            err(&format!("{:>9.2} s  in all", all.as_secs_f64()));
        }
        if let Teller::Json(_) = self.teller {
            line(&Done { stage: "done", seconds: (all.as_secs_f64() * 1e3).round() / 1e3 });
        }
    }

    /// The bar goes; there is nothing more to wait for.
    pub(crate) fn clear(&mut self) {
        if let Teller::Bar(shown, sender, waiting) = &mut self.teller {
            drop(sender.take());
            if let Some(waiting) = waiting.take() {
                let _ended = waiting.join();
            }
            shown.finish_and_clear();
            bar(None);
        }
    }

    fn write_json(&self) {
        if let (Some(stage), done, total, _) = self.run.now() {
            line(&Far { stage: stage.name(), done, total: (total > 0).then_some(total), unit: stage.unit() });
        }
    }
}

impl Place {
    /// The stage that ran is over.
    fn close(&mut self) {
        if let Some(stage) = self.stage.take() {
            let took = self.stage_began.elapsed();
            match self.took.iter_mut().find(|(known, _)| *known == stage) {
                Some((_, sum)) => *sum += took,
                None => self.took.push((stage, took)),
            }
        }
    }
}

impl Drop for Progress {
    /// A run that ends early leaves no bar behind.
    fn drop(&mut self) {
        self.clear();
    }
}

impl Watch for Progress {
    fn stage(&self, stage: Stage, total: u64) {
        self.run.at(|place| {
            place.close();
            (place.stage, place.total, place.stage_began) = (Some(stage), total, Instant::now());
            self.run.done.store(0, Ordering::Relaxed);
        });
        if let Teller::Json(_) = &self.teller {
            self.write_json();
        }
    }

    fn advance(&self, steps: u64) {
        self.run.done.fetch_add(steps, Ordering::Relaxed);
        if let Teller::Json(last) = &self.teller {
            let now = self.run.at(|place| place.began.elapsed());
            let (now, then) = (u64::try_from(now.as_millis()).unwrap_or(u64::MAX), last.load(Ordering::Relaxed));
            let due = now >= then + u64::try_from(BETWEEN.as_millis()).unwrap_or(u64::MAX);
            if due && last.compare_exchange(then, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                self.write_json();
            }
        }
    }
}

/// A bar that is drawn when the run has taken a second.
fn shown_later(run: &Arc<Run>) -> Teller {
    let shown = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    let told = Arc::clone(run);
    let style = ProgressStyle::with_template("{spinner} {told}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    shown.set_style(style.with_key("told", move |_: &ProgressState, to: &mut dyn Write| {
        let _shown_or_not = to.write_str(&told.told());
    }));
    let (sender, over) = channel::<()>();
    let later = shown.clone();
    let waiting = thread::spawn(move || {
        if over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            bar(Some(later.clone()));
            later.set_draw_target(ProgressDrawTarget::stderr());
            later.enable_steady_tick(Duration::from_millis(200));
        }
    });
    Teller::Bar(shown, Some(sender), Some(waiting))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use retold::watch::Stage;

    use super::{drawn, left, share, spoken};

    #[test]
    fn the_share_grows_from_nothing_to_all() {
        assert_eq!(share(Stage::Reading, 0, 10), 0.0);
        assert_eq!(share(Stage::Writing, 10, 10), 1.0);
        let mut last = -1.0;
        for stage in Stage::ALL {
            for done in [0, 5, 9] {
                let now = share(stage, done, 10);
                assert!(now > last, "{stage:?}");
                last = now;
            }
        }
        // More steps than were foretold are no more than all.
        assert_eq!(share(Stage::Writing, 99, 10), 1.0);
        assert_eq!(share(Stage::Counting, 3, 0), share(Stage::Counting, 0, 10));
    }

    #[test]
    fn what_is_left_is_told_late_and_roughly() {
        assert_eq!(left(0.5, Duration::from_secs(2)), None);
        assert_eq!(left(0.01, Duration::from_secs(20)), None);
        assert_eq!(left(0.25, Duration::from_secs(20)), Some(Duration::from_secs(60)));
        let said = [0, 60, 600, 7_300].map(|seconds| spoken(Duration::from_secs(seconds)));
        assert_eq!(said, ["1 s", "60 s", "10 min", "2 h 1 min"]);
        assert_eq!(drawn(0.5), "[############------------]");
    }
}
