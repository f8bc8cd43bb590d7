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
    /// Whether n-grams of all articles are looked at, also of those that the window lets pair with none.
    wide: bool,
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
    packets: Vec<RecordBatch>,
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
    let facts = if before.is_empty() {
        last_facts(&run("frequencies", Some(&texts), &only(&documents, "article", |at| at.is_none())))
    } else {
        texts
    };
    let all_documents: Vec<RecordBatch> = before.iter().flat_map(|day| day.documents.clone()).chain(documents.clone()).collect();
    let of_articles = only(&all_documents, "article", |at| at.is_some());
    // A cell of documents is a packet, too.
    let packet = |batch: &RecordBatch| with(("bucket", Arc::clone(column(batch, "article"))), batch, &["postings"]);
    let packets = if how.wide { of_articles.iter().map(packet).collect() } else { run("scatter", Some(&facts), &of_articles) };
    let seeds = run("candidate", Some(&facts), &packets);
    let every: Vec<RecordBatch> = before.iter().flat_map(|day| day.articles.clone()).chain(articles.clone()).collect();
    let pairs = only(&seeds, "right", |right| right.is_some());
    let aligned = run("align", Some(&facts), &ship(&every, &pairs));
    let number = |place: &i32| facts.texts.as_ref().unwrap().number(usize::try_from(*place).unwrap());
    let mut ids = before.last().map(|day| day.ids.clone()).unwrap_or_default();
    ids.extend(named.iter().filter_map(|(place, id)| Some((i32::try_from(number(place)?.index()).unwrap(), id.clone()))));
    Day { facts, articles, sketches, documents, packets, seeds, aligned, ids }
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

const KEEPS: How = How { keeps: true, window: None, wide: false };

/// N-grams in cells of bytes, 16 each.
fn grams(batches: &[RecordBatch]) -> usize {
    batches.iter().flat_map(|b| column(b, "postings").as_binary::<i32>().iter().flatten()).map(|cell| cell.len() / 16).sum()
}

#[test]
fn kept_postings_change_nothing_but_updates_are_no_corpus_order() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, _] = days();
    let (plain, kept) = (day(&first, &[], How::default()), day(&first, &[], KEEPS));
    assert!(passages(&plain).len() > 20);
    assert_eq!(passages(&plain), passages(&kept));
    assert!(grams(&kept.documents) > 2 * grams(&plain.documents), "{} {}", grams(&kept.documents), grams(&plain.documents));
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
    assert!(
        pipe("frequencies", KEEPS, Some(&update.facts), &only(&update.documents, "article", |at| at.is_none()))
            .unwrap_err()
            .contains("first run")
    );
}

#[test]
fn days_that_the_window_does_not_hold_are_not_looked_at() {
    let [first, ..] = days();
    let late = [story("late", "Somebody", "1917-05-01", "The harbour pilot towed four burning lighters past the ironworks before dawn.")];
    for window in [None, Some(10)] {
        let one = day(&first, &[], How { window, ..KEEPS });
        let two = day(&late, &[&one], KEEPS);
        let own = grams(&two.documents);
        assert!(own > 0);
        let before = if window.is_some() { 0 } else { grams(&one.documents) };
        assert_eq!(grams(&two.packets), own + before, "{window:?}");
    }
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
        let wide = How { wide: true, ..settled };
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
    // An update of one article.
    let four = day(&[story("single", "Fourth Paper", "1916-03-06", &format!("{}\n{SENTENCE}", other(7)))], &[&one, &two, &three], KEEPS);
    assert_eq!(pairs(&four), ["late", "new", "old", "own"].map(|other| pair("single", other)).into());
}
