//! How often does each outlet use listed wording, in whose voice?

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::rates::{RateRow, rows};
use crate::voice::mask::Voice;

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::{label, width_of};
use super::scale::{number, ticks};
use super::shown::names;
use super::theme::{GRID, INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, OUTLETS, TEXT_SIZE, voice_colour, voice_of, voice_words};

const NAME: &str = "rates";
const TITLE: &str = "Listed wording per 1,000 words, by outlet and voice";
const LEFT: f64 = 250.0;
const RIGHT: f64 = 810.0;
const ROW: f64 = 24.0;
const HEAD: f64 = 92.0;
/// Space between outlets.
const GAP: f64 = 10.0;

/// Dots with intervals, outlets in order of their names.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    let rows: Vec<RateRow<'_>> = rows(findings).filter(|row| row.level.0 == "all").collect();
    if !rows.iter().any(|row| row.per_1000.is_some()) {
        return no_chart(NAME, TITLE, "No listed wording was found in these articles, so there is no rate to draw.");
    }
    fitted(OUTLETS, |most| picture(&rows, most))
}

fn picture(all: &[RateRow<'_>], most: usize) -> Result<String> {
    let outlets = names(all.iter().filter(|row| row.per_1000.is_some()).map(|row| (row.outlet, row.enough_data)), most);
    let rows: Vec<&RateRow<'_>> = all.iter().filter(|row| row.per_1000.is_some() && outlets.names.contains(row.outlet)).collect();
    // Where there is enough to compare, the interval of a row of two words does not set the scale.
    let compared = rows.iter().any(|r| r.enough_data);
    let highest = rows.iter().filter_map(|r| if compared && !r.enough_data { r.per_1000 } else { r.ci_high });
    let (step, top) = ticks(highest.fold(0.0, f64::max));
    let x = |value: f64| LEFT + (RIGHT - LEFT) * (value.clamp(0.0, top) / top);
    let told = rows.iter().map(|r| format!("{}, {}: {} in {} words.", label(r.outlet, 40), voice_words(voice_of(r.voice.0)), r.n, r.words));
    let description = format!(
        "For each of {} outlets, hits per 1,000 words of each voice with a 95 % interval. {}",
        outlets.names.len(),
        told.collect::<Vec<_>>().join(" ")
    );
    draw(NAME, TITLE, &description, |canvas| {
        canvas.title(TITLE)?;
        legend(canvas, &rows)?;
        canvas.text((RIGHT + 20.0, HEAD - 14.0), "hits/words", NOTE_SIZE, MUTED, Anchor::Start)?;
        let foot = HEAD + rows.len() as f64 * ROW + outlets.names.len() as f64 * GAP;
        let mut tick = 0.0;
        while tick <= top + step / 2.0 {
            canvas.line(&[(x(tick), HEAD - 4.0), (x(tick), foot)], GRID, 0.5)?;
            canvas.text((x(tick), foot + 14.0), &number(tick), NOTE_SIZE, MUTED, Anchor::Middle)?;
            tick += step;
        }
        let mut y = HEAD;
        for &outlet in &outlets.names {
            let own: Vec<&RateRow<'_>> = rows.iter().copied().filter(|row| row.outlet == outlet).collect();
            let Some(first) = own.first() else { continue };
            let in_table = all.iter().filter(|row| row.outlet == outlet).count();
            canvas.data(*first, &["outlet", "level"], in_table, |canvas| {
                let middle = y + own.len() as f64 * ROW / 2.0;
                canvas.name((LEFT - 16.0, middle), outlet, NAME_SIZE, INK, Anchor::End, LEFT - 16.0 - MARGIN)?;
                for row in &own {
                    let shown = ["voice", "n", "words", "per_1000", "ci_low", "ci_high"];
                    canvas.datum(*row, &shown, |canvas| rate(canvas, row, y + ROW / 2.0, top, &x))?;
                    y += ROW;
                }
                Ok(())
            })?;
            y += GAP;
        }
        let method = if rows.iter().all(|r| r.ci_method.0 == "poisson_exact") {
            "Bars: 95 % exact Poisson intervals. They describe these articles and say nothing of others."
        } else {
            "Bars: 95 % intervals from resampling articles; exact Poisson, as a description, below 10 articles."
        };
        let cut = if rows.iter().any(|r| r.ci_high.is_some_and(|high| high > top)) {
            "A bar without an end goes on beyond the picture: rates.csv has it."
        } else {
            ""
        };
        canvas.notes(foot + 40.0, &[method, cut, &outlets.note("outlets", "those with enough data", NAME)])
    })
}

/// One voice of one outlet: its interval, its mark, its counts.
fn rate(canvas: &mut Canvas, row: &RateRow<'_>, y: f64, top: f64, x: &impl Fn(f64) -> f64) -> Result<()> {
    let voice = voice_of(row.voice.0);
    let colour = if row.enough_data { voice_colour(voice) } else { MUTED };
    if let (Some(low), Some(high)) = (row.ci_low, row.ci_high) {
        let mut bar = vec![(x(low), y - 4.0), (x(low), y + 4.0), (x(low), y), (x(high), y)];
        // A bar that leaves the picture has no end there.
        if high <= top {
            bar.extend([(x(high), y - 4.0), (x(high), y + 4.0)]);
        }
        canvas.line(&bar, colour, 2.0)?;
    }
    if let Some(rate) = row.per_1000 {
        canvas.voice_mark((x(rate), y), voice, colour)?;
    }
    let ink = if row.enough_data { INK } else { MUTED };
    canvas.text((RIGHT + 20.0, y), &format!("{}/{}", row.n, row.words), TEXT_SIZE, ink, Anchor::Start)
}

fn legend(canvas: &mut Canvas, rows: &[&RateRow<'_>]) -> Result<()> {
    let mut x = MARGIN;
    for voice in Voice::ALL.into_iter().filter(|v| rows.iter().any(|r| r.voice.0 == v.as_str())) {
        canvas.voice_mark((x + 6.0, 56.0), voice, voice_colour(voice))?;
        canvas.text((x + 18.0, 56.0), voice_words(voice), TEXT_SIZE, INK, Anchor::Start)?;
        x += 36.0 + width_of(voice_words(voice), TEXT_SIZE);
    }
    if rows.iter().any(|row| !row.enough_data) {
        canvas.text((x, 56.0), "grey: too little data to compare", TEXT_SIZE, MUTED, Anchor::Start)?;
    }
    Ok(())
}
