//! Which passages a worksheet takes: two outlets, differing in listed wording, of a length for a page, and not all of one kind.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::corpus::locus::Locus;
use crate::framing::substitution::DifferenceKind;
use crate::id::{ArticleId, EntryId, OutletId, StoryId};
use crate::reuse::stem::WordClasses;

use super::laid::{Laid, MANY, laid, usages};

/// Pairs of witnesses that are looked at, those with most differences in listed wording first.
const LOOKED_AT: usize = 600;
/// Pairs of one passage that are looked at.
const PAIRS: usize = 3;

/// A passage for a page.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Position of the passage among those found.
    pub(super) cluster: usize,
    pub(super) laid: Laid,
}

/// Up to `wanted` passages, each time the one most unlike those taken before: another story, other outlets, other wording.
/// `named`: whether the pages name the outlets, so that texts may as well.
pub(super) fn choose(findings: &Findings<'_>, wanted: usize, named: bool) -> Vec<Chosen> {
    let classes = WordClasses::new(findings.corpus.vocabulary());
    let mut offered: Vec<(Chosen, bool)> = pairs(findings)
        .into_iter()
        .filter_map(|(cluster, witnesses)| Some(Chosen { cluster, laid: laid(findings, &classes, witnesses)? }))
        .map(|chosen| {
            let told = !named && names_itself(findings, &chosen.laid);
            (chosen, told)
        })
        .collect();
    // Two pairs of one passage are one page: the better fitting goes first.
    offered.sort_by(|(a, a_told), (b, b_told)| {
        (a_told, a.laid.fitness(), a.cluster, a.laid.texts).cmp(&(b_told, b.laid.fitness(), b.cluster, b.laid.texts))
    });
    let mut taken: Vec<Chosen> = Vec::new();
    let mut seen = Seen::default();
    while taken.len() < wanted {
        let next = (0..offered.len())
            .filter(|&i| !seen.passages.contains(&offered[i].0.cluster))
            .min_by_key(|&i| (offered[i].1, offered[i].0.laid.faults(), seen.likeness(findings, &offered[i].0), i));
        let Some(next) = next else { break };
        let (chosen, _) = offered.remove(next);
        seen.take(findings, &chosen);
        taken.push(chosen);
    }
    taken
}

/// What the pages hold so far.
#[derive(Default)]
struct Seen {
    passages: BTreeSet<usize>,
    stories: BTreeMap<StoryId, usize>,
    outlets: BTreeMap<[OutletId; 2], usize>,
    wording: BTreeMap<EntryId, usize>,
}

impl Seen {
    /// How much a passage is like those taken.
    fn likeness(&self, findings: &Findings<'_>, chosen: &Chosen) -> usize {
        let known = |count: Option<&usize>| count.copied().unwrap_or(0);
        let wording: usize = entries(findings, &chosen.laid).iter().map(|entry| known(self.wording.get(entry))).sum();
        known(self.stories.get(&story(findings, chosen))) + known(self.outlets.get(&outlets(findings, chosen))) + wording
    }

    fn take(&mut self, findings: &Findings<'_>, chosen: &Chosen) {
        self.passages.insert(chosen.cluster);
        *self.stories.entry(story(findings, chosen)).or_default() += 1;
        *self.outlets.entry(outlets(findings, chosen)).or_default() += 1;
        entries(findings, &chosen.laid).into_iter().for_each(|entry| *self.wording.entry(entry).or_default() += 1);
    }
}

fn story(findings: &Findings<'_>, chosen: &Chosen) -> StoryId {
    findings.stories.of(chosen.laid.texts[0].article)
}

fn outlets(findings: &Findings<'_>, chosen: &Chosen) -> [OutletId; 2] {
    chosen.laid.texts.map(|text| findings.corpus.article(text.article).outlet)
}

/// Listed wording where the texts differ.
fn entries(findings: &Findings<'_>, laid: &Laid) -> BTreeSet<EntryId> {
    laid.places.iter().flat_map(|place| place.sides).flat_map(|side| usages(findings, side)).map(|usage| usage.hit.entry).collect()
}

/// Whether a text says which outlet it is from.
fn names_itself(findings: &Findings<'_>, laid: &Laid) -> bool {
    let names: Vec<String> = laid.texts.iter().map(|text| findings.corpus.outlet_of(text.article).name.to_lowercase()).collect();
    let names: Vec<&str> = names.iter().map(|name| name.strip_prefix("the ").unwrap_or(name)).collect();
    laid.texts.iter().any(|&text| {
        let text = findings.corpus.text(text).to_lowercase();
        names.iter().any(|name| !name.is_empty() && text.contains(name))
    })
}

/// Two witnesses of a passage and how they differ.
#[derive(Clone, Copy, Debug, Default)]
struct Differing {
    witnesses: Option<[Locus; 2]>,
    /// Slots, and those of them with listed wording.
    slots: usize,
    framing: usize,
}

/// Pairs of witnesses of two outlets that differ in listed wording, and not in too much else, first.
fn pairs(findings: &Findings<'_>) -> Vec<(usize, [Locus; 2])> {
    let mut differing: BTreeMap<(usize, ArticleId, ArticleId), Differing> = BTreeMap::new();
    for s in &findings.substitutions {
        let cluster = s.cluster.index();
        let known = differing.entry((cluster, s.left.locus.article, s.right.locus.article)).or_default();
        known.slots += 1;
        if s.kind != DifferenceKind::Framing {
            continue;
        }
        known.framing += 1;
        let witness = |place: Locus| {
            let all = findings.clusters[cluster].witnesses.iter().map(|w| w.locus);
            all.filter(|w| w.article == place.article).find(|w| w.tokens.contains(place.tokens))
        };
        if let (None, Some(left), Some(right)) = (known.witnesses, witness(s.left.locus), witness(s.right.locus)) {
            known.witnesses = Some([left, right]);
        }
    }
    let mut order: Vec<_> = differing.into_iter().filter(|(_, pair)| pair.witnesses.is_some()).collect();
    order.sort_by_key(|&(key, pair)| (pair.slots > MANY, std::cmp::Reverse(pair.framing.min(3)), pair.slots, key));
    let mut of_passage: BTreeMap<usize, usize> = BTreeMap::new();
    order.retain(|&((cluster, ..), _)| {
        let shown = of_passage.entry(cluster).or_default();
        *shown += 1;
        *shown <= PAIRS
    });
    order.into_iter().take(LOOKED_AT).filter_map(|((cluster, ..), pair)| Some((cluster, pair.witnesses?))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::choose;
    use crate::analysis::analyze;
    use crate::analysis::settings::Settings;
    use crate::corpus::builder::CorpusBuilder;
    use crate::id::TokenId;
    use crate::lexicon::load::Lexicon;
    use crate::read::files::{ReadOptions, read_all};

    /// Outside the places that differ, both texts are the same words; a passage is taken once; nothing is too long for a page.
    #[test]
    fn chosen_texts_are_alike_but_for_their_places() {
        for (folder, wanted) in [("demo", 40), ("seeds", 40), ("demo", 3)] {
            let mut builder = CorpusBuilder::default();
            read_all(&[PathBuf::from(folder)], &ReadOptions::default(), &mut builder).unwrap();
            let corpus = builder.seal();
            let findings = analyze(&corpus, Lexicon::english_framing(), &Settings::for_corpus(&corpus), |_| {});
            let chosen = choose(&findings, wanted, false);
            assert!((3..=wanted).contains(&chosen.len()), "{}", chosen.len());
            assert_eq!(chosen.iter().map(|c| c.cluster).collect::<BTreeSet<_>>().len(), chosen.len());
            for laid in chosen.iter().map(|c| &c.laid) {
                let alike = [0, 1].map(|side| -> Vec<TokenId> {
                    let text = laid.texts[side];
                    let differs = |at: usize| laid.places.iter().any(|p| p.sides[side].tokens.range().contains(&at));
                    let document = corpus.document(text.article);
                    let words = document.words();
                    text.tokens.range().filter(|&at| !differs(at)).map(|at| words[at].id).collect()
                });
                assert_eq!(alike[0], alike[1]);
                assert!(laid.framing() > 0 && laid.words() <= 95);
                let [a, b] = laid.texts.map(|text| corpus.article(text.article).outlet);
                assert_ne!(a, b);
            }
        }
    }

    #[test]
    fn six_pages_are_not_of_one_kind() {
        let mut builder = CorpusBuilder::default();
        read_all(&[PathBuf::from("demo")], &ReadOptions::default(), &mut builder).unwrap();
        let corpus = builder.seal();
        let findings = analyze(&corpus, Lexicon::english_framing(), &Settings::for_corpus(&corpus), |_| {});
        let chosen = choose(&findings, 6, false);
        let of = |chosen: &super::Chosen| chosen.laid.texts.map(|text| corpus.article(text.article).outlet);
        assert_eq!(chosen.iter().map(of).collect::<BTreeSet<_>>().len(), 3, "each pair of the three outlets");
        assert_eq!(chosen.iter().map(|c| findings.stories.of(c.laid.texts[0].article)).collect::<BTreeSet<_>>().len(), 2, "both events");
    }
}
