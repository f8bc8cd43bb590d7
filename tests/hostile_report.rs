//! Articles and a list that want to run in the page, to break it or to turn it round. Two outlets or more share their sentences, so
//! that they reach every section and chart. What a browser makes of them is checked by `tests/browser/run.sh`, from the same files.

#[path = "fuzz_targets/pictures.rs"]
mod pictures;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The articles and the list as kept for the browser.
const KEPT: &str = "tests/data/hostile_report";

/// Scripts, each with a name of its own: what ran says where it stood.
fn script(place: &str) -> String {
    format!("<script>window.__pwned='{place}'</script>")
}

/// Six outlets, no name of which may stand in a page that hides them.
fn outlets() -> [String; 6] {
    [
        format!("Gazette \"><img src=x onerror=\"window.__pwned='outlet'\"> & {}", script("outlet")),
        format!("{} Courier", "Extraordinarily long-winded and united ".repeat(8).trim_end()),
        "\u{202e}dlareH\u{202c} \u{2067}صحيفة الميناء\u{2069}".to_owned(),
        "=HYPERLINK(\"javascript:window.__pwned='cell'\";\"Ledger\")".to_owned(),
        "Post {{ 7*7 }} {% include \"x\" %} ${7*7} ]]> <!-- --> </style></title></textarea>".to_owned(),
        format!("Unbroken{}", "nameofanoutlet".repeat(21)),
    ]
}

const ADDRESSES: [&str; 6] = [
    "javascript:window.__pwned='url'",
    "data:text/html,<script>window.__pwned='data'</script>",
    "https://example.org/a\"onmouseover=\"window.__pwned='href'\" x='<b>&amp;#:~:text=x",
    " JaVaScRiPt:window.__pwned='case'",
    "//example.org/no-scheme",
    "http://user:secret@example.org/\u{202e}gpj.exe?q=<svg/onload=window.__pwned=1>",
];

/// A text of the n-th outlet. The first sentences are shared, with another word of the list in one place.
fn text(n: usize) -> String {
    let crews = [
        "thuggish <svg onload=\"window.__pwned='slot'\"> crews",
        "harbour crews",
        "the brutal \"><script>window.__pwned='term'</script> gangs",
        "harbour crews",
        "thuggish crews",
        "<math><mtext><style><img src=x onerror=window.__pwned='math'></style></mtext></math> crews",
    ][n];
    let speaker = ["Maria <img src=x onerror=\"window.__pwned='speaker'\"> Costa", "Maria Costa", "Minister Maria Costa"][n % 3];
    let quoted = [
        "We will never leave the quay before every single wage of the winter is paid in full",
        "We will never leave the <iframe src=\"javascript:window.__pwned='quote'\"> quay before every wage of the winter is paid",
    ][n % 2];
    let own = [
        format!("</script>{} </style><link rel=stylesheet href=//example.org/x.css> stood on a wall of the depot.", script("text")),
        format!("A banner of the union read {} and nobody could say why.", "Donaudampfschiff".repeat(625)),
        "قال الوزير إن الميناء سيبقى مغلقا حتى إشعار آخر. \u{202e}txet desrever\u{202c} ואז הוא עזב את הבניין. \u{2066}x\u{2069}".to_owned(),
        "港口管理委员会星期一表示,在工人因拖欠工资罢工之后,北门已经关闭。港口将在下周重新开放。".to_owned(),
        format!("Zal{}go wrote \u{200b}\u{200c}\u{200d}\u{feff}{}to the mayor. 👩\u{200d}👩\u{200d}👧\u{200d}👦 🏴‍☠️ 🇺🇳", "\u{301}".repeat(400), "\u{200b}".repeat(400)),
        "Controls \u{0}\u{1}\u{7}\u{8}\u{b}\u{1b}[31m\u{7f}\u{85}\u{9f}\u{2028}\u{2029}\u{fffe}\u{ffff}\u{fdd0} stood in the wire text, as did &lt;script&gt; and &#x202e; and &#0;.".to_owned(),
    ][n]
    .clone();
    format!(
        "PORT AMBER (Harbour <b>News</b> Agency) — The harbour council said on Monday that {crews} had shut the northern gate \
         <img src=x onerror=\"window.__pwned='passage'\"> after dockers walked out over unpaid wages of the winter months.\n\n\
         “{quoted},” said {speaker}, who has led the union </main></details></span> since the spring of the great storm.\n\n\
         {own}\n\n\
         Witnesses at the old custom house counted {} lorries {{{{ 7*7 }}}} {{% raw %}} waiting before the <!-- closed gate, --> and a ]]> \
         ferry was turned away in the evening <a href=\"javascript:window.__pwned='link'\">without its passengers</a>.\n\n\
         =cmd|' /C calc'!A0 was the brutal \"><script>window.__pwned='term'</script> answer of the {} council to the thuggish demand.",
        40 + n,
        ["harbour", "town"][n % 2]
    )
}

/// The articles as JSON lines in ASCII, so that what does not show can be seen; a surrogate that is half a pair among them.
fn articles() -> String {
    let mut lines = String::new();
    for (n, outlet) in outlets().iter().enumerate() {
        for day in 1..=2 {
            let title = format!(
                "{} Harbour shut {day} \u{202e}fdp.exe <b onclick=\"window.__pwned='title'\">&amp; brutal \"><script>window.__pwned='term'</script>",
                script("title")
            );
            let text = if day == 1 { text(n) } else { text(n).replace("Monday", "Tuesday").replace("lorries", "red lorries") };
            let record = serde_json::json!({
                "id": format!("../{n}\"'/><b id=x>{day}"), "outlet": outlet, "title": title, "url": ADDRESSES[n], "text": text,
                "byline": format!("By Ann {} \u{202e}O'Neil\" style=\"position:fixed", script("byline")),
                "date": format!("2026-03-{:02}T{:02}:00:00Z", day + n / 3, 6 + n),
            });
            for c in record.to_string().replace("the depot", "the \\ud800 depot").chars() {
                if c.is_ascii() {
                    lines.push(c);
                } else {
                    let mut units = [0; 2];
                    lines.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
                }
            }
            lines.push('\n');
        }
    }
    lines
}

/// A list whose every cell is hostile where a cell may be anything.
fn list() -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cell = |place: &str| format!("{place} \"'><img src=x onerror=window.__pwned='{place}'> {} \u{202e}x", script(place));
    let mut row = |cells: [String; 12]| writer.write_record(cells).expect("memory");
    row([
        "id",
        "term",
        "match",
        "category",
        "category_title",
        "category_about",
        "strength",
        "neutral",
        "why",
        "sources",
        "dissent",
        "status",
    ]
    .map(str::to_owned));
    for (id, term, kind) in [("L-thuggish", "thuggish", "word"), ("L-brutal", "brutal \"><script>window.__pwned='term'</script>", "phrase")]
    {
        row([
            id.to_owned(),
            term.to_owned(),
            kind.to_owned(),
            "hostile_cells".to_owned(),
            cell("category"),
            cell("about"),
            "3".to_owned(),
            format!("harbour crews|{}", cell("neutral")),
            cell("why"),
            "javascript:window.__pwned='source'|https://example.org/\"onclick=\"window.__pwned='source'".to_owned(),
            cell("dissent"),
            cell("status"),
        ]);
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8")
}

/// With RETOLD_UPDATE set, the kept files are rewritten instead of checked.
#[test]
fn the_browser_gets_the_same_files() {
    for (name, made) in [("articles.jsonl", articles()), ("list.csv", list())] {
        let path = Path::new(KEPT).join(name);
        if std::env::var_os("RETOLD_UPDATE").is_some() {
            fs::create_dir_all(KEPT).expect("a folder");
            fs::write(&path, &made).expect("written");
        }
        assert!(fs::read_to_string(&path).is_ok_and(|kept| kept == made), "{} differs; run with RETOLD_UPDATE=1", path.display());
    }
}

/// The output folder of a run over them.
fn compare(flags: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (articles, list) = (Path::new(KEPT).join("articles.jsonl"), Path::new(KEPT).join("list.csv"));
    let mut command = Command::cargo_bin("retold").expect("built");
    command.args(["compare", "--isolated", "--quiet", "--lexicon", "en/framing", "--lexicon"]).arg(list).arg(articles);
    let title = format!("{} \u{202e}title", script("page title"));
    let run = command.arg("-o").arg(folder.path().join("out")).args(["--title", &title]).args(flags).output().expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    folder
}

/// All pages and pictures of a run, by name.
fn shown(folder: &Path) -> Vec<(String, String)> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
    let pages = all.filter(|entry| entry.path().extension().is_some_and(|e| e == "html" || e == "svg"));
    pages.map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).expect("UTF-8"))).collect()
}

const RUNS: [&[&str]; 4] = [&["--text", "full"], &["--text", "excerpt"], &["--text", "none"], &["--mask-outlets", "--text", "full"]];

#[test]
fn no_control_and_no_turn_of_direction_reaches_a_page() {
    for flags in RUNS {
        let run = compare(flags);
        for (name, content) in shown(run.path()) {
            let bad: BTreeSet<char> = content
                .chars()
                .filter(|&c| pictures::is_turn(c))
                .chain(content.chars().filter(|&c| c.is_control() && c != '\n' && c != '\t'))
                .collect();
            assert!(bad.is_empty(), "{name} with {flags:?} holds {bad:?}");
        }
    }
}

#[test]
fn charts_are_xml_of_known_elements() {
    let run = compare(RUNS[0]);
    let pictures: Vec<_> = shown(run.path()).into_iter().filter(|(name, _)| name.ends_with(".svg")).collect();
    assert!(pictures.len() >= 2, "{}", pictures.len());
    for (name, svg) in pictures {
        let words = pictures::check(&name, &svg);
        assert!(!words.trim().is_empty(), "{name} says nothing");
    }
}

/// Nobody can tell from a page without names who published what.
#[test]
fn masked_pages_name_no_outlet() {
    let run = compare(RUNS[3]);
    let public = walkdir::WalkDir::new(run.path()).into_iter().map(|entry| entry.expect("readable"));
    let mut pages = 0;
    for entry in public.filter(|entry| entry.file_type().is_file() && !entry.file_name().to_string_lossy().contains("private")) {
        let Ok(content) = fs::read_to_string(entry.path()) else { continue };
        pages += 1;
        for name in ["Gazette", "Courier", "dlareH", "صحيفة", "Ledger", "Post {", "nameofanoutlet", "O'Neil", "Ann <", "Ann &"] {
            assert!(!content.contains(name), "{} holds {name}", entry.path().display());
        }
    }
    assert!(pages > 20, "{pages}");
    // The same search finds them where they are shown.
    let open = compare(RUNS[0]);
    let (_, page) = shown(open.path()).into_iter().find(|(name, _)| name == "report.html").expect("a report");
    assert!(["Gazette", "Courier", "dlareH", "صحيفة", "Ledger", "Post {", "nameofanoutlet"].iter().all(|name| page.contains(name)));
}

/// Without text, no words of an article are on the page; its headline as given stays (docs/outputs.md).
#[test]
fn without_text_no_sentence_is_shown() {
    let run = compare(RUNS[2]);
    for (name, content) in shown(run.path()) {
        for words in ["northern gate", "leave the quay", "custom house", "Donaudampf", "قال الوزير", "港口"] {
            assert!(!content.contains(words), "{name} holds {words}");
        }
    }
}

/// A category of a list becomes part of attributes: what is no plain id is refused with its line.
#[test]
fn a_category_with_marks_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("list.csv");
    fs::write(&path, "term,category\nbrutal,\"a b\"\" onload=x\"\n").expect("written");
    let mut command = Command::cargo_bin("retold").expect("built");
    command.args(["compare", "--isolated", "--quiet", "seeds", "--lexicon"]).arg(&path).arg("-o").arg(folder.path().join("out"));
    let run = command.output().expect("it runs");
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("list.csv:2") && !folder.path().join("out").exists(), "{told}");
}
