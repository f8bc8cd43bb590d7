//! The shipped lexicon is data that proves itself.

use retold::corpus::document::Document;
use retold::corpus::vocabulary::Vocabulary;
use retold::lexicon::balance::balance;
use retold::lexicon::builtin::{NEUTRAL_TEXT, sources};
use retold::lexicon::check::check;
use retold::lexicon::load::Lexicon;
use retold::lexicon::scan::Scanner;
use retold::text::language::Language;
use retold::text::span::Span;

#[test]
fn no_entry_has_a_fault() {
    let faults = check(Lexicon::english_framing(), &sources().keys().cloned().collect(), 0);
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shown.join("\n"));
}

/// What is built in is what the files say.
#[test]
fn what_is_built_in_is_what_the_files_say() {
    let folder = std::path::Path::new("lexicons/en/framing");
    let read = Lexicon::read(folder).expect("the folder is a lexicon");
    let built_in = Lexicon::english_framing();
    assert!(read.entries().eq(built_in.entries()) && read.categories().eq(built_in.categories()));
    for i in 0..read.len() {
        let id = retold::id::EntryId::new(i);
        assert_eq!(read.position(id), built_in.position(id));
    }
}

/// With RETOLD_UPDATE set, order and spacing of the files are rewritten instead of checked.
#[test]
fn files_are_in_their_one_form() {
    let lexicon = Lexicon::english_framing();
    for category in lexicon.categories() {
        let path = format!("lexicons/en/framing/{}.toml", category.id);
        let written = retold::lexicon::write::category_toml(lexicon, category);
        if std::env::var_os("RETOLD_UPDATE").is_some() {
            std::fs::write(&path, &written).expect("the lexicon folder can be written");
        }
        let there = std::fs::read_to_string(&path).expect("the file is there");
        assert!(there == written, "{path} is not in order; run the tests with RETOLD_UPDATE=1");
    }
}

/// Both sides of a contested topic are listed: a pair names a wording of the other side, and that side is no stranger to the
/// list either. Counted over pairs, no entry stands against more than two of the other side.
#[test]
fn pairs_name_entries_and_do_not_pile_up() {
    let lexicon = Lexicon::english_framing();
    let paired: Vec<_> = lexicon.entries().filter(|e| !e.pair.is_empty()).collect();
    assert!(paired.len() >= 90, "{} entries have a pair", paired.len());
    for entry in &paired {
        assert_ne!(entry.pair, entry.id, "an entry is its own pair");
        let other = lexicon.find(&entry.pair).unwrap_or_else(|| panic!("{}: pair {} is no entry", entry.id, entry.pair));
        assert!(entry.strength > 0 || other.strength <= 1, "{}: recorded as not loaded, but its pair {} is", entry.id, other.id);
    }
}

/// Ids and strengths of what is found in a sentence.
fn flags(sentences: &[String]) -> Vec<Vec<(String, u8)>> {
    let lexicon = Lexicon::english_framing();
    let mut vocabulary = Vocabulary::default();
    let read = |text: &String| Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
    let documents: Vec<Document> = sentences.iter().map(read).collect();
    let scanner = Scanner::new(lexicon, &vocabulary);
    let found = |(document, text): (&Document, &String)| {
        scanner.scan(document, text).iter().map(|hit| (lexicon.entry(hit.entry).id.clone(), hit.strength)).collect()
    };
    documents.iter().zip(sentences).map(found).collect()
}

/// Eighty sentences with the actors of one side and of the other: the same words are found, whoever does what to whom.
#[test]
fn other_actors_change_no_flag() {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path("tests/actor_swap.tsv").expect("the table is there");
    let mut sentences = Vec::new();
    for row in reader.records() {
        let row = row.expect("three cells");
        for actors in [&row[1], &row[2]] {
            let (a, b) = actors.split_once('|').expect("two actors");
            let sentence = row[0].replace("{A}", a).replace("{B}", b);
            let mut letters = sentence.chars();
            sentences.push(letters.next().expect("a sentence").to_uppercase().chain(letters).collect::<String>());
        }
    }
    assert_eq!(sentences.len(), 160);
    let found = flags(&sentences);
    let mut wrong = Vec::new();
    for (pair, texts) in found.chunks(2).zip(sentences.chunks(2)) {
        // An entry may name its actor; then another stands for the other, as strong.
        let strengths = |flags: &[(String, u8)]| flags.iter().map(|flag| flag.1).collect::<Vec<u8>>();
        if pair[0].is_empty() || strengths(&pair[0]) != strengths(&pair[1]) {
            wrong.push(format!("{}: {:?}\n{}: {:?}", texts[0], pair[0], texts[1], pair[1]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The neutral text is long enough to tell, and nothing of strength 2 is found in it: no exception of the list fails.
#[test]
fn neutral_text_is_left_alone() {
    let text = NEUTRAL_TEXT.to_owned();
    assert!(text.split_whitespace().count() >= 3_000);
    for innocent in [
        "Occupational Safety",
        "full-time occupation",
        "French Resistance",
        "Patriot missile",
        "tax regime",
        "martyr saints",
        "al-Aqsa Martyrs Brigades",
        "executed a search warrant",
        "murder trial",
        "illegal drugs",
        "claimed responsibility",
        "slam dunk",
    ] {
        assert!(text.contains(innocent), "{innocent}");
    }
    let strong: Vec<_> = flags(&[text]).remove(0).into_iter().filter(|(_, strength)| *strength >= 2).collect();
    assert_eq!(strong, []);
}

/// Every dispute has wording of each side, at most two to one.
#[test]
fn disputes_are_evenly_listed() {
    let topics = balance(Lexicon::english_framing());
    let uneven: Vec<_> = topics.iter().filter(|topic| !topic.is_even()).map(|topic| (&topic.topic, topic.extremes())).collect();
    assert!(uneven.is_empty(), "{uneven:?}");
    assert!(topics.len() >= 20, "{} disputes", topics.len());
}
