//! The table of differences: what one outlet writes where another writes something else.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::substitution::{Side, Substitution};
use crate::id::Key;
use crate::text::span::Span;

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// Two readings of one slot in two outlets. Above 8 witnesses of a passage, each reading stands beside the commonest one,
    /// once.
    pub struct SubstitutionRow<'f> {
        /// Stable while passage and articles are.
        substitution_id: Key,
        /// The passage.
        passage_id: Key,
        /// Slot of the passage, from 1.
        slot: usize,
        /// The outlet that comes first by name.
        outlet_a: &'f str,
        /// Its article.
        article_a: Key,
        /// What it has in the slot, as printed; empty if it has nothing.
        text_a: Quoted<Cow<'f, str>>,
        /// First code point in its text as read, from 0.
        start_a: usize,
        /// Code point after the last.
        end_a: usize,
        /// Voice of most words of the reading; for an empty one, of the word after it.
        voice_a: Code,
        /// The other outlet.
        outlet_b: &'f str,
        /// Its article.
        article_b: Key,
        /// What it has in the slot, as printed; empty if it has nothing.
        text_b: Quoted<Cow<'f, str>>,
        /// First code point in its text as read, from 0.
        start_b: usize,
        /// Code point after the last.
        end_b: usize,
        /// Voice of most words of the reading; for an empty one, of the word after it.
        voice_b: Code,
        /// From a to b: replace, insert or delete.
        change: Code,
        /// Strongest listed wording that touches the reading of a; empty if there is none.
        lexicon_id_a: Option<&'f str>,
        /// The same for b.
        lexicon_id_b: Option<&'f str>,
        /// Category of lexicon_id_a, otherwise of lexicon_id_b.
        category: Option<&'f str>,
        /// framing (listed wording of strength 2 or more touches one reading and not the other), name, number, function (words that carry little meaning), punctuation (the same letters, parted or joined otherwise) or wording.
        kind: Code,
        /// Up to eight words of a before the slot, within its sentence.
        before: Quoted<Cow<'f, str>>,
        /// Up to eight words of a after the slot, within its sentence.
        after: Quoted<Cow<'f, str>>,
    }
}

/// Words of context on each side.
const CONTEXT: usize = 8;

/// Rows in order of passage, slot and outlets.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = SubstitutionRow<'f>> {
    findings.substitutions.iter().map(move |s| row_of(findings, s))
}

fn row_of<'f>(findings: &'f Findings<'_>, s: &Substitution) -> SubstitutionRow<'f> {
    let (corpus, lexicon) = (findings.corpus, findings.lexicon);
    let passage = findings.clusters[s.cluster.index()].key;
    let (a, b) = (findings.place(s.left.locus), findings.place(s.right.locus));
    let article = |side: Side| corpus.article(side.locus.article).key;
    let entry = |side: Side| side.entry.map(|id| lexicon.entry(id));
    let parts = [
        (s.slot as u64).to_le_bytes(),
        passage.bytes(),
        article(s.left).bytes(),
        (a.start as u64).to_le_bytes(),
        article(s.right).bytes(),
        (b.start as u64).to_le_bytes(),
    ];
    let (before, after) = context(findings, s.left.locus);
    SubstitutionRow {
        substitution_id: Key::of('s', &parts.each_ref().map(|p| &p[..])),
        passage_id: passage,
        slot: s.slot + 1,
        outlet_a: &corpus.outlet_of(s.left.locus.article).name,
        article_a: article(s.left),
        text_a: Quoted(corpus.text(s.left.locus)),
        start_a: a.start,
        end_a: a.end,
        voice_a: Code(s.left.voice.as_str()),
        outlet_b: &corpus.outlet_of(s.right.locus.article).name,
        article_b: article(s.right),
        text_b: Quoted(corpus.text(s.right.locus)),
        start_b: b.start,
        end_b: b.end,
        voice_b: Code(s.right.voice.as_str()),
        change: Code(s.change.as_str()),
        lexicon_id_a: entry(s.left).map(|e| e.id.as_str()),
        lexicon_id_b: entry(s.right).map(|e| e.id.as_str()),
        category: entry(s.left).or_else(|| entry(s.right)).map(|e| e.category.as_str()),
        kind: Code(s.kind.as_str()),
        before: Quoted(before),
        after: Quoted(after),
    }
}

/// The words around a place, within its sentence.
fn context<'f>(findings: &'f Findings<'_>, locus: Locus) -> (Cow<'f, str>, Cow<'f, str>) {
    let corpus = findings.corpus;
    let document = corpus.document(locus.article);
    let (start, end) = (locus.tokens.start(), locus.tokens.end());
    let sentence = document.sentences()[document.sentence_of(start.min(document.words().len().saturating_sub(1)))];
    let part =
        |from: usize, to: usize| if from < to { corpus.text(Locus { tokens: Span::new(from, to), ..locus }) } else { Cow::Borrowed("") };
    let before = part(start.saturating_sub(CONTEXT).max(sentence.start().min(start)), start);
    (before, part(end, (end + CONTEXT).min(sentence.end())))
}
