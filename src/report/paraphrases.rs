//! Sentences that tell the same in other words, two and two.

use std::borrow::Cow;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::tables::paraphrases::{ParaphraseRow, order, rows};
use crate::text::count;

use super::allowance::Allowance;
use super::context::{Context, voice_word};
use super::facets::Facets;

/// Two sentences as shown.
#[derive(Template)]
#[template(path = "html/paraphrase.html")]
struct Shown<'f> {
    id: String,
    facets: Facets,
    confidence: String,
    /// What both have, word by word.
    shared: String,
    sides: [Teller<'f>; 2],
}

/// One of them.
struct Teller<'f> {
    outlet: &'f str,
    article: String,
    paragraph: usize,
    voice: &'static str,
    language: &'f str,
    text: Cow<'f, str>,
}

/// Least confidence to be shown; the rest stands in the table.
const CONFIDENCE: f64 = 0.8;
/// Most pairs shown: they come in one row, the surest first, and nobody reads hundreds of them on a page.
const MOST: usize = 60;

/// The section.
#[derive(Template)]
#[template(path = "html/paraphrases.html")]
struct Paraphrases {
    quotes: bool,
    looked_for_paraphrases: bool,
    paraphrases: Vec<String>,
    all_paraphrases: usize,
}

/// The section of pairs, the surest first.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let sure = rows(findings).zip(order(findings)).take_while(|(row, _)| row.confidence >= CONFIDENCE);
    let sure = sure.take(if context.quotes { MOST } else { 0 }).map(|(row, at)| shown(findings, row, at));
    Paraphrases {
        quotes: context.quotes,
        looked_for_paraphrases: findings.settings.paraphrase.is_some(),
        paraphrases: allowance.fill(sure)?,
        all_paraphrases: findings.paraphrases.len(),
    }
    .render()
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
    let mut facets = Facets::default();
    for locus in [found.left, found.right] {
        facets.outlet(corpus.article(locus.article).outlet);
        facets.voice(findings.voice_of(locus));
    }
    Shown {
        facets,
        id: row.paraphrase_id.to_string(),
        // Rounded down: no pair of sentences is wholly sure.
        confidence: format!("{:.2}", (row.confidence * 100.0).floor() / 100.0),
        shared: row.shared.0.split_whitespace().collect::<Vec<_>>().join(", "),
        sides: [
            teller(row.outlet_a, found.left, row.voice_a.0, row.text_a.0),
            teller(row.outlet_b, found.right, row.voice_b.0, row.text_b.0),
        ],
    }
}
