//! A page as a browser would take it apart: elements and attributes that Retold's own templates have, and no others.

use super::pictures::is_turn;

const ELEMENTS: &str = "a article b bdi body br button caption code col colgroup dd del details dialog div dl dt em figcaption figure \
    footer form h1 h2 h3 h4 head header html i input ins kbd label li link main mark meta nav ol optgroup option output p q s script search \
    section select small span strong style sub summary sup table tbody td template tfoot th thead time title tr u ul svg desc g defs \
    pattern clippath text tspan line rect circle ellipse path polygon polyline";

/// Attributes that let something run, load or cover the page.
const REFUSED: [&str; 8] = ["src", "srcdoc", "action", "formaction", "background", "ping", "poster", "srcset"];

/// Checks a page.
pub(super) fn check(html: &str) {
    let bad: Vec<char> = html.chars().filter(|&c| (c.is_control() && c != '\n' && c != '\t') || is_turn(c)).collect();
    assert!(bad.is_empty(), "controls: {bad:?}");
    let elements: Vec<&str> = ELEMENTS.split_whitespace().collect();
    let mut rest = html;
    let mut scripts = 0;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        if rest.starts_with("!DOCTYPE html>") || rest.starts_with("!doctype html>") {
            continue;
        }
        let tag_closes = rest.starts_with('/');
        let tag = rest.trim_start_matches('/');
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let (name, after) = tag.split_at(end);
        let name = name.to_ascii_lowercase();
        assert!(elements.contains(&name.as_str()), "<{}", tag.chars().take(60).collect::<String>());
        rest = attributes(&name, after);
        if (name == "script" || name == "style") && !tag_closes {
            scripts += usize::from(name == "script");
            let close = format!("</{name}>");
            rest = rest.split_once(&close).map_or("", |(_, after)| after);
        }
    }
    assert!(scripts <= 4, "{scripts} script tags");
}

/// Takes in the attributes of a tag; gives what follows the tag.
fn attributes<'h>(element: &str, mut rest: &'h str) -> &'h str {
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>').or_else(|| rest.strip_prefix("/>")) {
            return after;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '_')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        assert!(!name.is_empty(), "<{element}> goes on with {}", rest.chars().take(60).collect::<String>());
        let name = name.to_ascii_lowercase();
        assert!(!name.starts_with("on") && !REFUSED.contains(&&*name), "<{element} {name}>");
        rest = after;
        let Some(value) = after.strip_prefix('=') else { continue };
        let quoted = value.strip_prefix('"').unwrap_or_else(|| panic!("<{element} {name}> without quotation marks"));
        let (value, after) = quoted.split_once('"').expect("an attribute ends");
        assert!(!value.contains('<'), "<{element} {name}=\"{value}\">");
        if name.ends_with("href") {
            let value = value.to_ascii_lowercase();
            let file = value.chars().all(|c| c.is_ascii_alphanumeric() || "._/-".contains(c));
            let known = value.starts_with('#') || value.starts_with("http://") || value.starts_with("https://") || file;
            assert!(known && !value.starts_with("//"), "<{element} {name}=\"{value}\">");
        }
        rest = after;
    }
}
