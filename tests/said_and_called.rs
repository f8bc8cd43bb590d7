//! One quotation in several articles, and what outlets call whom, from articles to findings.

use std::collections::BTreeMap;
use std::fs;

use assert_cmd::Command;

use retold::analysis::findings::Findings;
use retold::analysis::{analyze, settings::Settings};
use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::record::Record;
use retold::lexicon::load::Lexicon;
use retold::tables::{TABLES, row::TableOptions};

fn corpus(texts: &[(&str, &str)]) -> Corpus {
    let mut builder = CorpusBuilder::default();
    for (i, (outlet, text)) in texts.iter().enumerate() {
        builder.admit(Record::of_text(&format!("{i}.txt"), outlet, (*text).to_owned()));
    }
    builder.seal()
}

type Row = BTreeMap<String, String>;

fn table(findings: &Findings<'_>, name: &str) -> Vec<Row> {
    let table = TABLES.iter().find(|t| t.name == name).expect("a table of that name");
    let mut out = Vec::new();
    (table.write)(findings, TableOptions::default(), &mut out).expect("written");
    let mut reader = csv::Reader::from_reader(out.as_slice());
    let header = reader.headers().expect("a header").clone();
    reader.records().map(|row| header.iter().map(str::to_owned).zip(row.expect("a row").iter().map(str::to_owned)).collect()).collect()
}

fn run(texts: &[(&str, &str)], of: impl FnOnce(&Findings<'_>)) {
    let corpus = corpus(texts);
    let settings = Settings::for_corpus(&corpus);
    of(&analyze(&corpus, Lexicon::english_framing(), &settings, |_| ()));
}

/// Outlet, drift and drift words of every printing, a group a list.
fn groups(texts: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut shown = Vec::new();
    run(texts, |findings| {
        let quotes = table(findings, "quotes");
        shown = table(findings, "quote_groups")
            .iter()
            .map(|group| {
                let own = quotes.iter().filter(|q| q["quote_group"] == group["quote_group"]);
                let row = |q: &Row| {
                    let base = if q["quote_id"] == q["base_quote_id"] { "*" } else { "" };
                    format!("{}{base} {} {}", q["outlet"], q["drift"], q["drift_words"]).trim().to_owned()
                };
                std::iter::once(group["speakers_agree"].clone()).chain(own.map(row)).collect()
            })
            .collect();
    });
    shown
}

const WHOLE: &str =
    "“You should rebuild every house in the flooded valley. We accept no further delay or excuses,” Ada Lind said on Friday.";

#[test]
fn cuts_of_one_quotation_are_one_group() {
    let cut = "Rain fell again over the hills. Lind told the council that it “should rebuild every house in the flooded valley.”\n\n\
        Lind added that “we accept no further delay or excuses.”";
    assert_eq!(
        groups(&[("A", WHOLE), ("B", cut)]),
        [[
            "one",
            "A* same",
            "B trimmed [-You] [-We accept no further delay or excuses]",
            "B trimmed [-You should rebuild … the flooded valley]"
        ]]
    );
}

#[test]
fn two_remarks_of_one_speaker_that_share_a_phrase_are_two() {
    let other = "“Taxes must not rise for farmers in the flooded valley while banks are paid,” Ada Lind said later.";
    assert_eq!(groups(&[("A", WHOLE), ("B", other)]), [[""; 0]; 0]);
}

#[test]
fn a_common_phrase_of_two_speakers_is_no_quotation_of_one() {
    let a = "The harbour lay empty on Monday. Ada Lind called the plan “a red line” for her voters.";
    let b = "Snow closed the mountain pass for hours. John Roe called the tariff “a red line” in trade talks.";
    assert_eq!(groups(&[("A", a), ("B", b)]), [[""; 0]; 0]);
}

#[test]
fn one_quotation_under_two_names_says_so() {
    let other = WHOLE.replace("Ada Lind", "John Roe");
    let found = groups(&[("A", WHOLE), ("B", &other)]);
    assert_eq!(found, [["several_names", "A* same", "B same"]]);
}

#[test]
fn the_same_words_of_two_speakers_are_no_quotation_of_one() {
    let a = "Smoke stood over the harbour. “We are very sorry for your loss,” Mayor Ada Lind said.";
    let b = "Trains were late in the hills. “We are very sorry for your loss,” sheriff John Roe said.";
    assert_eq!(groups(&[("A", a), ("B", b)]), [[""; 0]; 0]);
}

#[test]
fn four_words_of_five_are_no_quotation_of_one() {
    let a = "Smoke stood over the harbour. “We heard a loud blast,” a resident said.";
    let b = "Trains were late in the hills. “We heard a loud bang and ran,” a shopkeeper said.";
    assert_eq!(groups(&[("A", a), ("B", b)]), [[""; 0]; 0]);
}

#[test]
fn words_in_brackets_make_no_printing_fuller() {
    let a = "Smoke stood over the harbour. “They must leave the old base by Friday,” Ada Lind said.";
    let b = "Trains were late in the hills. “[The foreign troops] must leave the old base by Friday,” Lind said.";
    let found = groups(&[("A", a), ("B", b)]);
    assert_eq!(found, [["one", "A* same", "B trimmed [-They] [*The foreign troops]"]]);
}

#[test]
fn a_pronoun_after_a_name_with_a_small_word_in_it() {
    let a = "Hadi al-Ameri said on Monday that the harbour would stay shut.\n\nHe said, “Our sovereignty is a red line.”";
    run(&[("A", a), ("B", "Nothing of the kind was printed here, where rain was the news.")], |findings| {
        let quotes = table(findings, "quotes");
        let spoken = quotes.iter().find(|q| q["text"].contains("sovereignty")).expect("the quotation");
        assert_eq!((spoken["speaker"].as_str(), spoken["speaker_basis"].as_str()), ("Hadi al-Ameri", "pronoun"));
    });
}

#[test]
fn editions_of_one_outlet_are_a_group_of_one_outlet() {
    let later = format!("{WHOLE} The council met again in the evening and heard what engineers had found.");
    run(&[("A", WHOLE), ("A", &later), ("B", "Nothing of the kind was printed here, where rain was the news.")], |findings| {
        let groups = table(findings, "quote_groups");
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0]["articles"].as_str(), groups[0]["outlets"].as_str()), ("2", "1"));
    });
}

#[test]
fn a_phrase_in_the_place_of_a_name_is_a_label() {
    let a = "The army ended the territorial rule of Hezb in the northern province after two years of heavy fighting around the old town.\n\n\
        Hezb fled. Nobody followed Hezb there.";
    let b = "The army ended the territorial rule of the rebel outfit in the northern province after two years of heavy fighting around the old \
        town.\n\nWhat became of Hezb is not known.";
    run(&[("A", a), ("B", b)], |findings| {
        let labels = table(findings, "labels");
        let shown: Vec<(&str, &str, &str)> =
            labels.iter().map(|l| (l["entity"].as_str(), l["label"].as_str(), l["basis"].as_str())).collect();
        assert_eq!(shown, [("Hezb", "rebel outfit", "same_slot")]);
    });
}

#[test]
fn odd_texts_do_no_harm() {
    run(
        &[("A", "“"), ("B", "”x“"), ("C", "Roe"), ("D", "“[”"), ("E", "“[a] b” – “a [b”"), ("F", "Ağa, “él”: ’s’")],
        |findings| {
            for name in ["quotes", "quote_groups", "labels", "entities"] {
                let _rows = table(findings, name);
            }
        },
    );
}

#[test]
fn a_sheet_of_entities_is_read_or_refused_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("written");
    };
    write("news/a/1.txt", "They met the rebel leader Jane Roe, a former lawmaker, on the coast.\n");
    write("news/b/1.txt", "They saw Roe there.\n");
    write("good.csv", "name,aliases,kind\nJane Roe,Roe,person\n");
    write("bad.csv", "name,aliases\nRoe,\n,Lind\n");
    let run = |sheet: &str| {
        let args = ["compare", "news", "-o", "out", "--only", "tables", "--isolated", "--entities", sheet];
        Command::cargo_bin("retold").expect("the program is built").current_dir(&folder).args(args).output().expect("it runs")
    };
    let refused = run("bad.csv");
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(message.contains("E026") && message.contains("bad.csv:3: names nobody"), "{message}");
    assert_eq!(run("good.csv").status.code(), Some(0));
    let entities = fs::read_to_string(folder.path().join("out/tables/entities.csv")).expect("the table");
    assert!(entities.lines().nth(1).is_some_and(|row| row.contains("Jane Roe,person,Jane Roe | Roe,2,2,2,2,given")), "{entities}");
    let labels = fs::read_to_string(folder.path().join("out/tables/labels.csv")).expect("the table");
    assert!(labels.contains("rebel leader,before_name,narrator,1") && labels.contains("former lawmaker,apposition"), "{labels}");
}
