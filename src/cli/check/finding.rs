//! One place of listed wording, as every format tells it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use retold::analysis::findings::ArticleFindings;
use retold::corpus::article::Article;
use retold::corpus::collection::Corpus;
use retold::corpus::locus::Locus;
use retold::framing::usage::Usage;
use retold::id::{ArticleId, Key};
use retold::lexicon::entry::{Entry, Neutral, VoiceRule};
use retold::lexicon::load::Lexicon;
use retold::lexicon::open::ENGLISH_FRAMING;
use retold::text::span::Span;
use retold::voice::mask::Voice;

/// Listed wording at a place.
#[derive(Debug)]
pub(crate) struct Finding<'c> {
    /// The file, as given.
    pub(crate) path: &'c str,
    /// Line of the file, from 1: of the wording, or of the article in a file of many.
    pub(crate) line: usize,
    /// Where in the file; `None` in a file of many articles.
    pub(crate) region: Option<Region>,
    /// First code point in the article's text, from 0.
    pub(crate) start: usize,
    /// Code point after the last.
    pub(crate) end: usize,
    /// The article.
    pub(crate) article: &'c Article,
    /// Who published it.
    pub(crate) outlet: &'c str,
    /// What is listed.
    pub(crate) entry: &'c Entry,
    /// What kind of wording it is.
    pub(crate) category: &'c str,
    /// Where the entry can be read; `None` for a house's own.
    pub(crate) help: Option<String>,
    /// Voice, strength and what else was seen there.
    pub(crate) usage: Usage,
    /// Who is said to speak; empty for the narrator and where it is not plain.
    pub(crate) speaker: Cow<'c, str>,
    /// Its sentence before it.
    pub(crate) pre: Cow<'c, str>,
    /// As printed.
    pub(crate) matched: Cow<'c, str>,
    /// Its sentence after it.
    pub(crate) post: Cow<'c, str>,
    /// The same while entry and sentence are, wherever they stand.
    pub(crate) fingerprint: Key,
}

/// Where in a file, from 1; the end is the place after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// In code points.
    pub(crate) column: usize,
    /// In bytes.
    pub(crate) byte_column: usize,
    /// Line of the last character.
    pub(crate) end_line: usize,
    /// In code points.
    pub(crate) end_column: usize,
    /// In bytes.
    pub(crate) end_byte_column: usize,
}

impl Finding<'_> {
    /// Column of the file, 1 where only the line is known.
    pub(crate) fn column(&self) -> usize {
        self.region.map_or(1, |region| region.column)
    }

    /// Whose words it stands in.
    pub(crate) fn whose(&self) -> String {
        let speaker = self.speaker.split_whitespace().collect::<Vec<_>>().join(" ");
        let speaker = if speaker.is_empty() { "somebody else" } else { &speaker };
        match self.usage.voice {
            Voice::Narrator => "the outlet's own words".to_owned(),
            Voice::Indirect => format!("reported words of {speaker}"),
            Voice::Direct => format!("quoted words of {speaker}"),
        }
    }

    /// Whose words and why, in one line.
    pub(crate) fn message(&self) -> String {
        let matched = self.matched.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut message = format!("\"{matched}\" in {}", self.whose());
        let why = self.entry.why.trim().trim_end_matches('.');
        if !why.is_empty() {
            message.push_str(&format!(": {why}"));
        }
        if !self.entry.neutral.is_empty() {
            message.push_str(&format!("; neutral: {}", neutral(self.entry)));
        }
        message
    }
}

/// The plainer wordings of an entry, in one line.
pub(crate) fn neutral(entry: &Entry) -> String {
    entry.neutral.iter().map(Neutral::to_string).collect::<Vec<_>>().join(", ")
}

/// Where the entries of the shipped lexicon can be read, category by category.
const SHIPPED: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/lexicons/en/framing/");

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// In whose words.
    pub(crate) voices: Vec<Voice>,
    /// From which strength.
    pub(crate) min_strength: u8,
    /// The lexicons named, in their order.
    pub(crate) lexicons: Vec<String>,
}

/// All that is wanted, by path, line, column and id.
pub(crate) fn findings<'c>(corpus: &'c Corpus, articles: &'c [ArticleFindings], lexicon: &'c Lexicon, wanted: &Wanted) -> Vec<Finding<'c>> {
    let mut all: Vec<Finding<'c>> = Vec::new();
    for (id, found) in corpus.ids().zip(articles) {
        all.extend(found.usages.iter().map(|usage| finding(corpus, id, found, usage, lexicon, wanted)));
    }
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    // Equal wording in equal sentences of a file is told apart by its order, over all voices and strengths: a finding keeps its
    // fingerprint whatever was asked for.
    let mut seen: BTreeMap<(&str, Key), u64> = BTreeMap::new();
    for finding in &mut all {
        let occurrence = seen.entry((finding.path, finding.fingerprint)).or_default();
        finding.fingerprint = Key::of('f', &[&finding.fingerprint.bytes(), &occurrence.to_le_bytes()]);
        *occurrence += 1;
    }
    all.retain(|finding| {
        let (entry, usage) = (finding.entry, &finding.usage);
        let counts = entry.voice == VoiceRule::Any || usage.voice == Voice::Narrator;
        counts && wanted.voices.contains(&usage.voice) && usage.hit.strength >= wanted.min_strength
    });
    all
}

fn order<'f>(finding: &'f Finding<'_>) -> (&'f str, usize, usize, usize, &'f str) {
    (finding.path, finding.line, finding.column(), finding.start, &finding.entry.id)
}

fn finding<'c>(
    corpus: &'c Corpus,
    id: ArticleId,
    found: &ArticleFindings,
    usage: &Usage,
    lexicon: &'c Lexicon,
    wanted: &Wanted,
) -> Finding<'c> {
    let (article, document, text) = (corpus.article(id), corpus.document(id), corpus.whole_text(id));
    let tokens = usage.hit.tokens;
    let here = corpus.bytes(Locus { article: id, tokens }).unwrap_or(Span::new(0, 0));
    let sentence_tokens = document.sentences()[document.sentence_of(tokens.start())];
    let sentence = document.bytes(sentence_tokens).unwrap_or(here);
    let place = found.place(&text, here);
    let many = !article.is_file;
    let region = || {
        let (end_line, end_column) = found.points.position(&text, here.end());
        let column = |at: usize| at - found.points.line_start(at) + 1;
        Region { column: place.column, byte_column: column(here.start()), end_line, end_column, end_byte_column: column(here.end()) }
    };
    let words = document.slice(sentence_tokens).iter().map(|word| corpus.vocabulary().word(word.id)).collect::<Vec<_>>().join(" ");
    let entry = lexicon.entry(usage.hit.entry);
    let layer = wanted.lexicons.get(lexicon.layer(usage.hit.entry));
    let shipped = layer.is_none_or(|name| name == ENGLISH_FRAMING);
    Finding {
        path: &article.path,
        line: if many { article.line } else { place.line },
        region: (!many).then(region),
        start: place.start,
        end: place.end,
        article,
        outlet: &corpus.outlet_of(id).name,
        entry,
        category: lexicon.category(&entry.category).map_or(entry.category.as_str(), |category| category.title.as_str()),
        help: shipped.then(|| format!("{SHIPPED}{}.toml", entry.category)),
        usage: *usage,
        speaker: usage.utterance.and_then(|at| found.utterances.get(at)?.speaker?.name).map_or(Cow::Borrowed(""), |name| text.part(name)),
        pre: text.part(Span::new(sentence.start().min(here.start()), here.start())),
        matched: text.part(here),
        post: text.part(Span::new(here.end(), sentence.end().max(here.end()))),
        fingerprint: Key::of('f', &[entry.id.as_bytes(), words.as_bytes()]),
    }
}
