//! The table of shared passages.

use std::collections::BTreeSet;

use crate::analysis::findings::Findings;
use crate::framing::substitution::DifferenceKind;
use crate::id::{ClusterId, Key};
use crate::provenance::origin::{MemberCredit, Origin};
use crate::voice::mask::Voice;

use super::cell::Code;
use super::row::row;

row! {
    /// One shared passage, with all its witnesses.
    pub struct PassageRow {
        /// Stable while its first member is.
        passage_id: Key,
        /// The story of all its members (table stories); empty where they belong to several.
        story_id: Option<Key>,
        /// Articles that have it.
        articles: usize,
        /// Outlets that have it; 1 for what one outlet prints again (editions, revisions, columns).
        outlets: usize,
        /// Words of the longest member.
        words: usize,
        /// Least similarity over its alignments: 2 × equal words / words of both; 0 to 1.
        similarity_min: f64,
        /// Median of the same.
        similarity_median: f64,
        /// verbatim (all members are the same words), near_verbatim (least similarity at least 0.8), edited (below), or quote_only (most words of every member inside quotation marks).
        kind: Code,
        /// narrator, indirect or direct where most words of every member have that voice; empty where members differ.
        voice: Option<Code>,
        /// Places where members differ, same outlet or not.
        differing_slots: usize,
        /// Of these, places where two outlets differ in listed wording (substitutions.csv, kind framing).
        framing_slots: usize,
        /// How unlikely chance is, in nats: the highest over its alignments.
        significance: f64,
        /// Who is credited, in a way that can reach the passage, in the articles that have it: names in order, parted by " | "; by-lines of persons and pictures aside.
        credited: String,
        /// Where these credits stand: in_passage (in its sentences or right beside them in one article at least), in_article (for a whole article: by-line, dateline, tag, copyright) or none (no credit line found in these texts).
        credit: Code,
        /// The article that is earlier than those of all other outlets in this set; empty where nothing tells.
        earliest_article_id: Option<Key>,
        /// On what grounds: timestamp, day (days that differ, or months or years that do not touch), stated_credit or unknown.
        earliest_basis: Code,
        /// From 0 to 1, by the cases in docs/method.md: it orders rows and is no probability. Empty where there is no earliest.
        earliest_confidence: Option<f64>,
        /// TRUE where the earliest article itself credits somebody else for the words; empty where there is no earliest.
        earliest_carried: Option<bool>,
        /// The agency or outlet that most of its articles credit for it; empty if none is or names draw level.
        likely_source: String,
        /// Where that is stated: in_passage or in_article; empty without a source.
        source_basis: Option<Code>,
        /// Articles that credit it, out of column articles.
        source_credited_by: Option<usize>,
        /// Independent texts as far as known: 1 for agency copy and for copies of one text, however many outlets print it; empty if not known.
        texts: Option<usize>,
    }
}

/// Rows in order of the first member.
pub fn rows<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = PassageRow> + 'f {
    (0..findings.clusters.len()).map(move |i| {
        let cluster = &findings.clusters[i];
        let mut similarity: Vec<f64> = cluster.alignments.iter().map(|&a| findings.alignments[a].similarity()).collect();
        similarity.sort_by(f64::total_cmp);
        let differing = findings.collations[i].places();
        let framing: BTreeSet<usize> =
            of_cluster(findings, ClusterId::new(i)).filter(|s| s.kind == DifferenceKind::Framing).map(|s| s.slot).collect();
        let voices: BTreeSet<Voice> = cluster.witnesses.iter().map(|w| findings.voice_of(w.locus)).collect();
        if !cluster.copies.is_empty() && similarity.is_empty() {
            // Only copies of one text have it.
            similarity.push(1.0);
        }
        let least = similarity.first().copied().unwrap_or(f64::NAN);
        let kind = match voices.iter().collect::<Vec<_>>()[..] {
            [Voice::Direct] => "quote_only",
            _ if least >= 1.0 && alike(findings, i) => "verbatim",
            _ if least >= 0.8 => "near_verbatim",
            _ => "edited",
        };
        let origin = &findings.origins[i];
        let (credited, credit) = credits(findings, origin);
        PassageRow {
            passage_id: cluster.key,
            story_id: findings.story_of_passage(i).map(|story| findings.stories.get(story).key),
            articles: cluster.all().map(|w| w.locus.article).collect::<BTreeSet<_>>().len(),
            outlets: cluster.outlets(),
            words: cluster.witnesses.iter().map(|w| w.locus.tokens.len()).max().unwrap_or(0),
            similarity_min: least,
            similarity_median: median(&similarity),
            kind: Code(kind),
            voice: voices.first().filter(|_| voices.len() == 1).map(|v| Code(v.as_str())),
            differing_slots: differing,
            framing_slots: framing.len(),
            significance: cluster.alignments.iter().map(|&a| findings.alignments[a].significance).fold(0.0, f64::max),
            credited,
            credit: Code(credit),
            earliest_article_id: origin.earliest.map(|id| findings.corpus.article(id).key),
            earliest_basis: Code(origin.basis.as_str()),
            earliest_confidence: origin.confidence.map(|confidence| confidence.value()),
            earliest_carried: origin.earliest.map(|_| origin.carried),
            likely_source: origin.source.as_ref().map_or_else(String::new, |source| findings.corpus.shown_name(&source.name).to_owned()),
            source_basis: origin.source.as_ref().map(|source| Code(if source.in_passage { "in_passage" } else { "in_article" })),
            source_credited_by: origin.source.as_ref().map(|source| source.credited_by),
            texts: origin.texts,
        }
    })
}

/// Who is credited for a passage, and where.
fn credits(findings: &Findings<'_>, origin: &Origin) -> (String, &'static str) {
    let name = |member: &MemberCredit| {
        let credit = &findings.articles[member.article.index()].credits[member.credit];
        findings.corpus.shown_name(&credit.name)
    };
    let names: BTreeSet<&str> = origin.credits.iter().map(name).collect();
    let place = match () {
        () if origin.credits.iter().any(|member| member.in_passage) => "in_passage",
        () if names.is_empty() => "none",
        () => "in_article",
    };
    (names.into_iter().collect::<Vec<_>>().join(" | "), place)
}

/// Whether all members are the same words.
fn alike(findings: &Findings<'_>, cluster: usize) -> bool {
    let mut witnesses = findings.clusters[cluster].witnesses.iter().map(|w| findings.corpus.word_ids(w.locus));
    let first = witnesses.next();
    witnesses.all(|words| Some(&words) == first.as_ref())
}

fn of_cluster<'f>(findings: &'f Findings<'_>, cluster: ClusterId) -> impl Iterator<Item = &'f crate::framing::substitution::Substitution> {
    let from = findings.substitutions.partition_point(|s| s.cluster < cluster);
    findings.substitutions[from..].iter().take_while(move |s| s.cluster == cluster)
}

fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn medians() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 3.0, 9.0]), 2.5);
        assert!(median(&[]).is_nan());
    }
}
