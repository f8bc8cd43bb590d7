//! Listed wording of documents → counts by outlet, entry and voice, which add up over parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray};

use crate::error::Result;
use crate::voice::mask::Voice;

use super::columns::{Columns, batch, fit};
use super::document::DOCUMENTS;
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "measure";

const COUNTS: Table = Table {
    name: "counts",
    about: "How often an outlet has an entry in a voice, and how many words it has in that voice. Rows of two parts add up.",
    columns: &[
        column("outlet", Kind::Text, "The outlet."),
        column("entry", Kind::Text, "Id of the entry; null in the row with words and articles."),
        column("voice", Kind::Text, "The voice."),
        column("hits", Kind::Int64, "How often; 0 in the row with words."),
        column("articles", Kind::Int64, "Articles with the entry; in the row with words, articles of the outlet."),
        column("words", Kind::Int64, "Words of the outlet in that voice; 0 in rows of entries."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "documents → counts of listed wording by outlet, entry and voice, which add up",
    input: &DOCUMENTS,
    output: &COUNTS,
    run,
};

type Key = (String, Option<String>, &'static str);

fn run(_: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let mut sums: BTreeMap<Key, [i64; 3]> = BTreeMap::new();
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let (article, outlet) = (columns.counts("article")?, columns.text("outlet")?);
        let words = [columns.counts("narrator_words")?, columns.counts("indirect_words")?, columns.counts("direct_words")?];
        let unfit =
            || refused(NAME, "the column \"hits\" is of another type in a batch", "give documents as the stage document gave them out");
        let hits = found.column_by_name("hits").and_then(|column| column.as_list_opt::<i32>()).ok_or_else(unfit)?;
        for i in (0..found.num_rows()).filter(|&i| !article.is_null(i)) {
            if hits.is_null(i) {
                return Err(refused(NAME, "the documents were read for the search alone", "run the stage document without --search-only"));
            }
            let of = hits.value(i);
            let (entry, voice) = of
                .as_struct_opt()
                .and_then(|rows| {
                    Some((
                        rows.column_by_name("entry")?.as_string_opt::<i32>()?.clone(),
                        rows.column_by_name("voice")?.as_string_opt::<i32>()?.clone(),
                    ))
                })
                .ok_or_else(unfit)?;
            let outlet = outlet.text(i);
            let mut seen: BTreeMap<(&str, &'static str), i64> = BTreeMap::new();
            for hit in 0..entry.len() {
                let voice = Voice::ALL.into_iter().find(|known| known.as_str() == voice.value(hit)).ok_or_else(unfit)?;
                *seen.entry((entry.value(hit), voice.as_str())).or_default() += 1;
            }
            for ((entry, voice), count) in seen {
                add(&mut sums, (outlet.to_owned(), Some(entry.to_owned()), voice), [count, 1, 0]);
            }
            for (voice, words) in Voice::ALL.into_iter().zip(words) {
                add(&mut sums, (outlet.to_owned(), None, voice.as_str()), [0, 1, i64::from(fit(words.at(i)?))]);
            }
        }
    }
    let number = |at: usize| -> ArrayRef { Arc::new(Int64Array::from_iter_values(sums.values().map(|sum| sum[at]))) };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(sums.keys().map(|key| key.0.as_str()))),
        Arc::new(StringArray::from_iter(sums.keys().map(|key| key.1.as_deref()))),
        Arc::new(StringArray::from_iter_values(sums.keys().map(|key| key.2))),
        number(0),
        number(1),
        number(2),
    ];
    out.batch(batch(NAME, &COUNTS, columns)?)
}

fn add(sums: &mut BTreeMap<Key, [i64; 3]>, key: Key, more: [i64; 3]) {
    let sum = sums.entry(key).or_default();
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}
