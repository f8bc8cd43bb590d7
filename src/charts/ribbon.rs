//! A quotation in columns: one a word of the base, one where a printing has words in between.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::provenance::drift::{DifferenceKind, Drift};
use crate::provenance::quote_group::{Printing, QuoteGroup};
use crate::text::span::{Span, Token};

use super::label::{label, width_of};

/// Size of the words.
pub(super) const WORD_SIZE: f64 = 13.0;
/// Space between columns.
const SPACE: f64 = 5.0;
/// Longest words of a printing shown in a column, in characters.
const LONGEST: usize = 24;

/// A column of a quotation.
#[derive(Debug)]
pub(super) struct Column<'f> {
    /// The base's word; nothing where only printings have words.
    pub(super) word: Cow<'f, str>,
    pub(super) width: f64,
}

/// What a printing has in some columns, from the first to before the last.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// The base's words.
    Kept(usize, usize),
    /// Nothing.
    Gap(usize, usize),
    /// Other words, or the same words spelled otherwise.
    Changed(usize, usize, String),
}

/// A quotation, laid out.
#[derive(Debug)]
pub(super) struct Ribbon<'f> {
    pub(super) columns: Vec<Column<'f>>,
    /// For each printing given, its pieces; none for reported speech.
    pub(super) printings: Vec<Vec<Piece>>,
}

/// Lays out a quotation with some of its printings, as far as `longest` words of its base.
pub(super) fn ribbon<'f>(findings: &'f Findings<'_>, group: &QuoteGroup, printings: &[&Printing], longest: usize) -> Ribbon<'f> {
    let corpus = findings.corpus;
    let base = group.base.0;
    let utterance = &findings.articles[base.index()].utterances[group.base.1];
    let tokens = corpus.document(base).tokens(utterance.content);
    let tokens = Span::<Token>::new(tokens.start(), tokens.end().min(tokens.start() + longest));
    let added =
        |place: usize| printings.iter().any(|p| p.differences.iter().any(|d| d.kind == DifferenceKind::Added && d.base.start() == place));
    let mut columns = Vec::new();
    // Where each token of the base stands among the columns, and where words before it would.
    let (mut at, mut before) = (Vec::new(), Vec::new());
    for token in tokens.range().chain([tokens.end()]) {
        before.push(columns.len());
        if added(token) {
            columns.push(Column { word: Cow::Borrowed(""), width: 0.0 });
        }
        at.push(columns.len());
        if token < tokens.end() {
            let word = corpus.text(Locus { article: base, tokens: Span::new(token, token + 1) });
            columns.push(Column { width: width_of(&label(&word, LONGEST), WORD_SIZE * 1.14) + SPACE, word });
        }
    }
    let column = |token: usize, list: &[usize]| list.get(token.saturating_sub(tokens.start()).min(list.len() - 1)).copied().unwrap_or(0);
    let mut pieces = Vec::new();
    for printing in printings {
        let mut changes: Vec<(usize, usize, Option<String>)> = Vec::new();
        for difference in printing.differences.iter().filter(|d| d.base.start() >= tokens.start() && d.base.start() <= tokens.end()) {
            let own = || label(&corpus.text(Locus { article: printing.node.0, tokens: difference.member }), LONGEST);
            let (start, end) = (column(difference.base.start(), &at), column(difference.base.end(), &before));
            match difference.kind {
                DifferenceKind::LeftOut => changes.push((start, end, None)),
                DifferenceKind::Replaced | DifferenceKind::Spelling => changes.push((start, end, Some(own()))),
                DifferenceKind::Added => {
                    let place = column(difference.base.start(), &before);
                    changes.push((place, place + 1, Some(own())));
                }
                DifferenceKind::Bracketed => {}
            }
        }
        changes.retain(|(start, end, _)| start < end);
        changes.sort_by_key(|change| (change.0, change.1));
        for (start, end, text) in &changes {
            let Some(text) = text else { continue };
            // Words that are longer than what they stand for make room.
            let needed = width_of(text, WORD_SIZE) + SPACE + 4.0;
            let there: f64 = columns[*start..*end].iter().map(|c: &Column<'_>| c.width).sum();
            columns[*start].width += (needed - there).max(0.0);
        }
        pieces.push(if printing.drift == Drift::ToIndirect { Vec::new() } else { whole(&columns, changes) });
    }
    Ribbon { columns, printings: pieces }
}

/// Changes and what lies between them: kept where the base has words, else nothing.
fn whole(columns: &[Column<'_>], changes: Vec<(usize, usize, Option<String>)>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut at = 0;
    let fill = |out: &mut Vec<Piece>, from: usize, to: usize| {
        for (i, column) in columns.iter().enumerate().take(to).skip(from) {
            match out.last_mut() {
                // A run goes on over a column that is another printing's.
                Some(Piece::Kept(_, end)) => *end = i + 1,
                _ if column.word.is_empty() => {}
                _ => out.push(Piece::Kept(i, i + 1)),
            }
        }
    };
    for (start, end, text) in changes {
        if start < at {
            continue;
        }
        fill(&mut out, at, start);
        out.push(text.map_or(Piece::Gap(start, end), |text| Piece::Changed(start, end, text)));
        at = end;
    }
    fill(&mut out, at, columns.len());
    out
}

#[cfg(test)]
mod tests {
    use super::{Column, Piece, whole};

    #[test]
    fn what_lies_between_changes_is_kept() {
        let columns: Vec<Column<'_>> = ["a", "b", "", "c", "d"].map(|word| Column { word: word.into(), width: 1.0 }).into();
        let pieces = whole(&columns, vec![(1, 2, None), (3, 4, Some("x".into()))]);
        assert_eq!(pieces, [Piece::Kept(0, 1), Piece::Gap(1, 2), Piece::Changed(3, 4, "x".into()), Piece::Kept(4, 5)]);
        assert_eq!(whole(&columns, vec![]), [Piece::Kept(0, 5)]);
    }
}
