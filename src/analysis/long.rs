//! The search for passages of long texts: documents that share rare stems, compared by what their words explain.

use rayon::prelude::*;

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::id::ArticleId;
use crate::reuse::align::{Pair, global};
use crate::reuse::alignment::{Alignments, Form, Laid};
use crate::reuse::copies::Copies;
use crate::reuse::long_settings::LongSettings;
use crate::reuse::profile::{Background, Profile};
use crate::reuse::rare_stems::{Anchored, anchored};
use crate::reuse::retelling::{Retold, RetoldKind, compare};
use crate::reuse::settings::ReuseSettings;
use crate::reuse::stem::WordClasses;
use crate::watch::{Stage, Watch};

use super::quarantine::Quarantine;

/// Passages of all pairs of documents of different outlets, in order of both places. Copies of a text are looked at each, but for
/// those that are `searched_once`.
pub(super) fn long_passages(
    corpus: &Corpus,
    classes: &WordClasses,
    (copies, searched_once): (&Copies, &Copies),
    may_pair: impl Fn(ArticleId, ArticleId) -> bool,
    (settings, reuse): (&LongSettings, &ReuseSettings),
    watch: &dyn Watch,
    failed: &Quarantine,
) -> Alignments {
    let profiles: Vec<Profile> = corpus
        .ids()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|id| match searched_once.exact_of(id) {
            Some(_) => Profile::default(),
            None => Profile::new(&corpus.document(id), classes, settings),
        })
        .collect();
    // A text that many print is as common as one.
    let texts = corpus.ids().zip(&profiles).filter(|(id, _)| copies.text(*id) == *id).map(|(_, profile)| profile);
    let background = Background::new(&profiles, texts);
    let mut pairs = anchored(&profiles, |id| corpus.article(id).outlet, &background, settings);
    pairs.retain(|pair| may_pair(pair.left, pair.right));
    watch.stage(Stage::Alignment, pairs.len() as u64);
    let of_pair = |pair: &Anchored| -> Vec<Laid> {
        watch.advance(1);
        let documents = (corpus.document(pair.left), corpus.document(pair.right));
        let words = Pair { left: documents.0.words(), right: documents.1.words(), classes };
        let aligned = |found: Retold| {
            let edits = global(found.left, found.right, words, reuse);
            Laid {
                left: Locus { article: pair.left, tokens: found.left },
                right: Locus { article: pair.right, tokens: found.right },
                edits,
                significance: found.score,
                rarest: 2,
                form: match found.kind {
                    RetoldKind::Retold => Form::Retold,
                    RetoldKind::Condensed => Form::Condensed,
                },
            }
        };
        let found = compare(&profiles[pair.left.index()], &profiles[pair.right.index()], &background, settings);
        found.into_iter().map(aligned).collect::<Vec<_>>()
    };
    let found = pairs.par_iter().flat_map_iter(|pair| failed.pair((pair.left, pair.right), || of_pair(pair)));
    let mut found: Vec<Laid> = found.collect();
    found.sort_by_key(|a| (a.left, a.right));
    found.into_iter().collect()
}
