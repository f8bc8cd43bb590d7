//! Whether a tree may be built of a page. Parsers of HTML take quadratic time, or more stack than there is, on pages that no
//! publisher makes; a pass over the tags shows which ones, before one is built.

use std::collections::BTreeMap;

use memchr::memchr_iter;

use crate::read::limits::Limits;
use crate::read::page::tags::{Token, Tokens, VOID, is_any};

/// Elements that a parser opens again in every block until they are closed.
const FORMATTING: &[&str] = &["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u", "nobr", "a"];

/// Elements that end by themselves where the next one starts.
const SELF_ENDING: &[&str] =
    &["p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt", "rp", "html", "head", "body"];

/// Elements of a page of which a tree is built.
const ELEMENTS: usize = 200_000;
/// Depth beyond which work on a tree grows too much with it, whatever the bound on nesting.
const DEPTH: usize = 200;
/// Attributes of one element: parsers compare each with all before it.
const ATTRIBUTES: usize = 500;
/// Sum of the depths of all tags: what a parser walks to find what a tag ends.
const STEPS: usize = 5_000_000;
/// `<` and `&` that start nothing: parsers take each as a piece of text of its own.
const STRAYS: usize = 100_000;
/// Times that elements are opened again.
const REOPENED: usize = 50_000;

/// Why no tree is built of a page; `None` if one may be.
#[must_use]
pub fn unfit(html: &str, limits: &Limits) -> Option<String> {
    let most = limits.nesting.min(DEPTH);
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let (mut depth, mut formatting, mut elements, mut reopened, mut roots) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let mut strays = 0_usize;
    let mut steps = 0_usize;
    for token in Tokens::new(html) {
        steps += depth;
        if steps > STEPS || strays > STRAYS {
            return Some("has too many pieces inside one another".into());
        }
        match token {
            Token::Open(tag) => {
                elements += 1;
                if elements > ELEMENTS {
                    return Some(format!("has more than {ELEMENTS} elements"));
                }
                if tag.attributes.len() > ATTRIBUTES && tag.attributes().take(ATTRIBUTES + 1).count() > ATTRIBUTES {
                    return Some(format!("has an element with more than {ATTRIBUTES} attributes"));
                }
                roots += usize::from(is_any(tag.name, &["html", "body"]));
                if roots > 100 {
                    return Some("starts more than 100 times".into());
                }
                if is_any(tag.name, VOID)
                    || tag.attributes.ends_with('/') && is_any(tag.name, &["path", "use", "circle", "rect", "g", "line", "polygon", "stop"])
                {
                    continue;
                }
                if is_any(tag.name, FORMATTING) {
                    formatting += 1;
                } else {
                    reopened += formatting;
                    if reopened > REOPENED {
                        return Some("leaves too many elements open".into());
                    }
                }
                if is_any(tag.name, SELF_ENDING) {
                    continue;
                }
                *open.entry(tag.name.to_ascii_lowercase()).or_default() += 1;
                depth += 1;
                if depth > most {
                    return Some(format!("has elements more than {most} deep inside one another"));
                }
            }
            Token::Close(name) => {
                let known = open.get_mut(&name.to_ascii_lowercase()).filter(|count| **count > 0);
                if let Some(count) = known {
                    *count -= 1;
                    depth -= 1;
                    formatting -= usize::from(is_any(name, FORMATTING));
                } else if is_any(name, &["p", "br"]) {
                    strays += 1;
                }
                reopened += formatting;
            }
            Token::Text(text) => strays += usize::from(text.starts_with('<')) + memchr_iter(b'&', text.as_bytes()).count(),
            Token::Comment(_) | Token::Raw(_) | Token::Characters(_) => {}
        }
    }
    (strays > STRAYS || reopened > REOPENED).then(|| "leaves too many elements open".into())
}

#[cfg(test)]
mod tests {
    use super::unfit;
    use crate::read::limits::Limits;

    #[test]
    fn pages_of_which_no_tree_is_built() {
        let fit = |html: &str| unfit(html, &Limits::default()).is_none();
        assert!(fit("<p>a<p>b<table><tr><td><b>c</b><td>d</table>"));
        assert!(fit(&"<p><li><b>x</b>".repeat(10_000)));
        assert!(!fit(&"<div>".repeat(1000)));
        assert!(!fit(&"<b>".repeat(1000)));
        assert!(!fit(&format!("{}{}", "<font color=1>".repeat(150), "<p>x</p>".repeat(10_000))));
        assert!(!fit(&format!("<p {}>", (0..1000).map(|i| format!("a{i}=1 ")).collect::<String>())));
    }
}
