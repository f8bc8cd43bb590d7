//! Edges → clusters, by union–find. What comes out can go in again with more: the reduction of two parts is that of the whole.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch};
use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::error::Result;

use super::columns::{Columns, batch};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage};

const NAME: &str = "cluster";

const EDGES: Table = Table {
    name: "edges",
    about: "Two things that belong together; one beside itself stands alone.",
    columns: &[column("node", Kind::Int64, "One."), column("cluster", Kind::Int64, "The other: any node of its cluster.")],
};

const CLUSTERS: Table = Table {
    name: "clusters",
    about: "A node and its cluster.",
    columns: &[column("node", Kind::Int64, "The node."), column("cluster", Kind::Int64, "The smallest node of its cluster.")],
};

pub(super) const STAGE: Stage =
    Stage {
        name: NAME, about: "edges → clusters, by union–find; clusters of parts go in again", input: &EDGES, output: &CLUSTERS, run
    };

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let mut edges: Vec<(i64, i64)> = Vec::new();
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let (a, b) = (columns.int64("node")?, columns.int64("cluster")?);
        edges.extend((0..found.num_rows()).map(|i| (a.value(i).min(b.value(i)), a.value(i).max(b.value(i)))));
    }
    // With a cap the order of edges decides which of them are cut.
    edges.sort_unstable();
    edges.dedup();
    let mut numbers: HashMap<i64, usize, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    let mut nodes: Vec<i64> = edges.iter().flat_map(|&(a, b)| [a, b]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    numbers.extend(nodes.iter().enumerate().map(|(at, &node)| (node, at)));
    let mut parent: Vec<usize> = (0..nodes.len()).collect();
    let mut size = vec![1usize; nodes.len()];
    for (a, b) in edges {
        let (a, b) = (root(&mut parent, numbers[&a]), root(&mut parent, numbers[&b]));
        if a != b && (given.cap == 0 || size[a] + size[b] <= given.cap) {
            // The smallest node is the root, so that it names the cluster.
            let (first, other) = (a.min(b), a.max(b));
            parent[other] = first;
            size[first] += size[other];
        }
    }
    let clusters: Vec<i64> = (0..nodes.len()).map(|at| nodes[root(&mut parent, at)]).collect();
    let columns: Vec<ArrayRef> = vec![Arc::new(Int64Array::from(nodes)), Arc::new(Int64Array::from(clusters))];
    out.batch(batch(NAME, &CLUSTERS, columns)?)
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
