//! Which category of listed wording where?

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::categories::{CategoryRow, rows};

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::{label, wrapped};
use super::shown::names;
use super::theme::{INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, TEXT_SIZE, WIDTH, ramp};

const NAME: &str = "categories";
const TITLE: &str = "Categories of listed wording, in the outlets’ own words";
/// Outlets drawn: as many columns as hold a number.
const COLUMNS: usize = 12;
/// Categories drawn; the rest stands in the table.
const CATEGORIES: usize = 30;
const LEFT: f64 = 230.0;
const WIDEST: f64 = 110.0;
const ROW: f64 = 34.0;
const HEAD: f64 = 142.0;
const COUNT_SIZE: f64 = 10.5;

/// A table of cells, darker where there is more, with the numbers in them. Outlets in order of their names.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    let rows: Vec<CategoryRow<'_>> = rows(findings).filter(|row| row.voice.0 == "narrator").collect();
    if rows.is_empty() {
        return no_chart(NAME, TITLE, "No listed wording was found in these articles, so there is no category to show.");
    }
    fitted(COLUMNS, |most| picture(&rows, most))
}

fn picture(all: &[CategoryRow<'_>], most: usize) -> Result<String> {
    let outlets = names(all.iter().map(|row| (row.outlet, row.enough_data)), most);
    let categories = names(all.iter().map(|row| (row.category, row.enough_data)), CATEGORIES);
    let drawn = |row: &&CategoryRow<'_>| outlets.names.contains(row.outlet) && categories.names.contains(row.category);
    let rows: Vec<&CategoryRow<'_>> = all.iter().filter(drawn).collect();
    let titles: BTreeMap<&str, &str> = rows.iter().map(|row| (row.category, row.category_title)).collect();
    let compared = rows.iter().filter(|row| row.enough_data).filter_map(|row| row.per_1000);
    let highest = compared.fold(0.0, f64::max);
    let width = ((WIDTH - MARGIN - LEFT) / outlets.names.len().max(1) as f64).min(WIDEST);
    let told =
        rows.iter().filter(|r| r.n > 0).map(|r| format!("{}, {}: {} in {} words.", r.category_title, label(r.outlet, 40), r.n, r.words));
    let description = format!(
        "Hits per 1,000 words of each outlet’s own voice, by category. What is not named is 0. {}",
        told.collect::<Vec<_>>().join(" ")
    );
    draw(NAME, TITLE, &description, |canvas| {
        canvas.title(TITLE)?;
        canvas.how_to_read(
            54.0,
            &["In each cell: per 1,000 of the outlet’s own words, and below how many. Darker: more often. Grey: too little data to compare."],
        )?;
        let column: BTreeMap<&str, f64> = outlets.names.iter().copied().zip((0..).map(|i| LEFT + f64::from(i) * width)).collect();
        let row_of: BTreeMap<&str, f64> = categories.names.iter().copied().zip((0..).map(|i| HEAD + f64::from(i) * ROW)).collect();
        for (outlet, x) in &column {
            head(canvas, outlet, x + width / 2.0, width)?;
        }
        for (category, y) in &row_of {
            let title = titles.get(category).copied().unwrap_or(category);
            canvas.name((LEFT - 12.0, y + ROW / 2.0), title, TEXT_SIZE, INK, Anchor::End, LEFT - 12.0 - MARGIN)?;
        }
        for row in &rows {
            let (Some(x), Some(y)) = (column.get(row.outlet), row_of.get(row.category)) else { continue };
            let columns = ["outlet", "category", "voice", "n", "per_1000"];
            canvas.datum(*row, &columns, |canvas| cell(canvas, row, (*x, *y), width, highest))?;
        }
        let foot = HEAD + categories.names.len() as f64 * ROW + 24.0;
        let categories = categories.note("categories", "those with enough data", NAME);
        canvas.notes(
            foot,
            &[
                "What stands in reported speech and inside quotation marks is in categories.csv, apart.",
                &outlets.note("outlets", "those with enough data", NAME),
                &categories,
            ],
        )
    })
}

/// The name of an outlet above its column, in lines.
fn head(canvas: &mut Canvas, outlet: &str, x: f64, width: f64) -> Result<()> {
    const LINES: usize = 3;
    let mut lines = wrapped(outlet, width - 2.0, NOTE_SIZE);
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    for (i, line) in lines.iter().rev().enumerate() {
        canvas.text((x, HEAD - 12.0 - i as f64 * 15.0), line, NOTE_SIZE, INK, Anchor::Middle)?;
    }
    Ok(())
}

fn cell(canvas: &mut Canvas, row: &CategoryRow<'_>, (x, y): (f64, f64), width: f64, highest: f64) -> Result<()> {
    let rate = row.per_1000.unwrap_or(0.0);
    let (from, to) = ((x + 1.0, y + 1.0), (x + width - 1.0, y + ROW - 1.0));
    let ink = if row.enough_data {
        let (colour, ink) = ramp(rate / highest.max(f64::MIN_POSITIVE));
        canvas.area(from, to, colour)?;
        ink
    } else {
        canvas.shade(from, to)?;
        INK
    };
    let Some(rate) = row.per_1000 else {
        return canvas.text((x + width / 2.0, y + ROW / 2.0), "no words", COUNT_SIZE, MUTED, Anchor::Middle);
    };
    if row.n == 0 {
        return canvas.text((x + width / 2.0, y + ROW / 2.0), "0", TEXT_SIZE, ink, Anchor::Middle);
    }
    canvas.text((x + width / 2.0, y + 12.0), &format!("{rate:.1}"), NAME_SIZE, ink, Anchor::Middle)?;
    canvas.text((x + width / 2.0, y + 25.5), &row.n.to_string(), COUNT_SIZE, ink, Anchor::Middle)
}
