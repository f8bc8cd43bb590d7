//! Laying two stretches word to word: runs of equal words from the seeds, alignment with affine gaps (Smith & Waterman
//! 1981; Gotoh 1982) between and beyond them, parted by X-drop (Altschul, S. F. et al. 1990).
//!
//! Cost: the length of the runs, and one byte of traceback for each cell of the matrices between them. Scores are whole
//! tenths, ties go the same way for `(a, b)` and `(b, a)`, so that one is the mirror of the other.

use std::collections::BTreeMap;

use crate::corpus::document::Word;
use crate::id::TokenId;
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

/// The local alignments of a candidate, in order on the left: its seeds are laid as runs of equal words, what lies between
/// them is aligned whole, what lies outside is followed as far as it pays. The path is parted where it falls more than X-drop
/// below its best, and every part that holds a seed is kept (after Waterman & Eggert 1987: one best alignment is not all).
#[must_use]
pub fn local(candidate: &Candidate, pair: Pair<'_>, settings: &ReuseSettings) -> Vec<Path> {
    let runs = runs(candidate, pair, settings.seed_words);
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
    let (l, r) = (candidate.left.tokens, candidate.right.tokens);
    let mut columns = follow(Span::new(l.start(), first.left), Span::new(r.start(), first.right), pair, settings.scores, End::Head);
    for (i, run) in runs.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).map(|before| runs[before]) {
            let between = (Span::new(before.left + before.len, run.left), Span::new(before.right + before.len, run.right));
            columns.extend(whole(between.0, between.1, pair, settings));
        }
        columns.extend((0..run.len).map(|k| (column(run.left + k), column(run.right + k))));
    }
    let (from_l, from_r) = (last.left + last.len, last.right + last.len);
    columns.extend(follow(Span::new(from_l, l.end()), Span::new(from_r, r.end()), pair, settings.scores, End::Tail));
    let holds_seed = |path: &Path| {
        let spans = path_spans(&path.columns);
        let inside = |span: Span<Token>, at: u32| span.start() <= at as usize && at as usize + settings.seed_words <= span.end();
        spans.is_some_and(|(l, r)| {
            // Seeds of a chain rise: those of a part are looked at, and not all for each part.
            let from = candidate.seeds.partition_point(|seed| (seed.0 as usize) < l.start());
            candidate.seeds[from..].iter().take_while(|seed| inside(l, seed.0)).any(|seed| inside(r, seed.1))
        })
    };
    let score = |c: &Column| Some(pair_score(pair.left[c.0? as usize].id, pair.right[c.1? as usize].id, pair.classes, settings.scores));
    parts(&columns, score, settings.scores).into_iter().filter(holds_seed).collect()
}

fn column(at: usize) -> Option<u32> {
    Some(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Equal words in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    left: usize,
    right: usize,
    len: usize,
}

/// The seeds of a candidate as runs of equal words, drawn out as far as words are equal; each follows the one before on both
/// sides. A seed that overlaps an earlier one on another diagonal is left out.
fn runs(candidate: &Candidate, pair: Pair<'_>, seed_words: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let equal = |l: usize, r: usize| pair.left[l].id == pair.right[r].id;
    let (end_l, end_r) = (candidate.left.tokens.end(), candidate.right.tokens.end());
    for &(l, r) in &candidate.seeds {
        let (mut l, mut r) = (l as usize, r as usize);
        let (free_l, free_r) = runs
            .last()
            .map_or((candidate.left.tokens.start(), candidate.right.tokens.start()), |run| (run.left + run.len, run.right + run.len));
        let on_diagonal = runs.last().is_some_and(|run| l >= run.left && l - run.left == r.wrapping_sub(run.right));
        if on_diagonal && l + seed_words <= free_l || !on_diagonal && (l < free_l || r < free_r) {
            continue;
        }
        let mut end = (l + seed_words, r + seed_words);
        while end.0 < end_l && end.1 < end_r && equal(end.0, end.1) {
            end = (end.0 + 1, end.1 + 1);
        }
        match runs.last_mut().filter(|_| on_diagonal && l <= free_l) {
            Some(run) => run.len = end.0 - run.left,
            None => {
                while l > free_l && r > free_r && equal(l - 1, r - 1) {
                    (l, r) = (l - 1, r - 1);
                }
                runs.push(Run { left: l, right: r, len: end.0 - l });
            }
        }
    }
    runs
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

/// The words of two spans that meet an alignment at one end, as far as following them pays: the best-scoring path from that
/// end, in order of the text.
#[must_use]
fn follow(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, scores: Scores, end: End) -> Vec<Column> {
    from_end(left, right, pair, scores, end, Mode::Follow)
}

fn from_end(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, scores: Scores, end: End, mode: Mode) -> Vec<Column> {
    if left.is_empty() || right.is_empty() {
        return Vec::new();
    }
    let swapped = is_swapped(left, right, pair);
    let (mut rows, mut columns) = oriented(left, right, pair, swapped);
    if end == End::Head {
        rows.reverse();
        columns.reverse();
    }
    let (m, n) = (rows.len(), columns.len());
    let mut path = Matrix::fill(&rows, &columns, scores, (-(m as i64), n as i64), mode).path();
    if end == End::Head {
        path.reverse();
        path.iter_mut().for_each(|c| *c = (c.0.map(|i| m - 1 - i), c.1.map(|j| n - 1 - j)));
    }
    place(path, left, right, swapped)
}

/// The best alignment of two whole stretches, ends included.
#[must_use]
pub fn global(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, settings: &ReuseSettings) -> Vec<Edit> {
    let equal = |l: usize, r: usize| pair.left[l].id == pair.right[r].id;
    let (mut l, mut r) = (left, right);
    let mut columns = Vec::with_capacity(l.len().max(r.len()));
    // Most witnesses begin and end alike: no matrix is needed for that.
    while !l.is_empty() && !r.is_empty() && equal(l.start(), r.start()) {
        columns.push((column(l.start()), column(r.start())));
        (l, r) = (Span::new(l.start() + 1, l.end()), Span::new(r.start() + 1, r.end()));
    }
    let mut tail = Vec::new();
    while !l.is_empty() && !r.is_empty() && equal(l.end() - 1, r.end() - 1) {
        tail.push((column(l.end() - 1), column(r.end() - 1)));
        (l, r) = (Span::new(l.start(), l.end() - 1), Span::new(r.start(), r.end() - 1));
    }
    columns.extend(whole(l, r, pair, settings));
    columns.extend(tail.into_iter().rev());
    edits(&columns, left, right, pair)
}

fn whole(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, settings: &ReuseSettings) -> Vec<Column> {
    if left.is_empty() || right.is_empty() {
        return left.range().map(|i| (column(i), None)).chain(right.range().map(|j| (None, column(j)))).collect();
    }
    let swapped = is_swapped(left, right, pair);
    let (rows, columns) = oriented(left, right, pair, swapped);
    // The whole matrix where it is affordable: insertions on both sides may add up to more than any fixed margin.
    let shift = columns.len() as i64 - rows.len() as i64;
    let margin =
        if rows.len().saturating_mul(columns.len()) <= LARGEST_MATRIX { rows.len().max(columns.len()) } else { 10 * settings.margin }
            as i64;
    let band = (shift.min(0) - margin, shift.max(0) + margin);
    let width = usize::try_from(band.1 - band.0).unwrap_or(usize::MAX).min(rows.len() + columns.len());
    if rows.len().saturating_mul(width) > 2 * LARGEST_MATRIX {
        return between_anchors(left, right, pair, settings);
    }
    place(Matrix::fill(&rows, &columns, settings.scores, band, Mode::Whole).path(), left, right, swapped)
}

/// Words of a run that stands once on both sides and holds two long stretches together.
const ANCHOR: usize = 8;

/// Two stretches too long for a matrix: runs of words that stand once on both sides, as many as follow each other (patience
/// differencing; Cohen, B. 2005), and what lies between them aligned whole. Without such runs the stretches differ.
fn between_anchors(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, settings: &ReuseSettings) -> Vec<Column> {
    if is_swapped(left, right, pair) {
        // Several chains can be the longest: the same one is taken from either side.
        let turned = Pair { left: pair.right, right: pair.left, ..pair };
        return between_anchors(right, left, turned, settings).into_iter().map(|(r, l)| (l, r)).collect();
    }
    let differ = |l: Span<Token>, r: Span<Token>| {
        l.range().map(|i| (column(i), None)).chain(r.range().map(|j| (None, column(j)))).collect::<Vec<_>>()
    };
    let once = |words: &[Word], span: Span<Token>| {
        let mut runs: BTreeMap<Vec<TokenId>, Option<usize>> = BTreeMap::new();
        for (k, run) in words[span.range()].windows(ANCHOR).enumerate() {
            runs.entry(run.iter().map(|w| w.id).collect()).and_modify(|at| *at = None).or_insert(Some(span.start() + k));
        }
        runs
    };
    let (in_left, in_right) = (once(pair.left, left), once(pair.right, right));
    let mut anchors: Vec<(usize, usize)> = in_left.iter().filter_map(|(run, &l)| Some((l?, (*in_right.get(run)?)?))).collect();
    anchors.sort_unstable();
    // Longest rising sequence on the right: the last anchor of each length, and for each anchor the one before it.
    let (mut last, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::with_capacity(anchors.len()));
    for (k, &(_, r)) in anchors.iter().enumerate() {
        let length = last.partition_point(|&other| anchors[other].1 < r);
        before.push(length.checked_sub(1).map(|shorter| last[shorter]));
        if length == last.len() { last.push(k) } else { last[length] = k }
    }
    let mut chain: Vec<(usize, usize)> = std::iter::successors(last.last().copied(), |&k| before[k]).map(|k| anchors[k]).collect();
    chain.reverse();
    if chain.is_empty() {
        return differ(left, right);
    }
    let mut out = Vec::new();
    let (mut l, mut r) = (left.start(), right.start());
    for &(to_l, to_r) in chain.iter().chain(std::iter::once(&(left.end(), right.end()))) {
        if to_l < l || to_r < r {
            continue;
        }
        let (gap_l, gap_r) = (Span::new(l, to_l), Span::new(r, to_r));
        let affordable = gap_l.len().max(gap_r.len()).saturating_mul(gap_l.len() + gap_r.len()) <= LARGEST_MATRIX;
        out.extend(if affordable { whole(gap_l, gap_r, pair, settings) } else { differ(gap_l, gap_r) });
        (l, r) = (to_l, to_r);
        while l < left.end() && r < right.end() && pair.left[l].id == pair.right[r].id {
            out.push((column(l), column(r)));
            (l, r) = (l + 1, r + 1);
        }
    }
    out
}

/// How the words of two spans that meet an alignment at one end go on: columns in order of the text, from the farthest equal
/// words that a loss of at most `max_loss` reaches. Empty where fewer than `min_equal` equal words are gained.
#[must_use]
pub fn extension(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, settings: &ReuseSettings, end: End) -> Vec<Column> {
    let mode = Mode::Anchored { max_loss: settings.extension_loss };
    let mut path = from_end(left, right, pair, settings.scores, end, mode);
    let same = |c: &Column| matches!(c, (Some(i), Some(j)) if pair.left[*i as usize].id == pair.right[*j as usize].id);
    if end == End::Tail {
        // A passage does not end in "of the".
        let carries = |c: &Column| same(c) && c.0.is_some_and(|i| pair.classes.is_content(pair.left[i as usize].id));
        path.truncate(path.iter().rposition(carries).map_or(0, |last| last + 1));
    }
    if path.iter().filter(|c| same(c)).count() < settings.extension_equal { Vec::new() } else { path }
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

/// A word as the matrix sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Symbol {
    id: TokenId,
    stem: u32,
    content: bool,
}

fn oriented(left: Span<Token>, right: Span<Token>, pair: Pair<'_>, swapped: bool) -> (Vec<Symbol>, Vec<Symbol>) {
    let symbols = |words: &[Word]| -> Vec<Symbol> { words.iter().map(|w| symbol(w.id, pair.classes)).collect() };
    let (left, right) = (symbols(&pair.left[left.range()]), symbols(&pair.right[right.range()]));
    if swapped { (right, left) } else { (left, right) }
}

/// The smaller word sequence goes first, so that ties fall alike for both orders of the arguments.
fn is_swapped(left: Span<Token>, right: Span<Token>, pair: Pair<'_>) -> bool {
    pair.classes.goes_after(pair.left[left.range()].iter().map(|w| w.id), pair.right[right.range()].iter().map(|w| w.id))
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

fn pair_score(a: TokenId, b: TokenId, classes: &WordClasses, scores: Scores) -> i32 {
    symbol_score(symbol(a, classes), symbol(b, classes), scores)
}

fn symbol(id: TokenId, classes: &WordClasses) -> Symbol {
    Symbol { id, stem: classes.stem(id), content: classes.is_content(id) }
}

fn symbol_score(a: Symbol, b: Symbol, scores: Scores) -> i32 {
    if a.id == b.id {
        if a.content { scores.content } else { scores.stop }
    } else if a.stem == b.stem {
        scores.stem
    } else {
        scores.mismatch
    }
}

/// A column of a path inside two stretches: token positions from their starts.
type Cell = (Option<usize>, Option<usize>);

/// The parts of a path that nowhere fall more than X-drop below their best so far, each up to that best.
fn parts(path: &[Column], score: impl Fn(&Column) -> Option<i32>, scores: Scores) -> Vec<Path> {
    let (mut sum, mut best, mut start, mut best_end) = (0, 0, 0, 0);
    let mut out: Vec<Path> = Vec::new();
    let mut gap: Option<(bool, bool)> = None;
    let mut keep = |best: i32, start: usize, end: usize| {
        if end > start {
            out.push(Path { columns: path[start..end].to_vec(), score: best });
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
    out
}

/// Gotoh's three matrices in one: only directions are kept, one byte a cell of the band.
struct Matrix {
    directions: Vec<u8>,
    width: usize,
    low: i64,
    rows: usize,
    end: (usize, usize),
}

/// Which alignment a matrix is filled for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// From the start of both to where the score is best.
    Follow,
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
    fn fill(rows: &[Symbol], columns: &[Symbol], scores: Scores, band: (i64, i64), mode: Mode) -> Self {
        let (m, n) = (rows.len(), columns.len());
        let (low, high) = (band.0.max(-(m as i64)), band.1.min(n as i64));
        let width = usize::try_from(high - low + 1).unwrap_or(0);
        let mut directions = vec![STOP; (m + 1) * width];
        let gap = |k: usize| if k == 0 { 0 } else { scores.gap_open + scores.gap_extend * (i32::try_from(k).unwrap_or(i32::MAX / 64) - 1) };
        // Index in a row of the band: column j of row i stands at j - i - low.
        // One place more than the band, which stays out of reach.
        let mut best = vec![NEVER; width + 1];
        let mut up = vec![NEVER; width + 1];
        let (mut top, mut end) = (0, (0, 0));
        let mut reach = (0, i32::MIN);
        for j in 0..=n {
            let Some(k) = usize::try_from(j as i64 - low).ok().filter(|&k| k < width) else { continue };
            best[k] = gap(j);
            directions[k] = if j == 0 {
                STOP
            } else if j == 1 {
                SIDE
            } else {
                SIDE | SIDE_ON
            };
        }
        let anchored = if let Mode::Anchored { max_loss } = mode { Some(-max_loss) } else { None };
        for i in 1..=m {
            let mut from = usize::try_from((i as i64 + low).max(0)).unwrap_or(0);
            let to = usize::try_from((i as i64 + high).min(n as i64)).unwrap_or(0);
            if from > to {
                continue;
            }
            let mut side = NEVER;
            let mut left_best = NEVER;
            let (mut row_best, mut row_end) = (NEVER, from);
            let row = &mut directions[i * width..(i + 1) * width];
            let mut k = usize::try_from(from as i64 - i as i64 - low).unwrap_or(0);
            if from == 0 {
                (left_best, row_best) = (gap(i), gap(i));
                // Straight above place k of the band stands place k + 1 of the row before.
                up[k] = best[k + 1].wrapping_add(scores.gap_open).max(up[k + 1].wrapping_add(scores.gap_extend));
                best[k] = left_best;
                row[k] = if i == 1 { UP } else { UP | UP_ON };
                (from, k) = (1, k + 1);
            }
            if from > to {
                continue;
            }
            let length = to - from + 1;
            let symbol = rows[i - 1];
            let columns = &columns[from - 1..from - 1 + length];
            let best = &mut best[k..k + length + 1];
            let up = &mut up[k..k + length + 1];
            let row = &mut row[k..k + length];
            // Scores stay far from the limits of their type: no sum of a matrix that fits memory gets there.
            for x in 0..length {
                let (open, on) = (best[x + 1].wrapping_add(scores.gap_open), up[x + 1].wrapping_add(scores.gap_extend));
                let up_here = open.max(on);
                let mut direction = if on > open { UP_ON } else { 0 };
                let (open, on) = (left_best.wrapping_add(scores.gap_open), side.wrapping_add(scores.gap_extend));
                side = open.max(on);
                direction |= if on > open { SIDE_ON } else { 0 };
                let (mut here, mut come) = (best[x].wrapping_add(symbol_score(symbol, columns[x], scores)), DIAGONAL);
                if up_here > here {
                    (here, come) = (up_here, UP);
                }
                if side > here {
                    (here, come) = (side, SIDE);
                }
                row[x] = direction | come;
                best[x] = here;
                up[x] = up_here;
                left_best = here;
                if here > row_best {
                    (row_best, row_end) = (here, from + x);
                }
                if anchored.is_some_and(|least| here >= least)
                    && come == DIAGONAL
                    && symbol.id == columns[x].id
                    && (i + from + x, here) > reach
                {
                    (reach, end) = ((i + from + x, here), (i, from + x));
                }
            }
            if mode == Mode::Follow && row_best > top {
                (top, end) = (row_best, (i, row_end));
            }
            // Beyond X-drop the path would be parted anyway.
            if mode == Mode::Follow && row_best < top - scores.x_drop {
                break;
            }
        }
        if mode == Mode::Whole {
            end = (m, n);
        }
        Self { directions, width, low, rows: m, end }
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
    use crate::id::ArticleId;
    use crate::reuse::candidate::candidates;
    use crate::reuse::postings::Seed;
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

    /// Quadratic scores by their recurrence (Gotoh 1982), without band or directions: of both whole, and of the best start.
    fn naive_scores(a: &[Word], b: &[Word], classes: &WordClasses, scores: Scores) -> (i32, i32) {
        let (m, n) = (a.len(), b.len());
        let gap = |k: usize| if k == 0 { 0 } else { scores.gap_open + scores.gap_extend * (i32::try_from(k).unwrap() - 1) };
        let mut h = vec![vec![NEVER; n + 1]; m + 1];
        let mut e = vec![vec![NEVER; n + 1]; m + 1];
        let mut f = vec![vec![NEVER; n + 1]; m + 1];
        let mut top = 0;
        for i in 0..=m {
            for j in 0..=n {
                if i == 0 || j == 0 {
                    h[i][j] = gap(i + j);
                    continue;
                }
                e[i][j] = (h[i][j - 1] + scores.gap_open).max(e[i][j - 1] + scores.gap_extend);
                f[i][j] = (h[i - 1][j] + scores.gap_open).max(f[i - 1][j] + scores.gap_extend);
                let d = h[i - 1][j - 1] + pair_score(a[i - 1].id, b[j - 1].id, classes, scores);
                h[i][j] = d.max(e[i][j]).max(f[i][j]);
                top = top.max(h[i][j]);
            }
        }
        (h[m][n], top)
    }

    /// What a path costs, column by column.
    fn score_of(columns: &[Column], pair: Pair<'_>, scores: Scores) -> i32 {
        let mut gap = None;
        columns
            .iter()
            .map(|c| {
                let side = (c.0.is_none(), c.1.is_none());
                let open = gap.replace(side) != Some(side);
                match *c {
                    (Some(i), Some(j)) => pair_score(pair.left[i as usize].id, pair.right[j as usize].id, pair.classes, scores),
                    _ if open => scores.gap_open,
                    _ => scores.gap_extend,
                }
            })
            .sum()
    }

    fn words() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!["the", "of", "troops", "troop", "base", "said", "left", "iraq"]), 0..40)
            .prop_map(|w| w.join(" "))
    }

    proptest! {
        #[test]
        fn scores_equal_the_naive_ones_and_mirror(left in words(), right in words()) {
            let (l, r, classes) = read(&left, &right);
            let mut settings = ReuseSettings::for_articles(2);
            // With X-drop, what lies beyond a long bad stretch is not looked at.
            settings.scores.x_drop = i32::MAX / 4;
            let all = |d: &Document| Span::new(0, d.words().len());
            let forth = Pair { left: l.words(), right: r.words(), classes: &classes };
            let back = Pair { left: r.words(), right: l.words(), classes: &classes };
            let mirror = |columns: Vec<Column>| columns.into_iter().map(|(a, b)| (b, a)).collect::<Vec<_>>();
            let (naive_whole, naive_best) = naive_scores(l.words(), r.words(), &classes, settings.scores);
            let path = whole(all(&l), all(&r), forth, &settings);
            prop_assert_eq!(score_of(&path, forth, settings.scores), naive_whole);
            let followed = follow(all(&l), all(&r), forth, settings.scores, End::Tail);
            prop_assert_eq!(score_of(&followed, forth, settings.scores), naive_best);
            if l.words().iter().map(|w| w.id).ne(r.words().iter().map(|w| w.id)) {
                prop_assert_eq!(path, mirror(whole(all(&r), all(&l), back, &settings)));
                prop_assert_eq!(followed, mirror(follow(all(&r), all(&l), back, settings.scores, End::Tail)));
            }
        }

        #[test]
        fn local_alignments_mirror(left in words(), right in words()) {
            let (l, r, classes) = read(&left, &right);
            let settings = ReuseSettings { seed_words: 3, ..ReuseSettings::for_articles(2) };
            let mut seeds = Vec::new();
            for (i, a) in l.words().windows(3).enumerate() {
                for (j, _) in r.words().windows(3).enumerate().filter(|(_, b)| a.iter().map(|w| w.id).eq(b.iter().map(|w| w.id))) {
                    let token = |at: usize| u32::try_from(at).unwrap();
                    seeds.push(Seed { left: ArticleId::new(0), right: ArticleId::new(1), left_token: token(i), right_token: token(j), texts: 2 });
                }
            }
            let mut turned: Vec<Seed> = seeds.iter().map(|s| Seed { left_token: s.right_token, right_token: s.left_token, ..*s }).collect();
            turned.sort_unstable();
            let spans = |seeds: &[Seed], l: &Document, r: &Document| {
                let pair = Pair { left: l.words(), right: r.words(), classes: &classes };
                let found = candidates(seeds, (l, r), &classes, &settings);
                let mut found: Vec<_> = found.iter().flat_map(|c| local(c, pair, &settings)).map(|p| (path_spans(&p.columns), p.score)).collect();
                found.sort_unstable();
                found
            };
            let mut back: Vec<_> = spans(&turned, &r, &l).into_iter().map(|(s, score)| (s.map(|(a, b)| (b, a)), score)).collect();
            back.sort_unstable();
            if l.words().iter().map(|w| w.id).ne(r.words().iter().map(|w| w.id)) {
                prop_assert_eq!(spans(&seeds, &l, &r), back);
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
