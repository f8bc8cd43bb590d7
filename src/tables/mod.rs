//! What is written: one file a table, each a struct whose fields are columns.

pub mod alignments;
pub mod answers;
pub mod articles;
pub mod categories;
pub mod cell;
pub mod concordance;
pub mod credits;
mod drift_words;
pub mod entities;
pub mod hits;
pub mod keyness;
pub mod keys;
pub mod labels;
pub mod lexicon;
pub mod origins;
pub mod outlets;
pub mod pairs;
pub mod paraphrases;
pub mod passage_members;
pub mod passages;
pub mod passim;
pub mod positions;
pub mod preference;
pub mod quote_groups;
pub mod quote_variants;
pub mod quotes;
pub mod rates;
pub mod removed;
pub mod row;
pub mod sensitivity;
pub mod sharing;
pub mod skipped;
pub mod source_link;
pub mod stories;
pub mod substitutions;
pub mod suppressed;
mod table;
pub mod texts;
pub mod timeline;
pub mod unlisted;

use row::{Column, Row, write_csv};

pub use table::{Table, TakeRow, When};

/// What the word in the list of tables stands for.
macro_rules! when {
    (false) => {
        When::Always
    };
    (true) => {
        When::WithPairs
    };
    (texts) => {
        When::WithTexts
    };
}

macro_rules! tables {
    ($($module:ident: $row:ty, $when:tt, $about:literal;)+) => {
        /// All tables, in order of the path from article to rate.
        pub const TABLES: &[Table] = &[$(Table {
            name: stringify!($module),
            about: $about,
            columns: <$row as Row>::COLUMNS,
            when: when!($when),
            write: |findings, options, out| write_csv($module::rows(findings), options, out),
            each: |findings, take| $module::rows(findings).try_for_each(|row| take(&row)),
        }),+];
    };
}

tables! {
    stories: stories::StoryRow, false, "a reported event, with the articles that report it";
    articles: articles::ArticleRow<'_>, false, "an article";
    outlets: outlets::OutletRow<'_>, false, "an outlet";
    passages: passages::PassageRow, false, "a shared passage";
    passage_members: passage_members::PassageMemberRow<'_>, false, "an article's copy of a shared passage";
    alignments: alignments::AlignmentRow<'_>, true, "two articles' copies of a passage, aligned (with --pairs)";
    paraphrases: paraphrases::ParaphraseRow<'_>, false, "two sentences of two outlets that tell the same in other words";
    substitutions: substitutions::SubstitutionRow<'_>, false, "two readings of one slot in two outlets";
    preference: preference::PreferenceRow<'_>, false, "a wording that an outlet chose, or did not, where listed wording stands in the same slot";
    pairs: pairs::PairRow<'_>, false, "two articles of two outlets that share words";
    sharing: sharing::SharingRow<'_>, false, "the words of one outlet that another has too";
    hits: hits::HitRow<'_>, false, "a place where listed wording was found";
    positions: positions::PositionRow<'_>, false, "where in its article a place with listed wording stands";
    quotes: quotes::QuoteRow<'_>, false, "a stretch of others' words, in quotation marks or reported without";
    credits: credits::CreditRow<'_>, false, "a source that an article states";
    origins: origins::OriginRow<'_>, false, "a step of the way a passage may have gone, with what speaks for it";
    timeline: timeline::TimelineRow<'_>, false, "an article's date and the earlier article that its shared passages point to";
    quote_groups: quote_groups::QuoteGroupRow<'_>, false, "one quotation in several articles";
    quote_variants: quote_variants::QuoteVariantRow<'_>, false, "one quotation in two outlets, whole, cut or in other words";
    entities: entities::EntityRow<'_>, false, "a person, group or place whose labels are told";
    labels: labels::LabelRow<'_>, false, "what an outlet calls an entity, in one voice and one way";
    rates: rates::RateRow<'_>, false, "an outlet's rate of something in one voice";
    categories: categories::CategoryRow<'_>, false, "an outlet's rate of one category of listed wording in one voice";
    sensitivity: sensitivity::SensitivityRow<'_>, false, "an outlet's rate of something in its own words, reported speech counted among them or not";
    keyness: keyness::KeynessRow<'_>, false, "a word in two outlets";
    lexicon: lexicon::LexiconRow<'_>, false, "an entry of the lexicon that was found";
    suppressed: suppressed::SuppressedRow<'_>, false, "a run of words left out of the passages as too common";
    removed: removed::RemovedRow<'_>, false, "a block taken off as furniture";
    skipped: skipped::SkippedRow<'_>, false, "something read that is no article";
    texts: texts::TextRow<'_>, texts, "a part of an article's whole text (with --text full)";
}

/// What commands print as CSV: the command, what a row is, its columns.
pub const LISTINGS: &[(&str, &str, &[Column])] = &[
    ("retold kwic --format csv", "a place of the words looked for", concordance::ConcordanceRow::<'_>::COLUMNS),
    (
        "retold lexicon suggest --format csv",
        "a wording that no entry lists and that another outlet words otherwise",
        unlisted::UnlistedRow::COLUMNS,
    ),
    (
        "retold worksheet",
        "a place where two texts of a worksheet differ, in one of them (answers.csv, key.csv)",
        answers::AnswerRow::COLUMNS,
    ),
];

/// The dictionary of all tables in Markdown, as in `docs/tables.md`.
#[must_use]
pub fn dictionary() -> String {
    let mut out = String::from(
        "# Tables\n\nWritten by the program from its own column definitions; do not edit. UTF-8, comma, LF, a header always. Empty = missing.\n\
         Numbers have four decimals, booleans are `TRUE`/`FALSE`. Offsets are 0-based, half-open, in Unicode code points of the text as it was read, furniture\n\
         included. Keys start with a letter and stay the same while what they name does. Columns of kind `text` and `text (from articles)` are guarded: a value that a spreadsheet would\n\
         take for a formula (it starts with `=`, `+`, `-`, `@`, tab or a line end) has a `'` in front; `--raw-csv` leaves it away.\n\
         A text of more than 32,000 characters is cut there and ends in `…`; its offsets tell where the whole stands.\n\
         Columns of kind `text (from articles)` are empty with `--text none`. A run without tables, or without a table that has to be asked for, has no such file;\n\
         `datapackage.json` lists those that are there, with keys and what points where.\n",
    );
    for table in TABLES {
        section(&mut out, &format!("{}.csv", table.name), table.about, table.columns);
    }
    out.push_str("\n# Listings\n\nPrinted by commands, in the same form.\n");
    for (command, about, columns) in LISTINGS {
        section(&mut out, &format!("`{command}`"), about, columns);
    }
    out
}

fn section(out: &mut String, title: &str, about: &str, columns: &[Column]) {
    out.push_str(&format!("\n## {title}\n\nA row is {about}.\n\n| column | kind | meaning |\n|---|---|---|\n"));
    for column in columns {
        let meaning = column.meaning.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        out.push_str(&format!("| {} | {} | {meaning} |\n", column.name, column.kind.as_str()));
    }
}
