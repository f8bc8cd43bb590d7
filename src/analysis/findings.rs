//! What a run found: ids and spans over the corpus; strings are made when a row is written.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::corpus::collection::Corpus;
use crate::corpus::document::Document;
use crate::corpus::locus::Locus;
use crate::framing::entity::Entity;
use crate::framing::label::Labelled;
use crate::framing::mention::Mention;
use crate::framing::substitution::{Change, DifferenceKind, Substitution};
use crate::framing::usage::Usage;
use crate::id::{ArticleId, StoryId};
use crate::lexicon::load::Lexicon;
use crate::measure::keyness::Keyness;
use crate::measure::overlap::Overlap;
use crate::measure::preference::Preference;
use crate::measure::rates::Rate;
use crate::measure::sensitivity::Sensitivity;
use crate::provenance::credit::Credit;
use crate::provenance::origin::Origin;
use crate::provenance::quote_group::QuoteGroup;
use crate::reuse::alignment::Alignments;
use crate::reuse::cluster::Cluster;
use crate::reuse::collation::Collation;
use crate::reuse::copies::Copies;
use crate::reuse::postings::Suppressed;
use crate::reuse::quote_variant::QuoteVariant;
use crate::reuse::story::Stories;
use crate::text::span::{Byte, CodePoints, Span, Token};
use crate::voice::mask::{Voice, VoiceMask};
use crate::voice::quote::{Quotation, is_quotation};
use crate::voice::utterance::Utterance;

use super::quarantine::FailedPair;
use super::settings::{Settings, TextShown};

/// What was found in one article.
#[derive(Debug)]
pub struct ArticleFindings {
    /// Turns its byte offsets into code points and lines.
    pub points: CodePoints,
    /// Its quotations, in order.
    pub quotations: Vec<Quotation>,
    /// Its quotations and its reported speech, with who is said to speak, in order.
    pub utterances: Vec<Utterance>,
    /// Whose words stand where.
    pub mask: VoiceMask,
    /// Its listed wording, in order.
    pub usages: Vec<Usage>,
    /// The sources that it states, in order.
    pub credits: Vec<Credit>,
    /// Its words by voice, in the order of [`Voice::ALL`].
    pub words: [u64; 3],
}

impl ArticleFindings {
    /// Some bytes of the article's text in code points, line and column.
    #[must_use]
    pub fn place(&self, text: &str, bytes: Span<Byte>) -> Place {
        let (line, column) = self.points.position(text, bytes.start());
        Place { start: self.points.at(text, bytes.start()), end: self.points.at(text, bytes.end()), line, column }
    }

    /// Whether some tokens are at least half of the words of a quotation.
    #[must_use]
    pub fn is_quotation(&self, document: &Document, tokens: Span<Token>) -> bool {
        is_quotation(&self.quotations, document, tokens)
    }

    /// The voice that most of some tokens stand in; for none, the voice of the word that follows.
    #[must_use]
    pub fn voice_of(&self, document: &Document, tokens: Span<Token>) -> Voice {
        let words =
            if tokens.is_empty() { document.words().get(tokens.start()..=tokens.start()).unwrap_or(&[]) } else { document.slice(tokens) };
        let mut counts = [0u32; 3];
        for word in words {
            counts[self.mask.at(word.span()) as usize] += 1;
        }
        Voice::ALL.into_iter().rev().max_by_key(|&v| counts[v as usize]).unwrap_or(Voice::Narrator)
    }
}

/// Two sentences of two outlets that tell the same in other words.
#[derive(Clone, Debug, PartialEq)]
pub struct Paraphrase {
    /// A sentence of the earlier article in corpus order.
    pub left: Locus,
    /// A sentence of the other.
    pub right: Locus,
    /// Smoothed cosine of their weighted terms, 0 to 1.
    pub similarity: f64,
    /// Weight of the shared terms, in nats.
    pub evidence: f64,
    /// 0 to 1; orders retold passages, and is no probability.
    pub confidence: f64,
    /// Tokens of the left sentence that stand for what both share, heaviest first.
    pub shared: Vec<usize>,
}

/// Two quotations of two outlets that are one, whole, cut or in other words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuoteMatch {
    /// The earlier article in corpus order, and which of its quotations.
    pub left: (ArticleId, usize),
    /// The other.
    pub right: (ArticleId, usize),
    /// How one stands to the other.
    pub variant: QuoteVariant,
    /// See [`QuotePair::similarity`](crate::reuse::quote_variant::QuotePair::similarity).
    pub similarity: f64,
}

/// Everything a run found, in corpus order throughout.
#[derive(Debug)]
pub struct Findings<'c> {
    /// The articles.
    pub corpus: &'c Corpus,
    /// The listed wording.
    pub lexicon: &'c Lexicon,
    /// How it was looked for.
    pub settings: Settings,
    /// Per article.
    pub articles: Vec<ArticleFindings>,
    /// Articles that report the same event.
    pub stories: Stories,
    /// Articles that print the same text.
    pub copies: Copies,
    /// Pairs of aligned passages.
    pub alignments: Alignments,
    /// What outlets tell in other words, never counted with what they share word for word.
    pub paraphrases: Vec<Paraphrase>,
    /// The same quotation in two outlets.
    pub quote_matches: Vec<QuoteMatch>,
    /// One quotation in several articles, in order of its first printing.
    pub quote_groups: Vec<QuoteGroup>,
    /// Shared passages.
    pub clusters: Vec<Cluster>,
    /// Where each of them may come from, in the same order.
    pub origins: Vec<Origin>,
    /// The same, laid side by side.
    pub collations: Vec<Collation>,
    /// Different readings of one slot.
    pub substitutions: Vec<Substitution>,
    /// Choices between listed and other wording in one slot.
    pub preferences: Vec<Preference>,
    /// Words that pairs of articles share.
    pub overlaps: Vec<Overlap>,
    /// Persons, groups and places whose labels are told, in order of name.
    pub entities: Vec<Entity>,
    /// Where they are named, per article in order of place.
    pub mentions: Vec<Vec<Mention>>,
    /// What they are called, in corpus order.
    pub labels: Vec<(ArticleId, Labelled)>,
    /// Hits per 1,000 words.
    pub rates: Vec<Rate<'c>>,
    /// The same with reported speech counted as the outlet's own.
    pub sensitivity: Vec<Sensitivity<'c>>,
    /// Words that outlets use unevenly; `None` where they were not looked for.
    pub keyness: Option<Keyness>,
    /// Runs of words that were left out as too common, in order of their first place.
    pub suppressed: Vec<Suppressed>,
    /// Pairs of articles whose comparison failed.
    pub failed: Vec<FailedPair>,
}

/// A place as tables give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// First code point, from 0.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// Line of the first, from 1.
    pub line: usize,
    /// Column of the first, from 1.
    pub column: usize,
}

impl Findings<'_> {
    /// The bytes of a place; an empty one stands before the word that follows.
    #[must_use]
    pub fn bytes(&self, locus: Locus) -> Span<Byte> {
        self.corpus.bytes(locus).unwrap_or_else(|| {
            let document = self.corpus.document(locus.article);
            let next = document.words().get(locus.tokens.start()).map(|w| w.span().start());
            let at = next.or_else(|| document.words().last().map(|w| w.span().end())).unwrap_or(0);
            Span::new(at, at)
        })
    }

    /// The headline of an article, as far as it may be shown.
    #[must_use]
    pub fn title(&self, article: ArticleId) -> &str {
        let article = self.corpus.article(article);
        if article.title_in_text && self.settings.text == TextShown::None { "" } else { &article.title }
    }

    /// A place in code points, line and column.
    #[must_use]
    pub fn place(&self, locus: Locus) -> Place {
        self.articles[locus.article.index()].place(&self.corpus.whole_text(locus.article), self.bytes(locus))
    }

    /// The sentence that holds the first token of a place, or stands before it.
    #[must_use]
    pub fn sentence(&self, locus: Locus) -> Cow<'_, str> {
        let document = self.corpus.document(locus.article);
        let sentences = document.sentences();
        let at = document.sentence_of(locus.tokens.start()).min(sentences.len().saturating_sub(1));
        let bytes = sentences.get(at).and_then(|&tokens| document.bytes(tokens));
        bytes.map_or(Cow::Borrowed(""), |bytes| self.corpus.part(locus.article, bytes))
    }

    /// The story of all witnesses of a passage, by its position; `None` where they belong to several.
    #[must_use]
    pub fn story_of_passage(&self, cluster: usize) -> Option<StoryId> {
        let mut stories = self.clusters[cluster].all().map(|w| self.stories.of(w.locus.article));
        let first = stories.next()?;
        stories.all(|story| story == first).then_some(first)
    }

    /// Positions of the passages that two outlets or more have.
    pub fn across(&self) -> impl Iterator<Item = usize> {
        (0..self.clusters.len()).filter(|&i| self.clusters[i].outlets() > 1)
    }

    /// Differences in listed wording, those that tell most in few words first: listed on both sides, then words on both
    /// sides, then the shortest; the same pair of wordings once.
    #[must_use]
    pub fn telling_substitutions(&self) -> Vec<&Substitution> {
        let words = |s: &Substitution| s.left.locus.tokens.len() + s.right.locus.tokens.len();
        // A pair of small words tells nothing, even where listed wording touches one.
        let tells =
            |locus: Locus| self.corpus.document(locus.article).slice(locus.tokens).iter().any(|w| !self.corpus.vocabulary().is_stop(w.id));
        let tells = |s: &&Substitution| s.kind == DifferenceKind::Framing && (tells(s.left.locus) || tells(s.right.locus));
        let mut found: Vec<&Substitution> = self.substitutions.iter().filter(tells).collect();
        found.sort_by_key(|s| (s.left.entry.is_none() || s.right.entry.is_none(), s.change != Change::Replace, words(s)));
        let mut seen = BTreeSet::new();
        found.retain(|s| seen.insert((self.corpus.text(s.left.locus), self.corpus.text(s.right.locus))));
        found
    }

    /// The voice that most words of a place stand in.
    #[must_use]
    pub fn voice_of(&self, locus: Locus) -> Voice {
        self.articles[locus.article.index()].voice_of(&self.corpus.document(locus.article), locus.tokens)
    }
}
