//! Sentences that name two outlets: the same place in other words, a quotation in two forms.

use std::collections::BTreeSet;

use crate::analysis::findings::Findings;
use crate::charts::label::label;
use crate::framing::substitution::{DifferenceKind, Side, Substitution};
use crate::id::OutletId;
use crate::provenance::drift::Drift;
use crate::text::count::{grouped, plural};

use super::sentence::Sentence;
use super::turns::Turns;

/// Examples that are looked through for one that names an outlet whose turn it is.
const LOOKED_AT: usize = 60;
/// Longest wording quoted, in characters.
const LONGEST: usize = 60;

/// Places that differ in listed wording, with an example each way as far as there are two.
pub(super) fn same_place(findings: &Findings<'_>, turns: &mut Turns) -> Option<Sentence> {
    let framing = findings.substitutions.iter().filter(|s| s.kind == DifferenceKind::Framing);
    let places = framing.map(|s| (s.cluster, s.slot)).collect::<BTreeSet<_>>().len();
    if places == 0 {
        return None;
    }
    let stands = if places == 1 {
        "1 place of the shared passages has".to_owned()
    } else {
        format!("{} places of the shared passages have", grouped(places as u64))
    };
    let mut sentence =
        Sentence::new(format!("{stands} listed wording in one outlet that another does not have there."), "those places", "slots");
    if !findings.settings.text.is_shown() {
        return Some(sentence);
    }
    let telling: Vec<&Substitution> = findings.telling_substitutions().into_iter().take(LOOKED_AT).collect();
    let Some(one) = turns.next(telling.iter().copied(), |s| outlets(findings, s)) else { return Some(sentence) };
    show(findings, one, "In one sentence", "that passage", turns, &mut sentence);
    // The other way: somebody has the listed wording who has it not in the first.
    let having = |s: &Substitution| -> BTreeSet<OutletId> {
        let sides = [s.left, s.right].into_iter().filter(|side| side.entry.is_some());
        sides.map(|side| findings.corpus.article(side.locus.article).outlet).collect()
    };
    let first = having(one);
    let others = telling.iter().copied().filter(|s| s.cluster != one.cluster || s.slot != one.slot);
    let (back, along): (Vec<&Substitution>, Vec<&Substitution>) =
        others.partition(|s| having(s).iter().any(|outlet| !first.contains(outlet)));
    let other = turns.next(back.into_iter(), |s| outlets(findings, s)).or_else(|| turns.next(along.into_iter(), |s| outlets(findings, s)));
    if let Some(other) = other {
        show(findings, other, "In another", "the other passage", turns, &mut sentence);
    }
    Some(sentence)
}

fn outlets(findings: &Findings<'_>, s: &Substitution) -> [OutletId; 2] {
    [s.left, s.right].map(|side| findings.corpus.article(side.locus.article).outlet)
}

fn show(findings: &Findings<'_>, s: &Substitution, start: &str, link: &'static str, turns: &mut Turns, sentence: &mut Sentence) {
    let pair = outlets(findings, s);
    let swap = turns.swaps(pair);
    let (a, b) = if swap { (&s.right, &s.left) } else { (&s.left, &s.right) };
    let has = |side: &Side| {
        let text = findings.corpus.text(side.locus);
        let words = if text.is_empty() { "has nothing".to_owned() } else { format!("has “{}”", label(&text, LONGEST)) };
        format!("{} {words}", findings.corpus.outlet_of(side.locus.article).name)
    };
    sentence.add(&format!("{start} {}, where {}.", has(a), has(b)));
    sentence.link(link, &findings.clusters[s.cluster.index()].key.to_string());
    sentence.named(if swap { [pair[1], pair[0]] } else { pair });
}

/// How printings of one quotation differ, with an example.
pub(super) fn quotations(findings: &Findings<'_>, turns: &mut Turns) -> Option<Sentence> {
    let outlet = |node: (crate::id::ArticleId, usize)| findings.corpus.article(node.0).outlet;
    let across: Vec<_> = findings.quote_groups.iter().filter(|g| g.printings.iter().any(|p| outlet(p.node) != outlet(g.base))).collect();
    if across.is_empty() {
        return None;
    }
    let others = || across.iter().flat_map(|g| g.printings.iter().filter(|p| p.node != g.base).map(move |p| (*g, p)));
    let count = |drift: Drift| others().filter(|(_, p)| p.drift == drift).count();
    let all = others().count();
    let stand =
        if across.len() == 1 { "1 quotation stands".to_owned() } else { format!("{} quotations stand", grouped(across.len() as u64)) };
    let kinds = [
        (Drift::Same, "has the same words", "have the same words"),
        (Drift::Trimmed, "is cut", "are cut"),
        (Drift::Spliced, "joins parts", "join parts"),
        (Drift::Reworded, "has other words", "have other words"),
        (Drift::ToIndirect, "has no quotation marks", "have no quotation marks"),
    ];
    let kinds: Vec<String> = kinds
        .into_iter()
        .map(|(drift, one, many)| (count(drift), one, many))
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{} {}", grouped(n as u64), if n == 1 { one } else { many }))
        .collect();
    let beside = plural(all, "printing");
    let text = format!("{stand} in two outlets or more. Of {beside} beside the fullest of each, {}.", kinds.join(", "));
    let mut sentence = Sentence::new(text, "quotations", "quotes");
    let differing = others().filter(|(g, p)| p.drift != Drift::Same && outlet(p.node) != outlet(g.base)).take(LOOKED_AT);
    if let Some((group, printing)) = turns.next(differing, |(g, p)| [outlet(g.base), outlet(p.node)]) {
        let pair = [outlet(group.base), outlet(printing.node)];
        let swap = turns.swaps(pair);
        let [full, other] = pair.map(|o| findings.corpus.outlet(o).name.as_str());
        sentence.add(&match (printing.drift, swap) {
            (Drift::Trimmed, false) => format!("{full} prints in full what {other} cuts."),
            (Drift::Trimmed, true) => format!("{other} cuts what {full} prints in full."),
            (Drift::Spliced, false) => format!("{full} prints as one what {other} joins from parts."),
            (Drift::Spliced, true) => format!("{other} joins from parts what {full} prints as one."),
            (Drift::ToIndirect, false) => format!("{full} prints one at full length that {other} reports without quotation marks."),
            (Drift::ToIndirect, true) => format!("{other} reports without quotation marks one that {full} prints at full length."),
            (_, false) => format!("{full} and {other} print one in different words."),
            (_, true) => format!("{other} and {full} print one in different words."),
        });
        sentence.link("that quotation", &group.key.to_string());
        sentence.named(if swap { [pair[1], pair[0]] } else { pair });
    }
    Some(sentence)
}
