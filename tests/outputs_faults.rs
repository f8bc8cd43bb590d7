//! What a process shows when it is told to end, when there is no room, when nobody listens and when another writes into its place.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

const A: &str = "The ministry said on Monday that the northern regime had fired twelve rockets across the border into the valley.\n";
const B: &str = "The ministry said on Monday that the northern government had fired twelve rockets across the border into the valley.\n";

fn retold(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("retold"));
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// The program started by a shell that first does what `before` says, and redirects as `after` says.
fn shell(folder: &Path, before: &str, args: &str, after: &str) -> Command {
    let mut command = Command::new("sh");
    let program = assert_cmd::cargo::cargo_bin("retold");
    command.current_dir(folder).stdin(Stdio::null()).arg("-c").arg(format!("{before}\nexec '{}' {args} {after}", program.display()));
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Two articles, and a house list.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (outlet, text) in [("harbour", A), ("valley", B)] {
        fs::create_dir_all(folder.path().join("news").join(outlet)).expect("a folder");
        fs::write(folder.path().join("news").join(outlet).join("a.txt"), text).expect("written");
    }
    folder
}

/// Articles that take a while: different words each, so that nothing is put together.
fn many(folder: &Path) {
    let mut rows = String::from("id,outlet,text\n");
    let mut state = 1u64;
    for article in 0..4_000 {
        rows.push_str(&format!("{article},Outlet {},", article % 7));
        for _ in 0..150 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            rows.push_str(&format!("w{} ", (state >> 33) % 40_000));
        }
        rows.push('\n');
    }
    fs::write(folder.join("many.csv"), rows).expect("written");
}

/// Names of Retold's own that lie about in a folder.
fn lying_about(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").file_name().into_string().expect("UTF-8"));
    names.filter(|name| name.starts_with(".retold-")).collect()
}

/// A long run into `out`, once its folder in the making is there.
fn long_run(folder: &Path, before: &str) -> Child {
    let mut command = shell(folder, before, "compare --threads 1 many.csv -o out", "");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    until(|| lying_about(folder).iter().any(|name| name.ends_with("-1")));
    child
}

fn until(there: impl Fn() -> bool) {
    for _ in 0..6_000 {
        if there() {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("it never came");
}

fn kill(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill").success());
}

#[test]
fn told_to_end_it_leaves_nothing_and_says_so() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let folder = folder();
        many(folder.path());
        fs::create_dir(folder.path().join("kept")).expect("a folder");
        let child = long_run(folder.path(), "");
        kill(&child, signal);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{signal}: {}", told(&output));
        assert!(output.stdout.is_empty(), "{signal}");
        assert!(told(&output).contains("error[E071]: ended by SIG"), "{signal}: {}", told(&output));
        assert_eq!(lying_about(folder.path()), [""; 0], "{signal}");
        assert!(!folder.path().join("out").exists(), "{signal}");
    }
}

#[test]
fn folders_made_on_the_way_go_as_well() {
    let folder = folder();
    many(folder.path());
    let mut command = shell(folder.path(), "", "compare many.csv -o new/er/out", "");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    until(|| folder.path().join("new/er").is_dir() && lying_about(&folder.path().join("new/er")).len() > 1);
    kill(&child, "-INT");
    assert_eq!(child.wait_with_output().expect("it ends").status.code(), Some(130));
    assert!(!folder.path().join("new").exists());
}

/// Signals of a mask in what Linux says of a process.
fn mask(child: &Child, of: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix(of)).unwrap_or("0");
    u64::from_str_radix(mask.trim(), 16).expect("a mask")
}

#[test]
fn what_it_was_started_to_ignore_it_ignores() {
    for (before, signal, code) in [("", "-INT", 130), ("trap '' INT", "-INT", 0), ("trap '' HUP", "-HUP", 0)] {
        let folder = folder();
        let mut command = shell(folder.path(), before, "kwic ministry -", "");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        until(|| mask(&child, "SigCgt:") & 1 << 14 != 0);
        kill(&child, signal);
        if code == 0 {
            let mut input = child.stdin.take().expect("a pipe");
            input.write_all(A.as_bytes()).expect("it listens");
        }
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{before} {signal}: {}", told(&output));
    }
}

#[test]
fn of_two_runs_into_one_folder_the_later_gives_way() {
    let folder = folder();
    many(folder.path());
    let first = long_run(folder.path(), "");
    let second = retold(folder.path()).args(["compare", "news", "-o", "out"]).output().expect("it runs");
    assert_eq!(second.status.code(), Some(2));
    assert!(told(&second).contains("error[E070]: another run is writing into out"), "{}", told(&second));
    assert!(!folder.path().join("out").exists());
    // Into another folder it goes its way, and leaves what the first is making alone.
    let aside = retold(folder.path()).args(["compare", "news", "-o", "aside"]).output().expect("it runs");
    assert_eq!(aside.status.code(), Some(0), "{}", told(&aside));
    assert_eq!(lying_about(folder.path()).len(), 2);
    // What a kill leaves blocks nobody, and the next run beside it clears it.
    kill(&first, "-KILL");
    first.wait_with_output().expect("it ends");
    assert_eq!(lying_about(folder.path()).len(), 2, "a kill leaves what it leaves");
    let other = retold(folder.path()).args(["compare", "news", "-o", "other"]).output().expect("it runs");
    assert_eq!(other.status.code(), Some(0), "{}", told(&other));
    assert_eq!(lying_about(folder.path()), [""; 0]);
    let third = retold(folder.path()).args(["compare", "news", "-o", "out"]).output().expect("it runs");
    assert_eq!(third.status.code(), Some(0), "{}", told(&third));
}

#[test]
fn what_somebody_else_named_alike_stays() {
    let folder = folder();
    let names = [".retold-mine.lock", ".retold-1.part", ".retold-0123456789abcdef", ".retold-x-1.part", ".retold-0123456789abcdeg.lock"];
    names.iter().for_each(|name| fs::write(folder.path().join(name), "mine").expect("written"));
    let output = retold(folder.path()).args(["compare", "news", "-o", "out"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(lying_about(folder.path()).len(), names.len());
    // What was left of a file in the making is not somebody else's.
    fs::write(folder.path().join(".retold-4711-1.part"), "half").expect("written");
    let output = retold(folder.path()).args(["kwic", "ministry", "news", "-o", "kwic.csv"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(lying_about(folder.path()).len(), names.len());
}

/// Every command that prints, with a place of its own to write into where it writes.
fn printing() -> Vec<Vec<&'static str>> {
    let typed = "--help|--version|help compare|compare --help|check --help|schema|explain E014|explain L-cowardly|kwic ministry news\
        |kwic ministry news --format csv|align news/harbour/a.txt news/valley/a.txt|check news|check news --format sarif\
        |check news --format jsonl|lexicon list|lexicon show L-cowardly|lexicon test news|lexicon export\
        |lexicon diff house.csv en/framing news|lexicon init own.csv|init --sheet news|init started|worksheet --check answers.csv\
        |man|man man|completions bash|compare --list-files news|compare --dump-config news|demo -o demo|demo --articles articles|compare news -o out|compare --quiet news -o out2";
    typed.split('|').map(|line| line.split_whitespace().collect()).collect()
}

/// A folder in which all of them have something to print.
fn stocked() -> TempDir {
    let folder = folder();
    let house = retold(folder.path()).args(["lexicon", "init", "house.csv"]).output().expect("it runs");
    assert!(house.status.success(), "{}", told(&house));
    let pupils =
        "The coward's regime in the north sent its terrorists, and the ministry said that cowardly attack had failed in the valley.\n";
    fs::write(folder.path().join("news/harbour/b.txt"), pupils).expect("written");
    fs::write(folder.path().join("news/valley/b.txt"), pupils.replace("terrorists", "fighters").replace("cowardly ", "")).expect("written");
    let sheet = retold(folder.path()).args(["worksheet", "news", "-o", "sheet"]).output().expect("it runs");
    assert!(sheet.status.success(), "{}", told(&sheet));
    for name in ["answers.csv", "key.csv"] {
        fs::copy(folder.path().join("sheet").join(name), folder.path().join(name)).expect("it is there");
    }
    fs::remove_dir_all(folder.path().join("sheet")).expect("removed");
    fs::create_dir(folder.path().join("started")).expect("a folder");
    fs::write(folder.path().join("started/a.txt"), A).expect("written");
    folder
}

#[test]
fn a_full_disk_behind_standard_output_is_no_success() {
    let folder = stocked();
    for args in printing() {
        let full = File::options().write(true).open("/dev/full").expect("the full device");
        let output = retold(folder.path()).args(&args).stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", told(&output));
        assert!(told(&output).contains("error[E042]: cannot write to standard output: No space left"), "{args:?}: {}", told(&output));
    }
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let folder = stocked();
    for args in printing() {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = retold(folder.path()).args(&args).stdout(writer).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", told(&output));
        assert!(!told(&output).contains("error"), "{args:?}: {}", told(&output));
    }
}

#[test]
fn closed_descriptors_are_no_fault() {
    let folder = stocked();
    for args in printing() {
        let output = shell(folder.path(), "", &args.join(" "), "<&- >&- 2>&-").output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
    assert!(folder.path().join("out/run.json").is_file());
    for redirected in [">&-", "2>&-", "<&-"] {
        for args in ["--help", "kwic ministry news", "compare news -o out"] {
            let output = shell(folder.path(), "", args, redirected).output().expect("it runs");
            assert_eq!(output.status.code(), Some(0), "{args} {redirected}: {}", told(&output));
        }
    }
}

#[test]
fn past_a_limit_on_the_size_of_files_nothing_is_left() {
    let folder = folder();
    let output = shell(folder.path(), "ulimit -f 40", "compare news -o out", "").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("error[E042]: cannot write") && told(&output).contains("File too large"), "{}", told(&output));
    assert!(!folder.path().join("out").exists());
    assert_eq!(lying_about(folder.path()), [""; 0]);
}

/// Where a result is to go, and what it says when it does not.
fn refused(folder: &Path, args: &[&str], says: &str) {
    let output = retold(folder).args(args).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", told(&output));
    assert!(told(&output).contains(says), "{args:?}: {}", told(&output));
    assert_eq!(lying_about(folder), [""; 0], "{args:?}");
}

#[test]
fn places_that_hold_something_else_are_left_alone() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a-file"), "mine").expect("written");
    symlink("nowhere", at("dangling")).expect("a link");
    fs::create_dir(at("foreign")).expect("a folder");
    fs::write(at("foreign/mine.txt"), "mine").expect("written");
    for place in ["a-file", "dangling", "foreign"] {
        refused(folder.path(), &["compare", "news", "-o", place], "error[E040]");
    }
    for place in ["a-file", "dangling"] {
        refused(folder.path(), &["compare", "news", "--force", "-o", place], "error[E040]");
    }
    refused(folder.path(), &["compare", "news", "-o", "a-file/out"], "error[E042]: cannot create");
    refused(folder.path(), &["compare", "news", "-o", "news/harbour"], "error[E041]");
    refused(folder.path(), &["compare", "news", "-o", "news/new"], "error[E041]");
    refused(folder.path(), &["compare", "news/harbour", "news/valley", "-o", "news"], "error[E041]");
    refused(folder.path(), &["kwic", "ministry", "news", "-o", "dangling"], "error[E042]");
    refused(folder.path(), &["kwic", "ministry", "news", "-o", "foreign"], "error[E042]");
    refused(folder.path(), &["demo", "--articles", "dangling"], "error[E042]");
    assert_eq!(fs::read_to_string(at("a-file")).expect("readable"), "mine");
    assert_eq!(fs::read_link(at("dangling")).expect("a link"), PathBuf::from("nowhere"));
    assert!(!at("nowhere").exists());
    assert_eq!(fs::read_dir(at("foreign")).expect("readable").count(), 1);
}

#[test]
fn a_link_to_a_result_and_a_result_that_is_kept() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("elsewhere")).expect("a folder");
    symlink("elsewhere/out", at("link")).expect("a link");
    fs::create_dir(at("elsewhere/out")).expect("a folder");
    fs::set_permissions(at("elsewhere/out"), fs::Permissions::from_mode(0o750)).expect("permissions");
    let output = retold(folder.path()).args(["compare", "news", "-o", "link"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(fs::symlink_metadata(at("link")).expect("there").is_symlink() && at("elsewhere/out/report.html").is_file());
    assert_eq!(lying_about(&at("elsewhere")), [""; 0]);
    assert_eq!(fs::metadata(at("elsewhere/out")).expect("there").permissions().mode() & 0o777, 0o750, "as open as it was");
    // What is read-only is meant to stay.
    fs::set_permissions(at("elsewhere/out"), fs::Permissions::from_mode(0o555)).expect("permissions");
    let before = fs::metadata(at("elsewhere/out/report.html")).expect("there").modified().expect("a time");
    refused(folder.path(), &["compare", "news", "-o", "link"], "it is read-only");
    assert_eq!(fs::metadata(at("elsewhere/out/report.html")).expect("there").modified().expect("a time"), before);
    fs::set_permissions(at("elsewhere/out"), fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[test]
fn what_is_no_file_in_a_result_stays_and_is_not_read() {
    let folder = folder();
    let run = || retold(folder.path()).args(["compare", "news", "-o", "out"]).output().expect("it runs");
    assert_eq!(run().status.code(), Some(0));
    let pipe = folder.path().join("out/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let output = run();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(fs::metadata(&pipe).expect("it is there").file_type().is_fifo());
}
