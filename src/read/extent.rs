//! How much of an article a record of many gives: all of it, its start or a summary, or the headline alone.

use crate::corpus::record::Extent;
use crate::read::page::markup::paragraphs;

use super::draft::Draft;
use super::excerpt::cut;

/// A draft with what the record says of its extent: the summary stands in where there is no text, and a headline without either is
/// one of [`Extent::Title`]. `None` when the record holds none of the three. Markup in the text becomes paragraphs.
pub(super) fn settled(mut draft: Draft, summary: String) -> Option<Draft> {
    if is_blank(&draft.text) {
        draft.text = summary;
        draft.extent = Extent::Excerpt;
    }
    if is_markup(&draft.text) {
        draft.text = paragraphs(&draft.text);
    }
    if is_blank(&draft.text) {
        draft.text = String::new();
        draft.extent = Extent::Title;
        return Some(draft).filter(|draft| !is_blank(&draft.title));
    }
    if cut(&draft.text).is_some() {
        draft.extent = Extent::Excerpt;
    }
    Some(draft)
}

/// A headline without the outlet that services which search others write behind it: `Head - The Paper`.
pub(super) fn without_outlet<'t>(title: &'t str, outlet: &str) -> &'t str {
    let without = title.strip_suffix(outlet).map(|rest| rest.strip_suffix("The ").unwrap_or(rest)).and_then(|rest| rest.strip_suffix("- "));
    without.filter(|rest| rest.is_empty() || rest.ends_with(' ')).map_or(title, str::trim_end)
}

/// Whether a text is none: there is nothing, or a service says that it gives it for money.
fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || (text.len() < 80 && text.starts_with("ONLY AVAILABLE IN ") && text.contains("PLAN"))
}

/// Whether a text is HTML: it holds a tag that parts paragraphs. One `<` in a sentence makes none.
fn is_markup(text: &str) -> bool {
    const TAGS: &[&str] = &["p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "section", "article", "body"];
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = text.as_bytes().get(at + 1..).unwrap_or_default();
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let name = rest.iter().take(11).take_while(|b| b.is_ascii_alphanumeric()).count();
        let (name, after) = rest.split_at_checked(name).unwrap_or_default();
        matches!(after.first(), Some(b'>' | b' ' | b'/')) && TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_markup, settled, without_outlet};
    use crate::corpus::record::Extent;
    use crate::read::draft::Draft;

    #[test]
    fn headlines_without_outlets() {
        for (title, outlet, expected) in [
            ("Head - The Paper", "The Paper", "Head"),
            ("Head - The Paper", "Paper", "Head"),
            ("Head of The Paper", "The Paper", "Head of The Paper"),
            ("Head -The Paper", "Paper", "Head -The Paper"),
        ] {
            assert_eq!(without_outlet(title, outlet), expected, "{title}");
        }
    }

    #[test]
    fn extents() {
        let of = |title: &str, text: &str, summary: &str| {
            let draft = Draft { title: title.into(), text: text.into(), ..Draft::default() };
            settled(draft, summary.into()).map(|draft| (draft.text, draft.extent))
        };
        assert_eq!(of("T", "All.", "Short."), Some(("All.".into(), Extent::Full)));
        assert_eq!(of("T", "ONLY AVAILABLE IN PAID PLANS", "Short."), Some(("Short.".into(), Extent::Excerpt)));
        assert_eq!(of("T", " ", "Short."), Some(("Short.".into(), Extent::Excerpt)));
        assert_eq!(of("T", "", ""), Some((String::new(), Extent::Title)));
        assert_eq!(of("", "", ""), None);
        assert_eq!(of("", "Start … [+695 chars]", "").map(|found| found.1), Some(Extent::Excerpt));
    }

    #[test]
    fn marks_of_markup() {
        assert!(is_markup("<P class=x>One") && is_markup("a<br/>b") && is_markup("end</p>"));
        assert!(!is_markup("3 < 4") && !is_markup("<3 and <b>bold</b>") && !is_markup("<pre"));
    }
}
