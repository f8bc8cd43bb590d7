//! Where answers of services keep their list of articles.

use serde_json::{Map, Value};

/// Keys whose list holds the articles, or whose object holds such a key.
const KEYS: &[&str] = &[
    "articles",
    "results",
    "posts",
    "items",
    "data",
    "docs",
    "documents",
    "hits",
    "stories",
    "entries",
    "value",
    "response",
    "news",
    "rows",
    "records",
    "content",
    "contents",
    "feed",
    "entry",
    "item",
    "channel",
    "@graph",
    "list",
    "result",
    "payload",
    "output",
    "article",
];

/// Objects of such keys inside one another that are entered.
pub(super) const LEVELS: usize = 4;

/// Whether a key is one whose value may be a list of articles.
pub(super) fn is_envelope(key: &str) -> bool {
    KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// The articles of a value that is held whole: itself, or the members of the lists in it. `is_article` stops the search.
pub(super) fn records(value: Value, mut is_article: impl FnMut(&Map<String, Value>) -> bool) -> Vec<Value> {
    let mut level = vec![value];
    for _ in 0..LEVELS {
        let mut entered = false;
        let mut next = Vec::with_capacity(level.len());
        for value in level {
            match value {
                Value::Array(values) => {
                    entered = true;
                    next.extend(values);
                }
                Value::Object(mut record) if !is_article(&record) => {
                    let holds = |value: &Value| match value {
                        Value::Array(values) => values.iter().all(|value| value.is_object()),
                        Value::Object(fields) => {
                            fields.iter().any(|(key, value)| is_envelope(key) && (value.is_array() || value.is_object()))
                        }
                        _ => false,
                    };
                    let key = record.iter().find(|(key, value)| is_envelope(key) && holds(value)).map(|(key, _)| key.clone());
                    match key.and_then(|key| record.remove(&key)) {
                        Some(inner) => {
                            entered = true;
                            next.push(inner);
                        }
                        None => next.push(Value::Object(record)),
                    }
                }
                value => next.push(value),
            }
        }
        level = next;
        if !entered {
            break;
        }
    }
    level
}

/// Keys of lists that belong to an article, though their members read like articles.
const PARTS: &[&str] =
    &["comments", "replies", "quotes", "paragraphs", "sentences", "images", "related", "media", "entities", "highlights"];

/// Whether the members of a list at that key belong to the object that has it.
pub(super) fn is_part(key: &str) -> bool {
    PARTS.iter().any(|part| key.to_ascii_lowercase().contains(part))
}

/// The rows of a data frame that was written column by column: `{"title": {"0": …, "1": …}, "text": {…}}`, or with a list for each
/// column.
pub(super) fn rows(columns: &Map<String, Value>) -> Option<Vec<(String, Value)>> {
    if let Some(Value::Array(first)) = columns.values().next() {
        return rows_of_lists(columns, first.len());
    }
    let of_column =
        |value: &Value| value.as_object().filter(|cells| !cells.is_empty()).map(|cells| cells.keys().cloned().collect::<Vec<_>>());
    let names = columns.values().next().and_then(of_column)?;
    let alike =
        |value: &Value| value.as_object().is_some_and(|cells| cells.len() == names.len() && names.iter().all(|n| cells.contains_key(n)));
    if columns.len() < 2 || !columns.values().all(alike) {
        return None;
    }
    let row = |name: &String| {
        let cells = columns.iter().filter_map(|(column, cells)| cells.get(name).map(|cell| (column.clone(), cell.clone())));
        (name.clone(), Value::Object(cells.collect()))
    };
    let mut rows: Vec<(String, Value)> = names.iter().map(row).collect();
    // "10" stands before "2" among names, not among rows.
    rows.sort_by_key(|(name, _)| name.parse::<usize>().unwrap_or(usize::MAX));
    Some(rows)
}

/// The rows of columns that are lists of plain values, two at least. The paragraphs of one article stand in one list among fields
/// that are none.
fn rows_of_lists(columns: &Map<String, Value>, length: usize) -> Option<Vec<(String, Value)>> {
    let is_column = |value: &Value| match value {
        Value::Array(cells) => cells.len() == length && cells.iter().all(|cell| !cell.is_array()),
        _ => false,
    };
    if length < 2 || columns.len() < 2 || !columns.values().all(is_column) {
        return None;
    }
    let row = |at: usize| {
        let cells = columns.iter().filter_map(|(column, cells)| cells.get(at).map(|cell| (column.clone(), cell.clone())));
        (at.to_string(), Value::Object(cells.collect()))
    };
    Some((0..length).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::{records, rows};
    use serde_json::json;

    #[test]
    fn lists_in_envelopes() {
        let of = |value| records(value, |record| record.contains_key("title")).len();
        assert_eq!(of(json!({"title": "one", "items": [1, 2]})), 1);
        assert_eq!(of(json!({"status": "ok", "articles": {"results": [{"title": "a"}, {"title": "b"}]}})), 2);
        assert_eq!(of(json!({"took": 1, "hits": {"total": 3, "hits": [{"_source": {}}, {"_source": {}}, {"_source": {}}]}})), 3);
        assert_eq!(of(json!({"articles": []})), 0);
    }

    #[test]
    fn columns_of_a_data_frame() {
        let frame = json!({"title": {"0": "A", "10": "C", "2": "B"}, "text": {"0": "a", "2": "b", "10": "c"}});
        let titles: Vec<_> = rows(frame.as_object().unwrap()).unwrap().into_iter().map(|(_, row)| row["title"].clone()).collect();
        assert_eq!(titles, ["A", "B", "C"]);
        let lists = json!({"title": ["A", "B"], "text": ["a", "b"]});
        assert_eq!(rows(lists.as_object().unwrap()).unwrap()[1].1, json!({"title": "B", "text": "b"}));
        assert_eq!(rows(json!({"paragraphs": ["a", "b"], "title": "A"}).as_object().unwrap()), None);
        assert_eq!(rows(json!({"a": {"x": 1}, "b": {"y": 1}}).as_object().unwrap()), None);
    }
}
