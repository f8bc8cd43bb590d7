//! Files that are no files, cannot be opened, are too many, too deep, too large, or change while they are read: each is named, the
//! rest is read, and nothing waits for ever.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

const A: &str = "The ministry said on Monday that the northern regime had fired twelve rockets across the border into the valley.";
const B: &str = "The ministry said on Monday that the northern government had fired twelve rockets across the border into the valley.";

/// A folder `in` with two articles.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("in");
    fs::create_dir(&inside).expect("made");
    fs::write(inside.join("a.txt"), A).expect("written");
    fs::write(inside.join("b.txt"), B).expect("written");
    folder
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("retold"));
    command.current_dir(folder);
    command
}

const COMPARE: [&str; 6] = ["compare", "in", "-o", "out", "--only", "tables"];

/// Exit code and what was said.
fn run(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().expect("it runs");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert!(!told.contains("E099") && !told.contains("panicked"), "{told}");
    (output.status.code(), told)
}

fn says(told: &str, parts: &[&str]) {
    for part in parts {
        assert!(told.contains(part), "\"{part}\" is missing in: {told}");
    }
}

#[test]
fn what_is_no_file_is_named_and_nothing_waits_for_it() {
    let folder = folder();
    let inside = folder.path().join("in");
    // Nobody writes into it: whoever opened it would wait for ever.
    assert!(Command::new("mkfifo").arg(inside.join("pipe.csv")).status().expect("mkfifo").success());
    let _socket = UnixListener::bind(inside.join("socket.txt")).expect("bound");
    symlink("/dev/zero", inside.join("zero.txt")).expect("linked");
    symlink("/etc/hostname", inside.join("outside.txt")).expect("linked");
    symlink("loop.txt", inside.join("loop.txt")).expect("linked");
    symlink("..", inside.join("up")).expect("linked");
    fs::create_dir(inside.join("folder.csv")).expect("made");
    fs::write(inside.join("folder.csv/c.txt"), "A third text, of its own.").expect("written");
    let (code, told) = run(command(folder.path()).args(COMPARE));
    assert_eq!(code, Some(3), "{told}");
    says(
        &told,
        &[
            "in/pipe.csv: is no regular file",
            "in/socket.txt: is no regular file",
            "in/zero.txt: is a link; links are not followed",
            "in/outside.txt: is a link; links are not followed",
            "in/loop.txt: is a link; links are not followed",
            "in/up: is a link; links are not followed",
            "= 3 analysed + 6 skipped.",
        ],
    );
    // Given by name, a device is none either.
    let (code, told) = run(command(folder.path()).args(["compare", "in/a.txt", "in/b.txt", "/dev/zero", "in/pipe.csv", "-o", "two"]));
    assert_eq!(code, Some(3), "{told}");
    says(&told, &["zero: is no regular file", "pipe.csv: is no regular file", "= 2 analysed + 2 skipped."]);
}

#[test]
fn what_may_not_be_opened_is_named() {
    let folder = folder();
    let locked = [folder.path().join("in/locked.txt"), folder.path().join("in/locked")];
    fs::write(&locked[0], "No").expect("written");
    fs::create_dir(&locked[1]).expect("made");
    fs::write(locked[1].join("inside.txt"), "No").expect("written");
    let all = |mode: u32| locked.iter().for_each(|path| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set"));
    all(0o000);
    let mut compare = command(folder.path());
    if File::open(&locked[0]).is_ok() {
        // Whoever may open everything sees nothing of this: somebody else tries, with a program within reach.
        use std::os::unix::process::CommandExt;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("set");
        let program = folder.path().join("retold");
        fs::copy(assert_cmd::cargo::cargo_bin("retold"), &program).expect("copied");
        compare = Command::new(program);
        compare.current_dir(folder.path()).uid(65_534);
    }
    let (code, told) = run(compare.args(COMPARE));
    all(0o755);
    assert_eq!(code, Some(3), "{told}");
    says(&told, &["in/locked.txt: cannot be read: ", "in/locked: cannot be listed: ", "= 2 analysed + 2 skipped."]);
}

#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    fs::write(folder.path().join("in").join(std::ffi::OsStr::from_bytes(b"\xff\x1b[31m\n.txt")), "A third text, of its own.")
        .expect("written");
    let (code, told) = run(command(folder.path()).args(COMPARE));
    assert_eq!(code, Some(0), "{told}");
    assert!(!told.contains('\u{1b}'), "{told:?}");
    says(&told, &["= 3 analysed + 0 skipped."]);
}

#[test]
fn more_files_than_may_be_open_and_folders_in_folders() {
    let folder = folder();
    let inside = folder.path().join("in");
    for i in 0..3_000 {
        // Nothing to read in most of them: what is tried is that they are opened.
        fs::write(inside.join(format!("{i}.jsonl")), "\n").expect("written");
    }
    let deep = (0..1_500).fold(inside, |path: PathBuf, _| path.join("d"));
    fs::create_dir_all(&deep).expect("made");
    fs::write(deep.join("deep.txt"), "A third text, of its own.").expect("written");
    let mut shell = Command::new("sh");
    let program = assert_cmd::cargo::cargo_bin("retold");
    shell.current_dir(folder.path()).args(["-c", "ulimit -n 64; exec \"$0\" \"$@\""]).arg(program).args(COMPARE);
    let (code, told) = run(&mut shell);
    assert_eq!(code, Some(3), "{told}");
    says(&told, &["Read 3,003 records in 3,003 files = 3 analysed + 3,000 skipped."]);
}

#[test]
fn a_file_larger_than_the_bound_is_not_read() {
    let folder = folder();
    // A hole: it takes no room on the disk.
    File::create(folder.path().join("in/hole.csv")).expect("made").set_len(6 << 30).expect("set");
    let (code, told) = run(command(folder.path()).args(COMPARE).args(["--limit", "file=1G"]));
    assert_eq!(code, Some(3), "{told}");
    says(
        &told,
        &["in/hole.csv: the file is longer than 1024 MiB, the bound on one file", "--limit file=SIZE", "= 2 analysed + 1 skipped."],
    );
}

/// Another program cuts the file as soon as it is open.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_shrinks_while_it_is_read_is_named() {
    let folder = folder();
    let path = folder.path().join("in/log.csv");
    // Blank rows cost time to read and none to compare.
    fs::write(&path, format!("outlet,text\n{}", ",\n".repeat(24 << 20))).expect("written");
    let (whole, path) = (fs::metadata(&path).expect("there").len(), path.canonicalize().expect("there"));
    let mut child = command(folder.path());
    let mut child =
        child.args(COMPARE).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("it starts");
    let open = PathBuf::from(format!("/proc/{}/fd", child.id()));
    let is_open =
        || fs::read_dir(&open).is_ok_and(|mut all| all.any(|fd| fd.is_ok_and(|fd| fs::read_link(fd.path()).is_ok_and(|to| to == path))));
    while !is_open() && child.try_wait().expect("asked").is_none() {
        std::thread::yield_now();
    }
    File::options().write(true).open(&path).expect("there").set_len(1000).expect("cut");
    let output = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    says(&told, &["in/log.csv: became shorter while it was read: ", &format!("bytes of {whole}")]);
}
