//! Forms for other programs, as a run writes them. What other programs make of them is checked by `tests/interchange/run.sh`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn corpus() -> &'static Path {
    Path::new("tests/golden/three_papers/corpus")
}

fn compare(out: &Path, more: &[&str]) {
    let mut command = Command::cargo_bin("retold").expect("built");
    command.arg("compare").arg(corpus()).arg("-o").arg(out).args(more).args(["--isolated", "--quiet"]);
    let run = command.output().expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("it is there")).expect("JSON")
}

fn files(folder: &Path) -> BTreeSet<String> {
    let inside = |path: &Path| path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    all.filter(|entry| entry.file_type().is_file()).map(|entry| inside(entry.path())).collect()
}

/// As much of JSON Schema as `retold schema` uses.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("a $ref points somewhere");
        return faults(value, target, root, at, found);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allowed: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        several => several.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    };
    let fits = allowed.contains(&kind) || (kind == "integer" && allowed.contains(&"number"));
    if !allowed.is_empty() && !fits {
        found.push(format!("{at}: {kind}, not {allowed:?}"));
    }
    if schema["enum"].as_array().is_some_and(|codes| !codes.contains(value)) {
        found.push(format!("{at}: {value} is no code"));
    }
    if schema.get("const").is_some_and(|constant| constant != value) {
        found.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => faults(member, schema, root, &format!("{at}.{name}"), found),
            None if schema["additionalProperties"] == false => found.push(format!("{at}: {name} is not described")),
            None => {}
        }
    }
    for item in value.as_array().into_iter().flatten() {
        faults(item, &schema["items"], root, at, found);
    }
}

#[test]
fn report_json_is_as_its_schema_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    compare(&out, &["--pairs", "--format", "jsonl"]);
    let printed = Command::cargo_bin("retold").expect("built").arg("schema").output().expect("it runs").stdout;
    let schema: Value = serde_json::from_slice(&printed).expect("JSON");
    let report = json(&out.join("report.json"));
    let mut found = Vec::new();
    faults(&report, &schema, &schema, "report", &mut found);
    assert_eq!(found, Vec::<String>::new());
    // The validator sees what is wrong.
    let mut broken = report.clone();
    broken["articles"][0]["words"] = "many".into();
    broken["hits"][0]["voice"] = "loud".into();
    broken["passages"][0]["members"][0]["more"] = 1.into();
    faults(&broken, &schema, &schema, "report", &mut found);
    assert_eq!(found.len(), 3, "{found:?}");
    // The same rows as the tables, each once.
    let rows = |name: &str| csv::Reader::from_path(out.join(format!("tables/{name}.csv"))).expect("a table").into_records().count();
    let inside = |list: &str| report["passages"].as_array().unwrap().iter().map(|p| p[list].as_array().unwrap().len()).sum::<usize>();
    assert!(rows("alignments") > 0 && report["alignments"].as_array().unwrap().len() == rows("alignments"));
    assert_eq!(inside("members"), rows("passage_members"));
    let in_slots = |p: &Value| p["slots"].as_array().unwrap().iter().map(|s| s["substitutions"].as_array().unwrap().len()).sum::<usize>();
    assert_eq!(report["passages"].as_array().unwrap().iter().map(in_slots).sum::<usize>(), rows("substitutions"));
    let lines = fs::read_to_string(out.join("findings.jsonl")).expect("lines");
    let of_type = |tag: &str| lines.lines().filter(|line| line.starts_with(&format!("{{\"type\":\"{tag}\","))).count();
    assert_eq!((of_type("hit"), of_type("passage_member")), (rows("hits"), rows("passage_members")));
}

/// Every code that is written is one of its column's list, whatever the run: the schema has the lists.
#[test]
fn codes_are_of_their_lists_in_other_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = Command::cargo_bin("retold").expect("built").arg("schema").output().expect("it runs").stdout;
    let schema: Value = serde_json::from_slice(&printed).expect("JSON");
    let runs: [(&str, &[&str]); 4] = [
        ("seeds", &["--pairs"]),
        ("seeds", &["--pairs", "--preset", "long", "--keep-furniture"]),
        ("tests/data/events1916.jsonl", &["--pairs", "--mask-outlets"]),
        ("tests/interchange/villa.jsonl", &["--pairs", "--text", "none"]),
    ];
    for (number, (input, more)) in runs.into_iter().enumerate() {
        let out = folder.path().join(number.to_string());
        let mut command = Command::cargo_bin("retold").expect("built");
        command.args(["compare", input, "--only", "tables", "--isolated", "--quiet", "-o"]).arg(&out).args(more);
        let run = command.output().expect("it runs");
        assert!(matches!(run.status.code(), Some(0 | 3)), "{input}: {}", String::from_utf8_lossy(&run.stderr));
        let mut found = Vec::new();
        faults(&json(&out.join("report.json")), &schema, &schema, "report", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{input}");
    }
}

#[test]
fn the_package_lists_the_tables_that_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for (more, wanted) in [(&["--pairs"][..], "alignments"), (&["--text", "full"], "texts"), (&["--only", "tables"], "hits")] {
        let out = folder.path().join(wanted);
        compare(&out, more);
        let package = json(&out.join("datapackage.json"));
        let listed: BTreeSet<String> =
            package["resources"].as_array().unwrap().iter().map(|r| r["path"].as_str().unwrap().to_owned()).collect();
        let there: BTreeSet<String> = files(&out).into_iter().filter(|name| name.starts_with("tables/")).collect();
        assert_eq!(listed, there);
        assert!(there.contains(&format!("tables/{wanted}.csv")));
        let run: BTreeSet<String> =
            json(&out.join("run.json"))["outputs"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(run, files(&out).into_iter().filter(|name| name != "run.json").collect());
    }
    let out = folder.path().join("report");
    compare(&out, &["--only", "report"]);
    assert_eq!(files(&out), ["README.txt", "report.html", "run.json"].map(str::to_owned).into());
}

/// Runs of five words.
fn runs(text: &str) -> BTreeSet<String> {
    let words: Vec<String> =
        text.split_whitespace().map(|w| w.chars().filter(|c| c.is_alphanumeric()).collect::<String>()).filter(|w| !w.is_empty()).collect();
    words.windows(5).map(|run| run.join(" ")).collect()
}

#[test]
fn without_text_no_file_quotes_an_article() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    compare(&out, &["--text", "none", "--pairs", "--format", "jsonl"]);
    let body = |name: &str| fs::read_to_string(corpus().join(name)).expect("readable").lines().skip(1).collect::<Vec<_>>().join("\n");
    let articles: BTreeSet<String> = ["harbour.txt", "lantern.txt", "valley.txt"].iter().flat_map(|name| runs(&body(name))).collect();
    let mut seen = 0;
    for name in files(&out) {
        let shown = runs(&fs::read_to_string(out.join(&name)).expect("UTF-8").replace(['<', '>', ','], " "));
        let quoted: Vec<&String> = shown.intersection(&articles).collect();
        assert!(quoted.is_empty(), "{name} quotes {quoted:?}");
        seen += 1;
    }
    assert!(seen > 15);
    let report = fs::read_to_string(out.join("report.html")).expect("a report");
    assert!(report.contains("shows no article text") && report.contains("aligned pairs share"), "counts stay");
}

/// Papers that name one another, and themselves at the end of a heading.
fn papers(folder: &Path) -> std::path::PathBuf {
    let names = ["Plimsoll Herald", "Quxford Gazette", "Zanzibar Courier"];
    let input = folder.join("papers");
    for (number, name) in names.into_iter().enumerate() {
        let (next, last) = (names[(number + 1) % 3], names[(number + 2) % 3]);
        fs::create_dir_all(input.join(name)).expect("a folder");
        for day in ["Monday", "Tuesday", "Friday"] {
            let text = format!(
                "Strike at Port Lissa ends after eleven weeks and a {day} | {name}\n\n\
                 PORT LISSA, March 3 ({name}) – The harbour strike at Port Lissa ended on {day} after the union and the owners signed \
                 a pact, the mayor said.\n\n\
                 Maria Torv told {next} that the pact was fair and would hold for the whole of the year.\n\n\
                 {last} reported that the owners wept, and that the eastern pier would open again on Sunday morning.\n\n\
                 When {next} asked again on {day}, a spokeswoman of {last} had nothing to add to what {last} had printed.\n\n\
                 (Reporting by {last})"
            );
            fs::write(input.join(name).join(format!("{number}{day}.txt")), text).expect("written");
        }
    }
    input
}

fn compare_papers(folder: &Path, more: &[&str]) -> std::path::PathBuf {
    let out = folder.join("out");
    let mut command = Command::cargo_bin("retold").expect("built");
    command.arg("compare").arg(papers(folder)).args(["--outlet-from", "folder", "--isolated", "--quiet"]).arg("-o").arg(&out).args(more);
    let run = command.output().expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    out
}

/// A heading that stands for a title and a dateline are words of the article as well, and passim's lines hold nothing else.
#[test]
fn without_text_headings_datelines_and_witnesses_go_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = compare_papers(folder.path(), &["--text", "none", "--pairs", "--format", "jsonl,passim"]);
    let articles = walkdir::WalkDir::new(folder.path().join("papers")).into_iter().map(|entry| entry.expect("readable"));
    let articles = articles.filter(|entry| entry.file_type().is_file());
    let articles: BTreeSet<String> = articles.flat_map(|entry| runs(&fs::read_to_string(entry.path()).expect("readable"))).collect();
    for name in files(&out) {
        let shown = runs(&fs::read_to_string(out.join(&name)).expect("UTF-8").replace(['<', '>', ',', '"', ':'], " "));
        let quoted: Vec<&String> = shown.intersection(&articles).collect();
        assert!(quoted.is_empty(), "{name} quotes {quoted:?}");
    }
    let witnesses = fs::read_to_string(out.join("passim.jsonl")).expect("passim.jsonl");
    assert!(witnesses.lines().count() > 3, "places stay");
}

/// Whoever is credited, or written about, may be an outlet of the set.
#[test]
fn masked_outlets_are_masked_as_sources_entities_and_in_headings() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = compare_papers(folder.path(), &["--mask-outlets", "--text", "none", "--reference", "Quxford Gazette"]);
    for name in files(&out).into_iter().filter(|name| name != "run.private.json") {
        let text = fs::read_to_string(out.join(&name)).expect("UTF-8");
        for told in ["Plimsoll", "Quxford", "Zanzibar"] {
            assert!(!text.contains(told), "{name} tells {told}");
        }
    }
    let credited = fs::read_to_string(out.join("tables/passages.csv")).expect("a table");
    assert!(credited.contains("Outlet 1 | Outlet 2"), "numbers stand for the credited: {credited}");
    let entities = fs::read_to_string(out.join("tables/entities.csv")).expect("a table");
    assert!(entities.contains("Outlet 1") && entities.contains("Port Lissa"), "{entities}");
    let out = compare_papers(folder.path(), &["--mask-outlets"]);
    let articles = csv::Reader::from_path(out.join("tables/articles.csv")).expect("a table").into_records();
    let titles: BTreeSet<String> = articles.map(|row| row.expect("a row")[6].to_owned()).collect();
    let stories = fs::read_to_string(out.join("tables/stories.csv")).expect("a table");
    assert!(stories.contains("Outlet ") && !stories.contains("Plimsoll") && !stories.contains("Quxford"), "{stories}");
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert!(titles.iter().all(|title| title.starts_with("Strike at Port Lissa ends after") && title.ends_with("day")), "{titles:?}");
}

#[test]
fn masked_outlets_are_named_in_one_private_file_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    compare(&out, &["--mask-outlets"]);
    let private = out.join("run.private.json");
    let mapping = json(&private);
    let names: BTreeSet<&str> = mapping["outlets"].as_object().unwrap().values().filter_map(Value::as_str).collect();
    assert_eq!(names.len(), 3);
    assert_eq!(mapping["articles"].as_array().unwrap().len(), 3);
    for name in files(&out).into_iter().filter(|name| name != "run.private.json") {
        let text = fs::read_to_string(out.join(&name)).expect("UTF-8");
        // File names, addresses and remarks would tell as well.
        for told in names.iter().copied().chain(["harbour.txt", "example.org/harbour"]) {
            assert!(!text.contains(told), "{name} tells {told}");
        }
    }
    assert!(fs::read_to_string(out.join("tables/articles.csv")).expect("a table").contains("Outlet 1"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&private).expect("it is there").permissions().mode() & 0o777, 0o600);
    }
    // The next run takes the private file away with the rest.
    compare(&out, &[]);
    assert!(!private.exists());
}
