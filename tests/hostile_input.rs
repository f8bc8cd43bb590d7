//! Input as it should not be: each fault has a message that a stranger can act on, and costs nothing but itself.

use std::fs;
use std::io::Write;
use std::path::Path;

use assert_cmd::Command;
use flate2::Compression;
use flate2::write::GzEncoder;

const A: &str = "The ministry said on Monday that the northern regime had fired twelve rockets across the border into the valley.";
const B: &str = "The ministry said on Monday that the northern government had fired twelve rockets across the border into the valley.";

/// Exit code, number of articles and what was said, of a run over one file.
fn run(name: &str, content: &[u8], flags: &[&str]) -> (Option<i32>, usize, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join(name), folder.path().join("out"));
    fs::write(&input, content).expect("written");
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output =
        command.current_dir(folder.path()).args(["compare", name, "-o", "out", "--only", "tables"]).args(flags).output().expect("it runs");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert!(!told.contains("E099"), "{told}");
    (output.status.code(), articles(&out), told)
}

fn articles(out: &Path) -> usize {
    csv::Reader::from_path(out.join("tables/articles.csv")).map_or(0, |mut reader| reader.records().count())
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(content).expect("memory");
    gz.finish().expect("memory")
}

/// What is said holds all of these.
fn says(told: &str, parts: &[&str]) {
    for part in parts {
        assert!(told.contains(part), "\"{part}\" is missing in: {told}");
    }
}

fn rows(extra: &str) -> String {
    format!(
        "id,outlet,title,date,text\n1,Paper A,One,2021-12-28,\"{A}\"\n{extra}3,Paper B,Three,2021-12-29,\"{B}\"\n4,Paper C,Four,2021-12-29,\"{B}\"\n"
    )
}

#[test]
fn a_quotation_mark_that_is_not_closed() {
    let (code, articles, told) = run("news.csv", rows("2,Paper D,Two,2021-12-28,\"An unclosed text\n").as_bytes(), &[]);
    assert_eq!((code, articles), (Some(3), 3), "{told}");
    says(&told, &["skipped: news.csv:3:", "quotation mark", "Read 4 records in 1 file = 3 analysed + 1 skipped."]);
}

#[test]
fn two_members_and_a_cut_in_gzip() {
    let line = |id: &str, outlet: &str, text: &str| format!("{{\"id\":\"{id}\",\"outlet\":\"{outlet}\",\"text\":\"{text}\"}}\n");
    let two = [packed(line("1", "A", A).as_bytes()), packed(line("2", "B", B).as_bytes())].concat();
    let (code, articles, told) = run("news.jsonl.gz", &two, &[]);
    assert_eq!((code, articles), (Some(0), 2), "{told}");
    // Random ids keep the packed bytes from being few.
    let many: String =
        (0..2000u64).map(|i| line(&i.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_string(), if i % 2 == 0 { "A" } else { "B" }, A)).collect();
    let whole = packed(many.as_bytes());
    let (code, articles, told) = run("news.jsonl.gz", &whole[..whole.len() / 2], &["--paraphrase", "off"]);
    assert_eq!(code, Some(3), "{told}");
    assert!(articles > 200 && articles < 2000, "{articles}");
    says(&told, &["skipped: news.jsonl.gz: is cut", "fetch it again"]);
}

#[test]
fn utf_16_and_windows_1252() {
    let text = rows("").replace("twelve rockets", "twelve “rockets” – “caf\u{e9}”");
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (code, articles, told) = run("news.csv", &utf16, &[]);
    assert_eq!((code, articles), (Some(0), 3), "{told}");
    assert!(!told.contains("W002"), "{told}");
    let (cp1252, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let (code, articles, told) = run("news.csv", &cp1252, &[]);
    assert_eq!((code, articles), (Some(0), 3), "{told}");
    says(&told, &["warning[W002]: news.csv:2: 15 places are no UTF-8", "--encoding windows-1252"]);
    for flags in [["--encoding", "windows-1252"], ["--encoding", "cp1252"]] {
        let (_, articles, told) = run("news.csv", &cp1252, &flags);
        assert!(articles == 3 && !told.contains("warning[W00"), "{told}");
    }
    let (_, _, told) = run("news.csv", &cp1252, &["--encoding", "auto"]);
    says(&told, &["warning[W003]: news.csv: is not UTF-8; taken for windows-1252"]);
}

#[test]
fn a_cell_of_twenty_megabytes() {
    let (code, articles, told) = run("news.csv", rows(&format!("2,D,Two,,\"{}\"\n", "word ".repeat(4 << 20))).as_bytes(), &[]);
    assert_eq!((code, articles), (Some(3), 3), "{told}");
    says(&told, &["skipped: news.csv:3", "16 MiB", "--limit field=SIZE"]);
    let line = format!(
        "{{\"outlet\":\"A\",\"text\":\"{A}\"}}\n{{\"outlet\":\"D\",\"text\":\"{}\"}}\n{{\"outlet\":\"B\",\"text\":\"{B}\"}}\n",
        "word ".repeat(4 << 20)
    );
    let (code, articles, told) = run("news.jsonl", line.as_bytes(), &[]);
    assert_eq!((code, articles), (Some(3), 2), "{told}");
    says(&told, &["skipped: news.jsonl:2", "--limit field=SIZE"]);
    let (code, articles, told) = run("news.jsonl", line.as_bytes(), &["--limit", "field=32M"]);
    assert_eq!((code, articles), (Some(0), 3), "{told}");
}

#[test]
fn ids_that_stand_twice_and_dates_that_are_none() {
    let more =
        format!("1,Paper D,Two,31/12/2021,\"{B} Twice.\"\n5,Paper E,Five,03/04/2021,\"{A} Five.\"\n6,Paper F,Six,someday,\"{A} Six.\"\n");
    let (code, articles, told) = run("news.csv", rows(&more).as_bytes(), &[]);
    assert_eq!((code, articles), (Some(0), 6), "{told}");
    says(
        &told,
        &[
            "warning[W027]: news.csv:3: id 1 (first at 2) stands twice; both are kept",
            "warning[W024]: news.csv:4: date \"03/04/2021\" can be read in two ways; taken as unknown; in 1 other dates of this file the day stands first",
            "--date-order dmy",
            "warning[W022]: news.csv:5: date \"someday\" cannot be read; taken as unknown",
            "Dates: 4 of 6 known",
        ],
    );
    let (_, _, told) = run("news.csv", rows(&more).as_bytes(), &["--date-order", "dmy"]);
    says(&told, &["Dates: 5 of 6 known"]);
}

#[test]
fn columns_that_are_not_there() {
    let (code, _, told) = run("news.csv", format!("nr,blatt,inhalt\n1,A,\"{A}\"\n2,B,\"{B}\"\n").as_bytes(), &[]);
    assert_eq!(code, Some(2), "{told}");
    says(&told, &["skipped: news.csv: ", "nr, blatt, inhalt", "--columns text=NAME"]);
    let content = format!("nr,blatt,inhalt\n1,A,\"{A}\"\n2,B,\"{B}\"\n");
    let (code, articles, told) = run("news.csv", content.as_bytes(), &["--columns", "text=inhalt,outlet=2"]);
    assert_eq!((code, articles), (Some(0), 2), "{told}");
    let (code, _, told) = run("news.csv", content.as_bytes(), &["--columns", "text=Text"]);
    assert_eq!(code, Some(2), "{told}");
    says(&told, &["\"Text\"", "nr, blatt, inhalt"]);
    let (code, articles, told) = run("news.csv", rows("2,only,three\n").as_bytes(), &[]);
    assert_eq!((code, articles), (Some(3), 3), "{told}");
    says(&told, &["skipped: news.csv:3", "3", "5"]);
}

#[test]
fn text_that_was_decoded_wrongly() {
    let bad = rows("").replace("the border", "the ministerâ€™s â€œborderâ€\u{9d}");
    let (code, articles, told) = run("news.csv", bad.as_bytes(), &[]);
    assert_eq!((code, articles), (Some(0), 3), "{told}");
    says(&told, &["warning[W004]: news.csv:2: text that was decoded wrongly", "9 places (and 2 more of this file)", "--mend"]);
    let (_, _, told) = run("news.csv", bad.as_bytes(), &["--mend"]);
    says(&told, &["was put right: 9 places", "(3 quoted)"]);
}

#[test]
fn a_bomb_and_a_nested_archive() {
    let (code, _, told) = run("news.jsonl.gz", &packed(&vec![b' '; 64 << 20]), &[]);
    assert_eq!(code, Some(2), "{told}");
    says(&told, &["unpacks to more than 200 times its size", "--limit ratio=N"]);
}

#[test]
fn articles_in_another_language_are_kept_and_said() {
    let german = "Das Ministerium sagte am Montag, das nördliche Regime habe zwölf Raketen über die Grenze in das Tal geschossen, \
                  und die Regierung werde nicht zögern, auf jeden weiteren Angriff zu antworten.";
    let (code, articles, told) = run("news.csv", rows(&format!("2,Zeitung,Zwei,,\"{german}\"\n")).as_bytes(), &[]);
    assert_eq!((code, articles), (Some(0), 4), "{told}");
    says(&told, &["warning[W009]: 1 article is not in English (de 1)"]);
    // "Regime" is listed, in English: the English article that holds the word is found, and the German one is not searched.
    let (_, _, told) = run("news.csv", rows("").as_bytes(), &[]);
    let listed =
        |told: &str| told.lines().find(|line| line.contains("Listed words")).map(|line| line.split('(').next().unwrap_or("").to_owned());
    let (_, _, with) = run("news.csv", rows(&format!("2,Zeitung,Zwei,,\"{german}\"\n")).as_bytes(), &[]);
    assert!(listed(&told).is_some_and(|n| n.contains(" 1")), "{told}");
    assert_eq!(listed(&told), listed(&with), "{with}");
}

#[test]
fn furniture_can_be_kept_to_see_what_it_would_be() {
    let menu = |text: &str| format!("{text}\n\nRead more\n\nLeave a Reply");
    let content = format!("outlet,text\nA,\"{}\"\nB,\"{}\"\n", menu(A), menu(B));
    let words = |told: &str| told.lines().find_map(|line| Some(line.split_once(" outlets, ")?.1.split_once(" words")?.0.to_owned()));
    let (_, _, without) = run("news.csv", content.as_bytes(), &[]);
    let (_, _, with) = run("news.csv", content.as_bytes(), &["--keep-furniture"]);
    says(&without, &["Removed 4 blocks of page furniture"]);
    says(&with, &["Kept 4 blocks of page furniture"]);
    // Five words in each of two articles.
    assert_eq!((words(&without).as_deref(), words(&with).as_deref()), (Some("38"), Some("48")), "{without}{with}");
}

#[test]
fn spellings_of_one_outlet_are_folded_unless_they_are_to_stay() {
    let content = format!("outlet,text\nNYT,\"{A}\"\nnytimes.com,\"{B}\"\nThe New York Times,\"{A} Again.\"\nDaily B,\"{B} Again.\"\n");
    let (_, _, folded) = run("news.csv", content.as_bytes(), &[]);
    says(&folded, &["4 articles of 2 outlets", "Other spellings folded in 2 articles."]);
    let (_, _, kept) = run("news.csv", content.as_bytes(), &["--keep-names"]);
    says(&kept, &["4 articles of 4 outlets"]);
}

#[test]
fn a_listed_host_says_more_than_a_channel() {
    let item = |host: &str, text: &str| format!("<item><title>T</title><link>https://{host}/a</link><content>{text}</content></item>");
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>All sections</title>{}{}</channel></rss>",
        item("www.bbc.co.uk", A),
        item("unknown-paper.example", B)
    );
    let (code, articles, told) = run("feed.xml", feed.as_bytes(), &[]);
    assert_eq!((code, articles), (Some(0), 2), "{told}");
    says(&told, &["Outlets named by: feed 1, host 1."]);
}

#[test]
fn files_in_which_nothing_is_found_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("made");
    for (name, content) in [
        ("a.txt", A.as_bytes()),
        ("b.txt", B.as_bytes()),
        ("names_only.csv", b"id,outlet,title,text\n"),
        ("starts_only.warc", b"WARC/1.0\r\nWARC/1.0\r\n"),
        ("empty.warc", b""),
        ("empty.gz", b""),
        ("no_lines.jsonl", b"\n\n"),
        ("no.zip", b"Not found"),
    ] {
        fs::write(folder.path().join("in").join(name), content).expect("written");
    }
    let output = Command::cargo_bin("retold")
        .expect("the program is built")
        .current_dir(folder.path())
        .args(["compare", "in", "-o", "out", "--only", "tables"])
        .output()
        .expect("it runs");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert_eq!(output.status.code(), Some(3), "{told}");
    says(
        &told,
        &[
            "names_only.csv: holds no article (it was read as table)",
            "starts_only.warc: holds no article (it was read as WARC)",
            "empty.warc: holds no article",
            "empty.gz: is empty",
            "no_lines.jsonl: holds no article",
            "no.zip: is no ZIP, whatever its name says",
            "= 2 analysed + 6 skipped.",
        ],
    );
}

#[test]
fn what_was_skipped_is_told_where_one_outlet_alone_is_left() {
    let (code, _, told) = run("news.csv", format!("outlet,text\nPaper A,\"{A}\"\nPaper B,\"{B}\n").as_bytes(), &[]);
    assert_eq!(code, Some(2), "{told}");
    says(&told, &["error[E014]", "skipped: news.csv:3:9: a quotation mark opens a cell and is not closed"]);
}

#[test]
fn a_file_that_was_unpacked_under_its_old_name() {
    let (code, articles, told) = run("news.csv.gz", rows("").as_bytes(), &[]);
    assert_eq!((code, articles), (Some(0), 3), "{told}");
}

#[test]
fn characters_of_two_and_four_bytes_without_a_word_of_it() {
    let wide = |bytes: usize| rows("").bytes().flat_map(|b| [b].into_iter().chain(std::iter::repeat_n(0, bytes - 1))).collect::<Vec<u8>>();
    let (code, _, told) = run("news.csv", &wide(2), &[]);
    assert_eq!(code, Some(2), "{told}");
    says(&told, &["holds NUL characters", "--encoding utf-16le reads it"]);
    let (code, articles, told) = run("news.csv", &wide(2), &["--encoding", "utf-16le"]);
    assert_eq!((code, articles), (Some(0), 3), "{told}");
    let (code, _, told) = run("news.csv", &[&[0xFF, 0xFE, 0, 0], wide(4).as_slice()].concat(), &[]);
    assert_eq!(code, Some(2), "{told}");
    says(&told, &["is UTF-32, which is not read", "save it as UTF-8"]);
}

#[test]
fn a_brace_too_many_in_rich_text() {
    let content = format!("{{\\rtf1 {{A headline}}}}\\par {A}\\par {B}\\par}}\n\0");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("one.rtf"), content).expect("written");
    fs::write(folder.path().join("two.txt"), B).expect("written");
    let output = Command::cargo_bin("retold")
        .expect("the program is built")
        .current_dir(folder.path())
        .args(["compare", "one.rtf", "two.txt", "-o", "out", "--only", "tables"])
        .output()
        .expect("it runs");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert_eq!(output.status.code(), Some(3), "{told}");
    says(&told, &["one.rtf: is closed at byte 20, and", "2 articles of 2 outlets", "1 passage in two outlets or more"]);
}

#[test]
fn many_keys_and_many_short_lines_are_read() {
    let keyed: Vec<String> = (0..20_000).map(|i| format!("\"k{i}\":[{i}]")).collect();
    let content = format!("{{{},\"outlet\":\"A\",\"text\":\"{A}\"}}{{\"outlet\":\"B\",\"text\":\"{B}\"}}", keyed.join(","));
    let (code, articles, told) = run("news.json", content.as_bytes(), &[]);
    assert_eq!((code, articles), (Some(0), 2), "{told}");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("lines.txt"), "a heading\n".repeat(100_000)).expect("written");
    let mut init = Command::cargo_bin("retold").expect("the program is built");
    assert!(init.args(["init", "--sheet"]).arg(folder.path()).output().expect("it runs").status.success());
}

#[test]
fn what_names_the_outlet_can_be_said() {
    let content = format!("outlet,url,text\nA,https://www.bbc.co.uk/1,\"{A}\"\n,https://www.bbc.co.uk/2,\"{B}\"\n");
    let (_, _, told) = run("news.csv", content.as_bytes(), &[]);
    says(&told, &["Outlets named by: field 1, host 1."]);
    let (_, _, told) = run("news.csv", content.as_bytes(), &["--outlet-from", "column"]);
    says(&told, &["Outlets named by: field 1, file 1."]);
}

#[test]
fn a_text_that_is_cut_is_an_excerpt() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("made");
    fs::write(folder.path().join("in/a.txt"), format!("{A} It went on and on […]")).expect("written");
    fs::write(folder.path().join("in/b.txt"), B).expect("written");
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output = command.current_dir(folder.path()).args(["compare", "in", "-o", "out", "--only", "tables"]).output().expect("it runs");
    says(&String::from_utf8_lossy(&output.stdout), &["Parts only: 0 headlines, 1 excerpt "]);
}

#[test]
fn lines_that_are_no_articles() {
    let line = |outlet: &str, text: &str| format!("{{\"outlet\":\"{outlet}\",\"text\":\"{text}\"}}\n");
    let bad = [
        "{\"outlet\":\"C\",\"text\":\"cut".to_owned(),
        format!("{{\"text\":{}1{}}}", "[".repeat(200_000), "]".repeat(200_000)),
        "{\"outlet\":\"C\",\"text\":[1,{\"a\":2}]}".to_owned(),
        "[1]".to_owned(),
        "\"text\"".to_owned(),
    ];
    let content = format!("{}{}\n{}", line("A", A), bad.join("\n"), line("B", B));
    let (code, articles, told) = run("news.jsonl", content.as_bytes(), &[]);
    assert_eq!((code, articles), (Some(3), 2), "{told}");
    says(&told, &["news.jsonl:4: the field \"text\" holds no text"]);
    let lines: Vec<String> = (2..7).map(|line| format!("skipped: news.jsonl:{line}")).collect();
    says(&told, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    says(&told, &["= 2 analysed + 5 skipped."]);
    // A key that stands twice is one field: the last, as everywhere in JSON.
    let twice = format!("{}{{\"outlet\":\"B\",\"text\":\"x\",\"text\":\"{B}\"}}\n", line("A", A));
    let (code, articles, told) = run("news.jsonl", twice.as_bytes(), &[]);
    assert_eq!((code, articles), (Some(0), 2), "{told}");
    says(&told, &["1 passage in two outlets"]);
    // A list where lines are expected, cut in its last article.
    let list = format!("[{},{},{{\"outlet\":\"C\",\"te", line("A", A).trim(), line("B", B).trim());
    let (code, articles, told) = run("news.jsonl", list.as_bytes(), &[]);
    assert_eq!((code, articles), (Some(3), 2), "{told}");
}

#[test]
fn a_table_of_twenty_thousand_columns() {
    let wide = |cell: &str| vec![cell; 20_000].join(",");
    let content = format!("outlet,text,{}\nA,\"{A}\",{}\n", wide("n"), wide("x"));
    let (code, _, told) = run("news.csv", content.as_bytes(), &[]);
    assert_eq!(code, Some(2), "{told}");
    says(&told, &["skipped: news.csv: the row has more than 2,000 cells", "--limit columns=N"]);
    let (code, articles, told) = run("news.csv", rows(&format!("2,D,Two,,{}\n", wide("x"))).as_bytes(), &[]);
    assert_eq!((code, articles), (Some(3), 3), "{told}");
    says(&told, &["skipped: news.csv:3: the row has more than 2,000 cells"]);
}

#[test]
fn pages_that_are_made_to_hurt() {
    let page = |inside: &str, outlet: &str| {
        format!(
            "<!DOCTYPE html><html><head><meta charset=utf-8><meta property=og:site_name content=\"{outlet}\"><title>T</title></head><body>{inside}</body></html>"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("made");
    let prose = format!("<article><h1>T</h1><p>{A}</p><p>{A}</p></article>");
    let long = "x".repeat(1 << 20);
    // It says UTF-8 and is not.
    let lies = page(&prose.replace("valley", "caf\u{e9} – valley"), "E");
    let lies = encoding_rs::WINDOWS_1252.encode(&lies).0.into_owned();
    for (name, content) in [
        ("deep.html", page(&format!("{}{prose}{}", "<div>".repeat(60_000), "</div>".repeat(60_000)), "A").into_bytes()),
        ("tangle.html", page(&format!("{}{prose}", "<b><p><i><table>".repeat(20_000)), "B").into_bytes()),
        ("attribute.html", page(&format!("<div class=\"{long}\" {} data-{long}>{prose}</div>", "a=b ".repeat(100_000)), "C").into_bytes()),
        ("columns.html", page(&format!("<table><tr><td colspan=9007199254740992 rowspan=4294967295>x</table>{prose}"), "D").into_bytes()),
        ("lies.html", lies),
        ("b.txt", B.as_bytes().to_vec()),
    ] {
        fs::write(folder.path().join("in").join(name), content).expect("written");
    }
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let output = command.current_dir(folder.path()).args(["compare", "in", "-o", "out", "--only", "tables"]).output().expect("it runs");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert!(matches!(output.status.code(), Some(0 | 3)), "{told}");
    assert_eq!(articles(&folder.path().join("out")), 6, "{told}");
    says(&told, &["in/lies.html"]);
    let read = fs::read_to_string(folder.path().join("out/tables/passages.csv")).expect("passages");
    assert!(!read.contains(&long) && !read.contains("Ã"), "what is no text came in");
}

#[test]
fn patterns_that_would_run_on() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("news.csv"), rows("")).expect("written");
    let deep = format!("{}a{}", "(".repeat(400), ")".repeat(400));
    for (pattern, why) in [
        (r"\w{1000}{1000}", "does not compile"),
        ("(a+)+$|(x*)*", "matches the empty text"),
        ("(?<=a)b", "does not compile"),
        ("a(?=b)", "does not compile"),
        (r"(a)\1", "does not compile"),
        ("(", "does not compile"),
        (&"x".repeat(1025), "is longer than 1024"),
        (&deep, "does not compile"),
    ] {
        fs::write(folder.path().join("list.csv"), format!("term,match\ncalm,word\n{pattern},regex\n")).expect("written");
        let mut command = Command::cargo_bin("retold").expect("the program is built");
        let run = command
            .current_dir(folder.path())
            .args(["compare", "news.csv", "-o", "out", "--lexicon", "list.csv"])
            .output()
            .expect("it runs");
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{pattern}: {told}");
        says(&told, &["list.csv:3", why]);
    }
    // What backtracks elsewhere is linear here.
    fs::write(folder.path().join("list.csv"), "term,match\n(a+)+b,regex\n").expect("written");
    fs::write(folder.path().join("long.txt"), format!("{A} {}", "a".repeat(200_000))).expect("written");
    let mut command = Command::cargo_bin("retold").expect("the program is built");
    let args = ["compare", "news.csv", "long.txt", "-o", "out", "--only", "tables", "--lexicon", "list.csv"];
    assert!(command.current_dir(folder.path()).args(args).output().expect("it runs").status.success());
}
