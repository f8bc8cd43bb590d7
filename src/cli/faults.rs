//! Every step of writing fails once: what stands in the place is then what stood there before or the new result as a whole, success is
//! never told, and the next run needs no help.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::Parser;
use retold::error::{ErrorKind, Result};

use super::args::{Args, Command};
use super::compare;
use super::emit::{file_on, new_files, new_folder};
use super::file_system::faulty::{Faulty, Then};
use super::file_system::operations::FileSystem;
use super::folder::OutputFolder;
use super::manifest;

/// What stands in a folder: files with their content, links with where they lead, folders.
fn standing(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        let content = match entry.file_type() {
            kind if kind.is_symlink() => fs::read_link(entry.path()).unwrap().into_os_string().into_encoded_bytes(),
            kind if kind.is_dir() => b"a folder".to_vec(),
            _ => fs::read(entry.path()).unwrap(),
        };
        all.insert(name, content);
    }
    all
}

/// Names of Retold's own that lie about in a folder.
fn lying_about(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".retold-")).collect()
}

/// A result of a few files, one of them larger than what is kept before it is written.
fn result(files: &dyn FileSystem, target: &Path, of: &str) -> Result<()> {
    let mut folder = OutputFolder::start(files, target, &[], false)?;
    folder.write("report.html", |file| file.write_all(of.repeat(30_000).as_bytes()))?;
    folder.write("tables/hits.csv", |file| file.write_all(of.as_bytes()))?;
    folder.write_private("private.json", |file| file.write_all(of.as_bytes()))?;
    let outputs: Vec<_> = folder.written().iter().map(|(name, sha256)| serde_json::json!({ "name": name, "sha256": sha256 })).collect();
    let run = serde_json::json!({ "tool": { "name": "retold" }, "outputs": outputs });
    folder.write(manifest::NAME, |file| Ok(serde_json::to_writer(file, &run)?))?;
    folder.commit()
}

/// What is in the place besides results.
fn foreign(target: &Path) {
    fs::create_dir(target.join("notes")).unwrap();
    fs::write(target.join("notes/mine.txt"), "mine").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", target.join("notes/link")).unwrap();
}

/// What a system can do, and whether a result stands in the place before.
#[derive(Clone, Copy, Debug)]
struct Case {
    earlier: bool,
    then: Then,
    exchanges: bool,
    links: bool,
    locks: bool,
}

/// What a run without a fault leaves in the place.
fn without_fault(earlier: bool) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    if earlier {
        result(&Faulty::never(), &target, "old").unwrap();
        foreign(&target);
    }
    result(&Faulty::never(), &target, "new").unwrap();
    standing(&target)
}

/// Runs the job with its n-th step failing; false when it has fewer.
fn with_fault(case: Case, n: usize, whole: &BTreeMap<String, Vec<u8>>) -> bool {
    let folder = tempfile::tempdir().unwrap();
    // Not there yet, so that the folder above is made as well.
    let beside = if case.earlier { folder.path().to_path_buf() } else { folder.path().join("new/er") };
    let target = beside.join("out");
    if case.earlier {
        result(&Faulty::never(), &target, "old").unwrap();
        foreign(&target);
    }
    let before = standing(folder.path());
    let mut faulty = Faulty::at(n, case.then);
    (faulty.exchanges, faulty.links, faulty.locks) = (case.exchanges, case.links, case.locks);
    let outcome = result(&faulty, &target, "new");
    let at = format!("{case:?}, step {n} of {:?}: {outcome:?}", faulty.done());
    let failed = faulty.done().get(n - 1).copied();

    let now = if target.exists() { Some(standing(&target)) } else { None };
    let is_new = now.as_ref() == Some(whole);
    let is_old = if case.earlier { now == Some(standing_under(&before, "out/")) } else { now.is_none() };
    // Where the system cannot swap two folders, a kill between two renames leaves the earlier result under a third name.
    let is_parked = case.earlier && !case.exchanges && case.then == Then::Fails && now.is_none();
    assert!(is_new || is_old || is_parked, "{at}: {:?}", now.map(|now| now.into_keys().collect::<Vec<_>>()));
    // What is tried and not needed: a lock, a second name, clearing up after others.
    let not_needed = matches!(failed, Some("claim" | "link_hard" | "remove_file" | "remove_empty_folder")) && case.then == Then::Works;
    match &outcome {
        Ok(()) => assert!(is_new && (failed.is_none() || not_needed || is_last(&faulty, n)), "success was told: {at}"),
        Err(error) => assert!(failed.is_some() && matches!(error.kind(), ErrorKind::Output { .. }), "{at}"),
    }
    if case.then == Then::Works && !matches!(failed, Some("remove_file" | "remove_folder" | "remove_empty_folder")) {
        let all = standing(folder.path());
        let left: Vec<&String> = all.keys().filter(|name| !name.starts_with("out") && !name.starts_with("new/er/out")).collect();
        assert!(left.is_empty() || (is_new && !case.earlier && left == ["new", "new/er"]), "left behind: {left:?} {at}");
    }
    result(&Faulty::never(), &target, "new").unwrap_or_else(|e| panic!("the next run: {e}, after {at}"));
    assert_eq!(&standing(&target), whole, "the next run after {at}");
    assert!(lying_about(&beside).is_empty(), "{:?} after {at}", lying_about(&beside));
    faulty.failed()
}

/// Whether all that came from the step that failed on was clearing up, which the next run does.
fn is_last(faulty: &Faulty, n: usize) -> bool {
    faulty.done().iter().skip(n - 1).all(|kind| kind.starts_with("remove_file") || kind.starts_with("remove_empty"))
}

fn standing_under(all: &BTreeMap<String, Vec<u8>>, folder: &str) -> BTreeMap<String, Vec<u8>> {
    all.iter().filter_map(|(name, content)| Some((name.strip_prefix(folder)?.to_owned(), content.clone()))).collect()
}

#[test]
fn a_folder_is_whole_or_not_there_whichever_step_fails() {
    let systems = [(true, true, true), (false, true, true), (true, false, true), (true, true, false)];
    for (exchanges, links, locks) in systems {
        for earlier in [false, true] {
            for then in [Then::Works, Then::Fails] {
                let case = Case { earlier, then, exchanges, links, locks };
                let whole = without_fault(earlier);
                let steps = (1..).take_while(|&n| with_fault(case, n, &whole)).count();
                assert!(steps > 20, "{case:?}: {steps} steps");
            }
        }
    }
}

#[test]
fn what_is_put_in_place_is_on_the_disk_before_and_its_name_is_after() {
    let folder = tempfile::tempdir().unwrap();
    let (target, file) = (folder.path().join("out"), folder.path().join("file.csv"));
    for put in ["rename", "exchange"] {
        let steps = Faulty::never();
        result(&steps, &target, put).unwrap();
        let done = steps.done();
        let at = done.iter().position(|&kind| kind == put).unwrap();
        let count = |kind: &str| done[..at].iter().filter(|&&step| step == kind).count();
        assert_eq!((count("create_new"), count("sync")), (4, 4), "{done:?}");
        assert_eq!(count("sync_folder"), 2, "the folder and the one inside: {done:?}");
        assert_eq!(done[at + 1], "sync_folder", "before the earlier result is removed: {done:?}");
    }
    let steps = Faulty::never();
    file_on(&steps, &file, "new").unwrap();
    assert_eq!(steps.done(), ["create_claimed", "write", "sync", "rename", "sync_folder"]);
}

#[cfg(unix)]
#[test]
fn what_can_be_neither_linked_nor_copied_stops_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    result(&Faulty::never(), &target, "old").unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(target.join("socket")).unwrap();
    let mut files = Faulty::never();
    files.links = false;
    let error = result(&files, &target, "new").unwrap_err().to_string();
    assert!(error.contains("it holds socket, which is neither a file nor a folder"), "{error}");
    assert!(target.join("socket").exists() && lying_about(folder.path()).is_empty());
}

#[test]
fn a_file_is_whole_or_as_before_whichever_step_fails() {
    for before in [None, Some("old")] {
        for then in [Then::Works, Then::Fails] {
            let mut n = 1;
            loop {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("new/file.csv");
                if let Some(old) = before {
                    fs::create_dir(folder.path().join("new")).unwrap();
                    fs::write(&path, old).unwrap();
                }
                let faulty = Faulty::at(n, then);
                let outcome = file_on(&faulty, &path, "the new content");
                let at = format!("step {n} of {:?}, {then:?}", faulty.done());
                let now = fs::read_to_string(&path).ok();
                assert!(now.as_deref() == before || now.as_deref() == Some("the new content"), "{at}: {now:?}");
                assert_eq!(outcome.is_ok(), !faulty.failed(), "{at}");
                if then == Then::Works {
                    let left = if now.is_some() { vec!["new", "new/file.csv"] } else { Vec::new() };
                    assert_eq!(standing(folder.path()).into_keys().collect::<Vec<_>>(), left, "{at}");
                }
                file_on(&Faulty::never(), &path, "the next run").unwrap();
                assert_eq!(standing(folder.path()).into_keys().collect::<Vec<_>>(), ["new", "new/file.csv"], "{at}");
                if !faulty.failed() {
                    break;
                }
                n += 1;
            }
            assert!(n > 5, "{n}");
        }
    }
}

#[test]
fn new_files_come_together_or_not_at_all() {
    let contents = |folder: &Path| ["retold.toml", "articles.csv", "house.csv"].map(|name| (folder.join(name), name.to_owned()));
    for n in 1.. {
        let folder = tempfile::tempdir().unwrap();
        let faulty = Faulty::at(n, Then::Works);
        let outcome = new_files(&faulty, &contents(folder.path()));
        assert_eq!(outcome.is_ok(), !faulty.failed());
        let there = standing(folder.path()).len();
        assert_eq!(there, if outcome.is_ok() { 3 } else { 0 }, "step {n} of {:?}", faulty.done());
        if outcome.is_ok() {
            assert!(n > 12, "{n}");
            break;
        }
    }
}

#[test]
fn a_new_folder_is_whole_or_not_there() {
    let contents = ["a.yml", "b.yml"].map(|name| (name.to_owned(), name.repeat(100)));
    for n in 1.. {
        let folder = tempfile::tempdir().unwrap();
        let faulty = Faulty::at(n, Then::Works);
        let outcome = new_folder(&faulty, &folder.path().join("rules"), &contents);
        let names: Vec<String> = standing(folder.path()).into_keys().filter(|name| !name.ends_with(".lock")).collect();
        assert!(names.is_empty() || names == ["rules", "rules/a.yml", "rules/b.yml"], "step {n} of {:?}: {names:?}", faulty.done());
        assert!(outcome.is_err() || !names.is_empty());
        if !faulty.failed() {
            assert!(outcome.is_ok() && n > 10, "{n}");
            break;
        }
    }
}

/// The program's main job.
fn compared(folder: &Path, files: &dyn FileSystem) -> Result<()> {
    let (news, out) = (folder.join("news"), folder.join("out"));
    let typed = ["retold", "compare", "--quiet", "--mask-outlets", "-o"].map(Into::into);
    let typed = typed.into_iter().chain([out.into_os_string(), news.into_os_string()]);
    let Command::Compare(compare) = Args::try_parse_from(typed).unwrap().command else { unreachable!() };
    compare::run(&compare, &[], files).map(|_| ())
}

#[test]
fn the_main_job_is_whole_or_not_there_whichever_step_fails() {
    let folder = tempfile::tempdir().unwrap();
    for (outlet, word) in [("harbour", "regime"), ("valley", "government")] {
        fs::create_dir_all(folder.path().join("news").join(outlet)).unwrap();
        let text =
            format!("The ministry said on Monday that the northern {word} had fired twelve rockets across the border into the valley.\n");
        fs::write(folder.path().join("news").join(outlet).join("a.txt"), text).unwrap();
    }
    let out = folder.path().join("out");
    let counting = Faulty::never();
    compared(folder.path(), &counting).unwrap();
    let whole = standing(&out);
    let steps = counting.done();
    // Each run takes a moment, and files are written one like another: of those steps every fourth, which takes each kind in turn.
    let chosen = (1..).zip(&steps).filter(|&(n, &kind)| n % 4 == 0 || !matches!(kind, "create_new" | "write" | "sync"));
    for (n, &kind) in chosen {
        fs::remove_dir_all(&out).unwrap_or_default();
        let faulty = Faulty::at(n, Then::Works);
        let outcome = compared(folder.path(), &faulty);
        let now = if out.exists() { standing(&out) } else { BTreeMap::new() };
        assert!(now.is_empty() || now == whole, "step {n}, {kind}: {:?}", now.into_keys());
        let not_needed = matches!(kind, "claim" | "remove_file");
        assert!(outcome.is_err() || not_needed, "success was told at step {n}, {kind}");
    }
    assert!(steps.len() > 100, "{}", steps.len());
}
