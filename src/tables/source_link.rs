//! Where words stand at their source: a link to the page with a text fragment, which browsers scroll to and mark.
//!
//! Form: `URL#:~:text=[before-,]start[,end][,-after]` (WICG, URL Fragment Text Directives). A browser that does not know it, or
//! does not find the words, opens the page.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::text::span::{Byte, Span};

/// Most words that stand in a link whole; of more, the first and the last few.
const WHOLE: usize = 10;
/// Words at either end of longer ones.
const ENDS: usize = 4;
/// Words of context on either side.
const CONTEXT: usize = 3;
/// Bytes of a text that are searched for the same words; in longer ones they always get their context.
const SEARCHED: usize = 20_000;

/// Whether an address may be linked to: of the web, without what no address holds.
#[must_use]
pub fn is_web(url: &str) -> bool {
    let rest = ["http://", "https://"].into_iter().find_map(|scheme| {
        let (start, rest) = url.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '`' | '{' | '}' | '|' | '^');
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !url.contains(odd))
}

/// The address of some words of a text; `None` where the address is none of the web or there are no words.
#[must_use]
pub fn source_link(url: &str, text: &str, place: Span<Byte>) -> Option<String> {
    if !is_web(url) {
        return None;
    }
    let said: Vec<&str> = place.of(text).split_whitespace().collect();
    if said.is_empty() {
        return None;
    }
    // What another directive pointed to is not what is linked to here.
    let page = url.split_once(":~:").map_or(url, |(page, _)| page);
    let hash = if page.contains('#') { "" } else { "#" };
    let mut link = format!("{page}{hash}:~:text=");
    let is_long = said.len() > WHOLE;
    let context = !is_long && (text.len() > SEARCHED || stands_twice(text, place));
    let before = last_words(text.get(..place.start()).unwrap_or(""), context);
    let after = first_words(text.get(place.end()..).unwrap_or(""), context);
    if !before.is_empty() {
        link.push_str(&format!("{}-,", encoded(&before)));
    }
    if is_long {
        link.push_str(&format!("{},{}", encoded(&said[..ENDS]), encoded(&said[said.len() - ENDS..])));
    } else {
        link.push_str(&encoded(&said));
    }
    if !after.is_empty() {
        link.push_str(&format!(",-{}", encoded(&after)));
    }
    Some(link)
}

/// Words with one blank between them; `-`, `,` and `&` mean something in a directive and are encoded with all that is no letter
/// or digit.
fn encoded(words: &[&str]) -> String {
    utf8_percent_encode(&words.join(" "), NON_ALPHANUMERIC).to_string()
}

fn stands_twice(text: &str, place: Span<Byte>) -> bool {
    let (text, said) = (text.to_lowercase(), place.of(text).to_lowercase());
    text.matches(&said).nth(1).is_some()
}

/// The last words of the line that ends here: a browser does not look for context across blocks.
fn last_words(before: &str, wanted: bool) -> Vec<&str> {
    let line = before.rsplit('\n').next().unwrap_or("");
    let mut words: Vec<&str> = line.split_whitespace().rev().take(if wanted { CONTEXT } else { 0 }).collect();
    words.reverse();
    words
}

fn first_words(after: &str, wanted: bool) -> Vec<&str> {
    let line = after.split('\n').next().unwrap_or("");
    line.split_whitespace().take(if wanted { CONTEXT } else { 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_web, source_link};
    use crate::text::span::Span;

    fn link(url: &str, text: &str, words: &str) -> Option<String> {
        let at = text.find(words).unwrap();
        source_link(url, text, Span::new(at, at + words.len()))
    }

    #[test]
    fn words_once_stand_alone_and_words_twice_with_what_is_around_them() {
        let text = "The so-called regime, said A & B, fell.\nA Regime fell.";
        let url = "https://a.example/x?y=1&z=2";
        assert_eq!(link(url, text, "so-called").unwrap(), "https://a.example/x?y=1&z=2#:~:text=so%2Dcalled");
        assert_eq!(link(url, text, "A & B").unwrap(), "https://a.example/x?y=1&z=2#:~:text=A%20%26%20B");
        assert_eq!(link(url, text, "regime").unwrap(), "https://a.example/x?y=1&z=2#:~:text=The%20so%2Dcalled-,regime,-%2C%20said%20A");
        // The line before is another block.
        assert_eq!(link(url, text, "Regime").unwrap(), "https://a.example/x?y=1&z=2#:~:text=A-,Regime,-fell%2E");
    }

    #[test]
    fn words_of_a_long_text_always_have_what_is_around_them() {
        let text = format!("The only regime fell. {}", "They left. ".repeat(2_000));
        assert_eq!(
            link("https://a.example/", &text, "regime").unwrap(),
            "https://a.example/#:~:text=The%20only-,regime,-fell%2E%20They%20left%2E"
        );
    }

    #[test]
    fn long_words_are_given_by_their_ends_and_fragments_are_kept() {
        let text = "one two three four five six seven eight nine ten eleven";
        assert_eq!(
            link("http://a.example/#top", text, text).unwrap(),
            "http://a.example/#top:~:text=one%20two%20three%20four,eight%20nine%20ten%20eleven"
        );
        assert_eq!(link("http://a.example/#:~:text=old", text, "two").unwrap(), "http://a.example/#:~:text=two");
        assert_eq!(link("http://a.example/", "سلام عليكم", "سلام").unwrap(), "http://a.example/#:~:text=%D8%B3%D9%84%D8%A7%D9%85");
    }

    #[test]
    fn only_the_web_is_linked_to() {
        for url in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.example/",
            "ftp://a.example/",
            "https://",
            "http:///x",
            "https://a b",
            "https://a\"b",
            "Xhttps://a",
        ] {
            assert!(!is_web(url), "{url}");
            assert_eq!(link(url, "words", "words"), None, "{url}");
        }
        assert!(is_web("HTTPS://A.example/x") && is_web("http://[::1]/") && is_web("https://ünlü.example/ä"));
        assert_eq!(source_link("https://a.example/", "words", Span::new(2, 2)), None);
    }
}
