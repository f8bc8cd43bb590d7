//! What outlets call whom: names, which of them are followed, where they stand and what stands with them.

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::framing::entity::{Entity, given, most_mentioned};
use crate::framing::label::{Labelled, keep_personal, labels};
use crate::framing::label_words::LabelWords;
use crate::framing::mention::{Gazetteer, Mention};
use crate::framing::name::{Names, names};
use crate::framing::prose::Prose;
use crate::framing::same_slot::same_slots;
use crate::id::ArticleId;
use crate::reuse::cluster::Cluster;
use crate::reuse::collation::Collation;
use crate::voice::lexis::{Lexis, VoiceWords};

use super::settings::Settings;

/// Entities with where they are named and what they are called.
pub(super) struct Called {
    pub(super) entities: Vec<Entity>,
    /// Per article, in order of place.
    pub(super) mentions: Vec<Vec<Mention>>,
    /// In corpus order.
    pub(super) labels: Vec<(ArticleId, Labelled)>,
}

pub(super) fn called(corpus: &Corpus, clusters: &[Cluster], collations: &[Collation], settings: &Settings) -> Called {
    let (lexis, words) = (Lexis::new(VoiceWords::english(), corpus.vocabulary()), LabelWords::english(corpus.vocabulary()));
    let ids: Vec<ArticleId> = corpus.ids().collect();
    // The lists are English, and so is the use of capitals.
    let english = |id: &ArticleId| corpus.article(*id).is_english();
    let entities = if settings.named.is_empty() {
        let found: Vec<(ArticleId, Names)> =
            ids.par_iter().filter(|id| english(id)).map(|&id| (id, names(&Prose::of(&corpus.lend(id), &lexis, &words)))).collect();
        most_mentioned(corpus, &found, &words, settings.entities)
    } else {
        given(&settings.named, corpus)
    };
    let gazetteer = Gazetteer::new(&entities, corpus.vocabulary());
    let found: Vec<(Vec<Mention>, Vec<Labelled>)> = ids
        .par_iter()
        .map(|id| {
            if !english(id) {
                return (Vec::new(), Vec::new());
            }
            let lent = corpus.lend(*id);
            let prose = Prose::of(&lent, &lexis, &words);
            let mentions = gazetteer.mentions(&prose);
            let labels = labels(&prose, &mentions);
            (mentions, labels)
        })
        .collect();
    let (mentions, beside): (Vec<Vec<Mention>>, Vec<Vec<Labelled>>) = found.into_iter().unzip();
    let mut labels: Vec<(ArticleId, Labelled)> =
        ids.iter().zip(beside).flat_map(|(&id, labels)| labels.into_iter().map(move |label| (id, label))).collect();
    let mut named = vec![0; entities.len()];
    mentions.iter().flatten().for_each(|mention| named[mention.entity] += 1);
    keep_personal(&mut labels, &named);
    labels.extend(same_slots((clusters, collations), corpus, (&lexis, &words), |id| mentions[id.index()].as_slice()));
    labels.sort_by_key(|(id, label)| (*id, label.tokens, label.entity, label.basis));
    labels.dedup();
    Called { entities, mentions, labels }
}
