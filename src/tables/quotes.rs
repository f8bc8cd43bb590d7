//! The table of others' words.

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, Key};
use crate::text::span::{Byte, Span};
use crate::voice::utterance::{Form, Utterance};

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// One stretch of others' words: inside quotation marks, or reported without them. A quotation inside reported speech is a
    /// row of its own beside the stretch that holds it.
    pub struct QuoteRow<'f> {
        /// Stable while its article is.
        quote_id: Key,
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// Who is named as speaker, as the article prints it somewhere: the full name where a last name or a pronoun stands at the
        /// cue and the article leaves no doubt. Empty if nobody is named or it is not plain who is meant.
        speaker: Quoted<&'f str>,
        /// First code point of the source beside the cue (name, role, group or pronoun); empty without one.
        speaker_start: Option<usize>,
        /// Code point after it.
        speaker_end: Option<usize>,
        /// Why this speaker: adjacent (as printed at the cue), last_name (full name from elsewhere in the article), role (the
        /// person who spoke before, for a role such as the senator), pronoun
        /// (the speaker before, if that is plain), previous (a quotation that goes on without a cue of its own); empty without one.
        speaker_basis: Option<Code>,
        /// The words that attribute it, as printed; empty if there are none.
        verb: Quoted<&'f str>,
        /// full (in marks, four words or more that start like a sentence), fragment (in marks, a part), scare (in marks after so-called
        /// or what X calls, or up to three words where nobody is said to speak) or indirect (reported without marks).
        form: Code,
        /// Without its marks, as printed.
        text: Quoted<&'f str>,
        /// First code point in the text as read, from 0; the opening mark where there is one.
        start: usize,
        /// Code point after the last, or after the closing mark.
        end: usize,
        /// Line of the text as read, from 1: of the file, where the file is the text.
        line: usize,
        /// Words, marks and brackets aside.
        words: usize,
        /// FALSE where the closing mark is missing: the quotation was ended with its paragraph.
        closed: bool,
        /// From 0 to 1: share of words so found that were another's in annotated news, by the pattern that found them (docs/method.md).
        confidence: f64,
    }
}

/// The key of one of an article's quotations: stable while the article is.
pub(super) fn quote_key(findings: &Findings<'_>, (article, quotation): (ArticleId, usize)) -> Key {
    key(findings, article, findings.articles[article.index()].quotations[quotation].span, false)
}

fn key(findings: &Findings<'_>, article: ArticleId, span: Span<Byte>, indirect: bool) -> Key {
    let points = &findings.articles[article.index()].points;
    let (start, end) = (points.at(span.start()) as u64, points.at(span.end()) as u64);
    let article = findings.corpus.article(article).key.bytes();
    // Reported speech may start where a quotation inside it does.
    if indirect {
        Key::of('q', &[&article, &start.to_le_bytes(), &end.to_le_bytes(), b"indirect"])
    } else {
        Key::of('q', &[&article, &start.to_le_bytes()])
    }
}

/// Rows in order of article and place; of two that start together the longer one first.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = QuoteRow<'f>> {
    findings.corpus.ids().flat_map(move |id| {
        let utterances = &findings.articles[id.index()].utterances;
        utterances.iter().map(move |utterance| row_of(findings, id, utterance))
    })
}

fn row_of<'f>(findings: &'f Findings<'_>, id: ArticleId, utterance: &Utterance) -> QuoteRow<'f> {
    let corpus = findings.corpus;
    let (whole, points) = (corpus.whole_text(id), &findings.articles[id.index()].points);
    let text = utterance.content.of(whole);
    let speaker = utterance.speaker;
    QuoteRow {
        quote_id: key(findings, id, utterance.span, utterance.form == Form::Indirect),
        article_id: corpus.article(id).key,
        outlet: &corpus.outlet_of(id).name,
        speaker: Quoted(speaker.and_then(|s| s.name).map_or("", |name| name.of(whole))),
        speaker_start: speaker.map(|s| points.at(s.mention.start())),
        speaker_end: speaker.map(|s| points.at(s.mention.end())),
        speaker_basis: speaker.map(|s| Code(s.basis.as_str())),
        verb: Quoted(utterance.cue.map_or("", |cue| cue.of(whole))),
        form: Code(utterance.form.as_str()),
        text: Quoted(text),
        start: points.at(utterance.span.start()),
        end: points.at(utterance.span.end()),
        line: points.position(utterance.span.start()).0,
        words: text.split_whitespace().count(),
        closed: utterance.closed,
        confidence: utterance.confidence,
    }
}
