//! What a web page says of itself in JSON-LD: the article's headline, publisher, dates, authors and, at times, its whole text.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value};

use crate::read::page::entity::decoded;

/// What JSON-LD states of the article; empty where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Headline.
    pub headline: String,
    /// Name of the publisher.
    pub publisher: String,
    /// Names of the authors, joined by ", ".
    pub authors: String,
    /// Date of publication.
    pub published: String,
    /// Language.
    pub language: String,
    /// Address.
    pub url: String,
    /// The text, as given: plain or HTML.
    pub body: String,
    /// Whether the page says that the article is not free to read.
    pub is_closed: bool,
    /// Whether anything here is said of an article.
    pub is_article: bool,
}

/// Objects that are looked at in one page.
const MOST: usize = 10_000;

/// Reads the scripts of a page; `canonical` tells which of several articles is its own.
#[must_use]
pub fn stated(scripts: &[&str], canonical: &str) -> Stated {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut objects = Vec::new();
    let mut queue: VecDeque<&Value> = values.iter().collect();
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(object) => {
                objects.push(object);
                let inner = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "publisher", "author", "isPartOf"];
                queue.extend(inner.iter().filter_map(|key| object.get(*key)));
            }
            _ => {}
        }
        if objects.len() > MOST {
            break;
        }
    }
    let by_id: BTreeMap<&str, &Map<String, Value>> =
        objects.iter().filter(|object| object.len() > 1).filter_map(|object| Some((object.get("@id")?.as_str()?, *object))).collect();
    let graph = Graph { by_id };
    let articles: Vec<_> = objects.iter().copied().filter(|object| is_of(object, is_article)).collect();
    let own = |object: &&&Map<String, Value>| !canonical.is_empty() && graph.url(object) == canonical;
    let mut found = articles.iter().find(own).or_else(|| articles.first()).map(|object| graph.article(object)).unwrap_or_default();
    let site = || objects.iter().find(|object| is_of(object, |kind| kind == "WebSite")).map(|site| text(site.get("name")));
    if found.publisher.is_empty() {
        found.publisher = site().unwrap_or_default();
    }
    found
}

/// Strings of JSON-LD often hold raw line ends, which JSON forbids, or stand in a comment.
fn parse(script: &str) -> Option<Value> {
    let trimmed = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let trimmed = trimmed.trim_end().trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim_end_matches(';');
    serde_json::from_str(trimmed).ok().or_else(|| {
        let plain: String = trimmed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

fn is_article(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':', '#']).next().unwrap_or(kind);
    kind.ends_with("Article") || matches!(kind, "Report" | "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "OpEd")
}

fn is_of(object: &Map<String, Value>, of: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(kind)) => of(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(of),
        _ => false,
    }
}

/// A plain value as text, references resolved: publishers escape JSON strings as if they were HTML.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => decoded(text.trim()).into_owned(),
        Some(Value::Array(items)) => text(items.first()),
        Some(Value::Object(object)) => text(object.get("@value").or_else(|| object.get("name"))),
        _ => String::new(),
    }
}

struct Graph<'a> {
    by_id: BTreeMap<&'a str, &'a Map<String, Value>>,
}

impl Graph<'_> {
    /// The names of a person or an organisation, given as text, as an object, as a reference to one, or as several of these.
    fn names(&self, value: Option<&Value>) -> Vec<String> {
        let one = |value: &Value| match value {
            Value::String(id) => {
                self.by_id.get(id.as_str()).map_or_else(|| decoded(id.trim()).into_owned(), |found| text(found.get("name")))
            }
            Value::Object(object) => {
                let given = text(object.get("name"));
                let referred = || object.get("@id").and_then(Value::as_str).and_then(|id| self.by_id.get(id));
                if given.is_empty() { referred().map(|found| text(found.get("name"))).unwrap_or_default() } else { given }
            }
            _ => String::new(),
        };
        let found: Vec<String> = match value {
            Some(Value::Array(items)) => items.iter().map(one).collect(),
            Some(value) => vec![one(value)],
            None => Vec::new(),
        };
        found.into_iter().filter(|name| !name.is_empty() && !name.starts_with("http")).collect()
    }

    fn url(&self, object: &Map<String, Value>) -> String {
        let of = |key: &str| match object.get(key) {
            Some(Value::Object(page)) => text(page.get("@id").or_else(|| page.get("url"))),
            value => text(value),
        };
        ["url", "mainEntityOfPage", "@id"].into_iter().map(of).find(|url| url.starts_with("http")).unwrap_or_default()
    }

    fn article(&self, object: &Map<String, Value>) -> Stated {
        let first = |keys: &[&str]| keys.iter().map(|key| text(object.get(*key))).find(|found| !found.is_empty()).unwrap_or_default();
        let publisher = ["publisher", "sourceOrganization", "provider", "isPartOf"];
        let publisher = publisher.iter().find_map(|key| self.names(object.get(*key)).into_iter().next());
        let language = match object.get("inLanguage") {
            Some(Value::Object(language)) => text(language.get("alternateName").or_else(|| language.get("name"))),
            value => text(value),
        };
        let is_closed = match object.get("isAccessibleForFree") {
            Some(Value::Bool(free)) => !free,
            Some(Value::String(free)) => free.rsplit('/').next().is_some_and(|free| free.eq_ignore_ascii_case("false")),
            _ => false,
        };
        Stated {
            headline: first(&["headline", "name"]),
            // Blogspot names itself as the publisher of every blog.
            publisher: publisher.filter(|name| name != "Blogger").unwrap_or_default(),
            authors: self.names(object.get("author").or_else(|| object.get("creator"))).join(", "),
            published: first(&["datePublished", "dateCreated"]),
            language,
            url: self.url(object),
            body: match object.get("articleBody") {
                Some(Value::String(body)) => body.clone(),
                Some(Value::Array(parts)) => parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n"),
                _ => String::new(),
            },
            is_closed,
            is_article: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn articles_in_their_many_shapes() {
        let plain = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"A &amp; B","datePublished":"2020-01-02",
            "author":[{"@type":"Person","name":"Ann"},{"name":"Bob"}],"publisher":{"name":"Daily"},"inLanguage":{"name":"English"}}"#;
        let found = stated(&["{broken", plain], "");
        assert_eq!([&*found.headline, &found.published, &found.authors, &found.publisher], ["A & B", "2020-01-02", "Ann, Bob", "Daily"]);
        assert_eq!((found.language.as_str(), found.is_article), ("English", true));
        let graph = r##"[{"@graph":[{"@type":"WebSite","@id":"#site","name":"Site"},{"@type":"Organization","@id":"#org","name":"Org"},
            {"@type":["Article","Thing"],"headline":"H","author":{"@id":"#me"},"publisher":{"@id":"#org"},"isAccessibleForFree":"False"},
            {"@type":"Person","@id":"#me","name":"Me"}]}]"##;
        let found = stated(&[graph], "");
        assert_eq!((&*found.headline, &*found.authors, &*found.publisher, found.is_closed), ("H", "Me", "Org", true));
    }

    #[test]
    fn raw_line_ends_and_several_articles() {
        let two = "//<![CDATA[\n[{\"@type\":\"NewsArticle\",\"headline\":\"Other\",\"url\":\"https://a/2\"},\n{\"@type\":\"Report\",\"headline\":\"Own\nline\",\"url\":\"https://a/1\"}]//]]>";
        assert_eq!(stated(&[two], "https://a/1").headline, "Own line");
        assert_eq!(stated(&[two], "").headline, "Other");
        let site = r#"{"@type":"WebSite","name":"Site"}"#;
        let found = stated(&[site, &"[".repeat(100_000)], "");
        assert_eq!((&*found.publisher, found.is_article), ("Site", false));
    }
}
