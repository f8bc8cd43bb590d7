//! The table of others' words.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, Key};
use crate::provenance::quote_group::{Printing, QuoteGroup};
use crate::provenance::quote_link::Node;
use crate::text::span::{Byte, Span};
use crate::voice::utterance::{Form, Utterance};

use super::cell::{Code, Quoted};
use super::drift_words::drift_words;
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
        speaker: Quoted<Cow<'f, str>>,
        /// First code point of the source beside the cue (name, role, group or pronoun); empty without one.
        speaker_start: Option<usize>,
        /// Code point after it.
        speaker_end: Option<usize>,
        /// Why this speaker: adjacent (as printed at the cue), last_name (full name from elsewhere in the article), role (the
        /// person who spoke before, for a role such as the senator), pronoun
        /// (the speaker before, if that is plain), previous (a quotation that goes on without a cue of its own); empty without one.
        speaker_basis: Option<Code>,
        /// The words that attribute it, as printed; empty if there are none.
        verb: Quoted<Cow<'f, str>>,
        /// full (in marks, four words or more that start like a sentence), fragment (in marks, a part), scare (in marks after so-called
        /// or what X calls, or up to three words where nobody is said to speak) or indirect (reported without marks).
        form: Code,
        /// Without its marks, as printed.
        text: Quoted<Cow<'f, str>>,
        /// The quotation that it is a printing of, in several articles (table quote_groups); empty for one that stands in one article only.
        quote_group: Option<Key>,
        /// The fullest printing of that quotation: the base that drift is told against, and no claim of who printed it first. Empty without a group.
        base_quote_id: Option<Key>,
        /// How it stands to the base: same (the same words; case, punctuation, spelling and square brackets aside), trimmed (one run of the base's words), spliced (separate runs of them, in order), reworded (has words that the base has not there) or to_indirect (told without quotation marks); empty without a group.
        drift: Option<Code>,
        /// What it has otherwise than the base, in order of the base: [-left out], [+added], [base→here] replaced, [base~here] the same word spelled or read otherwise, [*the outlet's own square brackets]; words only, the inside of more than eight words as …. Empty where nothing differs, for to_indirect and without a group.
        drift_words: Quoted<String>,
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
    let text = findings.corpus.whole_text(article);
    let (start, end) = (points.at(&text, span.start()) as u64, points.at(&text, span.end()) as u64);
    let article = findings.corpus.article(article).key.bytes();
    // Reported speech may start where a quotation inside it does.
    if indirect {
        Key::of('q', &[&article, &start.to_le_bytes(), &end.to_le_bytes(), b"indirect"])
    } else {
        Key::of('q', &[&article, &start.to_le_bytes()])
    }
}

/// The key of an utterance, by its position among its article's.
pub(crate) fn utterance_key(findings: &Findings<'_>, (article, at): Node) -> Key {
    let utterance = &findings.articles[article.index()].utterances[at];
    key(findings, article, utterance.span, utterance.form == Form::Indirect)
}

/// Who is named as an utterance's speaker, as printed; empty if nobody is.
pub(crate) fn speaker<'f>(findings: &'f Findings<'_>, (article, at): Node) -> Cow<'f, str> {
    let name = findings.articles[article.index()].utterances[at].speaker.and_then(|s| s.name);
    name.map_or(Cow::Borrowed(""), |name| findings.corpus.part(article, name))
}

/// Rows in order of article and place; of two that start together the longer one first.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = QuoteRow<'f>> {
    let grouped = findings.quote_groups.iter().flat_map(|group| group.printings.iter().map(move |p| (p.node, (group, p))));
    let grouped: BTreeMap<Node, (&QuoteGroup, &Printing)> = grouped.collect();
    let nodes = findings.corpus.ids().flat_map(|id| (0..findings.articles[id.index()].utterances.len()).map(move |at| (id, at)));
    nodes.map(move |node| row_of(findings, node, grouped.get(&node).copied()))
}

fn row_of<'f>(findings: &'f Findings<'_>, node: Node, group: Option<(&QuoteGroup, &Printing)>) -> QuoteRow<'f> {
    let (corpus, id) = (findings.corpus, node.0);
    let (whole, points) = (corpus.whole_text(id), &findings.articles[id.index()].points);
    let utterance: &Utterance = &findings.articles[id.index()].utterances[node.1];
    let text = whole.part(utterance.content);
    let mention = utterance.speaker;
    QuoteRow {
        quote_id: utterance_key(findings, node),
        article_id: corpus.article(id).key,
        outlet: &corpus.outlet_of(id).name,
        speaker: Quoted(speaker(findings, node)),
        speaker_start: mention.map(|s| points.at(&whole, s.mention.start())),
        speaker_end: mention.map(|s| points.at(&whole, s.mention.end())),
        speaker_basis: mention.map(|s| Code(s.basis.as_str())),
        verb: Quoted(utterance.cue.map_or(Cow::Borrowed(""), |cue| whole.part(cue))),
        form: Code(utterance.form.as_str()),
        quote_group: group.map(|(group, _)| group.key),
        base_quote_id: group.map(|(group, _)| utterance_key(findings, group.base)),
        drift: group.map(|(_, printing)| Code(printing.drift.as_str())),
        drift_words: Quoted(group.map_or_else(String::new, |(group, printing)| drift_words(findings, group, printing))),
        start: points.at(&whole, utterance.span.start()),
        end: points.at(&whole, utterance.span.end()),
        line: points.position(&whole, utterance.span.start()).0,
        words: text.split_whitespace().count(),
        text: Quoted(text),
        closed: utterance.closed,
        confidence: utterance.confidence,
    }
}
