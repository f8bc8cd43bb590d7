//! When was it published, and what points to what came before?

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::corpus::date::PublishedAt;
use crate::error::Result;
use crate::id::Key;
use crate::tables::timeline::{TimelineRow, rows};
use crate::text::count::grouped;

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::label;
use super::shown::{names, some_of};
use super::theme::{BLUE, GRID, INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, OUTLETS, TEXT_SIZE, WIDTH};

const NAME: &str = "timeline";
const TITLE: &str = "When each outlet published, and what its shared passages point to";
const LEFT: f64 = 250.0;
const RIGHT: f64 = 820.0;
/// Where articles without a known day are counted.
const UNDATED: f64 = WIDTH - MARGIN - 30.0;
const HEAD: f64 = 118.0;
/// Arcs drawn.
const ARCS: usize = 80;
/// Marks of an outlet; more are drawn day by day.
const MARKS: usize = 60;

/// Articles of one lane at one place.
struct Mark<'r, 'f> {
    row: &'r TimelineRow<'f>,
    articles: usize,
    at: f64,
}

/// A lane for each outlet, in order of names; arcs from an earlier article to a later one where a date or credit tells.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    let rows: Vec<TimelineRow<'_>> = rows(findings).collect();
    if !rows.iter().any(|row| moment(row).is_some()) {
        let dated = rows.iter().filter(|row| row.published_at.is_some()).count();
        let known = match dated {
            0 => "No article’s day of publication is known".to_owned(),
            n => format!("No article’s day of publication is known, only a month or a year ({n} of {})", rows.len()),
        };
        let reason = format!(
            "{known}, so there is no place for it on a line of days. Dates can be given in a sheet (articles.csv, column published_at), in the records or in the heads of files."
        );
        return no_chart(NAME, TITLE, &reason);
    }
    fitted(OUTLETS, |most| picture(&rows, most))
}

fn moment(row: &TimelineRow<'_>) -> Option<f64> {
    row.published_at.and_then(PublishedAt::moment)
}

fn picture(all: &[TimelineRow<'_>], most: usize) -> Result<String> {
    let outlets = names(all.iter().map(|row| (row.outlet, moment(row).is_some())), most);
    let rows: Vec<&TimelineRow<'_>> = all.iter().filter(|row| outlets.names.contains(row.outlet)).collect();
    let times = || rows.iter().filter_map(|row| moment(row));
    let (first, last) = (times().fold(f64::MAX, f64::min), times().fold(f64::MIN, f64::max));
    let axis = Axis::new(first, last);
    let lane = (640.0 / outlets.names.len() as f64).clamp(18.0, 44.0);
    let lanes: BTreeMap<&str, f64> = outlets.names.iter().copied().zip((0..).map(|i| HEAD + (f64::from(i) + 0.5) * lane)).collect();
    let foot = HEAD + outlets.names.len() as f64 * lane;
    let undated = rows.iter().any(|row| moment(row).is_none());
    let told = outlets.names.iter().map(|&outlet| {
        let own = || rows.iter().filter(|row| row.outlet == outlet);
        let days: Vec<PublishedAt> = own().filter_map(|row| row.published_at).collect();
        let span = days.iter().min().zip(days.iter().max()).map_or_else(String::new, |(a, b)| format!(", {a} to {b}"));
        format!("{}: {} articles{span}.", label(outlet, 40), own().count())
    });
    let steps = steps(&rows);
    let description = format!("{} {} steps to an earlier article.", told.collect::<Vec<_>>().join(" "), steps.len());
    draw(NAME, TITLE, &description, |canvas| {
        canvas.title(TITLE)?;
        legend(canvas, &steps)?;
        for (day, text) in axis.ticks() {
            canvas.line(&[(axis.x(day), HEAD), (axis.x(day), foot)], GRID, 0.5)?;
            canvas.text((axis.x(day), foot + 14.0), &text, NOTE_SIZE, MUTED, Anchor::Middle)?;
        }
        if undated {
            canvas.shade((UNDATED - 40.0, HEAD), (UNDATED + 30.0, foot))?;
            canvas.text((UNDATED - 5.0, HEAD - 12.0), "day unknown", NOTE_SIZE, MUTED, Anchor::Middle)?;
        }
        for (outlet, y) in &lanes {
            canvas.line(&[(LEFT, *y), (RIGHT, *y)], GRID, 0.5)?;
            canvas.name((LEFT - 16.0, *y), outlet, NAME_SIZE.min(lane * 0.7), INK, Anchor::End, LEFT - 16.0 - MARGIN)?;
        }
        for step in steps.iter().take(ARCS) {
            let (Some(&from), Some(&to)) = (lanes.get(step.from.outlet), lanes.get(step.row.outlet)) else { continue };
            let columns = ["article_id", "from_article", "passages", "evidence"];
            let ends = ((axis.x(step.times.0), from), (axis.x(step.times.1), to));
            canvas.datum(step.row, &columns, |canvas| arc(canvas, ends, step.credited))?;
        }
        let mut crowded = false;
        for (outlet, y) in &lanes {
            let own: Vec<&TimelineRow<'_>> = rows.iter().copied().filter(|row| row.outlet == *outlet).collect();
            let (marks, some) = marks(&own, &axis);
            crowded |= some;
            for mark in marks {
                canvas.data(mark.row, &mark.columns(), mark.articles, |canvas| {
                    let radius = (3.2 + (mark.articles as f64).ln() * 1.6).min(lane * 0.42);
                    canvas.circle((mark.at, *y), radius, BLUE, true)
                })?;
            }
            // By how much is known: nothing, a month, a year.
            let mut unknown: BTreeMap<&str, (&TimelineRow<'_>, usize)> = BTreeMap::new();
            for row in own.iter().filter(|row| moment(row).is_none()) {
                unknown.entry(row.published_precision.0).or_insert((row, 0)).1 += 1;
            }
            let left = UNDATED - 5.0 - 14.0 * (unknown.len() as f64 - 1.0);
            for (i, (row, articles)) in unknown.values().enumerate() {
                let (x, size) = (left + 28.0 * i as f64, TEXT_SIZE.min(lane * 0.7));
                canvas.data(*row, &["outlet", "published_precision"], *articles, |canvas| {
                    canvas.text((x, *y), &grouped(*articles as u64), size, INK, Anchor::Middle)
                })?;
            }
        }
        let days = "Days and times are in UTC. Where only the day is known, the mark stands in its middle. Wording alone makes no arrow.";
        let arcs = some_of(steps.len().min(ARCS), steps.len(), "arrows", "those of most passages first", NAME);
        let covered = if crowded { "Where an outlet has more than 60 times, marks that would cover each other are left out." } else { "" };
        canvas.notes(foot + 38.0, &[days, &arcs, covered, &outlets.note("outlets", "those with dates", NAME)])
    })
}

impl Mark<'_, '_> {
    /// What its articles have in common.
    fn columns(&self) -> Vec<&'static str> {
        if self.articles == 1 { vec!["article_id", "outlet", "published_at"] } else { vec!["outlet", "published_at"] }
    }
}

/// Marks of one outlet, one for each time that is given, and whether some were left out.
fn marks<'r, 'f>(own: &[&'r TimelineRow<'f>], axis: &Axis) -> (Vec<Mark<'r, 'f>>, bool) {
    let mut by_time: BTreeMap<String, Mark<'r, 'f>> = BTreeMap::new();
    for row in own {
        let (Some(at), Some(date)) = (moment(row), row.published_at) else { continue };
        by_time.entry(date.to_string()).or_insert(Mark { row, articles: 0, at: axis.x(at) }).articles += 1;
    }
    let mut marks: Vec<Mark<'r, 'f>> = by_time.into_values().collect();
    let crowded = marks.len() > MARKS;
    if crowded {
        // As many as stand apart; those between would only cover each other.
        let mut last = f64::MIN;
        let apart = (RIGHT - LEFT) / MARKS as f64;
        marks.retain(|mark| {
            let kept = mark.at >= last + apart;
            last = if kept { mark.at } else { last };
            kept
        });
    }
    (marks, crowded)
}

/// From an earlier article to a later one.
struct Step<'r, 'f> {
    from: &'r TimelineRow<'f>,
    row: &'r TimelineRow<'f>,
    times: (f64, f64),
    credited: bool,
}

/// Steps between articles shown whose days are known, those of most passages first.
fn steps<'r, 'f>(rows: &[&'r TimelineRow<'f>]) -> Vec<Step<'r, 'f>> {
    let wanted: BTreeSet<Key> = rows.iter().filter_map(|row| row.from_article).collect();
    let earlier: BTreeMap<Key, &TimelineRow<'f>> =
        rows.iter().filter(|row| wanted.contains(&row.article_id)).map(|row| (row.article_id, *row)).collect();
    let step = |row: &'r TimelineRow<'f>| {
        let from = *earlier.get(&row.from_article?)?;
        Some(Step { from, row, times: (moment(from)?, moment(row)?), credited: row.evidence.is_some_and(|e| e.0 != "date") })
    };
    let mut steps: Vec<Step<'r, 'f>> = rows.iter().filter_map(|row| step(row)).collect();
    steps.sort_by_key(|step| (std::cmp::Reverse(step.row.passages), step.row.article_id));
    steps
}

fn legend(canvas: &mut Canvas, steps: &[Step<'_, '_>]) -> Result<()> {
    canvas.circle((MARGIN + 5.0, 56.0), 3.2, BLUE, true)?;
    canvas.text((MARGIN + 16.0, 56.0), "article (larger: several)", TEXT_SIZE, INK, Anchor::Start)?;
    if steps.is_empty() {
        let none = "no arrow: no date or credit tells which of two shared texts was earlier";
        return canvas.text((MARGIN + 220.0, 56.0), none, TEXT_SIZE, MUTED, Anchor::Start);
    }
    for (x, credited, words) in
        [(230.0, false, "to the later article with the same passage"), (550.0, true, "the same, with a stated credit")]
    {
        arc(canvas, ((x, 56.0), (x + 26.0, 56.0)), credited)?;
        canvas.text((x + 34.0, 56.0), words, TEXT_SIZE, INK, Anchor::Start)?;
    }
    Ok(())
}

/// A line from the earlier to the later article, bent so that lanes between stay readable, with a head at its end.
fn arc(canvas: &mut Canvas, ((x1, y1), (x2, y2)): ((f64, f64), (f64, f64)), credited: bool) -> Result<()> {
    const POINTS: usize = 8;
    let (colour, width) = if credited { (INK, 1.5) } else { (MUTED, 0.75) };
    let bend = ((x2 - x1).abs() * 0.25).clamp(8.0, 40.0) * if (x1, y1) == (x2, y2) || y1 == y2 { 0.0 } else { 1.0 };
    let point = |i: usize| {
        let t = i as f64 / POINTS as f64;
        let ease = t * t * (3.0 - 2.0 * t);
        (x1 + (x2 - x1) * t + bend * (1.0 - (2.0 * t - 1.0).powi(2)), y1 + (y2 - y1) * ease)
    };
    let points: Vec<(f64, f64)> = (0..=POINTS).map(point).collect();
    canvas.line(&points, colour, width)?;
    let (before, end) = (points[POINTS - 1], points[POINTS]);
    let (dx, dy) = (end.0 - before.0, end.1 - before.1);
    let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
    let (ux, uy) = (dx / length, dy / length);
    // The head stands before the mark that it points to.
    let tip = (end.0 - ux * 4.0, end.1 - uy * 4.0);
    let side = |s: f64| (tip.0 - ux * 7.0 - s * uy * 3.0, tip.1 - uy * 7.0 + s * ux * 3.0);
    canvas.shape(&[tip, side(1.0), side(-1.0)], colour)
}

/// Days on the page.
struct Axis {
    first: f64,
    last: f64,
}

impl Axis {
    fn new(first: f64, last: f64) -> Self {
        // A day at least, so that one article stands somewhere.
        let room = ((last - first) * 0.02).max(0.25);
        Self { first: first - room, last: last + room }
    }

    fn x(&self, day: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * ((day - self.first) / (self.last - self.first)).clamp(0.0, 1.0)
    }

    /// Starts of days, months or years, as far apart as their names need.
    fn ticks(&self) -> Vec<(f64, String)> {
        const MOST: f64 = 6.0;
        let days = self.last - self.first;
        let Some(step) = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| days / step <= MOST) else { return self.months(days / 30.4 / MOST) };
        let mut ticks = Vec::new();
        let mut day = (self.first / step).ceil() * step;
        while day <= self.last {
            ticks.extend(PublishedAt::day_of(day as i64).map(|text| (day, text)));
            day += step;
        }
        ticks
    }

    /// Starts of months, at least so many apart; of years, where that is a year.
    fn months(&self, apart: f64) -> Vec<(f64, String)> {
        let step = [1, 2, 3, 6, 12, 24, 60, 120, 600].into_iter().find(|&step| f64::from(step) >= apart).unwrap_or(2400);
        // From the earliest year that a date may have to the latest.
        let starts = (1450 * 12..2201 * 12).step_by(step as usize).filter_map(|month: i32| {
            let (year, month) = (i16::try_from(month / 12).ok()?, i8::try_from(month % 12).ok()? + 1);
            let day = PublishedAt::day(year, month, 1)?.days().0 as f64;
            Some((day, if step >= 12 { year.to_string() } else { format!("{year}-{month:02}") }))
        });
        starts.filter(|(day, _)| (self.first..=self.last).contains(day)).collect()
    }
}
