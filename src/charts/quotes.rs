//! What happened to the quotation?

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::id::Key;
use crate::provenance::drift::Drift;
use crate::provenance::quote_group::{Printing, QuoteGroup};
use crate::tables::quotes::{QuoteRow, rows};

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::{fitting, label};
use super::ribbon::{Piece, Ribbon, WORD_SIZE, ribbon};
use super::shown::some_of;
use super::theme::{BLUE, INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, ORANGE, TEXT_SIZE, WIDTH};

const NAME: &str = "quotes";
const TITLE: &str = "One quotation in several outlets: words kept, left out, changed";
/// Quotations drawn.
const GROUPS: usize = 6;
/// Printings drawn of each.
const PRINTINGS: usize = 6;
/// Words of a quotation drawn.
const WORDS: usize = 36;
const LEFT: f64 = 200.0;
const ROW: f64 = 24.0;
const HEAD: f64 = 106.0;

/// One quotation with its rows, in the same order as its printings.
struct Told<'f> {
    group: &'f QuoteGroup,
    rows: Vec<QuoteRow<'f>>,
}

/// What an outlet prints alike, once or in several articles.
struct Line<'p, 'f> {
    at: usize,
    printing: &'p Printing,
    row: &'p QuoteRow<'f>,
    articles: usize,
}

/// Words of the fullest printing, and below them what each outlet keeps.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    if !findings.settings.text.is_shown() {
        let reason = "This run shows no article text (--text none). How quotations differ stands in quotes.csv, column drift.";
        return no_chart(NAME, TITLE, reason);
    }
    let changed = |group: &&QuoteGroup| {
        let outlets: BTreeSet<_> = group.printings.iter().map(|p| findings.corpus.article(p.node.0).outlet).collect();
        outlets.len() > 1 && group.printings.iter().any(|p| drift_of(p) > 0)
    };
    let mut groups: Vec<&QuoteGroup> = findings.quote_groups.iter().filter(changed).collect();
    if groups.is_empty() {
        let reason = "No quotation that two outlets print was found cut or changed. Quotations stand in quotes.csv.";
        return no_chart(NAME, TITLE, reason);
    }
    // Words put otherwise tell more than a cut: those printings first, then cuts.
    let weight = |group: &QuoteGroup, drift: usize| group.printings.iter().filter(|p| drift_of(p) == drift).count();
    groups.sort_by_key(|group| (Reverse(weight(group, 2)), Reverse(weight(group, 1)), group.key));
    let all = groups.len();
    groups.truncate(GROUPS);
    let mut rows_of: BTreeMap<Key, Vec<QuoteRow<'_>>> = groups.iter().map(|group| (group.key, Vec::new())).collect();
    for row in rows(findings) {
        if let Some(known) = row.quote_group.and_then(|key| rows_of.get_mut(&key)) {
            known.push(row);
        }
    }
    let told: Vec<Told<'_>> = groups.into_iter().filter_map(|group| Some(Told { group, rows: rows_of.remove(&group.key)? })).collect();
    fitted(GROUPS, |most| picture(findings, told.get(..most).unwrap_or(&told), all))
}

/// 2 where words are otherwise, 1 where some are missing, 0 where none is.
fn drift_of(printing: &Printing) -> usize {
    match printing.drift {
        Drift::Reworded => 2,
        Drift::Spliced | Drift::Trimmed => 1,
        Drift::Same | Drift::ToIndirect => 0,
    }
}

fn picture(findings: &Findings<'_>, told: &[Told<'_>], all: usize) -> Result<String> {
    let described = told.iter().flat_map(|t| &t.rows).map(|row| {
        let drift = row.drift.map_or("", |code| code.0);
        format!("{}: {drift} {}.", label(row.outlet, 40), label(&row.drift_words.0, 120))
    });
    draw(NAME, TITLE, &described.collect::<Vec<_>>().join(" "), |canvas| {
        canvas.title(TITLE)?;
        canvas.how_to_read(
            54.0,
            &["In bold the fullest printing: the base for comparison, and no claim of who had it first. Bar: the same words. Line: left out. Boxed: other words there."],
        )?;
        let mut y = HEAD;
        for one in told {
            y = quotation(canvas, findings, one, y)?;
        }
        let note = some_of(told.len(), all, "changed quotations", "those with other words first", NAME);
        canvas.notes(y, &["Case and punctuation aside. Words in square brackets are the outlet’s own and not compared.", &note])
    })
}

/// One quotation; gives where the next one starts.
fn quotation(canvas: &mut Canvas, findings: &Findings<'_>, told: &Told<'_>, mut y: f64) -> Result<f64> {
    let base = told.group.base;
    let others = told.group.printings.iter().zip(&told.rows).filter(|(printing, _)| printing.node != base);
    // What an outlet prints alike in several articles is one line.
    let mut alike: BTreeMap<(&str, &str, &str), Line<'_, '_>> = BTreeMap::new();
    for (i, (printing, row)) in others.enumerate() {
        let line = Line { at: i, printing, row, articles: 0 };
        alike.entry((row.outlet, row.drift.map_or("", |code| code.0), &row.drift_words.0)).or_insert(line).articles += 1;
    }
    // Those that differ; the rest only where there is room.
    let mut shown: Vec<Line<'_, '_>> = alike.into_values().collect();
    shown.sort_by_key(|line| (Reverse(drift_of(line.printing)), line.at));
    let left_out: usize = shown.iter().skip(PRINTINGS).map(|line| line.articles).sum();
    shown.truncate(PRINTINGS);
    shown.sort_by_key(|line| line.at);
    let printings: Vec<&Printing> = shown.iter().map(|line| line.printing).collect();
    let Some(first) = told.rows.iter().find(|row| Some(row.quote_id) == row.base_quote_id) else { return Ok(y) };
    let laid = ribbon(findings, told.group, &printings, WORDS);
    let lines = lines(&laid);
    for (n, &(from, to)) in lines.iter().enumerate() {
        canvas.datum(first, &["quote_id", "quote_group", "base_quote_id", "outlet", "text"], |canvas| {
            canvas.name((MARGIN, y), first.outlet, NAME_SIZE, INK, Anchor::Start, LEFT - MARGIN - 12.0)?;
            words(canvas, &laid, (from, to), y, n + 1 == lines.len() && first.words > WORDS)
        })?;
        y += ROW + 2.0;
        for (line, pieces) in shown.iter().zip(&laid.printings) {
            // The base is a row of its own, perhaps with the same words.
            let columns: &[&str] = if line.articles == 1 {
                &["outlet", "quote_id", "base_quote_id", "drift", "drift_words"]
            } else {
                &["outlet", "base_quote_id", "drift", "drift_words"]
            };
            let same_as_base = line.articles > 1
                && line.row.outlet == first.outlet
                && line.row.drift == first.drift
                && line.row.drift_words == first.drift_words;
            let articles = line.articles + usize::from(same_as_base);
            canvas.data(line.row, columns, articles, |canvas| {
                let times = if line.articles > 1 { format!("{articles}×") } else { String::new() };
                canvas.name((MARGIN, y), line.row.outlet, TEXT_SIZE, MUTED, Anchor::Start, LEFT - MARGIN - 44.0)?;
                canvas.text((LEFT - 12.0, y), &times, NOTE_SIZE, MUTED, Anchor::End)?;
                if pieces.is_empty() {
                    return canvas.text((LEFT, y), "told without quotation marks", NOTE_SIZE, MUTED, Anchor::Start);
                }
                pieces.iter().try_for_each(|piece| draw_piece(canvas, &laid, piece, (from, to), y))
            })?;
            y += ROW;
        }
        y += 8.0;
    }
    if left_out > 0 {
        let more = format!("{left_out} further printings stand in quotes.csv.");
        canvas.text((LEFT, y), &more, NOTE_SIZE, MUTED, Anchor::Start)?;
        y += ROW;
    }
    Ok(y + 22.0)
}

/// Columns from the first to before the last of each line.
fn lines(laid: &Ribbon<'_>) -> Vec<(usize, usize)> {
    let (mut lines, mut from, mut width) = (Vec::new(), 0, 0.0);
    for (i, column) in laid.columns.iter().enumerate() {
        if width + column.width > WIDTH - MARGIN - LEFT && i > from {
            lines.push((from, i));
            (from, width) = (i, 0.0);
        }
        width += column.width;
    }
    if from < laid.columns.len() {
        lines.push((from, laid.columns.len()));
    }
    lines
}

/// Where columns start and end on their line.
fn extent(laid: &Ribbon<'_>, line: usize, (from, to): (usize, usize)) -> (f64, f64) {
    let width = |from: usize, to: usize| laid.columns.get(from..to).unwrap_or_default().iter().map(|c| c.width).sum::<f64>();
    let start = LEFT + width(line, from);
    (start, start + width(from, to))
}

fn words(canvas: &mut Canvas, laid: &Ribbon<'_>, (from, to): (usize, usize), y: f64, cut: bool) -> Result<()> {
    for i in from..to {
        let (start, end) = extent(laid, from, (i, i + 1));
        if !laid.columns[i].word.is_empty() {
            canvas.bold((start, y), &label(&laid.columns[i].word, 24), WORD_SIZE, INK, Anchor::Start)?;
        }
        if cut && i + 1 == to {
            canvas.text((end, y), "…", WORD_SIZE, MUTED, Anchor::Start)?;
        }
    }
    Ok(())
}

/// As much of a piece as stands on a line.
fn draw_piece(canvas: &mut Canvas, laid: &Ribbon<'_>, piece: &Piece, (from, to): (usize, usize), y: f64) -> Result<()> {
    let (Piece::Kept(start, end) | Piece::Gap(start, end) | Piece::Changed(start, end, _)) = piece;
    let (shown, until) = ((*start).max(from), (*end).min(to));
    if shown >= until {
        return Ok(());
    }
    let (left, right) = extent(laid, from, (shown, until));
    let right = (right - 3.0).min(WIDTH - 4.0);
    match piece {
        Piece::Kept(..) => canvas.area((left, y - 3.0), (right, y + 3.0), BLUE),
        Piece::Gap(..) => canvas.line(&[(left, y), (right, y)], MUTED, 0.75),
        Piece::Changed(_, _, text) => {
            if shown > *start {
                // What began on the line above goes on.
                return canvas.line(&[(left, y), (right, y)], ORANGE, 1.5);
            }
            canvas.frame((left - 2.0, y - 9.0), (right, y + 9.0), ORANGE, 1.5)?;
            canvas.text((left + 2.0, y), &fitting(text, right - left - 2.0, WORD_SIZE), WORD_SIZE, INK, Anchor::Start)
        }
    }
}
