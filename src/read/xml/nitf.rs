//! NITF: an article of a news agency as XML, by itself or inside NewsML.

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::read::draft::Draft;
use crate::read::page::markup::paragraphs;
use crate::read::xml::tree::{At, Element};

/// Takes the article of a `nitf` element.
#[must_use]
pub fn article(nitf: At<'_>) -> Draft {
    let value = |name: &str, attribute: &str| {
        nitf.inside()
            .filter(|at| at.element.name == name)
            .map(|at| at.attribute(attribute))
            .find(|value| !value.is_empty())
            .unwrap_or_default()
    };
    let line = |name: &str| nitf.within(name).map(At::line).unwrap_or_default();
    let first = |values: &[String]| values.iter().find(|value| !value.is_empty()).cloned().unwrap_or_default();
    let outlet = first(&[value("pubdata", "name"), line("distributor"), value("doc.copyright", "holder"), value("doc-id", "regsrc")]);
    let published_at = first(&[
        value("date.issue", "norm"),
        value("pubdata", "date.publication"),
        value("date.release", "norm"),
        value("story.date", "norm"),
        line("story.date"),
    ]);
    let text = text(nitf);
    let summary = nitf.within("abstract").map(shown).unwrap_or_default();
    let (text, extent) = match (text.is_empty(), summary.is_empty()) {
        (false, _) => (text, Extent::Full),
        (true, false) => (summary, Extent::Excerpt),
        (true, true) => (text, Extent::Title),
    };
    Draft {
        source_id: value("doc-id", "id-string"),
        outlet_basis: if outlet.is_empty() { OutletBasis::File } else { OutletBasis::Field },
        outlet,
        title: first(&[line("hl1"), line("hedline"), line("title")]),
        byline: nitf.within("byline").map(byline).unwrap_or_default(),
        date_basis: if published_at.is_empty() { DateBasis::None } else { DateBasis::Field },
        published_at,
        url: Some(value("pubdata", "ex-ref")).filter(|url| url.starts_with("http")).unwrap_or_default(),
        language: first(&[nitf.attribute("xml:lang"), value("body", "xml:lang"), value("body.content", "xml:lang")]),
        note: value("ed-msg", "info"),
        text,
        extent,
        ..Draft::default()
    }
}

/// The text of a `nitf` element: its `body.content`. A block that is marked as the full text stands for all.
#[must_use]
pub fn text(nitf: At<'_>) -> String {
    let Some(content) = nitf.within("body.content") else { return String::new() };
    let full = content.inside().find(|at| at.element.name == "block" && at.attribute("class") == "full_text");
    shown(full.unwrap_or(content))
}

/// Who wrote it, with a comma before what they are, which stands in an element of its own.
fn byline(given: At<'_>) -> String {
    let shown = paragraphs(&given.html(|element| if element.name == "byttl" { Some("div") } else { html_name(element) }));
    shown.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

fn shown(part: At<'_>) -> String {
    paragraphs(&part.html(html_name))
}

/// The names that HTML has for NITF's elements. Pictures, tables and their captions are left out.
fn html_name(element: &Element) -> Option<&str> {
    match element.name.as_str() {
        "media" | "media-caption" | "media-producer" | "media-reference" | "nitf-table" | "table" | "fn" | "object" | "correction" => None,
        "hl1" | "hl2" => Some("h2"),
        "bq" | "block" | "pre" | "note" | "hedline" | "abstract" => Some("div"),
        "br" => Some("br"),
        name => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::article;
    use crate::corpus::record::Extent;
    use crate::read::limits::Limits;
    use crate::read::xml::tree::Tree;

    #[test]
    fn agencies_and_archives() {
        let xml = "<nitf xml:lang='fr'><head><title>t</title><docdata><doc-id id-string='7'/><date.issue norm='20200102T030405Z'/><doc.copyright holder='C'/></docdata></head><body><body.head><hedline><hl1>Head <em>line</em></hl1><hl2>Sub</hl2></hedline>\
            <byline>Par <person>Ann</person><byttl>Agence</byttl></byline><distributor>AFP</distributor></body.head><body.content><p>One.</p><media><media-caption>no</media-caption></media><hl2>Between</hl2><block><p>Two.<br/>Three.</p></block><table><tr><td>no</td></tr></table></body.content></body></nitf>";
        let tree = Tree::of(xml, &Limits::default());
        let draft = article(tree.root().unwrap());
        assert_eq!(
            [&*draft.title, &draft.outlet, &draft.byline, &draft.published_at, &draft.source_id, &draft.language],
            ["Head line", "AFP", "Par Ann, Agence", "20200102T030405Z", "7", "fr"]
        );
        assert_eq!((&*draft.text, draft.extent), ("One.\n\nBetween\n\nTwo.\nThree.", Extent::Full));
        let times = "<nitf><head><title>T</title><pubdata name='The Times' date.publication='19870101T000000' ex-ref='http://x'/></head><body><body.content><block class='lead_paragraph'><p>A.</p></block><block class='full_text'><p>A.</p><p>B.</p></block></body.content></body></nitf>";
        let tree = Tree::of(times, &Limits::default());
        let draft = article(tree.root().unwrap());
        assert_eq!([&*draft.title, &draft.outlet, &draft.text, &draft.url], ["T", "The Times", "A.\n\nB.", "http://x"]);
    }
}
