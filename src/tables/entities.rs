//! The table of persons, groups and places whose labels are told.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::id::{ArticleId, Key, TokenId};

use super::cell::Code;
use super::row::row;

row! {
    /// A person, group or place whose labels are told (table labels): given with --entities, otherwise the names that most is
    /// written of, chosen by number of mentions among those of two outlets or more and listed by name.
    pub struct EntityRow<'f> {
        /// Stable while its name is.
        entity_id: Key,
        /// Its name: as given, or its commonest full form as first printed.
        entity: &'f str,
        /// What it is, in the words of --entities; empty otherwise.
        kind: &'f str,
        /// Forms of its name that were found, each as first printed, parted by ` | `; empty if none was.
        aliases: String,
        /// Places that name it; an adjective (Iraqi), a compound (US-led) and a longer name (Trump Tower) do not.
        mentions: usize,
        /// Articles that name it.
        articles: usize,
        /// Outlets that name it.
        outlets: usize,
        /// Different labels found for it, in any outlet.
        labels: usize,
        /// given (--entities) or most_mentioned.
        basis: Code,
    }
}

/// What is counted of an entity.
#[derive(Default)]
struct Tally<'f> {
    forms: BTreeMap<Vec<TokenId>, (usize, Cow<'f, str>)>,
    mentions: usize,
    articles: BTreeSet<ArticleId>,
    labels: BTreeSet<Vec<TokenId>>,
}

/// Rows in order of name.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = EntityRow<'f>> {
    let corpus = findings.corpus;
    let mut tallies: Vec<Tally<'f>> = findings.entities.iter().map(|_| Tally::default()).collect();
    let ids = |at: Locus| corpus.document(at.article).slice(at.tokens).iter().map(|w| w.id).collect::<Vec<TokenId>>();
    let mut seen = 0;
    for (article, mentions) in corpus.ids().zip(&findings.mentions) {
        for mention in mentions {
            let place = Locus { article, tokens: mention.tokens };
            let tally = &mut tallies[mention.entity];
            seen += 1;
            tally.forms.entry(ids(place)).or_insert((seen, corpus.text(place)));
            tally.mentions += 1;
            tally.articles.insert(article);
        }
    }
    for (article, label) in &findings.labels {
        tallies[label.entity].labels.insert(ids(Locus { article: *article, tokens: label.tokens }));
    }
    findings.entities.iter().zip(tallies).map(move |(entity, tally)| {
        let mut forms: Vec<(usize, Cow<'_, str>)> = tally.forms.into_values().collect();
        forms.sort_unstable();
        let bare = |text: &str| {
            ["'s", "’s"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let mut aliases: Vec<String> = forms.into_iter().map(|(_, text)| corpus.shown_name(&bare(&text)).to_owned()).collect();
        // Where a number stands for an outlet, several forms of its name are one.
        aliases.dedup();
        EntityRow {
            entity_id: entity.key,
            entity: corpus.shown_name(&entity.name),
            kind: &entity.kind,
            aliases: aliases.join(" | "),
            mentions: tally.mentions,
            articles: tally.articles.len(),
            outlets: tally.articles.iter().map(|&id| corpus.article(id).outlet).collect::<BTreeSet<_>>().len(),
            labels: tally.labels.len(),
            basis: Code(if entity.given { "given" } else { "most_mentioned" }),
        }
    })
}
