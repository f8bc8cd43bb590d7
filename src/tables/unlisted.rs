//! The listing of wording that differs between outlets and that no entry lists.

use crate::analysis::findings::Findings;
use crate::framing::unlisted::unlisted;
use crate::id::Key;

use super::row::row;

row! {
    /// One wording that no entry lists and for which another outlet writes something else in the same slot.
    pub struct UnlistedRow {
        /// The wording, folded, without small words at its ends.
        wording: String,
        /// Places where it stands in such a slot.
        places: usize,
        /// Outlets that have it there.
        outlets: usize,
        /// Articles that have it there.
        articles: usize,
        /// Shared passages with such a slot.
        passages: usize,
        /// Those of them in which another outlet has other words there, as few and no names.
        choices: usize,
        /// Pairs of readings whose other side is listed wording.
        against_listed: usize,
        /// What stands there elsewhere, parted by |, the commonest first, five at most; (nothing) where the other outlet writes nothing.
        counterparts: String,
        /// Article of the first place.
        article_id: Key,
        /// First code point of the first place in the text as read, from 0.
        start: usize,
        /// Code point after its last.
        end: usize,
        /// Sentence of the first place.
        sentence: String,
        /// Sentence of the commonest counterpart.
        counterpart_sentence: String,
    }
}

/// Most counterparts in one cell.
const COUNTERPARTS: usize = 5;

/// Rows in order of rank: see [`unlisted`].
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = UnlistedRow> + use<'f> {
    let corpus = findings.corpus;
    let word = |id| corpus.vocabulary().word(id);
    unlisted(&findings.substitutions, corpus).into_iter().filter_map(move |found| {
        let first = *found.places.first()?;
        let place = findings.place(first);
        let reading = |locus| match &*corpus.text(locus) {
            "" => "(nothing)".to_owned(),
            text => text.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        Some(UnlistedRow {
            wording: found.words.iter().map(|&id| word(id)).collect::<Vec<_>>().join(" "),
            places: found.places.len(),
            outlets: found.outlets,
            articles: found.articles,
            passages: found.passages,
            choices: found.choices,
            against_listed: found.against_listed,
            counterparts: found.counterparts.iter().take(COUNTERPARTS).map(|&(locus, _)| reading(locus)).collect::<Vec<_>>().join("|"),
            article_id: corpus.article(first.article).key,
            start: place.start,
            end: place.end,
            sentence: findings.sentence(first).into_owned(),
            counterpart_sentence: found.counterparts.first().map_or_else(String::new, |&(locus, _)| findings.sentence(locus).into_owned()),
        })
    })
}
