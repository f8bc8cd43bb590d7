//! The witnesses of a passage as texts: witnesses that print the same, with the same marks, are one text with several tellers.

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::usage::Usage;
use crate::reuse::cluster::{Cluster, Witness};
use crate::reuse::collation::Collation;
use crate::text::span::{Byte, Span};

use super::boxed::BoxedText;
use super::context::voice_word;
use super::facets::Facets;
use super::marked::{Marked, Piece, pieces};
use super::names::Names;
use super::notes::Notes;

/// Words of a witness shown.
const WORDS: usize = 400;
/// Witnesses laid side by side, in order of outlets; the table has them all.
pub(super) const LOOKED_AT: usize = 48;
/// Articles named above a text.
const TELLERS: usize = 8;

/// Somebody who prints a text.
pub(super) struct Teller {
    /// Its outlet, and the date where that outlet has several of the articles.
    pub(super) name: String,
    pub(super) article: String,
    pub(super) paragraph: usize,
    pub(super) voice: &'static str,
}

/// One text and all who print it.
pub(super) struct Printing<'f> {
    pub(super) tellers: Vec<Teller>,
    /// Tellers that are not named.
    pub(super) more: usize,
    pub(super) language: &'f str,
    /// Words at its end that are not shown.
    pub(super) left_out: usize,
    /// Nothing where no article text is shown.
    pub(super) text: Option<BoxedText<'f>>,
    /// Whether it is the base of the collation.
    pub(super) is_base: bool,
}

/// What a witness prints, cut at marks and slots.
struct Cut<'f, 'u> {
    locus: Locus,
    left_out: usize,
    pieces: Vec<Piece<'f>>,
    marks: Vec<Marked<'u>>,
    /// Positions in the list of witnesses; the first gave the pieces.
    witnesses: Vec<usize>,
}

/// The listed wording of a place, numbered as in the notes, and counted for whoever prints that text.
fn marks<'u>(findings: &'u Findings<'_>, locus: Locus, tellers: &[Witness], notes: &mut Notes, facets: &mut Facets) -> Vec<Marked<'u>> {
    let inside = |u: &&Usage| u.hit.tokens.overlap(locus.tokens) > 0 && u.hit.strength >= findings.settings.rates.min_strength;
    let mut marks = Vec::new();
    for usage in findings.articles[locus.article.index()].usages.iter().filter(inside) {
        facets.voice(usage.voice);
        facets.category(&findings.lexicon.entry(usage.hit.entry).category);
        let (note, places) = notes.of(usage.hit.entry);
        tellers.iter().for_each(|teller| places.add(usage.voice, teller.outlet));
        marks.push(Marked { usage, note });
    }
    marks
}

/// All who print the text of a witness: itself and its copies.
pub(super) fn tellers(cluster: &Cluster, witness: usize) -> impl Iterator<Item = Witness> {
    let from = cluster.copies.partition_point(|(of, _)| *of < witness);
    let copies = cluster.copies[from..].iter().take_while(move |(of, _)| *of == witness).map(|(_, copy)| *copy);
    cluster.witnesses.get(witness).copied().into_iter().chain(copies)
}

/// The texts of a passage in order of their first teller. Notes and facets gather what is marked.
pub(super) fn printings<'f>(
    findings: &'f Findings<'_>,
    (cluster, names): (&Cluster, &Names<'_>),
    collation: &Collation,
    notes: &mut Notes,
    facets: &mut Facets,
) -> Vec<Printing<'f>> {
    let shown = findings.settings.text.is_shown();
    let mut cuts: Vec<Cut<'f, 'f>> = Vec::new();
    // Readings of a slot stand in order of witnesses: each list is walked once.
    let mut slots_of: Vec<Vec<(usize, Span<Byte>)>> = vec![Vec::new(); cluster.witnesses.len().min(LOOKED_AT)];
    let loci: Vec<(Locus, usize)> = cluster.witnesses.iter().take(LOOKED_AT).map(|w| shortened(w.locus)).collect();
    for (number, slot) in collation.slots().enumerate() {
        for reading in slot.readings.iter().filter(|r| r.witness < loci.len()) {
            let locus = loci[reading.witness].0;
            if locus.tokens.contains(reading.tokens) {
                slots_of[reading.witness].push((number + 1, findings.bytes(Locus { tokens: reading.tokens, ..locus })));
            }
        }
    }
    let mut numbers_of: Vec<Vec<usize>> = Vec::new();
    for (w, &(locus, left_out)) in loci.iter().enumerate() {
        let all: Vec<Witness> = tellers(cluster, w).collect();
        facets.voice(findings.voice_of(locus));
        let marks = marks(findings, locus, &all, notes, facets);
        let (numbers, spans): (Vec<usize>, Vec<Span<Byte>>) = slots_of[w].iter().copied().unzip();
        let pieces = if shown { pieces(findings, locus, &spans, &marks) } else { Vec::new() };
        // Without text all are alike.
        let alike = |cut: &Cut<'_, '_>| !shown || (cut.pieces == pieces && cut.left_out == left_out);
        match cuts.iter().position(alike) {
            Some(at) => cuts[at].witnesses.push(w),
            None => {
                cuts.push(Cut { locus, left_out, pieces, marks, witnesses: vec![w] });
                numbers_of.push(numbers);
            }
        }
    }
    let apparatus = cuts.len() > 2;
    let printing = |(cut, numbers): (Cut<'f, 'f>, Vec<usize>)| {
        let all: Vec<Witness> = cut.witnesses.iter().flat_map(|&w| tellers(cluster, w)).collect();
        let text = shown.then(|| BoxedText::new(findings, cut.locus.article, &cut.pieces, &cut.marks, apparatus.then_some(&numbers[..])));
        Printing {
            more: all.len().saturating_sub(TELLERS),
            tellers: all.iter().take(TELLERS).map(|w| teller(findings, names, *w)).collect(),
            language: &findings.corpus.article(cut.locus.article).language,
            left_out: if shown { cut.left_out } else { 0 },
            text,
            is_base: cut.witnesses.contains(&collation.base),
        }
    };
    cuts.into_iter().zip(numbers_of).map(printing).collect()
}

fn teller(findings: &Findings<'_>, names: &Names<'_>, witness: Witness) -> Teller {
    let (corpus, locus) = (findings.corpus, witness.locus);
    Teller {
        name: names.article(locus.article),
        article: corpus.article(locus.article).key.to_string(),
        paragraph: corpus.document(locus.article).paragraph_of(locus.tokens.start()) + 1,
        voice: voice_word(findings.voice_of(locus).as_str()),
    }
}

/// The words of a place that are shown, and how many are not.
fn shortened(whole: Locus) -> (Locus, usize) {
    let end = whole.tokens.end().min(whole.tokens.start() + WORDS);
    (Locus { tokens: Span::new(whole.tokens.start(), end), ..whole }, whole.tokens.end() - end)
}
