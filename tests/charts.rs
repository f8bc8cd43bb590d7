//! Charts as a run writes them: every number drawn is one of its table, and every picture can be read as XML, aloud and in pixels.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use retold::charts::CHARTS;
use retold::charts::canvas::LARGEST;

/// What a group says of the row that it shows: attributes of its own and of the groups around it.
type Said = BTreeMap<String, String>;
type Rows = Vec<BTreeMap<String, String>>;

fn run(input: &Path, out: &Path, more: &[&str]) {
    let mut command = Command::cargo_bin("retold").expect("built");
    command.arg("compare").arg(input).arg("-o").arg(out).args(["--only", "tables,charts", "--isolated", "--quiet"]).args(more);
    let run = command.output().expect("it runs");
    assert!(matches!(run.status.code(), Some(0 | 3)), "{}: {}", input.display(), String::from_utf8_lossy(&run.stderr));
}

/// As a chart has text: no controls, no marks that turn the direction of writing.
fn plain(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control() && !turns(c)).collect()
}

fn table(out: &Path, name: &str) -> Rows {
    let mut reader = csv::Reader::from_path(out.join(format!("tables/{name}.csv"))).expect("every chart has a table of its name");
    let header = reader.headers().expect("a header").clone();
    // A guarded cell has an apostrophe before what a spreadsheet would compute.
    let shown = |cell: &str| plain(cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell));
    let row = |record: csv::StringRecord| header.iter().zip(&record).map(|(name, cell)| (name.to_owned(), shown(cell))).collect();
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

fn data(tag: &BytesStart<'_>) -> Said {
    let pairs = tag.attributes().map(|attribute| {
        let attribute = attribute.expect("well-formed");
        let value = quick_xml::escape::unescape(&attribute.value).expect("known entities").into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    pairs.filter_map(|(name, value)| Some((name.strip_prefix("data-")?.to_owned(), value))).collect()
}

/// Whether a number of a text is one that the group says, as it is or rounded or in percent, or stands in its words.
fn is_said(number: &str, said: &Said) -> bool {
    let decimals = number.split_once('.').map_or(0, |(_, d)| d.len() as i32);
    let shown: f64 = number.replace(',', "").parse().unwrap_or(f64::NAN);
    // A table has four decimals, so that what lies halfway may be rounded otherwise there. Whole numbers are counts, or percent.
    let near = |value: f64, exact: f64| (value - shown).abs() <= 0.5 * 0.1f64.powi(decimals) + exact;
    said.values().any(|value| match value.parse::<f64>() {
        Ok(value) if decimals == 0 => value == shown || value.abs() <= 1.0 && value != 0.0 && near(value * 100.0, 0.01),
        Ok(value) => near(value, 0.0001) || near(value * 100.0, 0.01),
        Err(_) => value.contains(number),
    })
}

/// Faults of a chart against the rows of its table, and how many data it shows.
fn faults(svg: &str, rows: &Rows) -> (Vec<String>, usize) {
    let (mut found, mut seen) = (Vec::new(), 0);
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut around: Vec<Said> = vec![Said::new()];
    let mut open: Vec<(String, String)> = Vec::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    loop {
        match reader.read_event() {
            Err(error) => return (vec![format!("not XML: {error}")], 0),
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => {
                let own = data(&tag);
                let mut said = around.last().cloned().unwrap_or_default();
                if !own.is_empty() {
                    said.remove("rows");
                    said.extend(own);
                    let wanted = said.get("rows").map_or(1, |n| n.parse().expect("a number"));
                    let columns: Vec<_> = said.iter().filter(|(name, _)| *name != "rows").collect();
                    let fits = |row: &&BTreeMap<String, String>| {
                        columns.iter().all(|(name, value)| {
                            row.get(*name).is_some_and(|cell| cell == *value || cell.to_lowercase() == value.to_lowercase())
                        })
                    };
                    let count = rows.iter().filter(fits).count();
                    if count != wanted {
                        found.push(format!("{count} rows, not {wanted}, have {columns:?}"));
                    }
                    seen += 1;
                }
                around.push(said);
                open.push((tag.name().as_ref().to_owned(), String::new()));
                if open.len() == 1 && !tag.attributes().flatten().any(|a| a.key.as_ref() == "role" && &*a.value == "img") {
                    found.push("no role".to_owned());
                }
            }
            Ok(Event::Text(text)) => open.iter_mut().for_each(|(_, inside)| inside.push_str(&text)),
            Ok(Event::GeneralRef(name)) => {
                let meant = quick_xml::escape::unescape(&format!("&{};", &*name)).expect("known entities").into_owned();
                open.iter_mut().for_each(|(_, inside)| inside.push_str(&meant));
            }
            Ok(Event::End(_)) => {
                let (said, (name, text)) = (around.pop().unwrap_or_default(), open.pop().unwrap_or_default());
                // How long an axis is or how many are left out stands outside of any row.
                if !said.is_empty() && name == "text" {
                    let numbers = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).map(|n| n.trim_matches(['.', ',']));
                    let below = |n: &str| text == format!("<{n}") && said.values().any(|v| v.parse().is_ok_and(|v: f64| v < 0.01));
                    for number in numbers.filter(|n| !n.is_empty() && !below(n)) {
                        if !is_said(number, &said) {
                            found.push(format!("{number} in {text:?} is no number of {said:?}"));
                        }
                    }
                }
                if open.len() == 1 {
                    texts.entry(name).or_insert(text);
                }
            }
            Ok(_) => {}
        }
    }
    for name in ["title", "desc"] {
        if texts.get(name).is_none_or(|text| text.trim().is_empty()) {
            found.push(format!("no <{name}>"));
        }
    }
    (found, seen)
}

/// Articles of outlets whose names are long, from the right, or look like markup; they share sentences and differ in words.
fn invented(path: &Path, outlets: usize, articles: usize) {
    let long = "The Very Long Name of a Paper ".repeat(10);
    let odd = ["A <b>&\"B\" Post", "ידיעות אחרונות", "الجزيرة نت", &long, "=SUM(A1)", "新聞デイリー"];
    let mut lines = String::new();
    for outlet in 0..outlets {
        let name = odd.get(outlet).map_or_else(|| format!("Paper {outlet:03}"), |name| (*name).to_owned());
        for article in 0..articles {
            let word = ["brutal", "deadly", "shameful"][(outlet + article) % 3];
            let said =
                ["rebuild every house in the valley before winter comes", "rebuild every school in the valley"][(outlet + article) % 2];
            let own = ["market", "harbour", "railway", "orchard"][outlet % 4].to_owned() + " ";
            let text = format!(
                "Officials in the capital confirmed on day {article} that the {word} regime had accepted the terms of the agreement.\n\n\
                 “We will {said}, and {article} more,” the minister Jane Roe told reporters who had come to the town hall.\n\n\
                 Nothing else of note was told about the {} in number {outlet}, which the editors of that paper wrote alone.",
                own.repeat(3)
            );
            let mut record = serde_json::json!({ "id": format!("{outlet}-{article}"), "outlet": name, "title": "Talks end", "text": text });
            if article != 1 {
                record["date"] = format!("2021-12-{:02}T{:02}:00:00Z", 1 + article, outlet % 24).into();
            }
            lines.push_str(&format!("{record}\n"));
        }
    }
    fs::write(path, lines).expect("written");
}

#[test]
fn every_number_drawn_is_one_of_its_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let (twelve, many) = (folder.path().join("twelve.jsonl"), folder.path().join("many.jsonl"));
    invented(&twelve, 12, 6);
    invented(&many, 90, 2);
    let runs: [(&Path, &[&str]); 8] = [
        (Path::new("seeds"), &[]),
        (Path::new("seeds"), &["--text", "none"]),
        (Path::new("tests/golden/three_papers/corpus"), &[]),
        (Path::new("tests/data/events1916.jsonl"), &["--keyness", "on"]),
        (Path::new("tests/interchange/villa.jsonl"), &[]),
        (&twelve, &["--keyness", "on"]),
        (&twelve, &["--mask-outlets"]),
        (&many, &[]),
    ];
    let (mut with_data, mut wrong): (BTreeSet<&str>, Vec<String>) = Default::default();
    for (number, (input, more)) in runs.into_iter().enumerate() {
        let out = folder.path().join(number.to_string());
        run(input, &out, more);
        for chart in CHARTS {
            let svg = fs::read_to_string(out.join(format!("charts/{}.svg", chart.name))).expect("every chart is drawn");
            let (found, seen) = faults(&svg, &table(&out, chart.name));
            let whose = format!("{} of {} {more:?}", chart.name, input.display());
            wrong.extend(found.into_iter().take(3).map(|fault| format!("{whose}: {fault}")));
            assert!(svg.len() <= LARGEST, "{whose}: {} bytes", svg.len());
            if seen > 0 {
                with_data.insert(chart.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(with_data, CHARTS.iter().map(|chart| chart.name).collect(), "each chart showed something somewhere");
}

/// The check itself sees what is wrong.
#[test]
fn a_wrong_number_is_seen() {
    let row = BTreeMap::from([("outlet".to_owned(), "A 7".to_owned()), ("share".to_owned(), "0.1250".to_owned())]);
    let checked = |inside: &str| {
        let svg =
            format!("<svg role=\"img\"><title>t</title><desc>d</desc><g data-outlet=\"A 7\" data-share=\"0.1250\">{inside}</g></svg>");
        faults(&svg, &vec![row.clone()]).0.len()
    };
    assert_eq!(checked("<text>12.5 of A 7, 0.13</text>"), 0);
    assert_eq!(checked("<text>12.7</text><text>12</text><text>1</text>"), 2);
    assert_eq!(checked("<g data-share=\"0.1251\"/><g data-share=\"0.1251\"><text>0.1251</text></g>"), 1);
    assert_eq!(checked("<g data-rows=\"2\"></g>"), 1);
    assert_eq!(faults("<svg><text>1</svg>", &Vec::new()).0.len(), 1);
    assert_eq!(faults("<svg></svg>", &Vec::new()).0, ["no role", "no <title>", "no <desc>"]);
}

/// Pictures are of twice the size, hold something, and tell which characters they lack.
#[cfg(feature = "png")]
#[test]
fn pictures_decode() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join("in.jsonl"), folder.path().join("out"));
    invented(&input, 6, 2);
    let mut command = Command::cargo_bin("retold").expect("built");
    let done = command.arg("compare").arg(&input).arg("-o").arg(&out).args(["--only", "charts", "--png", "--isolated"]).output();
    let told = String::from_utf8_lossy(&done.expect("it runs").stderr).into_owned();
    assert!(told.contains("warning[W043]: charts/rates.png: no font here has イデリー新聞"), "{told}");
    let seeds = Command::cargo_bin("retold")
        .expect("built")
        .args(["compare", "seeds", "--only", "charts", "--png", "--isolated", "-o"])
        .arg(folder.path().join("seeds"))
        .output();
    let told = String::from_utf8_lossy(&seeds.expect("it runs").stderr).into_owned();
    assert!(!told.contains("W043"), "what the charts themselves say can be drawn: {told}");
    for chart in CHARTS {
        let bytes = fs::read(out.join(format!("charts/{}.png", chart.name))).expect("every chart has a picture");
        let picture = resvg::tiny_skia::Pixmap::decode_png(&bytes).expect("it decodes");
        assert_eq!(picture.width(), 1920, "{}", chart.name);
        assert!(picture.pixels().iter().any(|p| p.red() < 200), "{} shows something", chart.name);
    }
}
