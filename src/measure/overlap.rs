//! How much text two articles share.

use std::cmp::Reverse;

use crate::corpus::collection::Corpus;
use crate::corpus::document::Word;
use crate::id::ArticleId;
use crate::reuse::alignment::{Alignment, Alignments};
use crate::reuse::copies::Copies;
use crate::text::span::{Span, Token};
use crate::voice::mask::{Voice, VoiceMask};

/// Articles of one text that are each set beside whoever shares words with it; of a text that more print, the first stands for
/// all, and each other is set beside that one: rows grow with the copies and not with their square.
pub const MAX_COPIES_PAIRED: usize = 8;

/// Words that two articles of two outlets share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The earlier article in corpus order.
    pub left: ArticleId,
    /// The other.
    pub right: ArticleId,
    /// Words of one that are aligned with an equal word of the other, each once.
    pub shared: u64,
    /// Those that are the narrator's in both.
    pub narrator: u64,
    /// Those inside quotation marks in both.
    pub direct: u64,
}

/// What an article is, as far as overlap asks.
#[derive(Clone, Copy, Debug)]
pub struct Voiced<'f> {
    /// Whose words stand where.
    pub mask: &'f VoiceMask,
    /// Its words by voice, in the order of [`Voice::ALL`].
    pub words: [u64; 3],
}

/// Overlaps of all pairs of articles of two outlets that an alignment joins or that print one text, in order of both. Where
/// alignments touch the same word, the one with more equal words has it: a word is shared once, and both sides share as many.
/// `voiced` tells of each article; `alignments` are those between the first copies of each text.
#[must_use]
pub fn overlaps<'f>(corpus: &Corpus, alignments: &Alignments, copies: &Copies, voiced: impl Fn(ArticleId) -> Voiced<'f>) -> Vec<Overlap> {
    let mut pairs: Vec<&Alignment> = alignments.iter().filter(|a| a.left.article != a.right.article).collect();
    pairs.sort_by_key(|a| (a.left.article, a.right.article, Reverse(a.matched), a.left, a.right));
    let groups = Groups::new(corpus, copies);
    let mut out = Vec::new();
    let mut add = |left: ArticleId, right: ArticleId, found: Overlap| {
        if corpus.article(left).outlet != corpus.article(right).outlet {
            let (left, right) = if left < right { (left, right) } else { (right, left) };
            out.push(Overlap { left, right, ..found });
        }
    };
    for pair in pairs.chunk_by(|a, b| (a.left.article, a.right.article) == (b.left.article, b.right.article)) {
        let (a, b) = (pair[0].left.article, pair[0].right.article);
        let found = shared((pair, alignments), [a, b], corpus, [voiced(a).mask, voiced(b).mask]);
        for &left in groups.stand_in(a) {
            groups.stand_in(b).iter().for_each(|&right| add(left, right, found));
        }
    }
    for group in groups.larger() {
        let [narrator, indirect, direct] = voiced(group[0]).words;
        let whole = Overlap { left: group[0], right: group[0], shared: narrator + indirect + direct, narrator, direct };
        let hubs = if group.len() <= MAX_COPIES_PAIRED { group.len() } else { 1 };
        for (i, &left) in group.iter().enumerate().take(hubs) {
            group[i + 1..].iter().for_each(|&right| add(left, right, whole));
        }
    }
    out.sort_unstable_by_key(|o| (o.left, o.right));
    out
}

/// Articles that print one text.
struct Groups {
    /// Articles by their text, each text in corpus order.
    articles: Vec<ArticleId>,
    /// For each article, where the group of its text lies.
    of: Vec<(usize, usize)>,
}

impl Groups {
    fn new(corpus: &Corpus, copies: &Copies) -> Self {
        let text = |id: ArticleId| copies.exact_of(id).unwrap_or(id);
        let mut articles: Vec<ArticleId> = corpus.ids().collect();
        articles.sort_by_key(|&id| (text(id), id));
        let mut of = vec![(0, 0); articles.len()];
        let mut start = 0;
        for group in articles.chunk_by(|&a, &b| text(a) == text(b)) {
            group.iter().for_each(|id| of[id.index()] = (start, start + group.len()));
            start += group.len();
        }
        Self { articles, of }
    }

    /// The articles that are set beside others for a text.
    fn stand_in(&self, id: ArticleId) -> &[ArticleId] {
        let (start, end) = self.of[id.index()];
        &self.articles[start..if end - start <= MAX_COPIES_PAIRED { end } else { start + 1 }]
    }

    /// Texts that several articles print.
    fn larger(&self) -> impl Iterator<Item = &[ArticleId]> {
        let starts = self.articles.iter().filter(|id| self.articles[self.of[id.index()].0] == **id);
        starts.map(|id| &self.articles[self.of[id.index()].0..self.of[id.index()].1]).filter(|group| group.len() > 1)
    }
}

fn shared((pair, alignments): (&[&Alignment], &Alignments), [a, b]: [ArticleId; 2], corpus: &Corpus, masks: [&VoiceMask; 2]) -> Overlap {
    let (left, right) = (corpus.document(a), corpus.document(b));
    let (left, right) = (left.words(), right.words());
    let mut found = Overlap { left: a, right: b, shared: 0, narrator: 0, direct: 0 };
    // One alignment never has a word twice.
    let several = pair.len() > 1;
    let mut taken = if several { [vec![false; left.len()], vec![false; right.len()]] } else { [Vec::new(), Vec::new()] };
    for edit in pair.iter().flat_map(|alignment| alignments.edits(alignment)).filter(|edit| edit.equal) {
        let places = |tokens: Span<Token>| tokens.range();
        for (l, r) in places(edit.left).zip(places(edit.right)) {
            if several && (taken[0][l] || taken[1][r]) {
                continue;
            }
            if several {
                (taken[0][l], taken[1][r]) = (true, true);
            }
            let voice = |mask: &VoiceMask, word: &Word| mask.at(word.span());
            found.shared += 1;
            match (voice(masks[0], &left[l]), voice(masks[1], &right[r])) {
                (Voice::Narrator, Voice::Narrator) => found.narrator += 1,
                (Voice::Direct, Voice::Direct) => found.direct += 1,
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{MAX_COPIES_PAIRED, Overlap, Voiced, overlaps};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::corpus::locus::Locus;
    use crate::corpus::record::Record;
    use crate::id::ArticleId;
    use crate::reuse::align::Edit;
    use crate::reuse::alignment::{Form, Laid};
    use crate::reuse::copies::{Copies, TextSketch};
    use crate::text::span::Span;
    use crate::voice::mask::{Voice, VoiceMask};

    /// One article of each outlet; equal texts are copies.
    fn corpus(texts: &[&str]) -> (Corpus, Copies) {
        let mut builder = CorpusBuilder::default();
        for (i, text) in texts.iter().enumerate() {
            builder.admit(Record::of_text(&format!("{i:02}.txt"), &format!("Outlet {i:02}"), *text));
        }
        let sketch = |text: &&str| TextSketch { whole: texts.iter().position(|t| t == text).unwrap() as u64, least: vec![] };
        (builder.seal(), Copies::new(&texts.iter().map(sketch).collect::<Vec<_>>(), |_, _| true))
    }

    /// An alignment of equal stretches, given as start on the left, start on the right, words.
    fn alignment(left: usize, right: usize, equal: &[(usize, usize, usize)]) -> Laid {
        let edits: Vec<Edit> =
            equal.iter().map(|&(l, r, n)| Edit { left: Span::new(l, l + n), right: Span::new(r, r + n), equal: true }).collect();
        let hull = |side: fn(&Edit) -> Span<_>| edits.iter().map(side).reduce(Span::hull).unwrap();
        Laid {
            left: Locus { article: ArticleId::new(left), tokens: hull(|e| e.left) },
            right: Locus { article: ArticleId::new(right), tokens: hull(|e| e.right) },
            significance: 1.0,
            rarest: 1,
            form: Form::Copied,
            edits,
        }
    }

    const SIX: &str = "one two three four five six";
    const SEVEN: &str = "one two three four five six seven";

    fn found(corpus: &Corpus, copies: &Copies, alignments: &[Laid], mask: &VoiceMask) -> Vec<(usize, usize, u64, u64, u64)> {
        let shown = |o: &Overlap| (o.left.index(), o.right.index(), o.shared, o.narrator, o.direct);
        overlaps(corpus, &alignments.iter().cloned().collect(), copies, |_| Voiced { mask, words: [4, 1, 2] }).iter().map(shown).collect()
    }

    /// Two alignments that cross: words 0–3 and words 2–5 of the left side, of which the longer one keeps what both want.
    #[test]
    fn a_word_is_shared_once() {
        let (corpus, copies) = corpus(&[SIX, SEVEN]);
        let alignments = [alignment(0, 1, &[(0, 0, 3)]), alignment(0, 1, &[(2, 2, 4)])];
        assert_eq!(found(&corpus, &copies, &alignments, &VoiceMask::default()), [(0, 1, 6, 6, 0)]);
        // The same stretch of the right side twice: as many words of both.
        let alignments = [alignment(0, 1, &[(0, 0, 3)]), alignment(0, 1, &[(3, 0, 2)])];
        assert_eq!(found(&corpus, &copies, &alignments, &VoiceMask::default()), [(0, 1, 3, 3, 0)]);
    }

    /// One word of the left side beside two of the right: the alignment with more equal words has it, and what differs is not
    /// shared.
    #[test]
    fn the_longer_alignment_has_the_word() {
        let (corpus, copies) = corpus(&[SIX, SEVEN]);
        let alignments = [alignment(0, 1, &[(0, 1, 1)]), alignment(0, 1, &[(0, 0, 4)])];
        assert_eq!(found(&corpus, &copies, &alignments, &VoiceMask::default()), [(0, 1, 4, 4, 0)]);
        let alignments = [alignment(0, 1, &[(0, 0, 3)]), alignment(0, 1, &[(0, 3, 2)])];
        assert_eq!(found(&corpus, &copies, &alignments, &VoiceMask::default()), [(0, 1, 3, 3, 0)]);
        let mut differing = alignment(0, 1, &[(0, 0, 3)]);
        differing.edits.push(Edit { equal: false, left: Span::new(3, 5), right: Span::new(3, 5) });
        (differing.left.tokens, differing.right.tokens) = (Span::new(0, 5), Span::new(0, 5));
        assert_eq!(found(&corpus, &copies, &[differing], &VoiceMask::default()), [(0, 1, 3, 3, 0)]);
    }

    /// As many copies as are still paired: each with each, and each with the other text.
    #[test]
    fn few_copies_are_set_beside_each_other() {
        let mut texts = vec![SEVEN; MAX_COPIES_PAIRED];
        texts.push(SIX);
        let (corpus, copies) = corpus(&texts);
        let pairs = found(&corpus, &copies, &[alignment(0, MAX_COPIES_PAIRED, &[(0, 0, 6)])], &VoiceMask::default());
        assert_eq!(pairs.len(), MAX_COPIES_PAIRED * (MAX_COPIES_PAIRED + 1) / 2);
        assert!(pairs.iter().filter(|p| p.1 < MAX_COPIES_PAIRED).all(|p| p.2 == 7), "{pairs:?}");
    }

    #[test]
    fn an_outlet_shares_nothing_with_itself() {
        let mut builder = CorpusBuilder::default();
        for (name, text) in [("0.txt", SIX), ("1.txt", SEVEN)] {
            builder.admit(Record::of_text(name, "Outlet", text));
        }
        let corpus = builder.seal();
        assert!(found(&corpus, &Copies::none(2), &[alignment(0, 1, &[(0, 0, 6)])], &VoiceMask::default()).is_empty());
    }

    /// The first three words (13 bytes) are quoted in both.
    #[test]
    fn voices_are_told_apart() {
        let (corpus, copies) = corpus(&[SIX, SEVEN]);
        let mask = VoiceMask::new(vec![(Span::new(0, 13), Voice::Direct), (Span::new(14, 18), Voice::Indirect)]);
        assert_eq!(found(&corpus, &copies, &[alignment(0, 1, &[(0, 0, 6)])], &mask), [(0, 1, 6, 2, 3)]);
    }

    /// Articles 0 and 2 print one text: they share all seven words, and each what the text shares with article 1.
    #[test]
    fn copies_share_what_their_text_shares() {
        let (corpus, copies) = corpus(&[SEVEN, SIX, SEVEN]);
        let alignments = [alignment(0, 1, &[(0, 0, 6)])];
        assert_eq!(found(&corpus, &copies, &alignments, &VoiceMask::default()), [(0, 1, 6, 6, 0), (0, 2, 7, 4, 2), (1, 2, 6, 6, 0)]);
    }

    /// A text of many copies is set beside others once, and each copy beside the first.
    #[test]
    fn many_copies_are_set_beside_the_first() {
        let mut texts = vec![SEVEN; MAX_COPIES_PAIRED + 1];
        texts.push(SIX);
        let (corpus, copies) = corpus(&texts);
        let pairs = found(&corpus, &copies, &[alignment(0, 9, &[(0, 0, 6)])], &VoiceMask::default());
        assert_eq!(pairs.iter().map(|p| (p.0, p.1)).collect::<Vec<_>>(), (1..=9).map(|i| (0, i)).collect::<Vec<_>>());
    }
}
