//! Datelines: `TEHRAN (Tasnim) –`, `WASHINGTON —`, `BAGHDAD, Jan. 5 (Xinhua) --`.

use std::sync::LazyLock;

use regex::Regex;

use super::span::{Byte, Span};

/// The place and source before the first sentence of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, with the dash that ends it and the blank after.
    pub span: Span<Byte>,
    /// The source in brackets, without them.
    pub source: Option<Span<Byte>>,
}

/// Longest name of a place, in characters.
const LONGEST_PLACE: usize = 41;

// Capitals for the place, or any place when a source in brackets follows; a dash ends it. The place is measured afterwards: to
// count letters of every script inside the pattern would take most of a short run's time to compile.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?<c>\p{Lu}[\p{Lu}.'’\- ]+)(?:,\s[^\n(–—:;!?]{1,40}?)?(?:\s?\((?<a>[^()\n]{1,60})\))?|(?<d>\p{Lu}[\p{L}.'’\- ]+)(?:,\s[^\n(–—:;!?]{1,40}?)?\s?\((?<b>[^()\n]{1,60})\))(?:\s(?:–|—|--|-)\s?|(?:–|—|--|:)\s)\s*",
    )
    .expect("the pattern is constant")
});

/// The dateline at the start of a paragraph, if it has one.
#[must_use]
pub fn dateline(text: &str, paragraph: Span<Byte>) -> Option<Dateline> {
    let found = DATELINE.captures(paragraph.of(text))?;
    let all = found.get(0)?;
    if found.name("c").or_else(|| found.name("d"))?.as_str().chars().count() > LONGEST_PLACE {
        return None;
    }
    // A dateline stands before something; a headline in capitals with a dash in it does not.
    let rest = paragraph.of(text).get(all.end()..)?;
    // What follows is a sentence of its own: `US – led forces` and `NAME (party) – the leader` go on instead.
    if !rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '‘' | '«' | '„')) {
        return None;
    }
    if rest.split_whitespace().nth(3).is_none() || !rest.chars().any(char::is_lowercase) {
        return None;
    }
    let place = |m: regex::Match<'_>| Span::new(paragraph.start() + m.start(), paragraph.start() + m.end());
    let source = found.name("a").or_else(|| found.name("b"));
    if source.is_none() && all.as_str().contains(": ") {
        return None;
    }
    Some(Dateline { span: place(all), source: source.map(place) })
}

#[cfg(test)]
mod tests {
    use super::{Span, dateline};

    #[test]
    fn datelines_and_not() {
        for (text, expected) in [
            ("TEHRAN (Tasnim) – The head of the alliance said", Some(("TEHRAN (Tasnim) – ", Some("Tasnim")))),
            ("WASHINGTON — The president said on Monday", Some(("WASHINGTON — ", None))),
            ("BAGHDAD, Jan. 5 (Xinhua) -- Iraqi forces said on", Some(("BAGHDAD, Jan. 5 (Xinhua) -- ", Some("Xinhua")))),
            ("Geneva (AP) — Delegates met on Monday again", Some(("Geneva (AP) — ", Some("AP")))),
            ("The head of the alliance – a bloc in parliament – said", None),
            ("US-led forces left the city on Monday", None),
            ("NATO: allies meet again on Monday in town", None),
            ("US–Iran talks resumed in Vienna on Monday", None),
            ("ISIS–linked militants held the town on Monday", None),
            ("NATO - led forces left the town on Monday", None),
            ("President Assad (pictured) – the leader of Syria – spoke", None),
            ("BREAKING — NEWS", None),
            ("A LONG HEADLINE IN CAPITALS THAT GOES ON AND ON - The head of the alliance said", None),
        ] {
            let found = dateline(text, Span::new(0, text.len()));
            let shown = found.map(|d| (d.span.of(text), d.source.map(|s| s.of(text))));
            assert_eq!(shown, expected, "{text}");
        }
    }
}
