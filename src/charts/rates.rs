//! How often does each outlet use listed wording, in whose voice?

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::rates::{RateRow, rows};
use crate::voice::mask::Voice;

use super::theme::{Anchor, GRID, INK, LONGEST_LABEL, MUTED, WIDTH, draw, label, no_chart, voice_colour};

const NAME: &str = "rates";
const TITLE: &str = "Listed wording per 1,000 words, by outlet and voice";
/// Outlets drawn; the rest stands in the table.
const OUTLETS: usize = 40;
const LEFT: f64 = 250.0;
const RIGHT: f64 = 810.0;
const ROW: f64 = 24.0;

/// Dots with intervals, outlets in order of their names.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    let rows: Vec<RateRow<'_>> = rows(findings).filter(|row| row.level.0 == "all" && row.per_1000.is_some()).collect();
    let mut outlets: Vec<&str> = rows.iter().map(|row| row.outlet).collect();
    outlets.dedup();
    let all = outlets.len();
    outlets.truncate(OUTLETS);
    let rows: Vec<RateRow<'_>> = rows.into_iter().filter(|row| outlets.contains(&row.outlet)).collect();
    if rows.is_empty() {
        return no_chart(NAME, TITLE, "No listed wording was found in these articles, so there is no rate to draw.");
    }
    // Where there is enough to compare, the interval of a row of two words does not set the scale.
    let compared = rows.iter().any(|r| r.enough_data);
    let highest = rows.iter().filter_map(|r| if compared && !r.enough_data { r.per_1000 } else { r.ci_high });
    let top = highest.fold(0.0, f64::max);
    let (step, top) = ticks(top);
    let x = |value: f64| LEFT + (RIGHT - LEFT) * (value.clamp(0.0, top) / top);
    let gaps = outlets.len() as f64 * 10.0;
    let head = 92.0;
    let foot = head + rows.len() as f64 * ROW + gaps;
    let height = (foot + 78.0) as i32;
    let shown = if all > outlets.len() {
        format!("{} of {all} outlets shown, by name; all stand in rates.csv", outlets.len())
    } else {
        String::new()
    };
    let cut = rows.iter().any(|r| r.ci_high.is_some_and(|high| high > top));
    let too_few = rows.iter().filter(|row| !row.enough_data).count();
    let description = format!(
        "For each of {} outlets, hits per 1,000 words of each voice with a 95 % interval. {}",
        outlets.len(),
        rows.iter().map(|r| format!("{} {}: {} of {} words.", r.outlet, r.voice.0, r.n, r.words)).collect::<Vec<_>>().join(" ")
    );
    draw(NAME, TITLE, &description, height, |canvas| {
        canvas.text((24.0, 26.0), TITLE, 18.0, INK, Anchor::Start, true)?;
        let mut legend = 24.0;
        for voice in Voice::ALL.into_iter().filter(|v| rows.iter().any(|r| r.voice.0 == v.as_str())) {
            canvas.voice_mark((legend + 6.0, 56.0), voice, voice_colour(voice))?;
            let name = legend_text(voice);
            canvas.text((legend + 18.0, 56.0), name, 13.0, INK, Anchor::Start, false)?;
            legend += 40.0 + 7.0 * name.len() as f64;
        }
        if too_few > 0 {
            canvas.text((legend, 56.0), "grey: too little data to compare", 13.0, MUTED, Anchor::Start, false)?;
        }
        let mut tick = 0.0;
        while tick <= top + step / 2.0 {
            canvas.line((x(tick), head - 8.0), (x(tick), foot), GRID, 0.5)?;
            canvas.text((x(tick), foot + 14.0), &number(tick), 12.0, MUTED, Anchor::Middle, false)?;
            tick += step;
        }
        let mut y = head;
        for outlet in &outlets {
            let own: Vec<&RateRow<'_>> = rows.iter().filter(|row| row.outlet == *outlet).collect();
            let middle = y + (own.len() as f64 - 1.0) * ROW / 2.0 + ROW / 2.0;
            canvas.text((LEFT - 16.0, middle), &label(outlet, LONGEST_LABEL.min(32)), 14.0, INK, Anchor::End, false)?;
            for row in own {
                let voice = Voice::ALL.into_iter().find(|v| v.as_str() == row.voice.0).unwrap_or(Voice::Narrator);
                let centre = y + ROW / 2.0;
                let colour = if row.enough_data { voice_colour(voice) } else { MUTED };
                if let (Some(low), Some(high)) = (row.ci_low, row.ci_high) {
                    canvas.line((x(low), centre), (x(high), centre), colour, 2.0)?;
                    // A bar that leaves the picture has no end there.
                    for end in [low, high].into_iter().filter(|&end| end <= top) {
                        canvas.line((x(end), centre - 4.0), (x(end), centre + 4.0), colour, 2.0)?;
                    }
                }
                if let Some(rate) = row.per_1000 {
                    canvas.voice_mark((x(rate), centre), voice, colour)?;
                }
                canvas.text((RIGHT + 20.0, centre), &format!("{}/{}", row.n, row.words), 13.0, INK, Anchor::Start, false)?;
                y += ROW;
            }
            y += 10.0;
        }
        canvas.text((RIGHT + 20.0, head - 18.0), "hits/words", 12.0, MUTED, Anchor::Start, false)?;
        let method = if rows.iter().all(|r| r.ci_method.0 == "poisson_exact") {
            "Bars: 95 % exact Poisson intervals. They describe these articles and say nothing of others."
        } else {
            "Bars: 95 % intervals from resampling articles; exact Poisson, as a description, below 10 articles."
        };
        canvas.text((24.0, foot + 40.0), method, 12.0, MUTED, Anchor::Start, false)?;
        if cut {
            canvas.text(
                (24.0, foot + 62.0),
                "A bar without an end goes on beyond the picture: rates.csv has it.",
                12.0,
                MUTED,
                Anchor::Start,
                false,
            )?;
        }
        canvas.text((f64::from(WIDTH) - 24.0, foot + 62.0), &shown, 12.0, MUTED, Anchor::End, false)
    })
}

const fn legend_text(voice: Voice) -> &'static str {
    match voice {
        Voice::Narrator => "the outlet's own words",
        Voice::Indirect => "reported speech",
        Voice::Direct => "inside quotation marks",
    }
}

/// A round step and a round end for an axis from 0, of four to eight steps.
fn ticks(top: f64) -> (f64, f64) {
    let top = if top.is_finite() && top > 0.0 { top } else { 1.0 };
    let power = 10f64.powf((top / 5.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|s| s * power).find(|s| top / s <= 6.0).unwrap_or(10.0 * power);
    (step, (top / step).ceil() * step)
}

fn number(value: f64) -> String {
    if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn axes_end_on_round_numbers() {
        for (top, expected) in [(23.0, (5.0, 25.0)), (4.8, (1.0, 5.0)), (0.0, (0.2, 1.0)), (f64::NAN, (0.2, 1.0)), (130.0, (50.0, 150.0))] {
            let found = ticks(top);
            assert!((found.0 - expected.0).abs() < 1e-9 && (found.1 - expected.1).abs() < 1e-9, "{top}: {found:?}");
        }
    }
}
