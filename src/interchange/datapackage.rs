//! `datapackage.json`: what each table holds, with types, keys and what points where (Frictionless Data Package and Table Schema,
//! version 1; specs.frictionlessdata.io).

use serde_json::{Map, Value, json};

use crate::tables::Table;
use crate::tables::cell::Kind;
use crate::tables::keys::{codes, key, references};
use crate::tables::row::{Column, TableOptions};

/// Dates as precise as they are known. No reader has a type for that, so they are text of this form.
pub const DATE_PATTERN: &str = r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?)?)?$";
/// A letter and Crockford's base 32.
pub const KEY_PATTERN: &str = "^[a-z][0-9a-hjkmnp-tv-z]{10}$";

/// The description of the tables written. It names neither clock nor machine.
#[must_use]
pub fn datapackage(tables: &[&Table], options: TableOptions, title: &str) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": "retold",
        "title": title,
        "description": "How outlets phrase the same event: one CSV a table, a row a finding. README.txt says how to load them.",
        "resources": tables.iter().map(|table| resource(table, tables, options)).collect::<Value>(),
    })
}

fn resource(table: &Table, tables: &[&Table], options: TableOptions) -> Value {
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.name.replace('_', " "),
        "description": format!("A row is {}.", table.about),
        "path": format!("tables/{}.csv", table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "doubleQuote": true,
            "header": true,
            "lineTerminator": if options.excel { "\r\n" } else { "\n" },
            "quoteChar": "\"",
            "skipInitialSpace": false,
        },
        "schema": schema(table, tables, options),
    })
}

fn schema(table: &Table, tables: &[&Table], options: TableOptions) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), table.columns.iter().map(|column| field(table, column, options)).collect());
    schema.insert("missingValues".into(), json!([""]));
    if !key(table).is_empty() {
        schema.insert("primaryKey".into(), json!(key(table)));
    }
    let references = references(table, tables);
    if !references.is_empty() {
        let keys = references.iter().map(|reference| {
            // An empty name is the table itself.
            let resource = if reference.table == table.name { "" } else { reference.table };
            json!({ "fields": reference.column, "reference": { "resource": resource, "fields": reference.target } })
        });
        schema.insert("foreignKeys".into(), keys.collect());
    }
    schema.into()
}

fn field(table: &Table, column: &Column, options: TableOptions) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    field.insert("description".into(), meaning(column).into());
    let mut constraints = Map::new();
    let kind = match column.kind {
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => {
            field.insert("trueValues".into(), json!(["TRUE"]));
            field.insert("falseValues".into(), json!(["FALSE"]));
            "boolean"
        }
        Kind::Text | Kind::Quoted | Kind::Key | Kind::Code | Kind::Date => "string",
    };
    field.insert("type".into(), kind.into());
    field.insert("format".into(), "default".into());
    match column.kind {
        Kind::Key => constraints.insert("pattern".into(), KEY_PATTERN.into()),
        Kind::Date => constraints.insert("pattern".into(), DATE_PATTERN.into()),
        _ => None,
    };
    if let Some(codes) = codes(table.name, column.name) {
        constraints.insert("enum".into(), json!(codes));
    }
    if is_required(column) {
        constraints.insert("required".into(), true.into());
    }
    if key(table) == [column.name] {
        constraints.insert("unique".into(), true.into());
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), constraints.into());
    }
    if column.kind == Kind::Quoted {
        let shown = if options.without_text { "left out" } else { "from articles" };
        field.insert("retold:text".into(), shown.into());
    }
    field.into()
}

/// Whether every cell of a column has a value. Empty text cannot be told from a missing one in CSV.
fn is_required(column: &Column) -> bool {
    !column.nullable && matches!(column.kind, Kind::Key | Kind::Integer | Kind::Number | Kind::Boolean)
}

/// What a column means, on one line.
pub(super) fn meaning(column: &Column) -> String {
    column.meaning.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::datapackage;
    use crate::tables::row::TableOptions;
    use crate::tables::{TABLES, Table};
    use serde_json::json;

    fn package(names: &[&str]) -> serde_json::Value {
        let tables: Vec<&Table> = TABLES.iter().filter(|table| names.contains(&table.name)).collect();
        datapackage(&tables, TableOptions::default(), "A title")
    }

    #[test]
    fn a_table_says_its_types_its_key_and_what_it_points_to() {
        let package = package(&["articles", "hits"]);
        let [articles, hits] = [0, 1].map(|i| &package["resources"][i]);
        assert_eq!(articles["path"], "tables/articles.csv");
        assert_eq!(articles["schema"]["primaryKey"], json!(["article_id"]));
        let field = |of: &serde_json::Value, name: &str| {
            of["schema"]["fields"].as_array().unwrap().iter().find(|f| f["name"] == name).unwrap().clone()
        };
        assert_eq!(field(articles, "words")["type"], "integer");
        assert_eq!(field(articles, "article_id")["constraints"]["unique"], true);
        assert_eq!(field(articles, "source_id")["type"], "string", "000 is no number");
        assert_eq!(field(hits, "negated")["trueValues"], json!(["TRUE"]));
        assert_eq!(field(hits, "voice")["constraints"]["enum"], json!(["narrator", "indirect", "direct"]));
        let keys = hits["schema"]["foreignKeys"].as_array().unwrap();
        assert_eq!(keys.len(), 1, "passages and lexicon are not written");
        assert_eq!(keys[0]["reference"], json!({ "resource": "articles", "fields": "article_id" }));
    }

    #[test]
    fn a_table_that_points_to_itself_says_so_in_the_way_of_the_standard() {
        let package = package(&["articles"]);
        assert_eq!(package["resources"][0]["schema"]["foreignKeys"][0]["reference"]["resource"], "");
    }
}
