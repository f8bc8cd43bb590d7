//! `graph/graph.gexf`: the graph of outlets in GEXF 1.3 (gexf.net), for Gephi and networkx.

use std::io::{self, Write};

use super::graph::Graph;

/// Writes the graph. Programs that read GEXF do not all take directed and undirected edges in one graph: edges are directed only
/// where every one of them is, and otherwise the attribute `order` says which have a direction.
///
/// # Errors
/// What the writer says.
pub fn write(graph: &Graph<'_>, out: &mut dyn Write) -> io::Result<()> {
    let directed = !graph.edges.is_empty() && graph.edges.iter().all(|edge| edge.directed);
    let kind = if directed { "directed" } else { "undirected" };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<graph mode=\"static\" defaultedgetype=\"{kind}\">")?;
    writeln!(out, "<attributes class=\"node\" mode=\"static\">")?;
    for (id, name) in ["articles", "words", "passages"].into_iter().enumerate() {
        writeln!(out, "<attribute id=\"{id}\" title=\"{name}\" type=\"integer\"/>")?;
    }
    writeln!(out, "</attributes>\n<attributes class=\"edge\" mode=\"static\">")?;
    for (id, (name, kind)) in
        [("shared_words", "integer"), ("passages", "integer"), ("basis", "string"), ("order", "string")].into_iter().enumerate()
    {
        writeln!(out, "<attribute id=\"{id}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "</attributes>\n<nodes>")?;
    for node in &graph.nodes {
        let name = xml(node.outlet);
        writeln!(
            out,
            "<node id=\"{name}\" label=\"{name}\"><attvalues>{}</attvalues></node>",
            values(&[node.articles.to_string(), node.words.to_string(), node.passages.to_string(),])
        )?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for (id, edge) in graph.edges.iter().enumerate() {
        let order = if edge.directed { "source_first" } else { "unknown" };
        writeln!(
            out,
            "<edge id=\"{id}\" source=\"{}\" target=\"{}\" weight=\"{}\" label=\"{}\"><attvalues>{}</attvalues></edge>",
            xml(edge.source),
            xml(edge.target),
            edge.passages,
            xml(&edge.label()),
            values(&[edge.shared_words.to_string(), edge.passages.to_string(), edge.basis.clone(), order.to_owned()])
        )?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}

fn values(values: &[String]) -> String {
    values.iter().enumerate().map(|(id, value)| format!("<attvalue for=\"{id}\" value=\"{}\"/>", xml(value))).collect()
}

/// Text for an attribute: escaped, and without controls and what XML 1.0 does not have.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // As they are, they would become blanks.
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::graph::{Edge, Graph, Node};
    use super::write;

    fn shown(directed: [bool; 2]) -> String {
        let node = |outlet| Node { outlet, articles: 1, words: 2, passages: 1 };
        let edge = |directed| Edge {
            source: "A & B",
            target: "<C>\u{1}\u{7F}\u{9D}",
            directed,
            passages: 1,
            shared_words: 9,
            basis: "day".into(),
        };
        let graph = Graph { nodes: vec![node("A & B"), node("<C>\u{1}\u{7F}\u{9D}")], edges: directed.map(edge).to_vec() };
        let mut out = Vec::new();
        write(&graph, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn names_are_escaped_and_hold_no_control() {
        let shown = shown([false, false]);
        assert!(shown.contains("<node id=\"A &amp; B\" label=\"A &amp; B\">"));
        assert!(shown.contains("target=\"&lt;C&gt;\u{FFFD}\u{FFFD}\u{FFFD}\""));
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
    }

    #[test]
    fn one_edge_without_direction_makes_the_graph_undirected() {
        assert!(shown([true, true]).contains("defaultedgetype=\"directed\""));
        let mixed = shown([true, false]);
        assert!(mixed.contains("defaultedgetype=\"undirected\"") && mixed.contains("value=\"source_first\""));
    }
}
