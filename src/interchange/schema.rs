//! The JSON Schema (draft 2020-12) of `report.json`.

use serde_json::{Map, Value, json};

use crate::tables::cell::Kind;
use crate::tables::keys::codes;
use crate::tables::row::Column;
use crate::tables::{TABLES, Table, When};

use super::datapackage::{DATE_PATTERN, KEY_PATTERN, meaning};
use super::report_json::{SCHEMA_VERSION, stands_at_top};

/// The schema, made from the tables.
#[must_use]
pub fn schema() -> Value {
    let mut properties = Map::new();
    let mut required = vec!["schema_version", "tool", "run", "warnings"];
    let text = || json!({ "type": "string" });
    properties.insert("schema_version".into(), json!({ "const": SCHEMA_VERSION }));
    properties.insert("tool".into(), object([("name", json!({ "const": "retold" })), ("version", text())], "The program."));
    properties.insert("run".into(), json!({ "type": "object", "description": "List and settings of the run, as in run.json." }));
    let warning = object([("code", text()), ("message", text()), ("help", text())], "Something odd: retold explain CODE has more.");
    properties.insert("warnings".into(), json!({ "type": "array", "items": warning }));
    for table in TABLES.iter().filter(|table| stands_at_top(table)) {
        let row = json!({ "$ref": format!("#/$defs/{}", table.name) });
        properties.insert(table.name.into(), json!({ "type": "array", "items": row, "description": format!("A row is {}.", table.about) }));
        if table.when == When::Always {
            required.push(table.name);
        }
    }
    let rows = TABLES.iter().filter(|table| table.when != When::WithTexts);
    let defs: Map<String, Value> = rows.map(|table| (table.name.to_owned(), row(table))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Retold report.json",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "$defs": defs,
    })
}

fn row(table: &Table) -> Value {
    let columns = table.columns.iter().map(|column| (column.name, value(table.name, column)));
    let list = |of: &str| json!({ "type": "array", "items": { "$ref": format!("#/$defs/{of}") } });
    let about = format!("A row is {}.", table.about);
    if table.name != "passages" {
        return object(columns, &about);
    }
    let slot =
        object([("slot", json!({ "type": "integer" })), ("substitutions", list("substitutions"))], "A slot in which outlets differ.");
    let inside = [("members", list("passage_members")), ("slots", json!({ "type": "array", "items": slot }))];
    object(columns.chain(inside), &about)
}

/// An object with just these members.
fn object<'n>(members: impl IntoIterator<Item = (&'n str, Value)>, about: &str) -> Value {
    let members: Vec<(&str, Value)> = members.into_iter().collect();
    let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({ "type": "object", "description": about, "properties": properties, "required": required, "additionalProperties": false })
}

fn value(table: &str, column: &Column) -> Value {
    let mut value = Map::new();
    let kind = match column.kind {
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Text | Kind::Quoted | Kind::Key | Kind::Code | Kind::Date => "string",
    };
    // Text may be left out of a run, and a code may be empty where there is nothing to say.
    let may_be_null = column.nullable || matches!(column.kind, Kind::Quoted | Kind::Code);
    value.insert("type".into(), if may_be_null { json!([kind, "null"]) } else { kind.into() });
    value.insert("description".into(), meaning(column).into());
    match (column.kind, codes(table, column.name)) {
        (Kind::Key, _) => drop(value.insert("pattern".into(), KEY_PATTERN.into())),
        (Kind::Date, _) => drop(value.insert("pattern".into(), DATE_PATTERN.into())),
        (_, Some(codes)) => {
            let null = may_be_null.then_some(Value::Null);
            value.insert("enum".into(), codes.iter().map(|&code| Value::from(code)).chain(null).collect());
        }
        _ => {}
    }
    value.into()
}

#[cfg(test)]
mod tests {
    use super::schema;
    use serde_json::json;

    #[test]
    fn passages_hold_members_and_slots() {
        let schema = schema();
        let passage = &schema["$defs"]["passages"];
        assert_eq!(passage["properties"]["members"]["items"]["$ref"], "#/$defs/passage_members");
        assert_eq!(passage["properties"]["slots"]["items"]["required"], json!(["slot", "substitutions"]));
        assert!(schema["properties"].get("substitutions").is_none());
    }

    #[test]
    fn what_is_always_written_is_required_and_pairs_are_not() {
        let schema = schema();
        let required = schema["required"].as_array().unwrap();
        assert!(required.contains(&json!("articles")) && !required.contains(&json!("alignments")));
        assert!(schema["properties"].get("alignments").is_some());
        assert_eq!(schema["$defs"]["hits"]["properties"]["passage_id"]["type"], json!(["string", "null"]));
        assert_eq!(schema["$defs"]["hits"]["properties"]["article_id"]["type"], "string");
    }
}
