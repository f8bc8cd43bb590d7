//! What pages show around an article, told by the names that their authors gave to elements, and cut out before the article is
//! looked for. One pass; an element that is never closed is not cut.

use std::collections::BTreeMap;

use crate::read::page::markup::is_hidden;
use crate::read::page::tags::{Tag, Token, Tokens, VOID, is_any};

/// Words of `class` and `id` that name something other than the article.
const WORDS: &str = " ad addtoany ads adsbygoogle adslot advert advertisement advertising alsoread backlink backtotop breadcrumb breadcrumbs byline \
    bylines caption consent cookie cookies copylink copyright credit credits crosslinks editsection embedcredit figcaption footer \
    gdpr hashtags infobox jumbotron keywords masthead menu modal morefrom mostread nav navbar navbox navigation newsletter noprint \
    outbrain pager pagination paywall popular popup printfriendly promo promos pullquote readmore recirc recirculation \
    recommendation recommendations recommended related relatedposts share sharebar sharedaddy sharing sidebar signup social socials \
    sponsor sponsored subscribe taboola taglist tags teaser teasers ticker timestamp toolbar topbar trending widget ";

/// Words that name what readers write.
const REPLIES: &str = " comentarios comment commentaires commenting commentlist comments disqus kommentare replies respond responses ";

/// Words in a row that name something other than the article.
const PHRASES: &str = " about_author also_like also_read article_author article_date article_footer article_info article_meta assistive_text \
    author_bio author_box author_info back_to_top call_to_action cat_links entry_date entry_footer entry_meta entry_utility \
    follow_us image_credit in_this_article jp_relatedposts liked_this media_caption more_from more_on more_stories most_popular \
    most_read mw_editsection mw_jump photo_credit post_author post_date post_footer post_meta post_nav print_only pull_quote \
    read_also read_more read_next screen_reader see_also skip_link sr_only story_date story_footer story_meta story_tools \
    up_next visually_hidden wm_ipp wp_caption_text ";

/// Words behind which one of these names a state or a layout of something else: `has-sidebar`, `with-comments`.
const ABOUT: &[&str] = &["has", "with", "no", "without", "hide", "is", "not", "show", "and", "js", "enable", "can", "allow"];

/// Elements that are looked at. Others are left to the extractor.
const CUTTABLE: &[&str] = &[
    "aside",
    "blockquote",
    "button",
    "details",
    "dialog",
    "div",
    "dl",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "label",
    "nav",
    "ol",
    "p",
    "section",
    "small",
    "span",
    "strong",
    "table",
    "td",
    "time",
    "ul",
    "article",
    "a",
    "li",
    "em",
    "amp-sidebar",
    "amp-consent",
    "amp-ad",
];

/// Headings below the first.
const SUBHEADS: &[&str] = &["h2", "h3", "h4", "h5", "h6"];

/// Elements that never hold a part of an article.
const NEVER: &[&str] = &["amp-ad", "amp-consent", "amp-sidebar", "aside", "button", "dialog", "figcaption", "footer", "nav"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Furniture,
    /// That which may be longer than the article.
    Apart,
}

struct Open {
    kind: Option<Kind>,
    at: usize,
    text: usize,
    headings: usize,
    bodies: usize,
    linked_headings: usize,
}

/// Elements that hold a card: the headline of another article as a link, and its first words.
const CARDS: &[&str] = &["article", "aside", "div", "li", "section"];
/// Bytes of unlinked text that a card may hold, and linked headings from which a page has cards.
const CARD: usize = 300;
const SOME_CARDS: usize = 3;

/// A page without what is named as furniture. What holds the heading, the marked body of the article or much of the page's text is
/// kept whatever its name.
#[must_use]
pub fn without(html: &str) -> String {
    let mut open: BTreeMap<String, Vec<Open>> = BTreeMap::new();
    let mut closed: Vec<(Open, usize, usize)> = Vec::new();
    let (mut text, mut headings, mut bodies, mut links) = (0, 0, 0, 0_usize);
    let mut in_paragraph = false;
    let (mut linked, mut linked_headings, mut heading) = (0_usize, 0_usize, None);
    let mut cards = Vec::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Open(tag) => {
                headings += usize::from(tag.is("h1"));
                if is_any(tag.name, SUBHEADS) {
                    heading = Some((text, linked));
                }
                links += usize::from(tag.is("a"));
                in_paragraph =
                    (in_paragraph || is_any(tag.name, &["p", "li", "td"])) && !is_any(tag.name, &["div", "section", "ul", "header"]);
                if is_any(tag.name, CUTTABLE) && !is_any(tag.name, VOID) {
                    // Dates of publication stand outside paragraphs.
                    let is_date = tag.is("time") && !in_paragraph;
                    let kind = kind(&tag).or(is_date.then_some(Kind::Furniture));
                    open.entry(tag.name.to_ascii_lowercase()).or_default().push(Open {
                        kind,
                        at: tag.at,
                        text,
                        headings,
                        bodies,
                        linked_headings,
                    });
                }
                bodies += usize::from(tag.attributes.contains("articleBody"));
            }
            Token::Close(name) => {
                if name.eq_ignore_ascii_case("a") {
                    links = links.saturating_sub(1);
                }
                if is_any(name, SUBHEADS) {
                    let is_link = heading.take().is_some_and(|(before, linked_before)| before == text && linked_before < linked);
                    linked_headings += usize::from(is_link);
                }
                in_paragraph &= !is_any(name, &["p", "li", "td", "div"]);
                let Some(element) = open.get_mut(&name.to_ascii_lowercase()).and_then(Vec::pop) else { continue };
                let holds_article = headings > element.headings || bodies > element.bodies;
                let inside = text - element.text;
                let is_card = linked_headings > element.linked_headings && inside <= CARD && is_any(name, CARDS);
                if element.kind.is_some() && !holds_article {
                    closed.push((element, tokens.position(), inside));
                } else if is_card && !holds_article && (headings > 0 || element.linked_headings > 0) {
                    cards.push((element, tokens.position(), inside));
                }
            }
            Token::Text(found) if links > 0 => linked += found.len(),
            Token::Text(found) => text += found.bytes().filter(|b| !b.is_ascii_whitespace()).count(),
            _ => {}
        }
    }
    if linked_headings >= SOME_CARDS && !html.contains("LiveBlogPosting") {
        closed.append(&mut cards);
    }
    closed.sort_by_key(|(element, ..)| element.at);
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (element, end, inside) in closed {
        // A heading elsewhere shows that this does not hold the article.
        let most = if element.kind == Some(Kind::Apart) && headings > 0 { text } else { text * 2 / 5 };
        if element.at < from || inside > most.max(80) {
            continue;
        }
        out.push_str(html.get(from..element.at).unwrap_or(""));
        out.push(' ');
        from = end;
    }
    out.push_str(html.get(from..).unwrap_or(""));
    out
}

fn kind(tag: &Tag<'_>) -> Option<Kind> {
    if is_any(tag.name, NEVER) {
        return Some(Kind::Apart);
    }
    if is_hidden(tag) {
        return Some(Kind::Furniture);
    }
    let (mut found, mut role) = (None, false);
    for (name, value) in tag.attributes() {
        if value.len() > 2_000 {
            continue;
        }
        if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("data-component") {
            for name in value.split_ascii_whitespace() {
                found = found.or_else(|| named(name));
            }
        }
        role |=
            name.eq_ignore_ascii_case("role") && is_any(value, &["navigation", "complementary", "contentinfo", "search", "dialog", "menu"]);
    }
    // Themes give the article itself names of the page's layout.
    if is_any(tag.name, &["article"]) && found == Some(Kind::Furniture) {
        return None;
    }
    found.or(role.then_some(Kind::Furniture))
}

fn named(name: &str) -> Option<Kind> {
    let words = words(name);
    let mut before = "";
    for word in &words {
        let is_about = is_any(before, ABOUT);
        before = word;
        if !is_about && is_in(WORDS, word) {
            return Some(Kind::Furniture);
        }
        if !is_about && is_in(REPLIES, word) {
            return Some(Kind::Apart);
        }
    }
    // A phrase is the start or the end of a name.
    let is_phrase = |length: usize| {
        let (start, end) = (words.get(..length), words.len().checked_sub(length).and_then(|from| words.get(from..)));
        [start, end].into_iter().flatten().any(|part| is_in(PHRASES, &part.join("_")))
    };
    (2..=3).any(is_phrase).then_some(Kind::Furniture)
}

/// Whether a list between blanks has a word.
fn is_in(list: &str, word: &str) -> bool {
    list.contains(&format!(" {word} "))
}

/// The words of a name: `ArticleShare-bar_top2` is article, share, bar, top.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphabetic() || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{named, without};

    #[test]
    fn names() {
        for (name, is_furniture) in [
            ("ArticleShare-bar", true),
            ("c-related_list", true),
            ("sr-only", true),
            ("has-sidebar", false),
            ("story-body", false),
            ("relatedness", false),
            ("wp-caption-text", true),
            ("comments-area", true),
            ("entry-content", false),
            ("read-more-link", true),
        ] {
            assert_eq!(named(name).is_some(), is_furniture, "{name}");
        }
    }

    #[test]
    fn what_holds_the_article_stays() {
        let body = "<p>".to_owned() + &"A sentence of the article. ".repeat(20) + "</p>";
        let html = format!("<div class=social><h1>T</h1>{body}<div class=share>Tweet</div></div><div id=comments>{body}{body}</div>");
        let cut = without(&html);
        assert!(cut.contains("<h1>T") && !cut.contains("Tweet") && !cut.contains("comments"), "{cut}");
        let card = "<div class=c><a href=x><h3>Other story</h3></a><p>Its first words.</p></div>";
        let cards = without(&format!("<h1>T</h1>{body}{}", card.repeat(3)));
        assert!(!cards.contains("first words") && cards.contains("sentence"), "{cards}");
        let whole = format!("<div class=widget>{body}</div><div class=share>never closed");
        assert_eq!(without(&whole), whole);
    }
}
