//! An update finds what its articles share with each other and with all before, and leaves what was found as it is.
#![cfg(feature = "arrow")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod stage_streams;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int32Array, RecordBatch, StringArray};
use arrow_schema::{Field, Schema};
use retold::analysis::analyze;
use retold::analysis::settings::Settings;
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::lexicon::load::Lexicon;
use retold::read::files::{ReadOptions, read_all};
use retold::reuse::settings::ReuseSettings;
use retold::stages::facts::Facts;
use retold::stages::found::Found;
use retold::stages::stage::Given;
use retold::watch::Stage as Watched;
use stage_streams::{column, last_facts, stage, stream};

/// How a run is made.
#[derive(Clone, Copy, Default)]
struct How {
    keeps: bool,
    window: Option<u32>,
    /// Whether only postings that Spark would ship are, as an update on Spark does it.
    narrows: bool,
}

fn pipe(name: &str, how: How, facts: Option<&Facts>, input: &[RecordBatch]) -> Result<Vec<RecordBatch>, String> {
    let options = ReadOptions::default();
    let given = Given {
        facts: facts.cloned(),
        window: how.window,
        keep_postings: how.keeps,
        search_only: true,
        ..Given::new(&options, Lexicon::english_framing())
    };
    stage_streams::pipe(name, &given, input).map_err(|e| format!("{name}: {e}; {}", e.mend()))
}

fn with(first: (&str, ArrayRef), batch: &RecordBatch, names: &[&str]) -> RecordBatch {
    RecordBatch::try_from_iter([first].into_iter().chain(names.iter().map(|&n| (n, Arc::clone(column(batch, n)))))).unwrap()
}

/// The rows of a list column, with the article that each is of.
fn exploded(batches: &[RecordBatch], name: &str) -> Vec<RecordBatch> {
    let mut out = Vec::new();
    for batch in batches {
        let (lists, article) = (column(batch, name).as_list::<i32>(), column(batch, "article").as_primitive::<Int32Type>());
        for i in (0..batch.num_rows()).filter(|&i| lists.is_valid(i) && !lists.value(i).is_empty()) {
            let rows = RecordBatch::from(lists.value(i).as_struct());
            let article: ArrayRef =
                Arc::new(Int32Array::from(vec![if article.is_valid(i) { article.value(i) } else { -1 }; rows.num_rows()]));
            let names: Vec<String> = rows.schema().fields().iter().map(|f| f.name().clone()).collect();
            out.push(with(("article", article), &rows, &names.iter().map(String::as_str).collect::<Vec<_>>()));
        }
    }
    out
}

/// Rows of which a column of numbers satisfies something.
fn only(batches: &[RecordBatch], name: &str, holds: impl Fn(Option<i64>) -> bool) -> Vec<RecordBatch> {
    let keep = |batch: &RecordBatch| {
        let cells = numbers_of(column(batch, name));
        (0..batch.num_rows()).filter(|&i| holds(cells[i])).map(|i| batch.slice(i, 1)).collect::<Vec<_>>()
    };
    batches.iter().flat_map(keep).collect()
}

fn numbers_of(cells: &ArrayRef) -> Vec<Option<i64>> {
    cells
        .as_primitive_opt::<Int32Type>()
        .map(|cells| cells.iter().map(|cell| cell.map(i64::from)).collect())
        .unwrap_or_else(|| cells.as_primitive::<Int64Type>().iter().collect())
}

/// What a day leaves: articles with their places, sketches, documents, passages, and the last facts.
struct Day {
    facts: Facts,
    articles: Vec<RecordBatch>,
    sketches: Vec<RecordBatch>,
    documents: Vec<RecordBatch>,
    seeds: Vec<RecordBatch>,
    aligned: Vec<RecordBatch>,
    /// The id in the records of each article of the corpus.
    ids: BTreeMap<i32, String>,
}

const TEXT: [&str; 4] = ["language", "body_from", "body_to", "text"];

/// Runs a day after those before it.
fn day(lines: &[String], before: &[&Day], how: How) -> Day {
    let run = |name: &str, facts: Option<&Facts>, input: &[RecordBatch]| pipe(name, how, facts, input).unwrap_or_else(|e| panic!("{e}"));
    let line: ArrayRef = Arc::new(StringArray::from_iter_values(lines));
    let path: ArrayRef = Arc::new(StringArray::from_iter_values(lines.iter().map(|_| "day.jsonl")));
    let records = run("admit", None, &[RecordBatch::try_from_iter([("line", line), ("path", path)]).unwrap()]);
    let numbers = run("order", before.last().map(|day| &day.facts), &records);
    let order = last_facts(&numbers);
    let place: BTreeMap<i64, i32> = numbers
        .iter()
        .flat_map(|b| numbers_of(column(b, "row")).into_iter().zip(numbers_of(column(b, "article"))))
        .filter_map(|(row, article)| Some((row?, i32::try_from(article?).unwrap())))
        .collect();
    let mut named = BTreeMap::new();
    let mut articles = Vec::new();
    for batch in &records {
        let places: Vec<i32> = numbers_of(column(batch, "row")).into_iter().map(|row| place[&row.unwrap()]).collect();
        let ids = column(batch, "source_id").as_string::<i32>();
        named.extend(places.iter().zip(ids.iter().map(|id| id.unwrap().to_owned())).map(|(&place, id)| (place, id)));
        articles.push(with(("article", Arc::new(Int32Array::from(places))), batch, &TEXT));
    }
    let sketches = run("sketch", Some(&order), &articles);
    let all_sketches: Vec<RecordBatch> = before.iter().flat_map(|day| day.sketches.clone()).chain(sketches.clone()).collect();
    let texts = last_facts(&run("copies", Some(&order), &all_sketches));
    let documents = run("document", Some(&texts), &articles);
    let facts = if before.is_empty() { last_facts(&run("frequencies", Some(&texts), &exploded(&documents, "counts"))) } else { texts };
    let old: Vec<RecordBatch> = before.iter().flat_map(|day| day.documents.clone()).collect();
    let (own, mut postings) = (exploded(&documents, "postings"), exploded(&old, "postings"));
    if how.narrows && !old.is_empty() {
        let hashes: BTreeSet<i64> = own.iter().flat_map(|b| numbers_of(column(b, "hash"))).flatten().collect();
        let near = run("reach", Some(&facts), &only(&old, "article", |at| at.is_some()));
        let near: BTreeSet<i64> = near.iter().flat_map(|b| numbers_of(column(b, "article"))).flatten().collect();
        postings = only(&postings, "hash", |hash| hashes.contains(&hash.unwrap()));
        postings = only(&postings, "article", |article| near.contains(&article.unwrap()));
    }
    postings.extend(own);
    let seeds = run("candidate", Some(&facts), &postings);
    let every: Vec<RecordBatch> = before.iter().flat_map(|day| day.articles.clone()).chain(articles.clone()).collect();
    let pairs = only(&seeds, "right", |right| right.is_some());
    let aligned = run("align", Some(&facts), &ship(&every, &pairs));
    let number = |place: &i32| facts.texts.as_ref().unwrap().number(usize::try_from(*place).unwrap());
    let mut ids = before.last().map(|day| day.ids.clone()).unwrap_or_default();
    ids.extend(named.iter().filter_map(|(place, id)| Some((i32::try_from(number(place)?.index()).unwrap(), id.clone()))));
    Day { facts, articles, sketches, documents, seeds, aligned, ids }
}

/// Articles and seeds as rows of one table.
fn ship(articles: &[RecordBatch], seeds: &[RecordBatch]) -> Vec<RecordBatch> {
    let table = stage("align").input;
    let schema: Arc<Schema> = Arc::new(table.schema());
    let fill = |batch: &RecordBatch| {
        let own = |field: &Arc<Field>| {
            let held = batch.column_by_name(field.name());
            held.map_or_else(|| arrow_array::new_null_array(field.data_type(), batch.num_rows()), Arc::clone)
        };
        RecordBatch::try_new(Arc::clone(&schema), schema.fields().iter().map(own).collect()).unwrap()
    };
    articles.iter().chain(seeds).map(fill).collect()
}

/// Passages with their places, significance and words that differ.
fn passages(day: &Day) -> BTreeSet<String> {
    let shown = |batch: &RecordBatch| {
        let passage = |i: &usize| column(batch, "reason").is_null(*i);
        (0..batch.num_rows()).filter(passage).map(|i| format!("{:?}", batch.slice(i, 1).columns())).collect::<Vec<_>>()
    };
    day.aligned.iter().flat_map(shown).collect()
}

/// Pairs of articles with a passage, by their ids in order.
fn pairs(day: &Day) -> BTreeSet<(String, String)> {
    let of = |batch: &RecordBatch| {
        let (left, right) = (numbers_of(column(batch, "left")), numbers_of(column(batch, "right")));
        let id = |at: Option<i64>| day.ids[&i32::try_from(at.unwrap()).unwrap()].clone();
        let passage = |i: &usize| column(batch, "reason").is_null(*i);
        (0..batch.num_rows()).filter(passage).map(|i| in_order(id(left[i]), id(right[i]))).collect::<Vec<_>>()
    };
    day.aligned.iter().flat_map(of).collect()
}

fn in_order(a: String, b: String) -> (String, String) {
    if a < b { (a, b) } else { (b, a) }
}

/// Real stories of two collections, with an id of their own each, in order of their dates.
fn stories() -> Vec<(String, String)> {
    let mut stories: Vec<(String, String)> = ["events1916", "barre1916"]
        .iter()
        .flat_map(|name| {
            let text = fs::read_to_string(format!("tests/data/{name}.jsonl")).unwrap();
            text.lines()
                .enumerate()
                .map(|(i, line)| (date(line), line.replacen("\"id\": \"", &format!("\"id\": \"{name} {i} "), 1)))
                .collect::<Vec<_>>()
        })
        .collect();
    stories.sort();
    stories
}

fn date(line: &str) -> String {
    let story: serde_json::Value = serde_json::from_str(line).unwrap();
    story["date"].as_str().unwrap().to_owned()
}

fn story(id: &str, outlet: &str, date: &str, text: &str) -> String {
    serde_json::json!({ "id": id, "outlet": outlet, "date": date, "text": text }).to_string()
}

/// Every fifth story comes a day later, every fifth one after that.
fn days() -> [Vec<String>; 3] {
    let mut days = [const { Vec::new() }; 3];
    for (i, (_, line)) in stories().into_iter().enumerate() {
        days[match i % 5 {
            3 => 1,
            4 => 2,
            _ => 0,
        }]
        .push(line);
    }
    days
}

fn corpus(lines: &[String], folder: &Path) -> Corpus {
    let path = folder.join("all.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    let mut builder = CorpusBuilder::default();
    read_all(&[path], &ReadOptions::default(), &mut builder).unwrap();
    builder.seal()
}

const KEEPS: How = How { keeps: true, window: None, narrows: true };

#[test]
fn kept_postings_change_nothing_but_updates_are_no_corpus_order() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, _] = days();
    let (plain, kept) = (day(&first, &[], How::default()), day(&first, &[], KEEPS));
    assert!(passages(&plain).len() > 20);
    assert_eq!(passages(&plain), passages(&kept));
    let grams = |day: &Day| exploded(&day.documents, "postings").iter().map(RecordBatch::num_rows).sum::<usize>();
    assert!(grams(&kept) > 2 * grams(&plain), "{} {}", grams(&kept), grams(&plain));
    let open = |day: &Day, lines: &[String]| {
        fs::write(folder.path().join("facts"), day.facts.write("test").unwrap()).unwrap();
        fs::write(folder.path().join("aligned.arrows"), stream(&day.aligned)).unwrap();
        fs::write(folder.path().join("common.arrows"), stream(&day.seeds)).unwrap();
        let corpus = corpus(lines, folder.path());
        Found::open(folder.path(), &corpus, &Settings::for_corpus(&corpus)).map(|_| ()).map_err(|e| e.to_string())
    };
    assert_eq!(open(&kept, &first), Ok(()));
    let update = day(&second, &[&kept], KEEPS);
    let both: Vec<String> = first.iter().chain(&second).cloned().collect();
    assert!(open(&update, &both).unwrap_err().contains("passages of an update"));
    let records = |lines: &[String]| {
        let line: ArrayRef = Arc::new(StringArray::from_iter_values(lines));
        pipe("admit", KEEPS, None, &[RecordBatch::try_from_iter([("line", line)]).unwrap()]).unwrap()
    };
    let refused = |how: How, facts: &Facts| pipe("order", how, Some(facts), &records(&second)).unwrap_err();
    assert!(refused(KEEPS, &plain.facts).contains("run order with --keep-postings"));
    assert!(refused(How { window: Some(9), ..KEEPS }, &kept.facts).contains("leave --window away"));
    assert!(pipe("frequencies", KEEPS, Some(&update.facts), &exploded(&update.documents, "counts")).unwrap_err().contains("first run"));
}

#[test]
fn three_days_are_as_one_run_under_the_settings_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, third] = days();
    for window in [None, Some(20)] {
        let how = How { window, ..KEEPS };
        let one = day(&first, &[], how);
        let settled = How { window: None, ..how };
        let two = day(&second, &[&one], settled);
        let three = day(&third, &[&one, &two], settled);
        assert!(passages(&two).len() > 5 && passages(&three).len() > 5, "{} {}", passages(&two).len(), passages(&three).len());
        // With all n-grams of all days, and nothing left out beforehand: the same, to the bit.
        let wide = How { narrows: false, ..settled };
        assert_eq!(passages(&two), passages(&day(&second, &[&one], wide)));
        assert_eq!(passages(&three), passages(&day(&third, &[&one, &two], wide)));
        // A run over all, from the beginning, with the settings of the first day; furniture and frequencies are its own.
        let all: Vec<String> = first.iter().chain(&second).chain(&third).cloned().collect();
        let corpus = corpus(&all, folder.path());
        let mut settings = Settings::for_corpus(&corpus);
        settings.reuse = ReuseSettings { window_days: window, memory: settings.reuse.memory, ..ReuseSettings::for_articles(one.ids.len()) };
        let whole = analyze(&corpus, Lexicon::english_framing(), &settings, |_: Watched| {});
        let name = |id: retold::id::ArticleId| corpus.article(id).source_id.clone();
        let expected: BTreeSet<(String, String)> =
            whole.alignments.iter().map(|laid| in_order(name(laid.left.article), name(laid.right.article))).collect();
        let parts = [pairs(&one), pairs(&two), pairs(&three)];
        let found: BTreeSet<(String, String)> = parts.iter().flatten().cloned().collect();
        assert_eq!(found.len(), parts.iter().map(BTreeSet::len).sum::<usize>(), "no pair is found twice");
        let both = found.intersection(&expected).count();
        println!("window {window:?}: {} of a run over all, {} of three days, {both} of both", expected.len(), found.len());
        assert!(20 * both >= 19 * expected.len() && 20 * both >= 19 * found.len());
    }
}

#[test]
fn a_sentence_that_stood_once_is_found_when_it_comes_again() {
    const SENTENCE: &str = "The harbour pilot Josiah Merriweather towed four burning lighters past the ironworks before dawn on Tuesday.";
    let other =
        |n: usize| format!("Report {n} of the county surveyor counts {} culverts along turnpike {}, and asks for gravel.", n + 40, n * 3);
    let [mut first, ..] = days();
    first.push(story("old", "The Evening Star", "1916-03-01", &format!("{}\n{SENTENCE}\n{}", other(1), other(2))));
    first.push(story("bare", "Nobody", "1916-03-10", "Advertisement"));
    let one = day(&first, &[], KEEPS);
    let number = |day: &Day, id: &str| *day.ids.iter().find(|(_, own)| *own == id).unwrap().0;
    assert!(!pairs(&one).iter().any(|(a, b)| a == "old" || b == "old"));
    let again = [
        story("new", "EVENING STAR", "1916-03-02", &format!("{}\n{SENTENCE}\n{}", other(3), other(4))),
        story("own", "Another Paper", "1916-03-02", &format!("{}\n{SENTENCE}\n{}", other(5), other(6))),
    ];
    let two = day(&again, &[&one], KEEPS);
    let pair = |a: &str, b: &str| in_order(a.to_owned(), b.to_owned());
    assert_eq!(pairs(&two), BTreeSet::from([pair("new", "old"), pair("old", "own"), pair("new", "own")]));
    assert_eq!(number(&one, "old"), number(&two, "old"));
    assert_eq!(usize::try_from(number(&two, "own").min(number(&two, "new"))).unwrap(), one.ids.len());
    // An outlet keeps the name that it had; a text that comes whole again is a copy of the first.
    let outlets = |day: &Day| {
        day.documents
            .iter()
            .flat_map(|b| column(b, "outlet").as_string::<i32>().iter().flatten().map(str::to_owned).collect::<Vec<_>>())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        outlets(&two),
        BTreeSet::from([
            "Another Paper".to_owned(),
            outlets(&one).into_iter().find(|name| name.to_lowercase().ends_with("evening star")).unwrap()
        ])
    );
    let three = day(&[again[1].replace("\"own\"", "\"copy\""), story("late", "Third Paper", "1916-03-05", SENTENCE)], &[&one, &two], KEEPS);
    assert_eq!(pairs(&three), BTreeSet::from([pair("late", "old"), pair("late", "new"), pair("late", "own")]));
    let texts = three.facts.texts.as_ref().unwrap();
    let id = |name| retold::id::ArticleId::new(usize::try_from(number(&three, name)).unwrap());
    assert_eq!(texts.copies.exact_of(id("copy")), Some(id("own")));
}
