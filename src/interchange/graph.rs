//! `graph/nodes.csv` and `graph/edges.csv`: which outlets share passages, with the headers that Gephi reads.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::analysis::findings::Findings;
use crate::id::OutletId;
use crate::provenance::origin::OrderBasis;
use crate::tables::row::{TableOptions, guarded_cell};

/// Most outlets of a passage that are joined two and two. What stands in more (a standing notice, a wire story that everyone
/// runs) says little of any pair, and pairs grow with the square.
const WIDEST: usize = 50;

/// Outlets and what joins them.
#[derive(Debug)]
pub struct Graph<'f> {
    /// Outlets, in order of their names.
    pub nodes: Vec<Node<'f>>,
    /// Pairs of outlets that share passages, in order of their names.
    pub edges: Vec<Edge<'f>>,
}

/// An outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node<'f> {
    /// Its name.
    pub outlet: &'f str,
    /// Its articles.
    pub articles: usize,
    /// Their words.
    pub words: u64,
    /// Passages that it shares with another outlet.
    pub passages: usize,
}

/// Two outlets that share passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge<'f> {
    /// Where all passages have a basis and agree: the outlet that was earlier; else the first by name.
    pub source: &'f str,
    /// The other.
    pub target: &'f str,
    /// Whether the order of every passage of both has a basis, and all agree.
    pub directed: bool,
    /// Shared passages.
    pub passages: usize,
    /// Words of these passages: of each, those of the shorter of both copies.
    pub shared_words: usize,
    /// What the order rests on, parted by |.
    pub basis: String,
}

/// What is gathered of a pair.
#[derive(Default)]
struct Shared {
    passages: usize,
    words: usize,
    /// Passages in which the first, and in which the second is earliest.
    earlier: [usize; 2],
    bases: BTreeSet<&'static str>,
}

const fn basis_word(basis: OrderBasis) -> &'static str {
    match basis {
        OrderBasis::Timestamp => "timestamp",
        OrderBasis::Day => "day",
        OrderBasis::StatedCredit => "stated_credit",
        OrderBasis::Unknown => "unknown",
    }
}

impl<'f> Graph<'f> {
    /// The graph of what was found.
    #[must_use]
    pub fn new(findings: &'f Findings<'_>) -> Self {
        let corpus = findings.corpus;
        let mut passages = vec![0; corpus.outlets().len()];
        let mut shared: BTreeMap<(OutletId, OutletId), Shared> = BTreeMap::new();
        for i in findings.across() {
            let cluster = &findings.clusters[i];
            let mut longest: BTreeMap<OutletId, usize> = BTreeMap::new();
            for witness in cluster.all() {
                let words = longest.entry(witness.outlet).or_default();
                *words = (*words).max(witness.locus.tokens.len());
            }
            longest.keys().for_each(|outlet| passages[outlet.index()] += 1);
            if longest.len() > WIDEST {
                continue;
            }
            let origin = findings.origins.get(i);
            let earliest = origin.and_then(|o| Some((corpus.article(o.earliest?).outlet, o.basis)));
            let outlets: Vec<(OutletId, usize)> = longest.into_iter().collect();
            for (at, &(first, words)) in outlets.iter().enumerate() {
                for &(second, others) in outlets.get(at + 1..).unwrap_or_default() {
                    let pair = shared.entry((first, second)).or_default();
                    pair.passages += 1;
                    pair.words += words.min(others);
                    let told = earliest.filter(|(outlet, basis)| *basis != OrderBasis::Unknown && [first, second].contains(outlet));
                    pair.bases.insert(basis_word(told.map_or(OrderBasis::Unknown, |(_, basis)| basis)));
                    if let Some((outlet, _)) = told {
                        pair.earlier[usize::from(outlet == second)] += 1;
                    }
                }
            }
        }
        let name = |outlet: OutletId| corpus.outlet(outlet).name.as_str();
        let words = |articles: &[crate::id::ArticleId]| articles.iter().flat_map(|id| findings.articles[id.index()].words).sum();
        let nodes = corpus.outlets().iter().zip(passages);
        Self {
            nodes: nodes
                .map(|(outlet, passages)| Node {
                    outlet: &outlet.name,
                    articles: outlet.articles.len(),
                    words: words(&outlet.articles),
                    passages,
                })
                .collect(),
            edges: shared.into_iter().map(|((first, second), pair)| edge(name(first), name(second), &pair)).collect(),
        }
    }

    /// Writes the outlets.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_nodes(&self, options: TableOptions, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.nodes.iter().map(|node| {
            let id = guarded_cell(node.outlet, options);
            vec![id.clone(), id, node.articles.to_string(), node.words.to_string(), node.passages.to_string()]
        });
        write_rows(&["Id", "Label", "articles", "words", "passages"], rows, options, out)
    }

    /// Writes the pairs.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_edges(&self, options: TableOptions, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.edges.iter().map(|edge| {
            vec![
                guarded_cell(edge.source, options),
                guarded_cell(edge.target, options),
                if edge.directed { "Directed" } else { "Undirected" }.to_owned(),
                edge.passages.to_string(),
                edge.label(),
                edge.shared_words.to_string(),
                edge.passages.to_string(),
                edge.basis.clone(),
            ]
        });
        write_rows(&["Source", "Target", "Type", "Weight", "Label", "shared_words", "passages", "basis"], rows, options, out)
    }
}

impl Edge<'_> {
    /// What stands at it.
    #[must_use]
    pub fn label(&self) -> String {
        crate::text::count::plural(self.passages, "passage")
    }
}

fn edge<'f>(first: &'f str, second: &'f str, pair: &Shared) -> Edge<'f> {
    let directed = pair.earlier.contains(&pair.passages);
    let (source, target) = if directed && pair.earlier[1] == pair.passages { (second, first) } else { (first, second) };
    Edge {
        source,
        target,
        directed,
        passages: pair.passages,
        shared_words: pair.words,
        basis: pair.bases.iter().copied().collect::<Vec<_>>().join("|"),
    }
}

fn write_rows(header: &[&str], rows: impl Iterator<Item = Vec<String>>, options: TableOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = options.csv(out)?;
    csv.write_record(header).map_err(io::Error::other)?;
    for row in rows {
        csv.write_record(row).map_err(io::Error::other)?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::{Edge, Graph, Node, Shared, edge};
    use crate::tables::row::TableOptions;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_guarded_in_both_sheets() {
        let node = Node { outlet: "=1+1", articles: 2, words: 3, passages: 1 };
        let shared = Edge { source: "=1+1", target: "@SUM(A1)", directed: true, passages: 1, shared_words: 9, basis: "day".into() };
        let graph = Graph { nodes: vec![node], edges: vec![shared] };
        let sheets = |options| {
            let (mut nodes, mut edges) = (Vec::new(), Vec::new());
            graph.write_nodes(options, &mut nodes).unwrap();
            graph.write_edges(options, &mut edges).unwrap();
            [nodes, edges].map(|sheet| String::from_utf8(sheet).unwrap().lines().nth(1).unwrap().to_owned())
        };
        assert_eq!(sheets(TableOptions::default()), ["'=1+1,'=1+1,2,3,1", "'=1+1,'@SUM(A1),Directed,1,1 passage,9,1,day"]);
        let raw = sheets(TableOptions { raw: true, ..TableOptions::default() });
        assert_eq!(raw, ["=1+1,=1+1,2,3,1", "=1+1,@SUM(A1),Directed,1,1 passage,9,1,day"]);
    }

    #[test]
    fn an_edge_has_a_direction_only_where_all_passages_agree() {
        let pair = |earlier| Shared { passages: 3, words: 40, earlier, bases: BTreeSet::from(["day"]) };
        let shown = |earlier| {
            let edge = edge("A", "B", &pair(earlier));
            (edge.source, edge.target, edge.directed)
        };
        assert_eq!(shown([3, 0]), ("A", "B", true));
        assert_eq!(shown([0, 3]), ("B", "A", true));
        assert_eq!(shown([2, 1]), ("A", "B", false), "one contradicts");
        assert_eq!(shown([0, 2]), ("A", "B", false), "one has no basis");
    }
}
