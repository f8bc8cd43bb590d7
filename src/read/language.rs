//! In what language an article is written.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::corpus::record::LanguageBasis;

/// Codes and names of languages to ISO 639-1 codes.
static CODES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut codes = HashMap::new();
    for row in include_str!("../../lexicons/languages.csv").lines().skip(1) {
        let code = row.split(',').next().unwrap_or_default();
        codes.extend(row.split(',').map(|name| (name.to_lowercase(), code)));
    }
    codes
});

/// The language stated: a code (`en`, `eng`, `en-US`) or an English name, as ISO 639-1; others as given, in lower case.
#[must_use]
pub fn stated(given: &str) -> String {
    let lower = given.trim().to_lowercase();
    let main = lower.split(['-', '_', ';', ',']).next().unwrap_or("").trim();
    CODES.get(lower.as_str()).or_else(|| CODES.get(main)).map_or_else(|| main.to_owned(), |code| (*code).to_owned())
}

/// Characters of a text that are looked at: enough to be sure, and dear to look at.
const LOOKED_AT: usize = 1_000;

/// The language of an article and what tells it: its text where that is sure, else what is stated, else English is assumed.
///
/// A page often states the language of its template; a text is what it is. Recognition is by trigrams (the `whatlang` crate),
/// which costs a tenth of a millisecond; plain English is told before by its small words.
#[must_use]
pub fn language(text: &str, stated_as: &str) -> (String, LanguageBasis) {
    if is_plain_english(text) {
        return ("en".into(), LanguageBasis::Text);
    }
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    let start = text.get(..end).unwrap_or(text);
    let stated_code = stated(stated_as);
    // Short texts are told apart badly, headlines above all.
    let sure = whatlang::detect(start).filter(|found| found.is_reliable() && start.split_whitespace().nth(19).is_some());
    match sure.and_then(|found| CODES.get(found.lang().code())) {
        Some(code) => ((*code).to_owned(), LanguageBasis::Text),
        None if !stated_code.is_empty() => (stated_code, LanguageBasis::Stated),
        None => ("en".into(), LanguageBasis::Assumed),
    }
}

/// Small words of English, of at most five letters, in their order: one in four of its words, and one in twenty of the nearest
/// other language.
const SMALL: [&[u8]; 31] = [
    b"and", b"are", b"as", b"at", b"be", b"been", b"by", b"for", b"from", b"had", b"has", b"have", b"her", b"his", b"it", b"not", b"of",
    b"said", b"that", b"the", b"their", b"they", b"this", b"to", b"was", b"were", b"which", b"who", b"will", b"with", b"would",
];
/// Characters in which plain English shows itself.
const SHOWS: usize = 1_000;

/// Whether at least one word in seven of the first thirty or more is a small word of English.
fn is_plain_english(text: &str) -> bool {
    let (mut words, mut small) = (0, 0);
    let start = text.as_bytes().get(..SHOWS).unwrap_or(text.as_bytes());
    for word in start.split(|b| !b.is_ascii_alphanumeric() && b.is_ascii()).filter(|word| !word.is_empty()) {
        words += 1;
        let mut lower = [0; 5];
        if let Some(lower) = lower.get_mut(..word.len()) {
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            small += usize::from(SMALL.binary_search(&&*lower).is_ok());
        }
    }
    words >= 30 && small * 7 >= words
}

#[cfg(test)]
mod tests {
    use super::{LanguageBasis, language, stated};

    #[test]
    fn stated_in_any_form() {
        for given in ["en", "eng", "English", "en-US", "en_GB", " EN "] {
            assert_eq!(stated(given), "en", "{given}");
        }
        assert_eq!((stated("German").as_str(), stated("fra").as_str(), stated("tlh").as_str()), ("de", "fr", "tlh"));
    }

    #[test]
    fn the_text_is_what_it_is() {
        let german = "Der Minister sagte am Montag, die Truppen würden das Land noch in diesem Jahr verlassen. Die Regierung habe das \
                      beschlossen, nachdem das Parlament im Januar darüber abgestimmt hatte, hieß es weiter aus der Hauptstadt.";
        assert_eq!(language(german, "en-US"), ("de".into(), LanguageBasis::Text));
        let english = "The minister said on Monday that the troops would leave the country this year. The government had decided so \
                       after parliament had voted on the matter in January, officials in the capital said.";
        assert_eq!(language(english, "de"), ("en".into(), LanguageBasis::Text));
        // Words that many languages have are no sure sign of one.
        let names =
            "Hotel Paris Berlin Roma Madrid London taxi bar radio auto sport film club bank tram metro opera ballet piano solo tango jazz";
        assert_eq!(language(names, ""), ("en".into(), LanguageBasis::Assumed));
        assert_eq!(language("Truppen ziehen ab", "de"), ("de".into(), LanguageBasis::Stated));
        assert_eq!(language("Troops leave", ""), ("en".into(), LanguageBasis::Assumed));
    }
}
