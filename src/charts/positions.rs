//! Where in the article does listed wording stand?

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::error::Result;
use crate::id::{ArticleId, Key};
use crate::tables::positions::{PositionRow, rows, stretches};
use crate::voice::mask::Voice;

use super::canvas::{Anchor, Canvas, draw, fitted, no_chart};
use super::label::{label, width_of};
use super::shown::{names, some_of};
use super::theme::{GRID, INK, MARGIN, MUTED, NAME_SIZE, NOTE_SIZE, TEXT_SIZE, WIDTH, voice_colour, voice_of, voice_words};

const NAME: &str = "positions";
const TITLE: &str = "Where in each article listed wording stands";
/// Articles drawn.
const ARTICLES: usize = 40;
const TITLE_AT: f64 = 220.0;
const LEFT: f64 = 450.0;
const RIGHT: f64 = WIDTH - MARGIN;
const ROW: f64 = 30.0;
const HEAD: f64 = 100.0;
/// Marks of an article up to which each is drawn.
const MARKS: usize = 150;
/// Half the height of a mark.
const TICK: f64 = 10.0;

/// A strip an article, outlets in order of names.
///
/// # Errors
/// What plotters says.
pub fn chart(findings: &Findings<'_>) -> Result<String> {
    let strength = findings.settings.rates.min_strength;
    let mut hits: BTreeMap<Key, Vec<PositionRow<'_>>> = BTreeMap::new();
    for row in rows(findings).filter(|row| row.strength >= strength) {
        hits.entry(row.article_id).or_default().push(row);
    }
    if hits.is_empty() {
        return no_chart(NAME, TITLE, "No listed wording was found in these articles, so there is no place to show.");
    }
    fitted(ARTICLES, |most| picture(findings, &hits, most))
}

fn picture(findings: &Findings<'_>, hits: &BTreeMap<Key, Vec<PositionRow<'_>>>, most: usize) -> Result<String> {
    let corpus = findings.corpus;
    let key = |id: ArticleId| corpus.article(id).key;
    let (all, shown) = chosen(findings, hits, most);
    let found = |id: ArticleId| hits.get(&key(id)).map_or(&[][..], Vec::as_slice);
    let told = shown.iter().map(|&id| format!("{}: {} places.", label(&corpus.outlet_of(id).name, 40), found(id).len()));
    draw(NAME, TITLE, &told.collect::<Vec<_>>().join(" "), |canvas| {
        canvas.title(TITLE)?;
        legend(canvas)?;
        let foot = HEAD + shown.len() as f64 * ROW;
        for (share, text) in [(0.0, "start"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %"), (1.0, "end")] {
            let x = LEFT + (RIGHT - LEFT) * share;
            let anchor = if share == 1.0 {
                Anchor::End
            } else if share == 0.0 {
                Anchor::Start
            } else {
                Anchor::Middle
            };
            canvas.line(&[(x, HEAD - 4.0), (x, foot)], GRID, 0.5)?;
            canvas.text((x, foot + 12.0), text, NOTE_SIZE, MUTED, anchor)?;
        }
        let mut last = None;
        for (i, &id) in shown.iter().enumerate() {
            let (y, outlet) = (HEAD + (i as f64 + 0.5) * ROW, corpus.article(id).outlet);
            if last != Some(outlet) {
                canvas.name((MARGIN, y), &corpus.outlet(outlet).name, NAME_SIZE, INK, Anchor::Start, TITLE_AT - MARGIN - 12.0)?;
                last = Some(outlet);
            }
            let title = findings.title(id);
            canvas.name((TITLE_AT, y), title, NOTE_SIZE, MUTED, Anchor::Start, LEFT - 24.0 - TITLE_AT)?;
            strip(canvas, findings, id, y)?;
            if let Some(first) = found(id).first() {
                canvas.data(first, &["article_id"], hits_of(findings, id), |canvas| {
                    drawn(found(id)).into_iter().try_for_each(|row| tick(canvas, row, y))
                })?;
            }
        }
        let headline = "Marks of a headline stand on its bar. Only wording of strength 2 or 3 is marked, as in the rates.";
        let many = if shown.iter().any(|&id| found(id).len() > MARKS) {
            "Where an article has very many places, one mark stands for those of a voice that lie close together; positions.csv has all."
        } else {
            ""
        };
        canvas.notes(foot + 36.0, &[headline, many, &some_of(shown.len(), all, "articles", "the first of each outlet", NAME)])
    })
}

/// The marks of an article: all, or where they are many one for each sixtieth of it and each voice.
fn drawn<'r, 'f>(found: &'r [PositionRow<'f>]) -> Vec<&'r PositionRow<'f>> {
    if found.len() <= MARKS {
        return found.iter().collect();
    }
    let mut places: BTreeMap<(u32, &str), &PositionRow<'_>> = BTreeMap::new();
    for row in found {
        let place = if row.in_headline { 0 } else { 1 + (row.position.clamp(0.0, 1.0) * 59.0) as u32 };
        places.entry((place, row.voice.0)).or_insert(row);
    }
    places.into_values().collect()
}

/// Rows of an article in the table, weak wording counted.
fn hits_of(findings: &Findings<'_>, id: ArticleId) -> usize {
    findings.articles[id.index()].usages.len()
}

/// How many articles there are to draw, and those drawn: all where they are few, otherwise the first with a mark of each outlet.
fn chosen(findings: &Findings<'_>, hits: &BTreeMap<Key, Vec<PositionRow<'_>>>, most: usize) -> (usize, Vec<ArticleId>) {
    let corpus = findings.corpus;
    let all: Vec<ArticleId> = corpus.ids().collect();
    if all.len() <= most {
        return (all.len(), all);
    }
    let marked: Vec<ArticleId> = all.into_iter().filter(|&id| hits.contains_key(&corpus.article(id).key)).collect();
    let outlets = names(marked.iter().map(|&id| (corpus.outlet_of(id).name.as_str(), true)), most);
    let each = (most / outlets.names.len().max(1)).max(1);
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for &id in &marked {
        let outlet = corpus.outlet_of(id).name.as_str();
        let count = taken.entry(outlet).or_default();
        *count += 1;
        if outlets.names.contains(outlet) && *count <= each {
            shown.push(id);
        }
    }
    (corpus.articles().len(), shown)
}

fn x(share: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * share.clamp(0.0, 1.0)
}

/// The article as a line, thicker where it is not the outlet's own voice.
fn strip(canvas: &mut Canvas, findings: &Findings<'_>, id: ArticleId, y: f64) -> Result<()> {
    /// Shorter stretches are too small to be seen, and shorter gaps between two of a voice as well.
    const SEEN: f64 = 0.004;
    if !findings.corpus.article(id).title.is_empty() {
        canvas.area((LEFT - 16.0, y - 7.0), (LEFT - 7.0, y + 7.0), MUTED)?;
    }
    canvas.line(&[(x(0.0), y), (x(1.0), y)], MUTED, 1.0)?;
    let mut bands: Vec<(f64, f64, Voice)> = Vec::new();
    for (start, end, voice) in stretches(findings, id) {
        match bands.last_mut().filter(|last| last.2 == voice && start - last.1 < SEEN) {
            Some(last) => last.1 = end,
            None => bands.push((start, end, voice)),
        }
    }
    for (start, end, voice) in bands.into_iter().filter(|(start, end, _)| end - start >= SEEN) {
        let half = thickness(voice);
        canvas.band((x(start), y - half), (x(end), y + half), voice_colour(voice))?;
    }
    Ok(())
}

const fn thickness(voice: Voice) -> f64 {
    match voice {
        Voice::Narrator => 0.5,
        Voice::Indirect => 3.0,
        Voice::Direct => 6.0,
    }
}

/// A place: across the line for the outlet's own words, above it inside quotation marks, below it in reported speech.
fn tick(canvas: &mut Canvas, row: &PositionRow<'_>, y: f64) -> Result<()> {
    canvas.datum(row, &["hit_id", "voice", "in_headline", "position"], |canvas| {
        let x = if row.in_headline { LEFT - 11.5 } else { x(row.position) };
        mark(canvas, (x, y), voice_of(row.voice.0))
    })
}

fn mark(canvas: &mut Canvas, (x, y): (f64, f64), voice: Voice) -> Result<()> {
    let (from, to) = match voice {
        Voice::Narrator => (y - TICK, y + TICK),
        Voice::Indirect => (y, y + TICK),
        Voice::Direct => (y - TICK, y),
    };
    canvas.line(&[(x, from), (x, to)], voice_colour(voice), 2.0)
}

fn legend(canvas: &mut Canvas) -> Result<()> {
    const UPRIGHT: &str = "upright: listed wording";
    let mut at = MARGIN;
    for voice in Voice::ALL {
        let half = thickness(voice);
        if voice == Voice::Narrator {
            canvas.line(&[(at, 56.0), (at + 26.0, 56.0)], MUTED, 1.0)?;
        } else {
            canvas.band((at, 56.0 - half), (at + 26.0, 56.0 + half), voice_colour(voice))?;
        }
        mark(canvas, (at + 13.0, 56.0), voice)?;
        canvas.text((at + 36.0, 56.0), voice_words(voice), TEXT_SIZE, INK, Anchor::Start)?;
        at += 60.0 + width_of(voice_words(voice), TEXT_SIZE);
    }
    canvas.text((at, 56.0), UPRIGHT, TEXT_SIZE, MUTED, Anchor::Start)?;
    at += 20.0 + width_of(UPRIGHT, TEXT_SIZE);
    canvas.area((at, 49.0), (at + 9.0, 63.0), MUTED)?;
    canvas.text((at + 17.0, 56.0), "headline", TEXT_SIZE, MUTED, Anchor::Start)
}
