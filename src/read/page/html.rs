//! Saved web pages: one article each. What the page states of itself, and its main text without what stands around it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};

use dom_smoothie::{Config, Readability};

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::read::delivery::factiva_html;
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::format::Source;
use crate::read::notice::Notice;
use crate::read::page::encoding::decoded;
use crate::read::page::entity;
use crate::read::page::furniture::without;
use crate::read::page::markup::{paragraphs, prose};
use crate::read::page::meta::PageMeta;
use crate::read::page::segment::{self, letters};
use crate::read::page::shape::unfit;

/// Letters below which the text of a page that is not free to read counts as its start: about 200 words.
const CLOSED: usize = 1_000;
/// Letters in long paragraphs from which a page of many articles holds one of its own.
const OWN: usize = 600;
/// Articles on a page that says of none that it is its own, from which it is a front page.
const FRONT_PAGE: usize = 4;

/// Whether the start of a file is that of a web page.
#[must_use]
pub fn sniff(head: &str) -> bool {
    let mut rest = head.trim_start();
    loop {
        let start = |name: &str| {
            let found = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            found && rest.as_bytes().get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b':')
        };
        if start("<!doctype html") || ["<html", "<head", "<body"].into_iter().any(start) {
            return true;
        }
        // XHTML has an XML declaration first, and browsers note there whence they saved.
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?xml") {
            "?>"
        } else {
            return false;
        };
        match rest.split_once(end) {
            Some((_, behind)) => rest = behind.trim_start(),
            None => return false,
        }
    }
}

/// Reads a page.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    match source.whole(input)?.and_then(|bytes| decoded(&bytes, source, sink)) {
        Ok(html) if factiva_html::is_export(&html) => factiva_html::articles(&html, sink),
        Ok(html) => page(&html, source, sink),
        Err(refused) => sink.refuse(refused),
    }
    Ok(())
}

/// Takes the article of a page.
pub fn page(html: &str, source: &Source<'_>, sink: &mut dyn Sink) {
    let meta = PageMeta::of(html);
    let title = meta.headline();
    let text = main_text(html, &meta, &title, source, sink);
    let prose: usize = text.split("\n\n").map(letters).filter(|letters| *letters > 100).sum();
    let is_front = (meta.is_root() && date(&meta).0.is_empty()) || (meta.articles >= FRONT_PAGE && prose < OWN);
    if is_front && !meta.says_article() {
        let reason = "is the front page of a site or of a section: it says of no article that it is its own";
        sink.refuse(Refused { line: 1, text: title, ..Refused::whole(reason, "save the pages of the articles themselves") });
        return;
    }
    if text.is_empty() {
        let mend = "save the page from a browser once it shows the article, or copy its text into a .txt file";
        sink.refuse(Refused { line: 1, text: title, ..Refused::whole("shows no text of an article", mend) });
        return;
    }
    let (outlet, outlet_basis) = outlet(&meta);
    let (published_at, date_basis) = date(&meta);
    let is_cut = meta.is_closed() && letters(&text) < CLOSED;
    sink.article(Draft {
        line: 1,
        outlet,
        outlet_basis,
        title,
        byline: meta.author(),
        published_at,
        date_basis,
        retrieved_at: meta.saved.clone(),
        url: meta.url.clone(),
        language: meta.language(),
        text,
        extent: if is_cut { Extent::Excerpt } else { Extent::Full },
        ..Draft::default()
    });
}

fn outlet(meta: &PageMeta) -> (String, OutletBasis) {
    let site = meta.site();
    if !meta.linked.publisher.is_empty() {
        (meta.linked.publisher.clone(), OutletBasis::JsonLd)
    } else if !site.is_empty() {
        (site, OutletBasis::OpenGraph)
    } else {
        (String::new(), OutletBasis::File)
    }
}

fn date(meta: &PageMeta) -> (String, DateBasis) {
    let stated =
        [(meta.linked.published.clone(), DateBasis::JsonLd), (meta.date(), DateBasis::Meta), (meta.time.clone(), DateBasis::TimeElement)];
    stated.into_iter().find(|(date, _)| !date.is_empty()).unwrap_or_default()
}

fn main_text(html: &str, meta: &PageMeta, title: &str, source: &Source<'_>, sink: &mut dyn Sink) -> String {
    let stated = body(&meta.linked.body);
    let found = match unfit(html, source.limits) {
        Some(why) => {
            sink.notice(Notice {
                code: "W028",
                message: format!("{}: {why}; its text was taken by the lengths of its paragraphs alone", source.name),
                mend: "compare the text with the page, or copy it into a .txt file".into(),
            });
            by_length(html)
        }
        None => Some(extracted(html)).filter(|text| !text.is_empty()).unwrap_or_else(|| by_length(html)),
    };
    let found = once(&without_head(&found, title, &meta.author()));
    // Sites give the whole text to search machines of which they show readers the start.
    if letters(&stated) * 4 > letters(&found) * 5 { without_head(&stated, title, "") } else { found }
}

/// The text that JSON-LD gives, which some sites write as HTML.
fn body(given: &str) -> String {
    if given.contains("</") || given.contains("<br") || given.contains("&lt;p") {
        paragraphs(&entity::decoded(given))
    } else {
        entity::decoded(given.trim()).into_owned()
    }
}

fn by_length(html: &str) -> String {
    segment::article(&prose(&without(html)))
}

/// Characters below which the extractor looks again, less strictly. Short reports are articles too.
const SHORT: usize = 250;

fn extracted(html: &str) -> String {
    let page = without(html);
    let config = Config { disable_json_ld: true, char_threshold: SHORT, ..Config::default() };
    let article = Readability::new(page.as_str(), None, Some(config)).and_then(|mut readability| readability.parse());
    article.map(|article| prose(&article.content)).unwrap_or_default()
}

/// Letters from which a paragraph that stands twice is shown twice by the layout: as a pull quote, or for narrow screens.
const TWICE: usize = 40;

/// A text without the paragraphs that a layout repeats.
fn once(text: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for paragraph in text.split("\n\n") {
        *counts.entry(paragraph).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for paragraph in text.split("\n\n") {
        let count = counts.get(paragraph).copied().unwrap_or(1);
        // What stands many times is the label of something.
        if count == 1 || (letters(paragraph) >= TWICE && seen.insert(paragraph)) || (letters(paragraph) < TWICE && count < 5) {
            kept.push(paragraph);
        }
    }
    kept.join("\n\n")
}

/// A text without the paragraphs at its start that repeat the headline or the by-line.
fn without_head(text: &str, title: &str, author: &str) -> String {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (title, author) = (plain(title), plain(author));
    let mut rest = text;
    for _ in 0..4 {
        let (first, behind) = rest.split_once("\n\n").unwrap_or((rest, ""));
        let first = plain(first);
        let is_head = first == title || (!author.is_empty() && (first == author || first.strip_prefix("by") == Some(author.as_str())));
        if !is_head || behind.is_empty() {
            break;
        }
        rest = behind;
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{page, sniff};
    use crate::corpus::record::{DateBasis, Extent, OutletBasis};
    use crate::read::draft::{Collected, Draft};
    use crate::read::format::Source;

    fn read_page(html: &str) -> Collected {
        let mut found = Collected::default();
        Source::bare("page.html", |source| page(html, source, &mut found));
        found
    }

    fn one(html: &str) -> Draft {
        let mut found = read_page(html);
        assert_eq!(found.articles.len(), 1, "{found:?}");
        found.articles.remove(0)
    }

    fn prose(words: usize) -> String {
        (0..words).map(|i| if i % 12 == 11 { "end, then. " } else { "word " }).collect()
    }

    #[test]
    fn starts_of_pages() {
        for head in [
            "<!DOCTYPE html>",
            "\n<HTML lang=en>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC",
            "<!-- saved from url=(0014)x -->\n<html>",
            "<body>",
        ] {
            assert!(sniff(head), "{head}");
        }
        for head in ["<?xml version=\"1.0\"?><rss>", "{", "<header>", "<htmlx>", "text <html>", "<!-- <html>"] {
            assert!(!sniff(head), "{head}");
        }
    }

    #[test]
    fn an_article_and_what_stands_around_it() {
        let draft = one(&format!(
            "<html lang=de><head><title>Kopf | Blatt</title><meta property=og:site_name content=Blatt></head><body><nav><a href=/>Home</a></nav><article>\
             <h1>Kopf</h1><p class=byline>By A. B.</p><time datetime='2020-05-06T07:08:09Z'>May</time><p>{0}</p><h2>Between</h2><p>{0}More.</p>\
             <p><a href=/x>Read this other story that readers liked</a></p><p>Read more: <a href=/x>Some other story</a></p>\
             <figure><img><figcaption>A caption</figcaption></figure><p>{0}</p><p>{0}Last.</p><div class=share>Tweet</div></article><footer>Foot</footer></body></html>",
            prose(60)
        ));
        let paragraph = prose(60).trim().to_owned();
        assert_eq!(draft.text, format!("{paragraph}\n\nBetween\n\n{paragraph} More.\n\n{paragraph} Last."));
        assert_eq!((&*draft.title, &*draft.outlet, draft.outlet_basis, &*draft.language), ("Kopf", "Blatt", OutletBasis::OpenGraph, "de"));
        assert_eq!((&*draft.published_at, draft.date_basis), ("2020-05-06T07:08:09Z", DateBasis::TimeElement));
    }

    #[test]
    fn a_body_in_structured_data_and_a_wall() {
        let draft = one(&format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"articleBody\":\"{}\"}}</script><article><p>{}</p></article>",
            prose(100),
            prose(30)
        ));
        assert_eq!(draft.text, prose(100).trim());
        let draft = one(&format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}}</script><article><p>{}</p></article>",
            prose(40)
        ));
        assert_eq!(draft.extent, Extent::Excerpt);
    }

    #[test]
    fn what_is_no_article_is_told() {
        let front = "<article><h2><a href=x>One story that is told</a></h2></article>".repeat(5);
        assert!(read_page(&front).refused[0].reason.contains("front page"), "{:?}", read_page(&front));
        assert_eq!(
            read_page("<html><body><noscript>Turn on scripts</noscript><div id=app></div></body></html>").refused[0].reason,
            "shows no text of an article"
        );
        assert_eq!(read_page("").refused.len(), 1);
    }

    #[test]
    fn pages_too_deep_for_a_tree() {
        let found = read_page(&format!("{}<p>{}</p>", "<div>".repeat(50_000), prose(50)));
        assert_eq!((found.articles[0].text.as_str(), found.notices.len()), (prose(50).trim(), 1));
    }
}
