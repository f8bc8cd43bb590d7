//! `retold check` and `retold explain` as people run them: formats, options, exit codes, odd texts.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Findings in the outlet's own words: `regime` and `cowardly`; quoted: `thugs`.
const DRAFT: &str = "Talks resume\n\nThe regime said on Monday that it would return. Its envoy called the others “thugs” and left.\n\nIt was a cowardly strike, and the regime denied it.\n";
const HOUSE: &str = "id,term,match,category,strength,neutral,level,why,hit,miss,sources\nL-envoy,envoy,word,house,3,delegate,warning,We say delegate,The envoy left,The delegate left,house\nL-talks,talks,word,house,3,negotiations,error,We say negotiations,The talks began,The talk began,house\n";

struct Here(TempDir);

impl Here {
    fn new(files: &[(&str, &str)]) -> Self {
        let here = Self(tempfile::tempdir().expect("a folder"));
        files.iter().for_each(|(name, content)| here.write(name, content));
        here
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("inside a folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("it is there")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("retold").expect("the program is built");
        command.current_dir(self.path()).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        told(&self.command(args).output().expect("it runs"))
    }

    /// The findings as `path:line:column id`.
    fn places(&self, args: &[&str]) -> Vec<String> {
        let (_, out, _) = self.run(&[&["check", "--format", "concise"], args].concat());
        out.lines().map(|line| line.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    }

    fn json(&self, args: &[&str]) -> Value {
        let (_, out, err) = self.run(&[&["check"], args].concat());
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}\n{out}\n{err}"))
    }
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(&output.stdout), text(&output.stderr))
}

fn draft() -> Here {
    Here::new(&[("draft.txt", DRAFT)])
}

#[test]
fn full_shows_the_place_the_reason_and_the_way_on() {
    let (code, out, err) = draft().run(&["check", "draft.txt"]);
    assert_eq!((code, err.as_str()), (0, "3 findings in 1 article (3 notes)\n"));
    let first = out.split("\n\n").next().expect("a finding");
    let lines: Vec<&str> = first.lines().collect();
    assert_eq!(lines[0], "draft.txt:3:5: note: \"regime\" in the outlet's own words [L-regime]");
    assert_eq!(lines[1], "  | The regime said on Monday that it would return");
    assert_eq!(lines[2], "  |     ^^^^^^");
    assert!(lines.iter().any(|line| line.starts_with("  = neutral: government")), "{first}");
    assert_eq!(lines.last(), Some(&"  = help: retold explain L-regime"));
}

#[test]
fn full_cuts_long_sentences_and_counts_columns_of_the_terminal() {
    let long =
        format!("{} 東京の “e\u{301}té” and the regime said so, {}.\n", "Words run on and on".repeat(4), "and on it went ".repeat(9));
    let (_, out, _) = Here::new(&[("a.txt", &long)]).run(&["check", "a.txt"]);
    let lines: Vec<&str> = out.lines().collect();
    let (shown, caret) = (lines[1].strip_prefix("  | ").expect("a sentence"), lines[2].strip_prefix("  | ").expect("a caret"));
    assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
    let before = shown.split("regime").next().expect("text before");
    // Three characters of the text take two columns each, one takes none.
    assert_eq!(caret.find('^'), Some(before.chars().count() + 3 - 1));
}

#[test]
fn concise_is_a_line_each() {
    let (_, out, _) = draft().run(&["check", "draft.txt", "--format", "concise", "--voice", "narrator,direct"]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("draft.txt:3:5: L-regime [narrator] \"regime\" in the outlet's own words: "), "{out}");
    assert!(lines[1].starts_with("draft.txt:3:78: L-thug [direct] \"thugs\" in quoted words of "), "{out}");
}

#[test]
fn json_is_one_object() {
    let json = draft().json(&["draft.txt", "--format", "json"]);
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["tool"]["name"], "retold");
    assert!(json["lexicon"]["entries"].as_u64() > Some(100));
    assert_eq!(json["counts"], serde_json::json!({"articles":1,"findings":3,"note":3,"warning":0,"error":0,"known":0,"skipped":0}));
    let finding = &json["findings"][1];
    assert_eq!((finding["lexicon_id"].as_str(), finding["voice"].as_str()), (Some("L-cowardly"), Some("narrator")));
    let place = |name: &str| usize::try_from(finding[name].as_u64().expect("a number")).expect("small");
    let characters: Vec<char> = DRAFT.chars().collect();
    assert_eq!(characters[place("start")..place("end")].iter().collect::<String>(), "cowardly");
    assert_eq!((place("line"), place("column"), place("end_line"), place("end_column")), (5, 10, 5, 18));
    assert_eq!((finding["pre"].as_str(), finding["post"].as_str()), (Some("It was a "), Some(" strike, and the regime denied it")));
}

#[test]
fn jsonl_is_an_object_a_line_and_ends_in_a_summary() {
    let here = draft();
    here.write("empty.txt", " \n");
    let (code, out, _) = here.run(&["check", "draft.txt", "empty.txt", "--format", "jsonl"]);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let types: Vec<&str> = lines.iter().filter_map(|line| line["type"].as_str()).collect();
    assert_eq!((code, types), (3, vec!["finding", "finding", "finding", "skipped", "summary"]));
    assert_eq!(lines[3]["path"], "empty.txt");
    assert_eq!(lines[4]["counts"]["skipped"], 1);
}

/// What the schema of SARIF 2.1.0 asks of the parts that are written: properties that must be there, values of enumerations,
/// least numbers, and that nothing stands there which it does not know.
fn sarif_faults(log: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, what: &str| faults.push(format!("{place}: {what}"));
    let mut keys = |place: &str, value: &Value, required: &[&str], optional: &[&str]| {
        let Some(object) = value.as_object() else { return fault(place, "is no object") };
        required.iter().filter(|key| !object.contains_key(**key)).for_each(|key| fault(place, &format!("lacks {key}")));
        let known = |key: &str| required.contains(&key) || optional.contains(&key);
        object.keys().filter(|key| !known(key)).for_each(|key| fault(place, &format!("has {key}")));
    };
    keys("log", log, &["version", "runs"], &["$schema"]);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut numbers: Vec<(String, Value, i64)> = Vec::new();
    let mut levels: Vec<Value> = Vec::new();
    let mut uris: Vec<Value> = Vec::new();
    let mut texts: Vec<Value> = Vec::new();
    for run in list(&log["runs"]) {
        keys("run", &run, &["tool"], &["invocations", "columnKind", "results"]);
        keys("tool", &run["tool"], &["driver"], &[]);
        let driver = &run["tool"]["driver"];
        keys("driver", driver, &["name"], &["version", "informationUri", "rules"]);
        uris.push(driver["informationUri"].clone());
        let rules = list(&driver["rules"]);
        for rule in &rules {
            let optional = ["shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration", "properties"];
            keys("rule", rule, &["id"], &optional);
            levels.push(rule["defaultConfiguration"]["level"].clone());
            for text in ["shortDescription", "fullDescription", "help"] {
                keys(text, &rule[text], &["text"], &["markdown"]);
                texts.push(rule[text]["text"].clone());
            }
            uris.extend(rule.get("helpUri").cloned());
        }
        for invocation in list(&run["invocations"]) {
            keys("invocation", &invocation, &["executionSuccessful"], &["toolExecutionNotifications"]);
            for notice in list(&invocation["toolExecutionNotifications"]) {
                keys("notification", &notice, &["message"], &["level", "locations"]);
                levels.push(notice["level"].clone());
            }
        }
        for result in list(&run["results"]) {
            let optional = ["ruleId", "ruleIndex", "level", "locations", "partialFingerprints", "properties"];
            keys("result", &result, &["message"], &optional);
            keys("message", &result["message"], &["text"], &[]);
            levels.push(result["level"].clone());
            texts.push(result["message"]["text"].clone());
            let index = result["ruleIndex"].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX);
            if rules.get(index).is_none_or(|rule| rule["id"] != result["ruleId"]) {
                numbers.push(("ruleIndex".into(), Value::from(-2), 0));
            }
            for location in list(&result["locations"]) {
                keys("location", &location, &[], &["physicalLocation", "logicalLocations"]);
                let physical = &location["physicalLocation"];
                keys("physicalLocation", physical, &["artifactLocation"], &["region"]);
                keys("artifactLocation", &physical["artifactLocation"], &["uri"], &[]);
                uris.push(physical["artifactLocation"]["uri"].clone());
                let region = &physical["region"];
                let optional = ["startColumn", "endLine", "endColumn", "charOffset", "charLength"];
                keys("region", region, &["startLine"], &optional);
                for (name, least) in
                    [("startLine", 1), ("startColumn", 1), ("endLine", 1), ("endColumn", 1), ("charOffset", 0), ("charLength", 0)]
                {
                    numbers.extend(region.get(name).map(|value| (name.to_owned(), value.clone(), least)));
                }
            }
            for value in result["partialFingerprints"].as_object().into_iter().flat_map(|prints| prints.values()) {
                texts.push(value.clone());
            }
        }
        if !["utf16CodeUnits", "unicodeCodePoints"].iter().any(|kind| run["columnKind"] == *kind) {
            levels.push(Value::from("columnKind"));
        }
    }
    for (name, value, least) in numbers {
        if value.as_i64().is_none_or(|n| n < least) {
            fault(&name, &format!("is {value}"));
        }
    }
    for level in levels {
        if !["none", "note", "warning", "error"].iter().any(|known| level == *known) {
            fault("level", &level.to_string());
        }
    }
    for text in texts {
        if text.as_str().is_none_or(str::is_empty) {
            fault("text", &text.to_string());
        }
    }
    for uri in uris {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
        if uri.as_str().is_none_or(|uri| uri.is_empty() || !uri.bytes().all(plain)) {
            fault("uri", &uri.to_string());
        }
    }
    if log["version"] != "2.1.0" {
        fault("version", &log["version"].to_string());
    }
    faults
}

#[test]
fn sarif_holds_to_its_schema() {
    let here = draft();
    here.write("house.csv", HOUSE);
    here.write("im Büro/a b.txt", "The regime left [again](1) {0}.\n");
    here.write("empty.txt", "\n");
    here.write("many.jsonl", "{\"id\":\"one\",\"outlet\":\"A\",\"text\":\"The regime left.\"}\n");
    let paths = ["draft.txt", "im Büro", "empty.txt", "many.jsonl", "--lexicon", "en/framing", "--lexicon", "house.csv"];
    let log = here.json(&[&paths[..], &["--format", "sarif"]].concat());
    assert_eq!(sarif_faults(&log), Vec::<String>::new());
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let rule = |id: &str| rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("{id}"));
    assert_eq!(rule("L-envoy")["defaultConfiguration"]["level"], "warning");
    assert_eq!(rule("L-envoy").get("helpUri"), None, "an entry of the house has no page");
    let page = rule("L-regime")["helpUri"].as_str().expect("a page");
    assert!(page.ends_with("/blob/main/lexicons/en/framing/label_negative.toml"), "{page}");
    let results = run["results"].as_array().expect("results");
    let uris: Vec<&str> =
        results.iter().filter_map(|r| r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str()).collect();
    assert!(uris.contains(&"im%20B%C3%BCro/a%20b.txt"), "{uris:?}");
    let many = results.iter().find(|r| r["locations"][0]["logicalLocations"][0]["name"] == "one").expect("the article of the file");
    assert_eq!(many["locations"][0]["physicalLocation"]["region"], serde_json::json!({"startLine": 1}));
    let notices = run["invocations"][0]["toolExecutionNotifications"].as_array().expect("notices");
    assert_eq!(notices.len(), 1, "the skipped file");
}

#[test]
fn the_check_of_sarif_finds_what_it_looks_for() {
    let mut log = draft().json(&["draft.txt", "--format", "sarif"]);
    log["runs"][0]["results"][0]["level"] = Value::from("info");
    log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] = Value::from(0);
    log["runs"][0]["tool"]["driver"]["rules"][0]["id"] = Value::Null;
    log["runs"][0]["colour"] = Value::from("red");
    assert!(sarif_faults(&log).len() >= 4, "{:?}", sarif_faults(&log));
}

#[test]
fn sarif_is_capped_and_says_so() {
    let here = draft();
    here.write("house.csv", HOUSE);
    here.write("long.txt", &format!("{}\n\nThe envoy left.\n", "The regime left. ".repeat(5200)));
    let log = here.json(&["long.txt", "--lexicon", "en/framing", "--lexicon", "house.csv", "--format", "sarif"]);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 5000);
    assert_eq!(results[4999]["ruleId"], "L-envoy", "the gravest stay");
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"], "5,000 of 5,201 findings are listed here");
}

#[test]
fn rdjson_counts_bytes() {
    let here = Here::new(&[("a.txt", "“Été” – the regime left.\n")]);
    let json = here.json(&["a.txt", "--format", "rdjson"]);
    assert_eq!(json["source"]["name"], "retold");
    let found = &json["diagnostics"][0];
    assert_eq!(found["location"]["path"], "a.txt");
    let range = serde_json::json!({"start": {"line": 1, "column": 21}, "end": {"line": 1, "column": 27}});
    assert_eq!(found["location"]["range"], range);
    assert_eq!((found["severity"].as_str(), found["code"]["value"].as_str()), (Some("INFO"), Some("L-regime")));
    assert!(found.get("suggestions").is_none(), "a proposal is nothing to be applied by a click");
}

#[test]
fn github_lines_are_escaped() {
    let here = draft();
    here.write("a,b.txt", "Prices rose 5 %.\nThe regime left.\n");
    let (_, out, _) = here.run(&["check", "a,b.txt", "--format", "github"]);
    assert!(out.starts_with("::notice file=a%2Cb.txt,line=2,col=5,endColumn=11,title=L-regime (narrator)::\"regime\" in "), "{out}");
    assert_eq!(out.lines().count(), 1);
    here.write("house.csv", HOUSE);
    let (code, out, _) = here.run(&["check", "draft.txt", "--lexicon", "house.csv", "--format", "github"]);
    let starts: Vec<&str> = out.lines().map(|line| line.split(' ').next().unwrap_or("")).collect();
    assert_eq!((code, starts), (1, vec!["::error", "::warning"]));
}

#[test]
fn columns_are_code_points_and_lines_end_as_they_do() {
    let here = Here::new(&[("a.txt", "Ein “Été” – the regime left.\r\n\r\nÜber the regime\u{2019}s men.\r\n")]);
    assert_eq!(here.places(&["a.txt"]), ["a.txt:1:17: L-regime", "a.txt:3:10: L-regime"]);
    let head = Here::new(&[("a.txt", "---\noutlet: A\n---\nThe regime left.\n")]);
    assert_eq!(head.places(&["a.txt"]), ["a.txt:4:5: L-regime"]);
}

#[test]
fn voices_and_strengths_are_chosen() {
    let here = draft();
    let ids = |args: &[&str]| -> Vec<String> { here.places(args).iter().filter_map(|p| p.split(' ').nth(1).map(str::to_owned)).collect() };
    assert_eq!(ids(&["draft.txt"]), ["L-regime", "L-cowardly", "L-regime"]);
    assert_eq!(ids(&["draft.txt", "--voice", "direct"]), ["L-thug"]);
    assert_eq!(ids(&["draft.txt", "--min-strength", "3"]), ["L-cowardly"]);
    assert!(ids(&["draft.txt", "--min-strength", "1"]).len() >= 3);
    assert_eq!(here.run(&["check", "draft.txt", "--min-strength", "0"]).0, 2);
}

#[test]
fn who_speaks_is_told() {
    let here = Here::new(&[("a.txt", "“It was a cowardly strike,” Maria Keller said on Monday.\n")]);
    let (_, out, _) = here.run(&["check", "a.txt", "--voice", "direct", "--format", "concise"]);
    assert!(out.contains("[direct] \"cowardly\" in quoted words of Maria Keller: "), "{out}");
    assert_eq!(here.json(&["a.txt", "--voice", "direct", "--format", "json"])["findings"][0]["speaker"], "Maria Keller");
}

#[test]
fn exit_codes() {
    let here = draft();
    here.write("house.csv", HOUSE);
    here.write("plain.txt", "The delegates met.\n");
    here.write("empty.txt", " \n");
    let code = |args: &[&str]| here.run(&[&["check", "-q"], args].concat()).0;
    let house = ["--lexicon", "en/framing", "--lexicon", "house.csv"];
    assert_eq!(code(&["draft.txt"]), 0, "shipped entries are notes");
    assert_eq!(code(&["draft.txt", "--fail-on", "note"]), 1);
    assert_eq!(code(&[&["draft.txt"], &house[..]].concat()), 1);
    assert_eq!(code(&[&["draft.txt", "--fail-on", "never"], &house[..]].concat()), 0);
    assert_eq!(code(&[&["draft.txt", "--exit-zero"], &house[..]].concat()), 0);
    assert_eq!(code(&["plain.txt", "--fail-on", "note"]), 0);
    assert_eq!(code(&["absent.txt"]), 2);
    assert_eq!(code(&["empty.txt"]), 2, "nothing readable");
    assert_eq!(code(&["plain.txt", "empty.txt"]), 3);
    assert_eq!(code(&["draft.txt", "empty.txt", "--fail-on", "note"]), 1, "a finding before a skipped input");
    assert_eq!(code(&["draft.txt", "empty.txt", "--fail-on", "note", "--exit-zero"]), 3);
    assert_eq!(code(&["draft.txt", "--lexicon", "absent.csv"]), 2);
    here.write("errors.csv", &HOUSE.replace("warning", "note"));
    assert_eq!(code(&["draft.txt", "--lexicon", "errors.csv", "--fail-on", "error"]), 1);
    here.write("notes.csv", &HOUSE.replace("error", "warning"));
    assert_eq!(code(&["draft.txt", "--lexicon", "notes.csv", "--fail-on", "error"]), 0);
}

#[test]
fn paths_are_those_of_the_user() {
    let here = Here::new(&[("in/deep/a.txt", "The regime left.\n"), ("in/b.txt", "The regime left.\n")]);
    let both = ["in/b.txt:1:5: L-regime", "in/deep/a.txt:1:5: L-regime"];
    assert_eq!(here.places(&["in"]), both);
    assert_eq!(here.places(&["./in/deep", "./in/b.txt", "in"]), both);
    assert_eq!(here.places(&["."]), both);
    let whole = here.path().join("in").to_string_lossy().into_owned();
    assert_eq!(here.places(&[&whole]), both, "inside the folder one is in");
    here.write("elsewhere/c.txt", "");
    let mut outside = here.command(&["check", "--format", "concise", "-q", &whole]);
    let (_, out, _) = told(&outside.current_dir(here.path().join("elsewhere")).output().expect("it runs"));
    assert!(out.starts_with("in/b.txt:1:5: ") && !out.contains(&*here.path().to_string_lossy()), "{out}");
    let (_, out, _) = told(&outside.args(["../in/b.txt"]).output().expect("it runs"));
    assert!(out.starts_with("../in/b.txt:1:5: ") || out.contains("\n../in/b.txt:1:5: ") || out.starts_with("in/b.txt"), "{out}");
}

#[test]
fn standard_input_is_an_article() {
    let here = draft();
    let run = |args: &[&str], input: &[u8]| told(&here.command(args).write_stdin(input).output().expect("it runs"));
    let (code, out, _) = run(&["check", "-", "--format", "concise"], "---\ntitle: T\n---\nThe regime left.\n".as_bytes());
    assert!(code == 0 && out.starts_with("stdin:4:5: L-regime [narrator]"), "{out}");
    let (_, out, _) = run(&["check", "-", "draft.txt", "--format", "concise", "-q"], b"\xEF\xBB\xBFThe regime left.\n");
    assert_eq!(out.lines().filter(|line| line.starts_with("stdin:1:5:")).count(), 1);
    assert_eq!(out.lines().count(), 4);
    let (code, _, err) = run(&["check", "-"], b"a\0b");
    assert!(code == 2 && err.contains("skipped: stdin:1: holds NUL characters") && err.contains("error[E011]: no article in -"), "{err}");
    let (code, _, err) = run(&["check", "-", "--format", "concise"], "The regime left caf\u{e9}.".replace('\u{e9}', "").as_bytes());
    assert_eq!((code, err.as_str()), (0, "1 finding in 1 article (1 note)\n"));
}

#[test]
fn files_of_many_articles_name_the_line_and_the_article() {
    let lines = "{\"id\":\"one\",\"outlet\":\"A\",\"text\":\"Plain words here.\"}\n{\"id\":\"two\",\"outlet\":\"A\",\"text\":\"First.\\n\\nThe regime left.\"}\n";
    let here = Here::new(&[("many.jsonl", lines)]);
    let (_, out, _) = here.run(&["check", "many.jsonl", "--format", "concise"]);
    assert!(out.starts_with("many.jsonl:2:1: L-regime [narrator] ") && out.trim_end().ends_with("(article two)"), "{out}");
    let (_, out, _) = here.run(&["check", "many.jsonl"]);
    assert!(out.contains("  = article: two, characters 12 to 18 of its text"), "{out}");
    let finding = here.json(&["many.jsonl", "--format", "json"])["findings"][0].clone();
    assert_eq!((finding["line"].as_u64(), finding.get("column"), finding["start"].as_u64()), (Some(2), None, Some(12)));
}

#[test]
fn sheets_name_outlets() {
    let here = Here::new(&[("in/a.txt", "The regime left.\n"), ("in/articles.csv", "path,outlet\na.txt,The Daily\n")]);
    let outlet = |args: &[&str]| here.json(args)["findings"][0]["outlet"].clone();
    assert_eq!(outlet(&["in", "--format", "json"]), "The Daily");
    here.write("other.csv", "path,outlet\na.txt,Another\n");
    assert_eq!(outlet(&["in", "--format", "json", "--articles", "other.csv"]), "Another");
}

#[test]
fn known_findings_are_left_out() {
    let here = draft();
    let (code, _, _) = here.run(&["check", "draft.txt", "--fail-on", "note", "--write-baseline", "known.json"]);
    assert_eq!(code, 1, "writing them down makes them no fewer");
    let (code, out, err) = here.run(&["check", "draft.txt", "--fail-on", "note", "--baseline", "known.json"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "0 findings in 1 article; 3 left out as known (--baseline)\n"));
    let known: Value = serde_json::from_str(&here.read("known.json")).expect("JSON");
    let prints: Vec<&str> = known["findings"].as_array().expect("a list").iter().filter_map(|f| f["fingerprint"].as_str()).collect();
    assert!(prints.len() == 3 && prints.is_sorted(), "{prints:?}");
    // Lines moved, other sentences edited, the wording in a new sentence, and an old sentence once more.
    here.write(
        "draft.txt",
        &format!(
            "A new start.\n\nNew words.\n\n{}The regime won.\n\nIt was a cowardly strike, and the regime denied it.\n",
            DRAFT.replace("and left", "and went")
        ),
    );
    let (code, out, err) = here.run(&["check", "draft.txt", "--fail-on", "note", "--baseline", "known.json", "--format", "concise"]);
    let places: Vec<&str> = out.lines().filter_map(|line| line.split(": L").next()).collect();
    assert_eq!((code, places), (1, vec!["draft.txt:10:5", "draft.txt:12:10", "draft.txt:12:35"]), "{out}");
    assert!(err.contains("3 left out as known"), "{err}");
    // A file that was renamed is still known; a second one with the same sentence is not.
    here.write("draft.txt", DRAFT);
    fs::rename(here.path().join("draft.txt"), here.path().join("final.txt")).expect("renamed");
    assert_eq!(here.places(&["final.txt", "--baseline", "known.json"]), Vec::<String>::new());
    here.write("draft.txt", DRAFT);
    assert_eq!(here.places(&["final.txt", "draft.txt", "--baseline", "known.json"]).len(), 3);
    here.write("broken.json", "{\"findings\": 3}");
    let (code, _, err) = here.run(&["check", "draft.txt", "--baseline", "broken.json"]);
    assert!(code == 2 && err.contains("error[E025]: broken.json: is no baseline"), "{err}");
}

#[test]
fn fingerprints_do_not_depend_on_what_is_asked_for() {
    let here = draft();
    let prints = |args: &[&str]| -> Vec<String> {
        let json = here.json(&[args, &["--format", "json"]].concat());
        let findings = json["findings"].as_array().expect("findings").clone();
        findings.iter().filter(|f| f["lexicon_id"] == "L-regime").map(|f| f["fingerprint"].to_string()).collect()
    };
    let some = prints(&["draft.txt"]);
    assert_eq!(some, prints(&["draft.txt", "--voice", "narrator,direct", "--min-strength", "1"]));
    assert_ne!(some[0], some[1]);
}

#[test]
fn output_goes_to_a_file_whole_and_never_over_an_input() {
    let here = draft();
    let (code, out, _) = here.run(&["check", "draft.txt", "--format", "sarif", "-o", "made/findings.sarif"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(here.read("made/findings.sarif").starts_with('{'));
    for args in [&["draft.txt", "-o", "draft.txt"][..], &[".", "-o", "./draft.txt"], &["draft.txt", "--write-baseline", "draft.txt"]] {
        let (code, _, err) = here.run(&[&["check"], args].concat());
        assert!(code == 2 && err.contains("error[E046]"), "{args:?}: {err}");
    }
    assert_eq!(here.read("draft.txt"), DRAFT);
    // Files of the check itself are no inputs, though they lie among them.
    here.write("house.csv", HOUSE);
    fs::remove_dir_all(here.path().join("made")).expect("removed");
    let run = [".", "--write-baseline", "known.json", "-o", "out.json", "--format", "json", "--lexicon", "house.csv", "--exit-zero"];
    assert_eq!(here.run(&[&["check"], &run[..]].concat()).0, 0);
    assert_eq!(here.run(&[&["check"], &run[..]].concat()).0, 0);
    let left: Vec<String> =
        fs::read_dir(here.path()).expect("a folder").map(|e| e.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
}

#[test]
fn the_same_bytes_for_any_order_and_threads() {
    let here = Here::new(&[("b.txt", DRAFT), ("a.txt", DRAFT), ("c/d.txt", DRAFT)]);
    for format in ["full", "concise", "json", "jsonl", "sarif", "rdjson", "github"] {
        let run = |args: &[&str]| here.run(&[&["check", "-q", "--format", format], args].concat()).1;
        let one = run(&["a.txt", "b.txt", "c", "-j", "1"]);
        assert!(one.matches("cowardly").count() >= 3);
        assert_eq!(one, run(&["c", "b.txt", "a.txt", "-j", "2"]), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn hostile_text_and_names_stay_text() {
    let name = "a\u{1b}[31m\n::error::x\u{202e}.txt";
    let text = "A \u{1b}[31m\u{9b}1m\u{202e}cowardly\u{2028}strike by the regime’s [men](http://e.example) ::error:: 5%\n";
    let here = Here::new(&[(name, text)]);
    here.write("empty\u{1b}\n::error::.txt", " ");
    for format in ["full", "concise", "json", "jsonl", "sarif", "rdjson", "github"] {
        let (_, out, err) = here.run(&["check", ".", "--format", format, "--min-strength", "1"]);
        for (c, shown) in ['\u{1b}', '\u{9b}', '\u{202e}'].into_iter().flat_map(|c| [(c, &out), (c, &err)]) {
            assert!(!shown.contains(c), "{format}: {c:?} in {shown}");
        }
        assert!(out.contains("regime") && !out.contains("\n::error::") && !err.contains("\n::error::"), "{format}: {out}{err}");
    }
    let finding = here.json(&[".", "--format", "json"])["findings"][0].clone();
    assert_eq!(finding["path"], name, "JSON is exact");
}

#[test]
fn a_closed_pipe_and_a_full_disk() {
    let here = draft();
    if cfg!(target_os = "linux") {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("retold"));
        let output = command.current_dir(here.path()).args(["check", "draft.txt"]).stdout(full).output().expect("it runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && err.contains("error[E042]: cannot write to standard output"), "{err}");
    }
}

#[test]
fn quiet_keeps_errors_and_skipped_inputs() {
    let here = draft();
    here.write("empty.txt", " \n");
    assert_eq!(here.run(&["check", "-q", "draft.txt"]).2, "");
    let (_, _, err) = here.run(&["check", "-q", "draft.txt", "empty.txt"]);
    assert_eq!(err, "warning[W075]: skipped: empty.txt:1: holds no word\n  help: give the article's text\n");
}

#[test]
fn explain_tells_codes_and_entries() {
    let here = Here::new(&[("house.csv", HOUSE)]);
    let (code, out, _) = here.run(&["explain", "e014"]);
    assert!(code == 0 && out.starts_with("E014  All articles belong to one outlet.") && out.contains("  to mend     "), "{out}");
    let (code, out, _) = here.run(&["explain", "L-COWARDLY"]);
    assert_eq!(code, 0);
    for part in [
        "L-cowardly  cowardly",
        "  category    Emotive evaluation: ",
        "  neutral     ",
        "  why         ",
        "  source      ",
        "  found in    ",
        "  not in      ",
        "  written in  lexicons/en/framing/emotive_evaluation.toml:",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert_eq!(out, here.run(&["explain", "cowardly"]).1);
    let (code, out, _) = here.run(&["explain", "occupation", "troops"]);
    assert!(code == 0 && out.starts_with("L-occupation-troops"), "{out}");
    let (code, out, _) = here.run(&["explain", "envoy", "--lexicon", "house.csv"]);
    assert!(code == 0 && out.contains("level       warning") && out.contains("written in  house.csv:2"), "{out}");
    let (code, out, err) = here.run(&["explain", "L-cowerdly"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("error[E031]: unknown code or entry \"L-cowerdly\"") && err.contains("L-cowardly"), "{err}");
    assert_eq!(here.run(&["explain"]).0, 2);
}
