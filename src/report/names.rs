//! What the articles of a passage are called: by their outlet, and where one outlet has several of them there, by date as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::findings::Findings;
use crate::id::{ArticleId, OutletId};
use crate::reuse::cluster::Cluster;

use super::witnesses::{LOOKED_AT, tellers};

/// The articles that print a passage, by outlet.
pub(super) struct Names<'f> {
    outlets: BTreeMap<OutletId, &'f str>,
    articles: BTreeMap<ArticleId, String>,
}

/// An article and its outlet, in order of the outlets' names.
pub(super) type Told = (OutletId, ArticleId);

impl<'f> Names<'f> {
    /// Of those laid side by side, and their copies.
    pub(super) fn of(findings: &'f Findings<'_>, cluster: &Cluster) -> Self {
        let corpus = findings.corpus;
        let told: BTreeSet<Told> = everyone(cluster);
        let mut by_outlet: BTreeMap<OutletId, Vec<ArticleId>> = BTreeMap::new();
        for (outlet, article) in told {
            by_outlet.entry(outlet).or_default().push(article);
        }
        let outlets: BTreeMap<OutletId, &str> = by_outlet.keys().map(|&id| (id, corpus.outlet(id).name.as_str())).collect();
        let mut articles = BTreeMap::new();
        for (outlet, own) in by_outlet {
            let name = outlets[&outlet];
            let dates = |day: bool| -> Vec<String> {
                let said = |&id: &ArticleId| corpus.article(id).published_at.map_or_else(|| "undated".to_owned(), |date| date.said());
                own.iter().map(said).map(|d| if day { d.split(' ').next().unwrap_or_default().to_owned() } else { d }).collect()
            };
            let tells =
                |dates: &Vec<String>| dates.iter().all(|d| !d.is_empty()) && dates.iter().collect::<BTreeSet<_>>().len() == dates.len();
            let told_apart = [dates(true), dates(false)].into_iter().find(tells);
            let numbered = || (1..=own.len()).map(|n| format!("article {n}")).collect();
            for (&article, apart) in own.iter().zip(told_apart.unwrap_or_else(numbered)) {
                articles.insert(article, if own.len() == 1 { name.to_owned() } else { format!("{name} ({apart})") });
            }
        }
        Self { outlets, articles }
    }

    /// What an article is called.
    pub(super) fn article(&self, id: ArticleId) -> String {
        self.articles.get(&id).cloned().unwrap_or_default()
    }

    /// What some articles are called together: an outlet that is nowhere else is told by its name alone.
    pub(super) fn together(&self, some: &BTreeSet<Told>, elsewhere: &BTreeSet<OutletId>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for &(outlet, article) in some {
            let name =
                if elsewhere.contains(&outlet) { self.article(article) } else { self.outlets.get(&outlet).map_or("", |n| n).to_owned() };
            if out.last() != Some(&name) {
                out.push(name);
            }
        }
        out
    }
}

/// All who print the texts that are laid side by side.
pub(super) fn everyone(cluster: &Cluster) -> BTreeSet<Told> {
    let looked_at = LOOKED_AT.min(cluster.witnesses.len());
    (0..looked_at).flat_map(|w| tellers(cluster, w)).map(|teller| (teller.outlet, teller.locus.article)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::Names;
    use crate::id::{ArticleId, OutletId};

    #[test]
    fn an_outlet_with_two_readings_is_told_by_its_articles() {
        let (a, b) = (OutletId::new(0), OutletId::new(1));
        let [one, two, three] = [0, 1, 2].map(ArticleId::new);
        let names = Names {
            outlets: BTreeMap::from([(a, "Herald"), (b, "Post")]),
            articles: BTreeMap::from([(one, "Herald (2019-06-03)".into()), (two, "Herald (2019-06-04)".into()), (three, "Post".into())]),
        };
        let (early, all) = (BTreeSet::from([(a, one), (b, three)]), BTreeSet::from([(a, one), (a, two), (b, three)]));
        assert_eq!(names.together(&early, &BTreeSet::from([a])), ["Herald (2019-06-03)", "Post"]);
        assert_eq!(names.together(&all, &BTreeSet::new()), ["Herald", "Post"]);
    }
}
