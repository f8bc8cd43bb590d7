//! A corpus without some of its articles: those that Retold itself failed at.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::id::{ArticleId, OutletId};

use super::collection::Corpus;
use super::outlet::Outlet;
use super::record::Skipped;

impl Skipped {
    /// An input that Retold itself failed at.
    #[must_use]
    pub fn at_fault(path: &str, line: usize, fault: &Fault) -> Self {
        Self { path: path.to_owned(), line, reason: fault.to_string(), mend: REPORT.to_owned(), ..Self::default() }
    }
}

/// What can be done about a fault of Retold's own.
pub const REPORT: &str = "please report this line; everything else was read";

impl Corpus {
    /// The same corpus as if these articles had been skipped: each is named among the skipped, the others are numbered anew, in
    /// their order. Words keep their ids.
    #[must_use]
    pub fn without(mut self, failed: &[(ArticleId, Fault)]) -> Self {
        let failed: BTreeMap<usize, &Fault> = failed.iter().map(|(id, fault)| (id.index(), fault)).collect();
        for (&at, &fault) in &failed {
            let article = &self.articles[at];
            let mut skipped = Skipped::at_fault(&article.path, if article.is_file { 0 } else { article.line }, fault);
            if let Some(masked) = &mut self.masked {
                masked.articles.retain(|(key, _)| *key != article.key);
                masked.mask_skipped(&mut skipped);
            }
            self.skipped.push(skipped);
        }
        self.skipped.sort();
        let stays = |at: usize| !failed.contains_key(&at);
        let mut article = 0..;
        self.articles.retain(|_| article.next().is_some_and(stays));
        self.store.retain(stays);
        self.number_outlets();
        self
    }

    /// Numbers the outlets that still have articles, and says so in their articles.
    fn number_outlets(&mut self) {
        let names: Vec<String> = std::mem::take(&mut self.outlets).into_iter().map(|outlet| outlet.name).collect();
        let mut last = None;
        for (at, article) in self.articles.iter_mut().enumerate() {
            let id = ArticleId::new(at);
            match self.outlets.last_mut().filter(|_| last == Some(article.outlet)) {
                Some(outlet) => outlet.articles.push(id),
                None => {
                    last = Some(article.outlet);
                    self.outlets.push(Outlet { name: names[article.outlet.index()].clone(), articles: vec![id] });
                }
            }
            article.outlet = OutletId::new(self.outlets.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::budget::MemoryBudget;
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::corpus::record::Record;
    use crate::fault::caught;
    use crate::id::ArticleId;

    fn corpus(outlets: &[&str]) -> Corpus {
        let mut builder = CorpusBuilder::default();
        fill(&mut builder, outlets);
        builder.seal()
    }

    fn fill(builder: &mut CorpusBuilder, outlets: &[&str]) {
        for (i, outlet) in outlets.iter().enumerate() {
            builder.admit(Record::of_text(&format!("{outlet}/{i}.txt"), outlet, format!("Article {i} of {outlet}.")));
        }
    }

    fn spilled(outlets: &[&str]) -> Corpus {
        let mut builder = CorpusBuilder::within(MemoryBudget::of(1));
        fill(&mut builder, outlets);
        let corpus = builder.seal();
        assert!(corpus.is_spilled());
        corpus
    }

    fn shown(corpus: &Corpus) -> Vec<(String, String, usize)> {
        let of = |id: ArticleId| {
            let outlet = corpus.outlet_of(id);
            assert!(outlet.articles.contains(&id), "an outlet knows its articles");
            assert_eq!(corpus.document(id).words().len(), 4, "a document stays with its article");
            (corpus.whole_text(id).to_string(), outlet.name.clone(), outlet.articles.len())
        };
        corpus.ids().map(of).collect()
    }

    #[test]
    fn the_others_are_numbered_anew_and_the_failed_are_named() {
        let fault = caught(|| panic!("for the test")).unwrap_err();
        let failed = [(ArticleId::new(3), fault.clone()), (ArticleId::new(0), fault)];
        // A, A, B, C in corpus order: the first of A goes, and C with its only article; in memory, and in a file that was read before.
        let in_file = spilled(&["B", "A", "C", "A"]);
        assert_eq!(shown(&in_file).len(), 4);
        for left in [corpus(&["B", "A", "C", "A"]), in_file].map(|corpus| corpus.without(&failed)) {
            let expected = [("Article 3 of A.", "A", 1), ("Article 0 of B.", "B", 1)];
            assert_eq!(shown(&left), expected.map(|(text, outlet, n)| (text.to_owned(), outlet.to_owned(), n)));
            assert_eq!(left.outlets().len(), 2);
            let skipped: Vec<&str> = left.skipped().iter().map(|s| s.path.as_str()).collect();
            assert_eq!(skipped, ["A/1.txt", "C/2.txt"]);
            assert!(left.skipped().iter().all(|s| s.reason.contains("internal fault") && s.mend.contains("report")));
            assert_eq!(left.words(), 8);
        }
    }
}
