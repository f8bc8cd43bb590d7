//! Which words lean to one outlet or the other?

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::tables::keyness::{KeynessRow, rows};

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::label;
use super::shown::some_of;
use super::theme::{BLUE, GRID, INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, TEXT_SIZE, WIDTH};

const NAME: &str = "keyness";
const TITLE: &str = "Words that two outlets use unevenly, in their own voice";
/// Pairs of outlets drawn.
const PAIRS: usize = 6;
/// Words drawn of each that one has more of, and that neither has.
const WORDS: usize = 14;
const BOTH: usize = 6;
const ROW: f64 = 22.0;
const HEAD: f64 = 120.0;
const MIDDLE: f64 = WIDTH / 2.0;
/// Units for a doubling.
const DOUBLE: f64 = 46.0;
/// Doublings shown on each side.
const DOUBLINGS: f64 = 5.0;
/// Where the words stand on each side.
const WORD: f64 = MIDDLE - DOUBLINGS * DOUBLE - 14.0;

/// Words of one pair of outlets.
struct Pair<'f> {
    rows: Vec<KeynessRow<'f>>,
}

/// Lollipops of log ratios, a block a pair of outlets.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    if findings.keyness.is_none() {
        return no_chart(NAME, TITLE, "Words were not compared in this run. With --keyness on they are, however many articles there are.");
    }
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for row in rows(findings).filter(|row| row.enough_data && row.log_ratio.is_some()) {
        match pairs.last_mut().filter(|p| p.rows.first().is_some_and(|r| (r.outlet_a, r.outlet_b) == (row.outlet_a, row.outlet_b))) {
            Some(pair) => pair.rows.push(row),
            None => pairs.push(Pair { rows: vec![row] }),
        }
    }
    if pairs.is_empty() {
        let (articles, words) = findings.settings.keyness.as_ref().map_or((0, 0), |s| (s.outlets.articles, s.words.word_articles));
        let reason = format!(
            "Too little data to compare words: that takes two outlets with {articles} articles each, and words that stand in {words} articles of one of them. What was counted stands in keyness.csv."
        );
        return no_chart(NAME, TITLE, &reason);
    }
    for pair in &mut pairs {
        // As the table has them: the farthest from even first.
        let mut left = [WORDS, BOTH];
        pair.rows.retain(|row| {
            let left = &mut left[usize::from(row.more_in == "neither")];
            *left = left.wrapping_sub(1);
            *left < WORDS
        });
        pair.rows.sort_by(|a, b| b.log_ratio.unwrap_or(0.0).total_cmp(&a.log_ratio.unwrap_or(0.0)).then(a.feature.cmp(b.feature)));
    }
    fitted(PAIRS, |most| picture(&pairs, most))
}

fn picture(all: &[Pair<'_>], most: usize) -> Result<String> {
    let pairs = all.get(..most).unwrap_or(all);
    let told = pairs.iter().flat_map(|p| &p.rows).map(|r| {
        let other = r.outlet_b.unwrap_or("all others");
        format!("{}: {} {}, {} {}.", r.feature, label(r.outlet_a, 40), r.n_a, label(other, 40), r.n_b)
    });
    draw(NAME, TITLE, &told.collect::<Vec<_>>().join(" "), |canvas| {
        canvas.title(TITLE)?;
        canvas.how_to_read(
            54.0,
            &["The farther from the middle, the more often in that outlet, for each 1,000 of its own words. Full: more than chance deals of the articles explain (q below 0.05). Empty: not more than they explain."],
        )?;
        let mut y = HEAD;
        for pair in pairs {
            y = block(canvas, pair, y)?;
        }
        let limits = "Numbers: how often the word stands there. A mark at the edge lies farther out. Nothing inside quotation marks counts. A topic that only one outlet writes of brings its words along, unless the block says “same stories”.";
        canvas.notes(y, &[limits, &some_of(pairs.len(), all.len(), "pairs", "by name", NAME)])
    })
}

/// One pair; gives where the next one starts.
fn block(canvas: &mut Canvas, pair: &Pair<'_>, mut y: f64) -> Result<f64> {
    let Some(first) = pair.rows.first() else { return Ok(y) };
    let foot = y + 30.0 + pair.rows.len() as f64 * ROW;
    canvas.shade((MIDDLE - DOUBLE, y + 14.0), (MIDDLE + DOUBLE, foot))?;
    let room = DOUBLINGS * DOUBLE + 150.0;
    canvas.name((MIDDLE - DOUBLE - 10.0, y), &format!("← more often in {}", first.outlet_a), NAME_SIZE, INK, Anchor::End, room)?;
    let other = first.outlet_b.map_or_else(|| "more often in all others →".to_owned(), |name| format!("more often in {name} →"));
    canvas.name((MIDDLE + DOUBLE + 10.0, y), &other, NAME_SIZE, INK, Anchor::Start, room)?;
    let basis = if first.basis.0 == "same_stories" { "same stories" } else { "all articles" };
    canvas.text((MIDDLE, y), basis, NOTE_SIZE, MUTED, Anchor::Middle)?;
    for times in [-4.0_f64, -2.0, 2.0, 4.0] {
        let x = MIDDLE + times * DOUBLE;
        canvas.line(&[(x, y + 14.0), (x, foot)], GRID, 0.5)?;
        canvas.text((x, foot + 12.0), &format!("{}×", 2f64.powf(times.abs())), NOTE_SIZE, MUTED, Anchor::Middle)?;
    }
    canvas.line(&[(MIDDLE, y + 14.0), (MIDDLE, foot)], MUTED, 0.5)?;
    canvas.text((MIDDLE, foot + 12.0), "both", NOTE_SIZE, MUTED, Anchor::Middle)?;
    y += 30.0;
    for row in &pair.rows {
        let shown = ["outlet_a", "outlet_b", "feature", "n_a", "n_b", "log_ratio", "q", "more_in"];
        canvas.datum(row, &shown, |canvas| lollipop(canvas, row, y))?;
        y += ROW;
    }
    Ok(foot + 52.0)
}

fn lollipop(canvas: &mut Canvas, row: &KeynessRow<'_>, y: f64) -> Result<()> {
    let ratio = row.log_ratio.unwrap_or(0.0);
    let x = MIDDLE - ratio.clamp(-DOUBLINGS, DOUBLINGS) * DOUBLE;
    let uneven = row.more_in != "neither";
    let colour = if uneven { BLUE } else { MUTED };
    canvas.line(&[(MIDDLE, y), (x, y)], colour, 2.0)?;
    canvas.dot((x, y), uneven, colour)?;
    let ink = if uneven { INK } else { MUTED };
    canvas.text((MARGIN + 40.0, y), &row.n_a.to_string(), TEXT_SIZE, ink, Anchor::End)?;
    canvas.text((WIDTH - MARGIN, y), &row.n_b.to_string(), TEXT_SIZE, ink, Anchor::End)?;
    // The word stands on the side it leans to, away from the mark.
    let (at, anchor) = if ratio >= 0.0 { (WORD, Anchor::End) } else { (WIDTH - WORD, Anchor::Start) };
    canvas.name((at, y), row.feature, NAME_SIZE, ink, anchor, WORD - MARGIN - 60.0)
}
