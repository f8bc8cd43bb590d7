//! The table of lexicon entries that were found.

use std::collections::BTreeMap;

use crate::analysis::findings::Findings;

use super::row::row;

row! {
    /// One entry of the lexicon that was found in the corpus.
    pub struct LexiconRow<'f> {
        /// The entry.
        lexicon_id: &'f str,
        /// The wording as listed.
        term: &'f str,
        /// Its category.
        category: &'f str,
        /// 1 weak, 2 clear, 3 strong.
        strength: u8,
        /// Plainer wordings, or advice in brackets, parted by |.
        neutral: String,
        /// What it does beyond naming the thing.
        why: &'f str,
        /// Ids of lexicons/sources.csv, parted by |.
        sources: String,
        /// Who disagrees that it is loaded; empty if nobody is known to.
        dissent: &'f str,
        /// Places found, all voices and strengths.
        hits: u64,
        /// Articles with a place.
        articles_with: u64,
    }
}

/// Rows in order of id.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = LexiconRow<'f>> {
    let mut found: BTreeMap<crate::id::EntryId, (u64, u64)> = BTreeMap::new();
    for article in &findings.articles {
        let mut here: BTreeMap<crate::id::EntryId, u64> = BTreeMap::new();
        article.usages.iter().for_each(|u| *here.entry(u.hit.entry).or_default() += 1);
        for (entry, n) in here {
            let counts = found.entry(entry).or_default();
            *counts = (counts.0 + n, counts.1 + 1);
        }
    }
    found.into_iter().map(move |(id, (hits, articles_with))| {
        let entry = findings.lexicon.entry(id);
        LexiconRow {
            lexicon_id: &entry.id,
            term: entry.shown(),
            category: &entry.category,
            strength: entry.strength,
            neutral: entry.neutral_line(),
            why: &entry.why,
            sources: entry.sources.join("|"),
            dissent: &entry.contested,
            hits,
            articles_with,
        }
    })
}
