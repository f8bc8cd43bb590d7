//! Which form does each outlet choose, given the same sentence?

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::preference::{PreferenceRow, rows};

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::{clean, label};
use super::shown::{Shown, names};
use super::theme::{BLUE, GRID, INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, OUTLETS, TEXT_SIZE, WIDTH};

const NAME: &str = "preference";
const TITLE: &str = "Given the same sentence: how often each outlet has the listed wording";
/// Listed wordings drawn.
const CONCEPTS: usize = 12;
/// Outlets drawn of each.
const OF_EACH: usize = OUTLETS / 4;
const LEFT: f64 = 250.0;
const RIGHT: f64 = 610.0;
/// Where the words stand that an outlet has instead.
const INSTEAD: f64 = RIGHT + 130.0;
const ROW: f64 = 24.0;
const HEAD: f64 = 132.0;

/// One listed wording: for each outlet that had the chance, how often it has it, and what it has most often instead.
struct Concept<'f> {
    rows: Vec<PreferenceRow<'f>>,
    instead: Vec<PreferenceRow<'f>>,
}

/// Dots with intervals, a block a listed wording, outlets in order of their names.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    let mut concepts: Vec<Concept<'_>> = Vec::new();
    for row in rows(findings) {
        if concepts.last().is_none_or(|c| c.concept() != row.concept) {
            concepts.push(Concept { rows: Vec::new(), instead: Vec::new() });
        }
        let Some(last) = concepts.last_mut() else { continue };
        if row.lexicon_id == Some(row.concept) { last.rows.push(row) } else { last.instead.push(row) }
    }
    concepts.retain(|concept| !concept.rows.is_empty());
    if concepts.is_empty() {
        let reason = "No shared passage has listed wording outside quotation marks in one outlet and other words in another, so no outlet had a choice that could be counted.";
        return no_chart(NAME, TITLE, reason);
    }
    let text = findings.settings.text.is_shown();
    fitted(CONCEPTS, |most| picture(&concepts, most, text))
}

impl<'f> Concept<'f> {
    fn concept(&self) -> &'f str {
        self.rows.iter().chain(&self.instead).next().map_or("", |row| row.concept)
    }

    /// What an outlet has most often in place of the listed wording.
    fn instead(&self, outlet: &str) -> Option<&PreferenceRow<'f>> {
        // Of several as frequent ones the first by the alphabet.
        self.instead.iter().filter(|row| row.outlet == outlet && row.chosen > 0).rev().max_by_key(|row| row.chosen)
    }
}

fn picture(all: &[Concept<'_>], most: usize, text: bool) -> Result<String> {
    let chosen: Shown<'_> = names(all.iter().map(|c| (c.concept(), c.rows.iter().any(|r| r.enough_data))), most);
    let concepts: Vec<&Concept<'_>> = all.iter().filter(|c| chosen.names.contains(c.concept())).collect();
    let told =
        concepts.iter().flat_map(|c| &c.rows).map(|r| format!("{}, {}: {} of {}.", r.form, label(r.outlet, 40), r.chosen, r.chances));
    let description =
        format!("Share of the places in shared sentences where an outlet has a listed wording. {}", told.collect::<Vec<_>>().join(" "));
    draw(NAME, TITLE, &description, |canvas| {
        canvas.title(TITLE)?;
        canvas.how_to_read(
            54.0,
            &["Counted are places of shared sentences in which at least one outlet has the listed wording, and outlets differ. Grey: fewer than 5 such places."],
        )?;
        let x = |share: f64| LEFT + (RIGHT - LEFT) * share.clamp(0.0, 1.0);
        for (share, tick) in [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")] {
            canvas.text((x(share), HEAD - 26.0), tick, NOTE_SIZE, MUTED, Anchor::Middle)?;
        }
        canvas.text((RIGHT + 30.0, HEAD - 26.0), "times/places", NOTE_SIZE, MUTED, Anchor::Start)?;
        if text {
            canvas.text((INSTEAD, HEAD - 26.0), "most often instead", NOTE_SIZE, MUTED, Anchor::Start)?;
        }
        let mut y = HEAD;
        for concept in &concepts {
            y = block(canvas, concept, y, text, &x)?;
        }
        let left_out = if concepts.iter().any(|c| outlets_of(c).all > OF_EACH) {
            format!("At most {OF_EACH} outlets of each wording are shown; all stand in preference.csv.")
        } else {
            String::new()
        };
        let intervals =
            "Bars: 95 % Wilson intervals. Places of one article hang together: the bars describe these articles and say nothing of others.";
        canvas.notes(y + 4.0, &[intervals, &chosen.note("wordings", "those with enough data", NAME), &left_out])
    })
}

fn outlets_of<'c>(concept: &'c Concept<'_>) -> Shown<'c> {
    names(concept.rows.iter().map(|row| (row.outlet, row.enough_data)), OF_EACH)
}

/// One listed wording; gives where the next one starts.
fn block(canvas: &mut Canvas, concept: &Concept<'_>, mut y: f64, text: bool, x: &impl Fn(f64) -> f64) -> Result<f64> {
    let Some(first) = concept.rows.first() else { return Ok(y) };
    let outlets = outlets_of(concept);
    let rows = concept.rows.iter().filter(|row| outlets.names.contains(row.outlet));
    let foot = y + 20.0 + outlets.names.len() as f64 * ROW;
    canvas.bold((MARGIN, y), &label(&first.form, 40), NAME_SIZE, INK, Anchor::Start)?;
    for share in [0.0, 0.5, 1.0] {
        canvas.line(&[(x(share), y + 12.0), (x(share), foot)], GRID, 0.5)?;
    }
    y += 20.0 + ROW / 2.0;
    for row in rows {
        let shown = ["concept", "form", "outlet", "chosen", "chances", "share", "ci_low", "ci_high"];
        canvas.datum(row, &shown, |canvas| choice(canvas, row, y, x))?;
        if let Some(other) = concept.instead(row.outlet).filter(|_| text) {
            canvas.datum(other, &["concept", "form", "outlet", "chosen", "chances"], |canvas| {
                let form = if other.form.is_empty() { "∅" } else { &other.form };
                let place = (INSTEAD, y);
                canvas.name(place, &clean(form), TEXT_SIZE, MUTED, Anchor::Start, WIDTH - MARGIN - place.0)
            })?;
        }
        y += ROW;
    }
    Ok(y + 20.0)
}

fn choice(canvas: &mut Canvas, row: &PreferenceRow<'_>, y: f64, x: &impl Fn(f64) -> f64) -> Result<()> {
    let (colour, ink) = if row.enough_data { (BLUE, INK) } else { (MUTED, MUTED) };
    canvas.name((LEFT - 16.0, y), row.outlet, NAME_SIZE, INK, Anchor::End, LEFT - 16.0 - MARGIN)?;
    if let (Some(low), Some(high)) = (row.ci_low, row.ci_high) {
        let (low, high) = (x(low), x(high));
        canvas.line(&[(low, y - 4.0), (low, y + 4.0), (low, y), (high, y), (high, y - 4.0), (high, y + 4.0)], colour, 2.0)?;
    }
    canvas.dot((x(row.share), y), true, colour)?;
    canvas.text((RIGHT + 30.0, y), &format!("{}/{}", row.chosen, row.chances), TEXT_SIZE, ink, Anchor::Start)
}
