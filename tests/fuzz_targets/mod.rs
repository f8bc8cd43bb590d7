//! What must hold whatever bytes come in: the bodies of the fuzz targets in `fuzz/`, which `tests/fuzz_found.rs` runs over every
//! input that was found and kept. Each takes bytes and panics where something does not hold.

mod align;
mod lexicon;
mod page;
mod pictures;
mod reading;
mod report;
mod tables;
mod voice;
mod words;

/// Name of a target, and what it does with an input.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets. A file of the same name in `fuzz/fuzz_targets` makes each a program; `tests/fuzz_found.rs` holds both together.
pub(crate) const TARGETS: &[Target] = &[
    ("csv", |bytes| reading::file("t.csv", bytes)),
    ("jsonl", |bytes| reading::file("t.jsonl", bytes)),
    ("json", |bytes| reading::file("t.json", bytes)),
    ("html", |bytes| reading::file("t.html", bytes)),
    ("docx", reading::docx),
    ("rtf", |bytes| reading::file("t.rtf", bytes)),
    ("xml", |bytes| reading::file("t.xml", bytes)),
    ("text", |bytes| reading::file("t.txt", bytes)),
    ("gzip", |bytes| reading::file("t.jsonl.gz", bytes)),
    ("warc", |bytes| reading::file("t.warc", bytes)),
    ("zip", |bytes| reading::file("t.zip", bytes)),
    ("lexicon_toml", lexicon::toml),
    ("lexicon_csv", lexicon::csv),
    ("words", words::check),
    ("voice", voice::check),
    ("align", align::check),
    ("tables", tables::check),
    ("report", report::check),
];

/// Runs a target over an input.
///
/// # Panics
/// Where something does not hold, or no target has that name.
pub(crate) fn run(name: &str, input: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(target, _)| *target == name).unwrap_or_else(|| panic!("no target {name}"));
    target(input);
}
