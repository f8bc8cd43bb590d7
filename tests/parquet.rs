//! Parquet read as the same rows given as JSON lines, whatever is wrong with it; and tables written as Parquet.
#![cfg(feature = "parquet")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use arrow_array::builder::{Float32Builder, ListBuilder, StringDictionaryBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, Date32Array, Float64Array, Int32Array, RecordBatch, StringArray, TimestampMillisecondArray,
};
use arrow_json::ReaderBuilder;
use arrow_json::reader::infer_json_schema;
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion};

const ROWS: &str = "tests/formats/jsonl/corpus.jsonl";

/// The batch of some JSON lines.
fn batch(lines: &str) -> RecordBatch {
    let (schema, _) = infer_json_schema(Cursor::new(lines), None).expect("a schema");
    let mut reader = ReaderBuilder::new(Arc::new(schema)).build(Cursor::new(lines)).expect("a reader");
    reader.next().expect("rows").expect("sound")
}

fn packed(batch: &RecordBatch, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties.build())).expect("a writer");
    writer.write(batch).expect("written");
    writer.close().expect("closed");
    bytes
}

fn plain() -> WriterPropertiesBuilder {
    WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()))
}

fn batch_of(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true))).expect("columns of a length")
}

fn retold(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("retold"));
    let run = command.current_dir(folder).args(args).output().expect("it runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(!told.contains("E099") && !told.contains("panicked") && !told.contains("internal fault"), "{told}");
    run
}

fn compare(folder: &Path, input: &str, more: &[&str]) -> (Option<i32>, String) {
    let args = ["compare", input, "-o", "out", "--only", "tables", "--isolated", "--pairs"];
    let run = retold(folder, &[&args, more].concat());
    (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
}

/// All tables by name.
fn tables(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder.join("out/tables")).expect("tables").map(|entry| entry.expect("readable").path());
    let csv = files.filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    csv.map(|path| (path.file_stem().expect("named").to_string_lossy().into_owned(), fs::read_to_string(&path).expect("UTF-8"))).collect()
}

fn column(folder: &Path, table: &str, name: &str) -> Vec<String> {
    let mut table = csv::Reader::from_path(folder.join("out/tables").join(format!("{table}.csv"))).expect("a table");
    let at = table.headers().expect("a header").iter().position(|column| column == name).expect("a column");
    table.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

fn skipped(folder: &Path) -> String {
    fs::read_to_string(folder.join("out/tables/skipped.csv")).expect("a table")
}

/// Two articles, which share a sentence.
const PAIR: &str = "{\"id\": \"a\", \"outlet\": \"A\", \"text\": \"The ministry said on Monday that the northern regime had fired twelve rockets across the border.\"}\n\
    {\"id\": \"b\", \"outlet\": \"B\", \"text\": \"The ministry said on Monday that the northern government had fired twelve rockets across the border.\"}\n";

#[test]
fn the_tables_are_those_of_the_same_rows_as_json_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    // One that is refused, with a list, an object and a number beside it.
    let rows = fs::read_to_string(ROWS).expect("rows").trim_end().to_owned()
        + "\n{\"id\": \"x\", \"text\": \"\", \"authors\": [\"A. B.\", \"C. D.\"], \"n\": 1, \"source\": {\"name\": \"Y\"}}\n";
    fs::write(folder.path().join("corpus.jsonl"), &rows).expect("written");
    let (code, told) = compare(folder.path(), "corpus.jsonl", &[]);
    assert_eq!(code, Some(3), "{told}");
    let expected: BTreeMap<String, String> =
        tables(folder.path()).into_iter().map(|(name, table)| (name, table.replace("corpus.jsonl", "corpus.parquet"))).collect();
    let packings = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ];
    for packing in packings {
        for (version, group) in [(WriterVersion::PARQUET_1_0, 2), (WriterVersion::PARQUET_2_0, 100)] {
            let properties = WriterProperties::builder().set_compression(packing).set_writer_version(version);
            let bytes = packed(&batch(&rows), properties.set_max_row_group_row_count(Some(group)));
            fs::write(folder.path().join("corpus.parquet"), bytes).expect("written");
            let (code, told) = compare(folder.path(), "corpus.parquet", &[]);
            assert_eq!(code, Some(3), "{packing:?}: {told}");
            let found = tables(folder.path());
            for (name, table) in &expected {
                // What a row holds is no line of the file: there is no text to show of one that is refused but the row as JSON.
                if name == "skipped" {
                    assert!(found[name].contains("corpus.parquet,7,"), "{}", found[name]);
                    continue;
                }
                assert_eq!(&found[name], table, "{packing:?} {name}");
            }
        }
    }
}

#[test]
fn dates_bytes_and_what_no_article_needs() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts: Vec<&str> = ["regime", "government", "rulers"].to_vec();
    let texts: Vec<String> =
        texts.iter().map(|word| format!("The ministry said on Monday that the northern {word} had fired twelve rockets.")).collect();
    let texts: ArrayRef = Arc::new(BinaryArray::from_iter_values(texts.iter().map(String::as_bytes)));
    let moments = [Some(1_640_685_600_000), None, Some(1_640_772_000_000)];
    let mut vectors = ListBuilder::new(Float32Builder::new());
    (0..3).for_each(|_| vectors.append_value([Some(0.5), None, Some(f32::NAN)]));
    let columns = |date: ArrayRef| {
        batch_of(vec![
            ("outlet", Arc::new(StringArray::from(vec!["A", "B", "C"]))),
            ("text", Arc::clone(&texts)),
            ("date", date),
            ("picture", Arc::new(BinaryArray::from_iter_values([b"\xFF\xD8\xFF"; 3]))),
            ("vector", Arc::new(vectors.finish_cloned())),
            ("score", Arc::new(Float64Array::from(vec![f64::NAN, f64::INFINITY, 0.5]))),
        ])
    };
    let dates: [(ArrayRef, [&str; 3]); 3] = [
        (Arc::new(Date32Array::from(vec![Some(18_989), None, Some(i32::MAX)])), ["2021-12-28", "", ""]),
        (
            Arc::new(TimestampMillisecondArray::from(moments.to_vec()).with_timezone("UTC")),
            ["2021-12-28T10:00:00Z", "", "2021-12-29T10:00:00Z"],
        ),
        (Arc::new(StringArray::from(vec![Some("28 Dec 2021"), None, Some("2021")])), ["2021-12-28", "", "2021"]),
    ];
    for (date, expected) in dates {
        fs::write(folder.path().join("c.parquet"), packed(&columns(date), plain())).expect("written");
        let (code, told) = compare(folder.path(), "c.parquet", &[]);
        assert_eq!(code, Some(0), "{told}");
        assert_eq!(column(folder.path(), "articles", "published_at"), expected);
    }
}

#[test]
fn parts_as_jobs_write_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let parts = folder.path().join("corpus.parquet");
    fs::create_dir(&parts).expect("made");
    for (number, line) in PAIR.lines().enumerate() {
        let name = format!("part-0000{number}-c000.snappy.parquet");
        fs::write(parts.join(&name), packed(&batch(line), WriterProperties::builder().set_compression(Compression::SNAPPY)))
            .expect("written");
        fs::write(parts.join(format!(".{name}.crc")), "crc").expect("written");
    }
    for name in ["_SUCCESS", "_metadata", "_common_metadata", "part.crc"] {
        fs::write(parts.join(name), if name == "_SUCCESS" { "" } else { "PAR1" }).expect("written");
    }
    let (code, told) = compare(folder.path(), "corpus.parquet", &[]);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(column(folder.path(), "articles", "outlet"), ["A", "B"]);
    let listed = retold(folder.path(), &["compare", "corpus.parquet", "--isolated", "--list-files"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert_eq!((listed.lines().count(), listed.matches("Parquet").count()), (2, 2), "{listed}");
}

/// A folder `in` with two plain articles and a file of some bytes.
fn beside(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("made");
    fs::write(folder.path().join("in/pair.jsonl"), PAIR).expect("written");
    fs::write(folder.path().join("in").join(name), bytes).expect("written");
    folder
}

fn refused(name: &str, bytes: &[u8], reasons: &[&str]) {
    let folder = beside(name, bytes);
    let (code, told) = compare(folder.path(), "in", &[]);
    assert_eq!(code, Some(3), "{told}");
    let skipped = skipped(folder.path());
    assert!(reasons.iter().all(|reason| skipped.contains(reason)), "{reasons:?}: {skipped}");
    assert!(column(folder.path(), "articles", "outlet").len() >= 2, "the others are read");
}

#[test]
fn in_a_packing_or_a_pipe_it_is_refused_by_name() {
    let whole = packed(&batch(PAIR), plain());
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&whole).expect("packed");
    refused("c.parquet.gz", &gzip.finish().expect("packed"), &["is Parquet inside something packed or piped", "unpack it or save it"]);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["c.parquet", "_SUCCESS"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("started");
        zip.write_all(&whole).expect("packed");
    }
    let zip = zip.finish().expect("packed").into_inner();
    refused("c.zip", &zip, &["in/c.zip/c.parquet", "is Parquet inside something packed or piped"]);
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("retold"));
    let piped = || Stdio::piped();
    let mut run = command.args(["check", "-", "--isolated"]).stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("it runs");
    run.stdin.take().expect("a pipe").write_all(&whole).expect("written");
    let run = run.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.code() != Some(0) && told.contains("is Parquet inside something packed or piped"), "{told}");
}

#[test]
fn cut_damaged_and_falsely_named() {
    let whole = packed(&batch(PAIR), plain());
    refused("c.parquet", &whole[..whole.len() - 5], &["is Parquet that is cut or damaged", "fetch or write it again"]);
    refused("c.parquet", &whole[..12], &["is Parquet that is cut or damaged"]);
    refused("c.parquet", b"A text of some words.", &["is no Parquet, whatever its name says"]);
    refused("c.parquet", b"PARE\x15\x04", &["is encrypted Parquet"]);
    refused("c.parquet", b"", &["holds no article (it was read as Parquet)"]);
    let mut damaged = whole;
    damaged[8..48].fill(0xA5);
    refused("c.parquet", &damaged, &["is damaged ("]);
    let nothing = packed(&batch(PAIR).slice(0, 0), plain());
    refused("c.parquet", &nothing, &["in/c.parquet,", "holds no article"]);
}

/// Bytes are changed all over a file, and it is cut everywhere: it is read or named, and what was beside it is read.
#[test]
fn whatever_stands_in_it_nothing_falls_over() {
    use retold::corpus::builder::CorpusBuilder;
    use retold::read::files::{ReadOptions, read_all};

    std::panic::set_hook(Box::new(|panic| {
        if let Some(fault) = retold::fault::uncaught(panic) {
            eprintln!("{fault}");
        }
    }));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("c.parquet");
    let lists = "{\"id\": \"a\", \"outlet\": \"A\", \"text\": \"One two three.\", \"authors\": [\"B\", \"C\"], \"n\": 1.5}\n".repeat(40);
    let packings = [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(ZstdLevel::default())];
    let rounds: usize = std::env::var("RETOLD_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(150);
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("small") % below
    };
    for packing in packings {
        let properties = WriterProperties::builder().set_compression(packing).set_statistics_enabled(EnabledStatistics::Page);
        let whole = packed(&batch(&lists), properties);
        for round in 0..rounds {
            let mut bytes = whole.clone();
            if round % 5 == 0 {
                bytes.truncate(draw(whole.len()));
            } else {
                // The end describes the rest: half of the changes fall there.
                let from = if round % 2 == 0 { whole.len() / 2 } else { 4 };
                for _ in 0..=draw(3) {
                    let at = from + draw(whole.len() - from);
                    bytes[at] = u8::try_from(draw(256)).expect("a byte");
                }
            }
            fs::write(&path, &bytes).expect("written");
            let mut builder = CorpusBuilder::default();
            let report = read_all(std::slice::from_ref(&path), &ReadOptions::default(), &mut builder).expect("read");
            let corpus = builder.seal();
            assert_eq!(report.records, corpus.articles().len() + corpus.skipped().len(), "{packing:?} {round}");
            let faults: Vec<_> = corpus.skipped().iter().filter(|skipped| skipped.reason.contains("internal fault")).collect();
            assert!(faults.is_empty(), "{packing:?} {round}: {faults:?}");
        }
    }
}

#[test]
fn bombs_are_stopped_before_they_are_unpacked() {
    let long = "word ".repeat(1 << 18);
    let bomb = |packing| {
        let texts: ArrayRef = Arc::new(StringArray::from(vec![long.as_str(); 3]));
        packed(&batch_of(vec![("text", texts)]), WriterProperties::builder().set_compression(packing).set_dictionary_enabled(false))
    };
    for packing in [Compression::ZSTD(ZstdLevel::default()), Compression::BROTLI(BrotliLevel::default())] {
        refused("c.parquet", &bomb(packing), &["unpacks to more than 200 times its size", "--limit ratio=N"]);
    }
    // One text in the dictionary, and thousands of rows that are it.
    let text = long.get(..60_000).expect("ASCII");
    let write = |column: ArrayRef| {
        let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED);
        let bytes = packed(&batch_of(vec![("text", column)]), properties.set_dictionary_page_size_limit(1 << 24));
        assert!(bytes.len() < 1 << 20, "{}", bytes.len());
        bytes
    };
    let mut texts = StringDictionaryBuilder::<Int32Type>::new();
    texts.append_n(text, 2_000).expect("room");
    refused("c.parquet", &write(Arc::new(texts.finish())), &["unpacks to more than 200 times its size"]);
    // The same in the list of a single record.
    let mut lists = ListBuilder::new(StringDictionaryBuilder::<Int32Type>::new());
    lists.values().append_n(text, 20_000).expect("room");
    lists.append(true);
    let reasons = ["has lists in a group of rows that could fill the memory", "smaller groups of rows"];
    refused("c.parquet", &write(Arc::new(lists.finish())), &reasons);
}

#[test]
fn a_page_that_gives_more_than_it_states_is_damage() {
    let text = "word ".repeat(1 << 16);
    let texts: ArrayRef = Arc::new(StringArray::from(vec![text.as_str()]));
    let properties = WriterProperties::builder()
        .set_compression(Compression::GZIP(GzipLevel::default()))
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None);
    let mut bytes = packed(&batch_of(vec![("text", texts)]), properties);
    // Field 2 of the first head, zigzag: what the page unpacks to. Its first byte has the lowest seven bits.
    assert_eq!((bytes[4], bytes[6]), (0x15, 0x15));
    bytes[9] = 0x01;
    refused("c.parquet", &bytes, &["a page unpacks to more than it states"]);
}

#[test]
fn bounds_are_those_of_other_formats() {
    let folder = beside("c.parquet", &packed(&batch(PAIR), plain()));
    for (limit, reason) in [
        ("columns=2", "has 3 columns, and the bound is 2"),
        ("record=60", "the record is longer than 60 bytes, the bound on one record"),
        ("field=40", "the bound on one field"),
        ("file=900", "the bound on one file"),
    ] {
        let run = retold(folder.path(), &["compare", "in/c.parquet", "-o", "out", "--isolated", "--limit", limit]);
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.code() != Some(0) && told.contains(reason), "{limit}: {told}");
    }
}

#[test]
fn columns_inside_one_another_too_deep_for_a_stack() {
    // A list of columns by hand: each holds the next. Nothing reads on once the depth is known.
    let mut footer = vec![0x15, 2, 0x19, 0xFC, 0xA0, 0x8D, 0x06];
    (0..100_000).for_each(|_| footer.extend([0x48, 1, b'a', 0x15, 2, 0]));
    footer.push(0);
    let mut bytes = b"PAR1\x15".to_vec();
    bytes.extend(&footer);
    bytes.extend(u32::try_from(footer.len()).expect("small").to_le_bytes());
    bytes.extend(b"PAR1");
    refused("c.parquet", &bytes, &["has columns inside one another deeper than 64"]);
}

fn cells(path: &Path) -> (Vec<(String, DataType)>, Vec<Vec<String>>) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("it is there")).expect("Parquet");
    let kinds = reader.schema().fields().iter().map(|field| (field.name().clone(), field.data_type().clone())).collect();
    let mut rows = Vec::new();
    for batch in reader.build().expect("a reader") {
        let batch = batch.expect("sound");
        for at in 0..batch.num_rows() {
            let cell = |column: &ArrayRef| match column.data_type() {
                _ if column.is_null(at) => String::new(),
                DataType::Int64 => column.as_primitive::<Int64Type>().value(at).to_string(),
                DataType::Float64 => format!("{:.4}", column.as_primitive::<Float64Type>().value(at)),
                DataType::Boolean => column.as_boolean().value(at).to_string().to_uppercase(),
                _ => column.as_string::<i32>().value(at).to_owned(),
            };
            rows.push(batch.columns().iter().map(cell).collect());
        }
    }
    (kinds, rows)
}

#[test]
fn tables_as_parquet_hold_what_the_csv_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(ROWS, folder.path().join("corpus.jsonl")).expect("copied");
    let more = ["--format", "parquet", "--raw-csv", "--text", "full"];
    let files = |threads: &str| {
        let (code, told) = compare(folder.path(), "corpus.jsonl", &[more.as_slice(), &["-j", threads]].concat());
        assert_eq!(code, Some(0), "{told}");
        let files = fs::read_dir(folder.path().join("out/tables")).expect("tables").map(|entry| entry.expect("readable").path());
        let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "parquet"));
        files.map(|path| (path.clone(), fs::read(path).expect("readable"))).collect::<BTreeMap<_, _>>()
    };
    let (one, two) = (files("1"), files("2"));
    assert!(one == two, "the same bytes at any number of threads");
    assert_eq!(one.len(), tables(folder.path()).len(), "one beside each table");
    let (mut rows, mut kinds) = (0, Vec::new());
    for path in one.keys() {
        let (columns, found) = cells(path);
        let mut csv = csv::Reader::from_path(path.with_extension("csv")).expect("a table");
        let header: Vec<String> = csv.headers().expect("a header").iter().map(str::to_owned).collect();
        assert_eq!(columns.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), header);
        let expected: Vec<Vec<String>> = csv.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
        // A number keeps its value; CSV may have it as -0.0000.
        assert!(found == expected, "{}: {found:?} and {expected:?}", path.display());
        rows += found.len();
        kinds.extend(columns.into_iter().map(|(_, kind)| kind));
    }
    assert!(rows > 50, "{rows}");
    for kind in [DataType::Int64, DataType::Float64, DataType::Boolean, DataType::Utf8] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    let readme = fs::read_to_string(folder.path().join("out/README.txt")).expect("README.txt");
    assert!(readme.contains("tables/*.parquet"), "{readme}");
    // Without the flag, they go with the run that made them.
    assert_eq!(compare(folder.path(), "corpus.jsonl", &[]).0, Some(0));
    assert!(!folder.path().join("out/tables/hits.parquet").exists());
    // Without text there is none in them.
    let (code, told) = compare(folder.path(), "corpus.jsonl", &["--format", "parquet", "--text", "none"]);
    assert_eq!(code, Some(0), "{told}");
    let (columns, found) = cells(&folder.path().join("out/tables/passage_members.parquet"));
    let text = columns.iter().position(|(name, _)| name == "text").expect("a column");
    assert!(found.iter().all(|row| row[text].is_empty()));
}

#[test]
fn groups_of_rows_without_columns_and_numbers_only() {
    let numbers: ArrayRef = Arc::new(Int32Array::from(vec![1, 2]));
    refused("c.parquet", &packed(&batch_of(vec![("n", numbers)]), plain()), &["has no field \"\"text\"\" (it has n)"]);
    let pictures: ArrayRef = Arc::new(BinaryArray::from_iter_values([b"\xFF\xD8\xFF"; 3]));
    refused("c.parquet", &packed(&batch_of(vec![("picture", pictures)]), plain()), &["has no field \"\"text\"\" (it has none)"]);
}
