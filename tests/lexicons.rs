//! The shipped lexicon is data that proves itself.

use std::collections::BTreeSet;

use retold::lexicon::builtin::{FILES, sources};
use retold::lexicon::check::check;
use retold::lexicon::load::Lexicon;

#[test]
fn no_entry_has_a_fault() {
    let faults = check(Lexicon::english_framing(), &sources().keys().cloned().collect(), 0);
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shown.join("\n"));
}

#[test]
fn every_file_of_the_folder_is_listed() {
    let folder = std::fs::read_dir("lexicons/en/framing").expect("the lexicon folder is there");
    let there: BTreeSet<String> =
        folder.map(|e| format!("lexicons/en/framing/{}", e.expect("readable").file_name().to_string_lossy())).collect();
    let listed: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(there, listed);
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
