//! Every code that Retold shows is explained, and no other.

use std::collections::BTreeSet;
use std::fs;

use retold::codes::CODES;

/// What looks like a code in a text: `E` or `W` and three digits, and nothing of a word on either side.
fn codes_in(text: &str) -> BTreeSet<String> {
    let bytes = text.as_bytes();
    let word = |at: Option<&u8>| at.is_some_and(|b| b.is_ascii_alphanumeric());
    let is_code = |at: usize| {
        matches!(bytes[at], b'E' | b'W')
            && bytes.get(at + 1..at + 4).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
            && !word(bytes.get(at + 4))
            && !(at > 0 && word(bytes.get(at - 1)))
    };
    (0..bytes.len()).filter(|&at| is_code(at)).filter_map(|at| text.get(at..at + 4)).map(str::to_owned).collect()
}

#[test]
fn each_code_of_the_source_is_explained_and_each_explained_code_is_in_the_source() {
    let mut used = BTreeSet::new();
    for entry in walkdir::WalkDir::new("src") {
        let entry = entry.expect("readable");
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("codes.rs") {
            let source = fs::read_to_string(path).expect("UTF-8");
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            // Help texts and documentation name codes as examples.
            let code: Vec<&str> =
                code.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("after_help")).collect();
            used.extend(codes_in(&code.join("\n")));
        }
    }
    let explained: BTreeSet<String> = CODES.iter().map(|code| code.code.to_owned()).collect();
    assert_eq!(used, explained);
    assert!(used.len() > 20);
}

#[test]
fn what_a_code_is_is_found() {
    assert_eq!(codes_in("error[E099] \"W002\" L-E010x SHE010 E0101 E01"), BTreeSet::from(["E099".to_owned(), "W002".to_owned()]));
}
