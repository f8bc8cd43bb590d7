//! Sentences that tell the same in other words, two and two.

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::tables::paraphrases::{ParaphraseRow, order, rows};

use super::passages::voice_word;

/// Two sentences as shown.
pub(super) struct Shown<'f> {
    pub(super) id: String,
    pub(super) confidence: String,
    pub(super) shared: String,
    pub(super) sides: [Teller<'f>; 2],
}

/// One of them.
pub(super) struct Teller<'f> {
    pub(super) outlet: &'f str,
    pub(super) article: String,
    pub(super) paragraph: usize,
    pub(super) voice: &'static str,
    pub(super) language: &'f str,
    pub(super) text: &'f str,
}

/// Least confidence to be shown; the rest stands in the table.
pub(super) const CONFIDENCE: f64 = 0.8;
/// Most that are shown.
const LIMIT: usize = 40;

/// Those to show, the surest first.
pub(super) fn paraphrases<'f>(findings: &'f Findings<'_>) -> Vec<Shown<'f>> {
    if !findings.settings.text.is_shown() {
        return Vec::new();
    }
    let order = order(findings);
    let sure = rows(findings).zip(order).take_while(|(row, _)| row.confidence >= CONFIDENCE).take(LIMIT);
    sure.map(|(row, at)| shown(findings, row, at)).collect()
}

fn shown<'f>(findings: &'f Findings<'_>, row: ParaphraseRow<'f>, at: usize) -> Shown<'f> {
    let corpus = findings.corpus;
    let found = &findings.paraphrases[at];
    let teller = |outlet, locus: Locus, voice: &str, text| Teller {
        outlet,
        article: corpus.article(locus.article).key.to_string(),
        paragraph: corpus.document(locus.article).paragraph_of(locus.tokens.start()) + 1,
        voice: voice_word(voice),
        language: &corpus.article(locus.article).language,
        text,
    };
    Shown {
        id: row.paraphrase_id.to_string(),
        // Rounded down: no pair of sentences is wholly sure.
        confidence: format!("{:.2}", (row.confidence * 100.0).floor() / 100.0),
        shared: row.shared.0,
        sides: [
            teller(row.outlet_a, found.left, row.voice_a.0, row.text_a.0),
            teller(row.outlet_b, found.right, row.voice_b.0, row.text_b.0),
        ],
    }
}
