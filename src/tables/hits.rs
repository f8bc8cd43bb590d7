//! The table of listed wording found.

use std::borrow::Cow;

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::usage::Usage;
use crate::id::{ArticleId, Key};
use crate::text::span::Span;

use super::cell::{Code, Quoted};
use super::row::row;
use super::source_link::source_link;

row! {
    /// One place where listed wording was found, all strengths from 1.
    pub struct HitRow<'f> {
        /// Stable while article and entry are.
        hit_id: Key,
        /// The article.
        article_id: Key,
        /// Who published it.
        outlet: &'f str,
        /// The entry of the lexicon.
        lexicon_id: &'f str,
        /// Its category.
        category: &'f str,
        /// 1 weak, 2 clear, 3 strong; 1 where near_name is TRUE. Rates and report count from 2.
        strength: u8,
        /// As printed.
        matched: Quoted<Cow<'f, str>>,
        /// Plainer wordings of the entry, or advice in brackets, parted by |.
        neutral: String,
        /// Whose words it is: narrator, indirect (reported without quotation marks) or direct (inside them).
        voice: Code,
        /// Who is said to speak there, as in table quotes; empty for the narrator and where it is not plain.
        speaker: Quoted<Cow<'f, str>>,
        /// TRUE for a doubt marker or scare quotation marks inside reported speech: they are the narrator's (voice narrator), who doubts what is reported.
        distancing: bool,
        /// TRUE inside quotation marks that quote nobody (form scare of table quotes).
        scare_quoted: bool,
        /// Whether it stands in the headline: a heading before any running text.
        in_headline: bool,
        /// Whether a negation (not, no, never, without, …) stands at most three words before it in its clause.
        negated: bool,
        /// Whether it stands inside a capitalised name of several words.
        near_name: bool,
        /// What says so: capitals (its capital has no other reason, and a neighbour has one), named_in_text (a headline, and the
        /// same words are a name in the text); empty where near_name is FALSE.
        near_name_basis: Option<Code>,
        /// Paragraph of the article, from 1.
        paragraph: usize,
        /// Sentence of the article, from 1.
        sentence: usize,
        /// Line of the text as read, from 1: of the file, where the file is the text.
        line: usize,
        /// Column of that line in code points, from 1.
        column: usize,
        /// First code point in the text as read, from 0.
        start: usize,
        /// Code point after the last.
        end: usize,
        /// Its sentence before it.
        pre: Quoted<Cow<'f, str>>,
        /// As printed, once more, for concordance tools.
        keyword: Quoted<Cow<'f, str>>,
        /// Its sentence after it.
        post: Quoted<Cow<'f, str>>,
        /// The shared passage it stands in; empty if it stands in none.
        passage_id: Option<Key>,
        /// Where it stands at the source: the address of the article with a text fragment that browsers scroll to. Empty without an address of the web.
        source_link: Quoted<String>,
    }
}

/// Rows in order of article and place.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = HitRow<'f>> {
    let passages = Passages::new(findings);
    findings.corpus.ids().flat_map(move |id| {
        let passages = passages.of(id);
        findings.articles[id.index()].usages.iter().map(move |usage| {
            let (corpus, tokens) = (findings.corpus, usage.hit.tokens);
            let (article, document, text) = (corpus.article(id), corpus.document(id), corpus.whole_text(id));
            let entry = findings.lexicon.entry(usage.hit.entry);
            let locus = Locus { article: id, tokens };
            let place = findings.place(locus);
            let sentence = document.sentence_of(tokens.start());
            let bytes = document.bytes(document.sentences()[sentence]).unwrap_or(Span::new(0, 0));
            let here = findings.bytes(locus);
            HitRow {
                hit_id: hit_key(findings, id, usage),
                article_id: article.key,
                outlet: &corpus.outlet_of(id).name,
                lexicon_id: &entry.id,
                category: &entry.category,
                strength: usage.hit.strength,
                matched: Quoted(corpus.text(locus)),
                neutral: entry.neutral_line(),
                voice: Code(usage.voice.as_str()),
                speaker: Quoted(speaker(findings, id, usage)),
                distancing: usage.distancing,
                scare_quoted: usage.scare_quoted,
                in_headline: usage.in_headline,
                negated: usage.hit.negated,
                near_name: usage.hit.name.is_some(),
                near_name_basis: usage.hit.name.map(|basis| Code(basis.as_str())),
                paragraph: document.paragraph_of(tokens.start()) + 1,
                sentence: sentence + 1,
                line: place.line,
                column: place.column,
                start: place.start,
                end: place.end,
                pre: Quoted(text.part(Span::new(bytes.start().min(here.start()), here.start()))),
                keyword: Quoted(corpus.text(locus)),
                post: Quoted(text.part(Span::new(here.end(), bytes.end().max(here.end())))),
                passage_id: passages.iter().find(|p| p.0.overlap(tokens) > 0).map(|p| p.1),
                source_link: Quoted(source_link(&article.url, &text, here).unwrap_or_default()),
            }
        })
    })
}

/// The key of a place with listed wording: stable while article and entry are.
pub(crate) fn hit_key(findings: &Findings<'_>, article: ArticleId, usage: &Usage) -> Key {
    let start = findings.place(Locus { article, tokens: usage.hit.tokens }).start as u64;
    let entry = findings.lexicon.entry(usage.hit.entry);
    Key::of('h', &[&findings.corpus.article(article).key.bytes(), &start.to_le_bytes(), entry.id.as_bytes()])
}

/// Who is said to speak where a hit stands.
fn speaker<'f>(findings: &'f Findings<'_>, id: ArticleId, usage: &Usage) -> Cow<'f, str> {
    let utterances = &findings.articles[id.index()].utterances;
    let utterance = usage.utterance.map(|u| utterances[u]);
    utterance.and_then(|u| u.speaker).and_then(|s| s.name).map_or(Cow::Borrowed(""), |name| findings.corpus.part(id, name))
}

type Placed = (Span<crate::text::span::Token>, Key);

/// The passages of each article, widest first.
struct Passages(Vec<Vec<Placed>>);

impl Passages {
    fn new(findings: &Findings<'_>) -> Self {
        let mut all = vec![Vec::new(); findings.corpus.articles().len()];
        for cluster in &findings.clusters {
            for witness in &cluster.witnesses {
                all[witness.locus.article.index()].push((witness.locus.tokens, cluster.key));
            }
        }
        for passages in &mut all {
            passages.sort_by_key(|p: &Placed| (std::cmp::Reverse(p.0.len()), p.0.start(), p.1));
        }
        Self(all)
    }

    fn of(&self, article: ArticleId) -> Vec<Placed> {
        self.0[article.index()].clone()
    }
}
