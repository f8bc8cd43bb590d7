//! The table of what outlets call whom.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::label::Basis;
use crate::id::{ArticleId, EntryId, Key, OutletId, TokenId};
use crate::voice::mask::Voice;

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// What an outlet calls a person, group or place (table entities), in one voice and by one pattern: the noun phrases beside
    /// the name or in its place. Only labels in patterns that leave little doubt are found; that one is missing says nothing.
    pub struct LabelRow<'f> {
        /// Whom it labels (table entities).
        entity_id: Key,
        /// Its name.
        entity: &'f str,
        /// Who calls it so, or prints others who do: see voice.
        outlet: &'f str,
        /// The noun phrase without its article, as printed at its first place; phrases of the same words are one label whatever their case.
        label: Quoted<String>,
        /// title (a rank or an office alone, before the name), before_name (the rebel leader X; the border town of X), after_name (the X militia
        /// group), apposition (X, the leader of the movement, or the other way round), known_as (X, known as the butcher of Ada) or same_slot (stands where another outlet has the name, in a shared passage).
        basis: Code,
        /// narrator, indirect or direct: whose words the label is, by its first word.
        voice: Code,
        /// Places.
        n: usize,
        /// Articles of the outlet with it.
        articles: usize,
        /// The strongest listed wording in it at its first place (table lexicon); empty if there is none.
        lexicon_id: Option<&'f str>,
        /// The article of its first place.
        article_id: Key,
        /// First code point of the label there, in the text as read, from 0.
        start: usize,
        /// Code point after it.
        end: usize,
        /// The sentence it stands in.
        sentence: Quoted<Cow<'f, str>>,
    }
}

type Group = (usize, OutletId, Vec<TokenId>, Basis, Voice);

/// A label's places.
struct Places {
    first: Locus,
    n: usize,
    articles: BTreeSet<ArticleId>,
}

/// Rows in order of entity, outlet and label, each by name.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = LabelRow<'f>> {
    let corpus = findings.corpus;
    let mut groups: BTreeMap<Group, Places> = BTreeMap::new();
    for &(article, label) in &findings.labels {
        let first = Locus { article, tokens: label.tokens };
        let document = corpus.document(article);
        let words = document.slice(label.tokens);
        let voice = words.first().map_or(Voice::Narrator, |w| findings.articles[article.index()].mask.at(w.span()));
        let group = (label.entity, corpus.article(article).outlet, words.iter().map(|w| w.id).collect(), label.basis, voice);
        let places = groups.entry(group).or_insert_with(|| Places { first, n: 0, articles: BTreeSet::new() });
        places.n += 1;
        places.articles.insert(article);
    }
    let mut rows: Vec<(Group, Places, String)> = groups
        .into_iter()
        .map(|(group, places)| {
            let label = corpus.text(places.first).split_whitespace().collect::<Vec<_>>().join(" ");
            (group, places, label)
        })
        .collect();
    rows.sort_by_cached_key(|(group, _, label)| (group.0, group.1, label.to_lowercase(), group.3, group.4));
    rows.into_iter().map(move |(group, places, label)| {
        let entity = &findings.entities[group.0];
        let at = findings.place(places.first);
        LabelRow {
            entity_id: entity.key,
            entity: corpus.shown_name(&entity.name),
            outlet: &corpus.outlet(group.1).name,
            label: Quoted(label),
            basis: Code(group.3.as_str()),
            voice: Code(group.4.as_str()),
            n: places.n,
            articles: places.articles.len(),
            lexicon_id: listed(findings, places.first).map(|entry| findings.lexicon.entry(entry).id.as_str()),
            article_id: corpus.article(places.first.article).key,
            start: at.start,
            end: at.end,
            sentence: Quoted(findings.sentence(places.first)),
        }
    })
}

/// The strongest listed wording that touches a place; of equals the first.
fn listed(findings: &Findings<'_>, place: Locus) -> Option<EntryId> {
    let usages = &findings.articles[place.article.index()].usages;
    let touching = usages.iter().filter(|u| u.hit.tokens.overlap(place.tokens) > 0);
    touching.max_by_key(|u| (u.hit.strength, std::cmp::Reverse(u.hit.tokens.start()))).map(|u| u.hit.entry)
}
