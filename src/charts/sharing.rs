//! Who shares text with whom?

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::sharing::{SharingRow, rows};

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::{label, width_of};
use super::shown::some_of;
use super::theme::{GRID, INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, ON_LIGHT, WIDTH, ramp};

const NAME: &str = "sharing";
const TITLE: &str = "Shared text: words of the row that the column has too, in percent";
/// Outlets drawn: as many as leave room for a number in each cell.
const OUTLETS: usize = 28;
const LEFT: f64 = 250.0;
const WIDEST: f64 = 76.0;
const HEAD: f64 = 130.0;

/// A matrix, outlets that share much beside each other, darker where more is shared.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    let rows: Vec<SharingRow<'_>> = rows(findings).collect();
    if rows.is_empty() {
        return no_chart(NAME, TITLE, "No two outlets of this set share text, as far as was looked for.");
    }
    fitted(OUTLETS, |most| picture(&rows, most))
}

fn picture(all: &[SharingRow<'_>], most: usize) -> Result<String> {
    // Those with the largest shares: any other choice would show a matrix of gaps.
    let mut largest: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    for row in all {
        for (position, outlet) in [(row.position_a, row.outlet_a), (row.position_b, row.outlet_b)] {
            let share = largest.entry((position, outlet)).or_default();
            *share = share.max(row.share.unwrap_or(0.0));
        }
    }
    let count = largest.len();
    let mut chosen: Vec<((usize, &str), f64)> = largest.into_iter().collect();
    chosen.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.1.cmp(b.0.1)));
    chosen.truncate(most.max(2));
    chosen.sort_by_key(|c| c.0);
    let place: BTreeMap<&str, usize> = chosen.iter().map(|((_, outlet), _)| *outlet).zip(0..).collect();
    let n = chosen.len();
    let size = ((WIDTH - MARGIN - LEFT) / n as f64).min(WIDEST);
    let height = size.min(34.0);
    let at = |i: usize| LEFT + i as f64 * size;
    let down = |i: usize| HEAD + i as f64 * height;
    let rows: Vec<&SharingRow<'_>> = all.iter().filter(|r| place.contains_key(r.outlet_a) && place.contains_key(r.outlet_b)).collect();
    let highest = rows.iter().filter_map(|r| r.share).fold(0.0, f64::max);
    let told = rows
        .iter()
        .map(|r| format!("{} has {} of {} words with {}.", label(r.outlet_a, 40), r.shared_words, r.words_a, label(r.outlet_b, 40)));
    // Columns have names where all of them fit.
    let named = place.keys().all(|name| width_of(name, NOTE_SIZE) <= size - 4.0);
    draw(NAME, TITLE, &told.collect::<Vec<_>>().join(" "), |canvas| {
        canvas.title(TITLE)?;
        canvas.how_to_read(54.0, &["Read along a row: so much of this outlet’s words stands in the outlet of the column. Darker: more. A text in more than 50 outlets is left out."])?;
        for (i, ((_, outlet), _)) in chosen.iter().enumerate() {
            let number = i + 1;
            let middle = down(i) + height / 2.0;
            let left = if named { LEFT - 12.0 } else { LEFT - 36.0 };
            canvas.name((left, middle), outlet, NAME_SIZE.min(height - 4.0), INK, Anchor::End, left - MARGIN)?;
            if named {
                canvas.text((at(i) + size / 2.0, HEAD - 14.0), outlet, NOTE_SIZE, INK, Anchor::Middle)?;
            } else {
                canvas.text((LEFT - 10.0, middle), &number.to_string(), NOTE_SIZE, MUTED, Anchor::End)?;
                canvas.text((at(i) + size / 2.0, HEAD - 12.0), &number.to_string(), NOTE_SIZE, MUTED, Anchor::Middle)?;
            }
            // An outlet is not set beside itself.
            canvas.line(&[(at(i) + size * 0.4, middle), (at(i) + size * 0.6, middle)], GRID, 1.0)?;
        }
        canvas.frame((LEFT, HEAD), (at(n), down(n)), GRID, 0.5)?;
        for (i, ((_, outlet), _)) in chosen.iter().enumerate() {
            let own: Vec<&SharingRow<'_>> = rows.iter().copied().filter(|row| row.outlet_a == *outlet).collect();
            let Some(first) = own.first() else { continue };
            let in_table = all.iter().filter(|row| row.outlet_a == *outlet).count();
            canvas.data(*first, &["outlet_a"], in_table, |canvas| {
                own.iter().filter_map(|row| Some((*row, *place.get(row.outlet_b)?))).try_for_each(|(row, j)| {
                    canvas.datum(row, &["outlet_b", "share"], |canvas| cell(canvas, row, (at(j), down(i)), (size, height), highest))
                })
            })?;
        }
        let order = "Outlets that share much stand together (average linkage of the larger share of each pair, ties by name). What stands here says nothing of who had it first.";
        let note = some_of(n, count, "outlets", "those with the largest shares", NAME);
        canvas.notes(down(n) + 26.0, &[order, &note])
    })
}

fn cell(canvas: &mut Canvas, row: &SharingRow<'_>, (x, y): (f64, f64), (width, height): (f64, f64), highest: f64) -> Result<()> {
    let share = row.share.unwrap_or(0.0);
    let (colour, ink) = ramp(share / highest.max(f64::MIN_POSITIVE));
    canvas.area((x + 0.75, y + 0.75), (x + width - 0.75, y + height - 0.75), colour)?;
    let percent = (share * 100.0).round();
    let shown = if percent < 1.0 { "<1".to_owned() } else { format!("{percent:.0}") };
    let ink = if percent < 1.0 { ON_LIGHT } else { ink };
    canvas.text((x + width / 2.0, y + height / 2.0), &shown, (height * 0.45).min(13.0), ink, Anchor::Middle)
}
