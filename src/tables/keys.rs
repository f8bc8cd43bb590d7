//! What names a row, what points to another table, which codes a column may hold: declared once, for all tables.
//!
//! Columns have the same name everywhere, so what a column points to follows from its name.

use super::table::Table;

/// The columns that name a row of a table. A table that is not listed has none: its rows are told apart by all they say.
const KEYS: &[(&str, &[&str])] = &[
    ("stories", &["story_id"]),
    ("articles", &["article_id"]),
    ("outlets", &["outlet"]),
    ("passages", &["passage_id"]),
    ("passage_members", &["passage_id", "article_id", "start"]),
    ("alignments", &["alignment_id"]),
    ("paraphrases", &["paraphrase_id"]),
    ("substitutions", &["substitution_id"]),
    ("hits", &["hit_id"]),
    ("positions", &["hit_id"]),
    ("categories", &["outlet", "category", "voice"]),
    ("sharing", &["outlet_a", "outlet_b"]),
    ("timeline", &["article_id"]),
    ("quotes", &["quote_id"]),
    ("quote_groups", &["quote_group"]),
    ("entities", &["entity_id"]),
    ("quote_variants", &["quote_id_a", "quote_id_b"]),
    ("credits", &["credit_id"]),
    ("pairs", &["article_a", "article_b"]),
    ("lexicon", &["lexicon_id"]),
    ("removed", &["article_id", "start"]),
    ("texts", &["article_id", "part"]),
];

/// Column, and the table and column that it points to. A cell without a value points nowhere.
const REFERENCES: &[(&str, &str, &str)] = &[
    ("article_id", "articles", "article_id"),
    ("article_a", "articles", "article_id"),
    ("article_b", "articles", "article_id"),
    ("earliest_article_id", "articles", "article_id"),
    ("from_article", "articles", "article_id"),
    ("to_article", "articles", "article_id"),
    ("copy_of", "articles", "article_id"),
    ("near_copy_of", "articles", "article_id"),
    ("outlet", "outlets", "outlet"),
    ("outlet_a", "outlets", "outlet"),
    ("outlet_b", "outlets", "outlet"),
    ("base_outlet", "outlets", "outlet"),
    ("story_id", "stories", "story_id"),
    ("passage_id", "passages", "passage_id"),
    ("entity_id", "entities", "entity_id"),
    ("lexicon_id", "lexicon", "lexicon_id"),
    ("lexicon_id_a", "lexicon", "lexicon_id"),
    ("lexicon_id_b", "lexicon", "lexicon_id"),
    ("quote_id", "quotes", "quote_id"),
    ("quote_id_a", "quotes", "quote_id"),
    ("quote_id_b", "quotes", "quote_id"),
    ("base_quote_id", "quotes", "quote_id"),
    ("quote_group", "quote_groups", "quote_group"),
    ("credit_id", "credits", "credit_id"),
    ("hit_id", "hits", "hit_id"),
];

/// Whose words: the codes of every column of voices that holds one voice.
const VOICES: &[&str] = &["narrator", "indirect", "direct"];

/// Table, column, and the codes that may stand there. A cell without a value holds none of them.
const CODES: &[(&str, &str, &[&str])] = &[
    ("alignments", "kind", &["verbatim", "near_verbatim", "edited", "retold", "condensed", "paraphrase"]),
    ("articles", "extent", &["full", "excerpt", "title"]),
    ("articles", "language_basis", &["stated", "text", "assumed"]),
    (
        "articles",
        "outlet_basis",
        &["declared", "sheet", "head", "field", "json_ld", "open_graph", "host", "feed", "folder", "dateline", "file"],
    ),
    ("articles", "published_basis", &["sheet", "head", "field", "json_ld", "meta", "time_element", "url", "file_name"]),
    ("articles", "published_precision", &["second", "day", "month", "year", "unknown"]),
    ("categories", "ci_method", &["bootstrap_article", "poisson_exact"]),
    ("categories", "ci_use", &["description", "inference"]),
    ("categories", "voice", VOICES),
    ("credits", "credit_kind", &["agency", "outlet", "person", "photo"]),
    (
        "credits",
        "form",
        &["report", "told", "tag", "dateline", "byline", "special", "contributed", "republished", "source", "copyright", "photo"],
    ),
    ("credits", "reach", &["article", "place"]),
    ("entities", "basis", &["given", "most_mentioned"]),
    ("hits", "near_name_basis", &["capitals", "named_in_text"]),
    ("hits", "voice", VOICES),
    ("keyness", "basis", &["same_stories", "all_articles"]),
    ("labels", "basis", &["title", "before_name", "after_name", "apposition", "known_as", "same_slot"]),
    ("labels", "voice", VOICES),
    ("origins", "evidence", &["date", "credit", "containment", "common_source"]),
    ("origins", "hours_precision", &["hour", "day"]),
    ("pairs", "order", &["a_first", "b_first", "same", "unknown"]),
    ("pairs", "order_basis", &["timestamp", "day", "unknown"]),
    ("paraphrases", "voice_a", VOICES),
    ("paraphrases", "voice_b", VOICES),
    ("passage_members", "voice", VOICES),
    ("passages", "credit", &["in_passage", "in_article", "none"]),
    ("passages", "earliest_basis", &["timestamp", "day", "stated_credit", "unknown"]),
    ("passages", "kind", &["verbatim", "near_verbatim", "edited", "quote_only"]),
    ("passages", "source_basis", &["in_passage", "in_article"]),
    ("passages", "voice", VOICES),
    ("positions", "voice", VOICES),
    ("preference", "ci_use", &["description"]),
    ("quote_groups", "speakers_agree", &["one", "several_names", "unnamed_in_some", "unnamed"]),
    ("quote_variants", "variant", &["same", "trimmed", "spliced", "reworded"]),
    ("quotes", "drift", &["same", "trimmed", "spliced", "reworded", "to_indirect"]),
    ("quotes", "form", &["full", "fragment", "scare", "indirect"]),
    ("quotes", "speaker_basis", &["adjacent", "last_name", "role", "pronoun", "previous"]),
    ("rates", "ci_method", &["bootstrap_article", "poisson_exact"]),
    ("rates", "ci_use", &["description", "inference"]),
    ("rates", "level", &["all", "category", "entry"]),
    ("rates", "voice", VOICES),
    ("removed", "reason", &["listed_line", "listed_form", "image_credit", "glued_names", "recurring_line", "recurring_end"]),
    ("sensitivity", "counted_as", &["narrator", "narrator_and_indirect"]),
    ("sensitivity", "level", &["all", "category"]),
    ("substitutions", "change", &["replace", "insert", "delete"]),
    ("substitutions", "kind", &["framing", "name", "number", "function", "punctuation", "wording"]),
    ("substitutions", "voice_a", VOICES),
    ("substitutions", "voice_b", VOICES),
    ("suppressed", "reason", &["many_texts", "refrain", "common_words", "bare_name"]),
    ("timeline", "evidence", &["date", "credit", "containment"]),
    ("timeline", "published_precision", &["second", "day", "month", "year", "unknown"]),
];

/// A column that points to the key of another table, or of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The column.
    pub column: &'static str,
    /// The table that it points to.
    pub table: &'static str,
    /// The column of that table.
    pub target: &'static str,
}

/// The columns that name a row of a table; none for some.
#[must_use]
pub fn key(table: &Table) -> &'static [&'static str] {
    KEYS.iter().find(|(name, _)| *name == table.name).map_or(&[], |(_, columns)| columns)
}

/// The columns of a table that point to one of the tables written, in order.
#[must_use]
pub fn references(table: &Table, written: &[&Table]) -> Vec<Reference> {
    let found = |column: &'static str| {
        let &(_, name, target) = REFERENCES.iter().find(|(of, ..)| *of == column)?;
        let own = table.name == name && column == target;
        let there = written.iter().any(|other| other.name == name && key(other) == [target]);
        (there && !own).then_some(Reference { column, table: name, target })
    };
    table.columns.iter().filter_map(|column| found(column.name)).collect()
}

/// The codes that a column may hold, where the list is closed.
#[must_use]
pub fn codes(table: &str, column: &str) -> Option<&'static [&'static str]> {
    CODES.iter().find(|(of, name, _)| (*of, *name) == (table, column)).map(|(.., codes)| *codes)
}

#[cfg(test)]
mod tests {
    use super::{CODES, KEYS, REFERENCES, Reference, VOICES, codes, key, references};
    use crate::tables::cell::Kind;
    use crate::tables::{TABLES, Table};

    fn table(name: &str) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.name == name)
    }

    #[test]
    fn keys_and_codes_are_columns() {
        for (name, columns) in KEYS {
            let Some(table) = table(name) else { continue };
            for column in *columns {
                let found = table.columns.iter().find(|c| c.name == *column).unwrap_or_else(|| panic!("{name}.{column}"));
                assert!(!found.nullable, "{name}.{column} names rows and may be missing");
            }
        }
        for (name, column, _) in CODES {
            assert!(table(name).is_some_and(|t| t.columns.iter().any(|c| c.name == *column && c.kind == Kind::Code)), "{name}.{column}");
        }
        assert!(CODES.windows(2).all(|two| (two[0].0, two[0].1) < (two[1].0, two[1].1)), "in order, each once");
    }

    /// A column of codes without their list would let readers meet a word that no dictionary has.
    #[test]
    fn every_column_of_codes_has_its_list_and_names_them() {
        let mut seen = 0;
        for table in TABLES {
            for column in table.columns.iter().filter(|c| c.kind == Kind::Code) {
                let codes = codes(table.name, column.name).unwrap_or_else(|| panic!("{}.{} has no list of codes", table.name, column.name));
                let words: Vec<&str> = column.meaning.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
                let unnamed: Vec<_> = codes.iter().filter(|code| codes != VOICES && !words.contains(code)).collect();
                // Voices are told once, in the table of hits.
                assert!(unnamed.is_empty(), "{}.{} does not name {unnamed:?}", table.name, column.name);
                seen += 1;
            }
        }
        assert_eq!(seen, CODES.len());
    }

    /// A key of another table that is not declared would be a column that nobody can join on.
    #[test]
    fn every_key_column_names_its_rows_or_points_somewhere() {
        let all: Vec<&Table> = TABLES.iter().collect();
        for table in TABLES {
            for column in table.columns.iter().filter(|c| c.kind == Kind::Key) {
                let points = REFERENCES.iter().any(|(name, ..)| *name == column.name);
                assert!(points || key(table).contains(&column.name), "{}.{} is neither in KEYS nor in REFERENCES", table.name, column.name);
            }
            for reference in references(table, &all) {
                assert!(all.iter().any(|t| t.name == reference.table), "{reference:?}");
            }
        }
    }

    #[test]
    fn what_is_not_written_is_not_pointed_to() {
        let [articles, hits] = ["articles", "hits"].map(|name| table(name).unwrap());
        let to_article = Reference { column: "article_id", table: "articles", target: "article_id" };
        assert_eq!(references(hits, &[articles, hits]), [to_article]);
        assert_eq!(references(hits, &[hits]), []);
        let own: Vec<&str> = references(articles, &[articles]).iter().map(|r| r.column).collect();
        assert_eq!(own, ["copy_of", "near_copy_of"]);
    }
}
