//! Lists of wording: what is taken can be written and read again, and is looked for without a fault.

use std::path::Path;
use std::sync::LazyLock;

use retold::corpus::document::Document;
use retold::corpus::vocabulary::Vocabulary;
use retold::lexicon::load::Lexicon;
use retold::lexicon::scan::Scanner;
use retold::lexicon::sheet::{from_csv, to_csv};
use retold::lexicon::write::to_toml;
use retold::text::language::Language;
use retold::text::span::Span;

/// A text with something for most lists.
const TEXT: &str = "Terror and so-called “regime” forces of the U.S. killed 12 élan thugs, the dogs’ owner’s dog said. A terror attack, a, b, aa ab.\n\n\
                    x y z 1 2 3 été naïve Straße İstanbul";

static READ: LazyLock<(Document, Vocabulary)> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let document = Document::new(TEXT, &[Span::new(0, TEXT.len())], Language::english(), &mut vocabulary);
    (document, vocabulary)
});

/// A list in TOML.
pub(super) fn toml(bytes: &[u8]) {
    let Ok(content) = std::str::from_utf8(bytes) else { return };
    match Lexicon::from_toml("t", [("t.toml", content)]) {
        Ok(lexicon) => taken(&lexicon),
        Err(e) => assert!(e.to_string().contains("t.toml"), "a fault without its file: {e}"),
    }
}

/// A list as a sheet.
pub(super) fn csv(bytes: &[u8]) {
    let Ok(content) = std::str::from_utf8(bytes) else { return };
    match from_csv("t", Path::new("t.csv"), content) {
        Ok(lexicon) => taken(&lexicon),
        Err(e) => assert!(e.to_string().contains("t.csv"), "a fault without its file: {e}"),
    }
}

fn taken(lexicon: &Lexicon) {
    let written = to_toml(lexicon);
    let again = Lexicon::from_toml("t", [("t.toml", written.as_str())]).unwrap_or_else(|e| panic!("{e} in\n{written}"));
    assert!(again.entries().eq(lexicon.entries()), "TOML changes a list:\n{written}");
    let written = to_csv(lexicon, Lexicon::english_framing());
    let again = from_csv("t", Path::new("t.csv"), &written).unwrap_or_else(|e| panic!("{e} in\n{written}"));
    assert!(again.entries().eq(lexicon.entries()), "a sheet changes a list:\n{written}");
    let (document, vocabulary) = &*READ;
    for hit in Scanner::new(lexicon, vocabulary).scan(document, TEXT) {
        let span = document.bytes(hit.tokens).expect("a hit has words");
        assert!(TEXT.get(span.range()).is_some() && hit.tokens.end() <= document.words().len());
    }
}
