//! Laying two stretches word to word: local alignment with affine gaps (Smith & Waterman 1981; Gotoh 1982) in a band
//! around the seeds, cut by X-drop, then again on both sides of the best while seeds remain (Waterman & Eggert 1987).
//!
//! Cost: band width × length of the stretch, one byte of traceback a cell. Scores are whole tenths, ties go the same way
//! for `(a, b)` and `(b, a)`, so that one is the mirror of the other.

use crate::corpus::document::Word;
use crate::corpus::locus::Locus;
use crate::text::span::{Span, Token};

use super::candidate::Candidate;
use super::settings::{ReuseSettings, Scores};
use super::stem::WordClasses;

/// A stretch of an alignment: equal on both sides, or not. An empty side is a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Tokens on the left.
    pub left: Span<Token>,
    /// Tokens on the right.
    pub right: Span<Token>,
    /// Whether both sides are the same words.
    pub equal: bool,
}

/// Two witnesses laid word to word.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// In the earlier article in corpus order.
    pub left: Locus,
    /// In the other.
    pub right: Locus,
    /// Equal and differing stretches in turn; together they are both loci.
    pub edits: Vec<Edit>,
    /// Equal words.
    pub matched: usize,
    /// Equal words as a share of the words of both: `2 × matched / (left + right)` (Dice 1945), 0 to 1.
    pub similarity: f64,
    /// How unlikely chance is: idf of the equal words that carry meaning plus rarity of the rarest n-gram, in nats.
    pub significance: f64,
}

/// What alignment must know of the corpus: two documents' words, word classes, and how rare words are.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'c> {
    /// Words of the left article.
    pub left: &'c [Word],
    /// Words of the right article.
    pub right: &'c [Word],
    /// Stems and content words.
    pub classes: &'c WordClasses,
}

/// A column of a path: a token of each side, or a gap.
pub type Column = (Option<u32>, Option<u32>);

/// A local alignment before it is judged: spans and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Token pairs in order; `None` is a gap.
    pub columns: Vec<Column>,
    /// Its score in tenths.
    pub score: i32,
}

/// All local alignments of a candidate that hold a seed, in order on the left.
#[must_use]
pub fn local(candidate: &Candidate, pair: Pair<'_>, settings: &ReuseSettings) -> Vec<Path> {
    let mut out = Vec::new();
    let mut open = vec![(candidate.left.tokens, candidate.right.tokens)];
    while let Some((left, right)) = open.pop() {
        let width = settings.seed_words;
        let inside = |&&(l, r): &&(u32, u32)| {
            let (l, r) = (l as usize, r as usize);
            l >= left.start() && l + width <= left.end() && r >= right.start() && r + width <= right.end()
        };
        let seeds: Vec<(u32, u32)> = candidate.seeds.iter().filter(inside).copied().collect();
        let diagonals = seeds.iter().map(|&(l, r)| (i64::from(r) - right.start() as i64) - (i64::from(l) - left.start() as i64));
        let Some((low, high)) =
            diagonals.fold(None, |range: Option<(i64, i64)>, d| Some(range.map_or((d, d), |(a, b)| (a.min(d), b.max(d)))))
        else {
            continue;
        };
        let margin = settings.margin as i64;
        let Some(path) = best_path(left, right, pair, settings.scores, Some((low - margin, high + margin))) else { continue };
        let Some((l, r)) = path_spans(&path.columns) else { continue };
        open.push((Span::new(left.start(), l.start()), Span::new(right.start(), r.start())));
        open.push((Span::new(l.end(), left.end()), Span::new(r.end(), right.end())));
        out.push(path);
    }
    out.sort_by_key(|path| path_spans(&path.columns));
    out
}

/// The tokens that a path covers on both sides; `None` where a side has none.
#[must_use]
pub fn path_spans(columns: &[Column]) -> Option<(Span<Token>, Span<Token>)> {
    let side = |pick: fn(&Column) -> Option<u32>| {
        let first = columns.iter().find_map(pick)?;
        let last = columns.iter().rev().find_map(pick)?;
        Some(Span::new(first as usize, last as usize + 1))
    };
    Some((side(|c| c.0)?, side(|c| c.1)?))
}

/// The best local alignment of two stretches, in a band of diagonals if one is given; cut by X-drop. `None` without a
/// positive score.
#[must_use]
pub fn best_path(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, scores: Scores, band: Option<(i64, i64)>) -> Option<Path> {
    let swapped = is_swapped(left, right, pair);
    let (rows, columns) = oriented(left, right, pair, swapped);
    let band = band.map_or((-(rows.len() as i64), columns.len() as i64), |(low, high)| if swapped { (-high, -low) } else { (low, high) });
    let path = Matrix::fill(rows, columns, pair.classes, scores, band, Mode::Local).path();
    let (path, score) = cut(&path, |&(i, j)| column_score(rows, columns, i, j, pair.classes, scores), scores)?;
    Some(Path { columns: place(path, left, right, swapped), score })
}

/// The best alignment of two whole stretches, ends included.
#[must_use]
pub fn global(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, settings: &ReuseSettings) -> Vec<Edit> {
    let swapped = is_swapped(left, right, pair);
    let (rows, columns) = oriented(left, right, pair, swapped);
    // The whole matrix where it is affordable: insertions on both sides may add up to more than any fixed margin.
    let shift = columns.len() as i64 - rows.len() as i64;
    let margin =
        if rows.len().saturating_mul(columns.len()) <= LARGEST_MATRIX { rows.len().max(columns.len()) } else { 10 * settings.margin }
            as i64;
    let band = (shift.min(0) - margin, shift.max(0) + margin);
    let path = Matrix::fill(rows, columns, pair.classes, settings.scores, band, Mode::Whole).path();
    edits(&place(path, left, right, swapped), left, right, pair)
}

/// How the words of two spans that meet an alignment at one end go on: columns in order of the text, from the farthest equal
/// words that a loss of at most `max_loss` reaches. Empty where fewer than `min_equal` equal words are gained.
#[must_use]
pub fn extension(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, settings: &ReuseSettings, end: End) -> Vec<Column> {
    let swapped = is_swapped(left, right, pair);
    let (rows, columns) = oriented(left, right, pair, swapped);
    let (mut rows, mut columns) = (rows.to_vec(), columns.to_vec());
    if end == End::Head {
        rows.reverse();
        columns.reverse();
    }
    let (m, n) = (rows.len(), columns.len());
    let mode = Mode::Anchored { max_loss: settings.extension_loss };
    let mut path = Matrix::fill(&rows, &columns, pair.classes, settings.scores, (-(m as i64), n as i64), mode).path();
    let same = |c: &Cell| matches!(c, (Some(i), Some(j)) if rows[*i].id == columns[*j].id);
    if end == End::Tail {
        // A passage does not end in "of the".
        let carries = |c: &Cell| same(c) && c.0.is_some_and(|i| pair.classes.is_content(rows[i].id));
        path.truncate(path.iter().rposition(carries).map_or(0, |last| last + 1));
    }
    if path.iter().filter(|c| same(c)).count() < settings.extension_equal {
        return Vec::new();
    }
    if end == End::Head {
        path.reverse();
        path.iter_mut().for_each(|c| *c = (c.0.map(|i| m - 1 - i), c.1.map(|j| n - 1 - j)));
    }
    place(path, left, right, swapped)
}

/// Most cells of a whole alignment that is not banded, one byte each.
const LARGEST_MATRIX: usize = 1 << 24;

/// An end of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where it starts.
    Head,
    /// Where it ends.
    Tail,
}

fn oriented<'c>(left: Span<Token>, right: Span<Token>, pair: Pair<'c>, swapped: bool) -> (&'c [Word], &'c [Word]) {
    let (left, right) = (&pair.left[left.range()], &pair.right[right.range()]);
    if swapped { (right, left) } else { (left, right) }
}

/// The smaller word sequence goes first, so that ties fall alike for both orders of the arguments.
fn is_swapped(left: Span<Token>, right: Span<Token>, pair: Pair<'_>) -> bool {
    let ids = |words: &[Word]| words.iter().map(|w| w.id).collect::<Vec<_>>();
    ids(&pair.left[left.range()]) > ids(&pair.right[right.range()])
}

fn place(path: Vec<(Option<usize>, Option<usize>)>, left: Span<Token>, right: Span<Token>, swapped: bool) -> Vec<Column> {
    let at = |base: usize, i: Option<usize>| i.map(|i| u32::try_from(base + i).unwrap_or(u32::MAX));
    path.into_iter()
        .map(|(i, j)| if swapped { (at(left.start(), j), at(right.start(), i)) } else { (at(left.start(), i), at(right.start(), j)) })
        .collect()
}

/// Equal and differing stretches of a path; what lies between path and the ends of the spans differs.
#[must_use]
pub fn edits(columns: &[Column], left: Span<Token>, right: Span<Token>, pair: Pair<'_>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let (mut l, mut r) = (left.start(), right.start());
    let mut push = |l: Span<Token>, r: Span<Token>, equal: bool| {
        if l.is_empty() && r.is_empty() {
            return;
        }
        match out.last_mut().filter(|last| last.equal == equal) {
            Some(last) => *last = Edit { left: last.left.hull(l), right: last.right.hull(r), equal },
            None => out.push(Edit { left: l, right: r, equal }),
        }
    };
    for &(i, j) in columns {
        if let (Some(i), Some(j)) = (i, j) {
            let (i, j) = (i as usize, j as usize);
            if pair.left[i].id == pair.right[j].id {
                push(Span::new(l, i), Span::new(r, j), false);
                push(Span::new(i, i + 1), Span::new(j, j + 1), true);
                (l, r) = (i + 1, j + 1);
            }
        }
    }
    push(Span::new(l, left.end()), Span::new(r, right.end()), false);
    out
}

fn column_score(rows: &[Word], columns: &[Word], i: Option<usize>, j: Option<usize>, classes: &WordClasses, scores: Scores) -> Option<i32> {
    Some(pair_score(rows[i?].id, columns[j?].id, classes, scores))
}

fn pair_score(a: crate::id::TokenId, b: crate::id::TokenId, classes: &WordClasses, scores: Scores) -> i32 {
    if a == b {
        if classes.is_content(a) { scores.content } else { scores.stop }
    } else if classes.same_stem(a, b) {
        scores.stem
    } else {
        scores.mismatch
    }
}

/// A column of a path inside two stretches: token positions from their starts.
type Cell = (Option<usize>, Option<usize>);

/// The best part of a path that nowhere falls more than X-drop below its best so far.
fn cut(path: &[Cell], score: impl Fn(&Cell) -> Option<i32>, scores: Scores) -> Option<(Vec<Cell>, i32)> {
    let (mut sum, mut best, mut start, mut best_end) = (0, 0, 0, 0);
    let mut kept: Option<(i32, usize, usize)> = None;
    let mut gap: Option<(bool, bool)> = None;
    let mut keep = |best: i32, start: usize, end: usize| {
        if end > start && kept.is_none_or(|(top, _, _)| best > top) {
            kept = Some((best, start, end));
        }
    };
    for (k, column) in path.iter().enumerate() {
        let side = (column.0.is_none(), column.1.is_none());
        sum += score(column).unwrap_or(if gap == Some(side) { scores.gap_extend } else { scores.gap_open });
        gap = (side.0 || side.1).then_some(side);
        if sum > best {
            (best, best_end) = (sum, k + 1);
        }
        if sum < best - scores.x_drop || sum <= 0 {
            keep(best, start, best_end);
            (sum, best, start, best_end) = (0, 0, k + 1, k + 1);
        }
    }
    keep(best, start, best_end);
    kept.map(|(best, start, end)| (path[start..end].to_vec(), best))
}

/// Gotoh's three matrices in one: only directions are kept, one byte a cell of the band.
struct Matrix {
    directions: Vec<u8>,
    width: usize,
    low: i64,
    rows: usize,
    end: (usize, usize),
    mode: Mode,
}

/// Which alignment a matrix is filled for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The best part of both.
    Local,
    /// All of both.
    Whole,
    /// From the start of both to the farthest equal words that cost no more than this.
    Anchored { max_loss: i32 },
}

const STOP: u8 = 0;
const DIAGONAL: u8 = 1;
const UP: u8 = 2;
const SIDE: u8 = 3;
/// The gap upwards goes on instead of opening.
const UP_ON: u8 = 4;
/// The gap sideways goes on.
const SIDE_ON: u8 = 8;
const NEVER: i32 = i32::MIN / 4;

impl Matrix {
    fn fill(rows: &[Word], columns: &[Word], classes: &WordClasses, scores: Scores, band: (i64, i64), mode: Mode) -> Self {
        let local = mode == Mode::Local;
        let (m, n) = (rows.len(), columns.len());
        let (low, high) = (band.0.max(-(m as i64)), band.1.min(n as i64));
        let width = usize::try_from(high - low + 1).unwrap_or(0);
        let mut directions = vec![STOP; (m + 1) * width];
        let gap = |k: usize| if k == 0 { 0 } else { scores.gap_open + scores.gap_extend * (i32::try_from(k).unwrap_or(i32::MAX / 64) - 1) };
        // Index in a row of the band: column j of row i stands at j - i - low.
        let mut best = vec![NEVER; width];
        let mut up = vec![NEVER; width];
        let (mut top, mut end) = (0, (0, 0));
        let mut reach = (0, i32::MIN);
        let cell = |i: usize, j: usize| usize::try_from(j as i64 - i as i64 - low).ok().filter(|&k| k < width);
        for j in 0..=n {
            let Some(k) = cell(0, j) else { continue };
            best[k] = if local { 0 } else { gap(j) };
            directions[k] = if local || j == 0 {
                STOP
            } else if j == 1 {
                SIDE
            } else {
                SIDE | SIDE_ON
            };
        }
        for i in 1..=m {
            let from = usize::try_from((i as i64 + low).max(0)).unwrap_or(0);
            let to = usize::try_from((i as i64 + high).min(n as i64)).unwrap_or(0);
            let mut side = NEVER;
            let mut left_best = NEVER;
            let row = &mut directions[i * width..(i + 1) * width];
            // The row above stands one place further right in the band: place k + 1 of it is straight above place k.
            for j in from..=to {
                let Some(k) = cell(i, j) else { continue };
                let above = best.get(k + 1).copied().unwrap_or(NEVER);
                let above_up = up.get(k + 1).copied().unwrap_or(NEVER);
                let (open, on) = (above.saturating_add(scores.gap_open), above_up.saturating_add(scores.gap_extend));
                let up_here = open.max(on);
                let mut direction = if on > open { UP_ON } else { 0 };
                let (open, on) = (left_best.saturating_add(scores.gap_open), side.saturating_add(scores.gap_extend));
                side = open.max(on);
                if on > open {
                    direction |= SIDE_ON;
                }
                let diagonal =
                    if j == 0 { NEVER } else { best[k].saturating_add(pair_score(rows[i - 1].id, columns[j - 1].id, classes, scores)) };
                let mut here = if local { 0 } else { NEVER };
                let mut come = STOP;
                for (value, from) in [(diagonal, DIAGONAL), (up_here, UP), (side, SIDE)] {
                    if value > here {
                        (here, come) = (value, from);
                    }
                }
                if !local && j == 0 {
                    (here, come) = (gap(i), UP);
                    direction = if i == 1 { 0 } else { UP_ON };
                }
                row[k] = direction | come;
                best[k] = here;
                up[k] = up_here;
                left_best = here;
                if local && here > top {
                    (top, end) = (here, (i, j));
                }
                if let Mode::Anchored { max_loss } = mode
                    && come == DIAGONAL
                    && rows[i - 1].id == columns[j - 1].id
                    && here >= -max_loss
                    && (i + j, here) > reach
                {
                    (reach, end) = ((i + j, here), (i, j));
                }
            }
        }
        if mode == Mode::Whole {
            end = (m, n);
        }
        Self { directions, width, low, rows: m, end, mode }
    }

    fn direction(&self, i: usize, j: usize) -> u8 {
        let k = usize::try_from(j as i64 - i as i64 - self.low).ok().filter(|&k| k < self.width && i <= self.rows);
        k.map_or(STOP, |k| self.directions[i * self.width + k])
    }

    fn path(&self) -> Vec<Cell> {
        let (mut i, mut j) = self.end;
        let mut out = Vec::new();
        while i > 0 || j > 0 {
            let direction = self.direction(i, j);
            match direction & 3 {
                DIAGONAL => {
                    (i, j) = (i - 1, j - 1);
                    out.push((Some(i), Some(j)));
                }
                UP => loop {
                    let on = self.direction(i, j) & UP_ON != 0;
                    i -= 1;
                    out.push((Some(i), None));
                    if !on || i == 0 {
                        break;
                    }
                },
                SIDE => loop {
                    let on = self.direction(i, j) & SIDE_ON != 0;
                    j -= 1;
                    out.push((None, Some(j)));
                    if !on || j == 0 {
                        break;
                    }
                },
                _ if self.mode == Mode::Local => break,
                // Off the band in a whole alignment: what is left differs.
                _ => {
                    out.extend((0..j).rev().map(|j| (None, Some(j))));
                    out.extend((0..i).rev().map(|i| (Some(i), None)));
                    break;
                }
            }
        }
        out.reverse();
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::text::language::Language;

    fn read(left: &str, right: &str) -> (Document, Document, WordClasses) {
        let mut vocabulary = Vocabulary::default();
        let mut document = |text: &str| Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let (left, right) = (document(left), document(right));
        let classes = WordClasses::new(&vocabulary);
        (left, right, classes)
    }

    fn differing<'t>(left: &'t str, right: &'t str) -> Vec<(&'t str, &'t str)> {
        let (l, r, classes) = read(left, right);
        let pair = Pair { left: l.words(), right: r.words(), classes: &classes };
        let all = |d: &Document| Span::new(0, d.words().len());
        let text = |d: &Document, span, text: &'t str| d.bytes(span).map_or("", |b| b.of(text));
        let edits = global(all(&l), all(&r), pair, &ReuseSettings::for_articles(2));
        edits.iter().filter(|e| !e.equal).map(|e| (text(&l, e.left, left), text(&r, e.right, right))).collect()
    }

    #[test]
    fn whole_alignments_show_what_differs() {
        assert_eq!(
            differing("and targeting resistance groups from time to time", "and targeting anti-terror groups from time to time"),
            [("resistance", "anti-terror")]
        );
        assert_eq!(
            differing("end the territorial rule of the Takfiri outfit in the country", "end the territorial rule of Daesh in the country"),
            [("the Takfiri outfit", "Daesh")]
        );
        assert_eq!(differing("under the false pretext", "under the later debunked pretext"), [("false", "later debunked")]);
        assert_eq!(differing("", "one word"), [("", "one word")]);
    }

    /// Full quadratic Smith-Waterman-Gotoh score by its recurrence, without band or directions.
    fn naive_score(a: &[Word], b: &[Word], classes: &WordClasses, scores: Scores) -> i32 {
        let (m, n) = (a.len(), b.len());
        let mut h = vec![vec![0; n + 1]; m + 1];
        let mut e = vec![vec![NEVER; n + 1]; m + 1];
        let mut f = vec![vec![NEVER; n + 1]; m + 1];
        let mut top = 0;
        for i in 1..=m {
            for j in 1..=n {
                e[i][j] = (h[i][j - 1] + scores.gap_open).max(e[i][j - 1] + scores.gap_extend);
                f[i][j] = (h[i - 1][j] + scores.gap_open).max(f[i - 1][j] + scores.gap_extend);
                let d = h[i - 1][j - 1] + pair_score(a[i - 1].id, b[j - 1].id, classes, scores);
                h[i][j] = d.max(e[i][j]).max(f[i][j]).max(0);
                top = top.max(h[i][j]);
            }
        }
        top
    }

    fn words() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!["the", "of", "troops", "troop", "base", "said", "left", "iraq"]), 0..40)
            .prop_map(|w| w.join(" "))
    }

    proptest! {
        #[test]
        fn score_equals_the_naive_one_and_mirrors(left in words(), right in words()) {
            let (l, r, classes) = read(&left, &right);
            // Without X-drop the best path has the best score.
            let scores = Scores { x_drop: i32::MAX / 4, ..ReuseSettings::for_articles(2).scores };
            let all = |d: &Document| Span::new(0, d.words().len());
            let forth = best_path(all(&l), all(&r), Pair { left: l.words(), right: r.words(), classes: &classes }, scores, None);
            let back = best_path(all(&r), all(&l), Pair { left: r.words(), right: l.words(), classes: &classes }, scores, None);
            prop_assert_eq!(forth.as_ref().map_or(0, |p| p.score), naive_score(l.words(), r.words(), &classes, scores));
            let mirrored = back.map(|p| p.columns.into_iter().map(|(a, b)| (b, a)).collect::<Vec<_>>());
            if l.words().iter().map(|w| w.id).ne(r.words().iter().map(|w| w.id)) {
                prop_assert_eq!(forth.map(|p| p.columns), mirrored);
            }
        }

        #[test]
        fn edits_tile_both_sides(left in words(), right in words()) {
            let (l, r, classes) = read(&left, &right);
            let all = |d: &Document| Span::new(0, d.words().len());
            let edits = global(all(&l), all(&r), Pair { left: l.words(), right: r.words(), classes: &classes }, &ReuseSettings::for_articles(2));
            let (mut at_l, mut at_r) = (0, 0);
            for edit in &edits {
                prop_assert_eq!((edit.left.start(), edit.right.start()), (at_l, at_r));
                (at_l, at_r) = (edit.left.end(), edit.right.end());
            }
            prop_assert_eq!((at_l, at_r), (l.words().len(), r.words().len()));
        }
    }
}
