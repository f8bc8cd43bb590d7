//! The same six articles out of every layout in which people have them: same outlets, titles, dates and, where the layout holds
//! the text, the same text once white space is folded. The articles are of the public domain (Chronicling America, March 1916).

use std::collections::BTreeMap;
use std::path::PathBuf;

use retold::corpus::builder::CorpusBuilder;
use retold::corpus::collection::Corpus;
use retold::corpus::date::DateOrder;
use retold::corpus::record::Extent;
use retold::read::encoding::Encoding;
use retold::read::files::{ReadOptions, ReadReport, read_all};

/// What a layout gives of an article.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    outlet: String,
    title: String,
    date: String,
    text: String,
    extent: &'static str,
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(layout: &str, options: &ReadOptions) -> (Corpus, ReadReport) {
    let mut builder = CorpusBuilder::default();
    let report = read_all(&[PathBuf::from("tests/formats").join(layout)], options, &mut builder).expect("it can be read");
    let corpus = builder.seal();
    let complaints: Vec<_> = corpus.skipped().iter().collect();
    assert!(complaints.is_empty(), "{layout}: {complaints:?}");
    assert_eq!(report.records, corpus.articles().len(), "{layout}: read = analysed + skipped");
    (corpus, report)
}

fn shown(corpus: &Corpus) -> Vec<Shown> {
    let one = |id| {
        let article = corpus.article(id);
        Shown {
            outlet: corpus.outlet_of(id).name.clone(),
            title: article.title.clone(),
            date: article.published_at.map_or_else(String::new, |date| date.first_day()),
            text: folded(&corpus.whole_text(id)),
            extent: article.extent.as_str(),
        }
    };
    let mut all: Vec<Shown> = corpus.ids().map(one).collect();
    all.sort();
    all
}

fn truth() -> Vec<Shown> {
    let all = shown(&read("jsonl", &ReadOptions::default()).0);
    assert_eq!(all.len(), 6);
    // The truth is that of the file, read by nothing of ours.
    let rows: Vec<serde_json::Value> = std::fs::read_to_string("tests/formats/jsonl/corpus.jsonl")
        .expect("there")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    for row in rows {
        let text = folded(row["text"].as_str().expect("text"));
        let found = all.iter().find(|article| article.text == text).expect("each text is there");
        assert_eq!(
            [&*found.outlet, &*found.title, &*found.date],
            ["outlet", "title", "date"].map(|name| row[name].as_str().expect("text"))
        );
    }
    all
}

#[test]
fn the_same_articles_out_of_every_layout() {
    let truth = truth();
    let plain = ReadOptions::default;
    let layouts: [(&str, ReadOptions); 19] = [
        ("csv", plain()),
        ("csv-latin1", ReadOptions { encoding: Encoding::named("latin1").expect("known"), ..plain() }),
        // Its dates are 09/03/1916.
        ("csv-excel", ReadOptions { date_order: DateOrder::DayFirst, ..plain() }),
        ("tsv", plain()),
        ("json", plain()),
        ("eventregistry", plain()),
        ("ninjs1", plain()),
        ("ninjs3", plain()),
        ("html", plain()),
        ("warc", plain()),
        ("factiva", plain()),
        ("factiva-rtf", plain()),
        ("feed", plain()),
        ("newsml-g2", plain()),
        ("nitf", plain()),
        ("nexis-docx", plain()),
        ("proquest", plain()),
        ("nexis-rtf", plain()),
        ("nexis-text", plain()),
    ];
    for (layout, options) in layouts {
        let found = shown(&read(layout, &options).0);
        assert_eq!(found.len(), truth.len(), "{layout}");
        for (found, expected) in found.iter().zip(&truth) {
            assert_eq!(found, expected, "{layout}");
        }
    }
}

#[test]
fn a_tree_of_texts_gives_outlets_by_folder_and_days_by_name() {
    for layout in ["txt", "zip"] {
        tree_of_texts(layout);
    }
}

fn tree_of_texts(layout: &str) {
    let found = shown(&read(layout, &ReadOptions::default()).0);
    // Names of folders had their marks and blanks written as lines; the headline of a text file is its first line, and is text.
    let bare = |name: &str| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let keys = |all: &[Shown], headline: bool| -> Vec<[String; 4]> {
        let text = |a: &Shown| if headline { format!("{} {}", a.title, a.text) } else { a.text.clone() };
        let mut keys: Vec<_> = all.iter().map(|a| [bare(&a.outlet), a.title.clone(), a.date.clone(), text(a)]).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&found, false), keys(&truth(), true), "{layout}");
}

#[test]
fn layouts_without_the_text_are_compared_by_headline() {
    let truth: BTreeMap<String, Shown> = truth().into_iter().map(|article| (article.title.clone(), article)).collect();
    for (layout, extent) in [("newsapi", Extent::Excerpt), ("gdelt", Extent::Title), ("mediacloud", Extent::Title)] {
        let (corpus, _) = read(layout, &ReadOptions::default());
        assert_eq!(corpus.articles().len(), 6, "{layout}");
        for (id, found) in corpus.ids().map(|id| (id, corpus.article(id))) {
            let expected = truth.get(&found.title).unwrap_or_else(|| panic!("{layout}: {}", found.title));
            assert_eq!(found.extent, extent, "{layout}");
            assert_eq!(found.published_at.map(|date| date.first_day()).as_deref(), Some(expected.date.as_str()), "{layout}");
            let words: Vec<&str> = corpus.document(id).words().iter().map(|word| corpus.vocabulary().word(word.id)).collect();
            assert!(!words.contains(&"chars"), "{layout}: the mark of a cut is no word");
            if extent == Extent::Excerpt {
                assert_eq!(corpus.outlet_of(id).name, expected.outlet, "{layout}");
                assert!(corpus.whole_text(id).starts_with(&expected.title), "{layout}");
            } else {
                assert_eq!(*corpus.whole_text(id), *expected.title, "{layout}");
            }
        }
    }
}
