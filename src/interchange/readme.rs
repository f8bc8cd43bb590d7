//! `README.txt` of an output folder: what each file is, and how to load the tables.

use crate::analysis::settings::TextShown;
use crate::tables::Table;

use super::json_lines::tag;

/// What a folder holds.
#[derive(Clone, Copy, Debug)]
pub struct Folder<'a> {
    /// Its files.
    pub files: &'a [&'a str],
    /// Its tables.
    pub tables: &'a [&'a Table],
    /// Whether the tables are made for Excel.
    pub excel: bool,
    /// How much of the articles is shown.
    pub text: TextShown,
    /// Whether numbers stand for the names of outlets.
    pub masked: bool,
}

/// What files are, tables and charts aside.
const FILES: &[(&str, &str)] = &[
    ("report.html", "what to read first: passages side by side, listed wording in its sentences, counts. Opens in any browser."),
    (
        "report.json",
        "the rows of all tables in one document, passages with their members and slots inside (retold schema prints its JSON Schema).",
    ),
    ("findings.jsonl", "the same rows, an object a line; \"type\" says what it is."),
    ("passim.jsonl", "the passages with passim's field names, a witness a line."),
    ("tables.xlsx", "all tables as sheets with typed cells; the first sheet explains every column and says what was cut."),
    ("datapackage.json", "types, keys, what points where, and the meaning of every column (Frictionless Data Package, Table Schema)."),
    ("graph/nodes.csv", "outlets, for Gephi (import as a table of nodes)."),
    ("graph/edges.csv", "pairs of outlets that share passages, for Gephi (a table of edges). Directed only where every order has a basis."),
    ("graph/graph.gexf", "the same graph in GEXF 1.3."),
    ("run.json", "versions, settings, and a fingerprint of every input and output: what to cite."),
    ("run.private.json", "which outlet each number stands for. Keep it to yourself: take it out before the folder is passed on."),
];

/// The text.
#[must_use]
pub fn readme(folder: &Folder<'_>) -> String {
    let mut out = String::from(
        "What is in this folder\n======================\n\nWritten by Retold, which shows how outlets phrase the same event. It counts wording from a list that you\n\
         can read and change; a listed word can be right. It does not say who is correct, or why a word was chosen.\n\n",
    );
    for (name, about) in FILES.iter().filter(|(name, _)| folder.files.contains(name)) {
        out.push_str(&format!("{name}\n    {about}\n"));
    }
    if folder.files.iter().any(|name| name.starts_with("charts/")) {
        out.push_str("charts/*.svg\n    each drawn from the table of its name; data-… attributes name the row that a mark shows.\n");
    }
    if !folder.tables.is_empty() {
        out.push_str("tables/*.csv\n");
        for table in folder.tables {
            out.push_str(&format!("    {:<16} a row is {} (\"{}\" in findings.jsonl)\n", table.name, table.about, tag(table.name)));
        }
    }
    if folder.files.iter().any(|name| name.ends_with(".parquet")) {
        out.push_str("tables/*.parquet\n    the same tables with typed columns: text whole and exact, null for what is missing.\n");
    }
    notes(folder, &mut out);
    if !folder.tables.is_empty() {
        out.push_str(if folder.excel { EXCEL } else { PLAIN });
        out.push_str(SNIPPETS);
    }
    if folder.text == TextShown::Full {
        out.push_str(WHOLE_TEXTS);
    }
    out
}

fn notes(folder: &Folder<'_>, out: &mut String) {
    let text = match folder.text {
        TextShown::Full => {
            "Article text: whole, in tables/texts.csv. It belongs to those who published it: mind their rights before you pass it on."
        }
        TextShown::Excerpt => "Article text: as far as tables and report quote it (passages, sentences), no whole article.",
        TextShown::None => "Article text: none. Columns of that kind are empty; titles and by-lines that were given beside the text stay.",
    };
    out.push_str(&format!("\n{text}\n"));
    if folder.masked {
        out.push_str(
            "Outlets: numbers stand for their names, and what else tells who published was taken out (file names, addresses,\n\
             by-lines, ids, datelines). The text itself is as printed: it may still name its outlet, and so may a title.\n",
        );
    }
}

const PLAIN: &str = "\nTables are UTF-8 with commas, a header and LF. For a spreadsheet run again with --excel.\n";
const EXCEL: &str = "\nTables are made for Excel: UTF-8 with a byte order mark, commas, a header and CR LF.\n";

const SNIPPETS: &str = r#"
Empty means missing. Ids are text (000 is not 0), dates are text as precise as they are known (2021, 2021-12,
2021-12-28, 2021-12-28T10:00:00Z). Offsets count code points from 0 of the text as it was read; the end is the
place after the last. A text that a spreadsheet would take for a formula has a ' in front.

Python with pandas, typed by datapackage.json:

    import json, pandas as pd
    package = json.load(open("datapackage.json", encoding="utf-8"))
    kinds = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    def table(name):
        resource = next(r for r in package["resources"] if r["name"] == name)
        types = {f["name"]: kinds[f["type"]] for f in resource["schema"]["fields"]}
        return pd.read_csv(resource["path"], dtype=types, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    hits = table("hits").merge(table("articles"), on=["article_id", "outlet"])

R, without packages:

    table <- function(name, ...) read.csv(file.path("tables", paste0(name, ".csv")), na.strings = "",
                                          fileEncoding = "UTF-8-BOM", ...)
    articles <- table("articles", colClasses = c(source_id = "character", published_at = "character"))
    hits <- merge(table("hits"), articles, by = c("article_id", "outlet"))

DuckDB:

    SELECT outlet, voice, count(*) FROM read_csv('tables/hits.csv', header = true) GROUP BY ALL;
    SELECT * FROM read_csv('tables/articles.csv', header = true,
                           types = {'source_id': 'VARCHAR', 'published_at': 'VARCHAR'});
"#;

const WHOLE_TEXTS: &str = r#"
Whole texts, joined from their parts, so that start and end of any table slice them:

    texts = table("texts").sort_values(["article_id", "part"])
    texts["text"] = [text[-n:] for text, n in zip(texts["text"], texts["characters"])]
    whole = texts.groupby("article_id")["text"].agg("".join)
"#;

#[cfg(test)]
mod tests {
    use super::{FILES, Folder, readme};
    use crate::analysis::settings::TextShown;
    use crate::tables::{TABLES, Table};

    #[test]
    fn it_names_what_is_there_and_nothing_else() {
        let tables: Vec<&Table> = TABLES.iter().filter(|table| table.name == "hits").collect();
        let folder = Folder { files: &["run.json", "report.html"], tables: &tables, excel: false, text: TextShown::Excerpt, masked: false };
        let text = readme(&folder);
        assert!(text.contains("report.html\n") && text.contains("    hits "));
        assert!(!text.contains("tables.xlsx") && !text.contains("charts/") && !text.contains("numbers stand") && !text.contains("whole ="));
        let masked = readme(&Folder { masked: true, text: TextShown::Full, files: &["run.private.json"], ..folder });
        assert!(masked.contains("may still name its outlet") && masked.contains("Keep it to yourself") && masked.contains("texts ="));
        assert_eq!(FILES.iter().filter(|(name, _)| text.contains(&format!("{name}\n"))).count(), 2);
    }
}
