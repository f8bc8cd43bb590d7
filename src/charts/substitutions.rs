//! What does one outlet write where another writes something else?

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::substitutions::{SubstitutionRow, rows};

use super::theme::{Anchor, BLUE, INK, LONGEST_LABEL, MUTED, WIDTH, draw, label, no_chart};

const NAME: &str = "substitutions";
const TITLE: &str = "Same sentence, different words";
/// Pairs of forms drawn; the rest stands in the table.
const SHOWN: usize = 24;
const ROW: f64 = 76.0;
const LEFT: f64 = 405.0;
const RIGHT: f64 = 555.0;
/// Longest form shown, in characters.
const LONGEST_FORM: usize = 44;

/// One rung: a form of one outlet, a form of another, and where.
struct Rung<'f> {
    row: SubstitutionRow<'f>,
    times: u64,
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
        let key = [row.outlet_a, row.text_a.0, row.outlet_b, row.text_b.0].map(str::to_lowercase);
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
    let all = rungs.len();
    let length = |row: &SubstitutionRow<'_>| row.text_a.0.len() + row.text_b.0.len();
    rungs.sort_by_key(|r| {
        let row = &r.row;
        (row.lexicon_id_a.is_none() || row.lexicon_id_b.is_none(), std::cmp::Reverse(r.times), row.change.0 != "replace", length(row))
    });
    rungs.truncate(SHOWN);
    let head = 112.0;
    let height = (head + rungs.len() as f64 * ROW + 44.0) as i32;
    let description = rungs
        .iter()
        .map(|r| {
            format!(
                "{} has {}, {} has {}, {} time(s).",
                r.row.outlet_a,
                form(r.row.text_a.0),
                r.row.outlet_b,
                form(r.row.text_b.0),
                r.times
            )
        })
        .collect::<Vec<_>>()
        .join(" ");
    draw(NAME, TITLE, &description, height, |canvas| {
        canvas.text((24.0, 26.0), TITLE, 18.0, INK, Anchor::Start, true)?;
        canvas.dot((30.0, 56.0), true, BLUE)?;
        canvas.text((42.0, 56.0), "listed wording", 13.0, INK, Anchor::Start, false)?;
        canvas.dot((152.0, 56.0), false, BLUE)?;
        canvas.text((164.0, 56.0), "not listed", 13.0, INK, Anchor::Start, false)?;
        canvas.text(
            (250.0, 56.0),
            "Line width: how often.  ∅: nothing stands there.  ▢: the place of the words.",
            13.0,
            MUTED,
            Anchor::Start,
            false,
        )?;
        for (i, Rung { row, times }) in rungs.iter().enumerate() {
            let y = head + i as f64 * ROW;
            let width = (1.5 + (*times as f64).ln() * 2.5).min(10.0);
            canvas.line((LEFT + 16.0, y), (RIGHT - 16.0, y), BLUE, width)?;
            canvas.dot((LEFT + 10.0, y), row.lexicon_id_a.is_some(), BLUE)?;
            canvas.dot((RIGHT - 10.0, y), row.lexicon_id_b.is_some(), BLUE)?;
            canvas.text((f64::from(WIDTH) / 2.0, y - 11.0), &format!("{times}×"), 12.0, MUTED, Anchor::Middle, false)?;
            canvas.text((LEFT - 6.0, y), &form(row.text_a.0), 15.0, INK, Anchor::End, true)?;
            canvas.text((RIGHT + 6.0, y), &form(row.text_b.0), 15.0, INK, Anchor::Start, true)?;
            canvas.text((LEFT - 6.0, y - 19.0), &label(row.outlet_a, LONGEST_LABEL), 12.0, MUTED, Anchor::End, false)?;
            canvas.text((RIGHT + 6.0, y - 19.0), &label(row.outlet_b, LONGEST_LABEL), 12.0, MUTED, Anchor::Start, false)?;
            let before: String = row.before.0.chars().rev().take(58).collect::<Vec<_>>().into_iter().rev().collect();
            let after =
                if row.after.0.is_empty() { String::new() } else { format!(" {}…", label(row.after.0, 58).trim_end_matches('…')) };
            let sentence = if before.is_empty() { format!("▢{after}") } else { format!("…{} ▢{after}", before.trim_start()) };
            canvas.text((f64::from(WIDTH) / 2.0, y + 22.0), &sentence, 12.0, MUTED, Anchor::Middle, false)?;
        }
        let foot = f64::from(height) - 20.0;
        let note = if all > rungs.len() {
            format!("{} of {all} pairs shown; all stand in substitutions.csv", rungs.len())
        } else {
            format!("{all} pairs, outlets in order of their names")
        };
        canvas.text((f64::from(WIDTH) - 24.0, foot), &note, 12.0, MUTED, Anchor::End, false)
    })
}

fn form(text: &str) -> String {
    if text.is_empty() { "∅".to_owned() } else { label(text, LONGEST_FORM) }
}
