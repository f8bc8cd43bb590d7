//! Links inside the page that lead somewhere: what is too much for the page cannot be jumped to.

use std::collections::BTreeSet;

/// Takes `href` off links to what the page does not hold; the words of the link stay.
pub(super) fn without_dead_links(html: &str) -> String {
    let ids: BTreeSet<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut out = String::with_capacity(html.len());
    let mut parts = html.split(" href=\"#");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let Some((target, rest)) = part.split_once('"') else {
            out.push_str(" href=\"#");
            out.push_str(part);
            continue;
        };
        // Where a paragraph is not shown, its article is the next best place.
        let article =
            target.rsplit_once('-').filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit())).map_or(target, |(article, _)| article);
        if let Some(there) = [target, article].into_iter().find(|id| ids.contains(id)) {
            out.push_str(&format!(" href=\"#{there}\""));
        } else {
            out.push_str(" data-gone");
        }
        out.push_str(rest);
    }
    out
}

/// A chart without `style` attributes.
pub(super) fn without_styles(svg: &str) -> String {
    let mut parts = svg.split(" style=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::{without_dead_links, without_styles};

    #[test]
    fn charts_lose_their_styles_only() {
        assert_eq!(without_styles("<svg style=\"a:b\" id=\"c\"><text style=\"d\">e</text></svg>"), "<svg id=\"c\"><text>e</text></svg>");
    }

    #[test]
    fn links_that_lead_nowhere_are_words() {
        let html = "<a href=\"#p1\">one</a> <a href=\"#p2\">two</a><p id=\"p1\">href=\"#p3\"</p>";
        let expected = "<a href=\"#p1\">one</a> <a data-gone>two</a><p id=\"p1\">href=\"#p3\"</p>";
        assert_eq!(without_dead_links(html), expected);
        assert_eq!(without_dead_links("<a href=\"#p1-7\">¶ 7</a><p id=\"p1\">"), "<a href=\"#p1\">¶ 7</a><p id=\"p1\">");
    }
}
