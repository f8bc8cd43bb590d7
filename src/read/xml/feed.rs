//! Feeds: RSS of all versions, Atom, and WordPress's export of a site.

use std::collections::BTreeMap;

use memchr::memmem;

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::format::Source;
use crate::read::notice::Notice;
use crate::read::page::markup::{paragraphs, prose};
use crate::read::xml::tree::{At, Element, Space, Tree, plain_line};

/// Whether an element is an article of a feed.
#[must_use]
pub fn is_item(element: &Element) -> bool {
    element.space == Space::Own && matches!(element.name.as_str(), "item" | "entry")
}

/// Takes the articles of a feed.
pub fn articles(tree: &Tree, source: &Source<'_>, sink: &mut dyn Sink) {
    let feed = Feed::of(tree);
    let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = 0;
    for item in tree.records(is_item).filter(|item| !item.element.is_cut) {
        number += 1;
        if let Some(kind) = unpublished(item) {
            *left_out.entry(kind).or_default() += 1;
            continue;
        }
        let draft = feed.article(item);
        if draft.title.is_empty() && draft.text.is_empty() {
            let text = draft.url.chars().take(80).collect();
            sink.refuse(Refused { line: number, text, ..Refused::whole("has neither a title nor a text", "fetch the feed again") });
        } else {
            sink.article(Draft { line: number, ..draft });
        }
    }
    if number == 0 && tree.fault.is_none() {
        sink.refuse(Refused::whole("is a feed without articles", "fetch it again at a time when it has some"));
    }
    if !left_out.is_empty() {
        let all: Vec<String> = left_out.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        sink.notice(Notice {
            code: "W025",
            message: format!(
                "{}: {} of {number} items are no published posts and were left out ({})",
                source.name,
                left_out.values().sum::<usize>(),
                all.join(", ")
            ),
            mend: "publish what should be read, and export again".into(),
        });
    }
}

/// What an item of a WordPress export is, if it is no published post: "page", "attachment", "post (draft)".
fn unpublished(item: At<'_>) -> Option<String> {
    let of = |name: &str| item.children().find(|child| child.is_in(Space::WordPress, name)).map(At::line);
    let (kind, status) = (of("post_type")?, of("status").unwrap_or_default());
    if kind != "post" {
        return Some(kind);
    }
    (!status.is_empty() && status != "publish").then(|| format!("{kind} ({status})"))
}

/// What a feed says of all its articles.
struct Feed {
    title: String,
    language: String,
    /// Names of authors by the names under which they log in.
    authors: BTreeMap<String, String>,
}

impl Feed {
    fn of(tree: &Tree) -> Self {
        let mut feed = Self { title: String::new(), language: String::new(), authors: BTreeMap::new() };
        let Some(root) = tree.root() else { return feed };
        feed.language = root.attribute("xml:lang");
        let channel = root.child("channel").unwrap_or(root);
        for child in channel.children().filter(|child| !is_item(child.element)) {
            let set = |slot: &mut String, value: String| {
                if slot.is_empty() {
                    *slot = value;
                }
            };
            match (child.element.space, child.element.name.as_str()) {
                (Space::Own, "title") => set(&mut feed.title, plain_line(&child.text())),
                (Space::Own | Space::DublinCore, "language") => set(&mut feed.language, child.line()),
                (Space::WordPress, "author") => {
                    let of =
                        |name: &str| child.children().find(|part| part.is_in(Space::WordPress, name)).map(At::line).unwrap_or_default();
                    feed.authors.insert(of("author_login"), of("author_display_name"));
                }
                _ => {}
            }
        }
        feed
    }

    fn article(&self, item: At<'_>) -> Draft {
        let own =
            |name: &str| item.children().filter(|child| child.is(name)).map(At::line).find(|line| !line.is_empty()).unwrap_or_default();
        let core = |name: &str| item.children().find(|child| child.is_in(Space::DublinCore, name)).map(At::line).unwrap_or_default();
        let first = |values: [String; 6]| values.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
        let named = item
            .child("source")
            .map(|source| source.child("title").unwrap_or(source))
            .map(|source| plain_line(&source.text()))
            .unwrap_or_default();
        let (outlet, outlet_basis) = if !named.is_empty() {
            (named, OutletBasis::Field)
        } else if !self.title.is_empty() {
            (self.title.clone(), OutletBasis::Feed)
        } else {
            (String::new(), OutletBasis::File)
        };
        let title = item.child("title").map(|title| plain_line(&title.text())).unwrap_or_default();
        // Collections of news add the outlet to the headline.
        let title = title.strip_suffix(outlet.as_str()).and_then(|short| short.strip_suffix(" - ")).unwrap_or(&title).to_owned();
        let published_at = first([own("pubDate"), own("published"), own("issued"), core("issued"), core("date"), own("date")]);
        let published_at = first([published_at, core("created"), own("created"), own("updated"), own("modified"), core("modified")]);
        let (text, extent) = body(item, &title, &outlet);
        Draft {
            source_id: first([own("guid"), own("id"), item.attribute("rdf:about"), String::new(), String::new(), String::new()]),
            outlet,
            outlet_basis,
            byline: self.byline(item),
            date_basis: if published_at.is_empty() { DateBasis::None } else { DateBasis::Field },
            published_at,
            url: url(item),
            language: first([
                item.attribute("xml:lang"),
                core("language"),
                own("language"),
                self.language.clone(),
                String::new(),
                String::new(),
            ]),
            title,
            text,
            extent,
            ..Draft::default()
        }
    }

    fn byline(&self, item: At<'_>) -> String {
        let creators = item.children().filter(|child| child.is_in(Space::DublinCore, "creator")).map(At::line);
        let authors = item.children().filter(|child| child.is("author")).map(|author| author.child("name").unwrap_or(author).line());
        let mut names: Vec<String> = creators.filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            names = authors.filter(|name| !name.is_empty()).collect();
        }
        let full = |name: String| self.authors.get(&name).filter(|full| !full.is_empty()).cloned().unwrap_or(name);
        // RSS has authors as an address with the name in brackets.
        let named = |name: String| match name.split_once(" (").and_then(|(address, name)| Some((address, name.strip_suffix(')')?))) {
            Some((address, inner)) if address.contains('@') => inner.to_owned(),
            _ => name,
        };
        names.into_iter().map(full).map(named).collect::<Vec<_>>().join(", ")
    }
}

fn url(item: At<'_>) -> String {
    let link = |link: At<'_>| {
        let href = link.attribute("href");
        let rel = link.attribute("rel");
        if href.is_empty() { Some(link.line()) } else { Some(href).filter(|_| rel.is_empty() || rel == "alternate") }
    };
    let original = item.children().find(|child| child.element.name == "origLink").map(At::line);
    let links = item.children().filter(|child| child.is("link")).filter_map(link);
    let guid = || item.child("guid").filter(|guid| guid.attribute("isPermaLink") != "false").map(At::line);
    original.into_iter().chain(links).chain(guid()).find(|url| url.starts_with("http")).unwrap_or_default()
}

/// The text of an item, and how much of the article it is: `content` is all of it, a description is a part.
fn body(item: At<'_>, title: &str, outlet: &str) -> (String, Extent) {
    let is_export = item.children().any(|child| child.is_in(Space::WordPress, "post_type"));
    let whole = item.children().filter(|child| {
        child.is_in(Space::Content, "encoded")
            || (child.is("content") && child.attribute("src").is_empty())
            || child.is_in(Space::Xhtml, "body")
            || child.element.name == "full-text"
    });
    let part =
        item.children().filter(|child| child.is("description") || child.is("summary") || child.is_in(Space::DublinCore, "description"));
    let shown = |element: At<'_>| {
        let html = markup(element, is_export);
        let text = prose(&html);
        without_trailer(if text.is_empty() { paragraphs(&html) } else { text })
    };
    let longest = |texts: &mut dyn Iterator<Item = String>| texts.max_by_key(String::len).unwrap_or_default();
    let (full, excerpt) = (longest(&mut whole.map(shown)), longest(&mut part.map(shown)));
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let says_more = |text: &str| !text.is_empty() && plain(text) != plain(title) && plain(text) != plain(title) + &plain(outlet);
    let is_cut = |text: &str| ["[…]", "[...]", "[&#8230;]", "…", "..."].iter().any(|end| text.ends_with(end));
    // Some feeds put the summary into the content and the text into the description.
    if says_more(&full) && full.len() * 2 >= excerpt.len() {
        let extent = if is_cut(&full) && full.len() <= excerpt.len() + 20 { Extent::Excerpt } else { Extent::Full };
        return (full, extent);
    }
    if says_more(&excerpt) { (excerpt, Extent::Excerpt) } else { (String::new(), Extent::Title) }
}

/// The content of an element as HTML, whichever way the feed wraps it.
fn markup(element: At<'_>, is_export: bool) -> String {
    let kind = element.attribute("type");
    let text = element.text();
    if kind.contains("xhtml") || element.element.space == Space::Xhtml || element.children().next().is_some() {
        return element.html(|element| Some(&element.name));
    }
    if matches!(kind.as_str(), "text" | "text/plain") {
        return text.replace('&', "&amp;").replace('<', "&lt;").replace("\n\n", "<p>");
    }
    let has_blocks = ["<p", "<P", "<br", "<BR", "<div"].iter().any(|tag| text.contains(tag));
    if is_export {
        without_shortcodes(&text).replace("\r\n", "\n").replace("\n\n", "<p>")
    } else if has_blocks {
        text
    } else {
        text.replace("\n\n", "<p>")
    }
}

/// WordPress's own tags in square brackets; a caption goes with what it captions.
const SHORTCODES: &[&str] = &["audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption", "youtube"];

fn without_shortcodes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        let name: String = behind.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').take(20).collect();
        let end = after(behind, "]", 1_000).filter(|_| SHORTCODES.contains(&name.as_str()));
        rest = match end {
            Some(inside) if name.ends_with("caption") && !behind.starts_with('/') => after(inside, "caption]", 5_000).unwrap_or(inside),
            Some(inside) => inside,
            None => {
                out.push('[');
                behind
            }
        };
    }
    out.push_str(rest);
    out
}

/// What stands behind a mark that is found within so many bytes.
fn after<'a>(text: &'a str, mark: &str, within: usize) -> Option<&'a str> {
    let at = memmem::find(text.as_bytes().get(..within.min(text.len()))?, mark.as_bytes())?;
    text.get(at + mark.len()..)
}

/// A text without the line by which WordPress says where it appeared first.
fn without_trailer(text: String) -> String {
    match text.rsplit_once("\n\n") {
        Some((before, last)) if last.starts_with("The post ") && last.contains("appeared first on") => before.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::articles;
    use crate::corpus::record::{Extent, OutletBasis};
    use crate::read::draft::Collected;
    use crate::read::format::Source;
    use crate::read::limits::Limits;
    use crate::read::xml::tree::Tree;

    fn found(xml: &str) -> Collected {
        let mut found = Collected::default();
        Source::bare("feed.xml", |source| articles(&Tree::of(xml, &Limits::default()), source, &mut found));
        found
    }

    #[test]
    fn rss_2() {
        let found = found(
            "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Blatt</title><language>de</language>\
             <image><title>Bild</title></image><item><title>A &amp;amp; B</title><link>https://a.example/1</link><guid isPermaLink='false'>g1</guid><pubDate>Thu, 09 Mar 2016 12:00:00 GMT</pubDate>\
             <dc:creator><![CDATA[Ann]]></dc:creator><description>Short</description><content:encoded><![CDATA[<p>One.</p><p>Two &#8211; three.</p><p>The post <a>A</a> appeared first on <a>Blatt</a>.</p>]]></content:encoded></item>\
             <item><title>C - Post</title><source url='x'>Post</source><description>&lt;p&gt;Only a part&lt;/p&gt;</description><author>a@b.example (Bob)</author></item>\
             <item><title>Only title</title><description>Only title</description></item><item></item></channel></rss>",
        );
        let a = &found.articles;
        assert_eq!(
            [&*a[0].title, &a[0].outlet, &a[0].byline, &a[0].text, &a[0].url, &a[0].source_id, &a[0].language],
            ["A & B", "Blatt", "Ann", "One.\n\nTwo – three.", "https://a.example/1", "g1", "de"]
        );
        assert_eq!((a[0].outlet_basis, a[0].extent, a[0].line), (OutletBasis::Feed, Extent::Full, 1));
        assert_eq!(
            (&*a[1].title, &*a[1].outlet, a[1].outlet_basis, &*a[1].text, a[1].extent, &*a[1].byline),
            ("C", "Post", OutletBasis::Field, "Only a part", Extent::Excerpt, "Bob")
        );
        assert_eq!((a[2].extent, a[2].text.is_empty(), found.refused[0].line), (Extent::Title, true, 4));
    }

    #[test]
    fn atom_and_rdf() {
        let atom = found(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>F</title><entry><title type='html'>T &amp;lt;i&gt;x&lt;/i&gt;</title><link rel='self' href='https://s'/><link href='https://a'/>\
             <id>urn:1</id><updated>2020-02-02</updated><published>2020-01-01</published><author><name>Ann</name></author><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>Two</p></div></content></entry>\
             <entry><title>U</title><updated>2020-03-03</updated><summary type='text'>a &lt; b</summary></entry></feed>",
        );
        let a = &atom.articles;
        assert_eq!(
            [&*a[0].text, &a[0].url, &a[0].published_at, &a[0].language, &a[0].byline],
            ["One\n\nTwo", "https://a", "2020-01-01", "en", "Ann"]
        );
        assert_eq!((&*a[1].published_at, &*a[1].text, a[1].extent), ("2020-03-03", "a < b", Extent::Excerpt));
        let rdf = found(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>R</title></channel>\
             <item rdf:about='https://r/1'><title>T</title><link>https://r/1</link><description>d e f</description><dc:date>2020-01-01T00:00:00Z</dc:date></item></rdf:RDF>",
        );
        let r = &rdf.articles[0];
        assert_eq!([&*r.outlet, &r.source_id, &r.published_at], ["R", "https://r/1", "2020-01-01T00:00:00Z"]);
    }

    #[test]
    fn wordpress_exports() {
        let item = |kind: &str, status: &str, text: &str| {
            format!(
                "<item><title>T</title><dc:creator>ann</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded><wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
            )
        };
        let found = found(&format!(
            "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Blog</title>\
             <wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann B.</wp:author_display_name></wp:author>{}{}{}{}</channel></rss>",
            item(
                "post",
                "publish",
                "One [sic].\n\n[caption id=\"x\"]<img> A caption[/caption]<!-- wp:paragraph -->Two<b>!</b>[gallery ids=1]"
            ),
            item("page", "publish", "x"),
            item("attachment", "inherit", ""),
            item("post", "draft", "x"),
        ));
        assert_eq!((&*found.articles[0].text, &*found.articles[0].byline, found.articles.len()), ("One [sic].\n\nTwo!", "Ann B.", 1));
        assert!(
            found.notices[0].message.contains("3 of 4 items") && found.notices[0].message.contains("1 post (draft)"),
            "{:?}",
            found.notices
        );
    }
}
