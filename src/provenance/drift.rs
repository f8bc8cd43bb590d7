//! What becomes of a quotation: one printing of it laid word to word beside another.
//!
//! Case and punctuation play no part. Words in square brackets inside a quotation are the outlet's own: they are set apart and
//! not compared. The alignment is that of passages (`reuse::align`); its cost is bounded there.

use crate::corpus::collection::Corpus;
use crate::corpus::document::Word;
use crate::corpus::locus::Locus;
use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;
use crate::lexicon::inflect::spellings;
use crate::reuse::align::{Edit, Pair, global};
use crate::reuse::settings::ReuseSettings;
use crate::reuse::stem::WordClasses;
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;
use crate::voice::mask::{Voice, VoiceMask};

/// How a printing of a quotation stands to the base of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drift {
    /// The same words.
    Same,
    /// One run of the base's words: words are missing at its ends.
    Trimmed,
    /// Separate runs of the base's words in its order: words are missing in between.
    Spliced,
    /// Has words that the base has not in that place.
    Reworded,
    /// Told without quotation marks.
    ToIndirect,
}

impl Drift {
    /// All, in the order of tables.
    pub const ALL: [Drift; 5] = [Drift::Same, Drift::Trimmed, Drift::Spliced, Drift::Reworded, Drift::ToIndirect];

    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Trimmed => "trimmed",
            Self::Spliced => "spliced",
            Self::Reworded => "reworded",
            Self::ToIndirect => "to_indirect",
        }
    }
}

/// What kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Words of the base are missing.
    LeftOut,
    /// Words that the base has not.
    Added,
    /// Other words in their place.
    Replaced,
    /// The same words spelled otherwise or misread: no other wording.
    Spelling,
    /// Words of the outlet in square brackets.
    Bracketed,
}

/// A place where a printing differs from the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind.
    pub kind: DifferenceKind,
    /// In the base's article; empty for what is added, at its place.
    pub base: Span<Token>,
    /// In the printing's article; empty for what is left out.
    pub member: Span<Token>,
}

/// The words of an utterance that are compared.
#[derive(Clone, Debug)]
pub struct Said {
    words: Vec<Word>,
    /// Where each stands in its article.
    tokens: Vec<usize>,
    /// Stretches in square brackets.
    bracketed: Vec<Span<Token>>,
}

impl Said {
    /// Reads the words at `place` that stand in `voice`: of a quotation all but the brackets, of reported speech all but the
    /// quotations in it.
    #[must_use]
    pub fn new(corpus: &Corpus, place: Locus, mask: &VoiceMask, voice: Voice) -> Self {
        let mut said = Self { words: Vec::new(), tokens: Vec::new(), bracketed: Vec::new() };
        for (at, word) in place.tokens.range().zip(corpus.document(place.article).slice(place.tokens)) {
            if mask.at(word.span()) == voice {
                said.words.push(*word);
                said.tokens.push(at);
            } else if voice == Voice::Direct {
                match said.bracketed.last_mut() {
                    Some(last) if last.end() == at => *last = Span::new(last.start(), at + 1),
                    _ => said.bracketed.push(Span::new(at, at + 1)),
                }
            }
        }
        said
    }

    /// How many words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The stems of its words that carry meaning, each once, in order of their numbers.
    #[must_use]
    pub fn stems(&self, classes: &WordClasses) -> Vec<u32> {
        let mut stems: Vec<u32> = self.words.iter().filter(|w| classes.is_content(w.id)).map(|w| classes.stem(w.id)).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// From the first of some words to the last, in the article; where there is none, the empty place before the next.
    fn place(&self, words: Span<Token>) -> Span<Token> {
        match (self.tokens.get(words.start()), self.tokens[words.range()].last()) {
            (Some(&first), Some(&last)) => Span::new(first, last + 1),
            // No words have a place too: before the next one.
            (next, _) => {
                let at = next.copied().or_else(|| self.tokens.last().map(|last| last + 1)).unwrap_or(0);
                Span::new(at, at)
            }
        }
    }
}

/// Two printings word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Words that both have in the same order, misprints included.
    pub matched: usize,
    /// Those of them that carry meaning.
    pub content: usize,
    /// Where they differ, in order of the base.
    pub differences: Vec<Difference>,
    runs: usize,
}

impl Comparison {
    /// Lays `member` beside `base`.
    #[must_use]
    pub fn new(base: &Said, member: &Said, vocabulary: &Vocabulary, classes: &WordClasses, settings: &ReuseSettings) -> Self {
        let (l, r) = (Span::new(0, base.len()), Span::new(0, member.len()));
        let edits = global(l, r, Pair { left: &base.words, right: &member.words, classes }, settings);
        let mut found = Self { matched: 0, content: 0, differences: Vec::new(), runs: 0 };
        let mut in_run = false;
        let count = |words: &[Word]| words.iter().filter(|w| classes.is_content(w.id)).count();
        for edit in edits.iter().flat_map(|edit| parted(edit, base, member, vocabulary)) {
            let same = edit.kind.is_none_or(|kind| kind == DifferenceKind::Spelling);
            found.runs += usize::from(same && !in_run);
            in_run = same;
            if same {
                found.matched += edit.member.len();
                found.content += count(&member.words[edit.member.range()]);
            }
            if let Some(kind) = edit.kind {
                found.differences.push(Difference { kind, base: base.place(edit.base), member: member.place(edit.member) });
            }
        }
        let own = member.bracketed.iter().map(|&member| Difference { kind: DifferenceKind::Bracketed, base: Span::new(0, 0), member });
        found.differences.extend(own);
        found
    }

    /// How the second printing stands to the first.
    #[must_use]
    pub fn drift(&self) -> Drift {
        let any = |kinds: &[DifferenceKind]| self.differences.iter().any(|d| kinds.contains(&d.kind));
        if any(&[DifferenceKind::Added, DifferenceKind::Replaced]) || self.runs == 0 {
            Drift::Reworded
        } else if self.runs > 1 {
            Drift::Spliced
        } else if any(&[DifferenceKind::LeftOut]) {
            Drift::Trimmed
        } else {
            Drift::Same
        }
    }
}

/// Part of an edit over the compared words; without a kind both have the same words.
struct Part {
    kind: Option<DifferenceKind>,
    base: Span<Token>,
    member: Span<Token>,
}

/// An edit in parts of one kind each.
fn parted(edit: &Edit, base: &Said, member: &Said, vocabulary: &Vocabulary) -> Vec<Part> {
    let part = |kind, base, member| Part { kind, base, member };
    let (l, r) = (edit.left, edit.right);
    if edit.equal {
        return vec![part(None, l, r)];
    }
    if r.is_empty() {
        return vec![part(Some(DifferenceKind::LeftOut), l, r)];
    }
    if l.is_empty() {
        return vec![part(Some(DifferenceKind::Added), l, r)];
    }
    let letters = |words: &[Word]| -> String { words.iter().map(|w| vocabulary.word(w.id)).collect() };
    if letters(&base.words[l.range()]) == letters(&member.words[r.range()]) {
        return vec![part(Some(DifferenceKind::Spelling), l, r)];
    }
    if l.len() != r.len() {
        return vec![part(Some(DifferenceKind::Replaced), l, r)];
    }
    let mut out: Vec<Part> = Vec::new();
    for (i, j) in l.range().zip(r.range()) {
        let misprint = is_misprint(&base.words[i], &member.words[j], vocabulary);
        let kind = Some(if misprint { DifferenceKind::Spelling } else { DifferenceKind::Replaced });
        match out.last_mut() {
            Some(last) if last.kind == kind => {
                (last.base, last.member) = (Span::new(last.base.start(), i + 1), Span::new(last.member.start(), j + 1));
            }
            _ => out.push(part(kind, Span::new(i, i + 1), Span::new(j, j + 1))),
        }
    }
    out
}

/// Fewest articles of the word that another may be a misprint of: in a few articles every word is rare.
const KNOWN: usize = 20;
/// A misprint stands in this many times fewer articles than what it misprints.
const RARER: usize = 20;

/// Whether one word is the other in the other spelling of English (`analyse`, `analyze`), or misread: nearly the same letters, and far rarer (as a noisy channel would have it; Kernighan,
/// Church & Gale 1990). Words that turn a sentence round are none.
fn is_misprint(left: &Word, right: &Word, vocabulary: &Vocabulary) -> bool {
    let negates = |id: TokenId| {
        let word = vocabulary.word(id);
        Language::english().negations.contains(word) || word.ends_with("n't")
    };
    if spellings(vocabulary.word(left.id)).contains(vocabulary.word(right.id)) {
        return true;
    }
    let (a, b) = (vocabulary.articles(left.id), vocabulary.articles(right.id));
    if a.max(b) < KNOWN || a.max(b) < RARER * a.min(b) || negates(left.id) || negates(right.id) {
        return false;
    }
    // A figure that differs is another figure.
    if left.shape.has(Shape::DIGIT) || right.shape.has(Shape::DIGIT) {
        return false;
    }
    let (left, right) = (vocabulary.word(left.id), vocabulary.word(right.id));
    let letters = left.chars().count().max(right.chars().count());
    let distance = strsim::damerau_levenshtein(left, right);
    letters >= 3 && distance <= if letters >= 8 { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Difference, DifferenceKind, Drift, Said};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::locus::Locus;
    use crate::corpus::record::Record;
    use crate::reuse::settings::ReuseSettings;
    use crate::reuse::stem::WordClasses;
    use crate::text::language::Language;
    use crate::voice::mask::Voice;
    use crate::voice::quote::{mask, quotations};

    /// Drift and differences (`-` left out, `+` added, `→` replaced, `~` spelling, `*` bracketed) of the second quotation against the first.
    fn compared(texts: [&str; 2]) -> (Drift, Vec<String>) {
        let mut builder = CorpusBuilder::default();
        for (name, text) in ["a", "b"].iter().zip(texts) {
            builder.admit(Record::of_text(&format!("{name}.txt"), name, format!("“{text}” she said in the hall.")));
        }
        let corpus = builder.seal();
        let said: Vec<Said> = corpus
            .ids()
            .map(|id| {
                let (document, text) = (corpus.document(id), corpus.whole_text(id));
                let found = quotations(&document, &text, Language::english());
                let place = Locus { article: id, tokens: document.tokens(found[0].content) };
                Said::new(&corpus, place, &mask(&found, &text), Voice::Direct)
            })
            .collect();
        let classes = WordClasses::new(corpus.vocabulary());
        let found = Comparison::new(&said[0], &said[1], corpus.vocabulary(), &classes, &ReuseSettings::for_articles(2));
        let ids: Vec<_> = corpus.ids().collect();
        let shown = |d: &Difference| {
            let text = |i: usize, tokens| corpus.text(Locus { article: ids[i], tokens });
            match d.kind {
                DifferenceKind::LeftOut => format!("-{}", text(0, d.base)),
                DifferenceKind::Added => format!("+{}", text(1, d.member)),
                DifferenceKind::Replaced => format!("{}→{}", text(0, d.base), text(1, d.member)),
                DifferenceKind::Spelling => format!("{}~{}", text(0, d.base), text(1, d.member)),
                DifferenceKind::Bracketed => format!("*{}", text(1, d.member)),
            }
        };
        (found.drift(), found.differences.iter().map(shown).collect())
    }

    #[test]
    fn drifts() {
        let base = "We will rebuild every house in the valley, and we will do it before winter comes";
        for (other, drift, differences) in [
            ("we will rebuild every house in the valley — and we will do it before winter comes!", Drift::Same, &[][..]),
            ("rebuild every house in the valley", Drift::Trimmed, &["-We will", "-and we will do it before winter comes"]),
            ("We will rebuild every house before winter comes", Drift::Spliced, &["-in the valley, and we will do it"]),
            ("rebuild every house … before winter", Drift::Spliced, &["-We will", "-in the valley, and we will do it", "-comes"]),
            ("We will rebuild every school in the valley, and we will do it before winter comes", Drift::Reworded, &["house→school"]),
            ("We will rebuild every single house in the valley, and we will do it before winter comes", Drift::Reworded, &["+single"]),
            // The outlet's own words are no other wording of the speaker's, and never stand for his.
            ("We will rebuild every [destroyed] house in the valley, and we will do it before winter comes", Drift::Same, &["*destroyed"]),
            ("We will re-build every house in the valley, and we will do it before winter comes", Drift::Same, &["rebuild~re-build"]),
            ("We will rebuild every house in the valley, and we will do it before wynter comes", Drift::Reworded, &["winter→wynter"]),
            // In two articles no word is common enough to tell a misprint from another word.
            ("We will rebuild every horse in the valley, and we will do it before winter comes", Drift::Reworded, &["house→horse"]),
        ] {
            assert_eq!(compared([base, other]), (drift, differences.iter().map(|&d| d.to_owned()).collect()), "{other}");
        }
    }
}
