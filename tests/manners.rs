//! How the program behaves towards people and programs: help, manual, completions, what would run, progress, colours.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use retold::watch::Stage;
use serde_json::Value;

/// Exit code, standard output, standard error.
fn retold(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let run = Command::cargo_bin("retold").expect("built").args(args).current_dir(folder).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (run.status.code().unwrap_or(-1), text(&run.stdout), text(&run.stderr))
}

fn here(args: &[&str]) -> (i32, String, String) {
    retold(Path::new("."), args)
}

fn seeds() -> String {
    fs::canonicalize("seeds").expect("they are there").display().to_string()
}

#[test]
fn alone_it_says_where_to_start() {
    let (code, said, told) = here(&[]);
    assert_eq!((code, told.as_str()), (0, ""));
    assert!(said.contains("retold demo") && said.contains("retold compare") && said.lines().count() < 15, "{said}");
}

#[test]
fn a_misspelt_name_is_answered_with_the_nearest() {
    for (args, expected) in [
        (&["compar", "seeds"][..], "'compare'"),
        (&["compare", "seeds", "--lexikon", "x"], "'--lexicon'"),
        (&["compare", "seeds", "--text", "exerpt"], "'excerpt'"),
        (&["seeds"], "retold compare seeds"),
        (&["explain", "L-cowerdly"], "L-cowardly"),
    ] {
        let (code, _, told) = here(args);
        assert_eq!(code, 2, "{args:?}");
        assert!(told.contains(expected), "{args:?}: {told}");
    }
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, told) = here(&["completions", shell]);
        assert_eq!((code, told.as_str()), (0, ""), "{shell}");
        assert!(script.contains("worksheet") && script.contains("mask-outlets"), "{shell}");
    }
    assert_eq!(here(&["completions", "cmd"]).0, 2);
}

#[test]
fn the_manual_is_printed_or_written_a_page_a_command() {
    let (code, printed, _) = here(&["man"]);
    assert_eq!(code, 0);
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("man1");
    assert_eq!(here(&["man", folder.to_str().expect("UTF-8")]).0, 0);
    let pages = fs::read_dir(&folder).expect("it is there").count();
    assert_eq!(printed.matches(".TH ").count(), pages);
    let page = fs::read_to_string(folder.join("retold-check.1")).expect("it is there");
    assert!(page.contains(".SH \"EXIT STATUS\"") && page.contains("retold check drafts/"), "{page}");
}

/// Help of each command: examples, and no line wider than asked for.
#[test]
fn help_pages_have_examples_and_keep_their_width() {
    for command in ["compare", "check", "align", "kwic", "init", "worksheet", "demo", "explain", "schema", "completions", "man"] {
        let run = Command::cargo_bin("retold").expect("built").args([command, "--help"]).env("COLUMNS", "80").output().expect("it runs");
        let help = String::from_utf8_lossy(&run.stdout).into_owned();
        let flags = help.split("Exit codes:").next().and_then(|rest| rest.split("Example").next()).unwrap_or_default();
        assert!(help.contains(&format!("  retold {command}")), "{command} has no example");
        let wide: Vec<&str> = flags.lines().filter(|line| line.chars().count() > 80).collect();
        assert_eq!(wide, Vec::<&str>::new(), "{command}");
    }
}

/// Keys and values of a dump, without where they come from.
fn settings(dump: &str) -> BTreeMap<String, toml::Value> {
    let table: toml::Table = toml::from_str(dump).expect("a dump is TOML");
    table.into_iter().flat_map(|(_, section)| section.as_table().cloned().unwrap_or_default()).collect()
}

#[test]
fn what_would_run_can_be_given_back() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(
        place.path().join("retold.toml"),
        "window = 3\n[compare]\nonly = [\"tables\", \"report\"]\ntitle = \"In the \\\"file\\\"\"\n",
    )
    .expect("written");
    let seeds = seeds();
    let asked = ["compare", &seeds, "--excel", "--lexicon", "en/framing", "--window", "5", "--dump-config"];
    let (code, dump, told) = retold(place.path(), &asked);
    assert_eq!((code, told.as_str()), (0, ""));
    for line in [
        "excel = true  # typed",
        "window = 5  # typed",
        "only = [\"tables\", \"report\"]  # retold.toml",
        "png = false  # default",
        "# reference is not given",
    ] {
        assert!(dump.lines().any(|found| found == line), "{line} in:\n{dump}");
    }
    assert!(!place.path().join("retold-out").exists(), "nothing runs");
    fs::write(place.path().join("again.toml"), &dump).expect("written");
    let (code, again, told) = retold(place.path(), &["compare", &seeds, "--config", "again.toml", "--dump-config"]);
    assert_eq!((code, told.as_str()), (0, ""));
    assert_eq!(settings(&again), settings(&dump));
    assert_eq!(settings(&dump)["title"].as_str(), Some("In the \"file\""));
}

/// Every command that can be dumped can be given its dump back, defaults that exclude what was typed among them.
#[test]
fn the_dump_of_each_command_is_valid() {
    let place = tempfile::tempdir().expect("a folder");
    let seeds = seeds();
    for args in [
        &["check", &seeds, "--voice", "narrator,direct"][..],
        &["kwic", "occup*", &seeds],
        &["worksheet", &seeds, "--passages", "3"],
        &["demo", "--articles", "x"],
        &["lexicon", "test", &seeds],
        &["init", "."],
        &["schema"],
    ] {
        let dump = retold(place.path(), &[args, &["--dump-config", "--isolated"]].concat());
        assert_eq!((dump.0, dump.2.as_str()), (0, ""), "{args:?}");
        fs::write(place.path().join("d.toml"), &dump.1).expect("written");
        let again = retold(place.path(), &[args, &["--dump-config", "--config", "d.toml"]].concat());
        assert_eq!((again.0, again.2.as_str()), (0, ""), "{args:?}");
        assert_eq!(settings(&again.1), settings(&dump.1), "{args:?}");
    }
}

#[test]
fn what_would_be_read_is_listed() {
    let place = tempfile::tempdir().expect("a folder");
    for (name, content) in [("a.txt", "Some words of text."), ("b.dat", "\0\u{1}\u{2}"), ("c.txt", "outlet\ttitle\ttext\nA\tB\tC\n")] {
        fs::write(place.path().join(name), content).expect("written");
    }
    let (code, listed, told) = retold(place.path(), &["compare", ".", "--list-files"]);
    assert_eq!(code, 0);
    let folder = place.path().file_name().expect("named").to_string_lossy().into_owned();
    let lines: Vec<Vec<&str>> =
        listed.lines().map(|line| line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect()).collect();
    let named = |name: &str| format!("{folder}/{name}");
    assert_eq!(lines, [["text", &named("a.txt")], ["[no format that is read]", &named("b.dat")], ["table", &named("c.txt")]]);
    assert!(told.contains("3 files, 1 of them not read"), "{told}");
}

#[test]
fn progress_for_programs_is_json_and_changes_no_result() {
    let place = tempfile::tempdir().expect("a folder");
    let seeds = seeds();
    // One file that is skipped, so that there is a message among the lines.
    fs::write(place.path().join("odd.dat"), "\0\0").expect("written");
    let out = |name: &str| ["compare".to_owned(), seeds.clone(), "odd.dat".to_owned(), "-o".to_owned(), name.to_owned()];
    let run = |name: &str, more: &[&str]| {
        let typed = out(name);
        let all: Vec<&str> = typed.iter().map(String::as_str).chain(more.iter().copied()).collect();
        retold(place.path(), &all)
    };
    let (code, _, told) = run("json", &["--progress", "json", "-v"]);
    assert_eq!(code, 3);
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect();
    let stages: Vec<&str> = lines.iter().filter_map(|line| line["stage"].as_str()).collect();
    let mut once = stages.clone();
    once.dedup();
    let expected: Vec<&str> = Stage::ALL.iter().map(|stage| stage.name()).chain(["done"]).collect();
    assert_eq!(once, expected);
    assert_eq!(lines.last().map(|line| line["stage"] == "done" && line["seconds"].is_number()), Some(true));
    for line in lines.iter().filter(|line| line["total"].is_number()) {
        assert!(line["done"].as_u64() <= line["total"].as_u64(), "{line}");
    }
    assert!(
        lines.iter().any(|line| line["code"] == "W075"
            && line["help"].is_string()
            && line["message"].as_str().is_some_and(|m| m.contains("odd.dat"))),
        "{told}"
    );
    assert!(lines.iter().any(|line| line["level"] == "note" && line["message"].as_str().is_some_and(|m| m.ends_with("in all"))), "{told}");
    let (code, _, told) = run("plain", &[]);
    assert_eq!(code, 3);
    assert!(!told.contains("\"stage\""), "{told}");
    for table in ["tables/substitutions.csv", "tables/passages.csv", "report.html"] {
        let read = |name: &str| fs::read(place.path().join(name).join(table)).expect("it was written");
        assert!(read("json") == read("plain"), "{table}");
    }
}

#[test]
fn what_goes_wrong_is_json_where_that_was_asked_for() {
    for args in [
        &["compare", "not-there", "--progress", "json"][..],
        &["compare", "seeds", "--progress=json", "--no-such-flag"],
        &["compare", "seeds", "--progress", "json", "--config", "not-there.toml"],
    ] {
        let (code, _, told) = here(args);
        assert_eq!(code, 2, "{args:?}");
        for line in told.lines() {
            let message: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
            assert_eq!(message["level"], "error", "{line}");
            assert!(message["code"].as_str().is_some_and(|code| code.starts_with('E')) && message["help"].is_string(), "{line}");
        }
        assert_eq!(told.lines().count(), 1, "{args:?}: {told}");
    }
}

#[test]
fn colours_are_for_terminals() {
    let (_, _, plain) = here(&["compare", "not-there"]);
    assert!(plain.starts_with("error[E010]: ") && !plain.contains('\u{1b}'), "{plain:?}");
    let (_, _, painted) = here(&["compare", "not-there", "--color", "always"]);
    assert!(painted.contains("\u{1b}[1merror[E010]\u{1b}[0m: "), "{painted:?}");
    let (_, _, refused) = here(&["compare", "--no-such-flag", "--color=always"]);
    assert!(refused.contains('\u{1b}'), "{refused:?}");
}

/// What each stage took is told on request, on standard error only.
#[test]
fn costs_are_told_on_request() {
    let place = tempfile::tempdir().expect("a folder");
    let seeds = seeds();
    let (code, said, told) = retold(place.path(), &["compare", &seeds, "-o", "out", "--only", "tables", "-v"]);
    assert_eq!(code, 0);
    for stage in Stage::ALL {
        assert!(told.lines().any(|line| line.ends_with(&format!(" s  {}", stage.name()))), "{}: {told}", stage.name());
    }
    assert!(told.contains(" s  in all") && !said.contains(" s  in all"));
}
