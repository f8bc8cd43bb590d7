//! What the makers of JSON records have each in their own way: values that are lists of parts with roles, and words that stand for
//! whole fields.

use serde_json::{Map, Value};

use crate::read::columns::plain_name;
use crate::read::page::markup::paragraphs;

/// Keys under which records keep the article in an object of its own, the surest first: search engines, databases, and the answers
/// of services to a question for one article.
const WRAPPERS: &[&str] =
    &["_source", "info", "article", "attributes", "doc", "document", "node", "post", "story", "content", "item", "data"];

/// Keys of an object that stand for it, the surest first.
const NAMED_BY: &[&str] =
    &["name", "title", "rendered", "main", "original", "default", "value", "text", "#text", "$t", "@value", "uri", "displayName"];

/// The object of a record that holds the article: itself, unless it wraps it.
pub(super) fn unwrapped(mut record: Map<String, Value>, mut is_article: impl FnMut(&Map<String, Value>) -> bool) -> Map<String, Value> {
    // A wrapper in a wrapper (`{"article": {"attributes": …}}`), and no deeper.
    for _ in 0..2 {
        if is_article(&record) {
            break;
        }
        let wrapper = WRAPPERS.iter().find(|key| record.get(**key).and_then(Value::as_object).is_some_and(&mut is_article));
        let Some(Value::Object(mut inner)) = wrapper.and_then(|key| record.remove(*key)) else { break };
        for (key, value) in record {
            let key = if key == "_id" { "id".to_owned() } else { key };
            inner.entry(key).or_insert(value);
        }
        record = inner;
    }
    record
}

/// A value as a person would write it in one line: names of objects, members of lists with commas between.
pub(super) fn worded(value: &Value) -> Option<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(fields) => {
            let names = NAMED_BY.iter().filter_map(|key| fields.get(*key).and_then(Value::as_str));
            names.filter(|name| !name.trim().is_empty()).map(str::to_owned).next()
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    };
    let found = match value {
        Value::Array(values) => {
            let words: Vec<String> = values.iter().filter_map(one).filter(|word| !word.trim().is_empty()).collect();
            Some(words.join(", "))
        }
        value => one(value),
    };
    found.map(|word| word.trim().to_owned()).filter(|word| !word.is_empty())
}

/// A value that is a text: a string, an object that renders one, or a list of paragraphs.
pub(super) fn text_of(value: &Value) -> Option<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => ["rendered", "value", "text", "#text", "$t", "content"]
            .iter()
            .find_map(|key| fields.get(*key).and_then(Value::as_str))
            .map(str::to_owned),
        _ => None,
    };
    match value {
        Value::Array(values) => {
            let parts: Vec<String> = values.iter().filter_map(one).collect();
            (parts.len() == values.len() && !parts.is_empty()).then(|| parts.join("\n\n"))
        }
        value => one(value),
    }
}

/// A part of a list of `{role, contentType, value}`, as ninjs 2 and 3 have headlines, bodies and descriptions.
#[derive(Debug)]
pub(super) struct Part<'a> {
    /// Its role, lower case; empty if none is given.
    pub(super) role: String,
    /// Its value.
    pub(super) value: &'a str,
    is_html: bool,
}

/// The parts of a list; empty for what is none.
pub(super) fn parts(value: Option<&Value>) -> Vec<Part<'_>> {
    let Some(Value::Array(values)) = value else { return Vec::new() };
    values.iter().filter_map(part).collect()
}

fn part(value: &Value) -> Option<Part<'_>> {
    match value {
        Value::Object(fields) => {
            let get = |wanted: &str| fields.iter().find(|(key, _)| plain_name(key) == wanted).and_then(|(_, value)| value.as_str());
            let kind = get("contenttype").unwrap_or("").to_lowercase();
            let role = get("role").unwrap_or("").to_lowercase();
            get("value").filter(|value| !value.trim().is_empty()).map(|value| Part { role, value, is_html: kind.contains("html") })
        }
        Value::String(text) if !text.trim().is_empty() => Some(Part { role: String::new(), value: text.as_str(), is_html: false }),
        _ => None,
    }
}

/// The part that is the thing itself: by its role, else the first.
pub(super) fn main_part<'a, 'b>(parts: &'b [Part<'a>], roles: &[&str]) -> Option<&'b Part<'a>> {
    roles.iter().find_map(|role| parts.iter().find(|part| part.role == *role)).or_else(|| parts.first())
}

/// The text of bodies: paragraphs of the HTML one if there is one. Captions, summaries and the like are no bodies.
pub(super) fn body_of(parts: &[Part<'_>]) -> Option<String> {
    const OTHERS: &[&str] = &["caption", "summary", "teaser", "description", "abstract", "credit", "note", "ednote"];
    let bodies = || parts.iter().filter(|part| !OTHERS.contains(&part.role.as_str()));
    let main = || bodies().filter(|part| ["main", "body", "story", "article", "text", ""].contains(&part.role.as_str()));
    let html = |part: &&Part<'_>| part.is_html;
    let chosen = main().find(html).or_else(|| main().next()).or_else(|| bodies().find(html)).or_else(|| bodies().next())?;
    Some(if chosen.is_html { paragraphs(chosen.value) } else { chosen.value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{body_of, main_part, parts, text_of, worded};
    use serde_json::json;

    #[test]
    fn words_of_values() {
        assert_eq!(worded(&json!([{"name": "A"}, "B", null, {"x": 1}])).as_deref(), Some("A, B"));
        assert_eq!(worded(&json!({"id": null, "name": " BBC "})).as_deref(), Some("BBC"));
        assert_eq!((worded(&json!(7)).as_deref(), worded(&json!("")), worded(&json!(true))), (Some("7"), None, None));
        assert_eq!(text_of(&json!(["One.", "Two."])).as_deref(), Some("One.\n\nTwo."));
        assert_eq!(text_of(&json!(5)), None);
    }

    #[test]
    fn parts_with_roles() {
        let bodies = json!([{"role": "summary", "value": "S"}, {"role": "main", "contentType": "text/plain", "value": "Plain"},
            {"role": "main", "contenttype": "text/html", "value": "<p>One</p><p>Two</p>"}]);
        assert_eq!(body_of(&parts(Some(&bodies))).as_deref(), Some("One\n\nTwo"));
        let heads = json!([{"role": "short", "value": "S"}, {"role": "main", "value": "M"}]);
        assert_eq!(main_part(&parts(Some(&heads)), &["main"]).map(|part| part.value), Some("M"));
        assert_eq!(body_of(&parts(Some(&json!([{"role": "summary", "value": "S"}])))), None);
    }
}
