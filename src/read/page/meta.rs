//! What a web page says of itself: meta elements, JSON-LD, time elements, its title and heading, and the notes of those who saved it.

use std::collections::BTreeMap;

use crate::read::page::entity::decoded;
use crate::read::page::linked_data::{Stated, stated};
use crate::read::page::markup::paragraphs;
use crate::read::page::segment::letters;
use crate::read::page::tags::{Tag, Token, Tokens};

/// Everything a page states, in one pass over its tags.
#[derive(Clone, Debug, Default)]
pub struct PageMeta {
    /// JSON-LD.
    pub linked: Stated,
    /// `meta` elements: the first value that is not empty, by lower-case `property`, `name` or `itemprop`.
    named: BTreeMap<String, String>,
    /// `<title>`.
    pub title: String,
    /// The first `<h1>` with text.
    pub heading: String,
    /// `lang` of `<html>`.
    pub language: String,
    /// `<link rel=canonical>`, or the address that a browser noted as it saved the page.
    pub url: String,
    /// The time element that is marked as the date of publication, else the one near the heading.
    pub time: String,
    /// When it was saved or archived, as noted.
    pub saved: String,
    /// Number of `<article>` elements.
    pub articles: usize,
}

/// Names of meta elements between blanks, the surest first.
const SITE: &str = "og:site_name citation_journal_title dc.publisher dcterms.publisher dc:publisher article:publisher_name publisher \
    application-name cre sailthru.publisher al:android:app_name";
const TITLE: &str = "og:title headline citation_title parsely-title sailthru.title dc.title dcterms.title dc:title twitter:title";
const DATE: &str = "article:published_time datepublished og:article:published_time og:published_time citation_publication_date citation_date \
    parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date dc:date date_published \
    publishdate publish-date publish_date pubdate publication_date article.published article_date_original originalpublicationdate \
    cxenseparse:recs:publishtime cxenseparse:publishtime bt:pubdate rnews:datepublished article.created datecreated date displaydate";
const AUTHOR: &str = "author byl parsely-author sailthru.author dc.creator dcterms.creator dc:creator citation_author article:author og:article:author \
    cxenseparse:author";
const LANGUAGE: &str = "content-language dc.language dcterms.language language citation_language og:locale";

impl PageMeta {
    /// Reads a page.
    #[must_use]
    pub fn of(html: &str) -> Self {
        let mut scan = Scan::default();
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next() {
            scan.take(token, tokens.position(), html);
        }
        let mut meta = scan.meta;
        meta.url = unwrapped(&meta.url);
        // Of a page without a heading the one time it has.
        let before = if meta.heading.is_empty() && scan.times > 1 { String::new() } else { scan.before_heading };
        meta.time = [scan.published, scan.after_heading, before].into_iter().find(|time| !time.is_empty()).unwrap_or_default();
        meta.linked = stated(&scan.scripts, &meta.url);
        if meta.url.is_empty() {
            let given = [meta.named.get("og:url").cloned().unwrap_or_default(), meta.linked.url.clone()];
            meta.url = given.into_iter().map(|url| unwrapped(&url)).find(|url| url.starts_with("http")).unwrap_or_default();
        }
        meta
    }

    fn first(&self, names: &str) -> String {
        names.split_ascii_whitespace().find_map(|name| self.named.get(name)).cloned().unwrap_or_default()
    }

    /// The site as meta elements name it.
    #[must_use]
    pub fn site(&self) -> String {
        let name = self.first(SITE);
        if name.starts_with("http") || name.starts_with('@') { String::new() } else { name }
    }

    /// The headline: JSON-LD, meta elements, the heading, the title without the name of the site.
    #[must_use]
    pub fn headline(&self) -> String {
        let sites = [self.site(), self.linked.publisher.clone()];
        let all = [
            self.linked.headline.clone(),
            without_site(&self.first(TITLE), &sites),
            self.heading.clone(),
            without_site(&self.title, &sites),
        ];
        let one_line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        all.iter().map(one_line).find(|title| !title.is_empty() && !sites.contains(title)).unwrap_or_default()
    }

    /// The date of publication as meta elements give it.
    #[must_use]
    pub fn date(&self) -> String {
        self.first(DATE)
    }

    /// The authors: JSON-LD, meta elements.
    #[must_use]
    pub fn author(&self) -> String {
        let stated = if self.linked.authors.is_empty() { self.first(AUTHOR) } else { self.linked.authors.clone() };
        if stated.starts_with("http") { String::new() } else { stated }
    }

    /// The language: of the document, JSON-LD, meta elements.
    #[must_use]
    pub fn language(&self) -> String {
        let all = [self.language.clone(), self.linked.language.clone(), self.first(LANGUAGE)];
        all.into_iter().map(|l| l.trim().to_owned()).find(|language| !language.is_empty() && language.len() < 40).unwrap_or_default()
    }

    /// Whether the page says that it is an article.
    #[must_use]
    pub fn says_article(&self) -> bool {
        let kind = self.named.get("og:type").map(String::as_str).unwrap_or_default();
        self.linked.is_article || kind.ends_with("article") || self.named.contains_key("article:published_time")
    }

    /// Whether its address is that of a whole site.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.url.split_once("://").is_some_and(|(_, rest)| rest.split_once('/').is_none_or(|(_, path)| path.is_empty()))
    }

    /// Whether the page says that the article is not free to read.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let tier = self.named.get("article:content_tier").map(String::as_str).unwrap_or_default();
        self.linked.is_closed || matches!(tier, "locked" | "metered")
    }
}

/// What is gathered on the way.
#[derive(Default)]
struct Scan<'a> {
    meta: PageMeta,
    scripts: Vec<&'a str>,
    /// What the raw text that comes next is.
    raw: Option<RawOf>,
    /// Byte behind the `<h1>` that is open.
    heading: Option<usize>,
    /// Depth of pictures, whose titles are not the page's.
    pictures: usize,
    published: String,
    /// The first time element so near behind a heading that it is the article's.
    after_heading: String,
    /// The last time element before the heading, while it is near.
    before_heading: String,
    /// Letters of the page so far that are text.
    letters: usize,
    /// The same where the last heading ended, and where the last time element before it did.
    at_heading: usize,
    at_time: usize,
    /// Number of time elements.
    times: usize,
}

enum RawOf {
    Title,
    LinkedData,
}

/// Letters between the heading and the first time behind it from which that time is of something else: a list of other stories, a
/// comment. A summary and a by-line stand between.
const BEHIND_HEADING: usize = 600;
/// Letters between a time and the heading behind it from which that time is of something else: a clock over the menu.
const BEFORE_HEADING: usize = 60;

/// Bytes of a heading that are looked at.
const HEADING: usize = 4_000;

impl<'a> Scan<'a> {
    fn take(&mut self, token: Token<'a>, behind: usize, html: &'a str) {
        match token {
            Token::Open(tag) => self.open(&tag, behind),
            Token::Raw(text) => match self.raw.take() {
                Some(RawOf::Title) if self.meta.title.is_empty() => {
                    self.meta.title = decoded(text).split_whitespace().collect::<Vec<_>>().join(" ")
                }
                Some(RawOf::LinkedData) => self.scripts.push(text),
                _ => {}
            },
            Token::Close(name) => {
                if name.eq_ignore_ascii_case("svg") {
                    self.pictures = self.pictures.saturating_sub(1);
                }
                if name.eq_ignore_ascii_case("h1") {
                    // On some sites the name of the site is a heading as well.
                    self.at_heading = self.letters;
                }
                if name.eq_ignore_ascii_case("h1")
                    && let Some(start) = self.heading.take()
                {
                    let inside = html.get(start..behind).filter(|inside| inside.len() <= HEADING).unwrap_or("");
                    self.meta.heading = paragraphs(inside).replace("\n\n", " ");
                    let is_near = self.letters.saturating_sub(self.at_time) <= BEFORE_HEADING + letters(&self.meta.heading);
                    if !is_near {
                        self.before_heading.clear();
                    }
                }
            }
            Token::Comment(text) => self.comment(text),
            Token::Text(text) => self.letters += letters(text),
            Token::Characters(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'a>, behind: usize) {
        let name = tag.name.to_ascii_lowercase();
        match name.as_str() {
            "meta" => self.meta(tag),
            "html" if self.meta.language.is_empty() => {
                self.meta.language = tag.attribute("lang").or_else(|| tag.attribute("xml:lang")).unwrap_or_default().into_owned();
            }
            "title" if self.pictures == 0 => self.raw = Some(RawOf::Title),
            "script" if tag.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) => {
                self.raw = Some(RawOf::LinkedData)
            }
            "svg" => self.pictures += 1,
            "article" => self.meta.articles += 1,
            "h1" if self.meta.heading.is_empty() => self.heading = Some(behind),
            "link" if tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                // What the page says goes over what a browser noted.
                self.meta.url = tag
                    .attribute("href")
                    .filter(|href| href.starts_with("http"))
                    .map_or_else(|| std::mem::take(&mut self.meta.url), Into::into);
            }
            "time" => {
                let time = tag.attribute("datetime").unwrap_or_default().into_owned();
                self.times += 1;
                if tag.attribute("pubdate").is_some() {
                    if self.published.is_empty() {
                        self.published = time;
                    }
                } else if self.meta.heading.is_empty() {
                    (self.before_heading, self.at_time) = (time, self.letters);
                } else if self.after_heading.is_empty() && self.letters - self.at_heading <= BEHIND_HEADING {
                    self.after_heading = time;
                }
            }
            _ => {}
        }
        if name != "meta" && self.published.is_empty() && tag.attributes.contains("datePublished") {
            let is_date = tag.attribute("itemprop").is_some_and(|of| of.split_whitespace().any(|of| of == "datePublished"));
            if is_date {
                self.published = tag.attribute("datetime").or_else(|| tag.attribute("content")).unwrap_or_default().into_owned();
            }
        }
    }

    fn meta(&mut self, tag: &Tag<'a>) {
        let content = tag.attribute("content").map(|content| content.trim().to_owned()).filter(|content| !content.is_empty());
        let Some(content) = content else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            let Some(names) = tag.attribute(key) else { continue };
            for name in names.split_whitespace().take(4) {
                let name = name.to_ascii_lowercase();
                match self.meta.named.get_mut(&name) {
                    // Several authors have an element each.
                    Some(before) if name == "citation_author" => {
                        before.push_str(", ");
                        before.push_str(&content);
                    }
                    Some(_) => {}
                    None => {
                        self.meta.named.insert(name, content.clone());
                    }
                }
            }
        }
    }

    fn comment(&mut self, text: &str) {
        let line = text.trim();
        if let Some(noted) = line.strip_prefix("saved from url=(") {
            let url = noted.split_once(')').map_or("", |(_, url)| url.trim());
            if self.meta.url.is_empty() && url.starts_with("http") {
                self.meta.url = url.to_owned();
            }
        } else if line.starts_with("Page saved with SingleFile") {
            for line in line.lines().map(str::trim) {
                if let Some(url) = line.strip_prefix("url:").map(str::trim).filter(|_| self.meta.url.is_empty()) {
                    self.meta.url = url.to_owned();
                } else if let Some(date) = line.strip_prefix("saved date:") {
                    self.meta.saved = date.trim().to_owned();
                }
            }
        } else if let Some(archived) = line.strip_prefix("FILE ARCHIVED ON ") {
            self.meta.saved = archived.split(" AND ").next().unwrap_or("").trim().to_owned();
        }
    }
}

/// An address without the archive that wraps it.
fn unwrapped(url: &str) -> String {
    let inner = |url: &str| {
        let (_, behind) = url.split_once("://web.archive.org/web/").or_else(|| url.split_once("://archive.org/wayback/"))?;
        behind.split_once('/').map(|(_, url)| url.to_owned()).filter(|url| url.starts_with("http"))
    };
    inner(url).unwrap_or_else(|| url.to_owned())
}

/// A title without " | Site", " - Site" or "Site: ".
fn without_site(title: &str, sites: &[String]) -> String {
    const MARKS: [char; 8] = ['|', '-', '–', '—', '·', '•', '»', ':'];
    let title = title.trim();
    for site in sites.iter().filter(|site| !site.is_empty()) {
        let at = title.len().saturating_sub(site.len());
        if title.get(at..).is_some_and(|end| end.to_lowercase() == site.to_lowercase()) {
            let before = title.get(..at).unwrap_or("").trim_end();
            if let Some(short) = before.strip_suffix(MARKS) {
                return short.trim_end().to_owned();
            }
        }
        if let Some(rest) =
            title.get(site.len()..).filter(|_| title.get(..site.len()).is_some_and(|start| start.eq_ignore_ascii_case(site)))
            && let Some(short) = rest.trim_start().strip_prefix(MARKS)
        {
            return short.trim_start().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{PageMeta, without_site};

    #[test]
    fn order_of_trust() {
        let page = PageMeta::of(
            "<!-- saved from url=(0025)https://a.example/saved -->\n<html lang=en-GB><head><title>T | Site</title>\
             <meta property='og:site_name' content='Site'><meta property=og:title content='O &amp; T - Site'>\
             <meta name=date content=2020-01-01><meta property='article:published_time' content='2020-02-02'>\
             <link rel=canonical href='https://a.example/own'><svg><title>no</title></svg></head><body><time datetime=1999>x</time><h1>H\n<b>1</b></h1>\
             <time datetime='2020-03-03'></time>",
        );
        assert_eq!([page.headline(), page.site(), page.date(), page.language()], ["O & T", "Site", "2020-02-02", "en-GB"]);
        assert_eq!([&*page.url, &*page.time, &*page.heading, &*page.title], ["https://a.example/own", "2020-03-03", "H 1", "T | Site"]);
    }

    #[test]
    fn titles_without_site() {
        let site = ["The Daily".to_owned()];
        for (given, expected) in [
            ("A - b | The Daily", "A - b"),
            ("The Daily: A", "A"),
            ("A — The daily", "A"),
            ("About The Daily", "About The Daily"),
            ("x", "x"),
        ] {
            assert_eq!(without_site(given, &site), expected);
        }
    }

    #[test]
    fn times_near_the_heading() {
        let words = "word ".repeat(200);
        let menu = "<a>Politics</a> <a>Business</a> <a>Culture</a> <a>Travel</a> <a>Opinion</a> <a>Weather</a> <a>Letters</a> <a>Puzzles</a> <a>Shop</a>";
        for (page, expected) in [
            ("<h1>Head</h1><p>By A</p><time datetime=2021-12-28>28</time><time datetime=2021-12-29>29</time>".to_owned(), "2021-12-28"),
            (format!("<h1>Head</h1><p>{words}</p><ul><li>Other <time datetime=2020-01-01>1</time></ul>"), ""),
            ("<time datetime=2021-12-28>28 December</time> Politics <h1>Head</h1>".to_owned(), "2021-12-28"),
            (format!("<time datetime=2024-05-05>Sunday</time>{menu}<h1>Head</h1><p>{words}</p>"), ""),
            (format!("<h2>Head</h2><time datetime=2021-12-28>28</time><p>{words}</p>"), "2021-12-28"),
        ] {
            assert_eq!(PageMeta::of(&page).time, expected, "{page}");
        }
    }

    #[test]
    fn those_who_saved_it() {
        let single = PageMeta::of("<!--\n Page saved with SingleFile \n url: https://b.example/x \n saved date: Fri Mar 01 2024\n-->");
        assert_eq!((&*single.url, &*single.saved), ("https://b.example/x", "Fri Mar 01 2024"));
        let archived = PageMeta::of(
            "<link rel=canonical href=https://web.archive.org/web/2016/https://c.example/y><!-- FILE ARCHIVED ON 12:00:00 Mar 09, 2016 AND RETRIEVED FROM -->",
        );
        assert_eq!((&*archived.url, &*archived.saved), ("https://c.example/y", "12:00:00 Mar 09, 2016"));
    }
}
