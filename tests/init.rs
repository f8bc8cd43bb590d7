//! `retold init` and `retold.toml`: what is written can be used at once, and what is typed goes before what is written.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn retold(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    command.current_dir(folder);
    command
}

fn ran(command: &mut Command) -> (Option<i32>, String, String) {
    let output = command.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const A: &str = "The ministry said on Monday that the northern regime had fired twelve rockets across the border into the valley.\n";
const B: &str = "The ministry said on Monday that the northern government had fired twelve rockets across the border into the valley.\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news");
    fs::create_dir_all(news.join("harbour")).expect("a folder");
    fs::write(news.join("harbour/2021-12-28-rockets.txt"), A).expect("written");
    fs::write(news.join("b.txt"), format!("---\noutlet: =Valley\n---\n{B}")).expect("written");
    folder
}

#[test]
fn the_three_files_are_used_at_once() {
    let folder = folder();
    let news = folder.path().join("news");
    let (code, told, _) = ran(retold(&news).arg("init"));
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("2 articles in 2 files, 0 without an outlet, 1 without a date"), "{told}");
    let sheet = fs::read_to_string(news.join("articles.csv")).expect("written");
    let rows: Vec<&str> = sheet.lines().collect();
    assert_eq!(rows[1], "b.txt,'=Valley,,,,,en,,head,");
    assert_eq!(rows[2], "harbour/2021-12-28-rockets.txt,harbour,2021-12-28,,,,en,,folder,file_name");

    let (code, told, complaints) = ran(retold(&news).args(["compare", ".", "--only", "tables"]));
    assert_eq!((code, complaints.as_str()), (Some(0), ""), "{told}");
    assert!(told.contains("Outlets named by: sheet 2.") && told.contains("2,617 entries"), "{told}");
    // Outlet names come back as they were, not as the spreadsheet had to be told.
    let articles = fs::read_to_string(folder.path().join("retold-out/tables/articles.csv")).expect("outside the articles");
    assert!(articles.contains(",'=Valley,"), "{articles}");

    let (code, _, complaints) = ran(retold(&news).arg("init"));
    assert_eq!(code, Some(2));
    assert!(complaints.contains("are there already"), "{complaints}");
}

#[test]
fn what_is_typed_goes_before_what_is_written() {
    let folder = folder();
    let news = folder.path().join("news");
    fs::write(
        folder.path().join("retold.toml"),
        "outlet-from = \"file\"\nout = \"here\"\n\n[compare]\ntitle = \"Mine\"\nonly = [\"tables\"]\n",
    )
    .expect("written");
    let (code, told, _) = ran(retold(&news).args(["compare", "."]));
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("Outlets named by: file 2.") && !told.contains("Report"), "{told}");
    assert!(folder.path().join("here/tables/articles.csv").is_file(), "files are named from where the configuration stands");
    let (_, told, _) = ran(retold(&news).args(["compare", ".", "--outlet-from", "auto", "-o", "../there", "--only", "report"]));
    assert!(told.contains("Outlets named by: folder 1, head 1.") && told.contains("Report"), "{told}");
    let (_, told, _) = ran(retold(&news).args(["compare", ".", "--isolated", "-o", "../third"]));
    assert!(told.contains("head 1") && told.contains("Report"), "{told}");
}

#[test]
fn a_configuration_that_cannot_be_used_is_told() {
    let folder = folder();
    for (content, expected) in [
        ("\nmends = true\n", "retold.toml:2: unknown key \"mends\"\n  help: the nearest is mend;"),
        ("[check]\nfail_on = 1\n", "retold.toml:2: unknown key \"fail_on\"\n  help: the nearest is fail-on;"),
        ("mend = 3\n", "mend is integer, and true or false is wanted"),
        ("window = \"soon\"\n", "invalid value 'soon' for '--window <DAYS>'"),
        ("title = \n", "retold.toml:1:"),
    ] {
        fs::write(folder.path().join("retold.toml"), content).expect("written");
        let (code, _, complaints) = ran(retold(folder.path()).args(["compare", "news", "-o", "out"]));
        assert_eq!(code, Some(2), "{content}");
        assert!(complaints.starts_with("error[E021]: ") && complaints.contains(expected), "{content}: {complaints}");
    }
}
