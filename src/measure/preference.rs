//! Which wording an outlet chooses where others, in the same place of the same passage, choose otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::framing::substitution::strongest;
use crate::framing::unlisted::{LONGEST, is_spelling};
use crate::framing::usage::Usage;
use crate::id::{ArticleId, EntryId, OutletId, TokenId};
use crate::reuse::cluster::Cluster;
use crate::reuse::collation::Slot;
use crate::reuse::copies::Copies;
use crate::stat::interval::{Interval, IntervalUse};
use crate::stat::wilson::wilson;
use crate::voice::mask::Voice;

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordingChoice {
    /// Listed wording.
    Listed(EntryId),
    /// Other words, folded; none where the outlet has nothing in the slot.
    Words(Vec<TokenId>),
}

/// How often an outlet chose one wording where another one is listed wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// The listed wording that stands in the slot, of this outlet or another one.
    pub concept: EntryId,
    /// What was chosen.
    pub form: WordingChoice,
    /// By whom.
    pub outlet: OutletId,
    /// How often.
    pub chosen: u64,
    /// Slots with that listed wording in which the outlet has a reading.
    pub chances: u64,
}

impl Preference {
    /// Slots of one article hang together, so that an interval describes these articles alone.
    pub const INTERVAL_USE: IntervalUse = IntervalUse::Description;

    /// Share of the chances.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.chosen as f64 / self.chances.max(1) as f64
    }

    /// 95 % interval of the share, for [`Self::INTERVAL_USE`].
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        wilson(self.chosen, self.chances)
    }
}

/// Fewest chances to compare.
pub const ENOUGH_CHANCES: u64 = 5;

/// Choices in all slots in which listed wording of at least `min_strength` stands outside quotation marks, in order of
/// concept, form and outlet: for each outlet that had the chance the listed wording, be it never chosen, and what it wrote instead.
/// A text counts once in a slot for each outlet that prints it; readings of others' quoted words and long ones are no choice of
/// the outlet. `usages` of an article are in order of place.
#[must_use]
pub fn preferences<'u>(
    passages: impl Iterator<Item = (&'u Cluster, impl Iterator<Item = Slot>)>,
    (corpus, copies): (&Corpus, &Copies),
    usages: impl Fn(Locus) -> &'u [Usage],
    voice: impl Fn(Locus) -> Voice,
    min_strength: u8,
) -> Vec<Preference> {
    let listed = |locus: Locus| strongest(usages(locus), locus).filter(|u| u.hit.strength >= min_strength).map(|u| u.hit.entry);
    let words = |locus: Locus| -> Vec<TokenId> { corpus.document(locus.article).slice(locus.tokens).iter().map(|w| w.id).collect() };
    let mut chances: BTreeMap<(EntryId, OutletId), u64> = BTreeMap::new();
    let mut chosen: BTreeMap<(EntryId, WordingChoice, OutletId), u64> = BTreeMap::new();
    for (cluster, slots) in passages {
        for slot in slots {
            let place = |witness: usize, tokens| Locus { article: cluster.witnesses[witness].locus.article, tokens };
            let readings = slot.readings.iter().map(|r| (r.witness, place(r.witness, r.tokens)));
            let fits = |&(_, locus): &(usize, Locus)| locus.tokens.len() <= LONGEST && voice(locus) != Voice::Direct;
            // Few slots hold listed wording: the voice is asked where they do.
            if !slot.readings.iter().any(|r| listed(place(r.witness, r.tokens)).is_some()) {
                continue;
            }
            let mut choices: Vec<(usize, Locus, Option<EntryId>)> =
                readings.filter(fits).map(|(w, locus)| (w, locus, listed(locus))).collect();
            // `hero` beside `here` is a slip of the scan on one side or the other, and no choice of either.
            let distinct = |listed: bool| -> BTreeMap<Vec<TokenId>, Locus> {
                choices.iter().filter(|c| c.2.is_some() == listed).map(|c| (words(c.1), c.1)).collect()
            };
            let (terms, others) = (distinct(true), distinct(false));
            let mut slips: BTreeSet<&Vec<TokenId>> = BTreeSet::new();
            for ((term, at), (other, beside)) in terms.iter().flat_map(|t| others.iter().map(move |o| (t, o))) {
                if is_spelling(*at, *beside, corpus) {
                    slips.extend([term, other]);
                }
            }
            choices.retain(|c| !slips.contains(&words(c.1)));
            // Within one outlet nothing is compared.
            let outlets: BTreeSet<OutletId> =
                choices.iter().flat_map(|c| printings(cluster, c.0)).map(|id| corpus.article(id).outlet).collect();
            if outlets.len() < 2 {
                continue;
            }
            let concepts: BTreeSet<EntryId> = choices.iter().filter_map(|c| c.2).collect();
            let mut seen: BTreeSet<(OutletId, ArticleId)> = BTreeSet::new();
            for (witness, locus, entry) in choices {
                let form = entry.map_or_else(|| WordingChoice::Words(words(locus)), WordingChoice::Listed);
                for printed in printings(cluster, witness) {
                    let outlet = corpus.article(printed).outlet;
                    if !seen.insert((outlet, copies.text(printed))) {
                        continue;
                    }
                    for &concept in &concepts {
                        *chances.entry((concept, outlet)).or_default() += 1;
                        *chosen.entry((concept, form.clone(), outlet)).or_default() += 1;
                    }
                }
            }
        }
    }
    for &(concept, outlet) in chances.keys() {
        chosen.entry((concept, WordingChoice::Listed(concept), outlet)).or_default();
    }
    let preference = |((concept, form, outlet), chosen)| {
        let chances = chances.get(&(concept, outlet)).copied().unwrap_or(chosen);
        Preference { concept, form, outlet, chosen, chances }
    };
    let mut out: Vec<Preference> = chosen.into_iter().map(preference).collect();
    let shown = |form: &WordingChoice| match form {
        WordingChoice::Listed(_) => String::new(),
        WordingChoice::Words(ids) => ids.iter().map(|&id| corpus.vocabulary().word(id)).collect::<Vec<_>>().join(" "),
    };
    // Ids of words follow the articles; the alphabet does not.
    out.sort_by_cached_key(|p| (p.concept, matches!(p.form, WordingChoice::Words(_)), shown(&p.form), p.form.clone(), p.outlet));
    out
}

/// The articles that print a witness.
fn printings(cluster: &Cluster, witness: usize) -> impl Iterator<Item = ArticleId> {
    let from = cluster.copies.partition_point(|copy| copy.0 < witness);
    let copies = cluster.copies[from..].iter().take_while(move |copy| copy.0 == witness).map(|copy| copy.1.locus.article);
    std::iter::once(cluster.witnesses[witness].locus.article).chain(copies)
}

#[cfg(test)]
mod tests {
    use super::{Preference, WordingChoice, preferences, wilson};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::corpus::locus::Locus;
    use crate::corpus::record::Record;
    use crate::framing::usage::Usage;
    use crate::id::{ArticleId, EntryId, Key, OutletId};
    use crate::lexicon::scan::Hit;
    use crate::reuse::cluster::{Cluster, Witness};
    use crate::reuse::collation::{Reading, Slot};
    use crate::reuse::copies::Copies;
    use crate::text::span::Span;
    use crate::voice::mask::Voice;

    /// Articles as (outlet, words); the slot is the fourth word of each.
    fn corpus(articles: &[(&str, &str)]) -> Corpus {
        let mut builder = CorpusBuilder::default();
        for (i, (outlet, text)) in articles.iter().enumerate() {
            builder.admit(Record::of_text(&format!("{i}.txt"), outlet, *text));
        }
        builder.seal()
    }

    fn usage(strength: u8) -> Usage {
        let hit = Hit { entry: EntryId::new(0), tokens: Span::new(3, 4), strength, name: None, negated: false };
        Usage { hit, voice: Voice::Narrator, distancing: false, utterance: None, scare_quoted: false, in_headline: false }
    }

    /// Rows as (form, outlet, chosen, chances); `listed` are the articles whose fourth word is listed.
    fn rows(corpus: &Corpus, listed: &[usize], voices: &[Voice], copies: &[(usize, usize)]) -> Vec<(String, String, u64, u64)> {
        let own = corpus.ids().filter(|id| !copies.iter().any(|c| c.1 == id.index()));
        let witness = |id: ArticleId| Witness { locus: Locus { article: id, tokens: Span::new(0, 6) }, outlet: corpus.article(id).outlet };
        let witnesses: Vec<Witness> = own.map(witness).collect();
        let cluster = Cluster {
            key: Key::of('p', &[]),
            copies: copies.iter().map(|&(of, copy)| (of, witness(ArticleId::new(copy)))).collect(),
            alignments: vec![],
            witnesses,
        };
        let slot = Slot { readings: (0..cluster.witnesses.len()).map(|witness| Reading { witness, tokens: Span::new(3, 4) }).collect() };
        let found = [usage(2)];
        let usages = |locus: Locus| if listed.contains(&locus.article.index()) { &found[..] } else { &[] };
        let copies = Copies::none(corpus.articles().len());
        let found = preferences(
            [(&cluster, [slot].into_iter())].into_iter(),
            (corpus, &copies),
            usages,
            |locus| voices.get(locus.article.index()).copied().unwrap_or(Voice::Narrator),
            2,
        );
        let form = |form: &WordingChoice| match form {
            WordingChoice::Listed(id) => format!("entry {}", id.index()),
            WordingChoice::Words(ids) => ids.iter().map(|&id| corpus.vocabulary().word(id)).collect::<Vec<_>>().join(" "),
        };
        found.iter().map(|p| (form(&p.form), corpus.outlet(p.outlet).name.clone(), p.chosen, p.chances)).collect()
    }

    fn row(form: &str, outlet: &str, chosen: u64, chances: u64) -> (String, String, u64, u64) {
        (form.into(), outlet.into(), chosen, chances)
    }

    #[test]
    fn every_witness_of_the_slot_had_the_chance() {
        let corpus = corpus(&[("A", "they took the regime to court"), ("B", "they took the Government to court")]);
        let expected = [row("entry 0", "A", 1, 1), row("entry 0", "B", 0, 1), row("government", "B", 1, 1)];
        assert_eq!(rows(&corpus, &[0], &[], &[]), expected);
        assert!(rows(&corpus, &[], &[], &[]).is_empty());
    }

    /// What somebody else said is not the outlet's choice; where one outlet alone is left, or none with listed wording, nothing
    /// is compared.
    #[test]
    fn quoted_readings_are_no_choice() {
        let corpus = corpus(&[
            ("A", "they took the regime to court"),
            ("B", "they took the regime to court."),
            ("C", "they took the rule to court"),
        ]);
        let quoted = [Voice::Direct, Voice::Indirect, Voice::Narrator];
        assert_eq!(rows(&corpus, &[0, 1], &quoted, &[]), [row("entry 0", "B", 1, 1), row("entry 0", "C", 0, 1), row("rule", "C", 1, 1)]);
        assert!(rows(&corpus, &[0, 1], &[Voice::Direct, Voice::Narrator, Voice::Direct], &[]).is_empty());
        assert!(rows(&corpus, &[0], &quoted, &[]).is_empty());
    }

    /// `regime` beside `regine` is another spelling: neither is a choice; without a third wording that is listed nothing is left.
    #[test]
    fn spellings_are_no_choice() {
        let corpus =
            corpus(&[("A", "they took the regime to court"), ("B", "they took the regine to court"), ("C", "they took the rule to court")]);
        assert!(rows(&corpus, &[0], &[], &[]).is_empty());
    }

    /// A copy in another outlet is that outlet's choice as well; one in the same outlet is a second printing.
    #[test]
    fn a_text_counts_once_for_each_outlet() {
        let corpus =
            corpus(&[("A", "they took the regime to court"), ("B", "they took the rule to court"), ("C", "they took the regime to court")]);
        let expected = [row("entry 0", "A", 1, 1), row("entry 0", "B", 0, 1), row("entry 0", "C", 1, 1), row("rule", "B", 1, 1)];
        assert_eq!(rows(&corpus, &[0], &[], &[(0, 2)]), expected);
    }

    #[test]
    fn a_share_is_of_the_chances() {
        let of = |chosen, chances| Preference {
            concept: EntryId::new(0),
            form: WordingChoice::Listed(EntryId::new(0)),
            outlet: OutletId::new(0),
            chosen,
            chances,
        };
        assert!((of(1, 1).share(), of(1, 4).share(), of(0, 0).share()) == (1.0, 0.25, 0.0));
        assert_eq!(of(15, 148).interval(), wilson(15, 148));
    }
}
