//! What does one outlet write where another writes something else?

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::substitutions::{SubstitutionRow, rows};

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::{fitting, label};
use super::shown::some_of;
use super::theme::{BLUE, INK, MARGIN, MUTED, NOTE_SIZE, TEXT_SIZE, WIDTH};

const NAME: &str = "substitutions";
const TITLE: &str = "Same sentence, different words";
/// Pairs of forms drawn; the rest stands in the table.
const SHOWN: usize = 24;
const ROW: f64 = 76.0;
const HEAD: f64 = 104.0;
const LEFT: f64 = 405.0;
const RIGHT: f64 = 555.0;
const FORM_SIZE: f64 = 15.0;
/// Characters of the sentence on each side of the place.
const SIDE: usize = 58;

/// One rung: a form of one outlet, a form of another, and where.
struct Rung<'f> {
    row: SubstitutionRow<'f>,
    /// Rows that say the same, this one counted.
    times: usize,
}

/// A ladder of pairs of forms, those with listed wording on both sides first, then the most frequent, then the shortest.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    if !findings.settings.text.is_shown() {
        let reason = "This run shows no article text (--text none). How many places differ stands in passages.csv.";
        return no_chart(NAME, TITLE, reason);
    }
    let mut rungs: Vec<Rung<'_>> = Vec::new();
    let mut known: BTreeMap<[String; 4], usize> = BTreeMap::new();
    for row in rows(findings).filter(|row| row.kind.0 == "framing") {
        let key = [row.outlet_a, &row.text_a.0, row.outlet_b, &row.text_b.0].map(str::to_lowercase);
        match known.get(&key) {
            Some(&at) => rungs[at].times += 1,
            None => {
                known.insert(key, rungs.len());
                rungs.push(Rung { row, times: 1 });
            }
        }
    }
    if rungs.is_empty() {
        return no_chart(NAME, TITLE, "No shared passage differs in listed wording. Other differences stand in substitutions.csv.");
    }
    let length = |row: &SubstitutionRow<'_>| row.text_a.0.len() + row.text_b.0.len();
    rungs.sort_by_key(|r| {
        let row = &r.row;
        (row.lexicon_id_a.is_none() || row.lexicon_id_b.is_none(), Reverse(r.times), row.change.0 != "replace", length(row))
    });
    fitted(SHOWN, |most| picture(&rungs, most))
}

fn picture(all: &[Rung<'_>], most: usize) -> Result<String> {
    let rungs = all.get(..most).unwrap_or(all);
    let told = rungs.iter().map(|Rung { row, times }| {
        let (a, b) = (label(row.outlet_a, 40), label(row.outlet_b, 40));
        format!("{a} has {}, {b} has {}, {times} time(s).", form(&row.text_a.0), form(&row.text_b.0))
    });
    draw(NAME, TITLE, &told.collect::<Vec<_>>().join(" "), |canvas| {
        canvas.title(TITLE)?;
        canvas.dot((MARGIN + 6.0, 56.0), true, BLUE)?;
        canvas.text((MARGIN + 18.0, 56.0), "listed wording", TEXT_SIZE, INK, Anchor::Start)?;
        canvas.dot((MARGIN + 128.0, 56.0), false, BLUE)?;
        canvas.text((MARGIN + 140.0, 56.0), "not listed", TEXT_SIZE, INK, Anchor::Start)?;
        let signs = "Line width: how often.  ∅: nothing stands there.  ▢: the place of the words.";
        canvas.text((MARGIN + 226.0, 56.0), signs, TEXT_SIZE, MUTED, Anchor::Start)?;
        for (i, Rung { row, times }) in rungs.iter().enumerate() {
            let y = HEAD + i as f64 * ROW;
            canvas.data(row, &["outlet_a", "text_a", "outlet_b", "text_b", "kind"], *times, |canvas| {
                canvas.text((WIDTH / 2.0, y - 12.0), &format!("{times}×"), NOTE_SIZE, MUTED, Anchor::Middle)?;
                canvas.datum(row, &["substitution_id", "passage_id", "before", "after"], |canvas| rung(canvas, row, *times, y))
            })?;
        }
        let note = some_of(rungs.len(), all.len(), "pairs", "listed on both sides and most frequent first", NAME);
        let order = "The outlet on the left is the one that comes first by name.";
        canvas.notes(HEAD + rungs.len() as f64 * ROW, &[&note, order])
    })
}

fn rung(canvas: &mut Canvas, row: &SubstitutionRow<'_>, times: usize, y: f64) -> Result<()> {
    let width = (1.5 + (times as f64).ln() * 2.5).min(10.0);
    let room = LEFT - 6.0 - MARGIN;
    canvas.line(&[(LEFT + 16.0, y), (RIGHT - 16.0, y)], BLUE, width)?;
    canvas.dot((LEFT + 10.0, y), row.lexicon_id_a.is_some(), BLUE)?;
    canvas.dot((RIGHT - 10.0, y), row.lexicon_id_b.is_some(), BLUE)?;
    for (x, anchor, outlet, words) in
        [(LEFT - 6.0, Anchor::End, row.outlet_a, &row.text_a.0), (RIGHT + 6.0, Anchor::Start, row.outlet_b, &row.text_b.0)]
    {
        canvas.name((x, y - 19.0), outlet, NOTE_SIZE, MUTED, anchor, room)?;
        canvas.bold((x, y), &form(words), FORM_SIZE, INK, anchor)?;
    }
    canvas.text((WIDTH / 2.0, y + 22.0), &sentence(row), NOTE_SIZE, MUTED, Anchor::Middle)
}

/// The words around the place, within their sentence.
fn sentence(row: &SubstitutionRow<'_>) -> String {
    let before: String = row.before.0.chars().rev().take(SIDE).collect::<Vec<_>>().into_iter().rev().collect();
    let after = if row.after.0.is_empty() { String::new() } else { format!(" {}…", label(&row.after.0, SIDE).trim_end_matches('…')) };
    if before.is_empty() { format!("▢{after}") } else { format!("…{} ▢{after}", before.trim_start()) }
}

fn form(text: &str) -> String {
    // Bold letters are a tenth wider.
    if text.is_empty() { "∅".to_owned() } else { fitting(text, LEFT - 6.0 - MARGIN, FORM_SIZE * 1.1) }
}
