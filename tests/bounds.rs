//! Every bound on what is read, at the program: what lies beyond is named with the bound, what lies within is read. And depth:
//! whatever a user allows, no stack runs over.

use std::fs;
use std::io::Write;

use assert_cmd::Command;
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

const TEXT: &str = "The ministry said on Monday that the regime had fired twelve rockets across the border into the valley.";

/// Exit code and what was said of a check of one file.
fn check(name: &str, content: &[u8], flags: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), content).expect("written");
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output = command.current_dir(folder.path()).args(["check", name, "--format", "concise"]).args(flags).output().expect("it runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(content).expect("memory");
    gz.finish().expect("memory")
}

/// A ZIP of files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// Words that do not pack well.
fn words(count: u64) -> String {
    (0..count).map(|i| format!("{:x} ", i.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect()
}

#[test]
fn each_bound_is_applied_and_named_and_can_be_raised() {
    let page = format!("<html><body><article><p>{TEXT}</p><p>{}</p></article></body></html>", words(200));
    let line = |text: &str| format!("{{\"outlet\":\"A\",\"text\":\"{text}\"}}\n{{\"outlet\":\"A\",\"text\":\"{TEXT}\"}}\n");
    let wide = format!("id,outlet,text,{}\n1,A,{TEXT},{}\n", vec!["x"; 30].join(","), vec!["y"; 30].join(","));
    let nested = format!("{{\\rtf1 {}{TEXT}{}}}", "{".repeat(40), "}".repeat(40));
    let three = zipped(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes()), ("c.txt", TEXT.as_bytes())]);
    let large = packed(line(&words(150_000)).as_bytes());
    let mut unnamed = Vec::new();
    for (flag, name, content) in [
        ("file=1M", "a.jsonl.gz", large),
        ("document=1K", "a.html", page.into_bytes()),
        ("record=1K", "a.jsonl", line(&words(200)).into_bytes()),
        ("field=1K", "a.csv", format!("outlet,text\nA,{}\nA,{TEXT}\n", words(200)).into_bytes()),
        ("columns=20", "a.csv", wide.into_bytes()),
        ("nesting=20", "a.rtf", nested.into_bytes()),
        ("entries=2", "a.zip", three),
    ] {
        let (code, told) = check(name, &content, &[]);
        assert_eq!(code, Some(0), "{flag} unbounded\n{told}");
        let (code, told) = check(name, &content, &["--limit", flag]);
        let bound = flag.split_once('=').expect("NAME=VALUE").0;
        if !matches!(code, Some(2 | 3)) || !told.contains("skipped: ") || !told.contains(&format!("--limit {bound}=")) {
            unnamed.push(format!("{flag}: {code:?} {told}"));
        }
    }
    assert_eq!(unnamed, Vec::<String>::new());
    // The one bound whose default is below what honest files may come to.
    let even = packed(line(&"word ".repeat(1 << 20)).as_bytes());
    let (code, told) = check("a.jsonl.gz", &even, &[]);
    assert!(code == Some(2) && told.contains("--limit ratio="), "{told}");
    assert_eq!(check("a.jsonl.gz", &even, &["--limit", "ratio=10000"]).0, Some(0));
}

#[test]
fn no_depth_that_can_be_asked_for_runs_over_the_stack() {
    const DEEP: usize = 60_000;
    let nested = |open: &str, close: &str| format!("{}{TEXT}{}", open.repeat(DEEP), close.repeat(DEEP));
    let rss = format!("<rss><channel><item><title>T</title><description>{}</description></item></channel></rss>", nested("<a>", "</a>"));
    let nitf = format!("<nitf><body><body.content>{}</body.content></body></nitf>", nested("<block><p>", "</p></block>"));
    let word = format!("<w:document xmlns:w=\"x\"><w:body>{}</w:body></w:document>", nested("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"));
    let word = zipped(&[("word/document.xml", word.as_bytes())]);
    let quoted = format!("{}\n\n{}{TEXT}", nested("“He said ‘", "’”"), "\"'(".repeat(DEEP));
    for (name, content) in [
        ("a.xml", rss.into_bytes()),
        ("b.xml", nitf.into_bytes()),
        ("a.docx", word),
        ("a.rtf", format!("{{\\rtf1 {}}}", nested("{", "}")).into_bytes()),
        ("a.html", format!("<html><body>{}</body></html>", nested("<div>", "</div>")).into_bytes()),
        ("a.json", format!("{}1{}", "[".repeat(DEEP), "]".repeat(DEEP)).into_bytes()),
        ("b.json", nested("{\"a\":", "}").into_bytes()),
        ("a.txt", quoted.into_bytes()),
    ] {
        let (code, told) = check(name, &content, &["--limit", "nesting=100000000", "--limit", "ratio=100000"]);
        // A stack that ran over would be a signal, which is no code.
        assert!(matches!(code, Some(0 | 2 | 3)), "{name}: {code:?}\n{told}");
        assert!(!told.contains("error[E099]"), "{name}\n{told}");
    }
}

#[test]
fn lists_have_bounds_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let large = fs::File::create(folder.path().join("large.csv")).expect("made");
    large.set_len((32 << 20) + 1).expect("sparse");
    let patterns: String = (0..501).map(|i| format!("x{i}y*,regex\n")).collect();
    let mut missed = Vec::new();
    let kept = |count: usize| patterns.lines().take(count).map(|line| format!("{line}\n")).collect::<String>();
    for (name, content, what) in [
        ("large.csv", None, "is larger than 32 MiB"),
        ("field.csv", Some(format!("term,why\nx,{}\n", "w".repeat(10_001))), "is longer than 10000"),
        ("pattern.csv", Some(format!("term,match\n{},regex\n", "ab*".repeat(400))), "is longer than 1024"),
        ("patterns.csv", Some(format!("term,match\n{patterns}")), "more than 500 entries of kind regex"),
        ("compiled.csv", Some("term,match\n\\w{1000}{1000},regex\n".to_owned()), "does not compile"),
        ("empty.csv", Some("term,match\nx*,regex\n".to_owned()), "matches the empty text"),
        ("enough.csv", Some(format!("term,match\n{}", kept(500))), ""),
    ] {
        if let Some(content) = content {
            fs::write(folder.path().join(name), content).expect("written");
        }
        let mut command = Command::cargo_bin("retold").expect("the program is built");
        let output =
            command.current_dir(folder.path()).args(["lexicon", "export", "--to", "toml", "--lexicon", name]).output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        if output.status.code() != Some(if what.is_empty() { 0 } else { 2 }) || !told.contains(what) {
            missed.push(format!("{name}: {told}"));
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}
