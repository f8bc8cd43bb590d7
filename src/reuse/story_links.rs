//! Which groups are worth setting beside each other: an inverted index of their heaviest terms.

use super::story_merge::{Group, Link, Spread, heaviest, terms_of};
use super::story_settings::StorySettings;
use super::story_terms::StoryTerm;

/// Links between groups that share heavy terms and whose `likeness` is at least `least`, in order of both. Only groups that
/// are `sought` are found by others. For each term the groups nearest in time are looked at, as many before as after, so that
/// cost grows with the groups: `groups × looked_up × looked_at`.
pub(super) fn links(
    groups: &[Group],
    sought: impl Fn(&Group) -> bool,
    likeness: impl Fn(&Group, &Group, f64) -> f64,
    least: f64,
    settings: &StorySettings,
) -> Vec<Link> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    // Those without a date stand at the end, in corpus order.
    order.sort_by_key(|&g| (groups[g].days.is_none(), groups[g].days, g));
    let keys: Vec<Vec<StoryTerm>> = order.iter().map(|&g| keys(&groups[g], settings)).collect();
    let mut postings: Vec<(StoryTerm, usize)> = Vec::new();
    for (at, keys) in keys.iter().enumerate().filter(|(at, _)| sought(&groups[order[*at]])) {
        postings.extend(keys.iter().map(|&term| (term, at)));
    }
    postings.sort_unstable();
    // Where the postings of each term start.
    let mut starts = vec![0; terms_of(groups) + 1];
    postings.iter().for_each(|&(term, _)| starts[term as usize + 1] += 1);
    (1..starts.len()).for_each(|term| starts[term] += starts[term - 1]);
    let mut met = vec![0_u32; groups.len()];
    let mut found = Vec::new();
    let mut spread = Spread::of(groups);
    for (at, keys) in keys.iter().enumerate() {
        let mut touched: Vec<usize> = Vec::new();
        for &term in keys {
            let holding = &postings[starts[term as usize]..starts[term as usize + 1]];
            let here = holding.partition_point(|p| p.1 < at);
            let before = holding[..here].iter().rev().take(settings.looked_at / 2);
            let after = holding[here..].iter().take(settings.looked_at / 2);
            for &(_, other) in before.chain(after).filter(|p| p.1 != at) {
                if met[other] == 0 {
                    touched.push(other);
                }
                met[other] += 1;
            }
        }
        let looked_at = 2 * settings.neighbours;
        let most_met = |&other: &usize| (std::cmp::Reverse(met[other]), other.abs_diff(at), other);
        if touched.len() > looked_at {
            touched.select_nth_unstable_by_key(looked_at, most_met);
        }
        touched.iter().for_each(|&other| met[other] = 0);
        touched.truncate(looked_at);
        let mut best: Vec<(f64, Link)> = Vec::new();
        spread.fill(&groups[order[at]].sum);
        for other in touched {
            let (left, right) = (order[at].min(order[other]), order[at].max(order[other]));
            let (a, b) = (&groups[left], &groups[right]);
            let product = spread.product(&groups[order[other]].sum);
            let alike = likeness(a, b, product);
            if alike >= least && spread.shared(&groups[order[other]].sum) >= settings.min_shared {
                best.push((alike, Link { left, right, product }));
            }
        }
        spread.empty(&groups[order[at]].sum);
        best.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1.left, x.1.right).cmp(&(y.1.left, y.1.right))));
        best.truncate(settings.neighbours);
        found.extend(best.into_iter().map(|(_, link)| link));
    }
    found.sort_by_key(|link| (link.left, link.right));
    found.dedup_by_key(|link| (link.left, link.right));
    found
}

/// The terms by which a group is looked for.
fn keys(group: &Group, settings: &StorySettings) -> Vec<StoryTerm> {
    let mut heavy = group.sum.clone();
    heaviest(&mut heavy, settings.looked_up);
    heavy.iter().map(|t| t.0).collect()
}
