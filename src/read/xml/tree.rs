//! A document of XML, held as a flat list of what it is made of: no recursion, depth bounded, entities other than those of XML and
//! HTML never expanded. What comes before a fault stays readable.

use std::borrow::Cow;

use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use crate::read::draft::{Refused, Sink};
use crate::read::format::Source;
use crate::read::limits::Limits;
use crate::read::page::entity::{decoded, reference};
use crate::read::page::markup::paragraphs;
use crate::read::page::tags::{Tag, VOID, is_any};
use crate::read::text;

/// A vocabulary, by its namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// None is declared, or one of the kinds of RSS, Atom, NITF, NewsML, XHTML: the document's own.
    Own,
    /// RSS's `content` module.
    Content,
    /// Dublin Core, its elements or its terms.
    DublinCore,
    /// WordPress exports.
    WordPress,
    /// XHTML inside something else.
    Xhtml,
    /// Any other.
    Other,
}

/// Addresses of namespaces, by what they contain, and the prefixes that stand for them where a feed forgets to declare one.
const SPACES: &[(&str, &str, Space)] = &[
    ("purl.org/rss/1.0/modules/content", "content", Space::Content),
    ("purl.org/dc/", "dc", Space::DublinCore),
    ("purl.org/dc/terms", "dcterms", Space::DublinCore),
    ("wordpress.org/export", "wp", Space::WordPress),
    ("www.w3.org/1999/xhtml", "xhtml", Space::Xhtml),
    ("www.w3.org/2005/Atom", "atom", Space::Own),
    ("purl.org/atom/ns", "atom03", Space::Own),
    ("purl.org/rss/1.0/", "rss", Space::Own),
    ("my.netscape.com", "rss090", Space::Own),
    ("backend.userland.com", "rss2", Space::Own),
    ("iptc.org", "nar", Space::Own),
    ("22-rdf-syntax-ns", "rdf", Space::Own),
];

/// An element.
#[derive(Clone, Debug)]
pub struct Element {
    /// Vocabulary.
    pub space: Space,
    /// Name without prefix.
    pub name: String,
    /// Its attributes as written.
    attributes: String,
    /// Place of what closes it.
    end: usize,
    /// Whether the document ends, or has its fault, inside it.
    pub is_cut: bool,
}

#[derive(Clone, Debug)]
enum Piece {
    Open(Element),
    Text(String),
    Close,
}

/// A document as far as it can be read.
#[derive(Debug)]
pub struct Tree {
    pieces: Vec<Piece>,
    /// What is wrong with it, at which line and column; what came before is in the tree.
    pub fault: Option<Refused>,
}

/// The characters of a document: what its declaration says, else UTF-8.
///
/// # Errors
/// When it is no text.
pub fn characters(bytes: &[u8], source: &Source<'_>, sink: &mut dyn Sink) -> Result<String, Refused> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200)).unwrap_or(bytes)).into_owned();
    let declaration = head.split_once("?>").map(|(declaration, _)| declaration).filter(|declaration| declaration.contains("<?xml"));
    let stated =
        declaration.and_then(|declaration| Tag { name: "xml", attributes: declaration, at: 0 }.attribute("encoding").map(Cow::into_owned));
    // What can be read here as ASCII is not UTF-16, whatever it says.
    let stated = stated.filter(|name| !name.to_ascii_lowercase().starts_with("utf-16")).unwrap_or_default();
    text::document(bytes, source, &stated, sink)
}

/// The name of the root element without its prefix, given a document or its start.
#[must_use]
pub fn root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    loop {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!") {
            // A document type may hold declarations in brackets.
            let plain = rest.find('>')?;
            if rest.get(..plain)?.contains('[') { "]" } else { ">" }
        } else {
            break;
        };
        let (_, behind) = rest.split_once(end)?;
        rest = behind.trim_start();
        if end == "]" {
            rest = rest.strip_prefix('>')?.trim_start();
        }
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = name.get(..end)?;
    Some(name.rsplit(':').next().unwrap_or(name)).filter(|name| name.starts_with(char::is_alphabetic))
}

impl Tree {
    /// Reads a document.
    #[must_use]
    pub fn of(xml: &str, limits: &Limits) -> Self {
        let mut reader = NsReader::from_str(xml);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        let (mut pieces, mut open): (Vec<Piece>, Vec<usize>) = (Vec::new(), Vec::new());
        let fault = loop {
            let (space, event) = match reader.read_resolved_event() {
                Ok((found, event)) => (space(&found), event),
                Err(e) => break Some(fault(xml, reader.error_position(), &format!("is ill-formed XML ({e})"), "have it exported again")),
            };
            match event {
                Event::Start(tag) => {
                    if open.len() >= limits.nesting {
                        let reason = format!("has elements more than {} deep inside one another", limits.nesting);
                        break Some(fault(xml, reader.buffer_position(), &reason, "raise the bound with --limit nesting=N"));
                    }
                    open.push(pieces.len());
                    pieces.push(Piece::Open(Element {
                        space,
                        name: tag.local_name().as_ref().to_owned(),
                        attributes: tag.attributes_raw().to_owned(),
                        end: 0,
                        is_cut: false,
                    }));
                }
                Event::End(_) => {
                    close(&mut pieces, &mut open, false);
                }
                Event::Text(text) => add(&mut pieces, &text),
                Event::CData(text) => add(&mut pieces, &text),
                Event::GeneralRef(name) => {
                    let written = format!("{};", &*name);
                    match reference(&written) {
                        Some((meant, used)) if used == written.len() => add(&mut pieces, &meant),
                        _ => add(&mut pieces, &format!("&{written}")),
                    }
                }
                Event::Eof if open.is_empty() => break None,
                Event::Eof => {
                    break Some(fault(
                        xml,
                        xml.len() as u64,
                        "is cut: it ends inside an element",
                        "fetch it again; what came before the cut was read",
                    ));
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        };
        while !open.is_empty() {
            close(&mut pieces, &mut open, true);
        }
        Self { pieces, fault }
    }

    /// All elements that pass, those inside a passed one left out.
    pub fn records<'a>(&'a self, is_record: impl Fn(&Element) -> bool + 'a) -> impl Iterator<Item = At<'a>> {
        let mut place = 0;
        std::iter::from_fn(move || {
            while let Some(piece) = self.pieces.get(place) {
                let here = place;
                place += 1;
                if let Piece::Open(element) = piece
                    && is_record(element)
                {
                    place = element.end.max(here + 1);
                    return Some(At { tree: self, place: here, element });
                }
            }
            None
        })
    }

    /// The root element.
    #[must_use]
    pub fn root(&self) -> Option<At<'_>> {
        self.records(|_| true).next()
    }
}

fn space(found: &ResolveResult<'_>) -> Space {
    match found {
        ResolveResult::Unbound => Space::Own,
        ResolveResult::Bound(namespace) => {
            SPACES.iter().find(|(part, ..)| namespace.0.contains(part)).map_or(Space::Other, |(.., space)| *space)
        }
        ResolveResult::Unknown(prefix) => SPACES.iter().find(|(_, known, _)| prefix == known).map_or(Space::Other, |(.., space)| *space),
    }
}

fn close(pieces: &mut Vec<Piece>, open: &mut Vec<usize>, is_cut: bool) {
    let end = pieces.len();
    if let Some(Piece::Open(element)) = open.pop().and_then(|at| pieces.get_mut(at)) {
        element.end = end;
        element.is_cut = is_cut;
        pieces.push(Piece::Close);
    }
}

fn add(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

fn fault(xml: &str, at: u64, reason: &str, mend: &str) -> Refused {
    let before = xml.get(..usize::try_from(at).unwrap_or(xml.len())).unwrap_or(xml);
    let line = before.rsplit('\n').next().unwrap_or("");
    let (number, column) = (before.matches('\n').count() + 1, line.chars().count() + 1);
    let text = xml.get(before.len()..).unwrap_or("").chars().take(80).collect();
    Refused { column, text, ..Refused::whole(format!("{reason} at line {number}, column {column}"), mend) }
}

/// An element in its tree.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    tree: &'a Tree,
    place: usize,
    /// The element.
    pub element: &'a Element,
}

impl<'a> At<'a> {
    /// Whether it is an element of the document's own vocabulary with that name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.is_in(Space::Own, name)
    }

    /// Whether it is the element of that name in a vocabulary.
    #[must_use]
    pub fn is_in(&self, space: Space, name: &str) -> bool {
        self.element.space == space && self.element.name == name
    }

    /// The elements right inside it.
    pub fn children(self) -> impl Iterator<Item = At<'a>> {
        let mut place = self.place + 1;
        std::iter::from_fn(move || {
            while place < self.element.end {
                let here = place;
                place += 1;
                if let Some(Piece::Open(element)) = self.tree.pieces.get(here) {
                    place = element.end + 1;
                    return Some(At { tree: self.tree, place: here, element });
                }
            }
            None
        })
    }

    /// All elements inside it, in their order.
    pub fn inside(self) -> impl Iterator<Item = At<'a>> {
        (self.place + 1..self.element.end).filter_map(move |place| match self.tree.pieces.get(place) {
            Some(Piece::Open(element)) => Some(At { tree: self.tree, place, element }),
            _ => None,
        })
    }

    /// The elements inside it that pass, those inside a passed one left out.
    pub fn outermost(self, passes: impl Fn(&Element) -> bool) -> impl Iterator<Item = At<'a>> {
        let mut behind = 0;
        self.inside().filter(move |at| {
            let stays = at.place >= behind && passes(at.element);
            if stays {
                behind = at.element.end;
            }
            stays
        })
    }

    /// The first child of that name in the document's own vocabulary.
    #[must_use]
    pub fn child(self, name: &str) -> Option<At<'a>> {
        self.children().find(|child| child.is(name))
    }

    /// The first element inside it of that name.
    #[must_use]
    pub fn within(self, name: &str) -> Option<At<'a>> {
        self.inside().find(|found| found.element.name == name)
    }

    /// An attribute by its name, references resolved; empty if there is none.
    #[must_use]
    pub fn attribute(&self, name: &str) -> String {
        let tag = Tag { name: &self.element.name, attributes: &self.element.attributes, at: 0 };
        tag.attribute(name).map(|value| value.trim().to_owned()).unwrap_or_default()
    }

    /// All text inside it, as it stands.
    #[must_use]
    pub fn text(self) -> String {
        let pieces = self.tree.pieces.get(self.place..self.element.end).unwrap_or(&[]);
        pieces.iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(text.as_str()) } else { None }).collect()
    }

    /// All text inside it on one line.
    #[must_use]
    pub fn line(self) -> String {
        self.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What is inside it as HTML. `name` gives elements their names there; those without one are left out with all they hold.
    #[must_use]
    pub fn html(self, name: impl Fn(&'a Element) -> Option<&'a str>) -> String {
        let mut out = String::new();
        let mut open = Vec::new();
        let mut place = self.place + 1;
        while place < self.element.end {
            match self.tree.pieces.get(place) {
                Some(Piece::Open(element)) => match name(element) {
                    Some(name) => {
                        out.push_str(&format!("<{name}{}>", element.attributes));
                        open.push(name);
                    }
                    None => place = element.end,
                },
                Some(Piece::Text(text)) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                Some(Piece::Close) => {
                    if let Some(name) = open.pop().filter(|name| !is_any(name, VOID)) {
                        out.push_str(&format!("</{name}>"));
                    }
                }
                None => break,
            }
            place += 1;
        }
        out
    }
}

/// A line of text that may hold markup or references of HTML, as feeds write titles.
#[must_use]
pub fn plain_line(text: &str) -> String {
    let shown = if text.contains("</") || text.contains("<br") { paragraphs(text) } else { decoded(text).into_owned() };
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Space, Tree, root};
    use crate::read::limits::Limits;

    #[test]
    fn roots() {
        for (head, name) in [
            ("\u{FEFF}<?xml version='1.0'?>\n<!-- c --><rss version='2.0'>", Some("rss")),
            ("<!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf>", Some("nitf")),
            ("<!DOCTYPE x [<!ENTITY a \"b>c\">]>\n<rdf:RDF xmlns='x'>", Some("RDF")),
            ("no", None),
            ("<!-- open", None),
            ("<", None),
            ("<x", None),
        ] {
            assert_eq!(root(head), name, "{head}");
        }
    }

    #[test]
    fn trees() {
        let xml = "<a xmlns:c='http://purl.org/rss/1.0/modules/content/'><b x='1 &amp; 2'>t &nbsp;&undefined; &amp;lt; R&D</b><c:encoded><![CDATA[<p>x]]></c:encoded><dc:date/></a>";
        let tree = Tree::of(xml, &Limits::default());
        let root = tree.root().unwrap();
        let b = root.child("b").unwrap();
        assert_eq!((b.attribute("x").as_str(), b.text().as_str()), ("1 & 2", "t \u{A0}&undefined; &lt; R&D"));
        assert_eq!(root.children().find(|at| at.is_in(Space::Content, "encoded")).unwrap().text(), "<p>x");
        assert!(root.children().any(|at| at.is_in(Space::DublinCore, "date")));
        assert!(tree.fault.is_none());
    }

    #[test]
    fn faults_keep_what_came_before() {
        let tree = Tree::of("<a>\n<b>1</b>\n<b>2</c></a>", &Limits::default());
        assert_eq!(tree.records(|element| element.name == "b" && !element.is_cut).count(), 1);
        let fault = tree.fault.unwrap();
        assert!(fault.reason.contains("line 3"), "{fault:?}");
        let deep = Tree::of(&"<a>".repeat(100_000), &Limits::default());
        assert!(deep.fault.unwrap().mend.contains("nesting"));
        assert!(
            Tree::of("<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>", &Limits::default()).root().unwrap().text()
                == "&c;"
        );
        assert!(Tree::of("", &Limits::default()).root().is_none());
    }
}
