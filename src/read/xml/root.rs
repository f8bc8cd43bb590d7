//! Files of XML: what they are is told by their root element, whatever their name.

use std::io::{self, BufRead};

use crate::read::draft::{Draft, Refused, Sink};
use crate::read::format::Source;
use crate::read::page::html;
use crate::read::xml::tree::{Tree, characters, root};

use super::feed;
use super::newsml;
use super::nitf;

/// Whether a file starts as a feed.
#[must_use]
pub fn is_feed(head: &str) -> bool {
    matches!(root(head), Some("rss" | "RDF" | "feed"))
}

/// Whether a file starts as NewsML.
#[must_use]
pub fn is_newsml(head: &str) -> bool {
    let is_root = |name| {
        matches!(
            name,
            "newsItem" | "newsMessage" | "NewsML" | "NewsItem" | "packageItem" | "conceptItem" | "knowledgeItem" | "planningItem"
        )
    };
    root(head).is_some_and(is_root)
}

/// Whether a file starts as NITF.
#[must_use]
pub fn is_nitf(head: &str) -> bool {
    root(head) == Some("nitf")
}

/// Reads a document by its root element.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| characters(&bytes, source, sink)) {
        Ok(xml) => document(&xml, source, sink),
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

fn document(xml: &str, source: &Source<'_>, sink: &mut dyn Sink) {
    if root(xml).is_some_and(|name| name.eq_ignore_ascii_case("html")) {
        return html::page(xml, source, sink);
    }
    let tree = Tree::of(xml, source.limits);
    if is_feed(xml) {
        feed::articles(&tree, source, sink);
    } else if is_newsml(xml) {
        newsml::articles(&tree, sink);
    } else if tree.records(|element| element.name == "nitf").next().is_some() {
        for (i, found) in tree.records(|element| element.name == "nitf").filter(|found| !found.element.is_cut).enumerate() {
            let draft = Draft { line: i + 1, ..nitf::article(found) };
            if draft.title.is_empty() && draft.text.is_empty() {
                sink.refuse(Refused { line: i + 1, ..Refused::whole("has neither a headline nor a text", "have it exported again") });
            } else {
                sink.article(draft);
            }
        }
    } else if tree.records(newsml::is_item).next().is_some() {
        // Agencies wrap items in envelopes of their own.
        newsml::articles(&tree, sink);
    } else if tree.fault.is_none() {
        let name = root(xml).map_or_else(|| "no XML".to_owned(), |name| format!("XML of the kind <{name}>, which is not read"));
        sink.refuse(Refused::whole(format!("is {name}"), "give a feed (RSS, Atom), NewsML or NITF"));
    }
    if let Some(fault) = tree.fault {
        sink.refuse(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    fn found(content: &[u8]) -> Collected {
        let mut found = Collected::default();
        Source::bare("some.xml", |source| read(&mut &*content, source, &mut found)).unwrap();
        found
    }

    #[test]
    fn by_the_root() {
        assert_eq!(found(b"<envelope><nitf><body><body.content><p>x</p></body.content></body></nitf></envelope>").articles[0].text, "x");
        assert!(found(b"<urlset/>").refused[0].reason.contains("<urlset>"));
        assert!(found(b"").refused[0].reason.contains("no XML"));
        assert_eq!(found(b"<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><title>\xE9</title><item><title>a</title></item></channel></rss>").articles[0].outlet, "é");
    }

    #[test]
    fn what_comes_before_a_fault_is_kept() {
        let cut = found(b"<rss><channel><title>F</title>\n<item><title>a</title></item><item><title>b</ti");
        assert_eq!((cut.articles.len(), cut.refused.len()), (1, 1), "{cut:?}");
        let bomb =
            found(b"<!DOCTYPE rss [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]><rss><channel><item><title>&b;</title></item></channel></rss>");
        assert_eq!(bomb.articles[0].title, "&b;");
        assert!(found("<rss>".repeat(50_000).as_bytes()).refused[0].mend.contains("nesting"));
    }
}
