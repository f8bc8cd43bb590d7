//! Shared passages, witnesses side by side.

use std::collections::BTreeMap;

use askama::Template;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::usage::Usage;
use crate::id::EntryId;
use crate::reuse::collate::Slot;
use crate::tables::passages::{PassageRow, rows};
use crate::text::count;
use crate::text::span::{Byte, Span};

use super::allowance::Allowance;
use super::context::{Context, voice_word};
use super::facets::Facets;
use super::marked::{Marked, Piece, pieces};

/// One passage as shown.
#[derive(Template)]
#[template(path = "html/passage.html")]
struct Passage<'f> {
    id: String,
    facets: Facets,
    /// Whether article text is shown.
    quotes: bool,
    kind: &'static str,
    outlets: usize,
    articles: usize,
    similarity: String,
    slots: usize,
    framing_slots: usize,
    /// Where it may come from.
    origin: String,
    witnesses: Vec<Column<'f>>,
    more: usize,
    notes: Vec<Note<'f>>,
}

/// One witness as shown.
struct Column<'f> {
    outlet: &'f str,
    article: String,
    paragraph: usize,
    voice: &'static str,
    language: &'f str,
    /// Words at its end that are not shown.
    left_out: usize,
    pieces: Vec<Piece<'f>>,
}

/// What the list says of a wording, under the passage that has it.
struct Note<'f> {
    number: usize,
    id: &'f str,
    term: &'f str,
    category: &'f str,
    strength: u8,
    neutral: String,
    why: &'f str,
    contested: &'f str,
    seen: String,
}

/// The section.
#[derive(Template)]
#[template(path = "html/passages.html")]
struct Passages {
    passages: Vec<String>,
    all_passages: usize,
    too_common: usize,
}

/// Words of a witness shown.
const WORDS: usize = 400;
/// Witnesses of a passage shown.
const WITNESSES: usize = 12;

/// The section of passages, those that differ in listed wording first, then the least likely by chance.
pub(super) fn section(context: &Context<'_, '_>, allowance: &mut Allowance) -> askama::Result<String> {
    let findings = context.findings;
    let table: Vec<PassageRow> = rows(findings).collect();
    // What one outlet prints again is no comparison.
    let mut order: Vec<usize> = (0..table.len()).filter(|&i| table[i].outlets > 1).collect();
    order.sort_by(|&a, &b| {
        let framing = |i: usize| table[i].framing_slots == 0;
        framing(a).cmp(&framing(b)).then(table[b].significance.total_cmp(&table[a].significance)).then(a.cmp(&b))
    });
    let all_passages = order.len();
    let passages = allowance.fill(order.into_iter().map(|i| passage(findings, i, &table[i])))?;
    Passages { passages, all_passages, too_common: findings.suppressed.len() }.render()
}

/// The earliest witness with its basis, and the source that the articles state.
fn origin(findings: &Findings<'_>, i: usize, row: &PassageRow) -> String {
    let basis = match row.earliest_basis.0 {
        "timestamp" => "time stamps",
        "day" => "dates of publication",
        _ => "a stated credit",
    };
    let order = findings.origins[i].earliest.map_or_else(
        || "order unknown".to_owned(),
        |id| {
            let sure = row.earliest_confidence.unwrap_or(0.0);
            format!("earliest in this set: {} (basis: {basis}, confidence {sure:.1})", findings.corpus.outlet_of(id).name)
        },
    );
    let source = match (row.likely_source.as_str(), row.source_credited_by, row.credited.as_str()) {
        ("", _, "") => "no credit line found in these texts".to_owned(),
        ("", _, credited) => format!("credited in these articles: {credited}"),
        (source, by, _) => format!("credited to {source} in {} of {} articles", by.unwrap_or(0), row.articles),
    };
    format!("{order} · {source}")
}

fn passage<'f>(findings: &'f Findings<'_>, i: usize, row: &PassageRow) -> Passage<'f> {
    let quotes = findings.settings.text.is_shown();
    let (corpus, cluster, collation) = (findings.corpus, &findings.clusters[i], &findings.collations[i]);
    let shown = &cluster.witnesses[..cluster.witnesses.len().min(WITNESSES)];
    let mut numbers: BTreeMap<EntryId, usize> = BTreeMap::new();
    let mut seen: BTreeMap<EntryId, Vec<String>> = BTreeMap::new();
    let mut columns = Vec::new();
    let mut facets = Facets::default();
    for (w, witness) in shown.iter().enumerate() {
        let whole = witness.locus;
        let end = whole.tokens.end().min(whole.tokens.start() + WORDS);
        let locus = Locus { tokens: Span::new(whole.tokens.start(), end), ..whole };
        let inside = |u: &&Usage| u.hit.tokens.overlap(locus.tokens) > 0 && u.hit.strength >= findings.settings.rates.min_strength;
        let outlet = corpus.outlet(witness.outlet).name.as_str();
        facets.outlet(witness.outlet);
        facets.voice(findings.voice_of(locus));
        let mut marks = Vec::new();
        for usage in findings.articles[locus.article.index()].usages.iter().filter(inside) {
            facets.voice(usage.voice);
            facets.category(&findings.lexicon.entry(usage.hit.entry).category);
            let next = numbers.len() + 1;
            let note = *numbers.entry(usage.hit.entry).or_insert(next);
            let place = Locus { tokens: usage.hit.tokens, ..locus };
            seen.entry(usage.hit.entry).or_default().push(format!(
                "“{}” ({outlet}, {})",
                corpus.text(place),
                voice_word(usage.voice.as_str())
            ));
            marks.push(Marked { usage, note });
        }
        let reading = |slot: &Slot| {
            slot.reading(w).filter(|tokens| locus.tokens.contains(*tokens)).map(|tokens| findings.bytes(Locus { tokens, ..locus }))
        };
        let slots: Vec<Span<Byte>> = collation.slots.iter().filter_map(reading).collect();
        columns.push(Column {
            outlet,
            article: corpus.article(locus.article).key.to_string(),
            paragraph: corpus.document(locus.article).paragraph_of(locus.tokens.start()) + 1,
            voice: voice_word(findings.voice_of(locus).as_str()),
            language: &corpus.article(locus.article).language,
            left_out: if quotes { whole.tokens.len() - locus.tokens.len() } else { 0 },
            pieces: if quotes { pieces(findings, locus, &slots, &marks) } else { Vec::new() },
        });
    }
    // Notes quote what they explain.
    numbers.retain(|_, _| quotes);
    let mut notes: Vec<Note<'f>> = numbers.iter().map(|(&id, &number)| note(findings, id, number, &seen)).collect();
    notes.sort_by_key(|note| note.number);
    Passage {
        id: cluster.key.to_string(),
        facets,
        quotes,
        kind: match row.kind.0 {
            "verbatim" => "word for word",
            "near_verbatim" => "nearly word for word",
            "quote_only" => "a quotation",
            _ => "edited",
        },
        outlets: row.outlets,
        articles: row.articles,
        similarity: if row.similarity_min >= 1.0 {
            "all their words".to_owned()
        } else {
            format!("at least {:.0} % of their words", (row.similarity_min * 100.0).floor())
        },
        slots: row.differing_slots,
        framing_slots: row.framing_slots,
        origin: origin(findings, i, row),
        more: cluster.witnesses.len() - shown.len(),
        witnesses: columns,
        notes,
    }
}

fn note<'f>(findings: &'f Findings<'_>, id: EntryId, number: usize, seen: &BTreeMap<EntryId, Vec<String>>) -> Note<'f> {
    let entry = findings.lexicon.entry(id);
    Note {
        number,
        id: &entry.id,
        term: entry.shown(),
        category: findings.lexicon.category(&entry.category).map_or("", |c| c.title.as_str()),
        strength: entry.strength,
        neutral: entry.neutral_line(),
        why: &entry.why,
        contested: &entry.contested,
        seen: seen.get(&id).map_or_else(String::new, |places| places.join(", ")),
    }
}
