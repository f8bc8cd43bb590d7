//! The steps of a comparison as filters give what the comparison on one machine finds, whatever the batches.
#![cfg(feature = "arrow")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod stage_streams;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, BinaryArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use retold::analysis::settings::Settings;
use retold::analysis::{analyze, analyze_keeping};
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::lexicon::load::Lexicon;
use retold::read::files::{ReadOptions, read_all};
use retold::stages::STAGES;
use retold::stages::facts::Facts;
use retold::stages::found::Found;
use retold::stages::schema::{Kind, Table};
use retold::stages::stage::Given;
use retold::tables::TABLES;
use retold::tables::row::TableOptions;
use retold::watch::Stage as Watched;
use stage_streams::{column, last_facts, pipe, stage, stream};

thread_local! {
    /// Whether documents leave out what the search does not ask for: it takes most of the time.
    static SEARCH_ONLY: Cell<bool> = const { Cell::new(false) };
}

/// Tasks that look for pairs, each at the n-grams of its own bucket.
const BUCKETS: usize = 3;

fn given(options: &ReadOptions, facts: Option<Facts>) -> Given<'_> {
    Given { facts, search_only: SEARCH_ONLY.get(), buckets: BUCKETS, ..Given::new(options, Lexicon::english_framing()) }
}

/// Runs a step over batches of at most so many rows.
fn run(name: &str, facts: Option<Facts>, input: &[RecordBatch], rows: usize) -> Vec<RecordBatch> {
    let options = ReadOptions::default();
    let cut = |batch: &RecordBatch| {
        (0..batch.num_rows()).step_by(rows).map(|at| batch.slice(at, rows.min(batch.num_rows() - at))).collect::<Vec<_>>()
    };
    let input: Vec<RecordBatch> = input.iter().flat_map(cut).collect();
    pipe(name, &given(&options, facts), &input).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Some columns of batches, under other names.
fn select(batches: &[RecordBatch], names: &[(&str, &str)]) -> Vec<RecordBatch> {
    let one = |batch: &RecordBatch| {
        let columns: Vec<ArrayRef> = names.iter().map(|(name, _)| Arc::clone(column(batch, name))).collect();
        let fields: Vec<Field> = names.iter().zip(&columns).map(|((_, to), c)| Field::new(*to, c.data_type().clone(), true)).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
    };
    batches.iter().map(one).collect()
}

/// The rows that have something in a column, or those that have nothing.
fn only(batches: &[RecordBatch], name: &str, something: bool) -> Vec<RecordBatch> {
    let kept = |batch: &RecordBatch| {
        let column = column(batch, name);
        (0..batch.num_rows()).filter(|&i| column.is_valid(i) == something).map(|i| batch.slice(i, 1)).collect::<Vec<_>>()
    };
    batches.iter().flat_map(kept).collect()
}

/// Everything from lines of JSON to the folder of what was found, in batches of so many rows and `parts` parts.
fn search(lines: &[String], rows: usize, parts: usize, folder: &Path) -> Vec<RecordBatch> {
    let line: ArrayRef = Arc::new(StringArray::from_iter_values(lines));
    let path: ArrayRef = Arc::new(StringArray::from_iter_values(lines.iter().map(|_| "villa.jsonl")));
    let records = run("admit", None, &[RecordBatch::try_from_iter([("line", line), ("path", path)]).unwrap()], rows);
    let numbers = run("order", None, &records, rows);
    let order = last_facts(&numbers);
    let number: BTreeMap<i64, i32> = numbers
        .iter()
        .flat_map(|b| {
            column(b, "row")
                .as_primitive::<Int64Type>()
                .iter()
                .zip(column(b, "article").as_primitive::<Int32Type>().iter())
                .collect::<Vec<_>>()
        })
        .filter_map(|(row, article)| Some((row?, article?)))
        .collect();
    let numbered = |batch: &RecordBatch| {
        let articles = column(batch, "row").as_primitive::<Int64Type>().iter().map(|row| number[&row.unwrap()]).collect::<Vec<_>>();
        let mut batch = select(std::slice::from_ref(batch), &["language", "body_from", "body_to", "text"].map(|n| (n, n))).remove(0);
        batch = RecordBatch::try_from_iter(
            [("article", Arc::new(Int32Array::from(articles)) as ArrayRef)]
                .into_iter()
                .chain(["language", "body_from", "body_to", "text"].into_iter().map(|n| (n, Arc::clone(column(&batch, n))))),
        )
        .unwrap();
        batch
    };
    let articles: Vec<RecordBatch> = records.iter().map(numbered).collect();
    let each_part = |name: &str, facts: &Facts| -> Vec<RecordBatch> {
        (0..parts)
            .flat_map(|part| {
                let own = |batch: &RecordBatch| {
                    (0..batch.num_rows()).filter(|i| i % parts == part).map(|i| batch.slice(i, 1)).collect::<Vec<_>>()
                };
                run(name, Some(facts.clone()), &articles.iter().flat_map(own).collect::<Vec<_>>(), rows)
            })
            .collect()
    };
    let copies = run("copies", Some(order.clone()), &each_part("sketch", &order), rows);
    let texts = last_facts(&copies);
    let documents = each_part("document", &texts);
    let mut packets = run("scatter", Some(texts.clone()), &only(&documents, "article", true), rows);
    // A task that was tried again gives its rows twice.
    if parts > 2 {
        packets.extend(packets.clone());
    }
    let of_bucket = |bucket: i32| -> Vec<RecordBatch> {
        let kept = |batch: &RecordBatch| {
            let buckets = column(batch, "bucket").as_primitive::<Int32Type>();
            (0..batch.num_rows()).filter(|&i| buckets.value(i) == bucket).map(|i| batch.slice(i, 1)).collect::<Vec<_>>()
        };
        packets.iter().flat_map(kept).collect()
    };
    let each_bucket = (0..i32::try_from(BUCKETS).unwrap()).map(of_bucket).filter(|packets| !packets.is_empty());
    let seeds: Vec<RecordBatch> = each_bucket.flat_map(|packets| run("candidate", Some(texts.clone()), &packets, rows)).collect();
    let words = last_facts(&run("frequencies", Some(texts), &only(&documents, "article", false), rows));
    let mut shipped = ship(&articles, &only(&seeds, "right", true), stage("align").input);
    if parts > 2 {
        shipped.extend(shipped.clone());
    }
    let aligned = run("align", Some(words.clone()), &shipped, rows.max(2));
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("facts"), words.write("test").unwrap()).unwrap();
    fs::write(folder.join("aligned.arrows"), stream(&aligned)).unwrap();
    fs::write(folder.join("common.arrows"), stream(&seeds)).unwrap();
    documents
}

/// Articles and seeds as rows of one table.
fn ship(articles: &[RecordBatch], seeds: &[RecordBatch], table: &Table) -> Vec<RecordBatch> {
    let schema = Arc::new(table.schema());
    let fill = |batch: &RecordBatch| {
        let own = |field: &Arc<Field>| {
            batch.column_by_name(field.name()).map_or_else(|| arrow_array::new_null_array(field.data_type(), batch.num_rows()), Arc::clone)
        };
        RecordBatch::try_new(Arc::clone(&schema), schema.fields().iter().map(own).collect()).unwrap()
    };
    let seeds = select(seeds, &["left", "right", "seeds"].map(|n| (n, n)));
    // Seeds among articles, in no order.
    let mut all: Vec<RecordBatch> = seeds.iter().rev().map(fill).collect();
    let middle = all.len() / 2;
    all.splice(middle..middle, articles.iter().map(fill));
    all
}

fn corpus(path: &Path) -> Corpus {
    let mut builder = CorpusBuilder::default();
    read_all(&[path.to_path_buf()], &ReadOptions::default(), &mut builder).unwrap();
    builder.seal()
}

/// Stories of 1916, and what has to be told apart: a copy on another day, near copies of an earlier text with words that none else has, an
/// article without a word, an outlet spelt otherwise, one article twice.
fn lines() -> Vec<String> {
    let files = ["tests/data/events1916.jsonl", "tests/data/barre1916.jsonl", "tests/interchange/villa.jsonl"];
    let mut lines: Vec<String> =
        files.iter().flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let long = lines.iter().max_by_key(|line| line.len()).unwrap().clone();
    let mut of_long: serde_json::Value = serde_json::from_str(&long).unwrap();
    for (id, outlet) in [("near-1", "Zenith"), ("near-2", "zenith"), ("near-3", "The Zenith")] {
        of_long["id"] = id.into();
        of_long["outlet"] = outlet.into();
        let text = of_long["text"].as_str().unwrap().split(" Quixotic").next().unwrap().to_owned();
        of_long["text"] = format!("{text} Quixotic zephyrs befuddled xylophonists of {id} beneath jocund vermilion gazebos.").into();
        lines.push(of_long.to_string());
    }
    let mut copy: serde_json::Value = serde_json::from_str(&lines[3]).unwrap();
    (copy["id"], copy["date"]) = ("copy".into(), "1916-06-01".into());
    lines.push(copy.to_string());
    lines.push(lines[7].clone());
    lines.push(r#"{"id": "none", "outlet": "Nobody", "date": "1916-03-10", "text": "Advertisement"}"#.into());
    lines
}

#[test]
fn filters_find_what_one_machine_finds() {
    SEARCH_ONLY.set(true);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("villa.jsonl");
    fs::write(&path, lines().join("\n")).unwrap();
    let corpus = corpus(&path);
    let settings = Settings::for_corpus(&corpus);
    let lexicon = Lexicon::english_framing();
    let whole = analyze(&corpus, lexicon, &settings, |_: Watched| {});
    assert!(whole.alignments.len() > 50 && !whole.suppressed.is_empty() && whole.copies.exact_copies() > 1);
    assert!(corpus.ids().filter(|&id| whole.copies.near_of(id).is_some()).count() > 1);
    let mut turned = lines();
    turned.reverse();
    for (i, (lines, rows, parts)) in [(lines(), 1, 1), (lines(), 7, 3), (turned, 2_000, 2)].into_iter().enumerate() {
        let found = folder.path().join(i.to_string());
        search(&lines, rows, parts, &found);
        let found = Found::open(&found, &corpus, &settings).unwrap();
        let other = analyze_keeping(&corpus, lexicon, &settings, &found, |_: Watched| {}).unwrap();
        assert_eq!(whole.alignments, other.alignments, "batches of {rows}, {parts} parts");
        assert_eq!(whole.suppressed, other.suppressed);
        for table in TABLES {
            let write = |findings| {
                let mut out = Vec::new();
                (table.write)(findings, TableOptions::default(), &mut out).unwrap();
                out
            };
            assert!(write(&whole) == write(&other), "{}", table.name);
        }
    }
}

#[test]
fn what_was_found_in_other_articles_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let (path, found) = (folder.path().join("villa.jsonl"), folder.path().join("found"));
    search(&lines(), 2_000, 1, &found);
    let open = |lines: &[String], change: &dyn Fn(&mut Settings)| {
        fs::write(&path, lines.join("\n")).unwrap();
        let corpus = corpus(&path);
        let mut settings = Settings::for_corpus(&corpus);
        change(&mut settings);
        Found::open(&found, &corpus, &settings).map(|_| ()).map_err(|e| e.to_string())
    };
    assert_eq!(open(&lines(), &|_| ()), Ok(()));
    assert!(open(&lines()[1..], &|_| ()).unwrap_err().contains("other articles"));
    let mut edited = lines();
    edited[5] = edited[5].replacen("the", "teh", 1);
    assert!(open(&edited, &|_| ()).unwrap_err().contains("other articles"));
    assert!(open(&lines(), &|settings| settings.reuse.window_days = Some(3)).unwrap_err().contains("other settings"));
    let cut = fs::read(found.join("aligned.arrows")).unwrap();
    fs::write(found.join("aligned.arrows"), &cut[..cut.len() / 2]).unwrap();
    assert!(open(&lines(), &|_| ()).unwrap_err().contains("aligned.arrows cannot be read"));
}

#[test]
fn what_is_no_article_is_a_row_with_its_reason() {
    let lines = [
        r#"{"id": "a", "outlet": "A", "text": "The river rose by seven metres during the night."}"#,
        "no JSON",
        r#"{"id": "c", "outlet": "A"}"#,
        r#"{"id": "d", "outlet": "A", "text": "…"}"#,
        r#"{"id": "e", "outlet": "B", "text": "The river fell again by noon, and nobody was hurt."}"#,
    ];
    let line: ArrayRef = Arc::new(StringArray::from_iter_values(lines));
    let records = run("admit", None, &[RecordBatch::try_from_iter([("line", line)]).unwrap()], 2);
    let cells = |name: &str| -> Vec<Option<String>> {
        records.iter().flat_map(|b| column(b, name).as_string::<i32>().iter().map(|c| c.map(str::to_owned)).collect::<Vec<_>>()).collect()
    };
    let reasons: Vec<String> = cells("reason").into_iter().flatten().collect();
    assert_eq!(cells("reason").len(), lines.len());
    assert_eq!(reasons.len(), 3);
    for part in ["is no JSON", "has no field \"text\"", "holds no word"] {
        assert!(reasons.iter().any(|reason| reason.contains(part)), "{part}: {reasons:?}");
    }
    let rows: std::collections::BTreeSet<i64> =
        records.iter().flat_map(|b| column(b, "row").as_primitive::<Int64Type>().values().to_vec()).collect();
    assert_eq!(rows.len(), lines.len(), "each has a number of its own");
    // Two articles go on from there, and nothing else.
    let numbers = run("order", None, &records, 100);
    let places: usize = numbers.iter().map(|b| column(b, "article").len() - column(b, "article").null_count()).sum();
    assert_eq!(places, 2);
}

#[test]
fn a_damaged_count_is_named() {
    let options = ReadOptions::default();
    // Hash 1, an article, word 0.
    let gram = |article: u8| [&[1u8, 0, 0, 0, 0, 0, 0, 0, article][..], &[0; 7]].concat();
    let scattered = |articles: Vec<Option<i32>>, gram: &[u8]| {
        let grams: ArrayRef = Arc::new(BinaryArray::from_vec(vec![gram; articles.len()]));
        (
            "scatter",
            RecordBatch::try_from_iter([("article", Arc::new(Int32Array::from(articles)) as ArrayRef), ("postings", grams)]).unwrap(),
        )
    };
    let packets = |gram: &[u8]| {
        let bucket: ArrayRef = Arc::new(Int32Array::from(vec![0]));
        ("candidate", RecordBatch::try_from_iter([("bucket", bucket), ("postings", Arc::new(BinaryArray::from_vec(vec![gram])))]).unwrap())
    };
    let folder = tempfile::tempdir().unwrap();
    search(&lines()[..20], 100, 1, folder.path());
    let facts = Facts::read(&fs::read(folder.path().join("facts")).unwrap()).unwrap();
    let said = |(name, batch): (&str, RecordBatch)| {
        let given = given(&options, Some(facts.clone()));
        pipe(name, &given, &[batch]).map(|_| ()).map_err(|e| e.to_string())
    };
    assert_eq!(said(scattered(vec![Some(0), Some(1)], &gram(1))), Ok(()));
    assert_eq!(said(packets(&gram(19))), Ok(()));
    for (wrong, says) in
        [(Some(-1), "\"article\" holds no count"), (None, "\"article\" holds no count"), (Some(99), "article 99, and there are 20")]
    {
        assert!(said(scattered(vec![Some(0), wrong], &gram(0))).unwrap_err().contains(says), "{wrong:?}");
    }
    let cut = gram(0)[..15].to_vec();
    for (wrong, says) in [
        (scattered(vec![Some(0)], &cut), "\"postings\" ends in the middle"),
        (packets(&cut), "\"postings\" ends in the middle"),
        (packets(&gram(99)), "article 99, and there are 20"),
    ] {
        assert!(said(wrong.clone()).unwrap_err().contains(says), "{wrong:?}");
    }
}

#[test]
fn a_stream_that_ends_early_is_refused() {
    let options = ReadOptions::default();
    let folder = tempfile::tempdir().unwrap();
    search(&lines()[..20], 100, 1, folder.path());
    let facts = Facts::read(&fs::read(folder.path().join("facts")).unwrap()).unwrap();
    let article = |number: i32| {
        let text = "The river rose by seven metres during the night.";
        let columns: [(&str, ArrayRef); 5] = [
            ("article", Arc::new(Int32Array::from(vec![number]))),
            ("language", Arc::new(StringArray::from(vec!["en"]))),
            ("body_from", Arc::new(Int32Array::from(vec![0]))),
            ("body_to", Arc::new(Int32Array::from(vec![i32::try_from(text.len()).unwrap()]))),
            ("text", Arc::new(StringArray::from(vec![text]))),
        ];
        RecordBatch::try_from_iter(columns).unwrap()
    };
    let whole = stream(&(0..4).map(article).collect::<Vec<_>>());
    for name in ["sketch", "document"] {
        let given = given(&options, Some(facts.clone()));
        let run = |bytes: &[u8]| stage(name).pipe(&given, bytes, Vec::new()).map_err(|e| e.to_string());
        assert_eq!(run(&whole), Ok(()));
        let cut = run(&whole[..whole.len() / 2]).unwrap_err();
        assert!(cut.contains("no whole Arrow IPC stream"), "{name}: {cut}");
    }
}

#[test]
fn counts_add_up_and_are_those_of_the_analysis() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("villa.jsonl");
    fs::write(&path, lines().join("\n")).unwrap();
    let corpus = corpus(&path);
    let whole = analyze(&corpus, Lexicon::english_framing(), &Settings::for_corpus(&corpus), |_: Watched| {});
    let mut expected: BTreeMap<(String, String, &str), i64> = BTreeMap::new();
    for id in corpus.ids() {
        for usage in &whole.articles[id.index()].usages {
            let outlet = corpus.outlet(corpus.article(id).outlet).name.clone();
            let entry = whole.lexicon.entry(usage.hit.entry).id.clone();
            *expected.entry((outlet, entry, usage.voice.as_str())).or_default() += 1;
        }
    }
    let documents = search(&lines(), 100, 3, &folder.path().join("found"));
    let (some, others) = documents.split_at(documents.len() / 2);
    let mut sums: BTreeMap<(String, String, &str), i64> = BTreeMap::new();
    for part in [some, others] {
        for batch in run("measure", None, part, 50) {
            let text = |name: &str| column(&batch, name).as_string::<i32>().clone();
            let (outlet, entry, voice) = (text("outlet"), text("entry"), text("voice"));
            let hits = column(&batch, "hits").as_primitive::<Int64Type>();
            for i in (0..batch.num_rows()).filter(|&i| entry.is_valid(i)) {
                let voice = ["narrator", "indirect", "direct"].into_iter().find(|known| *known == voice.value(i)).unwrap();
                *sums.entry((outlet.value(i).to_owned(), entry.value(i).to_owned(), voice)).or_default() += hits.value(i);
            }
        }
    }
    assert!(expected.values().sum::<i64>() > 100);
    assert_eq!(sums, expected);
}

#[test]
fn clusters_of_parts_reduce_to_those_of_the_whole() {
    let edges = |pairs: &[(i64, i64)]| {
        let (a, b): (Vec<i64>, Vec<i64>) = pairs.iter().copied().unzip();
        let columns: [(&str, ArrayRef); 2] = [("node", Arc::new(Int64Array::from(a))), ("cluster", Arc::new(Int64Array::from(b)))];
        RecordBatch::try_from_iter(columns).unwrap()
    };
    let rows = |batches: &[RecordBatch]| -> Vec<(i64, i64)> {
        let pairs = |b: &RecordBatch| {
            let (a, c) = (column(b, "node").as_primitive::<Int64Type>().clone(), column(b, "cluster").as_primitive::<Int64Type>().clone());
            (0..b.num_rows()).map(|i| (a.value(i), c.value(i))).collect::<Vec<_>>()
        };
        batches.iter().flat_map(pairs).collect()
    };
    let pairs: Vec<(i64, i64)> = (0..300).map(|i| (i * 7919 % 211, i * 104_729 % 197 + if i % 3 == 0 { 0 } else { 500 })).collect();
    let whole = rows(&run("cluster", None, &[edges(&pairs)], 1_000));
    let parts: Vec<RecordBatch> = pairs.chunks(37).flat_map(|part| run("cluster", None, &[edges(part)], 10)).collect();
    assert_eq!(rows(&run("cluster", None, &parts, 1_000)), whole);
    // By the definition: a label is the smallest node that can be reached.
    let mut label: BTreeMap<i64, i64> = whole.iter().map(|&(node, _)| (node, node)).collect();
    for _ in 0..label.len() {
        for &(a, b) in &pairs {
            let least = label[&a].min(label[&b]);
            label.extend([(a, least), (b, least)]);
        }
    }
    assert_eq!(whole, label.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_wrong_table_is_refused_by_name() {
    let options = ReadOptions::default();
    let refuse = |name: &str, batch: RecordBatch, facts: Option<Facts>| {
        let mut out = Vec::new();
        let error = stage(name).pipe(&given(&options, facts), stream(&[batch]).as_slice(), &mut out).expect_err("it is refused");
        format!("{error}; {}", error.mend())
    };
    let one = |name: &str, column: ArrayRef| RecordBatch::try_from_iter([(name, column)]).unwrap();
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let missing = refuse("cluster", one("node", Arc::clone(&numbers)), None);
    assert!(missing.contains("no column \"cluster\" (it has node)") && missing.contains("node bigint, cluster bigint"), "{missing}");
    let typed = refuse("cluster", one("node", Arc::new(Int32Array::from(vec![1]))), None);
    assert!(typed.contains("\"node\" is Int32, and Int64 is wanted"), "{typed}");
    let old = Schema::new_with_metadata(
        vec![Field::new("node", DataType::Int64, true)],
        std::collections::HashMap::from([("retold.form".to_owned(), "0".to_owned())]),
    );
    let old = refuse("cluster", RecordBatch::try_new(Arc::new(old), vec![Arc::clone(&numbers)]).unwrap(), None);
    assert!(old.contains("version 0 of the tables"), "{old}");
    let untold = refuse("admit", one("text", numbers), None);
    assert!(untold.contains("\"text\" is Int64, and text is wanted"), "{untold}");
    let mut facts = Facts::read(b"retold facts 9.9.9 1\n").expect_err("it is another version").to_string();
    assert!(facts.contains("version 9.9.9 1"), "{facts}");
    facts = Facts::read(b"something else").expect_err("it is none").to_string();
    assert!(facts.contains("holds no facts"), "{facts}");
    let mut out = Vec::new();
    let cut = stage("cluster").pipe(&given(&options, None), &b"ARROW"[..], &mut out).expect_err("it is none").to_string();
    assert!(cut.contains("no whole Arrow IPC stream"), "{cut}");
}

fn shown(table: &Table) -> String {
    let rows = |columns: &[retold::stages::schema::Column], before: &str| -> String {
        let row = |c: &retold::stages::schema::Column| {
            let kind = match c.kind {
                Kind::Rows(_) => "list of rows".into(),
                kind => format!("{:?}", kind.arrow()),
            };
            format!("| {before}{} | {kind} | {} |\n", c.name, c.about)
        };
        columns.iter().map(row).collect()
    };
    if table.columns.is_empty() {
        return format!("`{}`. {}\n", table.name, table.about);
    }
    let mut out = format!("`{}`. {}\n\n| column | type | what it holds |\n|---|---|---|\n", table.name, table.about);
    for column in table.columns {
        out += &rows(&[*column], "");
        if let Kind::Rows(inside) = column.kind {
            out += &rows(inside, &format!("{}.", column.name));
        }
    }
    out
}

#[test]
fn the_document_says_what_the_stages_are() {
    let path = Path::new("docs/stages.md");
    let text = fs::read_to_string(path).unwrap();
    const MARK: &str = "<!-- What follows is written by the tests. -->\n";
    let (before, after) = text.split_once(MARK).expect("the mark is there");
    let mut made = String::new();
    for stage in STAGES {
        made += &format!("\n## {}\n{}.\n\n**In:** {}\n**Out:** {}", stage.name, stage.about, shown(stage.input), shown(stage.output));
    }
    if std::env::var_os("RETOLD_UPDATE").is_some() {
        fs::write(path, format!("{before}{MARK}{made}")).unwrap();
    } else {
        assert!(after == made, "docs/stages.md is out of date: RETOLD_UPDATE=1 cargo test --features arrow --test stages");
    }
}
